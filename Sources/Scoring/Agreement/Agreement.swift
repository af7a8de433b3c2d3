import AssessmentModel

/// How far the staff's first votes agree, item by item, over all, and between departments.
///
/// First votes, because they were given before anybody talked. Levels are oriented: 4 is always the
/// Outside-In end. Customers' votes are in nothing but the blind spots.
public struct Agreement: Hashable, Sendable {
  /// How many people cast a first vote; where votes were anonymous, how many at least.
  public let raters: Int
  /// The items that were asked, in the questionnaire's order.
  public let items: [ItemAgreement]
  /// The figures over all items together.
  public let overall: Overall
  /// The departments that can be told apart, by name.
  public let departments: [DepartmentView]
  /// By dimension, the team's before those of departments; empty where there are none.
  public let blindSpots: [BlindSpot]
  /// What a reader should know before using the figures.
  public let flags: [Flag]
  /// The thresholds that decided flags and blind spots.
  public let policy: ScoringPolicy

  /// What holds for the agreement as a whole.
  public enum Flag: String, Hashable, Sendable, CaseIterable {
    /// Two raters: a single vote decides every figure.
    case lowPower
    /// Ratings differ more than chance would make them.
    case moreThanChanceDisagreement
    /// Departments see the organisation differently, as departments: ICC(1) is high, with enough departments.
    case siloSignal
  }

  /// Figures over all items that two or more people voted on.
  public struct Overall: Hashable, Sendable {
    /// r*_wg(j), 0 to 1: 0 where there is more disagreement than chance would give.
    public let rwgjStar: Statistic
    /// The same before it is cut off at 0.
    public let rwgjStarRaw: Statistic
    /// r_wg(j), 0 to 1; it grows with the number of items.
    public let rwgj: Statistic
    /// Krippendorff's α with the ordinal metric, up to 1.
    public let alphaOrdinal: Statistic
    /// The share of the variance between people that lies between their departments, up to 1.
    public let icc1Department: Statistic
  }

  /// A team or department that places itself high where others place it low; in points, 0 to 100.
  public struct BlindSpot: Hashable, Sendable {
    /// Who sees it otherwise.
    public enum Other: String, Hashable, Sendable {
      case customers, otherDepartments
    }

    /// The dimension's id.
    public let dimension: String
    /// nil for the team as a whole.
    public let department: String?
    /// What they say themselves, 75 or more by the standard policy.
    public let score: Double
    /// Who sees it otherwise.
    public let other: Other
    /// What these say, 50 or less by the standard policy.
    public let otherScore: Double
  }
}

/// The first votes on one item. Where it has three steps (0, 2, 4), deviation and r_wg count them as 0, 1, 2.
public struct ItemAgreement: Hashable, Sendable {
  /// What holds for one item: two votes only, or more disagreement than chance would give.
  public enum Flag: String, Hashable, Sendable, CaseIterable {
    case lowPower, moreThanChanceDisagreement
  }

  /// What the votes look like, in plain words.
  public enum Picture: String, Hashable, Sendable {
    /// No two votes are far from one another.
    case close
    /// Most lie close together, and somebody is far away.
    case outlier
    /// Votes lie apart.
    case apart
  }

  /// The item's id.
  public let item: String
  /// Its dimension's id.
  public let dimension: String
  /// How many voted with a level.
  public let n: Int
  /// Votes by oriented level, 0 to 4; nil where they are too few to be shown.
  public let distribution: [Int]?
  /// 0 to 4.
  public let mean: Double?
  /// 0 to 4; between two levels where an even number voted.
  public let median: Double?
  /// First and third, linear between votes (Hyndman & Fan 1996, type 7).
  public let quartiles: [Double]?
  /// AD_Md, in steps; up to `steps / 6` counts as agreement.
  public let medianDeviation: Statistic
  /// How many steps the item's scale has.
  public let steps: Int
  /// r_wg, 0 to 1: above .70 strong, from .51 moderate (LeBreton & Senter 2008).
  public let rwg: Statistic
  /// The same before it is cut off at 0.
  public let rwgRaw: Statistic
  /// Consensus, 0 to 1.
  public let consensus: Statistic
  /// Whether votes lie so far apart that it should be talked about; see ``VoteSpread/isSplit``.
  public let split: Bool
  /// How many see it differently where it is no split; see ``VoteSpread/minority``.
  public let minority: Int
  /// What a reader should know before using the figures.
  public let flags: [Flag]

  /// nil where fewer than two voted, or too few to be shown.
  public var picture: Picture? {
    guard medianDeviation.value != nil else { return nil }
    return split ? .apart : minority > 0 ? .outlier : .close
  }
}

/// How one department sees the organisation, against everybody else.
public struct DepartmentView: Hashable, Sendable {
  /// On which side of the others a department stands, 25 points or more away by the standard policy.
  public enum Flag: String, Hashable, Sendable {
    case lower, higher
    /// As far from the others, and it or they are one person.
    case singleVoice
  }

  /// One dimension.
  public struct Row: Hashable, Sendable {
    /// The dimension's id.
    public let id: String
    /// The department's mean minus the others', in points, −100 to 100, over the items both voted on; nil where
    /// there are none, or too few votes to be shown.
    public let delta: Double?
    /// nil where the difference is smaller than the policy asks for.
    public let flag: Flag?
  }

  /// As it was spelt first; case and spaces make no difference.
  public let department: String
  /// How many of its people cast a first vote; where votes were anonymous, how many at least.
  public let n: Int
  /// One row a dimension, in the questionnaire's order.
  public let dimensions: [Row]
}

/// How far the staff of an assessment agree.
///
/// - Parameters:
///   - assessment: Whose first votes are compared.
///   - questionnaire: The version it was made with.
///   - policy: Its thresholds decide flags and blind spots, never a figure.
public func agreement(
  _ assessment: Assessment, with questionnaire: Questionnaire, policy: ScoringPolicy = .standard
) -> Agreement {
  let all = standings(of: assessment, with: questionnaire, policy: policy)
  let standings = all.items
  let isAnonymous = all.areAnonymous
  let items = standings.map { itemAgreement($0, isAnonymous: isAnonymous, policy) }
  let voters = Set(standings.flatMap { $0.firstVotes.compactMap { all.rater(of: $0) } }).count
  let raters = max(voters, standings.map(\.firstVotes.count).max() ?? 0)

  let shares = zip(standings, items).compactMap { standing, item in
    item.rwgRaw.value.map { (1 - $0, standing.steps) }
  }
  let star = meanWithinGroupAgreement(varianceShares: shares.map(\.0))
  // Too few anonymous votes are in no figure.
  let hidden = items.contains { $0.distribution == nil }
  func known(_ statistic: Statistic) -> Statistic {
    hidden && statistic.value == nil ? .undefined(.anonymous) : statistic
  }
  let overall = Agreement.Overall(
    rwgjStar: known(star.map { max($0, 0) }), rwgjStarRaw: known(star),
    rwgj: known(star.map { steppedUpAgreement($0, items: shares.count) }),
    alphaOrdinal: known(
      ordinalAlpha(
        zip(standings, items).filter { $1.distribution != nil }
          .map { $0.0.firstVotes.map(\.level) })),
    icc1Department: isAnonymous ? .undefined(.anonymous) : departmentCorrelation(all))

  let comparison = DepartmentComparison(all, policy)
  var flags: Set<Agreement.Flag> = []
  if raters == 2 { flags.insert(.lowPower) }
  if let raw = star.value, raw < 0 { flags.insert(.moreThanChanceDisagreement) }
  if let correlation = overall.icc1Department.value, correlation >= policy.siloCorrelation - 1e-9,
    comparison.departments.count(where: { $0.n > 1 }) >= policy.siloDepartments
  {
    flags.insert(.siloSignal)
  }
  return Agreement(
    raters: raters, items: items, overall: overall,
    departments: comparison.views(questionnaire),
    blindSpots: customerBlindSpots(assessment, questionnaire, standings, policy)
      + comparison.blindSpots(questionnaire),
    flags: Agreement.Flag.allCases.filter(flags.contains), policy: policy)
}

extension Statistic {
  fileprivate func map(_ change: (Double) -> Double) -> Statistic {
    switch self {
    case .value(let value): .value(change(value))
    case .undefined: self
    }
  }
}

extension ItemStanding {
  /// How many steps the item's scale has.
  fileprivate var steps: Int { levels.count }

  /// First votes as whole steps from 0 on, so that a scale of 0, 2, 4 has steps of one.
  fileprivate var ranks: [Int] {
    firstVotes.map { vote in levels.firstIndex(of: vote.level) ?? vote.level }
  }
}

private func itemAgreement(
  _ standing: ItemStanding, isAnonymous: Bool, _ policy: ScoringPolicy
) -> ItemAgreement {
  let levels = standing.firstVotes.map(\.level).sorted()
  let n = levels.count
  if isAnonymous, n < policy.smallestGroup {
    let hidden = Statistic.undefined(.anonymous)
    return ItemAgreement(
      item: standing.id, dimension: standing.dimension, n: n, distribution: nil,
      mean: nil, median: nil, quartiles: nil, medianDeviation: hidden, steps: standing.steps,
      rwg: hidden, rwgRaw: hidden, consensus: hidden, split: false, minority: 0, flags: [])
  }
  let spread = VoteSpread(of: levels, scale: standing.levels, policy: policy)
  let values = levels.map(Double.init)
  let ranks = standing.ranks
  let raw = withinGroupAgreement(ranks, steps: standing.steps)
  var flags: [ItemAgreement.Flag] = []
  if n == 2 { flags.append(.lowPower) }
  if let raw = raw.value, raw < 0 { flags.append(.moreThanChanceDisagreement) }
  return ItemAgreement(
    item: standing.id, dimension: standing.dimension, n: n, distribution: spread.counts,
    mean: n > 0 ? values.reduce(0, +) / Double(n) : nil, median: spread.median,
    quartiles: quantile(0.25, of: values).map { [$0, quantile(0.75, of: values) ?? $0] },
    medianDeviation: spread.medianDeviation, steps: standing.steps,
    rwg: raw.map { max($0, 0) }, rwgRaw: raw, consensus: consensus(spread.counts),
    split: spread.isSplit, minority: spread.minority, flags: flags)
}

/// ICC(1) of people's average distance from the items' means, so that somebody who left the hard questions out
/// does not look different for that. With complete answers it is that of their means.
private func departmentCorrelation(_ standings: Standings) -> Statistic {
  var distances: [String: (department: String, sum: Double, count: Double)] = [:]
  for standing in standings.items where standing.firstVotes.count > 1 {
    let votes = standing.firstVotes
    let mean = Double(votes.reduce(0) { $0 + $1.level }) / Double(votes.count)
    for vote in votes {
      guard let rater = standings.rater(of: vote),
        let department = standings.department(of: vote)
      else { continue }
      var own = distances[rater] ?? (department, 0, 0)
      own.sum += Double(vote.level) - mean
      own.count += 1
      distances[rater] = own
    }
  }
  if distances.count < 2 { return .undefined(distances.isEmpty ? .tooFewDepartments : .oneRater) }
  var groups: [String: [Double]] = [:]
  for (_, own) in distances.sorted(by: { $0.key < $1.key }) {
    groups[own.department, default: []].append(own.sum / own.count)
  }
  return intraclassCorrelation(groups.sorted { $0.key < $1.key }.map(\.value))
}

/// Where the team places itself high and customers place it low, on the items both answered.
private func customerBlindSpots(
  _ assessment: Assessment, _ questionnaire: Questionnaire, _ staff: [ItemStanding],
  _ policy: ScoringPolicy
) -> [Agreement.BlindSpot] {
  guard
    assessment.raters.contains(where: { $0.group == .customer })
      || assessment.tallies.contains(where: { $0.group == .customer })
  else { return [] }
  let customers = standings(
    of: assessment, with: questionnaire, group: .customer, policy: policy
  ).items
  let pairs = customers.compactMap { theirs -> (ItemStanding, ItemStanding)? in
    guard !theirs.firstVotes.isEmpty,
      let ours = staff.first(where: { $0.id == theirs.id }), !ours.firstVotes.isEmpty
    else { return nil }
    return (ours, theirs)
  }
  return questionnaire.dimensions.enumerated().compactMap { place, dimension in
    let pairs = pairs.filter { $0.0.dimensionPlace == place }
    guard let ours = firstVotePoints(pairs.map(\.0)), let theirs = firstVotePoints(pairs.map(\.1)),
      ours >= policy.blindSpotHigh - 1e-9, theirs <= policy.blindSpotLow + 1e-9
    else { return nil }
    return Agreement.BlindSpot(
      dimension: dimension.id, department: nil, score: ours, other: .customers, otherScore: theirs)
  }
}

/// The weighted mean of first votes, in points; nil for no items.
private func firstVotePoints(_ items: [ItemStanding]) -> Double? {
  let weight = items.reduce(0) { $0 + $1.weight }
  if weight == 0 { return nil }
  return items.reduce(0) { sum, item in
    let mean = Double(item.firstVotes.reduce(0) { $0 + $1.level }) / Double(item.firstVotes.count)
    return sum + item.weight * 25 * mean
  } / weight
}
