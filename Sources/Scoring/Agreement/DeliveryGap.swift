import AssessmentModel

/// How far apart a team and its customers see the organisation, on the items customers can answer.
///
/// The unit is a rater: what share of the team, and what share of its customers, is on average at level 3
/// or higher. (Bain & Company 2005 found 80 % of firms and 8 % of their customers calling the experience
/// superior; hence the name.)
public struct DeliveryGap: Hashable, Sendable {
  /// Whether the gap could be worked out.
  public enum Status: String, Hashable, Sendable {
    /// No customer has answered.
    case unverified
    case measured
    /// Votes were anonymous, so that there are no single raters to count.
    case anonymous
  }

  /// `measured` where there are shares and a gap.
  public let status: Status
  /// Raters at level 3 or higher; nil unless measured.
  public let team: Proportion?
  /// Customers at level 3 or higher; nil unless measured.
  public let customers: Proportion?
  /// Team minus customers, −1 to 1, with its 95 % interval.
  public let gap: Difference?
  /// What the team predicted and what customers said, by dimension.
  public let dimensions: [Prediction]

  /// One dimension, on the items customers can answer; all in points, 0 to 100.
  public struct Prediction: Hashable, Sendable {
    /// The dimension's id.
    public let id: String
    /// nil where the team predicted nothing.
    public let predicted: Double?
    /// What the team said itself; nil where it said nothing.
    public let team: Double?
    /// What customers said.
    public let customers: Double
  }

  static let unverified = DeliveryGap(
    status: .unverified, team: nil, customers: nil, gap: nil, dimensions: [])
}

/// A share of a number of people.
public struct Proportion: Hashable, Sendable {
  /// How many count, 0 to `count`.
  public let successes: Int
  /// Of how many, 1 or more.
  public let count: Int

  /// - Parameters:
  ///   - successes: 0 to `count`.
  ///   - count: 1 or more.
  public init(successes: Int, of count: Int) {
    self.successes = successes
    self.count = count
  }

  /// 0 to 1.
  public var share: Double { Double(successes) / Double(count) }

  /// Wilson's score interval (Wilson 1927; method 3 of Newcombe 1998), which is never empty, not even where
  /// nobody or everybody counts.
  ///
  /// - Parameter confidence: Above 0 and below 1.
  public func interval(confidence: Double = 0.95) -> ClosedRange<Double> {
    let z = Normal.quantile((1 + confidence) / 2)
    let n = Double(count)
    let middle = share + z * z / (2 * n)
    let half = z * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
    let whole = 1 + z * z / n
    return max(0, (middle - half) / whole)...min(1, (middle + half) / whole)
  }

  /// This share minus another one of other people, with the interval that is made of both Wilson intervals
  /// (Newcombe 1998, "Interval estimation for the difference between independent proportions", method 10).
  public func minus(_ other: Proportion, confidence: Double = 0.95) -> Difference {
    let (mine, theirs) = (interval(confidence: confidence), other.interval(confidence: confidence))
    func root(_ left: Double, _ right: Double) -> Double { (left * left + right * right).squareRoot() }
    let value = share - other.share
    let low = value - root(share - mine.lowerBound, theirs.upperBound - other.share)
    let high = value + root(mine.upperBound - share, other.share - theirs.lowerBound)
    return Difference(value: value, interval: low...high)
  }
}

/// A difference with its interval.
public struct Difference: Hashable, Sendable {
  /// −1 to 1.
  public let value: Double
  /// Within −1 to 1, and around `value`.
  public let interval: ClosedRange<Double>
}

/// Customers as a second group, on the items with a customer's wording: their own index and verdict, the
/// team's on the same items, and the gap between both.
func customerView(
  _ assessment: Assessment, _ questionnaire: Questionnaire, staff: Standings,
  _ policy: ScoringPolicy
) -> (Scorecard.CustomerScore?, DeliveryGap, isDisputed: Bool) {
  guard
    assessment.raters.contains(where: { $0.group == .customer })
      || assessment.tallies.contains(where: { $0.group == .customer })
  else { return (nil, .unverified, false) }
  let theirs = standings(of: assessment, with: questionnaire, group: .customer, policy: policy)
  guard theirs.items.contains(where: { $0.allVotes > 0 }) else { return (nil, .unverified, false) }
  let ours = Standings(
    voters: staff.voters, items: staff.items.filter(\.hasCustomersWording),
    areAnonymous: staff.areAnonymous)
  let customers = IndexArithmetic(theirs, questionnaire: questionnaire, policy: policy)
  let team = IndexArithmetic(ours, questionnaire: questionnaire, policy: policy)
  // Like is compared with like: only what both have answered.
  let (left, right) = (ours.answered(as: theirs), theirs.answered(as: ours))
  let shared = IndexArithmetic(left, questionnaire: questionnaire, policy: policy)
  let listed = Set(assessment.raters.filter { $0.group == .customer }.map(\.id))
  let answered = Set(
    assessment.responses.compactMap { $0.counted == .open ? nil : $0.key.rater }
  ).intersection(listed)
  let score = Scorecard.CustomerScore(
    index: customers.index, teamIndex: shared.index,
    verdict: customers.verdict(cut: questionnaire.scoring.cut), coverage: customers.coverage,
    standings: theirs,
    // Tallies have no raters, so the most votes on one item say how many there were at least.
    raters: max(answered.count, theirs.items.map(\.allVotes).max() ?? 0))
  return (
    score,
    deliveryGap(
      left, right,
      predictions: predictions(assessment, questionnaire, ours: ours.items, theirs: theirs.items)),
    isDisputed: isDisputed(
      shared, IndexArithmetic(right, questionnaire: questionnaire, policy: policy),
      enough: min(team.coverage, customers.coverage) >= policy.provisionalCoverage - 1e-9,
      cut: questionnaire.scoring.cut)
  )
}

/// Whether two groups, of which enough is answered, are on different sides.
private func isDisputed(
  _ team: IndexArithmetic, _ customers: IndexArithmetic, enough: Bool, cut: Double
) -> Bool {
  guard enough, let ours = team.index, let theirs = customers.index else { return false }
  return IndexArithmetic.isOutsideIn(ours, cut) != IndexArithmetic.isOutsideIn(theirs, cut)
}

extension Standings {
  /// Only the items that another group has answered, too.
  fileprivate func answered(as other: Standings) -> Standings {
    let ids = Set(other.items.filter(\.isAnswered).map(\.id))
    return Standings(
      voters: voters, items: items.filter { $0.isAnswered && ids.contains($0.id) },
      areAnonymous: areAnonymous)
  }
}

private func deliveryGap(
  _ ours: Standings, _ theirs: Standings, predictions: [DeliveryGap.Prediction]
) -> DeliveryGap {
  let isAnonymous = ours.areAnonymous || theirs.areAnonymous
  guard !isAnonymous, let team = satisfied(ours), let customers = satisfied(theirs) else {
    return DeliveryGap(
      status: isAnonymous ? .anonymous : .unverified, team: nil, customers: nil, gap: nil,
      dimensions: predictions)
  }
  return DeliveryGap(
    status: .measured, team: team, customers: customers, gap: team.minus(customers),
    dimensions: predictions)
}

/// How many raters are at level 3 or higher on average over their first votes; nil where nobody voted.
private func satisfied(_ standings: Standings) -> Proportion? {
  var sums = Array(repeating: (levels: 0, count: 0), count: standings.voters.count)
  for item in standings.items {
    for vote in item.firstVotes {
      sums[vote.voter].levels += vote.level
      sums[vote.voter].count += 1
    }
  }
  let voted = sums.filter { $0.count > 0 }
  if voted.isEmpty { return nil }
  // Whole numbers, so that no rounding decides who is at 3.
  return Proportion(successes: voted.count { $0.levels >= 3 * $0.count }, of: voted.count)
}

private func predictions(
  _ assessment: Assessment, _ questionnaire: Questionnaire, ours: [ItemStanding],
  theirs: [ItemStanding]
) -> [DeliveryGap.Prediction] {
  func mean(_ values: [(weight: Double, points: Double)]) -> Double? {
    let weight = values.reduce(0) { $0 + $1.weight }
    return weight > 0 ? values.reduce(0) { $0 + $1.weight * $1.points } / weight : nil
  }
  return questionnaire.dimensions.indices.compactMap { dimension in
    let answered = theirs.filter { $0.dimensionPlace == dimension && $0.isAnswered }
    let ids = Set(answered.map(\.id))
    guard let customers = mean(answered.map { ($0.weight, $0.points ?? 0) }) else { return nil }
    // What nobody predicted or answered on the other side is not compared.
    let predicted = answered.compactMap { item in
      assessment.predictions[item.id].map { (item.weight, 25 * (item.isTurned ? 4 - $0 : $0)) }
    }
    let team = ours.filter { ids.contains($0.id) }.compactMap { item in
      item.points.map { (item.weight, $0) }
    }
    return DeliveryGap.Prediction(
      id: questionnaire.dimensions[dimension].id,
      predicted: predicted.count == answered.count ? mean(predicted) : nil,
      team: team.count == answered.count ? mean(team) : nil, customers: customers)
  }
}

extension Scorecard {
  /// Ids of the dimensions of which it may be told to others what customers said: every question they answered was answered
  /// by so many that nobody's answer can be told (``ScoringPolicy/smallestGroup``).
  package var dimensionsToldOfCustomers: Set<String> {
    let items = customers?.standings.items.filter { !$0.latestVotes.isEmpty } ?? []
    let few = Set(items.filter { $0.latestVotes.count < policy.smallestGroup }.map(\.dimension))
    return Set(items.map(\.dimension)).subtracting(few)
  }
}
