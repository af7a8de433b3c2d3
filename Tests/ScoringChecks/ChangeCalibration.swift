import AssessmentModel
import Foundation
import Scoring
import SeededGenerator

/// Whether a change is found where there is one, and not where there is none, on simulated organisations of forty items
/// whose people scatter as assumed (s = 1, ρ = .5), as for verdicts.
///
/// How each of those who answer both times leans in general stays the same with a given correlation; what they think of a
/// single item beside that is drawn anew. A true change moves every item by so many levels that what endlessly many such
/// raters would say, the scale's ends included, moves by the size wanted, towards the middle of the scale.
func changeCalibration() -> Bool {
  let organisations = 1_500
  var isRight = true
  print(
    "| who answers the second time | raters | false alarms | detectable | found at twice that | size found nine times in ten |"
  )
  print("|---|---|---|---|---|---|")
  for design in changeDesigns {
    for raters in design.raters {
      var random = SeededGenerator(state: UInt64(raters) * 101 + UInt64(design.name.utf8.count))
      var (alarms, detectable) = (0, 0.0)
      for _ in 0..<organisations {
        let change = simulate(design, raters, size: 0, &random)
        if change.outcome != .none { alarms += 1 }
        detectable += change.detectable / Double(organisations)
      }
      func found(_ times: Double) -> Double? {
        let size = times * detectable
        var (hits, tried) = (0, 0)
        for _ in 0..<(organisations / 2) {
          guard let direction = possible(size, &random) else { continue }
          tried += 1
          let change = simulate(design, raters, size: size, &random, direction)
          if change.outcome == (direction.isUp ? .improvement : .decline) { hits += 1 }
        }
        return tried < 100 ? nil : Double(hits) / Double(tried)
      }
      let share = Double(alarms) / Double(organisations)
      let atTwice = found(2)
      if share > design.mostAlarms { isRight = false }
      if raters >= 6, design.isAnswerable, (atTwice ?? 0) < 0.9 { isRight = false }
      var needed = "–"
      for step in 0...12 {
        let times = 1 + Double(step) / 4
        guard let power = found(times) else { break }
        if power >= 0.9 {
          needed = "\(tenths(times * detectable))"
          break
        }
      }
      let cells = [
        design.name, "\(raters)", percent(share), tenths(detectable), atTwice.map(percent) ?? "–", needed,
      ]
      print("| " + cells.joined(separator: " | ") + " |")
    }
  }
  print(isRight ? "every row holds what is promised" : "a row is right less often than is promised")
  return isRight
}

private struct ChangeDesign: Sendable {
  let name: String
  let raters: [Int]
  /// How many answer both times, of so many.
  let same: @Sendable (Int) -> Int
  let persistence: Double
  var labels = false
  /// Most that may be found where there is nothing.
  var mostAlarms = 0.1
  /// Whether its power is promised.
  var isAnswerable = true
}

private let changeDesigns = [
  ChangeDesign(name: "other people", raters: [1, 3, 6, 12], same: { _ in 0 }, persistence: 0),
  ChangeDesign(
    name: "other people under the same labels", raters: [1, 3, 6, 12], same: { _ in 0 }, persistence: 0,
    labels: true),
  ChangeDesign(
    name: "all but one in six, leaning as before", raters: [6, 12], same: { $0 - $0 / 6 }, persistence: 1),
  ChangeDesign(
    name: "all but one in six, correlation .75", raters: [6, 12], same: { $0 - $0 / 6 }, persistence: 0.75),
  ChangeDesign(name: "the same, leaning as before", raters: [1, 3, 6, 12], same: { $0 }, persistence: 1),
  ChangeDesign(name: "the same, correlation .75", raters: [1, 3, 6, 12], same: { $0 }, persistence: 0.75),
  ChangeDesign(
    name: "the same, correlation .5", raters: [1, 3, 6, 12], same: { $0 }, persistence: 0.5, mostAlarms: 0.15,
    isAnswerable: false),
]

private let changeItems = 40
private let changeQuestionnaire = plainQuestionnaire(items: changeItems)
private let identity = Correspondence(identity: changeQuestionnaire)

/// An organisation and how far each of its items has to move.
private struct Direction {
  let levels: [Double]
  let shift: Double
  var isUp: Bool { shift > 0 }
}

private func levels(_ random: inout SeededGenerator) -> [Double] {
  let own = 2.1 + 0.6 * random.normal()
  return (0..<changeItems).map { _ in min(4, max(0, own + 0.8 * random.normal())) }
}

/// What endlessly many raters would say: `E round(μ + N(0, 1))` within 0 to 4, as an index.
private func truth(_ levels: [Double], shift: Double = 0) -> Double {
  let votes = levels.map { level in
    let level = min(4, max(0, level + shift))
    return (0...3).reduce(0.0) { $0 + Normal.cumulative(level - Double($1) - 0.5) }
  }
  return 25 * votes.reduce(0, +) / Double(levels.count)
}

/// An organisation that can move so far, towards the middle; nil where this one can't.
private func possible(_ size: Double, _ random: inout SeededGenerator) -> Direction? {
  let levels = levels(&random)
  let now = truth(levels)
  let sign = now < 50 ? 1.0 : -1.0
  var (low, high) = (0.0, 4.0)
  guard abs(truth(levels, shift: sign * high) - now) >= size else { return nil }
  for _ in 0..<40 {
    let middle = (low + high) / 2
    if abs(truth(levels, shift: sign * middle) - now) < size { low = middle } else { high = middle }
  }
  return Direction(levels: levels, shift: sign * high)
}

private func simulate(
  _ design: ChangeDesign, _ raters: Int, size: Double, _ random: inout SeededGenerator,
  _ direction: Direction? = nil
) -> Comparison.Change {
  let direction = direction ?? Direction(levels: levels(&random), shift: 0)
  let after = direction.levels.map { min(4, max(0, $0 + direction.shift)) }
  let deviation = 0.5.squareRoot()
  let leanings = (0..<raters).map { _ in deviation * random.normal() }
  let same = design.same(raters)
  let next = (0..<raters).map { place in
    place < same
      ? design.persistence * leanings[place]
        + (1 - design.persistence * design.persistence).squareRoot() * deviation * random.normal()
      : deviation * random.normal()
  }
  func votes(_ levels: [Double], _ leanings: [Double]) -> [[Int]] {
    leanings.map { leaning in
      levels.map { Int(min(4, max(0, ($0 + leaning + deviation * random.normal()).rounded()))) }
    }
  }
  func side(_ votes: [[Int]], _ names: (Int) -> String) -> ComparedAssessment {
    var assessment = assessment(of: changeQuestionnaire, votes)
    for place in assessment.raters.indices { assessment.raters[place].name = names(place) }
    return ComparedAssessment(assessment, changeQuestionnaire, identity)
  }
  let alphabet = Array("abcdefghijklmnopqrstuvwxyz").map(String.init)
  let first = side(votes(direction.levels, leanings)) {
    design.labels ? "\($0 + 1)" : "Person \(alphabet[$0])\(alphabet[$0])"
  }
  let second = side(votes(after, next)) { place in
    design.labels
      ? "\(place + 1)"
      : place < same
        ? "Person \(alphabet[place])\(alphabet[place])" : "Other \(alphabet[place])\(alphabet[place])"
  }
  return compare([first, second]).latest.index!
}

private func percent(_ share: Double) -> String {
  let tenths = Int((share * 1_000).rounded())
  return "\(tenths / 10).\(tenths % 10) %"
}

private func tenths(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }
