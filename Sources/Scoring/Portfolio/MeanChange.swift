import RealModule

/// How far teams have moved together, whoever of them has: the mean over organisations, each by the mean of its teams, since teams of
/// one organisation move together.
public struct MeanChange: Hashable, Sendable {
  private struct Sum: Hashable {
    var sum = 0.0
    var count = 0
  }

  private var organizations: [String: Sum] = [:]
  /// Teams whose index is higher than before.
  public private(set) var up = 0
  /// Teams whose index is lower than before.
  public private(set) var down = 0
  /// Teams whose index is what it was.
  public private(set) var unmoved = 0

  /// Organisations that it takes.
  public static let fewest = 10

  /// Of no team yet.
  public init() {}

  /// Adds a team.
  ///
  /// - Parameters:
  ///   - delta: How far its index moved, in points.
  ///   - organization: What tells organisations apart.
  public mutating func add(_ delta: Double, of organization: String) {
    organizations[organization, default: Sum()].sum += delta
    organizations[organization, default: Sum()].count += 1
    if abs(delta) < 1e-9 { unmoved += 1 } else if delta > 0 { up += 1 } else { down += 1 }
  }

  /// What it comes to: Student's t of one sample of organisations.
  public struct Estimate: Hashable, Sendable {
    /// Over organisations, in points.
    public let mean: Double
    /// `s/√n`, from how far organisations lie apart; in points.
    public let standardError: Double
    /// How many organisations there are.
    public let organizations: Int
    /// How often chance alone would make the mean so large, either way.
    public let p: Double
  }

  /// nil for fewer than ten organisations.
  public var estimate: Estimate? {
    let means = organizations.sorted { $0.key < $1.key }.map { $0.value.sum / Double($0.value.count) }
    guard means.count >= Self.fewest else { return nil }
    let count = Double(means.count)
    let mean = means.reduce(0, +) / count
    let variance = means.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
    let error = Double.sqrt(variance / count)
    let p =
      error > 1e-12
      ? 2 * (1 - StudentT.cumulative(abs(mean) / error, degreesOfFreedom: count - 1))
      : abs(mean) < 1e-9 ? 1 : 0
    return Estimate(mean: mean, standardError: error, organizations: means.count, p: p)
  }
}
