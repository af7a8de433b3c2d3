import ArgumentParser
import AssessmentModel
import Interchange
import Reporting
import Scoring
import Storage

struct PortfolioCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "portfolio",
    abstract: "Look at many organisations together: where they stand, and whether the questionnaire works.",
    discussion: """
      A team counts by its latest finished assessment of the last two years, an organisation by the mean of its teams. With \
      --format csv it is a table with a row for each assessment, for R and the like.
      """)

  @OptionGroup var global: GlobalOptions
  @Option(help: "Only one organisation, team by team.") var organization: String?
  @Option(help: "Only one questionnaire, ID or ID@VERSION; the one that is most used where it is not given.")
  var questionnaire: String?
  @Option(help: "Only what was finished on this day or later.") var since: String?
  @Option(help: "Only what was finished on this day or earlier; two years are counted back from it.")
  var until: String?
  @Option(help: "text, html, csv or json; by the file's name where it is not given.") var format:
    PortfolioFormat?
  @Flag(help: "In the table and in JSON: names; else pseudonyms, the same every time.") var names = false
  @Option(name: [.customShort("o"), .long], help: "A file; stdout where there is none.", completion: .file())
  var output: String?

  enum PortfolioFormat: String, ExpressibleByArgument, CaseIterable {
    case text, html, csv, json
  }

  func validate() throws {
    if format == nil {
      try refuseForeignFile(
        output, "A portfolio", ["text", "HTML (.html)", "a table (.csv)", "JSON (.json)"])
    }
    if names, chosen != .csv, chosen != .json {
      throw ValidationError("--names goes with --format csv and json.")
    }
  }

  private var chosen: PortfolioFormat {
    if let format { return format }
    let name = output?.lowercased() ?? ""
    return name.hasSuffix(".html")
      ? .html : name.hasSuffix(".csv") ? .csv : name.hasSuffix(".json") ? .json : .text
  }

  func run() throws {
    let settings = global.settings
    let store = try settings.openStore()
    let (first, last) = (try System.pastDay(since, "--since"), try System.pastDay(until, "--until"))
    if let first, let last, last < first {
      throw Failure(.usage, "--until \(last) lies before --since \(first).")
    }
    let filter = SealedFilter(organization: organization, since: first, until: last)
    let reading = try PortfolioReading(store, settings.catalog, filter: filter, questionnaire: questionnaire)
    // Told before anything is counted.
    try SameNames.tell(in: store, ofOrganization: organization)
    let secret = try stored { () throws(StoreError) in try store.secret() }
    let pseudonym = names ? nil : Pseudonyms(secret: secret).of
    if chosen == .csv {
      let outlet = try Outlet(to: output)
      try reading.writeTable(to: outlet, pseudonym: pseudonym)
      return try outlet.finish()
    }
    var teams: [TeamSeries] = []
    let portfolio = try reading.portfolio(
      on: last ?? System.today(),
      keep: organization == nil
        ? nil
        : { row, entry in
          let name = try row.names().team
          if let known = teams.last, known.team.nameKey == name.nameKey {
            teams[teams.count - 1] = TeamSeries(team: name, entries: known.entries + [entry])
          } else {
            teams.append(TeamSeries(team: name, entries: [entry]))
          }
        })
    let changes = try reading.changes(pseudonym: chosen == .json ? pseudonym : nil)
    switch chosen {
    case .json:
      try settings.deliver(
        PortfolioDocument.write(portfolio, changes: changes).text(pretty: true) + "\n", to: output)
    case .html:
      try settings.deliver(
        htmlText(
          portfolioReport(portfolio, scope: scope(first, last), teams: teams, changes: changes),
          look: .standard),
        to: output)
    case .text, .csv:
      let style = output == nil ? settings.style : TerminalStyle()
      try settings.deliver(
        terminalText(
          portfolioReport(portfolio, scope: scope(first, last), teams: teams, changes: changes), style: style),
        to: output,
        rendered: true)
    }
  }

  /// What is looked at, in words.
  private func scope(_ first: Day?, _ last: Day?) -> String {
    var parts: [String] = []
    if let organization { parts.append(organization) }
    if let questionnaire { parts.append(questionnaire) }
    switch (first, last) {
    case (let first?, let last?): parts.append("finished \(first) to \(last)")
    case (let first?, nil): parts.append("finished since \(first)")
    case (nil, let last?): parts.append("finished until \(last)")
    case (nil, nil): break
    }
    return parts.joined(separator: ", ")
  }
}
