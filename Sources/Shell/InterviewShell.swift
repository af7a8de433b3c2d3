import AssessmentModel
import Interview
import Reporting
import Scoring
import Storage

/// The clock, and where a plan is written: what the shell needs of the world.
package struct ShellEnvironment {
  /// The program, as it is to be called from where it was called.
  package let program: String
  package let now: () -> Timestamp
  /// The day it is where the user is.
  package let today: () -> Day
  /// `14:02`, in the user's time zone.
  package let localTime: (Timestamp) -> String
  /// Writes a file whole or not at all, and gives the path it has then; throws what to tell the user.
  package let writeFile: (_ path: String, _ text: String) throws -> String
  /// The questionnaire that an assessment refers to, in another word for customers; nil where it is not installed.
  package let inWords: InWords

  package typealias InWords = (CustomerWord, QuestionnaireReference, Questionnaire) -> (
    questionnaire: Questionnaire, reference: QuestionnaireReference, stored: StoredQuestionnaire
  )?

  package init(
    program: String, now: @escaping () -> Timestamp, today: @escaping () -> Day,
    localTime: @escaping (Timestamp) -> String,
    writeFile: @escaping (String, String) throws -> String, inWords: @escaping InWords = { _, _, _ in nil }
  ) {
    self.program = program
    self.now = now
    self.today = today
    self.localTime = localTime
    self.writeFile = writeFile
    self.inWords = inWords
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
  let library: (Questionnaire) -> ActionLibrary?
  var stored: StoredAssessment
  var interview: Interview
  /// When the last move was stored.
  var savedAt: Timestamp?
  /// The item whose screen is up; the screen is shown anew when the session moves on.
  var shown: String?
  /// The title of its section, which stands above the first of its questions that is shown.
  private var shownSection: String?
  /// Items whose evidence was asked for already.
  var askedEvidence: Set<String> = []
  /// The line that a command was read from, and what of it comes back into the next because it could not
  /// be used.
  var typed = ""
  var rejected = ""
  /// Texts that could not be kept, by item; they stand in the line, or in the editor, the next time.
  var unkept: [String: String] = [:]
  /// The question answered just now, until something else is done.
  var answeredLast: Item?
  /// Whether the end was reached, and the result shown there.
  var hasSeenResult = false
  /// Whether the closing questions are being asked, which lead to the end and not to what is open.
  var isFinishing = false
  /// Moments whose factors were asked for already.
  var askedFactors: Set<Int> = []

  package init(
    console: any Console, store: Store, stored: StoredAssessment, rater: String,
    questionnaire: Questionnaire,
    library: @escaping (Questionnaire) -> ActionLibrary?, environment: ShellEnvironment
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
        let section = item.scored == nil ? nil : questionnaire.section(of: item.id)?.title
        let isNew = section != shownSection
        try show(
          Screens.question(item, interview, section: isNew ? section : nil, saved: savedWords) + keys)
        shown = item.id
        shownSection = section
      }
      if item.scored == nil {
        try enterRecord(item)
      } else {
        try handle(try readCommand(item), at: item)
      }
    }
  }

  /// The end of the questions. Who comes there with the last answer sees the result; who was there before, or
  /// has left questions open, is asked: an empty line finishes, everything else goes back. True when done.
  private func atEnd() throws(Exit) -> Bool {
    shown = nil
    let open = interview.scoredItems.filter(interview.isOpen)
    if open.isEmpty, savedAt != nil, !hasSeenResult { return try finish() }
    try say(
      (open.isEmpty
        ? "All is answered."
        : "That was the last question; \(counted(open.count, "is", "are")) still open.")
        + " Enter shows the result; `review` and `back` look again.")
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
  func giveBack(_ line: String) {
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
    var line = try read("\(item.id)\(mark)> ", initial: initial, complete: commandCompletions)
    // Typed behind what stood there to be mended.
    if !initial.isEmpty, line.hasPrefix(initial), Command(initial, at: item).isUnknown {
      let behind = String(line.dropFirst(initial.count)).trimmed
      if !behind.isEmpty, case let other = Command(behind, at: item), !other.isUnknown { line = behind }
    }
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
