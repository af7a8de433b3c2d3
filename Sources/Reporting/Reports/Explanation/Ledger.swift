import Scoring

/// The figures of a scorecard as they are printed: rounded such that what is printed adds up. Items add up to
/// their area, areas to the whole; no figure is further from the exact one than its last digits.
struct Ledger {
  static let places = 2

  /// Index minus cut.
  let total: Double
  /// The index: cut plus total.
  let index: Double
  /// By item: its weight in percent, and the points it moves the index.
  private(set) var weights: [String: Double] = [:]
  private(set) var contributions: [String: Double] = [:]
  /// The same by area.
  private(set) var areaWeights: [String: Double] = [:]
  private(set) var areaContributions: [String: Double] = [:]

  init(_ card: Scorecard) {
    let rows = card.contributions
    total = rounded(rows.reduce(0) { $0 + $1.contribution }, Self.places)
    index = card.cut + total
    if rows.isEmpty { return }
    let areas = card.dimensions.map { dimension in rows.filter { $0.dimension == dimension.id } }
    let shares = addingUp(
      areas.map { $0.reduce(0) { $0 + 100 * $1.weight } }, to: 100, places: Self.places)
    let moves = addingUp(
      areas.map { $0.reduce(0) { $0 + $1.contribution } }, to: total, places: Self.places)
    for (place, area) in areas.enumerated() {
      let id = card.dimensions[place].id
      areaWeights[id] = shares[place]
      areaContributions[id] = moves[place]
      let itemWeights = addingUp(area.map { 100 * $0.weight }, to: shares[place], places: Self.places)
      let itemMoves = addingUp(area.map(\.contribution), to: moves[place], places: Self.places)
      for (index, row) in area.enumerated() {
        weights[row.item] = itemWeights[index]
        contributions[row.item] = itemMoves[index]
      }
    }
  }
}

/// Values rounded such that they add up to `total`, itself a rounded figure: all are rounded down, and what
/// is left goes, unit by unit, where rounding down took the most (the method of largest remainders).
func addingUp(_ values: [Double], to total: Double, places: Int) -> [Double] {
  if values.isEmpty { return [] }
  var unit = 1.0
  for _ in 0..<places { unit *= 10 }
  // What is off by rounding errors only is whole.
  var whole = values.map { ($0 * unit + 1e-6).rounded(.down) }
  let order = values.indices.sorted { left, right in
    let (first, second) = (values[left] * unit - whole[left], values[right] * unit - whole[right])
    return first != second ? first > second : left < right
  }
  var rest = Int(((total * unit).rounded() - whole.reduce(0, +)).rounded())
  var turn = 0
  while rest != 0 {
    let place = rest > 0 ? order[turn % order.count] : order[order.count - 1 - turn % order.count]
    whole[place] += rest > 0 ? 1 : -1
    rest += rest > 0 ? -1 : 1
    turn += 1
  }
  return whole.map { $0 / unit }
}
