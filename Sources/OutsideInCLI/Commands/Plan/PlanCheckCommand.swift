import ArgumentParser
import AssessmentModel
import Interchange
import Planning
import Reporting
import Shell
import Storage

struct PlanCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Ask what has become of each line; five minutes, after a week and later.",
    discussion: """
      At a terminal it asks line by line. Without one it lists what is to be asked. --mail writes one text to all owners;
      what they reply goes in by pasting it at the prompt, or with `plan import FILE --into ID`.
      """)

  @OptionGroup var global: GlobalOptions
  @Argument(help: "An assessment.", completion: savedIDs) var id = "last"
  @Flag(help: "One text to all owners, with a place for each to answer at.") var mail = false
  @Option(
    name: [.customShort("o"), .long], help: "A file; stdout where there is none.", completion: .file())
  var output: String?

  /// Whether it asks, and so needs the prompt.
  var isInteractive: Bool { !mail && output == nil && global.settings.mayAsk }

  func run() throws {
    let store = try global.settings.openStore()
    if isInteractive {
      let outcome = try check(at: global.settings.console(), in: store)
      if case .ended(let status) = outcome, status != 0 { throw Leave(status: status) }
      return
    }
    let plan = try OpenedPlan(id, global.settings, in: store)
    let (subject, today) = (plan.opened.subject, System.today())
    if mail {
      guard !plan.plan.check(on: today).isEmpty else {
        System.tell("There is nothing to ask today; no mail was written.")
        return
      }
      // What people wrote drives no terminal that the mail is looked at on, here or there.
      let mail = CheckMail.write(plan.plan, name: subject.name, on: today).harmlessLines
      try global.settings.deliver(mail, to: output)
      return
    }
    let style = output == nil ? global.settings.style : TerminalStyle()
    try global.settings.deliver(
      terminalText(checkReport(plan.plan, subject, on: today), style: style), to: output, rendered: true)
  }

  /// At a prompt that is there already, too.
  func check(at console: ReadlineConsole, in store: Store) throws -> Outcome {
    let plan = try OpenedPlan(id, global.settings, in: store, toChange: true)
    return withExtendedLifetime(plan) { plan.shell(global.settings, at: console, in: store).check() }
  }
}

struct PlanImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Take in a plan from a spreadsheet, or replies to a check's mail; shows first what changes.")

  @OptionGroup var global: GlobalOptions
  @Argument(
    help: "A table written by plan --format csv, or a reply's text; - for standard input.",
    completion: .file())
  var file: String
  @Option(help: "The assessment whose plan it is.", completion: savedIDs) var into: String
  @Flag(help: "Don't ask.") var yes = false

  func run() throws {
    let store = try global.settings.openStore()
    let bytes = try System.read(file, limit: 4 << 20)
    if bytes.starts(with: Array("PK\u{3}\u{4}".utf8)) {
      throw Failure(
        .data,
        "\(file) is a spreadsheet's own file; save it there as \"CSV UTF-8\", and import that. Nothing was changed."
      )
    }
    let plan = try OpenedPlan(into, global.settings, in: store, toChange: true)
    if PlanCSV.isPlan(bytes) {
      try takeTable(bytes, plan, store)
    } else {
      try takeReplies(bytes, plan, store)
    }
  }

  private func takeTable(_ bytes: [UInt8], _ plan: OpenedPlan, _ store: Store) throws {
    let changes: PlanCSV.Changes
    do throws(CSV.Problem) {
      changes = try PlanCSV.read(bytes, into: plan.plan, today: System.today())
    } catch {
      throw Failure(.data, "\(error.told(of: file)) Nothing was changed.")
    }
    if !changes.leftOut.isEmpty {
      System.tell("\(listed(changes.leftOut.map { "\"\($0)\"" })): no column of a plan; left out.")
    }
    for line in changes.missing {
      System.tell(
        "Line \(line.number), “\(line.entry.title)”, is not in the file; it stays. To give it up write dropped."
      )
    }
    for (row, line) in changes.known {
      System.tell("\(file):\(row): “\(line.entry.title)” is line \(line.number) already; left out.")
    }
    if !changes.clashes.isEmpty {
      let rows = changes.clashes.map { "\(file):\($0.row): “\($0.title)”" }.joined(separator: "\n")
      guard changes.tellsWhatWasExported else {
        throw Failure(
          .data,
          "\(file) has no column asExported, so that nobody can tell whether these rows are still as they were here:\n\(rows)\n"
            + "Nothing was changed. Write the plan anew with plan --format csv, and leave that column as it is."
        )
      }
      throw Failure(
        .data,
        "Changed here and in the file since it was written:\n\(rows)\nNothing was changed. Write the plan anew with "
          + "plan --format csv, and enter these rows there; or leave these rows out of the file.")
    }
    guard !changes.changes.isEmpty else {
      System.tell("\(file) says what the plan says; nothing was changed.")
      return
    }
    try System.write(
      terminalText(
        [
          .bullets(
            changes.changes.map { change in
              guard let before = change.before else {
                let who = change.after.isNamed ? " – \(change.after.owner)" : ""
                return Words("new: ", .strong) + Words("\(change.after.title)\(who)")
              }
              return Words("\(change.number ?? 0). \(before.title): ", .strong)
                + Words(listed(changedWords(before, change.after)))
            })
        ], style: global.settings.style))
    guard try isWanted(counted(changes.changes.count, "line", "lines")) else { return }
    try plan.keep([changes.event(in: plan.plan)], in: store)
    System.tell(
      "Kept: \(counted(changes.changes.count, "line", "lines")). `outside-in plan undo \(plan.opened.assessment.id)` takes it back."
    )
  }

  private func takeReplies(_ bytes: [UInt8], _ plan: OpenedPlan, _ store: Store) throws {
    let replies = CheckMail.read(CheckMail.text(bytes))
    let outcome = CheckMail.outcome(of: replies, in: plan.plan, on: System.today())
    for problem in outcome.problems {
      System.tell("\(file):\(problem.line): \(sentence(problem.message.capitalizedFirst))")
    }
    guard outcome.count > 0 else {
      guard outcome.problems.isEmpty, outcome.known > 0 else {
        throw Failure(
          .data,
          "\(file) holds no answer to a check: behind a line's [number] stands done, doing, stuck or dropped. A plan's table "
            + "has the columns that plan --format csv writes. Nothing was changed.")
      }
      System.tell("\(file) says what was heard already; nothing was changed.")
      return
    }
    try System.write(
      terminalText([.bullets(outcome.told.map { Words($0) })], style: global.settings.style))
    guard try isWanted(counted(outcome.count, "answer", "answers")) else { return }
    let after = try plan.keep(outcome.events(in: plan.plan), in: store)
    System.tell("Kept: \(counted(outcome.count, "answer", "answers")).")
    // Where everybody has answered, the check is held.
    if after.check(on: System.today()).isEmpty,
      after.nextCheck.map({ $0 <= System.today().adding(days: CheckCalendar.early) }) == true
    {
      let opened = try OpenedPlan(into, global.settings, in: store, toChange: false)
      try opened.keep([.checked(on: System.today())], in: store)
      System.tell("That was all of the check.")
    }
    if !outcome.problems.isEmpty { throw Failure(.data, "What could not be read was left out.") }
  }

  /// Whether what was shown is to be taken.
  private func isWanted(_ what: String) throws -> Bool {
    if yes { return true }
    guard global.settings.mayAsk else {
      throw Failure(.usage, "Nothing was changed: give --yes where nobody can be asked.")
    }
    let entry = global.settings.console().read(
      prompt: "Take \(what)? yes or no> ", initial: "", complete: { _ in .words(["yes", "no"]) })
    guard case .line(let answer) = entry, YesOrNo(answer) == .yes else {
      System.tell("Nothing was changed.")
      return false
    }
    return true
  }
}
