import AssessmentModel
import Testing

@testable import Scoring

/// How many more people it would take to be surer.
@Suite struct MoreRatersTests {
  /// By the formula with exact quantiles: SE = √(τ²/(m + k)), t(.95) and P with ν0 + m + k − 1.
  @Test(arguments: 0..<200 as Range<UInt64>)
  func theSmallestNumberThatDoes(seed: UInt64) throws {
    let card = score(randomAssessment(seed), with: outsideIn.questionnaire)
    guard let certainty = card.verdict.certainty, let index = card.index, let more = card.moreRaters
    else { return }
    let distance = abs(index - card.cut)
    func isNarrow(_ count: Int) -> Bool { certainty.projection(count).halfRange <= 10 }
    func isClear(_ count: Int) -> Bool { certainty.projection(count).probability(at: distance) >= 0.95 }
    for (need, holds) in [(more.withinTen, isNarrow), (more.clear, isClear)] {
      switch need {
      case .people(let count):
        #expect(holds(count) && (0..<count).allSatisfy { !holds($0) }, "seed \(seed)")
      case .openQuestions, .outOfReach: #expect((0...30).allSatisfy { !holds($0) }, "seed \(seed)")
      }
    }
    #expect((more.clear == .people(0)) == (card.verdict.band == .clear), "seed \(seed)")
  }

  @Test func aloneWithTheCoreTenMoreMakeItNarrow() throws {
    // τ0² = 625 × (½ + ½ × 1/16); with m = 11, √(τ0²/11) × t(.95, 14) = 9.69, with 10 it is 10.2.
    let card = score(coreAssessment { item, _ in oriented(3, item) }, with: outsideIn.questionnaire)
    #expect(card.moreRaters?.withinTen == .people(10))
    let projection = try #require(card.verdict.certainty?.projection(10))
    #expect(projection.raters == 11 && projection.degreesOfFreedom == 14)
    #expect(isClose(projection.standardError, (625 * (0.5 + 0.5 / 16) / 11).squareRoot(), 1e-9))
  }

  struct Case: Sendable {
    let variance: Double
    let raters: Int
    let missing: Double
    let distance: Double
    let isAnonymous: Bool
    let withinTen: MoreRaters.Need
    let clear: MoreRaters.Need

    init(
      _ variance: Double, _ raters: Int, _ missing: Double, _ distance: Double, anonymous: Bool = false,
      _ withinTen: MoreRaters.Need, _ clear: MoreRaters.Need
    ) {
      (self.variance, self.raters, self.missing, self.distance) = (variance, raters, missing, distance)
      (self.isAnonymous, self.withinTen, self.clear) = (anonymous, withinTen, clear)
    }
  }

  /// Worked out with SciPy's Student t.
  @Test(arguments: [
    Case(332.03125, 1, 0, 14, .people(10), .people(5)), Case(332.03125, 1, 0, 1, .people(10), .outOfReach),
    Case(332.03125, 1, 0, 30, .people(10), .people(1)), Case(332.03125, 1, 0, 45, .people(10), .people(0)),
    Case(332.03125, 3, 0, 9.5, .people(8), .people(9)), Case(200, 9, 0, 5, .people(0), .people(15)),
    Case(200, 9, 0, 2, .people(0), .outOfReach),
    Case(332.03125, 6, 0, 5, anonymous: true, .people(10), .outOfReach),
    Case(332.03125, 6, 0, 20, anonymous: true, .people(10), .people(0)),
    Case(200, 6, 40, 12, .openQuestions, .people(16)), Case(200, 6, 40, 8, .openQuestions, .openQuestions),
    Case(200, 6, 10, 8, .people(4), .people(12)), Case(200, 6, 10, 4, .people(4), .openQuestions),
    Case(1200, 2, 0, 12, .outOfReach, .people(23)), Case(1200, 2, 0, 40, .outOfReach, .people(1)),
  ])
  func knownFigures(known: Case) {
    let pulls = (0..<(known.isAnonymous ? 0 : known.raters)).map {
      RaterSpread.Pull(rater: "r\($0)", pull: 0)
    }
    let certainty = Certainty(
      spread: RaterSpread(
        voters: known.raters, raters: known.raters, pulls: pulls, observedVariance: nil, weightSquares: 0,
        priorVariance: 0, variance: known.variance,
        degreesOfFreedom: known.isAnonymous ? 4 : Double(3 + known.raters)),
      missing: [], missingVariance: known.missing, standardError: 0, probability: 0.5, range: 0...100)
    let more = certainty.moreRaters(index: 50 + known.distance, cut: 50)
    #expect(more.withinTen == known.withinTen && more.clear == known.clear, "\(more)")
  }

  @Test func anonymousVotesKeepTheirDegreesOfFreedom() throws {
    var assessment = coreAssessment(raters: 0) { _, _ in nil }
    assessment.anonymous = true
    assessment.tallies = outsideIn.questionnaire.items.filter { $0.core && $0.scored != nil }.map {
      Tally(item: $0.id, round: 1, group: .staff, counts: [0, 1, 2, 3, 0])
    }
    let certainty = try #require(score(assessment, with: outsideIn.questionnaire).verdict.certainty)
    #expect(certainty.spread.isAnonymous && certainty.spread.voters == 6)
    #expect(certainty.projection(7).degreesOfFreedom == certainty.spread.degreesOfFreedom)
  }
}
