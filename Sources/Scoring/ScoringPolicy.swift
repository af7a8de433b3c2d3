/// Every constant of the method that is a choice, in one place; `explain` prints it.
public struct ScoringPolicy: Hashable, Sendable {
  /// The method's name; a change of any constant is a new method.
  public let method: String
  /// Share of a dimension's applicable weight that must be answered for a full score, 0 to 1.
  public let scoredCoverage: Double
  /// Share from which a dimension is scored provisionally, and from which there is a verdict.
  public let provisionalCoverage: Double
  /// Share of the applicable weight that must have reached a step.
  public let stepShare: Double
  /// Prior degrees of freedom of the rater variance.
  public let priorDegreesOfFreedom: Double
  /// Prior variance of one vote, in squared levels.
  public let priorVoteVariance: Double
  /// Prior correlation of one rater's errors across items.
  public let priorCorrelation: Double
  /// Least standard deviation of a dimension's items (and of dimensions) when answers are missing,
  /// in points.
  public let leastMissingDeviation: Double
  /// Probability from which a verdict is clear.
  public let clear: Double
  /// Probability from which a verdict is likely.
  public let likely: Double
  /// Raters answering alike on this many items, both orientations among them, are flagged.
  public let straightLineItems: Int

  public static let standard = ScoringPolicy(
    method: "outside-in/1", scoredCoverage: 0.8, provisionalCoverage: 0.5, stepShare: 0.8,
    priorDegreesOfFreedom: 4, priorVoteVariance: 1, priorCorrelation: 0.5,
    leastMissingDeviation: 12.5, clear: 0.95, likely: 0.8, straightLineItems: 8)
}
