import AssessmentModel
import EmbeddedTexts
import Testing

@testable import QuestionnaireFormat

/// What an author's slip in the shipped files would be, and the rule that has to catch it.
struct Mutant: CustomTestStringConvertible, Sendable {
  let file: String
  let old: String
  let new: String
  let code: String

  init(_ file: String, _ old: String, _ new: String, _ code: String) {
    (self.file, self.old, self.new, self.code) = (file, old, new, code)
  }

  var testDescription: String { "\(code) \(file): \(new.prefix(30))" }
}

@Suite struct MutantTests {
  static let folder = "questionnaires/outside-in/1.0.0/"

  static func readMutant(_ file: String, _ change: (String) -> String) -> QuestionnaireReading {
    var files = builtInFiles("outside-in@1.0.0")!
    files[file] = Array(change(String(decoding: files[file]!, as: UTF8.self)).utf8)
    return readQuestionnaire(files: files, expected: ("outside-in", "1.0.0"))
  }

  static let mutants: [Mutant] = [
    Mutant("vision.yaml", "    dimension: vision\n", "    dimensoin: vision\n", "Q04"),
    Mutant("vision.yaml", "    dimension: vision\n", "", "Q18"),
    Mutant("vision.yaml", "dimension: vision", "dimension: visoin", "Q17"),
    Mutant("vision.yaml", "    outsideIn: right\n", "", "Q18"),
    Mutant("vision.yaml", "outsideIn: right", "outsideIn: wrong", "Q05"),
    Mutant("vision.yaml", "id: vis-purpose", "id: vis-tradeoff", "Q11"),
    Mutant("vision.yaml", "id: vis-purpose", "id: exp-listen", "Q11"),
    Mutant("vision.yaml", "id: vis-purpose", "id: Vis-Purpose", "Q10"),
    Mutant("vision.yaml", "role: visionWhat", "role: visionWhich", "Q05"),
    Mutant("vision.yaml", "section: vision", "section: visions", "Q08"),
    Mutant("vision.yaml", "scale: maturity", "scale: matureness", "Q17"),
    Mutant("vision.yaml", "    type: raise\n", "    type: raise\n    left: x\n", "Q20"),
    Mutant("vision.yaml", "    text: A change saves", "    text: Note: A change saves", "Q05"),
    Mutant("vision.yaml", "{customers}", "{custommers}", "Q17"),
    Mutant("vision.yaml", "\n    left:", "\n    when: { item: met-decide, atLeast: 2 }\n    left:", "Q22"),
    Mutant("metrics.yaml", "\n    left:", "\n    when: { item: met-target, atLeast: 2 }\n    left:", "Q22"),
    Mutant("metrics.yaml", "\n    left:", "\n    when: { item: own-who, atLeast: 9 }\n    left:", "Q23"),
    Mutant("metrics.yaml", "\n    left:", "\n    when: { item: own-who, atLeast: 0 }\n    left:", "Q24"),
    Mutant("metrics.yaml", "items:", "itmes:", "Q04"),
    Mutant("metrics.yaml", "type: metrics", "type: metric", "Q05"),
    Mutant("questionnaire.yaml", "cut: 50", "cut: 500", "Q27"),
    Mutant("questionnaire.yaml", "outside-in/1", "outside-in/2", "Q26"),
    Mutant("questionnaire.yaml", "format: 1", "format: 3", "Q06"),
    Mutant("questionnaire.yaml", "version: 1.0.0", "version: 1.0.1", "Q08"),
    Mutant("questionnaire.yaml", "journey-map, metrics]", "journey-map]", "Q09"),
    Mutant("questionnaire.yaml", "journey-map, metrics]", "journey-map, metrics, more]", "Q09"),
    Mutant("questionnaire.yaml", "level: 2", "level: 1", "Q16"),
    Mutant("questionnaire.yaml", "level: 0", "level: 1", "Q16"),
    Mutant("questionnaire.yaml", "retired: []", "retired: [own-who]", "Q13"),
    Mutant("questionnaire.yaml", "terms: {", "terms: &t {", "Q02"),
    Mutant("questionnaire.yaml", "title: Outside-In maturity", "title: Outside-In\u{202E} maturity", "Q01"),
    Mutant("questionnaire.yaml", "terms: { customer: customer }\n", "", "Q17"),
  ]

  @Test(arguments: mutants) func aSlipIsCaughtByItsRule(_ mutant: Mutant) {
    var isThere = false
    let reading = Self.readMutant(mutant.file) { text in
      guard let range = text.firstRange(of: mutant.old) else { return text }
      isThere = true
      return text.replacingCharacters(in: range, with: mutant.new)
    }
    #expect(isThere && reading.questionnaire == nil)
    #expect(
      reading.diagnostics.contains { $0.code == mutant.code }, "\(reading.diagnostics.map(\.text).prefix(3))")
  }

  /// Line by line through every shipped file: an anchor dropped, a key misspelt, an item's id doubled.
  @Test func noAnchorKeyOrIdIsLostUnnoticed() throws {
    var tried = 0
    for (path, text) in EmbeddedTexts.files where path.hasPrefix(Self.folder) {
      let file = String(path.dropFirst(Self.folder.count))
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      func expect(_ code: Set<String>, without index: Int, or replacement: String? = nil) {
        var changed = lines
        if let replacement { changed[index] = replacement } else { changed.remove(at: index) }
        let reading = Self.readMutant(file) { _ in changed.joined(separator: "\n") }
        tried += 1
        #expect(
          reading.diagnostics.contains { code.contains($0.code) },
          "\(file):\(index + 1) \(lines[index]): \(reading.diagnostics.first?.text ?? "nothing")")
      }
      for (index, line) in lines.enumerated() {
        if line.wholeMatch(of: /\ {6}[0-4]: .+/) != nil, index % 5 == 0 { expect(["Q15"], without: index) }
        if file != EditionReader.main, line.wholeMatch(of: /\ {2}- id: .+/) != nil {
          expect(
            ["Q11"], without: index, or: "  - id: \(line.contains("own-who") ? "own-empower" : "own-who")")
        }
        if let match = line.wholeMatch(of: /( *)([a-z][A-Za-z]+): .+/), index % 4 == 0,
          !["title", "about"].contains(match.2)
        {
          expect(["Q04", "Q35"], without: index, or: line.replacing("\(match.2):", with: "\(match.2)x:"))
        }
      }
    }
    #expect(tried > 100, "\(tried) changes")
  }
}
