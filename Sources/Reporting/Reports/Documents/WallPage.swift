import AssessmentModel
import Planning
import Scoring

/// One sheet for the wall, to be read from two steps away and written on at each check: what was promised, with names and
/// days; when it is looked at again; and below, small, where it comes from.
package func wallPage(_ subject: Subject, _ plan: Plan?) -> Document {
  let day = subject.assessment.heldAt.map { ", since \(longDay($0.day))" } ?? ""
  guard subject.scorecard.verdict.orientation != nil, let plan else {
    return [.heading(1, subject.name)] + insufficient(subject)
  }
  let open = plan.commitments.filter(\.entry.status.isOpen)
  var document: Document = [
    .heading(1, title(open, subject)), .paragraph(Words("\(subject.name)\(day)", .faint)),
  ]
  document.append(.group(.beside, open.map { .group(.promise, promised($0, plan, subject)) }))
  let done = plan.commitments.filter { $0.entry.status == .done }
  if !done.isEmpty {
    document.append(
      .paragraph(Words("Done: ", .strong) + Words("\(listed(done.map { "“\($0.entry.title)”" })).")))
  }
  document += checks(plan)
  document.append(.paragraph(Words("Where this comes from: ", .strong) + Words(origin(subject))))
  return document
}

private func title(_ open: [Plan.Promise], _ subject: Subject) -> String {
  let many = subject.customer.many
  if open.isEmpty { return "What we do for our \(many)" }
  let things = open.count == 1 ? "one thing" : "\(spelled(open.count)) things"
  return open.contains(where: \.entry.isNamed)
    ? "\(things.capitalizedFirst) we do for our \(many)"
    : "\(things.capitalizedFirst) to do for our \(many): who says yes?"
}

/// One commitment as it hangs on the wall.
private func promised(_ promise: Plan.Promise, _ plan: Plan, _ subject: Subject) -> Document {
  let entry = promise.entry
  let who = entry.isNamed ? entry.owner : "Nobody yet: ______________"
  let state = entry.status == .open ? "" : " · \(statusWords(entry))"
  var lines: [Words] = []
  if !entry.done.isEmpty { lines.append(Words("Done when: ", .strong) + Words(entry.done)) }
  if !entry.stop.isEmpty { lines.append(Words("For it we stop: ", .strong) + Words(entry.stop)) }
  if let name = promise.metric {
    let blanks = Array(repeating: "_____", count: 4).joined(separator: " ")
    let metric = metric(of: promise, in: plan)
    let figures = metric.map(figuresWords) ?? "today _____, goal _____"
    lines.append(
      Words("We count: ", .strong)
        + Words("\(metric.map(namedWithFormula) ?? name): \(figures); at each check \(blanks)"))
  }
  if entry.status == .open {
    for (place, step) in promise.steps.enumerated() where !step.text.isEmpty {
      let by = step.day.map { ", by \(shortDay($0))" } ?? ""
      // What is counted stands above.
      let text =
        promise.countsFirst && place == 0 ? "Count how it is today, before anything changes." : step.text
      lines.append(Words("☐ \(place == 0 ? "First" : "Then")\(by): ", .strong) + Words(text))
    }
  }
  if let why = because(promise, plan, subject) { lines.append(Words("Because \(why).", .faint)) }
  return [
    .heading(2, entry.title),
    .paragraph(Words("\(who)\(entry.due.map { " · by \(shortDay($0))" } ?? "")\(state)", .strong)),
  ] + lines.map { .paragraph($0) }
}

/// The days on which it is looked at again, to be ticked.
private func checks(_ plan: Plan) -> Document {
  guard let next = plan.nextCheck else { return [] }
  let who = plan.kept.keeper.isEmpty ? "" : ", \(plan.kept.keeper) leads"
  let days = plan.calendar.days.filter { $0 >= next }.map { "☐\u{A0}\(shortDay($0))" }
  return [
    .group(
      .promise,
      [
        .paragraph(
          Words("Five minutes together\(who): ", .strong) + Words(days.joined(separator: "   "))),
        .paragraph(
          Words(
            "Each time: What is done, what shows it? What is stuck, who helps? What is the figure now? All questions are asked again on \(longDay(plan.review))."
          )),
      ])
  ]
}

/// Who asked themselves what, and what came out, for those who were not there.
private func origin(_ subject: Subject) -> String {
  let card = subject.scorecard
  let many = subject.customer.many
  guard let index = card.index, let certainty = card.verdict.certainty, let claim = claim(card) else {
    return ""
  }
  let people = certainty.spread.voters == 1 ? "one of us" : "\(spelled(certainty.spread.voters)) of us"
  let range =
    "others like \(certainty.spread.voters == 1 ? "them" : "us") could say anything from \(decimal(certainty.range.lowerBound)) to \(decimal(certainty.range.upperBound))"
  let lowest = card.dimensions.compactMap(\.score).min()
  let areas = card.dimensions.filter { $0.score == lowest && lowest != nil }.map {
    subject.title(ofDimension: $0.id)
  }
  let furthest = areas.isEmpty || areas.count > 3 ? "" : " Furthest from \(many): \(listed(areas))."
  return
    "\(people) asked: are things here arranged around our \(many) (Outside-In) or around ourselves (Inside-Out)? "
    + "\(claim): \(shownIndex(index, cut: card.cut)) of 100; \(range).\(furthest)"
}
