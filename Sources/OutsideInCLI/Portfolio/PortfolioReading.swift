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
  /// By the numbers of their questionnaires.
  let versions: [Int64: Version]

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
      if let organization = filter.organization, used.isEmpty {
        throw try Self.notFound(organization, in: store)
      }
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
    let isThere = try stored { () throws(StoreError) in try store.count(of: one) > 0 }
    return Failure(
      .data,
      isThere
        ? "Of “\(one)” nothing finished is among these: what there is of it lies outside of them."
        : "Nothing finished of “\(one)” is among these\(store.meant(by: one))")
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
}
