/// One version of a questionnaire, checked and resolved: what a session asks and a scorecard scores.
public struct Questionnaire: Hashable, Sendable {
  public enum Status: String, CaseIterable, Sendable {
    case draft, published, withdrawn
  }

  public let id: String
  public let version: Version
  /// Where the version stands; it is no part of the digests, so that a version can be withdrawn.
  public let status: Status
  public let language: String?
  public let title: String
  /// Sentences read before the first question.
  public let primer: [String]
  public let scoring: ScoringMethod
  public let dimensions: [Dimension]
  public let scales: [Scale]
  public let sections: [Section]
  /// Ids of items that earlier versions used; never used again.
  public let retired: [String]
  /// What an edition is based on, `outside-in@1.0.0`; its steps for the plan serve where there are no own.
  public let basedOn: String?
  /// The author's words by term, as they were put into the texts.
  public let terms: [String: String]
  /// All items, in the order of the questionnaire.
  public let items: [Item]
  /// Whether there is a short scope to ask.
  public let hasCore: Bool
  /// Where each item stands in `items`.
  private let positions: [String: Int]

  public init(
    id: String, version: Version, status: Status, language: String? = nil, title: String,
    primer: [String] = [], scoring: ScoringMethod, dimensions: [Dimension], scales: [Scale],
    sections: [Section], retired: [String] = [], basedOn: String? = nil, terms: [String: String] = [:]
  ) {
    self.id = id
    self.version = version
    self.status = status
    self.language = language
    self.title = title
    self.primer = primer
    self.scoring = scoring
    self.dimensions = dimensions
    self.scales = scales
    self.sections = sections
    self.retired = retired
    self.basedOn = basedOn
    self.terms = terms
    items = sections.flatMap(\.items)
    hasCore = items.contains { $0.core && $0.scored != nil }
    positions = Dictionary(
      items.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  public func item(_ id: String) -> Item? { position(of: id).map { items[$0] } }

  /// Where an item stands among `items`.
  public func position(of itemID: String) -> Int? { positions[itemID] }

  public func dimension(_ id: String) -> Dimension? { dimensions.first { $0.id == id } }

  /// The dimension that somebody means: by its id, its title, or any unambiguous beginning of either.
  package func dimension(meant text: String) -> Dimension? {
    if let exact = dimension(text) { return exact }
    let text = text.lowercased()
    let matches = dimensions.filter { $0.id.hasPrefix(text) || $0.title.lowercased().hasPrefix(text) }
    return matches.count == 1 && !text.isEmpty ? matches[0] : nil
  }

  public func scale(_ id: String) -> Scale? { scales.first { $0.id == id } }

  public func section(of itemID: String) -> Section? {
    sections.first { section in section.items.contains { $0.id == itemID } }
  }

  /// The levels an item can take, raw: those of its scale, or 0 to 4 for a bipolar item; nil for
  /// records.
  public func levels(of item: Item) -> [Int]? {
    switch item.content {
    case .scored(let scored):
      switch scored.form {
      case .level(let level): scale(level.scale)?.levels.map(\.level)
      case .bipolar: [0, 1, 2, 3, 4]
      }
    case .record: nil
    }
  }

  /// The texts of an item's levels, raw level by raw level: its anchors, else its scale's labels;
  /// empty for items without levels of their own wording.
  public func anchors(of item: Item) -> [(level: Int, text: String)] {
    guard case .level(let level) = item.scored?.form, let scale = scale(level.scale) else {
      return []
    }
    return scale.levels.map { ($0.level, level.anchors[$0.level] ?? $0.label) }
  }
}

/// How answers become an index: the method's name and the cut between the two orientations.
public struct ScoringMethod: Hashable, Sendable {
  /// The one method this program knows.
  public static let supported = "outside-in/1"

  public let method: String
  /// 0 to 100; an index above it is Outside-In.
  public let cut: Double

  public init(method: String = ScoringMethod.supported, cut: Double) {
    self.method = method
    self.cut = cut
  }
}

/// One of the aspects that are scored.
public struct Dimension: Hashable, Sendable {
  public let id: String
  public let title: String
  /// What it covers, in a few words for a reader who sees the title for the first time.
  public let about: String?
  /// A whole number, 1 or more.
  public let weight: Int

  public init(id: String, title: String, about: String? = nil, weight: Int = 1) {
    self.id = id
    self.title = title
    self.about = about
    self.weight = weight
  }
}

/// Levels shared by items, from 0 to 4; a scale of three steps is 0, 2, 4.
public struct Scale: Hashable, Sendable {
  public struct Level: Hashable, Sendable {
    public let level: Int
    public let label: String

    public init(level: Int, label: String) {
      self.level = level
      self.label = label
    }
  }

  public let id: String
  public let levels: [Level]

  public init(id: String, levels: [Level]) {
    self.id = id
    self.levels = levels
  }
}

/// A part that a team walks through: one of the steps of a strategy.
public struct Section: Hashable, Sendable {
  public let id: String
  public let title: String
  /// How long a group needs for it, in minutes.
  public let minutes: Int?
  public let intro: String?
  public let items: [Item]

  public init(
    id: String, title: String, minutes: Int? = nil, intro: String? = nil, items: [Item]
  ) {
    self.id = id
    self.title = title
    self.minutes = minutes
    self.intro = intro
    self.items = items
  }
}
