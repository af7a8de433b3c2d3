import AssessmentModel

/// The best choice among the candidates with the promised ones in it: those are taken out, with
/// their days, before the others compete.
func select(
  _ candidates: [Candidate], capacity: Int, promised: Set<String>, _ policy: PlanningPolicy
) -> Selection {
  let taken = candidates.filter { promised.contains($0.id) }
  let takenDays = taken.reduce(0) { $0 + $1.days(policy) }
  let rest = select(
    candidates.filter { !promised.contains($0.id) }.map { candidate in
      SelectionStep(
        id: candidate.id, group: candidate.item ?? candidate.id, benefit: candidate.benefit ?? 0,
        effortDays: candidate.days(policy), requires: candidate.requires.filter { !promised.contains($0) })
    }, capacity: capacity - takenDays)
  let chosen = promised.union(rest.chosen)
  return Selection(
    chosen: candidates.map(\.id).filter(chosen.contains),
    benefit: rest.benefit + taken.reduce(0) { $0 + ($1.benefit ?? 0) },
    effortDays: rest.effortDays + takenDays, optimal: rest.optimal && takenDays <= capacity,
    gap: rest.gap)
}

/// Candidates with all they require, directly or not.
func closure(of ids: Set<String>, _ candidates: [Candidate]) -> Set<String> {
  var closed = ids
  while true {
    let needed = candidates.filter { closed.contains($0.id) }.flatMap(\.requires)
    if closed.isSuperset(of: needed) { return closed }
    closed.formUnion(needed)
  }
}

extension PlanningPolicy {
  func windowCapacity(_ capacity: Int) -> [Double] {
    zip([0] + windowEnds, windowEnds).map {
      Double(capacity) * Double($1 - $0) / Double(windowEnds.last ?? 1)
    }
  }

  /// The window that a day lies in; the last one for what lies behind it.
  func window(of day: Day, from dayZero: Day) -> Int {
    let days = day.daysSince1970 - dayZero.daysSince1970
    return windowEnds.firstIndex { days <= $0 } ?? windowEnds.count - 1
  }

  /// The day, counted from day 0, on which so much of a window has gone.
  func day(in window: Int, share: Double) -> Int {
    let before = window == 0 ? 0 : windowEnds[window - 1]
    return before + max(1, Int((Double(windowEnds[window] - before) * share).rounded(.up)))
  }

  func windowStart(_ window: Int) -> Int { window == 0 ? 0 : windowEnds[window - 1] + 1 }

  func windowName(_ window: Int) -> String { "\(windowStart(window))-\(windowEnds[window])" }
}
