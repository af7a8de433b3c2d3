import AssessmentModel
import EmbeddedTexts
import Foundation
import QuestionnaireFormat
@_exported import SeededGenerator
import Testing

/// The package's folder, from this file's place in it.
let packageRoot = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()

func fixture(_ name: String) throws -> [UInt8] {
  Array(try Data(contentsOf: packageRoot.appending(path: "Tests/OutsideInTests/Fixtures/\(name)")))
}

/// The built-in questionnaire, as it is compiled in.
let outsideIn = builtIn("2.0.0")
let outsideInItems = ScoredItems(of: outsideIn.questionnaire)

/// The same in other words: `["customer": "patient"]`.
func inWords(_ terms: [String: String]) -> PinnedQuestionnaire { builtIn("2.0.0", terms) }

/// A version of the built-in questionnaire.
func builtIn(_ version: String, _ terms: [String: String] = [:]) -> PinnedQuestionnaire {
  let folder = "questionnaires/outside-in/\(version)/"
  var files: [String: [UInt8]] = [:]
  for (path, text) in EmbeddedTexts.files where path.hasPrefix(folder) {
    files[String(path.dropFirst(folder.count))] = Array(text.utf8)
  }
  let reading = readQuestionnaire(files: files, folder: folder, terms: terms)
  guard let questionnaire = reading.questionnaire else {
    fatalError(reading.diagnostics.map(\.text).joined(separator: "\n"))
  }
  return PinnedQuestionnaire(
    questionnaire, published: terms.isEmpty ? nil : builtIn(version).digests.content)
}

let builtInActions = actions(in: .standard)

func actions(in customer: CustomerWord) -> ActionLibrary {
  let path = "questionnaires/outside-in/actions.yaml"
  let reading = readActions(
    Array(EmbeddedTexts.text(path)!.utf8), file: path, profile: outsideIn.questionnaire.items,
    terms: customer.terms)
  guard let library = reading.library else {
    fatalError(reading.diagnostics.map(\.text).joined(separator: "\n"))
  }
  return library
}

let noon = Timestamp(rfc3339: "2026-01-15T12:00:00Z")!

/// An assessment of the built-in core, with one answer a rater and item; nil leaves it open.
func coreAssessment(
  raters: Int = 1, pinned: PinnedQuestionnaire = outsideIn, answer: (Item, _ rater: Int) -> Response.Answer?
) -> Assessment {
  var responses: [Response] = []
  for item in outsideIn.questionnaire.items where item.scored != nil && item.core {
    for rater in 0..<raters {
      guard let answer = answer(item, rater) else { continue }
      responses.append(
        Response(key: .init(item: item.id, rater: "r\(rater + 1)"), answer: answer, at: noon))
    }
  }
  return Assessment(
    id: "TEST", organization: "Acme", team: "Support", scope: .core, startedAt: noon,
    questionnaire: pinned.reference,
    raters: (0..<raters).map { Rater(id: "r\($0 + 1)", name: "P\($0 + 1)") }, responses: responses)
}

/// A raw answer for an oriented level.
func oriented(_ level: Int, _ item: Item) -> Response.Answer {
  .answered(.level(item.scored!.oriented(level)))
}

/// A random assessment of the core: several raters, rounds, gaps, records and settled items.
func randomAssessment(_ seed: UInt64, complete: Bool = false) -> Assessment {
  var random = SeededGenerator(state: seed)
  let raters = Int.random(in: 1...5, using: &random)
  var assessment = coreAssessment(raters: raters) { item, _ in
    switch Int.random(in: 0..<10, using: &random) {
    case 0 where !complete: nil
    case 1 where !complete: .dontKnow
    case 2 where !complete: .notApplicable(reason: Bool.random(using: &random) ? "no shops" : nil)
    default: .answered(.level(Int.random(in: 0...4, using: &random)))
    }
  }
  if complete { return assessment }
  if Bool.random(using: &random) {
    for rater in assessment.raters.indices {
      assessment.raters[rater].department = ["Sales", "Ops", "Billing", ""].randomElement(using: &random)!
    }
  }
  for item in outsideIn.questionnaire.items where item.scored != nil && item.core {
    if Int.random(in: 0..<6, using: &random) == 0 {
      assessment.settled[item.id] = Settlement(
        answer: .level(Int.random(in: 0...4, using: &random)), reason: "agreed", dissent: "\"no\"\n")
    }
    let key = Response.Key(item: item.id, rater: "r1", round: 2)
    if Int.random(in: 0..<5, using: &random) == 0 {
      assessment.responses[key] = Response(
        key: key, answer: .answered(.level(Int.random(in: 0...4, using: &random))),
        confidence: .guess, evidence: .document, evidenceNote: "é日本", note: "a\tb", flagged: true,
        carried: .toConfirm, at: Bool.random(using: &random) ? noon : nil)
    }
  }
  let list = Response.Key(item: "exp-list", rater: nil)
  assessment.responses[list] = Response(
    key: list,
    answer: .answered(
      .expectations([
        Expectation(
          expectation: "An answer today", importance: 5, expected: 6, perceived: 3, words: .customer)
      ])), at: noon)
  if Bool.random(using: &random) {
    assessment.setting = .workshop
    assessment.raters[0].last = Bool.random(using: &random)
    assessment.raters[0].named = Bool.random(using: &random)
    assessment.teamEvidence = [
      "own-who": TeamEvidence(grade: .measured, note: Bool.random(using: &random) ? "é\n" : nil)
    ]
  }
  assessment.parked = ["=later"]
  assessment.predictions = ["exp-listen": 3.5]
  assessment.sectionMinutes = ["expectations": 14]
  if Bool.random(using: &random) { assessment.finishedAt = noon }
  if seed % 3 == 0 { assessment.planEvents = randomPlanEvents(seed) }
  return assessment
}

/// A folder of its own for one test, removed afterwards.
final class TemporaryFolder {
  let path: String

  init() throws {
    let template = FileManager.default.temporaryDirectory
      .appending(path: "outside-in-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: template, withIntermediateDirectories: true)
    path = template.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String) -> String { path + "/" + name }

  /// Writes files into a folder, which is made where it is missing; gives its path.
  @discardableResult
  func write(_ files: [String: String], to folder: String) throws -> String {
    try FileManager.default.createDirectory(atPath: file(folder), withIntermediateDirectories: true)
    for (name, text) in files {
      try Data(text.utf8).write(to: URL(fileURLWithPath: "\(file(folder))/\(name)"))
    }
    return file(folder)
  }
}
