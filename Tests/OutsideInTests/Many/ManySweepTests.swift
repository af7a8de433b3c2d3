import AssessmentModel
import Foundation
import GRDB
import Storage
import Testing

/// An import of many, killed or failed by at the system calls that store something: all of it is there, or nothing, and doing it
/// again finishes it.
///
/// The short form takes a few of the calls; `OUTSIDE_IN_SWEEP=full` takes all of them. It needs `strace`.
@Suite(.serialized) struct ManySweepTests {
  private static let count = 600

  /// So much that SQLite has to write before the end.
  private static let lines: String = {
    let name = String(repeating: "n", count: 380)
    return (0..<count).map { number in
      #"{"schema":"outside-in.assessment/1","id":"M\#(number)","organization":"\#(number)\#(name)","team":"\#(name)","#
        + #""startedAt":"2026-01-01T09:00:00Z","finishedAt":"2026-01-01T09:40:00Z","#
        + #""questionnaire":{"id":"outside-in","version":"2.0.0"},"responses":[{"item":"own-who","value":\#(number % 5)}]}"#
        + "\n"
    }.joined()
  }()

  private static func stored(in folder: TemporaryFolder) throws -> Int {
    try DatabaseQueue(path: folder.file("data/outside-in.sqlite")).write { db in
      #expect(try String.fetchOne(db, sql: "PRAGMA integrity_check") == "ok")
      #expect(try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").isEmpty)
      let counts = try ["assessment", "packed", "sealed"].map {
        try Int.fetchOne(db, sql: "SELECT count(*) FROM \($0)")!
      }
      #expect(counts == [counts[0], counts[0], counts[0] - 1], "the one that was there is open")
      return counts[0]
    }
  }

  private static func prepared() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    _ = try run(["import", "-"], input: CommandTests.document(3), in: folder)
    try folder.write(["many.jsonl": lines], to: ".")
    return folder
  }

  private static func traced(
    _ call: String, _ fault: String?, _ arguments: [String]? = nil, in folder: TemporaryFolder
  ) throws -> (Run, calls: Int, isHit: Bool) {
    let log = folder.file("trace")
    let inject = fault.map { ["-e", "inject=\(call):\($0)"] } ?? []
    let outcome = try run(
      arguments ?? ["import", folder.file("many.jsonl")], in: folder,
      under: [SweepTests.strace, "-f", "-qq", "-o", log, "-e", "trace=\(call)"] + inject)
    let trace = try String(contentsOfFile: log, encoding: .utf8)
    return (
      outcome, trace.split(separator: "\n").count { $0.contains("\(call)(") },
      trace.contains("INJECTED") || trace.contains("SIGKILL")
    )
  }

  private static let faults = ["pwrite64", "fdatasync", "ftruncate"].flatMap { call in
    SweepTests.Fault.allCases.map { (call, $0) }
  }

  @Test(.enabled(if: SweepTests.canTrace), arguments: faults)
  func allOfItOrNothing(call: String, fault: SweepTests.Fault) throws {
    let calls = try Self.traced(call, nil, in: Self.prepared()).calls
    #expect(calls > (call == "pwrite64" ? 100 : 0))
    // The first, some between, and the last, which are those of the commit.
    let some = [1, calls / 2, calls - 1, calls]
    let wanted = SweepTests.isFull ? Array(1...calls) : Set(some).filter { (1...calls).contains($0) }.sorted()
    for number in wanted {
      let folder = try Self.prepared()
      let (outcome, _, isHit) = try Self.traced(call, "\(fault.rawValue):when=\(number)", in: folder)
      let place: Comment = "\(call) \(number) of \(calls) with \(fault.rawValue): \(outcome.errors)"
      #expect(isHit, place)
      let stored = try Self.stored(in: folder)
      #expect([1, 1 + Self.count].contains(stored), place)
      if fault != .kill {
        // What is called stored is, and what failed says so.
        #expect((outcome.status == 0) == !outcome.errors.contains("Nothing was stored"), place)
        if outcome.status == 0 { #expect(stored == 1 + Self.count, place) }
      }
      let again = try run(["import", folder.file("many.jsonl")], in: folder)
      #expect(again.status == 0, place)
      #expect(try Self.stored(in: folder) == 1 + Self.count, place)
    }
    print("import of many, \(call) with \(fault.rawValue): \(wanted.count) runs")
  }

  /// An export that can't be written whole is none, and what was there before stays.
  @Test(.enabled(if: SweepTests.canTrace), arguments: SweepTests.Fault.allCases)
  func anExportIsWholeOrNone(fault: SweepTests.Fault) throws {
    let folder = try Self.prepared()
    _ = try run(["import", folder.file("many.jsonl")], in: folder)
    let whole = try run(["export", "--all"], in: folder).output
    let (output, export) = (folder.file("out.jsonl"), ["export", "--all", "-o", folder.file("out.jsonl")])
    let calls = try Self.traced("write", nil, export, in: folder).calls
    #expect(try calls > 3 && String(contentsOfFile: output, encoding: .utf8) == whole)
    for number in SweepTests.isFull ? Array(1...calls) : [1, calls / 2, calls - 1] {
      try folder.write(["out.jsonl": "before"], to: ".")
      let outcome = try Self.traced("write", "\(fault.rawValue):when=\(number)", export, in: folder)
      let place: Comment = "write \(number) of \(calls) with \(fault.rawValue): \(outcome.0.errors)"
      #expect(outcome.isHit, place)
      let found = try String(contentsOfFile: output, encoding: .utf8)
      #expect(found == whole || found == "before", place)
      if fault != .kill { #expect((found == whole) == (outcome.0.status == 0), place) }
    }
  }
}
