/// Something customers expect. Importance is 1–5, expected and perceived performance 1–7.
public struct Expectation: Hashable, Sendable {
  /// Who put an expectation into words: a customer, or the team on customers' behalf.
  public enum Words: String, CaseIterable, Sendable {
    case customer, ours
  }

  /// What is expected, in words; never empty in a document.
  public var expectation: String
  /// How much it matters to customers, 1–5; nil where not rated, and then ranked as 3.
  public var importance: Int?
  /// How good customers expect it to be, 1–7; nil where not rated.
  public var expected: Int?
  /// How good they find it, 1–7; nil where not rated.
  public var perceived: Int?
  /// Whose words these are; nil where not said.
  public var words: Words?

  /// Takes each property as it is; nothing is checked.
  public init(
    expectation: String, importance: Int? = nil, expected: Int? = nil, perceived: Int? = nil,
    words: Words? = nil
  ) {
    self.expectation = expectation
    self.importance = importance
    self.expected = expected
    self.perceived = perceived
    self.words = words
  }

  /// Perceived minus expected performance, −6 to 6 (Parasuraman, Zeithaml & Berry 1988); below 0
  /// customers get less than they expect; nil unless both are rated.
  public var gap: Int? {
    guard let expected, let perceived else { return nil }
    return perceived - expected
  }
}

/// A moment of contact. Importance, expectation and performance are 1–5, emotion −2…2 with a true 0.
public struct Moment: Hashable, Sendable {
  /// How the team sorts a moment, all in all.
  public enum Standing: String, CaseIterable, Sendable {
    case exceptional, ordinary, poor
  }

  /// What happens there, in words; never empty in a document.
  public var moment: String
  /// Where on the journey it lies, such as `delivery`; free text, nil where not said.
  public var stage: String?
  /// How the contact takes place, such as `phone`; free text, nil where not said.
  public var channel: String?
  /// How much it matters to customers, 1–5; nil where not rated, and then ranked as 3.
  public var importance: Int?
  /// How good customers expect it to be, 1–5; nil where not rated.
  public var expectation: Int?
  /// How well it goes, 1–5; nil where not rated.
  public var performance: Int?
  /// How customers feel there, −2 (bad) to 2 (good), 0 being neutral; nil where not rated.
  public var emotion: Int?
  /// nil where not sorted; `poor` makes a gap even without figures.
  public var standing: Standing?
  /// What the customer does, feels, likes, sees, thinks and wants there; what is not said is absent.
  public var factors: [Factor: String]
  /// How it could be instead, in words; nil where nobody has an idea yet.
  public var redesign: String?

  /// Feldman's six factors of an experience.
  public enum Factor: String, CaseIterable, Sendable {
    case does, feels, likes, sees, thinks, wants
  }

  /// Takes each property as it is; nothing is checked.
  public init(
    moment: String, stage: String? = nil, channel: String? = nil, importance: Int? = nil,
    expectation: Int? = nil, performance: Int? = nil, emotion: Int? = nil,
    standing: Standing? = nil, factors: [Factor: String] = [:], redesign: String? = nil
  ) {
    self.moment = moment
    self.stage = stage
    self.channel = channel
    self.importance = importance
    self.expectation = expectation
    self.performance = performance
    self.emotion = emotion
    self.standing = standing
    self.factors = factors
    self.redesign = redesign
  }

  /// `(performance + emotion + 3)/2 − expectation`, −4 to 4: performance and feeling together on
  /// the scale of the expectation; below 0 the moment falls short; nil unless all three
  /// are rated.
  public var gap: Double? {
    guard let expectation, let performance, let emotion else { return nil }
    return Double(performance + emotion + 3) / 2 - Double(expectation)
  }

  /// How far the moment falls short, 0 to 4: its gap where that is known; otherwise how bad it feels, and at least 1
  /// where it is called poor.
  public var shortfall: Double {
    if let gap { return max(0, -gap) }
    return max(Double(-(emotion ?? 0)), standing == .poor ? 1 : 0)
  }
}

/// A figure that shows whether it gets better for customers.
public struct Metric: Hashable, Sendable {
  /// Which way the figure moves when it gets better.
  public enum Direction: String, CaseIterable, Sendable {
    case up, down
  }

  /// Whether it moves before the outcome (leading) or is the outcome (lagging).
  public enum Kind: String, CaseIterable, Sendable {
    case leading, lagging
  }

  /// What the metric was on a day.
  public struct Reading: Hashable, Sendable {
    /// The day it was read, in UTC.
    public var date: Day
    /// In the metric's unit.
    public var value: Double

    /// Takes each property as it is; nothing is checked.
    public init(date: Day, value: Double) {
      self.date = date
      self.value = value
    }
  }

  /// What is counted, in a few words; tells the metrics of an assessment apart. Never empty in a document.
  public var name: String
  /// How it is worked out, in words; nothing is computed from it. nil where not said.
  public var formula: String?
  /// Of baseline, target and readings, such as `hours`; nil where not said.
  public var unit: String?
  /// nil where not said.
  public var better: Direction?
  /// nil where not said.
  public var kind: Kind?
  /// What it is at the start, in its unit; nil where not known.
  public var baseline: Double?
  /// What it is to become, in its unit; nil where not set.
  public var target: Double?
  /// Who looks after it; nil where nobody is named.
  public var owner: String?
  /// Where the figure comes from, in words; nil where not said.
  public var source: String?
  /// How often it is read, in words such as `monthly`; nil where not said.
  public var cadence: String?
  /// As they came in; the latest is the one with the latest date, wherever it stands.
  public var readings: [Reading]

  /// Takes each property as it is; nothing is checked.
  public init(
    name: String, formula: String? = nil, unit: String? = nil, better: Direction? = nil,
    kind: Kind? = nil, baseline: Double? = nil, target: Double? = nil, owner: String? = nil,
    source: String? = nil, cadence: String? = nil, readings: [Reading] = []
  ) {
    self.name = name
    self.formula = formula
    self.unit = unit
    self.better = better
    self.kind = kind
    self.baseline = baseline
    self.target = target
    self.owner = owner
    self.source = source
    self.cadence = cadence
    self.readings = readings
  }

  /// The latest reading; nil where there is none.
  public var latest: Reading? { readings.max { $0.date < $1.date } }
}
