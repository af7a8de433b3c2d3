import AssessmentModel
import Scoring
import Testing

/// Against figures that a public package and 40-digit arithmetic agree on (`Fixtures/special.json`).
@Suite struct SpecialFunctionTests {
  static let figures = try! JSONValue(parsing: fixture("special.json"))

  static func isClose(_ value: Double, _ wanted: Double) -> Bool {
    abs(value - wanted) <= 1e-9 * max(1, abs(wanted))
  }

  @Test func studentsT() {
    let rows = Self.figures["t_cdf"].list.map(\.numbers)
    #expect(rows.count == 110)
    for row in rows {
      #expect(
        Self.isClose(StudentT.cumulative(row[0], degreesOfFreedom: row[1]), row[2]), "\(row)")
    }
  }

  @Test func itsInverse() {
    let rows = Self.figures["t_quantile"].list.map(\.numbers)
    #expect(rows.count == 110)
    for row in rows {
      let t = StudentT.quantile(row[0], degreesOfFreedom: row[1])
      #expect(Self.isClose(t, row[2]), "\(row) \(t)")
      #expect(Self.isClose(StudentT.cumulative(t, degreesOfFreedom: row[1]), row[0]), "\(row)")
    }
  }

  /// Of any ν, whole or not: Newton's last step once ended in the middle of what was left, 1e-10 beside it.
  @Test func itsInverseUndoesIt() {
    var random = SeededGenerator(state: 7)
    for _ in 0..<2_000 {
      let degrees = Double.random(in: 3...60, using: &random)
      let probability = Double.random(in: 0.9...0.999, using: &random)
      let t = StudentT.quantile(probability, degreesOfFreedom: degrees)
      let back = StudentT.cumulative(t, degreesOfFreedom: degrees)
      #expect(abs(back - probability) < 1e-13, "ν \(degrees), \(probability)")
    }
  }

  @Test func theNormalDistribution() {
    for row in Self.figures["normal_cdf"].list.map(\.numbers) {
      #expect(Self.isClose(Normal.cumulative(row[0]), row[1]), "\(row)")
    }
    for row in Self.figures["normal_quantile"].list.map(\.numbers) {
      #expect(Self.isClose(Normal.quantile(row[0]), row[1]), "\(row)")
    }
  }

  @Test func whatHasNoValueIsNotANumber() {
    #expect(StudentT.quantile(0, degreesOfFreedom: 4) == -.infinity)
    #expect(StudentT.quantile(1, degreesOfFreedom: 4) == .infinity)
    #expect(StudentT.quantile(1.1, degreesOfFreedom: 4).isNaN)
    #expect(StudentT.quantile(0.5, degreesOfFreedom: 0).isNaN)
    #expect(StudentT.cumulative(1, degreesOfFreedom: -1).isNaN)
    #expect(Normal.quantile(-0.1).isNaN)
    #expect(quantile(0.5, of: []) == nil)
    #expect(quantile(2, of: [1, 3]) == 3)
  }
}
