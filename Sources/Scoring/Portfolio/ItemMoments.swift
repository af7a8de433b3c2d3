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
    let (items, number) = (values.count, Double(count))
    withUnsafeTemporaryAllocation(of: Double.self, capacity: items) { before in
      means.withUnsafeMutableBufferPointer { means in
        for item in 0..<items {
          before[item] = values[item] - means[item]
          means[item] += before[item] / number
        }
      }
      // What the other has left after this one is in is (n − 1)/n of what it had before.
      let share = (number - 1) / number
      comoments.withUnsafeMutableBufferPointer { comoments in
        for item in 0..<items {
          let mine = before[item] * share
          let row = comoments.baseAddress! + item * items
          for other in item..<items { row[other] += mine * before[other] }
        }
      }
    }
  }

  /// Adds what others came to on some of their items (Chan, Golub & LeVeque 1979).
  ///
  /// - Parameter items: For each item here its place there.
  mutating func merge(_ others: ItemMoments, items: [Int]) {
    guard others.count > 0 else { return }
    let (mine, theirs) = (Double(count), Double(others.count))
    let all = mine + theirs
    let differences = means.indices.map { others.means[items[$0]] - means[$0] }
    for one in means.indices {
      for other in one..<means.count {
        let (left, right) = (items[one], items[other])
        let part = others.comoments[min(left, right) * others.means.count + max(left, right)]
        comoments[one * means.count + other] +=
          part + differences[one] * differences[other] * mine * theirs / all
      }
    }
    for item in means.indices { means[item] += differences[item] * theirs / all }
    count += others.count
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
