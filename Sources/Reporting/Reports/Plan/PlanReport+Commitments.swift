import AssessmentModel
import Planning
import Scoring

/// What somebody signs: who does what by when, what shows it, what stops for it and what is counted; what nobody has said
/// yes to, apart.
func commitmentSection(_ plan: Plan, _ subject: Subject) -> Document {
  let open = plan.commitments.filter(\.entry.status.isOpen)
  let named = open.filter(\.entry.isNamed)
  let unnamed = open.filter { !$0.entry.isNamed }
  var document: Document = []
  if plan.commitments.isEmpty { document.append(.heading(2, "No commitments yet")) }
  if !named.isEmpty {
    document.append(
      .heading(2, named.count == 1 ? "Our commitment" : "Our \(spelled(named.count)) commitments"))
    document += named.map { .group(.kept, describe($0, plan)) }
  }
  if !unnamed.isEmpty {
    let one = unnamed.count == 1
    document.append(
      .heading(2, "Not yet \(one ? "a commitment" : "commitments"): nobody has said yes"))
    if plan.isProposed {
      document.append(.paragraph("What the program would take; the team has not chosen yet."))
    }
    document += unnamed.map { .group(.kept, describe($0, plan)) }
  }
  document += closedLines(plan)
  document += reachOfCommitments(plan, subject).map { .paragraph(Words($0)) }
  return document
}

/// The number of a line of the plan.
package func number(of id: String, in plan: Plan) -> Int? { plan.lines.first { $0.entry.id == id }?.number }

private func describe(_ promise: Plan.Promise, _ plan: Plan) -> Document {
  let entry = promise.entry
  let who =
    entry.isNamed
    ? entry.owner : promise.candidate?.owner.map { "nobody yet (perhaps \(roleWords($0)))" } ?? "nobody yet"
  let former =
    entry.formerOwners.last { $0.name.nameKey != entry.owner.nameKey }.map {
      " (until \($0.until) \($0.name))"
    } ?? ""
  let number = number(of: entry.id, in: plan).map { "\($0). " } ?? ""
  var lines: [(String, String)] = []
  if let heard = plan.kept.lastHeard(entry.id) {
    lines.append(("Heard on \(heard.day)", hearingWords(heard)))
  } else if entry.status != .open {
    lines.append(("State", statusWords(entry)))
  }
  lines += steps(promise)
  lines += [
    (
      "Done" + (entry.due.map { " by \(withWeekday($0))" } ?? "")
        + (promise.isDueProposed ? " (proposed)" : "")
        + overdueWords(entry, plan) + " when",
      entry.done.isEmpty ? "nobody has said yet what shows it" : entry.done
    ),
    ("We stop", entry.stop),
    (
      "We count",
      promise.metric.map { counting($0, promise, plan) }
        ?? "nothing yet; the prompt of `plan edit` has figures to choose from"
    ),
  ]
  return [
    .paragraph(
      Words("\(number)\(entry.title)", .strong) + Words(" – \(who)\(former), \(effort(of: promise, plan))")),
    .bullets(lines.filter { !$0.1.isEmpty }.map { Words("\($0.0): ", .strong) + Words($0.1) }),
  ]
}

/// The steps with their days.
private func steps(_ promise: Plan.Promise) -> [(String, String)] {
  promise.steps.enumerated().map { place, step in
    ("\(place == 0 ? "First step" : "Then")\(step.day.map { ", by \(withWeekday($0))" } ?? "")", step.text)
  }
}

/// Whether a line's day had gone by when the plan was changed last.
func overdueWords(_ entry: PlanEntry, _ plan: Plan) -> String {
  guard let due = entry.due, entry.status.isOpen, due < plan.asOf else { return "" }
  return " – OVERDUE on \(plan.asOf)"
}

private func effort(of promise: Plan.Promise, _ plan: Plan) -> String {
  guard let candidate = promise.candidate else {
    return promise.entry.effortDays.map { counted($0, "day of work", "days of work") }
      ?? "days of work not said"
  }
  return effortWords(candidate, plan)
}

/// `calls per 100 jobs: 31 before it began, 28 on 2026-09-15, to become 10`
private func counting(_ name: String, _ promise: Plan.Promise, _ plan: Plan) -> String {
  guard let metric = plan.metrics.first(where: { $0.name.nameKey == name.nameKey }) else {
    return promise.countsFirst
      ? "what the first step counts, again and again; no target yet" : "\(name); not counted yet"
  }
  let formula = metric.formula.map { " (\($0))" } ?? ""
  let parts = [
    metric.baseline.map { "\(plain($0)) before it began" },
    metric.latest.map { "\(plain($0.value)) on \($0.date)" },
    metric.target.map { "to become \(plain($0))" } ?? "no target yet",
  ].compactMap { $0 }
  return
    "\(metric.name)\(formula)\(parts.isEmpty ? "; not counted yet" : ": \(parts.joined(separator: ", "))")"
}

/// `an office manager`; `whoever answers complaints` needs no article.
package func roleWords(_ role: String) -> String {
  role.hasPrefix("who") ? role : withArticle(role)
}

private func stuckWords(_ entry: PlanEntry) -> String {
  var words = entry.blocks.isEmpty ? "nobody has said on what" : entry.blocks
  if !entry.helps.isEmpty {
    words += "; \(entry.helps) helps\(entry.helpsBy.map { ", by \(withWeekday($0))" } ?? "")"
  }
  return words
}

/// What was done, with what shows it and what was counted, and what was given up; actions, too.
private func closedLines(_ plan: Plan) -> Document {
  let closed = plan.lines.filter { $0.isKept && !$0.entry.status.isOpen }
  if closed.isEmpty { return [] }
  return [
    .heading(2, "Done, or given up"),
    .bullets(
      closed.map { line in
        let entry = line.entry
        let who = entry.isNamed ? " (\(entry.owner))" : ""
        let shown = entry.shown.isEmpty ? "" : ": \(entry.shown)"
        let promise = plan.commitments.first { $0.entry.id == entry.id }
        let counted =
          promise.flatMap { promise in
            promise.hasBaseline ? promise.metric.map { counting($0, promise, plan) } : nil
          }
          .map { " We count \($0)." } ?? ""
        let words = "\(line.number). \(entry.title)\(who)\(shown)"
        return Words("\(statusWords(entry).capitalizedFirst): ", .strong)
          + Words((counted.isEmpty ? words : sentence(words)) + counted)
      }),
  ]
}

/// How a line stands: `under way`, `stuck: no board yet; Ben helps`, `done, nothing shown` or `given up`.
package func statusWords(_ entry: PlanEntry) -> String {
  switch entry.status {
  case .open: "open"
  case .doing: "under way"
  case .stuck: "stuck: \(stuckWords(entry))"
  case .done: entry.shown.isEmpty ? "done, nothing shown" : "done"
  case .dropped: "given up"
  }
}

/// What the commitments could move the index, beside the smallest change that a comparison can see; and whether there are
/// days for them.
private func reachOfCommitments(_ plan: Plan, _ subject: Subject) -> [String] {
  let live = plan.commitments.filter { $0.entry.status != .dropped }
  guard !live.isEmpty else { return [] }
  let one = live.count == 1
  var sentences: [String] = []
  if plan.missingDays > 0 {
    sentences.append(
      "There is not enough time: until \(one ? "it is" : "they are") due \(counted(plan.missingDays, "day of work is", "days of work are")) missing, at \(perMonth(plan)). Free more, move a day, or promise less."
    )
  }
  let card = subject.scorecard
  let isAnonymous = subject.assessment.anonymous
  let people = max(1, card.verdict.certainty?.spread.voters ?? subject.staff.count)
  let items = max(1, card.contributions.count)
  func smallest(_ same: Int) -> Double {
    detectableChange(people: people, same: same, items: items, anonymous: isAnonymous, policy: card.policy)
  }
  // As the parts are printed in the appendix, so that they add up.
  guard plan.points != nil, case let points = live.compactMap(\.points).map({ rounded($0, 1) }).reduce(0, +)
  else {
    return sentences + [
      "Judge \(one ? "it" : "these") by what is counted: no question of the assessment is about \(one ? "it" : "them"), so the index may not see \(one ? "it" : "them")."
    ]
  }
  let replaced = min(2, people)
  let who =
    people == 1
    ? "one person, asked again,"
    : isAnonymous
      ? "\(spelled(people)) people whose votes are counts"
      : "the same \(spelled(people)) people, asked again,"
  let others =
    isAnonymous || people == 1
    ? ""
    : " (with \(replaced == people ? "both" : "two") of them replaced, under \(decimal(smallest(people - replaced))))"
  let sees = "\(who) can't tell a change under \(decimal(smallest(people))) from chance\(others)"
  let adds =
    "\(one ? "It adds" : "Together they add") about \(decimal(points, 1)) of its 100 points if \(one ? "it succeeds" : "all succeed")"
  sentences.append(
    points < smallest(people)
      ? "Judge \(one ? "it" : "these") by what is counted: the index is too coarse to show \(one ? "it" : "them"). \(adds), and \(sees)."
      : "\(adds.replacing("its 100 points", with: "the index's 100 points")); \(sees).")
  return sentences
}

/// Which commitment adds what to the index: `“One rule for handovers” 1.6; two are about no single question`.
func shares(_ plan: Plan) -> String? {
  let live = plan.commitments.filter { $0.entry.status != .dropped }
  guard plan.points != nil else { return nil }
  let adding = live.filter { $0.points != nil }.map { promise in
    let like = promise.like.map { ", if it comes to “\($0.title)”," } ?? ""
    return "“\(promise.entry.title)”\(like) \(decimal(promise.points ?? 0, 1))"
  }
  let rest = live.count - adding.count
  return "The commitments add to the index: " + adding.joined(separator: "; ")
    + (rest == 0
      ? ""
      : "; \(rest == 1 ? "one is" : "\(spelled(rest)) are") without a question of \(rest == 1 ? "its" : "their") own")
    + "."
}

/// `5 days a month, our guess`
func perMonth(_ plan: Plan) -> String {
  let days = Double(plan.capacityDays) / 12
  let figure = decimal(days, days == days.rounded() ? 0 : 1)
  return "\(figure) \(figure == "1" ? "day" : "days") a month\(plan.isCapacityKnown ? "" : ", our guess")"
}
