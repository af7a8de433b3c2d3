import AssessmentModel
import Scoring
import Testing

@testable import Planning
@testable import Reporting

@Suite struct PlanningTests {
  static func plan(
    _ assessment: Assessment, commitments: [Commitment]? = nil, capacity: Int? = nil
  ) throws -> Plan {
    var assessment = assessment
    assessment.commitments = commitments
    return try makePlan(
      assessment, outsideIn.questionnaire, score(assessment, with: outsideIn.questionnaire),
      library: builtInActions, capacityDays: capacity)
  }

  /// Step 1 everywhere, and one expectation that is not met.
  static var withAGap: Assessment {
    var assessment = coreAssessment { item, _ in oriented(1, item) }
    let key = Response.Key(item: "exp-list", rater: nil)
    let row = Expectation(expectation: "Be on time", importance: 5, expected: 6, perceived: 2)
    assessment.responses[key] = Response(key: key, answer: .answered(.expectations([row])))
    return assessment
  }

  /// With what was written of expectations and moments.
  static func written(_ expectations: [String], _ moments: [String]) -> Assessment {
    var assessment = coreAssessment { item, _ in oriented(1, item) }
    let values: [(String, Value)] = [
      (
        "exp-list",
        .expectations(expectations.map { Expectation(expectation: $0, expected: 6, perceived: 2) })
      ),
      ("jou-moments", .moments(moments.map { Moment(moment: $0, emotion: -2) })),
    ]
    for (item, value) in values {
      let key = Response.Key(item: item, rater: nil)
      assessment.responses[key] = Response(key: key, answer: .answered(value))
    }
    return assessment
  }

  /// What was written, and what goes with the first: another gap, a step.
  @Test(
    arguments: [
      (["Tell me before you are late"], [], ["ant-early-2"]),
      (["The date they promised is kept"], ["The bill"], ["exp-promise-2"]),
      (["No waiting in the corridor"], ["Waiting before surgery"], ["moment-1"]),
      (["A friendly welcome"], ["Waiting before surgery"], []), (["Parking"], [], []),
      (["Not to be passed on from one to another"], [], ["jou-handover-2"]),
    ] as [([String], [String], [String])])
  func whatIsAboutTheSameTroubleGoesTogether(
    expectations: [String], moments: [String], alike: [String]
  ) throws {
    let plan = try Self.plan(Self.written(expectations, moments))
    let first = plan.proposals[0]
    #expect(first.candidate.id == "expectation-1" && Set(first.alike.map(\.id)).isSuperset(of: alike))
    if alike.isEmpty { #expect(first.alike.isEmpty, "\(first.alike.map(\.title))") }
    // Nothing is offered twice.
    let ids = plan.proposals.flatMap { [$0.candidate] + $0.alike }.map(\.id)
    #expect(Set(ids).count == ids.count)
    #expect(plan.proposals.flatMap { [$0.candidate] + $0.alike }.count == 9)
  }

  /// The first steps of three commitments, from any day of a week: within seven days, on working days, no two on one.
  @Test func firstStepsFallOnDifferentDays() throws {
    for offset in 0..<7 {
      var assessment = Self.withAGap
      assessment.startedAt = Timestamp(secondsSince1970: noon.secondsSince1970 + Int64(offset) * 86_400)
      let plan = try Self.plan(assessment)
      let days = plan.commitments.compactMap(\.entry.by)
      #expect(days.count == 3 && Set(days).count == 3)
      for day in days {
        #expect((1...7).contains(day.daysSince1970 - plan.dayZero.daysSince1970))
        #expect(!["Saturday", "Sunday"].contains(day.weekday))
      }
    }
    // Where every day is taken, one of them all the same.
    let all = (1...7).map { noon.day.adding(days: $0) }
    #expect(all.contains(firstStepDue(from: noon.day, besides: all)))
  }

  @Test func benefitsAddUpToTheDistanceThatIsLeft() throws {
    let assessment = coreAssessment(raters: 2) { item, rater in oriented(rater, item) }
    let plan = try Self.plan(assessment, capacity: 100_000)
    let index = try #require(score(assessment, with: outsideIn.questionnaire).index)
    // From .5 the steps to 2, 3 and 4 gain 1.5, 1 and 1; together they end at 100.
    #expect(isClose(plan.candidates.compactMap(\.benefit).reduce(0, +), 100 - index))
    #expect(plan.selection.chosen.count == plan.candidates.count)
    #expect(plan.beyondHorizon.isEmpty)
  }

  @Test func nothingComesBeforeWhatItNeeds() throws {
    let plan = try Self.plan(coreAssessment { item, _ in oriented(0, item) }, capacity: 200)
    let due = Dictionary(uniqueKeysWithValues: plan.actions.map { ($0.candidate.id, $0.due) })
    for action in plan.actions {
      for needed in action.candidate.requires {
        #expect(try #require(due[needed]) <= action.due, "\(action.candidate.id)")
      }
    }
  }

  @Test func whatTakesNoDaysWaitsForWhatItNeedsToo() throws {
    let roadmap = schedule(
      [
        ScheduleAction(id: "a", effortDays: 5, benefit: 1, requires: []),
        ScheduleAction(id: "b", effortDays: 0, benefit: 1, requires: ["a"]),
      ], windowCapacity: [3, 3])
    let last = try #require(roadmap.entries.first { $0.id == "b" })
    #expect(last.start == 1)
    #expect(last.finish == 1)
  }

  @Test func commitmentsAreCarriedOutWithWhatTheyNeed() throws {
    let assessment = coreAssessment { item, _ in oriented(0, item) }
    let wanted = Commitment(
      action: "emo-made-3", title: "T", owner: "Ana", firstStep: "F", by: noon.day, done: "", stop: "")
    let plan = try Self.plan(assessment, commitments: [wanted])
    let ids = plan.actions.map(\.candidate.id)
    #expect(ids.contains("emo-made-3") && ids.contains("emo-made-2"))
    #expect(!plan.isProposed)
    #expect(plan.commitments.map(\.entry.title) == ["T"])
  }

  /// With a gap that customers feel: its days are set aside where there are any.
  @Test(arguments: [0, 4, 5, 10, 60])
  func aGapIsTakenWhereThereAreDaysForIt(capacity: Int) throws {
    let plan = try Self.plan(Self.withAGap, capacity: capacity)
    #expect(plan.commitments.contains { $0.entry.id == "expectation-1" } == (capacity >= 5))
    // Answered all the same, before the index chooses: where there are no days, beyond the horizon.
    #expect(plan.setAsideDays == 5)
    #expect(plan.beyondHorizon.map(\.id) == (capacity >= 5 ? [] : ["expectation-1"]))
    #expect(plan.selection.effortDays + (capacity >= 5 ? 5 : 0) <= capacity)
    #expect(capacity < 10 || !plan.selection.chosen.isEmpty)
  }

  @Test func ownWordsAreAnActionAmongTheOthers() throws {
    let own = Commitment(
      action: "own-1", title: "Walk the way", owner: "Ana", firstStep: "F", by: noon.day, done: "", stop: "")
    let assessment = coreAssessment { item, _ in oriented(1, item) }
    let plan = try Self.plan(assessment, commitments: [own])
    #expect(plan.actions.contains { $0.candidate.source == .own && $0.candidate.title == "Walk the way" })
    #expect(plan.setAsideDays == 5)
    let small = try Self.plan(assessment, commitments: [own], capacity: 3)
    #expect(small.selection.chosen.isEmpty && small.actions.map(\.candidate.id) == ["own-1"])
    // Due within half a year at the latest: by then there are one and a half of its five days.
    #expect(small.missingDays == 4)
    let subject = Subject(
      assessment, outsideIn.questionnaire, score(assessment, with: outsideIn.questionnaire))
    #expect(
      markdownText(planReport(small, subject)).contains("4 days of work are missing, at 0.3 days a month"))
  }

  @Test(arguments: [0, 3, 10, 30, 60, 200])
  func whatTheProgramChoosesFitsAndIsTheBest(capacity: Int) throws {
    let assessment = coreAssessment { item, _ in oriented(1, item) }
    let plan = try Self.plan(assessment, capacity: capacity)
    let card = score(assessment, with: outsideIn.questionnaire)
    let free = select(SelectionTests.steps(card, raised: []), capacity: capacity)
    #expect(plan.selection.effortDays <= capacity)
    #expect(plan.selection.optimal && isClose(plan.selection.benefit, free.benefit))
    #expect(plan.isProposed)
    #expect(Set(plan.commitments.map(\.entry.id)).isSubset(of: plan.selection.chosen))
  }

  @Test func whatTheTeamPromisedMayGoBeyondItsDays() throws {
    let assessment = coreAssessment { item, _ in oriented(1, item) }
    let wanted = Commitment(
      action: "emo-made-3", title: "T", owner: "Ana", firstStep: "F", by: noon.day, done: "", stop: "")
    let plan = try Self.plan(assessment, commitments: [wanted], capacity: 1)
    #expect(plan.selection.effortDays > 1 && !plan.selection.optimal)
    #expect(plan.missingDays == plan.selection.effortDays)
    #expect(plan.actions.map(\.candidate.id).contains("emo-made-3"))
    let subject = Subject(
      assessment, outsideIn.questionnaire, score(assessment, with: outsideIn.questionnaire))
    #expect(markdownText(planReport(plan, subject)).contains("days of work are missing, at 0.1 days a month"))
  }

  @Test func theProgramChoosesAGapThatCustomersFeelFirst() throws {
    let plan = try Self.plan(Self.withAGap)
    #expect(plan.commitments.count == 3)
    #expect(plan.commitments[0].entry.id == "expectation-1")
    #expect(plan.proposals.flatMap { [$0.candidate] + $0.alike }.count == 9)
  }

  @Test func daysAreCountedFromTheEndOfTheAssessment() throws {
    var assessment = coreAssessment { item, _ in oriented(1, item) }
    assessment.finishedAt = Timestamp(rfc3339: "2026-11-21T23:00:00Z")
    let plan = try Self.plan(assessment)
    #expect(plan.review.description == "2027-05-22")
    let second = plan.actions.first { $0.window == "31-60" }
    #expect(try #require(second).due.description > "2026-12-21")
    // Half a window's days are gone in its middle.
    for action in plan.actions where action.entry == nil {
      #expect(!action.due.isWeekend && action.due > plan.dayZero)
    }
    #expect(plan.actions.map(\.due) == plan.actions.map(\.due).sorted())
  }

  @Test func withoutActionsTheAnchorsAreTheSteps() throws {
    let assessment = coreAssessment { item, _ in oriented(1, item) }
    let card = score(assessment, with: outsideIn.questionnaire)
    let plan = try makePlan(
      assessment, outsideIn.questionnaire, card, library: nil)
    let step = try #require(plan.candidates.first { $0.id == "own-who-2" })
    #expect(step.effortDays == nil)
    #expect(step.title.contains("One person, department or project"))
  }

  @Test func thereIsNoPlanWithoutAVerdict() {
    #expect(throws: PlanningError.self) { try Self.plan(coreAssessment { _, _ in nil }) }
  }

  /// Nobody works on a first step on a Sunday: it is due a week later, or on the Friday before that.
  @Test(arguments: [
    ("2026-11-20", "Friday", "2026-11-27"), ("2026-11-21", "Saturday", "2026-11-27"),
    ("2026-11-22", "Sunday", "2026-11-27"), ("2026-11-23", "Monday", "2026-11-30"),
    ("2024-02-29", "Thursday", "2024-03-07"), ("1970-01-01", "Thursday", "1970-01-08"),
    ("1969-12-28", "Sunday", "1970-01-02"), ("1969-12-29", "Monday", "1970-01-05"),
  ])
  func aFirstStepIsDueOnAWorkingDayWithinAWeek(today: String, weekday: String, due: String) throws {
    let day = try #require(Day(today))
    #expect(day.weekday == weekday)
    #expect(CheckCalendar(from: day).days[0].description == due)
  }

  /// Whatever was promised, however few days there are, and whatever else is chosen.
  @Test(arguments: (1...200).map { UInt64($0) * 7043 })
  func commitmentsAreInEveryRoadmap(seed: UInt64) throws {
    var random = SeededGenerator(state: seed)
    let assessment = coreAssessment { item, _ in oriented(Int.random(in: 0...3, using: &random), item) }
    let steps = builtInActions.steps.map(\.id) + ["own-1", "own-2", "expectation-1"]
    let chosen = (0..<Int.random(in: 1...5, using: &random)).map { _ in steps.randomElement(using: &random)! }
    let commitments = Set(chosen).sorted().map { id in
      Commitment(
        action: id, title: id, owner: "", firstStep: "", by: noon.day.adding(days: 5),
        due: Bool.random(using: &random)
          ? noon.day.adding(days: Int.random(in: 1...300, using: &random)) : nil,
        done: "", stop: "")
    }
    let capacity = [0, 1, 12, 60, 400].randomElement(using: &random)!
    let plan = try Self.plan(assessment, commitments: commitments, capacity: capacity)
    let planned = Dictionary(uniqueKeysWithValues: plan.actions.map { ($0.candidate.id, $0.due) })
    for promise in plan.commitments {
      #expect(
        planned[promise.entry.id] == promise.entry.due,
        "\(promise.entry.id), capacity \(capacity), seed \(seed)")
      if let said = commitments.first(where: { $0.action == promise.entry.id })?.due {
        #expect(promise.entry.due == said, "seed \(seed)")
      } else {
        // What the program proposes comes before the next assessment.
        #expect(promise.entry.due! < plan.review && promise.entry.due! > plan.dayZero, "seed \(seed)")
      }
    }
    #expect(Set(plan.lines.map(\.number)).count == plan.lines.count)
  }

  /// The two worst expectations and the two worst moments come before what the index chooses: with the team's own
  /// redesign, or the step that answers them.
  @Test func whatIsFeltComesBeforeTheIndex() throws {
    var assessment = coreAssessment { item, _ in oriented(1, item) }
    let rows: [(String, Value)] = [
      (
        "exp-list",
        .expectations([
          Expectation(expectation: "Parking", importance: 5, expected: 7, perceived: 1),
          Expectation(expectation: "Tell me before you are late", importance: 5, expected: 6, perceived: 2),
          Expectation(expectation: "A friendly face", importance: 1, expected: 5, perceived: 4),
        ])
      ),
      (
        "jou-moments",
        .moments([
          Moment(moment: "The corridor", emotion: -2, redesign: "Chairs and a clock"),
          Moment(moment: "The bill", emotion: -1),
          Moment(moment: "The lift", emotion: 1),
        ])
      ),
    ]
    for (item, value) in rows {
      let key = Response.Key(item: item, rater: nil)
      assessment.responses[key] = Response(key: key, answer: .answered(value))
    }
    let own = Commitment(
      action: "own-1", title: "Sing", owner: "Ana", firstStep: "", by: noon.day, done: "", stop: "")
    let plan = try Self.plan(assessment, commitments: [own])
    let felt = plan.actions.filter { !$0.gaps.isEmpty }
    #expect(
      Set(felt.flatMap { $0.gaps.map(\.id) }) == ["expectation-1", "expectation-2", "moment-1", "moment-2"])
    // A step answers the second one; the corridor has a redesign of its own.
    #expect(felt.first { $0.gaps.contains { $0.id == "expectation-2" } }?.candidate.id == "ant-early-2")
    #expect(
      felt.first { $0.gaps.contains { $0.id == "moment-1" } }?.candidate.firstStep.contains(
        "Chairs and a clock") == true)
    #expect(plan.next.count == 3 && plan.next.allSatisfy { !$0.gaps.isEmpty })
    // Taken up, what was proposed stands first, and the rest waits.
    var taken = assessment
    taken.planEvents = [
      KeptPlanTests.at(1, .kept([PlanEntry(id: "own-2", isCommitment: false, title: "Dance")]))
    ]
    let after = try Self.plan(taken, commitments: [own])
    #expect(after.next.count == 3 && after.next.contains { $0.candidate.id == "own-2" })
  }

  /// What the last plan left open is proposed first, and marked; what was its own then has an id of its own now.
  @Test func whatIsOpenFromLastTimeIsProposedFirst() throws {
    let assessment = coreAssessment { item, _ in oriented(1, item) }
    let card = score(assessment, with: outsideIn.questionnaire)
    let carried = [
      PlanEntry(id: "ant-early-2", isCommitment: true, title: "A notice"),
      PlanEntry(id: "own-1", isCommitment: true, title: "Walk the way", firstStep: "Walk"),
    ]
    let plan = try makePlan(
      assessment, outsideIn.questionnaire, card, library: builtInActions, carried: carried)
    let first = plan.proposals.prefix(2).map(\.candidate)
    #expect(first.map(\.id) == ["ant-early-2", "last-own-1"] && first.allSatisfy(\.isFromLastTime))
    #expect(first[1].title == "Walk the way" && first[1].source == .own)
    #expect(
      plan.proposals.count == 9 && plan.proposals.dropFirst(2).allSatisfy { !$0.candidate.isFromLastTime })
    let ids = plan.proposals.map(\.candidate.id)
    #expect(Set(ids).count == ids.count)
  }

  /// What the team gave up is proposed no more, and what somebody confirmed is no guess.
  @Test func theTeamsWordCounts() throws {
    var assessment = coreAssessment { item, _ in oriented(1, item) }
    let first = try Self.plan(assessment).selection.chosen[0]
    var entry = PlanEntry(id: first, isCommitment: false, title: "T")
    entry.status = .dropped
    assessment.planEvents = [KeptPlanTests.at(1, .kept([entry]))]
    let plan = try Self.plan(assessment)
    #expect(
      !plan.actions.contains { $0.candidate.id == first }
        && !plan.proposals.contains { $0.candidate.id == first })
    (entry.status, entry.effortDays) = (.open, 40)
    assessment.planEvents = [
      KeptPlanTests.at(1, .kept([entry])), KeptPlanTests.at(1, .freed(daysPerMonth: 10)),
    ]
    let other = try Self.plan(assessment)
    #expect(other.capacityDays == 120 && other.isCapacityKnown && !other.isConfirmed)
    #expect(other.candidates.first { $0.id == first }?.effortDays == 40)
  }
}
