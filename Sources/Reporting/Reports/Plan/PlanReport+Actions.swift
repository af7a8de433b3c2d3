import AssessmentModel
import Planning
import Scoring

/// What was chosen and how good a choice it is; or that the commitments alone take more than there is.
private func selectionWords(_ plan: Plan) -> String {
  func days(_ count: Int) -> String { counted(count, "person-day", "person-days") }
  let selection = plan.selection
  let needed = selection.effortDays + plan.setAsideDays
  if needed > plan.capacityDays {
    return "The commitments, with what they need first, take \(days(needed)), more than the "
      + "\(days(plan.capacityDays)) there are over a year; nothing was added to them."
  }
  let setAside =
    plan.setAsideDays > 0 ? " (and \(plan.setAsideDays) set aside for what has no estimate yet)" : ""
  let promised = plan.commitments.contains { selection.chosen.contains($0.action) }
  let assumed =
    plan.capacityDays == PlanningPolicy.standard.capacityDays
    ? " (assumed)" : ""
  let chosen = plan.candidates.filter { selection.chosen.contains($0.id) }
  let points = chosen.reduce(0) { $0 + ($1.points ?? 0) }
  let doubled = plan.raise.isEmpty ? "" : ", the areas to raise counting double"
  return "What adds most to the index\(doubled), within \(days(plan.capacityDays)) over a year"
    + "\(assumed): \(decimal(points, 1)) points for \(counted(selection.effortDays, "day", "days"))\(setAside)"
    + (plan.isTeamsOwn && promised ? ", our commitments among them" : "")
    + (selection.optimal
      ? "; no other choice within these days is worth more."
      : "; another choice could be worth up to \(decimal(selection.gap, 1)) points more.")
}

func actionSection(_ plan: Plan, _ subject: Subject) -> Document {
  var document: Document = [.heading(2, "6. Actions and roadmap")]
  let assumed = PlanningPolicy.standard.assumedEffortDays
  document.append(.paragraph(Words(selectionWords(plan))))
  if (plan.actions.map(\.candidate) + plan.beyondHorizon).contains(where: { $0.effortDays == nil }) {
    document.append(
      .paragraph(
        Words(
          "Where nobody has estimated the effort, \(counted(assumed, "day is", "days are")) counted; put "
            + "in what you think.")))
  }
  for window in ["0-30", "31-60", "61-90", "91-365"] {
    let actions = plan.actions.filter { $0.window == window }
    guard !actions.isEmpty else { continue }
    let last = actions.map(\.due).max().map { ", by \($0)" } ?? ""
    document.append(.heading(3, "Done in days \(window.replacing("-", with: " to "))\(last)"))
    for action in actions { document += describe(action, plan, subject) }
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
  // What the team has promised is told in its own words.
  let promise = plan.commitments.first { $0.action == candidate.id }
  var lines: [(String, String)] = [
    ("Who", ownerWords(promise, candidate)),
    ("Effort", candidate.effortDays.map { counted($0, "day", "days") } ?? "to be filled in"),
  ]
  // What is promised stands in full at the beginning.
  if promise == nil { lines.append(("First step", candidate.firstStep)) }
  let needed = candidate.requires.map { id in
    plan.candidates.first { $0.id == id }.map { "“\($0.title)”" } ?? id
  }
  if !needed.isEmpty { lines.append(("Needs first", listed(needed))) }
  if promise == nil, let done = candidate.done { lines.append(("Done when", done)) }
  if let metric = candidate.metric { lines.append(("Metric", metric)) }
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
  case .own: lines.append(("From", "ourselves"))
  }
  return [
    .paragraph(
      Words(candidate.title, .strong) + Words(promise == nil ? "" : " (one of our commitments)", .faint)),
    .bullets(lines.map { Words("\($0): \($1)") }),
  ]
}
