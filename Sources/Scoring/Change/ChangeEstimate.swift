import AssessmentModel
import RealModule

/// How far a weighted sum of answers moved from one assessment to another, how sure that is, and every figure that it
/// was worked out from; the unit is points, or their square for variances.
///
/// The reliable change index is that of Jacobson & Truax (1991) with unequal errors (Maassen 2004). People, not answers,
/// are the units; who answered both times is compared with themselves.
public struct ChangeEstimate: Hashable, Sendable {
  /// 0 to 100, the first time.
  public let from: Double
  /// 0 to 100, the second time.
  public let to: Double
  /// What the choice of people adds on each side.
  public let fromSpread: RaterSpread
  /// The same for the second time.
  public let toSpread: RaterSpread
  /// Those who voted on both sides, with how far each moved against the others.
  public let people: [PersonChange]
  /// c, as how many of the same they count: as many as they are, and at most the smaller m.
  public let same: Int
  /// `τ̂_d² = Σ(d_r − d̄)²/(c − 1)`; nil for fewer than two.
  public let observedDifference: Double?
  /// `τ_d²`, that and what is assumed, together; nil where nobody is the same.
  public let differenceVariance: Double?
  /// `V_1 + V_2 − c/(m_1 m_2)·(τ_1² + τ_2² − τ_d²)`: what the choice of people adds to the error of the change.
  public let raterVariance: Double
  /// The squared error of what joins two versions of the questionnaire; it belongs to these, not to a team.
  public let linkVariance: Double
  /// ν, of Student's t.
  public let degreesOfFreedom: Double

  /// What the error is worked out from.
  let scatter: ChangeScatter

  /// `to − from`.
  public var delta: Double { to - from }
  /// S, of the change.
  public var standardError: Double { .sqrt(raterVariance + linkVariance) }
  /// Δ/S.
  public var reliableChangeIndex: Double { delta / standardError }
  /// `2(1 − T_ν(|Δ|/S))`.
  public var p: Double {
    2 * (1 - StudentT.cumulative(abs(reliableChangeIndex), degreesOfFreedom: degreesOfFreedom))
  }

  /// From how many points on a change counts among so many tests: `t_ν(1 − .05/k)·S` by the standard policy.
  public func detectable(tests: Int = 1, policy: ScoringPolicy = .standard) -> Double {
    StudentT.quantile(1 - policy.changeLevel / 2 / Double(tests), degreesOfFreedom: degreesOfFreedom)
      * standardError
  }

  /// How far somebody who answered both times moved against the others: `d_r = m_2 e_r2 − m_1 e_r1`.
  public struct PersonChange: Hashable, Sendable {
    /// Who it is.
    public let person: SamePerson
    /// d_r, in points.
    public let difference: Double
  }
}

extension ChangeEstimate {
  /// - Parameters:
  ///   - people: Who is the same on both sides.
  ///   - linkErrors: Standard errors of what joins the versions, in points.
  init(
    from: IndexArithmetic, to: IndexArithmetic, people: [SamePerson], linkErrors: [Double]
  ) {
    let policy = from.policy
    self.from = from.index ?? 0
    self.to = to.index ?? 0
    linkVariance = linkErrors.reduce(0) { $0 + $1 * $1 }
    var (first, second) = (RaterSpread(from), RaterSpread(to))
    let isAnonymous = from.hasAnonymousVotes || to.hasAnonymousVotes
    if isAnonymous {
      first = first.asAssumed(policy)
      second = second.asAssumed(policy)
    }
    (fromSpread, toSpread) = (first, second)
    let (m1, m2) = (Double(first.raters), Double(second.raters))
    self.people =
      isAnonymous
      ? []
      : people.compactMap { person in
        guard let before = first.pulls.first(where: { $0.rater == person.from }),
          let after = second.pulls.first(where: { $0.rater == person.to })
        else { return nil }
        return PersonChange(person: person, difference: m2 * after.pull - m1 * before.pull)
      }
    same = min(self.people.count, first.raters, second.raters)
    let mean = self.people.reduce(0) { $0 + $1.difference } / Double(self.people.count)
    let squares = self.people.reduce(0) { $0 + ($1.difference - mean) * ($1.difference - mean) }
    observedDifference = same > 1 ? squares / Double(same - 1) : nil
    scatter = ChangeScatter(
      from: first, to: second, same: same, observedDifference: observedDifference,
      assumedDifference: 2 * (1 - policy.retestCorrelation) * first.priorVariance)
    let prior = ScatterPrior(policy)
    let error = scatter.error(of: prior, difference: prior)
    (differenceVariance, raterVariance) = (error.difference, error.variance)
    degreesOfFreedom = error.degreesOfFreedom
  }
}

extension RaterSpread {
  /// As if nothing were known of single people: what is assumed stands.
  func asAssumed(_ policy: ScoringPolicy) -> RaterSpread {
    RaterSpread(
      voters: voters, raters: raters, pulls: [], observedVariance: nil, weightSquares: weightSquares,
      priorVariance: priorVariance, variance: priorVariance, degreesOfFreedom: policy.priorDegreesOfFreedom)
  }
}

/// Which of several tests hold together at 10 % (Holm 1979): in ascending order of p, as long as
/// `p ≤ .10/(k − j + 1)`.
func holm(_ p: [Double], level: Double) -> [HolmStep] {
  var steps = Array(repeating: HolmStep(holds: false, tests: 1), count: p.count)
  var stopped: Int?
  for (rank, place) in p.indices.sorted(by: { p[$0] < p[$1] }).enumerated() {
    let tests = stopped ?? p.count - rank
    if stopped == nil, p[place] > level / Double(tests) + 1e-9 { stopped = tests }
    steps[place] = HolmStep(holds: stopped == nil, tests: tests)
  }
  return steps
}

/// What became of one of several tests.
struct HolmStep: Equatable {
  let holds: Bool
  /// Among how many tests its own p had to be small enough; where it was not reached, those of the one that stopped.
  let tests: Int
}
