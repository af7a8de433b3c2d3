// What a vote costs at least: a line is read, SQLite commits the same rows with the same settings, a prompt is written.
// Usage: CommitFloor FILE
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static sqlite3 *db;

static void run(const char *sql) {
  char *problem = NULL;
  if (sqlite3_exec(db, sql, NULL, NULL, &problem) != SQLITE_OK) {
    fprintf(stderr, "%s: %s\n", sql, problem);
    exit(1);
  }
}

static sqlite3_stmt *prepared(const char *sql) {
  sqlite3_stmt *statement;
  if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK) {
    fprintf(stderr, "%s: %s\n", sql, sqlite3_errmsg(db));
    exit(1);
  }
  return statement;
}

static void step(sqlite3_stmt *statement) {
  if (sqlite3_step(statement) != SQLITE_DONE) {
    fprintf(stderr, "%s\n", sqlite3_errmsg(db));
    exit(1);
  }
  sqlite3_reset(statement);
}

int main(int count, char **arguments) {
  if (count != 2 || sqlite3_open(arguments[1], &db) != SQLITE_OK) return 1;
  run("PRAGMA journal_mode = TRUNCATE");
  run("PRAGMA synchronous = FULL");
  run("PRAGMA foreign_keys = ON");
  run("PRAGMA trusted_schema = OFF");
  run("PRAGMA secure_delete = ON");
  run("CREATE TABLE assessment (id TEXT PRIMARY KEY, changed_at INTEGER NOT NULL, turn INTEGER NOT NULL UNIQUE) STRICT");
  run("CREATE TABLE vote (assessment TEXT NOT NULL REFERENCES assessment (id) ON DELETE CASCADE, item TEXT NOT NULL, "
      "round INTEGER NOT NULL, rater TEXT NOT NULL, answer INTEGER NOT NULL, "
      "PRIMARY KEY (assessment, item, round, rater)) STRICT, WITHOUT ROWID");
  run("INSERT INTO assessment VALUES ('01M8B0Y458E2C6TF47DB3XC3B2', 1, 1)");
  sqlite3_stmt *vote = prepared("INSERT OR REPLACE INTO vote VALUES ('01M8B0Y458E2C6TF47DB3XC3B2', ?, 1, ?, 3)");
  sqlite3_stmt *touch = prepared("UPDATE assessment SET changed_at = ?, turn = (SELECT max(turn) FROM assessment) + 1 "
                                 "WHERE id = '01M8B0Y458E2C6TF47DB3XC3B2'");
  char line[256];
  for (int number = 0;; number++) {
    char item[32], rater[32];
    if (write(1, "vote> ", 6) != 6 || !fgets(line, sizeof line, stdin)) break;
    snprintf(item, sizeof item, "question-%d", number / 30);
    snprintf(rater, sizeof rater, "r%d", number % 30);
    run("BEGIN IMMEDIATE");
    sqlite3_bind_text(vote, 1, item, -1, SQLITE_TRANSIENT);
    sqlite3_bind_text(vote, 2, rater, -1, SQLITE_TRANSIENT);
    step(vote);
    sqlite3_bind_int(touch, 1, number);
    step(touch);
    run("COMMIT");
  }
  return 0;
}
