import AssessmentModel
import Foundation
import Testing

/// A workshop at a pseudo-terminal, as the room sees it.
@Suite struct WorkshopTerminalTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Nine people over the core: two splits, a vote again, a settlement with a reason, somebody late, somebody away, a
  /// question that nobody understands, and a closing with dots.
  @Test func nineVoteTheirWayToACommitment() throws {
    let terminal = try beginWorkshop(in: folder)
    func next(_ line: String, at prompt: String) {
      terminal.wait(for: prompt)
      terminal.enter(line)
    }
    terminal.enter("0 4 0 4 1")
    #expect(terminal.wait(for: "own-who (Enter: next)> ").contains("You are apart."))
    terminal.enter("revote")
    next("0 1 3 5 0", at: "own-who (round 2, 9 votes)> ")
    next("settle 4", at: "next)> ")
    next("Because Ben has seen it", at: "drops it)> ")
    next("we never did", at: "nobody)> ")
    next("", at: "own-who (settled; Enter: next)> ")
    next("document minutes of March", at: "own-who evidence> ")
    next("pass", at: "own-empower (9 votes)> ")
    for (place, rater) in nine.enumerated() { next("\(place % 2 * 3)", at: "\(rater.name)> ") }
    next("", at: "own-empower (all 9; Enter reveals)> ")
    #expect(terminal.wait(for: "next)> ").contains("You are apart."))
    terminal.enter()
    next("unclear what a contact is", at: "emo-feel (9 votes)> ")
    next("away Ana", at: "ant-early (9 votes)> ")
    next("join Kim, Sales", at: "ant-early (8 votes)> ")
    next("0 8 0 0 0", at: "ant-early (8 votes)> ")
    next("", at: "next)> ")
    // Time is left for an area in depth.
    var asked = ["own-who", "own-empower", "emo-feel", "ant-early"]
    while let shown = terminal.wait(forAnyOf: [
      "(9 votes)> ", "evidence> ", "(Enter: next)> ", "(Enter: none)> ", "What they expect> ",
    ]) {
      if shown == "What they expect> " { break }
      if shown == "(9 votes)> " {
        asked.append("")
        terminal.enter("0 2 4 3 0")
      } else {
        terminal.enter()
      }
    }
    #expect(asked.count == 16)
    for line in [
      "An answer the same day", "yes", "6 2", "Waiting for the fitter", "-1", "A window of one hour",
    ] {
      terminal.enter(line)
    }
    next("", at: "finish> ")
    #expect(terminal.wait(for: "tells more> ").firstMatch(of: /Voted [0-9.]+, settled [0-9.]+/) != nil)
    terminal.enter()
    next("2", at: "cur-size> ")
    next("2:4 5:6 7:3", at: "dots> ")
    next("", at: "(3 to go)> ")
    for name in ["Cleo", "Zoe"] { next(name, at: "changes a line> ") }
    next("Dan", at: "Who asks? (Enter leaves it as it is)> ")
    next("Kim", at: "changes a line> ")
    // Why it was settled, dissent and evidence are read back, and the room lets them out.
    next("all", at: "y or n> ")
    next("", at: "cur-sector> ")
    next("yes", at: "or another name> ")
    #expect(terminal.waitForEnd() == 0)
    let plans = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
      $0.hasPrefix("outside-in-plan-acme")
    }
    let plan = try String(contentsOfFile: folder.file(try #require(plans.first)), encoding: .utf8)
    #expect(plan.contains("Zoe, to be asked by Dan") && plan.contains("Because Ben has seen it"))
    let document = try JSONValue(parsing: run(["export", "last"], in: folder).output.utf8)
    #expect(document["setting"] == .string("workshop"))
    #expect(document["teamEvidence"].list.count == 1 && document["finishedAt"] != .null)
    // What is exported comes in again, and goes out the same.
    let other = try TemporaryFolder()
    let text = try run(["export", "last"], in: folder).output
    #expect(try run(["import", "-"], input: text, in: other).status == 0)
    #expect(try run(["export", "last"], in: other).output == text)
  }

  // MARK: Coming back

  /// The window is closed in the middle of a round: the votes that were cast are there, and it goes on with who is next.
  @Test func aClosedWindowKeepsTheRound() throws {
    let first = try beginWorkshop(in: folder)
    first.enter("0 4 0 4 1")
    first.wait(for: "next)> ")
    first.enter("revote")
    first.wait(for: "own-who (round 2, 9 votes)> ")
    first.enter("goto own-empower")
    first.wait(for: "own-empower (9 votes)> ")
    pass(nine.prefix(4), "2", at: first)
    first.wait(for: "Eve> ")
    first.hangUp()
    #expect(first.status == 129)
    // Whatever leads back into it leads into the workshop, at its question and round.
    let id = try #require(
      try run(["list", "--format", "json"], in: folder).output.firstMatch(of: /"id": ?"([^"]+)"/)?.1)
    for arguments in [
      ["workshop", String(id)], ["assess", "--resume"], ["assess", "--resume", String(id)],
    ] {
      let again = try Terminal(arguments, in: folder)
      #expect(again.wait(for: "own-empower (4 of 9)> ").contains("own-empower"))
      again.enter("goto own-who")
      again.wait(for: "own-who (round 2, 9 votes)> ")
      again.enter("goto own-empower")
      again.wait(for: "own-empower (4 of 9)> ")
      quit(again)
    }
    for line in ["", "open last"] {
      let home = try Terminal([], in: folder)
      home.wait(for: "outside-in> ")
      home.enter(line)
      home.wait(for: "own-empower (4 of 9)> ")
      quit(home)
    }
    // Another one is begun only where that is said.
    for isHome in [true, false] {
      let asked = try Terminal(isHome ? [] : ["workshop"], in: folder)
      if isHome {
        asked.wait(for: "outside-in> ")
        asked.enter("workshop")
      }
      asked.wait(for: "A workshop is open: Acme, All.")
      asked.wait(for: "new begins another> ")
      asked.enter()
      asked.wait(for: "own-empower (4 of 9)> ")
      quit(asked)
    }
    let last = try Terminal(["workshop", String(id)], in: folder)
    last.wait(for: "own-empower (4 of 9)> ")
    pass(nine.dropFirst(4), "1", at: last)
    last.wait(for: "own-empower (all 9; Enter reveals)> ")
    last.enter()
    #expect(last.wait(for: "next)> ").contains("9 votes"))
    quit(last)
  }

  @Test func anInterviewIsNoWorkshop() throws {
    _ = try run(["import", "-"], input: CommandTests.document(1), in: folder)
    let terminal = try Terminal(["workshop", "A1"], in: folder)
    #expect(terminal.waitForEnd() == 65)
    #expect(terminal.screen.contains("is answered alone"))
  }

  // MARK: The terminal

  @Test(arguments: [SIGTERM, SIGHUP])
  func aSignalWhileKeysAreHiddenLeavesTheTerminalAsItWas(signal: Int32) throws {
    let terminal = try Terminal(workshopArguments(), in: folder)
    let before = terminal.settings
    terminal.wait(for: "yes or no> ")
    terminal.enter("no")
    for prompt in ["anonymous> ", "Enter goes on> ", "kept nowhere> "] {
      terminal.wait(for: prompt)
      terminal.enter()
    }
    terminal.wait(for: "own-who (9 votes)> ")
    terminal.enter("pass")
    terminal.wait(for: "Ana> ")
    terminal.type("3")
    terminal.signal(signal)
    #expect(terminal.waitForEnd() == 128 + signal)
    #expect(terminal.settings == before)
  }

  /// Ctrl-C ends the keyboard's round with what was given, and the next one begins with who is missing; Ctrl-D leaves.
  @Test func keysThatInterruptKeepTheVotes() throws {
    let terminal = try beginWorkshop(in: folder)
    terminal.enter("pass")
    terminal.wait(for: "Ana> ")
    terminal.enter("3")
    terminal.wait(for: "Ben> ")
    terminal.type("2\u{3}")
    terminal.wait(for: "1 of 9 votes are in")
    terminal.wait(for: "own-who (1 of 9)> ")
    terminal.enter("pass")
    terminal.wait(for: "Ben> ")
    terminal.type("\u{4}")
    #expect(terminal.waitForEnd() == 0)
  }

  /// A line whose time has come stands above what is being typed, which stays as it is.
  @Test(arguments: ["dumb", "xterm-256color"])
  func aReminderLeavesTheLineAlone(terminalName: String) throws {
    let terminal = try beginWorkshop(in: folder, environment: ["TERM": terminalName])
    terminal.enter("time 1s")
    terminal.wait(for: "0:01 from now.")
    terminal.type("0 4 0")
    terminal.wait(for: "Time is over.")
    terminal.wait(for: "0 4 0")
    terminal.type(" 4 1\r")
    terminal.wait(for: "own-who   round 1   9 votes")
    quit(terminal)
  }

  @Test func twoProgramsOnOneWorkshop() throws {
    let first = try beginWorkshop(in: folder)
    let second = try Terminal(["assess", "--resume"], in: folder)
    #expect(second.waitForEnd() == 75)
    quit(first)
  }
}
