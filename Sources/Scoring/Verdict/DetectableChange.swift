import RealModule

/// From how many points on a change of the index counts, when the same people, or as many others, answer again.
///
/// What is known beforehand: nothing but the prior of ``ScoringPolicy``. Named people are compared with themselves, whose
/// general leaning persists; anonymous votes are compared as if they were other people's.
///
/// - Parameters:
///   - people: How many answer each time, 1 or more.
///   - same: How many of them are the same both times; nil for all.
///   - items: How many questions they answer, taken to weigh alike.
///   - anonymous: Whether votes are counts that lead to nobody.
///   - linkVariance: The squared error of what joins two versions, where they answer one and then the other.
///   - policy: The prior, and how far a person's leaning persists.
/// - Returns: Points of 100, for a 90 % test.
public func detectableChange(
  people: Int, same: Int? = nil, items: Int, anonymous: Bool, linkVariance: Double = 0,
  policy: ScoringPolicy = .standard
) -> Double {
  let prior =
    625 * policy.priorVoteVariance
    * (policy.priorCorrelation + (1 - policy.priorCorrelation) / Double(items))
  let perPerson = prior / Double(people)
  if anonymous {
    // Two like errors, each with the degrees of freedom of the prior (Welch–Satterthwaite).
    return StudentT.quantile(0.95, degreesOfFreedom: 2 * policy.priorDegreesOfFreedom)
      * .sqrt(2 * perPerson + linkVariance)
  }
  let own = policy.priorDegreesOfFreedom + Double(people) - 1
  let kept = Double(same ?? people) / Double(people)
  return StudentT.quantile(0.95, degreesOfFreedom: kept > 0 ? own : 2 * own)
    * .sqrt(2 * (1 - kept * policy.retestCorrelation) * perPerson + linkVariance)
}
