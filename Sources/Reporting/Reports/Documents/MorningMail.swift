import AssessmentModel
import Planning
import Scoring

/// A text for tomorrow morning, to paste into a mail: the result, what was promised, when it is looked at again, and who sees
/// it otherwise.
package func morningMail(_ subject: Subject, _ plan: Plan?) -> String {
  let day = subject.assessment.heldAt.map { ", \($0.day)" } ?? ""
  var lines = ["Subject: What we found, and what we begin: \(subject.name)\(day)", "", "Hello,", ""]
  guard subject.scorecard.verdict.orientation != nil, let plan else {
    lines += insufficient(subject).flatMap { plainLines($0) }
    return lines.map(\.harmless).joined(separator: "\n") + "\n"
  }
  lines += [
    "we have asked ourselves how we work for our \(subject.customer.many). \(whoAnswered(subject))", "",
    headline(subject, .team),
  ]
  lines += [reach(subject.scorecard, .team)].compactMap { $0 }
  lines.append("")
  let open = plan.commitments.filter(\.entry.status.isOpen)
  let named = open.filter(\.entry.isNamed)
  if open.isEmpty {
    lines += ["Nothing has been promised yet.", ""]
  } else {
    lines += [named.isEmpty ? "Nobody has said yes to these yet:" : "What we begin:", ""]
    for (place, promise) in open.enumerated() {
      let entry = promise.entry
      lines.append("\(place + 1). \(entry.title) – \(entry.isNamed ? entry.owner : "nobody yet")")
      if let step = promise.steps.first, !step.text.isEmpty, entry.status == .open {
        lines.append("   First\(step.day.map { ", by \(longDay($0))" } ?? ""): \(sentence(step.text))")
      } else if entry.status != .open {
        lines.append("   \(sentence(statusWords(entry).capitalizedFirst))")
      }
      let done = entry.done.isEmpty ? "" : " when: \(sentence(entry.done))"
      if entry.due != nil || !done.isEmpty {
        lines.append("   Done\(entry.due.map { " by \(longDay($0))" } ?? "")\(done)")
      }
      if !entry.stop.isEmpty { lines.append("   For it we stop: \(sentence(entry.stop))") }
      lines.append("")
    }
  }
  if let check = plan.nextCheck {
    let who = plan.kept.keeper.isEmpty ? "" : " \(plan.kept.keeper) calls the check."
    lines += ["We look at it again on \(longDay(check)), five minutes.\(who)", ""]
  }
  let dissent = subject.questionnaire.items.compactMap { item in
    subject.assessment.settled[item.id]?.dissent.map { (item, $0) }
  }
  if !dissent.isEmpty {
    lines.append("Not all of us see it so:")
    lines += dissent.map { item, text in "- \(dissentWords(item, text, subject))" } + [""]
  }
  if let question = questionToReader(subject) { lines += [question, ""] }
  lines.append(plan.kept.keeper)
  return lines.map(\.harmless).joined(separator: "\n").trimmed + "\n"
}

/// `“Who …?” Settled: “…” But: sales does call ahead.`
func dissentWords(_ item: Item, _ text: String, _ subject: Subject) -> String {
  var settled = ""
  if case .level(let level) = subject.assessment.settled[item.id]?.answer, let scored = item.scored {
    settled = subject.words(of: scored.oriented(level), of: item).map { " Settled: \($0)" } ?? ""
  }
  return "“\(item.text)”\(settled) Seen otherwise: \(sentence(text))"
}

/// Who was not asked is asked now.
private func questionToReader(_ subject: Subject) -> String? {
  let card = subject.scorecard
  guard let count = card.moreRaters?.withinTen.people, count > 0 else { return nil }
  return
    "You were not asked yet? \(spelled(count).capitalizedFirst) more \(count == 1 ? "answer" : "answers") to the same questions would make this surer; please reply."
}

private func plainLines(_ block: Block) -> [String] {
  switch block {
  case .paragraph(let words): [words.text]
  case .bullets(let items), .numbered(let items): items.map { "- \($0.text)" }
  case .heading(_, let text): [text]
  case .table, .profile, .changes, .histogram, .options, .chart, .group, .strip, .gap: []
  }
}
