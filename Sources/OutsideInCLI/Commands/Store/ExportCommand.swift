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
  @Flag(help: "All of them, one document a line.") var all = false
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
    if all, chosen == .csv { throw ValidationError("--all writes JSON only.") }
  }

  private var chosen: DataFormat {
    format ?? (output?.lowercased().hasSuffix(".csv") == true ? .csv : .json)
  }

  func run() throws {
    let store = try global.settings.openStore()
    if let id {
      let opened = try Opened(id, in: store)
      Self.tellWhatStays(opened)
      switch chosen {
      case .json: try global.settings.deliver(Self.document(opened).text(pretty: true) + "\n", to: output)
      case .csv:
        try global.settings.deliver(
          AssessmentCSV.write(opened.assessment, questionnaire: opened.questionnaire), to: output)
      }
      return
    }
    var text = ""
    // What can't be opened keeps nothing else from going out; it is told, and it is no success.
    var unusable: Failure?
    let all = try stored { () throws(StoreError) in try store.list() }
    for (index, summary) in all.reversed().enumerated() {
      do throws(Failure) {
        let opened = try Opened(summary.id, in: store)
        Self.tellWhatStays(opened)
        text += Self.document(opened).text() + "\n"
      } catch {
        System.tell("\(summary.id) was left out. \(error.message)")
        unusable = error
      }
      System.progress("Read", index + 1, of: all.count)
    }
    try global.settings.deliver(text, to: output)
    if let unusable { throw Failure(unusable.status, "") }
  }

  /// Votes that nobody has seen go nowhere.
  private static func tellWhatStays(_ opened: Opened) {
    let votes = opened.workshop.unseenVotes
    guard votes > 0 else { return }
    System.tell(
      "\(opened.assessment.id): \(counted(votes, "vote", "votes")) that nobody has seen yet stay behind; they go out once they "
        + "are revealed.")
  }

  private static func document(_ opened: Opened) -> JSONValue {
    AssessmentDocument.write(
      opened.assessment, questionnaire: opened.questionnaire,
      definition: opened.questionnaire.canonical)
  }
}
