import AssessmentModel

extension IndexArithmetic {
  func dimensionScores() -> [DimensionScore] {
    dimensions.indices.map { dimension in
      let coverage = coverages[dimension]
      let status: DimensionScore.Status
      if let coverage {
        status =
          coverage >= policy.scoredCoverage - 1e-9
          ? .scored : scores[dimension] != nil ? .provisional : .notScored
      } else {
        status = .notApplicable
      }
      let (step, hold) = status == .scored ? gate(dimension) : (nil, nil)
      return DimensionScore(
        id: dimensions[dimension].id, score: scores[dimension], status: status,
        coverage: coverage ?? 0, knowledgeGap: knowledgeGap(dimension), step: step,
        heldBy: status == .notScored || status == .provisional ? .coverage : hold,
        weight: share(dimension))
    }
  }

  private func knowledgeGap(_ dimension: Int) -> Double {
    var weight = 0.0
    var gap = 0.0
    for item in applicable[dimension].map({ items[$0] }) {
      weight += item.weight
      if item.allVotes > 0 {
        gap += item.weight * Double(item.dontKnowVotes) / Double(item.allVotes)
      }
    }
    return weight > 0 ? gap / weight : 0
  }

  /// The highest step whose every lower step holds too, and what keeps the dimension from the next.
  private func gate(_ dimension: Int) -> (step: Int, hold: DimensionScore.Hold?) {
    let items = applicable[dimension].map { self.items[$0] }
    for level in 1...4 {
      if let hold = hold(at: level, items) { return (level - 1, hold) }
    }
    return (4, nil)
  }

  private func hold(at level: Int, _ items: [ItemStanding]) -> DimensionScore.Hold? {
    // Missing and "don't know" are below every level.
    let critical = items.filter(\.scored.critical)
    if critical.contains(where: { ($0.gate ?? -1) < level }) { return .critical }
    let weight = items.reduce(0.0) { $0 + $1.weight }
    let there = items.reduce(0.0) { $0 + (($1.gate ?? -1) >= level ? $1.weight : 0) }
    if there < (policy.stepShare - 1e-9) * weight { return .share }
    if items.contains(where: { $0.gate.map { $0 < level - 1 } ?? false }) { return .laggard }
    let needed: Response.Evidence? = level == 4 ? .measured : level == 3 ? .document : nil
    if let needed, critical.contains(where: { ($0.evidence ?? .none) < needed }) {
      return .noEvidence
    }
    return nil
  }
}
