/// How far one rater's view of an index lies from another's, and what the choice of raters adds to its error; the unit
/// is points, or their square for variances.
///
/// Raters, not answers, are the independent units: one person's answers hang together.
public struct RaterSpread: Hashable, Sendable {
  /// How many cast a first vote; where votes were anonymous, how many at least.
  public let voters: Int
  /// m, as how many raters they count: fewer than `voters` only where too few of their votes are there
  /// (``ScoringPolicy/fullRaterShare``); then it is how many answered a
  /// question on average, rounded down.
  public let raters: Int
  /// How far each of them pulls the index away from the others, by id; empty where votes were anonymous.
  public let pulls: [Pull]
  /// `m·V̂`, the variance of one rater about the others, worked out from the votes; nil for one.
  public let observedVariance: Double?
  /// `Σω²` over the items' effective weights.
  public let weightSquares: Double
  /// `τ0²`, what is assumed before anybody has voted.
  public let priorVariance: Double
  /// `τ²`, both together.
  public let variance: Double
  /// `ν0 + m − 1`, of Student's t; `ν0` where votes were anonymous.
  public let degreesOfFreedom: Double

  /// `τ²/m`, what the choice of raters adds.
  public var raterVariance: Double { variance / Double(raters) }

  /// Whether votes were tallies, which don't tell who answered what.
  public var isAnonymous: Bool { pulls.isEmpty && voters > 1 }

  /// `e_r = Σ ω_i·25·(x_ri − x̃_i)/n_i`, in points of the index, over the items the rater voted on.
  public struct Pull: Hashable, Sendable {
    /// The rater's id.
    public let rater: String
    /// Above 0 where they lie on the Outside-In side of the others.
    public let pull: Double
  }
}

extension RaterSpread {
  init(_ index: IndexArithmetic) {
    let policy = index.policy
    weightSquares = index.weights.reduce(0) { $0 + $1 * $1 }
    priorVariance =
      625 * policy.priorVoteVariance
      * (policy.priorCorrelation + (1 - policy.priorCorrelation) * weightSquares)
    voters = max(
      1, index.hasAnonymousVotes ? index.items.map(\.firstVotes.count).max() ?? 1 : index.raterCount)
    raters = index.countingRaters(of: voters)
    if index.hasAnonymousVotes {
      // Tallies don't tell who answered what, so nothing can be learnt about single raters.
      pulls = []
      observedVariance = nil
      variance = priorVariance
      degreesOfFreedom = policy.priorDegreesOfFreedom
    } else {
      let m = Double(raters)
      pulls = index.raterPulls()
      // On complete data this is the delete-one-rater jackknife.
      observedVariance =
        raters > 1 ? m * (m / (m - 1)) * pulls.reduce(0) { $0 + $1.pull * $1.pull } : nil
      degreesOfFreedom = policy.priorDegreesOfFreedom + m - 1
      variance =
        (policy.priorDegreesOfFreedom * priorVariance + (m - 1) * (observedVariance ?? 0)) / degreesOfFreedom
    }
  }
}

extension IndexArithmetic {
  /// As how many raters the voters count: as themselves, or, where they left many questions to one another, as
  /// the number that answered a question on average, rounded down. Sixteen people who answered one question
  /// each are not sixteen views of the organisation, and nobody's distance from the others is known.
  fileprivate func countingRaters(of voters: Int) -> Int {
    // What was settled without votes is one view.
    let votes = items.indices.reduce(0.0) {
      $0 + weights[$1] * Double(max(1, items[$1].firstVotes.count))
    }
    if votes >= (policy.fullRaterShare - 1e-9) * Double(voters) { return voters }
    return max(1, Int(votes + 1e-9))
  }

  /// `e_r`, how far each rater who cast a first vote pulls the index away from the others, by id.
  fileprivate func raterPulls() -> [RaterSpread.Pull] {
    var pulls = Array(repeating: 0.0, count: standings.voters.count)
    for place in items.indices where weights[place] > 0 && !items[place].firstVotes.isEmpty {
      let votes = items[place].firstVotes
      let n = Double(votes.count)
      let mean = Double(votes.reduce(0) { $0 + $1.level }) / n
      for vote in votes {
        pulls[vote.voter] += weights[place] * 25 * (Double(vote.level) - mean) / n
      }
    }
    return standings.voters.indices.compactMap { place in
      guard hasVoted[place], let rater = standings.voters[place].rater else { return nil }
      return RaterSpread.Pull(rater: rater, pull: pulls[place])
    }
  }
}
