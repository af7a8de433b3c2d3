import AssessmentModel
import Foundation
import GRDB
import Interview
import Testing

@testable import Storage

/// Votes that nobody has seen yet: nothing of them stands where somebody could look.
@Suite struct WorkshopSecrecyTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Everything that somebody could look at while the votes are not revealed.
  private struct Traces: Equatable {
    var screen: String
    var history: String
    var environment: String
    var arguments: String
  }

  private func traces(pressed: [String], counts: String, wrong: String) throws -> Traces {
    let folder = try TemporaryFolder()
    let terminal = try beginWorkshop(in: folder, environment: ["TERM": "xterm-256color"])
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
      // Stores differ in this.
      try store.queue.write { try $0.execute(sql: "UPDATE secret SET value = zeroblob(16)") }
      let questionnaire = StoredQuestionnaire(
        digests: outsideIn.digests, status: .published, canonical: outsideIn.text,
        items: ScoredItems(of: outsideIn.questionnaire))
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
    let terminal = try beginWorkshop(in: folder)
    pass(nine[...], "3", at: terminal)
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
}
