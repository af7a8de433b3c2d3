import AssessmentModel
import EmbeddedTexts
import Foundation
import QuestionnaireFormat

@testable import Scoring

/// What readers made of both wordings of the built-in questionnaire, for organisations that they knew from a page
/// (`Fixtures/trial`).
enum Trial {
  /// How an answer was found.
  enum Doubt: String, CaseIterable {
    /// One of the answers fitted, the others did not.
    case clear
    /// Two fitted.
    case two
    /// None fitted.
    case none
    /// The page does not say it.
    case guess
    /// A word was not understood.
    case words

    /// Whether it is the questionnaire's own, not the page's.
    var isQuestionnaires: Bool { self == .two || self == .none }
  }

  /// One answer of one reader.
  struct Row {
    let organization: String
    let version: String
    let reader: Int
    let item: String
    let answer: Response.Answer
    let doubt: Doubt
  }

  static let organizations = ["energy", "office", "machines", "shop", "clinic", "insurer"]
  /// Four more whose departments differ in much, as somebody else described them; read by two for each wording.
  static let divided = ["school", "furniture", "carehome", "software"]
  static let versions: [(name: String, pinned: PinnedQuestionnaire)] = [
    ("1.0.0", builtIn("1.0.0")), ("2.0.0", builtIn("2.0.0")),
  ]

  static let rows = rows(of: "readings")
  static let dividedRows = rows(of: "readings-divided")

  private static func rows(of table: String) -> [Row] {
    let text = String(decoding: (try? fixture("trial/\(table).csv")) ?? [], as: UTF8.self)
    return text.split(separator: "\n").dropFirst().map { line in
      let cells = line.split(separator: ",", maxSplits: 6, omittingEmptySubsequences: false).map(String.init)
      guard cells.count == 7, let reader = Int(cells[2]), let answer = answer(cells[4]),
        let doubt = Doubt(rawValue: cells[5])
      else { fatalError("no reading: \(line)") }
      return Row(
        organization: cells[0], version: cells[1], reader: reader, item: cells[3], answer: answer,
        doubt: doubt)
    }
  }

  private static func answer(_ text: String) -> Response.Answer? {
    switch text {
    case "dk": return .dontKnow
    case "na": return .notApplicable(reason: nil)
    default:
      let level = Int(text) ?? ["a", "b", "c", "d", "e"].firstIndex(of: text)
      return level.flatMap { 0...4 ~= $0 ? .answered(.level($0)) : nil }
    }
  }

  /// Which area of an organisation its page says to be ahead of which, written before the wordings.
  static let toldApart: [(organization: String, higher: String, lower: String)] = {
    let text = String(decoding: (try? fixture("trial/told-apart.csv")) ?? [], as: UTF8.self)
    return text.split(separator: "\n").dropFirst().map { line in
      let cells = line.split(separator: ",").map(String.init)
      return (cells[0], cells[1], cells[2])
    }
  }()

  static let migration: Migration = {
    let path = "questionnaires/outside-in/migrations/1.0.0--2.0.0.yaml"
    guard let migration = readMigration(Array(EmbeddedTexts.text(path)!.utf8), file: path).migration else {
      fatalError("the migration does not read")
    }
    return migration
  }()

  static let way = Correspondence(
    from: versions[0].pinned.questionnaire, to: versions[1].pinned.questionnaire,
    changes: migration.changes, link: migration.link)

  /// An organisation as its four readers answered one version.
  static func assessment(_ organization: String, _ version: Int) -> Assessment {
    let (name, pinned) = versions[version]
    let own = (rows + dividedRows).filter { $0.organization == organization && $0.version == name }
    let readers = Set(own.map(\.reader)).sorted()
    let day = Timestamp(rfc3339: version == 0 ? "2026-01-15T12:00:00Z" : "2026-11-26T12:00:00Z")!
    return Assessment(
      id: "\(organization)-\(name)", organization: organization, scope: .full, startedAt: day,
      finishedAt: day, questionnaire: pinned.reference, raters: readers.map { Rater(id: "r\($0)") },
      responses: own.map { row in
        Response(key: .init(item: row.item, rater: "r\(row.reader)"), answer: row.answer, at: day)
      })
  }

  static func compared(_ organization: String) -> Comparison {
    compare([
      ComparedAssessment(assessment(organization, 0), versions[0].pinned.questionnaire, way),
      ComparedAssessment(
        assessment(organization, 1), versions[1].pinned.questionnaire,
        Correspondence(identity: versions[1].pinned.questionnaire)),
    ])
  }

  /// Mean oriented level of the readers who gave one; nil where none did.
  static func mean(_ item: String, _ organization: String, _ version: Int) -> Double? {
    let (name, pinned) = versions[version]
    guard let scored = pinned.questionnaire.item(item)?.scored else { return nil }
    let levels = rows.filter {
      $0.organization == organization && $0.version == name && $0.item == item
    }.compactMap { row -> Int? in
      if case .answered(.level(let level)) = row.answer { scored.oriented(level) } else { nil }
    }
    return levels.isEmpty ? nil : Double(levels.reduce(0, +)) / Double(levels.count)
  }
}
