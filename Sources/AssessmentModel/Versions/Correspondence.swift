/// Which questions of two versions belong together: what a comparison and an upgrade go by.
public struct Correspondence: Hashable, Sendable {
  /// Questions that belong together: mostly one of each version, several where one was split or some were merged, and
  /// none of the newer one where they are not asked any more.
  public struct Match: Hashable, Sendable {
    /// Ids in the older version, in its order.
    public let old: [String]
    /// Ids in the newer version, in its order.
    public let new: [String]
    /// What happened; nil where nothing did, and where nobody said so.
    public let kind: Migration.Change.Kind?
    /// How far answers to them may be compared.
    public let comparability: Migration.Comparability
    /// How several answers become one; nil where they don't.
    public let carry: Migration.Change.Carry?
    /// Old raw levels by new ones, where the scale is another.
    public let levels: [Int: Int]?
    /// Why, in the author's words; nil where it goes without saying.
    public let why: String?
    /// Whether readers tried both wordings.
    public let isTried: Bool

    /// Whether it changed and no migration says how far it may be compared.
    public var isUncovered: Bool { kind == nil && comparability == .none }
  }

  /// In the newer version's order, then what is not asked any more, in the older one's.
  public let matches: [Match]
  /// Ids that only the newer version has, in its order.
  public let added: [String]
  /// Standard errors of the trials' mean change of the index, one for each migration on the way that brings one.
  public let linkErrors: [Double]

  /// The id in the older version of each question that is comparable exactly, by its id in the newer one.
  public var exact: [String: String] {
    Dictionary(
      matches.compactMap { match in
        match.comparability == .exact && match.old.count == 1 && match.new.count == 1
          ? (match.new[0], match.old[0]) : nil
      }, uniquingKeysWith: { first, _ in first })
  }

  /// An edition's base in two versions, in the edition's words.
  public struct Base: Hashable, Sendable {
    let older: Questionnaire
    let newer: Questionnaire
    let correspondence: Correspondence

    /// Takes each property as it is; nothing is checked.
    public init(older: Questionnaire, newer: Questionnaire, correspondence: Correspondence) {
      self.older = older
      self.newer = newer
      self.correspondence = correspondence
    }

    /// Questions that an edition changed for itself and that changed here, too, in the meantime, with how.
    package func changesUnderneath(
      _ edition: Questionnaire, _ next: Questionnaire
    ) -> [(id: String, what: [ItemDifference])] {
      older.items.compactMap { before in
        guard let own = edition.item(before.id), next.item(before.id) != nil,
          let after = newer.item(before.id),
          !edition.differences(of: own, from: before, in: older).isEmpty
        else { return nil }
        let what = newer.differences(of: after, from: before, in: older)
        return what.isEmpty ? nil : (before.id, what)
      }
    }
  }

  /// One step from a version to the next.
  ///
  /// - Parameters:
  ///   - changes: What the migration between them says; none where there is no migration.
  ///   - link: What its trial found.
  ///   - base: For an edition, what it is based on: its changes hold where the edition left their questions alone in
  ///     both versions.
  public init(
    from older: Questionnaire, to newer: Questionnaire, changes: [Migration.Change] = [],
    link: Migration.Link? = nil, base: Base? = nil
  ) {
    var matches = changes.map(Match.init)
    var (old, new) = (Set(matches.flatMap(\.old)), Set(matches.flatMap(\.new)))
    var linkErrors = link.map { [$0.standardError] } ?? []
    if let base {
      let inherited = base.correspondence.matches.filter { match in
        match.kind != nil && old.isDisjoint(with: match.old) && new.isDisjoint(with: match.new)
          && match.old.allSatisfy { older.leftAlone($0, in: base.older) }
          && match.new.allSatisfy { newer.leftAlone($0, in: base.newer) }
      }
      matches += inherited
      old.formUnion(inherited.flatMap(\.old))
      new.formUnion(inherited.flatMap(\.new))
      if inherited.contains(where: \.isTried) { linkErrors += base.correspondence.linkErrors }
    }
    for item in newer.items where !new.contains(item.id) {
      guard let before = older.item(item.id), !old.contains(item.id) else { continue }
      let isSame = newer.differences(of: item, from: before, in: older).isEmpty
      matches.append(Match(id: item.id, isSame: isSame))
      old.insert(item.id)
      new.insert(item.id)
    }
    for item in older.items where !old.contains(item.id) { matches.append(Match(gone: item.id)) }
    self.init(
      matches, added: newer.items.map(\.id).filter { !new.contains($0) }, linkErrors: linkErrors,
      order: (older.items.map(\.id), newer.items.map(\.id)))
  }

  private init(
    _ matches: [Match], added: [String], linkErrors: [Double], order: (old: [String], new: [String])
  ) {
    let place = Dictionary(order.new.enumerated().map { ($1, $0) }, uniquingKeysWith: min)
    let placeBefore = Dictionary(order.old.enumerated().map { ($1, $0) }, uniquingKeysWith: min)
    func key(_ match: Match) -> (Int, Int) {
      (
        match.new.compactMap { place[$0] }.min() ?? .max,
        match.old.compactMap { placeBefore[$0] }.min() ?? .max
      )
    }
    self.matches = matches.sorted { key($0) < key($1) }
    self.added = added
    self.linkErrors = linkErrors
  }

  /// A version with itself, be it in other words for customers.
  public init(identity questionnaire: Questionnaire) {
    self.init(from: questionnaire, to: questionnaire)
  }

  /// This step and the next one together: what belongs together in either belongs together over both, and no more
  /// may be made of it than each allows.
  public func followed(by next: Correspondence) -> Correspondence {
    /// Matches of both steps that share a question of the version between.
    var groups: [(first: [Match], second: [Match])] = []
    for match in matches { groups.append(([match], [])) }
    for match in next.matches {
      let shared = groups.indices.filter { place in
        !Set(groups[place].first.flatMap(\.new) + groups[place].second.flatMap(\.old)).isDisjoint(
          with: match.old)
      }
      let joined = (
        first: shared.flatMap { groups[$0].first }, second: shared.flatMap { groups[$0].second } + [match]
      )
      for place in shared.reversed() { groups.remove(at: place) }
      groups.append(joined)
    }
    let joined = groups.compactMap { Match(first: $0.first, second: $0.second) }
    let known = Set(joined.flatMap(\.new))
    return Correspondence(
      joined, added: (next.added + next.matches.flatMap(\.new)).filter { !known.contains($0) },
      linkErrors: linkErrors + next.linkErrors,
      order: (matches.flatMap(\.old), next.matches.flatMap(\.new)))
  }
}

extension Correspondence.Match {
  fileprivate init(_ change: Migration.Change) {
    self.init(
      old: change.old, new: change.new, kind: change.kind, comparability: change.comparability,
      carry: change.carry, levels: change.levels, why: change.why, isTried: change.trial != nil)
  }

  fileprivate init(id: String, isSame: Bool) {
    self.init(
      old: [id], new: [id], kind: nil, comparability: isSame ? .exact : .none, carry: nil, levels: nil,
      why: nil,
      isTried: false)
  }

  fileprivate init(gone id: String) {
    self.init(
      old: [id], new: [], kind: nil, comparability: .none, carry: nil, levels: nil, why: nil, isTried: false)
  }

  /// Two steps over the questions that they share; nil where nothing older stands behind them.
  fileprivate init?(first: [Self], second: [Self]) {
    let all = first + second
    let old = first.flatMap(\.old)
    if old.isEmpty { return nil }
    // What the second step does not mention was there before already as it is then: nothing of the newer version.
    let isStraight =
      first.count == 1 && second.count == 1 && all.allSatisfy { $0.old.count == 1 && $0.new.count == 1 }
    var levels: [Int: Int]?
    if isStraight {
      levels =
        switch (first[0].levels, second[0].levels) {
        case (let one?, let two?): one.compactMapValues { two[$0] }
        case (let one, let two): one ?? two
        }
    }
    let complex = all.filter { $0.old.count != 1 || $0.new.count != 1 }
    self.init(
      old: old, new: second.flatMap(\.new),
      kind: (second + first).lazy.compactMap(\.kind).first,
      comparability: all.map(\.comparability).min() ?? .none,
      carry: complex.count == 1 ? complex[0].carry : nil, levels: levels,
      why: all.compactMap(\.why).isEmpty ? nil : all.compactMap(\.why).joined(separator: " "),
      isTried: all.contains(where: \.isTried))
  }
}

extension Questionnaire {
  /// Whether a question is here as it is in what this is based on; a question that neither has counts as such.
  fileprivate func leftAlone(_ id: String, in base: Questionnaire) -> Bool {
    switch (item(id), base.item(id)) {
    case (let mine?, let theirs?): differences(of: mine, from: theirs, in: base).isEmpty
    case (nil, nil): true
    case (nil, _?), (_?, nil): false
    }
  }
}
