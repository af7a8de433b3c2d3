/// What is assumed of how far people lie apart before anybody has answered.
struct ScatterPrior: Hashable, Sendable {
  /// By which the policy's variances are multiplied.
  let scale: Double
  /// ν0, as how many degrees of freedom it counts.
  let degreesOfFreedom: Double

  init(scale: Double, degreesOfFreedom: Double) {
    self.scale = scale
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// The policy's own.
  init(_ policy: ScoringPolicy) {
    self.init(scale: 1, degreesOfFreedom: policy.priorDegreesOfFreedom)
  }
}

/// A variance about which something is assumed and, mostly, something seen; in squared points.
struct SeenVariance: Hashable, Sendable {
  /// What the policy assumes.
  let assumed: Double
  /// What the answers say; 0 where nothing can be seen.
  let observed: Double
  /// Of what is seen.
  let degreesOfFreedom: Double

  /// Both together: `(ν0·assumed + ν·observed)/(ν0 + ν)`.
  func together(_ prior: ScatterPrior) -> Double {
    (prior.degreesOfFreedom * prior.scale * assumed + degreesOfFreedom * observed)
      / (prior.degreesOfFreedom + degreesOfFreedom)
  }
}

/// How far people lie apart in two assessments of one team, from which the error of its change is worked out.
struct ChangeScatter: Hashable, Sendable {
  /// τ², of one person about the others, the first time.
  let from: SeenVariance
  /// The same for the second time.
  let to: SeenVariance
  /// τ_d², of how far one person moved against the others, of those who are the same.
  let difference: SeenVariance
  /// m_1, as how many people the first ones count.
  let fromRaters: Int
  /// m_2, as how many the second ones count.
  let toRaters: Int
  /// c, as how many the same.
  let same: Int

  /// What the choice of people adds to the error of the change.
  struct Error {
    /// `V_1 + V_2 − c/(m_1 m_2)·(τ_1² + τ_2² − τ_d²)`.
    let variance: Double
    /// By Welch and Satterthwaite where nobody is the same, else `ν0 + min(m_1, m_2) − 1`.
    let degreesOfFreedom: Double
    /// τ_d²; nil where nobody is the same.
    let difference: Double?
  }

  /// - Parameters:
  ///   - prior: Of people's views.
  ///   - moves: Of how far they move.
  func error(of prior: ScatterPrior, difference moves: ScatterPrior) -> Error {
    let (m1, m2) = (Double(fromRaters), Double(toRaters))
    let (first, second) = (from.together(prior), to.together(prior))
    let (v1, v2) = (first / m1, second / m2)
    guard same > 0 else {
      let all = v1 + v2
      let degrees =
        all * all
        / (v1 * v1 / (prior.degreesOfFreedom + from.degreesOfFreedom)
          + v2 * v2 / (prior.degreesOfFreedom + to.degreesOfFreedom))
      return Error(variance: all, degreesOfFreedom: degrees, difference: nil)
    }
    let moved = difference.together(moves)
    return Error(
      variance: v1 + v2 - Double(same) / (m1 * m2) * (first + second - moved),
      degreesOfFreedom: moves.degreesOfFreedom + min(m1, m2) - 1, difference: moved)
  }
}

extension ChangeScatter {
  init(from: RaterSpread, to: RaterSpread, same: Int, observedDifference: Double?, assumedDifference: Double)
  {
    func seen(_ spread: RaterSpread) -> SeenVariance {
      SeenVariance(
        assumed: spread.priorVariance, observed: spread.observedVariance ?? 0,
        degreesOfFreedom: spread.observedVariance == nil ? 0 : Double(spread.raters - 1))
    }
    self.init(
      from: seen(from), to: seen(to),
      difference: SeenVariance(
        assumed: assumedDifference, observed: observedDifference ?? 0,
        degreesOfFreedom: observedDifference == nil ? 0 : Double(same - 1)), fromRaters: from.raters,
      toRaters: to.raters, same: same)
  }
}
