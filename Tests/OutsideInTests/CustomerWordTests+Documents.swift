import AssessmentModel
import Foundation
import QuestionnaireFormat
import Testing

/// Documents that say their own word for customers.
extension CustomerWordTests {
  /// A document in patients' words, of one person.
  func document(id: String, rater: String, pinned: PinnedQuestionnaire = patients) -> String {
    let responses = pinned.questionnaire.items.filter { $0.core && $0.scored != nil }.map {
      #"{"item":"\#($0.id)","rater":"r1","value":1}"#
    }
    let terms = JSONValue.object(pinned.questionnaire.terms.mapValues { .string($0) }).text()
    let own = pinned.published.map { #","published":"\#($0)","terms":\#(terms)"# } ?? ""
    return """
      {"schema":"outside-in.assessment/1","id":"\(id)","organization":"St Anna","team":"Ward 3","scope":"core",
       "startedAt":"2026-01-15T09:00:00Z","raters":[{"id":"r1","name":"\(rater)"}],
       "questionnaire":{"id":"outside-in","version":"2.0.0","content":"\(pinned.digests.content)",
       "definition":\(pinned.text)\(own)},"responses":[\(responses.joined(separator: ","))]}
      """
  }

  @Test func assessmentsThatDifferInTheWordAloneMergeInFull() throws {
    try Data(document(id: "A1", rater: "Ana").utf8).write(to: URL(fileURLWithPath: folder.file("a.json")))
    try Data(document(id: "B1", rater: "Ben", pinned: outsideIn).utf8)
      .write(to: URL(fileURLWithPath: folder.file("b.json")))
    try Data(document(id: "C1", rater: "Cleo", pinned: inWords(["customer": "guest"])).utf8)
      .write(to: URL(fileURLWithPath: folder.file("c.json")))
    #expect(try run("import", "a.json").output == "A1\n")
    for file in ["b.json", "c.json"] {
      let merged = try run("import", file, "--into", "A1")
      // Nothing but who has come in.
      #expect(
        merged.status == 0 && merged.errors.hasPrefix("Added to A1: 16 answers of "), "\(merged.errors)")
      #expect(merged.errors.split(separator: "\n").count == 1)
    }
    let result = try run("result", "A1")
    #expect(result.errors.isEmpty && result.output.contains("as the three of you see it"))
    #expect(!result.output.lowercased().contains("customer"))
    // Out, away, and in again: the same bytes.
    let first = try run("export", "A1").output
    #expect(try run("delete", "A1", "--yes").status == 0)
    #expect(try run("import", "-", input: first).errors.isEmpty)
    #expect(try run("export", "A1").output == first)
  }

  @Test(arguments: [
    (#""published":"sha256:0000""#, "published"), (#""terms":{"customer":"guest"}"#, "terms"),
  ])
  func whatIsSaidOfThePublishedTextIsChecked(change: String, key: String) throws {
    var text = document(id: "A1", rater: "Ana")
    let pattern = key == "published" ? /"published":"[^"]*"/ : /"terms":\{"customer":"patient"\}(?=\},"resp)/
    text = text.replacing(pattern, with: change)
    let imported = try run("import", "-", input: text)
    #expect(imported.status == 65 && imported.errors.contains("$.questionnaire.\(key)"), "\(imported.errors)")
    #expect(try run("list", "--format", "json").output.contains("A1") == false)
  }

  /// Somebody changed more than the word.
  @Test func anotherTextIsNotBelieved() throws {
    let text = document(id: "A1", rater: "Ana").replacing(
      "Nobody; each looks after", with: "Nobody; all look after"
    )
    .replacing(/"content":"[^"]*",/, with: "")
    let imported = try run("import", "-", input: text)
    #expect(
      imported.status == 65 && imported.errors.contains("$.questionnaire.published"), "\(imported.errors)")
  }
}
