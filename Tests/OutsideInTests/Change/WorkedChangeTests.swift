import AssessmentModel
import Testing

@testable import Scoring

/// Changes worked out by hand, each with its way from answers to outcome (`Fixtures/changes-by-hand.json`).
@Suite struct WorkedChangeTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let json: JSONValue
    var testDescription: String { json["name"].text }
  }

  static let cases: [Case] = {
    guard let bytes = try? fixture("changes-by-hand.json"), let json = try? JSONValue(parsing: bytes) else {
      return []
    }
    return json.list.map(Case.init)
  }()

  @Test func thereAreTen() { #expect(Self.cases.count >= 10) }

  @Test(arguments: cases)
  func comesOutAsWorked(_ worked: Case) throws {
    let comparison = RecomputationTests.compared(worked.json["pair"])
    let wanted = worked.json["expected"]
    func check(_ value: Double?, _ key: String, in wanted: JSONValue) {
      if let number = wanted[key].number { #expect(isClose(value, number, 1e-9), "\(key)") }
    }
    func check(_ change: Comparison.Change?, _ wanted: JSONValue) {
      let estimate = change?.estimate
      check(estimate?.from, "from", in: wanted)
      check(estimate?.to, "to", in: wanted)
      check(estimate?.standardError, "standardError", in: wanted)
      check(estimate?.degreesOfFreedom, "degreesOfFreedom", in: wanted)
      check(estimate?.p, "p", in: wanted)
      check(change?.detectable, "detectable", in: wanted)
      if wanted["outcome"] != .null { #expect(change?.outcome.rawValue == wanted["outcome"].text) }
    }
    check(comparison.latest.index, wanted)
    check(comparison.core.share, "share", in: wanted)
    check(comparison.latest.decomposition?.performance, "performance", in: wanted)
    check(comparison.latest.decomposition?.composition, "composition", in: wanted)
    check(comparison.latest.decomposition?.total, "total", in: wanted)
    check((comparison.latest.index?.estimate.people.count).map(Double.init), "same", in: wanted)
    check((comparison.latest.index?.estimate.fromSpread.raters).map(Double.init), "fromRaters", in: wanted)
    check((comparison.latest.index?.estimate.toSpread.raters).map(Double.init), "toRaters", in: wanted)
    if wanted["status"] != .null { #expect(comparison.core.status.rawValue == wanted["status"].text) }
    if wanted["noIndex"] == .bool(true) { #expect(comparison.latest.index == nil) }
    if case .array(let areas) = wanted["areas"] {
      #expect(comparison.latest.areas.map(\.id) == areas.map { $0["id"].text })
      for (area, row) in zip(comparison.latest.areas, areas) { check(area.change, row) }
    }
    if case .array(let counts) = wanted["areaItems"] {
      #expect(comparison.latest.areas.map { Double($0.items) } == counts.compactMap(\.number))
    }
  }
}
