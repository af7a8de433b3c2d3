/// Something customers expect. Importance is 1–5, expected and perceived performance 1–7.
public struct Expectation: Hashable, Sendable {
  public enum Words: String, CaseIterable, Sendable {
    case customer, ours
  }

  public var expectation: String
  public var importance: Int?
  public var expected: Int?
  public var perceived: Int?
  /// Whose words these are.
  public var words: Words?

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
  /// customers get less than they expect.
  public var gap: Int? {
    guard let expected, let perceived else { return nil }
    return perceived - expected
  }
}

/// A moment of contact. Importance, expectation and performance are 1–5, emotion −2…2 with a true 0.
public struct Moment: Hashable, Sendable {
  public enum Standing: String, CaseIterable, Sendable {
    case exceptional, ordinary, poor
  }

  public var moment: String
  public var stage: String?
  public var channel: String?
  public var importance: Int?
  public var expectation: Int?
  public var performance: Int?
  public var emotion: Int?
  public var standing: Standing?
  /// What the customer does, feels, likes, sees, thinks and wants there.
  public var factors: [Factor: String]
  public var redesign: String?

  public enum Factor: String, CaseIterable, Sendable {
    case does, feels, likes, sees, thinks, wants
  }

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
  /// the scale of the expectation; below 0 the moment falls short.
  public var gap: Double? {
    guard let expectation, let performance, let emotion else { return nil }
    return Double(performance + emotion + 3) / 2 - Double(expectation)
  }
}

/// A figure that shows whether it gets better for customers.
public struct Metric: Hashable, Sendable {
  public enum Direction: String, CaseIterable, Sendable {
    case up, down
  }

  public enum Kind: String, CaseIterable, Sendable {
    case leading, lagging
  }

  public struct Reading: Hashable, Sendable {
    public var date: Day
    public var value: Double

    public init(date: Day, value: Double) {
      self.date = date
      self.value = value
    }
  }

  public var name: String
  public var formula: String?
  public var unit: String?
  public var better: Direction?
  public var kind: Kind?
  public var baseline: Double?
  public var target: Double?
  public var owner: String?
  public var source: String?
  public var cadence: String?
  public var readings: [Reading]

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
}
