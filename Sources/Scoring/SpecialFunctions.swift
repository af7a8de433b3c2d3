import RealModule

/// Student's t distribution with ν degrees of freedom (any ν > 0, whole or not).
public enum StudentT {
  /// P(T ≤ t), by the regularised incomplete beta function (Abramowitz & Stegun 1964, 26.7.1 and
  /// 26.5.27). Good to 1e-12 up to ν = 1,000 and to 1e-9 up to ν = 1,000,000.
  ///
  /// - Returns: A probability, 0 to 1; not a number where ν is not above 0.
  public static func cumulative(_ t: Double, degreesOfFreedom: Double) -> Double {
    guard degreesOfFreedom > 0 else { return .nan }
    let upper = tail(abs(t), degreesOfFreedom)
    return t < 0 ? upper : 1 - upper
  }

  /// The t with `cumulative(t) == probability`.
  ///
  /// - Parameters:
  ///   - probability: Above 0 and below 1.
  ///   - degreesOfFreedom: ν, above 0.
  /// - Returns: Minus and plus infinity at 0 and 1; not a number beyond them or where ν is not above 0.
  public static func quantile(_ probability: Double, degreesOfFreedom: Double) -> Double {
    guard degreesOfFreedom > 0, (0...1).contains(probability) else { return .nan }
    let upper = min(probability, 1 - probability)
    if upper == 0 { return probability == 0 ? -.infinity : .infinity }
    let front = logFront(degreesOfFreedom)
    // Where to begin: the normal's quantile, and A&S 26.7.5 with as many degrees of freedom.
    let z = Normal.roughUpperQuantile(upper)
    let start =
      z + (z * z * z + z) / (4 * degreesOfFreedom)
      + (5 * z * z * z * z * z + 16 * z * z * z + 3 * z) / (96 * degreesOfFreedom * degreesOfFreedom)
    let t = root(of: upper, from: start) { t in
      let density = Double.exp(
        front - (degreesOfFreedom + 1) / 2 * Double.log(onePlus: t * t / degreesOfFreedom))
      return (tail(t, degreesOfFreedom), density)
    }
    return probability < 0.5 ? -t : t
  }

  /// P(T > t) for t ≥ 0.
  private static func tail(_ t: Double, _ degreesOfFreedom: Double) -> Double {
    let whole = degreesOfFreedom + t * t
    return regularizedBeta(degreesOfFreedom / whole, t * t / whole, degreesOfFreedom / 2, 0.5) / 2
  }

  /// The logarithm of the density at 0.
  private static func logFront(_ degreesOfFreedom: Double) -> Double {
    Double.logGamma((degreesOfFreedom + 1) / 2) - Double.logGamma(degreesOfFreedom / 2)
      - Double.log(degreesOfFreedom * .pi) / 2
  }
}

/// Fisher's F distribution.
public enum FisherF {
  /// P(F ≤ x) with `one` degrees of freedom above and `two` below (A&S 26.6.2); not a number where they are not above 0.
  public static func cumulative(_ x: Double, _ one: Double, _ two: Double) -> Double {
    guard one > 0, two > 0 else { return .nan }
    if x <= 0 { return 0 }
    let whole = one * x + two
    return regularizedBeta(one * x / whole, two / whole, one / 2, two / 2)
  }

  /// The x with `cumulative(x) == probability`, above 0 and below 1, good to 1e-12.
  public static func quantile(_ probability: Double, _ one: Double, _ two: Double) -> Double {
    guard one > 0, two > 0, probability > 0, probability < 1 else { return .nan }
    var low = 0.0
    var high = 1.0
    while cumulative(high, one, two) < probability { (low, high) = (high, high * 2) }
    // Halves: it is asked for twice a table.
    for _ in 0..<200 where high - low > 1e-14 * high {
      let middle = low + (high - low) / 2
      if cumulative(middle, one, two) < probability { low = middle } else { high = middle }
    }
    return low + (high - low) / 2
  }
}

/// The standard normal distribution.
public enum Normal {
  /// P(Z ≤ z), 0 to 1.
  public static func cumulative(_ z: Double) -> Double { Double.erfc(-z / Double.sqrt(2)) / 2 }

  /// The z with `cumulative(z) == probability`; minus and plus infinity at 0 and 1, not a number beyond.
  public static func quantile(_ probability: Double) -> Double {
    guard (0...1).contains(probability) else { return .nan }
    let upper = min(probability, 1 - probability)
    if upper == 0 { return probability == 0 ? -.infinity : .infinity }
    if upper == 0.5 { return 0 }
    let z = root(of: upper, from: roughUpperQuantile(upper)) { z in
      (Double.erfc(z / Double.sqrt(2)) / 2, Double.exp(-z * z / 2) / Double.sqrt(2 * .pi))
    }
    return probability < 0.5 ? -z : z
  }

  /// The z above which lies the share `upper`, 0 to ½, good to 4.5e-4 (A&S 26.2.23): where to begin.
  fileprivate static func roughUpperQuantile(_ upper: Double) -> Double {
    let t = Double.sqrt(-2 * Double.log(upper))
    return max(
      0,
      t - (2.515517 + t * (0.802853 + t * 0.010328))
        / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))))
  }
}

/// The value below which lies the share `probability` of a sample: linear between its members
/// (Hyndman & Fan 1996, type 7, the usual one in R and NumPy).
///
/// - Parameters:
///   - probability: 0 to 1; what is beyond counts as the end.
///   - sorted: The sample in rising order.
/// - Returns: nil for an empty sample.
public func quantile(_ probability: Double, of sorted: [Double]) -> Double? {
  guard let last = sorted.indices.last else { return nil }
  let place = min(max(probability, 0), 1) * Double(last)
  let below = Int(place)
  guard below < last else { return sorted[last] }
  return sorted[below] + (place - Double(below)) * (sorted[below + 1] - sorted[below])
}

/// Where a falling upper tail takes the value `target`, for arguments from 0 on: Newton's steps, and
/// halves of the interval where a step would leave it.
private func root(
  of target: Double, from start: Double, _ function: (Double) -> (tail: Double, density: Double)
) -> Double {
  var low = 0.0
  var high = Double.infinity
  var x = start
  for _ in 0..<200 {
    let (tail, density) = function(x)
    if tail == target { return x }
    if tail > target { low = x } else { high = x }
    var next = x + (tail - target) / density
    // Newton's error is squared with each step, so what is left after this one is nothing. A step so small may end
    // on the interval's end, and is none to be replaced by half of it.
    if abs(next - x) <= 1e-10 * abs(x) { return next }
    if !(next > low && next < high) {
      next = high.isFinite ? low + (high - low) / 2 : 2 * low + 1
    }
    x = next
  }
  return x
}

/// I_x(a, b), by the continued fraction of A&S 26.5.8 evaluated after Lentz (1976).
///
/// - Parameter complement: 1 − x, which may be too small to be told from x.
private func regularizedBeta(
  _ x: Double, _ complement: Double, _ a: Double, _ b: Double
) -> Double {
  if x <= 0 { return 0 }
  if complement <= 0 { return 1 }
  // The fraction converges quickly only below the mean; beyond it, use the complement.
  if x > (a + 1) / (a + b + 2) { return 1 - regularizedBeta(complement, x, b, a) }
  let front = Double.exp(
    Double.logGamma(a + b) - Double.logGamma(a) - Double.logGamma(b) + a * Double.log(x)
      + b * Double.log(complement))
  let tiny = 1e-300
  func nonzero(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
  var c = 1.0
  var d = 1 / nonzero(1 - (a + b) * x / (a + 1))
  var fraction = d
  for m in 1...500 {
    let step = Double(m)
    let even = step * (b - step) * x / ((a + 2 * step - 1) * (a + 2 * step))
    d = 1 / nonzero(1 + even * d)
    c = nonzero(1 + even / c)
    fraction *= d * c
    let odd = -(a + step) * (a + b + step) * x / ((a + 2 * step) * (a + 2 * step + 1))
    d = 1 / nonzero(1 + odd * d)
    c = nonzero(1 + odd / c)
    fraction *= d * c
    if abs(d * c - 1) < 1e-16 { break }
  }
  return front * fraction / a
}
