import AssessmentModel
import Scoring

/// What a team walks out with, and works on. Recomputed from the answers; what the team wrote, changed and heard is its
/// own and comes in.
public struct Plan: Hashable, Sendable {
  /// A candidate with its place in the calendar.
  public struct Action: Hashable, Sendable {
    /// What is to be done, and where it comes from.
    public let candidate: Candidate
    /// The line of the team's plan that it is; nil where it is only proposed.
    public let entry: PlanEntry?
    /// What customers feel and this answers; empty where the index chose it.
    public let gaps: [Candidate]
    /// The window it ends in, in days from day 0: `0-30`, `31-60`, `61-90` or `91-365`.
    public let window: String
    /// First day of the window in which work on it begins.
    public let start: Day
    /// The day the team said, else the day by which the days for it have gone by, at an even pace.
    public let due: Day
  }

  /// A commitment with all that is to be known of it.
  public struct Promise: Hashable, Sendable {
    /// The team's line, with the days that are proposed where it says none.
    public let entry: PlanEntry
    /// What it carries out; nil for the team's own.
    public let candidate: Candidate?
    /// What is counted to see whether it helps; nil where nothing is said.
    public let metric: String?
    /// Whether somebody has counted that once.
    public let hasBaseline: Bool
    /// What it adds to the index with the steps it needs, in points; nil for what raises no question.
    public let points: Double?
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
  /// Whether the team has said how many days there are; otherwise it is the program's guess.
  public let isCapacityKnown: Bool
  /// Person-days kept for what was promised, or is felt by customers, and nobody has estimated; they are no part of the
  /// selection's.
  public let setAsideDays: Int
  /// Person-days that the commitments take beyond what there are until they are due.
  public let missingDays: Int
  /// Ids of the dimensions that the team chose to raise; empty where it chose none.
  public let raise: [String]
  /// The team's plan as it works on it.
  public let kept: KeptPlan
  /// What is promised: the team's choice, or the program's where the team has made none yet.
  public let commitments: [Promise]
  /// Whether the commitments are the program's proposal, which nobody has looked at yet.
  public let isProposed: Bool
  /// What fits into the capacity: commitments and what they need, what customers feel, and the best of the rest.
  public let selection: Selection
  /// All item steps that the selection chose among.
  public let candidates: [Candidate]
  /// The gaps that customers feel, the most strongly felt first, planned or not.
  public let gaps: [Candidate]
  /// Those of them that nothing planned or promised answers, nor anything about the same trouble.
  public let unanswered: [Candidate]
  /// What the program proposes for commitments.
  public let proposals: [Proposal]
  /// All that is planned, by due date: the commitments, what they need, what was taken up, and what fits of the rest.
  public let actions: [Action]
  /// What is told of beside the commitments: all that the team has taken up, or as many as the policy's `nextActions`.
  public let next: [Action]
  /// The rest, of which a plan gives titles.
  public let later: [Action]
  /// What was chosen and does not fit into the windows; kept for later, not dropped.
  public let beyondHorizon: [Candidate]
  /// All expectations recorded, the largest shortfall × importance first.
  public let expectations: [RankedExpectation]
  /// All moments of contact recorded, in the team's order.
  public let moments: [Moment]
  /// All metrics, in the team's order, as they stand.
  public let metrics: [Metric]
  /// When the plan is checked, and when the next assessment is.
  public let calendar: CheckCalendar

  /// The day for the next assessment.
  public var review: Day { calendar.review }

  /// Whether every effort that the choice rests on is confirmed by the team, and the days there are.
  public var isConfirmed: Bool {
    isCapacityKnown && candidates.allSatisfy { candidate in kept.entry(candidate.id)?.effortDays != nil }
  }

  /// What the commitments add to the index if all of them succeed, in points; nil where none raises a question.
  public var points: Double? {
    let points = commitments.filter { $0.entry.status != .dropped }.compactMap(\.points)
    return points.isEmpty ? nil : points.reduce(0, +)
  }
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

/// Makes the plan: candidates, what customers feel first, selection under the capacity, roadmap and proposals. Where the
/// team has not chosen its commitments yet, the program does.
///
/// - Parameters:
///   - capacityDays: person-days over 365 days; nil for what the team said, else the policy's.
///   - kept: the plan as the team works on it; nil for the one of `assessment`.
/// - Throws: `insufficientData` where the scorecard has no verdict.
public func makePlan(
  _ assessment: Assessment, _ questionnaire: Questionnaire, _ scorecard: Scorecard,
  library: ActionLibrary?, capacityDays: Int? = nil, kept: KeptPlan? = nil,
  policy: PlanningPolicy = .standard
) throws(PlanningError) -> Plan {
  guard scorecard.verdict.orientation != nil else {
    throw .insufficientData(answerFirst: scorecard.answerFirst)
  }
  let kept = kept ?? assessment.keptPlan
  let said = capacityDays ?? kept.daysPerMonth.map { Int(($0 * 12).rounded()) }
  let capacity = said ?? policy.capacityDays
  let raised = assessment.raised(in: questionnaire)
  let dropped = Set(kept.entries.filter { $0.status == .dropped }.map(\.id))
  func withEffort(_ candidate: Candidate) -> Candidate {
    var candidate = candidate
    candidate.effortDays = kept.entry(candidate.id)?.effortDays ?? candidate.effortDays
    return candidate
  }
  let candidates = itemCandidates(
    scorecard, questionnaire, library?.fitting(assessment, questionnaire), raised: raised, policy: policy
  ).map(withEffort)
  let expectations = assessment.expectations(in: questionnaire)
  let moments = assessment.moments(in: questionnaire)
  let gaps = gapCandidates(
    expectations: expectations, moments: moments, customer: questionnaire.customer
  ).map(withEffort)
  // What the team gave up is not proposed again.
  let open = candidates.filter { !dropped.contains($0.id) }
  // The program's own choice closes one gap, and keeps the days for it.
  let takesGap = !gaps.isEmpty && capacity >= policy.assumedEffortDays
  let gapDays = takesGap ? policy.assumedEffortDays : 0
  let free = Set(select(open, capacity: capacity - gapDays, promised: [], policy).chosen)
  let proposals = propose(
    open, chosen: free, gaps.filter { !dropped.contains($0.id) }, questionnaire, policy)
  let dayZero = assessment.dayZero
  let isProposed = assessment.commitments == nil && kept.commitments.isEmpty
  let chosen =
    isProposed
    ? choose(proposals, within: free, gap: takesGap, dayZero, policy).map(PlanEntry.init) : kept.commitments
  let taken = kept.entries.filter { !$0.isCommitment && $0.status != .dropped }

  // A commitment is carried out whatever the selection thinks of it, and so is what it needs; then comes what
  // customers feel, and the rest of the days go to the best of the rest.
  let standing = chosen.filter { $0.status != .dropped } + taken
  let promised = closure(of: Set(standing.map(\.id)), open)
  let known = Set((candidates + gaps).map(\.id))
  let own = standing.filter { !known.contains($0.id) }.map(ownCandidate)
  let troubles = Troubles(candidates, questionnaire)
  let alike = Set(
    proposals.map { [$0.candidate.id] + $0.alike.map(\.id) }
      .filter { !promised.isDisjoint(with: $0) }.flatMap { $0 })
  func isAnswered(_ gap: Candidate) -> Bool {
    promised.contains(gap.id) || alike.contains(gap.id) || dropped.contains(gap.id)
      || own.contains { troubles.areAlike(gap, gap: $0) }
  }
  let redesigned = Set(
    moments.enumerated().filter { $0.element.redesign != nil }.map { "moment-\($0.offset + 1)" })
  let felt = feltFirst(
    gaps, steps: open, answered: isAnswered, redesigned: redesigned, troubles, policy)
  let feltSteps = closure(of: Set(felt.map(\.candidate.id)), open)
  let first = promised.union(feltSteps)
  let unestimated = (gaps + own).filter { first.contains($0.id) }
  let setAside = unestimated.reduce(0) { $0 + ($1.effortDays ?? policy.assumedEffortDays) }
  let selection = select(open, capacity: capacity - setAside, promised: first, policy)
  let wanted = first.union(selection.chosen)
  let planned = (open + gaps + own).filter { wanted.contains($0.id) }
  var dues: [String: Day] = [:]
  var entries: [String: PlanEntry] = [:]
  for var entry in chosen {
    let effort = planned.first { $0.id == entry.id }?.effortDays
    entry.due =
      entry.due ?? doneBy(effort, from: dayZero, besides: Array(dues.values), capacityDays: capacity, policy)
    if entry.status != .dropped { dues[entry.id] = entry.due }
    entries[entry.id] = entry
  }
  for entry in taken {
    entries[entry.id] = entry
    dues[entry.id] = entry.due
  }
  let roadmap = schedule(
    planned.map { candidate in
      ScheduleAction(
        id: candidate.id, effortDays: Double(candidate.effortDays ?? policy.assumedEffortDays),
        benefit: candidate.benefit ?? candidate.urgency ?? 0, requires: candidate.requires,
        tier: promised.contains(candidate.id) ? 0 : feltSteps.contains(candidate.id) ? 1 : 2,
        latest: dues[candidate.id].map { policy.window(of: $0, from: dayZero) })
    }, windowCapacity: policy.windowCapacity(capacity))
  let unanswered = gaps.filter { gap in
    !wanted.contains(gap.id) && !isAnswered(gap) && !felt.contains { $0.gaps.contains(gap) }
  }
  let byID = Dictionary(planned.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  let actions = roadmap.entries.compactMap { entry -> Plan.Action? in
    byID[entry.id].map { candidate in
      Plan.Action(
        candidate: candidate, entry: entries[entry.id],
        gaps: felt.first { $0.candidate.id == candidate.id }?.gaps ?? [],
        window: policy.windowName(entry.finish),
        start: dayZero.adding(days: policy.windowStart(entry.start)),
        due: dues[entry.id]
          ?? dayZero.adding(days: policy.day(in: entry.finish, share: entry.share)).orWorkingDayBefore)
    }
  }.enumerated().sorted { ($0.element.due, $0.offset) < ($1.element.due, $1.offset) }.map(\.element)
  let metrics = kept.metrics(assessment.metrics(in: questionnaire))
  let counted = Set(metrics.filter { $0.baseline != nil || !$0.readings.isEmpty }.map(\.name.nameKey))
  let commitments = chosen.map { line in
    let entry = entries[line.id] ?? line
    let candidate = (candidates + gaps).first { $0.id == entry.id }
    let metric = entry.metric.isEmpty ? candidate?.metric : entry.metric
    let steps = closure(of: [entry.id], open)
    return Plan.Promise(
      entry: entry, candidate: candidate, metric: metric,
      hasBaseline: metric.map { counted.contains($0.nameKey) } ?? false,
      points: candidate?.source == .item
        ? open.filter { steps.contains($0.id) }.reduce(0) { $0 + ($1.points ?? 0) } : nil)
  }
  let promises = Set(chosen.map(\.id))
  let others = actions.filter { !promises.contains($0.candidate.id) }
  let isNext = next(others, dues: dues, felt: feltSteps, policy)
  return Plan(
    assessment: assessment.id, vision: assessment.vision(in: questionnaire), dayZero: dayZero,
    capacityDays: capacity, isCapacityKnown: said != nil, setAsideDays: setAside,
    missingDays: missingDays(dues, open + gaps + own, from: dayZero, capacity: capacity, policy),
    raise: raised, kept: kept, commitments: commitments,
    isProposed: isProposed, selection: selection, candidates: candidates, gaps: gaps, unanswered: unanswered,
    proposals: proposals, actions: actions, next: others.filter { isNext.contains($0.candidate.id) },
    later: others.filter { !isNext.contains($0.candidate.id) },
    beyondHorizon: roadmap.beyondHorizon.compactMap { byID[$0] },
    expectations: ranked(expectations), moments: moments, metrics: metrics,
    calendar: CheckCalendar(from: dayZero))
}

/// By how many person-days the promised steps, with what they need, exceed what there is until they are due, where it is
/// most.
private func missingDays(
  _ dues: [String: Day], _ candidates: [Candidate], from dayZero: Day, capacity: Int, _ policy: PlanningPolicy
) -> Int {
  var taken: Set<String> = []
  var effort = 0
  var most = 0.0
  for (id, due) in dues.sorted(by: { ($0.value, $0.key) < ($1.value, $1.key) }) {
    let steps = closure(of: [id], candidates).subtracting(taken)
    taken.formUnion(steps)
    effort += candidates.filter { steps.contains($0.id) }
      .reduce(0) { $0 + ($1.effortDays ?? policy.assumedEffortDays) }
    let there = Double(capacity) * Double(due.daysSince1970 - dayZero.daysSince1970) / 365
    most = max(most, Double(effort) - max(0, there))
  }
  return Int((most - 1e-9).rounded(.up))
}

/// What a plan tells of beside the commitments: all that was taken up, and up to `nextActions` what comes next, what is
/// felt before what the index chose.
private func next(
  _ actions: [Plan.Action], dues: [String: Day], felt: Set<String>, _ policy: PlanningPolicy
) -> Set<String> {
  let taken = actions.filter { $0.entry != nil }
  let proposed = actions.filter { $0.entry == nil }
  let inOrder =
    proposed.filter { felt.contains($0.candidate.id) } + proposed.filter { !felt.contains($0.candidate.id) }
  let rest = inOrder.prefix(max(0, policy.nextActions - taken.count))
  return Set((taken + rest).map(\.candidate.id))
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
