import AssessmentModel
import Planning

/// What a change made of what is proposed next: days, capacity and what was taken up decide that. nil where the same is
/// proposed as before.
package func otherProposals(_ before: Plan, _ after: Plan) -> String? {
  func proposed(_ plan: Plan) -> [String] { plan.next.filter { $0.entry == nil }.map(\.candidate.title) }
  let kept = Set(after.kept.entries.map(\.id))
  let old = before.next.filter { $0.entry == nil && !kept.contains($0.candidate.id) }.map(\.candidate.title)
  let new = proposed(after).filter { !proposed(before).contains($0) }
  let gone = old.filter { !proposed(after).contains($0) }
  // What was taken up makes room, or takes it; only what was pushed out for something else is news.
  guard !gone.isEmpty, !new.isEmpty else { return nil }
  return
    "With that, what is proposed next is another: \(listed(new.map { "“\($0)”" })) instead of \(listed(gone.map { "“\($0)”" }))."
}
