import AssessmentModel
import EmbeddedTexts
import Foundation
import QuestionnaireFormat
import SeededGenerator

/// The built-in questionnaire of forty items.
let outsideIn: Questionnaire = {
  let folder = "questionnaires/outside-in/1.0.0/"
  var files: [String: [UInt8]] = [:]
  for (path, text) in EmbeddedTexts.files where path.hasPrefix(folder) {
    files[String(path.dropFirst(folder.count))] = Array(text.utf8)
  }
  guard let questionnaire = readQuestionnaire(files: files, folder: folder).questionnaire else {
    fatalError("the built-in questionnaire does not read")
  }
  return questionnaire
}()

/// A questionnaire of one section with the given number of items in eight dimensions.
func plainQuestionnaire(items count: Int) -> Questionnaire {
  let items = (0..<count).map { index in
    Item(
      id: "item-\(index)", text: "Item \(index)?",
      content: .scored(
        ScoredItem(dimension: "dimension-\(index % 8)", form: .level(LevelForm(scale: "maturity")))))
  }
  return Questionnaire(
    id: "plain", version: Version(major: 1, minor: 0, patch: 0), status: .published, title: "Plain",
    scoring: ScoringMethod(cut: 50),
    dimensions: (0..<8).map { Dimension(id: "dimension-\($0)", title: "Dimension \($0)") },
    scales: [Scale(id: "maturity", levels: (0...4).map { Scale.Level(level: $0, label: "\($0)") })],
    sections: [Section(id: "all", title: "All", items: items)])
}

/// An assessment with the given raw levels, rater by rater, in the order of the questionnaire's scored items.
///
/// - Parameter only: Whether a rater answered an item, both by their place.
func assessment(
  of questionnaire: Questionnaire, _ votes: [[Int]],
  only answers: (_ rater: Int, _ item: Int) -> Bool = { _, _ in true }
) -> Assessment {
  let raters = votes.indices.map { Rater(id: "r\(1_000 + $0)") }
  // In the order in which responses are kept, so that there is nothing to sort.
  let items = questionnaire.items.filter { $0.scored != nil }.enumerated()
    .sorted { $0.element.id < $1.element.id }
  return Assessment(
    id: "T",
    questionnaire: QuestionnaireReference(
      id: questionnaire.id, version: questionnaire.version,
      digests: Digests(content: "", measurement: "", wording: "")),
    raters: raters,
    responses: items.flatMap { place, item in
      raters.indices.filter { answers($0, place) }.map { rater in
        Response(
          key: .init(item: item.id, rater: raters[rater].id),
          answer: .answered(.level(votes[rater][place])))
      }
    })
}

extension SeededGenerator {
  /// A number of the standard normal distribution, by Box and Muller.
  mutating func normal() -> Double {
    let radius = (-2 * log(1 - Double.random(in: 0..<1, using: &self))).squareRoot()
    return radius * cos(2 * .pi * Double.random(in: 0..<1, using: &self))
  }
}
