import AssessmentModel
import Planning
import Scoring

/// What somebody signs: who does what by when, what shows it, what stops for it; what nobody has said yes to, apart.
func commitmentSection(_ plan: Plan, _ subject: Subject) -> Document {
  let open = plan.commitments.filter(\.entry.status.isOpen)
  let named = open.filter(\.entry.isNamed)
  let unnamed = open.filter { !$0.entry.isNamed }
  var document: Document = []
  if plan.commitments.isEmpty { document.append(.heading(2, "No commitments yet")) }
  if !named.isEmpty {
    document.append(
      .heading(2, named.count == 1 ? "Our commitment" : "Our \(named.count) commitments"))
    document += named.flatMap { describe($0, plan) }
  }
  if !unnamed.isEmpty {
    let one = unnamed.count == 1
    document.append(
      .heading(2, "Not yet \(one ? "a commitment" : "commitments"): nobody has said yes"))
    if plan.isProposed {
      document.append(.paragraph("What the program would take; the team has not chosen yet."))
    }
    document += unnamed.flatMap { describe($0, plan) }
  }
  document += closedCommitments(plan)
  document += reachOfCommitments(plan, subject).map { .paragraph(Words($0)) }
  return document
}

/// The number of a line of the plan: its place among those kept, else among the proposed.
package func number(of promise: Plan.Promise, in plan: Plan) -> Int {
  (plan.kept.entries.firstIndex { $0.id == promise.entry.id }
    ?? plan.commitments.firstIndex { $0.entry.id == promise.entry.id } ?? 0) + 1
}

private func describe(_ promise: Plan.Promise, _ plan: Plan) -> Document {
  let entry = promise.entry
  let who =
    entry.isNamed
    ? entry.owner : promise.candidate?.owner.map { "nobody yet; \(roleWords($0))?" } ?? "nobody yet"
  var lines: [(String, String)] = [
    ("First step" + (entry.by.map { ", by \(withWeekday($0))" } ?? ""), firstStepWords(promise)),
    (
      "Done" + (entry.due.map { " by \(withWeekday($0))" } ?? "") + " when",
      entry.done.isEmpty ? "nobody has said yet what shows it" : entry.done
    ),
    ("We stop", entry.stop),
  ]
  if entry.status == .stuck { lines.insert(("Stuck", stuckWords(entry)), at: 0) }
  if entry.status == .doing { lines.insert(("State", "under way"), at: 0) }
  if let metric = promise.metric, promise.hasBaseline {
    lines.append(("We count", metric + figuresSoFar(of: metric, plan)))
  }
  let former = entry.formerOwners.last.map { " (until \($0.until): \($0.name))" } ?? ""
  return [
    .paragraph(
      Words("\(number(of: promise, in: plan)). \(entry.title)", .strong) + Words(" – \(who)\(former)")),
    .bullets(lines.filter { !$0.1.isEmpty }.map { Words("\($0.0): ", .strong) + Words($0.1) }),
  ]
}

/// `: 31 at the start, 28 on 2026-09-15, 10 is the target`
private func figuresSoFar(of name: String, _ plan: Plan) -> String {
  guard let metric = plan.metrics.first(where: { $0.name.nameKey == name.nameKey }) else { return "" }
  let parts = [
    metric.baseline.map { "\(amount($0, metric.unit)) at the start" },
    metric.latest.map { "\(plain($0.value)) on \($0.date)" },
    metric.target.map { "\(plain($0)) is the target" },
  ].compactMap { $0 }
  return parts.isEmpty ? "" : ": " + parts.joined(separator: ", ")
}

/// `an office manager`; `whoever answers complaints` needs no article.
package func roleWords(_ role: String) -> String {
  role.hasPrefix("who") ? role : withArticle(role)
}

/// Where nobody has counted yet what is to move, that is what comes first.
private func firstStepWords(_ promise: Plan.Promise) -> String {
  guard let metric = promise.metric, !promise.hasBaseline else { return promise.entry.firstStep }
  let step = promise.entry.firstStep
  return "Count once, before anything changes: \(metric).\(step.isEmpty ? "" : " Then: \(step)")"
}

package func stuckWords(_ entry: PlanEntry) -> String {
  var words = entry.blocks.isEmpty ? "nobody has said on what" : entry.blocks
  if !entry.helps.isEmpty {
    words += "; \(entry.helps) helps\(entry.helpsBy.map { ", by \(withWeekday($0))" } ?? "")"
  }
  return words
}

/// What was done, with what shows it, and what was given up.
private func closedCommitments(_ plan: Plan) -> Document {
  let closed = plan.commitments.filter { !$0.entry.status.isOpen }
  if closed.isEmpty { return [] }
  return [
    .bullets(
      closed.map { promise in
        let entry = promise.entry
        let who = entry.isNamed ? " (\(entry.owner))" : ""
        return Words("\(closedWords(entry).capitalizedFirst): ", .strong)
          + Words(
            "\(number(of: promise, in: plan)). \(entry.title)\(who)\(entry.shown.isEmpty ? "" : ": \(entry.shown)")"
          )
      })
  ]
}

/// `done`, `done, nothing shown` or `given up`.
package func closedWords(_ entry: PlanEntry) -> String {
  switch entry.status {
  case .done: entry.shown.isEmpty ? "done, nothing shown" : "done"
  case .dropped: "given up"
  case .open, .doing, .stuck: entry.status.rawValue
  }
}

/// What the commitments could move the index, beside the smallest change that a comparison can see.
private func reachOfCommitments(_ plan: Plan, _ subject: Subject) -> [String] {
  let live = plan.commitments.filter { $0.entry.status != .dropped }
  guard !live.isEmpty else { return [] }
  let card = subject.scorecard
  let isAnonymous = subject.assessment.anonymous
  let people = max(1, card.verdict.certainty?.spread.voters ?? subject.staff.count)
  let items = max(1, card.contributions.count)
  func sees(_ same: Int) -> String {
    decimal(
      detectableChange(people: people, same: same, items: items, anonymous: isAnonymous, policy: card.policy))
  }
  let without = live.count { $0.points == nil }
  let none =
    without == 0
    ? ""
    : " (\(without == 1 ? "one raises" : "\(spelled(without)) raise") no question, so there is no figure for \(without == 1 ? "it" : "them"))"
  guard let points = plan.points else {
    return [
      "\(live.count == 1 ? "It raises" : "They raise") no question of their own, so the index may not see \(live.count == 1 ? "it" : "them"): judge by what is counted."
    ]
  }
  let replaced = min(2, people)
  let others =
    isAnonymous || people == 1
    ? ""
    : "; with \(replaced == people ? "both" : "two") of them replaced, from \(sees(people - replaced)) on"
  let who =
    people == 1
    ? "With one person"
    : isAnonymous
      ? "With \(spelled(people)) people whose votes are counts" : "With these \(spelled(people)) people"
  let smallest = detectableChange(people: people, items: items, anonymous: isAnonymous, policy: card.policy)
  let judged =
    points < smallest
    ? " Judge \(live.count == 1 ? "it" : "these") by what is counted, not by the index: it cannot see \(live.count == 1 ? "it" : "them")."
    : ""
  return [
    "If \(live.count == 1 ? "it succeeds, it adds" : "all succeed, they add") about \(decimal(points, 1)) of 100 to the index\(none). \(who) a comparison sees a change from \(sees(people)) points on\(others).\(judged)"
  ]
}
