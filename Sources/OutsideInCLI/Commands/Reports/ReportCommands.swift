import ArgumentParser
import AssessmentModel
import Interchange
import Reporting
import Scoring
import Storage

enum TextFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}

struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the saved assessments, the one changed last first.")

  @OptionGroup var global: GlobalOptions
  @Option(help: "Only those of one organisation.") var organization: String?
  @Option(help: "text or json.") var format: TextFormat = .text

  func run() throws {
    let store = try global.settings.openStore()
    switch format {
    case .json: try writeJSON(of: store)
    case .text: try writeText(of: store)
    }
  }

  private func writeJSON(of store: Store) throws {
    let outlet = try Outlet(to: nil)
    var isFirst = true
    try outlet.write("{\n  \"assessments\": [")
    try store.eachBatch(organization: organization, of: Self.most) { summaries in
      for summary in summaries {
        try outlet.write((isFirst ? "\n    " : ",\n    ") + Self.row(summary).text(pretty: true, depth: 2))
        isFirst = false
      }
    }
    try outlet.write((isFirst ? "]" : "\n  ]") + ",\n  \"schema\": \"outside-in.list/1\"\n}\n")
    try outlet.finish()
  }

  private static func row(_ summary: AssessmentSummary) -> JSONValue {
    .object([
      "id": .string(summary.id), "organization": .string(summary.organization),
      "team": .string(summary.team), "scope": .string(summary.scope.rawValue),
      "startedAt": JSONValue(summary.startedAt?.rfc3339),
      "finishedAt": JSONValue(summary.finishedAt?.rfc3339),
      "changedAt": .string(summary.changedAt.rfc3339),
      "setting": .string((summary.isWorkshop ? Assessment.Setting.workshop : .alone).rawValue),
      "openHomework": .bool(summary.hasHomework), "nextCheck": JSONValue(summary.nextCheck?.description),
      "questionnaire": .object([
        "id": .string(summary.questionnaire.id),
        "version": .string(summary.questionnaire.version.description),
      ]),
    ])
  }

  /// As many as one table has; where there are more, tables follow one another.
  private static let most = 1000

  private func writeText(of store: Store) throws {
    let hidden = try stored { () throws(StoreError) in try store.withHiddenVotes() }
    var isEmpty = true
    var text = ""
    try store.eachBatch(organization: organization, of: Self.most) { summaries in
      isEmpty = false
      // One is written by itself, so that a short list can be read page by page.
      if !text.isEmpty { try System.write(text + "\n") }
      let isOneScope = Set(summaries.map(\.scope)).count == 1
      let length = summaries.count == Self.most ? 64 : Self.distinctLength(summaries.map(\.id))
      let table = Table(
        [
          .init("id"), .init("organisation"), .init("team"), .init("scope"), .init("started"),
          .init("state"),
        ],
        rows: try summaries.map { summary in
          [
            String(summary.id.prefix(length)), summary.organization, summary.team,
            isOneScope ? "" : summary.scope.rawValue, summary.startedAt?.day.description ?? "",
            ([summary.finishedAt == nil ? "open" : "finished"]
              + (try notes(on: summary, hidden.contains(summary.id), in: store))).joined(separator: "; "),
          ]
        }
      ).filled
      text = terminalText([.table(table)], style: global.settings.style)
    }
    if isEmpty {
      System.tell(
        organization.map { store.nothing(of: $0).message }
          ?? "There is nothing yet. `outside-in assess` begins one.")
      return
    }
    try global.settings.write(text)
  }

  /// `workshop; 3 not shown; homework`: what it is, and what of it waits for somebody.
  private func notes(on summary: AssessmentSummary, _ mayHide: Bool, in store: Store) throws -> [String] {
    var notes = summary.isWorkshop ? ["workshop"] : []
    if mayHide, let workshop = try? Opened(summary.id, in: store).workshop {
      let questions = workshop.unrevealedItems.count + workshop.unaskedItems.count
      if questions > 0 { notes.append("\(counted(questions, "question", "questions")) not shown") }
      if workshop.hiddenCustomerCount > 0 {
        notes.append("\(workshop.questionnaire.customer.many) not shown")
      }
    }
    if summary.hasHomework { notes.append("homework") }
    if summary.nextCheck.map({ $0 <= System.today() }) == true { notes.append("check due") }
    return notes
  }

  /// How many characters tell all ids apart, eight at least.
  private static func distinctLength(_ ids: [String]) -> Int {
    let sorted = ids.sorted()
    return zip(sorted, sorted.dropFirst()).reduce(8) { length, pair in
      max(length, zip(pair.0, pair.1).prefix { $0 == $1 }.count + 1)
    }
  }
}

struct ResultCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "result", abstract: "Say which side the organisation works from, and how sure that is.")

  @OptionGroup var global: GlobalOptions
  @Argument(
    help: "An assessment: its id or a beginning of it, last, or last:ORGANIZATION.", completion: savedIDs)
  var id = "last"
  @Option(help: "text or json.") var format: TextFormat = .text

  func run() throws {
    let opened = try Opened(id, in: try global.settings.openStore())
    opened.tellWhetherChanged(global.settings.catalog)
    let subject = opened.subject
    switch format {
    case .text: try global.settings.write(terminalText(resultReport(subject), style: global.settings.style))
    case .json:
      let document = ScorecardDocument.write(
        subject.scorecard, assessment: subject.assessment.id)
      try global.settings.write(document.text(pretty: true) + "\n")
    }
  }
}

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract:
      "Show the arithmetic from answer to verdict, whole or of one question or area; of two, from both to the change."
  )

  @OptionGroup var global: GlobalOptions
  @Argument(help: "An assessment.", completion: savedIDs) var id = "last"
  @Argument(help: "A question's or an area's id, or a second assessment.", completion: savedIDs) var part:
    String?
  @Argument(help: "Of two: an area's id.") var area: String?
  @Flag(help: "Of two: take people under the same names for the same people.") var samePeople = false
  @Option(help: "text or json.") var format: TextFormat = .text

  func validate() throws {

  }

  func run() throws {
    let store = try global.settings.openStore()
    if let part, let other = try? store.resolve(part) {
      let choice = ComparisonChoice(store: store, catalog: global.settings.catalog)
      if let area, (try? store.resolve(area)) != nil {
        throw Failure(.usage, "explain takes two assessments at a time; `compare` takes more.")
      }
      let subject = try choice.subject([id, other], samePeople: samePeople, namesPeople: System.isScreen)
      switch format {
      case .json:
        let document = ComparisonDocument.write(subject.comparison, ledger: subject.ledger)
        return try global.settings.write(document.text(pretty: true) + "\n")
      case .text:
        let id = try area.map { (name) throws(Failure) in try Self.area(name, of: subject.comparison) }
        let document = id.map { explainReport(subject, area: $0) } ?? explainReport(subject)
        return try global.settings.write(terminalText(document, style: global.settings.style))
      }
    }
    if let area {
      throw Failure(
        .usage,
        "What is \"\(area)\" here? explain takes an assessment and an area, or two assessments and an area.")
    }
    if let part, format == .json {
      throw Failure(.usage, "The JSON holds the whole; leave \"\(part)\" out.")
    }
    let (opened, part) = try Self.find(id, part, in: store)
    opened.tellWhetherChanged(global.settings.catalog)
    let subject = opened.subject
    let area = part.flatMap { subject.questionnaire.dimension(meant: $0) }
    if let part, area == nil, subject.questionnaire.item(part) == nil {
      let names = subject.questionnaire.dimensions.map(\.id) + subject.questionnaire.items.map(\.id)
      throw Failure(
        .notFound,
        sentence("There is no question or area \"\(part)\"" + suggestion(for: part, among: names))
          + " `outside-in explain \(subject.assessment.id)` shows them all.")
    }
    switch format {
    case .json:
      let document = ScorecardDocument.write(
        subject.scorecard, assessment: subject.assessment.id)
      try global.settings.write(document.text(pretty: true) + "\n")
    case .text:
      let document: Document
      if let part, subject.questionnaire.item(part) != nil {
        document = explainReport(subject, item: part)
      } else if let area {
        document = explainReport(subject, dimension: area.id)
      } else {
        document = explainReport(subject)
      }
      try global.settings.write(terminalText(document, style: global.settings.style))
    }
  }
}

extension ExplainCommand {
  /// An area that two assessments can be compared on.
  private static func area(_ name: String, of comparison: Comparison) throws(Failure) -> String {
    let areas = comparison.latest.areas.map(\.id)
    if let id = comparison.core.newest.dimension(meant: name)?.id, areas.contains(id) { return id }
    throw Failure(
      .notFound,
      "There is no change of \"\(name)\" to explain; of these there is: \(areas.joined(separator: ", ")).")
  }

  /// `explain journey` means that of the last assessment, as long as no assessment is called so.
  private static func find(
    _ id: String, _ part: String?, in store: Store
  ) throws(Failure) -> (Opened, String?) {
    do throws(Failure) {
      return (try Opened(id, in: store), part)
    } catch {
      guard error.status == .notFound, part == nil, let last = try? Opened("last", in: store),
        last.questionnaire.dimension(meant: id) != nil || last.questionnaire.item(id) != nil
      else { throw error }
      return (last, id)
    }
  }
}

struct AgreementCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "agreement",
    abstract: "Say where people see it alike and where they don't, also between departments.")

  @OptionGroup var global: GlobalOptions
  @Argument(help: "An assessment.", completion: savedIDs) var id = "last"
  @Option(help: "text or json.") var format: TextFormat = .text

  func run() throws {
    let opened = try Opened(id, in: try global.settings.openStore())
    opened.tellWhetherChanged(global.settings.catalog)
    let agreement = agreement(opened.assessment, with: opened.questionnaire)
    switch format {
    case .text:
      try global.settings.write(
        terminalText(agreementReport(agreement, opened.subject), style: global.settings.style))
    case .json:
      let document = AgreementDocument.write(agreement, assessment: opened.assessment.id)
      try global.settings.write(document.text(pretty: true) + "\n")
    }
  }
}
