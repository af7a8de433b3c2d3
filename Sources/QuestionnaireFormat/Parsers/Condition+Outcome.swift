import AssessmentModel

extension Condition {
  /// What it comes to whatever is answered; nil where that depends on the answers, or where there are
  /// too many ways to answer for all of them to be tried.
  func constantOutcome(over answers: [String: [Answer]], limit: Int = 2000) -> Bool? {
    let sources = Set(sources).sorted()
    var ways: [[String: Answer]] = [[:]]
    for source in sources {
      let possible = answers[source] ?? []
      guard !possible.isEmpty, ways.count * possible.count <= limit else { return nil }
      ways = ways.flatMap { way in possible.map { way.merging([source: $0]) { $1 } } }
    }
    let outcomes = Set(ways.map { way in holds(given: { way[$0] }) })
    return outcomes.count == 1 ? outcomes.first : nil
  }

  /// The options it asks for.
  var options: Set<String> {
    switch self {
    case .comparison(_, .isOption(let option)): [option]
    case .comparison: []
    case .all(let conditions), .any(let conditions):
      conditions.reduce(into: []) { $0.formUnion($1.options) }
    case .not(let condition): condition.options
    }
  }

  /// The numbers it compares with.
  var numbers: [Double] {
    switch self {
    case .comparison(_, .atLeast(let number)), .comparison(_, .atMost(let number)): [number]
    case .comparison(_, .isLevel(let level)): [Double(level)]
    case .comparison(_, .isOption): []
    case .all(let conditions), .any(let conditions): conditions.flatMap(\.numbers)
    case .not(let condition): condition.numbers
    }
  }
}
