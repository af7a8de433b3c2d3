import RealModule

/// How the items of a scale hang together over organisations.
///
/// It doesn't say that other people would answer so: a rater's general leaning, which is in all of somebody's answers, makes items
/// hang together, too.
public struct ScaleReliability: Hashable, Sendable {
  /// Why a figure is not there.
  public enum Gap: String, Hashable, Sendable {
    /// Fewer organisations than such a figure needs.
    case tooFew
    /// One item, of which nothing can hang together.
    case oneItem
    /// All organisations are alike.
    case noVariation
    /// An item in which all organisations are alike.
    case constantItem
    /// Fewer than three items: one factor can't be told from others.
    case fewerThanThreeItems
    /// Not more than three organisations an item.
    case tooFewForItems
    /// An item without any error of its own: the model does not fit (Heywood).
    case heywood
    /// The fit came to no end.
    case noConvergence
  }

  /// A figure, or why there is none.
  public enum Figure: Hashable, Sendable {
    case value(Double)
    case gap(Gap)

    /// nil where there is none.
    public var value: Double? { if case .value(let value) = self { value } else { nil } }
    /// nil where there is a figure.
    public var gap: Gap? { if case .gap(let gap) = self { gap } else { nil } }
  }

  /// How many organisations it is of.
  public let organizations: Int
  /// Cronbach's α: `k/(k − 1)·(1 − Σs²_i/s²_T)` (Cronbach 1951).
  public let alpha: Figure
  /// α's 95 % interval by the distribution of F (Feldt 1965); nil where there is no α.
  public let interval: ClosedRange<Double>?
  /// McDonald's ω: `(Σλ)²/((Σλ)² + Σψ)` of one factor fitted to the covariances by maximum likelihood (McDonald 1999).
  public let omega: Figure
  /// Of each item with the sum of the others: Pearson's r.
  public let itemRest: [Figure]
  /// α without each item.
  public let alphaIfDeleted: [Figure]

  /// - Parameters:
  ///   - moments: Of its items, over organisations.
  ///   - fewest: Organisations that such figures need.
  public init(_ moments: ItemMoments, fewest: Int = 30) {
    self.init(
      moments.covariance ?? [], organizations: moments.count, items: moments.means.count, fewest: fewest)
  }

  init(_ covariance: [[Double]], organizations: Int, items: Int, fewest: Int) {
    self.organizations = organizations
    let all = Array(0..<items)
    guard organizations >= max(2, fewest), !covariance.isEmpty else {
      alpha = .gap(.tooFew)
      omega = .gap(.tooFew)
      interval = nil
      itemRest = all.map { _ in .gap(.tooFew) }
      alphaIfDeleted = itemRest
      return
    }
    alpha = Self.alpha(covariance, of: all)
    interval = alpha.value.map { Self.feldt($0, organizations: organizations, items: items) }
    itemRest = all.map { Self.itemRest(covariance, $0) }
    alphaIfDeleted = all.map { left in Self.alpha(covariance, of: all.filter { $0 != left }) }
    omega =
      items < 3
      ? .gap(.fewerThanThreeItems)
      : organizations > 3 * items ? OneFactor(covariance).omega : .gap(.tooFewForItems)
  }

  /// Less than this of the variance of a scale is rounding.
  private static let nothing = 1e-12

  private static func alpha(_ covariance: [[Double]], of items: [Int]) -> Figure {
    guard items.count > 1 else { return .gap(.oneItem) }
    let own = items.reduce(0) { $0 + covariance[$1][$1] }
    let total = items.reduce(0) { sum, row in items.reduce(sum) { $0 + covariance[row][$1] } }
    guard total > nothing else { return .gap(.noVariation) }
    let k = Double(items.count)
    return .value(k / (k - 1) * (1 - own / total))
  }

  private static func itemRest(_ covariance: [[Double]], _ item: Int) -> Figure {
    guard covariance.count > 1 else { return .gap(.oneItem) }
    let own = covariance[item][item]
    let row = covariance[item].reduce(0, +)
    let total = covariance.reduce(0) { $0 + $1.reduce(0, +) }
    let rest = total - 2 * row + own
    guard own > nothing else { return .gap(.constantItem) }
    guard rest > nothing else { return .gap(.noVariation) }
    return .value((row - own) / Double.sqrt(own * rest))
  }

  /// `1 − (1 − α)·F`, with n − 1 and (n − 1)(k − 1) degrees of freedom.
  static func feldt(_ alpha: Double, organizations: Int, items: Int) -> ClosedRange<Double> {
    let n = Double(organizations - 1)
    let k = n * Double(items - 1)
    func end(_ probability: Double) -> Double {
      // Where all hang together altogether, rounding may go beyond.
      1 - max(0, 1 - alpha) * FisherF.quantile(probability, n, k)
    }
    return end(0.975)...end(0.025)
  }
}

/// One factor fitted to a covariance matrix by maximum likelihood, by the EM algorithm (Rubin & Thayer 1982).
struct OneFactor {
  let omega: ScaleReliability.Figure

  init(_ covariance: [[Double]]) {
    let items = covariance.count
    guard covariance.indices.allSatisfy({ covariance[$0][$0] > 1e-12 }) else {
      omega = .gap(.constantItem)
      return
    }
    // On correlations, which a fit of one factor is the same on, all items are of one size.
    let deviations = covariance.indices.map { Double.sqrt(covariance[$0][$0]) }
    let r = covariance.indices.map { row in
      covariance.indices.map { covariance[row][$0] / (deviations[row] * deviations[$0]) }
    }
    // Where to begin: what each has in common with the others on average.
    var loadings = r.indices.map { row in
      let mean = (r[row].reduce(0, +) - 1) / Double(items - 1)
      return min(0.95, max(-0.95, mean >= 0 ? Double.sqrt(mean) : -0.3))
    }
    var errors = loadings.map { 1 - $0 * $0 }
    var isSettled = false
    for _ in 0..<50_000 {
      let precision = 1 + zip(loadings, errors).reduce(0) { $0 + $1.0 * $1.0 / $1.1 }
      let beta = zip(loadings, errors).map { $0 / $1 / precision }
      let common = r.map { row in zip(row, beta).reduce(0) { $0 + $1.0 * $1.1 } }
      let second =
        1 - zip(beta, loadings).reduce(0) { $0 + $1.0 * $1.1 }
        + zip(beta, common).reduce(0) { $0 + $1.0 * $1.1 }
      let next = common.map { $0 / second }
      let step = zip(next, loadings).reduce(0) { max($0, abs($1.0 - $1.1)) }
      loadings = next
      errors = zip(next, common).map { max(1e-9, 1 - $0 * $1) }
      if step < 1e-12 {
        isSettled = true
        break
      }
      if errors.contains(where: { $0 < 1e-4 }) { break }
    }
    if errors.contains(where: { $0 < 1e-3 }) {
      omega = .gap(.heywood)
      return
    }
    guard isSettled else {
      omega = .gap(.noConvergence)
      return
    }
    let sum = zip(loadings, deviations).reduce(0) { $0 + $1.0 * $1.1 }
    let error = zip(errors, deviations).reduce(0) { $0 + $1.0 * $1.1 * $1.1 }
    omega = .value(sum * sum / (sum * sum + error))
  }
}
