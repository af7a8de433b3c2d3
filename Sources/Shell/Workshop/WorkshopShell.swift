import AssessmentModel
import Interview
import Reporting
import Storage

/// What a workshop was begun with; nil is asked for.
package struct WorkshopRequest {
  package var minutes: Int?
  package var anonymous: Bool?

  package init(minutes: Int? = nil, anonymous: Bool? = nil) {
    self.minutes = minutes
    self.anonymous = anonymous
  }
}

/// A workshop at a prompt: a group votes, looks, talks and settles, question by question.
package final class WorkshopShell: SessionShell {
  let request: WorkshopRequest
  /// When the time that is spent was counted last.
  var countedAt: Timestamp
  /// Whether the question is shown wide, for the last row.
  var isBig = false
  /// Whether it was asked which areas there is time to deepen.
  var hasOfferedDepth = false

  package init(
    console: any Console, store: Store, stored: StoredAssessment, questionnaire: Questionnaire,
    request: WorkshopRequest = WorkshopRequest(),
    library: @escaping (Questionnaire) -> ActionLibrary?, environment: ShellEnvironment
  ) {
    self.request = request
    countedAt = environment.now()
    super.init(
      console: console, store: store, stored: stored,
      interview: Interview(questionnaire: questionnaire, rater: nil, session: stored.session),
      library: library, environment: environment)
  }

  var workshop: Workshop { Workshop(interview, unrevealed: stored.unrevealed) }

  /// Runs the workshop to its end or to `quit`.
  package func run(first: String = "") -> Outcome {
    outcome { () throws(Exit) in
      try open()
      rejected = first
      try loop()
    }
  }

  private func loop() throws(Exit) {
    while true {
      guard let item = interview.current else {
        if try atEnd() { return }
        continue
      }
      if item.scored != nil, case .voting = workshop.standing(of: item),
        workshop.state.openRounds[item.id] == nil, try !perform(.open)
      {
        throw .unsaved
      }
      if item.scored == nil, try offerDepth() { continue }
      if shown != item.id { try showQuestion(item) }
      if item.scored == nil {
        try enterRecord(item)
      } else {
        let line = try read(
          prompt(item), initial: takeBack(), complete: { self.commandCompletions($0) })
        typed = line.trimmed
        try handle(
          WorkshopCommand(line, at: item, questionnaire, departments: workshop.departments.map(\.name)),
          at: item)
      }
    }
  }

  func showQuestion(_ item: Item) throws(Exit) {
    let standing = workshop.standing(of: item)
    var screen = questionScreen(item)
    if item.scored != nil {
      screen += WorkshopScreens.sayings(workshop.state.sayings[item.id] ?? [])
      if case .voting = standing { screen += WorkshopScreens.beforehand(item, workshop) }
      if !isBig { screen += WorkshopScreens.keys(standing, workshop.state.cards) }
      if let round = workshop.assessment.lastRound(of: item.id) {
        screen += [.gap]
        screen += WorkshopScreens.votes(on: item, round: round, workshop, isBrief: true)
      }
      if case .settled(let settlement) = standing {
        screen.append(.paragraph(Words(settledWords(settlement, item))))
      }
    }
    try show(isBig ? screen.wide : screen)
    shown = item.id
  }

  private func prompt(_ item: Item) -> String {
    switch workshop.standing(of: item) {
    case .voting(let round):
      let voted = workshop.voted(on: item)
      let expected = workshop.expected(on: item)
      let again = round > 1 ? "round \(round), " : ""
      if voted == 0 { return "\(item.id) (\(again)\(counted(expected, "vote", "votes")))> " }
      if voted < expected { return "\(item.id) (\(again)\(voted) of \(expected))> " }
      return "\(item.id) (\(again)all \(voted); Enter reveals)> "
    case .revealed: return "\(item.id) (Enter: next)> "
    case .settled: return "\(item.id) (settled; Enter: next)> "
    }
  }

  // MARK: Storing

  private static let longestGap = 30 * 60

  /// Stores what a move amounts to; only then is it true. False when it was refused or could not be stored.
  func perform(_ move: WorkshopMove) throws(Exit) -> Bool {
    let now = environment.now()
    let changes: WorkshopChanges
    do throws(MoveRefusal) {
      changes = try workshop.changes(for: move, at: now)
    } catch {
      try say(error.message)
      return false
    }
    if changes.events.isEmpty, changes.unrevealed.isEmpty { return true }
    return try store(changes.events, unrevealed: changes.unrevealed, at: now)
  }

  override func store(
    _ events: [SessionEvent] = [], unrevealed: [UnrevealedChange] = [], plan: [DatedPlanEvent] = [],
    at now: Timestamp
  ) throws(Exit) -> Bool {
    // Longer without a key, and everybody has gone home.
    let seconds = min(Self.longestGap, Int(now.secondsSince1970 - countedAt.secondsSince1970))
    var spent: [SessionEvent] = []
    if seconds > 0, interview.assessment.workshop != nil {
      let section =
        interview.current?.scored == nil
        ? nil : interview.current.flatMap { questionnaire.section(of: $0.id)?.id }
      spent = [.spent(section: section, seconds: seconds)]
    }
    guard try super.store(spent + events, unrevealed: unrevealed, plan: plan, at: now) else { return false }
    countedAt = now
    return true
  }

  // MARK: The end

  override func prepareResult() throws(Exit) -> Bool {
    guard try offerUnrevealed(), try offerUnasked() else { return false }
    return try offerPrediction()
  }
  override var leftovers: [UnrevealedChange] { workshop.leftovers }
  override func prepareCommitments() throws(Exit) { try countDots() }
  override func closeCommitments() throws(Exit) -> Bool { try readBack() }
  override func owner(_ name: String) throws(Exit) -> String { try whoAsks(name) }

  // MARK: Commands

  override var commandWords: [String] { WorkshopCommand.all }

  override func commandCompletions(_ before: [String]) -> Completions {
    WorkshopCommand.completions(
      before, questionnaire, names: workshop.staff.map(\.name).filter { !$0.isEmpty })
  }

  override func isCommand(_ line: String) -> Bool {
    !WorkshopCommand(line, at: nil, questionnaire, departments: []).isUnknown
  }

  override func carryOut(inText line: String) throws(Exit) -> Bool {
    guard let command = WorkshopCommand(inText: line, questionnaire) else { return false }
    typed = line
    try handle(command, at: interview.current)
    return true
  }

  override func carryOut(atResult line: String) throws(Exit) -> Bool {
    let before = interview.assessment.position
    try handle(WorkshopCommand(line, at: nil, questionnaire, departments: []), at: nil)
    return interview.assessment.position != before
  }

  func handle(_ command: WorkshopCommand, at item: Item?) throws(Exit) {
    switch command {
    case .votes(let line): try enter(line, at: item)
    case .cards: try collectCards(item)
    case .pass: try pass(item)
    case .paper(let name): try enterPaper(name, at: item)
    case .reveal: try reveal(item)
    case .rounds: try showRounds(item)
    case .revote: try revote(item)
    case .settle(let text): try settle(text, at: item)
    case .dissent(let text): try dissent(text)
    case .say(let text): try explainQuestion(text)
    case .unclear(let text): try unclear(text, at: item)
    case .changeCards(let cards):
      guard try perform(.convene(minutes: workshop.state.minutes, cards: cards)) else { return }
      try say(
        cards == .collected
          ? "From here on cards are laid face down."
          : "From here on cards are held up."
            + (interview.assessment.anonymous
              ? " Everybody sees them: what was promised is of what is kept." : ""))
      shown = nil
    case .disputed: try showDisputed()
    case .agreement: try showAgreement()
    case .practise: try practise()
    case .who: try show(WorkshopScreens.roster(workshop, questionnaire.customer))
    case .join(let text): try join(text)
    case .away(let name): try move(name, isPresent: false)
    case .here(let name): try move(name, isPresent: true)
    case .remove(let name): try remove(name)
    case .agenda: try showAgenda()
    case .time(let text): try setTimer(text)
    case .pause(let text): try pause(text)
    case .shorten(let text): try shorten(text)
    case .minutes(let text): try setMinutes(text)
    case .hide:
      console.clear()
      shown = nil
      _ = try reply(to: "hidden; Enter shows the question again> ")
    case .show: shown = nil
    case .big(let text):
      isBig = text.map { $0.lowercased() == "on" } ?? !isBig
      shown = nil
    case .importFile(let path): try importAnswers(path)
    case .predict: try predict()
    case .shared(let command): try handle(command, at: item)
    }
  }

  private func handle(_ command: Command, at item: Item?) throws(Exit) {
    switch command {
    case .again: try goOnOrReveal(item)
    case .move(.next):
      guard let item, item.scored != nil else {
        _ = try handle(Move.next, at: item)
        return
      }
      try leave(item)
    case .move(let move):
      switch move {
      case .undo, .redo:
        let subject = move == .undo ? interview.session.nextUndo : interview.session.nextRedo
        if let other = subject?.item, other != item?.id {
          let line = try reply(
            to: "That is about \(other), another question. Enter does it, no leaves it> ")
          if !line.isEmpty, YesOrNo(line) != .yes { return try say("Nothing was changed.") }
        }
        try handle(move, at: item)
      case .back, .go, .park, .deepen, .goOn: try handle(move, at: item)
      case .dontKnow, .notApplicable:
        try say("In a group that is a vote: ?:2 are two who don't know, -:1 one who says it does not apply.")
      case .evidence(let grade, let note):
        guard item?.scored != nil else { return try say("That is for questions that are voted on.") }
        if try perform(.support(TeamEvidence(grade: grade, note: note))) {
          try say("Kept, \(savedWords ?? "").")
        }
      case .answer, .confirm, .record, .amend, .clear, .confidence, .note, .flag, .next, .name, .introduce,
        .commit:
        try say("That belongs to answering alone; `say`, `park` and `dissent` keep words here.")
      }
    case .help:
      try page(WorkshopScreens.help(questionnaire.customer))
      shown = nil
    case .askNote:
      try say("`say` keeps how the question was explained, `park` a topic, `evidence` what shows the answer.")
    case .askEvidence: if let item { _ = try askEvidence(item) }
    case .unknown(let text): try refuse(text, at: item)
    case .review(let filter):
      try page(WorkshopScreens.review(workshop, filter: filter))
      shown = nil
    case .explain(let name?) where isBeforeTheVote(name):
      try say("\(name) is not voted on yet; which end is which is told after the vote.")
    case .askTopic, .deepen, .set, .why, .probe, .progress, .result, .explain, .parked, .finish, .quit,
      .edit:
      try look(command, at: item)
    }
  }

  /// Whether nobody has seen a vote on a question with two ends, whose explanation would tell the one that is wanted.
  private func isBeforeTheVote(_ name: String) -> Bool {
    guard let item = questionnaire.item(name), case .bipolar = item.scored?.form else { return false }
    return !interview.assessment.isRevealed(item.id)
  }

  private func refuse(_ text: String, at item: Item?) throws(Exit) {
    let typed = text.trimmed
    giveBack(typed)
    if let item, item.scored != nil, vote(typed, keys: questionnaire.voteKeys(of: item)) != nil {
      let sign = typed.lowercased()
      return try say(
        "A line is everybody's votes: \(sign):\(workshop.room(for: item).count) if all say \(sign), or counts such as 0 1 0 3 1."
      )
    }
    let head = typed.prefix { !$0.isWhitespace }.lowercased()
    let near = nearestName(to: head, among: WorkshopCommand.all)
    let hint = near.map { $0 == head ? " \($0) is used otherwise." : " Did you mean \($0)?" } ?? ""
    let mend = rejected.isEmpty ? "" : " It stands in the line again; Ctrl-U empties it."
    try say(
      "“\(typed)” can't be used here. Expected votes, such as 0 1 0 3 1, or a command.\(hint) `help` lists them.\(mend)"
    )
  }
}

extension Document {
  /// With room between the answers, for those who sit far away.
  fileprivate var wide: Document {
    flatMap { block -> Document in
      if case .options(let choices) = block { return choices.flatMap { [.gap, .options([$0])] } + [.gap] }
      return [block]
    }
  }
}
