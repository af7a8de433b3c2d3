/// One question: scored on levels, or a record that feeds the plan.
public struct Item: Hashable, Sendable {
  /// The two kinds of item.
  public enum Content: Hashable, Sendable {
    case scored(ScoredItem)
    case record(RecordItem)
  }

  /// Chosen by the author: 2 to 40 small letters, digits and hyphens. Unique in the questionnaire, the same
  /// over its versions while the question stays, and never used again after.
  public let id: String
  /// The question as it is asked, in at most 160 characters.
  public let text: String
  /// Belongs to the short scope.
  public let core: Bool
  /// What the answer tells, in one sentence; nil where the author gives none.
  public let why: String?
  /// What a facilitator asks next; nil where the author gives none.
  public let probe: String?
  /// What counts as evidence, in words; nil where the author gives none.
  public let evidence: String?
  /// When it is asked; always when nil.
  public let condition: Condition?
  /// What it measures, or what it records.
  public let content: Content

  /// Takes each property as it is; nothing is checked.
  public init(
    id: String, text: String, core: Bool = false, why: String? = nil, probe: String? = nil,
    evidence: String? = nil, condition: Condition? = nil, content: Content
  ) {
    self.id = id
    self.text = text
    self.core = core
    self.why = why
    self.probe = probe
    self.evidence = evidence
    self.condition = condition
    self.content = content
  }

  /// What it measures; nil for a record.
  public var scored: ScoredItem? {
    if case .scored(let scored) = content { return scored }
    return nil
  }

  /// What it records; nil for a scored item.
  public var record: RecordItem? {
    if case .record(let record) = content { return record }
    return nil
  }

  /// Whether it is one of the prompts that make the vision.
  public var isVision: Bool {
    if case .text(.some, _) = record { true } else { false }
  }
}

/// What a scored item measures, and how its levels read.
public struct ScoredItem: Hashable, Sendable {
  /// How the levels are presented: as anchors one above the other, or as positions between two statements.
  public enum Form: Hashable, Sendable {
    case level(LevelForm)
    case bipolar(BipolarForm)
  }

  /// Id of the dimension it counts for.
  public let dimension: String
  /// A whole number, 1 or more, within its dimension.
  public let weight: Int
  /// Without it the dimension can't reach a step.
  public let critical: Bool
  /// Decides how raw values read, and which way they are turned.
  public let form: Form
  /// The question as a customer can answer it from experience, on the same levels; nil where customers are
  /// not asked.
  public let customers: String?
  /// A customer's anchors by level; empty where there are none.
  public let customerAnchors: [Int: String]

  /// Takes each property as it is; nothing is checked.
  public init(
    dimension: String, weight: Int = 1, critical: Bool = false, form: Form,
    customers: String? = nil, customerAnchors: [Int: String] = [:]
  ) {
    self.dimension = dimension
    self.weight = weight
    self.critical = critical
    self.form = form
    self.customers = customers
    self.customerAnchors = customerAnchors
  }

  /// Turns a raw value (or a mean of raw values) so that more is always more Outside-In; turning
  /// twice gives the value back.
  public func oriented(_ raw: Double) -> Double {
    switch form {
    case .level: raw
    case .bipolar(let bipolar): bipolar.outsideIn == .left ? 4 - raw : raw
    }
  }

  /// `oriented` for one answer.
  public func oriented(_ raw: Int) -> Int { Int(oriented(Double(raw))) }
}

/// Anchors on a scale.
public struct LevelForm: Hashable, Sendable {
  /// Id of the questionnaire's scale that gives the levels.
  public let scale: String
  /// The item's own anchors by level; empty where the scale's labels serve.
  public let anchors: [Int: String]

  /// Takes each property as it is; nothing is checked.
  public init(scale: String, anchors: [Int: String] = [:]) {
    self.scale = scale
    self.anchors = anchors
  }
}

/// Two ways of acting against each other, on five positions from left (0) to right (4).
public struct BipolarForm: Hashable, Sendable {
  /// Where a statement stands.
  public enum Side: String, CaseIterable, Sendable {
    case left, right
  }

  /// The positions as they are shown, so that nobody takes them for levels: `a` is raw 0, `e` raw 4.
  public static let letters = ["a", "b", "c", "d", "e"]

  /// The statement at position 0, in at most 140 characters.
  public let left: String
  /// The statement at position 4, in at most 140 characters.
  public let right: String
  /// The side of the Outside-In statement; where it is the left, the oriented level is 4 − raw.
  public let outsideIn: Side

  /// Takes each property as it is; nothing is checked.
  public init(left: String, right: String, outsideIn: Side) {
    self.left = left
    self.right = right
    self.outsideIn = outsideIn
  }
}

/// What is asked for the plan and never enters the index.
public enum RecordItem: Hashable, Sendable {
  /// One of the options, or any number of them where `multiple`.
  case choice(options: [ChoiceOption], multiple: Bool)
  case number(NumberRange)
  /// `role` is the prompt of the vision that it answers, nil for other texts; `long` expects several lines.
  case text(role: VisionPrompt?, long: Bool)
  /// At most `max` rows, as for the next two.
  case expectations(max: Int)
  case moments(max: Int)
  case metrics(max: Int)
  /// At most `max` dimensions.
  case raise(max: Int)
}

/// One of the answers that a choice offers.
public struct ChoiceOption: Hashable, Sendable {
  /// What an answer stores and a condition names; chosen by the author, unique within the item.
  public let id: String
  /// What respondents read, in at most 80 characters.
  public let label: String

  /// Takes each property as it is; nothing is checked.
  public init(id: String, label: String) {
    self.id = id
    self.label = label
  }
}

/// What a number may be, and how it is written.
public struct NumberRange: Hashable, Sendable {
  /// The least that is taken; nil for no limit.
  public let min: Double?
  /// The most that is taken; nil for no limit.
  public let max: Double?
  /// Digits after the point; nil for any number of them.
  public let decimals: Int?
  /// What is counted, such as `people`; nil for a bare number.
  public let unit: String?

  /// Takes each property as it is; nothing is checked.
  public init(min: Double? = nil, max: Double? = nil, decimals: Int? = nil, unit: String? = nil) {
    self.min = min
    self.max = max
    self.decimals = decimals
    self.unit = unit
  }
}

/// The five prompts that make the vision.
public enum VisionPrompt: String, CaseIterable, Sendable {
  case visionWhat, visionWhere, visionWhen, visionHow, visionWhy
}
