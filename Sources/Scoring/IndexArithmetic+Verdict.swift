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
    let prior =
      625 * policy.priorVoteVariance
      * (policy.priorCorrelation
        + (1 - policy.priorCorrelation) * weights.reduce(0) { $0 + $1 * $1 })
    let degrees: Double
    let count: Int
    let observed: Double?
    let variance: Double
    if hasAnonymousVotes {
      // Tallies don't tell who answered what, so nothing can be learnt about single raters.
      count = max(1, items.map(\.firstVotes.count).max() ?? 1)
      observed = nil
      variance = prior
      degrees = policy.priorDegreesOfFreedom
    } else {
      count = max(1, raters.count)
      let m = Double(count)
      observed = count > 1 ? m * jackknifeVariance() : nil
      degrees = policy.priorDegreesOfFreedom + m - 1
      variance =
        (policy.priorDegreesOfFreedom * prior + (m - 1) * (observed ?? 0)) / degrees
    }
    let raterVariance = variance / Double(count)
    let missing = missingVariance()
    let error = Double.sqrt(raterVariance + missing)
    let probability = StudentT.cumulative(abs(index - cut) / error, degreesOfFreedom: degrees)
    let half = StudentT.quantile(0.95, degreesOfFreedom: degrees) * error
    return Certainty(
      raters: count, observedVariance: observed, priorVariance: prior, variance: variance,
      raterVariance: raterVariance, missingVariance: missing, standardError: error,
      degreesOfFreedom: degrees, probability: probability,
      range: max(0, index - half)...min(100, index + half))
  }

  /// `V̂ = m/(m−1)·Σ e_r²`, where `e_r` is how far rater r pulls the index away from the others;
  /// on complete data it is the delete-one-rater jackknife.
  private func jackknifeVariance() -> Double {
    var pulls = Array(repeating: 0.0, count: raters.count)
    let position = Dictionary(uniqueKeysWithValues: raters.enumerated().map { ($1, $0) })
    for (item, weight) in zip(items, weights) where weight > 0 && !item.firstVotes.isEmpty {
      let n = Double(item.firstVotes.count)
      let mean = Double(item.firstVotes.reduce(0) { $0 + $1.level }) / n
      for vote in item.firstVotes {
        guard let rater = vote.rater.flatMap({ position[$0] }) else { continue }
        pulls[rater] += weight * 25 * (Double(vote.level) - mean) / n
      }
    }
    let m = Double(raters.count)
    return m / (m - 1) * pulls.reduce(0) { $0 + $1 * $1 }
  }

  /// What answers that are missing could add to the error: within each scored dimension, and one
  /// level up for dimensions that could not be scored.
  private func missingVariance() -> Double {
    let least = policy.leastMissingDeviation * policy.leastMissingDeviation
    var total = 0.0
    for dimension in dimensions.indices where scores[dimension] != nil {
      let weight = applicable[dimension].reduce(0.0) { $0 + items[$1].weight }
      let missing = applicable[dimension].filter { items[$0].isMissing }
        .map { share(dimension) * items[$0].weight / weight }
      let answered = applicable[dimension].compactMap { items[$0].points }
      total += Self.missingTerm(missing, answered, least: least)
    }
    let all = dimensions.indices.reduce(0.0) {
      $0 + (applicable[$1].isEmpty ? 0 : Double(dimensions[$1].weight))
    }
    let unscored = dimensions.indices.filter { scores[$0] == nil && !applicable[$0].isEmpty }
      .map { Double(dimensions[$0].weight) / all }
    return total + Self.missingTerm(unscored, scores.compactMap { $0 }, least: least)
  }

  /// `s²·(Σ f² + (Σ f)²/k)`: the spread of what was answered, carried over to what was not.
  private static func missingTerm(
    _ weights: [Double], _ answered: [Double], least: Double
  ) -> Double {
    if weights.isEmpty || answered.isEmpty { return 0 }
    let k = Double(answered.count)
    let mean = answered.reduce(0, +) / k
    let spread = answered.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let variance = max(least, answered.count > 1 ? spread / (k - 1) : 0)
    let sum = weights.reduce(0, +)
    return variance * (weights.reduce(0) { $0 + $1 * $1 } + sum * sum / k)
  }

  private var bounds: ClosedRange<Double> {
    let weights = fullWeights()
    var low = 0.0
    var high = 0.0
    for (item, weight) in zip(items, weights) {
      low += weight * (item.points ?? 0)
      high += weight * (item.points ?? 100)
    }
    return low...max(low, high)
  }

  /// The fewest answers that would turn the verdict, each to its extreme but the last, which goes as
  /// little as crosses.
  func flip(
    _ verdict: Verdict, cut: Double, questionnaire: Questionnaire
  ) -> [Scorecard.Flip]? {
    guard let orientation = verdict.orientation, let index else { return nil }
    let down = orientation == .outsideIn
    struct Movable {
      let item: Int
      let rater: String?
      let level: Int
      let perLevel: Double
      let reach: Double
    }
    var movable: [Movable] = []
    for (position, item) in items.enumerated() where weights[position] > 0 {
      let votes: [ItemStanding.Vote]
      if item.state == .settled, let gate = item.gate {
        votes = [ItemStanding.Vote(rater: nil, level: gate)]
      } else {
        votes = item.latestVotes
      }
      let perLevel = 25 * weights[position] / Double(votes.count)
      for vote in votes {
        movable.append(
          Movable(
            item: position, rater: vote.rater, level: vote.level, perLevel: perLevel,
            reach: perLevel * Double(down ? vote.level : 4 - vote.level)))
      }
    }
    movable.sort {
      // Figures that differ only by rounding are ties.
      if abs($0.reach - $1.reach) > 1e-9 { return $0.reach > $1.reach }
      return (items[$0.item].item.id, $0.rater ?? "") < (items[$1.item].item.id, $1.rater ?? "")
    }
    var reached = index
    var flips: [Scorecard.Flip] = []
    for answer in movable where answer.reach > 0 {
      let standing = items[answer.item]
      let levels = (questionnaire.levels(of: standing.item) ?? []).map { standing.scored.oriented($0) }
        .filter { down ? $0 < answer.level : $0 > answer.level }
        .sorted { abs($0 - answer.level) < abs($1 - answer.level) }
      func index(at level: Int) -> Double {
        reached + answer.perLevel * Double(level - answer.level)
      }
      let crossing = levels.first { Self.isOutsideIn(index(at: $0), cut) != down }
      guard let level = crossing ?? levels.last else { continue }
      flips.append(
        Scorecard.Flip(
          item: standing.item.id, rater: answer.rater,
          from: standing.scored.oriented(answer.level), to: standing.scored.oriented(level)))
      if crossing != nil { return flips }
      reached = index(at: level)
    }
    return nil
  }
}
