/// How the votes on one question lie.
public struct VoteSpread: Hashable, Sendable {
  /// Votes by level, 0 to 4.
  public let counts: [Int]
  /// The middle vote, 0 to 4; between two levels where an even number voted; nil without votes.
  public let median: Double?
  /// AD_Md, in steps of the scale.
  public let medianDeviation: Statistic
  /// Whether votes lie so far apart that the question should be talked about: AD_Md over a sixth of the number of
  /// steps (Burke & Dunlap 2002). A gap between the lowest and the highest vote would not do: with nine people
  /// three questions of four have one of two levels.
  public let isSplit: Bool
  /// Where it is no split, the levels of those who see it differently: by as many steps from the middle as the policy
  /// says. Rising, each once; none where it is split.
  public let farLevels: [Int]
  /// How many voted for one of ``farLevels``.
  public var minority: Int { farLevels.reduce(0) { $0 + counts[$1] } }

  /// - Parameters:
  ///   - levels: The votes, 0 to 4, in any order.
  ///   - scale: The levels that the question takes, rising; 0, 2, 4 are three steps.
  ///   - policy: From how many steps somebody sees it differently.
  public init(of levels: [Int], scale: [Int] = [0, 1, 2, 3, 4], policy: ScoringPolicy = .standard) {
    var counts = [0, 0, 0, 0, 0]
    for level in levels { counts[level] += 1 }
    self.counts = counts
    median = Scoring.median(levels)
    let ranks = levels.map { level in scale.firstIndex(of: level) ?? level }
    medianDeviation = Scoring.medianDeviation(ranks)
    isSplit = (medianDeviation.value ?? 0) > Double(scale.count) / 6 + 1e-9
    let middle = Scoring.median(ranks) ?? 0
    farLevels =
      isSplit || ranks.count < 2
      ? []
      : Set(
        zip(levels, ranks).filter { abs(Double($1) - middle) >= Double(policy.minoritySteps) - 1e-9 }.map(\.0)
      )
      .sorted()
  }
}
