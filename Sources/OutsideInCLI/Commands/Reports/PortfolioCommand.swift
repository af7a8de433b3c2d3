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
  @Option(
    name: .customLong("of"), help: "One organisation against the mean of the others.") var one: String?
  @Option(help: "Only one organisation, team by team.") var organization: String?
  @Option(help: "Only organisations of this sector, as they said last; an answer or its id, such as health.")
  var sector: String?
  @Option(
    help: "Only organisations of this size, as they said last; an answer or its id, such as upto-fifty.")
  var size: String?
  @Option(
    help: "A table of organization and group: groups beside one another; with --of, its own.",
    completion: .file())
  var group: String?
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
    if one != nil, organization != nil {
      throw ValidationError(
        "--of sets one against others, --organization looks at one alone: take one of them.")
    }
    if one != nil, chosen == .csv {
      throw ValidationError("--of is no table; --format text, html or json.")
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
    var reading = try PortfolioReading(
      store, settings.catalog, filter: filter, questionnaire: questionnaire,
      circle: PortfolioCircle(one: one, sector: sector, size: size, groups: try readGroups(store)))
    // Told before anything is counted.
    try SameNames.tell(in: store, ofOrganization: organization)
    let secret = try stored { () throws(StoreError) in try store.secret() }
    let pseudonyms = names ? nil : Pseudonyms(secret: secret)
    let pseudonym = pseudonyms?.of
    if chosen == .csv {
      let outlet = try Outlet(to: output)
      try reading.writeTable(to: outlet, pseudonyms: pseudonyms)
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
    // Of one against others nobody else's changes are told.
    let changes =
      one == nil
      ? try reading.changes(in: portfolio, pseudonym: chosen == .json ? pseudonym : nil) : nil
    var report: Document {
      portfolioReport(
        portfolio, of: reading.circle.one, scope: scope(first, last, try? reading.circle.groupOfOne()),
        remarks: reading.remarks, names: reading.names, teams: teams, changes: changes)
    }
    switch chosen {
    case .json:
      try settings.deliver(
        PortfolioDocument.write(
          portfolio, of: reading.circle.one.map { AnalysisCSV.organization($0, pseudonym) }, changes: changes,
          organization: { AnalysisCSV.organization(reading.names[$0] ?? $0, pseudonym) },
          assessment: { AnalysisCSV.assessment($0, pseudonym) }
        ).text(pretty: true) + "\n", to: output)
    case .html:
      try settings.deliver(
        htmlText(
          report,
          look: .standard),
        to: output)
    case .text, .csv:
      let style = output == nil ? settings.style : TerminalStyle()
      try settings.deliver(
        terminalText(
          report,
          style: style),
        to: output,
        rendered: true)
    }
  }

  /// Who is in which group; told are those of whom there is nothing.
  private func readGroups(_ store: Store) throws -> [GroupCSV.Row] {
    guard let group else { return [] }
    let rows: [GroupCSV.Row]
    do {
      rows = try GroupCSV.read(try System.read(group))
    } catch let problem as CSV.Problem {
      throw Failure(.data, problem.told(of: group))
    }
    let known = try stored { () throws(StoreError) in try store.sealedOrganizations() }
    let unknown = rows.map(\.organization).filter { !known.contains($0.nameKey) }
    if unknown.isEmpty { return rows }
    var names: Set<String> = []
    try store.eachName { organization, _ in names.insert(organization) }
    let most = 10
    for name in unknown.prefix(most) {
      System.tell(
        "\(group): nothing is finished of “\(name)”"
          + (nearestName(to: name, among: names).map { "; did you mean “\($0)”?" } ?? "."))
    }
    if unknown.count > most {
      System.tell(
        "\(group): nor of \(counted(unknown.count - most, "more organisation", "more organisations")).")
    }
    return rows
  }

  /// What is looked at, in words.
  private func scope(_ first: Day?, _ last: Day?, _ group: String?) -> String {
    var parts: [String] = []
    if let organization { parts.append(organization) }
    if let one {
      parts.append(one + " against others")
      if let group { parts.append("group \(group)") }
    }
    if let sector { parts.append("sector \(sector)") }
    if let size { parts.append("size \(size)") }
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
