import AssessmentModel
import Reporting
import Scoring

extension SessionShell {
  /// Shows each text that was typed beside the answers and asks whether documents may carry it. What is said is stored before
  /// anything is written. False where it could not be stored.
  ///
  /// - Parameter again: those, too, of which somebody has decided already.
  func decideWhatGoesOut(again: Bool = false) throws(Exit) -> Bool {
    let decided = interview.assessment.keptPlan.released
    let remarks = interview.assessment.remarks(in: questionnaire).filter { again || decided[$0] == nil }
    if remarks.isEmpty { return true }
    let one = remarks.count == 1
    try say(
      "What was said in the room stays there. \(one ? "This text" : "Each of these \(remarks.count) texts") goes out with "
        + "documents only if you say so: y or n, Enter is n\(one ? "" : "; `all` and `none` answer for the rest, `back` goes to the one before")."
    )
    var answers: [Bool] = []
    asking: while answers.count < remarks.count {
      let remark = remarks[answers.count]
      try show([
        .gap,
        .paragraph(
          Words("\(answers.count + 1) of \(remarks.count)  ", .faint)
            + Words(remarkWords(remark, questionnaire), .strong)), .paragraph(Words(remark.text)),
      ])
      let earlier = decided[remark].map { $0 ? " (it does so far, Enter keeps that)" : " (not so far)" } ?? ""
      let line = try read("Does it go out?\(earlier) y or n> ").trimmed.lowercased()
      switch line {
      case "all", "none":
        answers += Array(repeating: line == "all", count: remarks.count - answers.count)
      case "back": if !answers.isEmpty { answers.removeLast() }
      case "quit", "exit", "q":
        // What was said counts.
        _ = try keepReleases(remarks, answers)
        try quit()
      case "": answers.append(decided[remark] ?? false)
      default:
        guard let answer = YesOrNo(line) else {
          try say("y, n, all, none, back or quit.")
          continue asking
        }
        answers.append(answer == .yes)
      }
    }
    guard try keepReleases(remarks, answers) else { return false }
    let out = answers.count { $0 }
    try say(
      "Kept: \(counted(out, "text goes", "texts go")) out, \(counted(answers.count - out, "stays", "stay")). "
        + "`--ask-notes` asks again.")
    return true
  }

  private func keepReleases(_ remarks: [Remark], _ answers: [Bool]) throws(Exit) -> Bool {
    if answers.isEmpty { return true }
    let out = zip(remarks, answers).filter { $1 }.map { $0.0 }
    let staying = zip(remarks, answers).filter { !$1 }.map { $0.0 }
    let now = environment.now()
    return try store(plan: [DatedPlanEvent(at: now, .released(out: out, staying: staying))], at: now)
  }

  /// What an assessment says in a document.
  var outgoingSubject: Subject {
    Subject(
      interview.assessment, questionnaire, score(interview.assessment, with: questionnaire),
      staying: interview.assessment.staying(.released, in: questionnaire))
  }
}

extension PlanShell {
  /// Decides what documents may carry; `ended` where somebody leaves.
  package func decide(again: Bool) -> Outcome {
    outcome { () throws(Exit) in
      guard try self.decideWhatGoesOut(again: again) else { throw .quit }
    }
  }
}

/// `Note on “…”`
private func remarkWords(_ remark: Remark, _ questionnaire: Questionnaire) -> String {
  let text = remark.item.flatMap { questionnaire.item($0)?.text }
  let name: String =
    switch remark.kind {
    case .note: "Note"
    case .evidence: "What shows it"
    case .reason:
      remark.text.hasPrefix(Settlement.unclear) ? "Why it was left open" : "Why it was settled so"
    case .dissent: "Dissent"
    case .explanation: "How it was explained"
    case .parked: "Put off"
    }
  return text.map { "\(name): “\($0)”" } ?? name
}
