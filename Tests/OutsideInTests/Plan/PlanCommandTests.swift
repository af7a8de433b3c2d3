import AssessmentModel
import Foundation
import GRDB
import Testing

@testable import Storage

/// The plan by command, in the real program.
@Suite struct PlanCommandTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    _ = try run("import", "-", input: Self.document)
  }

  @discardableResult
  func run(_ arguments: String..., input: String = "") throws -> Run {
    try OutsideInTests.run(arguments, input: input, in: folder)
  }

  static let commitments = #"""
    ,"finishedAt":"2026-01-15T11:00:00Z","commitments":[
     {"action":"ant-early-2","title":"A notice whenever we are late","owner":"Ana","firstStep":"Ring","by":"2026-01-22","due":"2026-02-20","done":"Seven say so","stop":"Guessing"},
     {"action":"own-1","title":"Walk the way","owner":"","firstStep":"","by":"2026-01-21","done":"","stop":""}]
    """#

  static let document = CommandTests.document(1, extra: commitments).replacing(
    "\"responses\":[",
    with:
      "\"responses\":[{\"item\":\"met-list\",\"rater\":null,\"value\":[{\"name\":\"Calls\",\"unit\":\"calls\",\"baseline\":31}]},"
  )

  func plan() throws -> JSONValue {
    try JSONValue(parsing: run("plan", "A1", "--format", "json").output.utf8)
  }

  /// One line by options, and what the plan says then.
  @Test func aLineIsChangedByOptions() throws {
    let changed = try run(
      "plan", "edit", "A1", "2", "--owner", "Ben", "--first-step", "Walk it", "--due", "2026-03-02",
      "--effort", "3")
    #expect(
      changed.status == 0 && changed.errors.contains("Kept: “Walk the way”: owner nobody → Ben"),
      "\(changed.errors)")
    let line = try plan()["commitments"].list[1]
    #expect(
      line["owner"].text == "Ben" && line["due"].text == "2026-03-02" && line["firstStep"].text == "Walk it")
    let own = try run(
      "plan", "edit", "A1", "--add", "Buy a bell", "--owner", "Cy", "--capacity", "4", "--keeper", "Dan")
    #expect(own.status == 0, "\(own.errors)")
    let plan = try plan()
    #expect(
      plan["capacityDays"] == .integer(48) && plan["keeper"].text == "Dan"
        && plan["isCapacityKnown"] == .bool(true))
    #expect(plan["actions"].list.contains { $0["title"].text == "Buy a bell" && $0["owner"].text == "Cy" })
    #expect(try run("plan", "edit", "A1", "2", "--owner", "Ben").errors.contains("so already"))
    // The assessment is as finished as before.
    #expect(try run("list", "--format", "json").output.contains("\"finishedAt\": \"2026-01-15T11:00:00Z\""))
  }

  /// What can't be done, with its status and what is told.
  @Test(
    arguments: [
      (["edit", "A1"], 64, "there is none here"), (["edit", "A1", "2"], 64, "What of it"),
      (["edit", "A1", "--owner", "Ben"], 64, "Which line"),
      (["edit", "A1", "99", "--owner", "Ben"], 66, "no line \"99\""),
      (["edit", "A1", "1", "--due", "soon"], 64, "--due"),
      (["edit", "A1", "1", "--status", "nearly"], 64, "nearly"),
      (["edit", "A1", "--capacity", "some"], 64, "--capacity"),
      (["edit", "ZZ", "1", "--owner", "Ben"], 66, "ZZ"),
      (["handover", "A1", "Zoe", "Ben"], 66, "Zoe sees to nothing here"),
      (["handover", "A1", "Ana", "ana"], 64, "two people"),
      (["import", "none.csv", "--into", "A1"], 66, "none.csv"),
      (["check", "ZZ"], 66, "ZZ"),
    ] as [([String], Int32, String)])
  func whatCantBeDoneIsTold(arguments: [String], status: Int32, words: String) throws {
    let run = try OutsideInTests.run(["plan"] + arguments, in: folder)
    #expect(run.status == status && run.errors.contains(words), "\(run.status) \(run.errors)")
    #expect(try self.run("plan", "history", "A1").output.contains("Nothing yet"))
  }

  @Test func everythingCanBeTakenBack() throws {
    let before = try run("plan", "A1").output
    try run("plan", "edit", "A1", "1", "--status", "doing")
    try run("plan", "handover", "A1", "Ana", "nobody")
    let handed = try run("plan", "A1").output
    #expect(handed.contains("nobody has said yes") && handed.contains("(until "))
    let undo = try run("plan", "undo", "A1")
    #expect(undo.errors.contains("Taken back: all of Ana's handed over to nobody"), "\(undo.errors)")
    #expect(try run("plan", "undo", "A1").status == 0)
    #expect(try run("plan", "A1").output == before)
    #expect(try run("plan", "undo", "A1").errors.contains("nothing to take back"))
    try run("plan", "redo", "A1")
    try run("plan", "redo", "A1")
    #expect(try run("plan", "A1").output == handed)
    // What it was at the end of the session stays readable.
    #expect(try run("plan", "A1", "--original").output == before)
    #expect(try run("plan", "history", "A1").output.contains("all of Ana's handed over to nobody"))
  }

  @Test func ownersAreToldByName() throws {
    let owners = try run("plan", "owners", "A1").output
    let order = ["Nobody\n", "2. Walk the way", "Figure: Calls", "Ana\n", "1. A notice whenever"].map {
      owners.firstRange(of: $0)?.lowerBound
    }
    #expect(
      order.allSatisfy { $0 != nil } && order.compactMap { $0 } == order.compactMap { $0 }.sorted(),
      "\(owners)")
    let moved = try run("plan", "handover", "A1", "Ana", "Ben")
    #expect(moved.errors.contains("1 line went from Ana to Ben"), "\(moved.errors)")
    #expect(try run("plan", "owners", "A1").output.contains("Ben\n"))
  }

  @Test func readingsAreKeptBesideTheAnswers() throws {
    #expect(
      try run("metric", "read", "A1", "calls", "28", "--date", "2026-02-01").errors.contains(
        "Calls, 28 calls on Sunday 2026-02-01"))
    let metric = try plan()["metrics"].list[0]
    #expect(metric["readings"].list.map { $0["value"] } == [.integer(28)])
    // In the document it is the plan's, and not among the answers, which are sealed.
    let document = try JSONValue(parsing: run("export", "A1").output.utf8)
    #expect(
      document["plan"]["history"].list.count == 1 && document["finishedAt"].text == "2026-01-15T11:00:00Z")
    #expect(try run("metric", "read", "A1", "promoters", "28").status == 66)
    #expect(try run("metric", "read", "A1", "calls", "few").status == 64)
    #expect(try run("metric", "find", "nps").output.contains("Net Promoter Score"))
    #expect(try run("metric", "find", "zzz").status == 66)
  }

  @Test func aPlanGoesToASpreadsheetAndBack() throws {
    let file = folder.file("plan.csv")
    #expect(try run("plan", "A1", "-o", file).status == 0)
    let written = try String(contentsOfFile: file, encoding: .utf8)
    try written.replacing("late,Ana,", with: "late,Ben,").write(
      toFile: file, atomically: true, encoding: .utf8)
    let refused = try run("plan", "import", file, "--into", "A1")
    #expect(
      refused.status == 64 && refused.output.contains("owner Ana → Ben") && refused.errors.contains("--yes"))
    let taken = try run("plan", "import", file, "--into", "A1", "--yes")
    #expect(taken.status == 0 && taken.errors.contains("Kept: 1 line"), "\(taken.errors)")
    #expect(try plan()["commitments"].list[0]["owner"].text == "Ben")
    // The same file once more was made before that change.
    let again = try run("plan", "import", file, "--into", "A1", "--yes")
    #expect(again.status == 0 && again.errors.contains("says what the plan says"), "\(again.errors)")
    try written.replacing("late,Ana,", with: "late,Cy,").write(
      toFile: file, atomically: true, encoding: .utf8)
    let clash = try run("plan", "import", file, "--into", "A1", "--yes")
    #expect(
      clash.status == 65 && clash.errors.contains("plan.csv:2: “A notice whenever we are late”"),
      "\(clash.errors)")
  }

  @Test func repliesToTheMailGoIn() throws {
    let mail = try run("plan", "check", "A1", "--mail").output
    #expect(mail.contains("Hello Ana,") && mail.contains("[1]: \n"))
    try "> [1]: doing, half of it\n> [2]: Ben\n> [9]: done".write(
      toFile: folder.file("reply.txt"), atomically: true, encoding: .utf8)
    let taken = try run("plan", "import", folder.file("reply.txt"), "--into", "A1", "--yes")
    #expect(
      taken.status == 65 && taken.errors.contains("reply.txt:3: The plan has no line 9"), "\(taken.errors)")
    let lines = try plan()["commitments"].list
    #expect(lines[0]["status"].text == "doing" && lines[1]["owner"].text == "Ben")
    #expect(try run("plan", "history", "A1").output.contains("(Ana: “half of it”)"))
    let nothing = try run("plan", "import", "-", "--into", "A1", "--yes", input: "Thank you all!")
    #expect(nothing.status == 65 && nothing.errors.contains("no answer to a check"))
  }

  @Test func aCheckWithoutATerminalListsWhatIsToBeAsked() throws {
    let check = try run("plan", "check", "A1")
    #expect(
      check.status == 0 && check.output.contains("Nobody has said yes to these")
        && check.output.contains("2. Walk the way"))
  }

  @Test func theCalendarIsAFile() throws {
    let file = folder.file("plan.ics")
    #expect(try run("plan", "A1", "-o", file).status == 0)
    let text = try String(contentsOfFile: file, encoding: .utf8)
    #expect(text.hasPrefix("BEGIN:VCALENDAR\r\n") && text.contains("UID:A1-own-1-first@outside-in"))
    #expect(try run("plan", "A1", "--format", "ics").output == text)
    // An old file is never half a new one.
    #expect(try run("plan", "A1", "-o", "/dev/full", "--format", "ics").status != 0)
  }

  /// A copy on another laptop goes on, and comes back with its history.
  @Test func aPlanTravelsWithItsHistory() throws {
    try run("plan", "edit", "A1", "--keeper", "Dan")
    let document = try run("export", "A1").output
    let there = try TemporaryFolder()
    #expect(try OutsideInTests.run(["import", "-"], input: document, in: there).status == 0)
    _ = try OutsideInTests.run(["plan", "edit", "A1", "2", "--owner", "Ben"], in: there)
    let back = try OutsideInTests.run(["export", "A1"], in: there).output
    #expect(try run("import", "-", input: back).status == 65)
    let merged = try run("import", "-", "--into", "A1", input: back)
    #expect(merged.status == 0 && merged.errors.contains("1 change more"), "\(merged.errors)")
    #expect(try run("export", "A1").output == back)
    // Worked on in both: neither is lost, and it is said.
    try run("plan", "edit", "A1", "--keeper", "Eve")
    _ = try OutsideInTests.run(["plan", "edit", "A1", "--keeper", "Fay"], in: there)
    let parted = try run(
      "import", "-", "--into", "A1", input: OutsideInTests.run(["export", "A1"], in: there).output)
    #expect(parted.status == 65 && parted.errors.contains("worked on in A1 and in"), "\(parted.errors)")
  }

  /// The next plan says what became of the last one, and what of it goes on.
  @Test func theNextPlanHoldsTheLastOneUp() throws {
    try run("plan", "edit", "A1", "2", "--status", "done", "--shown", "a list")
    let next = CommandTests.document(
      2, id: "B2", extra: #","finishedAt":"2026-07-16T11:00:00Z","commitments":[\#(Self.again)]"#
    ).replacing("2026-01-15T09", with: "2026-07-16T09")
    #expect(try run("import", "-", input: next).status == 0)
    let plan = try run("plan", "B2").output.replacing("\n", with: " ")
    #expect(
      plan.contains(
        "The plan of 2026-01-15: 1 of 2 done, with something to show; no question is about it alone; of the 16"
      ),
      "\(plan)")
    #expect(plan.contains("Still open: “A notice whenever we are late” (taken on as 1)."))
    let ledger = try JSONValue(parsing: run("compare", "A1", "B2", "--format", "json").output.utf8)["ledger"]
    #expect(
      ledger["done"] == .integer(1) && ledger["shown"] == .integer(1)
        && ledger["untouched"]["rose"] == .integer(16))
  }

  private static let again =
    #"{"action":"ant-early-2","title":"A notice","owner":"Ana","firstStep":"Ring","by":"2026-07-22","done":"","stop":""}"#

  @Test func theExampleFirmsPlanFitsOnAPage() throws {
    try run("demo")
    let data = folder.file("data/demo")
    let plan = try run("plan", "DEMO-LINDGREN-2026-NOVEMBER", "--data-dir", data).output
    let lines = plan.split(separator: "\n", omittingEmptySubsequences: false)
    let first = try #require(lines.firstIndex(of: "APPENDIX"))
    #expect(first <= 60 && !plan.contains("nobody has said yes"))
    #expect(plan.contains("2 of 3 done, one of them with something to show"))
    let compared = try run("compare", "--data-dir", data).output
    #expect(
      compared.contains(
        "2 of 3 done, one of them with something to show; their questions: 2 of 2 rose;\nof the 12 nobody worked on, 11 rose."
      ))
    #expect(compared.contains("Calls asking where the fitter is: 38 → 28 calls"))
  }

  // MARK: At a terminal

  /// Killed right behind "saved": it is there, and can be taken back in the next run.
  @Test func aKillLosesNothingThatWasKept() throws {
    let terminal = try Terminal(["plan", "edit", "A1"], in: folder)
    terminal.wait(for: "our guess of 5)> ")
    terminal.enter("4")
    terminal.wait(for: "a name> ")
    terminal.enter("Dan")
    terminal.wait(for: "plan> ")
    terminal.enter("2")
    terminal.wait(for: "said yes yet)\r\n> ")
    terminal.enter("Ben")
    terminal.wait(for: "Ben sees to it.")
    terminal.signal(SIGKILL)
    #expect(terminal.waitForEnd() == -SIGKILL)
    #expect(try plan()["commitments"].list[1]["owner"].text == "Ben")
    #expect(try run("plan", "undo", "A1").errors.contains("owner nobody → Ben"))
    #expect(try plan()["commitments"].list[1]["owner"].text == "")
    #expect(try plan()["keeper"].text == "Dan")
  }

  @Test func twoProgramsDontWorkOnOnePlan() throws {
    let terminal = try Terminal(["plan", "edit", "A1"], in: folder)
    terminal.wait(for: "our guess of 5)> ")
    let second = try run("plan", "edit", "A1", "2", "--owner", "Ben")
    #expect(second.status == 75 && second.errors.contains("is open in another window"), "\(second.errors)")
    terminal.type("\u{4}")
    #expect(terminal.waitForEnd() == 0)
  }

  /// Home says what is to be checked, and its prompt leads there and back.
  @Test func homeRemindsOfACheck() throws {
    // As if it had been finished a week ago.
    let store = try Store(directory: folder.file("data"))
    let today = Int(Date().timeIntervalSince1970) / 86_400
    try store.queue.write { db in
      try db.execute(
        sql: "UPDATE assessment SET finished_at = ?, next_check = ?",
        arguments: [(today - 8) * 86_400, today - 1])
    }
    let terminal = try Terminal([], in: folder)
    let home = terminal.wait(for: "outside-in> ")
    #expect(home.contains("The plan of Acme is to be checked since") && home.contains("plan check A1"))
    terminal.enter("plan check A1")
    terminal.wait(for: "Enter leaves it")
    terminal.enter("Ben")
    terminal.wait(for: "has gone by")
    terminal.enter("in 3 weeks")
    terminal.wait(for: "or another day")
    terminal.enter()
    terminal.wait(for: "not heard> ")
    terminal.enter("doing so")
    terminal.wait(for: "The figure now")
    terminal.enter("28")
    terminal.wait(for: "Checked.")
    #expect(!terminal.wait(for: "outside-in> ").contains("is to be checked"))
    terminal.enter("quit")
    #expect(terminal.waitForEnd() == 0)
  }
}
