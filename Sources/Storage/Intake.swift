import AssessmentModel
import Foundation
import GRDB

/// Takes assessments in within one transaction, as many as there are: all of them or none.
package final class Intake {
  private let db: Database
  package let moment: Timestamp
  /// What was changed last before; whatever has a later turn came in here.
  private let lastTurn: Int64
  private var turn: Int64
  private let insertAssessment, insertPacked, insertSealed: Statement
  /// Numbers of the questionnaires that were kept here, by their content.
  private var numbers: [String: Int64] = [:]

  fileprivate init(_ db: Database, at moment: Timestamp) throws {
    self.db = db
    self.moment = moment
    lastTurn = try Int64.fetchOne(db, sql: "SELECT coalesce(max(turn), 0) FROM assessment") ?? 0
    turn = lastTurn
    insertAssessment = try db.makeStatement(
      sql: """
        INSERT INTO assessment (id, organization, team, scope, started_at, finished_at,
          questionnaire, questionnaire_id, questionnaire_version, published, upgraded_from, next_check,
          workshop, homework, changed_at, turn)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING
        """)
    insertPacked = try db.makeStatement(
      sql: "INSERT INTO packed (assessment, through, answers, details) VALUES (?, 0, ?, ?)")
    insertSealed = try db.makeStatement(sql: Store.insertSealed)
  }

  /// How many came in.
  package var count: Int { Int(turn - lastTurn) }

  /// Keeps an assessment; one that is finished is sealed by that.
  ///
  /// - Returns: False where there is one of its id already; it stays as it is.
  package func insert(
    _ assessment: Assessment, _ questionnaire: StoredQuestionnaire
  ) throws -> Bool {
    let number = try number(of: questionnaire)
    guard
      try insertRow(
        assessment.id, assessment.organization, assessment.team, assessment.scope, assessment.startedAt,
        assessment.finishedAt, assessment.questionnaire, upgradedFrom: assessment.upgradedFrom,
        nextCheck: assessment.nextCheck, isWorkshop: assessment.setting == .workshop,
        hasHomework: !assessment.openHomework.isEmpty)
    else { return false }
    let packed = PackedAssessment(assessment, items: questionnaire.items)
    try insertPacked.execute(arguments: [assessment.id, Data(packed.answers), packed.details])
    if assessment.finishedAt != nil {
      try insertSealed.execute(arguments: Store.sealed(assessment, items: questionnaire.items, number))
    }
    try Store.keep(assessment.planEvents, after: 0, of: assessment.id, db)
    return true
  }

  /// The same for one that is nothing more than an answer sheet.
  package func insert(
    _ plain: PlainAssessment, _ reference: QuestionnaireReference, _ questionnaire: StoredQuestionnaire
  ) throws -> Bool {
    let number = try number(of: questionnaire)
    guard
      try insertRow(
        plain.id, plain.organization, plain.team, plain.scope, plain.startedAt, plain.finishedAt, reference)
    else { return false }
    let packed = PackedAssessment(plain)
    try insertPacked.execute(arguments: [plain.id, Data(packed.answers), packed.details])
    if let finishedAt = plain.finishedAt {
      try insertSealed.execute(
        arguments: [
          plain.organization.nameKey, plain.team.nameKey, finishedAt.secondsSince1970, plain.id, number,
          plain.scope.rawValue, nil as String?, Data(plain.sheet.cells),
        ])
    }
    return true
  }

  private func insertRow(
    _ id: String, _ organization: String, _ team: String, _ scope: Assessment.Scope, _ startedAt: Timestamp?,
    _ finishedAt: Timestamp?, _ reference: QuestionnaireReference, upgradedFrom: String? = nil,
    nextCheck: Day? = nil, isWorkshop: Bool = false, hasHomework: Bool = false
  ) throws -> Bool {
    try insertAssessment.execute(
      arguments: [
        id, organization, team, scope.rawValue, startedAt?.secondsSince1970, finishedAt?.secondsSince1970,
        reference.digests.content, reference.id, reference.version.description, reference.published,
        upgradedFrom, nextCheck?.daysSince1970, isWorkshop, hasHomework, moment.secondsSince1970, turn + 1,
      ])
    guard db.changesCount == 1 else { return false }
    turn += 1
    return true
  }

  private func number(of questionnaire: StoredQuestionnaire) throws -> Int64 {
    if let number = numbers[questionnaire.digests.content] { return number }
    let number = try Store.keep(questionnaire, db)
    numbers[questionnaire.digests.content] = number
    return number
  }

  /// The assessment that has an id, and whether it came in here.
  package func present(_ id: String) throws -> (stored: StoredAssessment, cameIn: Bool) {
    let turn = try Int64.fetchOne(db, sql: "SELECT turn FROM assessment WHERE id = ?", arguments: [id]) ?? 0
    return (try Store.open(id, db), turn > lastTurn)
  }

  /// Removes an assessment whose place another of its id takes.
  package func remove(_ id: String) throws {
    _ = try Store.remove(id, db)
  }

  /// The turns of all that came in.
  package var turns: ClosedRange<Int64>? { turn > lastTurn ? lastTurn + 1...turn : nil }
}

extension Store {
  /// Ids of what was changed in some turns, in their order.
  package func eachID(of turns: ClosedRange<Int64>?, _ body: (String) throws -> Void) throws {
    guard let turns else { return }
    try queue.read { db in
      let ids = try String.fetchCursor(
        db, sql: "SELECT id FROM assessment WHERE turn BETWEEN ? AND ? ORDER BY turn",
        arguments: [turns.lowerBound, turns.upperBound])
      while let id = try ids.next() { try body(id) }
    }
  }

  /// Takes in what `body` hands over. When it throws, nothing of it is stored, and what it threw is thrown.
  package func takeIn<T>(at moment: Timestamp, _ body: (Intake) throws -> T) throws -> T {
    var thrown: (any Error)?
    do {
      return try queue.write { db in
        do {
          return try body(Intake(db, at: moment))
        } catch {
          thrown = error
          throw error
        }
      }
    } catch let error as DatabaseError {
      throw StoreError.from(error)
    } catch {
      throw thrown ?? error
    }
  }
}
