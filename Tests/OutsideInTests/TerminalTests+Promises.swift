import AssessmentModel
import Foundation
import Testing

/// What the shell promises whatever happens to it: signals, windows, editors, other programs.
extension TerminalTests {
  @Test(arguments: [SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGALRM])
  func aSignalLeavesTheTerminalAsItWas(signal: Int32) throws {
    let terminal = try Terminal(
      ["assess", "--organization", "A", "--team", "B", "--customers", "customer"], in: folder)
    // Before readline has touched it.
    let before = terminal.settings
    terminal.wait(for: "own-who> ")
    terminal.type("half a li")
    terminal.wait(for: "half a li")
    terminal.signal(signal)
    #expect(terminal.waitForEnd() == 128 + signal)
    #expect(terminal.settings == before)
  }

  @Test func aClosedWindowIsAHangUpAndLosesNothing() throws {
    let first = try begin()
    first.enter("2")
    first.wait(for: "own-empower> ")
    first.hangUp()
    #expect(first.status == 129)
    let second = try Terminal([], in: folder)
    #expect(second.wait(for: "outside-in> ").contains("1 answer, now at own-empower"))
  }

  @Test func stoppedAndWokenItHasTheHalfTypedText() throws {
    let terminal = try Terminal(
      ["assess", "--organization", "Acme", "--team", "Support", "--customers", "customer"], in: folder,
      under: ["/bin/bash", "-c", "set -m; \"$0\" \"$@\"; fg"])
    terminal.wait(for: "own-who> ")
    terminal.type("note half a li\u{1B}b")
    terminal.wait(for: "half a li\u{8}\u{8}")
    terminal.type("\u{1A}")
    terminal.wait(for: "own-who> note half a li")
    // The cursor is where it was, before the last word.
    terminal.enter("and ")
    terminal.wait(for: "Note kept")
    terminal.enter("quit")
    terminal.wait(for: "Everything is saved")
    // The shell that waits has the end of it.
    _ = terminal.waitForEndWaking()
    #expect(try run(["export", "last"], in: folder).output.contains("half a and li"))
  }

  @Test func whereNobodyCouldWakeItItDoesNotStop() throws {
    let terminal = try begin()
    terminal.type("note half")
    terminal.wait(for: "note half")
    terminal.type("\u{1A}")
    terminal.wait(for: "own-who> note half")
    terminal.enter(" done")
    terminal.wait(for: "Note kept")
    quit(terminal)
  }

  @Test func begunInTheBackgroundItEchoesInFront() throws {
    let terminal = try Terminal(
      ["assess", "--organization", "Acme", "--team", "Support", "--customers", "customer"], in: folder,
      under: ["/bin/bash", "-c", "set -m; \"$0\" \"$@\" & wait $!; fg"])
    terminal.wait(for: "own-who> ")
    terminal.type("note seen")
    terminal.wait(for: "note seen")
    terminal.enter()
    terminal.wait(for: "Note kept")
    terminal.enter("quit")
    terminal.wait(for: "Everything is saved")
    _ = terminal.waitForEndWaking()
  }

  @Test func withoutAUTF8LocaleCharactersAreStillDeletedWhole() throws {
    let terminal = try begin(environment: ["LC_ALL": "C"])
    terminal.enter("note cafés\u{7F}\u{7F}")
    terminal.wait(for: "Note kept")
    quit(terminal)
    #expect(try run(["export", "last"], in: folder).output.contains(#""note": "caf""#))
  }

  @Test func whatIsSaidAtTheEvidenceIsSaidOfItsQuestion() throws {
    let terminal = try begin()
    terminal.enter("3")
    terminal.wait(for: "own-who evidence> ")
    terminal.enter("note of this one")
    terminal.wait(for: "Note kept")
    terminal.enter("back")
    #expect(terminal.wait(for: "own-who [3]> ").contains("note: of this one"))
    quit(terminal)
    let responses = try JSONValue(parsing: try run(["export", "last"], in: folder).output.utf8)["responses"]
    #expect(responses.list.map { $0["item"].text } == ["own-who"])
  }

  @Test func whatIsStoredOutlivesControlCAndLooksElsewhere() throws {
    let terminal = try begin()
    terminal.enter("goto cur-sector")
    terminal.wait(for: "cur-sector> ")
    terminal.enter("14")
    terminal.wait(for: "own-who> ")
    terminal.enter("goto cur-about")
    terminal.wait(for: "cur-about> ")
    terminal.enter("::quit is what we make")
    terminal.wait(for: "own-who> ")
    terminal.enter("goto cur-about")
    terminal.wait(for: "cur-about> :quit is what we make")
    terminal.type("\u{3}")
    terminal.wait(for: "cur-about> :quit is what we make")
    terminal.enter("\u{15}why")
    terminal.wait(for: "cur-about> :quit is what we make")
    terminal.enter()
    terminal.wait(for: "own-who> ")
    quit(terminal)
    #expect(try run(["export", "last"], in: folder).output.contains(":quit is what we make"))
  }

  @Test(arguments: [
    "goto -9223372036854775808", "-9223372036854775808", "goto 99999999999999999999", "99",
  ])
  func absurdNumbersAreRefused(line: String) throws {
    let terminal = try begin()
    terminal.enter(line)
    terminal.wait(for: "own-who> ")
    terminal.type("\u{15}")
    quit(terminal)
    let home = try Terminal([], in: folder)
    home.wait(for: "outside-in> ")
    home.enter(line.replacing("goto ", with: ""))
    home.wait(for: "outside-in> ")
    home.enter("quit")
    #expect(home.waitForEnd() == 0)
  }

  @Test func aWindowDraggedNarrowKeepsTheLine() throws {
    let terminal = try begin(columns: 80)
    terminal.type("note the half")
    terminal.wait(for: "the half")
    terminal.resize(columns: 40)
    terminal.enter(" and the rest")
    terminal.wait(for: "Note kept")
    terminal.enter("2")
    let screen = terminal.wait(for: "own-empower> ")
    for line in screen.split(whereSeparator: \.isNewline) where !line.contains("\u{8}") {
      #expect(line.count <= 40, "\(line)")
    }
    quit(terminal)
    #expect(try run(["export", "last"], in: folder).output.contains("the half and the rest"))
  }

  @Test func aPastedNoteOfThreeLinesIsOneNote() throws {
    let terminal = try begin(environment: ["TERM": "xterm"])
    terminal.type("note \u{1B}[200~first\r2\rthird\u{1B}[201~")
    terminal.wait(for: "third")
    terminal.enter()
    terminal.wait(for: "Note kept")
    quit(terminal)
    #expect(try run(["export", "last"], in: folder).output.contains(#""note": "first\n2\nthird""#))
  }

  @Test func theEditorTakesLongNotesAndMayFail() throws {
    let editor = folder.file("editor.sh")
    try "#!/bin/sh\nprintf 'one\\ntwo\\n' >> \"$1\"\n".write(
      toFile: editor, atomically: true, encoding: .utf8)
    let terminal = try begin(environment: ["VISUAL": "sh \(editor)"])
    terminal.enter("note zero")
    terminal.wait(for: "Note kept")
    terminal.enter("edit")
    terminal.wait(for: "Note kept")
    quit(terminal)
    #expect(try run(["export", "last"], in: folder).output.contains(#""note": "zero\none\ntwo""#))
    // What it had saved before it failed is there again.
    let broken = folder.file("broken.sh")
    try "#!/bin/sh\nprintf 'rescued' > \"$1\"; exit 3\n".write(
      toFile: broken, atomically: true, encoding: .utf8)
    let again = try Terminal(["assess", "--resume"], in: folder, environment: ["VISUAL": "sh \(broken)"])
    again.wait(for: "own-who> ")
    again.enter("edit")
    #expect(again.wait(for: "opens it again").contains("ended with"))
    again.wait(for: "own-who> ")
    quit(again)
    #expect(!FileManager.default.fileExists(atPath: folder.file("data/drafts/draft.txt")))
    for (editor, words) in [("false", "ended with 1"), ("no-such-editor-here", "was not found")] {
      let failing = try Terminal(["assess", "--resume"], in: folder, environment: ["VISUAL": editor])
      failing.wait(for: "own-who> ")
      failing.enter("edit")
      #expect(failing.wait(for: "Nothing was changed").contains(words))
      failing.wait(for: "own-who> ")
      quit(failing)
    }
    #expect(try run(["export", "last"], in: folder).output.contains(#""note": "zero\none\ntwo""#))
  }

  @Test func noColorMeansNone() throws {
    let coloured = try begin(environment: ["TERM": "xterm"])
    #expect(coloured.screen.contains("\u{1B}[1m"))
    quit(coloured)
    let terminal = try begin(environment: ["TERM": "xterm", "NO_COLOR": "1"])
    #expect(terminal.screen.firstMatch(of: /\u{1B}\[[0-9;]*m/) == nil)
    quit(terminal)
  }

  @Test func accessibleReadsInOrder() throws {
    let terminal = try Terminal(
      ["assess", "--accessible", "--organization", "Acme", "--team", "S", "--customers", "customer"],
      in: folder)
    let screen = terminal.wait(for: "own-who> ")
    let read = screen.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let anchors = outsideIn.questionnaire.anchors(of: outsideIn.questionnaire.item("own-who")!)
    #expect(read.contains(anchors.map { "\($0.level): \($0.text)" }.joined(separator: " ")))
    #expect(!screen.contains { "│█·•>".contains($0) } || screen.hasSuffix("> "))
    quit(terminal)
  }

  @Test func withoutATerminalNothingIsAsked() throws {
    for arguments in [[], ["assess"], ["assess", "--resume"], ["assess", "--no-input"]] {
      let run = try run(arguments, input: "2\n3\n", in: folder)
      #expect(run.status == 64 && run.output.isEmpty && run.errors.contains("import"))
    }
  }

  @Test func reviewLeadsToWhatIsOpenUntilNothingIs() throws {
    let terminal = try begin()
    for item in outsideIn.questionnaire.items where item.core && item.scored != nil {
      if item.id != "own-who" { terminal.wait(for: "\(item.id)> ") }
      if item.id == "emo-feel" || item.id == "jou-walk" {
        terminal.enter("next")
      } else if case .bipolar = item.scored?.form {
        terminal.enter("b")
      } else {
        terminal.enter("2")
      }
    }
    terminal.wait(for: "What they expect> ")
    terminal.enter("review open")
    let open = terminal.wait(for: "What they expect> ")
    #expect(open.contains("jou-walk") && !open.contains("own-who"))
    terminal.enter("goto emo-feel")
    terminal.wait(for: "emo-feel> ")
    terminal.enter("2")
    terminal.wait(for: "jou-walk> ")
    terminal.enter("guess")
    terminal.wait(for: "jou-walk> ")
    terminal.enter("2")
    terminal.wait(for: "What they expect> ")
    terminal.enter("review guessed")
    // Said at the next question, of the answer before.
    #expect(terminal.wait(for: "What they expect> ").contains("emo-feel"))
    for line in ["Speed", "no", "6 3", "Waiting", "-1", ""] { terminal.enter(line) }
    terminal.wait(for: "Enter goes on, back changes")
    terminal.enter("goto cur-sector")
    terminal.wait(for: "cur-sector> ")
    terminal.enter("1")
    terminal.wait(for: "finish> ")
    terminal.enter("review open")
    #expect(terminal.wait(for: "finish> ").contains("Nothing is open"))
    terminal.enter("quit")
    #expect(terminal.waitForEnd() == 0)
  }

  @Test func theSecondProgramOnAnAssessmentIsTold() throws {
    let first = try begin()
    let second = try Terminal(["assess", "--resume"], in: folder)
    let ended = second.waitForEnd()
    #expect(ended == 75 && second.screen.contains("is open in another window, since "))
    #expect(second.screen.contains("process \(first.process)"))
    for change in [["finish", "last"], ["rename", "last", "--team", "X"], ["delete", "last", "--yes"]] {
      #expect(try run(change, in: folder).status == 75, "\(change)")
    }
    // Looking on is free, and a dead holder holds nothing.
    #expect(try run(["export", "last"], in: folder).status == 0)
    first.signal(SIGKILL)
    _ = first.waitForEnd()
    let third = try Terminal(["assess", "--resume"], in: folder)
    third.wait(for: "own-who> ")
    quit(third)
    let left = try FileManager.default.contentsOfDirectory(atPath: folder.file("data"))
    #expect(!left.contains { $0.hasSuffix(".lock") })
  }

  @Test func theUsersOwnKeysWork() throws {
    let inputrc = folder.file("inputrc")
    try "set editing-mode vi\n$if outside-in\n\"\\C-t\": \"note tidy\"\n$endif\n"
      .write(toFile: inputrc, atomically: true, encoding: .utf8)
    let terminal = try begin(environment: ["INPUTRC": inputrc])
    terminal.type("\u{14}")
    terminal.wait(for: "note tidy")
    // Vi's command mode: to the beginning, and a word changed.
    terminal.type("\u{1B}0wcwkept\r")
    terminal.wait(for: "Note kept")
    quit(terminal)
    #expect(try run(["export", "last"], in: folder).output.contains(#""note": "kept""#))
  }

  @Test func onlyCommandsAreRememberedAndNothingElseLeavesTheStore() throws {
    let canary = "canary-4711"
    let first = try begin(environment: ["VISUAL": "true"])
    first.enter("note \(canary)")
    first.wait(for: "Note kept")
    first.enter("park \(canary)")
    first.wait(for: "Parked")
    first.enter("\(canary) is no command at all")
    first.wait(for: "lists them.")
    first.wait(for: "own-who> \(canary) is")
    first.type("\u{15}edit\r")
    first.wait(for: "Nothing was changed")
    first.enter("goto exp-list")
    first.wait(for: "What they expect> ")
    for line in [canary, "no", "6 3"] { first.enter(line) }
    first.wait(for: "Kept, saved")
    first.enter("goto exp-list")
    first.wait(for: "What they expect> ")
    first.enter("quit")
    #expect(first.waitForEnd() == 0)
    let files = FileManager.default.enumerator(atPath: folder.path)!.compactMap { $0 as? String }
    for file in files where !file.hasSuffix("outside-in.sqlite") {
      let text = (try? Data(contentsOf: URL(fileURLWithPath: folder.file(file)))) ?? Data()
      #expect(!String(decoding: text, as: UTF8.self).contains(canary), "\(file)")
    }
    let history = try String(contentsOfFile: folder.file("data/history"), encoding: .utf8)
    #expect(history.contains("goto exp-list"))
    // The next session finds it with the arrow.
    let second = try Terminal(["assess", "--resume"], in: folder)
    second.wait(for: "What they expect> ")
    second.type("\u{1B}[A\u{1B}[A")
    second.wait(for: "goto exp-list")
    second.type("\u{15}")
    second.enter("quit")
    #expect(second.waitForEnd() == 0)
  }

  @Test func nothingHarmfulReachesTheTerminal() throws {
    let name = "Sm\u{1B}[2Jall \u{202E}desrever"
    let terminal = try begin()
    terminal.enter("note \(name.replacing("\u{1B}", with: "\u{16}\u{1B}"))")
    terminal.wait(for: "Note kept")
    terminal.enter("set team \(name.replacing("\u{1B}", with: "\u{16}\u{1B}"))")
    terminal.wait(for: "That can't be kept")
    terminal.wait(for: "own-who> ")
    terminal.type("\u{15}")
    let before = terminal.screen.utf8.count
    terminal.enter("goto own-who")
    terminal.wait(for: "note: Sm")
    terminal.wait(for: "own-who> ")
    let shown = String(decoding: Array(terminal.screen.utf8).dropFirst(before), as: UTF8.self)
    #expect(!shown.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" })
    quit(terminal)
  }
}
