import AssessmentModel
import Interview
import Reporting
import Storage

/// An interview at a prompt: one person answers every question.
package final class InterviewShell: SessionShell {
  /// The question answered just now, until something else is done.
  var answeredLast: Item?

  package init(
    console: any Console, store: Store, stored: StoredAssessment, rater: String,
    questionnaire: Questionnaire,
    library: @escaping (Questionnaire) -> ActionLibrary?, environment: ShellEnvironment
  ) {
    super.init(
      console: console, store: store, stored: stored,
      interview: Interview(questionnaire: questionnaire, rater: rater, session: stored.session),
      library: library, environment: environment)
  }

  /// Runs the interview to its end or to `quit`.
  ///
  /// - Parameter first: a command that stands in the first line, to be entered.
  package func run(first: String = "") -> Outcome {
    rejected = first
    return outcome { () throws(Exit) in
      // What came from elsewhere begins at its first open question.
      if interview.assessment.position == nil, let first = interview.current, !interview.isOpen(first),
        let open = interview.openItems.first
      {
        _ = try perform(.go(to: open.id))
      }
      try loop()
    }
  }

  private func loop() throws(Exit) {
    while true {
      guard let item = interview.current else {
        if try atEnd() { return }
        continue
      }
      if shown != item.id {
        try show(questionScreen(item) + (item.scored == nil ? [] : Screens.keys(item)))
        shown = item.id
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
    let open = interview.openItems
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

  // MARK: Commands

  @discardableResult
  override func handle(_ move: Move, at item: Item?) throws(Exit) -> Bool {
    // Sureness and evidence are said of an answer: where there is none yet, of the one just given.
    var item = item
    switch move {
    case .confidence, .evidence:
      if let here = item, interview.isOpen(here), let before = answeredLast { item = before }
    case .answer, .dontKnow, .notApplicable: answeredLast = item
    default: answeredLast = nil
    }
    guard try super.handle(move, at: item) else { return false }
    if case .answer(let level) = move, let item { try askEvidence(of: item, level: level) }
    return true
  }

  override var commandWords: [String] { Command.all }

  override func commandCompletions(_ before: [String]) -> Completions {
    Command.completions(before, questionnaire)
  }

  override func isCommand(_ line: String) -> Bool { !Command(line, at: nil).isUnknown }

  override func carryOut(inText line: String) throws(Exit) -> Bool {
    guard let command = Command(inText: line) else { return false }
    typed = line
    try handle(command, at: interview.current)
    return true
  }

  override func carryOut(atResult line: String) throws(Exit) -> Bool {
    let command = Command(line, at: nil)
    try handle(command, at: nil)
    if case .move = command { return true }
    return false
  }

  private func readCommand(_ item: Item) throws(Exit) -> Command {
    let answer = interview.response(to: item)
    let shown = Screens.answerWords(answer, item)
    let mark = answer.answer == .open ? "" : " [\(shown)\(answer.isToConfirm ? "?" : "")]"
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
}
