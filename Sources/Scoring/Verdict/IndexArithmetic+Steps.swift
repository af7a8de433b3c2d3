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
        coverage: coverage ?? 0, notApplicable: notApplicableShare(dimension),
        isComparable: notApplicableShare(dimension) <= policy.comparableNotApplicable + 1e-9,
        knowledgeGap: knowledgeGap(dimension), step: step,
        heldBy: status == .notScored || status == .provisional ? .coverage : hold,
        weight: share(dimension))
    }
  }

  private func notApplicableShare(_ dimension: Int) -> Double {
    var all = 0.0
    var without = 0.0
    for place in items.indices where items[place].dimensionPlace == dimension {
      all += items[place].weight
      if items[place].state == .notApplicable { without += items[place].weight }
    }
    return all > 0 ? without / all : 0
  }

  private func knowledgeGap(_ dimension: Int) -> Double {
    var weight = 0.0
    var gap = 0.0
    for place in applicable[dimension] {
      weight += items[place].weight
      if items[place].allVotes > 0 {
        gap +=
          items[place].weight * Double(items[place].dontKnowVotes) / Double(items[place].allVotes)
      }
    }
    return weight > 0 ? gap / weight : 0
  }

  /// The highest step whose every lower step holds too, and what keeps the dimension from the next.
  private func gate(_ dimension: Int) -> (step: Int, hold: DimensionScore.Hold?) {
    for level in 1...4 {
      if let hold = hold(at: level, applicable[dimension]) { return (level - 1, hold) }
    }
    return (4, nil)
  }

  private func hold(at level: Int, _ places: [Int]) -> DimensionScore.Hold? {
    // Missing and "don't know" are below every level.
    if places.contains(where: { items[$0].isCritical && (items[$0].gate ?? -1) < level }) {
      return .critical
    }
    var weight = 0.0
    var there = 0.0
    for place in places {
      weight += items[place].weight
      if (items[place].gate ?? -1) >= level { there += items[place].weight }
    }
    if there < (policy.stepShare - 1e-9) * weight { return .share }
    if places.contains(where: { items[$0].gate.map { $0 < level - 1 } ?? false }) { return .laggard }
    let needed: Response.Evidence? = level == 4 ? .measured : level == 3 ? .document : nil
    if let needed,
      places.contains(where: { items[$0].isCritical && (items[$0].evidence ?? .none) < needed })
    {
      return .noEvidence
    }
    return nil
  }
}
