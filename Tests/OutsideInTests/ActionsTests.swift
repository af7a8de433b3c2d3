import AssessmentModel
import Testing

@testable import QuestionnaireFormat

@Suite struct ActionsTests {
  static let head = "format: 1\nquestionnaire: small\nactions:\n"

  static func step(_ id: String, _ item: String, _ to: Int, requires: String = "[]") -> String {
    """
      - id: \(id)
        item: \(item)
        to: \(to)
        title: \(id)
        firstStep: Begin.
        requires: \(requires)

    """
  }

  @Test func circlesAreNamed() throws {
    let text =
      Self.head + Self.step("aa-2", "aa", 2, requires: "[bb-3]") + Self.step("bb-2", "bb", 2)
      + Self.step("bb-3", "bb", 3, requires: "[aa-3]") + Self.step("aa-3", "aa", 3)
    let reading = readActions(Array(text.utf8), file: "actions.yaml")
    #expect(reading.library == nil)
    #expect(reading.diagnostics.first?.message.contains("aa-2 → bb-3 → aa-3 → aa-2") == true)
  }

  @Test func unknownRequirementsAreSuggestedFor() {
    let text = Self.head + Self.step("aa-2", "aa", 2, requires: "[aa-3x]") + Self.step("aa-3", "aa", 3)
    let reading = readActions(Array(text.utf8), file: "actions.yaml")
    #expect(reading.diagnostics.map(\.code) == ["Q17"])
    #expect(reading.diagnostics[0].message.contains("did you mean \"aa-3\""))
  }

  /// What stands in the file besides the steps, and what has to be said of it.
  @Test(arguments: [
    ("small: { item: cur-size, is: upto-ten }", [], ""),
    ("small: { any: [{ item: cur-size, is: upto-ten }, { item: cur-size, is: upto-fifty }] }", [], ""),
    ("small: { item: cur-sise, is: upto-ten }", ["Q22"], "did you mean \"cur-size\""),
    ("small: { item: cur-size, is: tiny }", ["Q23"], "no option \"tiny\""),
    ("small: { item: cur-size, atMost: 10 }", ["Q23"], "compared with \"is\""),
    ("small: { item: own-who, atLeast: 2 }", ["Q22"], "no earlier item"),
    ("small: upto-ten", ["Q05"], "a condition such as"),
    ("roles: { boss: whoever runs it, clerk: whoever writes }", [], ""),
    ("roles: { boss: whoever runs it, clark: whoever writes }", ["Q17", "Q37"], "did you mean \"clerk\""),
    ("roles: { boss: whoever runs it }", ["Q37"], "the owner \"clerk\" has no words"),
    ("roles: { boss: '', clerk: x }", ["Q05", "Q37"], "empty"),
    ("roles: [boss]", ["Q05"], "a mapping from role"),
    ("roles: { boss: \(String(repeating: "x", count: 61)), clerk: y }", ["Q21"], "at most 60"),
  ])
  func whatFitsSmallOrganisationsIsChecked(line: String, codes: [String], words: String) {
    let owners = ["boss", "clerk"]
    let steps = outsideIn.questionnaire.items.filter { $0.scored != nil }.flatMap { item in
      [2, 3, 4].map { level in
        Self.step("\(item.id)-\(level)", item.id, level) + "    owner: \(owners[level % 2])\n"
      }
    }
    let text = "format: 1\nquestionnaire: outside-in\n\(line)\nactions:\n" + steps.joined()
    let reading = readActions(Array(text.utf8), file: "actions.yaml", versions: [outsideIn.questionnaire])
    #expect(Set(reading.diagnostics.map(\.code)) == Set(codes), "\(reading.diagnostics.map(\.text))")
    #expect(words.isEmpty || reading.diagnostics.contains { $0.message.contains(words) })
    #expect((reading.library != nil) == codes.isEmpty)
  }

  /// An edition without that question still has its steps; nothing is known of its size then.
  @Test func anEditionWithoutTheSizeKeepsTheSteps() throws {
    let text =
      Self.head.replacing("actions:", with: "small: { item: cur-size, is: upto-ten }\nactions:")
      + Self.step("aa-2", "aa", 2)
    let reading = readActions(Array(text.utf8), file: "actions.yaml")
    #expect(reading.library?.steps.count == 1 && reading.library?.small == nil)
  }

  /// The size that was given, and who would see to it.
  @Test(
    arguments: [
      ("upto-ten", true), ("upto-fifty", false), ("over-thousand", false), (nil, true),
    ] as [(String?, Bool)])
  func ownersFitTheSize(size: String?, isSmall: Bool) {
    var assessment = coreAssessment { item, _ in oriented(1, item) }
    if let size {
      let key = Response.Key(item: "cur-size", rater: nil)
      assessment.responses[key] = Response(key: key, answer: .answered(.option(size)))
    }
    let fitting = builtInActions.fitting(assessment, outsideIn.questionnaire)
    #expect(fitting.steps.allSatisfy { $0.owner?.hasPrefix("whoever ") == isSmall })
    #expect(fitting.steps.map(\.id) == builtInActions.steps.map(\.id))
  }
}
