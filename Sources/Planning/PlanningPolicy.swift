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
  /// How many candidates for commitments are proposed, and how many are taken.
  public let proposals: Int
  public let commitments: Int

  public static let standard = PlanningPolicy(
    capacityDays: 60, raisedImportance: 2, assumedEffortDays: 5, windowEnds: [30, 60, 90, 365],
    reviewAfterDays: 182, proposals: 9, commitments: 3)
}
