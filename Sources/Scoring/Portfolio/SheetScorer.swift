import AssessmentModel
import RealModule

/// What one assessment comes to, as a portfolio needs it: no more than the index with its certainty, and the areas.
public struct PortfolioScore: Hashable, Sendable {
  /// 0 to 100; nil where no area could be scored.
  public let index: Double?
  /// Share of the applicable weight that is answered, 0 to 1.
  public let coverage: Double
  /// nil where too little is answered for a verdict.
  public let certainty: Certainty?
  /// By area, in the questionnaire's order: its score, 0 to 100, where it has one, and its coverage where anything applies.
  public let areas: [Area]

  /// One area of it.
  public struct Area: Hashable, Sendable {
    /// 0 to 100; nil where too little of it is answered.
    public let score: Double?
    /// Share of its applicable weight that is answered; nil where nothing applies.
    public let coverage: Double?
  }

  /// The side of the cut and how sure that is.
  public struct Certainty: Hashable, Sendable {
    /// On which side of the cut.
    public let orientation: Scorecard.Orientation
    /// How sure that is.
    public let band: Scorecard.Band
    /// SE, in points.
    public let standardError: Double
    /// ν, of Student's t.
    public let degreesOfFreedom: Double
    /// `τ²/m`, what the choice of raters adds to its square.
    public let raterVariance: Double
    /// With 90 %.
    public let range: ClosedRange<Double>
  }
}

/// Scores answer sheets, one person's each, many of them: the same sums in the same order as ``score(_:with:policy:)``, without
/// standings. A property holds both to the same figures.
///
/// It does for questionnaires in which no condition hides a scored item, since a sheet doesn't have what conditions ask for.
public struct SheetScorer: Sendable {
  let policy: ScoringPolicy
  private let cut: Double
  private let weights: [Double]
  private let isTurned: [Bool]
  private let places: [Int]
  private let dimensionWeights: [Double]
  private let isCore: [Bool]
  private let dimensions: [String]
  private let hasCore: Bool
  /// What does not depend on values, by which items were asked: of sheets without a gap.
  private var whole: [Asked: Whole] = [:]

  private enum Asked: Hashable {
    case scope(Assessment.Scope, deepened: String)
    case common
  }

  private struct Whole {
    let asked: [Int]
    /// ω·25 can't be taken together: sums have to come out to the last bit.
    let weights: [Double]
    let error: Double
    let variance: Double
    let half, clear, likely: Double
  }

  /// nil for a questionnaire in which conditions hide scored items.
  public init?(_ questionnaire: Questionnaire, policy: ScoringPolicy = .standard) {
    let items = questionnaire.items.filter { $0.scored != nil }
    guard items.allSatisfy({ $0.condition == nil }) else { return nil }
    self.policy = policy
    cut = questionnaire.scoring.cut
    dimensions = questionnaire.dimensions.map(\.id)
    dimensionWeights = questionnaire.dimensions.map { Double($0.weight) }
    var (weights, isTurned, places, isCore): ([Double], [Bool], [Int], [Bool]) = ([], [], [], [])
    for item in items {
      guard let scored = item.scored, let place = dimensions.firstIndex(of: scored.dimension) else {
        return nil
      }
      weights.append(Double(scored.weight))
      isTurned.append(scored.oriented(0) == 4)
      places.append(place)
      isCore.append(item.core)
    }
    (self.weights, self.isTurned, self.places, self.isCore) = (weights, isTurned, places, isCore)
    hasCore = questionnaire.hasCore
  }

  /// How many cells a sheet has.
  public var count: Int { weights.count }

  /// An oriented level, 0 to 4; nil where there is none, or the item is not asked.
  public func level(_ cells: UnsafeBufferPointer<UInt8>, _ item: Int) -> Int? {
    let answer = Int(cells[item] & 7)
    return answer > 4 ? nil : isTurned[item] ? 4 - answer : answer
  }

  /// A cell that no answer has, for an item that was not asked.
  public static let notAsked: UInt8 = 0xFF

  /// What a sheet says to each item.
  public func standings(_ cells: UnsafeBufferPointer<UInt8>) -> [PortfolioEntry.Standing] {
    [PortfolioEntry.Standing](unsafeUninitializedCapacity: cells.count) { places, count in
      count = cells.count
      for item in 0..<cells.count {
        let standing: PortfolioEntry.Standing =
          switch cells[item] & 7 {
          case 0...4: .init(.answered, Double(level(cells, item) ?? 0))
          case 5: .init(.notApplicable)
          case 6: .init(.dontKnow)
          default: .init(cells[item] == Self.notAsked ? .notAsked : .open)
          }
        (places.baseAddress! + item).initialize(to: standing)
      }
    }
  }

  private func asks(_ item: Int, _ scope: Assessment.Scope, _ deepened: [String]) -> Bool {
    scope == .full || isCore[item] || !hasCore || deepened.contains(dimensions[places[item]])
  }

  /// Which items are asked.
  ///
  /// - Parameters:
  ///   - scope: Whether the core is asked or all.
  ///   - deepened: Ids of areas, with a blank between them, of which the short scope asks everything.
  /// - Returns: Their places.
  public func asked(_ scope: Assessment.Scope, deepened: String = "") -> [Int] {
    let areas = deepened.isEmpty ? [] : deepened.split(separator: " ").map(String.init)
    return weights.indices.filter { asks($0, scope, areas) }
  }

  /// Scores one sheet.
  public mutating func score(
    _ cells: UnsafeBufferPointer<UInt8>, scope: Assessment.Scope, deepened: String = ""
  ) -> PortfolioScore {
    let key = Asked.scope(scope, deepened: deepened)
    if let whole = whole[key] {
      if let score = score(cells, whole) { return score }
      return scoreWithGaps(cells, whole.asked)
    }
    let asked = asked(scope, deepened: deepened)
    whole[key] = makeWhole(asked)
    return score(cells, scope: scope, deepened: deepened)
  }

  /// The items on which ``scoreInCommon(_:)`` scores, as places.
  public mutating func setCommon(_ items: [Int]) { whole[.common] = makeWhole(items) }

  /// Scores one sheet on the items set before, whatever else was asked.
  public func scoreInCommon(_ cells: UnsafeBufferPointer<UInt8>) -> PortfolioScore? {
    guard let whole = whole[.common] else { return nil }
    return score(cells, whole) ?? scoreWithGaps(cells, whole.asked)
  }

  /// Where every item asked has a level.
  private func score(_ cells: UnsafeBufferPointer<UInt8>, _ whole: Whole) -> PortfolioScore? {
    var index = 0.0
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * dimensionWeights.count) { sums in
      sums.initialize(repeating: 0)
      let areas = dimensionWeights.count
      for (place, item) in whole.asked.enumerated() {
        let answer = Int(cells[item] & 7)
        if answer > 4 { return nil }
        let points = 25 * Double(isTurned[item] ? 4 - answer : answer)
        index += whole.weights[place] * points
        sums[places[item]] += weights[item] * points
        sums[areas + places[item]] += weights[item]
      }
      let scores = (0..<areas).map { area in
        sums[areas + area] > 0
          ? PortfolioScore.Area(score: sums[area] / sums[areas + area], coverage: 1)
          : PortfolioScore.Area(score: nil, coverage: nil)
      }
      let distance = abs(index - cut)
      return PortfolioScore(
        index: index, coverage: 1,
        certainty: PortfolioScore.Certainty(
          orientation: IndexArithmetic.isOutsideIn(index, cut) ? .outsideIn : .insideOut,
          band: distance >= whole.clear ? .clear : distance >= whole.likely ? .likely : .transitional,
          standardError: whole.error, degreesOfFreedom: policy.priorDegreesOfFreedom,
          raterVariance: whole.variance,
          range: max(0, index - whole.half)...min(100, index + whole.half)), areas: scores)
    }
  }

  private func makeWhole(_ asked: [Int]) -> Whole {
    let effective = effective(asked) ?? []
    let variance = priorVariance(effective)
    let error = Double.sqrt(variance)
    let degrees = policy.priorDegreesOfFreedom
    func beyond(_ probability: Double) -> Double {
      StudentT.quantile(probability, degreesOfFreedom: degrees) * error
    }
    return Whole(
      asked: asked, weights: effective, error: error, variance: variance, half: beyond(0.95),
      clear: beyond(policy.clear),
      likely: beyond(policy.likely))
  }

  /// ω of items if these were all; nil of none.
  func effective(_ items: [Int]) -> [Double]? {
    var own = Array(repeating: 0.0, count: dimensionWeights.count)
    for item in items { own[places[item]] += weights[item] }
    let scored = dimensionWeights.indices.reduce(0.0) { $0 + (own[$1] > 0 ? dimensionWeights[$1] : 0) }
    guard scored > 0 else { return nil }
    return items.map { dimensionWeights[places[$0]] / scored * weights[$0] / own[places[$0]] }
  }

  func priorVariance(_ effective: [Double]) -> Double {
    let squares = effective.reduce(0) { $0 + $1 * $1 }
    return 625 * policy.priorVoteVariance
      * (policy.priorCorrelation + (1 - policy.priorCorrelation) * squares)
  }

  /// Where some say that they don't know, that it doesn't apply, or nothing.
  private func scoreWithGaps(_ cells: UnsafeBufferPointer<UInt8>, _ asked: [Int]) -> PortfolioScore {
    let areas = dimensionWeights.indices
    var applicable = areas.map { _ in 0.0 }
    var answered = areas.map { _ in 0.0 }
    var sums = areas.map { _ in 0.0 }
    var counts = areas.map { _ in 0 }
    for item in asked where cells[item] & 7 != 5 {
      let area = places[item]
      applicable[area] += weights[item]
      guard let level = level(cells, item) else { continue }
      answered[area] += weights[item]
      sums[area] += weights[item] * (25 * Double(level))
      counts[area] += 1
    }
    let coverages = areas.map { applicable[$0] > 0 ? answered[$0] / applicable[$0] : nil }
    let scores = areas.map { area -> Double? in
      guard let coverage = coverages[area], coverage >= policy.provisionalCoverage, counts[area] > 0 else {
        return nil
      }
      return sums[area] / answered[area]
    }
    var (total, scored, covered) = (0.0, 0.0, 0.0)
    for area in areas {
      guard let coverage = coverages[area] else { continue }
      total += dimensionWeights[area]
      covered += dimensionWeights[area] * coverage
      if scores[area] != nil { scored += dimensionWeights[area] }
    }
    let coverage = total > 0 ? covered / total : 0
    let rows = areas.map { PortfolioScore.Area(score: scores[$0], coverage: coverages[$0]) }
    guard scored > 0 else {
      return PortfolioScore(index: nil, coverage: coverage, certainty: nil, areas: rows)
    }
    var index = 0.0
    var effective: [Double] = []
    for item in asked {
      let area = places[item]
      guard scores[area] != nil, let level = level(cells, item) else { continue }
      let weight = dimensionWeights[area] / scored * weights[item] / answered[area]
      effective.append(weight)
      index += weight * (25 * Double(level))
    }
    guard coverage >= policy.provisionalCoverage - 1e-9 else {
      return PortfolioScore(index: index, coverage: coverage, certainty: nil, areas: rows)
    }
    let variance = priorVariance(effective)
    var missing = 0.0
    if coverage != 1 {
      let least = policy.leastMissingDeviation * policy.leastMissingDeviation
      for area in areas where scores[area] != nil && answered[area] < applicable[area] {
        let share = dimensionWeights[area] / scored
        let mine = asked.filter { places[$0] == area && cells[$0] & 7 != 5 }
        missing +=
          Certainty.Missing(
            nil, mine.filter { level(cells, $0) == nil }.map { share * weights[$0] / applicable[area] },
            among: mine.compactMap { level(cells, $0).map { 25 * Double($0) } }, least: least
          ).variance
      }
      let unscored = areas.filter { scores[$0] == nil && applicable[$0] > 0 }
      if !unscored.isEmpty {
        missing +=
          Certainty.Missing(
            nil, unscored.map { dimensionWeights[$0] / total }, among: scores.compactMap { $0 }, least: least
          ).variance
      }
    }
    let error = Double.sqrt(variance + missing)
    let degrees = policy.priorDegreesOfFreedom
    let half = StudentT.quantile(0.95, degreesOfFreedom: degrees) * error
    let probability = StudentT.cumulative(abs(index - cut) / error, degreesOfFreedom: degrees)
    return PortfolioScore(
      index: index, coverage: coverage,
      certainty: PortfolioScore.Certainty(
        orientation: IndexArithmetic.isOutsideIn(index, cut) ? .outsideIn : .insideOut,
        band: probability >= policy.clear ? .clear : probability >= policy.likely ? .likely : .transitional,
        standardError: error, degreesOfFreedom: degrees, raterVariance: variance,
        range: max(0, index - half)...min(100, index + half)), areas: rows)
  }
}

extension PortfolioScore {
  /// The same of a scorecard.
  public init(_ card: Scorecard) {
    index = card.index
    coverage = card.coverage
    areas = card.dimensions.map {
      Area(score: $0.score, coverage: $0.status == .notApplicable ? nil : $0.coverage)
    }
    certainty = Certainty(card.verdict)
  }
}
