import AssessmentModel
import Interchange
import Reporting
import Scoring
import Storage

extension PortfolioReading {
  /// As many are all looked at closer, whether they can count or not.
  private static let fewPairs = 100

  /// One of a team's last two.
  private struct LastRow {
    let id: String
    let questionnaire: Int64
    let day: Day
    let scope: Assessment.Scope
    let isDeepened: Bool
    var cells: [UInt8]

    init(_ row: SealedRow) {
      id = row.assessment
      questionnaire = row.questionnaire
      day = row.finishedAt.day
      scope = row.scope
      isDeepened = !row.deepened.isEmpty
      cells = row.cells.map { Array($0) } ?? []
    }

    var withoutCells: LastRow {
      var copy = self
      copy.cells = []
      return copy
    }
  }

  /// Assessments of one team that lie less apart are of one time, in days.
  static let apart = 28

  /// Teams with two assessments of one time, of which the later counts.
  private struct SameTime {
    private var teams: Set<[String]> = []
    private var names: [String] = []
    private static let most = 10

    mutating func note(_ row: SealedRow) throws {
      guard teams.insert([row.organization, row.team]).inserted, names.count < Self.most else { return }
      let name = try row.names()
      names.append([name.organization, name.team].filter { !$0.isEmpty }.joined(separator: ", "))
    }

    func tell() {
      guard !teams.isEmpty else { return }
      System.tell(
        "\(counted(teams.count, "team has", "teams have")) two assessments within four weeks, of which the later counts: \(names.joined(separator: "; "))\(teams.count > names.count ? " and more" : "")."
          + " If several people of a team answered apart, they belong into one: in a table the column rater tells them apart; `import FILE --into ID` adds answers, and "
          + "`finish ID --date DAY` keeps its day.")
    }
  }

  /// Where both are one person's, of one version and asked the same; nil where it takes the assessments themselves.
  private func quickChange(_ last: [LastRow], _ version: Version) -> SheetChange? {
    guard let own = version.own, last[0].questionnaire == last[1].questionnaire,
      last[0].scope == last[1].scope, !last[0].isDeepened, !last[1].isDeepened,
      last[0].cells.count == own.count, last[1].cells.count == own.count
    else { return nil }
    let scope = last[0].scope
    let isShort = scope == .core && version.pinned.questionnaire.hasCore
    return last[0].cells.withUnsafeBufferPointer { one in
      last[1].cells.withUnsafeBufferPointer { other in
        own.change(from: one, to: other, asked: own.asked(scope), isShort: isShort)
      }
    }
  }

  /// What has changed in each team from the assessment before its latest to its latest, and what of that holds over all.
  ///
  /// - Parameters:
  ///   - portfolio: What they come to together.
  ///   - pseudonym: nil for names.
  func changes(in portfolio: Portfolio, pseudonym: AnalysisCSV.Pseudonym? = nil) throws -> ChangeList {
    // Where no team has two there is nothing to look for.
    guard portfolio.teams < portfolio.assessments else { return ChangeList([], incomparable: 0) }
    var changes: [TeamChange] = []
    var incomparable = 0
    var ways: [[Int64]: Correspondence] = [:]
    var names = (organization: "", team: "")
    /// The last two of the team at hand.
    var last: [LastRow] = []
    var sameTime = SameTime()
    /// Of one person each, which need no closer look, or may after all is known.
    var unremarkable = 0
    var waiting: [(pair: [LastRow], change: SheetChange, organization: String)] = []
    var together = MeanChange()
    func way(from one: Int64, to other: Int64) throws -> Correspondence {
      if let way = ways[[one, other]] { return way }
      guard let before = versions[one], let after = versions[other] else {
        throw Failure(.data, "a version is missing")
      }
      let way = try catalog.way(from: before.pinned, to: after.pinned)
      ways[[one, other]] = way
      return way
    }
    func endTeam(_ open: (String) throws -> StoredAssessment) throws {
      defer { last = [] }
      guard last.count == 2, let before = versions[last[0].questionnaire],
        let after = versions[last[1].questionnaire]
      else { return }
      if let change = quickChange(last, after) {
        waiting.append((last.map(\.withoutCells), change, names.organization))
        return
      }
      try compare(last, names.organization, before, after, open)
    }
    func compare(
      _ last: [LastRow], _ key: String, _ before: Version, _ after: Version,
      _ open: (String) throws -> StoredAssessment
    ) throws {
      let isNewer = after.pinned.questionnaire.version >= before.pinned.questionnaire.version
      let newest = isNewer ? last[1].questionnaire : last[0].questionnaire
      let (one, other) = (try open(last[0].id).assessment, try open(last[1].id).assessment)
      // What was taken over from the other says nothing new.
      if other.upgradedFrom == one.id || one.upgradedFrom == other.id { return }
      let organization = AnalysisCSV.organization(other.organization, pseudonym)
      let change = TeamChange(
        organization: organization, team: AnalysisCSV.team(other.team, of: other.organization, pseudonym),
        from: ComparedAssessment(
          one, before.pinned.questionnaire, try way(from: last[0].questionnaire, to: newest)),
        to: ComparedAssessment(
          other, after.pinned.questionnaire, try way(from: last[1].questionnaire, to: newest)))
      guard let change else {
        incomparable += 1
        return
      }
      changes.append(change)
      together.add(change.delta, of: key)
    }
    var progress = Progress("Compared", of: count)
    defer { progress.end() }
    var done = 0
    try store.eachSealed(filter) { row in
      if row.organization != names.organization || row.team != names.team {
        try endTeam(row.open)
        names = (row.organization, row.team)
      }
      let row = (sealed: row, last: LastRow(row))
      if let before = last.last, row.last.day.daysSince1970 - before.day.daysSince1970 < Self.apart {
        // Two of one time are no change; what was taken over to another version is of the same day.
        if before.questionnaire == row.last.questionnaire { try sameTime.note(row.sealed) }
        last.removeLast()
      } else if last.count == 2 {
        last.removeFirst()
      }
      last.append(row.last)
      done += 1
      progress.update(done, upTo: done)
    }
    func open(_ id: String) throws -> StoredAssessment {
      try stored { () throws(StoreError) in try store.open(id) }
    }
    try endTeam(open)
    let screen = ChangeScreen(changes)
    for (pair, change, key) in waiting {
      if waiting.count > Self.fewPairs, !screen.mayCount(change) {
        unremarkable += 1
        together.add(change.to - change.from, of: key)
        continue
      }
      guard let before = versions[pair[0].questionnaire], let after = versions[pair[1].questionnaire] else {
        continue
      }
      try compare(pair, key, before, after, open)
    }
    progress.end()
    sameTime.tell()
    return ChangeList(changes, unremarkable: unremarkable, incomparable: incomparable, together: together)
  }
}
