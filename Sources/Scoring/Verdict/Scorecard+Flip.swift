import AssessmentModel

extension Scorecard {
  /// An answer that would have to be another one; raw levels.
  public struct Flip: Hashable, Sendable {
    /// The item's id.
    public let item: String
    /// nil for a settled answer or an anonymous vote.
    public let rater: String?
    /// Raw level as it was given.
    public let from: Int
    /// Raw level that it would have to be.
    public let to: Int
  }

  /// The fewest answers that would turn the verdict: sorted by how far each could move the index, all to
  /// their extreme but the last, which goes as little as crosses the cut.
  ///
  /// Worked out when asked for. nil where there is no verdict, or where no change of the answers given
  /// would turn it.
  public var flip: [Flip]? {
    guard let orientation = verdict.orientation, let index else { return nil }
    let down = orientation == .outsideIn
    var reached = index
    var flips: [Flip] = []
    for answer in movableAnswers(down: down) {
      let levels = answer.standing.levels.filter { down ? $0 < answer.level : $0 > answer.level }
        .sorted { abs($0 - answer.level) < abs($1 - answer.level) }
      func index(at level: Int) -> Double {
        reached + answer.perLevel * Double(level - answer.level)
      }
      let crossing = levels.first { IndexArithmetic.isOutsideIn(index(at: $0), cut) != down }
      guard let level = crossing ?? levels.last else { continue }
      flips.append(
        Flip(
          item: answer.standing.id, rater: answer.rater, from: answer.standing.raw(answer.level),
          to: answer.standing.raw(level)))
      if crossing != nil { return flips }
      reached = index(at: level)
    }
    return nil
  }

  private struct Movable {
    let standing: ItemStanding
    let rater: String?
    let level: Int
    /// Points of the index for one level.
    let perLevel: Double
    /// Points of the index from here to the extreme.
    let reach: Double
  }

  private func movableAnswers(down: Bool) -> [Movable] {
    let weights = Dictionary(
      contributions.map { ($0.item, $0.weight) }, uniquingKeysWith: { first, _ in first })
    var movable: [Movable] = []
    for standing in items {
      guard let weight = weights[standing.id] else { continue }
      let votes: [(rater: String?, level: Int)] =
        if standing.state == .settled, let gate = standing.gate { [(nil, gate)] } else {
          standing.latestVotes.map { (standings.rater(of: $0), $0.level) }
        }
      let perLevel = 25 * weight / Double(votes.count)
      for vote in votes {
        let extreme = (down ? standing.levels.first : standing.levels.last) ?? vote.level
        let reach = perLevel * Double(abs(extreme - vote.level))
        if reach > 0 {
          movable.append(
            Movable(
              standing: standing, rater: vote.rater, level: vote.level, perLevel: perLevel,
              reach: reach))
        }
      }
    }
    return movable.sorted {
      // Figures that differ only by rounding are ties.
      let (left, right) = (($0.reach * 1e9).rounded(), ($1.reach * 1e9).rounded())
      if left != right { return left > right }
      return ($0.standing.id, $0.rater ?? "") < ($1.standing.id, $1.rater ?? "")
    }
  }
}
