/// A metric that others count, too: what it tells, how it is worked out, and what to mind.
public struct MetricDefinition: Hashable, Sendable {
  /// Chosen by the author, such as `net-promoter-score`; unique in the library, and what actions point to.
  public let id: String
  /// What stands in a table.
  public let name: String
  /// Words that people look for it by.
  public let also: [String]
  /// What it tells.
  public let definition: String
  /// How it is worked out, so that two people get the same figure.
  public let formula: String
  /// Of all its figures.
  public let unit: String
  /// From where to where it can go, in words.
  public let range: String
  /// The lowest figure there can be; nil where there is no bound.
  public let lowest: Double?
  /// The highest figure there can be; nil where there is no bound.
  public let highest: Double?
  /// Which way it moves when it gets better.
  public let better: Metric.Direction
  /// Whether it moves before the outcome or is the outcome.
  public let kind: Metric.Kind
  /// How often it makes sense to read it, in words.
  public let cadence: String
  /// How many answers or cases it needs, and what they give.
  public let answers: String
  /// The formula of its 90 % interval, in words.
  public let interval: String
  /// What it can be gamed by, and how one notices.
  public let gamed: String
  /// Where it comes from: author, year and title, or common practice.
  public let source: String

  /// Takes each property as it is; nothing is checked.
  public init(
    id: String, name: String, also: [String], definition: String, formula: String, unit: String,
    range: String,
    lowest: Double?, highest: Double?, better: Metric.Direction, kind: Metric.Kind, cadence: String,
    answers: String, interval: String, gamed: String, source: String
  ) {
    self.id = id
    self.name = name
    self.also = also
    self.definition = definition
    self.formula = formula
    self.unit = unit
    self.range = range
    self.lowest = lowest
    self.highest = highest
    self.better = better
    self.kind = kind
    self.cadence = cadence
    self.answers = answers
    self.interval = interval
    self.gamed = gamed
    self.source = source
  }

  /// The row of a metric, filled with what the library knows; baseline, target, owner and where the figures come from are
  /// the team's to say.
  public var metric: Metric {
    Metric(name: name, formula: formula, unit: unit, better: better, kind: kind, cadence: cadence)
  }
}

/// Metrics to choose from.
public struct MetricLibrary: Hashable, Sendable {
  /// The ones most looked for first.
  public let metrics: [MetricDefinition]

  /// Takes them as they are.
  public init(metrics: [MetricDefinition] = []) { self.metrics = metrics }

  /// The one with an id; nil where there is none.
  public func metric(_ id: String) -> MetricDefinition? { metrics.first { $0.id == id } }

  /// The one that is called so, by its name or an abbreviation such as `nps`; nil where there is none, or more than one.
  public func named(_ text: String) -> MetricDefinition? {
    let key = text.nameKey
    if let exact = metrics.first(where: { $0.name.nameKey == key || $0.id == key }) { return exact }
    // A longer word may well mean a figure of the team's own.
    let found = key.count > 4 ? [] : metrics.filter { $0.also.contains { $0.nameKey == key } }
    return found.count == 1 ? found[0] : nil
  }

  /// Those in which all the words occur, by their beginnings; the ones that have them in name or search words first.
  public func search(_ text: String) -> [MetricDefinition] {
    let words = text.nameKey.split { !$0.isLetter && !$0.isNumber }.map(String.init)
    if words.isEmpty { return metrics }
    func has(_ texts: [String]) -> Bool {
      let all = texts.flatMap { $0.nameKey.split { !$0.isLetter && !$0.isNumber } }
      return words.allSatisfy { word in all.contains { $0.hasPrefix(word) } }
    }
    let near = metrics.filter { has([$0.name, $0.id] + $0.also) }
    return near
      + metrics.filter { !near.contains($0) && has([$0.name, $0.definition, $0.formula] + $0.also) }
  }
}
