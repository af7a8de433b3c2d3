import AssessmentModel
import Testing

/// One case of `Fixtures/cases.json`: figures worked out elsewhere.
struct OracleCase: CustomTestStringConvertible, Sendable {
  let id: String
  let topic: String
  let input: JSONValue
  let expected: JSONValue
  let tolerance: Double

  var testDescription: String { id }

  static let all: [OracleCase] = {
    guard let bytes = try? fixture("cases.json"), let json = try? JSONValue(parsing: bytes) else {
      return []
    }
    return json["cases"].list.map {
      OracleCase(
        id: $0["id"].text, topic: $0["topic"].text, input: $0["input"], expected: $0["expected"],
        tolerance: max($0["tolerance"].number ?? 0, 1e-12))
    }
  }()

  /// What is about figures that this program does not give (yet): scales of portfolios, change over time, and
  /// metrics that a team works out itself.
  static let notAsked: Set = [
    "reliable_change", "nps", "clv", "churn", "servqual",
  ]

  static let asked = all.filter { !notAsked.contains($0.topic) }
}

extension JSONValue {
  subscript(_ key: String) -> JSONValue {
    if case .object(let object) = self { return object[key] ?? .null }
    return .null
  }

  var list: [JSONValue] {
    if case .array(let values) = self { return values }
    return []
  }

  var text: String {
    if case .string(let text) = self { return text }
    return ""
  }

  var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    case .null, .bool, .string, .array, .object: nil
    }
  }

  var numbers: [Double] { list.compactMap(\.number) }
}

func isClose(_ left: Double?, _ right: Double?, _ tolerance: Double = 1e-6) -> Bool {
  switch (left, right) {
  case (nil, nil): true
  case (let left?, let right?): abs(left - right) <= tolerance
  default: false
  }
}

/// Ratings by unit, from ratings by rater.
func units(_ ratersByUnits: JSONValue) -> [[Int]] {
  let rows = ratersByUnits.list.map(\.list)
  return (rows.first ?? []).indices.map { unit in
    rows.compactMap { $0[unit].number.map { Int($0) } }
  }
}
