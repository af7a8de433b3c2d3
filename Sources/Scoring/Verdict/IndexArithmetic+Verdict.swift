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
    let squares = weights.reduce(0) { $0 + $1 * $1 }
    let prior =
      625 * policy.priorVoteVariance
      * (policy.priorCorrelation + (1 - policy.priorCorrelation) * squares)
    let voters = max(
      1, hasAnonymousVotes ? items.map(\.firstVotes.count).max() ?? 1 : raterCount)
    let count = countingRaters(of: voters)
    let degrees: Double
    let observed: Double?
    let variance: Double
    var pulls: [Certainty.Pull] = []
    if hasAnonymousVotes {
      // Tallies don't tell who answered what, so nothing can be learnt about single raters.
      observed = nil
      variance = prior
      degrees = policy.priorDegreesOfFreedom
    } else {
      let m = Double(count)
      pulls = raterPulls()
      // On complete data this is the delete-one-rater jackknife.
      observed =
        count > 1 ? m * (m / (m - 1)) * pulls.reduce(0) { $0 + $1.pull * $1.pull } : nil
      degrees = policy.priorDegreesOfFreedom + m - 1
      variance =
        (policy.priorDegreesOfFreedom * prior + (m - 1) * (observed ?? 0)) / degrees
    }
    let raterVariance = variance / Double(count)
    let terms = missingTerms()
    let missing = terms.reduce(0) { $0 + $1.variance }
    let error = Double.sqrt(raterVariance + missing)
    let probability = StudentT.cumulative(abs(index - cut) / error, degreesOfFreedom: degrees)
    let half = StudentT.quantile(0.95, degreesOfFreedom: degrees) * error
    return Certainty(
      voters: voters, raters: count, pulls: pulls, observedVariance: observed,
      weightSquares: squares, priorVariance: prior, variance: variance,
      raterVariance: raterVariance, missing: terms, missingVariance: missing, standardError: error,
      degreesOfFreedom: degrees, probability: probability,
      range: max(0, index - half)...min(100, index + half))
  }

  /// As how many raters the voters count: as themselves, or, where they left many questions to one another, as
  /// the number that answered a question on average, rounded down. Sixteen people who answered one question
  /// each are not sixteen views of the organisation, and nobody's distance from the others is known.
  private func countingRaters(of voters: Int) -> Int {
    // What was settled without votes is one view.
    let votes = items.indices.reduce(0.0) {
      $0 + weights[$1] * Double(max(1, items[$1].firstVotes.count))
    }
    if votes >= (policy.fullRaterShare - 1e-9) * Double(voters) { return voters }
    return max(1, Int(votes + 1e-9))
  }

  /// `e_r`, how far each rater who cast a first vote pulls the index away from the others, by id.
  private func raterPulls() -> [Certainty.Pull] {
    var pulls = Array(repeating: 0.0, count: standings.voters.count)
    for place in items.indices where weights[place] > 0 && !items[place].firstVotes.isEmpty {
      let votes = items[place].firstVotes
      let n = Double(votes.count)
      let mean = Double(votes.reduce(0) { $0 + $1.level }) / n
      for vote in votes {
        pulls[vote.voter] += weights[place] * 25 * (Double(vote.level) - mean) / n
      }
    }
    return standings.voters.indices.compactMap { place in
      guard hasVoted[place], let rater = standings.voters[place].rater else { return nil }
      return Certainty.Pull(rater: rater, pull: pulls[place])
    }
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
