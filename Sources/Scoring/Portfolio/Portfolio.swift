import AssessmentModel
import RealModule

/// Many organisations together: where they stand, and whether the questionnaire works. An organisation is the mean of its teams'
/// latest finished assessments; raters are never pooled.
public struct Portfolio: Sendable {
  /// How figures are spread over organisations.
  public struct Distribution: Hashable, Sendable {
    /// How many.
    public let count: Int
    /// 0 to 100.
    public let mean: Double
    /// With n − 1; 0 for one.
    public let deviation: Double
    /// The lowest, the quartiles and the highest.
    public let quartiles: [Double]
    /// How many lie in each tenth of 0 to 100, the upper end of the last one with it.
    public let tenths: [Int]

    /// nil for no figure.
    public init?(_ values: [Double]) {
      var figures = Figures()
      for value in values { figures.add(value) }
      self.init(figures)
    }

    init?(_ figures: Figures) {
      if figures.count == 0 { return nil }
      let sorted = figures.values.sorted().map(Double.init)
      count = figures.count
      mean = figures.mean
      deviation = figures.count > 1 ? Double.sqrt(figures.variance) : 0
      quartiles = [0, 0.25, 0.5, 0.75, 1].compactMap { quantile($0, of: sorted) }
      var tenths = Array(repeating: 0, count: 10)
      for value in sorted { tenths[min(9, max(0, Int(value / 10)))] += 1 }
      self.tenths = tenths
    }
  }

  /// Figures that come one after the other: mean and variance in full precision, the figures themselves in half of it, since
  /// there may be a million.
  struct Figures {
    private(set) var values: [Float] = []
    private(set) var mean = 0.0
    private var squares = 0.0

    var count: Int { values.count }
    /// With n − 1; 0 for fewer than two.
    var variance: Double { count > 1 ? squares / Double(count - 1) : 0 }

    mutating func add(_ value: Double) {
      values.append(Float(value))
      let difference = value - mean
      mean += difference / Double(count)
      squares += difference * (value - mean)
    }
  }

  /// How many organisations stand on a side, by how sure that is.
  public struct Side: Hashable, Sendable {
    /// The probability of the side is .95 or more.
    public internal(set) var clear = 0
    /// It is .8 or more.
    public internal(set) var likely = 0
    /// It is less: too close to call.
    public internal(set) var transitional = 0

    /// All of them.
    public var count: Int { clear + likely + transitional }
  }

  /// How much of the difference between organisations is of them, and not of who answered.
  public struct RaterReliability: Hashable, Sendable {
    /// As how many people a team's answers count, from and to; no upper end where it is nil.
    public let from: Int
    /// nil for no upper end.
    public let to: Int?
    /// How many organisations have so many people a team.
    public let organizations: Int
    /// The mean of `V_rater`, in squared points.
    public let raterVariance: Double
    /// Between organisations, with n − 1.
    public let variance: Double
    /// `1 − mean V_rater / Var(O)`, 0 where it would be below; nil for fewer organisations than that takes.
    public let reliability: Double?
  }

  /// A scale: an area, the core or the whole.
  public struct Scale: Hashable, Sendable {
    /// What its items have in common.
    public enum Kind: Hashable, Sendable {
      case whole, core
      case area(String)
    }

    /// What its items have in common.
    public let kind: Kind
    /// Ids of its items.
    public let items: [String]
    /// Over the organisations that are complete on its items.
    public let reliability: ScaleReliability
    /// Organisations left out since they lack an answer, and the mean of their indexes where they have one.
    public let incomplete: Int
    /// 0 to 100; nil where none of them has an index.
    public let incompleteIndex: Double?
    /// The mean index of those that count.
    public let completeIndex: Double?
  }

  /// How one item was answered, over the teams' latest assessments.
  public struct ItemRow: Hashable, Sendable {
    /// The item's id.
    public let item: String
    /// Its dimension's id.
    public let dimension: String
    /// How many were asked.
    public let asked: Int
    /// How many have a value.
    public let answered: Int
    /// How many don't know.
    public let dontKnow: Int
    /// To how many it does not apply.
    public let notApplicable: Int
    /// How many said nothing.
    public let open: Int
    /// How many of the values are 0.
    public let atFloor: Int
    /// How many of the values are 4.
    public let atCeiling: Int
    /// Of the values, 0 to 4; nil where there is none.
    public let mean: Double?
    /// With n − 1; nil for fewer than two.
    public let deviation: Double?
    /// Pearson's r with the sum of the rest of its area, over organisations.
    public let itemRest: ScaleReliability.Figure
    /// α of its area without it.
    public let alphaWithout: ScaleReliability.Figure
  }

  /// One year.
  public struct Year: Hashable, Sendable {
    /// Of the Gregorian calendar.
    public let year: Int
    /// Finished in it.
    public internal(set) var assessments = 0
    /// Organisations with one of them.
    public internal(set) var organizations = 0
    /// Of those with an index: their sum.
    var sum = 0.0
    var scored = 0

    /// Of the assessments, on the items that all have in common; nil where none has an index.
    public var mean: Double? { scored == 0 ? nil : sum / Double(scored) }
  }

  /// One organisation against the mean of the others, by the arithmetic for teams.
  public struct Against: Hashable, Sendable {
    /// The mean of its teams' latest, 0 to 100.
    public let index: Double
    /// In which the index lies, 0 to 100.
    public let range: ClosedRange<Double>
    /// How many of its teams count.
    public let teams: Int
    /// How many others there are.
    public let others: Int
    /// The mean of their indexes.
    public let mean: Double
    /// S, of the difference, in points.
    public let standardError: Double
    /// ν, of Student's t.
    public let degreesOfFreedom: Double
    /// How often chance alone would make the difference so large, either way.
    public let p: Double
    /// From how many points on a difference counts.
    public let detectable: Double
    /// Whether it counts.
    public let outcome: TeamComparison.Outcome
    /// What share of the others stands below its range, and below the upper end of that, 0 to 1: as a percentile it lies in
    /// between. nil for fewer others than that takes.
    public let below: ClosedRange<Double>?
    /// Its areas in the questionnaire's order, 0 to 100; nil where nothing of it was answered.
    public let areas: [Double?]
  }

  /// Organisations that somebody has put together.
  public struct Group: Hashable, Sendable {
    /// Its name; nil for those that are in none.
    public let name: String?
    /// Of the organisations' indexes.
    public let index: Distribution
    /// How many of them are above the cut.
    public let outsideIn: Int
  }

  /// One organisation that counts.
  public struct Organization: Hashable, Sendable {
    /// What tells it from others.
    public let key: String
    /// The mean of its teams' latest, 0 to 100.
    public let index: Double
    /// In which the index lies, 0 to 100.
    public let range: ClosedRange<Double>
    /// Whether it is above the cut.
    public let isOutsideIn: Bool
    /// How sure that is.
    public let band: Scorecard.Band
    /// How many of its teams count.
    public let teams: Int
  }

  /// What it was worked out on.
  public let frame: PortfolioFrame
  /// Finished, and looked at.
  public let assessments: Int
  /// Of which something is finished.
  public let teams: Int
  /// Those that count: with an index of the last months.
  public let organizations: Int
  /// Organisations of which nothing was finished in that time.
  public let outdated: Int
  /// The first of these, by what tells them apart.
  public let outdatedKeys: [String]
  /// Organisations with too few answers.
  public let withoutIndex: Int
  /// Organisations at the cut and below it.
  public let insideOut: Side
  /// Organisations above the cut.
  public let outsideIn: Side
  /// Of the organisations' indexes; nil where there is none.
  public let index: Distribution?
  /// The same by area, in the questionnaire's order.
  public let areas: [Distribution?]
  /// By how many people a team's answers are of.
  public let raterReliability: [RaterReliability]
  /// The whole, the core where there is one, and the areas in the questionnaire's order.
  public let scales: [Scale]
  /// In the questionnaire's order.
  public let items: [ItemRow]
  /// The earliest first.
  public let years: [Year]
  /// Each that counts, the highest first; nil where there are more than a page should list.
  public let listed: [Organization]?
  /// The one that was asked for, against the others; nil where none was, it has no index of the last months, or there is no other.
  public let against: Against?
  /// Whether the one that was asked for has an index of the last months.
  public let isOneScored: Bool
  /// By name, those in none last; empty where there are none.
  public let groups: [Group]
}
