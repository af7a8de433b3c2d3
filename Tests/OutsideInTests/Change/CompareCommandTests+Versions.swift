import AssessmentModel
import Foundation
import Testing

/// Across versions: what the migration says, and what was taken over.
extension CompareCommandTests {
  private func storeKiosk() throws {
    try FileManager.default.copyItem(
      at: packageRoot.appending(path: "Tests/OutsideInTests/Fixtures/versions"),
      to: URL(fileURLWithPath: folder.file("q")))
    for (pinned, id, day, level) in [
      (Kiosk.old, "OLD", "2026-03-19", 1), (Kiosk.new, "NEW", "2026-09-17", 3),
    ] {
      let responses = pinned.questionnaire.items.filter { $0.scored != nil }.map { item in
        let levels = pinned.questionnaire.levels(of: item)!
        let nearest = levels.last { $0 <= level } ?? 0
        return "{\"item\":\"\(item.id)\",\"value\":\(item.scored!.oriented(nearest))}"
      }
      let document = """
        {"schema":"outside-in.assessment/1","id":"\(id)","organization":"Rail","startedAt":"\(day)T09:00:00Z",
         "finishedAt":"\(day)T10:00:00Z","questionnaire":{"id":"kiosk","version":"\(pinned.questionnaire.version)"},
         "raters":[{"id":"r1","name":"Ana Costa"}],"responses":[\(responses.joined(separator: ","))]}
        """
      let stored = try OutsideInTests.run(
        ["import", "-", "--questionnaires", "q"], input: document, in: folder)
      #expect(stored.status == 0, "\(stored.errors)")
    }
  }

  @Test func acrossVersionsItGoesByTheMigration() throws {
    try storeKiosk()
    let found = try json("compare", "--questionnaires", "q")
    #expect(found["core"]["items"].list.count == 28 && found["core"]["status"].text == "full")
    #expect(isClose(found["index"]["delta"].number, 50, 1e-9))
    #expect(
      found["retired"].list.map(\.text) == ["serve-slogan"]
        && found["added"].list.map(\.text) == ["serve-self"])
    #expect(
      found["notComparable"].list.map { $0["item"].text } == [
        "serve-known", "serve-kept", "mend-close", "serve-slogan",
      ])
    #expect(found["refusals"].list.map { $0["what"].text } == ["difference of the published indexes"])
    // Without the migration only what is the same to the letter is comparable, and a migration that is not fit is told.
    try FileManager.default.removeItem(atPath: folder.file("q/kiosk/migrations/1.0.0--2.0.0.yaml"))
    let without = try json("compare", "--questionnaires", "q")
    #expect(without["core"]["items"].list.count == 26)
    #expect(without["notComparable"].list.contains { $0["why"].text.contains("no migration says") })
    #expect(try run("compare").status == 0)
  }

  @Test func aStaleMigrationIsNotUsed() throws {
    try storeKiosk()
    let path = folder.file("q/kiosk/migrations/1.0.0--2.0.0.yaml")
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try Data(text.replacing("sha256:e941", with: "sha256:f941").utf8).write(to: URL(fileURLWithPath: path))
    let compared = try run("compare", "--questionnaires", "q", "--format", "json")
    #expect(
      compared.errors.contains("error Q33") && compared.errors.contains("This migration is not used"),
      "\(compared.errors)")
    #expect(try JSONValue(parsing: compared.output.utf8)["core"]["items"].list.count == 26)
  }

  /// A migration that can't be read is no missing one: it is told, and nothing is taken over by it.
  @Test(arguments: ["kind: spilt", "kind: [", "format: 2"])
  func aMigrationThatCannotBeReadIsTold(broken: String) throws {
    try storeKiosk()
    let path = folder.file("q/kiosk/migrations/1.0.0--2.0.0.yaml")
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let mended =
      broken == "format: 2"
      ? text.replacing("format: 1", with: broken) : text.replacing("kind: split", with: broken)
    #expect(mended != text)
    try Data(mended.utf8).write(to: URL(fileURLWithPath: path))
    let compared = try run("compare", "--questionnaires", "q")
    #expect(compared.errors.contains("This migration is not used"), "\(compared.errors)")
    #expect(compared.errors.contains("1.0.0--2.0.0.yaml:"))
    let before = try run("list").output
    let upgraded = try run("upgrade", "OLD", "--to", "2.0.0", "--questionnaires", "q")
    #expect(upgraded.status == 65 && upgraded.errors.contains("Nothing was taken over"), "\(upgraded.errors)")
    #expect(try run("list").output == before)
  }

  /// What was taken over to another version is the same occasion, not a second one.
  @Test func whatWasTakenOverIsNoSecondTime() throws {
    try storeKiosk()
    let pair = try json("compare", "--questionnaires", "q")
    #expect(pair["from"].text == "OLD" && pair["to"].text == "NEW")
    let upgraded = try run("upgrade", "OLD", "--to", "2.0.0", "--questionnaires", "q")
    #expect(upgraded.errors.isEmpty, "\(upgraded.errors)")
    let copy = try JSONValue(parsing: try run("export", "last").output.utf8)["id"].text
    // As long as it is open, what it was taken from stands for both.
    let open = try json("compare", "NEW", "--questionnaires", "q")
    #expect(open["from"].text == "OLD" && open["to"].text == "NEW")
    #expect(try json("compare", "last:Rail", "--questionnaires", "q")["from"].text == "OLD")
    #expect(try run("finish", copy).status == 0)
    let found = try json("compare", "last:Rail", "--questionnaires", "q")
    #expect(found["from"].text == copy && found["to"].text == "NEW")
    // Nor is it before or after itself.
    #expect(try run("compare", copy, "--questionnaires", "q").status == 65)
    let both = try run("compare", "OLD", copy, "--questionnaires", "q").output
    #expect(
      both.split(whereSeparator: \.isWhitespace).joined(separator: " ").contains(
        "was taken over from OLD: what nobody answered anew is the same because it was copied"))
    let again = try run("upgrade", "OLD", "--to", "2.0.0", "--questionnaires", "q")
    #expect(again.errors.contains("OLD was taken over before, as \(copy)"), "\(again.errors)")
  }

  @Test func upgradeLosesNothingAndTellsAll() throws {
    try storeKiosk()
    let before = try run("export", "OLD").output
    let upgraded = try run("upgrade", "OLD", "--to", "2.0.0", "--questionnaires", "q")
    let text = upgraded.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(upgraded.status == 0, "\(upgraded.errors)")
    for words in [
      "28 questions are carried, with 28 answers, 2 are to be confirmed, 3 stay behind, 1 is new.",
      "1 of the carried reads otherwise now; tried out, it is answered alike.",
      "hear-voice → hear-listen: 1 answer",
      "mend-thanks, mend-reply → mend-answer: 2 answers One answer does both.",
      "serve-promise → serve-known, serve-kept: 1 answer One question asked two things.",
      "serve-slogan: 1 answer Did not separate kiosks.", "OLD is as it was.",
    ] { #expect(text.contains(words), "\(words) in \(text)") }
    #expect(try run("export", "OLD").output == before)
    let new = try JSONValue(parsing: try run("export", "last").output.utf8)
    #expect(new["upgradedFrom"].text == "OLD" && new["questionnaire"]["version"].text == "2.0.0")
    #expect(new["finishedAt"] == .null && new["startedAt"].text == "2026-03-19T09:00:00Z")
    let result = try run("result", "last").output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(
      result.contains(
        "Two of the open questions have an answer that was taken over from an earlier assessment and waits to be confirmed."
      ))
    #expect(try run("upgrade", "NEW", "--to", "2.0.0", "--questionnaires", "q").status == 64)
    let missing = try run("upgrade", "OLD", "--to", "3.0.0", "--questionnaires", "q")
    #expect(
      missing.status == 66 && missing.errors.contains("no version 3.0.0 of kiosk; there is 1.0.0, 2.0.0."),
      "\(missing.errors)")
    #expect(try run("upgrade", "OLD", "--to", "two", "--questionnaires", "q").status == 64)
  }

  /// What was upgraded comes behind what it was made of, whatever day its answers are of.
  @Test func whatWasUpgradedIsTheLaterOne() throws {
    try storeKiosk()
    #expect(try run("upgrade", "OLD", "--to", "2.0.0", "--questionnaires", "q").status == 0)
    let new = try JSONValue(parsing: try run("export", "last").output.utf8)["id"].text
    let found = try json("compare", "OLD", new, "--questionnaires", "q")
    #expect(found["from"].text == "OLD" && found["to"].text == new)
    #expect(try json("compare", new, "OLD", "--questionnaires", "q") == found)
  }
}
