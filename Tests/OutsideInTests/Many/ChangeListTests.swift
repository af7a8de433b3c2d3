import AssessmentModel
import Foundation
import SeededGenerator
import Testing

@testable import Scoring

/// Who has changed among many: what holds over all of them.
@Suite struct ChangeListTests {
  /// Benjamini & Hochberg's own example (1995, section 4.1): fifteen tests, of which four hold at .05.
  @Test func theirOwnExample() {
    let p = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528,
      0.7590, 1,
    ]
    #expect(benjaminiHochberg(p, level: 0.05) == 4)
  }

  @Test(arguments: [
    ([], 0), ([0.5], 0), ([0.1], 1), ([0.04, 0.06], 2), ([0.06, 0.09], 2), ([0.09, 0.5], 0),
    ([0.03, 0.05, 0.5], 2), ([1, 1, 1], 0),
  ])
  func theLargestThatHoldsTakesThoseBeforeWithIt(p: [Double], holding: Int) {
    #expect(benjaminiHochberg(p, level: 0.1) == holding)
  }

  private static func side(_ id: String, _ level: Int, on day: String) -> ComparedAssessment {
    var assessment = coreAssessment(raters: 3) { item, rater in oriented(min(4, level + rater % 2), item) }
    assessment.finishedAt = Timestamp(rfc3339: day + "T12:00:00Z")
    assessment = Assessment(
      id: id, organization: "Acme", team: "Support", scope: .core, startedAt: noon,
      finishedAt: assessment.finishedAt,
      questionnaire: assessment.questionnaire,
      raters: assessment.raters.map { Rater(id: $0.id, name: "Ana \($0.id)x") },
      responses: assessment.responses)
    return ComparedAssessment(
      assessment, outsideIn.questionnaire, Correspondence(identity: outsideIn.questionnaire))
  }

  /// A row is what `compare` says of the two.
  @Test func aRowIsAComparison() throws {
    let (before, after) = (Self.side("A", 0, on: "2025-05-01"), Self.side("B", 3, on: "2026-05-01"))
    let row = try #require(TeamChange(organization: "Acme", team: "Support", from: before, to: after))
    let change = try #require(compare([before, after]).latest.index)
    #expect(
      row.delta == change.estimate.delta && row.p == change.estimate.p && row.detectable == change.detectable)
    #expect(row.outcome == .improvement && row.share == 1 && row.fromRaters == 3 && row.toRaters == 3)
    #expect(row.fromID == "A" && row.toID == "B" && row.fromDay.description == "2025-05-01")
    let list = ChangeList([row], incomparable: 0)
    #expect(list.alone == 1 && list.holding == 1)
  }

  /// One that seems to have changed is called so alone, and not among a hundred that have not.
  @Test func amongManyItTakesMore() throws {
    let same = Self.side("A", 2, on: "2025-05-01")
    let still = try #require(
      TeamChange(organization: "O", team: "", from: same, to: Self.side("B", 2, on: "2026-05-01")))
    let moved = try #require(
      TeamChange(organization: "O", team: "", from: same, to: Self.side("C", 3, on: "2026-05-01")))
    #expect(moved.outcome == .improvement && still.outcome == .none)
    #expect(ChangeList([moved], incomparable: 0).holding == 1)
    let among = ChangeList([moved] + Array(repeating: still, count: 300), incomparable: 2)
    #expect(
      among.alone == 1 && among.rows[0].change == moved && among.incomparable == 2
        && isClose(among.byChance, 30.1))
    #expect(among.holding == (moved.p <= 0.1 / 301 ? 1 : 0))
  }
}
