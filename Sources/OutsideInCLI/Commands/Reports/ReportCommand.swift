import ArgumentParser
import AssessmentModel
import Foundation
import Interchange
import Planning
import Reporting
import Scoring
import Storage

enum ReportFormat: String, ExpressibleByArgument, CaseIterable {
  case html, page, board, mail, markdown, csv, json

  /// Whether it may have what people typed beside their answers.
  var mayCarryRemarks: Bool {
    switch self {
    case .html, .mail, .markdown, .json: true
    case .page, .board, .csv: false
    }
  }

  /// How a file of it is called.
  var ending: String {
    switch self {
    case .html, .page, .board: ".html"
    case .mail: ".txt"
    case .markdown: ".md"
    case .csv: ".csv"
    case .json: ".json"
    }
  }

  /// What a page is called where nobody says; nil for what is read on a screen.
  var fileName: String? {
    switch self {
    case .html: "report.html"
    case .page: "wall.html"
    case .board: "board.html"
    case .mail, .markdown, .csv, .json: nil
    }
  }

  /// By a file's name; nil where that tells nothing.
  init?(of path: String?) {
    let name = path?.lowercased() ?? ""
    let endings: [(String, ReportFormat)] = [
      (".html", .html), (".htm", .html), (".md", .markdown), (".csv", .csv), (".json", .json),
      (".txt", .mail),
    ]
    guard let format = endings.first(where: { name.hasSuffix($0.0) })?.1 else { return nil }
    self = format
  }
}

/// The documents that a team walks out with, each for one reader.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Write the documents that leave the room.",
    discussion: """
      html is the whole of it in one file, to send or to print. page is one sheet for the wall, board one page for a decision, mail \
      a text for tomorrow morning. markdown, csv and json hold what html holds. No document has what was typed beside the answers \
      unless somebody has said that it may go out.
      """)

  @OptionGroup var global: GlobalOptions
  @Argument(help: "An assessment.", completion: savedIDs) var id = "last"
  @Option(help: "html, page, board, mail, markdown, csv or json; by the file's name where it is not given.")
  var format: ReportFormat?
  @OptionGroup var outgoing: OutgoingOptions
  @Option(
    name: [.customShort("o"), .long],
    help: "A file; where there is none, stdout, and at a terminal a new file for pages.", completion: .file())
  var output: String?

  func validate() throws {
    try refuseForeignFile(
      output, "A report", ["HTML (.html)", "Markdown (.md)", "a table (.csv)", "JSON (.json)"])
    // A page under a table's name is found out too late.
    if let format, let output, let named = ReportFormat(of: output), named != format {
      let isPage = named == .html && [.page, .board].contains(format)
      let isText = named == .mail && format == .markdown
      guard isPage || isText else {
        throw ValidationError(
          "--format \(format.rawValue) writes a file whose name ends with \(format.ending); \(output) would be taken for another."
        )
      }
    }
  }

  func run() throws {
    let settings = global.settings
    let store = try settings.openStore()
    let opened = try Opened(id, in: store)
    opened.tellWhetherChanged(settings.catalog)
    let format = format ?? ReportFormat(of: output) ?? .html
    // Nobody reads a page's source on a screen: it becomes a file.
    let ownName = output == nil && System.isScreen ? format.fileName : nil
    let subject =
      format.mayCarryRemarks
      ? try outgoing.subject(of: opened, to: output ?? ownName, settings, in: store) : opened.subject(.none)
    let contents = try ReportContents(
      of: opened, subject, ComparisonChoice(store: store, catalog: settings.catalog))
    let look = HTMLLook.standard
    let text =
      switch format {
      case .html: htmlText(fullReport(contents), look: look)
      case .page: htmlText(wallPage(subject, contents.plan), look: look, layout: .wall)
      case .board: htmlText(boardPage(subject, contents.plan), look: look, layout: .board)
      case .mail: morningMail(subject, contents.plan)
      case .markdown: markdownText(fullReport(contents))
      case .csv:
        ReportTable.write(subject.assessment, subject.questionnaire, subject.scorecard, plan: contents.plan)
      case .json:
        ReportDocument.write(
          subject.assessment, subject.questionnaire, subject.scorecard, plan: contents.plan,
          comparison: contents.comparison.map { ($0.comparison, $0.ledger) }, record: contents.record,
          unseen: contents.unseen
        ).text(pretty: true) + "\n"
      }
    guard let ownName else { return try settings.deliver(text, to: output) }
    let path = try System.writeNewFile(ownName, text)
    try System.write("Written: \(path.harmless)\n")
  }
}

extension ReportContents {
  /// All that there is of an assessment, with what was before it.
  init(of opened: Opened, _ subject: Subject, _ choice: ComparisonChoice) throws(Failure) {
    let library = try choice.catalog.actions(for: opened.questionnaire)
    let plan = try? makePlan(
      opened.assessment, opened.questionnaire, subject.scorecard, library: library)
    let before = try choice.earlier(than: opened)
    let comparison = try before.map { (before) throws(Failure) in
      try choice.subject(
        [before, opened], samePeople: false,
        library: before.pinned.reference == opened.pinned.reference ? library : nil)
    }
    let last = comparison.flatMap { comparison in
      comparison.ledger.lines.isEmpty
        ? nil : LastPlan(day: before?.assessment.heldAt?.day, ledger: comparison.ledger)
    }
    let isWorkshop = opened.assessment.setting == .workshop
    let workshop = isWorkshop ? opened.workshop : nil
    self.init(
      subject, plan: plan, last: last, comparison: comparison,
      record: workshop.map { workshop in
        WorkshopRecord(subject.assessment, opened.questionnaire, asked: workshop.interview.scoredItems)
      }, unseen: workshop?.unseenVotes ?? 0)
  }
}
