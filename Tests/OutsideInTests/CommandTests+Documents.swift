import AssessmentModel
import Foundation
import GRDB
import Testing

/// Assessments in and out.
extension CommandTests {
  @Test func exportImportExportGivesTheSameBytes() throws {
    _ = try run("import", "-", input: Self.document(3, extra: ",\"parked\":[\"=x\\u001b\"]"))
    let first = try run("export", "A1", "-o", "one.json")
    #expect(first.status == 0)
    let one = try Data(contentsOf: URL(fileURLWithPath: folder.file("one.json")))
    #expect(try run("delete", "A1", "--yes").status == 0)
    #expect(try run("import", "one.json").output == "A1\n")
    #expect(Data(try run("export", "A1").output.utf8) == one)
    // The same again is no change; other content under the same id is refused.
    #expect(try run("import", "one.json").status == 0)
    #expect(try run("import", "-", input: Self.document(1)).status == 65)
    #expect(Data(try run("export", "A1").output.utf8) == one)
    let attributes = try FileManager.default.attributesOfItem(atPath: folder.file("one.json"))
    #expect(attributes[.posixPermissions] as? Int == 0o600)
  }

  @Test func aWholeStoreMovesInOneFile() throws {
    for id in ["A1", "A2", "A3"] { _ = try run("import", "-", input: Self.document(3, id: id)) }
    _ = try run("export", "--all", "-o", "all.jsonl")
    let elsewhere = try TemporaryFolder()
    let imported = try OutsideInTests.run(["import", folder.file("all.jsonl")], in: elsewhere)
    #expect(imported.output == "A1\nA2\nA3\n")
  }

  @Test func csvComesInAndGoesOut() throws {
    let table = "item;rater;value\nown-who;Ana;3\nown-who;Ben;1\nexp-promise;Ana;0\n"
    try Data(table.utf8).write(to: URL(fileURLWithPath: folder.file("votes.csv")))
    let imported = try run(
      "import", "votes.csv", "--organization", "Acme", "--scope", "core", "--date", "2026-01-15")
    #expect(imported.status == 0, "\(imported.errors)")
    let exported = try run("export", "last", "--format", "csv")
    #expect(exported.output.contains("own-who,Ben,,staff,1,answered,1,"))
    let wrong = try run(
      "import", "-", "--format", "csv", "--date", "2026-01-15", input: "item,value\nown-who,7\n")
    #expect(wrong.status == 65)
    #expect(wrong.errors.contains("-:2: value: "), "\(wrong.errors)")
  }

  @Test func answersOfColleaguesAreMerged() throws {
    _ = try run("import", "-", input: Self.document(3))
    let more = """
      {"schema":"outside-in.assessment/1","questionnaire":{"id":"outside-in"},"scope":"core",
       "raters":[{"id":"x","name":"Ben","department":"Sales"}],
       "responses":[{"item":"own-who","value":0,"rater":"x"}]}
      """
    #expect(try run("import", "-", "--into", "A1", input: more).output == "A1\n")
    let card = try JSONValue(parsing: try run("result", "A1", "--format", "json").output.utf8)
    #expect(card["contributions"].list[0]["score"] == .number(37.5))
    let other = more.replacing("\"value\":0", with: "\"value\":4")
    let conflict = try run("import", "-", "--into", "A1", input: other)
    #expect(conflict.status == 65)
    #expect(conflict.errors.contains("own-who of Ben"))
  }

  /// A line of a document of one person.
  static func line(_ id: String, _ organization: String, _ team: String, _ rater: String) -> String {
    #"{"schema":"outside-in.assessment/1","id":"\#(id)","organization":"\#(organization)","team":"\#(team)","#
      + #""scope":"core","startedAt":"2026-01-15T09:00:00Z","questionnaire":{"id":"outside-in","version":"2.0.0"},"#
      + #""raters":[{"id":"r1","name":"\#(rater)"}],"responses":[{"item":"own-who","value":0}]}"# + "\n"
  }

  /// The file's lines, what is said, and how many answer then. One of Acme's Support is there, and Ana has answered.
  @Test(arguments: [
    ([("B1", "Acme", "Support", "Ben")], "", 2), ([("B1", "", "", "Ben")], "", 2),
    ([("B1", "ACME", " support", "Ben")], "", 2),
    ([("B1", "Acme", "Support", "ana")], "nothing was changed", 1),
    ([("B1", "Beta", "Support", "Ben")], "Import it without --into", 1),
    ([("B1", "Acme", "Sales", "Ben")], "two of them never become one", 1),
    (
      [("B1", "Acme", "Support", "Ben"), ("C1", "Acme", "Support", "Cleo")],
      "holds 2: B1 (Acme, Support) and C1 (Acme, Support)", 1
    ),
    ([("B1", "Beta", "", "Ben"), ("C1", "Gamma", "", "Cleo")], "B1 (Beta) and C1 (Gamma)", 1),
    ([], "this is not JSON", 1),
  ])
  func onlyOneOfTheSameTeamGoesIn(
    file: [(String, String, String, String)], words: String, people: Int
  ) throws {
    _ = try run("import", "-", input: Self.line("A1", "Acme", "Support", "Ana"))
    let before = try run("export", "A1").output
    let lines = file.map { Self.line($0.0, $0.1, $0.2, $0.3) }.joined()
    let merged = try run("import", "-", "--into", "A1", input: lines)
    let after = try run("export", "A1").output
    let isTaken = words.isEmpty || words.contains("nothing was changed")
    #expect(merged.status == (isTaken ? 0 : 65), "\(merged.errors)")
    if !file.isEmpty {
      let told = words.isEmpty ? "Added to A1: 1 answer of Ben, who is new." : words
      #expect(merged.errors.contains(told), "\(merged.errors)")
    }
    #expect(try JSONValue(parsing: after.utf8)["raters"].list.count == people)
    if people == 1 { #expect(after == before) }
  }

  @Test func twoWithOneIdAreToldWhatToDo() throws {
    _ = try run("import", "-", input: Self.line("A1", "Acme", "Support", "Ana"))
    let other = try run("import", "-", input: Self.line("A1", "Beta", "", "Ben"))
    #expect(other.status == 65 && !other.errors.contains("--into"), "\(other.errors)")
    #expect(
      other.errors.contains("Acme, Support (2026-01-15), in the file Beta (2026-01-15)"), "\(other.errors)")
    let same = try run("import", "-", input: Self.line("A1", "acme", "Support", "Ben"))
    #expect(same.status == 65 && same.errors.contains("--into A1"), "\(same.errors)")
  }

  @Test func whatIsAddedToAFinishedOneOpensItAndSaysSo() throws {
    _ = try run("import", "-", input: Self.line("A1", "Acme", "Support", "Ana"))
    _ = try run("finish", "A1")
    let merged = try run("import", "-", "--into", "A1", input: Self.line("B1", "Acme", "Support", "Ben"))
    #expect(merged.status == 0 && merged.errors.contains("is open again"), "\(merged.errors)")
    #expect(merged.errors.contains("outside-in finish A1"))
    #expect(try run("list").output.contains("open"))
    // It was over when it was over.
    let finished = try run("finish", "A1", "--date", "2026-01-20")
    #expect(finished.errors == "A1 is finished, as of 2026-01-20.\n", "\(finished.errors)")
  }

  @Test func aNameThatIsThereIsNotGivenTwice() throws {
    _ = try run("import", "-", input: Self.line("A1", "Acme", "Support", "Zoë"))
    _ = try run("import", "-", "--into", "A1", input: Self.line("B1", "Acme", "Support", "Ben"))
    for name in ["Zoë", "zoe", " ZOE "] {
      let renamed = try run("rename", "A1", "--rater", "r2=\(name)")
      #expect(
        renamed.status == 65 && renamed.errors.contains("Zoë (r1) answers in A1 already"), "\(renamed.errors)"
      )
    }
    // Two at once, the second into the first's new name; and the same name in another spelling for oneself.
    #expect(try run("rename", "A1", "--rater", "r1=Cleo", "--rater", "r2=cleo").status == 65)
    #expect(try run("rename", "A1", "--rater", "r1=Zoe").status == 0)
    #expect(try run("export", "A1").output.contains("\"Ben\""))
  }

  @Test func whatDoesNotCountIsTold() throws {
    _ = try run("import", "-", input: Self.document(3))
    let full = Self.line("B1", "Acme", "", "Ben").replacing(
      #""item":"own-who""#, with: #""item":"vis-trigger""#)
    let merged = try run("import", "-", "--into", "A1", input: full)
    #expect(
      merged.status == 0 && merged.errors.contains("1 of these is outside the short form"), "\(merged.errors)"
    )
  }

  @Test func aFilesNameTellsTheFormat() throws {
    _ = try run("import", "-", input: Self.document(3))
    #expect(try run("export", "A1", "-o", "a.csv").status == 0)
    #expect(try run("import", "a.csv", "--date", "2026-01-15").status == 0)
    #expect(try run("export", "A1", "-o", "a.xlsx").status == 64)
  }

  @Test func aTableCountsOneSpellingOnce() throws {
    let table = "item,rater,value\nown-who,Ann,3\nexp-promise, ann ,1\n"
    #expect(try run("import", "-", "--format", "csv", "--date", "2026-01-15", input: table).status == 0)
    let twice = try run(
      "import", "-", "--format", "csv", "--date", "2026-01-15", input: table + "own-who,ANN,2\n")
    #expect(twice.status == 65 && twice.errors.contains("-:4"), "\(twice.errors)")
    #expect(try JSONValue(parsing: try run("export", "last").output.utf8)["raters"].list.count == 1)
  }

  @Test func twoOfOneNameInAFileAreNamed() throws {
    let two = Self.line("A1", "Acme", "Support", "Ann")
      .replacing(#"{"id":"r1","name":"Ann"}"#, with: #"{"id":"r1","name":"Ann"},{"id":"r2","name":"ann"}"#)
      .replacing(#""value":0"#, with: #""value":0,"rater":"r1""#)
    let imported = try run("import", "-", input: two)
    #expect(
      imported.status == 0 && imported.errors.contains("Ann (r1) and ann (r2) count as two"),
      "\(imported.errors)")
  }

  @Test func aCopyThatWentOnElsewhereComesBack() throws {
    _ = try run("import", "-", input: Self.document(3))
    let copy = try run("export", "A1").output
    let more = copy.replacing("\"note\": null", with: "\"note\": \"seen\"")
    #expect(try run("import", "-", "--into", "A1", input: more).status == 0)
    let now = try JSONValue(parsing: try run("export", "A1").output.utf8)
    #expect(now["raters"].list.count == 1)
    #expect(now["responses"].list.allSatisfy { $0["note"].text == "seen" })
    let again = try run("import", "-", "--into", "A1", input: more)
    #expect(again.status == 0 && again.errors.contains("nothing was changed"))
  }

  @Test func aFileOfSeveralIsTakenWholeOrNotAtAll() throws {
    func oneLine(_ level: Int, _ id: String) -> String {
      Self.document(level, id: id).replacing("\n", with: "") + "\n"
    }
    let differing = try run("import", "-", input: oneLine(3, "A1") + oneLine(2, "A2") + oneLine(1, "A1"))
    #expect(differing.status == 65)
    #expect(try run("list").output.isEmpty)
    _ = try run("import", "-", input: oneLine(1, "A3"))
    #expect(try run("import", "-", input: oneLine(3, "A1") + oneLine(2, "A3")).status == 65)
    #expect(
      try JSONValue(parsing: try run("list", "--format", "json").output.utf8)["assessments"].list.count == 1)
    let both = try run("import", "-", input: oneLine(3, "A1") + oneLine(1, "A3"))
    #expect(both.output == "A1\n" && both.errors.contains("1 of 2 assessments came in, 1 was here already."))
    let wrong = try run(
      "import", "-", "--into", "A1",
      input: oneLine(3, "B1").replacing(
        "\"responses\"", with: "\"raters\":[{\"id\":\"r1\",\"name\":\"Ben\"}],\"responses\"")
        + oneLine(1, "A1"))
    #expect(wrong.status == 65)
    #expect(!(try run("export", "A1").output.contains("Ben")))
  }

  @Test func aDocumentThatDoesNotSayWhenIsTheSameTheSecondTime() throws {
    let document = Self.document(3).replacing("\"startedAt\":\"2026-01-15T09:00:00Z\",", with: "")
    #expect(try run("import", "-", input: document).status == 0)
    #expect(try run("import", "-", input: document).status == 0)
    #expect(try JSONValue(parsing: try run("export", "A1").output.utf8)["startedAt"] != .null)
  }

  @Test func oneThatCantBeOpenedKeepsNoOtherFromGoingOut() throws {
    for id in ["A1", "A2"] { _ = try run("import", "-", input: Self.document(3, id: id)) }
    let database = try DatabaseQueue(path: folder.file("data/outside-in.sqlite"))
    try database.write { try $0.execute(sql: "UPDATE packed SET details = '{' WHERE assessment = 'A1'") }
    try database.close()
    let exported = try run("export", "--all")
    #expect(exported.status == 74)
    #expect(exported.output.contains("\"id\":\"A2\"") && exported.errors.contains("A1 was left out"))
    #expect(try run("delete", "A1", "--yes").status == 0)
    #expect(try run("export", "--all").status == 0)
  }

  @Test func aTableGoesIntoWhatItAnswers() throws {
    try folder.write(soundFiles, to: "data/questionnaires/small/1.0.0")
    _ = try run(
      "import", "-",
      input:
        "{\"schema\":\"outside-in.assessment/1\",\"id\":\"S\",\"questionnaire\":{\"id\":\"small\"},\"responses\":[]}"
    )
    let table = "item,rater,value,group\none-item,Ana,4,staff\n"
    #expect(try run("import", "-", "--format", "csv", "--into", "S", input: table).status == 0)
    #expect(try run("export", "S").output.contains("Ana"))
    let wrong = try run(
      "import", "-", "--format", "csv", "--into", "S", input: table + "two-item,Ben,4,Kunde\n")
    #expect(wrong.errors.contains("-:3: group: "), "\(wrong.errors)")
  }

  @Test func aQuestionnaireThatIsNotTheInstalledOneIsKeptAndTold() throws {
    _ = try run("import", "-", input: Self.document(3))
    let text = try run("export", "A1").output
    let own = text.replacing("Outside-In maturity", with: "Our own").replacing("\"A1\"", with: "\"A2\"")
    let digest = try #require(text.firstMatch(of: /sha256:[0-9a-f]{64}/)).output
    #expect(try run("import", "-", input: own).status == 65)
    let imported = try run("import", "-", input: own.replacing("\"\(digest)\"", with: "null"))
    #expect(imported.status == 0 && imported.errors.contains("than the one installed"), "\(imported.errors)")
    #expect(try run("export", "A2").output.contains("Our own"))
  }
}
