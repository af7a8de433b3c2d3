import ArgumentParser
import AssessmentModel
import Interchange
import QuestionnaireFormat
import Reporting
import Storage

struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write an assessment as a file that import takes.")

  @OptionGroup var global: GlobalOptions
  @Argument(help: "An assessment.", completion: savedIDs) var id: String?
  @Flag(help: "All of them: one document a line, or one table of all answers for R and the like.") var all =
    false
  @Option(help: "With --all: only those of one organisation.") var organization: String?
  @Flag(help: "In the table of all: names, and what was typed; else pseudonyms, the same every time.")
  var names = false
  @Option(help: "json, or csv for the answers as a table; by the file's name where it is not given.")
  var format: DataFormat?
  @Option(
    name: [.customShort("o"), .long], help: "A file; stdout where there is none.", completion: .file())
  var output: String?

  func validate() throws {
    if format == nil, [".xlsx", ".xls", ".ods"].contains(where: (output?.lowercased() ?? "").hasSuffix) {
      throw ValidationError("Answers are written as JSON or, for spreadsheets, as CSV: -o answers.csv.")
    }
    if (id == nil) != all { throw ValidationError("Give an assessment, or --all.") }
    if organization != nil, !all { throw ValidationError("--organization goes with --all.") }
    if names, !all || chosen != .csv { throw ValidationError("--names goes with --all --format csv.") }
  }

  private var chosen: DataFormat {
    format ?? (output?.lowercased().hasSuffix(".csv") == true ? .csv : .json)
  }

  func run() throws {
    let store = try global.settings.openStore()
    if let id {
      let opened = try Opened(id, in: store)
      opened.tellWhatStays()
      switch chosen {
      case .json: try global.settings.deliver(Self.document(opened).text(pretty: true) + "\n", to: output)
      case .csv:
        try global.settings.deliver(
          AssessmentCSV.write(opened.assessment, questionnaire: opened.questionnaire), to: output)
      }
      return
    }
    let many = try ManyExport(store, of: organization)
    let outlet = try Outlet(to: output)
    switch chosen {
    case .json: try many.sendLines(to: outlet, global.settings.catalog)
    case .csv: try many.sendTable(to: outlet, withNames: names)
    }
  }

  private static func document(_ opened: Opened) -> JSONValue {
    AssessmentDocument.write(
      opened.assessment, questionnaire: opened.questionnaire,
      definition: opened.questionnaire.canonical)
  }
}
