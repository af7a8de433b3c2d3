import AssessmentModel
import Planning

/// The plan of the time before, as the next one tells of it.
package struct LastPlan: Sendable {
  /// When it was made; nil where nothing says so.
  package let day: Day?
  package let ledger: PlanLedger

  package init(day: Day?, ledger: PlanLedger) {
    self.day = day
    self.ledger = ledger
  }
}

/// `4 of 6 done, 2 of them with something to show; their questions: 3 of 4 rose; of the 12 nobody worked on, 6 rose.`
package func ledgerWords(_ ledger: PlanLedger) -> String {
  let all = ledger.untouched
  guard ledger.isRecorded else {
    return
      "Whether \(ledger.lines.count == 1 ? "it was" : "they were") done is not recorded. Of all \(all.questions) questions that can be compared \(all.rose) rose, so that one of them rose proves little."
  }
  let done = ledger.done.count
  let shown = ledger.shown.count
  let one = done == 1
  var words = "\(done) of \(ledger.lines.count) done"
  if done > 0 {
    words +=
      ", \(shown == done ? one ? "with something to show" : "all with something to show" : "\(shown == 0 ? "none" : spelled(shown)) of them with something to show")"
    words +=
      ledger.worked.questions == 0
      ? "; no question is about \(one ? "it" : "them") alone"
      : "; \(one ? "its" : "their") \(ledger.worked.questions == 1 ? "question" : "questions"): \(ledger.worked.rose) of \(ledger.worked.questions) rose"
  }
  words +=
    all.questions == 0
    ? "; there is no question that nobody worked on to hold it against."
    : "; of the \(all.questions) nobody worked on, \(all.rose) rose."
  return words + (proof(ledger).map { " \($0)" } ?? "")
}

/// What the two counts tell beside each other; nil where there is nothing to tell.
private func proof(_ ledger: PlanLedger) -> String? {
  guard ledger.worked.rose > 0, ledger.untouched.questions > 0 else { return nil }
  let worked = Double(ledger.worked.rose) / Double(ledger.worked.questions)
  let others = Double(ledger.untouched.rose) / Double(ledger.untouched.questions)
  return others > worked - 0.25
    ? "Answers rose nearly as often where nobody worked, so this is no sign that the plan did it."
    : "That is more than where nobody worked: a hint, and no proof, that the plan did it."
}

/// What became of a line, in words: `done; shown: seven of ten`.
func lineWords(_ line: PlanLedger.Line) -> String {
  let entry = line.entry
  let shown = entry.status == .done && !entry.shown.isEmpty ? "; shown: \(entry.shown)" : ""
  return statusWords(entry) + shown
}

/// What became of the plan, line by line, and what that proves.
func ledgerSection(_ subject: ComparisonSubject) -> Document {
  let ledger = subject.ledger
  if ledger.lines.isEmpty { return [] }
  let rows = ledger.lines.map { line in
    let entry = line.entry
    let who = entry.isNamed ? "\(entry.owner)" : "nobody"
    let state = ledger.isRecorded ? "\(sentence(lineWords(line))) " : ""
    return Words("\(entry.title) ", .strong)
      + Words("(\(who)): \(state)\(sentence(moved(line, subject).capitalizedFirst))")
  }
  return [
    .heading(2, "What became of the plan of \(subject.day(subject.comparison.latest.from))"),
    .paragraph(Words(ledgerWords(ledger), .strong)), .bullets(rows),
    .paragraph(
      "A single question moves by chance, too, and one that is answered higher by those who did the work proves little: "
        + "hold it against the questions that nobody worked on."),
  ]
}

private func moved(_ line: PlanLedger.Line, _ subject: ComparisonSubject) -> String {
  func question(_ item: String) -> String {
    subject.questionnaire.item(item).map { "“\($0.text)”" } ?? item
  }
  switch (line.item, line.delta) {
  case (let item?, let delta?):
    return abs(delta) < 0.05
      ? "\(question(item)) stands where it stood"
      : "\(question(item)) \(delta > 0 ? "rose" : "fell") by \(decimal(abs(delta), 1)) levels, on 0 to 4"
  case (let item?, nil): return "\(question(item)) can't be compared"
  case (nil, _): return "no single question shows it"
  }
}
