import AssessmentModel
import Foundation
import Interchange
import Testing

@testable import Storage

/// What becomes of a plan: the fold of its events, and where they are kept.
@Suite struct KeptPlanTests {
  static func commitment(_ id: String, _ owner: String = "", _ title: String? = nil) -> Commitment {
    Commitment(
      action: id, title: title ?? id.capitalized, owner: owner, firstStep: "F", by: noon.day, done: "D",
      stop: "")
  }

  /// At noon of the day so many days later.
  static func at(_ days: Int, _ event: PlanEvent) -> DatedPlanEvent {
    DatedPlanEvent(at: Timestamp(secondsSince1970: noon.secondsSince1970 + Int64(days) * 86_400), event)
  }

  static let two = [commitment("a", "Ana"), commitment("b", "Ben")]

  static func plan(_ events: DatedPlanEvent...) -> KeptPlan { PlanHistory(two, events).plan }

  @Test func aPlanBeginsAsTheSessionLeftIt() {
    let plan = Self.plan()
    #expect(plan.entries.map(\.id) == ["a", "b"] && plan.entries.allSatisfy(\.isCommitment))
    #expect(plan.entries.map(\.owner) == ["Ana", "Ben"] && plan.keeper.isEmpty)
    // What once stood for a name is none.
    #expect(!PlanEntry(Self.commitment("c", "to be named")).isNamed)
  }

  @Test func whatIsKeptReplacesALineOrIsAdded() {
    var changed = PlanEntry(Self.two[0])
    changed.due = noon.day.adding(days: 40)
    let new = PlanEntry(id: "own-1", isCommitment: false, title: "Walk the way")
    let plan = Self.plan(Self.at(1, .kept([changed, new])))
    #expect(plan.entries.map(\.id) == ["a", "b", "own-1"])
    #expect(plan.entry("a")?.due == changed.due && plan.commitments.count == 2)
  }

  /// What is heard, and how the line stands behind it.
  @Test(
    arguments: [
      (.done, .done), (.doing, .doing), (.stuck, .stuck), (.dropped, .dropped), (.notHeard, .open),
    ] as [(Hearing.Answer, PlanEntry.Status)])
  func whatIsHeardSetsTheStatus(answer: Hearing.Answer, status: PlanEntry.Status) {
    let hearing = Hearing(
      entry: "a", answer: answer, day: noon.day, from: "Ana", words: "w",
      shown: answer == .done ? "seven of ten" : "",
      blocks: answer == .stuck ? "no van" : "", helps: answer == .stuck ? "Ben" : "")
    let plan = Self.plan(Self.at(7, .heard([hearing])))
    #expect(plan.entry("a")?.status == status && plan.entry("b")?.status == .open)
    #expect(plan.entry("a")?.shown == hearing.shown && plan.entry("a")?.blocks == hearing.blocks)
    #expect(plan.timesNotHeard("a") == (answer == .notHeard ? 1 : 0))
    #expect(plan.lastHeard("a") == (answer == .notHeard ? nil : hearing))
  }

  @Test func whoIsNotHeardIsCountedUntilSomebodyIs() {
    func heard(_ days: Int, _ answer: Hearing.Answer) -> DatedPlanEvent {
      Self.at(days, .heard([Hearing(entry: "a", answer: answer, day: noon.day.adding(days: days))]))
    }
    #expect(Self.plan(heard(7, .notHeard), heard(21, .notHeard)).timesNotHeard("a") == 2)
    #expect(Self.plan(heard(7, .notHeard), heard(9, .doing), heard(21, .notHeard)).timesNotHeard("a") == 1)
    // What was heard before still holds.
    #expect(Self.plan(heard(7, .doing), heard(21, .notHeard)).entry("a")?.status == .doing)
  }

  @Test func aHandoverMovesAllOfIt() {
    var stuck = PlanEntry(Self.two[1])
    (stuck.status, stuck.blocks, stuck.helps) = (.stuck, "no van", "ANA")
    let own = Metric(name: "Calls", owner: "Ana")
    let plan = Self.plan(
      Self.at(1, .kept([stuck])), Self.at(1, .entrusted(keeper: "Ana")), Self.at(1, .measured(own)),
      Self.at(9, .handedOver(from: "ana", to: "Cy")))
    #expect(plan.entries.map(\.owner) == ["Cy", "Ben"] && plan.keeper == "Cy")
    #expect(plan.entries[1].helps == "Cy")
    #expect(plan.entries[0].formerOwners == [.init(name: "Ana", until: noon.day.adding(days: 9))])
    let metrics = plan.metrics([Metric(name: "NPS", owner: "Ana"), Metric(name: "Late", owner: "Ben")])
    #expect(metrics.map(\.name) == ["NPS", "Late", "Calls"] && metrics.map(\.owner) == ["Cy", "Ben", "Cy"])
    let nobody = Self.plan(Self.at(9, .handedOver(from: "Ana", to: "")))
    #expect(!nobody.entries[0].isNamed && nobody.metrics([Metric(name: "NPS", owner: "Ana")])[0].owner == nil)
  }

  @Test func readingsComeToTheMetricOfThatName() {
    func reading(_ days: Int, _ value: Double) -> Metric.Reading {
      Metric.Reading(date: noon.day.adding(days: days), value: value)
    }
    let plan = Self.plan(
      Self.at(1, .read(metric: "calls", reading(1, 30))), Self.at(2, .read(metric: "Calls ", reading(1, 31))),
      Self.at(3, .read(metric: "Calls", reading(3, 20))))
    let recorded = Metric(name: "Calls", readings: [reading(0, 38), reading(3, 22)])
    // Of one day the last counts.
    #expect(plan.metrics([recorded])[0].readings.map(\.value) == [38, 31, 20])
  }

  @Test func eachChangeCanBeTakenBackAndBroughtAgain() {
    for seed in (1...200).map({ UInt64($0) * 131 }) {
      let events = randomPlanEvents(seed)
      let history = PlanHistory(Self.two, events)
      var undone = history
      var steps: [DatedPlanEvent] = []
      while let last = undone.nextUndo {
        steps.append(last)
        undone.apply(DatedPlanEvent(at: noon, .undone))
      }
      // What was said of texts that go out is nothing of the plan.
      let released = events.filter { if case .released = $0.event { true } else { false } }
      #expect(undone.plan == PlanHistory(Self.two, released).plan, "seed \(seed)")
      #expect(steps.reversed() == history.counted, "seed \(seed)")
      for _ in steps { undone.apply(DatedPlanEvent(at: noon, .redone)) }
      #expect(undone.plan == history.plan && undone.counted == history.counted, "seed \(seed)")
      // What counts leads to the same plan by itself.
      #expect(PlanHistory(Self.two, history.counted + released).plan == history.plan, "seed \(seed)")
    }
  }

  /// Whatever happens to a plan, the assessment stays finished on its day, with its answers, in the store and in a
  /// document.
  @Test(arguments: (1...60).map { UInt64($0) * 977 })
  func noEventOfAPlanOpensAnAssessmentOrMovesItsDates(seed: UInt64) throws {
    let folder = try TemporaryFolder()
    let store = try Store(directory: folder.path)
    var assessment = randomAssessment(seed)
    assessment.finishedAt = noon
    assessment.planEvents = []
    assessment.commitments = Self.two
    var stored = try store.insert(assessment, questionnaire: StorageTests.questionnaire, at: noon)
    let sealed = try PackedAssessment(store.open("TEST").assessment, items: outsideInItems)
    for event in randomPlanEvents(seed, most: 12) {
      stored = try store.append(plan: [event], to: stored, at: event.at)
      #expect(stored.assessment.finishedAt == noon && stored.assessment.startedAt == noon, "seed \(seed)")
    }
    let again = try store.open("TEST")
    #expect(again.assessment == stored.assessment && again.session == stored.session, "seed \(seed)")
    #expect(
      PackedAssessment(again.assessment, items: outsideInItems).details == sealed.details, "seed \(seed)")
    #expect(
      PackedAssessment(again.assessment, items: outsideInItems).answers == sealed.answers, "seed \(seed)")
    let summary = try #require(try store.summary(of: "TEST"))
    #expect(summary.finishedAt == noon && summary.startedAt == noon, "seed \(seed)")
    var without = again.assessment
    without.planEvents = []
    #expect(without == assessment, "seed \(seed)")
  }

  /// Stored by one program, changed by another in between: nothing is mixed.
  @Test func aSecondWriterIsToldAndARetryIsNone() throws {
    let folder = try TemporaryFolder()
    let store = try Store(directory: folder.path)
    let before = try store.insert(
      coreAssessment { item, _ in oriented(1, item) }, questionnaire: StorageTests.questionnaire, at: noon)
    let event = Self.at(1, .entrusted(keeper: "Ana"))
    let after = try store.append(plan: [event], to: before, at: noon)
    #expect(try store.append(plan: [event], to: before, at: noon).assessment == after.assessment)
    #expect(try store.open("TEST").assessment.planEvents == [event])
    #expect(throws: StoreError.self) {
      try store.append(plan: [Self.at(1, .entrusted(keeper: "Ben"))], to: before, at: noon)
    }
    #expect(throws: StoreError.self) { try store.append([.parked("x")], to: before, at: noon) }
    try store.delete(["TEST"])
    #expect(try store.queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM plan_event") } == 0)
  }

  // MARK: Checks

  @Test func checksAreAfterOneThreeAndSixWeeksThenMonthly() throws {
    let thursday = try #require(Day("2026-09-17"))
    let calendar = CheckCalendar(from: thursday)
    #expect(
      calendar.days.map(\.description) == [
        "2026-09-24", "2026-10-08", "2026-10-29", "2026-11-27", "2026-12-28", "2027-01-27", "2027-02-26",
      ])
    #expect(calendar.review.description == "2027-03-18")
    for offset in 0..<30 {
      let days = CheckCalendar(from: thursday.adding(days: offset)).days
      #expect(days.allSatisfy { !$0.isWeekend } && days == days.sorted())
    }
  }

  /// Held on these days after day 0; the next one is due.
  @Test(
    arguments: [
      ([], "2026-09-24"), ([3], "2026-09-24"), ([5], "2026-10-08"), ([7], "2026-10-08"), ([12], "2026-10-08"),
      ([7, 18], "2026-10-29"), ([7, 17], "2026-10-08"), ([60], "2026-11-27"), ([159], nil), ([300], nil),
    ] as [([Int], String?)])
  func theNextCheckIsTheFirstBehindTheLast(held: [Int], next: String?) throws {
    let thursday = try #require(Day("2026-09-17"))
    let day = CheckCalendar(from: thursday).next(after: held.map { thursday.adding(days: $0) })
    #expect(day?.description == next)
  }

  @Test func aCheckIsDueOnlyWhereSomethingIsOpen() {
    var assessment = coreAssessment { item, _ in oriented(1, item) }
    #expect(assessment.nextCheck == nil)
    assessment.commitments = [Self.two[0]]
    #expect(assessment.nextCheck == nil)
    assessment.finishedAt = noon
    #expect(assessment.nextCheck == noon.day.adding(days: 7).orWorkingDayBefore)
    assessment.planEvents = [Self.at(7, .heard([Hearing(entry: "a", answer: .done, day: noon.day)]))]
    #expect(assessment.nextCheck == nil)
  }

  // MARK: Documents

  @Test func aPlanThatWasWorkedOnTravels() throws {
    var assessment = coreAssessment { item, _ in oriented(1, item) }
    assessment.commitments = Self.two
    assessment.finishedAt = noon
    assessment.planEvents = (1...30).flatMap { randomPlanEvents(UInt64($0)) }
    let written = AssessmentDocument.write(
      assessment, questionnaire: outsideIn.questionnaire, definition: .null)
    let read = try readDocument(written.text(), assessment.questionnaire, newID: "NEW")
    #expect(read == assessment)
  }

  /// What is wrong in a plan's history is told by its place.
  @Test(
    arguments: [
      (#"{"kind":"wished","at":"2026-01-15T12:00:00Z"}"#, "$.plan.history[0].kind"),
      (#"{"kind":"undone"}"#, "$.plan.history[0].at"),
      (
        #"{"kind":"heard","at":"2026-01-15T12:00:00Z","hearings":[{"entry":"zz","answer":"done","day":"2026-01-15"}]}"#,
        "$.plan.history[0].hearings[0].entry"
      ),
      (#"{"kind":"undone","at":"2026-01-15T12:00:00Z","by":"Ana"}"#, "$.plan.history[0].by"),
      (
        #"{"kind":"kept","at":"2026-01-15T12:00:00Z","entries":[{"id":"a","isCommitment":true,"title":" "}]}"#,
        "$.plan.history[0].entries[0].title"
      ),
      (
        #"{"kind":"heard","at":"2026-01-15T12:00:00Z","hearings":[{"entry":"a","answer":"fine","day":"2026-01-15"}]}"#,
        "$.plan.history[0].hearings[0].answer"
      ),
      (
        #"{"kind":"kept","at":"2026-01-15T12:00:00Z","entries":[{"id":"a\u001b","isCommitment":true,"title":"T"}]}"#,
        "$.plan.history[0].entries[0].id"
      ),
      (#"{"kind":"freed","at":"2026-01-15T12:00:00Z","daysPerMonth":-1}"#, "$.plan.history[0].daysPerMonth"),
      (
        #"{"kind":"handedOver","at":"2026-01-15T12:00:00Z","from":"","to":"Ana"}"#, "$.plan.history[0].from"
      ),
    ])
  func whatIsWrongInAPlanIsToldByItsPlace(event: String, path: String) throws {
    let assessment = coreAssessment { _, _ in nil }
    let written = AssessmentDocument.write(
      assessment, questionnaire: outsideIn.questionnaire, definition: .null
    ).text()
    let text = written.dropLast() + #","plan":{"history":[\#(event)]}}"#
    do throws(JSONError) {
      _ = try readDocument(String(text), assessment.questionnaire, newID: "NEW")
      Issue.record("it was taken")
    } catch {
      #expect(error.path == path)
    }
  }

  /// Two copies of one assessment: the plan goes on where one of them has it, and where both went on, neither is lost.
  @Test func aPlanComesBackFromAnotherLaptop() throws {
    var here = coreAssessment { item, _ in oriented(1, item) }
    here.commitments = Self.two
    var there = here
    let events = (0..<3).map { Self.at($0, .entrusted(keeper: "P\($0)")) }
    here.planEvents = [events[0]]
    there.planEvents = events
    #expect(
      try merge(there, into: here, questionnaire: outsideIn.questionnaire).planEvents
        == Array(events.dropFirst()))
    #expect(try merge(here, into: there, questionnaire: outsideIn.questionnaire).planEvents.isEmpty)
    here.planEvents.append(Self.at(9, .checked(on: noon.day)))
    #expect(throws: MergeProblem.plansParted) {
      try merge(there, into: here, questionnaire: outsideIn.questionnaire)
    }
  }
}
