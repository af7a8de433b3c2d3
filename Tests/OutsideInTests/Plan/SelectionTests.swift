import Scoring
import Testing

@testable import Planning

/// Which steps are taken where not all can be.
@Suite struct SelectionTests {
  /// The item steps as the selection gets them.
  static func steps(_ card: Scorecard, raised: [String]) -> [SelectionStep] {
    itemCandidates(card, outsideIn.questionnaire, builtInActions, raised: raised).map {
      SelectionStep(
        id: $0.id, group: $0.item ?? $0.id, benefit: $0.benefit ?? 0, effortDays: $0.effortDays ?? 5,
        requires: $0.requires)
    }
  }

  /// All choices of a small set, tried one by one.
  static func best(_ steps: [SelectionStep], capacity: Int) -> Double {
    var best = 0.0
    for mask in 0..<(1 << steps.count) {
      let taken = steps.indices.filter { mask >> $0 & 1 == 1 }
      let ids = Set(taken.map { steps[$0].id })
      let isClosed = taken.allSatisfy { index in
        let step = steps[index]
        let below = steps[..<index].last { $0.group == step.group }
        return step.requires.allSatisfy(ids.contains) && (below.map { ids.contains($0.id) } ?? true)
      }
      if isClosed, taken.reduce(0, { $0 + steps[$1].effortDays }) <= capacity {
        best = max(best, taken.reduce(0) { $0 + steps[$1].benefit })
      }
    }
    return best
  }

  @Test(arguments: [(1...200).map { UInt64($0) * 6151 }])
  func selectionIsTheBestThereIs(seeds: [UInt64]) {
    for seed in seeds {
      var random = SeededGenerator(state: seed)
      var steps: [SelectionStep] = []
      for group in 0..<4 {
        for level in 0..<3 {
          let other = "\(Int.random(in: 0..<4, using: &random))-0"
          steps.append(
            SelectionStep(
              id: "\(group)-\(level)", group: "\(group)",
              benefit: Double(Int.random(in: 1...9, using: &random)),
              effortDays: Int.random(in: 1...8, using: &random),
              requires: Int.random(in: 0..<5, using: &random) == 0 && level > 0 ? [other] : []))
        }
      }
      let capacity = Int.random(in: 0...30, using: &random)
      let selection = select(steps, capacity: capacity)
      #expect(isClose(selection.benefit, Self.best(steps, capacity: capacity)), "seed \(seed)")
      #expect(selection.effortDays <= capacity, "seed \(seed)")
      #expect(selection.optimal && selection.gap == 0)
    }
  }

  @Test func tiesGoToTheLowerEffort() {
    let steps = [
      SelectionStep(id: "dear", group: "a", benefit: 3, effortDays: 5),
      SelectionStep(id: "cheap", group: "b", benefit: 3, effortDays: 4),
    ]
    #expect(select(steps, capacity: 5).chosen == ["cheap"])
  }

  @Test func anUnfinishedSearchSaysHowFarItMayBeOff() {
    let steps = (0..<20).map {
      SelectionStep(
        id: "\($0)", group: "\($0)", benefit: 1, effortDays: 1, requires: $0 == 0 ? [] : ["\($0 - 1)"])
    }
    let selection = select(steps.reversed(), capacity: 7, nodeLimit: 5)
    #expect(!selection.optimal)
    #expect(selection.gap > 0)
  }

  /// Requirements between items at every turn: what made a search that looks at them only at its end
  /// come back with nothing.
  @Test(arguments: Array(stride(from: 0, through: 200, by: 10)))
  func everyCapacityIsSolved(capacity: Int) throws {
    for raised in [["anticipation"], ["journey", "measurement"], []] {
      let card = score(coreAssessment { item, _ in oriented(0, item) }, with: outsideIn.questionnaire)
      let selection = select(Self.steps(card, raised: raised), capacity: capacity, nodeLimit: 100_000)
      #expect(selection.optimal, "\(raised)")
      #expect(selection.effortDays <= capacity)
    }
  }
}
