/// One question: scored on levels, or a record that feeds the plan.
public struct Item: Hashable, Sendable {
  public enum Content: Hashable, Sendable {
    case scored(ScoredItem)
    case record(RecordItem)
  }

  public let id: String
  public let text: String
  /// Belongs to the short scope.
  public let core: Bool
  /// What the answer tells, in one sentence.
  public let why: String?
  /// What a facilitator asks next.
  public let probe: String?
  /// What counts as evidence.
  public let evidence: String?
  /// When it is asked; always when nil.
  public let condition: Condition?
  public let content: Content

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

  public var scored: ScoredItem? {
    if case .scored(let scored) = content { return scored }
    return nil
  }

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
  public enum Form: Hashable, Sendable {
    case level(LevelForm)
    case bipolar(BipolarForm)
  }

  public let dimension: String
  /// A whole number, 1 or more, within its dimension.
  public let weight: Int
  /// Without it the dimension can't reach a step.
  public let critical: Bool
  public let form: Form
  /// The question as a customer can answer it from experience, on the same levels.
  public let customers: String?
  /// A customer's anchors by level; empty where there are none.
  public let customerAnchors: [Int: String]

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
  public let scale: String
  /// The item's own anchors by level; empty where the scale's labels serve.
  public let anchors: [Int: String]

  public init(scale: String, anchors: [Int: String] = [:]) {
    self.scale = scale
    self.anchors = anchors
  }
}

/// Two ways of acting against each other, on five positions from left (0) to right (4).
public struct BipolarForm: Hashable, Sendable {
  public enum Side: String, CaseIterable, Sendable {
    case left, right
  }

  public let left: String
  public let right: String
  public let outsideIn: Side

  public init(left: String, right: String, outsideIn: Side) {
    self.left = left
    self.right = right
    self.outsideIn = outsideIn
  }
}

/// What is asked for the plan and never enters the index.
public enum RecordItem: Hashable, Sendable {
  case choice(options: [ChoiceOption], multiple: Bool)
  case number(NumberRange)
  case text(role: VisionPrompt?, long: Bool)
  case expectations(max: Int)
  case moments(max: Int)
  case metrics(max: Int)
  case raise(max: Int)
}

public struct ChoiceOption: Hashable, Sendable {
  public let id: String
  public let label: String

  public init(id: String, label: String) {
    self.id = id
    self.label = label
  }
}

public struct NumberRange: Hashable, Sendable {
  public let min: Double?
  public let max: Double?
  /// Digits after the point; nil for any number of them.
  public let decimals: Int?
  public let unit: String?

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
