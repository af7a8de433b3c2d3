import AssessmentModel
import RealModule

extension IndexArithmetic {
  /// The side of the cut, its probability and its bounds.
  ///
  /// Raters, not answers, are the independent units: one person's answers hang together, and errors
  /// worked out answer by answer would be far too small.
  func verdict(cut: Double) -> Verdict {
    let bounds = index == nil ? nil : self.bounds
    guard let index, coverage >= policy.provisionalCoverage - 1e-9 else {
      return Verdict(orientation: nil, band: nil, certainty: nil, bounds: bounds)
    }
    let certainty = certainty(of: index, cut: cut)
    let band: Scorecard.Band =
      certainty.probability >= policy.clear
      ? .clear : certainty.probability >= policy.likely ? .likely : .transitional
    return Verdict(
      orientation: Self.isOutsideIn(index, cut) ? .outsideIn : .insideOut, band: band,
      certainty: certainty, bounds: bounds)
  }

  /// Ties go to Inside-Out, since self-ratings run high.
  static func isOutsideIn(_ index: Double, _ cut: Double) -> Bool { index > cut + 1e-9 }

  private func certainty(of index: Double, cut: Double) -> Certainty {
    let spread = RaterSpread(self)
    let terms = missingTerms()
    let missing = terms.reduce(0) { $0 + $1.variance }
    let error = Double.sqrt(spread.raterVariance + missing)
    let degrees = spread.degreesOfFreedom
    let probability = StudentT.cumulative(abs(index - cut) / error, degreesOfFreedom: degrees)
    let half = StudentT.quantile(0.95, degreesOfFreedom: degrees) * error
    return Certainty(
      spread: spread, missing: terms, missingVariance: missing, standardError: error,
      probability: probability, range: max(0, index - half)...min(100, index + half))
  }

  /// What answers that are missing could add to the error: within each scored dimension, and one
  /// level up for dimensions that could not be scored.
  private func missingTerms() -> [Certainty.Missing] {
    if coverage == 1 { return [] }
    let least = policy.leastMissingDeviation * policy.leastMissingDeviation
    var terms: [Certainty.Missing] = []
    for dimension in dimensions.indices
    where scores[dimension] != nil && applicable[dimension].contains(where: { items[$0].isMissing }) {
      let weight = applicable[dimension].reduce(0.0) { $0 + items[$1].weight }
      let missing = applicable[dimension].filter { items[$0].isMissing }
        .map { share(dimension) * items[$0].weight / weight }
      let answered = applicable[dimension].compactMap { items[$0].points }
      terms.append(
        Certainty.Missing(dimensions[dimension].id, missing, among: answered, least: least))
    }
    let unscored = dimensions.indices.filter { scores[$0] == nil && !applicable[$0].isEmpty }
    if !unscored.isEmpty {
      let all = dimensions.indices.reduce(0.0) {
        $0 + (applicable[$1].isEmpty ? 0 : Double(dimensions[$1].weight))
      }
      terms.append(
        Certainty.Missing(
          nil, unscored.map { Double(dimensions[$0].weight) / all },
          among: scores.compactMap { $0 }, least: least))
    }
    return terms
  }

  private var bounds: ClosedRange<Double> {
    let weights = fullWeights()
    var low = 0.0
    var high = 0.0
    for place in items.indices {
      low += weights[place] * (items[place].points ?? 0)
      high += weights[place] * (items[place].points ?? 100)
    }
    return low...max(low, high)
  }
}
