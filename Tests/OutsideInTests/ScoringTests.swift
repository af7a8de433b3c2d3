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
    #expect(
      after.verdict.certainty?.spread.observedVariance == before.verdict.certainty?.spread.observedVariance)
  }

  @Test func laterRoundsCountAndFirstVotesMakeTheCertainty() {
    var assessment = coreAssessment(raters: 2) { item, rater in oriented(rater == 0 ? 0 : 4, item) }
    let first = score(assessment, with: outsideIn.questionnaire)
    let key = Response.Key(item: "own-who", rater: "r1", round: 2)
    assessment.responses[key] = Response(key: key, answer: .answered(.level(4)))
    let second = score(assessment, with: outsideIn.questionnaire)
    #expect(second.items[0].value == 4)
    #expect(second.items[0].firstVotes == first.items[0].firstVotes)
    #expect(second.verdict.certainty?.spread.variance == first.verdict.certainty?.spread.variance)
  }

  @Test func anonymousTalliesCount() throws {
    var assessment = coreAssessment { _, _ in nil }
    assessment.tallies = outsideIn.questionnaire.items.filter { $0.core && $0.scored != nil }.map {
      Tally(item: $0.id, counts: [0, 1, 0, 3, 1], dontKnow: 1)
    }
    let card = score(assessment, with: outsideIn.questionnaire)
    #expect(card.flags.contains(.noRaterClusters))
    let certainty = try #require(card.verdict.certainty)
    #expect(certainty.spread.raters == 5)
    #expect(certainty.spread.variance == certainty.spread.priorVariance)
    #expect(card.items[0].value == 2.8)
    #expect(card.items[0].gate == 3)
  }

  /// Sixteen people with a question each are not sixteen views, and one who answered everything with nine who
  /// answered one question is hardly more than one.
  @Test func whoLeavesQuestionsToOthersIsNoRater() throws {
    let ids = outsideIn.questionnaire.items.filter { $0.core && $0.scored != nil }.map(\.id)
    let shared = score(
      coreAssessment(raters: 16) { item, rater in ids[rater] == item.id ? oriented(3, item) : nil },
      with: outsideIn.questionnaire)
    let certainty = try #require(shared.verdict.certainty)
    #expect(certainty.spread.voters == 16 && certainty.spread.raters == 1)
    #expect(shared.verdict.band != .clear)
    #expect(shared.flags.contains(.fewVotes))
    let alone = score(coreAssessment { item, _ in oriented(3, item) }, with: outsideIn.questionnaire)
    #expect(isClose(certainty.standardError, alone.verdict.certainty?.standardError, 1e-9))

    let guests = score(
      coreAssessment(raters: 10) { item, rater in
        rater == 0 || item.id == ids[0] ? oriented(3, item) : nil
      }, with: outsideIn.questionnaire)
    #expect(guests.verdict.certainty?.spread.raters == 1)
    // Whoever leaves a question out here and there counts.
    let most = score(
      coreAssessment(raters: 4) { item, rater in
        (rater + ids.firstIndex(of: item.id)!) % 5 > 0 ? oriented(rater, item) : nil
      }, with: outsideIn.questionnaire)
    #expect(most.verdict.certainty?.spread.raters == 4)
    #expect(!most.flags.contains(.fewVotes))
    // What was settled without votes is one view.
    var settled = coreAssessment(raters: 12) { item, _ in item.id == ids[0] ? oriented(3, item) : nil }
    for id in ids.dropFirst() { settled.settled[id] = Settlement(answer: .level(3)) }
    let certain = try #require(score(settled, with: outsideIn.questionnaire).verdict.certainty)
    #expect(certain.spread.voters == 12 && certain.spread.raters == 1)
  }

  /// Both ends on the side that the verdict is not on: then missing answers decide.
  @Test func missingAnswersThatAllTurnItDoNotHoldIt() {
    let items =
      (0..<2).map { testItem("a\($0)", dimension: 0) } + (0..<9).map { testItem("b\($0)", dimension: 1) }
    var questionnaire = testQuestionnaire(items, weights: [1, 1])
    questionnaire = Questionnaire(
      id: questionnaire.id, version: questionnaire.version, status: .published, title: "Test",
      scoring: ScoringMethod(cut: 80), dimensions: questionnaire.dimensions,
      scales: questionnaire.scales, sections: questionnaire.sections)
    let answers = [("a0", 4), ("a1", 4), ("b0", 0), ("b1", 0), ("b2", 0), ("b3", 0)]
    let card = score(
      testAssessment(
        raters: 1,
        responses: answers.map {
          Response(key: .init(item: $0.0, rater: "r1"), answer: .answered(.level($0.1)))
        }), with: questionnaire)
    #expect(card.index == 100 && card.verdict.orientation == .outsideIn)
    #expect(card.verdict.bounds!.upperBound < 80)
    #expect(!card.verdict.holdsWhateverIsMissing(cut: 80))
  }

  @Test func whatWasLookedAtAgainIsConfirmed() {
    var assessment = coreAssessment { item, _ in oriented(3, item) }
    let key = Response.Key(item: "own-who", rater: "r1")
    assessment.responses[key]?.carried = .toConfirm
    func isFlagged(_ assessment: Assessment) -> Bool {
      score(assessment, with: outsideIn.questionnaire).flags.contains(.unconfirmedAnswers)
    }
    #expect(isFlagged(assessment))
    var settled = assessment
    settled.settled["own-who"] = Settlement(answer: .level(2))
    #expect(!isFlagged(settled))
    let again = Response.Key(item: "own-who", rater: "r1", round: 2)
    assessment.responses[again] = Response(key: again, answer: .answered(.level(2)))
    #expect(!isFlagged(assessment))
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
