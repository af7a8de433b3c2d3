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
  let (first, second) = simulatedPair(design, raters, &random, direction)
  return compare([first, second]).latest.index!
}

/// The same organisation twice, and what it was asked.
private func simulatedPair(
  _ design: ChangeDesign, _ raters: Int, _ random: inout SeededGenerator, _ direction: Direction? = nil
) -> (ComparedAssessment, ComparedAssessment) {
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
    assessment.finishedAt = Timestamp(secondsSince1970: 0)
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
  return (first, second)
}

/// Whether a list of many teams names those who have changed, and nobody where nobody has: 600 teams, unchanged, in 80 lists; and
/// in ten lists with 60 of them that have truly changed, by twice of what can be detected in one such team on average.
func changeLists() -> Bool {
  let rows = Rows(listDesigns.count)
  DispatchQueue.concurrentPerform(iterations: listDesigns.count) { rows.set($0, simulate(listDesigns[$0])) }
  print(
    "| who answers the second time | raters | lists that name any, unchanged | beyond chance one by one | truly changed: named | of those named, unchanged |"
  )
  print("|---|---|---|---|---|---|")
  for row in rows.all { print(row.text) }
  let isRight = rows.all.allSatisfy(\.isRight)
  print(isRight ? "every list holds what is promised" : "a list is right less often than is promised")
  return isRight
}

/// Teams of which kinds, in turns.
private struct ListDesign: Sendable {
  let name: String
  let designs: [String]
  let raters: [Int]
}

private let listDesigns = [
  ListDesign(name: "the same, correlation .75", designs: ["the same, correlation .75"], raters: [6]),
  ListDesign(name: "the same, correlation .75", designs: ["the same, correlation .75"], raters: [3]),
  ListDesign(name: "the same, leaning as before", designs: ["the same, leaning as before"], raters: [6]),
  ListDesign(name: "other people", designs: ["other people"], raters: [6]),
  ListDesign(name: "other people", designs: ["other people"], raters: [3]),
  ListDesign(
    name: "a mixture of these, and all but one in six",
    designs: ["the same, correlation .75", "other people", "all but one in six, correlation .75"],
    raters: [3, 6, 12]),
]

private struct ListRow: Sendable {
  let text: String
  let isRight: Bool
}

/// Rows that are worked out beside one another.
private final class Rows: @unchecked Sendable {
  private let lock = NSLock()
  private var rows: [ListRow?]

  init(_ count: Int) { rows = Array(repeating: nil, count: count) }

  func set(_ place: Int, _ row: ListRow) { lock.withLock { rows[place] = row } }

  var all: [ListRow] { lock.withLock { rows.compactMap { $0 } } }
}

private func simulate(_ list: ListDesign) -> ListRow {
  let kinds = changeDesigns.filter { list.designs.contains($0.name) }
    .flatMap { design in list.raters.map { (design: design, raters: $0) } }
  var random = SeededGenerator(state: UInt64(list.raters[0]) * 7 + UInt64(list.name.utf8.count))
  func change(_ place: Int, _ direction: Direction? = nil) -> TeamChange {
    let kind = kinds[place % kinds.count]
    let (first, second) = simulatedPair(kind.design, kind.raters, &random, direction)
    return TeamChange(
      organization: "", team: direction == nil ? "unchanged" : "changed", from: first, to: second)!
  }
  var (naming, alone) = (0, 0)
  var detectable = kinds.map { _ in (sum: 0.0, count: 0.0) }
  let lists = 80
  for _ in 0..<lists {
    let teams = (0..<600).map { change($0) }
    for (place, team) in teams.enumerated() {
      detectable[place % kinds.count].sum += team.detectable
      detectable[place % kinds.count].count += 1
    }
    let list = ChangeList(teams, incomparable: 0)
    if list.holding > 0 { naming += 1 }
    alone += list.alone
  }
  var (named, falsely, changed) = (0, 0, 0)
  for _ in 0..<10 {
    var teams = (0..<540).map { change($0) }
    while teams.count < 600 {
      let usual = detectable[teams.count % kinds.count]
      if let direction = possible(2 * usual.sum / usual.count, &random) {
        teams.append(change(teams.count, direction))
      }
    }
    let list = ChangeList(teams, incomparable: 0)
    let told = list.rows.prefix(list.holding).map(\.change)
    named += told.count { $0.team == "changed" }
    falsely += told.count { $0.team == "unchanged" }
    changed += 60
  }
  let share = Double(named) / Double(changed)
  let wrong = named + falsely == 0 ? 0 : Double(falsely) / Double(named + falsely)
  let cells = [
    list.name, list.raters.map(String.init).joined(separator: ", "), "\(naming) of \(lists)",
    "\(alone / lists) of 600", percent(share), percent(wrong),
  ]
  return ListRow(
    text: "| " + cells.joined(separator: " | ") + " |",
    isRight: naming <= lists / 10 && share >= 0.8 && wrong <= 0.1)
}

private func percent(_ share: Double) -> String {
  let tenths = Int((share * 1_000).rounded())
  return "\(tenths / 10).\(tenths % 10) %"
}

private func tenths(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }
