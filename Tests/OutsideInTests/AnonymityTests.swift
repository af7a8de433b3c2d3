import AssessmentModel
import Testing

@testable import Scoring

/// Where anonymity was promised.
@Suite struct AnonymityTests {
  /// Departments with the counts of their votes on each item.
  static func agreement(_ departments: [(String?, [[Int]])]) -> Agreement {
    let count = departments[0].1.count
    var assessment = testAssessment(raters: 0, responses: [])
    assessment.anonymous = true
    assessment.tallies = departments.flatMap { department, items in
      items.enumerated().map {
        Tally(item: "item-\($0)", department: department, counts: $1)
      }
    }
    return Scoring.agreement(
      assessment,
      with: testQuestionnaire(
        (0..<count).map { testItem("item-\($0)", dimension: $0) },
        weights: Array(repeating: 1, count: count)))
  }

  @Test func figuresOfTheWholeNeedNoNames() {
    let result = Self.agreement([(nil, [[0, 1, 0, 3, 1], [0, 0, 5, 0, 0]])])
    #expect(result.raters == 5)
    #expect(result.items[0].distribution == [0, 1, 0, 3, 1])
    #expect(result.overall.alphaOrdinal.value != nil)
    #expect(result.overall.icc1Department == .undefined(.anonymous))
  }

  @Test func twoVotesAreNotShown() {
    let result = Self.agreement([(nil, [[0, 1, 0, 1, 0]])])
    #expect(result.items[0].n == 0)
    #expect(result.items[0].distribution == nil)
    #expect(result.items[0].mean == nil)
    #expect(result.items[0].rwg == .undefined(.anonymous))
    #expect(result.overall.alphaOrdinal == .undefined(.anonymous))
  }

  /// Not in the index either, or it could be worked out from what is around it.
  @Test(arguments: [0, 1])
  func twoVotesAreInNothing(dontKnow: Int) {
    var assessment = testAssessment(raters: 0, responses: [])
    assessment.tallies = [
      Tally(item: "few", counts: [1, 0, 0, 0, 1 - dontKnow], dontKnow: dontKnow),
      Tally(item: "many", counts: [0, 1, 2, 3, 0]),
    ]
    let card = score(
      assessment,
      with: testQuestionnaire(
        [testItem("few", dimension: 0), testItem("many", dimension: 0)], weights: [1]))
    #expect(card.items[0].state == .open)
    #expect(card.items[0].firstVotes.isEmpty && card.items[0].allVotes == 0)
    #expect(card.contributions.map(\.item) == ["many"])
    #expect(card.dimensions[0].knowledgeGap == 0)
  }

  /// Three who vote again are not shown as if they were all.
  @Test func aLaterRoundOfFewDoesNotStandForTheWhole() {
    func card(_ again: Int) -> Scorecard {
      var assessment = testAssessment(raters: 0, responses: [])
      assessment.tallies = [
        Tally(item: "item", counts: [1, 3, 4, 2, 1]),
        Tally(item: "item", round: 2, counts: [0, 0, 0, 0, again]),
      ]
      return score(assessment, with: testQuestionnaire([testItem("item", dimension: 0)], weights: [1]))
    }
    #expect(card(3).items[0].latestVotes.count == 11)
    #expect(card(5).items[0].latestVotes.count == 5)
    #expect(card(5).items[0].firstVotes.count == 11)
  }

  /// Whoever says "anonymous" and names people is held to the promise.
  @Test func namesGoNowhereWhereAnonymityWasPromised() {
    var assessment = coreAssessment(raters: 4) { item, rater in oriented(rater, item) }
    assessment.anonymous = true
    for rater in assessment.raters.indices { assessment.raters[rater].department = "D\(rater)" }
    assessment.raters.append(Rater(id: "r9", department: "Silent"))
    let card = score(assessment, with: outsideIn.questionnaire)
    #expect(card.verdict.certainty?.spread.pulls.isEmpty == true)
    #expect(card.flip?.allSatisfy { $0.rater == nil } == true)
    #expect(card.missingDepartments.isEmpty && card.departmentContributions.isEmpty)
    #expect(card.flags.contains(.noRaterClusters))
    let result = Scoring.agreement(assessment, with: outsideIn.questionnaire)
    #expect(result.departments.isEmpty)
    #expect(result.overall.icc1Department == .undefined(.anonymous))
  }

  @Test func largeDepartmentsAreCompared() {
    let result = Self.agreement([("A", [[5, 0, 0, 0, 0]]), ("B", [[0, 0, 0, 0, 5]])])
    #expect(result.departments.map(\.department) == ["A", "B"])
    #expect(result.departments[0].dimensions[0].delta == -100)
  }

  /// Everything that is shown, taken away from the whole, leaves nobody or five.
  @Test(
    arguments: [
      // Three people would be left.
      ([5, 5, 3], [false, true]), ([5, 6, 3], [false, true]), ([6, 5, 3], [true, false]),
      ([7, 4], [false]), ([5, 5], [true, true]), ([5, 5, 5], [true, true, true]),
      ([9, 5, 0], [true, true]), ([5, 5, 1, 1], [false, true]),
    ] as [([Int], [Bool])])
  func nobodyCanSubtract(people: [Int], shown: [Bool]) {
    let result = Self.agreement(
      people.enumerated().map { index, count in
        (count < 5 ? nil : "D\(index)", [[0, 0, count, 0, 0]])
      })
    let visible = result.departments.filter { $0.dimensions[0].delta != nil }.map(\.department)
    let hidden =
      people.reduce(0, +)
      - people.enumerated().filter { visible.contains("D\($0)") }.reduce(0) { $0 + $1.element }
    #expect(hidden == 0 || hidden >= 5)
    // No more is hidden than must be.
    #expect(visible.count == shown.count { $0 })
  }

  @Test func aLargeDepartmentOfWhichFewVotedIsNotShown() {
    // Five on the first item, and one on the second.
    let result = Self.agreement(
      [("A", [[5, 0, 0, 0, 0], [1, 0, 0, 0, 0]]), ("B", [[0, 0, 0, 0, 6], [0, 0, 0, 0, 6]])])
    #expect(result.departments[0].dimensions[0].delta == -100)
    #expect(result.departments.map { $0.dimensions[1].delta } == [nil, nil])
  }

  @Test func contributionsAreNotBrokenDown() {
    var assessment = testAssessment(raters: 0, responses: [])
    assessment.tallies = [
      Tally(item: "item", department: "A", counts: [5, 0, 0, 0, 0]),
      Tally(item: "item", department: "B", counts: [0, 0, 0, 0, 5]),
    ]
    let card = score(
      assessment, with: testQuestionnaire([testItem("item", dimension: 0)], weights: [1]))
    #expect(card.departmentContributions.isEmpty)
    #expect(card.verdict.certainty?.spread.pulls.isEmpty == true)
  }
}
