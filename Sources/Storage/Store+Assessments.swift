import AssessmentModel
import Foundation
import GRDB

/// A questionnaire as an assessment keeps it.
package struct StoredQuestionnaire: Hashable, Sendable {
  package let digests: Digests
  package let status: Questionnaire.Status
  /// The canonical form, on one line.
  package let canonical: String
  package let items: ScoredItems

  package init(digests: Digests, status: Questionnaire.Status, canonical: String, items: ScoredItems) {
    self.digests = digests
    self.status = status
    self.canonical = canonical
    self.items = items
  }
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
    do {
      try takeIn(at: moment) { intake in
        guard try intake.insert(assessment, questionnaire) else {
          throw StoreError.alreadyStored(assessment.id)
        }
      }
    } catch {
      throw StoreError.from(error)
    }
    return StoredAssessment(
      session: Session(assessment), sequence: 0, questionnaire: questionnaire)
  }

  package func contains(_ id: String) throws(StoreError) -> Bool {
    try read { db in try Self.contains(id, db) }
  }

  private static func contains(_ id: String, _ db: Database) throws -> Bool {
    try Bool.fetchOne(
      db, sql: "SELECT EXISTS (SELECT 1 FROM assessment WHERE id = ?)", arguments: [id]) == true
  }

  static func keep(
    _ events: [DatedPlanEvent], after sequence: Int, of id: String, _ db: Database
  ) throws {
    if events.isEmpty { return }
    let insert = try db.cachedStatement(
      sql: "INSERT INTO plan_event (assessment, sequence, body) VALUES (?, ?, ?)")
    for (offset, event) in events.enumerated() {
      try insert.execute(arguments: [id, sequence + offset + 1, event.json.text()])
    }
  }

  /// Keeps a questionnaire once.
  ///
  /// - Returns: Its number, which stands for it where there are many.
  @discardableResult
  static func keep(_ questionnaire: StoredQuestionnaire, _ db: Database) throws -> Int64 {
    let insert = try db.cachedStatement(
      sql: """
        INSERT INTO questionnaire (content, measurement, wording, status, canonical, items, number)
        VALUES (?, ?, ?, ?, ?, ?, (SELECT coalesce(max(number), 0) + 1 FROM questionnaire))
        ON CONFLICT (content) DO NOTHING
        """)
    try insert.execute(
      arguments: [
        questionnaire.digests.content, questionnaire.digests.measurement,
        questionnaire.digests.wording, questionnaire.status.rawValue, questionnaire.canonical,
        questionnaire.items.text,
      ])
    let select = try db.cachedStatement(sql: "SELECT number FROM questionnaire WHERE content = ?")
    return try Int64.fetchOne(select, arguments: [questionnaire.digests.content]) ?? 0
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
  ///
  /// - Parameter plan: What happened to its plan.
  package func append(
    _ events: [SessionEvent] = [], unrevealed changes: [UnrevealedChange] = [], plan: [DatedPlanEvent] = [],
    to stored: StoredAssessment, at moment: Timestamp
  ) throws(StoreError) -> StoredAssessment {
    try write { db in
      try Self.append(events, unrevealed: changes, plan: plan, to: stored, at: moment, db)
    }
  }

  /// Gives assessments other names, all of them or none.
  package func rename(
    _ ids: [String], organization: String?, team: String?, at moment: Timestamp
  ) throws(StoreError) {
    try write { db in
      for id in ids {
        let stored = try Self.open(id, db)
        let now = stored.assessment
        let named = SessionEvent.named(organization: organization ?? now.organization, team: team ?? now.team)
        _ = try Self.append([named], to: stored, at: moment, db)
      }
    }
  }

  private static func append(
    _ events: [SessionEvent] = [], unrevealed changes: [UnrevealedChange] = [], plan: [DatedPlanEvent] = [],
    to stored: StoredAssessment, at moment: Timestamp, _ db: Database
  ) throws -> StoredAssessment {
    var after = stored
    for event in events { after.session.apply(event) }
    after.session.work(on: plan)
    for change in changes { after.unrevealed.apply(change) }
    after.sequence += events.count
    let id = stored.assessment.id
    let now = after.assessment
    let planned = stored.assessment.planEvents.count
    // A commit that was reported as failed may be there all the same: its last sync comes behind it. Then this is
    // the next try.
    let there = try Self.bodies(in: "event", of: id, after: stored.sequence, db)
    let thereOfPlan = try Self.bodies(in: "plan_event", of: id, after: planned, db)
    if !there.isEmpty || !thereOfPlan.isEmpty {
      guard there == events.map({ $0.json.text() }), thereOfPlan == plan.map({ $0.json.text() }) else {
        throw StoreError.changedElsewhere(id)
      }
      return after
    }
    try Self.keep(plan, after: planned, of: id, db)
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
          next_check = ?, workshop = ?, homework = ?, changed_at = ?, turn = (SELECT max(turn) FROM assessment) + 1
        WHERE id = ?
        """)
    try update.execute(
      arguments: [
        now.organization, now.team, now.scope.rawValue, now.finishedAt?.secondsSince1970,
        now.nextCheck?.daysSince1970, now.setting == .workshop, !now.openHomework.isEmpty,
        moment.secondsSince1970, id,
      ])
    guard db.changesCount == 1 else { throw StoreError.noSuchAssessment(id) }
    // What is sealed says nothing of the plan.
    if events.isEmpty { return after }
    if stored.assessment.finishedAt != nil || now.finishedAt != nil {
      try db.execute(
        sql: "DELETE FROM packed WHERE assessment = ? AND through > 0", arguments: [id])
      try db.execute(sql: "DELETE FROM sealed WHERE assessment = ?", arguments: [id])
    }
    if now.finishedAt != nil {
      try Self.pack(now, items: stored.questionnaire.items, through: after.sequence, db)
      let seal = try db.cachedStatement(sql: Self.insertSealed)
      try seal.execute(
        arguments: Self.sealed(
          now, items: stored.questionnaire.items, try Self.keep(stored.questionnaire, db)))
    }
    return after
  }

  private static func bodies(
    in table: String, of id: String, after sequence: Int, _ db: Database
  ) throws -> [String] {
    let select = try db.cachedStatement(
      sql: "SELECT body FROM \(table) WHERE assessment = ? AND sequence > ? ORDER BY sequence")
    return try String.fetchAll(select, arguments: [id, sequence])
  }

  private static func pack(
    _ assessment: Assessment, items: ScoredItems, through: Int, _ db: Database
  ) throws {
    let packed = PackedAssessment(assessment, items: items)
    let insert = try db.cachedStatement(
      sql: "INSERT INTO packed (assessment, through, answers, details) VALUES (?, ?, ?, ?)")
    try insert.execute(
      arguments: [assessment.id, through, Data(packed.answers), packed.details])
  }

  /// Keeps a finished assessment as it is read when there are many.
  static let insertSealed = """
    INSERT INTO sealed (organization, team, finished_at, assessment, questionnaire, scope, deepened, answers)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    """

  /// What `insertSealed` takes.
  static func sealed(
    _ assessment: Assessment, items: ScoredItems, _ questionnaire: Int64
  ) -> StatementArguments {
    [
      assessment.organization.nameKey, assessment.team.nameKey, assessment.finishedAt?.secondsSince1970,
      assessment.id, questionnaire, assessment.scope.rawValue,
      assessment.deepened.isEmpty ? nil : assessment.deepened.sorted().joined(separator: " "),
      AnswerSheet(of: assessment, items: items).map { Data($0.cells) },
    ]
  }

  /// Takes the row again.
  static func unseal(_ assessment: Assessment, _ db: Database) throws {
    guard let finishedAt = assessment.finishedAt else { return }
    let delete = try db.cachedStatement(
      sql: "DELETE FROM sealed WHERE organization = ? AND team = ? AND finished_at = ? AND assessment = ?")
    try delete.execute(
      arguments: [
        assessment.organization.nameKey, assessment.team.nameKey, finishedAt.secondsSince1970, assessment.id,
      ])
  }

  /// Opens an assessment by its full id: the packed base and every event since.
  package func open(_ id: String) throws(StoreError) -> StoredAssessment {
    try read { db in try Self.open(id, db) }
  }

  static func open(_ id: String, _ db: Database) throws -> StoredAssessment {
    guard
      let row = try Row.fetchOne(
        db,
        sql: """
          SELECT \(Self.summaryColumns), q.status, q.canonical, q.items, p.answers, p.details
          FROM assessment a JOIN questionnaire q ON q.content = a.questionnaire
            JOIN packed p ON p.assessment = a.id AND p.through = 0
          WHERE a.id = ?
          """, arguments: [id])
    else { throw StoreError.noSuchAssessment(id) }
    let summary = try Self.summary(row)
    var base: Assessment
    let items: ScoredItems
    do {
      items = try ScoredItems(text: row["items"])
      base = try PackedAssessment(answers: Array(row["answers"] as Data), details: row["details"])
        .assessment(id: id, questionnaire: summary.questionnaire, items: items)
    } catch {
      throw StoreError.damaged("assessment \(id): \(error)")
    }
    base.startedAt = summary.startedAt
    for (index, body) in try Self.bodies(in: "plan_event", of: id, after: 0, db).enumerated() {
      do {
        base.planEvents.append(try DatedPlanEvent.read(JSONDocument(parsing: body).root))
      } catch {
        throw StoreError.damaged("assessment \(id), event \(index + 1) of its plan: \(error)")
      }
    }
    var events: [SessionEvent] = []
    let bodies = try String.fetchCursor(
      db, sql: "SELECT body FROM event WHERE assessment = ? ORDER BY sequence", arguments: [id])
    while let body = try bodies.next() {
      do {
        events.append(try SessionEvent(JSONDocument(parsing: body).root))
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
        canonical: row["canonical"], items: items),
      unrevealed: session.assessment.setting == .workshop ? try Self.unrevealed(of: id, db) : .init())
  }

  /// Keeps that somebody is told of a newer version of an assessment's questionnaire.
  ///
  /// - Returns: Whether nobody had been told of it before.
  package func tell(of version: Version, in id: String) throws(StoreError) -> Bool {
    try write { db in
      try db.execute(
        sql: "UPDATE assessment SET told_of = ? WHERE id = ? AND told_of IS NOT ?",
        arguments: ["\(version)", id, "\(version)"])
      return db.changesCount == 1
    }
  }

  /// Deletes an assessment with its events, and its questionnaire where nothing else
  /// keeps it.
  package func delete(_ ids: [String]) throws(StoreError) {
    try write { db in
      for id in ids where try !Self.remove(id, db) { throw StoreError.noSuchAssessment(id) }
      try Self.dropUnused(db)
    }
  }

  /// Removes an assessment with all that is kept of it; false where there is none.
  static func remove(_ id: String, _ db: Database) throws -> Bool {
    try db.execute(
      sql: """
        DELETE FROM sealed WHERE (organization, team, finished_at, assessment) = (
          SELECT name_key(organization), name_key(team), finished_at, id FROM assessment WHERE id = ?)
        """, arguments: [id])
    try db.execute(sql: "DELETE FROM assessment WHERE id = ?", arguments: [id])
    return db.changesCount == 1
  }
}

extension ScoredItems {
  /// As the store keeps them.
  var text: String { JSONValue.array(ids.map { .string($0) }).text() }

  init(text: String) throws(JSONError) {
    self.init(try JSONNode.readList(JSONDocument(parsing: text).root, JSONNode.readString))
  }
}
