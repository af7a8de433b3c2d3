import AssessmentModel
import Scoring

/// What a team walks out with. Recomputed from the answers; the commitments are the team's own and
/// come in.
public struct Plan: Hashable, Sendable {
  /// A candidate with its place in the calendar.
  public struct Action: Hashable, Sendable {
    /// What is to be done, and where it comes from.
    public let candidate: Candidate
    /// The window it ends in, in days from day 0: `0-30`, `31-60`, `61-90` or `91-365`.
    public let window: String
    /// First day of the window in which work on it begins.
    public let start: Day
    /// Last day of the window it ends in.
    public let due: Day
  }

  /// Id of the assessment it was made from.
  public let assessment: String
  /// What the team wrote to each of the five prompts; those without an answer are absent.
  public let vision: [VisionPrompt: String]
  /// Day 0, in UTC: when the assessment was finished, else when it was started; 1970-01-01 where neither is
  /// known.
  public let dayZero: Day
  /// Person-days over 365 days that the plan may take.
  public let capacityDays: Int
  /// Person-days kept for commitments that nobody has estimated; they are no part of the selection's.
  public let setAsideDays: Int
  /// Ids of the dimensions that the team chose to raise; empty where it chose none.
  public let raise: [String]
  /// What is promised for next week: the team's choice, or the program's where the team has made none yet.
  public let commitments: [Commitment]
  /// Whether the commitments go beyond what the selection would have chosen by itself.
  public let isTeamsOwn: Bool
  /// What fits into the capacity, the commitments and what they need included.
  public let selection: Selection
  /// All item steps that the selection chose among.
  public let candidates: [Candidate]
  /// The gaps that customers feel, the most strongly felt first, planned or not.
  public let gaps: [Candidate]
  /// Those of them that nothing planned or promised answers, nor anything about the same trouble.
  public let unanswered: [Candidate]
  /// What the program proposes for commitments.
  public let proposals: [Proposal]
  /// All that fits into the windows, by due date; the commitments that fit are among them.
  public let actions: [Action]
  /// What was chosen or promised and does not fit into the windows; kept for later, not dropped.
  public let beyondHorizon: [Candidate]
  /// All expectations recorded, the largest shortfall × importance first.
  public let expectations: [RankedExpectation]
  /// All moments of contact recorded, in the team's order.
  public let moments: [Moment]
  /// All metrics recorded, in the team's order.
  public let metrics: [Metric]
  /// The day for the next assessment: day 0 and the policy's `reviewAfterDays`.
  public let review: Day
}

/// An expectation with its place among the others.
public struct RankedExpectation: Hashable, Sendable {
  /// Importance against performance, crosshair at the scales' centres (Martilla & James 1977): importance is
  /// high from 3 on, perceived performance above 4, and at 4 where it is no less than expected.
  public enum Quadrant: String, Hashable, Sendable {
    case concentrateHere, keepUp, lowPriority, possibleOverkill
  }

  /// The row as it was recorded.
  public let expectation: Expectation
  /// nil where importance or perceived performance was not rated.
  public let quadrant: Quadrant?
}

/// Ranks expectations by gap × importance, the largest shortfall first.
public func ranked(_ expectations: [Expectation]) -> [RankedExpectation] {
  func shortfall(_ row: Expectation) -> Int { -(row.gap ?? 0) * (row.importance ?? 3) }
  return expectations.enumerated().sorted {
    (shortfall($1.element), $0.offset) < (shortfall($0.element), $1.offset)
  }.map { _, row in
    var quadrant: RankedExpectation.Quadrant?
    if let importance = row.importance, let perceived = row.perceived {
      quadrant  // On the line itself the gap decides.
      =
        switch (importance >= 3, perceived > 4 || (perceived == 4 && (row.gap ?? -1) >= 0)) {
        case (true, false): .concentrateHere
        case (true, true): .keepUp
        case (false, false): .lowPriority
        case (false, true): .possibleOverkill
        }
    }
    return RankedExpectation(expectation: row, quadrant: quadrant)
  }
}

/// Why there can be no plan.
public enum PlanningError: Error, Hashable, Sendable {
  /// There is no verdict to plan from; these items come first.
  case insufficientData(answerFirst: [String])
}

/// Makes the plan: candidates, selection under the capacity, roadmap and proposals. Where the team has
/// not chosen its commitments yet, the program does.
///
/// - Parameters:
///   - capacityDays: person-days over 365 days; nil for the policy's.
/// - Throws: `insufficientData` where the scorecard has no verdict.
public func makePlan(
  _ assessment: Assessment, _ questionnaire: Questionnaire, _ scorecard: Scorecard,
  library: ActionLibrary?, capacityDays: Int? = nil,
  policy: PlanningPolicy = .standard
) throws(PlanningError) -> Plan {
  guard scorecard.verdict.orientation != nil else {
    throw .insufficientData(answerFirst: scorecard.answerFirst)
  }
  let capacity = capacityDays ?? policy.capacityDays
  let raised = assessment.raised(in: questionnaire)
  let candidates = itemCandidates(
    scorecard, questionnaire, library?.fitting(assessment, questionnaire), raised: raised, policy: policy)
  let expectations = assessment.expectations(in: questionnaire)
  let moments = assessment.moments(in: questionnaire)
  let gaps = gapCandidates(
    expectations: expectations, moments: moments, customer: questionnaire.customer)
  // The program's own choice closes one gap, and keeps the days for it.
  let takesGap = !gaps.isEmpty && capacity >= policy.assumedEffortDays
  let gapDays = takesGap ? policy.assumedEffortDays : 0
  let free = Set(select(candidates, capacity: capacity - gapDays, promised: [], policy).chosen)
  let proposals = propose(candidates, chosen: free, gaps, questionnaire, policy)
  let dayZero = (assessment.finishedAt ?? assessment.startedAt ?? Timestamp(secondsSince1970: 0)).day
  let isChosen = assessment.commitments != nil
  let commitments = assessment.commitments ?? choose(proposals, within: free, gap: takesGap, dayZero, policy)

  // A commitment is carried out whatever the selection thinks of it, and so is what it needs; the
  // rest of the days go to the best of the rest.
  let promised = closure(of: Set(commitments.map(\.action)), candidates)
  let known = Set((candidates + gaps).map(\.id))
  let own = commitments.filter { !known.contains($0.action) }.map(ownCandidate)
  let unestimated = (gaps + own).count { promised.contains($0.id) }
  let setAside = unestimated * policy.assumedEffortDays
  let selection = select(candidates, capacity: capacity - setAside, promised: promised, policy)
  let wanted = promised.union(selection.chosen)
  let planned = (candidates + gaps + own).filter { wanted.contains($0.id) }
  let roadmap = schedule(
    planned.map {
      ScheduleAction(
        id: $0.id, effortDays: Double($0.effortDays ?? policy.assumedEffortDays),
        benefit: $0.benefit ?? $0.urgency ?? 0, requires: $0.requires,
        isPromised: promised.contains($0.id))
    }, windowCapacity: policy.windowCapacity(capacity))
  let troubles = Troubles(candidates, questionnaire)
  let answered = promised.union(
    proposals.map { [$0.candidate.id] + $0.alike.map(\.id) }
      .filter { !promised.isDisjoint(with: $0) }.flatMap { $0 })
  let unanswered = gaps.filter { gap in
    !wanted.contains(gap.id) && !answered.contains(gap.id)
      && !own.contains { troubles.areAlike(gap, gap: $0) }
  }
  let byID = Dictionary(planned.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  let actions = roadmap.entries.compactMap { entry -> Plan.Action? in
    byID[entry.id].map {
      Plan.Action(
        candidate: $0, window: policy.windowName(entry.finish),
        start: dayZero.adding(days: policy.windowStart(entry.start)),
        due: dayZero.adding(days: policy.windowEnds[entry.finish]))
    }
  }
  return Plan(
    assessment: assessment.id, vision: assessment.vision(in: questionnaire), dayZero: dayZero,
    capacityDays: capacity, setAsideDays: setAside, raise: raised, commitments: commitments,
    isTeamsOwn: isChosen && !promised.isSubset(of: free), selection: selection, candidates: candidates,
    gaps: gaps, unanswered: unanswered, proposals: proposals,
    actions: actions.enumerated().sorted {
      ($0.element.due, $0.offset) < ($1.element.due, $1.offset)
    }.map(\.element),
    beyondHorizon: roadmap.beyondHorizon.compactMap { byID[$0] },
    expectations: ranked(expectations), moments: moments,
    metrics: assessment.metrics(in: questionnaire),
    review: dayZero.adding(days: policy.reviewAfterDays))
}

/// The best choice among the candidates with the promised ones in it: those are taken out, with
/// their days, before the others compete.
private func select(
  _ candidates: [Candidate], capacity: Int, promised: Set<String>, _ policy: PlanningPolicy
) -> Selection {
  func days(_ candidate: Candidate) -> Int { candidate.effortDays ?? policy.assumedEffortDays }
  let taken = candidates.filter { promised.contains($0.id) }
  let takenDays = taken.reduce(0) { $0 + days($1) }
  let rest = select(
    candidates.filter { !promised.contains($0.id) }.map { candidate in
      SelectionStep(
        id: candidate.id, group: candidate.item ?? candidate.id, benefit: candidate.benefit ?? 0,
        effortDays: days(candidate), requires: candidate.requires.filter { !promised.contains($0) })
    }, capacity: capacity - takenDays)
  let chosen = promised.union(rest.chosen)
  return Selection(
    chosen: candidates.map(\.id).filter(chosen.contains),
    benefit: rest.benefit + taken.reduce(0) { $0 + ($1.benefit ?? 0) },
    effortDays: rest.effortDays + takenDays, optimal: rest.optimal && takenDays <= capacity,
    gap: rest.gap)
}

/// Candidates with all they require, directly or not.
private func closure(of ids: Set<String>, _ candidates: [Candidate]) -> Set<String> {
  var closed = ids
  while true {
    let needed = candidates.filter { closed.contains($0.id) }.flatMap(\.requires)
    if closed.isSuperset(of: needed) { return closed }
    closed.formUnion(needed)
  }
}

extension PlanningPolicy {
  func windowCapacity(_ capacity: Int) -> [Double] {
    windowEnds.map { _ in Double(capacity) / Double(windowEnds.count) }
  }

  func windowStart(_ window: Int) -> Int { window == 0 ? 0 : windowEnds[window - 1] + 1 }

  func windowName(_ window: Int) -> String { "\(windowStart(window))-\(windowEnds[window])" }
}
