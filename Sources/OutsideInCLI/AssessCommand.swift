import ArgumentParser
import AssessmentModel
import QuestionnaireFormat
import Reporting
import Shell
import Storage

extension Assessment.Scope: ExpressibleByArgument {}

struct AssessCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assess", abstract: "Answer the questions, alone, at a prompt.")

  @OptionGroup var global: GlobalOptions

  @Option(help: "The questionnaire, ID or ID@VERSION.")
  var questionnaire = AssessRequest.defaultQuestionnaire

  @Option(help: "core asks the short form, full everything.")
  var scope: Assessment.Scope = .core

  @Option(help: "The organisation's name.")
  var organization: String?

  @Option(help: "The team's name.")
  var team: String?

  @Option(
    help: ArgumentHelp(
      "What the people are called for whom you work, WORD or WORD:PLURAL.", valueName: "word"))
  var customers: String?

  @Flag(help: "Go on with an open assessment: the one given, or the one changed last.")
  var resume = false

  @Argument(help: "The assessment to go on with, with --resume.")
  var id: String?

  func validate() throws {
    if resume, customers != nil {
      throw ValidationError(
        "--customers is for a new assessment; `set customers` changes the word of an open one.")
    }
    guard let id, !resume else { return }
    // Without a command the program assesses, so a misspelt command arrives here as an id.
    let commands = OutsideIn.configuration.subcommands.compactMap { $0.configuration.commandName }
    if commands.contains(id) {
      throw ValidationError("The command comes first, its options after it: outside-in \(id) …")
    }
    throw ValidationError(
      "There is no command \"\(id)\"\(suggestion(for: id, among: commands)) "
        + "(`outside-in --help` lists them; an assessment's id goes with --resume).")
  }

  var request: AssessRequest {
    AssessRequest(
      settings: global.settings, questionnaire: questionnaire, scope: scope,
      organization: organization, team: team, customers: customers, resume: resume, id: id)
  }

  func run() throws {
    var request = request
    // Options alone, without a command, lead home as nothing does.
    request.isHome = !CommandLine.arguments.contains("assess")
    try request.run()
  }
}

/// What `assess` is asked to do; as it stands here, it is what the program does without arguments.
struct AssessRequest {
  static let defaultQuestionnaire = "outside-in"

  var settings = Settings()
  var questionnaire = Self.defaultQuestionnaire
  var scope = Assessment.Scope.core
  var organization: String?
  var team: String?
  var customers: String?
  var resume = false
  var id: String?
  /// What stands in the first line.
  var first = ""
  /// Whether the program was called without a command, and is to stay.
  var isHome = false

  func run() throws {
    guard settings.mayAsk else {
      throw Failure(
        .usage,
        "assess asks its questions at a terminal, and there is none here. Give the answers in a file: "
          + "outside-in import FILE (or - for standard input).")
    }
    let console = settings.console()
    let store = try settings.openStore()
    let home = HomeShell(settings: settings, console: console, store: store)
    // Without a command, anything that is there is worth a look before something new begins.
    let offers = !resume && organization == nil && team == nil && customers == nil
    if offers, try stored({ () throws(StoreError) in try store.hasAssessments(openOnly: !isHome) }) {
      return try home.run()
    }
    let outcome = try interview(at: console, in: store)
    if case .finished = outcome, isHome { return try home.run() }
    if case .ended(let status) = outcome { throw Leave(status: status) }
  }

  /// Begins an interview, or goes on with one, and leads it to its end.
  func interview(at console: ReadlineConsole, in store: Store) throws -> InterviewShell.Outcome {
    let desk = Desk(console: console, store: store, catalog: settings.catalog)
    let session: Opened
    if resume {
      session = try Opened(id ?? desk.newestOpen(), in: store, toChange: true)
      session.tellWhetherChanged(settings.catalog)
    } else {
      session = try desk.begin(
        questionnaire: questionnaire, scope: scope, organization: organization, team: team,
        customers: customers)
    }
    return try withExtendedLifetime(session) {
      InterviewShell(
        console: console, store: store, stored: session.stored,
        rater: try desk.rater(of: session.assessment), questionnaire: session.questionnaire,
        library: { try? settings.catalog.actions(for: session.questionnaire) },
        environment: environment
      ).run(first: first)
    }
  }

  /// The program as it is to be called to come back here.
  private var program: String {
    settings.dataDir.map { "\(System.program) --data-dir \($0.contains(" ") ? "'\($0)'" : $0)" }
      ?? System.program
  }

  private var environment: ShellEnvironment {
    ShellEnvironment(
      program: program, now: System.now, today: System.today, localTime: System.localTime,
      writeFile: { path, text in
        do throws(Failure) {
          return try System.writeNewFile(path, text)
        } catch {
          throw FileProblem(description: error.message)
        }
      },
      inWords: { word, reference, questionnaire in
        guard
          let pinned = try? settings.catalog.pinned(reference, questionnaire.terms(with: word))
        else { return nil }
        return (pinned.questionnaire, pinned.reference, pinned.stored)
      })
  }

  private struct FileProblem: Error, CustomStringConvertible {
    let description: String
  }
}

/// Somebody left an interview, or it was ended, and the program with it.
struct Leave: Error {
  let status: Int32
}

/// What comes before an interview: going on with an open one, or beginning another.
struct Desk {
  let console: ReadlineConsole
  let store: Store
  let catalog: Catalog

  func newestOpen() throws(Failure) -> String {
    let open = try stored { () throws(StoreError) in try store.list(openOnly: true) }
    guard let newest = open.first else {
      throw Failure(.notFound, "There is no open assessment. `outside-in assess` begins one.")
    }
    return newest.id
  }

  /// Whose answers are given: the only rater there is, or one of several, who must say so.
  func rater(of assessment: Assessment) throws -> String {
    guard assessment.raters.count != 1 else { return assessment.raters[0].id }
    guard !assessment.raters.isEmpty else {
      throw Failure(.data, "Nobody answers in \(assessment.id); `import --into` adds somebody's answers.")
    }
    try console.write(
      terminalText(
        [
          .paragraph(Words("Several people answer here. Who are you?", .strong)),
          .options(
            assessment.raters.enumerated().map { index, rater in
              let names = [rater.name, rater.department].filter { !$0.isEmpty }
              return Choice(
                key: "\(index + 1)", text: names.isEmpty ? rater.id : names.joined(separator: ", "))
            }),
        ], style: console.style))
    while true {
      let line = try read("A number> ", ["quit"])
      if line.lowercased() == "quit" { throw Leave(status: 0) }
      if let number = Int(line), number > 0, assessment.raters.indices.contains(number - 1) {
        return assessment.raters[number - 1].id
      }
      try console.write("“\(line.harmless)” is none of these.\n")
    }
  }

  /// Begins a new assessment: it is stored, with its questionnaire, before the first question.
  ///
  /// - Parameter customers: `WORD` or `WORD:PLURAL`; asked for where it is nil.
  func begin(
    questionnaire name: String, scope: Assessment.Scope, organization: String?, team: String?,
    customers: String?
  ) throws -> Opened {
    for case let name? in [organization, team] {
      if let problem = Assessment.problem(withName: name) { throw Failure(.data, problem) }
    }
    let found = try catalog.find(name)
    let given = try customers.map { (text) throws(Failure) in try Self.word(text, for: found) }
    let scored = found.items.filter {
      $0.scored != nil && ($0.core || scope == .full || !found.hasCore)
    }
    let all = found.items.count { $0.scored != nil }
    // Half a minute a question, and some for what comes after; in fives.
    let minutes = (scored.count * 35 / 60 + 6) / 5 * 5
    let shortForm = scored.count < all ? ", the short form of \(all)" : ""
    var intro: Document = [
      .heading(1, found.title),
      .paragraph(
        Words(
          "\(counted(scored.count, "question", "questions"))\(shortForm), then a few entries, the result and your plan: about \(minutes) minutes. "
            + "Every answer is saved at once: you can go back, leave and come back. `help` lists the commands."
        )),
    ]
    if found.status == .draft {
      intro.append(.paragraph(Words("This questionnaire is a draft.", .faint)))
    }
    try console.write(terminalText(intro + [.gap], style: console.style))
    let names = try (
      organization ?? readName("Name of the whole organisation (Enter leaves it out)> "),
      team ?? readName("Team or department in it (Enter leaves it out)> ")
    )
    let word = try given ?? readWord(found.customer, for: found)
    let published = PinnedQuestionnaire(found)
    let pinned =
      word == found.customer
      ? published : try catalog.pinned(published.reference, found.terms(with: word)) ?? published
    let questionnaire = pinned.questionnaire
    try console.write(
      terminalText([.gap, .bullets(questionnaire.primer.map { Words($0) })], style: console.style))
    let id = System.newID()
    let now = System.now()
    let assessment = Assessment(
      id: id, organization: names.0, team: names.1,
      scope: questionnaire.hasCore ? scope : .full, startedAt: now,
      questionnaire: pinned.reference,
      raters: [Rater(id: "r1")])
    let inserted = try stored { () throws(StoreError) in
      try store.insert(
        assessment,
        questionnaire: pinned.stored, at: now)
    }
    let lock = try stored { () throws(StoreError) in try store.hold(id, at: now) }
    return Opened(stored: inserted, pinned: pinned, lock: lock)
  }

  /// What `--customers` says.
  private static func word(_ text: String, for questionnaire: Questionnaire) throws(Failure) -> CustomerWord {
    guard questionnaire.hasCustomerWord else {
      throw Failure(
        .usage,
        "--customers has no use here: no text of \(questionnaire.id) has a word for customers to change.")
    }
    do throws(CustomerWordProblem) {
      return try CustomerWord(typed: text)
    } catch {
      throw Failure(.usage, "--customers takes a word, or WORD:PLURAL: \(error.message)")
    }
  }

  /// What the people are called for whom the organisation works; Enter keeps the questionnaire's own word.
  private func readWord(_ own: CustomerWord, for questionnaire: Questionnaire) throws -> CustomerWord {
    guard questionnaire.hasCustomerWord else { return own }
    var rejected = ""
    while true {
      let line = try read(
        "One of the people you work for is called a (Enter: \(own.one))> ", ["quit"], initial: rejected)
      rejected = ""
      switch line.lowercased() {
      case "": return own
      case "quit", "exit", "q", ":quit": throw Leave(status: 0)
      case "help", "?", "h":
        let words =
          "Questions, result and plan will use your word, such as patient, guest or resident. It changes no "
          + "figure, and can be changed until the first answer."
        try console.write(terminalText([.paragraph(Words(words))], style: console.style))
      default:
        do {
          var word = try CustomerWord(typed: line)
          if !line.contains(":") {
            if let one = English.singular(of: word.one) {
              let text = try read("That looks like several of them; one is called a (Enter: \(one))> ")
              word = try CustomerWord(typed: text.isEmpty ? one : text)
            }
            let many = try read("Several of them are called (Enter: \(word.many))> ")
            if !many.isEmpty { word = try CustomerWord(typed: "\(word.one):\(many)") }
          }
          return word
        } catch let problem as CustomerWordProblem {
          try console.write(terminalText([.paragraph(Words(problem.message))], style: console.style))
          rejected = line
        }
      }
    }
  }

  /// What could not be kept stands in the line again.
  ///
  /// A name, in which `help` and `quit` are taken for what they nearly always mean.
  private func readName(_ prompt: String) throws -> String {
    var rejected = ""
    while true {
      let line = try read(prompt, ["quit"], initial: rejected)
      rejected = ""
      switch line.lowercased() {
      case "quit", "exit", "q", ":quit": throw Leave(status: 0)
      case "help", "?", "back", "h":
        let words =
          "The name stands above the result and the plan, and finds it again in `outside-in list`. "
          + "`quit` leaves; nothing has begun yet. `help` at a question lists the commands there."
        try console.write(terminalText([.paragraph(Words(words))], style: console.style))
      default:
        guard let problem = Assessment.problem(withName: line) else { return line }
        try console.write("That can't be kept: \(problem).\n")
        rejected = line
      }
    }
  }

  private func read(_ prompt: String, _ words: [String] = [], initial: String = "") throws -> String {
    while true {
      switch console.read(prompt: prompt, initial: initial, complete: { .words($0.isEmpty ? words : []) }) {
      case .line(let line): return line.split(separator: " ").joined(separator: " ")
      case .interrupted: continue
      case .endOfInput: throw Leave(status: 0)
      case .ended(let status): throw Leave(status: status)
      }
    }
  }
}
