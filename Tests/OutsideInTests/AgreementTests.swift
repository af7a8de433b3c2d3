import AssessmentModel
import Testing

@testable import Scoring

/// Votes on items of one dimension each, rater by rater; nil where somebody did not vote.
func votes(
  _ rows: [[Int?]], departments: [String] = [], levels: [Int] = [0, 1, 2, 3, 4], dimensions: Int? = nil
) -> (Assessment, Questionnaire) {
  let count = rows[0].count
  let items = (0..<count).map { testItem("item-\($0)", dimension: $0 % (dimensions ?? count)) }
  var assessment = testAssessment(
    raters: rows.count,
    responses: rows.enumerated().flatMap { rater, row in
      row.enumerated().compactMap { item, level in
        level.map {
          Response(
            key: .init(item: "item-\(item)", rater: "r\(rater + 1)"), answer: .answered(.level($0)))
        }
      }
    })
  for (rater, department) in departments.enumerated() {
    assessment.raters[rater].department = department
  }
  return (
    assessment,
    testQuestionnaire(
      items, weights: Array(repeating: 1, count: dimensions ?? count), levels: levels)
  )
}

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
    #expect(item.split)
    #expect(item.picture == .outlier)
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

@Suite struct DepartmentTests {
  @Test func aDepartmentFarFromTheOthersIsFlagged() {
    let result = AgreementTests.agreement(
      [[0, 3], [1, 3], [3, 3], [4, 2], [3, 3]],
      departments: ["Sales", "Sales", "Ops", "Ops", "Billing"])
    #expect(result.departments.map(\.department) == ["Billing", "Ops", "Sales"])
    #expect(result.departments.map(\.n) == [1, 2, 2])
    // 0.5 against 10/3, times 25.
    #expect(isClose(result.departments[2].dimensions[0].delta, 25 * (0.5 - 10.0 / 3)))
    #expect(result.departments[2].dimensions[0].flag == .lower)
    #expect(result.departments[2].dimensions[1].flag == nil)
    #expect(result.departments[1].dimensions[0].flag == .higher)
    // 3 against 2: exactly 25 points, and one voice.
    #expect(result.departments[0].dimensions[0].flag == .singleVoice)
  }

  @Test func spellingsOfADepartmentAreOne() {
    let result = AgreementTests.agreement(
      [[0], [1], [3]], departments: ["Sales", " sales ", "Ops"])
    #expect(result.departments.map(\.department) == ["Ops", "Sales"])
    #expect(result.departments.map(\.n) == [1, 2])
  }

  @Test func oneDepartmentIsComparedWithNobody() {
    #expect(AgreementTests.agreement([[0], [4]], departments: ["A", "A"]).departments.isEmpty)
    #expect(AgreementTests.agreement([[0], [4]]).departments.isEmpty)
  }

  /// People without a department are among the others.
  @Test func peopleWithoutADepartmentAreOthers() {
    let result = AgreementTests.agreement([[0], [4]], departments: ["A", ""])
    #expect(result.departments.map(\.department) == ["A"])
    #expect(result.departments[0].dimensions[0].delta == -100)
  }

  /// Only items that both sides voted on are compared, or who left the hard ones out would look better.
  @Test func onlySharedItemsAreCompared() {
    let result = AgreementTests.agreement(
      [[3, nil], [3, nil], [3, 0], [3, 0]], departments: ["A", "A", "B", "B"], dimensions: 1)
    #expect(result.departments[0].dimensions[0].delta == 0)
  }

  @Test func silosNeedThreeDepartmentsOfTwo() {
    let three = AgreementTests.agreement(
      [[0, 1], [0, 0], [2, 2], [2, 1], [4, 4], [4, 3]], departments: ["A", "A", "B", "B", "C", "C"])
    #expect(three.overall.icc1Department.value! > 0.8)
    #expect(three.flags.contains(.siloSignal))
    let two = AgreementTests.agreement(
      [[0, 1], [0, 0], [4, 4], [4, 3]], departments: ["A", "A", "B", "B"])
    #expect(two.overall.icc1Department.value! > 0.8)
    #expect(!two.flags.contains(.siloSignal))
    // Members of a department less alike than people at all.
    let mixed = AgreementTests.agreement(
      [[0], [4], [0], [4], [0], [4]], departments: ["A", "A", "B", "B", "C", "C"])
    #expect(mixed.overall.icc1Department.value! < 0)
    #expect(mixed.flags == [.moreThanChanceDisagreement])
    #expect(
      AgreementTests.agreement([[0], [4], [2]], departments: ["A", "B", "C"]).overall.icc1Department
        == .undefined(.tooFewDepartments))
  }

  @Test func aDepartmentThatSeesWhatOthersDontHasABlindSpot() {
    let result = AgreementTests.agreement(
      [[3], [3], [2], [2], [2]], departments: ["A", "A", "B", "B", "B"])
    #expect(
      result.blindSpots == [
        .init(dimension: "d0", department: "A", score: 75, other: .otherDepartments, otherScore: 50)
      ])
    // One voice is no blind spot of a department.
    #expect(
      AgreementTests.agreement([[4], [1], [1]], departments: ["A", "B", "B"]).blindSpots.isEmpty)
  }
}

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
    #expect(card.verdict.certainty?.pulls.isEmpty == true)
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
    #expect(card.verdict.certainty?.pulls.isEmpty == true)
  }
}

@Suite struct CustomerTests {
  /// The team at `team` and customers at `customers` on every item customers can answer.
  static func assessment(team: [Int], customers: [Int]) -> Assessment {
    var assessment = coreAssessment(raters: team.count) { item, rater in oriented(team[rater], item) }
    for (index, level) in customers.enumerated() {
      assessment.raters.append(Rater(id: "c\(index + 1)", group: .customer))
      for item in outsideIn.questionnaire.items where item.scored?.customers != nil {
        let key = Response.Key(item: item.id, rater: "c\(index + 1)")
        assessment.responses[key] = Response(key: key, answer: .answered(.level(level)))
      }
    }
    return assessment
  }

  static func card(team: [Int], customers: [Int]) -> Scorecard {
    score(assessment(team: team, customers: customers), with: outsideIn.questionnaire)
  }

  @Test func withoutCustomersTheGapIsUnverified() {
    let card = Self.card(team: [3], customers: [])
    #expect(card.deliveryGap.status == .unverified)
    #expect(card.customers == nil)
    // Listed is not asked.
    var assessment = Self.assessment(team: [3], customers: [])
    assessment.raters.append(Rater(id: "c1", group: .customer))
    #expect(score(assessment, with: outsideIn.questionnaire).customers == nil)
  }

  @Test func theGapCountsPeople() throws {
    let gap = Self.card(team: [3, 4, 2], customers: [3, 1, 1, 2, 0]).deliveryGap
    #expect(gap.status == .measured)
    #expect(gap.team == Proportion(successes: 2, of: 3))
    #expect(gap.customers == Proportion(successes: 1, of: 5))
    #expect(isClose(gap.gap?.value, 2.0 / 3 - 0.2))
    let interval = try #require(gap.gap?.interval)
    #expect(interval.lowerBound < 0 && interval.upperBound > 0.7)
  }

  @Test func customersOnTheOtherSideDispute() {
    #expect(Self.card(team: [3], customers: [1, 1]).flags.contains(.disputedByCustomers))
    #expect(Self.card(team: [1], customers: [4]).flags.contains(.disputedByCustomers))
    #expect(!Self.card(team: [3], customers: [3]).flags.contains(.disputedByCustomers))
    // Both on the items customers can answer: what the team says elsewhere is another matter.
    var assessment = Self.assessment(team: [3], customers: [3])
    for item in outsideIn.questionnaire.items where item.scored != nil && item.scored?.customers == nil {
      let key = Response.Key(item: item.id, rater: "r1")
      if assessment.responses[key] != nil {
        assessment.responses[key] = Response(key: key, answer: oriented(0, item))
      }
    }
    let card = score(assessment, with: outsideIn.questionnaire)
    #expect(card.verdict.orientation == .insideOut)
    #expect(!card.flags.contains(.disputedByCustomers))
  }

  /// Customers who say the same on what both answered don't dispute what the team says elsewhere.
  @Test func onlyWhatBothAnsweredIsCompared() throws {
    var assessment = Self.assessment(team: [0, 0], customers: [3, 3])
    let items = outsideIn.questionnaire.items.filter { $0.scored?.customers != nil }
    for (place, item) in items.enumerated() {
      for rater in ["r1", "r2", "c1", "c2"] {
        let key = Response.Key(item: item.id, rater: rater)
        if place < 4 {
          assessment.responses[key] = Response(key: key, answer: .answered(.level(3)))
        } else if rater.hasPrefix("c") {
          assessment.responses[key] = nil
        }
      }
    }
    let card = score(assessment, with: outsideIn.questionnaire)
    #expect(card.customers?.index == 75 && card.customers?.teamIndex == 75)
    #expect(!card.flags.contains(.disputedByCustomers))
    #expect(card.deliveryGap.gap?.value == 0)
  }

  @Test func predictionsStandBesideAnswers() throws {
    var assessment = Self.assessment(team: [3], customers: [1])
    let item = try #require(outsideIn.questionnaire.items.first { $0.scored?.customers != nil })
    assessment.predictions = [item.id: 3.5]
    let rows = score(assessment, with: outsideIn.questionnaire).deliveryGap.dimensions
    #expect(rows.count == 8)
    let row = try #require(rows.first { $0.id == item.scored?.dimension })
    #expect(row.predicted == 87.5)
    #expect(row.team == 75)
    #expect(row.customers == 25)
    #expect(rows.count { $0.predicted == nil } == 7)
  }

  @Test func aTeamThatIsHighWhereCustomersAreLowHasABlindSpot() {
    let result = agreement(
      Self.assessment(team: [3, 3], customers: [2]), with: outsideIn.questionnaire)
    #expect(result.blindSpots.count == 8)
    #expect(result.blindSpots.allSatisfy { $0.other == .customers && $0.department == nil })
    #expect(
      agreement(Self.assessment(team: [3, 2], customers: [2]), with: outsideIn.questionnaire)
        .blindSpots.isEmpty)
  }

  @Test func anonymousVotesCountNoPeople() {
    var assessment = Self.assessment(team: [], customers: [2, 3])
    assessment.tallies = outsideIn.questionnaire.items.filter { $0.core && $0.scored != nil }.map {
      Tally(item: $0.id, counts: [0, 1, 0, 3, 1])
    }
    let gap = score(assessment, with: outsideIn.questionnaire).deliveryGap
    #expect(gap.status == .anonymous)
    #expect(gap.gap == nil)
    #expect(gap.dimensions.count == 8)
  }

  @Test func departmentsThatAreListedAndSilentAreMissing() {
    var assessment = Self.assessment(team: [3, 2], customers: [])
    assessment.raters[0].department = "Sales"
    assessment.raters[1].department = "Ops"
    assessment.raters.append(Rater(id: "r9", department: "Billing"))
    let card = score(assessment, with: outsideIn.questionnaire)
    #expect(card.missingDepartments == ["Billing"])
    #expect(card.flags.contains(.missingDepartments))
  }
}
