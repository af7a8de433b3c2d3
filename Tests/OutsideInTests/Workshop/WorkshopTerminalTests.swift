import AssessmentModel
import Foundation
import GRDB
import Interview
import Storage
import Testing

/// A workshop at a pseudo-terminal, as the room sees it.
@Suite struct WorkshopTerminalTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  static let people = nine.flatMap { ["--rater", "\($0.name):\($0.department)"] }

  /// The arguments of a workshop of which only the private questions are left to ask.
  static func arguments(_ more: [String] = []) -> [String] {
    ["workshop", "--organization", "Acme", "--team", "All", "--customers", "customer", "--minutes", "120"]
      + people + more
  }

  /// At the first question.
  private func begin(
    in folder: TemporaryFolder? = nil, anonymous: Bool = false, environment: [String: String] = [:]
  ) throws -> Terminal {
    let terminal = try Terminal(
      Self.arguments(anonymous ? ["--anonymous"] : []), in: folder ?? self.folder, environment: environment)
    terminal.wait(for: "yes or no> ")
    terminal.enter("no")
    if !anonymous {
      terminal.wait(for: "anonymous> ")
      terminal.enter()
    }
    for prompt in ["Enter goes on> ", "kept nowhere> "] {
      terminal.wait(for: prompt)
      terminal.enter()
    }
    terminal.wait(for: "own-who (9 votes)> ")
    return terminal
  }

  private func quit(_ terminal: Terminal) {
    terminal.enter("quit")
    #expect(terminal.waitForEnd() == 0)
  }

  /// Nine people over the core: two splits, a vote again, a settlement with a reason, somebody late, somebody away, a
  /// question that nobody understands, and a closing with dots.
  @Test func nineVoteTheirWayToACommitment() throws {
    let terminal = try begin()
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
    // Why it was settled, dissent and evidence are read back.
    next("", at: "or Enter> ")
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

  // MARK: Before the reveal

  /// Everything that somebody could look at while the votes are not revealed.
  private struct Traces: Equatable {
    var screen: String
    var history: String
    var environment: String
    var arguments: String
  }

  private func traces(pressed: [String], counts: String, wrong: String) throws -> Traces {
    let folder = try TemporaryFolder()
    let terminal = try begin(in: folder, environment: ["TERM": "xterm-256color"])
    terminal.enter("pass")
    for (rater, key) in zip(nine, pressed) {
      terminal.wait(for: "\(rater.name)> ")
      // A key is taken back, and a wrong one is refused without being told.
      terminal.type("4\u{7F}\(key)\r")
      if rater.name == "Ben" { terminal.wait(for: "no answer here") }
      if rater.name == "Ben" {
        terminal.wait(for: "Ben> ")
        terminal.enter(pressed[0])
      }
    }
    terminal.wait(for: "own-who (all 9; Enter reveals)> ")
    // What could be brought back with a key: killed text, the last line, the last argument.
    terminal.type("\u{19}\u{1B}.\u{10}\u{15}")
    terminal.enter("goto own-empower")
    terminal.wait(for: "own-empower (9 votes)> ")
    terminal.enter("cards")
    terminal.wait(for: "leaves it)> ")
    terminal.enter(wrong)
    terminal.wait(for: "That can't be used")
    terminal.wait(for: "leaves it)> ")
    terminal.enter(counts)
    terminal.wait(for: "own-empower (all 9; Enter reveals)> ")
    terminal.type("\u{19}\u{10}\u{15}")
    terminal.enter("result")
    terminal.wait(for: "own-empower (all 9; Enter reveals)> ")
    terminal.enter("review")
    terminal.wait(for: "own-empower (all 9; Enter reveals)> ")
    func process(_ name: String) -> String {
      let bytes = FileManager.default.contents(atPath: "/proc/\(terminal.process)/\(name)") ?? Data()
      return String(decoding: bytes, as: UTF8.self).replacing(folder.path, with: "")
    }
    let (environment, arguments) = (process("environ"), process("cmdline"))
    quit(terminal)
    let history = (try? String(contentsOfFile: folder.file("data/history"), encoding: .utf8)) ?? ""
    let screen = terminal.screen.replacing(/saved \d\d:\d\d/, with: "saved").replacing(folder.path, with: "")
    return Traces(screen: screen, history: history, environment: environment, arguments: arguments)
  }

  @Test func votesLeaveNoTraceBeforeTheReveal() throws {
    let first = try traces(
      pressed: ["0", "x", "1", "2", "3", "?", "-", "0", "0"], counts: "9 0 0 0 0", wrong: "0 1 9")
    let second = try traces(
      pressed: ["4", "y", "3", "3", "1", "4", "4", "2", "-"], counts: "0 2 4 3 0", wrong: "hello")
    #expect(first.screen == second.screen)
    #expect(first.history == second.history)
    #expect(first.environment == second.environment && first.arguments == second.arguments)
    // No window title either.
    #expect(!first.screen.contains("\u{1B}]"))
  }

  /// The same counts from other people in another order: the same store and journal, byte for byte.
  @Test func anonymousVotesLeaveTheSameBytes() throws {
    func files(_ order: [Response.Answer]) throws -> [Data] {
      let folder = try TemporaryFolder()
      let store = try Store(directory: folder.path)
      let questionnaire = StoredQuestionnaire(
        digests: outsideIn.digests, status: .published, canonical: outsideIn.text)
      var stored = try store.insert(
        workshopAssessment(anonymous: true), questionnaire: questionnaire, at: noon)
      func take(_ move: WorkshopMove) throws {
        let workshop = Workshop(
          Interview(questionnaire: outsideIn.questionnaire, rater: nil, session: stored.session),
          unrevealed: stored.unrevealed)
        let changes = try workshop.changes(for: move, at: noon)
        stored = try store.append(changes.events, unrevealed: changes.unrevealed, to: stored, at: noon)
      }
      try take(.convene(minutes: 120, cards: .raised))
      try take(.open)
      for start in stride(from: 0, to: 9, by: 3) { try take(.castUnnamed(Array(order[start..<start + 3]))) }
      func bytes(_ suffix: String) -> Data {
        FileManager.default.contents(atPath: store.path + suffix) ?? Data()
      }
      let before = [bytes(""), bytes("-journal")]
      try take(.reveal)
      return before + [bytes(""), bytes("-journal")]
    }
    let votes: [Response.Answer] =
      [0, 1, 1, 3, 3, 3, 4].map { .answered(.level($0)) } + [.dontKnow, .notApplicable(reason: nil)]
    let first = try files(votes)
    #expect(try files(votes.reversed()) == first)
    #expect(try files(votes.sorted { "\($0)" > "\($1)" }) == first)
    #expect(!first[0].isEmpty)
  }

  /// No answer, no count and no name of a voter stands anywhere on the disk while nobody has seen the vote, but in the
  /// table that is there for it; and once it is revealed, not there either.
  @Test func aRevealLeavesNothingBehindInTheTables() throws {
    let terminal = try begin()
    terminal.enter("pass")
    for rater in nine {
      terminal.wait(for: "\(rater.name)> ")
      terminal.enter("3")
    }
    terminal.wait(for: "(all 9; Enter reveals)> ")
    let queue = try DatabaseQueue(path: folder.file("data/outside-in.sqlite"))
    func count(_ table: String) throws -> Int? {
      try queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table)") }
    }
    #expect(try count("vote") == 9)
    #expect(try run(["export", "last"], in: folder).output.contains("\"responses\": []"))
    #expect(
      try queue.read { try String.fetchAll($0, sql: "SELECT body FROM event") }.allSatisfy {
        !$0.contains("answered")
      })
    terminal.enter()
    terminal.wait(for: "next)> ")
    #expect(try count("vote") == 0)
    quit(terminal)
  }

  // MARK: Coming back

  /// The window is closed in the middle of a round: the votes that were cast are there, and it goes on with who is next.
  @Test func aClosedWindowKeepsTheRound() throws {
    let first = try begin()
    first.enter("0 4 0 4 1")
    first.wait(for: "next)> ")
    first.enter("revote")
    first.wait(for: "own-who (round 2, 9 votes)> ")
    first.enter("goto own-empower")
    first.wait(for: "own-empower (9 votes)> ")
    first.enter("pass")
    for rater in nine.prefix(4) {
      first.wait(for: "\(rater.name)> ")
      first.enter("2")
    }
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
    let last = try Terminal(["workshop", String(id)], in: folder)
    last.wait(for: "own-empower (4 of 9)> ")
    last.enter("pass")
    for rater in nine.dropFirst(4) {
      last.wait(for: "\(rater.name)> ")
      last.enter("1")
    }
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
    let terminal = try Terminal(Self.arguments(), in: folder)
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

  /// Ctrl-C ends the keyboard's round, Ctrl-Z and `fg` bring the same voter's prompt back.
  @Test func keysThatInterruptKeepTheVotes() throws {
    let terminal = try begin()
    terminal.enter("pass")
    terminal.wait(for: "Ana> ")
    terminal.enter("3")
    terminal.wait(for: "Ben> ")
    terminal.type("2\u{3}")
    terminal.wait(for: "1 of 9 votes are in")
    terminal.wait(for: "own-who (1 of 9)> ")
    terminal.enter("pass")
    terminal.wait(for: "Ben> ")
    quit(terminal, at: "Ben> ")
  }

  private func quit(_ terminal: Terminal, at prompt: String) {
    terminal.type("\u{4}")
    #expect(terminal.waitForEnd() == 0)
  }

  /// A line whose time has come stands above what is being typed, which stays as it is.
  @Test(arguments: ["dumb", "xterm-256color"])
  func aReminderLeavesTheLineAlone(terminalName: String) throws {
    let terminal = try begin(environment: ["TERM": terminalName])
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
    let first = try begin()
    let second = try Terminal(["assess", "--resume"], in: folder)
    #expect(second.waitForEnd() == 75)
    quit(first)
  }
}
