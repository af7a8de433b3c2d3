import AssessmentModel
import GRDB

/// One row of a list.
package struct AssessmentSummary: Hashable, Sendable {
  package let id: String
  package let organization: String
  package let team: String
  package let scope: Assessment.Scope
  package let startedAt: Timestamp?
  package let finishedAt: Timestamp?
  package let questionnaire: QuestionnaireReference
  /// The assessment of an older version that it was taken over from; nil for one of its own.
  package let upgradedFrom: String?
  package let changedAt: Timestamp
  /// When its plan is checked next; nil where nothing is to be checked.
  package let nextCheck: Day?
  /// Whether a group votes.
  package let isWorkshop: Bool
  /// Whether somebody has yet to find out what customers expect.
  package let hasHomework: Bool
}

/// What there is, and what somebody means by a name or the beginning of an id.
extension Store {
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
      var conditions: [SQL] = openOnly ? ["a.finished_at IS NULL"] : []
      if let organization { conditions.append(try Self.named("organization", organization, db)) }
      let wanted: SQL = conditions.isEmpty ? "" : "WHERE \(conditions.joined(separator: " AND "))"
      return try Self.summaries(
        db, "\(wanted) ORDER BY a.turn DESC \(sql: most.map { "LIMIT \($0)" } ?? "")")
    }
  }

  /// All assessments in the same order, some at a time, so that there may be any number of them and others can write meanwhile.
  package func eachBatch(
    organization: String? = nil, of most: Int, _ body: ([AssessmentSummary]) throws -> Void
  ) throws {
    let rows = try read { db in
      let wanted: SQL = try organization.map { "WHERE \(try Self.named("organization", $0, db))" } ?? ""
      return try SQLRequest<Int64>(literal: "SELECT a.rowid FROM assessment a \(wanted) ORDER BY a.turn DESC")
        .fetchAll(db)
    }
    for start in stride(from: 0, to: rows.count, by: most) {
      let some = Array(rows[start..<min(start + most, rows.count)])
      try body(read { db in try Self.summaries(db, "WHERE a.rowid IN \(some) ORDER BY a.turn DESC") })
    }
  }

  /// Hands over the names there are, those of one organisation one after the other; the same more than once where others stand
  /// between.
  ///
  /// - Parameter turns: Only those of what was changed in these.
  package func eachName(
    of turns: ClosedRange<Int64>? = nil, _ body: (_ organization: String, _ team: String) throws -> Void
  ) throws {
    try read { db in
      let among: SQL = turns.map { "WHERE turn BETWEEN \($0.lowerBound) AND \($0.upperBound)" } ?? ""
      let order: SQL = turns == nil ? "ORDER BY organization COLLATE NOCASE, team COLLATE NOCASE" : ""
      let rows = try SQLRequest<Row>(literal: "SELECT organization, team FROM assessment \(among) \(order)")
        .fetchCursor(db)
      var last: (String, String)?
      while let row = try rows.next() {
        let names: (String, String) = (row[0], row[1])
        if let last, last == names { continue }
        last = names
        try body(names.0, names.1)
      }
    }
  }

  /// Names of organisations that may be the same one as a name is of: those with its key (`organizationKey`), each spelling
  /// once.
  ///
  /// The index is walked from branch to branch: where a name begins as none of these can, all that begin so are passed over.
  /// So it takes as many looks as there are ways to leave the name, not as there are organisations.
  package func organizations(alike name: String) throws(StoreError) -> [String] {
    let key = name.organizationKey
    return try read { db in
      let next = try db.makeStatement(
        sql: """
          SELECT organization FROM assessment
          WHERE organization COLLATE NOCASE > ?1 AND organization COLLATE NOCASE > ?2
          ORDER BY organization COLLATE NOCASE LIMIT 1
          """)
      var found: [String] = []
      var (last, passed) = ("", "")
      while let name = try String.fetchOne(next, arguments: [passed, last]) {
        last = name
        passed = name
        if let dead = name.shortestBeginning(leadingAwayFrom: key) {
          passed = dead + "\u{10FFFF}"
        } else if name.organizationKey == key {
          found += try String.fetchAll(
            db,
            sql: "SELECT DISTINCT organization FROM assessment WHERE organization = ? COLLATE NOCASE",
            arguments: [name])
        }
      }
      return found
    }
  }

  /// Ids of all assessments of an organisation whose name is written in exactly this way, and of one team where one is given.
  package func ids(organization: String, team: String? = nil) throws(StoreError) -> [String] {
    try read { db in
      let ofTeam: SQL = team.map { "AND team = \($0)" } ?? ""
      // The first condition is the one that an index serves.
      return try SQLRequest<String>(
        literal: """
          SELECT id FROM assessment WHERE organization = \(organization) COLLATE NOCASE AND organization = \(organization)
          \(ofTeam) ORDER BY turn
          """
      ).fetchAll(db)
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
      var conditions = [try Self.named("organization", organization, db)]
      if let team { conditions.append(try Self.named("team", team, db)) }
      if !openToo { conditions.append("a.finished_at IS NOT NULL") }
      return try Self.summaries(
        db,
        "WHERE \(conditions.joined(separator: " AND ")) ORDER BY coalesce(a.finished_at, a.started_at), a.turn"
      )
    }
  }

  /// What a team finished last of a questionnaire, in whatever version; nil where it has finished none.
  package func latestFinished(of organization: String, team: String, questionnaire: String) throws(StoreError)
    -> AssessmentSummary?
  {
    try read { db in
      try Self.summaries(
        db,
        """
        WHERE \(Self.named("organization", organization, db)) AND \(Self.named("team", team, db))
          AND a.questionnaire_id = \(questionnaire) AND a.finished_at IS NOT NULL
        ORDER BY a.finished_at DESC, a.turn DESC LIMIT 1
        """
      ).first
    }
  }

  /// Plans whose check is due on a day, the longest due first; not those whose next assessment is due, too, or that have
  /// one.
  package func dueChecks(on day: Day, most: Int) throws(StoreError) -> [AssessmentSummary] {
    let latest = Int64(day.adding(days: -CheckCalendar.reviewAfterDays).daysSince1970) * 86_400
    return try read { db in
      try Self.summaries(
        db,
        """
        WHERE a.next_check <= \(day.daysSince1970) AND a.finished_at >= \(latest) AND NOT EXISTS (
          SELECT 1 FROM assessment b WHERE b.organization = a.organization COLLATE NOCASE
            AND b.team = a.team COLLATE NOCASE AND b.id <> a.id AND b.finished_at > a.finished_at)
        ORDER BY a.next_check, a.turn LIMIT \(most)
        """)
    }
  }

  /// Finished assessments with homework that is open, the one changed last first; not those that have a later one.
  package func openHomework(most: Int) throws(StoreError) -> [AssessmentSummary] {
    try read { db in
      try Self.summaries(
        db,
        """
        WHERE a.homework = 1 AND a.finished_at IS NOT NULL AND NOT EXISTS (
          SELECT 1 FROM assessment b WHERE b.organization = a.organization COLLATE NOCASE
            AND b.team = a.team COLLATE NOCASE AND b.id <> a.id AND b.started_at > a.finished_at)
        ORDER BY a.turn DESC LIMIT \(most)
        """)
    }
  }

  /// Ids of workshops with votes that are kept unseen.
  package func withHiddenVotes() throws(StoreError) -> Set<String> {
    try read { db in
      try Set(
        String.fetchAll(
          db,
          sql:
            "SELECT assessment FROM vote UNION SELECT assessment FROM tally UNION SELECT assessment FROM form_tally"
        ))
    }
  }

  /// One row of the list by its full id; nil where there is none.
  package func summary(of id: String) throws(StoreError) -> AssessmentSummary? {
    try read { db in try Self.summary(id, db) }
  }

  static func summary(_ id: String, _ db: Database) throws -> AssessmentSummary? {
    try summaries(db, "WHERE a.id = \(id)").first
  }

  /// The condition that a column holds a name as it is looked for: without regard to case, and however its accents are
  /// made.
  static func named(_ column: String, _ name: String, _ db: Database) throws -> SQL {
    // SQLite's own comparison knows ASCII only; other names are found by what they are the same as.
    if name.utf8.allSatisfy({ $0 < 0x80 }) { return "a.\(sql: column) = \(name) COLLATE NOCASE" }
    let alike = try String.fetchAll(db, sql: "SELECT DISTINCT \(column) FROM assessment").filter {
      $0.nameKey == name.nameKey
    }
    return "a.\(sql: column) COLLATE NOCASE IN \(alike + [name])"
  }

  /// What `summary` reads of an assessment `a` and its questionnaire `q`; it comes first in whatever is selected.
  static let summaryColumns = """
    a.id, a.organization, a.team, a.scope, a.started_at, a.finished_at, a.changed_at, a.upgraded_from,
    a.next_check, a.workshop, a.homework, a.questionnaire_id, a.questionnaire_version, a.published, q.content, q.measurement, q.wording
    """

  private static func summaries(_ db: Database, _ rest: SQL) throws -> [AssessmentSummary] {
    let request: SQL =
      "SELECT \(sql: summaryColumns) FROM assessment a JOIN questionnaire q ON q.content = a.questionnaire \(rest)"
    return try SQLRequest<Row>(literal: request).fetchAll(db).map(summary)
  }

  /// By their places: a list of many would look for each name in each row.
  static func summary(_ row: Row) throws -> AssessmentSummary {
    func time(_ column: Int) -> Timestamp? { (row[column] as Int64?).map { Timestamp(secondsSince1970: $0) } }
    guard let version = Version(row[12]), let scope = Assessment.Scope(rawValue: row[3]) else {
      throw StoreError.damaged("assessment \(row[0] as String)")
    }
    return AssessmentSummary(
      id: row[0], organization: row[1], team: row[2], scope: scope, startedAt: time(4), finishedAt: time(5),
      questionnaire: QuestionnaireReference(
        id: row[11], version: version,
        digests: Digests(content: row[14], measurement: row[15], wording: row[16]), published: row[13]),
      upgradedFrom: row[7], changedAt: Timestamp(secondsSince1970: row[6]),
      nextCheck: (row[8] as Int?).map { Day(daysSince1970: $0) }, isWorkshop: row[9], hasHomework: row[10])
  }

  /// The full id for what a user typed: a full id, any unambiguous beginning of one, `last` (changed
  /// last) or `last:ORGANIZATION`.
  package func resolve(_ text: String) throws(StoreError) -> String {
    if text == "last" || text.hasPrefix("last:") {
      let organization = text == "last" ? nil : String(text.dropFirst("last:".count))
      guard let newest = try list(organization: organization, most: 1).first else {
        throw .noSuchAssessment(text)
      }
      return newest.id
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
}
