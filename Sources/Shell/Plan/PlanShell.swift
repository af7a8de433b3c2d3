import AssessmentModel
import Interview
import Planning
import Reporting
import Storage

/// A plan at a prompt: its lines looked at, changed, checked. Each change is stored before it counts, beside the answers,
/// which it can't touch.
package final class PlanShell: SessionShell {
  /// Makes the plan of an assessment as it is by then; nil where there is no verdict to plan from.
  let makePlan: (Assessment) -> Plan?

  package init(
    console: any Console, store: Store, stored: StoredAssessment, questionnaire: Questionnaire,
    environment: ShellEnvironment, makePlan: @escaping (Assessment) -> Plan?
  ) {
    self.makePlan = makePlan
    super.init(
      console: console, store: store, stored: stored,
      interview: Interview(questionnaire: questionnaire, rater: nil, session: stored.session),
      library: { _ in nil },
      environment: environment)
  }

  /// A text; nil where somebody goes back. A few words mean the same at every question here.
  override func readText(_ prompt: String, staying: [String] = []) throws(Exit) -> String? {
    while true {
      let line = try reply(to: "\(prompt)> ")
      let word = line.lowercased()
      switch word.first == ":" ? String(word.dropFirst()) : word {
      case "quit", "exit": try quit()
      case "back", "cancel": return nil
      case "undo": try undo(redo: false)
      case "redo": try undo(redo: true)
      case "history": try page(planHistoryReport(stored.assessment, subject))
      case "help", "?":
        try say(
          "What is asked for stands before the >; Enter leaves it as it is. back leads out of it, undo takes the last change back, quit leaves the plan."
        )
      default: return line
      }
    }
  }

  override func quit() throws(Exit) -> Never {
    try say("Everything is saved.")
    throw .quit
  }

  /// Changes lines until somebody leaves.
  package func edit() -> Outcome { outcome { () throws(Exit) in try self.editLines() } }

  /// Asks for each line what has become of it.
  package func check() -> Outcome { outcome { () throws(Exit) in try self.checkLines() } }

  /// The plan as it is now. There is one: the session was opened with it.
  var current: Plan {
    get throws(Exit) {
      guard let plan = makePlan(stored.assessment) else { throw .quit }
      return plan
    }
  }

  var today: Day { environment.today() }

  /// Stores what happened to the plan; false where it could not be stored and was given up.
  @discardableResult
  func keep(_ events: PlanEvent...) throws(Exit) -> Bool { try keep(events) }

  func keep(_ events: [PlanEvent]) throws(Exit) -> Bool {
    let now = environment.now()
    let before = try current
    // What is so already is no change.
    let events = events.filter { event in
      if case .kept(let lines) = event { !lines.allSatisfy(before.kept.entries.contains) } else { true }
    }
    if events.isEmpty { return true }
    guard try store(plan: events.map { DatedPlanEvent(at: now, $0) }, at: now) else { return false }
    if let words = otherProposals(before, try current) { try say(words) }
    return true
  }

  // MARK: Taking back

  /// Takes the last change back, or brings it again, and says what it was.
  package static func undoing(_ history: PlanHistory, redo: Bool) -> (event: PlanEvent, words: String)? {
    guard let dated = redo ? history.nextRedo : history.nextUndo else { return nil }
    var before = history
    if !redo { before.apply(DatedPlanEvent(at: dated.at, .undone)) }
    let words = planEventWords(dated.event, before: before.plan)
    return (
      redo ? .redone : .undone, "\(redo ? "There again" : "Taken back"): \(words) (of \(dated.at.day))."
    )
  }

  func undo(redo: Bool) throws(Exit) {
    guard let (event, words) = Self.undoing(stored.assessment.planHistory, redo: redo) else {
      return try say(redo ? "There is nothing to bring again." : "There is nothing to take back.")
    }
    if try keep(event) { try say(words) }
  }
}
