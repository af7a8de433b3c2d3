/// Every constant of the method that is a choice, in one place; `explain` prints it.
///
/// Thresholds that come from the literature are here too, with their source, so that a reader finds all
/// of them together.
public struct ScoringPolicy: Hashable, Sendable {
  /// The method's name; a change of any constant is a new method.
  public let method: String
  /// Share of a dimension's applicable weight that must be answered for a full score, 0 to 1.
  public let scoredCoverage: Double
  /// Share from which a dimension is scored provisionally, and from which there is a verdict.
  public let provisionalCoverage: Double
  /// Share of a dimension's weight that may be "not applicable" before it can't be compared over time.
  public let comparableNotApplicable: Double
  /// Share of the applicable weight that must have reached a step.
  public let stepShare: Double
  /// Prior degrees of freedom of the rater variance.
  public let priorDegreesOfFreedom: Double
  /// Prior variance of one vote, in squared levels.
  public let priorVoteVariance: Double
  /// Prior correlation of one rater's errors across items.
  public let priorCorrelation: Double
  /// Share of the questions, by weight, that voters must have answered on average for each to count as a rater.
  public let fullRaterShare: Double
  /// Least standard deviation of a dimension's items (and of dimensions) when answers are missing,
  /// in points.
  public let leastMissingDeviation: Double
  /// Probability from which a verdict is clear.
  public let clear: Double
  /// Probability from which a verdict is likely.
  public let likely: Double
  /// How far a range may reach either way, in points, to be called narrow.
  public let narrowRange: Double
  /// Most people that are named as what it would take to be surer; beyond that, people won't settle it.
  public let mostMoreRaters: Int
  /// Correlation of a person's general leaning with itself half a year later, 0 to 1.
  public let retestCorrelation: Double
  /// How often chance alone may make a change count, 0 to 1; over the areas of a comparison together, too.
  public let changeLevel: Double
  /// Share of the weight asked of both that two assessments must have in common for their indexes to be compared.
  public let fullShare: Double
  /// The same where one of them asked the short form only.
  public let shortShare: Double
  /// Share from which areas are compared.
  public let partialShare: Double
  /// Fewest questions of an area that is compared, where both asked everything.
  public let fewestAreaItems: Int
  /// Raters answering alike on this many items, both orientations among them, are flagged.
  public let straightLineItems: Int

  /// Consensus (Tastle & Wierman 2007) from which the votes on an item count as agreement, 0 to 1.
  public let agreementConsensus: Double
  /// Steps of the scale between a vote and the middle from which somebody sees an item differently.
  public let minoritySteps: Int
  /// ICC(1) by department from which departments see the organisation differently, as departments.
  public let siloCorrelation: Double
  /// Departments of two or more that the silo signal needs.
  public let siloDepartments: Int
  /// Points between a department and the others from which a dimension is flagged.
  public let departmentPoints: Double
  /// A team that places itself here or higher …
  public let blindSpotHigh: Double
  /// … where others place it here or lower has a blind spot; both in points.
  public let blindSpotLow: Double
  /// Fewest votes of a department that are shown where anonymity was promised; 3 at least.
  public let smallestBreakdown: Int
  /// Fewest votes of all together that are shown then.
  public let smallestGroup: Int

  /// The constants of the method `outside-in/1`.
  public static let standard = ScoringPolicy(
    method: "outside-in/1", scoredCoverage: 0.8, provisionalCoverage: 0.5,
    comparableNotApplicable: 0.3, stepShare: 0.8,
    priorDegreesOfFreedom: 4, priorVoteVariance: 1, priorCorrelation: 0.5,
    fullRaterShare: 0.6, leastMissingDeviation: 12.5, clear: 0.95, likely: 0.8, narrowRange: 10,
    mostMoreRaters: 30, retestCorrelation: 0.75, changeLevel: 0.1, fullShare: 0.8, shortShare: 0.65,
    partialShare: 0.5,
    fewestAreaItems: 3, straightLineItems: 8,
    agreementConsensus: 0.75, minoritySteps: 2, siloCorrelation: 0.1, siloDepartments: 3,
    departmentPoints: 25, blindSpotHigh: 75, blindSpotLow: 50, smallestBreakdown: 5,
    smallestGroup: 3)
}
