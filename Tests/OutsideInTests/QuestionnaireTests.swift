import AssessmentModel
import EmbeddedTexts
import Foundation
import Testing

@testable import QuestionnaireFormat

/// A small questionnaire that is right, for tests to break.
let soundFiles: [String: String] = [
  "questionnaire.yaml": """
  format: 1
  id: small
  version: 1.0.0
  status: draft
  title: Small
  scoring: { method: outside-in/1, cut: 50 }
  dimensions:
    - { id: insight, title: Insight }
  scales:
    three:
      - { level: 0, label: No }
      - { level: 2, label: Partly }
      - { level: 4, label: "Yes, it is" }
  sections: [only]
  retired: [old-one]

  """,
  "only.yaml": """
  section: only
  title: Only
  items:
    - id: one-item
      type: level
      dimension: insight
      scale: three
      text: How is it?
    - id: two-item
      type: bipolar
      dimension: insight
      text: Which is it?
      left: This.
      right: That.
      outsideIn: left
      when: { item: one-item, atLeast: 2 }
    - id: three-item
      type: choice
      text: Which one?
      options:
        - { id: first, label: First }
        - { id: second, label: Second }

  """,
]

func readSmall(_ changes: [String: String] = [:]) -> QuestionnaireReading {
  let files = soundFiles.merging(changes) { $1 }
  return readQuestionnaire(files: files.mapValues { Array($0.utf8) })
}

@Suite struct QuestionnaireTests {
  /// A text in a block ends with a line break by its nature; with `+` with as many as stand there.
  @Test(arguments: [
    ("|\n          How is it?", "How is it?"), (">\n          How\n          is it?", "How is it?"),
    ("|+\n          How is it?\n\n\n", "How is it?"), ("|-\n          How is it?", "How is it?"),
    ("|\n          How is it?\n          And why?", "How is it?\nAnd why?"),
  ])
  func theLineBreakThatEndsABlockIsNoText(block: String, text: String) {
    let reading = readSmall([
      "only.yaml": soundFiles["only.yaml"]!.replacing("text: How is it?", with: "text: \(block)")
    ])
    #expect(reading.diagnostics.isEmpty, "\(reading.diagnostics.map(\.text))")
    #expect(reading.questionnaire?.item("one-item")?.text == text)
  }

  @Test func blanksAtTheEndOfABlockAreRefusedAllTheSame() {
    let reading = readSmall([
      "only.yaml": soundFiles["only.yaml"]!.replacing(
        "text: How is it?", with: "text: |\n          How is it?  \n")
    ])
    #expect(reading.diagnostics.map(\.code) == ["Q05"])
  }

  /// What was written, where, and whether there is advice: it may be a comment, or cut a text.
  @Test(arguments: [
    ("text: How is it?", "text: How is it? # or not", 8, 11, true),
    ("text: How is it?", "text: How is it?   # or not", 8, 11, true),
    ("text: How is it?", "text: Wie heißt es? # 日本", 8, 11, true),
    ("left: This.", "left: This. #1", 13, 11, true),
    ("text: How is it?", "text: How is it?\n    why: Because # really", 9, 10, true),
    ("label: First", "label: First # the best", 0, 0, false),
    ("title: Only", "title: Only # a title", 2, 8, true),
    ("label: First }", "label: First } # best", 0, 0, false),
    ("text: How is it?", "text: How is C# today?", 0, 0, false),
    ("text: How is it?", "text: \"How is it? # or not\"", 0, 0, false),
    ("text: How is it?", "text: \"How is it?\" # first", 0, 0, false),
    ("scale: three", "scale: three # of three steps", 0, 0, false),
    ("dimension: insight\n    scale", "dimension: insight # one\n    scale", 0, 0, false),
    ("text: How is it?", "text: How is it?\n    # a line of its own", 0, 0, false),
  ])
  func aTextBeforeAHashGetsAdvice(old: String, new: String, line: Int, column: Int, advised: Bool) {
    let sound = soundFiles["only.yaml"]!
    let text = sound.replacing(old, with: new, maxReplacements: 1)
    #expect(text != sound)
    let reading = readSmall(["only.yaml": text])
    if new.hasPrefix("label: First #") {
      // In { } the comment swallows the bracket, which is an error of its own.
      #expect(!reading.diagnostics.isEmpty)
      return
    }
    // It keeps nothing from being used.
    #expect(reading.questionnaire != nil && reading.diagnostics.isEmpty, "\(reading.diagnostics.map(\.text))")
    #expect(
      reading.advice.map { [$0.code, "\($0.line)", "\($0.column)"] }
        == (advised ? [["Q38", "\(line)", "\(column)"]] : []))
    if advised {
      #expect(reading.advice[0].text.contains("advice Q38: what follows # is not part of the text"))
    }
  }

  /// Conditions of the second item on the first (levels 0, 2, 4), and whether they say anything.
  @Test(arguments: [
    ("{ item: one-item, atLeast: 0 }", "always holds"), ("{ item: one-item, is: 1 }", "never holds"),
    ("{ item: one-item, atMost: 4 }", "always holds"), ("{ item: one-item, atLeast: 1 }", nil),
    ("{ any: [{ item: one-item, atLeast: 2 }, { item: one-item, atMost: 2 }] }", "always holds"),
    ("{ all: [{ item: one-item, atLeast: 3 }, { item: one-item, atMost: 1 }] }", "never holds"),
    ("{ not: { item: one-item, is: 2 } }", nil),
  ])
  func conditionsThatSayNothingAreRefused(condition: String, words: String?) {
    let files = readSmall([
      "only.yaml": soundFiles["only.yaml"]!.replacing("{ item: one-item, atLeast: 2 }", with: condition)
    ])
    #expect(files.diagnostics.map(\.code) == (words == nil ? [] : ["Q24"]))
    #expect(words == nil || files.diagnostics[0].message.contains(words!))
  }

  @Test func aFolderHasTheNameOfWhatIsInIt() {
    let files = soundFiles.mapValues { Array($0.utf8) }
    #expect(readQuestionnaire(files: files, expected: ("small", "1.0.0")).diagnostics.isEmpty)
    let wrong = readQuestionnaire(files: files, expected: ("tiny", "1.0.1")).diagnostics
    #expect(wrong.map { "\($0.code) \($0.line):\($0.column)" } == ["Q08 2:5", "Q08 3:10"])
  }

  @Test func soundOneIsRead() throws {
    let reading = readSmall()
    #expect(reading.diagnostics.isEmpty)
    let questionnaire = try #require(reading.questionnaire)
    #expect(questionnaire.items.map(\.id) == ["one-item", "two-item", "three-item"])
    #expect(questionnaire.levels(of: questionnaire.items[0]) == [0, 2, 4])
    #expect(questionnaire.items[1].scored?.oriented(1) == 3)
  }

  @Test(arguments: breakages)
  func problemIsFoundWhereItIs(_ breakage: Breakage) throws {
    let reading = readSmall([breakage.file: try breakage.text()])
    #expect(reading.questionnaire == nil)
    let first = try #require(reading.diagnostics.first { $0.code == breakage.code })
    #expect(
      reading.diagnostics.allSatisfy {
        $0.file == breakage.file || breakage.code == "Q19" || !$0.file.isEmpty
      })
    #expect(breakage.hint.isEmpty || first.message.contains(breakage.hint))
    #expect("\(first.line):\(first.column)" == "\(breakage.line):\(breakage.column)", "\(first.text)")
  }

  /// One mistake, one problem: not one more for each item that uses the scale.
  @Test(arguments: [("scales:\n", "scales:\n  other: all\n"), ("  three:\n", "  three: all\n  four:\n")])
  func whatFollowsFromAnUnreadScaleIsNotSaid(old: String, new: String) throws {
    let text = try #require(soundFiles[Self.main])
    let reading = readSmall([Self.main: text.replacing(old, with: new)])
    #expect(reading.diagnostics.map(\.code) == ["Q05"], "\(reading.diagnostics.map(\.text))")
  }

  @Test func everyRuleOfOneVersionIsInTheCorpus() {
    #expect(Self.breakages.count >= 60)
    let codes = Set(Self.breakages.map(\.code))
    #expect((1...27).map { String(format: "Q%02d", $0) }.filter { !codes.contains($0) } == [])
  }

  /// Records appended to the small questionnaire, and the rule they break, if any.
  @Test(arguments: [
    ("decimals: -1", "{ item: num, atLeast: 3 }", "Q05"),
    ("decimals: 9000000000000000000", "{ item: num, atLeast: 3 }", "Q05"),
    ("decimals: 2", "{ item: num, atLeast: 3 }", nil),
    (
      "decimals: 2",
      "{ all: [{ item: ch, is: mail }, { item: ch, is: phone }, { not: { item: ch, is: shop } }] }", nil
    ),
    ("decimals: 2", "{ all: [{ item: ch, is: mail }, { not: { item: ch, is: mail } }] }", "Q24"),
  ])
  func conditionsOnRecords(decimals: String, condition: String, code: String?) {
    let records = """
        - { id: num, type: number, text: How many?, \(decimals) }
        - id: ch
          type: choice
          multiple: true
          text: Which?
          options: [{ id: mail, label: Mail }, { id: phone, label: Phone }, { id: shop, label: Shop }]
        - { id: aft, type: text, text: Why?, when: \(condition) }

      """
    let reading = readSmall(["only.yaml": soundFiles["only.yaml"]! + records])
    #expect(
      Set(reading.diagnostics.map(\.code)) == (code.map { [$0] } ?? []), "\(reading.diagnostics.map(\.text))")
  }

  @Test func aMarkOfTheEncodingIsNoText() {
    let reading = readSmall(soundFiles.mapValues { "\u{FEFF}" + $0 })
    #expect(reading.diagnostics.isEmpty, "\(reading.diagnostics.map(\.text))")
  }

  @Test func filesThatCantBeReadAreAllTold() {
    let reading = readSmall(["questionnaire.yaml": "title: \"a\\e\"", "only.yaml": "a: [b"])
    #expect(reading.diagnostics.map(\.file) == ["only.yaml", "questionnaire.yaml"])
    #expect(reading.diagnostics.map(\.code) == ["Q05", "Q01"])
  }

  @Test func allProblemsAreFoundAtOnce() {
    let reading = readSmall([
      "only.yaml": soundFiles["only.yaml"]!.replacing("dimension: insight", with: "dimension: nope")
        .replacing("id: three-item", with: "id: Three")
    ])
    #expect(reading.diagnostics.map(\.code).contains("Q10"))
    #expect(reading.diagnostics.count { $0.code == "Q17" } == 2)
    #expect(reading.diagnostics == reading.diagnostics.sorted { ($0.file, $0.line) < ($1.file, $1.line) })
  }

  @Test(arguments: [
    String(repeating: "[", count: 20_000), "a: " + String(repeating: "x", count: 1_000_000),
    "a: &a [x]\nb: [*a, *a, *a, *a, *a, *a]\n", "? *a : b\n", "\u{FEFF}", "", "- - - -\n\t- x",
  ])
  func hostileTextIsAnsweredAtOnce(text: String) {
    let clock = ContinuousClock()
    let took = clock.measure {
      let reading = readSmall(["only.yaml": text])
      #expect(reading.questionnaire == nil)
      #expect(!reading.diagnostics.isEmpty)
    }
    #expect(took < .seconds(2))
  }

  @Test func canonicalFormReadsBack() throws {
    let text = outsideIn.text
    let json = try JSONValue(parsing: text.utf8)
    let again = try PinnedQuestionnaire(canonical: json, status: outsideIn.questionnaire.status)
    #expect(again == outsideIn)
    #expect(outsideIn.digests.content.hasPrefix("sha256:"))
    #expect(outsideIn.digests.content.utf8.count == 71)
  }

  @Test func digestsTellWhatChanged() throws {
    let sound = PinnedQuestionnaire(try #require(readSmall().questionnaire)).digests
    func digests(_ old: String, _ new: String, in file: String = "only.yaml") throws -> Digests {
      let changed = readSmall([file: soundFiles[file]!.replacing(old, with: new)])
      return PinnedQuestionnaire(try #require(changed.questionnaire)).digests
    }
    let reworded = try digests("How is it?", "How does it look?")
    #expect(reworded.wording != sound.wording && reworded.measurement == sound.measurement)
    let turned = try digests("outsideIn: left", "outsideIn: right")
    #expect(turned.measurement != sound.measurement && turned.wording == sound.wording)
    let withdrawn = try digests("status: draft", "status: withdrawn", in: "questionnaire.yaml")
    #expect(withdrawn == sound)
  }

  @Test func aDamagedPinIsKnownAndWhatIsNoQuestionnaireRefused() throws {
    func read(_ text: String) throws -> PinnedQuestionnaire {
      try PinnedQuestionnaire(reading: text, digests: outsideIn.digests, status: .draft)
    }
    #expect(try read(outsideIn.text).isIntact)
    #expect(try !read(outsideIn.text.replacing("Customers measure", with: "Managers measure")).isIntact)
    #expect(throws: PinnedQuestionnaireError.self) { try read("{}") }
  }
}
