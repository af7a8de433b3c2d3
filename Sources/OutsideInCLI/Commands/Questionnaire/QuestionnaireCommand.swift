import ArgumentParser
import AssessmentModel
import EmbeddedTexts
import Foundation
import Interchange
import QuestionnaireFormat
import Reporting
import Shell

struct QuestionnaireCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "questionnaire", abstract: "Look at the questionnaires that can be asked.",
    subcommands: [
      QuestionnaireListCommand.self, QuestionnaireShowCommand.self, QuestionnairePreviewCommand.self,
      QuestionnaireCheckCommand.self, QuestionnaireDiffCommand.self, QuestionnaireNewCommand.self,
      QuestionnaireLockCommand.self,
    ])

  static var names: [String] { configuration.subcommands.compactMap { $0.configuration.commandName } }
}

struct QuestionnaireListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the questionnaires, built in and your own.")

  @OptionGroup var global: GlobalOptions

  func run() throws {
    let catalog = global.settings.catalog
    var rows: [[String]] = []
    for entry in catalog.entries() {
      do throws(Failure) {
        let questionnaire = try catalog.read(entry)
        let scored = questionnaire.items.filter { $0.scored != nil }
        rows.append([
          "\(entry.id)@\(entry.version)", questionnaire.status.rawValue, questionnaire.title,
          "\(scored.count) questions, \(scored.count(where: \.core)) in the core",
          entry.folder ?? "built in",
        ])
      } catch {
        rows.append(["\(entry.id)@\(entry.version)", "unusable", "", "", entry.folder ?? "built in"])
        System.tell(error.message)
      }
    }
    let table = Table(
      [.init("id"), .init("status"), .init("title"), .init("size"), .init("from")], rows: rows)
    try global.settings.write(terminalText([.table(table)], style: global.settings.style))
  }
}

enum QuestionnaireFormatChoice: String, ExpressibleByArgument, CaseIterable {
  case text, markdown, html, json, csv
}

struct QuestionnaireShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a questionnaire: to read, to print and hand out, or for programs.")

  @OptionGroup var global: GlobalOptions
  @Argument(help: "ID, or ID@VERSION.") var questionnaire: String
  @Option(
    help:
      "text, markdown, html to print, json, or csv for a table of the questions; text, or as the file's name says."
  )
  var format: QuestionnaireFormatChoice?
  @Flag(help: "With what stands behind each question: why, what to ask next, what counts as evidence.")
  var facilitator = false
  @Flag(help: "A guide to lead a workshop by: whom to invite, what to print, what to say at each question.")
  var guide = false
  @Option(
    name: [.customShort("o"), .long], help: "A file; stdout where there is none.", completion: .file())
  var output: String?

  func validate() throws {
    if guide, facilitator || format == .json || format == .csv {
      throw ValidationError("--guide is a text of its own, as text, Markdown or HTML.")
    }
  }

  private var chosen: QuestionnaireFormatChoice {
    if let format { return format }
    let file = output?.lowercased() ?? ""
    if file.hasSuffix(".json"), !guide { return .json }
    if file.hasSuffix(".csv"), !guide { return .csv }
    if file.hasSuffix(".html") { return .html }
    return file.hasSuffix(".md") ? .markdown : guide && output != nil ? .markdown : .text
  }

  func run() throws {
    let found = try global.settings.catalog.find(questionnaire)
    let report =
      guide
      ? guideReport(
        found, text: EmbeddedTexts.text("Resources/guide.md") ?? "", agenda: guideAgenda(found))
      : questionnaireReport(found, facilitator: facilitator)
    switch chosen {
    case .text:
      let style = output == nil ? global.settings.style : TerminalStyle()
      try global.settings.deliver(terminalText(report, style: style), to: output, rendered: true)
    case .markdown: try global.settings.deliver(markdownText(report), to: output)
    case .html: try global.settings.deliver(htmlText(report, look: .standard), to: output)
    case .json: try global.settings.deliver(found.canonical.text(pretty: true) + "\n", to: output)
    case .csv:
      try global.settings.deliver(CodeBook.write(found), to: output)
      if !questionnaire.contains("@") {
        System.tell(
          "These are the questions of \(found.id)@\(found.version), the newest; for answers to another version: outside-in questionnaire show "
            + "\(found.id)@VERSION --format csv.")
      }
    }
  }
}

struct QuestionnairePreviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "preview", abstract: "Show one question exactly as it is asked.")

  @OptionGroup var global: GlobalOptions
  @Argument(help: "The question's id.") var item: String
  @Option(help: "ID, or ID@VERSION.") var questionnaire = AssessRequest.defaultQuestionnaire

  func run() throws {
    let found = try global.settings.catalog.find(questionnaire)
    guard let question = found.item(item) else {
      throw Failure(
        .notFound,
        sentence(
          "\(found.id)@\(found.version) has no question \"\(item)\""
            + suggestion(for: item, among: found.items.map { $0.id })))
    }
    let document = questionPreview(question, of: PinnedQuestionnaire(found).reference, found)
    try global.settings.write(terminalText(document, style: global.settings.style))
  }
}

struct QuestionnaireNewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Begin a questionnaire of your own, with explanations in its files.")

  @Argument(help: "A new folder, whose name becomes the questionnaire's id.") var folder: String

  func run() throws {
    let path = URL(fileURLWithPath: folder).standardizedFileURL
    let id = path.lastPathComponent
    guard let problem = identifierProblem(id) else {
      return try write(id, to: path.appending(path: "1.0.0").path)
    }
    throw Failure(.usage, "The folder's name becomes the id, and \(problem).")
  }

  private func write(_ id: String, to version: String) throws(Failure) {
    let starter = "Resources/starter/"
    guard !FileManager.default.fileExists(atPath: version) else {
      throw Failure(.cannotCreate, "\(version) is there already; nothing was changed.")
    }
    do {
      try FileManager.default.createDirectory(atPath: version, withIntermediateDirectories: true)
    } catch {
      throw Failure(.cannotCreate, "Can't make the folder \(version): \(error.localizedDescription)")
    }
    for (path, text) in EmbeddedTexts.files where path.hasPrefix(starter) {
      try System.writeFile(
        "\(version)/\(path.dropFirst(starter.count))",
        text.replacing("id: starter\n", with: "id: \(id)\n"))
    }
    // Beside them what an editor needs to check and complete while somebody types.
    for name in ["questionnaire.schema.json", "section.schema.json"] {
      try System.writeFile("\(version)/\(name)", EmbeddedTexts.text("Resources/schema/\(name)") ?? "")
    }
    let root = URL(fileURLWithPath: version).deletingLastPathComponent().deletingLastPathComponent().path
    System.tell(
      """
      \(version) is there. Change its texts, then:
        outside-in questionnaire check \(version)
        outside-in --questionnaires \(root) questionnaire preview first-question --questionnaire \(id)
        outside-in --questionnaires \(root) assess --questionnaire \(id)
      """)
  }
}
