import AssessmentModel
import RealModule

/// The teams of one organisation at one time, each against the mean of the others, by the arithmetic and with the cautions
/// of a change.
public struct TeamComparison: Sendable {
  /// What a difference is called.
  public enum Outcome: String, Hashable, Sendable {
    case higher, lower
    /// Nothing beyond what chance would make it.
    case none
  }

  /// One team.
  public struct Row: Hashable, Sendable {
    /// The core's index, 0 to 100.
    public let index: Double
    /// The mean of the other teams' indexes.
    public let others: Double
    /// What the choice of people adds to the team's error.
    public let spread: RaterSpread
    /// S, of the difference, in points.
    public let standardError: Double
    /// ν, of Student's t (Welch–Satterthwaite).
    public let degreesOfFreedom: Double
    /// How often chance alone would make the difference so large, either way.
    public let p: Double
    /// From how many points on a difference counts: `t_ν(1 − .05/k)·S` with k tests by the standard policy.
    public let detectable: Double
    /// The same at its own step of Holm's, where the differences that are surer have counted.
    public let countsFrom: Double
    /// By Holm over the teams; two teams are one test.
    public let outcome: Outcome

    /// The team's less the others'.
    public var delta: Double { index - others }
  }

  /// The latest of each team, in the order given.
  public let assessments: [ComparedAssessment]
  /// What they have in common.
  public let core: ComparableCore
  /// One for each; empty where too little is in common.
  public let rows: [Row]
}

/// Compares the latest assessments of two or more teams of one organisation.
public func compareTeams(
  _ assessments: [ComparedAssessment], policy: ScoringPolicy = .standard
) -> TeamComparison {
  precondition(assessments.count > 1, "a comparison is of two or more")
  let core = ComparableCore(assessments, policy: policy)
  guard core.status == .full else { return TeamComparison(assessments: assessments, core: core, rows: []) }
  let indexes = core.indexes.compactMap { $0 }
  let isAnonymous = core.arithmetic.contains(where: \.hasAnonymousVotes)
  let spreads = core.arithmetic.map { isAnonymous ? RaterSpread($0).asAssumed(policy) : RaterSpread($0) }
  // What joins versions is one error for all of them.
  let links = assessments.map { $0.correspondence.linkErrors.reduce(0) { $0 + $1 * $1 } }
  let link = (links.max() ?? 0) - (links.min() ?? 0)
  let measured = zip(indexes, spreads).map {
    MeasuredIndex(index: $0, variance: $1.raterVariance, degreesOfFreedom: $1.degreesOfFreedom)
  }
  let figures = measured.indices.map { place in
    var others = MeanIndex()
    for other in measured.indices where other != place { others.add(measured[other]) }
    // There are two or more, so that there is a mean of the others.
    let mean = others.measured ?? measured[place]
    return (others: mean.index, difference: MeanDifference(of: measured[place], from: mean, link: link))
  }
  let tests = assessments.count == 2 ? 1 : assessments.count
  let steps =
    tests == 1
    ? figures.map { HolmStep(holds: $0.difference.p <= policy.changeLevel, tests: 1) }
    : holm(figures.map(\.difference.p), level: policy.changeLevel)
  return TeamComparison(
    assessments: assessments, core: core,
    rows: figures.enumerated().map { place, row in
      let difference = row.difference
      return TeamComparison.Row(
        index: indexes[place], others: row.others, spread: spreads[place],
        standardError: difference.standardError, degreesOfFreedom: difference.degreesOfFreedom,
        p: difference.p, detectable: difference.detectable(level: policy.changeLevel, tests: tests),
        countsFrom: difference.detectable(level: policy.changeLevel, tests: steps[place].tests),
        outcome: steps[place].holds ? indexes[place] > row.others ? .higher : .lower : .none)
    })
}
