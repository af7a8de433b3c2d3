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
}
