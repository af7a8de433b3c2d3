import AssessmentModel
import Foundation
import GRDB
import GRDBSQLite

/// Which finished assessments are looked at together.
package struct SealedFilter: Hashable, Sendable {
  /// An organisation's name, however it is written; all where it is nil.
  package var organization: String?
  /// Keys of organisations; all where it is nil.
  package var organizations: Set<String>?
  /// Finished on this day or later, and on this day or earlier, in UTC.
  package var since: Day?
  package var until: Day?
  /// Numbers of the questionnaires; all where it is nil.
  package var questionnaires: Set<Int64>?

  package init(
    organization: String? = nil, since: Day? = nil, until: Day? = nil, questionnaires: Set<Int64>? = nil
  ) {
    self.organization = organization
    self.since = since
    self.until = until
    self.questionnaires = questionnaires
  }

  fileprivate var condition: SQL {
    var parts: [SQL] = []
    if let organization { parts.append("organization = \(organization.nameKey)") }
    if let organizations {
      let keys = JSONValue.array(organizations.sorted().map { .string($0) }).text()
      parts.append("organization IN (SELECT value FROM json_each(\(keys)))")
    }
    if let since { parts.append("finished_at >= \(Int64(since.daysSince1970) * 86_400)") }
    if let until { parts.append("finished_at < \(Int64(until.daysSince1970 + 1) * 86_400)") }
    if let questionnaires { parts.append("questionnaire IN \(questionnaires.sorted())") }
    return parts.isEmpty ? "" : "WHERE \(parts.joined(separator: " AND "))"
  }
}

/// How many finished assessments there are to one questionnaire.
package struct SealedCount: Hashable, Sendable {
  package let questionnaire: Int64
  package let reference: QuestionnaireReference
  package let scope: Assessment.Scope
  package let count: Int
  /// When the earliest and the latest were finished.
  package let first, last: Timestamp
}

/// A finished assessment as it is read when there are many. Good until the next one.
package struct SealedRow {
  /// Keys of the names: the same for spellings of one.
  package let organization, team: String
  package let finishedAt: Timestamp
  package let questionnaire: Int64
  package let scope: Assessment.Scope
  /// Ids of areas of which the short scope asks everything, with blanks between.
  package let deepened: String
  /// nil where an answer sheet does not say all that it takes.
  package let cells: UnsafeBufferPointer<UInt8>?
  fileprivate let id: UnsafeBufferPointer<UInt8>
  fileprivate let database: Database

  /// The assessment's id.
  package var assessment: String { String(decoding: id, as: UTF8.self) }

  /// The whole assessment.
  package func open() throws -> StoredAssessment { try Store.open(assessment, database) }

  /// Another one, by its id.
  package func open(_ id: String) throws -> StoredAssessment { try Store.open(id, database) }

  /// The names as they are written.
  package func names() throws -> (organization: String, team: String) {
    let select = try database.cachedStatement(sql: "SELECT organization, team FROM assessment WHERE id = ?")
    guard let row = try Row.fetchOne(select, arguments: [assessment]) else { return (organization, team) }
    return (row[0], row[1])
  }
}

extension Store {
  /// What there is, by questionnaire and scope, the most first.
  package func sealedCounts(_ filter: SealedFilter = SealedFilter()) throws(StoreError) -> [SealedCount] {
    try read { db in
      let rows = try SQLRequest<Row>(
        literal: """
          SELECT questionnaire, scope, count(*), min(finished_at), max(finished_at) FROM sealed \(filter.condition)
          GROUP BY questionnaire, scope ORDER BY 3 DESC
          """
      ).fetchAll(db)
      return try rows.map { row in
        let number: Int64 = row[0]
        let sample = try String.fetchOne(
          db,
          sql:
            "SELECT id FROM assessment a JOIN questionnaire q ON q.content = a.questionnaire WHERE q.number = ? LIMIT 1",
          arguments: [number])
        guard let sample, let summary = try Self.summary(sample, db),
          let scope = Assessment.Scope(rawValue: row[1])
        else { throw StoreError.damaged("questionnaire \(number)") }
        return SealedCount(
          questionnaire: number, reference: summary.questionnaire, scope: scope, count: row[2],
          first: Timestamp(secondsSince1970: row[3]), last: Timestamp(secondsSince1970: row[4]))
      }
    }
  }

  /// Whether an assessment is the latest finished one of its team.
  package func isLatest(_ id: String, of organization: String, _ team: String) throws(StoreError) -> Bool {
    try read { db in
      let select = try db.cachedStatement(
        sql: """
          SELECT assessment FROM sealed WHERE organization = ? AND team = ?
          ORDER BY finished_at DESC, assessment DESC LIMIT 1
          """)
      return try String.fetchOne(select, arguments: [organization.nameKey, team.nameKey]) == id
    }
  }

  /// Keys of the organisations of which something is finished.
  package func sealedOrganizations() throws(StoreError) -> Set<String> {
    try read { db in try String.fetchSet(db, sql: "SELECT DISTINCT organization FROM sealed") }
  }

  /// The questionnaire of a number, as it is kept.
  package func questionnaire(_ number: Int64) throws(StoreError) -> StoredQuestionnaire {
    try read { db in
      guard
        let row = try Row.fetchOne(
          db,
          sql:
            "SELECT content, measurement, wording, status, canonical, items FROM questionnaire WHERE number = ?",
          arguments: [number])
      else { throw StoreError.damaged("questionnaire \(number)") }
      do {
        return StoredQuestionnaire(
          digests: Digests(content: row[0], measurement: row[1], wording: row[2]),
          status: Questionnaire.Status(rawValue: row[3]) ?? .draft, canonical: row[4],
          items: try ScoredItems(text: row[5]))
      } catch {
        throw StoreError.damaged("questionnaire \(number): \(error)")
      }
    }
  }

  /// What organisations, and teams of one, are put in order by instead of their names.
  package typealias Rank = @Sendable (_ organization: String, _ team: String) -> String

  /// As a function of SQL, `rank_of`.
  static func add(_ rank: @escaping Rank, _ db: Database) {
    db.add(
      function: DatabaseFunction("rank_of", argumentCount: 2, pure: true) { values in
        rank(String.fromDatabaseValue(values[0]) ?? "", String.fromDatabaseValue(values[1]) ?? "")
      })
  }

  /// Hands over the finished assessments, teams of an organisation one after the other, and of a team the earliest first.
  ///
  /// SQLite's own functions read the rows: there may be a million, and most of each is not looked at.
  ///
  /// - Parameter rank: By which organisations and teams are put in order instead of their names.
  package func eachSealed(
    _ filter: SealedFilter = SealedFilter(),
    inOrderOf rank: Rank? = nil, _ body: (SealedRow) throws -> Void
  ) throws {
    try queue.read { db in
      var order: SQL = ""
      if let rank {
        Self.add(rank, db)
        order = "rank_of(organization, ''), organization, rank_of(organization, team),"
      }
      let request: SQL = """
        SELECT organization, team, finished_at, assessment, questionnaire, scope, deepened, answers FROM sealed \(filter.condition)
        ORDER BY \(order) organization, team, finished_at, assessment
        """
      let (sql, arguments) = try request.build(db)
      let statement = try db.makeStatement(sql: sql)
      try statement.setArguments(arguments)
      let rows = statement.sqliteStatement
      defer { sqlite3_reset(rows) }
      func bytes(_ column: Int32) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(
          start: sqlite3_column_text(rows, column), count: Int(sqlite3_column_bytes(rows, column)))
      }
      // Names stay the same from row to row, mostly.
      func text(_ column: Int32, like last: inout String) -> String {
        let found = bytes(column)
        let isSame = last.utf8.withContiguousStorageIfAvailable { known in
          known.count == found.count
            && (known.isEmpty || memcmp(known.baseAddress!, found.baseAddress!, found.count) == 0)
        }
        if isSame != true { last = String(decoding: found, as: UTF8.self) }
        return last
      }
      var (organization, team, deepened) = ("", "", "")
      while true {
        let code = sqlite3_step(rows)
        if code == SQLITE_DONE { return }
        guard code == SQLITE_ROW else {
          throw DatabaseError(
            resultCode: ResultCode(rawValue: code),
            message: String(cString: sqlite3_errmsg(db.sqliteConnection)))
        }
        let id = bytes(3)
        let hasSheet = sqlite3_column_type(rows, 7) != SQLITE_NULL
        let cells = hasSheet ? sqlite3_column_blob(rows, 7)?.assumingMemoryBound(to: UInt8.self) : nil
        try body(
          SealedRow(
            organization: text(0, like: &organization), team: text(1, like: &team),
            finishedAt: Timestamp(secondsSince1970: sqlite3_column_int64(rows, 2)),
            questionnaire: sqlite3_column_int64(rows, 4),
            // c or f.
            scope: bytes(5).first == UInt8(ascii: "c") ? .core : .full,
            deepened: sqlite3_column_type(rows, 6) == SQLITE_NULL ? "" : text(6, like: &deepened),
            cells: cells.map { UnsafeBufferPointer(start: $0, count: Int(sqlite3_column_bytes(rows, 7))) },
            id: id,
            database: db))
      }
    }
  }
}
