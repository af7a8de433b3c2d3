import AssessmentModel
import Foundation
import Scoring
import SeededGenerator

/// Verdicts with everybody's answers, and with many of them missing.
func calibration() -> Bool {
  let parts = [completeCalibration, incompleteCalibration, moreRatersCalibration]
  var isRight = true
  for part in parts {
    if !part() { isRight = false }
    print("")
  }
  return isRight
}

/// Whether as many more people as are proposed bring what they are proposed for: ranges within ten points either way,
/// in two thirds of the organisations at least, that hold the truth in nine of ten.
private func moreRatersCalibration() -> Bool {
  let organisations = 1_500
  var isRight = true
  print("| s | ρ | questions | raters | proposed, on average | range within ten | range holds the truth |")
  print("|---|---|---|---|---|---|---|")
  for (spread, correlation) in [(1.0, 0.5), (0.77, 0.3)] {
    for (questions, raters) in [(16, 1), (16, 3), (16, 6), (40, 1), (40, 3), (40, 6)] {
      let questionnaire = plainQuestionnaire(items: questions)
      var random = SeededGenerator(state: UInt64(raters * 100 + questions) + UInt64(spread * 10_000))
      var (proposed, asked, narrow, inRange) = (0, 0, 0, 0)
      for _ in 0..<organisations {
        let levels = itemLevels(questions, &random)
        func votes(_ count: Int) -> [[Int]] {
          (0..<count).map { _ in rating(levels, spread: spread, correlation: correlation, &random) }
        }
        let first = votes(raters)
        guard
          let more = score(assessment(of: questionnaire, first), with: questionnaire).moreRaters?
            .withinTen.people, more > 0
        else { continue }
        let truth = score(assessment(of: questionnaire, votes(300)), with: questionnaire).index ?? 0
        guard
          let certainty = score(assessment(of: questionnaire, first + votes(more)), with: questionnaire)
            .verdict.certainty
        else { continue }
        asked += 1
        proposed += more
        if certainty.projection(0).halfRange <= 10 { narrow += 1 }
        if certainty.range.contains(truth) { inRange += 1 }
      }
      func share(_ count: Int) -> Double { Double(count) / Double(max(1, asked)) }
      if asked > 0, share(narrow) < 2.0 / 3 || share(inRange) < 0.9 { isRight = false }
      let cells = [
        "\(spread)", "\(correlation)", "\(questions)", "\(raters)",
        asked == 0 ? "none needed" : "\(Double(Int(share(proposed) * 10 + 0.5)) / 10)",
        asked == 0 ? "–" : percent(share(narrow)), asked == 0 ? "–" : percent(share(inRange)),
      ]
      print("| " + cells.joined(separator: " | ") + " |")
    }
  }
  print(
    isRight ? "the proposed numbers do what they promise" : "a proposed number does less than it promises")
  return isRight
}

/// Who answered what of sixteen questions, where people left questions to one another.
private struct Design: Sendable {
  let name: String
  let raters: Int
  let answers: @Sendable (_ rater: Int, _ item: Int) -> Bool

  init(_ name: String, _ raters: Int, _ answers: @escaping @Sendable (Int, Int) -> Bool) {
    (self.name, self.raters, self.answers) = (name, raters, answers)
  }
}

private let designs = [
  Design("six answer everything", 6) { _, _ in true },
  Design("one answers everything, five two questions", 6) { $0 == 0 || $1 < 2 },
  Design("one answers everything, eleven one question", 12) { $0 == 0 || $1 < 1 },
  Design("eight answer two questions each of their own", 8) { $1 / 2 == $0 },
  Design("two answer everything, four a quarter", 6) { $0 < 2 || $1 < 4 },
  Design("six answer two thirds each", 6) { ($0 + $1) % 3 > 0 },
  Design("three answer everything, three a quarter", 6) { $0 < 3 || $1 < 4 },
  Design("two answer everything, two a third", 4) { $0 < 2 || $1 < 5 },
  Design("six answer nine tenths each", 6) { ($0 + $1) % 10 > 0 },
]

private func incompleteCalibration() -> Bool {
  let questionnaire = plainQuestionnaire(items: 16)
  let organisations = 1_500
  var isRight = true
  print("| who answered | clear: share | right | likely: share | right | range holds the truth |")
  print("|---|---|---|---|---|---|")
  for design in designs {
    var random = SeededGenerator(state: UInt64(design.raters) * 7 + UInt64(design.name.utf8.count))
    var tally: [Scorecard.Band: (right: Int, all: Int)] = [:]
    var inRange = 0
    for _ in 0..<organisations {
      let levels = itemLevels(16, &random)
      func votes(_ count: Int) -> [[Int]] {
        (0..<count).map { _ in rating(levels, spread: 1, correlation: 0.5, &random) }
      }
      let truth = score(assessment(of: questionnaire, votes(300)), with: questionnaire)
      let card = score(
        assessment(of: questionnaire, votes(design.raters), only: design.answers),
        with: questionnaire)
      guard let band = card.verdict.band, let range = card.verdict.certainty?.range else { continue }
      tally[band, default: (0, 0)].all += 1
      if card.verdict.orientation == truth.verdict.orientation { tally[band, default: (0, 0)].right += 1 }
      if let index = truth.index, range.contains(index) { inRange += 1 }
    }
    var cells = [design.name]
    for (band, least) in [(Scorecard.Band.clear, 0.95), (.likely, 0.8)] {
      let (right, all) = tally[band] ?? (0, 0)
      cells.append(percent(Double(all) / Double(organisations)))
      cells.append(all == 0 ? "–" : percent(Double(right) / Double(all)))
      if Double(right) < least * Double(all) { isRight = false }
    }
    cells.append(percent(Double(inRange) / Double(organisations)))
    print("| " + cells.joined(separator: " | ") + " |")
  }
  print(isRight ? "every band holds what it promises" : "a band is right less often than it promises")
  return isRight
}

/// Whether verdicts are right as often as their bands promise, on simulated organisations of which the truth
/// is known: the verdict of 300 raters.
///
/// Each organisation has a level of its own, N(2.1, 0.6), and each of its forty items one about that, N(0, 0.8), kept
/// within 0 to 4. A vote is that plus what the rater adds to every item, N(0, s√ρ), plus what they add to this one,
/// N(0, s√(1 − ρ)), rounded and kept within 0 to 4.
private func completeCalibration() -> Bool {
  let questionnaire = plainQuestionnaire(items: 40)
  let organisations = 1_500
  var isRight = true
  print("| s | ρ | raters | clear: share | right | likely: share | right | too close: share | right |")
  print("|---|---|---|---|---|---|---|---|---|")
  for (spread, correlation) in [(1.0, 0.5), (0.77, 0.3)] {
    for raters in [1, 3, 6] {
      var random = SeededGenerator(state: UInt64(raters) * 1_000 + UInt64(spread * 100))
      var tally: [Scorecard.Band: (right: Int, all: Int)] = [:]
      for _ in 0..<organisations {
        let levels = itemLevels(40, &random)
        func card(_ count: Int) -> Scorecard {
          score(
            assessment(
              of: questionnaire,
              (0..<count).map { _ in
                rating(levels, spread: spread, correlation: correlation, &random)
              }), with: questionnaire)
        }
        let truth = card(300).verdict.orientation
        let verdict = card(raters).verdict
        guard let band = verdict.band else { continue }
        tally[band, default: (0, 0)].all += 1
        if verdict.orientation == truth { tally[band, default: (0, 0)].right += 1 }
      }
      var cells = ["\(spread)", "\(correlation)", "\(raters)"]
      for (band, least) in [(Scorecard.Band.clear, 0.95), (.likely, 0.8), (.transitional, 0)] {
        let (right, all) = tally[band] ?? (0, 0)
        cells.append(percent(Double(all) / Double(organisations)))
        cells.append(all == 0 ? "–" : percent(Double(right) / Double(all)))
        if all > 0, Double(right) < least * Double(all) { isRight = false }
      }
      print("| " + cells.joined(separator: " | ") + " |")
    }
  }
  print(isRight ? "every band holds what it promises" : "a band is right less often than it promises")
  return isRight
}

private func itemLevels(_ count: Int, _ random: inout SeededGenerator) -> [Double] {
  let own = 2.1 + 0.6 * random.normal()
  return (0..<count).map { _ in min(4, max(0, own + 0.8 * random.normal())) }
}

private func rating(
  _ levels: [Double], spread: Double, correlation: Double, _ random: inout SeededGenerator
) -> [Int] {
  let own = spread * correlation.squareRoot() * random.normal()
  return levels.map { level in
    let vote = level + own + spread * (1 - correlation).squareRoot() * random.normal()
    return Int(min(4, max(0, vote.rounded())))
  }
}

private func percent(_ share: Double) -> String {
  let tenths = Int((share * 1_000).rounded())
  return "\(tenths / 10).\(tenths % 10) %"
}
