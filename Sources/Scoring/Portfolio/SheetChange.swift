import RealModule

/// What became of one person's answers from one sheet to a later one of the same version and scope: enough to say of most of many
/// that they are no change worth a closer look, without opening their assessments.
///
/// Whether it was the same person is not on a sheet, so a change is looked at closer where it would be large for either.
public struct SheetChange: Hashable, Sendable {
  /// On what both answered, 0 to 100.
  public let from: Double
  /// The same, of the later one.
  public let to: Double
  /// τ0², what is assumed of two people.
  let assumed: Double

  /// How often chance alone would make it so large, whoever answered: the less likely of the two.
  func p(_ policy: ScoringPolicy, _ learned: LearnedScatter) -> Double {
    func unseen(_ assumed: Double) -> SeenVariance {
      SeenVariance(assumed: assumed, observed: 0, degreesOfFreedom: 0)
    }
    return [0, 1].reduce(1) { least, same in
      let error = ChangeScatter(
        from: unseen(assumed), to: unseen(assumed),
        difference: unseen(2 * (1 - policy.retestCorrelation) * assumed), fromRaters: 1, toRaters: 1,
        same: same
      ).error(of: learned.views, difference: learned.moves)
      let t = abs(to - from) / Double.sqrt(error.variance)
      return min(least, 2 * (1 - StudentT.cumulative(t, degreesOfFreedom: error.degreesOfFreedom)))
    }
  }
}

/// Which of many changes between sheets have to be looked at closer.
public struct ChangeScreen: Sendable {
  private let policy: ScoringPolicy
  private let priors: [LearnedScatter]

  /// - Parameters:
  ///   - changes: All that were looked at closer already.
  ///   - policy: The constants of the method.
  public init(_ changes: [TeamChange], policy: ScoringPolicy = .standard) {
    self.policy = policy
    priors = [LearnedScatter([], policy: policy), LearnedScatter(changes.map(\.scatter), policy: policy)]
  }

  /// Whether a change may count, by itself or among all of them.
  public func mayCount(_ change: SheetChange) -> Bool {
    priors.contains { change.p(policy, $0) <= policy.changeLevel + 1e-9 }
  }
}

extension SheetScorer {
  /// Compares two sheets of this version that were asked the same.
  ///
  /// - Returns: nil where so little is in common that the assessments themselves have to be looked at.
  public func change(
    from one: UnsafeBufferPointer<UInt8>, to other: UnsafeBufferPointer<UInt8>, asked: [Int], isShort: Bool
  ) -> SheetChange? {
    let both = asked.filter { level(one, $0) != nil && level(other, $0) != nil }
    guard let all = effective(asked), let mine = effective(both) else { return nil }
    let known = Set(both)
    let share = zip(asked, all).reduce(0.0) { $0 + (known.contains($1.0) ? $1.1 : 0) }
    // At the limit itself the closer look decides.
    guard share >= (isShort ? policy.shortShare : policy.fullShare) + 1e-6 else { return nil }
    func index(_ cells: UnsafeBufferPointer<UInt8>) -> Double {
      zip(both, mine).reduce(0) { $0 + $1.1 * 25 * Double(level(cells, $1.0) ?? 0) }
    }
    return SheetChange(from: index(one), to: index(other), assumed: priorVariance(mine))
  }
}
