import AssessmentModel
import Planning
import Reporting
import Testing

@testable import Shell

/// The plan at a prompt, over scripts: what is typed on which day, what the screen says, and what is kept.
@Suite struct PlanShellTests {
  /// Finished, with three commitments, one of which nobody has said yes to, a moment with a redesign and a figure.
  static var finished: Assessment {
    var assessment = PlanningTests.written(["Tell me before you are late"], ["The bill"])
    assessment.finishedAt = noon
    assessment.commitments = [
      commitment("expectation-1", "Tell customers before we are late", "Ana"),
      commitment("own-1", "Walk the way of one order", "Ben"),
      commitment("moment-1", "Go through the bill", ""),
    ]
    let key = Response.Key(item: "met-list", rater: nil)
    assessment.responses[key] = Response(
      key: key,
      answer: .answered(
        .metrics([
          Metric(
            name: "Calls asking where it is", unit: "calls", better: .down, baseline: 31, target: 10,
            owner: "Ana",
            cadence: "weekly")
        ])))
    return assessment
  }

  private static func commitment(_ id: String, _ title: String, _ owner: String) -> Commitment {
    Commitment(
      action: id, title: title, owner: owner, firstStep: "Ring three", by: noon.day.adding(days: 5),
      due: noon.day.adding(days: 40), done: "Seven of ten say so", stop: "Guessing")
  }

  typealias Holds = @Sendable (PlanEntry) -> Bool

  static let firstQuestions = ["", ""]

  // MARK: Editing

  @Test func capacityAndKeeperAreAskedOnce() throws {
    let (screens, _, assessment) = try workOnPlan(
      of: Self.finished, [.edit(0, ["4", "Cy", "quit"]), .edit(1, ["quit"])])
    #expect(
      screens[0].contains("How many days a month can you really free") && screens[0].contains("our guess"))
    #expect(screens[0].contains("Kept: 4 days a month.") && screens[0].contains("Cy keeps the plan"))
    #expect(!screens[1].contains("days a month"))
    #expect(assessment.keptPlan.daysPerMonth == 4 && assessment.keptPlan.keeper == "Cy")
  }

  /// What is typed at a line, and what becomes of it.
  static let changes: [([String], Holds)] = [
    (["1", "Ben"], { $0.owner == "Ben" }), (["1", "nobody"], { !$0.isNamed }),
    (["1", "1", "Ring first", ""], { $0.title == "Ring first" }),
    (["1", "2", "Ring two", ""], { $0.firstStep == "Ring two" }),
    (["1", "3", "20 Jan", "", ""], { $0.by?.description == "2026-01-20" }),
    (["1", "4", "in 3 weeks", "", ""], { $0.due == noon.day.adding(days: 21) }),
    (["1", "5", "Eight say so", ""], { $0.done == "Eight say so" }),
    (["1", "6", "Hoping", ""], { $0.stop == "Hoping" }),
    (["1", "7", "Calls asking where it is", ""], { $0.metric == "Calls asking where it is" }),
    (["1", "8", "7 days", ""], { $0.effortDays == 7 }),
    (
      ["1", "9", "stuck no van", "Cy", "20 Jan", "", ""],
      { $0.status == .stuck && $0.blocks == "no van" && $0.helps == "Cy" }
    ),
    (["1", "9", "done", "Ten rang back", ""], { $0.status == .done && $0.shown == "Ten rang back" }),
    (["1", "9", "dropped", "", "1", "9", "open", ""], { $0.status == .open }),
    (["1", "10", ""], { !$0.isCommitment }), (["1", "Ben", "undo"], { $0.owner == "Ana" }),
    (["1", "Ben", "undo", "redo"], { $0.owner == "Ben" }),
  ]

  @Test(arguments: changes.indices)
  func aLineIsChanged(place: Int) throws {
    let (script, holds) = Self.changes[place]
    let (screens, consoles, assessment) = try workOnPlan(
      of: Self.finished, [.edit(0, Self.firstQuestions + script + ["quit"])])
    let entry = try #require(assessment.keptPlan.entry("expectation-1"))
    #expect(holds(entry), "\(entry) \(screens[0].suffix(1500))")
    #expect(
      consoles[0].isSpent && screens[0].hasSuffix("Everything is saved.\n"), "\(screens[0].suffix(600))")
    #expect(assessment.finishedAt == noon)
  }

  @Test func whatIsProposedIsTakenUpByItsNumber() throws {
    let (screens, _, assessment) = try workOnPlan(
      of: Self.finished, [.edit(0, Self.firstQuestions + ["4", "Dan", "add Buy a bell", "Eve", "", "quit"])])
    let plan = assessment.keptPlan
    #expect(plan.entries.count == 5 && plan.entries[3].owner == "Dan" && !plan.entries[3].isCommitment)
    #expect(
      plan.entries[4].id == "own-2" && plan.entries[4].title == "Buy a bell" && plan.entries[4].owner == "Eve"
    )
    #expect(screens[0].contains("Proposed; a number takes one up"))
  }

  /// Whoever changes one of the program's proposals has looked at all three.
  @Test func theProgramsCommitmentsAreTakenUpTogether() throws {
    var assessment = Self.finished
    assessment.commitments = nil
    let (_, _, after) = try workOnPlan(
      of: assessment, [.edit(0, Self.firstQuestions + ["2", "Ana", "quit"])])
    #expect(after.keptPlan.commitments.count == 3)
    #expect(after.keptPlan.commitments.map(\.owner) == ["", "Ana", ""])
  }

  @Test(
    arguments: [
      ("frobnicate", "is no command and no line"), ("99", "is no command and no line"),
      ("read 5", "There is no figure"),
      ("capacity many", "many"), ("keeper me", "a name, please"), ("undo", "There is nothing to take back"),
      ("redo", "There is nothing to bring again"), ("figures 7", "There is no figure 7"),
    ])
  func whatCantBeUsedIsTold(line: String, words: String) throws {
    let (screens, _, _) = try workOnPlan(of: Self.finished, [.edit(0, Self.firstQuestions + [line, "quit"])])
    #expect(screens[0].contains(words), "\(screens[0].suffix(500))")
  }

  @Test func figuresComeFromTheLibraryAndAreRead() throws {
    let (screens, _, assessment) = try workOnPlan(
      of: Self.finished,
      [
        .edit(
          0,
          Self.firstQuestions + [
            "figures complaints", "#1?", "#1", "3", "2", "complaints book", "Cy", "read calls 28 on 10 Jan",
            "figures", "Own count", "jobs", "", "", "", "", "", "", "", "", "quit",
          ])
      ])
    let plan = assessment.keptPlan
    let metrics = plan.metrics(assessment.metrics(in: outsideIn.questionnaire))
    #expect(metrics.count == 3, "\(screens[0].prefix(5200))")
    try #require(metrics.count == 3)
    #expect(metrics[0].latest == Metric.Reading(date: Day("2026-01-10")!, value: 28))
    #expect(metrics[1].formula != nil && metrics[1].baseline == 3 && metrics[1].owner == "Cy")
    #expect(metrics[2].name == "Own count" && metrics[2].unit == "jobs")
    #expect(screens[0].contains("What can go wrong:"))
  }

  // MARK: Checking

  @Test func aCheckTakesEachLineInTurn() throws {
    let (screens, _, assessment) = try workOnPlan(
      of: Self.finished,
      [
        .check(
          7,
          ["Dan", "doing half of the list is there", "done", "Two orders walked, the list hangs in the hall"])
      ])
    let plan = assessment.keptPlan
    #expect(plan.entry("moment-1")?.owner == "Dan")
    #expect(plan.entry("expectation-1")?.status == .doing)
    #expect(plan.lastHeard("expectation-1")?.words == "half of the list is there")
    #expect(plan.entry("own-1")?.shown == "Two orders walked, the list hangs in the hall")
    #expect(plan.checks == [noon.day.adding(days: 7)])
    // Nobody has said yes: that comes first. The first check reads no figures.
    let order = ["3. Go through the bill", "1. Tell customers", "2. Walk the way"].map {
      screens[0].firstRange(of: $0)!.lowerBound
    }
    #expect(order == order.sorted())
    #expect(screens[0].contains("It is done when: Seven of ten say so What shows it"))
    #expect(!screens[0].contains("The figure now"))
    #expect(screens[0].contains("Checked. 2 lines are open. Next check on Thursday 2026-02-05"))
  }

  @Test func withoutAnythingShownItStandsSo() throws {
    let (screens, _, assessment) = try workOnPlan(
      of: Self.finished, [.check(7, ["", "done", "", "stuck", "no van", "", ""])])
    #expect(assessment.keptPlan.entry("expectation-1")?.status == .done)
    #expect(assessment.keptPlan.entry("expectation-1")?.shown == "")
    #expect(screens[0].contains("Kept: done, nothing shown (Ana)"))
    #expect(assessment.keptPlan.entry("own-1")?.blocks == "no van")
  }

  @Test func laterChecksReadFiguresToo() throws {
    let (screens, _, assessment) = try workOnPlan(
      of: Self.finished, [.check(7, ["", "", ""]), .check(21, ["", "doing", "doing", "28"])])
    #expect(screens[1].contains("Calls asking where it is, never read yet"))
    #expect(
      assessment.keptPlan.metrics(assessment.metrics(in: outsideIn.questionnaire))[0].latest?.value == 28)
  }

  /// Not heard twice: a new name, a smaller step or dropped.
  static let waysOut: [(String, Holds)] = [
    ("name Cy", { $0.owner == "Cy" && $0.formerOwners.map(\.name) == ["Ana"] }),
    ("step Ring one", { $0.firstStep == "Ring one" && $0.by! > noon.day.adding(days: 21) }),
    ("dropped", { $0.status == .dropped }), ("", { $0.owner == "Ana" && $0.status == .open }),
  ]

  @Test(arguments: waysOut.indices)
  func whoIsNotHeardTwiceGetsAWayOut(place: Int) throws {
    let (line, holds) = Self.waysOut[place]
    let (screens, _, assessment) = try workOnPlan(
      of: Self.finished, [.check(7, ["", "", "doing"]), .check(21, ["", "", line, "doing", ""])])
    #expect(!screens[0].contains("A new name, a smaller step"))
    #expect(screens[1].contains("Ana was not heard twice in a row. A new name, a smaller step, or dropped?"))
    let entry = try #require(assessment.keptPlan.entry("expectation-1"))
    #expect(holds(entry), "\(entry)")
  }

  /// What could not be read of a paste is asked again; nothing is passed over.
  @Test func aPasteThatCantBeReadIsAskedAgain() throws {
    let (screens, _, assessment) = try workOnPlan(
      of: Self.finished, [.check(7, ["", "doing", "[2]: stcuk, no van", "stuck no van", "", ""])])
    #expect(screens[0].contains("“stcuk, no van” can't be read as an"))
    #expect(assessment.keptPlan.entry("own-1")?.blocks == "no van" && assessment.keptPlan.checks.count == 1)
  }

  @Test func backLeadsToTheLineBefore() throws {
    let (_, _, assessment) = try workOnPlan(
      of: Self.finished, [.check(7, ["", "doing so", "back", "stuck no van", "", "doing"])])
    #expect(assessment.keptPlan.entry("expectation-1")?.status == .stuck)
    #expect(assessment.keptPlan.entry("own-1")?.status == .doing && assessment.keptPlan.checks.count == 1)
  }

  /// What was taken up is asked for as soon as a day of it has come.
  @Test func actionsAreCheckedToo() throws {
    let (screens, _, _) = try workOnPlan(
      of: Self.finished,
      [
        .edit(0, Self.firstQuestions + ["add Buy a bell", "4", "in 2 weeks", "", "Eve", "", "quit"]),
        .check(7, ["", "doing", "doing"]), .check(21, ["", "doing", "doing", "done it rings"]),
      ])
    #expect(!screens[1].contains("Buy a bell") && screens[2].contains("4. Buy a bell – Eve"))
  }

  /// A command's word is nobody's name, and who is nearly known is asked for.
  @Test(
    arguments: [
      (["1", "history", ""], "Ana", "WHAT HAPPENED"), (["1", "help", ""], "Ana", "Enter leaves it as it is"),
      (["1", "figures", ""], "Ana", "is no name"), (["1", "Anna and Ben", ""], "Ana", "One person, please"),
      (["1", "Benn", "yes"], "Ben", "Ben is known"), (["1", "Benn", ""], "Benn", "Ben is known"),
    ])
  func namesAreNames(script: [String], owner: String, words: String) throws {
    let (screens, _, assessment) = try workOnPlan(
      of: Self.finished, [.edit(0, Self.firstQuestions + script + ["quit"])])
    #expect(
      assessment.keptPlan.entry("expectation-1")?.owner == owner && screens[0].contains(words),
      "\(screens[0].suffix(800))")
  }

  /// What a change of days makes of the proposals is said.
  @Test func otherProposalsAreTold() throws {
    let (screens, _, _) = try workOnPlan(of: Self.finished, [.edit(0, ["4", "", "quit"])])
    #expect(
      screens[0].contains("With that, what is proposed next is another: “A list of allowed exceptions”"))
  }

  /// Left in the middle, it goes on where it was: nobody is asked twice on a day.
  @Test func nobodyIsAskedTwiceOnADay() throws {
    let (screens, _, assessment) = try workOnPlan(
      of: Self.finished, [.check(7, ["", "doing so", "quit"]), .check(7, ["", "doing", "quit"])])
    #expect(assessment.keptPlan.checks == [noon.day.adding(days: 7)])
    #expect(!screens[1].contains("1. Tell customers") && screens[1].contains("2. Walk the way"))
  }

  @Test func aReplyIsPastedAtThePrompt() throws {
    let (screens, _, assessment) = try workOnPlan(
      of: Self.finished, [.check(7, ["", "> [2]: doing, one order is walked\n> [1]: stuck no van", ""])])
    let plan = assessment.keptPlan
    #expect(plan.entry("own-1")?.status == .doing && plan.lastHeard("own-1")?.words == "one order is walked")
    #expect(plan.entry("expectation-1")?.blocks == "no van")
    // Both were taken: neither is asked.
    #expect(!screens[0].contains("2. Walk the way of one order – Ben\n"))
    #expect(plan.checks.count == 1)
  }

  // MARK: Screens

  /// All screens of a plan's half year, as they are kept in `Golden/`.
  @Test(arguments: [40, 80])
  func screensAreAsTheyWereKept(width: Int) throws {
    let (screens, consoles, _) = try workOnPlan(
      of: Self.finished,
      [
        .edit(
          0,
          [
            "4", "Cy", "help", "1", "5", "Eight of ten say so", "", "4", "Dan", "figures", "#1", "1", "", "",
            "", "history", "quit",
          ]),
        .check(7, ["Dan", "doing half of it", ""]),
        .check(
          21, ["stuck", "no van until May", "Cy", "in 2 weeks", "", "", "step Walk one street", "", "28"]),
        .check(42, ["done 18 of 20 heard it first", "dropped it has no use", "doing", "", "26"]),
      ], style: TerminalStyle(width: width))
    for console in consoles { #expect(console.tooWide.isEmpty, "wider than \(width): \(console.tooWide)") }
    try expectAsKept(screens.joined(separator: "\n════\n"), "plan-\(width)")
  }
}
