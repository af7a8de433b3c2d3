import AssessmentModel
import Planning
import Scoring

/// When to look again, and what was said beside the answers, as far as it goes out.
func reviewSection(_ plan: Plan, _ subject: Subject) -> Document {
  [.heading(2, "7. Review")] + reviewLines(plan, subject) + stayingWords(subject)
}

/// - Parameter withDissent: whether it is told here.
func reviewLines(_ plan: Plan, _ subject: Subject, withDissent: Bool = true) -> Document {
  let card = subject.scorecard
  var lines: [Words] = [
    Words("Next assessment: ", .strong) + Words(plan.review.description),
    Words("Look at the commitments after a week: ", .strong)
      + Words(plan.calendar.days.first.map(withWeekday) ?? ""),
  ]
  let dissent = subject.assessment.settled.sorted { $0.key < $1.key }
    .compactMap { item, settlement in
      settlement.dissent.map { "\($0) On “\(subject.questionnaire.item(item)?.text ?? item)”" }
    }
  for text in withDissent ? dissent : [] { lines.append(Words("Dissent: ", .strong) + Words(text)) }
  for item in subject.questionnaire.items {
    if let evidence = subject.assessment.teamEvidence[item.id], let note = evidence.note {
      lines.append(Words("Evidence (\(evidence.grade.rawValue)) for “\(item.text)”: ", .strong) + Words(note))
    }
    if let settled = subject.assessment.settled[item.id], let words = settledWords(settled, item, card) {
      lines.append(
        Words(words, .strong) + Words(" “\(item.text)”\(settled.reason.map { ": \($0)" } ?? "")"))
    }
    for response in subject.assessment.responses.to(item.id) {
      if let note = response.note { lines.append(Words("Note on “\(item.text)”: ", .strong) + Words(note)) }
      if let note = response.evidenceNote {
        lines.append(
          Words("Evidence (\(response.evidence?.rawValue ?? "kind not given")) for “\(item.text)”: ", .strong)
            + Words(note))
      }
    }
  }
  for topic in subject.assessment.parked { lines.append(Words("Parked: ", .strong) + Words(topic)) }
  for item in card.items
  where item.isMissing && subject.assessment.settled[item.id]?.answer != .dontKnow {
    lines.append(
      Words(item.state == .dontKnow ? "Not known: " : "Not answered: ", .strong)
        + Words(subject.questionnaire.item(item.id)?.text ?? item.id))
  }
  return [.bullets(lines)]
}

/// What was typed beside the answers and is not in here; nothing where nothing was.
func stayingWords(_ subject: Subject) -> Document {
  let kinds = Remark.Kind.allCases.compactMap { kind -> String? in
    let count = subject.staying.count { $0.kind == kind }
    return count == 0 ? nil : remarksWords(kind, count)
  }
  if kinds.isEmpty { return [] }
  // Whoever looks at it here may know; a reader outside would only ask.
  return [.gap, .strip(["What was said in the room stays there: \(listed(kinds))."])]
}

/// `3 notes`
package func remarksWords(_ kind: Remark.Kind, _ count: Int) -> String {
  switch kind {
  case .note: counted(count, "note", "notes")
  case .evidence: counted(count, "piece of evidence", "pieces of evidence")
  case .reason: counted(count, "reason", "reasons")
  case .dissent: counted(count, "dissent", "dissents")
  case .explanation: counted(count, "explanation of a question", "explanations of questions")
  case .parked: counted(count, "topic put off", "topics put off")
  }
}

/// `Voted 2, settled 3 (4 is the Outside-In end):`; nil where it was settled as it was voted.
private func settledWords(_ settlement: Settlement, _ item: Item, _ card: Scorecard) -> String? {
  switch settlement.answer {
  case .dontKnow: return "Left open together:"
  case .notApplicable: return "Settled as not applying:"
  case .level(let level):
    guard let scored = item.scored else { return nil }
    let middles = middles(of: card.items.first { $0.id == item.id }?.latestVotes.map(\.level) ?? [])
    if middles.isEmpty || middles.contains(scored.oriented(level)) { return nil }
    return "Voted \(middles.map(String.init).joined(separator: " or ")), settled \(scored.oriented(level)) "
      + "(4 is the Outside-In end):"
  }
}
