import AssessmentModel
import Foundation
import Testing

/// Questionnaires of one's own, and their check.
extension CommandTests {
  @Test func theShippedQuestionnairesHaveNoProblem() throws {
    let check = try run("questionnaire", "check", packageRoot.path + "/questionnaires")
    #expect(
      check.status == 0 && check.output.isEmpty && check.errors.contains("no problem"), "\(check.output)")
  }

  @Test func checkShowsThePlaceOfEveryProblem() throws {
    let own = folder.file("q/small/1.0.0")
    try FileManager.default.createDirectory(atPath: own, withIntermediateDirectories: true)
    for (name, text) in soundFiles {
      let broken = text.replacing("dimension: insight\n    text", with: "dimension: insigth\n    text")
        .replacing("text: How is it?", with: "text: 'é日本\\u001b ' # \u{1B}[2J")
      try Data(broken.utf8).write(to: URL(fileURLWithPath: "\(own)/\(name)"))
    }
    let check = try run("questionnaire", "check", "q/small")
    #expect(check.status == 65)
    #expect(
      check.output.contains("q/small/1.0.0/only.yaml:8:26: error Q01"), "\(check.output)")
    #expect(!check.output.contains("\u{1B}"))
    let clean = soundFiles["only.yaml"]!.replacing(
      "dimension: insight\n    text", with: "dimension: insigth\n    text")
    try Data(clean.utf8).write(to: URL(fileURLWithPath: "\(own)/only.yaml"))
    let again = try run("questionnaire", "check", "q")
    #expect(
      again.output == """
        q/small/1.0.0/only.yaml:11:16: error Q17: unknown dimension "insigth"; did you mean "insight"?
                dimension: insigth
                           ^

        """, "\(again.output)")
    let json = try JSONValue(
      parsing: try run("questionnaire", "check", "q/small/1.0.0/only.yaml", "--format", "json").output.utf8)
    #expect(json["problems"].list.map { $0["code"].text } == ["Q17"])
    // The other file of the folder has no problem of its own.
    #expect(try run("questionnaire", "check", "q/small/1.0.0/questionnaire.yaml").status == 0)
    try folder.write(soundFiles, to: "q/small/1.0.0")
    let steps = """
      format: 1
      questionnaire: small
      actions:
        - { id: one-item-3, item: one-item, to: 3, title: T, firstStep: F }
        - { id: one-itme-2, item: one-itme, to: 2, title: T, firstStep: F }
      """
    try Data(steps.utf8).write(to: URL(fileURLWithPath: folder.file("q/small/actions.yaml")))
    let actions = try run("questionnaire", "check", "q").output
    #expect(actions.contains("actions.yaml:4:43: error Q17: \"one-item\" has no level 3"), "\(actions)")
    #expect(actions.contains("5:29: error Q17") && actions.contains("did you mean \"one-item\""))
    try FileManager.default.removeItem(atPath: folder.file("q/small/actions.yaml"))
    try FileManager.default.moveItem(atPath: folder.file("q/small"), toPath: folder.file("q/tiny"))
    #expect(try run("questionnaire", "check", "q").output.contains("Q08: the folder says \"tiny\""))
    #expect(try run("questionnaire", "check", "nowhere").status == 66)
    #expect(try run("questionnaire", "check", folder.file("data")).status == 66)
  }

  @Test func questionnairesAreListedAndOnesOwnFound() throws {
    try folder.write(soundFiles, to: "data/questionnaires/small/1.0.0")
    let list = try run("questionnaire", "list").output
    #expect(list.contains("outside-in@1.0.0") && list.contains("small@1.0.0"))
    let imported = try run(
      "import", "-",
      input:
        "{\"schema\":\"outside-in.assessment/1\",\"id\":\"S\",\"questionnaire\":{\"id\":\"small\"},\"responses\":[{\"item\":\"one-item\",\"value\":4},{\"item\":\"two-item\",\"value\":0}]}"
    )
    #expect(imported.output == "S\n", "\(imported.errors)")
    // It opens and scores even when the files are gone.
    try FileManager.default.removeItem(atPath: folder.file("data/questionnaires"))
    #expect(try run("result", "S").output.contains("100 of 100"))
    #expect(try run("plan", "S").status == 0)
  }
}
