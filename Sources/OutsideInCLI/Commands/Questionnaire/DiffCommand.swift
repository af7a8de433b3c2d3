import ArgumentParser
import AssessmentModel
import EmbeddedTexts
import Foundation
import QuestionnaireFormat
import Reporting

struct QuestionnaireDiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Tell what is different between two versions, and what can be compared.",
    discussion: """
      With --write the migration between them is begun, or completed: digests as they are now, and a line for each \
      question that nothing is said of yet. What stands there already stays.
      """)

  @OptionGroup var global: GlobalOptions
  @Argument(help: "ID@VERSION or a version's folder, the older one.", completion: .directory) var older:
    String
  @Argument(help: "ID@VERSION or a version's folder, the newer one.", completion: .directory) var newer:
    String
  @Option(help: "text or markdown.") var format: TextOrMarkdown = .text
  @Flag(help: "Write the migration's file, ID/migrations/OLDER--NEWER.yaml.") var write = false

  enum TextOrMarkdown: String, ExpressibleByArgument, CaseIterable {
    case text, markdown
  }

  func run() throws {
    var settings = global.settings
    let names = [older, newer].map { name -> String in
      guard let (root, reference) = Self.folder(name) else { return name }
      settings.questionnaires.insert(root, at: 0)
      return reference
    }
    let catalog = settings.catalog
    let (before, after) = (
      PinnedQuestionnaire(try catalog.find(names[0])), PinnedQuestionnaire(try catalog.find(names[1]))
    )
    let (first, last) = (before.questionnaire, after.questionnaire)
    guard first.id == last.id, first.version < last.version else {
      throw Failure(.usage, "diff takes two versions of one questionnaire, the older one first.")
    }
    if write { try writeMigration(before, after, catalog) }
    let way = try catalog.way(from: before, to: after)
    let report = versionReport(from: first, to: last, way, base: try catalog.base(of: first, last))
    switch format {
    case .text: try global.settings.write(terminalText(report, style: global.settings.style))
    case .markdown: try global.settings.write(markdownText(report))
    }
  }

  /// Where questionnaires lie, and which one it is, of a folder ID/VERSION; nil for what is no such folder.
  private static func folder(_ path: String) -> (root: String, reference: String)? {
    let folder = path.withoutLastStrokes
    guard System.isRegularFile(folder + "/questionnaire.yaml") else { return nil }
    let parts = URL(fileURLWithPath: folder).standardizedFileURL.pathComponents
    guard parts.count > 2, let version = parts.last, Version(version) != nil else { return nil }
    let root = URL(fileURLWithPath: folder).standardizedFileURL.deletingLastPathComponent()
      .deletingLastPathComponent()
    return (root.path, "\(parts[parts.count - 2])@\(version)")
  }

  private func writeMigration(
    _ before: PinnedQuestionnaire, _ after: PinnedQuestionnaire, _ catalog: Catalog
  ) throws {
    let (first, last) = (before.questionnaire, after.questionnaire)
    guard
      let folder = catalog.entries().first(where: { $0.id == last.id && $0.version == last.version })?.folder
    else {
      throw Failure(
        .cannotCreate,
        "\(last.id)@\(last.version) is built in; a migration stands beside versions of your own.")
    }
    let path = "\(folder)/\(last.id)/\(Catalog.migrations)"
    let file = "\(path)/\(Migration.name(from: first.version, to: last.version)).yaml"
    let base = try catalog.base(of: first, last)
    var text: String
    if System.isRegularFile(file) {
      text = String(decoding: try System.read(file, limit: 2 << 20), as: UTF8.self)
      let reading = readMigration(Array(text.utf8), file: file)
      let known = reading.migration?.changes ?? []
      // What can't be read is its author's to mend; nothing of it is rewritten blindly.
      guard reading.migration != nil else { throw Failure(reading.diagnostics) }
      let open = Correspondence(from: first, to: last, changes: known, base: base).matches.filter(
        \.isUncovered)
      text = completedMigration(text, from: before, to: after, open)
    } else {
      let open = Correspondence(from: first, to: last, base: base).matches.filter(\.isUncovered)
      text = newMigration(from: before, to: after, open)
    }
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw Failure(.cannotCreate, "Can't make the folder \(path): \(error.localizedDescription)")
    }
    try System.writeFile(file, text)
    // What an editor needs to check and complete while somebody types.
    try System.writeFile(
      "\(path)/migration.schema.json", EmbeddedTexts.text("Resources/schema/migration.schema.json") ?? "")
    System.tell("Written: \(file)")
  }
}
