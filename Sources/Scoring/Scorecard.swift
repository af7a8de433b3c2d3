import AssessmentModel

/// What an assessment comes to: recomputed from its answers every time, never stored.
public struct Scorecard: Hashable, Sendable {
  public let method: String
  public let scope: Assessment.Scope
  /// 0 to 100; nil where no dimension could be scored.
  public let index: Double?
  public let cut: Double
  /// Share of the applicable weight that is answered, 0 to 1.
  public let coverage: Double
  public let verdict: Verdict
  public let steps: Steps
  public let dimensions: [DimensionScore]
  /// One row for each answered item of a scored dimension; they add up to index − cut.
  public let contributions: [Contribution]
  /// The fewest answers that would turn the verdict; nil where none would.
  public let flip: [Flip]?
  /// What to answer first, where answers are too few for a verdict.
  public let answerFirst: [String]
  /// What customers answered, on the items with a customer's wording.
  public let customers: CustomerScore?
  public let flags: [Flag]
  /// What the figures were worked out from, item by item.
  public let items: [ItemStanding]
  public let policy: ScoringPolicy

  public enum Orientation: String, Hashable, Sendable {
    case insideOut, outsideIn
  }

  public enum Band: String, Hashable, Sendable {
    case clear, likely
    /// Too close to call.
    case transitional
  }

  public enum Flag: String, Hashable, Sendable, CaseIterable {
    case straightLining, noRaterClusters, lowPower, disputedByCustomers, draftQuestionnaire,
      unconfirmedAnswers, missingDepartments
  }

  public struct Flip: Hashable, Sendable {
    public let item: String
    /// nil for a settled answer or an anonymous vote.
    public let rater: String?
    /// Raw levels.
    public let from: Int
    public let to: Int
  }

  public struct Contribution: Hashable, Sendable {
    public let item: String
    public let dimension: String
    public let section: String
    /// Effective weight; all of them add up to 1.
    public let weight: Double
    /// 0 to 100.
    public let score: Double
    /// `weight·(score − cut)`, in points of the index.
    public let contribution: Double
  }

  public struct CustomerScore: Hashable, Sendable {
    public let index: Double?
    public let verdict: Verdict
    public let coverage: Double
    public let raters: Int
  }
}

/// Which side, how sure, and why.
public struct Verdict: Hashable, Sendable {
  /// nil where answers are too few.
  public let orientation: Scorecard.Orientation?
  public let band: Scorecard.Band?
  public let certainty: Certainty?
  /// The index with all missing answers at 0 and at 100.
  public let bounds: ClosedRange<Double>?
}

/// The arithmetic behind a verdict's probability; the unit is points, or their square for variances.
public struct Certainty: Hashable, Sendable {
  /// How many staff raters cast a first vote.
  public let raters: Int
  /// `m·V̂`, the variance of one rater about the others, worked out from the votes; nil for one.
  public let observedVariance: Double?
  /// `τ0²`, what is assumed before anybody has voted.
  public let priorVariance: Double
  /// `τ²`, both together.
  public let variance: Double
  public let raterVariance: Double
  public let missingVariance: Double
  public let standardError: Double
  public let degreesOfFreedom: Double
  /// How probable it is that many people like these would place the organisation on this side,
  /// .5 to 1.
  public let probability: Double
  /// The 90 % range of the index, within 0 to 100.
  public let range: ClosedRange<Double>
}

/// How far the dimensions have come, step by step.
public struct Steps: Hashable, Sendable {
  /// The lowest step of any dimension that has one; nil where none has.
  public let lowest: Int?
  /// True where a dimension has no step because answers are missing, so that the lowest may be lower.
  public let atMost: Bool
  /// How many dimensions are at step k or higher, for k = 0…4.
  public let reached: [Int]
}

public struct DimensionScore: Hashable, Sendable {
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

  public let id: String
  /// 0 to 100.
  public let score: Double?
  public let status: Status
  /// Answered share of the applicable weight.
  public let coverage: Double
  /// Share of votes that said "don't know", by weight.
  public let knowledgeGap: Double
  /// 0 to 4; nil without full coverage.
  public let step: Int?
  public let heldBy: Hold?
  /// Share of the index; 0 where the dimension is not scored.
  public let weight: Double
}
