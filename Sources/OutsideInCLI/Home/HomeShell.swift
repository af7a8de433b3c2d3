import ArgumentParser
import AssessmentModel
import Reporting
import Shell
import Storage

/// The program without a command: a prompt that goes on with what is open and takes every command of the
/// program, as it would be typed behind `outside-in`.
struct HomeShell {
  let settings: Settings
  let console: ReadlineConsole
  let store: Store

  /// How many open assessments are offered by number.
  static let most = 9

  private static let help = [
    Choice(key: "Enter, 1 … 9", text: "go on with what is open"),
    Choice(
      key: "new",
      text: "begin another; new full asks all questions, new ID those of a questionnaire, new from last "
        + "begins with the last answers"),
    Choice(key: "workshop", text: "lead a group through the questions; workshop ID goes on with one"),
    Choice(key: "open ID", text: "look at a saved one again, or change it"),
    Choice(key: "result", text: "which side, how sure, and why; of the last one, or result ID"),
    Choice(key: "explain", text: "the arithmetic; also of one question or area: explain journey"),
    Choice(key: "agreement", text: "where people see it alike and where not, also between departments"),
    Choice(
      key: "compare",
      text: "what has changed since the time before, and whether that is more than chance; compare ID ID"),
    Choice(
      key: "plan",
      text:
        "the strategy action plan; plan last -o plan.md writes it into a file; plan edit, plan check, plan owners work on it"
    ),
    Choice(
      key: "report",
      text:
        "the documents that leave the room: report last -o report.html; --format page, board or mail for wall, board and colleagues"
    ),
    Choice(
      key: "metric", text: "a figure as it is by now: metric read last calls 28; metric find complaints"),
    Choice(key: "list", text: "all that is saved, with its ids"),
    Choice(key: "questionnaires", text: "what can be asked"),
    Choice(key: "set", text: "names of the last one: set organization Acme, set team Support"),
    Choice(
      key: "export, import", text: "answers into a file and back: export --all -o all.jsonl takes everything"),
    Choice(key: "finish, rename, delete", text: "and an id; delete asks first"),
    Choice(
      key: "upgrade",
      text: "answers taken over to a newer version of their questionnaire: upgrade ID --to 2.0.0"),
    Choice(key: "help", text: "this list; COMMAND --help tells more"), Choice(key: "quit", text: "leave"),
  ]

  /// Runs until `quit`.
  ///
  /// - Parameter first: a command to begin with, as it would be typed.
  func run(_ first: String? = nil) throws {
    var shown: Document? = nil
    if let first { try carryOut(first) } else { shown = try overview() }
    while true {
      if let overview = shown { try write(overview) }
      shown = nil
      switch console.read(prompt: "outside-in> ", initial: "", complete: completions) {
      case .interrupted: continue
      case .endOfInput: return
      case .ended(let status): throw Leave(status: status)
      case .line(let line):
        let line = line.split(whereSeparator: \.isNewline).joined(separator: " ")
        if !line.allSatisfy(\.isWhitespace) { console.remember(line) }
        switch line.lowercased().split(separator: " ").first {
        case "quit", "exit", "q": return
        case nil where try offered().isEmpty: shown = try overview()
        default: if try carryOut(line) { shown = try overview() }
        }
      }
    }
  }

  private func write(_ document: Document) throws(Failure) {
    try System.write(terminalText(document, style: console.style))
  }

  // MARK: Commands

  /// Carries out a line; what goes wrong is told, and the prompt comes back. True where what is open may
  /// be another by now.
  @discardableResult
  private func carryOut(_ line: String) throws -> Bool {
    do {
      guard let words = Self.words(of: line) else {
        throw Failure(.usage, "A quotation mark is open at the end of the line; close it.")
      }
      return try carryOut(words)
    } catch let leave as Leave {
      throw leave
    } catch is ExitCode {
      // It has told what it found.
      return false
    } catch {
      if OutsideIn.exitCode(for: error) == .success {
        try console.withUsualSignals { try settings.write(OutsideIn.fullMessage(for: error) + "\n") }
      } else {
        OutsideIn.tell(error)
      }
      return false
    }
  }

  private func carryOut(_ typed: [String]) throws -> Bool {
    // As it would be typed without this prompt.
    let words = typed.count > 1 && typed[0] == "outside-in" ? Array(typed.dropFirst()) : typed
    let rest = Array(words.dropFirst())
    switch words.first?.lowercased() {
    case nil: return try goOn(1)
    case "help", "?", "h":
      let text = terminalText([.options(Self.help)], style: console.style)
      try console.withUsualSignals { try settings.write(text) }
      return false
    case "new": return try begin(rest)
    case "resume" where rest.isEmpty: return try goOn(1)
    case "open", "resume":
      // Several words are an organisation's name.
      let id = rest.count > 1 ? "last:" + rest.joined(separator: " ") : rest.first ?? "last"
      return try interview(AssessRequest(settings: settings, resume: true, id: id))
    case "questionnaires": return try run(["questionnaire", "list"])
    case "set":
      let fields = ["organization", "organisation", "team"]
      // A name, or the word for customers, which is called by itself.
      if let field = rest.first?.lowercased(), !fields.contains(field),
        let last = try? Opened("last", in: store)
      {
        let word = last.questionnaire.customer
        if ["name", "department", "customers", "customer", word.one, word.many].contains(field) {
          return try atQuestions(words)
        }
      }
      guard let field = rest.first?.lowercased(), fields.contains(field), rest.count > 1 else {
        throw Failure(.usage, "set takes organization or team, and the name: set team Support.")
      }
      let option = field == "team" ? "--team" : "--organization"
      return try run(["rename", "last", option, rest.dropFirst().joined(separator: " ")])
    case let head?:
      if let number = Int(head), rest.isEmpty { return try goOn(number) }
      let known = Self.commands
      guard known.contains(head) else {
        if interviewWords.contains(head) {
          return try atQuestions(words)
        }
        throw Failure(
          .usage,
          sentence("“\(head)” is no command" + suggestion(for: head, among: known)) + " `help` lists them.")
      }
      return try run([head] + rest)
    }
  }

  /// What belongs to the questions: there it stands in the line.
  private func atQuestions(_ words: [String]) throws -> Bool {
    var request = AssessRequest(settings: settings, resume: true, id: "last")
    request.first = words.joined(separator: " ")
    return try interview(request)
  }

  /// One of the program's own commands, with the options that this session was begun with.
  private func run(_ arguments: [String]) throws -> Bool {
    var command = try OutsideIn.parseAsRoot(arguments + settings.arguments)
    if let assess = command as? AssessCommand { return try interview(assess.request) }
    if let workshop = command as? WorkshopLeadCommand { return try interview(workshop.request()) }
    // The plan's own prompt is this console's, too.
    if let edit = command as? PlanEditCommand, edit.isInteractive {
      return try isOver(try edit.edit(at: console, in: store))
    }
    if let check = command as? PlanCheckCommand, check.isInteractive {
      return try isOver(try check.check(at: console, in: store))
    }
    try console.withUsualSignals { try command.run() }
    // What wrote nothing on the screen has done something all the same.
    if arguments.first == "rename" { try write([.paragraph("Done.")]) }
    if let place = arguments.firstIndex(where: { ["-o", "--output"].contains($0) }),
      place + 1 < arguments.count
    {
      try write([.paragraph(Words("Written: \(arguments[place + 1])"))])
    }
    return false
  }

  private func goOn(_ number: Int) throws -> Bool {
    let open = try offered()
    guard number > 0, open.indices.contains(number - 1) else {
      throw Failure(.usage, open.isEmpty ? "Nothing is open." : "Nothing open has the number \(number).")
    }
    return try interview(AssessRequest(settings: settings, resume: true, id: open[number - 1].id))
  }

  private func begin(_ words: [String]) throws -> Bool {
    var request = AssessRequest(settings: settings)
    var words = words[...]
    // `new from last`
    if let place = words.firstIndex(of: "from") {
      guard words.index(after: place) < words.endIndex else {
        throw Failure(.usage, "new from takes an assessment: new from last.")
      }
      request.from = words[place + 1]
      words.removeSubrange(place...(place + 1))
    }
    for word in words {
      if let scope = Assessment.Scope(rawValue: word.lowercased()) {
        request.scope = scope
      } else {
        request.questionnaire = word
      }
    }
    return try interview(request)
  }

  /// Whoever leaves the plan's prompt is at this one again; a signal ends both.
  private func isOver(_ outcome: Outcome) throws -> Bool {
    if case .ended(let status) = outcome, status != 0 { throw Leave(status: status) }
    return true
  }

  private func interview(_ request: AssessRequest) throws -> Bool {
    let outcome: Outcome
    do {
      outcome = try request.interview(at: console, in: store)
    } catch let leave as Leave where leave.status == 0 {
      // Left before anything had begun.
      return true
    }
    switch outcome {
    case .finished: return true
    case .ended(let status): throw Leave(status: status)
    }
  }
}
