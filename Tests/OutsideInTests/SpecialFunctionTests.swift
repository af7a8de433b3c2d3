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
