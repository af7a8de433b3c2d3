// What many assessments can't be faster than: the same rows, read or written by C.
//
//   many-floor scan STORE          reads every finished assessment in the order of a portfolio and adds up its answers
//   many-floor insert STORE COPY   writes the rows of STORE into COPY, whose tables are there and empty, in one transaction
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + time.tv_nsec / 1e9;
}

static void check(int code, sqlite3 *db) {
  if (code != SQLITE_OK && code != SQLITE_ROW && code != SQLITE_DONE) {
    fprintf(stderr, "%s\n", sqlite3_errmsg(db));
    exit(1);
  }
}

static sqlite3 *opened(const char *path) {
  sqlite3 *db;
  check(sqlite3_open(path, &db), db);
  check(sqlite3_exec(db, "PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = FULL", 0, 0, 0), db);
  return db;
}

static int scan(const char *path) {
  sqlite3 *db = opened(path);
  sqlite3_stmt *rows;
  check(sqlite3_prepare_v2(db,
            "SELECT organization, team, finished_at, assessment, questionnaire, scope, deepened, answers FROM sealed "
            "ORDER BY organization, team, finished_at, assessment", -1, &rows, 0), db);
  double start = now(), sum = 0;
  long count = 0;
  while (sqlite3_step(rows) == SQLITE_ROW) {
    const unsigned char *cells = sqlite3_column_blob(rows, 7);
    int length = sqlite3_column_bytes(rows, 7), total = 0, answered = 0;
    for (int i = 0; i < length; i++) {
      int answer = cells[i] & 7;
      if (answer <= 4) total += answer, answered++;
    }
    if (answered) sum += 25.0 * total / answered;
    count += strlen((const char *)sqlite3_column_text(rows, 0)) > 0;
  }
  printf("%ld %.6f %.3f\n", count, count ? sum / count : 0, now() - start);
  return 0;
}

struct row {
  int columns;
  sqlite3_value **values;
};

static int insert(const char *from, const char *to) {
  sqlite3 *source = opened(from), *target = opened(to);
  const char *tables[] = {"questionnaire", "assessment", "packed", "sealed"};
  struct row *all[4];
  long counts[4];
  char *statements[4];
  // Everything is read before the clock starts.
  for (int t = 0; t < 4; t++) {
    char sql[256];
    sqlite3_stmt *rows;
    snprintf(sql, sizeof sql, "SELECT * FROM %s", tables[t]);
    check(sqlite3_prepare_v2(source, sql, -1, &rows, 0), source);
    int columns = sqlite3_column_count(rows);
    long capacity = 1024, count = 0;
    all[t] = malloc(capacity * sizeof(struct row));
    while (sqlite3_step(rows) == SQLITE_ROW) {
      if (count == capacity) all[t] = realloc(all[t], (capacity *= 2) * sizeof(struct row));
      struct row *row = &all[t][count++];
      row->columns = columns;
      row->values = malloc(columns * sizeof(sqlite3_value *));
      for (int c = 0; c < columns; c++) row->values[c] = sqlite3_value_dup(sqlite3_column_value(rows, c));
    }
    counts[t] = count;
    sqlite3_finalize(rows);
    statements[t] = malloc(512);
    snprintf(statements[t], 512, "INSERT INTO %s VALUES (?", tables[t]);
    for (int c = 1; c < columns; c++) strcat(statements[t], ", ?");
    strcat(statements[t], ")");
  }
  double start = now();
  check(sqlite3_exec(target, "BEGIN IMMEDIATE", 0, 0, 0), target);
  sqlite3_stmt *inserts[4];
  for (int t = 0; t < 4; t++) check(sqlite3_prepare_v2(target, statements[t], -1, &inserts[t], 0), target);
  for (int t = 0; t < 4; t++)
    for (long r = 0; r < counts[t]; r++) {
      for (int c = 0; c < all[t][r].columns; c++) sqlite3_bind_value(inserts[t], c + 1, all[t][r].values[c]);
      check(sqlite3_step(inserts[t]), target);
      sqlite3_reset(inserts[t]);
    }
  check(sqlite3_exec(target, "COMMIT", 0, 0, 0), target);
  printf("%ld %.3f\n", counts[1], now() - start);
  return 0;
}

int main(int argc, char **argv) {
  if (argc == 3 && !strcmp(argv[1], "scan")) return scan(argv[2]);
  if (argc == 4 && !strcmp(argv[1], "insert")) return insert(argv[2], argv[3]);
  fprintf(stderr, "many-floor scan STORE | insert STORE COPY\n");
  return 64;
}
