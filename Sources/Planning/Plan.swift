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
    /// Id of a commitment that is about the same trouble; nil where there is none.
    public let like: String?
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
    /// Whether the day by which it is done is the program's, since the team has said none.
    public let isDueProposed: Bool
    /// Whether somebody has counted that once.
    public let hasBaseline: Bool
    /// Whether counting it once is the first step, because nobody had counted it when it was promised.
    public let countsFirst: Bool
    /// What it adds to the index with the steps it needs, in points, or what the step adds that it comes to; nil for what
    /// raises no question.
    public let points: Double?
    /// What is done first, with its day, and what comes a week behind it where counting once is the first.
    public var steps: [(day: Day?, text: String)] {
      guard countsFirst else { return [(entry.by, entry.firstStep)] }
      return [
        (entry.by, hasBaseline ? "" : "Count once, before anything changes: \(metric ?? "how it is now")."),
        (entry.by?.adding(days: 7).orWorkingDayBefore, entry.firstStep),
      ].filter { !$0.1.isEmpty }
    }
    /// The step that it comes to, though it is none itself; nil for steps, and where it is like none.
    public let like: Candidate?
  }

  /// What is done first for a line, with its day, and what comes behind it.
  public func steps(of entry: PlanEntry) -> [(day: Day?, text: String)] {
    commitments.first { $0.entry.id == entry.id }?.steps ?? [(entry.by, entry.firstStep)]
  }

  /// Id of the assessment it was made from.
  public let assessment: String
  /// What the team wrote to each of the five prompts; those without an answer are absent.
  public let vision: [VisionPrompt: String]
  /// Day 0, in UTC: when the assessment was finished, else when it was started; 1970-01-01 where neither is
  /// known.
  public let dayZero: Day
  /// The day of the last change that counts, in UTC; day 0 where there was none.
  public let asOf: Day
  /// Person-days over 365 days that the plan may take.
  public let capacityDays: Int
  /// Whether the team has said how many days there are; otherwise it is the program's guess.
  public let isCapacityKnown: Bool
  /// Person-days kept for what was promised, or is felt by customers, and nobody has estimated; they are no part of the
  /// selection's.
  public let setAsideDays: Int
  /// Person-days that the open commitments take beyond what there are from `asOf` until they are due.
  public let missingDays: Int
  /// Ids of the dimensions that the team chose to raise; empty where it chose none.
  public let raise: [String]
  /// The team's plan as it works on it.
  public let kept: KeptPlan
  /// What is promised: the team's choice, or the program's where the team has made none yet.
  public let commitments: [Promise]
  /// Whether the commitments are the program's proposal, which nobody has looked at yet.
  public let isProposed: Bool
  /// All lines with their numbers: those the team keeps, then what is proposed.
  public let lines: [PlanLine]
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
