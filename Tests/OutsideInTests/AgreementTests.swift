import AssessmentModel
import Testing

@testable import Scoring

@Suite struct AgreementTests {
  static func agreement(
    _ rows: [[Int?]], departments: [String] = [], levels: [Int] = [0, 1, 2, 3, 4],
    dimensions: Int? = nil
  ) -> Agreement {
    let (assessment, questionnaire) = votes(
      rows, departments: departments, levels: levels, dimensions: dimensions)
    return Scoring.agreement(assessment, with: questionnaire)
  }

  /// The example that the format of the document gives.
  @Test func votesOneThreeThreeThreeFour() {
    let item = Self.agreement([[1], [3], [3], [3], [4]]).items[0]
    #expect(item.distribution == [0, 1, 0, 3, 1])
    #expect(item.mean == 2.8)
    #expect(item.median == 3)
    #expect(item.quartiles == [3, 3])
    #expect(isClose(item.medianDeviation.value, 0.6))
    #expect(isClose(item.rwg.value, 0.4))
    #expect(isClose(item.consensus.value, 0.680, 5e-4))
    #expect(!item.split && item.minority == 1)
    #expect(item.picture == .outlier)
  }

  /// Apart is a mean distance from the middle over 5/6 of a level (a sixth of the steps); somebody two steps or
  /// more from the middle sees it differently where it is not.
  @Test(
    arguments: [
      ([1, 1, 1, 1, 3, 3, 3, 3, 4], true, 0), ([0, 4], true, 0), ([1, 3], true, 0),
      ([2, 2, 2, 2, 4], false, 1),
      ([0, 2, 2, 2, 2, 2, 2, 2, 4], false, 2), ([2, 2, 3, 3], false, 0), ([1, 1, 3], false, 1),
      ([3], false, 0),
      ([], false, 0), ([0, 1, 1, 2, 2, 2, 3, 3, 4], true, 0), ([0, 0, 4], true, 0), ([1, 2, 2, 3], false, 0),
    ] as [([Int], Bool, Int)])
  func splitsAndMinorities(levels: [Int], isSplit: Bool, minority: Int) {
    let spread = VoteSpread(of: levels)
    #expect(spread.isSplit == isSplit && spread.minority == minority)
  }

  /// Steps are the question's own: where it takes 0, 2 and 4, a 2 is one step from the end.
  @Test(
    arguments: [
      ([0, 2, 2, 2, 2, 2, 2, 2, 4], [0, 1, 2, 3, 4], [0, 4]),
      ([0, 2, 2, 2, 2, 2, 2, 2, 4], [0, 2, 4], []),
      ([0, 0, 0, 0, 0, 0, 0, 2, 4], [0, 2, 4], [4]),
      ([0, 4], [0, 2, 4], []), ([], [0, 2, 4], []),
    ] as [([Int], [Int], [Int])])
  func farLevels(levels: [Int], scale: [Int], far: [Int]) {
    let spread = VoteSpread(of: levels, scale: scale)
    #expect(spread.farLevels == far)
    #expect(spread.minority == levels.count { far.contains($0) })
  }

  /// What there is none of has its reason.
  @Test(
    arguments: [
      ([[3]], Statistic.Reason.oneRater, Statistic.Reason.noPairableUnits),
      ([[nil]], .oneRater, .noPairableUnits),
      ([[3], [nil]], .oneRater, .noPairableUnits),
    ] as [([[Int?]], Statistic.Reason, Statistic.Reason)])
  func oneRater(rows: [[Int?]], reason: Statistic.Reason, alpha: Statistic.Reason) {
    let result = Self.agreement(rows)
    for statistic in [
      result.items[0].medianDeviation, result.items[0].rwg, result.items[0].rwgRaw,
      result.items[0].consensus, result.overall.rwgj, result.overall.rwgjStar,
    ] { #expect(statistic == .undefined(reason)) }
    #expect(result.overall.alphaOrdinal == .undefined(alpha))
    #expect(result.overall.icc1Department == .undefined(.tooFewDepartments))
    #expect(result.items[0].picture == nil)
    #expect(!result.items[0].split)
  }

  @Test func allEqual() {
    let result = Self.agreement([[3, 3], [3, 3], [3, 3]], departments: ["A", "A", "B"])
    #expect(result.items[0].rwg == .value(1))
    #expect(result.items[0].medianDeviation == .value(0))
    #expect(result.items[0].consensus == .value(1))
    #expect(result.overall.rwgj == .value(1))
    #expect(result.overall.alphaOrdinal == .undefined(.noVariation))
    #expect(result.overall.icc1Department == .undefined(.noVariation))
  }

  @Test func worseThanChanceIsZeroAndFlagged() {
    let result = Self.agreement([[0], [4], [0], [4]])
    let item = result.items[0]
    #expect(item.rwg == .value(0))
    #expect(item.rwgRaw.value! < 0)
    #expect(item.flags == [.moreThanChanceDisagreement])
    #expect(item.picture == .apart)
    #expect(result.overall.rwgj == .value(0))
    #expect(result.overall.rwgjStar == .value(0))
    #expect(result.flags == [.moreThanChanceDisagreement])
  }

  /// s² is exactly 2, and no rounding makes it more.
  @Test func exactlyAsMuchAsChanceIsNoMore() {
    let result = Self.agreement([0, 2, 4, 4, 4, 4, 4, 4, 4].map { [$0] })
    #expect(result.items[0].rwgRaw == .value(0))
    #expect(result.items[0].flags.isEmpty)
  }

  @Test func twoRatersAreFewForAnyFigure() {
    let result = Self.agreement([[2, 3], [3, 3]])
    #expect(result.flags == [.lowPower])
    #expect(result.items.allSatisfy { $0.flags == [.lowPower] })
  }

  /// On a scale of 0, 2, 4 a step is a step: 0, 2, 2 is as 0, 1, 1 of three.
  @Test func threeStepsAreRanks() {
    let item = Self.agreement([[0], [2], [2]], levels: [0, 2, 4]).items[0]
    #expect(item.steps == 3)
    #expect(isClose(item.medianDeviation.value, 1.0 / 3))
    // s² = 1/3, σ² = (9 − 1)/12 = 2/3.
    #expect(isClose(item.rwg.value, 0.5))
    #expect(item.median == 2)
    #expect(!item.split)
    #expect(Self.agreement([[0], [4]], levels: [0, 2, 4]).items[0].split)
  }

  /// Nearly all alike, and yet α is not above 0: it never stands alone.
  @Test func alphaCanBeZeroWhereNearlyAllIsAlike() {
    var rows: [[Int?]] = Array(repeating: Array(repeating: 3, count: 10), count: 2)
    rows[0][4] = 1
    let result = Self.agreement(rows)
    #expect(result.overall.alphaOrdinal.value! < 0.01)
    #expect(result.overall.rwgjStar.value! > 0.8)
  }

  @Test func firstVotesCountWhateverIsSaidLater() {
    var (assessment, questionnaire) = votes([[1], [3], [3]])
    let before = Scoring.agreement(assessment, with: questionnaire)
    let key = Response.Key(item: "item-0", rater: "r1", round: 2)
    assessment.responses[key] = Response(key: key, answer: .answered(.level(3)))
    assessment.settled["item-0"] = Settlement(answer: .level(3))
    #expect(Scoring.agreement(assessment, with: questionnaire) == before)
  }

  @Test func bipolarItemsAreTurned() {
    let questionnaire = testQuestionnaire(
      [testItem("item", dimension: 0, reversed: true)], weights: [1])
    let item = Scoring.agreement(
      testAssessment(
        raters: 2,
        responses: [0, 1].enumerated().map { rater, level in
          Response(key: .init(item: "item", rater: "r\(rater + 1)"), answer: .answered(.level(level)))
        }), with: questionnaire
    ).items[0]
    #expect(item.distribution == [0, 0, 0, 1, 1])
  }

  /// Against the package from PyPI: 200 tables of 2 to 10 raters and 1 to 50 units, with gaps.
  @Test func alphaIsThatOfThePublicPackage() throws {
    let cases = try JSONValue(parsing: fixture("alpha.json"))["cases"].list
    #expect(cases.count == 200)
    for (number, oracle) in cases.enumerated() {
      let result = ordinalAlpha(units(oracle["ratings"]))
      #expect(isClose(result.value, oracle["alpha"].number, 1e-9), "case \(number)")
      if oracle["alpha"] == .null { #expect(result.reason != nil) }
    }
  }
}
