import AssessmentModel
import Foundation
import Interchange
import Testing

/// What was answered beforehand, customers, another time, and the example: at a pseudo-terminal.
@Suite struct AroundWorkshopTerminalTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    for name in ["google", "microsoft", "customers"] {
      try Data(fixture("forms/\(name).csv")).write(to: URL(fileURLWithPath: folder.file("\(name).csv")))
    }
  }

  /// The form goes in at the prompt; another window says where; cards take the place of those who are there.
  @Test func answersOfAFormAtThePrompt() throws {
    let terminal = try beginWorkshop(in: folder)
    let busy = try run(["import", "google.csv", "--into", "last"], in: folder)
    #expect(
      busy.status == 75 && busy.errors.contains("At its prompt, `import google.csv` takes the file in."))
    terminal.enter("import nothing.csv")
    terminal.wait(for: "Can't open nothing.csv")
    terminal.enter("import google.csv")
    let told = terminal.wait(for: "own-who (4 of 10)> ")
    // How many, never who; and who is new is not in the room.
    #expect(told.contains("4 of 10 answers are in, unseen.") && told.contains("Zoe, who is new on the list"))
    #expect(told.contains("One of them is of people who are not here"))
    terminal.enter("0 0 0 9 0")
    // Zoe said 3, too: her vote stands beside the cards.
    #expect(terminal.wait(for: "(Enter: next)> ").contains("own-who   round 1   10 votes"))
    terminal.enter("next")
    terminal.wait(for: "evidence> ")
    terminal.enter()
    terminal.wait(for: "own-empower (4 of 10)> ")
    // As it came beforehand, where nobody is asked again.
    terminal.enter("reveal")
    terminal.wait(for: "6 are missing. Enter goes on without, no waits> ")
    terminal.enter()
    #expect(terminal.wait(for: "(Enter: next)> ").contains("own-empower   round 1   4 votes"))
    terminal.enter("import google.csv")
    #expect(terminal.wait(for: "(Enter: next)> ").contains("Adds nothing to own-who"))
    quit(terminal)
    let document = try JSONValue(parsing: run(["export", "last"], in: folder).output.utf8)
    #expect(document["responses"].list.count == 4 && document["tallies"].list.count == 1)
    #expect(try run(["list"], in: folder).output.contains("14"))
  }

  /// Who filled in a form without names is asked once.
  @Test func whetherAFormIsOfPeopleWhoAreNotThere() throws {
    let terminal = try beginWorkshop(in: folder, anonymous: true)
    terminal.enter("import microsoft.csv")
    terminal.wait(for: "yes or no> ")
    terminal.enter("help")
    terminal.wait(for: "nobody counts twice")
    terminal.enter("no")
    terminal.wait(for: "own-who (5 of 9)> ")
    terminal.enter("import microsoft.csv")
    terminal.wait(for: "There is nothing in")
    terminal.enter("0 9 0 0 0")
    #expect(terminal.wait(for: "(Enter: next)> ").contains("own-who   round 1   9 votes"))
    terminal.enter("1 8 0 0 0")
    terminal.wait(for: "(Enter: next)> ")
    // One card more would tell whose it was.
    terminal.enter("1 7 0 0 0")
    terminal.wait(for: "Anonymity was promised")
    quit(terminal)
  }

  /// What customers said is seen once the team has said what it expects, and not before.
  @Test func customersAreGuessedFirst() throws {
    let terminal = try beginWorkshop(in: folder)
    terminal.enter("import customers.csv")
    #expect(
      terminal.wait(for: "own-who (9 votes)> ").contains(
        "Kept unseen until the team has said what it expects"))
    terminal.enter("paper customers")
    terminal.wait(for: "sheet 1, unseen")
    for (place, line) in ["1 1 1 1 1 1 1 1", "0 0 ? - 0 0 0 0", "1 2 3"].enumerated() {
      terminal.enter(line)
      terminal.wait(for: "sheet \(place < 2 ? place + 2 : 3), unseen")
    }
    terminal.enter("1 1 1 1 1 1 1 1")
    terminal.wait(for: "sheet 4, unseen")
    terminal.enter()
    terminal.wait(for: "3 sheets are kept")
    terminal.enter("result")
    #expect(!terminal.wait(for: "own-who (9 votes)> ").contains("answered too"))
    terminal.enter("predict")
    terminal.wait(for: "own-who, your prediction> ")
    terminal.enter("9")
    terminal.wait(for: "A number from 0 to 4")
    // One prediction does not show all answers.
    terminal.wait(for: "own-who, your prediction> ")
    terminal.enter("1")
    terminal.wait(for: "emo-feel, your prediction> ")
    terminal.enter("stop")
    terminal.wait(for: "Show all the same, yes or no> ")
    terminal.enter("no")
    terminal.wait(for: "own-who (9 votes)> ")
    terminal.enter("result")
    #expect(!terminal.wait(for: "own-who (9 votes)> ").contains("answered too"))
    terminal.enter("predict")
    terminal.wait(for: "own-who, your prediction [1]> ")
    terminal.enter("2,5")
    for item in [
      "emo-feel", "ant-early", "rel-upset", "exp-listen", "vis-purpose", "jou-handover",
      "met-decide",
    ] {
      terminal.wait(for: "\(item), your prediction> ")
      terminal.enter("2,5")
    }
    let shown = terminal.wait(for: "own-who (9 votes)> ")
    #expect(
      shown.contains("8 predictions are kept") && shown.contains("you expected")
        && shown.contains("lies furthest apart"))
    terminal.enter("predict")
    terminal.wait(for: "a prediction comes before that")
    terminal.wait(for: "own-who (9 votes)> ")
    quit(terminal)
    let document = try JSONValue(parsing: run(["export", "last"], in: folder).output.utf8)
    #expect(document["predictions"].list.count == 8)
    #expect(document["tallies"].list.allSatisfy { $0["group"] == .string("customer") })
    #expect(
      try run(["workshop", "record"], in: folder).output.contains("9 customers answered for themselves."))
  }

  /// Half a year later: the same people, the homework, and what was settled after each reveal, never before.
  @Test func anotherTimeBeginsWithTheSamePeople() throws {
    var before = AroundWorkshopTests.held
    before.organization = ""
    let document = AssessmentDocument.write(
      before, questionnaire: outsideIn.questionnaire, definition: outsideIn.questionnaire.canonical)
    _ = try run(["import", "-"], input: document.text(), in: folder)
    let terminal = try Terminal(
      ["workshop", "--from", "last", "--minutes", "120", "--team", "All"], in: folder)
    let told = terminal.wait(for: "yes or no> ")
    #expect(told.contains("Ana, Ben, Cleo") && told.contains("Homework of Dan"))
    terminal.enter("no")
    terminal.wait(for: "anonymous> ")
    terminal.enter()
    terminal.wait(for: "Enter goes on> ")
    terminal.enter()
    terminal.wait(for: "kept nowhere> ")
    terminal.enter()
    #expect(!terminal.wait(for: "own-who (9 votes)> ").contains("Last time"))
    terminal.enter("0 0 4 5 0")
    #expect(
      terminal.wait(for: "(Enter: next)> ").contains(
        "Last time, on 2026-01-15: settled 2, because: Jonas changed"))
    terminal.enter("parked")
    terminal.wait(for: "Homework of Dan")
    quit(terminal)
    let later = try JSONValue(parsing: run(["export", "last"], in: folder).output.utf8)
    #expect(later["raters"].list.count == 9 && later["raters"].list.allSatisfy { $0["person"] != .null })
    #expect(try run(["workshop", "TEST", "--from", "last"], in: folder).status == 64)
  }

  /// In the example a newcomer gets to a settled split with four lines, each time anew.
  @Test func theExampleLeadsToASettledSplit() throws {
    for _ in 0..<2 {
      let terminal = try Terminal(["demo", "workshop"], in: folder)
      #expect(terminal.wait(for: "exp-listen (all 9; Enter reveals)> ").contains("Enter reveals."))
      terminal.enter()
      #expect(terminal.wait(for: "(Enter: next)> ").contains("You are apart."))
      terminal.enter("revote")
      terminal.wait(for: "(round 2, 9 votes)> ")
      terminal.enter("0 1 5 3 0")
      terminal.wait(for: "(Enter: next)> ")
      terminal.enter("settle 2")
      terminal.wait(for: "Settled at 2.")
      terminal.wait(for: "(settled; Enter: next)> ")
      quit(terminal)
    }
    #expect(try run(["demo", "workshop"], in: folder).status == 64)
    let listed = try run(["list", "--data-dir", folder.file("data/demo")], in: folder).output
    #expect(listed.contains("open; workshop"))
  }

  /// What only the form asked is offered before the result, and counts from then on.
  @Test func whatOnlyTheFormAskedIsOfferedAtTheClosing() throws {
    let rows = ["Name,[own-who],[exp-outcome]"] + ["Ana,1,2", "Ben,1,2", "Cleo,1,3"]
    try rows.joined(separator: "\n").write(toFile: folder.file("more.csv"), atomically: true, encoding: .utf8)
    let terminal = try beginWorkshop(in: folder)
    terminal.enter("import more.csv")
    #expect(
      terminal.wait(for: "own-who (3 of 9)> ").contains("1 question of these is not asked in the"))
    terminal.enter("finish")
    terminal.wait(for: "leave shows the result without them> ")
    terminal.enter("leave")
    #expect(terminal.wait(for: "leave: the result without them> ").contains("exp-outcome"))
    terminal.enter("what")
    terminal.wait(for: "Enter or leave.")
    terminal.enter()
    terminal.wait(for: "They count")
    terminal.wait(for: "own-who (3 of 9)> ")
    quit(terminal)
    let document = try JSONValue(parsing: run(["export", "last"], in: folder).output.utf8)
    #expect(document["deepened"].list == [.string("insight")] && document["responses"].list.count == 3)
  }

  /// A colleague's document that says no name is nobody's, until somebody says whose.
  @Test func aDocumentWithoutANameIsAskedFor() throws {
    var alone = MergeTests.solo(at: nil)
    (alone.organization, alone.team) = ("Acme", "All")
    let document = AssessmentDocument.write(
      alone, questionnaire: outsideIn.questionnaire, definition: outsideIn.questionnaire.canonical)
    try document.text().write(toFile: folder.file("kim.json"), atomically: true, encoding: .utf8)
    let terminal = try beginWorkshop(in: folder)
    terminal.enter("import kim.json")
    terminal.wait(for: "Whose? (Enter leaves it)> ")
    terminal.enter("Ana Lindgren")
    terminal.wait(for: "one person or two?")
    terminal.enter("import kim.json")
    terminal.wait(for: "Whose? (Enter leaves it)> ")
    terminal.enter("ana")
    terminal.wait(for: "own-who (1 of 9)> ")
    quit(terminal)
    let refused = try run(["import", "kim.json", "--into", "last"], in: folder)
    #expect(refused.status == 65 && refused.errors.hasSuffix("Nothing was added. --rater NAME says it.\n"))
    let same = try run(["import", "kim.json", "--into", "last", "--rater", "Ana"], in: folder)
    #expect(same.errors.contains("There is nothing in kim.json to add"))
    let added = try run(["import", "kim.json", "--into", "last", "--rater", "Kim"], in: folder)
    #expect(added.errors.contains("Kim, who is new on the list and not in the room"))
    // And taken off again.
    let again = try Terminal(["workshop", "last"], in: folder)
    again.wait(for: "own-who (2 of 10)> ")
    again.enter("remove Kim")
    again.wait(for: "off the list, yes or no> ")
    again.enter("yes")
    again.wait(for: "own-who (1 of 9)> ")
    quit(again)
  }

  /// A vote cast beforehand leaves no trace on the screen, in the history or the environment before its reveal.
  @Test func nothingOfAFormIsSeenBeforeTheReveal() throws {
    let screens = try [1, 4].map { level -> String in
      let folder = try TemporaryFolder()
      let rows =
        (["Your name,[own-who],[own-empower]"] + ["Ana", "Ben", "Cleo"].map { "\($0),\(level),\(level)" })
      try rows.joined(separator: "\n").write(
        toFile: folder.file("form.csv"), atomically: true, encoding: .utf8)
      let terminal = try beginWorkshop(in: folder)
      terminal.enter("import form.csv")
      terminal.wait(for: "own-who (3 of 9)> ")
      for line in ["result", "agreement", "review", "progress", "who"] {
        terminal.enter(line)
        terminal.wait(for: "own-who (3 of 9)> ")
      }
      quit(terminal)
      let history = (try? String(contentsOfFile: folder.file("data/history"), encoding: .utf8)) ?? ""
      let exported = try run(["export", "last"], in: folder).output
      let id = try JSONValue(parsing: exported.utf8)["id"]
      return (terminal.screen + history + exported)
        .replacing(id.text(), with: "ID").replacing(/\d\d:\d\d(:\d\d)?/, with: "TIME")
        .replacing(/01[0-9A-Z]{8,}/, with: "ID").replacing(folder.path, with: "FOLDER")
        .replacing(/"sectionMinutes": \[[^\]]*\]/, with: "MINUTES")
    }
    #expect(screens[0] == screens[1])
  }
}
