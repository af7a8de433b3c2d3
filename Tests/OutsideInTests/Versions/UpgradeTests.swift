import AssessmentModel
import Foundation
import Storage
import Testing

@testable import Interview
@testable import OutsideInCLI

/// A team that began with the first version of the built-in questionnaire: it goes on with it, is told of the second once,
/// may take its answers over, and may be asked the same again.
@Suite struct UpgradeTests {
  let folder: TemporaryFolder
  static let first = builtIn("1.0.0").questionnaire

  init() throws { folder = try TemporaryFolder() }

  /// One person's answers of the whole first version, or of its short form, each at level 2 but for one.
  private func store(_ id: String, isFinished: Bool, scope: Assessment.Scope = .full) throws {
    let responses = Self.first.items.filter { $0.scored != nil && (scope == .full || $0.core) }.map { item in
      "{\"item\":\"\(item.id)\",\"rater\":\"r1\",\"value\":\(item.id == "own-who" ? 3 : 2),\"note\":\"of \(item.id)\"}"
    }
    let finished = isFinished ? "\"finishedAt\":\"2026-03-19T10:00:00Z\"," : ""
    let document = """
      {"schema":"outside-in.assessment/1","id":"\(id)","organization":"Rail","team":"Nord","scope":"\(scope.rawValue)",
       "startedAt":"2026-03-19T09:00:00Z",\(finished)"questionnaire":{"id":"outside-in","version":"1.0.0"},
       "raters":[{"id":"r1","name":"Ana Costa"}],
       "responses":[\(responses.joined(separator: ",")),
         {"item":"cur-sector","rater":null,"value":"Trains to the coast"},
         {"item":"cur-size","rater":null,"value":"upto-fifty"}]}
      """
    let stored = try run(["import", "-"], input: document, in: folder)
    #expect(stored.status == 0, "\(stored.errors)")
  }

  private func words(_ arguments: String...) throws -> String {
    let run = try run(arguments, in: folder)
    #expect(run.status == 0, "\(run.errors)")
    return run.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// Each kind of change: the same, reworded and tried, under another id, in place of another, and new.
  @Test func answersAreCarriedAsTheMigrationSays() throws {
    try store("A", isFinished: true)
    let told = try words("upgrade", "A", "--to", "2.0.0")
    #expect(told.contains("are carried, with 37 answers"), "\(told)")
    #expect(told.contains("cur-sector → cur-about: 1 answer"))
    for gone in [
      "exp-after → exp-outcome", "exp-eyes → exp-thoughts", "met-gap → met-views",
      "emo-question → emo-passed", "emo-moment → emo-made",
    ] {
      #expect(told.contains("\(gone): 1 answer"), "\(gone)")
    }
    // With their words, those that are asked.
    for item in ["jou-self", "jou-machine", "cur-sector"] { #expect(told.contains("• \(item): ")) }
    #expect(told.contains("29 of the carried read otherwise now; tried out, they are answered alike."))
    let list = try run(["list", "--format", "json"], in: folder).output
    let id = try #require(
      JSONValue(parsing: list.utf8)["assessments"].list.map { $0["id"].text }.first { $0 != "A" })
    let taken = try JSONValue(parsing: run(["export", id], in: folder).output.utf8)
    func answer(_ item: String) -> JSONValue? { taken["responses"].list.first { $0["item"].text == item } }
    // Tried wordings, and what was left alone, keep the answer, its note and that it is given.
    for item in ["own-who", "emo-feel", "jou-handover", "exp-promise"] {
      let kept = try #require(answer(item))
      #expect(kept["value"] == .integer(item == "own-who" ? 3 : 2) && kept["carried"].text == "confirmed")
      #expect(kept["note"].text == "of \(item)")
    }
    // What was typed about the organisation stays, under another id; the field is still to be chosen.
    #expect(answer("cur-about")?["value"].text == "Trains to the coast")
    #expect(answer("cur-size")?["value"].text == "upto-fifty")
    for item in [
      "cur-sector", "jou-self", "jou-machine", "exp-outcome", "emo-made", "exp-after", "emo-moment",
    ] {
      #expect(answer(item) == nil, "\(item)")
    }
    #expect(try words("result", id).contains("its answer was given to the older words"))
    #expect(!(try words("result", "A")).contains("older words"))
    // The old one is as it was.
    let before = try JSONValue(parsing: run(["export", "A"], in: folder).output.utf8)
    #expect(before["questionnaire"]["version"].text == "1.0.0" && before["responses"].list.count == 42)
    #expect(before["finishedAt"] != .null)
  }

  @Test func whoGoesOnWithAnOlderVersionIsToldOnce() throws {
    try store("A", isFinished: false, scope: .core)
    for isTold in [true, false] {
      let terminal = try Terminal(["assess", "--resume", "A"], in: folder)
      let screen = terminal.wait(for: "own-who [3]> ")
      let text = screen.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      #expect(
        text.contains(
          "The questionnaire outside-in has a version 2.0.0 by now. This one was begun with 1.0.0 and goes on with it; nothing changes. `outside-in upgrade A --to 2.0.0` takes it over instead: 35 of its 40 questions count as the same in both, 29 of them in words that were tried out and are answered alike. This is said once."
        ) == isTold, "\(text)")
      #expect(screen.contains("Who changes something when customers have trouble"))
      terminal.enter("quit")
      #expect(terminal.waitForEnd() == 0)
    }
    // What is asked the newest way has nothing to tell.
    let begun = try Terminal(
      ["assess", "--organization", "A", "--team", "B", "--customers", "customer"], in: folder)
    begun.wait(for: "own-who> ")
    begun.enter("quit")
    #expect(begun.waitForEnd() == 0)
    let again = try Terminal(["assess", "--resume"], in: folder)
    #expect(!again.wait(for: "own-who> ").contains("by now"))
    again.enter("quit")
    #expect(again.waitForEnd() == 0)
  }

  /// Who begins from an earlier one chooses what is asked; Enter is the newer version.
  @Test(arguments: [("", "2.0.0", "own-who [3?]> "), ("1.0.0", "1.0.0", "own-who [3?]> ")])
  func theOlderVersionIsOffered(line: String, version: String, prompt: String) throws {
    try store("A", isFinished: true, scope: .core)
    let terminal = try Terminal(["assess", "--from", "A"], in: folder)
    let offer = terminal.wait(for: "1.0.0 what was asked before> ").split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
    #expect(
      offer.contains(
        "Before, version 1.0.0 of outside-in was asked; there is 2.0.0 by now. 35 of its 40 questions count as the same in both, 29 of them in words"
      ))
    terminal.enter("perhaps")
    #expect(terminal.wait(for: "1.0.0 what was asked before> ").contains("“perhaps”: Enter, 1.0.0 or 2.0.0."))
    terminal.enter(line)
    terminal.wait(for: "yes or no> ")
    terminal.enter("yes")
    terminal.wait(for: prompt)
    terminal.enter("quit")
    #expect(terminal.waitForEnd() == 0)
    let begun = try JSONValue(parsing: run(["export", "last"], in: folder).output.utf8)
    #expect(begun["questionnaire"]["version"].text == version)
  }

  /// Of several teams somebody says which; another's answers are nobody's to begin from.
  @Test func theTeamIsNamed() throws {
    try store("A", isFinished: true, scope: .core)
    _ = try run(["rename", "A", "--team", "Süd"], in: folder)
    try store("B", isFinished: true, scope: .core)
    let refused = try Terminal(["assess", "--from", "last:Rail"], in: folder)
    #expect(refused.waitForEnd() == 64)
    let words = refused.screen.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("“Rail” has 2 teams: Nord, Süd. Say whose with --team, or give an id"), "\(words)")
    let nobody = try Terminal(["assess", "--from", "last:Rail", "--team", "West"], in: folder)
    #expect(nobody.waitForEnd() == 66)
    let terminal = try Terminal(["assess", "--from", "last:Rail", "--team", "süd"], in: folder)
    terminal.wait(for: "what was asked before> ")
    terminal.enter()
    #expect(terminal.wait(for: "yes or no> ").contains("15 answers of Rail, Süd, 2026-03-19 stand there"))
    terminal.enter("quit")
    #expect(terminal.waitForEnd() == 0)
  }

  /// A promise to mend what is not asked any more is kept, and not told as a team's own idea.
  @Test func aPromiseOutlivesItsQuestion() throws {
    try store("A", isFinished: true)
    let promise = """
      "commitments":[{"action":"emo-moment-3","title":"Meet at the door","owner":"Ana","firstStep":"Ask Ben","by":"2026-03-26","done":"","stop":""},
        {"action":"own-1","title":"Bring cake","owner":"Ben","firstStep":"","by":"2026-03-26","done":"","stop":""}],
      """
    let whole = try run(["export", "A"], in: folder).output
      .replacing("\"id\":\"A\"", with: "\"id\":\"P\"").replacing("\"commitments\":null,", with: promise)
      .replacing("\"commitments\": null,", with: promise).replacing("\"id\": \"A\"", with: "\"id\": \"P\"")
    let stored = try run(["import", "-"], input: whole, in: folder)
    #expect(stored.status == 0, "\(stored.errors)")
    #expect(try !words("plan", "P").contains("not asked about any more"))
    _ = try words("upgrade", "P", "--to", "2.0.0")
    let plan = try words("plan", "last")
    #expect(plan.contains("Meet at the door"), "\(plan)")
    #expect(plan.contains("From: a gap that is closed, or not asked about any more"), "\(plan)")
    #expect(plan.components(separatedBy: "From: ourselves").count == 2, "\(plan)")
  }

  /// Who was asked an older version before is offered it again by the name alone; another team isn't.
  @Test func aTeamIsOfferedWhatItWasAsked() throws {
    try store("A", isFinished: true, scope: .core)
    let terminal = try Terminal(
      ["assess", "--organization", "rail", "--team", "nord", "--customers", "customer"], in: folder)
    #expect(
      terminal.wait(for: "1.0.0 what was asked before> ").contains("16 questions, the short form of 42"))
    terminal.enter("1.0.0")
    #expect(terminal.wait(for: "own-who> ").contains("16 questions, the short form of 40"))
    terminal.enter("quit")
    #expect(terminal.waitForEnd() == 0)
    let begun = try JSONValue(parsing: run(["export", "last"], in: folder).output.utf8)
    #expect(begun["questionnaire"]["version"].text == "1.0.0")
    // Another team isn't asked, nor who names a version, nor who finished the newest last.
    _ = try words("upgrade", "A", "--to", "2.0.0")
    _ = try words("rename", "last", "--team", "Süd")
    _ = try words("finish", "last")
    let others = [
      ("west", "outside-in"), ("nord", "outside-in@2.0.0"), ("nord", "outside-in@1.0.0"),
      ("süd", "outside-in"),
    ]
    for (team, name) in others {
      let other = try Terminal(
        [
          "assess", "--organization", "rail", "--team", team, "--customers", "customer", "--questionnaire",
          name,
        ], in: folder)
      #expect(!other.wait(for: "own-who> ").contains("asked before"), "\(team), \(name)")
      other.enter("quit")
      #expect(other.waitForEnd() == 0)
    }
  }

  /// A workshop in the middle goes on where it was, in the store, too; what was said about the old words stays behind.
  @Test func aWorkshopGoesOnWhereItWas() throws {
    let first = builtIn("1.0.0")
    var old = Assessment(
      id: "W", organization: "Rail", setting: .workshop, startedAt: noon, questionnaire: first.reference,
      raters: [Rater(id: "r1", name: "Ana"), Rater(id: "r2", name: "Ben")],
      responses: [
        Response(key: .init(item: "jou-walk", rater: "r1", round: 1), answer: .answered(.level(1)), at: noon)
      ])
    old.workshop = WorkshopState(
      minutes: 60, cards: .collected, away: ["r2"],
      openRounds: ["jou-walk": OpenRound(round: 2, voters: ["r1"])], leftOut: ["met-sort", "exp-after"],
      sayings: ["jou-handover": ["from desk to desk"], "own-who": ["who mends it"]], spentSeconds: 600,
      areCustomersOpen: true, from: "BEFORE")
    old.settled["vis-purpose"] = Settlement(answer: .dontKnow, reason: "unclear")
    old.settled["jou-handover"] = Settlement(answer: .dontKnow, reason: "unclear")
    let taken = Takeover(
      upgrading: old, of: first.questionnaire, to: outsideIn.questionnaire, outsideIn.reference,
      by: Trial.way, id: "N")
    let store = try Store(directory: folder.path)
    let inserted = try store.insert(taken.assessment, questionnaire: outsideIn.stored, at: noon)
    _ = try store.append(taken.events, to: inserted, at: noon)
    let kept = try store.open("N").assessment
    let state = try #require(kept.workshop)
    #expect(
      state.minutes == 60 && state.cards == .collected && state.away == ["r2"] && state.from == "BEFORE")
    #expect(
      state.openRounds == ["jou-walk": OpenRound(round: 2, voters: ["r1"])] && state.leftOut == ["met-sort"])
    #expect(state.spentSeconds == 600 && state.areCustomersOpen)
    #expect(state.sayings == ["jou-handover": ["from desk to desk"]])
    #expect(kept.settled.keys.sorted() == ["jou-handover"])
    #expect(kept.responses[.init(item: "jou-walk", rater: "r1", round: 1)]?.level == 1)
  }

  /// An assessment and what it was taken over as are one occasion, whichever is named.
  @Test func nothingIsHeldAgainstItself() throws {
    try store("A", isFinished: true)
    _ = try run(["upgrade", "A", "--to", "2.0.0"], in: folder)
    let compared = try run(["compare", "A"], in: folder)
    #expect(compared.status != 0 && !compared.output.contains("→"), "\(compared.output)")
  }

  /// A table of the older version is told which one it is.
  @Test func aTableOfTheOlderVersionIsTold() throws {
    try store("A", isFinished: true, scope: .core)
    _ = try run(["export", "A", "--format", "csv", "-o", folder.file("a.csv")], in: folder)
    let refused = try run(["import", folder.file("a.csv"), "--date", "2026-03-19"], in: folder)
    #expect(
      refused.status == 65 && refused.errors.contains("add --questionnaire outside-in@1.0.0"),
      "\(refused.errors)")
    let other = try TemporaryFolder()
    let taken = try run(
      ["import", folder.file("a.csv"), "--date", "2026-03-19", "--questionnaire", "outside-in@1.0.0"],
      in: other)
    #expect(taken.status == 0, "\(taken.errors)")
  }
}
