import AssessmentModel
import Foundation
import GRDB

/// The tables of the store, by the steps that led to them. A step is never changed once it has been released: there
/// are stores that have taken it.
enum Schema {
  static let steps = [
    // 1
    """
    CREATE TABLE questionnaire (
      content TEXT PRIMARY KEY,
      measurement TEXT NOT NULL,
      wording TEXT NOT NULL,
      status TEXT NOT NULL,
      canonical TEXT NOT NULL
    ) STRICT;
    CREATE TABLE assessment (
      id TEXT PRIMARY KEY,
      organization TEXT NOT NULL,
      team TEXT NOT NULL,
      scope TEXT NOT NULL,
      started_at INTEGER,
      finished_at INTEGER,
      questionnaire TEXT NOT NULL REFERENCES questionnaire (content),
      questionnaire_id TEXT NOT NULL,
      questionnaire_version TEXT NOT NULL,
      changed_at INTEGER NOT NULL,
      turn INTEGER NOT NULL UNIQUE
    ) STRICT;
    CREATE INDEX assessment_open ON assessment (turn) WHERE finished_at IS NULL;
    CREATE TABLE event (
      assessment TEXT NOT NULL REFERENCES assessment (id) ON DELETE CASCADE,
      sequence INTEGER NOT NULL,
      at INTEGER NOT NULL,
      body TEXT NOT NULL,
      PRIMARY KEY (assessment, sequence)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE packed (
      assessment TEXT NOT NULL REFERENCES assessment (id) ON DELETE CASCADE,
      through INTEGER NOT NULL,
      answers BLOB NOT NULL,
      details TEXT NOT NULL,
      PRIMARY KEY (assessment, through)
    ) STRICT;
    """,
    // 2: the content digest of the version as published, where the text kept has somebody's own word for customers.
    "ALTER TABLE assessment ADD COLUMN published TEXT;",
    // 3: votes that nobody may see yet, outside the log. No row tells when it was written, and a tally is as long
    // with other counts.
    """
    CREATE TABLE vote (
      assessment TEXT NOT NULL REFERENCES assessment (id) ON DELETE CASCADE,
      item TEXT NOT NULL,
      round INTEGER NOT NULL,
      rater TEXT NOT NULL,
      answer INTEGER NOT NULL,
      PRIMARY KEY (assessment, item, round, rater)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE tally (
      assessment TEXT NOT NULL REFERENCES assessment (id) ON DELETE CASCADE,
      item TEXT NOT NULL,
      round INTEGER NOT NULL,
      voters TEXT NOT NULL,
      department TEXT NOT NULL,
      counts BLOB NOT NULL,
      PRIMARY KEY (assessment, item, round, voters, department)
    ) STRICT, WITHOUT ROWID;
    """,
    // 4: those of a team, found among many; what was taken over from another one.
    """
    ALTER TABLE assessment ADD COLUMN upgraded_from TEXT;
    UPDATE assessment SET upgraded_from = (
      SELECT json_extract(details, '$.upgradedFrom') FROM packed WHERE assessment = id AND through = 0);
    CREATE INDEX assessment_team ON assessment (organization COLLATE NOCASE, team COLLATE NOCASE);
    """,
    // 5: what happens to a plan, beside the answers; when it is checked next, in days since 1970. What was promised
    // before is checked a week later, or on the Friday before a weekend.
    """
    CREATE TABLE plan_event (
      assessment TEXT NOT NULL REFERENCES assessment (id) ON DELETE CASCADE,
      sequence INTEGER NOT NULL,
      body TEXT NOT NULL,
      PRIMARY KEY (assessment, sequence)
    ) STRICT, WITHOUT ROWID;
    ALTER TABLE assessment ADD COLUMN next_check INTEGER;
    UPDATE assessment SET next_check = finished_at / 86400 + 7
      - CASE (finished_at / 86400 + 4) % 7 WHEN 6 THEN 1 WHEN 0 THEN 2 ELSE 0 END
    WHERE finished_at IS NOT NULL AND (
      SELECT json_array_length(details, '$.commitments') FROM packed WHERE assessment = id
      ORDER BY through DESC LIMIT 1) > 0;
    CREATE INDEX assessment_check ON assessment (next_check) WHERE next_check IS NOT NULL;
    """,
    // 6: what was given with a vote beforehand; counts of forms without names, apart from those of the room; which are
    // workshops, and whether homework of theirs is open.
    """
    ALTER TABLE vote ADD COLUMN beside TEXT;
    CREATE TABLE form_tally (
      assessment TEXT NOT NULL REFERENCES assessment (id) ON DELETE CASCADE,
      form TEXT NOT NULL,
      absent INTEGER NOT NULL,
      item TEXT NOT NULL,
      voters TEXT NOT NULL,
      department TEXT NOT NULL,
      counts BLOB NOT NULL,
      PRIMARY KEY (assessment, form, item, voters, department)
    ) STRICT, WITHOUT ROWID;
    ALTER TABLE assessment ADD COLUMN workshop INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE assessment ADD COLUMN homework INTEGER NOT NULL DEFAULT 0;
    UPDATE assessment SET workshop = 1 WHERE id IN (
      SELECT assessment FROM packed WHERE json_extract(details, '$.setting') = 'workshop'
      UNION SELECT assessment FROM event WHERE json_extract(body, '$.kind') = 'convened');
    UPDATE assessment SET homework = 1 WHERE workshop = 1 AND id IN (
      SELECT assessment FROM event WHERE json_extract(body, '$.topic') LIKE 'Homework of %'
      UNION SELECT assessment FROM packed, json_each(details, '$.parked') WHERE value LIKE 'Homework of %');
    CREATE INDEX assessment_homework ON assessment (turn) WHERE homework = 1;
    """,
    // 7: the newer version of its questionnaire that somebody has been told of.
    "ALTER TABLE assessment ADD COLUMN told_of TEXT;",
    // 8: a questionnaire's scored items, in whose order answers are packed from here on; finished assessments as they
    // are read when there are many: by the keys of their names, each with its answers where these are of one person alone; what pseudonyms are made
    // with, so that they are the same every time and nobody else can make them.
    """
    ALTER TABLE questionnaire ADD COLUMN number INTEGER;
    ALTER TABLE questionnaire ADD COLUMN items TEXT;
    UPDATE questionnaire SET number = rowid, items = (
      SELECT json_group_array(json_extract(item.value, '$.id'))
      FROM json_each(canonical, '$.sections') AS section, json_each(section.value, '$.items') AS item
      WHERE json_extract(item.value, '$.dimension') IS NOT NULL);
    CREATE UNIQUE INDEX questionnaire_number ON questionnaire (number);
    CREATE TABLE sealed (
      organization TEXT NOT NULL,
      team TEXT NOT NULL,
      finished_at INTEGER NOT NULL,
      assessment TEXT NOT NULL,
      questionnaire INTEGER NOT NULL,
      scope TEXT NOT NULL,
      deepened TEXT,
      answers BLOB,
      PRIMARY KEY (organization, team, finished_at, assessment)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO sealed (organization, team, finished_at, assessment, questionnaire, scope)
    SELECT name_key(organization), name_key(team), finished_at, id,
      (SELECT number FROM questionnaire q WHERE q.content = a.questionnaire), scope
    FROM assessment a WHERE finished_at IS NOT NULL;
    CREATE TABLE secret (value BLOB NOT NULL) STRICT;
    INSERT INTO secret VALUES (randomblob(16));
    """,
  ]

  static let current = steps.count

  static func version(_ db: Database) throws -> Int { try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0 }

  /// Takes the steps that are missing, all or none, after a copy of what was there.
  static func prepare(_ db: Database, from found: Int, at path: String) throws {
    if found > 0 { try backUp(db, to: "\(path).schema-\(found)") }
    try db.inTransaction(.immediate) {
      // Another program may have taken them while this one waited for the lock.
      for number in try version(db)..<max(current, try version(db)) {
        try db.execute(sql: steps[number])
      }
      try db.execute(sql: "PRAGMA user_version = \(max(current, try version(db)))")
      return .commit
    }
  }

  /// Copies the store by SQLite's own means, whole or not at all, for its owner alone.
  static func backUp(_ db: Database, to place: String) throws {
    let draft = place + ".tmp"
    unlink(draft)
    let descriptor = open(draft, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw StoreError.cannotWrite(
        cause: "no copy can be made at \(place): \(String(cString: strerror(errno)))")
    }
    close(descriptor)
    do {
      let copy = try DatabaseQueue(path: draft)
      try copy.writeWithoutTransaction { try db.backup(to: $0) }
      try copy.close()
    } catch {
      unlink(draft)
      throw StoreError.cannotWrite(cause: "no copy can be made at \(place): \(error)")
    }
    let file = open(draft, O_RDONLY | O_CLOEXEC)
    let isSynced = file >= 0 && fsync(file) == 0
    if file >= 0 { close(file) }
    guard isSynced, rename(draft, place) == 0 else {
      let cause = String(cString: strerror(errno))
      unlink(draft)
      throw StoreError.cannotWrite(cause: "no copy can be made at \(place): \(cause)")
    }
  }
}
