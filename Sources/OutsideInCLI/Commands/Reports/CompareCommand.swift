import ArgumentParser
import AssessmentModel
import Interchange
import Planning
import Reporting
import Scoring
import Storage

enum ComparisonFormat: String, ExpressibleByArgument, CaseIterable {
  case text, markdown, html, csv, json
}

struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Say what has changed from one assessment to the next, and whether that is more than chance.",
    discussion: """
      Alone it takes the two latest finished of the team worked on last; with one id, that and the one before of its \
      team; with last:ORGANIZATION, the two latest of its one team; with several ids, a series.
      """)

  @OptionGroup var global: GlobalOptions
  @Argument(help: "Assessments.", completion: savedIDs) var ids: [String] = []
  @Option(help: "The latest of each team of an organisation at one time, last:ORGANIZATION.") var teams:
    String?
  @Flag(help: "Take people under the same names for the same people, labels of tables too.") var samePeople =
    false
  @Option(help: "text, markdown, html, csv or json; by the file's name where it is not given.") var format:
    ComparisonFormat?
  @Option(name: [.customShort("o"), .long], help: "A file; stdout where there is none.", completion: .file())
  var output: String?

  func validate() throws {
    if teams != nil, !ids.isEmpty { throw ValidationError("--teams takes the place of ids; leave them out.") }
    if format == nil {
      try refuseForeignFile(
        output, "A comparison", ["text", "Markdown (.md)", "HTML (.html)", "a table (.csv)", "JSON (.json)"])
    }
  }

  func run() throws {
    let settings = global.settings
    let name = output?.lowercased() ?? ""
    let format =
      format
      ?? (name.hasSuffix(".md")
        ? .markdown
        : name.hasSuffix(".html")
          ? .html : name.hasSuffix(".csv") ? .csv : name.hasSuffix(".json") ? .json : .text)
    let choice = ComparisonChoice(store: try settings.openStore(), catalog: settings.catalog)
    let style = output == nil ? settings.style : TerminalStyle()
    let text: String
    if let teams {
      let comparison = compareTeams(try choice.compared(try choice.teams(of: teams)))
      text =
        switch format {
        case .text: terminalText(teamReport(comparison), style: style)
        case .markdown: markdownText(teamReport(comparison))
        case .html: htmlText(teamReport(comparison), look: .standard)
        case .csv: ComparisonDocument.table(comparison)
        case .json: ComparisonDocument.write(comparison).text(pretty: true) + "\n"
        }
      return try settings.deliver(text, to: output, rendered: format == .text)
    }
    // Whoever looks at it here knows who was asked; what goes on names nobody.
    let isHere = output == nil && System.isScreen
    let subject = try choice.subject(ids, samePeople: samePeople, namesPeople: isHere)
    switch format {
    case .text: text = terminalText(comparisonReport(subject), style: style)
    case .markdown: text = markdownText(comparisonReport(subject))
    case .html: text = htmlText(comparisonReport(subject, withPictures: true), look: .standard)
    case .csv: text = ComparisonDocument.table(subject.comparison)
    case .json:
      text =
        ComparisonDocument.write(subject.comparison, ledger: subject.ledger).text(pretty: true)
        + "\n"
    }
    try settings.deliver(text, to: output, rendered: format == .text)
  }
}

extension ComparisonChoice {
  /// The comparison of what was typed, with what is told beside it.
  func subject(
    _ given: [String], samePeople: Bool, namesPeople: Bool = false
  ) throws(Failure) -> ComparisonSubject {
    let opened = try assessments(given)
    for one in opened { one.tellWhetherChanged(catalog) }
    return try subject(opened, samePeople: samePeople, namesPeople: namesPeople)
  }

  /// What became of the same team's plan of the time before; nil where there is none.
  func lastPlan(of opened: Opened) throws(Failure) -> LastPlan? {
    guard let before = try earlier(than: opened) else { return nil }
    let comparison = compare(try compared([before, opened]))
    let ledger = planLedger(comparison, library: try catalog.actions(for: before.questionnaire))
    return ledger.lines.isEmpty ? nil : LastPlan(day: before.assessment.heldAt?.day, ledger: ledger)
  }

  /// - Parameter library: the steps of the last but one's questionnaire, where they have been read already.
  func subject(
    _ opened: [Opened], samePeople: Bool, namesPeople: Bool = false, library: ActionLibrary? = nil
  ) throws(Failure) -> ComparisonSubject {
    let compared = try compared(opened)
    let comparison = compare(compared, labelsToo: samePeople)
    let other = samePeople ? nil : compare(compared, labelsToo: true)
    let people = { (comparison: Comparison) in comparison.latest.index?.estimate.people.count ?? 0 }
    let before = compared[comparison.latest.from]
    let steps: ActionLibrary? =
      if let library { library } else { try catalog.actions(for: before.questionnaire) }
    return ComparisonSubject(
      comparison, ledger: planLedger(comparison, library: steps),
      ifSamePeople: other.flatMap { people($0) > people(comparison) ? $0 : nil }, namesPeople: namesPeople)
  }
}
