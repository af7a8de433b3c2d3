/// The choices behind a plan, in one place.
public struct PlanningPolicy: Hashable, Sendable {
  /// Person-days over a year, where nobody says otherwise.
  public let capacityDays: Int
  /// What a point is worth in a dimension that the team chose to raise.
  public let raisedImportance: Double
  /// Person-days assumed for a step whose effort nobody has estimated.
  public let assumedEffortDays: Int
  /// The last day of each window, counted from day 0; each has its share of the capacity by its length.
  public let windowEnds: [Int]
  /// Days from day 0 before which no commitment is proposed to be done.
  public let earliestDone: Int
  /// How many of the worst expectations, and of the worst moments, are answered before the index chooses.
  public let feltOfEach: Int
  /// How many actions a plan tells of beside the commitments, until the team takes more; of the rest it gives titles.
  public let nextActions: Int
  /// How many candidates for commitments are proposed; at most a third of them are gaps.
  public let proposals: Int
  /// How many of them the program takes by itself, where the team has not chosen yet.
  public let commitments: Int

  /// 60 person-days a year in four windows, raised dimensions counting double, nine proposals for three
  /// commitments, and the two worst expectations and moments before the index.
  public static let standard = PlanningPolicy(
    capacityDays: 60, raisedImportance: 2, assumedEffortDays: 5, windowEnds: [30, 60, 90, 365],
    earliestDone: 28, feltOfEach: 2, nextActions: 3, proposals: 9, commitments: 3)
}

extension Candidate {
  /// Person-days that it is counted with: as estimated, else as the policy assumes.
  public func days(_ policy: PlanningPolicy = .standard) -> Int { effortDays ?? policy.assumedEffortDays }
}
