import ArgumentParser
import AssessmentModel
import Interchange
import Planning
import Reporting
import Scoring
import Shell
import Storage

/// The plan: written, worked on, checked.
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "Write the strategy action plan, work on it and check it.",
    subcommands: [
      PlanShowCommand.self, PlanEditCommand.self, PlanCheckCommand.self, PlanOwnersCommand.self,
      PlanHandoverCommand.self, PlanImportCommand.self, PlanHistoryCommand.self, PlanUndoCommand.self,
      PlanRedoCommand.self,
    ], defaultSubcommand: PlanShowCommand.self)

  static var names: [String] { configuration.subcommands.compactMap { $0.configuration.commandName } }
}

/// An assessment with its plan.
struct OpenedPlan {
  let opened: Opened
  let plan: Plan
  private let library: ActionLibrary?

  /// - Parameter toChange: whether something will be stored.
  init(_ id: String, _ settings: Settings, in store: Store, toChange: Bool = false) throws(Failure) {
    opened = try Opened(id, in: store, toChange: toChange)
    library = try settings.catalog.actions(for: opened.questionnaire)
    plan = try Self.plan(of: opened.assessment, opened.questionnaire, library)
  }

  static func plan(
    of assessment: Assessment, _ questionnaire: Questionnaire, _ library: ActionLibrary?,
    capacity: Int? = nil
  ) throws(Failure) -> Plan {
    do throws(PlanningError) {
      return try makePlan(
        assessment, questionnaire, score(assessment, with: questionnaire), library: library,
        capacityDays: capacity)
    } catch {
      throw Failure(error)
    }
  }

  /// Stores what happened to the plan, and gives it as it is then.
  @discardableResult
  func keep(_ events: [PlanEvent], in store: Store) throws(Failure) -> Plan {
    let stored = try opened.keep(events, in: store)
    let after = try Self.plan(of: stored.assessment, opened.questionnaire, library)
    if let words = otherProposals(plan, after) { System.tell(words) }
    return after
  }

  /// The plan at a prompt.
  func shell(_ settings: Settings, at console: ReadlineConsole, in store: Store) -> PlanShell {
    let (questionnaire, library) = (opened.questionnaire, library)
    return PlanShell(
      console: console, store: store, stored: opened.stored, questionnaire: questionnaire,
      environment: settings.environment,
      makePlan: { try? Self.plan(of: $0, questionnaire, library) })
  }
}

extension Opened {
  /// Stores what happened to the plan.
  @discardableResult
  func keep(_ events: [PlanEvent], in store: Store) throws(Failure) -> StoredAssessment {
    let now = System.now()
    do throws(StoreError) {
      return try store.append(
        plan: events.map { DatedPlanEvent(at: now, $0) }, to: stored, at: now)
    } catch .changedElsewhere(let id) {
      throw Failure(.busy, "Another program has changed \(id) in this moment; nothing was kept. Try again.")
    } catch {
      throw Failure(error)
    }
  }
}

enum PlanFormat: String, ExpressibleByArgument, CaseIterable {
  case text, markdown, html, csv, json, ics

  /// Whether it has what people typed beside their answers.
  var isToRead: Bool { [.text, .markdown, .html].contains(self) }
}

struct PlanShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Write the plan: as text, for a spreadsheet, for a calendar, for programs."
  )

  @OptionGroup var global: GlobalOptions
  @Argument(help: "An assessment.", completion: savedIDs) var id = "last"
  @Option(help: ArgumentHelp("Person-days over a year, to see what would be otherwise.", valueName: "days"))
  var capacity: String?
  @Option(help: "text, markdown, html, csv, json or ics; by the file's name where it is not given.")
  var format: PlanFormat?
  @Flag(help: "As the session left it, before anybody worked on it.") var original = false
  @OptionGroup var outgoing: OutgoingOptions
  @Option(
    name: [.customShort("o"), .long], help: "A file; stdout where there is none.", completion: .file())
  var output: String?

  private var fileName: String { output?.lowercased() ?? "" }

  func validate() throws {
    _ = try capacityDays()
    if format == nil {
      try refuseForeignFile(
        output, "A plan",
        ["text", "Markdown (.md)", "HTML (.html)", "a table (.csv)", "JSON (.json)", "a calendar (.ics)"])
    }
  }

  private func capacityDays() throws -> Int? {
    guard let capacity else { return nil }
    let reading = FigureReading(capacity, unit: "days")
    if let problem = reading.problem(with: capacity) { throw ValidationError("--capacity: \(problem)") }
    guard let days = reading.value.flatMap(Int.init(exactly:)), (0...100_000).contains(days) else {
      throw ValidationError("--capacity takes whole person-days from 0 to 100000.")
    }
    return days
  }

  private var chosen: PlanFormat {
    if let format { return format }
    let endings: [(String, PlanFormat)] = [
      (".md", .markdown), (".html", .html), (".json", .json), (".csv", .csv), (".ics", .ics),
    ]
    return endings.first { fileName.hasSuffix($0.0) }?.1 ?? .text
  }

  func run() throws {
    let store = try global.settings.openStore()
    let opened = try Opened(id, in: store)
    opened.tellWhetherChanged(global.settings.catalog)
    let subject =
      chosen.isToRead
      ? try outgoing.subject(of: opened, to: output, global.settings, in: store) : opened.subject(.none)
    let text = try planText(
      opened, subject, ComparisonChoice(store: store, catalog: global.settings.catalog),
      capacity: capacityDays(), original: original, format: chosen,
      style: output == nil ? global.settings.style : TerminalStyle())
    try global.settings.deliver(text, to: output, rendered: chosen == .text)
  }
}

/// The plan of an assessment in one of its formats. The commitments are the team's; where none were
/// chosen, the program chooses.
///
/// - Parameters:
///   - subject: the assessment as the document may tell it.
///   - original: as the session left it.
func planText(
  _ opened: Opened, _ subject: Subject, _ choice: ComparisonChoice, capacity: Int? = nil,
  original: Bool = false, format: PlanFormat,
  style: TerminalStyle
) throws(Failure) -> String {
  var assessment = opened.assessment
  if original { assessment.planEvents = [] }
  let plan = try OpenedPlan.plan(
    of: assessment, opened.questionnaire, try choice.catalog.actions(for: opened.questionnaire),
    capacity: capacity)
  let report = { () throws(Failure) in planReport(plan, subject, last: try choice.lastPlan(of: opened)) }
  switch format {
  case .text: return terminalText(try report(), style: style)
  case .markdown: return markdownText(try report())
  case .html: return htmlText(try report(), look: .standard)
  case .csv: return PlanCSV.write(plan)
  case .json: return PlanDocument.write(plan).text(pretty: true) + "\n"
  case .ics: return PlanCalendar.write(plan, name: subject.name, of: assessment)
  }
}

struct PlanOwnersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "owners", abstract: "Say by person what is open, due and to be read.")

  @OptionGroup var global: GlobalOptions
  @Argument(help: "An assessment.", completion: savedIDs) var id = "last"

  func run() throws {
    let plan = try OpenedPlan(id, global.settings, in: try global.settings.openStore())
    try global.settings.write(
      terminalText(
        ownersReport(plan.plan, plan.opened.subject, on: System.today()), style: global.settings.style))
  }
}

struct PlanHandoverCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "handover",
    abstract: "Give all that one person sees to to another, or to nobody, in one step.")

  @OptionGroup var global: GlobalOptions
  @Argument(help: "An assessment.", completion: savedIDs) var id: String
  @Argument(help: "Who sees to it now.") var old: String
  @Argument(help: "Who does from now on; nobody where that is open.") var new: String

  func run() throws {
    let store = try global.settings.openStore()
    let plan = try OpenedPlan(id, global.settings, in: store, toChange: true)
    let name = ownerName(new)
    if let problem = Assessment.problem(withName: name) {
      throw Failure(.usage, "\(problem.capitalizedFirst).")
    }
    guard !old.nameKey.isEmpty, old.nameKey != name.nameKey else {
      throw Failure(.usage, "handover takes two people: outside-in plan handover \(id) OLD NEW.")
    }
    let work = plan.plan.work.first { $0.owner.nameKey == old.nameKey }
    let isKeeper = plan.plan.kept.keeper.nameKey == old.nameKey
    let helps = plan.plan.kept.entries.contains { $0.helps.nameKey == old.nameKey && $0.status.isOpen }
    guard work != nil || isKeeper || helps else {
      let names = plan.plan.work.map(\.owner).filter { !$0.isEmpty }
      throw Failure(
        .notFound,
        "\(old) sees to nothing here\(suggestion(for: old, among: names)). "
          + (names.isEmpty ? "Nobody does yet." : "These do: \(listed(names)).") + " Nothing was changed.")
    }
    try plan.keep(plan.plan.takingUp + [.handedOver(from: work?.owner ?? old, to: name)], in: store)
    let parts = [
      work.map { $0.lines.isEmpty ? "" : counted($0.lines.count, "line", "lines") } ?? "",
      work.map { $0.metrics.isEmpty ? "" : counted($0.metrics.count, "figure", "figures") } ?? "",
      isKeeper ? "keeping the plan" : "",
    ].filter { !$0.isEmpty }
    System.tell(
      "\(parts.isEmpty ? "What \(old) helped with" : listed(parts).capitalizedFirst) went from \(work?.owner ?? old) to "
        + "\(name.isEmpty ? "nobody; it heads the next check" : name). `outside-in plan undo \(plan.opened.assessment.id)` takes it back."
    )
  }
}

struct PlanHistoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "Show all that happened to the plan, with its days.")

  @OptionGroup var global: GlobalOptions
  @Argument(help: "An assessment.", completion: savedIDs) var id = "last"

  func run() throws {
    let opened = try Opened(id, in: try global.settings.openStore())
    try global.settings.write(
      terminalText(planHistoryReport(opened.assessment, opened.subject), style: global.settings.style))
  }
}

struct PlanUndoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "undo", abstract: "Take the last change of the plan back.")

  @OptionGroup var global: GlobalOptions
  @Argument(help: "An assessment.", completion: savedIDs) var id = "last"

  func run() throws { try Self.run(id, global.settings, redo: false) }

  static func run(_ id: String, _ settings: Settings, redo: Bool) throws {
    let store = try settings.openStore()
    let plan = try OpenedPlan(id, settings, in: store, toChange: true)
    guard let (event, words) = PlanShell.undoing(plan.opened.assessment.planHistory, redo: redo) else {
      System.tell(redo ? "There is nothing to bring again." : "There is nothing to take back.")
      return
    }
    try plan.keep([event], in: store)
    System.tell(words)
  }
}

struct PlanRedoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "redo", abstract: "Bring again what was taken back last.")

  @OptionGroup var global: GlobalOptions
  @Argument(help: "An assessment.", completion: savedIDs) var id = "last"

  func run() throws { try PlanUndoCommand.run(id, global.settings, redo: true) }
}
