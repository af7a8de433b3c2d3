import Planning
import SeededGenerator

/// Chooses actions for forty problems of 120 steps and prints each with its choice, a JSON line a problem, for
/// `Benchmarks/selection.py`, which solves them with HiGHS; false where one took over 100 ms.
func selectionProblems() -> Bool {
  var isFast = true
  for seed in 1...40 {
    var random = SeededGenerator(state: UInt64(seed) * 104_729)
    let steps = problem(&random)
    let total = steps.reduce(0) { $0 + $1.effortDays }
    let capacity = Int.random(in: 0...total, using: &random)
    let clock = ContinuousClock()
    let begin = clock.now
    let selection = select(steps, capacity: capacity)
    let (seconds, attoseconds) = (clock.now - begin).components
    let milliseconds = Double(seconds) * 1e3 + Double(attoseconds) / 1e15
    isFast = isFast && milliseconds <= 100 && selection.optimal
    let rows = steps.map { step in
      "[\"\(step.id)\",\"\(step.group)\",\(step.benefit),\(step.effortDays),[\(step.requires.map { "\"\($0)\"" }.joined(separator: ","))]]"
    }
    print(
      "{\"seed\":\(seed),\"capacity\":\(capacity),\"benefit\":\(selection.benefit),\"optimal\":\(selection.optimal),"
        + "\"milliseconds\":\(milliseconds),\"steps\":[\(rows.joined(separator: ","))]}")
  }
  return isFast
}

/// Forty questions with three steps each, as many requirements between them as the built-in steps have.
private func problem(_ random: inout SeededGenerator) -> [SelectionStep] {
  var steps: [SelectionStep] = []
  for item in 0..<40 {
    for level in 2...4 {
      var requires: [String] = level > 2 ? ["\(item)-\(level - 1)"] : []
      // Only of items before it, so that there is no circle.
      if item > 0, Int.random(in: 0..<8, using: &random) == 0 {
        requires.append(
          "\(Int.random(in: 0..<item, using: &random))-\(Int.random(in: 2...4, using: &random))")
      }
      steps.append(
        SelectionStep(
          id: "\(item)-\(level)", group: "\(item)",
          benefit: Double(Int.random(in: 5...160, using: &random)) / 40,
          effortDays: Int.random(in: 2...20, using: &random), requires: requires))
    }
  }
  return steps
}
