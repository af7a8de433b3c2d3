import RealModule

/// An index with the error that the choice of people gives it, in points.
struct MeasuredIndex: Hashable, Sendable {
  /// 0 to 100.
  let index: Double
  /// V, in squared points.
  let variance: Double
  /// ν, of V.
  let degreesOfFreedom: Double
}

/// The mean of several indexes, which are no sample of anything: its error is theirs alone.
struct MeanIndex: Hashable, Sendable {
  private(set) var count = 0
  private var sum = 0.0
  private var variances = 0.0
  private var quotients = 0.0

  mutating func add(_ one: MeasuredIndex) {
    count += 1
    sum += one.index
    variances += one.variance
    quotients += one.variance * one.variance / one.degreesOfFreedom
  }

  /// The mean, `ΣV_k/n²` and, by Welch and Satterthwaite, its ν; nil of none.
  var measured: MeasuredIndex? {
    guard count > 0 else { return nil }
    let n = Double(count)
    return MeasuredIndex(
      index: sum / n, variance: variances / (n * n), degreesOfFreedom: variances * variances / quotients)
  }
}

/// How far one lies from the mean of others: `S² = V_0 + ΣV_k/(g − 1)²`, `ν = S⁴/(V_0²/ν_0 + ΣV_k²/((g − 1)⁴ν_k))`.
struct MeanDifference: Hashable, Sendable {
  let delta: Double
  let standardError: Double
  let degreesOfFreedom: Double

  /// - Parameter link: A squared error that is of none of them.
  init(of one: MeasuredIndex, from others: MeasuredIndex, link: Double = 0) {
    delta = one.index - others.index
    let variance = one.variance + others.variance
    standardError = Double.sqrt(variance + link)
    degreesOfFreedom =
      variance * variance
      / (one.variance * one.variance / one.degreesOfFreedom
        + others.variance * others.variance / others.degreesOfFreedom)
  }

  /// `2(1 − T_ν(|Δ|/S))`.
  var p: Double {
    2 * (1 - StudentT.cumulative(abs(delta) / standardError, degreesOfFreedom: degreesOfFreedom))
  }

  /// `t_ν(1 − level/(2k))·S`, from how many points on it counts among k tests.
  func detectable(level: Double, tests: Int = 1) -> Double {
    StudentT.quantile(1 - level / 2 / Double(tests), degreesOfFreedom: degreesOfFreedom) * standardError
  }
}
