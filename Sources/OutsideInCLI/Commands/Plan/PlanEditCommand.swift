import ArgumentParser
import AssessmentModel
import Planning
import Reporting
import Shell
import Storage

struct PlanEditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "edit",
    abstract: "Change the plan: at a prompt, or a line of it by options.",
    discussion: """
      Without options it shows all lines and asks. With them nothing is asked:
        outside-in plan edit last 2 --owner Maja --due 2026-12-01
        outside-in plan edit last --add "Walk the way of one order" --owner Ben
        outside-in plan edit last --capacity 4 --keeper Maja
      `plan undo` takes the last change back.
      """)

  @OptionGroup var global: GlobalOptions
  @Argument(help: "An assessment.", completion: savedIDs) var id = "last"
  @Argument(help: "A line's number, or its id.") var line: String?
  @Option(help: "A new line in your own words.") var add: String?
  @Option(help: "What is to be done.") var title: String?
  @Option(help: "Who sees to it, one name; nobody where that is open.") var owner: String?
  @Option(help: "What is done first.") var firstStep: String?
  @Option(help: ArgumentHelp("The day the first step is taken by; none takes it away.", valueName: "day"))
  var by: String?
  @Option(help: ArgumentHelp("The day by which it is done; none takes it away.", valueName: "day")) var due:
    String?
  @Option(help: "open, doing, stuck, done or dropped.") var status: PlanEntry.Status?
  @Option(help: ArgumentHelp("Days of work, by who does it.", valueName: "days")) var effort: Int?
  @Option(help: "What shows that it is done.") var done: String?
  @Option(help: "What was shown when it was done.") var shown: String?
  @Option(help: "What blocks it.") var blocks: String?
  @Option(help: "What you stop for it.") var stop: String?
  @Option(help: "What is counted.") var metric: String?
  @Option(help: "yes makes it one of the commitments, no an action.") var commitment: String?
  @Option(help: ArgumentHelp("Person-days a month that can be freed.", valueName: "days")) var capacity:
    String?
  @Option(help: "Who keeps the plan and calls the checks.") var keeper: String?
  @Option(help: "For the board's page: who of those who decide stands for it.") var sponsor: String?
  @Option(help: "For the board's page: what money is asked for, in words.") var money: String?
  @Option(help: ArgumentHelp("For the board's page: the day an answer is needed by.", valueName: "day"))
  var decideBy: String?
  @Option(help: "For the board's page: what would make you stop.") var stopIf: String?

  private var changesALine: Bool {
    [title, owner, firstStep, by, due, done, shown, blocks, stop, metric, commitment].contains { $0 != nil }
      || status != nil
      || effort != nil
  }

  private var asks: Bool {
    !changesALine && add == nil && capacity == nil && keeper == nil && !changesTheRequest
  }

  private var changesTheRequest: Bool { [sponsor, money, decideBy, stopIf].contains { $0 != nil } }

  func validate() throws {
    if changesALine, line == nil, add == nil {
      throw ValidationError(
        "Which line? Its number stands behind the assessment: plan edit last 2 --owner Maja.")
    }
    if line != nil, add != nil { throw ValidationError("Either a line's number, or --add for a new one.") }
    if line != nil, asks { throw ValidationError("What of it? Such as --owner Maja or --due 2026-12-01.") }
    if let effort, !(0...100_000).contains(effort) {
      throw ValidationError("--effort takes days from 0 to 100000.")
    }
    if let commitment, YesOrNo(commitment) == nil { throw ValidationError("--commitment takes yes or no.") }
  }

  func run() throws {
    guard asks else { return try change() }
    guard global.settings.mayAsk else {
      throw Failure(
        .usage,
        "plan edit asks at a terminal, and there is none here. Give what changes: "
          + "outside-in plan edit \(id) 2 --owner Maja.")
    }
    let store = try global.settings.openStore()
    let outcome = try edit(at: global.settings.console(), in: store)
    if case .ended(let status) = outcome, status != 0 { throw Leave(status: status) }
  }

  /// At a prompt that is there already, too.
  func edit(at console: ReadlineConsole, in store: Store) throws -> Outcome {
    let plan = try OpenedPlan(id, global.settings, in: store, toChange: true)
    return withExtendedLifetime(plan) { plan.shell(global.settings, at: console, in: store).edit() }
  }

  /// Whether it asks, and so needs the prompt.
  var isInteractive: Bool { asks }

  private func change() throws {
    let store = try global.settings.openStore()
    let opened = try OpenedPlan(id, global.settings, in: store, toChange: true)
    let plan = opened.plan
    var events: [PlanEvent] = []
    if let capacity {
      let reading = FigureReading(capacity, unit: "days")
      guard let days = reading.value, (0...10_000).contains(days) else {
        throw Failure(
          .usage, "--capacity: \(reading.problem(with: capacity) ?? "days a month, from 0 to 10000.")")
      }
      events.append(.freed(daysPerMonth: days))
    }
    if let keeper { events.append(.entrusted(keeper: try name(keeper, "--keeper"))) }
    let request = try requested(plan.kept.request)
    if request != plan.kept.request { events.append(.requested(request)) }
    if let entry = try entry(of: plan) {
      let changed = try changed(entry)
      if plan.kept.entry(entry.id) != changed {
        events.append(plan.keeping([changed]))
      }
    }
    guard !events.isEmpty else {
      System.tell("It is so already; nothing was changed.")
      return
    }
    // What is told is told against the plan before.
    let words = events.map { planEventWords($0, before: opened.opened.assessment.keptPlan) }
    try opened.keep(events, in: store)
    System.tell("Kept: \(words.joined(separator: "; ")).")
  }

  private func requested(_ request: BoardRequest) throws(Failure) -> BoardRequest {
    var request = request
    for (text, path) in [(money, \BoardRequest.money), (stopIf, \.stopIf)] {
      guard let text else { continue }
      if text.utf8.count > 64 * 1024 {
        throw Failure(.usage, "A text is longer than 64 KB; nothing was changed.")
      }
      request[keyPath: path] = Self.isNone(text) ? "" : text.trimmed
    }
    if let sponsor { request.sponsor = try name(sponsor, "--sponsor") }
    if let decideBy { request.decideBy = Self.isNone(decideBy) ? nil : try day(decideBy, "--decide-by") }
    return request
  }

  private func entry(of plan: Plan) throws(Failure) -> PlanEntry? {
    if let add {
      let title = add.trimmed
      guard !title.isEmpty else { throw Failure(.usage, "--add takes what is to be done.") }
      return PlanEntry(id: OwnLine.id(plan.nextOwn), isCommitment: false, title: title)
    }
    guard let line else { return nil }
    guard let found = plan.line(line) else {
      throw Failure(
        .notFound,
        "The plan has no line \"\(line)\"; it has 1 to \(plan.lines.count). `outside-in plan owners` and `plan edit` show them."
      )
    }
    return found.toChange
  }

  private func changed(_ entry: PlanEntry) throws(Failure) -> PlanEntry {
    var entry = entry
    let texts: [(String?, WritableKeyPath<PlanEntry, String>)] = [
      (title, \.title), (firstStep, \.firstStep), (done, \.done), (stop, \.stop), (metric, \.metric),
      (shown, \.shown), (blocks, \.blocks),
    ]
    for case (let text?, let path) in texts {
      if text.utf8.count > 64 * 1024 {
        throw Failure(.usage, "A text is longer than 64 KB; nothing was changed.")
      }
      entry[keyPath: path] = text.trimmed
    }
    if entry.title.isEmpty {
      throw Failure(.usage, "--title takes what is to be done; a line is not left without.")
    }
    if let owner { entry.owner = try name(owner, "--owner") }
    if let by { entry.by = Self.isNone(by) ? nil : try day(by, "--by") }
    if let due { entry.due = Self.isNone(due) ? nil : try day(due, "--due") }
    if let status {
      entry.status = status
      if status != .stuck { (entry.blocks, entry.helps, entry.helpsBy) = (blocks ?? "", "", nil) }
      if status != .done, shown == nil { entry.shown = "" }
    }
    entry.effortDays = effort ?? entry.effortDays
    if let commitment { entry.isCommitment = YesOrNo(commitment) == .yes }
    return entry
  }

  private static func isNone(_ day: String) -> Bool { ["none", "-", ""].contains(day.lowercased()) }

  private func name(_ text: String, _ option: String) throws(Failure) -> String {
    let name = ownerName(text)
    if let problem = Assessment.problem(withName: name) { throw Failure(.usage, "\(option): \(problem).") }
    return name
  }

  private func day(_ text: String, _ option: String) throws(Failure) -> Day {
    // What is past can be entered, too: a plan is sometimes written down late.
    if let day = Day(text) {
      if day < System.today() { System.tell("\(option): \(withWeekday(day)) has gone by.") }
      if day.isWeekend { System.tell("\(option): \(withWeekday(day)) is no working day.") }
      return day
    }
    let reading = DayReading(text, today: System.today(), lies: .ahead)
    guard let day = reading.value else {
      throw Failure(
        .usage, "\(option): \(reading.problem(with: text, lies: .ahead) ?? "a day, such as 2026-12-01.")")
    }
    System.tell("\(option): \(withWeekday(day)).")
    return day
  }
}

extension PlanEntry.Status: ExpressibleByArgument {}
