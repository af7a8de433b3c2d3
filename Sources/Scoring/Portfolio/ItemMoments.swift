/// Means and comoments of items over organisations, gathered one organisation after the other (Welford 1962, for vectors), so that
/// there may be any number of them.
public struct ItemMoments: Hashable, Sendable {
  /// How many were added.
  public private(set) var count = 0
  /// Of each item.
  public private(set) var means: [Double]
  /// `Σ (x_i − x̄_i)(x_j − x̄_j)`, row by row; only j ≥ i is kept.
  private var comoments: [Double]

  /// - Parameter items: How many items there are.
  public init(items: Int) {
    means = Array(repeating: 0, count: items)
    comoments = Array(repeating: 0, count: items * items)
  }

  /// Adds one organisation, which has a value for every item.
  public mutating func add(_ values: [Double]) {
    precondition(values.count == means.count, "every item needs a value")
    count += 1
    let items = values.count
    var before = values
    for item in 0..<items {
      before[item] -= means[item]
      means[item] += before[item] / Double(count)
    }
    for item in 0..<items {
      let after = values[item] - means[item]
      for other in item..<items { comoments[item * items + other] += before[other] * after }
    }
  }

  /// The covariance matrix with n − 1; nil for fewer than two.
  public var covariance: [[Double]]? {
    guard count > 1 else { return nil }
    let items = means.count
    return (0..<items).map { row in
      (0..<items).map { column in
        comoments[min(row, column) * items + max(row, column)] / Double(count - 1)
      }
    }
  }
}
