import AssessmentModel
import Planning

/// By person what is open, due and unread; what nobody sees to first.
///
/// - Parameter day: today.
package func ownersReport(_ plan: Plan, _ subject: Subject, on day: Day) -> Document {
  let keeper = plan.kept.keeper.isEmpty ? "Nobody keeps this plan yet" : "\(plan.kept.keeper) keeps this plan"
  let check =
    plan.nextCheck.map { next in
      next < day
        ? "; the check of \(withWeekday(next)) is still to be held"
        : "; the next check is on \(withWeekday(next))"
    } ?? ""
  var document: Document = [
    .heading(1, "Who sees to what: \(subject.name)"), .paragraph(Words(keeper + check + ".")),
  ]
  for work in plan.work {
    document.append(.heading(2, work.owner.isEmpty ? "Nobody" : work.owner))
    document.append(
      .bullets(
        work.lines.map { line in
          Words("\(line.number). \(line.entry.title)", .strong) + Words(standing(of: line.entry, on: day))
        }
          + work.metrics.map { metric in
            let last =
              metric.latest.map { "last read on \($0.date): \(amount($0.value, metric.unit))" }
              ?? "never read"
            let due = metric.isToBeRead(on: day) ? ", to be read" : ""
            return Words("Figure: \(metric.name)", .strong) + Words("; \(last)\(due)")
          }))
  }
  if plan.work.isEmpty { document.append(.paragraph("Nothing is open.")) }
  return document
}

/// `; doing, first step by 2026-09-22, done by 2026-10-16, overdue`
package func standing(of entry: PlanEntry, on day: Day) -> String {
  var parts =
    entry.status == .open ? [] : [statusWords(entry)]
  if entry.status == .open, let by = entry.by {
    parts.append("first step by \(by)\(by < day ? " (gone by)" : "")")
  }
  if entry.status.isOpen, let due = entry.due {
    parts.append("done by \(due)\(due < day ? " (overdue)" : "")")
  }
  return parts.isEmpty ? "" : "; " + parts.joined(separator: ", ")
}
