import AssessmentModel
import Planning
import Scoring

/// By what order it was chosen, and how good a choice it is.
private func selectionWords(_ plan: Plan) -> [String] {
  let there =
    "\(counted(plan.capacityDays, "person-day", "person-days")) over a year (\(perMonth(plan))\(plan.isCapacityKnown ? "" : "; `plan edit` asks for yours"))"
  var sentences: [String] = []
  let chosen = plan.candidates.filter { candidate in
    plan.selection.chosen.contains(candidate.id) && !plan.commitments.contains { $0.entry.id == candidate.id }
  }
  // What comes to a commitment counts there, and each as it is printed.
  let overlaps = Set(plan.actions.filter { $0.like != nil }.map(\.candidate.id))
  let points = chosen.filter { !overlaps.contains($0.id) }.reduce(0) { $0 + rounded($1.points ?? 0, 1) }
  let doubled = plan.raise.isEmpty ? "" : ", the areas to raise counting double"
  var order = "Commitments come first"
  if plan.actions.contains(where: { !$0.gaps.isEmpty }) {
    order += ", then the two worst expectations and the two worst moments"
  }
  order += ", then what adds most to the index\(doubled), within \(there)"
  sentences.append(order + (chosen.isEmpty ? "." : ": \(decimal(points, 1)) points beside the commitments."))
  let days = plan.actions.reduce(0) {
    $0 + $1.candidate.days()
  }
  if let shares = shares(plan) { sentences.append(shares) }
  sentences.append("All that is planned takes \(counted(days, "day of work", "days of work")).")
  if !plan.isConfirmed {
    sentences.append(
      "Days of work are our guess until somebody who does it has said how long it takes; with other figures another choice may be better."
    )
  } else if plan.selection.optimal {
    sentences.append("With these days no other choice would add more.")
  } else if plan.selection.gap > 0 {
    sentences.append("Another choice could add up to \(decimal(plan.selection.gap, 1)) points more.")
  }
  return sentences
}

func actionSection(_ plan: Plan, _ subject: Subject) -> Document {
  var document: Document = [.heading(2, "6. Actions and roadmap")]
  document.append(.paragraph(Words(selectionWords(plan).joined(separator: " "))))
  // What is promised, and what comes next; of the rest titles, until the team takes more.
  let told = plan.actions.filter { action in
    action.entry != nil || plan.next.contains { $0.candidate.id == action.candidate.id }
  }
  for window in ["0-30", "31-60", "61-90", "91-365"] {
    let actions = told.filter { $0.window == window }
    guard !actions.isEmpty else { continue }
    document.append(.heading(3, "Done in days \(window.replacing("-", with: " to ")) from \(plan.dayZero)"))
    for action in actions { document += describe(action, plan, subject) }
  }
  return document + laterLines(plan, subject, "Later, by title; `plan edit` takes one up")
}

/// By what order the plan was made, and what comes after what is told of elsewhere.
func laterSection(_ plan: Plan, _ subject: Subject) -> Document {
  [.heading(2, "What comes after that")] + [.paragraph(Words(selectionWords(plan).joined(separator: " ")))]
    + laterLines(plan, subject, "Later, by title")
}

private func laterLines(_ plan: Plan, _ subject: Subject, _ title: String) -> Document {
  var document: Document = []
  let later = plan.later.filter { $0.entry == nil }
  if !later.isEmpty {
    document += [
      .heading(3, title),
      .bullets(
        later.map { action in
          let like =
            action.like.flatMap { number(of: $0, in: plan) }.map { ", overlaps commitment \($0)" } ?? ""
          let worth = action.candidate.points.map { ", \(decimal($0, 1)) points" } ?? ""
          return Words("\(action.candidate.title) ", .strong)
            + Words("(by \(action.due), \(effortWords(action.candidate, plan))\(worth)\(like))")
        }),
    ]
  }
  if !plan.beyondHorizon.isEmpty {
    document += [
      .heading(3, "Beyond the horizon"),
      .paragraph("Wanted, and more than the days allow:"),
      .bullets(plan.beyondHorizon.map { Words($0.title) }),
    ]
  }
  if !plan.unanswered.isEmpty {
    document += [
      .heading(3, "Felt by \(subject.customer.many), without an action of its own yet"),
      .bullets(plan.unanswered.map { Words($0.title) }),
    ]
  }
  return document
}

private func describe(_ action: Plan.Action, _ plan: Plan, _ subject: Subject) -> Document {
  let candidate = action.candidate
  // What the team has promised is told in its own words, and stands in full at the beginning.
  let entry = plan.commitments.first { $0.entry.id == candidate.id }?.entry ?? action.entry
  let isPromise = entry?.isCommitment == true
  var lines: [(String, String)] = [
    (
      "Who",
      entry.flatMap { $0.isNamed ? $0.owner : nil } ?? "nobody yet"
        + (candidate.owner.map { " (perhaps \(roleWords($0)))" } ?? "")
    ),
    ("By", action.due.description), ("Takes", effortWords(candidate, plan)),
  ]
  if let entry, entry.status != .open {
    lines.append(("State", statusWords(entry)))
  }
  if !isPromise { lines.append(("First step", entry?.firstStep.nonEmpty ?? candidate.firstStep)) }
  let needed = candidate.requires.map { id in
    plan.candidates.first { $0.id == id }.map { "“\($0.title)”" } ?? id
  }
  if !needed.isEmpty { lines.append(("Needs first", listed(needed))) }
  if !isPromise, let done = entry?.done.nonEmpty ?? candidate.done { lines.append(("Done when", done)) }
  if let metric = entry?.metric.nonEmpty ?? candidate.metric { lines.append(("Metric", metric)) }
  if !action.gaps.isEmpty, action.gaps.map(\.id) != [candidate.id] {
    lines.append(("Answers", listed(action.gaps.map { gap in "“\(gapWords(gap, plan))”" })))
  }
  switch candidate.source {
  case .item:
    let item = candidate.item.flatMap { subject.questionnaire.item($0) }
    // The positions between two statements have letters and no levels.
    let levels =
      item.map { subject.questionnaire.anchors(of: $0).isEmpty } == true
      ? "" : "level \(candidate.from ?? 0) to \(candidate.to ?? 0), "
    lines.append(
      ("From", "“\(item?.text ?? "")”, \(levels)worth \(decimal(candidate.points ?? 0, 1)) points"))
  case .expectation: lines.append(("From", "an expectation that is not met"))
  case .moment: lines.append(("From", "a moment of contact that falls short"))
  case .own:
    let isOwn = OwnLine.number(of: candidate.id) != nil
    lines.append(("From", isOwn ? "ourselves" : "a gap that is closed, or not asked about any more"))
  }
  return [
    .paragraph(
      Words(entry?.title ?? candidate.title, .strong)
        + Words(isPromise ? " (one of our commitments)" : "", .faint)),
    .bullets(lines.map { Words("\($0.0): \($0.1)") }),
  ]
}

/// What was written of a gap: the expectation, or the moment.
private func gapWords(_ gap: Candidate, _ plan: Plan) -> String {
  if gap.source == .moment, let moment = moment(gap, plan) { return moment.moment }
  return gap.about ?? gap.title
}
