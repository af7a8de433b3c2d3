import RealModule

/// A figure, or why there is none.
public enum Statistic: Hashable, Sendable {
  case value(Double)
  case undefined(Reason)

  /// Why a figure has no value.
  public enum Reason: String, Hashable, Sendable {
    /// One person agrees with nobody and disagrees with nobody.
    case oneRater
    /// All ratings are alike, so that there is nothing to compare their agreement with.
    case noVariation
    /// No item was rated by two.
    case noPairableUnits
    /// Anonymity was promised, and the figure would need to know single raters or show too few of them.
    case anonymous
    /// Fewer than two departments, or none with two people.
    case tooFewDepartments
  }

  /// The figure; nil where it is undefined.
  public var value: Double? {
    if case .value(let value) = self { return value }
    return nil
  }

  /// Why there is none; nil where there is one.
  public var reason: Reason? {
    if case .undefined(let reason) = self { return reason }
    return nil
  }
}

/// The median of some ratings; the mean of the two in the middle of an even number. nil for none.
public func median(_ ratings: [Int]) -> Double? {
  quantile(0.5, of: ratings.sorted().map(Double.init))
}

/// AD_Md, the mean distance of ratings from their median, in scale steps (Burke & Dunlap 2002,
/// "Estimating interrater agreement with the average deviation index: a user's guide"). 0 is full agreement; up
/// to a sixth of the number of steps counts as agreement.
public func medianDeviation(_ ratings: [Int]) -> Statistic {
  guard ratings.count > 1, let middle = median(ratings) else { return .undefined(.oneRater) }
  return .value(ratings.reduce(0) { $0 + abs(Double($1) - middle) } / Double(ratings.count))
}

/// r_wg before anything is done about values below 0: `1 − s²/σ²`, where s² has n − 1 and σ² is the
/// variance of a uniform scale, `(A² − 1)/12` (James, Demaree & Wolf 1984). 1 is full agreement, 0 what chance
/// would give, below 0 more disagreement than chance would give.
///
/// - Parameters:
///   - ratings: Whole steps of the scale, wherever it begins.
///   - steps: A, how many steps the scale has, 2 or more.
public func withinGroupAgreement(_ ratings: [Int], steps: Int) -> Statistic {
  guard ratings.count > 1 else { return .undefined(.oneRater) }
  // In whole numbers, so that votes exactly as far apart as chance would put them give exactly 0.
  let n = ratings.count
  let sum = ratings.reduce(0, +)
  let squares = ratings.reduce(0) { $0 + $1 * $1 }
  let variance = Double(n * squares - sum * sum) / Double(n * (n - 1))
  return .value(1 - variance / uniformVariance(steps: steps))
}

/// The variance that ratings spread evenly over a scale would have: `(A² − 1)/12`, 2 for five steps.
public func uniformVariance(steps: Int) -> Double { Double(steps * steps - 1) / 12 }

/// r*_wg(j), the agreement over J items: `q = 1 − mean(s²/σ²)` (Lindell & Brandt 1999). It does not grow
/// with J; it may be negative, which is more disagreement than chance would give.
///
/// - Parameter shares: s²/σ² of each item that two or more people rated.
public func meanWithinGroupAgreement(varianceShares shares: [Double]) -> Statistic {
  if shares.isEmpty { return .undefined(.oneRater) }
  return .value(1 - shares.reduce(0, +) / Double(shares.count))
}

/// r_wg(j): `Jq/(Jq + 1 − q)`, 0 where q is not above 0 (James, Demaree & Wolf 1984). With many items it is
/// high for almost any ratings, so it never stands without q.
public func steppedUpAgreement(_ q: Double, items: Int) -> Double {
  if q <= 0 { return 0 }
  let many = Double(items) * q
  return many / (many + 1 - q)
}

/// Consensus on an ordinal scale, `1 + Σ p_x log2(1 − |x − μ|/(H − L))`, 0 to 1 (Tastle & Wierman 2007, "Consensus and
/// dissention: a measure of ordinal dispersion"). 1 where all say the same, 0 where half says the lowest
/// and half the highest.
///
/// - Parameter counts: How many said each step of the scale, the lowest first; the scale is what is
///   counted, not what was said.
public func consensus(_ counts: [Int]) -> Statistic {
  let n = counts.reduce(0, +)
  guard n > 1, counts.count > 1 else { return .undefined(.oneRater) }
  let mean =
    Double(counts.enumerated().reduce(0) { $0 + $1.offset * $1.element }) / Double(n)
  var sum = 1.0
  for (step, count) in counts.enumerated() where count > 0 {
    let distance = abs(Double(step) - mean) / Double(counts.count - 1)
    sum += Double(count) / Double(n) * Double.log2(1 - distance)
  }
  return .value(min(max(sum, 0), 1))
}

/// Krippendorff's α with the ordinal metric, by coincidences (Krippendorff 2004, "Content analysis", ch. 11). Cells may
/// be missing: a unit counts with the ratings it has, from two on. 1 is full agreement, 0 what chance would give, below 0
/// systematic disagreement. From .800 on reliable, from .667 tentatively so.
///
/// - Parameter units: The ratings of each unit, in any order.
public func ordinalAlpha(_ units: [[Int]]) -> Statistic {
  let units = units.filter { $0.count > 1 }
  if units.isEmpty { return .undefined(.noPairableUnits) }
  let values = Set(units.joined()).sorted()
  if values.count < 2 { return .undefined(.noVariation) }
  var places: [Int: Int] = [:]
  for (place, value) in values.enumerated() { places[value] = place }
  let k = values.count
  var coincidences = Array(repeating: 0.0, count: k * k)
  for unit in units {
    var counts = Array(repeating: 0.0, count: k)
    for value in unit { counts[places[value, default: 0]] += 1 }
    let pairs = Double(unit.count - 1)
    for c in 0..<k where counts[c] > 0 {
      for d in 0..<k where counts[d] > 0 {
        coincidences[c * k + d] += counts[c] * (counts[d] - (c == d ? 1 : 0)) / pairs
      }
    }
  }
  let totals = (0..<k).map { c in (0..<k).reduce(0) { $0 + coincidences[c * k + $1] } }
  let n = totals.reduce(0, +)
  var observed = 0.0
  var expected = 0.0
  for c in 0..<k {
    var between = totals[c]
    for d in (c + 1)..<k {
      between += totals[d]
      let distance = between - (totals[c] + totals[d]) / 2
      observed += 2 * coincidences[c * k + d] * distance * distance
      expected += 2 * totals[c] * totals[d] * distance * distance
    }
  }
  return .value(1 - (n - 1) * observed / expected)
}

/// ICC(1), the share of the variance that lies between groups: one-way analysis of variance with
/// `k0 = (N − Σn²/N)/(g − 1)` for groups of different sizes (Bliese 2000). It may be negative: then members of a group are
/// less alike than members of different groups.
///
/// - Parameter groups: The values of each group; empty ones are left aside.
public func intraclassCorrelation(_ groups: [[Double]]) -> Statistic {
  let groups = groups.filter { !$0.isEmpty }
  let n = groups.reduce(0) { $0 + $1.count }
  guard groups.count > 1, n > groups.count else { return .undefined(.tooFewDepartments) }
  func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
  let all = mean(Array(groups.joined()))
  var between = 0.0
  var within = 0.0
  var squares = 0.0
  for group in groups {
    let own = mean(group)
    between += Double(group.count) * (own - all) * (own - all)
    within += group.reduce(0) { $0 + ($1 - own) * ($1 - own) }
    squares += Double(group.count * group.count)
  }
  between /= Double(groups.count - 1)
  within /= Double(n - groups.count)
  let size = (Double(n) - squares / Double(n)) / Double(groups.count - 1)
  let total = between + (size - 1) * within
  // What rounding leaves of nothing is nothing.
  if abs(total) < 1e-12 { return .undefined(.noVariation) }
  return .value((between - within) / total)
}

/// The variance of two or more values, with n − 1.
func variance(_ values: [Double]) -> Double {
  let mean = values.reduce(0, +) / Double(values.count)
  return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
}
