import AssessmentModel
import RealModule

/// What a portfolio gathers of one item: one answer of each team.
struct ItemTally {
  private var answered = 0
  private var dontKnow = 0
  private var notApplicable = 0
  private var open = 0
  private var floor = 0
  private var ceiling = 0
  /// Of values between 0 and 4, which sums of squares lose nothing of.
  private var sum = 0.0
  private var squares = 0.0

  mutating func add(_ standing: PortfolioEntry.Standing) {
    switch standing.state {
    case .answered: answered += 1
    case .dontKnow: dontKnow += 1
    case .notApplicable: notApplicable += 1
    case .open: open += 1
    case .notAsked: break
    }
    guard standing.state == .answered else { return }
    let value = standing.value
    if value == 0 { floor += 1 }
    if value == 4 { ceiling += 1 }
    sum += value
    squares += value * value
  }

  /// - Parameter area: The scale of its area.
  func row(of item: Item, in area: Portfolio.Scale?) -> Portfolio.ItemRow {
    let place = area?.items.firstIndex(of: item.id)
    let count = Double(answered)
    return Portfolio.ItemRow(
      item: item.id, dimension: item.scored?.dimension ?? "",
      asked: answered + dontKnow + notApplicable + open, answered: answered, dontKnow: dontKnow,
      notApplicable: notApplicable, open: open, atFloor: floor, atCeiling: ceiling,
      mean: answered > 0 ? sum / count : nil,
      deviation: answered > 1 ? Double.sqrt(max(0, squares - sum * sum / count) / (count - 1)) : nil,
      itemRest: place.flatMap { area?.reliability.itemRest[$0] } ?? .gap(.tooFew),
      alphaWithout: place.flatMap { area?.reliability.alphaIfDeleted[$0] } ?? .gap(.tooFew))
  }
}

/// What a portfolio gathers of one scale: organisations with a value for each of its items, and how many have not.
struct ScaleTally {
  private let kind: Portfolio.Scale.Kind
  private let places: [Int]
  private var moments: ItemMoments
  private var complete = (count: 0, sum: 0.0)
  private var incomplete = (count: 0, scored: 0, sum: 0.0)

  /// - Parameter places: Of its items, among all.
  init(_ kind: Portfolio.Scale.Kind, places: [Int]) {
    self.kind = kind
    self.places = places
    moments = ItemMoments(items: places.count)
  }

  /// Adds an organisation.
  ///
  /// - Parameters:
  ///   - values: Of all items; not a number where there is none.
  ///   - index: nil where no team has one.
  mutating func add(_ values: [Double], _ index: Double?) {
    let mine = places.map { values[$0] }
    if !mine.isEmpty, !mine.contains(where: \.isNaN) { return addComplete(mine, index) }
    // What was not asked at all is no gap.
    guard mine.contains(where: { !$0.isNaN }) else { return }
    incomplete.count += 1
    if let index {
      incomplete.scored += 1
      incomplete.sum += index
    }
  }

  /// Adds an organisation that has a value for each of its items.
  mutating func addComplete(_ values: [Double], _ index: Double?) {
    moments.add(values)
    if let index {
      complete.count += 1
      complete.sum += index
    }
  }

  /// Adds those that are complete in all, which only the whole was told of.
  mutating func merge(whole: ScaleTally) {
    guard !places.isEmpty else { return }
    moments.merge(whole.moments, items: places)
    complete.count += whole.complete.count
    complete.sum += whole.complete.sum
  }

  func scale(of items: [Item]) -> Portfolio.Scale {
    Portfolio.Scale(
      kind: kind, items: places.map { items[$0].id },
      reliability: ScaleReliability(moments, fewest: PortfolioBuilder.fewest), incomplete: incomplete.count,
      incompleteIndex: incomplete.scored > 0 ? incomplete.sum / Double(incomplete.scored) : nil,
      completeIndex: complete.count > 0 ? complete.sum / Double(complete.count) : nil)
  }
}

/// What a portfolio gathers of organisations in whose teams about as many answered.
struct RaterTally {
  let from: Int
  /// nil for any number.
  let to: Int?
  private var count = 0
  private var mean = 0.0
  private var squares = 0.0
  private var raterVariance = 0.0

  init(from: Int, to: Int?) {
    self.from = from
    self.to = to
  }

  mutating func add(_ index: Double, raterVariance: Double) {
    count += 1
    self.raterVariance += raterVariance
    let difference = index - mean
    mean += difference / Double(count)
    squares += difference * (index - mean)
  }

  /// nil where there is none.
  var reliability: Portfolio.RaterReliability? {
    guard count > 0 else { return nil }
    let variance = count > 1 ? squares / Double(count - 1) : 0
    let mean = raterVariance / Double(count)
    return Portfolio.RaterReliability(
      from: from, to: to, organizations: count, raterVariance: mean, variance: variance,
      reliability: count >= PortfolioBuilder.fewest && variance > 1e-12 ? max(0, 1 - mean / variance) : nil)
  }
}
