/// The choices behind a plan, in one place.
public struct PlanningPolicy: Hashable, Sendable {
  /// Person-days over a year, where nobody says otherwise.
  public let capacityDays: Int
  /// What a point is worth in a dimension that the team chose to raise.
  public let raisedImportance: Double
  /// Person-days assumed for a step whose effort nobody has estimated.
  public let assumedEffortDays: Int
  /// The last day of each window, counted from day 0; each has the same share of the capacity, so that
  /// what was promised for next week is not due next year.
  public let windowEnds: [Int]
  /// Days from day 0 to the next assessment.
  public let reviewAfterDays: Int
  /// How many candidates for commitments are proposed; at most a third of them are gaps.
  public let proposals: Int
  /// How many of them the program takes by itself, where the team has not chosen yet.
  public let commitments: Int

  /// 60 person-days a year in four windows, raised dimensions counting double, a review after half a year,
  /// and nine proposals for three commitments.
  public static let standard = PlanningPolicy(
    capacityDays: 60, raisedImportance: 2, assumedEffortDays: 5, windowEnds: [30, 60, 90, 365],
    reviewAfterDays: 182, proposals: 9, commitments: 3)
}
