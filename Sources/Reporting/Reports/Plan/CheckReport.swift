import AssessmentModel
import Planning

/// What a check asks, to be read out or printed: what nobody sees to first.
package func checkReport(_ plan: Plan, _ subject: Subject, on day: Day) -> Document {
  let check = plan.check(on: day)
  var document: Document = [.heading(1, "Check of the plan: \(subject.name)")]
  if check.isEmpty { return document + [.paragraph("There is nothing to ask today.")] }
  if !check.nameless.isEmpty {
    document += [
      .heading(2, "Nobody has said yes to these"),
      .bullets(check.nameless.map { lineWords($0, plan, on: day) }),
    ]
  }
  if !check.toHear.isEmpty {
    document += [
      .heading(2, "Done, doing, stuck or dropped?"),
      .bullets(check.toHear.map { lineWords($0, plan, on: day) }),
    ]
  }
  if !check.toRead.isEmpty {
    document += [
      .heading(2, "Figures to read"),
      .bullets(
        check.toRead.map { metric in
          Words(metric.name, .strong)
            + Words(
              metric.latest.map { "; last \(amount($0.value, metric.unit)) on \($0.date)" } ?? "; never read")
        }),
    ]
  }
  return document
}

private func lineWords(_ line: PlanLine, _ plan: Plan, on day: Day) -> Words {
  let who = line.entry.isNamed ? " – \(line.entry.owner)" : ""
  let heard = plan.kept.lastHeard(line.entry.id).map { "; heard on \($0.day): \(hearingWords($0))" } ?? ""
  return Words("\(line.number). \(line.entry.title)", .strong)
    + Words(who + standing(of: line.entry, on: day) + heard)
}
