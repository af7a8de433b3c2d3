import AssessmentModel
import Foundation
import GRDB

/// A questionnaire as an assessment keeps it.
package struct StoredQuestionnaire: Hashable, Sendable {
  package let digests: Digests
  package let status: Questionnaire.Status
  /// The canonical form, on one line.
  package let canonical: String

  package init(digests: Digests, status: Questionnaire.Status, canonical: String) {
    self.digests = digests
    self.status = status
    self.canonical = canonical
  }
}

/// One row of a list.
package struct AssessmentSummary: Hashable, Sendable {
  package let id: String
  package let organization: String
  package let team: String
  package let scope: Assessment.Scope
  package let startedAt: Timestamp?
  package let finishedAt: Timestamp?
  package let questionnaire: QuestionnaireReference
  package let changedAt: Timestamp
}

/// An assessment as it was opened, with what is needed to write to it.
package struct StoredAssessment: Sendable {
  package var session: Session
  /// How many events are stored; the next one is written after it.
  package var sequence: Int
  package let questionnaire: StoredQuestionnaire
  /// Votes that nobody may see yet.
  package var unrevealed = UnrevealedVotes()

  package var assessment: Assessment { session.assessment }
}

extension Store {
  /// Stores a new assessment together with its questionnaire; one that came in finished is sealed
  /// by that.
  @discardableResult
  package func insert(
    _ assessment: Assessment, questionnaire: StoredQuestionnaire, at moment: Timestamp
  ) throws(StoreError) -> StoredAssessment {
    try insert([(assessment, questionnaire)], at: moment)
    return StoredAssessment(
      session: Session(assessment), sequence: 0, questionnaire: questionnaire)
  }

  /// Stores several, all of them or none.
  package func insert(
    _ assessments: [(assessment: Assessment, questionnaire: StoredQuestionnaire)],
    at moment: Timestamp
  ) throws(StoreError) {
    try write { db in
      for (assessment, questionnaire) in assessments {
        try Self.insert(assessment, questionnaire, at: moment, db)
      }
    }
  }

  package func contains(_ id: String) throws(StoreError) -> Bool {
    try read { db in try Self.contains(id, db) }
  }

  private static func contains(_ id: String, _ db: Database) throws -> Bool {
    try Bool.fetchOne(
      db, sql: "SELECT EXISTS (SELECT 1 FROM assessment WHERE id = ?)", arguments: [id]) == true
  }

  private static func insert(
    _ assessment: Assessment, _ questionnaire: StoredQuestionnaire, at moment: Timestamp,
    _ db: Database
  ) throws {
    if try contains(assessment.id, db) { throw StoreError.alreadyStored(assessment.id) }
    try keep(questionnaire, db)
    let insert = try db.cachedStatement(
      sql: """
        INSERT INTO assessment (id, organization, team, scope, started_at, finished_at,
          questionnaire, questionnaire_id, questionnaire_version, published, changed_at, turn)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT coalesce(max(turn), 0) + 1 FROM assessment))
        """)
    try insert.execute(
      arguments: [
        assessment.id, assessment.organization, assessment.team, assessment.scope.rawValue,
        assessment.startedAt?.secondsSince1970, assessment.finishedAt?.secondsSince1970,
        questionnaire.digests.content, assessment.questionnaire.id,
        assessment.questionnaire.version.description, assessment.questionnaire.published,
        moment.secondsSince1970,
      ])
    try pack(assessment, through: 0, db)
  }

  private static func keep(_ questionnaire: StoredQuestionnaire, _ db: Database) throws {
    let insert = try db.cachedStatement(
      sql: """
        INSERT INTO questionnaire (content, measurement, wording, status, canonical)
        VALUES (?, ?, ?, ?, ?) ON CONFLICT (content) DO NOTHING
        """)
    try insert.execute(
      arguments: [
        questionnaire.digests.content, questionnaire.digests.measurement,
        questionnaire.digests.wording, questionnaire.status.rawValue, questionnaire.canonical,
      ])
  }

  /// Removes questionnaires that no assessment keeps.
  private static func dropUnused(_ db: Database) throws {
    try db.execute(
      sql: "DELETE FROM questionnaire WHERE content NOT IN (SELECT questionnaire FROM assessment)")
  }

  /// Keeps the same version in other words for customers with an assessment that has no answer yet, and gives the
  /// assessment as it is then.
  package func reword(
    _ stored: StoredAssessment, as reference: QuestionnaireReference, _ questionnaire: StoredQuestionnaire
  ) throws(StoreError) -> StoredAssessment {
    let id = stored.assessment.id
    try write { db in
      let last = try Int.fetchOne(
        db, sql: "SELECT max(sequence) FROM event WHERE assessment = ?", arguments: [id])
      guard (last ?? 0) == stored.sequence else { throw StoreError.changedElsewhere(id) }
      try Self.keep(questionnaire, db)
      try db.execute(
        sql: "UPDATE assessment SET questionnaire = ?, published = ? WHERE id = ?",
        arguments: [questionnaire.digests.content, reference.published, id])
      guard db.changesCount == 1 else { throw StoreError.noSuchAssessment(id) }
      try Self.dropUnused(db)
    }
    return try open(id)
  }

  /// Stores events, and what changed of the votes that nobody may see yet, and gives the assessment as it is then. It is
  /// all or nothing: when this throws, nothing of it is stored.
  package func append(
    _ events: [SessionEvent], unrevealed changes: [UnrevealedChange] = [], to stored: StoredAssessment,
    at moment: Timestamp
  ) throws(StoreError) -> StoredAssessment {
    var after = stored
    for event in events { after.session.apply(event) }
    for change in changes { after.unrevealed.apply(change) }
    after.sequence += events.count
    let id = stored.assessment.id
    let now = after.assessment
    try write { db in
      let last = try Int.fetchOne(
        db, sql: "SELECT max(sequence) FROM event WHERE assessment = ?", arguments: [id])
      if last ?? 0 != stored.sequence {
        // A commit that was reported as failed may be there all the same: its last sync comes behind it. Then this is
        // the next try.
        let there = try String.fetchAll(
          db, sql: "SELECT body FROM event WHERE assessment = ? AND sequence > ? ORDER BY sequence",
          arguments: [id, stored.sequence])
        guard !events.isEmpty, there == events.map({ $0.json.text() }) else {
          throw StoreError.changedElsewhere(id)
        }
        return
      }
      let insert = try db.cachedStatement(
        sql: "INSERT INTO event (assessment, sequence, at, body) VALUES (?, ?, ?, ?)")
      for (offset, event) in events.enumerated() {
        try insert.execute(
          arguments: [
            id, stored.sequence + offset + 1, moment.secondsSince1970, event.json.text(),
          ])
      }
      for change in changes { try Self.keep(change, of: id, db) }
      let update = try db.cachedStatement(
        sql: """
          UPDATE assessment SET organization = ?, team = ?, scope = ?, finished_at = ?,
            changed_at = ?, turn = (SELECT max(turn) FROM assessment) + 1
          WHERE id = ?
          """)
      try update.execute(
        arguments: [
          now.organization, now.team, now.scope.rawValue, now.finishedAt?.secondsSince1970,
          moment.secondsSince1970, id,
        ])
      guard db.changesCount == 1 else { throw StoreError.noSuchAssessment(id) }
      if stored.assessment.finishedAt != nil || now.finishedAt != nil {
        try db.execute(
          sql: "DELETE FROM packed WHERE assessment = ? AND through > 0", arguments: [id])
      }
      if now.finishedAt != nil { try Self.pack(now, through: after.sequence, db) }
    }
    return after
  }

  private static func pack(_ assessment: Assessment, through: Int, _ db: Database) throws {
    let packed = PackedAssessment(assessment)
    let insert = try db.cachedStatement(
      sql: "INSERT INTO packed (assessment, through, answers, details) VALUES (?, ?, ?, ?)")
    try insert.execute(
      arguments: [assessment.id, through, Data(packed.answers), packed.details])
  }

  /// Opens an assessment by its full id: the packed base and every event since.
  package func open(_ id: String) throws(StoreError) -> StoredAssessment {
    try read { db in
      guard
        let row = try Row.fetchOne(
          db,
          sql: """
            SELECT a.id, a.organization, a.team, a.scope, a.started_at, a.finished_at,
              a.questionnaire_id, a.questionnaire_version, a.published, q.content, q.measurement, q.wording,
              q.status, q.canonical, p.answers, p.details
            FROM assessment a JOIN questionnaire q ON q.content = a.questionnaire
              JOIN packed p ON p.assessment = a.id AND p.through = 0
            WHERE a.id = ?
            """, arguments: [id])
      else { throw StoreError.noSuchAssessment(id) }
      let summary = try Self.summary(row)
      var base: Assessment
      do {
        base = try PackedAssessment(answers: Array(row["answers"] as Data), details: row["details"])
          .assessment(id: id, questionnaire: summary.questionnaire)
      } catch {
        throw StoreError.damaged("assessment \(id): \(error)")
      }
      base.startedAt = summary.startedAt
      var events: [SessionEvent] = []
      let bodies = try String.fetchCursor(
        db, sql: "SELECT body FROM event WHERE assessment = ? ORDER BY sequence", arguments: [id])
      while let body = try bodies.next() {
        do {
          events.append(try SessionEvent(JSONValue(parsing: body.utf8)))
        } catch {
          throw StoreError.damaged("assessment \(id), event \(events.count + 1): \(error)")
        }
      }
      let session = Session(base, events: events)
      return StoredAssessment(
        session: session, sequence: events.count,
        questionnaire: StoredQuestionnaire(
          digests: summary.questionnaire.digests,
          status: Questionnaire.Status(rawValue: row["status"]) ?? .draft,
          canonical: row["canonical"]),
        unrevealed: session.assessment.setting == .workshop ? try Self.unrevealed(of: id, db) : .init())
    }
  }

  /// Whether there is any assessment, or any open one.
  package func hasAssessments(openOnly: Bool) throws(StoreError) -> Bool {
    try read { db in
      let condition = openOnly ? " WHERE finished_at IS NULL" : ""
      return try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM assessment\(condition))") == true
    }
  }

  /// All assessments, the one changed last first.
  package func list(
    organization: String? = nil, openOnly: Bool = false, most: Int? = nil
  ) throws(StoreError) -> [AssessmentSummary] {
    try read { db in
      var sql = Self.summaries + " WHERE 1"
      var arguments = StatementArguments()
      if openOnly { sql += " AND a.finished_at IS NULL" }
      if let organization {
        sql += " AND a.organization = ? COLLATE NOCASE"
        arguments += [organization]
      }
      sql += " ORDER BY a.turn DESC"
      if let most { sql += " LIMIT \(most)" }
      return try Row.fetchAll(db, sql: sql, arguments: arguments).map { try Self.summary($0) }
    }
  }

  /// The finished assessments of an organisation, or of one team of it, the earliest first.
  ///
  /// - Parameters:
  ///   - team: `""` for what is of the organisation as a whole; nil for all of it.
  ///   - openToo: Whether those that are not finished count, too, by the day they were begun.
  package func finished(
    of organization: String, team: String? = nil, openToo: Bool = false
  ) throws(StoreError) -> [AssessmentSummary] {
    try read { db in
      // SQLite's NOCASE knows ASCII only; other names are found by what they are the same as.
      var names = [organization]
      if !organization.utf8.allSatisfy({ $0 < 0x80 }) {
        names += try String.fetchAll(db, sql: "SELECT DISTINCT organization FROM assessment").filter {
          $0.nameKey == organization.nameKey
        }
      }
      let places = names.map { _ in "?" }.joined(separator: ", ")
      var sql =
        Self.summaries
        + " WHERE \(openToo ? "1" : "a.finished_at IS NOT NULL") AND a.organization COLLATE NOCASE IN (\(places))"
      var arguments = StatementArguments(names)
      if let team {
        sql += " AND a.team = ? COLLATE NOCASE"
        arguments += [team]
      }
      sql += " ORDER BY coalesce(a.finished_at, a.started_at), a.turn"
      return try Row.fetchAll(db, sql: sql, arguments: arguments).map { try Self.summary($0) }
    }
  }

  /// One row of the list by its full id; nil where there is none.
  package func summary(of id: String) throws(StoreError) -> AssessmentSummary? {
    try read { db in
      try Row.fetchOne(db, sql: Self.summaries + " WHERE a.id = ?", arguments: [id]).map {
        try Self.summary($0)
      }
    }
  }

  /// What `summary` reads of an assessment.
  private static let summaries = """
    SELECT a.id, a.organization, a.team, a.scope, a.started_at, a.finished_at, a.changed_at,
      a.questionnaire_id, a.questionnaire_version, a.published, q.content, q.measurement, q.wording
    FROM assessment a JOIN questionnaire q ON q.content = a.questionnaire
    """

  private static func summary(_ row: Row) throws -> AssessmentSummary {
    func time(_ column: String) -> Timestamp? {
      (row[column] as Int64?).map { Timestamp(secondsSince1970: $0) }
    }
    guard let version = Version(row["questionnaire_version"]),
      let scope = Assessment.Scope(rawValue: row["scope"])
    else { throw StoreError.damaged("assessment \(row["id"] as String)") }
    return AssessmentSummary(
      id: row["id"], organization: row["organization"], team: row["team"], scope: scope,
      startedAt: time("started_at"), finishedAt: time("finished_at"),
      questionnaire: QuestionnaireReference(
        id: row["questionnaire_id"], version: version,
        digests: Digests(
          content: row["content"], measurement: row["measurement"], wording: row["wording"]),
        published: row["published"]),
      changedAt: row.hasColumn("changed_at") ? time("changed_at")! : Timestamp(secondsSince1970: 0))
  }

  /// The full id for what a user typed: a full id, any unambiguous beginning of one, `last` (changed
  /// last) or `last:ORGANIZATION`.
  package func resolve(_ text: String) throws(StoreError) -> String {
    if text == "last" || text.hasPrefix("last:") {
      let organization = text == "last" ? nil : String(text.dropFirst("last:".count))
      guard let newest = try newest(organization: organization) else {
        throw .noSuchAssessment(text)
      }
      return newest
    }
    guard !text.isEmpty else { throw .noSuchAssessment(text) }
    // A full id needs no look at all the others.
    if try contains(text) { return text }
    let matches = try read { db in
      try String.fetchAll(
        db,
        sql: """
          SELECT id FROM assessment WHERE substr(id, 1, length(?1)) = ?1 COLLATE NOCASE
          ORDER BY id LIMIT 6
          """, arguments: [text])
    }
    if matches.count > 1 { throw .ambiguous(text, matches: matches) }
    guard let match = matches.first else { throw .noSuchAssessment(text) }
    return match
  }

  private func newest(organization: String?) throws(StoreError) -> String? {
    try read { db in
      guard let organization else {
        return try String.fetchOne(
          db, sql: "SELECT id FROM assessment ORDER BY turn DESC LIMIT 1")
      }
      return try String.fetchOne(
        db,
        sql: """
          SELECT id FROM assessment WHERE organization = ? COLLATE NOCASE
          ORDER BY turn DESC LIMIT 1
          """, arguments: [organization])
    }
  }

  /// Deletes an assessment with its events, and its questionnaire where nothing else
  /// keeps it.
  package func delete(_ id: String) throws(StoreError) {
    try write { db in
      try db.execute(sql: "DELETE FROM assessment WHERE id = ?", arguments: [id])
      guard db.changesCount == 1 else { throw StoreError.noSuchAssessment(id) }
      try Self.dropUnused(db)
    }
  }
}
