import AssessmentModel
import Interview
import Reporting
import Scoring
import Storage

/// How a session came to its end.
package enum Outcome: Hashable, Sendable {
  /// With a result and a plan.
  case finished
  /// Somebody left, or the session was ended; with the program's exit status.
  case ended(status: Int32)
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

/// One session at a prompt: what an interview and a workshop share. It reads and shows, stores what happened before
/// it is called saved, takes the team's own entries and commitments, and leads to result and plan; when storing
/// fails the entry stays here, and the next try stores it.
package class SessionShell {
  let console: any Console
  let store: Store
  let environment: ShellEnvironment
  /// Read when the plan is made: the first prompt need not wait for it.
  let library: (Questionnaire) -> ActionLibrary?
  var stored: StoredAssessment
  /// The way through the questions, and the team's own entries.
  var interview: Interview
  /// The item whose screen is up; the screen is shown anew when the session moves on.
  var shown: String?
  /// The title of its section, which stands above the first of its questions that is shown.
  private var shownSection: String?
  /// Critical questions whose evidence was asked for already.
  var askedEvidence: Set<String> = []
  /// When the last move was stored.
  var savedAt: Timestamp?
  /// The line that a command was read from, and what of it comes back into the next because it could not
  /// be used.
  var typed = ""
  var rejected = ""
  /// Texts that could not be kept, by item; they stand in the line, or in the editor, the next time.
  var unkept: [String: String] = [:]
  /// Whether the end was reached, and the result shown there.
  var hasSeenResult = false
  /// Whether the closing questions are being asked, which lead to the end and not to what is open.
  var isFinishing = false
  /// Whether the proposals stand on the screen already, because dots were just put on them.
  var areOffersShown = false
  /// Moments whose factors were asked for already.
  var askedFactors: Set<Int> = []

  init(
    console: any Console, store: Store, stored: StoredAssessment, interview: Interview,
    library: @escaping (Questionnaire) -> ActionLibrary?, environment: ShellEnvironment
  ) {
    self.console = console
    self.store = store
    self.stored = stored
    self.library = library
    self.environment = environment
    self.interview = interview
  }

  // MARK: What each shell has of its own

  /// The commands that are understood wherever a text is asked for.
  var commandWords: [String] { [] }

  /// What Tab offers after the words that stand there.
  func commandCompletions(_ before: [String]) -> Completions { .words([]) }

  /// Whether a line is a command of the shell's.
  func isCommand(_ line: String) -> Bool { false }

  /// Carries out a command typed where a text is asked for; false where the line is none.
  func carryOut(inText line: String) throws(Exit) -> Bool { false }

  /// Carries out a line typed below the result; whether it leads back to the questions.
  func carryOut(atResult line: String) throws(Exit) -> Bool { false }

  /// Before the result; false where there is something to do first.
  func prepareResult() throws(Exit) -> Bool { true }

  /// What nobody needs any more once all is finished.
  var leftovers: [UnrevealedChange] { [] }

  /// Before commitments are chosen, and behind them; false where they are to be chosen again.
  func prepareCommitments() throws(Exit) {}
  func closeCommitments() throws(Exit) -> Bool { true }

  /// Somebody who was named to see to a commitment, as the plan names them.
  func owner(_ name: String) throws(Exit) -> String { name }

  /// A text, empty where none was given; nil when somebody went back to the questions instead.
  ///
  /// - Parameter staying: words that would lead away, with what they are told instead.
  func readText(_ prompt: String, staying: [String] = []) throws(Exit) -> String? {
    while true {
      switch try ask(prompt, own: Set(staying)) {
      case .skipped: return ""
      case .left: return nil
      case .text(let text) where staying.contains(text.lowercased()):
        try say(
          "Here 1 to 5 change a line, and Enter goes on; `goto` and a question's name leads back to the questions."
        )
      case .text(let text): return text
      }
    }
  }

  // MARK: Moves

  /// Carries out a move and tells what became of it; false where it was refused or could not be stored.
  @discardableResult
  func handle(_ move: Move, at item: Item?) throws(Exit) -> Bool {
    let undone = move == .undo ? interview.session.nextUndo.map(words) : nil
    let redone = move == .redo ? interview.session.nextRedo.map(words) : nil
    guard try perform(move, on: item) else {
      giveBack(typed)
      return false
    }
    if let undone { try say("Taken back: \(undone).") }
    if let redone { try say("There again: \(redone).") }
    switch move {
    case .next, .goOn, .back, .go, .undo, .redo: shown = nil
    case .deepen:
      shown = nil
      let open = interview.openItems.count
      try say("\(counted(open, "question is", "questions are")) open now; the result waits for most of them.")
    case .note: try say("Note kept for \(item?.id ?? "the last question"), \(savedWords ?? "").")
    case .park: try say("Parked, \(savedWords ?? "").")
    case .flag:
      let flagged = item.map { interview.response(to: $0).flagged } ?? false
      try say("\(flagged ? "Flagged" : "No longer flagged"), \(savedWords ?? "").")
    case .confidence, .evidence:
      let isBefore = item != nil && item?.id != interview.current?.id
      try say(
        "Kept for \(item?.id ?? "the last question")\(isBefore ? ", the answer just given" : ""), \(savedWords ?? "")."
      )
    case .name, .introduce: try say("Kept, \(savedWords ?? "").")
    case .answer, .confirm, .record, .amend, .clear, .notApplicable, .dontKnow, .commit: break
    }
    return true
  }

  private func words(_ subject: Session.Subject) -> String {
    switch subject {
    case .response(let key): key.item
    case .settlement(let item): "the last word on settling \(item)"
    case .evidence(let item): "the evidence of \(item)"
    case .parked: "the topic parked last"
    }
  }

  // MARK: The way to an end

  /// Runs a session until it is over, and says how.
  func outcome(of session: () throws(Exit) -> Void) -> Outcome {
    do throws(Exit) {
      try session()
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

  var questionnaire: Questionnaire { interview.questionnaire }

  /// The screen of the current question, under its section's title where that is another than the last one's.
  func questionScreen(_ item: Item) -> Document {
    let section = item.scored == nil ? nil : questionnaire.section(of: item.id)?.title
    defer { shownSection = section }
    return Screens.question(
      item, interview, section: section != shownSection ? section : nil, saved: savedWords)
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
      let prompt = try room(for: prompt)
      switch console.read(prompt: prompt, initial: initial, complete: complete) {
      case .line(let line): return line
      case .interrupted:
        initial = stored
        try say("The line is given up, and nothing else. `quit` leaves.")
      case .endOfInput: try quit()
      case .ended(let status): throw .ended(status: status)
      }
    }
  }

  /// What is said to a question of the shell's own, blanks at the ends apart; `quit` leaves from each of them.
  func reply(to prompt: String) throws(Exit) -> String {
    let line = try read(prompt).trimmed
    if ["quit", "exit", "q"].contains(line.lowercased()) { try quit() }
    return line
  }

  func quit() throws(Exit) -> Never {
    try say("Everything is saved. `\(environment.program)` goes on from here.")
    throw .quit
  }

  private static let roomToType = 10

  /// The prompt, or where it leaves no room to type in, what stands below it: then it is shown above the line.
  func room(for prompt: String) throws(Exit) -> String {
    guard prompt.columns + Self.roomToType > console.style.width, prompt.hasSuffix("> ") else {
      return prompt
    }
    try say(String(prompt.dropLast(2)))
    return "> "
  }

  /// A line that could not be used stands in the next one, to be mended; a few keys are quicker typed anew,
  /// and people type them behind what stands there.
  func giveBack(_ line: String) {
    rejected = Self.isWorthMending(line) ? line : ""
  }

  static func isWorthMending(_ line: String) -> Bool { line.count > 12 }

  func takeBack() -> String {
    defer { rejected = "" }
    return rejected
  }

  func show(_ document: Document) throws(Exit) {
    do throws(ConsoleError) {
      try console.show(document)
    } catch {
      throw .console(error)
    }
  }

  /// Shows what is longer than the window page by page.
  func page(_ document: Document) throws(Exit) {
    do throws(ConsoleError) {
      try console.page(document)
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

  func store(
    _ events: [SessionEvent] = [], unrevealed: [UnrevealedChange] = [], plan: [DatedPlanEvent] = [],
    at now: Timestamp
  ) throws(Exit) -> Bool {
    while true {
      do throws(StoreError) {
        stored = try store.append(events, unrevealed: unrevealed, plan: plan, to: stored, at: now)
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
  func wantsAnotherTry() throws(Exit) -> Bool {
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
}
