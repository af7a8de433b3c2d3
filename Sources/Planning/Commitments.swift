import AssessmentModel

/// What is proposed for a commitment.
public struct Proposal: Hashable, Sendable {
  /// What it is.
  public let candidate: Candidate
  /// What is about the same trouble, and is proposed with it and not again.
  public let alike: [Candidate]
}

/// Candidates for commitments, what customers feel first: up to a third of them gaps, the rest item
/// steps that can begin today, one of each dimension before a second of any. What the selection has
/// chosen stands before the rest, the most beneficial first. What is about the same trouble as a gap goes with it. What the
/// last plan left open stands before all.
func propose(
  _ candidates: [Candidate], chosen: Set<String>, _ gaps: [Candidate], carried: [Candidate],
  _ questionnaire: Questionnaire, _ policy: PlanningPolicy
) -> [Proposal] {
  let troubles = Troubles(candidates, questionnaire)
  func rank(_ candidate: Candidate) -> (Int, Double) {
    (chosen.contains(candidate.id) ? 0 : 1, -(candidate.benefit ?? 0))
  }
  let isCarried = Set(carried.map(\.id))
  var ready = candidates.filter { $0.requires.isEmpty && !isCarried.contains($0.id) }.enumerated().sorted {
    rank($0.element) != rank($1.element)
      ? rank($0.element) < rank($1.element) : $0.offset < $1.offset
  }.map(\.element)
  var gapShare: [Proposal] = []
  var told: Set<String> = []
  for gap in gaps where gapShare.count < policy.proposals / 3 && !told.contains(gap.id) {
    let others = gaps.filter { $0.id != gap.id && !told.contains($0.id) && troubles.areAlike(gap, gap: $0) }
    let step = ready.first { troubles.areAlike(gap, step: $0) }
    told.formUnion(others.map(\.id) + [gap.id])
    if let step { ready.removeAll { $0.id == step.id } }
    gapShare.append(Proposal(candidate: gap, alike: others + (step.map { [$0] } ?? [])))
  }
  var seen: Set<String> = []
  var first: [Candidate] = []
  var rest: [Candidate] = []
  for candidate in ready {
    if seen.insert(candidate.dimension ?? candidate.id).inserted {
      first.append(candidate)
    } else {
      rest.append(candidate)
    }
  }
  // So many can be looked through, with what goes along.
  let offered = carried.count + gapShare.reduce(0) { $0 + 1 + $1.alike.count }
  let steps = (first + rest).prefix(max(0, policy.proposals - offered))
  return carried.map { Proposal(candidate: $0, alike: []) } + gapShare
    + steps.map { Proposal(candidate: $0, alike: []) }
}

/// What the last plan left open, as it can be promised again: the same step where there is one still, otherwise in the
/// team's words.
func carriedCandidates(_ entries: [PlanEntry], _ candidates: [Candidate]) -> [Candidate] {
  entries.map { entry in
    var candidate: Candidate
    if let step = candidates.first(where: { $0.id == entry.id }) {
      candidate = step
    } else {
      // Numbers of own lines, and of rows of expectations and moments, begin anew each time.
      candidate = ownCandidate(entry, as: entry.id.hasPrefix("last-") ? entry.id : "last-\(entry.id)")
    }
    candidate.isFromLastTime = true
    return candidate
  }
}

/// The program's own choice: the gap felt most where there are days for one, then the best steps of different dimensions that the
/// selection has chosen, so that it promises nothing the days don't allow.
func choose(
  _ proposals: [Proposal], within selected: Set<String>, gap: Bool, _ dayZero: Day, _ policy: PlanningPolicy
) -> [Commitment] {
  let proposals = proposals.map(\.candidate)
  let gaps = proposals.filter { $0.source == .expectation || $0.source == .moment }.prefix(gap ? 1 : 0)
  let steps = proposals.filter { selected.contains($0.id) }.prefix(policy.commitments - gaps.count)
  return (gaps + steps).reduce(into: []) { chosen, candidate in
    chosen.append(commitment(to: candidate, dayZero: dayZero, besides: chosen, policy: policy))
  }
}

/// A commitment to a candidate as the program would word it, without a name yet; the texts and days are the
/// team's to change.
///
/// - Parameter others: those there are already; its first step is due on another day than theirs, and it is done after
///   them, since the days are shared.
public func commitment(
  to candidate: Candidate, dayZero: Day, besides others: [Commitment] = [],
  policy: PlanningPolicy = .standard
) -> Commitment {
  Commitment(
    action: candidate.id, title: candidate.title, owner: "",
    firstStep: candidate.firstStep, by: firstStepDue(from: dayZero, besides: others.map(\.by)),
    due: doneBy(candidate.effortDays, from: dayZero, besides: others.compactMap(\.due), policy),
    done: candidate.done ?? "", stop: candidate.stop ?? "")
}

/// When first steps are due: on the last working days of the coming week, the first of three on the first of them, on
/// which nothing else is due.
package func firstStepDue(from day: Day, besides taken: [Day]) -> Day {
  let working = (1...7).map { day.adding(days: $0) }.filter { !$0.isWeekend }
  return working.suffix(3).first { !taken.contains($0) } ?? working.last { !taken.contains($0) } ?? working[0]
}

/// By when a commitment is done: its person-days after the others, at so many days a month, after four weeks at the
/// earliest, and a week before the next assessment at the latest; on a working day.
///
/// - Parameter effortDays: nil where nobody has estimated them.
package func doneBy(
  _ effortDays: Int?, from dayZero: Day, besides others: [Day], capacityDays: Int? = nil,
  _ policy: PlanningPolicy = .standard
) -> Day {
  let capacity = max(1, capacityDays ?? policy.capacityDays)
  let needed = Double(effortDays ?? policy.assumedEffortDays) / Double(capacity) * 365
  let begin = max(dayZero, others.max() ?? dayZero)
  // Far beyond any horizon is as good as beyond it.
  let wanted = begin.adding(days: Int(min(10_000, needed.rounded(.up))))
  let earliest = dayZero.adding(days: policy.earliestDone)
  let latest = dayZero.adding(days: CheckCalendar.reviewAfterDays - 7)
  return min(max(wanted, earliest), latest).orWorkingDayBefore
}
