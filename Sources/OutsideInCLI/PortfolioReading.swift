import AssessmentModel
import Interchange
import QuestionnaireFormat
import Reporting
import Scoring
import Storage

/// Reads many finished assessments of one questionnaire and puts them together.
struct PortfolioReading {
  let store: Store
  let catalog: Catalog
  /// What is looked at; of one questionnaire.
  let filter: SealedFilter
  let frame: PortfolioFrame
  /// How many there are.
  let count: Int
  /// Which organisations it is of.
  private(set) var circle: PortfolioCircle
  /// What has to be known of them.
  private(set) var remarks: [String] = []
  private let versions: [Int64: Version]

  /// One version as its assessments are read.
  struct Version {
    let pinned: PinnedQuestionnaire
    let way: Correspondence
    /// By the newest version's items: the place of the same item on a sheet; nil where there is none.
    let places: [Int?]
    /// Of its own result; nil where conditions decide what is asked.
    var own: SheetScorer?
    /// Whether its sheets can be read as those of the newest.
    let isNewest: Bool
    /// Places of its areas in the order of the newest version's.
    let areas: [Int?]
  }

  /// - Parameters:
  ///   - name: `ID` or `ID@VERSION`; the one that is most used where it is nil.
  ///   - circle: Which organisations are looked at.
  init(
    _ store: Store, _ catalog: Catalog, filter: SealedFilter, questionnaire name: String?,
    circle: PortfolioCircle = PortfolioCircle()
  ) throws {
    self.store = store
    self.catalog = catalog
    self.circle = circle
    let all = try stored { () throws(StoreError) in try store.sealedCounts(filter) }
    let parts = name?.split(separator: "@", maxSplits: 1).map(String.init)
    let used = Dictionary(grouping: all, by: \.reference.id).mapValues { $0.reduce(0) { $0 + $1.count } }
    guard let id = parts?.first ?? used.max(by: { ($0.value, $1.key) < ($1.value, $0.key) })?.key,
      used[id] != nil
    else {
      throw Failure(
        .data,
        used.isEmpty
          ? "Nothing finished is among these. `outside-in list` shows what there is."
          : "Nothing finished is among these of “\(name ?? "")”; there is \(listed(used.keys.sorted())).")
    }
    var mine = all.filter { counted in
      counted.reference.id == id && (parts?.count != 2 || counted.reference.version.description == parts?[1])
    }
    guard !mine.isEmpty else {
      let versions = Set(all.filter { $0.reference.id == id }.map(\.reference.version)).sorted()
      throw Failure(
        .data,
        "Nothing finished is among these of \(name ?? id); there is \(listed(versions.map { "\(id)@\($0)" }))."
      )
    }
    if name == nil {
      for (other, count) in used.sorted(by: { $0.key < $1.key }) where other != id {
        System.tell(
          "\(counted(count, "assessment", "assessments")) of \(other) \(count == 1 ? "is" : "are") left out; --questionnaire \(other) looks at them."
        )
      }
    }
    var pinned: [Int64: PinnedQuestionnaire] = [:]
    for one in mine where pinned[one.questionnaire] == nil {
      let kept = try stored { () throws(StoreError) in try store.questionnaire(one.questionnaire) }
      pinned[one.questionnaire] = try Opened.pinned(to: one.reference, kept, of: id)
    }
    var chosen = filter
    chosen.questionnaires = Set(pinned.keys)
    if let members = try circle.members(of: store, chosen, pinned) {
      chosen.organizations = members.keys
      remarks = members.remarks
      for remark in remarks { System.tell(remark) }
      mine = try stored { () throws(StoreError) in try store.sealedCounts(chosen) }
      if mine.isEmpty { throw Failure(.data, "No organisation is left: nothing finished is of such a one.") }
    }
    if let one = circle.one {
      var only = chosen
      only.organization = one
      if try stored({ () throws(StoreError) in try store.sealedCounts(only) }).isEmpty {
        throw try Self.notFound(one, in: store)
      }
      self.circle.one =
        try stored { () throws(StoreError) in try store.finished(of: one).last?.organization } ?? one
    }
    let numbers = Set(mine.map(\.questionnaire)).sorted()
    let newest = newestVersion(numbers.map { pinned[$0]!.questionnaire.version })
    let reference = pinned[numbers[newest]]!
    var ways: [Int64: Correspondence] = [:]
    for number in numbers { ways[number] = try catalog.way(from: pinned[number]!, to: reference) }
    let frame = PortfolioFrame(
      reference.questionnaire, ways: numbers.compactMap { ways[$0] },
      isCore: mine.contains { $0.scope == .core })
    self.frame = frame
    chosen.questionnaires = Set(numbers)
    self.filter = chosen
    count = mine.reduce(0) { $0 + $1.count }
    var versions: [Int64: Version] = [:]
    for number in numbers {
      guard let one = pinned[number], let way = ways[number] else { continue }
      let items = ScoredItems(of: one.questionnaire)
      let exact = way.exact
      let own = one.questionnaire.dimensions.map(\.id)
      versions[number] = Version(
        pinned: one, way: way, places: frame.items.map { exact[$0.id].flatMap(items.place) },
        own: SheetScorer(one.questionnaire),
        isNewest: items.ids == frame.items.map(\.id) && frame.items.allSatisfy { exact[$0.id] == $0.id },
        areas: reference.questionnaire.dimensions.map { own.firstIndex(of: $0.id) })
    }
    self.versions = versions
  }

  private static func notFound(_ one: String, in store: Store) throws -> Failure {
    var names: Set<String> = []
    try store.eachName { organization, _ in names.insert(organization) }
    let key = one.nameKey
    let near =
      nearestName(to: one, among: names).map { [$0] }
      ?? Array(names.filter { !key.isEmpty && $0.nameKey.contains(key) }.sorted().prefix(5))
    return Failure(
      .data,
      "Nothing finished of “\(one)” is among these"
        + (near.isEmpty
          ? ". `outside-in list` shows what there is."
          : "; did you mean \(near.map { "“\($0)”" }.joined(separator: " or "))?"))
  }

  /// Names of the first organisations as they are written, by their keys: of as many as a page lists.
  private(set) var names: [String: String] = [:]

  /// Puts them together.
  ///
  /// - Parameters:
  ///   - day: Whatever is older by more than two years is outdated.
  ///   - keep: Takes each entry, too.
  mutating func portfolio(
    on day: Day, keep: ((SealedRow, PortfolioEntry) throws -> Void)? = nil
  ) throws -> Portfolio {
    var builder = PortfolioBuilder(
      frame, on: day, of: circle.one?.nameKey, groups: circle.one == nil ? circle.groupNames : [:])
    // Sheets are scored as the newest version's; where conditions hide items of it, whole assessments are read.
    var common = SheetScorer(frame.questionnaire, policy: frame.policy)
    common?.setCommon(frame.common)
    var remapped = [UInt8](repeating: AnswerSheet.Cell.empty.byte, count: frame.items.count)
    var progress = Progress("Scored", of: count)
    defer { progress.end() }
    var done = 0
    var names: [String: String] = [:]
    var last: String?
    try store.eachSealed(filter) { row in
      guard let version = versions[row.questionnaire] else { return }
      if last != row.organization, names.count <= PortfolioBuilder.mostListed {
        last = row.organization
        names[row.organization] = try row.names().organization
      }
      let entry: PortfolioEntry?
      if let cells = row.cells, common != nil, let own = version.own {
        let asked =
          row.scope == .full && own.count == cells.count
          ? nil : Set(own.asked(row.scope, deepened: row.deepened))
        if version.isNewest, asked == nil {
          entry = Self.entry(cells, row, &common)
        } else {
          for (place, mine) in version.places.enumerated() {
            let isAsked = mine.map { asked?.contains($0) ?? true } ?? false
            remapped[place] = isAsked ? cells[mine ?? 0] : SheetScorer.notAsked
          }
          entry = remapped.withUnsafeBufferPointer { Self.entry($0, row, &common) }
        }
      } else {
        entry = frame.entry(try row.open().assessment, version.pinned.questionnaire, way: version.way)
      }
      guard let entry else { return }
      try keep?(row, entry)
      builder.add(organization: row.organization, team: row.team, entry)
      done += 1
      progress.update(done, upTo: done)
    }
    self.names = names
    return builder.finish()
  }

  private static func entry(
    _ cells: UnsafeBufferPointer<UInt8>, _ row: SealedRow, _ scorer: inout SheetScorer?
  ) -> PortfolioEntry? {
    guard let score = scorer?.scoreInCommon(cells), let standings = scorer?.standings(cells) else {
      return nil
    }
    return PortfolioEntry(finishedAt: row.finishedAt, raters: 1, score: score, standings: standings)
  }

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
  /// - Parameter pseudonym: nil for names.
  func changes(pseudonym: AnalysisCSV.Pseudonym? = nil) throws -> ChangeList {
    var changes: [TeamChange] = []
    var incomparable = 0
    var ways: [[Int64]: Correspondence] = [:]
    var names = (organization: "", team: "")
    /// The last two of the team at hand.
    var last: [LastRow] = []
    var sameDay = 0
    var sameDayNames: [String] = []
    /// Of one person each, which need no closer look, or may after all is known.
    var unremarkable = 0
    var waiting: [(pair: [LastRow], change: SheetChange)] = []
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
      // Two of one day are no change, but people who answered apart.
      if last[0].day == last[1].day {
        sameDay += 1
        if sameDayNames.count < 10 {
          let one = try open(last[1].id).assessment
          sameDayNames.append([one.organization, one.team].filter { !$0.isEmpty }.joined(separator: ", "))
        }
        return
      }
      if let change = quickChange(last, after) {
        waiting.append((last.map(\.withoutCells), change))
        return
      }
      try compare(last, before, after, open)
    }
    func compare(
      _ last: [LastRow], _ before: Version, _ after: Version, _ open: (String) throws -> StoredAssessment
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
      if let change { changes.append(change) } else { incomparable += 1 }
    }
    var progress = Progress("Compared", of: count)
    defer { progress.end() }
    var done = 0
    try store.eachSealed(filter) { row in
      if row.organization != names.organization || row.team != names.team {
        try endTeam(row.open)
        names = (row.organization, row.team)
      }
      if last.count == 2 { last.removeFirst() }
      last.append(LastRow(row))
      done += 1
      progress.update(done, upTo: done)
    }
    func open(_ id: String) throws -> StoredAssessment {
      try stored { () throws(StoreError) in try store.open(id) }
    }
    try endTeam(open)
    let screen = ChangeScreen(changes)
    for (pair, change) in waiting {
      if waiting.count > Self.fewPairs, !screen.mayCount(change) {
        unremarkable += 1
        continue
      }
      guard let before = versions[pair[0].questionnaire], let after = versions[pair[1].questionnaire] else {
        continue
      }
      try compare(pair, before, after, open)
    }
    if sameDay > 0 {
      progress.end()
      System.tell(
        "\(counted(sameDay, "team has", "teams have")) two assessments finished on one day, of which the later counts: \(sameDayNames.joined(separator: "; "))\(sameDay > sameDayNames.count ? " and more" : ""). If several people of a team answered "
          + "apart, they belong into one: in a table the column rater tells them apart; `import FILE --into ID` adds answers, and `finish ID --date DAY` keeps its day."
      )
    }
    return ChangeList(changes, unremarkable: unremarkable, incomparable: incomparable)
  }

  /// Writes a row for each assessment, with its own result.
  ///
  /// - Parameter pseudonym: nil for names.
  func writeTable(to outlet: Outlet, pseudonym: AnalysisCSV.Pseudonym?) throws {
    try outlet.write(PortfolioDocument.header(frame.questionnaire))
    var versions = versions
    let groups = circle.groupNames
    var last: (organization: String, team: String, text: (Bool) -> String)?
    var spelt: (key: (String, String), names: (String, String))?
    var progress = Progress("Written", of: count)
    defer { progress.end() }
    var done = 0
    try store.eachSealed(filter) { row in
      guard let version = versions[row.questionnaire] else { return }
      let score: PortfolioScore
      var raters = 1
      if let cells = row.cells, version.own != nil {
        score = versions[row.questionnaire]!.own!.score(cells, scope: row.scope, deepened: row.deepened)
      } else {
        let card = Scoring.score(try row.open().assessment, with: version.pinned.questionnaire)
        score = PortfolioScore(card)
        raters = card.verdict.certainty?.spread.raters ?? 0
      }
      // Whether it is its team's latest is known from the one behind it.
      if let last, last.organization != row.organization || last.team != row.team {
        try outlet.write(last.text(true))
      } else if let last {
        try outlet.write(last.text(false))
      }
      // One spelling of each name, so that who counts by it counts the same.
      if pseudonym == nil, spelt?.key.0 != row.organization || spelt?.key.1 != row.team {
        let found = try row.names()
        let organization = spelt?.key.0 == row.organization ? spelt?.names.0 : nil
        spelt = ((row.organization, row.team), (organization ?? found.organization, found.team))
      }
      let names = spelt?.names ?? (row.organization, row.team)
      let (assessment, scope, day) = (row.assessment, row.scope, row.finishedAt.day)
      let group = groups[row.organization] ?? ""
      last = (
        row.organization, row.team,
        { isLatest in
          PortfolioDocument.row(
            assessment: AnalysisCSV.assessment(assessment, pseudonym),
            organization: AnalysisCSV.organization(names.0, pseudonym),
            team: AnalysisCSV.team(names.1, of: names.0, pseudonym), isLatest: isLatest, group: group,
            version: version.pinned.questionnaire.version, scope: scope, date: day, raters: raters, score,
            dimensions: version.areas)
        }
      )
      done += 1
      progress.update(done, upTo: done)
    }
    if let last { try outlet.write(last.text(true)) }
  }
}
