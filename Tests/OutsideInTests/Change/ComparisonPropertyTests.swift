import AssessmentModel
import Testing

@testable import Scoring

/// What holds for every pair of assessments (``ScoringPropertyTests`` has the number of them).
@Suite struct ComparisonPropertyTests {
  /// Two random assessments of a questionnaire in two versions: areas weigh differently, some questions went, some came.
  static func pair(_ seed: UInt64) -> [ComparedAssessment] {
    var random = SeededGenerator(state: seed)
    let dimensions = Int.random(in: 1...4, using: &random)
    let count = Int.random(in: dimensions * 2...dimensions * 6, using: &random)
    let isOneVersion = Bool.random(using: &random)
    let items = (0..<count).map { place in
      testItem(
        "item-\(place)", dimension: place % dimensions, weight: Int.random(in: 1...3, using: &random),
        reversed: Int.random(in: 0..<3, using: &random) == 0)
    }
    let weights = (0..<dimensions).map { _ in Int.random(in: 1...3, using: &random) }
    let older = testQuestionnaire(items, weights: weights)
    let kept = isOneVersion ? items : items.filter { _ in Int.random(in: 0..<12, using: &random) > 0 }
    let newer = testQuestionnaire(
      kept, weights: isOneVersion ? weights : weights.map { _ in Int.random(in: 1...3, using: &random) },
      version: isOneVersion ? "1.0.0" : "2.0.0")
    let link =
      isOneVersion || Bool.random(using: &random) ? nil : Migration.Link(mean: 0.1, standardError: 1.2)
    let way = Correspondence(from: older, to: newer, link: link)
    let people = Int.random(in: 1...6, using: &random)
    func assessment(_ questionnaire: Questionnaire, raters: Int) -> Assessment {
      let gaps = Int.random(in: 0...3, using: &random)
      var responses: [Response] = []
      for item in questionnaire.items {
        for rater in 0..<raters where Int.random(in: 0..<10, using: &random) >= gaps {
          responses.append(
            Response(
              key: .init(item: item.id, rater: "r\(rater + 1)"),
              answer: .answered(.level(Int.random(in: 0...4, using: &random)))))
        }
      }
      var assessment = testAssessment(raters: raters, responses: responses)
      let names = ["Ana", "Bo", "Cem", "Dora", "Eve", "Finn", "Gül"].shuffled(using: &random)
      for place in assessment.raters.indices { assessment.raters[place].name = names[place] }
      return assessment
    }
    return [
      ComparedAssessment(assessment(older, raters: people), older, way),
      ComparedAssessment(
        assessment(newer, raters: Int.random(in: 1...6, using: &random)), newer,
        Correspondence(identity: newer)),
    ]
  }

  @Test func turnedRoundEveryChangeHasTheOtherSign() {
    ScoringPropertyTests.forAll { seed in
      let pair = Self.pair(seed)
      let (there, back) = (compare(pair), compare(pair.reversed()))
      if there.core.items.map(\.id) != back.core.items.map(\.id) || there.core.status != back.core.status {
        return "core"
      }
      if (there.latest.index == nil) != (back.latest.index == nil) { return "one has no index" }
      let changes = [there, back].map { comparison in
        [comparison.latest.index].compactMap { $0 } + comparison.latest.areas.map(\.change)
      }
      if changes[0].count != changes[1].count { return "areas" }
      for (left, right) in zip(changes[0], changes[1]) {
        if !isClose(left.estimate.delta, -right.estimate.delta, 1e-9) { return "Δ" }
        if !isClose(left.estimate.standardError, right.estimate.standardError, 1e-9) { return "S" }
        if !isClose(left.estimate.degreesOfFreedom, right.estimate.degreesOfFreedom, 1e-9) { return "ν" }
        let mirrored: Comparison.Outcome =
          switch right.outcome {
          case .improvement: .decline
          case .decline: .improvement
          case .none, .notDeterminable: right.outcome
          }
        if left.outcome != mirrored { return "\(left.outcome) and \(right.outcome)" }
      }
      return nil
    }
  }

  @Test func thePartsOfTheDecompositionAddUp() {
    ScoringPropertyTests.forAll { seed in
      let pair = Self.pair(seed)
      let comparison = compare(pair)
      guard let parts = comparison.latest.decomposition, let change = comparison.latest.index else {
        return nil
      }
      // Each side on the core by its own weights, worked out here.
      let totals = pair.map { side in
        let ids = Set(comparison.core.items.map(\.id))
        let dimensions = side.questionnaire.dimensions.filter { dimension in
          side.questionnaire.items.contains { ids.contains($0.id) && $0.scored?.dimension == dimension.id }
        }
        let all = dimensions.reduce(0) { $0 + $1.weight }
        let place = side.assessment == pair[0].assessment ? 0 : 1
        return dimensions.reduce(0.0) { sum, dimension in
          let items = comparison.core.items.filter { $0.dimension == dimension.id }
          let weights = items.map { Double(side.questionnaire.item($0.id)!.scored!.weight) }
          let score =
            zip(items, weights).reduce(0.0) { $0 + $1.0.points[place] * $1.1 } / weights.reduce(0, +)
          return sum + Double(dimension.weight) / Double(all) * score
        }
      }
      if !isClose(parts.total, totals[1] - totals[0], 1e-9) { return "\(parts) of \(totals)" }
      let weights = pair.map { $0.questionnaire.dimensions.map(\.weight) }
      if weights[0] == weights[1], pair[0].questionnaire.items.count == pair[1].questionnaire.items.count {
        if !isClose(parts.total, change.estimate.delta, 1e-9) || !isClose(parts.composition, 0, 1e-9) {
          return "weights agree, and \(parts)"
        }
      }
      return nil
    }
  }

  @Test func chancesLieBetweenNothingAndOne() {
    ScoringPropertyTests.forAll { seed in
      let comparison = compare(Self.pair(seed))
      for change in [comparison.latest.index].compactMap({ $0 }) + comparison.latest.areas.map(\.change) {
        let estimate = change.estimate
        if !(0...1).contains(estimate.p) || !(estimate.standardError > 0) { return "\(estimate)" }
        if !(change.detectable > 0) { return "detectable" }
      }
      // What is called a change is beyond what it is said to count from, and nothing else is.
      for area in comparison.latest.areas {
        let isBeyond = abs(area.change.estimate.delta) > area.countsFrom
        if isBeyond != (area.change.outcome != .none) { return "\(area)" }
        if area.countsFrom > area.change.detectable { return "counts later than it is detectable" }
      }
      return nil
    }
  }
}
