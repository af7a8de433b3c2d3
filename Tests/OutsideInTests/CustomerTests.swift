import AssessmentModel
import Testing

@testable import Scoring

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
