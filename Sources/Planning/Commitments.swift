import AssessmentModel

/// Candidates for commitments, what customers feel first: up to a third of them gaps, the rest item
/// steps that can begin today, one of each dimension before a second of any. What the selection has
/// chosen stands before the rest, the most beneficial first.
func propose(
  _ candidates: [Candidate], chosen: Set<String>, _ gaps: [Candidate], _ policy: PlanningPolicy
) -> [Candidate] {
  let gapShare = Array(gaps.prefix(policy.proposals / 3))
  func rank(_ candidate: Candidate) -> (Int, Double) {
    (chosen.contains(candidate.id) ? 0 : 1, -(candidate.benefit ?? 0))
  }
  let ready = candidates.filter(\.requires.isEmpty).enumerated().sorted {
    rank($0.element) != rank($1.element)
      ? rank($0.element) < rank($1.element) : $0.offset < $1.offset
  }.map(\.element)
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
  let steps = (first + rest).prefix(policy.proposals - gapShare.count)
  return gapShare + steps
}

/// The program's own choice: the gap felt most where there are days for one, then the best steps of different dimensions that the
/// selection has chosen, so that it promises nothing the days don't allow.
func choose(
  _ proposals: [Candidate], within selected: Set<String>, gap: Bool, _ dayZero: Day, _ policy: PlanningPolicy
) -> [Commitment] {
  let gaps = proposals.filter { $0.source != .item }.prefix(gap ? 1 : 0)
  let steps = proposals.filter { selected.contains($0.id) }.prefix(policy.commitments - gaps.count)
  return (gaps + steps).map { commitment(to: $0, dayZero: dayZero) }
}

/// A commitment to a candidate as the program would word it, without a name yet; the texts are the
/// team's to change.
public func commitment(to candidate: Candidate, dayZero: Day) -> Commitment {
  Commitment(
    action: candidate.id, title: candidate.title, owner: "",
    firstStep: candidate.firstStep, by: firstStepDue(from: dayZero), done: candidate.done ?? "",
    stop: candidate.stop ?? "")
}

/// When a first step is due: a week later, or on the Friday before where that is a Saturday or a Sunday.
package func firstStepDue(from day: Day) -> Day {
  let later = day.adding(days: 7)
  return switch later.weekday {
  case "Saturday": later.adding(days: -1)
  case "Sunday": later.adding(days: -2)
  default: later
  }
}
