import AssessmentModel
import Foundation
import QuestionnaireFormat

/// The questionnaire in two versions with every kind of change between them (`Fixtures/versions`).
enum Kiosk {
  static let old = read("kiosk", "1.0.0")
  static let new = read("kiosk", "2.0.0")
  static let migration: Migration = {
    let name = "migrations/1.0.0--2.0.0.yaml"
    guard let bytes = try? fixture("versions/kiosk/\(name)"),
      let read = readMigration(bytes, file: name).migration
    else {
      fatalError("the migration does not read")
    }
    return read
  }()
  static let way = Correspondence(
    from: old.questionnaire, to: new.questionnaire, changes: migration.changes, link: migration.link)

  static func read(_ id: String, _ version: String, terms: [String: String] = [:]) -> PinnedQuestionnaire {
    func files(_ id: String, _ version: String) -> [String: [UInt8]] {
      let folder = packageRoot.appending(path: "Tests/OutsideInTests/Fixtures/versions/\(id)/\(version)")
      var files: [String: [UInt8]] = [:]
      for name in (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [] {
        files[name] = (try? Data(contentsOf: folder.appending(path: name))).map(Array.init)
      }
      return files
    }
    let reading = readQuestionnaire(
      files: files(id, version), terms: terms,
      bases: { reference in
        let parts = reference.split(separator: "@").map(String.init)
        return files(parts[0], parts[1])
      })
    guard let questionnaire = reading.questionnaire else {
      fatalError(reading.diagnostics.map(\.text).joined(separator: "\n"))
    }
    return PinnedQuestionnaire(questionnaire)
  }

  /// One person's answers to all of a version's questions, each at a raw level.
  static func assessment(
    _ pinned: PinnedQuestionnaire, id: String, day: String, scope: Assessment.Scope = .full,
    names: [String] = ["Ana"],
    level: (Item, _ rater: Int) -> Response.Answer? = { _, _ in .answered(.level(2)) }
  ) -> Assessment {
    var responses: [Response] = []
    for item in pinned.questionnaire.items where item.scored != nil {
      for rater in names.indices {
        guard let answer = level(item, rater) else { continue }
        responses.append(
          Response(key: .init(item: item.id, rater: "r\(rater + 1)"), answer: answer, at: noon))
      }
    }
    let moment = Timestamp(rfc3339: "\(day)T09:00:00Z")!
    return Assessment(
      id: id, organization: "Acme", team: "Kiosk", scope: scope, startedAt: moment, finishedAt: moment,
      questionnaire: pinned.reference,
      raters: names.enumerated().map { Rater(id: "r\($0 + 1)", name: $1) }, responses: responses)
  }
}
