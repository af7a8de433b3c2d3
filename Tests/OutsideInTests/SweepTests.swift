import AssessmentModel
import Foundation
import GRDB
import Storage
import Testing

/// An interview of twenty answers, killed or failed by at every system call that stores something. What
/// the screen called saved must be there, and nothing may be called saved that is not.
///
/// The short form takes a few of the calls; `OUTSIDE_IN_SWEEP=full` takes all of them. It needs `strace`.
@Suite(.serialized) struct SweepTests {
  static let isFull = ProcessInfo.processInfo.environment["OUTSIDE_IN_SWEEP"] == "full"
  static let strace = "/usr/bin/strace"
  static let canTrace: Bool = {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: strace)
    process.arguments = ["-o", "/dev/null", "true"]
    return (try? process.run()) != nil
      && {
        process.waitUntilExit()
        return process.terminationStatus == 0
      }()
  }()

  enum Fault: String, CaseIterable, Sendable {
    case kill = "signal=SIGKILL"
    case broken = "error=EIO"
    case full = "error=ENOSPC"
  }

  static let calls = ["pwrite64", "fdatasync", "ftruncate", "unlink", "write"]

  /// What a run came to: the answers that were acknowledged, and how it ended.
  struct Outcome {
    var acknowledged: [String: Int] = [:]
    var given: [String: Int] = [:]
    var refusals = 0
    var status: Int32?
  }

  /// The sixteen core items and the first four of them again, with their answers.
  static let answers: [(item: String, key: String, level: Int)] = {
    let items = outsideIn.questionnaire.items.filter { $0.core && $0.scored != nil }
    func answer(_ item: Item, _ level: Int) -> (String, String, Int) {
      if case .bipolar = item.scored?.form { return (item.id, "c", 2) }
      return (item.id, String(level), level)
    }
    return items.enumerated().map { answer($1, $0 % 3) } + items.prefix(4).map { answer($0, 2) }
  }()

  /// Leads the interview as far as it goes.
  ///
  /// - Parameter givesUp: whether it leaves after a refusal, instead of trying again.
  static func lead(_ terminal: Terminal, givesUp: Bool = false) -> Outcome {
    var outcome = Outcome()
    let records = "What they expect> "
    var isGivenUp = terminal.wait(forAnyOf: ["\(answers[0].item)> "]) == nil
    for (index, (item, key, level)) in answers.enumerated() where !isGivenUp {
      if index >= 16 {
        terminal.enter("goto \(item)")
        guard terminal.wait(forAnyOf: ["\(item) [", records, "not saved> "])?.hasPrefix(item) == true else {
          break
        }
        if terminal.wait(forAnyOf: ["]> "]) == nil { break }
      }
      outcome.given[item] = level
      terminal.enter(key)
      let next = index < 15 ? "\(answers[index + 1].item)> " : records
      var shown = terminal.wait(forAnyOf: [next, "not saved> "])
      if shown == "not saved> " {
        outcome.refusals += 1
        terminal.enter(givesUp ? "quit" : "")
        isGivenUp = givesUp
        shown = givesUp ? nil : terminal.wait(forAnyOf: [next, "not saved> "])
        if shown == "not saved> " { outcome.refusals += 1 }
      }
      guard shown == next else { break }
      outcome.acknowledged[item] = level
    }
    if !isGivenUp { terminal.enter("quit") }
    outcome.status = terminal.waitForEnd()
    return outcome
  }

  /// Every acknowledged answer is stored, what is stored was given, and the store is sound.
  static func check(_ outcome: Outcome, in folder: TemporaryFolder, _ place: Comment) throws {
    var stored: [String: Int] = [:]
    let exported = try run(["export", "last"], in: folder)
    if exported.status == 0 {
      for response in try JSONValue(parsing: exported.output.utf8)["responses"].list {
        if case .string(let item) = response["item"], let level = response["value"].number {
          stored[item] = Int(level)
        }
      }
    }
    for (item, level) in outcome.acknowledged {
      // An answer given anew and not acknowledged yet may stand there already.
      let may = [level, outcome.given[item] ?? level]
      #expect(stored[item].map(may.contains) == true, "\(item) was acknowledged; \(place)")
    }
    for item in stored.keys { #expect(outcome.given[item] != nil, "\(item) was never given; \(place)") }
    let path = folder.file("data/outside-in.sqlite")
    if FileManager.default.fileExists(atPath: path) {
      let sound = try DatabaseQueue(path: path).read {
        try String.fetchOne($0, sql: "PRAGMA integrity_check")
      }
      #expect(sound == "ok", place)
    }
  }

  /// What the terminal does not take is not stored either way; it is only killed at.
  static let faults = calls.flatMap { call in
    call == "write" ? [(call, Fault.kill)] : Fault.allCases.map { (call, $0) }
  }

  @Test(.enabled(if: canTrace), arguments: faults)
  func nothingAcknowledgedIsLost(call: String, fault: Fault) throws {
    var number = 1
    var runs = 0
    while true {
      let folder = try TemporaryFolder()
      let log = folder.file("trace")
      let terminal = try Terminal(
        ["assess", "--organization", "A", "--team", "B", "--customers", "customer"], in: folder,
        under: [
          Self.strace, "-f", "-qq", "-o", log, "-e", "trace=\(call)", "-e",
          "inject=\(call):\(fault.rawValue):when=\(number)",
        ])
      let outcome = Self.lead(terminal)
      runs += 1
      let place: Comment = "\(call) \(number) with \(fault.rawValue)"
      try Self.check(outcome, in: folder, place)
      let trace = try String(contentsOfFile: log, encoding: .utf8)
      // Trying again works.
      #expect(outcome.refusals <= 1, place)
      if fault != .kill, outcome.status == 0 {
        #expect(outcome.acknowledged.count == 16, place)
      }
      // Past the last call nothing is injected any more.
      if !trace.contains("INJECTED") && !trace.contains("SIGKILL") { break }
      number += Self.isFull ? 1 : ["pwrite64": 149, "fdatasync": 41, "ftruncate": 19, "write": 61][call] ?? 1
    }
    #expect(runs > 1)
    print("\(call) with \(fault.rawValue): \(runs) runs")
  }

  @Test(.enabled(if: canTrace), arguments: [("pwrite64", Fault.full), ("fdatasync", .broken)])
  func whatCanNeverBeStoredIsNeverCalledSaved(call: String, fault: Fault) throws {
    for number in stride(from: 40, through: Self.isFull ? 120 : 60, by: Self.isFull ? 5 : 20) {
      let folder = try TemporaryFolder()
      let terminal = try Terminal(
        ["assess", "--organization", "A", "--team", "B", "--customers", "customer"], in: folder,
        under: [
          Self.strace, "-f", "-qq", "-o", folder.file("trace"), "-e", "trace=\(call)", "-e",
          "inject=\(call):\(fault.rawValue):when=\(number)+",
        ])
      let outcome = Self.lead(terminal, givesUp: true)
      let place: Comment = "\(call) from \(number) on with \(fault.rawValue)"
      if outcome.refusals > 0 { #expect(outcome.status == 74, place) }
      try Self.check(outcome, in: folder, place)
    }
  }

  /// A store of an older schema, killed or failed at while it is taken over: the next run finds everything in it,
  /// and beside it the whole of what was there before.
  @Test(.enabled(if: canTrace), arguments: Fault.allCases)
  func aStoreIsTakenOverWholeOrNotAtAll(fault: Fault) throws {
    let kept = try fixture("schema-1.jsonl")
    for call in ["pwrite64", "fdatasync", "fsync", "ftruncate", "unlink", "rename", "fchmod"] {
      var number = 1
      while true {
        let folder = try TemporaryFolder()
        let path = folder.file("data/\(Store.fileName)")
        try FileManager.default.createDirectory(
          atPath: folder.file("data"), withIntermediateDirectories: true)
        try Data(fixture("schema-1.sqlite")).write(to: URL(fileURLWithPath: path))
        let log = folder.file("trace")
        _ = try run(
          ["list"], in: folder,
          under: [
            Self.strace, "-f", "-qq", "-o", log, "-e", "trace=\(call)", "-e",
            "inject=\(call):\(fault.rawValue):when=\(number)",
          ])
        let place: Comment = "\(call) \(number) with \(fault.rawValue)"
        #expect(try isExported(kept, from: folder.file("data"), in: folder), place)
        let copied = try DatabaseQueue(path: path + ".schema-1").read { db in
          try [
            Int.fetchOne(db, sql: "PRAGMA user_version"), Int.fetchOne(db, sql: "SELECT count(*) FROM event"),
          ]
        }
        #expect(copied == [1, 18], place)
        let trace = try String(contentsOfFile: log, encoding: .utf8)
        if !trace.contains("INJECTED") && !trace.contains("SIGKILL") { break }
        number += Self.isFull || call != "pwrite64" ? 1 : 7
      }
      if call == "pwrite64" { #expect(number > 20, "it wrote nothing") }
    }
  }

  @Test func fourProgramsWriteBesideOneAnother() throws {
    let writes = Self.isFull ? 500 : 15
    let folder = try TemporaryFolder()
    let line =
      #"{"schema":"outside-in.assessment/1","id":"W%s-%s","organization":"Acme","questionnaire":{"id":"outside-in"},"responses":[]}"#
    let script = """
      i=0; while [ $i -lt \(writes) ]; do i=$((i + 1))
        printf '\(line)' $1 $i | '\(programPath)' import - || echo "failed: $1 $i"
      done
      """
    let path = try folder.write(["write.sh": script], to: "s") + "/write.sh"
    let written = try run(
      ["-P", "4", "-n", "1", "sh", path], input: "1\n2\n3\n4\n", in: folder, program: "/usr/bin/xargs")
    #expect(written.status == 0 && written.errors.isEmpty, "\(written.errors)")
    let wanted = Set((1...4).flatMap { k in (1...writes).map { "W\(k)-\($0)" } })
    #expect(Set(written.output.split(separator: "\n").map(String.init)) == wanted)
    #expect(Set(try Store(directory: folder.file("data")).list().map(\.id)) == wanted)
  }

  @Test func killedAtAnyMomentNothingAcknowledgedIsLost() throws {
    var random = SeededGenerator(state: 4711)
    for run in 0..<(Self.isFull ? 1000 : 20) {
      let folder = try TemporaryFolder()
      let terminal = try Terminal(
        ["assess", "--organization", "A", "--team", "B", "--customers", "customer"], in: folder)
      var outcome = Outcome()
      let last = Int.random(in: 0..<16, using: &random)
      let keys = Int.random(in: 0...3, using: &random)
      terminal.wait(for: "own-who> ")
      for (index, (item, key, level)) in Self.answers.prefix(last + 1).enumerated() {
        outcome.given[item] = level
        if index == last {
          // Somewhere between the first key and the prompt after it.
          terminal.type(String("\(key)\r".prefix(keys)))
          break
        }
        terminal.enter(key)
        if terminal.wait(forAnyOf: ["\(Self.answers[index + 1].item)> "]) != nil {
          outcome.acknowledged[item] = level
        }
      }
      terminal.signal(SIGKILL)
      _ = terminal.waitForEnd()
      try Self.check(outcome, in: folder, "run \(run) of seed 4711, after \(last) answers and \(keys) keys")
    }
  }

  @Test func anySignalAtAnyMomentLeavesTheTerminalAsItWas() throws {
    var random = SeededGenerator(state: 815)
    let keys = [
      "2", "\r", "note x\r", "\u{1B}[A", "\t", "goto jou\t", "\u{12}", "\u{15}", "help\r", "\u{1A}",
    ]
    let signals = [SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM]
    for run in 0..<(Self.isFull ? 200 : 20) {
      let folder = try TemporaryFolder()
      let terminal = try Terminal(
        ["assess", "--organization", "A", "--team", "B", "--customers", "customer"], in: folder)
      let before = terminal.settings
      if Bool.random(using: &random) { terminal.wait(for: "own-who> ") }
      for _ in 0..<Int.random(in: 0..<8, using: &random) {
        terminal.type(keys.randomElement(using: &random)!)
      }
      if Bool.random(using: &random) { terminal.signal(SIGINT) }
      let signal = signals.randomElement(using: &random)!
      terminal.signal(signal)
      // One that is stopped goes on, and then the signal counts.
      let status = terminal.waitForEndWaking()
      let expected = [128 + signal, -signal]
      #expect(expected.contains(status), "run \(run) of seed 815: \(status) after \(signal)")
      #expect(terminal.settings == before, "run \(run) of seed 815, signal \(signal)")
    }
  }
}
