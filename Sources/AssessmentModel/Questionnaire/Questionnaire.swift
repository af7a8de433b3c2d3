/// One version of a questionnaire, checked and resolved: what a session asks and a scorecard scores.
public struct Questionnaire: Hashable, Sendable {
  /// Whether a version may still change (`draft`), never changes again (`published`), or is no longer offered
  /// and found only by its number (`withdrawn`).
  public enum Status: String, CaseIterable, Sendable {
    case draft, published, withdrawn
  }

  /// Chosen by the author: 2 to 40 small letters, digits and hyphens; the same over all versions.
  public let id: String
  /// Says by its parts how far answers can be compared with those of another version.
  public let version: Version
  /// Where the version stands; it is no part of the digests, so that a version can be withdrawn.
  public let status: Status
  /// The language of the texts as the author writes it, such as `en`; nil where not said.
  public let language: String?
  /// The name that people read, in at most 80 characters.
  public let title: String
  /// Sentences read before the first question.
  public let primer: [String]
  /// How its answers become an index.
  public let scoring: ScoringMethod
  /// What is scored, in the author's order; there is at least one.
  public let dimensions: [Dimension]
  /// Those that items refer to by id; empty where no item needs one.
  public let scales: [Scale]
  /// In the order a session walks through them; there is at least one.
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

  /// Takes each property as it is; nothing is checked. Of items with one id, the first is found by it.
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

  /// The item with an id; nil where there is none.
  public func item(_ id: String) -> Item? { position(of: id).map { items[$0] } }

  /// Where an item stands among `items`, from 0; nil where there is none with the id.
  public func position(of itemID: String) -> Int? { positions[itemID] }

  /// The dimension with an id; nil where there is none.
  public func dimension(_ id: String) -> Dimension? { dimensions.first { $0.id == id } }

  /// The dimension that somebody means: by its id, its title, or any unambiguous beginning of either.
  package func dimension(meant text: String) -> Dimension? {
    if let exact = dimension(text) { return exact }
    let text = text.lowercased()
    let matches = dimensions.filter { $0.id.hasPrefix(text) || $0.title.lowercased().hasPrefix(text) }
    return matches.count == 1 && !text.isEmpty ? matches[0] : nil
  }

  /// The scale with an id; nil where there is none.
  public func scale(_ id: String) -> Scale? { scales.first { $0.id == id } }

  /// The section that holds an item; nil where none does.
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

  /// Name and version of the method, `outside-in/1`.
  public let method: String
  /// 0 to 100; an index above it is Outside-In.
  public let cut: Double

  /// Takes each property as it is; neither a known method nor a cut within 0 to 100 is checked.
  public init(method: String = ScoringMethod.supported, cut: Double) {
    self.method = method
    self.cut = cut
  }
}

/// One of the aspects that are scored.
public struct Dimension: Hashable, Sendable {
  /// Chosen by the author, such as `insight`; unique in the questionnaire, and what items refer to.
  public let id: String
  /// The name that people read, in at most 40 characters.
  public let title: String
  /// What it covers, in a few words for a reader who sees the title for the first time; nil where not said.
  public let about: String?
  /// Its part in the index against the other dimensions: a whole number, 1 or more.
  public let weight: Int

  /// Takes each property as it is; nothing is checked.
  public init(id: String, title: String, about: String? = nil, weight: Int = 1) {
    self.id = id
    self.title = title
    self.about = about
    self.weight = weight
  }
}

/// Levels shared by items, from 0 to 4; a scale of three steps is 0, 2, 4.
public struct Scale: Hashable, Sendable {
  /// One level and its label.
  public struct Level: Hashable, Sendable {
    /// 0 to 4; for items on a scale, raw and oriented are the same.
    public let level: Int
    /// What is shown where an item brings no anchors of its own, in at most 80 characters.
    public let label: String

    /// Takes each property as it is; nothing is checked.
    public init(level: Int, label: String) {
      self.level = level
      self.label = label
    }
  }

  /// Chosen by the author, such as `maturity`; what items refer to.
  public let id: String
  /// Rising strictly; the first is 0 and the last 4.
  public let levels: [Level]

  /// Takes each property as it is; nothing is checked.
  public init(id: String, levels: [Level]) {
    self.id = id
    self.levels = levels
  }
}

/// A part that a team walks through: one of the steps of a strategy.
public struct Section: Hashable, Sendable {
  /// Chosen by the author, such as `current-state`; also the name of its file without `.yaml`.
  public let id: String
  /// The name that people read, in at most 60 characters.
  public let title: String
  /// How long a group needs for it, in minutes, 1 to 600; nil where not said.
  public let minutes: Int?
  /// What is read before its first question; nil where there is nothing.
  public let intro: String?
  /// In the questionnaire's order; there is at least one.
  public let items: [Item]

  /// Takes each property as it is; nothing is checked.
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
