import Foundation
import Testing

/// What is longer than the window is shown by the user's pager, at a pseudo-terminal of 24 lines.
@Suite struct PagerTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    _ = try run(["import", "-"], input: CommandTests.document(1), in: folder)
  }

  /// Marks what it is given, line by line.
  static let marking = "sed 's/^/| /'"
  /// Reads all, says so, and waits for a line from the keyboard.
  static let waiting = "cat > /dev/null; echo PAGED; read line < /dev/tty; echo ENDED"

  func terminal(
    _ arguments: [String], pager: String? = marking, term: String = "xterm"
  ) throws -> Terminal {
    var environment = ["TERM": term, "PATH": "/usr/bin:/bin"]
    environment["PAGER"] = pager
    return try Terminal(arguments, in: folder, environment: environment)
  }

  @Test(arguments: [
    ["result", "A1"], ["explain", "A1"], ["plan", "A1"], ["questionnaire", "show", "outside-in"],
  ])
  func longOutputOfACommandIsPaged(arguments: [String]) throws {
    let terminal = try terminal(arguments)
    #expect(terminal.waitForEnd() == 0)
    #expect(terminal.screen.split(separator: "\n").allSatisfy { $0.hasPrefix("| ") })
  }

  @Test(arguments: [
    (["result", "A1", "--no-pager"], marking, "xterm"), (["--no-pager", "result", "A1"], marking, "xterm"),
    (["result", "A1", "--accessible"], marking, "xterm"), (["result", "A1"], "", "xterm"),
    (["result", "A1"], " ", "xterm"), (["result", "A1"], "cat", "xterm"),
    (["result", "A1"], marking, "dumb"),
    (["result", "A1"], "no-such-pager", "xterm"), (["list"], marking, "xterm"),
    (["result", "A1", "-o"], marking, "xterm"),
  ])
  func whereNobodyWantsOneThereIsNone(arguments: [String], pager: String, term: String) throws {
    let terminal = try terminal(arguments, pager: pager, term: term)
    _ = terminal.waitForEnd()
    #expect(!terminal.screen.contains("| ") && !terminal.screen.isEmpty)
  }

  /// Without a terminal nothing is paged, whatever `PAGER` says.
  @Test func pipedOutputIsNeverPaged() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "PAGER='echo PAGED' TERM=xterm '\(programPath)' result A1 | cat"]
    process.environment = ["OUTSIDE_IN_DATA_DIR": folder.file("data"), "PATH": "/usr/bin:/bin"]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(output.contains("Inside-Out") && !output.contains("PAGED"))
  }

  @Test func anInterviewPagesAndGoesOn() throws {
    let terminal = try terminal(["assess", "--resume", "A1"])
    terminal.wait(for: "own-who [1]> ")
    for command in ["help", "result", "explain"] {
      terminal.enter(command)
      #expect(terminal.wait(for: "own-who [1]> ").contains("| "), "\(command)")
    }
    // Short ones are not.
    terminal.enter("why")
    #expect(!terminal.wait(for: "own-who [1]> ").contains("| "))
    terminal.enter("quit")
    #expect(terminal.waitForEnd() == 0)
  }

  @Test func thePromptWithoutACommandPagesToo() throws {
    let terminal = try terminal([])
    terminal.wait(for: "outside-in> ")
    terminal.enter("result A1")
    #expect(terminal.wait(for: "outside-in> ").contains("| "))
    terminal.enter("list")
    #expect(!terminal.wait(for: "outside-in> ").contains("| "))
    terminal.enter("quit")
    #expect(terminal.waitForEnd() == 0)
  }

  /// A pager that has had enough takes nothing else with it.
  @Test func aPagerThatEndsEarlyEndsAlone() throws {
    let terminal = try terminal(["assess", "--resume", "A1"], pager: "head -n 1")
    terminal.wait(for: "own-who [1]> ")
    terminal.enter("explain")
    terminal.wait(for: "own-who [1]> ")
    terminal.enter("quit")
    #expect(terminal.waitForEnd() == 0)
  }

  /// Ctrl-C is the pager's; the interview stands where it stood, with the window's new width.
  @Test func interruptsAndNewWidthsBelongToThePager() throws {
    let terminal = try terminal(
      ["assess", "--resume", "A1"], pager: "trap 'echo CAUGHT' INT; \(Self.waiting)")
    terminal.wait(for: "own-who [1]> ")
    terminal.enter("explain")
    terminal.wait(for: "PAGED")
    terminal.type("\u{3}")
    terminal.resize(columns: 40)
    terminal.enter()
    terminal.wait(for: "own-who [1]> ")
    #expect(!terminal.screen.contains("The line is given up"))
    terminal.enter("why")
    let words = terminal.wait(for: "own-who [1]> ")
    #expect(words.split(whereSeparator: \.isNewline).allSatisfy { $0.count <= 40 })
    terminal.enter("quit")
    #expect(terminal.waitForEnd() == 0)
  }

  /// Ctrl-Z stops pager and program together, and `fg` wakes both.
  @Test func stoppingStopsBoth() throws {
    let terminal = try Terminal(
      ["assess", "--resume", "A1"], in: folder,
      environment: ["TERM": "xterm", "PATH": "/usr/bin:/bin", "PAGER": Self.waiting],
      under: ["/bin/bash", "-c", "set -m; \"$0\" \"$@\"; echo STOPPED; fg"])
    terminal.wait(for: "own-who [1]> ")
    terminal.enter("explain")
    terminal.wait(for: "PAGED")
    terminal.type("\u{1A}")
    terminal.wait(for: "STOPPED")
    terminal.enter()
    terminal.wait(for: "ENDED")
    terminal.wait(for: "own-who [1]> ")
    terminal.enter("quit")
    #expect(terminal.waitForEnd() == 0)
  }

  @Test(arguments: [SIGTERM, SIGHUP], [["assess", "--resume", "A1"], ["result", "A1"]])
  func aSignalEndsThePagerAndTheProgram(signal: Int32, arguments: [String]) throws {
    let terminal = try terminal(arguments, pager: "stty -echo < /dev/tty; \(Self.waiting)")
    let settings = terminal.settings
    if arguments[0] == "assess" {
      terminal.wait(for: "own-who [1]> ")
      terminal.enter("explain")
    }
    terminal.wait(for: "PAGED")
    terminal.signal(signal)
    #expect(terminal.waitForEnd() == 128 + signal)
    #expect(!terminal.screen.contains("ENDED"))
    #expect(terminal.settings == settings)
    #expect(try run(["export", "A1"], in: folder).status == 0)
  }

  /// Where there is `less`, who has never met it is told how to get out.
  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/less")))
  func lessSaysHowItEnds() throws {
    let terminal = try terminal(["assess", "--resume", "A1"], pager: nil)
    terminal.wait(for: "own-who [1]> ")
    terminal.enter("result")
    terminal.wait(for: "Space shows more, q goes back to the prompt")
    terminal.type("q")
    terminal.wait(for: "own-who [1]> ")
    terminal.enter("quit")
    #expect(terminal.waitForEnd() == 0)
  }
}
