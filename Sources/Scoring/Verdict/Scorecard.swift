import AssessmentModel

/// What an assessment comes to: recomputed from its answers every time, never stored.
public struct Scorecard: Hashable, Sendable {
  /// The name of the method and its constants, `outside-in/1`.
  public let method: String
  /// Whether the core was asked or everything.
  public let scope: Assessment.Scope
  /// 0 to 100; nil where no dimension could be scored.
  public let index: Double?
  /// The index of first votes, as if nothing had been settled and nobody had voted again; nil where nothing was
  /// settled, or no dimension could be scored so.
  public let votedIndex: Double?
  /// The questionnaire's line between the two sides, 0 to 100; an index above it is Outside-In.
  public let cut: Double
  /// Share of the applicable weight that is answered, 0 to 1.
  public let coverage: Double
  /// Which side, and how sure that is.
  public let verdict: Verdict
  /// How many dimensions have come how far.
  public let steps: Steps
  /// In the questionnaire's order.
  public let dimensions: [DimensionScore]
  /// One row for each answered item of a scored dimension; they add up to index − cut.
  public let contributions: [Contribution]
  /// What to answer first, where answers are too few for a verdict.
  public let answerFirst: [String]
  /// What customers answered, on the items with a customer's wording.
  public let customers: CustomerScore?
  /// How far apart the team and its customers see the organisation.
  public let deliveryGap: DeliveryGap
  /// Departments of which people are listed and nobody has answered.
  public let missingDepartments: [String]
  /// What a reader should know before using the figures; in the order of the enumeration.
  public let flags: [Flag]
  /// What the figures were worked out from.
  public let standings: Standings
  /// The constants it was worked out with.
  public let policy: ScoringPolicy

  /// What the figures were worked out from, item by item.
  public var items: [ItemStanding] { standings.items }

  /// Arranged around what is expedient for itself, or around what is best for the customer.
  public enum Orientation: String, Hashable, Sendable {
    case insideOut, outsideIn
  }

  /// How sure a verdict is, by the probability that is not rounded.
  public enum Band: String, Hashable, Sendable {
    case clear, likely
    /// Too close to call.
    case transitional
  }

  /// What a reader should know before using a scorecard.
  public enum Flag: String, Hashable, Sendable, CaseIterable {
    /// Somebody's raw answers are all alike, two-sided questions of both orientations among them.
    case straightLining
    /// Votes were anonymous, so that nothing is known of single raters.
    case noRaterClusters
    /// Voters left most questions to one another, so that they count as fewer raters.
    case fewVotes
    /// Only two raters.
    case lowPower
    /// On the items that customers can answer, they place the organisation on the other side.
    case disputedByCustomers
    case draftQuestionnaire
    /// Answers taken over from an earlier assessment were not looked at again.
    case unconfirmedAnswers
    /// People of a department are listed, and none of them has answered.
    case missingDepartments
  }

  /// How far one item moves the index from the cut: `C_i = ω_i (y_i − cut)`.
  public struct Contribution: Hashable, Sendable {
    /// The item's id.
    public let item: String
    /// Its dimension's id.
    public let dimension: String
    /// Its section's id.
    public let section: String
    /// Effective weight; all of them add up to 1.
    public let weight: Double
    /// 0 to 100.
    public let score: Double
    /// `weight·(score − cut)`, in points of the index.
    public let contribution: Double
  }

  /// What customers answered, on the items with a customer's wording.
  public struct CustomerScore: Hashable, Sendable {
    /// 0 to 100; nil where no dimension could be scored.
    public let index: Double?
    /// The team's index on what customers answered, 0 to 100; nil where it has no answer there.
    public let teamIndex: Double?
    /// By the same arithmetic as the team's, customers being the raters.
    public let verdict: Verdict
    /// Share of the weight of these items that customers answered, 0 to 1.
    public let coverage: Double
    /// What these figures were worked out from.
    public let standings: Standings
    /// How many customers said anything; where votes were anonymous, how many at least.
    public let raters: Int
  }
}

/// Which side, how sure, and why.
public struct Verdict: Hashable, Sendable {
  /// nil where answers are too few.
  public let orientation: Scorecard.Orientation?
  /// nil where answers are too few.
  public let band: Scorecard.Band?
  /// The arithmetic behind it; nil where answers are too few.
  public let certainty: Certainty?
  /// The index with all missing answers at 0 and at 100.
  public let bounds: ClosedRange<Double>?

  /// Whether the orientation is the same with all missing answers at 0 and at 100.
  public func holdsWhateverIsMissing(cut: Double) -> Bool {
    guard let bounds, let orientation else { return false }
    let least = IndexArithmetic.isOutsideIn(bounds.lowerBound, cut)
    let most = IndexArithmetic.isOutsideIn(bounds.upperBound, cut)
    return least == most && least == (orientation == .outsideIn)
  }
}

/// The arithmetic behind a verdict's probability; the unit is points, or their square for variances.
public struct Certainty: Hashable, Sendable {
  /// What the choice of raters adds.
  public let spread: RaterSpread
  /// What answers that are missing add: a term for each scored dimension that lacks some, and one for all
  /// dimensions that could not be scored.
  public let missing: [Missing]
  /// The sum of these.
  public let missingVariance: Double
  /// `√(τ²/m + what missing answers add)`, in points.
  public let standardError: Double
  /// How probable it is that many people like these would place the organisation on this side,
  /// .5 to 1.
  public let probability: Double
  /// The 90 % range of the index, within 0 to 100.
  public let range: ClosedRange<Double>

  /// `s²·(Σf² + (Σf)²/k)`: the spread of what was answered, carried over to what was not.
  public struct Missing: Hashable, Sendable {
    /// nil for the dimensions that could not be scored.
    public let dimension: String?
    /// `s²` of the k answered items (or scored dimensions), with k − 1, and at least what the policy says.
    public let spread: Double
    /// The weight in the index that each missing one would have.
    public let weights: [Double]
    /// k.
    public let answered: Int

    /// In squared points.
    public var variance: Double {
      if answered == 0 { return 0 }
      let sum = weights.reduce(0, +)
      return spread * (weights.reduce(0) { $0 + $1 * $1 } + sum * sum / Double(answered))
    }

    init(_ dimension: String?, _ weights: [Double], among answered: [Double], least: Double) {
      self.dimension = dimension
      self.weights = weights
      self.answered = answered.count
      spread = max(least, answered.count > 1 ? Scoring.variance(answered) : 0)
    }
  }
}

/// How far the dimensions have come. Step ℓ of a dimension holds if for every k up to ℓ enough of its applicable
/// weight (80 % by the standard policy) is at level k or higher, every critical item is, no answered item is more
/// than one below, and critical items carry a document for k = 3 and a measurement for k = 4.
public struct Steps: Hashable, Sendable {
  /// The lowest step of any dimension that has one; nil where none has.
  public let lowest: Int?
  /// True where a dimension has no step because answers are missing, so that the lowest may be lower.
  public let atMost: Bool
  /// How many dimensions are at step k or higher, for k = 0…4.
  public let reached: [Int]
}

/// What one dimension comes to.
public struct DimensionScore: Hashable, Sendable {
  /// Whether enough is answered.
  public enum Status: String, Hashable, Sendable {
    case scored
    /// Scored, but too little is answered for a step.
    case provisional
    case notScored, notApplicable
  }

  /// What keeps a dimension from its next step.
  public enum Hold: String, Hashable, Sendable {
    /// A critical item lacks evidence.
    case noEvidence
    /// A critical item is below.
    case critical
    /// Less than the needed share of the weight is there.
    case share
    /// One answered item is more than a step behind.
    case laggard
    /// Too little is answered.
    case coverage
  }

  /// The dimension's id.
  public let id: String
  /// 0 to 100.
  public let score: Double?
  /// By the share that is answered.
  public let status: Status
  /// Answered share of the applicable weight.
  public let coverage: Double
  /// Share of its weight that does not apply.
  public let notApplicable: Double
  /// Whether so much of it applies that it can be compared over time.
  public let isComparable: Bool
  /// Share of votes that said "don't know", by weight.
  public let knowledgeGap: Double
  /// 0 to 4; nil without full coverage.
  public let step: Int?
  /// What keeps it from the next step; nil at step 4, and where the dimension does not apply.
  public let heldBy: Hold?
  /// Share of the index; 0 where the dimension is not scored.
  public let weight: Double
}
