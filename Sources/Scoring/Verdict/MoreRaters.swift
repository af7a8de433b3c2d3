import RealModule

/// How many more people like those who voted it would take to be surer. A plan, not a promise: it takes what is
/// known of how far people are apart as it stands.
public struct MoreRaters: Hashable, Sendable {
  /// What it takes to reach one end.
  public enum Need: Hashable, Sendable {
    /// So many more people; 0 where it is reached already.
    case people(Int)
    /// Questions that nobody answered hold it open, however many people answer the others.
    case openQuestions
    /// More than ``ScoringPolicy/mostMoreRaters``.
    case outOfReach

    /// The number, where people can do it.
    public var people: Int? {
      if case .people(let count) = self { count } else { nil }
    }
  }

  /// For a range of at most ``ScoringPolicy/narrowRange`` points either way.
  public let withinTen: Need
  /// For a clear verdict, on the side where the index lies now.
  public let clear: Need
}

extension Certainty {
  /// What a larger number of raters would come to, with everything else as it is.
  public struct Projection: Hashable, Sendable {
    /// m + k.
    public let raters: Int
    /// `√(τ²/(m + k) + what missing answers add)`, in points.
    public let standardError: Double
    /// `ν0 + m + k − 1`, of Student's t; `ν0` where votes were anonymous.
    public let degreesOfFreedom: Double
    /// `t(.95)` times the standard error: how far the 90 % range reaches either way, in points.
    public var halfRange: Double {
      StudentT.quantile(0.95, degreesOfFreedom: degreesOfFreedom) * standardError
    }
    /// The probability of a verdict that lies so many points from the cut.
    public func probability(at distance: Double) -> Double {
      StudentT.cumulative(distance / standardError, degreesOfFreedom: degreesOfFreedom)
    }
  }

  /// What so many more raters would come to.
  public func projection(_ more: Int) -> Projection {
    let count = spread.raters + more
    return Projection(
      raters: count, standardError: .sqrt(spread.variance / Double(count) + missingVariance),
      degreesOfFreedom: spread.degreesOfFreedom + (spread.isAnonymous ? 0 : Double(more)))
  }

  /// How many more people like these it would take to be surer.
  ///
  /// The smallest k for which ``Projection/halfRange`` is at most ``ScoringPolicy/narrowRange``, and the smallest for
  /// which the probability is at least ``ScoringPolicy/clear``. Near the cut k runs away: one point from it, it
  /// takes about 900 people.
  ///
  /// - Parameters:
  ///   - index: 0 to 100.
  ///   - cut: The line between the two sides, 0 to 100.
  ///   - policy: The constants of the method.
  public func moreRaters(index: Double, cut: Double, policy: ScoringPolicy = .standard) -> MoreRaters {
    let distance = abs(index - cut)
    // What endlessly many people would leave open: their Student's t is the normal distribution.
    let open = Double.sqrt(missingVariance)
    func multiplier(_ probability: Double) -> Double {
      spread.isAnonymous
        ? StudentT.quantile(probability, degreesOfFreedom: spread.degreesOfFreedom)
        : Normal.quantile(probability)
    }
    func need(isOpen: Bool, _ isReached: (Projection) -> Bool) -> MoreRaters.Need {
      if isOpen { return .openQuestions }
      for more in 0...policy.mostMoreRaters where isReached(projection(more)) { return .people(more) }
      return .outOfReach
    }
    return MoreRaters(
      withinTen: need(isOpen: multiplier(0.95) * open > policy.narrowRange) {
        $0.halfRange <= policy.narrowRange
      },
      clear: need(isOpen: open > 0 && distance < multiplier(policy.clear) * open) {
        $0.probability(at: distance) >= policy.clear
      })
  }
}

extension Scorecard {
  /// How many more people it would take to be surer; nil where there is no verdict. Worked out when asked for.
  public var moreRaters: MoreRaters? {
    guard let index else { return nil }
    return verdict.certainty?.moreRaters(index: index, cut: cut, policy: policy)
  }
}
