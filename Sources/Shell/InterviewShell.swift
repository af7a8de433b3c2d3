import AssessmentModel
import Interview
import Planning
import Reporting
import Scoring
import Storage

/// The clock, and where a plan is written: what the shell needs of the world.
package struct ShellEnvironment {
  /// The program, as it is to be called from where it was called.
  package let program: String
  package let now: () -> Timestamp
  /// `14:02`, in the user's time zone.
  package let localTime: (Timestamp) -> String
  /// Writes a file whole or not at all, and gives the path it has then; throws what to tell the user.
  package let writeFile: (_ path: String, _ text: String) throws -> String

  package init(
    program: String, now: @escaping () -> Timestamp, localTime: @escaping (Timestamp) -> String,
    writeFile: @escaping (String, String) throws -> String
  ) {
    self.program = program
    self.now = now
    self.localTime = localTime
    self.writeFile = writeFile
  }
}

extension InterviewShell {
  /// How an interview came to its end.
  package enum Outcome: Hashable, Sendable {
    /// With a result and a plan.
    case finished
    /// Somebody left, or the session was ended; with the program's exit status.
    case ended(status: Int32)
  }
}

/// Why the shell came to its end.
enum Exit: Error {
  case finished
  case quit
  /// Left with an entry that could not be stored.
  case unsaved
  case ended(status: Int32)
  /// Nothing can be shown any more.
  case console(ConsoleError)
}

/// An interview at a prompt. Every move is stored before it is called saved; when storing fails the
/// answer stays here, and the next try stores it.
package final class InterviewShell {
  let console: any Console
  let store: Store
  let environment: ShellEnvironment
  /// Read when the plan is made: the first prompt need not wait for it.
  let library: () -> ActionLibrary?
  var stored: StoredAssessment
  var interview: Interview
  /// When the last move was stored.
  var savedAt: Timestamp?
  /// The item whose screen is up; the screen is shown anew when the session moves on.
  private var shown: String?
  /// Items whose evidence was asked for already.
  private var askedEvidence: Set<String> = []
  /// The line that a command was read from, and what of it comes back into the next because it could not
  /// be used.
  var typed = ""
  private var rejected = ""
  /// Texts that could not be kept, by item; they stand in the line, or in the editor, the next time.
  var unkept: [String: String] = [:]
  /// The question answered just now, until something else is done.
  private var answeredLast: Item?
  /// Whether the closing questions are being asked, which lead to the end and not to what is open.
  var isFinishing = false
  /// Moments whose factors were asked for already.
  var askedFactors: Set<Int> = []

  package init(
    console: any Console, store: Store, stored: StoredAssessment, rater: String,
    questionnaire: Questionnaire,
    library: @escaping () -> ActionLibrary?, environment: ShellEnvironment
  ) {
    self.console = console
    self.store = store
    self.stored = stored
    self.library = library
    self.environment = environment
    interview = Interview(
      questionnaire: questionnaire, rater: rater, session: stored.session)
  }

  var questionnaire: Questionnaire { interview.questionnaire }

  /// Runs the interview to its end or to `quit`.
  ///
  /// - Parameter first: a command that stands in the first line, to be entered.
  package func run(first: String = "") -> Outcome {
    rejected = first
    do throws(Exit) {
      // What came from elsewhere begins at its first open question.
      if interview.assessment.position == nil, let first = interview.current, !interview.isOpen(first),
        let open = interview.scoredItems.first(where: interview.isOpen)
      {
        _ = try perform(.go(to: open.id))
      }
      try loop()
      return .finished
    } catch {
      switch error {
      case .finished: return .finished
      case .quit: return .ended(status: 0)
      case .unsaved, .console: return .ended(status: 74)
      case .ended(let status): return .ended(status: status)
      }
    }
  }

  private func loop() throws(Exit) {
    while true {
      guard let item = interview.current else {
        if try atEnd() { return }
        continue
      }
      if shown != item.id {
        let keys = item.scored == nil ? [] : Screens.keys(item)
        try show(Screens.question(item, interview, saved: savedWords) + keys)
        shown = item.id
      }
      if item.scored == nil {
        try enterRecord(item)
      } else {
        try handle(try readCommand(item), at: item)
      }
    }
  }

  /// The end of the questions: an empty line finishes, everything else goes back. True when done.
  private func atEnd() throws(Exit) -> Bool {
    shown = nil
    let open = interview.scoredItems.filter(interview.isOpen)
    try say(
      open.isEmpty
        ? "All questions are answered."
        : "That was the last question; \(counted(open.count, "is", "are")) still open.")
    try say("Enter shows the result and makes the plan. `review` or `back` to look again first.")
    let entry = try read("finish> ", initial: takeBack(), complete: commandCompletions)
    typed = entry.trimmed
    switch Command(entry, at: nil) {
    case .again, .finish: return try finish()
    case let command:
      try handle(command, at: nil)
      return false
    }
  }

  // MARK: Reading and writing

  /// Asks for a line; Ctrl-C asks again, Ctrl-D leaves.
  ///
  /// - Parameters:
  ///   - initial: what stands in the line to begin with.
  ///   - stored: what stands there after Ctrl-C: what is kept already, not what was typed.
  func read(
    _ prompt: String, initial: String = "", stored: String = "",
    complete: Completer = { _ in .words([]) }
  ) throws(Exit) -> String {
    var initial = initial
    while true {
      switch console.read(prompt: prompt, initial: initial, complete: complete) {
      case .line(let line): return line
      case .interrupted:
        initial = stored
        try say("The line is given up, and nothing else. `quit` leaves.")
      case .endOfInput:
        try say("Everything is saved. `\(environment.program)` goes on from here.")
        throw .quit
      case .ended(let status): throw .ended(status: status)
      }
    }
  }

  /// A line that could not be used stands in the next one, to be mended; a few keys are quicker typed anew,
  /// and people type them behind what stands there.
  private func giveBack(_ line: String) {
    rejected = Self.isWorthMending(line) ? line : ""
  }

  static func isWorthMending(_ line: String) -> Bool { line.count > 12 }

  func takeBack() -> String {
    defer { rejected = "" }
    return rejected
  }

  func commandCompletions(_ before: [String]) -> Completions {
    Command.completions(before, questionnaire)
  }

  private func readCommand(_ item: Item) throws(Exit) -> Command {
    let answer = interview.response(to: item)
    let shown = Screens.answerWords(answer, item)
    let mark = answer.answer == .open ? "" : " [\(shown)]"
    let initial = takeBack()
    let line = try read("\(item.id)\(mark)> ", initial: initial, complete: commandCompletions)
    let command = Command(line, at: item)
    switch command {
    case .move(.answer), .move(.dontKnow), .move(.note), .move(.park), .move(.notApplicable),
      .move(.evidence), .set, .unknown, .again:
      break
    default: console.remember(line.trimmed)
    }
    typed = line.trimmed
    return command
  }

  func show(_ document: Document) throws(Exit) {
    do throws(ConsoleError) {
      try console.show(document)
    } catch {
      throw .console(error)
    }
  }

  func say(_ text: String) throws(Exit) { try show([.paragraph(Words(text))]) }

  var savedWords: String? { savedAt.map { "saved \(environment.localTime($0))" } }

  /// Stores what a move amounts to; only then is it true. False when it could not be stored: the
  /// cause is shown, and nothing has changed.
  func perform(_ move: Move, on item: Item? = nil) throws(Exit) -> Bool {
    let now = environment.now()
    var subject = interview
    if let item { subject.session.apply(.visited(item: item.id)) }
    let events: [SessionEvent]
    do throws(MoveRefusal) {
      events = try subject.events(for: move, at: now)
    } catch {
      try say(error.message)
      return false
    }
    return try store(events, at: now)
  }

  func store(_ events: [SessionEvent], at now: Timestamp) throws(Exit) -> Bool {
    while true {
      do throws(StoreError) {
        stored = try store.append(events, to: stored, at: now)
        break
      } catch {
        try say("NOT SAVED. \(error.errorDescription ?? "")")
        guard try wantsAnotherTry() else { return false }
      }
    }
    interview.session = stored.session
    savedAt = now
    return true
  }

  /// What could not be stored is kept until it is, or until somebody gives it up.
  private func wantsAnotherTry() throws(Exit) -> Bool {
    try say(
      "Your entry is kept here. Enter tries to save it again; `drop` gives it up, `quit` leaves without it.")
    while true {
      switch console.read(prompt: "not saved> ", initial: "", complete: { _ in .words(["drop", "quit"]) }) {
      case .line(let line):
        switch line.trimmed.lowercased() {
        case "": return true
        case "drop":
          try say("Given up; nothing was changed.")
          return false
        case "quit", "exit", "q": throw .unsaved
        default: try say("Enter, `drop` or `quit`.")
        }
      case .interrupted: continue
      case .endOfInput: throw .unsaved
      case .ended(let status): throw .ended(status: status)
      }
    }
  }

  var subject: Subject {
    Subject(
      interview.assessment, questionnaire, score(interview.assessment, with: questionnaire))
  }

  // MARK: Commands

  func handle(_ command: Command, at item: Item?) throws(Exit) {
    switch command {
    case .move(let move): try handle(move, at: item)
    case .again:
      // An empty line never answers; it keeps what is answered already.
      if let item, !interview.isOpen(item) { return try handle(.next, at: item) }
      shown = nil
    case .askNote:
      guard let item else { return }
      if case .text(let note) = try ask("note", initial: interview.response(to: item).note ?? "") {
        try handle(.note(note), at: item)
      }
    case .askTopic:
      if case .text(let topic) = try ask("park") { try handle(.park(topic), at: item) }
    case .askEvidence: if let item { try askEvidence(of: item) }
    case .edit: try edit(item)
    case .deepen(let area): try deepen(area)
    case .set(let words): try set(words)
    case .why: try show([.paragraph(Words(item?.why ?? "There is nothing to say here."))])
    case .probe:
      var document: Document = []
      if let probe = item?.probe { document.append(.paragraph(Words(probe))) }
      if let evidence = item?.evidence {
        document.append(.paragraph(Words("Evidence: ", .faint) + Words(evidence)))
      }
      try show(document.isEmpty ? [.paragraph("There is nothing to ask here.")] : document)
    case .review(let filter): try show(Screens.review(interview, filter: filter))
    case .progress: try show(Screens.progress(interview))
    case .result:
      let isOpen = interview.scoredItems.contains(where: interview.isOpen)
      try show(resultReport(subject, provisional: isOpen))
    case .explain(let name): try explain(name)
    case .parked:
      let parked = interview.assessment.parked
      try show(
        parked.isEmpty ? [.paragraph("Nothing is parked.")] : [.bullets(parked.map { Words($0) })])
    case .finish: if try finish() { throw .finished }
    case .help: try show(Screens.help(item))
    case .quit:
      try say("Everything is saved. `\(environment.program)` goes on from here.")
      throw .quit
    case .unknown(let text): try refuse(text, at: item)
    }
  }

  private func handle(_ move: Move, at item: Item?) throws(Exit) {
    // Sureness and evidence are said of an answer: where there is none yet, of the one just given.
    var item = item
    switch move {
    case .confidence, .evidence:
      if let here = item, interview.isOpen(here), let before = answeredLast { item = before }
    case .answer, .dontKnow, .notApplicable: answeredLast = item
    default: answeredLast = nil
    }
    let undone = move == .undo ? interview.session.nextUndo?.item : nil
    let redone = move == .redo ? interview.session.nextRedo?.item : nil
    guard try perform(move, on: item) else { return giveBack(typed) }
    if let undone { try say("Taken back: \(undone).") }
    if let redone { try say("There again: \(redone).") }
    switch move {
    case .answer(let level):
      if let item { try askEvidence(of: item, level: level) }
    case .next, .goOn, .back, .go, .undo, .redo: shown = nil
    case .deepen:
      shown = nil
      let open = interview.scoredItems.filter(interview.isOpen).count
      try say("\(counted(open, "question is", "questions are")) open now; the result waits for most of them.")
    case .note: try say("Note kept for \(item?.id ?? "the last question"), \(savedWords ?? "").")
    case .park: try say("Parked, \(savedWords ?? "").")
    case .flag:
      let flagged = item.map { interview.response(to: $0).flagged } ?? false
      try say("\(flagged ? "Flagged" : "No longer flagged"), \(savedWords ?? "").")
    case .confidence, .evidence: try say("Kept for \(item?.id ?? "the last question"), \(savedWords ?? "").")
    case .name, .introduce: try say("Kept, \(savedWords ?? "").")
    case .record, .amend, .clear, .notApplicable, .dontKnow, .commit: break
    }
  }

  private func refuse(_ text: String, at item: Item?) throws(Exit) {
    giveBack(text.trimmed)
    let expected: String
    switch item?.scored?.form {
    case .level:
      let levels = item.flatMap { questionnaire.levels(of: $0) } ?? []
      expected = "the number of an answer, \(levels.map(String.init).joined(separator: ", ")), or a command"
    case .bipolar: expected = "a letter from a to e, or a command"
    case nil: expected = "a command"
    }
    let head = text.trimmed.prefix { !$0.isWhitespace }.lowercased()
    let near = nearestName(to: head, among: Command.all)
    let hint =
      near.map { $0 == head ? " \($0) is used otherwise." : " Did you mean \($0)?" } ?? ""
    let mend = rejected.isEmpty ? "" : " It stands in the line again; Ctrl-U empties it."
    try say("“\(text.trimmed)” can't be used here. Expected \(expected).\(hint) `help` lists them.\(mend)")
  }

  private func explain(_ name: String?) throws(Exit) {
    let subject = self.subject
    guard let name else { return try show(explainReport(subject)) }
    if questionnaire.item(name) != nil {
      try show(explainReport(subject, item: name))
    } else if let area = questionnaire.dimension(meant: name) {
      try show(explainReport(subject, dimension: area.id))
    } else {
      let names = questionnaire.dimensions.map(\.id) + questionnaire.items.map(\.id)
      try say(sentence("There is no question or area \"\(name)\"" + suggestion(for: name, among: names)))
    }
  }

  /// The note of a question, or a text that is asked for, in the user's editor. What can't be kept is
  /// there again the next time.
  private func edit(_ item: Item?) throws(Exit) {
    guard let item else { return try say("There is nothing to edit here.") }
    let isText: Bool
    let before: String
    switch item.record {
    case .text:
      isText = true
      if case .text(let text) = interview.response(to: item).value { before = text } else { before = "" }
    case nil, .choice, .number, .expectations, .moments, .metrics, .raise:
      isText = false
      before = interview.response(to: item).note ?? ""
    }
    let draft = unkept[item.id] ?? before
    switch console.edit(draft, named: "\(interview.assessment.id)-\(item.id)") {
    case .failed(let why, let kept):
      unkept[item.id] = kept ?? unkept[item.id]
      try say(kept == nil ? why : why + " What it had saved is kept; `edit` opens it again.")
    case .text(let edited):
      let text = edited.trimmed
      guard text != before else { return try say("Nothing was changed.") }
      unkept[item.id] = text
      guard try perform(isText ? (text.isEmpty ? .clear : .record(.text(text))) : .note(text)) else {
        return try say("`edit` opens it again.")
      }
      unkept[item.id] = nil
      try say("\(isText ? "Kept" : "Note kept"), \(savedWords ?? "").")
    }
  }

  /// Without an area: which there are, the weakest first, and how many questions more each has.
  private func deepen(_ area: String?) throws(Exit) {
    if let area { return try handle(.deepen(area), at: interview.current) }
    let card = score(interview.assessment, with: questionnaire)
    let areas = card.dimensions.filter { !interview.deeper($0.id).isEmpty }
      .sorted { $0.score ?? 101 < $1.score ?? 101 }
    guard !areas.isEmpty else { return try say("All questions are asked already.") }
    try show([
      .paragraph(
        "Which area? `deepen` and its name ask all its questions, `deepen all` everything; nothing is asked twice."
      ),
      .options(
        areas.map { row in
          let title = questionnaire.dimension(row.id)?.title ?? row.id
          let score = row.score.map { ", \(decimal($0)) of 100" } ?? ""
          return Choice(
            key: row.id,
            text: "\(title): \(counted(interview.deeper(row.id).count, "question", "questions")) more\(score)"
          )
        }),
    ])
  }

  private func set(_ words: String?) throws(Exit) {
    let assessment = interview.assessment
    let myself = assessment.rater(interview.rater) ?? Rater(id: interview.rater)
    let field = (words ?? "").prefix { !$0.isWhitespace }.lowercased()
    let value = String((words ?? "").dropFirst(field.count)).trimmed
    let name = value == "-" ? "" : value
    let move: Move?
    switch field {
    case "organization", "organisation": move = .name(organization: name, team: assessment.team)
    case "team": move = .name(organization: assessment.organization, team: name)
    case "name": move = .introduce(name: name, department: myself.department)
    case "department": move = .introduce(name: myself.name, department: name)
    default: move = nil
    }
    if let move, !value.isEmpty { return try handle(move, at: interview.current) }
    let known = [
      ("organization", assessment.organization), ("team", assessment.team), ("name", myself.name),
      ("department", myself.department),
    ]
    try show([
      .options(known.map { Choice(key: $0, text: $1.isEmpty ? "not said" : $1) }),
      .paragraph(
        "`set organization Acme` changes it, and in the same way the others; - for the name empties it."),
    ])
  }

  /// A critical item answered 3 or 4 counts as a step only with evidence; it is asked for once.
  private func askEvidence(of item: Item, level: Int) throws(Exit) {
    guard let scored = item.scored, scored.critical, scored.oriented(level) >= 3,
      interview.response(to: item).evidence == nil, askedEvidence.insert(item.id).inserted
    else { return }
    try say("\(item.id): \(level) is saved.")
    try askEvidence(of: item)
  }

  private func askEvidence(of item: Item) throws(Exit) {
    try show([
      .paragraph(
        "What shows it? A word and, if you like, a few more; only a document or a figure counts for a step. "
          + "Enter leaves it out."),
      .options([
        Choice(key: "none", text: "nothing that somebody else could look at"),
        Choice(key: "anecdote", text: "a case that somebody remembers"),
        Choice(key: "document", text: "it is written down somewhere"),
        Choice(key: "measured", text: "there is a figure"),
      ]),
    ])
    var initial = ""
    while true {
      let line = try read(
        "\(item.id) evidence> ", initial: initial,
        complete: { before in
          .words(before.isEmpty ? Response.Evidence.allCases.map(\.rawValue) : [])
        }
      ).trimmed
      if line.isEmpty { return }
      if line == "?" || line == "help" {
        try say(item.evidence.map { "What would count: \($0)" } ?? "Whatever somebody else could check.")
        continue
      }
      if let (grade, note) = Command.evidence(line) {
        if try perform(.evidence(grade, note: note), on: item) { try say("Kept, \(savedWords ?? "").") }
        return
      }
      let command = Command(line, at: nil)
      // What is said here is said of this question, also where the session stands at the next one.
      if case .move(.back) = command { return try handle(.go(to: item.id), at: item) }
      if !command.isUnknown { return try handle(command, at: item) }
      try say("Begin with none, anecdote, document or measured; Enter leaves it out.")
      initial = Self.isWorthMending(line) ? line : ""
    }
  }
}
