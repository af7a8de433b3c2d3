/// When an item is asked: data about earlier items only, so that one pass in order decides and no
/// cycle can be written.
public indirect enum Condition: Hashable, Sendable {
  case comparison(item: String, test: Test)
  case all([Condition])
  case any([Condition])
  case not(Condition)

  /// What is asked of an earlier item's answer; levels are oriented.
  public enum Test: Hashable, Sendable {
    /// Its level is this one.
    case isLevel(Int)
    /// The option with this id is among those chosen.
    case isOption(String)
    /// Its level or number is this or more.
    case atLeast(Double)
    /// Its level or number is this or less.
    case atMost(Double)
  }

  /// Whether the condition holds. `answer` gives what is known of an earlier item: its oriented
  /// level or number, or its chosen options; nil when it is hidden or not answered, and then the
  /// comparison is false (before `not` applies).
  public func holds(given answer: (String) -> Answer?) -> Bool {
    switch self {
    case .comparison(let item, let test):
      guard let known = answer(item) else { return false }
      switch (test, known) {
      case (.isLevel(let level), .number(let number)): return number == Double(level)
      case (.atLeast(let least), .number(let number)): return number >= least
      case (.atMost(let most), .number(let number)): return number <= most
      case (.isOption(let option), .options(let chosen)): return chosen.contains(option)
      case (.isLevel, .options), (.isOption, .number), (.atLeast, .options), (.atMost, .options):
        return false
      }
    case .all(let conditions): return conditions.allSatisfy { $0.holds(given: answer) }
    case .any(let conditions): return conditions.contains { $0.holds(given: answer) }
    case .not(let condition): return !condition.holds(given: answer)
    }
  }

  /// What a condition may know of an earlier item.
  public enum Answer: Hashable, Sendable {
    /// An oriented level, or a number as recorded.
    case number(Double)
    /// Ids of the options chosen, one or several.
    case options([String])
  }

  /// Ids of the items it is about; one named twice is there twice.
  public var sources: [String] {
    switch self {
    case .comparison(let item, _): [item]
    case .all(let conditions), .any(let conditions): conditions.flatMap(\.sources)
    case .not(let condition): condition.sources
    }
  }

  /// 1 for a comparison, and one more for each `all`, `any` or `not` around it; authors may go to 3.
  public var depth: Int {
    switch self {
    case .comparison: 1
    case .all(let conditions), .any(let conditions): 1 + (conditions.map(\.depth).max() ?? 0)
    case .not(let condition): 1 + condition.depth
    }
  }
}
