/// How far people lie apart, as many teams together say it: what takes the place of what the policy assumes.
///
/// Variances of teams are taken as scattering about one that they share, as in an empirical Bayes estimate (Smyth 2004); here both of
/// its figures come from moments: the scale is the mean of `observed/assumed`, weighted by degrees of freedom, and ν0 follows from
/// how much more these ratios differ than chance makes them, `ν0 = 4 + 2/CV²` of an inverse χ².
struct LearnedScatter: Hashable, Sendable {
  /// Of people's views.
  let views: ScatterPrior
  /// Of how far people move who are the same.
  let moves: ScatterPrior

  /// Teams that have to say something of it, so that it is learnt.
  static let fewest = 30
  /// No more than that is believed, however alike the teams: none is quite like the others.
  static let mostDegrees = 25.0

  init(_ scatters: [ChangeScatter], policy: ScoringPolicy) {
    let assumed = ScatterPrior(policy)
    views = Self.learn(scatters.flatMap { [$0.from, $0.to] }, teams: 2 * Self.fewest) ?? assumed
    moves = Self.learn(scatters.map(\.difference), teams: Self.fewest) ?? assumed
  }

  /// nil where too few say anything.
  private static func learn(_ variances: [SeenVariance], teams: Int) -> ScatterPrior? {
    let seen = variances.filter { $0.degreesOfFreedom > 0 && $0.assumed > 0 }
    guard seen.count >= teams else { return nil }
    let degrees = seen.reduce(0) { $0 + $1.degreesOfFreedom }
    let scale = seen.reduce(0) { $0 + $1.degreesOfFreedom * $1.observed / $1.assumed } / degrees
    // Where all answer alike there is nothing to be learnt.
    guard scale > 1e-6 else { return nil }
    // E(ratio − 1)² = 2/ν + (1 + 2/ν)·CV².
    let (beyond, share) = seen.reduce((0.0, 0.0)) { sums, one in
      let (weight, difference) = (one.degreesOfFreedom, one.observed / one.assumed / scale - 1)
      return (sums.0 + weight * difference * difference - 2, sums.1 + weight + 2)
    }
    let variation = beyond / share
    return ScatterPrior(
      scale: scale,
      degreesOfFreedom: variation <= 0 ? mostDegrees : min(mostDegrees, 4 + 2 / variation))
  }
}
