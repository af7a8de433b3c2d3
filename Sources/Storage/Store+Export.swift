import AssessmentModel
import Foundation
import GRDB

/// An assessment on its way out.
package enum OutgoingAssessment {
  /// One that is nothing more than an answer sheet, and the questionnaire it is of.
  case plain(PlainAssessment, QuestionnaireReference)
  case full(StoredAssessment)
}

extension Store {
  /// - Parameter organization: However it is written; all where it is nil.
  package func count(of organization: String? = nil) throws(StoreError) -> Int {
    try read { db in
      try SQLRequest<Int>(
        literal: "SELECT count(*) FROM assessment a \(try Self.condition(of: organization, db))"
      ).fetchOne(db) ?? 0
    }
  }

  private static func condition(of organization: String?, _ db: Database) throws -> SQL {
    try organization.map { "WHERE \(try named("organization", $0, db))" } ?? ""
  }

  /// What pseudonyms are made with: the same as long as there is the store, and in no other.
  package func secret() throws(StoreError) -> [UInt8] {
    try read { db in Array(try Data.fetchOne(db, sql: "SELECT value FROM secret") ?? Data()) }
  }

  /// Hands over every assessment, the one changed last last. They are read a few hundred at a time, so that others can
  /// write meanwhile: each is as it was at some moment, and none comes twice.
  ///
  /// - Parameters:
  ///   - organization: However it is written; all where it is nil.
  ///   - rank: By which organisations and teams are put in order, so that it says nothing of when and how they came in.
  ///   - unreadable: Takes what can't be read, with its id.
  package func each(
    of organization: String? = nil, inOrderOf rank: Rank? = nil, _ body: (OutgoingAssessment) throws -> Void,
    unreadable: (String, StoreError) throws -> Void
  ) throws {
    let rows = try read { db in
      if let rank { Self.add(rank, db) }
      let order: SQL =
        rank == nil
        ? "a.turn"
        : """
        rank_of(name_key(organization), ''), name_key(organization), rank_of(name_key(organization), name_key(team)),
        name_key(team), coalesce(finished_at, started_at), id
        """
      return try SQLRequest<Int64>(
        literal:
          "SELECT a.rowid FROM assessment a \(try Self.condition(of: organization, db)) ORDER BY \(order)"
      ).fetchAll(db)
    }
    var items: [String: ScoredItems] = [:]
    for start in stride(from: 0, to: rows.count, by: 250) {
      let batch = try read { db in
        try rows[start..<min(start + 250, rows.count)].compactMap { row in
          try Self.outgoing(row, &items, db)
        }
      }
      for outgoing in batch {
        switch outgoing {
        case .success(let assessment): try body(assessment)
        case .failure(let problem): try unreadable(problem.id, problem.error)
        }
      }
    }
  }

  private struct Unreadable: Error {
    let id: String
    let error: StoreError
  }

  private static func outgoing(
    _ number: Int64, _ items: inout [String: ScoredItems], _ db: Database
  ) throws -> Result<OutgoingAssessment, Unreadable>? {
    let select = try db.cachedStatement(
      sql: """
        SELECT \(summaryColumns), p.answers, p.details, q.number,
          EXISTS (SELECT 1 FROM event WHERE assessment = a.id)
            OR EXISTS (SELECT 1 FROM plan_event WHERE assessment = a.id) AS is_worked_on
        FROM assessment a JOIN questionnaire q ON q.content = a.questionnaire
          JOIN packed p ON p.assessment = a.id AND p.through = 0
        WHERE a.rowid = ?
        """)
    guard let row = try Row.fetchOne(select, arguments: [number]) else { return nil }
    let id: String = row["id"]
    do {
      let summary = try summary(row)
      let content = summary.questionnaire.digests.content
      if !(row["is_worked_on"] as Bool) {
        if items[content] == nil {
          items[content] = try ScoredItems(
            text: String.fetchOne(
              db, sql: "SELECT items FROM questionnaire WHERE content = ?", arguments: [content])
              ?? "[]")
        }
        if let known = items[content],
          var plain = PackedAssessment(answers: Array(row["answers"] as Data), details: row["details"])
            .plain(id: id, items: known)
        {
          plain.startedAt = summary.startedAt
          return .success(.plain(plain, summary.questionnaire))
        }
      }
      return .success(.full(try open(id, db)))
    } catch {
      return .failure(Unreadable(id: id, error: StoreError.from(error)))
    }
  }
}
