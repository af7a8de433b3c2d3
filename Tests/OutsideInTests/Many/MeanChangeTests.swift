import Testing

@testable import Scoring

/// How far teams have moved together.
@Suite struct MeanChangeTests {
  /// Figures of `scipy.stats.ttest_1samp` (SciPy 1.17) over organisations, of which the first has two teams.
  @Test func isStudentsTOverOrganisations() throws {
    var change = MeanChange()
    for (place, delta) in [1.5, -2, 4, 0, 2.5, 6, -1, 3.5, 2].enumerated() {
      change.add(delta, of: "\(place)")
    }
    for delta in [4.0, 2] { change.add(delta, of: "two teams") }
    #expect(change.estimate?.organizations == 10)
    change.add(1, of: "one more")
    let estimate = try #require(change.estimate)
    #expect(isClose(estimate.mean, 1.8636363636363635, 1e-12))
    #expect(isClose(estimate.standardError, 0.697693958339996, 1e-12))
    #expect(isClose(estimate.p, 0.02344672846373627, 1e-9))
    #expect(change.up == 9 && change.down == 2 && change.unmoved == 1)
  }

  @Test func ofFewNothingIsSaid() {
    var change = MeanChange()
    for place in 0..<9 { change.add(1, of: "\(place)") }
    #expect(change.estimate == nil)
    change.add(1, of: "9")
    #expect(change.estimate?.p == 0 && change.estimate?.mean == 1)
    var still = MeanChange()
    for place in 0..<10 { still.add(0, of: "\(place)") }
    #expect(still.estimate?.p == 1 && still.unmoved == 10)
  }
}
