import AssessmentModel
import Foundation
import GRDB
import Storage
import Testing

/// A round of voting, killed or failed at by every system call that stores something: the votes that were cast are
/// there, and the workshop goes on in that round. It needs `strace`; `OUTSIDE_IN_SWEEP=full` takes every call.
@Suite(.serialized) struct WorkshopSweepTests {
  /// What the screen called done, one after the other.
  enum Step: Int, Comparable {
    case begun, firstVote, secondVote, thirdVote, revealed, opened, counted, settled

    static func < (left: Step, right: Step) -> Bool { left.rawValue < right.rawValue }
  }

  static let three = ["Ana", "Ben", "Cleo"]

  /// Votes, reveals, votes again with cards that are counted, and settles; as far as it comes.
  static func lead(_ terminal: Terminal) -> Step? {
    var done: Step?
    // A fault may strike once in each thread; a store that never takes it again would refuse without end.
    var inARow = 0
    func expect(_ prompt: String, _ step: Step?, then line: String) -> Bool {
      inARow = 0
      while let shown = terminal.wait(forAnyOf: [prompt, "not saved> "]) {
        if shown == prompt {
          done = step ?? done
          terminal.enter(line)
          return true
        }
        inARow += 1
        terminal.enter(inARow > 3 ? "quit" : "")
      }
      return false
    }
    // Trying again works.
    defer { #expect(inARow <= 3) }
    guard expect("yes or no> ", nil, then: "no"), expect("anonymous> ", nil, then: ""),
      expect("Enter goes on> ", .begun, then: ""), expect("kept nowhere> ", nil, then: ""),
      expect("own-who (3 votes)> ", nil, then: "pass"), expect("Ana> ", nil, then: "1"),
      expect("Ben> ", .firstVote, then: "2"), expect("Cleo> ", .secondVote, then: "4"),
      expect("own-who (all 3; Enter reveals)> ", .thirdVote, then: ""),
      expect("own-who (Enter: next)> ", .revealed, then: "goto own-empower"),
      expect("own-empower (3 votes)> ", .opened, then: "0 0 3 0 0"),
      expect("own-empower (Enter: next)> ", .counted, then: "settle 3 seen it"),
      expect("nobody)> ", .settled, then: ""),
      expect("own-empower (settled; Enter: next)> ", .settled, then: "quit")
    else { return done }
    return done
  }

  /// What was called done is there, and no vote that was not given.
  static func check(_ done: Step?, in folder: TemporaryFolder, _ place: Comment) throws {
    let path = folder.file("data/\(Store.fileName)")
    guard let done, FileManager.default.fileExists(atPath: path) else {
      #expect(done == nil, place)
      return
    }
    // A journal that was left behind is played back by opening it.
    let store = try Store(directory: folder.file("data"))
    let stored = try store.open(try store.resolve("last"))
    let assessment = stored.assessment
    let revealed = assessment.lastRound(of: "own-who") != nil
    let hidden = stored.unrevealed.count(of: "own-who")
    let cast = revealed ? 3 : hidden
    let acknowledged = min(3, max(0, done.rawValue))
    #expect(
      (acknowledged...min(3, acknowledged + 1)).contains(cast), "\(cast) of \(acknowledged) votes; \(place)")
    // Revealed as a whole or not at all.
    #expect(!revealed || hidden == 0, place)
    if revealed { #expect(assessment.responses.to("own-who").map(\.level) == [1, 2, 4], place) }
    if done >= .revealed { #expect(revealed, place) }
    if done >= .counted { #expect(assessment.tallies.map(\.counts) == [[0, 0, 3, 0, 0]], place) }
    if done >= .settled { #expect(assessment.settled["own-empower"]?.answer == .level(3), place) }
    let sound = try DatabaseQueue(path: path).read { try String.fetchOne($0, sql: "PRAGMA integrity_check") }
    #expect(sound == "ok", place)
    // And it goes on there.
    guard assessment.position != nil else { return }
    let again = try Terminal(["workshop", assessment.id], in: folder)
    let item = assessment.position ?? ""
    let prompt: String
    if item == "own-who" {
      prompt =
        revealed
        ? "own-who (Enter: next)> "
        : hidden == 0 ? "own-who (3 votes)> " : hidden == 3 ? "own-who (all 3" : "own-who (\(hidden) of 3)> "
    } else {
      prompt = "own-empower ("
    }
    var shown = again.wait(forAnyOf: [prompt, "Enter goes on> "])
    if shown == "Enter goes on> " {
      again.enter()
      again.wait(for: "kept nowhere> ")
      again.enter()
      shown = again.wait(forAnyOf: [prompt])
    }
    #expect(shown == prompt, place)
    again.enter("quit")
    #expect(again.waitForEnd() == 0, place)
  }

  static let faults = SweepTests.calls.flatMap { call in
    call == "write" ? [(call, SweepTests.Fault.kill)] : SweepTests.Fault.allCases.map { (call, $0) }
  }

  @Test(.enabled(if: SweepTests.canTrace), arguments: faults)
  func aRoundSurvives(call: String, fault: SweepTests.Fault) throws {
    var number = 1
    var runs = 0
    while true {
      let folder = try TemporaryFolder()
      let log = folder.file("trace")
      let terminal = try Terminal(
        ["workshop", "--organization", "A", "--team", "B", "--customers", "customer", "--minutes", "60"]
          + Self.three.flatMap { ["--rater", $0] }, in: folder,
        under: [
          SweepTests.strace, "-f", "-qq", "-o", log, "-e", "trace=\(call)", "-e",
          "inject=\(call):\(fault.rawValue):when=\(number)",
        ])
      let done = Self.lead(terminal)
      _ = terminal.waitForEnd()
      runs += 1
      try Self.check(
        done, in: folder,
        "\(call) \(number) with \(fault.rawValue), after \(done.map { "\($0)" } ?? "nothing")")
      let trace = try String(contentsOfFile: log, encoding: .utf8)
      if !trace.contains("INJECTED") && !trace.contains("SIGKILL") { break }
      number +=
        SweepTests.isFull ? 1 : ["pwrite64": 97, "fdatasync": 23, "ftruncate": 11, "write": 43][call] ?? 1
    }
    #expect(runs > 1)
    print("workshop, \(call) with \(fault.rawValue): \(runs) runs")
  }
}
