import ArgumentParser
import AssessmentModel
import Foundation
import Interchange
import Interview
import Reporting
import Storage

/// What a workshop needs on paper, and in a web form.
struct WorkshopSheetsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sheets",
    abstract: "Write what is handed out: cards and sheets to print, or the text of a web form.",
    discussion: """
      Cards for each person, a sheet for each section, one for what was passed over to save time, one to count on. \
      --customers writes a sheet for those you work for. --form writes a text to paste into Google Forms or Microsoft Forms instead; `import` takes its answers.
      """)

  @OptionGroup var global: GlobalOptions
  @Argument(help: "A workshop; the one changed last where none is given.", completion: savedIDs) var id:
    String?
  @Flag(help: "The text of a web form.") var form = false
  @Flag(help: "For those you work for: a sheet to print, or with --form a form.") var customers = false
  @Option(help: "markdown, or html to print; by the file's name where it is not given.")
  var format: SheetsFormat?
  @Option(
    name: [.customShort("o"), .long], help: "A file; stdout where there is none.", completion: .file())
  var output: String?

  func run() throws {
    let opened = try Opened.workshop(id, in: try global.settings.openStore())
    let workshop = opened.workshop
    let asked = workshop.interview.scoredItems
    let leftOut = asked.filter { workshop.state.leftOut.contains($0.id) }
    guard !form else {
      let text = formText(
        opened.questionnaire, opened.assessment, asked: customers ? opened.questionnaire.items : asked,
        for: customers ? .customer : .staff,
        takesIn: "\(global.settings.program) import FILE --into \(opened.assessment.id.prefix(10))")
      return try global.settings.deliver(text, to: output)
    }
    let report =
      customers
      ? customersSheet(opened.questionnaire, opened.assessment)
      : sheetsReport(opened.questionnaire, opened.assessment, asked: asked, leftOut: leftOut)
    let isPage = output?.lowercased().hasSuffix(".html") == true
    switch format ?? (isPage ? .html : .markdown) {
    case .markdown: try global.settings.deliver(markdownText(report), to: output)
    case .html: try global.settings.deliver(htmlText(report, look: .standard, layout: .handout), to: output)
    }
  }
}

enum SheetsFormat: String, ExpressibleByArgument, CaseIterable {
  case markdown, html
}

enum RecordFormat: String, ExpressibleByArgument, CaseIterable {
  case markdown, html, json
}

/// What a workshop leaves to those who were not there.
struct WorkshopRecordCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record",
    abstract:
      "Write the record of a workshop: who took part, what was voted, settled and why, what was left.",
    discussion: "No single vote is in it whose owner has not agreed to be named (`named` on the list).")

  @OptionGroup var global: GlobalOptions
  @Argument(help: "A workshop; the one changed last where none is given.", completion: savedIDs) var id:
    String?
  @Option(help: "markdown, html or json; by the file's name where it is not given.") var format: RecordFormat?
  @OptionGroup var outgoing: OutgoingOptions
  @Option(
    name: [.customShort("o"), .long], help: "A file; stdout where there is none.", completion: .file())
  var output: String?

  func run() throws {
    let store = try global.settings.openStore()
    let opened = try Opened.workshop(id, in: store)
    let workshop = opened.workshop
    // Whoever looks at it here was there, or leads it.
    let isHere = output == nil && System.isScreen && !outgoing.withoutNotes && !outgoing.askNotes
    let subject =
      isHere
      ? opened.subject : try outgoing.subject(of: opened, to: output, global.settings, in: store)
    let record = WorkshopRecord(
      subject.assessment, opened.questionnaire, asked: workshop.interview.scoredItems)
    let name = output?.lowercased() ?? ""
    let report = recordReport(record, subject, unseen: workshop.unseenVotes)
    switch format ?? (name.hasSuffix(".json") ? .json : name.hasSuffix(".html") ? .html : .markdown) {
    case .markdown: try global.settings.deliver(markdownText(report), to: output)
    case .html: try global.settings.deliver(htmlText(report, look: .standard), to: output)
    case .json:
      let document = RecordDocument.write(record, subject.assessment, unseen: workshop.unseenVotes)
      try global.settings.deliver(document.text(pretty: true) + "\n", to: output)
    }
  }
}

extension Opened {
  /// A workshop by its id, or the one changed last.
  static func workshop(_ id: String?, in store: Store) throws(Failure) -> Opened {
    var found = id
    if found == nil || found == "last" {
      let all = try OutsideInCLI.stored { () throws(StoreError) in try store.list() }
      found = all.first(where: \.isWorkshop)?.id
    }
    guard let found else {
      throw Failure(
        .notFound,
        "There is no workshop yet. `outside-in workshop` begins one; `quit` at its welcome keeps it for the day it is held."
      )
    }
    let opened = try Opened(found, in: store)
    guard opened.assessment.setting == .workshop else {
      throw Failure(.data, "\(opened.assessment.id) is answered alone; this is for workshops.")
    }
    return opened
  }
}
