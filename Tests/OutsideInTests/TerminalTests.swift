import AssessmentModel
import Foundation
import Testing

/// The program as a person meets it, at a pseudo-terminal.
@Suite struct TerminalTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  func begin(columns: UInt16 = 80, environment: [String: String] = [:]) throws -> Terminal {
    let terminal = try Terminal(
      ["assess", "--organization", "Acme", "--team", "Support", "--customers", "customer"], in: folder,
      columns: columns,
      environment: environment)
    terminal.wait(for: "own-who> ")
    return terminal
  }

  func quit(_ terminal: Terminal) {
    terminal.enter("quit")
    #expect(terminal.waitForEnd() == 0)
  }

  @Test func answerIsSavedAndTheCounterGoesOn() throws {
    let terminal = try begin()
    terminal.enter("2")
    let screen = terminal.wait(for: "own-empower> ")
    #expect(screen.contains("Question 2 of 16") && screen.contains("saved "))
    quit(terminal)
  }

  @Test func aWrongLevelIsRefusedWithTheRange() throws {
    let terminal = try begin()
    terminal.enter("9")
    #expect(terminal.wait(for: "own-who> ").contains("Expected one of 0, 1, 2, 3, 4"))
    terminal.enter("helo")
    #expect(terminal.wait(for: "own-who> ").contains("Did you mean help?"))
    terminal.enter("a long line that is no command")
    terminal.wait(for: "can't be used here")
    // It came back to be mended, and Ctrl-C clears it.
    terminal.wait(for: "own-who> a long line that is no command")
    terminal.type("\u{3}")
    terminal.wait(for: "own-who> ")
    terminal.enter("help")
    #expect(terminal.wait(for: "own-who> ").contains("the one before"))
    quit(terminal)
  }

  @Test func backShowsTheAnswerAndEnterKeepsIt() throws {
    let terminal = try begin()
    terminal.enter("2")
    terminal.wait(for: "own-empower> ")
    terminal.enter("back")
    #expect(terminal.wait(for: "own-who [2]> ").contains("> 2"))
    terminal.enter("goto nowhere")
    #expect(terminal.wait(for: "own-who [2]> ").contains("There is no question"))
    terminal.enter()
    terminal.wait(for: "own-empower> ")
    // Where nothing is answered it shows the question again.
    terminal.enter()
    #expect(terminal.wait(for: "own-empower> ").contains("Question 2 of 16"))
    terminal.enter("back")
    terminal.wait(for: "own-who [2]> ")
    quit(terminal)
  }

  @Test func tabCompletesCommandsAndQuestions() throws {
    let terminal = try begin()
    terminal.type("got\tjou-h\t")
    terminal.wait(for: "goto jou-handover")
    terminal.enter()
    terminal.wait(for: "jou-handover> ")
    quit(terminal)
  }

  @Test func killedAfterSavedItGoesOnAtTheSameQuestion() throws {
    let first = try begin()
    first.enter("3")
    first.wait(for: "own-who evidence> ")
    first.enter("document a letter")
    first.wait(for: "own-empower> ")
    first.enter("note ask Karin")
    first.wait(for: "Note kept for own-empower, saved")
    first.wait(for: "own-empower> ")
    first.type("half a li")
    first.signal(SIGKILL)
    #expect(first.waitForEnd() == -SIGKILL)

    let second = try Terminal([], in: folder)
    #expect(second.wait(for: "outside-in> ").contains("Acme, Support: 1 answer, now at own-empower"))
    second.enter()
    #expect(second.wait(for: "own-empower> ").contains("note: ask Karin"))
    second.enter("back")
    let screen = second.wait(for: "own-who [3]> ")
    #expect(screen.contains("evidence: document, a letter"))
    quit(second)
  }

  @Test func undoAndRedoReachAcrossARestart() throws {
    let first = try begin()
    first.enter("2")
    first.wait(for: "own-empower> ")
    quit(first)
    let second = try Terminal(["assess", "--resume"], in: folder)
    second.wait(for: "own-empower> ")
    second.enter("undo")
    second.wait(for: "own-who> ")
    second.enter("redo")
    second.wait(for: "own-who [2]> ")
    quit(second)
  }

  @Test func controlCGivesUpTheLineOnly() throws {
    let terminal = try begin()
    terminal.type("half a line\u{3}")
    terminal.wait(for: "own-who> ")
    terminal.enter("2")
    terminal.wait(for: "own-empower> ")
    terminal.type("\u{4}")
    terminal.wait(for: "Everything is saved")
    #expect(terminal.waitForEnd() == 0)
  }

  @Test(arguments: [(SIGTERM, Int32(143)), (SIGHUP, Int32(129))])
  func signalsEndItWithTheirStatus(signal: Int32, status: Int32) throws {
    let terminal = try begin()
    terminal.enter("2")
    terminal.wait(for: "own-empower> ")
    terminal.signal(signal)
    #expect(terminal.waitForEnd() == status)
    #expect(try run(["list"], in: folder).output.contains("open"))
  }

  @Test func answersInAnyScriptAndWithoutAUTF8Locale() throws {
    let terminal = try begin(environment: ["LC_ALL": "C"])
    terminal.enter("note é日本")
    terminal.wait(for: "Note kept")
    terminal.wait(for: "own-who> ")
    quit(terminal)
    let exported = try run(["export", "last"], in: folder).output
    #expect(exported.contains("é日本"))
  }

  @Test func fortyColumnsHoldEveryLevel() throws {
    let terminal = try begin(columns: 40)
    let screen = terminal.screen
    for line in screen.split(whereSeparator: \.isNewline) where !line.contains("\u{8}") {
      #expect(line.count <= 40, "\(line)")
    }
    for level in 0...4 { #expect(screen.contains("\n  \(level)  ")) }
    quit(terminal)
  }

  @Test func dumbTerminalsGetNoEscapes() throws {
    let terminal = try begin()
    #expect(!terminal.screen.contains("\u{1B}"))
    quit(terminal)
  }

  @Test func fromTheFirstQuestionToThePlan() throws {
    let terminal = try begin()
    for item in outsideIn.questionnaire.items where item.core && item.scored != nil {
      if case .bipolar = item.scored?.form { terminal.enter("c") } else { terminal.enter("1") }
    }
    terminal.wait(for: "What they expect> ")
    terminal.enter("An answer today")
    terminal.wait(for: "yes or no> ")
    for line in ["yes", "6 9"] { terminal.enter(line) }
    terminal.wait(for: "“9” can't be used here: how good they find")
    terminal.enter("5 6 2")
    terminal.wait(for: "or all 2 that are left")
    terminal.enter("6 2")
    #expect(terminal.wait(for: "The moment> ").contains(": 4 below what they expect"))
    for line in ["Waiting", "-2", ""] { terminal.enter(line) }
    // Who comes to the end with the last answer is asked nothing more; who was there before is.
    #expect(terminal.wait(for: "Enter goes on, back changes").contains("Inside-Out"))
    terminal.enter("goto vis-what")
    terminal.wait(for: "vis-what> ")
    terminal.enter("An answer the same day")
    terminal.wait(for: "vis-where> ")
    for _ in 0..<4 { terminal.enter() }
    terminal.wait(for: "finish> ")
    terminal.enter()
    #expect(terminal.wait(for: "Enter goes on, back changes").contains("Inside-Out"))
    terminal.enter()
    terminal.wait(for: "cur-size> ")
    terminal.enter("2")
    let result = terminal.wait(for: "commitments (3 to go)> ")
    terminal.enter("3?")
    #expect(terminal.wait(for: "commitments (3 to go)> ").contains("Done when: "))
    #expect(result.contains("1  Meet what customers expect: “An answer today”"))
    terminal.enter("1 3")
    terminal.wait(for: "commitments (1 to go; Enter ends)> ")
    terminal.enter("Walk the whole way once a month")
    #expect(terminal.wait(for: "Who sees to it and says yes, a name").contains("3  What you stop for it: "))
    for line in ["3", "Sending it by post", "Ana", "2", "Five thank us", "Ben"] { terminal.enter(line) }
    terminal.wait(for: "What comes first, by ")
    for line in ["Walk it with Cleo", "", "Cleo"] { terminal.enter(line) }
    terminal.wait(for: "3 commitments saved")
    // A field that is not in the list is asked for in words.
    terminal.wait(for: "cur-sector> ")
    terminal.enter("another field, in your words")
    terminal.wait(for: "cur-about> ")
    terminal.enter("Heating")
    terminal.wait(for: "yes, no, or another name> ")
    func plans() throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: folder.path)
        .filter { $0.hasPrefix("outside-in-plan-acme-") }
    }
    // Only a yes writes it.
    #expect(try plans().isEmpty)
    terminal.enter("yes")
    terminal.wait(for: "Written:")
    #expect(terminal.waitForEnd() == 0)
    let plan = try String(contentsOfFile: folder.file(try #require(plans().first)), encoding: .utf8)
    #expect(plan.contains("Walk the whole way once a month") && plan.contains("Walk it with Cleo"))
    #expect(plan.contains("Sending it by post"))
    #expect(plan.contains("Five thank us"))
    #expect(plan.contains("**What:** An answer the same day"))
    #expect(plan.contains("Meet what customers expect: “An answer today”"))
    #expect(try run(["list"], in: folder).output.contains("finished"))
  }

  @Test func commandsWorkWhereverALineIsAsked() throws {
    let terminal = try begin()
    terminal.enter("4")
    terminal.wait(for: "own-who evidence> ")
    terminal.enter("goto exp-list")
    terminal.wait(for: "What they expect> ")
    terminal.enter("::quit is what they say")
    terminal.wait(for: "Did a customer say so, yes or no> ")
    terminal.enter("back")
    terminal.wait(for: "met-target> ")
    terminal.enter("goto exp-list")
    terminal.wait(for: "What they expect> ")
    terminal.enter("quit")
    #expect(terminal.waitForEnd() == 0)
    // The row that was left in the middle is there.
    #expect(try run(["export", "last"], in: folder).output.contains("quit is what they say"))
  }

  @Test func commitmentsLeftInTheMiddleAreKept() throws {
    _ = try run(["import", "-"], input: CommandTests.document(1), in: folder)
    let first = try Terminal(["assess", "--resume", "A1"], in: folder)
    first.wait(for: "own-who [1]> ")
    first.enter("finish")
    first.wait(for: "Enter goes on, back changes")
    first.enter()
    first.wait(for: "cur-size> ")
    first.enter("1")
    first.wait(for: "commitments (3 to go)> ")
    first.enter("2, 5 or 6")
    #expect(first.wait(for: "commitments (3 to go)> ").contains("can't be used here"))
    first.enter("1 2 3")
    first.wait(for: "Who sees to it and says yes, a name")
    first.enter("Ana")
    first.wait(for: "Who sees to it and says yes, a name")
    first.enter("quit")
    #expect(first.waitForEnd() == 0)
    let second = try Terminal(["assess", "--resume", "A1"], in: folder)
    second.wait(for: "finish> ")
    second.enter()
    second.wait(for: "Enter goes on, back changes")
    second.enter()
    #expect(second.wait(for: "Enter keeps them").contains("(Ana)"))
    second.enter()
    second.wait(for: "Who sees to it and says yes, a name")
    second.type("\u{4}")
    #expect(second.waitForEnd() == 0)
  }

  @Test func theStoreTakenAwayIsNoFalsePromise() throws {
    let terminal = try begin()
    try Data().write(to: URL(fileURLWithPath: folder.file("data/outside-in.sqlite")))
    terminal.enter("2")
    #expect(terminal.wait(for: "not saved> ").contains("NOT SAVED"))
    terminal.enter()
    terminal.wait(for: "not saved> ")
    terminal.enter("drop")
    terminal.wait(for: "own-who> ")
    terminal.enter("2")
    terminal.wait(for: "not saved> ")
    terminal.enter("quit")
    #expect(terminal.waitForEnd() == 74)
  }

  @Test func demoOpensAtAPrompt() throws {
    let terminal = try Terminal(["demo"], in: folder)
    #expect(terminal.wait(for: "outside-in> ").contains("LINDGREN HEATING"))
    terminal.enter("explain journey")
    #expect(terminal.wait(for: "outside-in> ").contains("jou-handover"))
    terminal.enter("plan")
    terminal.wait(for: "7. Review")
    terminal.wait(for: "outside-in> ")
    terminal.enter("quit")
    #expect(terminal.waitForEnd() == 0)
  }
}

extension TerminalTests {
  @Test func severalRatersAreAskedWhoTheyAre() throws {
    let document = """
      {"schema":"outside-in.assessment/1","id":"W","questionnaire":{"id":"outside-in"},"scope":"core",
       "raters":[{"id":"a","name":"Ana"},{"id":"b","name":"Ben"}],
       "responses":[{"item":"own-who","value":1,"rater":"a"},{"item":"own-who","value":4,"rater":"b"}]}
      """
    _ = try run(["import", "-"], input: document, in: folder)
    let terminal = try Terminal(["assess", "--resume", "W"], in: folder)
    #expect(terminal.wait(for: "A number> ").contains("2  Ben"))
    terminal.enter("2")
    terminal.wait(for: "own-empower> ")
    terminal.enter("back")
    terminal.wait(for: "own-who [4]> ")
    terminal.enter("3")
    terminal.wait(for: "own-who evidence> ")
    terminal.enter("quit")
    #expect(terminal.waitForEnd() == 0)
    let exported = try JSONValue(parsing: try run(["export", "W"], in: folder).output.utf8)
    #expect(exported["responses"].list.map { $0["value"].number } == [1, 3])
  }
}
