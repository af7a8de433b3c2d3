import AssessmentModel
import Planning
import Scoring

/// One sheet for the wall: the sentence, the areas, and what was promised, with names and days.
package func wallPage(_ subject: Subject, _ plan: Plan?) -> Document {
  let day = subject.assessment.heldAt.map { ", \($0.day)" } ?? ""
  var document: Document = [.heading(1, "\(subject.name)\(day)")]
  guard subject.scorecard.verdict.orientation != nil, let plan else {
    return document + insufficient(subject)
  }
  document.append(
    .group(.lead, [.paragraph(Words(headline(subject, .team), .strong))]))
  if let words = reach(subject.scorecard, .team) { document.append(.paragraph(Words(words))) }
  let open = plan.commitments.filter(\.entry.status.isOpen)
  if !open.isEmpty {
    let named = open.filter(\.entry.isNamed).count
    document.append(
      .heading(
        2,
        named == open.count
          ? (open.count == 1 ? "What we begin" : "The \(spelled(open.count)) things we begin")
          : named == 0 ? "Not promised yet: who says yes?" : "What we begin, and what nobody has said yes to")
    )
    document.append(.group(.beside, open.map { .group(.promise, promised($0)) }))
  }
  let done = plan.commitments.filter { $0.entry.status == .done }
  if !done.isEmpty {
    document.append(
      .paragraph(Words("Done: ", .strong) + Words("\(listed(done.map { "“\($0.entry.title)”" })).")))
  }
  if let check = plan.nextCheck {
    let who = plan.kept.keeper.isEmpty ? "" : " \(plan.kept.keeper) calls us."
    document.append(
      .paragraph(
        Words("We look at it again on \(withWeekday(check)), five minutes.\(who) ", .strong)
          + Words("All questions again on \(plan.review).")))
  }
  if let chart = areasChart(subject, raised: plan.raise) {
    document.append(.profile(profile(subject)).titled(chart))
  }
  return document
}

extension Block {
  /// The areas alone: a wall has no room for what is to be said of them.
  fileprivate func titled(_ chart: Chart) -> Block {
    .chart(Chart(title: chart.title, says: "", figure: chart.figure, table: Table([], rows: [])))
  }
}

/// One commitment as it hangs on the wall.
private func promised(_ promise: Plan.Promise) -> Document {
  let entry = promise.entry
  var lines: [Words] = []
  if let step = promise.steps.first, !step.text.isEmpty, entry.status == .open {
    lines.append(
      Words("First\(step.day.map { ", by \(withWeekday($0))" } ?? ""): ", .strong)
        + Words(sentence(step.text)))
  }
  lines.append(
    Words(
      "Done\(entry.due.map { " by \(withWeekday($0))" } ?? "")\(entry.done.isEmpty ? "" : " when:") ", .strong
    )
      + Words(entry.done))
  if !entry.stop.isEmpty { lines.append(Words("We stop: ", .strong) + Words(entry.stop)) }
  let state = entry.status == .open ? "" : " (\(statusWords(entry)))"
  return [
    .heading(3, entry.title),
    .paragraph(Words((entry.isNamed ? entry.owner : "Nobody yet") + state, entry.isNamed ? .strong : .bad)),
  ] + lines.map { .paragraph($0) }
}
