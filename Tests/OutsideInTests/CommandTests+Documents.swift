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
    let imported = try run("import", "votes.csv", "--organization", "Acme", "--scope", "core")
    #expect(imported.status == 0, "\(imported.errors)")
    let exported = try run("export", "last", "--format", "csv")
    #expect(exported.output.contains("own-who,Ben,,staff,1,answered,1,"))
    let wrong = try run("import", "-", "--format", "csv", input: "item,value\nown-who,7\n")
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
    #expect(try run("import", "-", input: oneLine(3, "A1") + oneLine(1, "A3")).output == "A1\nA3\n")
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
