import AssessmentModel
import Testing

@testable import Scoring

@Suite struct VerdictTests {
  /// The core with every answer alike, oriented: at the ends the verdict is clear, in the middle a tie.
  @Test(arguments: [
    (4, 100.0, Scorecard.Orientation.outsideIn, Scorecard.Band.clear),
    (0, 0, .insideOut, .clear), (2, 50, .insideOut, .transitional),
  ])
  func ends(
    level: Int, index: Double, orientation: Scorecard.Orientation, band: Scorecard.Band
  ) throws {
    let card = score(
      coreAssessment { item, _ in oriented(level, item) }, with: outsideIn.questionnaire)
    #expect(isClose(card.index, index, 1e-9))
    #expect(card.verdict.orientation == orientation)
    #expect(card.verdict.band == band)
    #expect(card.coverage == 1)
  }

  @Test func noVerdictBelowHalf() {
    let some = Set(outsideIn.questionnaire.items.filter { $0.core && $0.scored != nil }.prefix(7).map(\.id))
    let card = score(
      coreAssessment { item, _ in some.contains(item.id) ? oriented(3, item) : nil },
      with: outsideIn.questionnaire)
    #expect(card.verdict.orientation == nil)
    #expect(card.coverage == 7.0 / 16)
    #expect(card.answerFirst.count == 1)
  }

  @Test func hiddenItemsAreOutOfEverything() {
    let items = [
      testItem("first", dimension: 0),
      testItem("second", dimension: 0, condition: .comparison(item: "first", test: .atLeast(2))),
      testItem(
        "third", dimension: 0,
        condition: .not(.comparison(item: "second", test: .isLevel(4)))),
    ]
    let questionnaire = testQuestionnaire(items, weights: [1])
    func card(_ first: Int) -> Scorecard {
      score(
        testAssessment(
          raters: 1,
          responses: [("first", first), ("second", 4), ("third", 0)].map {
            Response(key: .init(item: $0.0, rater: "r1"), answer: .answered(.level($0.1)))
          }), with: questionnaire)
    }
    // Hidden, "second" is not answered, so that "not" holds and "third" is asked.
    #expect(card(1).items.map(\.id) == ["first", "third"])
    #expect(card(2).items.map(\.id) == ["first", "second"])
    #expect(isClose(card(1).index, 12.5))
  }

  @Test func recordsOfHiddenItemsAreOutOfEverything() {
    let questionnaire = testQuestionnaire(
      [
        testItem("first", dimension: 0),
        Item(
          id: "list", text: "What do they expect?",
          condition: .comparison(item: "first", test: .atLeast(2)),
          content: .record(.expectations(max: 5))),
      ], weights: [1])
    func assessment(_ level: Int) -> Assessment {
      testAssessment(
        raters: 1,
        responses: [
          Response(key: .init(item: "first", rater: "r1"), answer: .answered(.level(level))),
          Response(
            key: .init(item: "list", rater: nil),
            answer: .answered(.expectations([Expectation(expectation: "An answer today")]))),
        ])
    }
    #expect(assessment(2).expectations(in: questionnaire).count == 1)
    #expect(assessment(1).expectations(in: questionnaire).isEmpty)
  }

  @Test func settledValuesCountAndVotesMakeTheCertainty() throws {
    var assessment = coreAssessment(raters: 3) { item, rater in oriented(rater == 0 ? 1 : 3, item) }
    let before = score(assessment, with: outsideIn.questionnaire)
    assessment.settled["own-who"] = Settlement(answer: .level(4))
    let after = score(assessment, with: outsideIn.questionnaire)
    #expect(after.items[0].state == .settled)
    #expect(isClose(after.index! - before.index!, (100 - 25 * 7.0 / 3) / 16, 1e-9))
    #expect(after.verdict.certainty?.observedVariance == before.verdict.certainty?.observedVariance)
  }

  @Test func laterRoundsCountAndFirstVotesMakeTheCertainty() {
    var assessment = coreAssessment(raters: 2) { item, rater in oriented(rater == 0 ? 0 : 4, item) }
    let first = score(assessment, with: outsideIn.questionnaire)
    let key = Response.Key(item: "own-who", rater: "r1", round: 2)
    assessment.responses[key] = Response(key: key, answer: .answered(.level(4)))
    let second = score(assessment, with: outsideIn.questionnaire)
    #expect(second.items[0].value == 4)
    #expect(second.items[0].firstVotes == first.items[0].firstVotes)
    #expect(second.verdict.certainty?.variance == first.verdict.certainty?.variance)
  }

  @Test func anonymousTalliesCount() throws {
    var assessment = coreAssessment { _, _ in nil }
    assessment.tallies = outsideIn.questionnaire.items.filter { $0.core && $0.scored != nil }.map {
      Tally(item: $0.id, counts: [0, 1, 0, 3, 1], dontKnow: 1)
    }
    let card = score(assessment, with: outsideIn.questionnaire)
    #expect(card.flags.contains(.noRaterClusters))
    let certainty = try #require(card.verdict.certainty)
    #expect(certainty.raters == 5)
    #expect(certainty.variance == certainty.priorVariance)
    #expect(card.items[0].value == 2.8)
    #expect(card.items[0].gate == 3)
  }

  @Test func straightLinesAreFlagged() {
    let alike = coreAssessment { _, _ in .answered(.level(3)) }
    #expect(score(alike, with: outsideIn.questionnaire).flags.contains(.straightLining))
    let turned = coreAssessment { item, _ in oriented(3, item) }
    #expect(!score(turned, with: outsideIn.questionnaire).flags.contains(.straightLining))
  }

  @Test func customersAreScoredApart() throws {
    var assessment = coreAssessment { item, _ in oriented(3, item) }
    assessment.raters.append(Rater(id: "c1", group: .customer))
    for item in outsideIn.questionnaire.items where item.scored?.customers != nil {
      let key = Response.Key(item: item.id, rater: "c1")
      assessment.responses[key] = Response(key: key, answer: .answered(.level(1)))
    }
    let card = score(assessment, with: outsideIn.questionnaire)
    #expect(isClose(card.index, 75))
    let customers = try #require(card.customers)
    #expect(isClose(customers.index, 25))
    #expect(customers.raters == 1)
  }
}
