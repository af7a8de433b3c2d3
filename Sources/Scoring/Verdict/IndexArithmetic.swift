import AssessmentModel

/// The sums behind an index, worked out once from the standings of one group.
struct IndexArithmetic {
  let standings: Standings
  let items: [ItemStanding]
  let policy: ScoringPolicy
  let dimensions: [Dimension]
  /// Items of each dimension that are not "not applicable", as indices into `items`.
  let applicable: [[Int]]
  /// Answered share of each dimension's applicable weight; nil where nothing applies.
  let coverages: [Double?]
  /// Each dimension's score, where it is scored.
  let scores: [Double?]
  /// Effective weights ω of the items; 0 for those outside the index.
  let weights: [Double]
  let index: Double?
  /// Share of the applicable weight that is answered.
  let coverage: Double
  /// Whether each voter cast a first vote.
  let hasVoted: [Bool]
  /// How many raters did.
  let raterCount: Int
  let hasAnonymousVotes: Bool

  init(_ standings: Standings, questionnaire: Questionnaire, policy: ScoringPolicy) {
    let items = standings.items
    self.standings = standings
    self.items = items
    self.policy = policy
    dimensions = questionnaire.dimensions
    var applicable: [[Int]] = Array(repeating: [], count: dimensions.count)
    for place in items.indices where items[place].state != .notApplicable {
      applicable[items[place].dimensionPlace].append(place)
    }
    self.applicable = applicable
    func weight(_ indices: [Int]) -> Double { indices.reduce(0) { $0 + items[$1].weight } }
    let answered = applicable.map { $0.filter { items[$0].isAnswered } }
    coverages = zip(applicable, answered).map { all, some in
      all.isEmpty ? nil : weight(some) / weight(all)
    }
    scores = zip(coverages, answered).map { coverage, some in
      guard let coverage, coverage >= policy.provisionalCoverage, !some.isEmpty else { return nil }
      return some.reduce(0) { $0 + items[$1].weight * (items[$1].points ?? 0) } / weight(some)
    }
    var total = 0.0
    var scored = 0.0
    var covered = 0.0
    for (index, dimension) in dimensions.enumerated() {
      guard let coverage = coverages[index] else { continue }
      total += Double(dimension.weight)
      covered += Double(dimension.weight) * coverage
      if scores[index] != nil { scored += Double(dimension.weight) }
    }
    coverage = total > 0 ? covered / total : 0
    var weights = Array(repeating: 0.0, count: items.count)
    for (index, dimension) in dimensions.enumerated() where scores[index] != nil {
      for item in answered[index] {
        weights[item] =
          Double(dimension.weight) / scored * items[item].weight / weight(answered[index])
      }
    }
    self.weights = weights
    index =
      scored > 0
      ? items.indices.reduce(0) { $0 + weights[$1] * (items[$1].points ?? 0) } : nil
    var hasVoted = Array(repeating: false, count: standings.voters.count)
    for place in items.indices {
      for vote in items[place].firstVotes { hasVoted[vote.voter] = true }
    }
    self.hasVoted = hasVoted
    raterCount = zip(hasVoted, standings.voters).count { $0 && $1.rater != nil }
    hasAnonymousVotes = standings.areAnonymous && hasVoted.contains(true)
  }

  /// A dimension's share of the index.
  func share(_ dimension: Int) -> Double {
    guard scores[dimension] != nil else { return 0 }
    let all = dimensions.indices.reduce(0.0) {
      $0 + (scores[$1] == nil ? 0 : Double(dimensions[$1].weight))
    }
    return Double(dimensions[dimension].weight) / all
  }

  func contributions(cut: Double) -> [Scorecard.Contribution] {
    items.indices.compactMap { place in
      guard weights[place] > 0, let points = items[place].points else { return nil }
      return Scorecard.Contribution(
        item: items[place].id, dimension: items[place].dimension, section: items[place].section,
        weight: weights[place], score: points, contribution: weights[place] * (points - cut))
    }
  }

  /// Missing items by what they would weigh, until enough is answered for a verdict.
  func answerFirst() -> [String] {
    let weights = fullWeights()
    let missing = items.indices.filter { items[$0].isMissing }
      .sorted {
        weights[$0] != weights[$1] ? weights[$0] > weights[$1] : $0 < $1
      }
    var reached = coverage
    var list: [String] = []
    for index in missing where reached < policy.provisionalCoverage - 1e-9 {
      list.append(items[index].id)
      reached += weights[index]
    }
    return list
  }

  /// The weight every applicable item would have, were all of them answered.
  func fullWeights() -> [Double] {
    var weights = Array(repeating: 0.0, count: items.count)
    let total = dimensions.indices.reduce(0.0) {
      $0 + (applicable[$1].isEmpty ? 0 : Double(dimensions[$1].weight))
    }
    for (index, dimension) in dimensions.enumerated() {
      let weight = applicable[index].reduce(0.0) { $0 + items[$1].weight }
      for item in applicable[index] {
        weights[item] = Double(dimension.weight) / total * items[item].weight / weight
      }
    }
    return weights
  }
}
