import AssessmentModel
import Foundation
import Interchange
import Testing

@testable import Scoring
@testable import Storage

/// What holds for every assessment: a thousand random ones each, ten thousand with
/// `OUTSIDE_IN_PROPERTIES=full`; a failure names its seed.
@Suite struct ScoringPropertyTests {
  static let count: UInt64 =
    ProcessInfo.processInfo.environment["OUTSIDE_IN_PROPERTIES"] == "full" ? 10_000 : 1_000

  /// Calls `property` with every seed until it says what does not hold.
  static func forAll(
    sourceLocation: SourceLocation = #_sourceLocation, _ property: (UInt64) throws -> String?
  ) rethrows {
    for number in 1...count {
      let seed = number * 7919
      if let failure = try property(seed) {
        Issue.record("seed \(seed): \(failure)", sourceLocation: sourceLocation)
        return
      }
    }
  }

  static func card(_ assessment: Assessment) -> Scorecard {
    score(assessment, with: outsideIn.questionnaire)
  }

  @Test func contributionsAddUp() {
    Self.forAll { seed in
      let card = Self.card(randomAssessment(seed))
      guard let index = card.index else { return nil }
      let sum = card.contributions.reduce(0) { $0 + $1.contribution }
      if !isClose(sum, index - card.cut, 1e-9) { return "contributions add up to \(sum)" }
      if !isClose(card.contributions.reduce(0) { $0 + $1.weight }, 1, 1e-9) { return "weights" }
      if !(0...100).contains(index) { return "index \(index)" }
      let departments = card.departmentContributions.reduce(0) { $0 + $1.contribution }
      if !card.departmentContributions.isEmpty, !isClose(departments, sum, 1e-9) { return "departments" }
      return nil
    }
  }

  @Test func probabilityLiesBetweenHalfAndOne() {
    Self.forAll { seed in
      let card = Self.card(randomAssessment(seed))
      guard let certainty = card.verdict.certainty, let index = card.index else { return nil }
      if !(0.5...1).contains(certainty.probability) { return "P \(certainty.probability)" }
      if !certainty.range.contains(index) { return "range \(certainty.range) of \(index)" }
      let isComplete = !card.items.contains(where: \.isMissing)
      if isComplete, let bounds = card.verdict.bounds,
        !isClose(bounds.lowerBound, index, 1e-9) || !isClose(bounds.upperBound, index, 1e-9)
      {
        return "bounds \(bounds) of \(index)"
      }
      return nil
    }
  }

  /// Neither the order in which raters are listed, nor what they are called, nor the order of the responses, nor
  /// that of the items decides anything.
  @Test func orderIsIrrelevant() {
    Self.forAll { seed in
      var random = SeededGenerator(state: seed ^ 0xABCD)
      let assessment = randomAssessment(seed)
      let names = assessment.raters.map(\.id).shuffled(using: &random)
      let renamed = Dictionary(
        zip(assessment.raters.map(\.id), names), uniquingKeysWith: { first, _ in first })
      var other = assessment
      other.raters = assessment.raters.map {
        Rater(id: renamed[$0.id]!, name: $0.name, department: $0.department)
      }
      .shuffled(using: &random)
      other.responses = Responses(
        assessment.responses.map { response in
          var response = response
          let key = response.key
          response.key = Response.Key(
            item: key.item, rater: key.rater.map { renamed[$0]! }, round: key.round)
          return response
        }.shuffled(using: &random))
      let (left, right) = (
        Self.card(assessment), score(other, with: Self.shuffled(&random))
      )
      return Self.difference(left, right)
    }
  }

  /// The built-in questionnaire with its sections, and the items in each, in another order. There are no
  /// conditions in it.
  private static func shuffled(_ random: inout SeededGenerator) -> Questionnaire {
    let questionnaire = outsideIn.questionnaire
    return Questionnaire(
      id: questionnaire.id, version: questionnaire.version, status: questionnaire.status,
      title: questionnaire.title, scoring: questionnaire.scoring,
      dimensions: questionnaire.dimensions, scales: questionnaire.scales,
      sections: questionnaire.sections.map {
        Section(id: $0.id, title: $0.title, items: $0.items.shuffled(using: &random))
      }.shuffled(using: &random))
  }

  private static func difference(_ left: Scorecard, _ right: Scorecard) -> String? {
    func same(_ left: Double?, _ right: Double?) -> Bool { isClose(left, right, 1e-9) }
    if !same(left.index, right.index) { return "index" }
    if left.verdict.orientation != right.verdict.orientation { return "orientation" }
    if !same(left.verdict.certainty?.probability, right.verdict.certainty?.probability) { return "P" }
    if !same(left.verdict.certainty?.standardError, right.verdict.certainty?.standardError) {
      return "standard error"
    }
    if left.steps != right.steps { return "steps" }
    if left.flags != right.flags { return "flags" }
    // Who must change what depends on names where several could; how many does not.
    if left.flip?.count != right.flip?.count { return "flip" }
    let weights = Dictionary(uniqueKeysWithValues: right.contributions.map { ($0.item, $0) })
    for row in left.contributions where !same(row.contribution, weights[row.item]?.contribution) {
      return "contribution of \(row.item)"
    }
    return nil
  }

  @Test func turningEveryAnswerRoundMirrorsTheIndex() {
    Self.forAll { seed in
      let assessment = randomAssessment(seed)
      var turned = assessment
      for response in assessment.responses {
        if let level = response.level {
          turned.responses[response.key]?.answer = .answered(.level(4 - level))
        }
      }
      for (item, settlement) in assessment.settled {
        if case .level(let level) = settlement.answer { turned.settled[item]?.answer = .level(4 - level) }
      }
      let (left, right) = (Self.card(assessment), Self.card(turned))
      guard let index = left.index, let mirrored = right.index else {
        return left.index == nil && right.index == nil ? nil : "one has no index"
      }
      if !isClose(index + mirrored, 100, 1e-9) { return "\(index) and \(mirrored)" }
      return isClose(
        left.verdict.certainty?.standardError, right.verdict.certainty?.standardError, 1e-9)
        ? nil : "standard error"
    }
  }

  @Test func raisingAnAnswerNeverLowersIndexOrStep() {
    Self.forAll { seed in
      var random = SeededGenerator(state: seed)
      let assessment = randomAssessment(seed)
      let answered = assessment.responses.filter { $0.level != nil }
      guard let response = answered.randomElement(using: &random) else { return nil }
      let item = outsideIn.questionnaire.item(response.key.item)!.scored!
      let level = item.oriented(response.level!)
      guard level < 4 else { return nil }
      var raised = assessment
      raised.responses[response.key]?.answer = .answered(.level(item.oriented(level + 1)))
      let (before, after) = (Self.card(assessment), Self.card(raised))
      if let index = before.index, after.index! < index - 1e-9 { return "index" }
      for (left, right) in zip(before.dimensions, after.dimensions)
      where (right.step ?? -1) < (left.step ?? -1) { return "step of \(left.id)" }
      return nil
    }
  }

  /// Votes in pairs around a middle level, so that there is a level that is their mean.
  @Test func anotherRaterWhoVotesTheMeanNeverWidensTheError() {
    Self.forAll { seed in
      var random = SeededGenerator(state: seed)
      let items = outsideIn.questionnaire.items.filter { $0.core && $0.scored != nil }
      let middles = Dictionary(
        uniqueKeysWithValues: items.map { ($0.id, Int.random(in: 1...3, using: &random)) })
      let pairs = Int.random(in: 1...4, using: &random)
      var offsets: [String: [Int]] = [:]
      for item in items {
        offsets[item.id] = (0..<pairs).map { _ in Int.random(in: -1...1, using: &random) }
      }
      func assessment(extra: Bool) -> Assessment {
        coreAssessment(raters: 2 * pairs + (extra ? 1 : 0)) { item, rater in
          let middle = middles[item.id]!
          if rater == 2 * pairs { return oriented(middle, item) }
          let offset = offsets[item.id]![rater / 2]
          return oriented(middle + (rater % 2 == 0 ? offset : -offset), item)
        }
      }
      let before = Self.card(assessment(extra: false))
      let after = Self.card(assessment(extra: true))
      if !isClose(before.index, after.index, 1e-9) { return "the index moved" }
      return after.verdict.certainty!.standardError
        <= before.verdict.certainty!.standardError + 1e-9 ? nil : "wider"
    }
  }

  @Test func flipsTurnTheVerdictAndNoFewerDo() {
    Self.forAll { seed in
      let assessment = randomAssessment(seed)
      let card = Self.card(assessment)
      guard let flips = card.flip else { return nil }
      var changed = assessment
      for (place, flip) in flips.enumerated() {
        if place == flips.count - 1, place > 0,
          Self.card(changed).verdict.orientation != card.verdict.orientation
        {
          return "fewer would do"
        }
        if let rater = flip.rater {
          guard
            let latest = assessment.responses.to(flip.item).last(where: {
              $0.key.rater == rater && $0.counted != .open
            }), latest.level == flip.from
          else { return "not what \(rater) said on \(flip.item)" }
          changed.responses[latest.key]?.answer = .answered(.level(flip.to))
        } else {
          changed.settled[flip.item]?.answer = .level(flip.to)
        }
      }
      return Self.card(changed).verdict.orientation != card.verdict.orientation
        ? nil : "the verdict stays"
    }
  }

  /// A session as it is stored, event by event, read back and folded again: the same scorecard, byte for byte;
  /// and so does the packed row of a sealed one.
  @Test func replayingASessionGivesTheSameScorecard() throws {
    try Self.forAll { seed in
      let assessment = randomAssessment(seed)
      var start = assessment
      start.responses = Responses()
      let events = assessment.responses.map { SessionEvent.responded($0) }
      let replayed = try Session(
        start, events: events.map { try SessionEvent(JSONDocument(parsing: $0.json.text()).root) }
      ).assessment
      func text(_ assessment: Assessment) -> String {
        ScorecardDocument.write(Self.card(assessment), assessment: assessment.id).text()
      }
      let wanted = text(assessment)
      if text(replayed) != wanted { return "another scorecard from events" }
      let packed = PackedAssessment(assessment, items: outsideInItems)
      let sealed = try PackedAssessment(answers: packed.answers, details: packed.details)
        .assessment(id: assessment.id, questionnaire: assessment.questionnaire, items: outsideInItems)
      return text(sealed) == wanted ? nil : "another scorecard from the packed row"
    }
  }

  /// Statistics of agreement keep to their ranges, and their order of raters.
  @Test func agreementKeepsToItsRanges() {
    Self.forAll { seed in
      let assessment = randomAssessment(seed)
      let result = agreement(assessment, with: outsideIn.questionnaire)
      for item in result.items {
        for value in [item.rwg.value, item.consensus.value].compactMap({ $0 })
        where !(0...1).contains(value) { return "\(item.item): \(value)" }
        if let deviation = item.medianDeviation.value, !(0...2).contains(deviation) {
          return "\(item.item): AD \(deviation)"
        }
        if item.distribution?.reduce(0, +) != item.n { return "\(item.item): distribution" }
        if (item.medianDeviation.value == nil) != (item.n < 2) { return "\(item.item): reason" }
      }
      let overall = result.overall
      if let alpha = overall.alphaOrdinal.value, !(alpha <= 1 + 1e-12) { return "α \(alpha)" }
      if let icc = overall.icc1Department.value, !(icc <= 1 + 1e-12) { return "ICC \(icc)" }
      if let stepped = overall.rwgj.value, let star = overall.rwgjStar.value,
        !(stepped >= star - 1e-12 && stepped <= 1 + 1e-12)
      {
        return "r_wg(j) \(stepped), q \(star)"
      }
      var other = assessment
      other.raters.reverse()
      return agreement(other, with: outsideIn.questionnaire) == result ? nil : "order"
    }
  }
}
