import AssessmentModel
import Scoring

/// Makes the plan: candidates, what customers feel first, selection under the capacity, roadmap and proposals. Where the
/// team has not chosen its commitments yet, the program does.
///
/// - Parameters:
///   - capacityDays: person-days over 365 days; nil for what the team said, else the policy's.
///   - carried: what the last plan left open; it is proposed first.
/// - Throws: `insufficientData` where the scorecard has no verdict.
public func makePlan(
  _ assessment: Assessment, _ questionnaire: Questionnaire, _ scorecard: Scorecard,
  library: ActionLibrary?, capacityDays: Int? = nil, carried: [PlanEntry] = [],
  policy: PlanningPolicy = .standard
) throws(PlanningError) -> Plan {
  guard scorecard.verdict.orientation != nil else {
    throw .insufficientData(answerFirst: scorecard.answerFirst)
  }
  return PlanMaker(
    assessment, questionnaire, scorecard, library, capacityDays: capacityDays,
    carried: carried, policy
  ).plan()
}

/// Goes from the answers and what the team keeps to the plan, step by step.
private struct PlanMaker {
  let assessment: Assessment
  let questionnaire: Questionnaire
  let policy: PlanningPolicy
  let kept: KeptPlan
  /// As the team said, or somebody wants to see it; nil where our guess stands.
  let saidCapacity: Int?
  let raised: [String]
  /// What the team gave up; it is not proposed again.
  let dropped: Set<String>
  let candidates: [Candidate]
  let gaps: [Candidate]
  let moments: [Moment]
  let troubles: Troubles
  let carried: [PlanEntry]

  init(
    _ assessment: Assessment, _ questionnaire: Questionnaire, _ scorecard: Scorecard,
    _ library: ActionLibrary?, capacityDays: Int?, carried: [PlanEntry], _ policy: PlanningPolicy
  ) {
    let kept = assessment.keptPlan
    self.assessment = assessment
    self.questionnaire = questionnaire
    self.policy = policy
    self.kept = kept
    self.carried = carried
    saidCapacity = capacityDays ?? kept.daysPerMonth.map { Int(($0 * 12).rounded()) }
    raised = assessment.raised(in: questionnaire)
    dropped = Set(kept.entries.filter { $0.status == .dropped }.map(\.id))
    moments = assessment.moments(in: questionnaire)
    // What the team says of an effort counts before what the library does.
    func withEffort(_ candidate: Candidate) -> Candidate {
      var candidate = candidate
      candidate.effortDays = kept.entry(candidate.id)?.effortDays ?? candidate.effortDays
      return candidate
    }
    candidates = itemCandidates(
      scorecard, questionnaire, library?.fitting(assessment, questionnaire), raised: raised, policy: policy
    ).map(withEffort)
    gaps = gapCandidates(
      expectations: assessment.expectations(in: questionnaire), moments: moments,
      customer: questionnaire.customer
    ).map(withEffort)
    troubles = Troubles(candidates, questionnaire)
  }

  var capacity: Int { saidCapacity ?? policy.capacityDays }
  var dayZero: Day { assessment.dayZero }
  var asOf: Day { max(dayZero, assessment.planHistory.counted.last?.at.day ?? dayZero) }
  var open: [Candidate] { candidates.filter { !dropped.contains($0.id) } }
  var isProposed: Bool { assessment.commitments == nil && kept.commitments.isEmpty }

  func plan() -> Plan {
    // The program's own choice closes one gap, and keeps the days for it.
    let takesGap = !gaps.isEmpty && capacity >= policy.assumedEffortDays
    let gapDays = takesGap ? policy.assumedEffortDays : 0
    let free = Set(select(open, capacity: capacity - gapDays, promised: [], policy).chosen)
    let proposals = propose(
      open, chosen: free, gaps.filter { !dropped.contains($0.id) }, carried: carriedCandidates(carried, open),
      questionnaire, policy)
    let chosen =
      isProposed
      ? choose(proposals, within: free, gap: takesGap, dayZero, policy).map(PlanEntry.init) : kept.commitments
    let taken = kept.entries.filter { !$0.isCommitment && $0.status != .dropped }

    // A commitment is carried out whatever the selection thinks of it, and so is what it needs; then comes what
    // customers feel, and the rest of the days go to the best of the rest.
    let standing = chosen.filter { $0.status != .dropped } + taken
    let promised = closure(of: Set(standing.map(\.id)), open)
    let own = ownWork(standing)
    let isAnswered = answered(promised, proposals, standing)
    let redesigned = Set(
      moments.enumerated().filter { $0.element.redesign != nil }.map { "moment-\($0.offset + 1)" })
    let felt = feltFirst(
      gaps, steps: open, answered: isAnswered, redesigned: redesigned, troubles, policy)
    let feltSteps = closure(of: Set(felt.map(\.candidate.id)), open)
    let first = promised.union(feltSteps)
    let setAside = (gaps + own).filter { first.contains($0.id) }.reduce(0) { $0 + $1.days(policy) }
    let selection = select(open, capacity: capacity - setAside, promised: first, policy)
    let wanted = first.union(selection.chosen)
    let planned = (open + gaps + own).filter { wanted.contains($0.id) }

    let entries = withDays(chosen, planned) + taken
    let dues = entries.reduce(into: [String: Day]()) { if $1.status != .dropped { $0[$1.id] = $1.due } }
    let roadmap = roadmap(of: planned, dues, promised: promised, felt: feltSteps)
    let actions = actions(on: roadmap, planned, entries, dues, felt)
    let metrics = kept.metrics(assessment.metrics(in: questionnaire))
    let promises = Set(chosen.map(\.id))
    // What is done is no more to come.
    let others = actions.filter { !promises.contains($0.candidate.id) && $0.entry?.status != .done }
    let next = next(others, felt: feltSteps)
    let commitments = entries.prefix(chosen.count).map { promise($0, metrics) }
    let (coming, later) = (
      others.filter { next.contains($0.candidate.id) }, others.filter { !next.contains($0.candidate.id) }
    )
    return Plan(
      assessment: assessment.id, vision: assessment.vision(in: questionnaire), dayZero: dayZero, asOf: asOf,
      capacityDays: capacity, isCapacityKnown: saidCapacity != nil, setAsideDays: setAside,
      missingDays: missingDays(entries, open + gaps + own), raise: raised, kept: kept,
      commitments: commitments, isProposed: isProposed,
      lines: Plan.lines(kept, commitments, isProposed: isProposed, coming + later), selection: selection,
      candidates: candidates, gaps: gaps,
      unanswered: gaps.filter { gap in
        !wanted.contains(gap.id) && !isAnswered(gap) && !felt.contains { $0.gaps.contains(gap) }
      },
      proposals: proposals, actions: actions, next: coming, later: later,
      beyondHorizon: roadmap.beyondHorizon.compactMap { id in planned.first { $0.id == id } },
      expectations: ranked(assessment.expectations(in: questionnaire)), moments: moments, metrics: metrics,
      calendar: CheckCalendar(from: dayZero))
  }

  /// What the team wrote in its own words, or promised of what is reached by now.
  private func ownWork(_ standing: [PlanEntry]) -> [Candidate] {
    let known = Set((candidates + gaps).map(\.id))
    return standing.filter { !known.contains($0.id) }.map { ownCandidate($0) }
  }

  /// Whether something promised answers a gap, or it was given up.
  private func answered(
    _ promised: Set<String>, _ proposals: [Proposal], _ standing: [PlanEntry]
  ) -> (Candidate) -> Bool {
    let alike = Set(
      proposals.map { [$0.candidate.id] + $0.alike.map(\.id) }
        .filter { !promised.isDisjoint(with: $0) }.flatMap { $0 })
    return { gap in
      promised.contains(gap.id) || alike.contains(gap.id) || dropped.contains(gap.id)
        || standing.contains { isLike($0, gap) }
    }
  }

  /// What was written of a gap itself, without what could be done about it; nil for what is none.
  private func felt(_ gap: Candidate?) -> String? {
    guard let gap, let place = gap.id.split(separator: "-").last.flatMap({ Int($0) }) else { return nil }
    return gap.source == .moment && moments.indices.contains(place - 1)
      ? moments[place - 1].moment : gap.about
  }

  /// Whether a line and something else are about the same trouble, by the team's words and by what the line came from.
  private func isLike(_ entry: PlanEntry, _ other: Candidate) -> Bool {
    let source = (candidates + gaps).first { $0.id == entry.id }
    if let source, source.source != .item {
      if other.source == .item
        ? troubles.areAlike(source, step: other) : troubles.areAlike(source, gap: other)
      {
        return true
      }
    }
    // A step of the library says in its own words what it is about.
    if source?.source == .item { return false }
    return troubles.areAlike(entry, other)
  }

  /// The commitments with the days that are proposed where they have none, one after the other.
  private func withDays(_ chosen: [PlanEntry], _ planned: [Candidate]) -> [PlanEntry] {
    var dues: [Day] = []
    return chosen.map { line in
      var entry = line
      let effort = planned.first { $0.id == entry.id }?.effortDays
      entry.due = entry.due ?? doneBy(effort, from: dayZero, besides: dues, capacityDays: capacity, policy)
      if entry.status != .dropped, let due = entry.due { dues.append(due) }
      return entry
    }
  }

  private func roadmap(
    of planned: [Candidate], _ dues: [String: Day], promised: Set<String>, felt: Set<String>
  ) -> Roadmap {
    let actions = planned.map { candidate in
      ScheduleAction(
        id: candidate.id, effortDays: Double(candidate.days(policy)),
        benefit: candidate.benefit ?? candidate.urgency ?? 0, requires: candidate.requires,
        tier: promised.contains(candidate.id) ? 0 : felt.contains(candidate.id) ? 1 : 2,
        latest: dues[candidate.id].map { policy.window(of: $0, from: dayZero) })
    }
    return schedule(actions, windowCapacity: policy.windowCapacity(capacity))
  }

  private func actions(
    on roadmap: Roadmap, _ planned: [Candidate], _ entries: [PlanEntry], _ dues: [String: Day],
    _ felt: [FeltAnswer]
  ) -> [Plan.Action] {
    let promised = entries.filter { $0.isCommitment && $0.status.isOpen }
    let byID = Dictionary(planned.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let actions = roadmap.entries.compactMap { place -> Plan.Action? in
      guard let candidate = byID[place.id] else { return nil }
      let end = dayZero.adding(days: policy.day(in: place.finish, share: place.share)).orWorkingDayBefore
      return Plan.Action(
        candidate: candidate, entry: entries.first { $0.id == place.id },
        gaps: felt.first { $0.candidate.id == place.id }?.gaps ?? [],
        like: promised.first { $0.id != place.id && isLike($0, candidate) }?.id,
        window: policy.windowName(policy.window(of: dues[place.id] ?? end, from: dayZero)),
        start: dayZero.adding(days: policy.windowStart(place.start)), due: dues[place.id] ?? end)
    }
    return actions.enumerated().sorted {
      ($0.element.due, $0.offset) < ($1.element.due, $1.offset)
    }.map(\.element)
  }

  private func promise(_ entry: PlanEntry, _ metrics: [Metric]) -> Plan.Promise {
    let candidate = (candidates + gaps).first { $0.id == entry.id }
    let metric = entry.metric.isEmpty ? candidate?.metric : entry.metric
    func isCounted(_ metrics: [Metric]) -> Bool {
      metrics.contains { $0.name.nameKey == metric?.nameKey && ($0.baseline != nil || !$0.readings.isEmpty) }
    }
    let steps = closure(of: [entry.id], open)
    // What is no step may come to one all the same.
    let like =
      candidate?.source == .item
      ? nil : open.first { $0.requires.isEmpty && troubles.comesTo($0, entry.title, felt(candidate)) }
    return Plan.Promise(
      entry: entry, candidate: candidate, metric: metric,
      isDueProposed: !isProposed && kept.entry(entry.id)?.due == nil,
      hasBaseline: isCounted(metrics),
      countsFirst: metric != nil && !isCounted(assessment.metrics(in: questionnaire)),
      points: candidate?.source == .item
        ? open.filter { steps.contains($0.id) }.reduce(0) { $0 + ($1.points ?? 0) } : like?.points,
      like: like)
  }

  /// By how many person-days the promised steps, with what they need, exceed what there is until they are due, where it is
  /// most.
  private func missingDays(_ entries: [PlanEntry], _ candidates: [Candidate]) -> Int {
    var taken: Set<String> = []
    var effort = 0
    var most = 0.0
    let open = entries.filter { $0.isCommitment && $0.status.isOpen }
    for (id, due) in open.compactMap({ entry in entry.due.map { (entry.id, $0) } }).sorted(by: {
      ($0.1, $0.0) < ($1.1, $1.0)
    }) {
      let steps = closure(of: [id], candidates).subtracting(taken)
      taken.formUnion(steps)
      effort += candidates.filter { steps.contains($0.id) }.reduce(0) { $0 + $1.days(policy) }
      let there = Double(capacity) * Double(due.daysSince1970 - asOf.daysSince1970) / 365
      most = max(most, Double(effort) - max(0, there))
    }
    return Int(most.rounded())
  }

  /// What a plan tells of beside the commitments: all that was taken up, and up to `nextActions` what comes next, what is
  /// felt before what the index chose.
  private func next(_ actions: [Plan.Action], felt: Set<String>) -> Set<String> {
    let taken = actions.filter { $0.entry != nil }
    let proposed = actions.filter { $0.entry == nil }
    let inOrder =
      proposed.filter { felt.contains($0.candidate.id) } + proposed.filter { !felt.contains($0.candidate.id) }
    // What comes to a commitment that is there already can wait for it.
    let apart = inOrder.filter { $0.like == nil } + inOrder.filter { $0.like != nil }
    let rest = apart.prefix(max(0, policy.nextActions - taken.count))
    return Set((taken + rest).map(\.candidate.id))
  }
}
