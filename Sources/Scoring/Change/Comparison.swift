import AssessmentModel

/// What became of an organisation from one assessment to the next, or over several; recomputed every time.
public struct Comparison: Sendable {
  /// What a change is called.
  public enum Outcome: String, Hashable, Sendable {
    case improvement, decline
    /// Nothing beyond what chance would make it.
    case none
    /// Too little is comparable.
    case notDeterminable
  }

  /// A change with what may be said of it.
  public struct Change: Hashable, Sendable {
    /// The figures.
    public let estimate: ChangeEstimate
    /// From how many points on, either way, it counts.
    public let detectable: Double
    /// What it is called.
    public let outcome: Outcome
  }

  /// The change of one area that qualifies for one.
  public struct AreaChange: Hashable, Sendable {
    /// The dimension's id.
    public let id: String
    /// How many questions it rests on.
    public let items: Int
    /// Their share of what was asked of all in this area, 0 to 1.
    public let share: Double
    /// Its outcome is Holm's, over all qualifying areas; what is detectable, as if all of them were judged first.
    public let change: Change
    /// Among how many areas Holm's step judges this one: all for the surest, fewer where surer ones have counted.
    public let tests: Int
    /// From how many points on, either way, it counts at that step.
    public let countsFrom: Double
  }

  /// One step of a series: what became of it from one assessment to another.
  public struct Span: Hashable, Sendable {
    /// Place of the earlier assessment among those compared.
    public let from: Int
    /// Place of the later one.
    public let to: Int
    /// Of the index; nil where the core is not fully comparable.
    public let index: Change?
    /// Whether a change that counts leads from one side of the cut to the other; nil where there is no index.
    public let crossing: Crossing?
    /// The areas that qualify, in the newest version's order.
    public let areas: [AreaChange]
    /// The two parts of the change where weights differ between versions; nil where there is no index.
    public let decomposition: Decomposition?
    /// The outcome of the index if everybody were somebody else, where that makes a difference.
    public let outcomeAmongOthers: Outcome?
  }

  /// On which sides the core lies.
  public struct Crossing: Hashable, Sendable {
    /// The first time.
    public let from: Scorecard.Orientation
    /// The second time.
    public let to: Scorecard.Orientation
    /// Whether the change is more than chance would make it.
    public let isReliable: Bool

    /// Whether both are different.
    public var isCrossed: Bool { from != to }
  }

  /// The change of the core, each side by its own version's weights, taken apart (Kitagawa 1955).
  public struct Decomposition: Hashable, Sendable {
    /// `Σ ω̄_i Δy_i`, from other answers.
    public let performance: Double
    /// `Σ ȳ_i Δω_i`, from other weights.
    public let composition: Double
    /// Both together; Δ where weights agree.
    public var total: Double { performance + composition }
  }

  /// What a reader should know before using a comparison.
  public enum Flag: String, Hashable, Sendable, CaseIterable {
    /// Votes were anonymous on a side, so that nobody can be compared with themselves.
    case noRaterClusters
    /// People left questions to one another and count as fewer.
    case fewVotes
    /// Some questions were reworded and tried out.
    case rewordedQuestions
    /// On a side a draft was asked.
    case draftQuestionnaire
    /// On a side answers that were taken over are not confirmed, and count as open.
    case unconfirmedAnswers
    /// A side is not finished; its answers may become others.
    case unfinished
    /// Sides are of one day, so that nothing but their order says which came first.
    case sameDay
  }

  /// What is not said, and why.
  public enum Refusal: Hashable, Sendable {
    /// The difference of the published indexes, of two versions that ask other things.
    case publishedTotals(from: Double?, to: Double?)
    /// The class changed from one result to the other, and what is comparable does not repeat it.
    case changeOfVerdict(from: Scorecard.Orientation, to: Scorecard.Orientation)
    /// The lines between the two sides differ.
    case cuts
    /// Too little of what was asked of all is comparable and answered.
    case tooLittle(share: Double, needed: Double)
  }

  /// A question that can't be compared, with the reason.
  public struct Incomparable: Hashable, Sendable {
    /// Ids in the version before; empty where there is none.
    public let old: [String]
    /// Ids in the newest version; empty where it is not asked any more.
    public let new: [String]
    /// Why.
    public let reason: Reason

    /// Why a question can't be compared.
    public enum Reason: Hashable, Sendable {
      /// The migration says so, with the author's reason.
      case changed(why: String?)
      /// It differs, and no migration says how far it may be compared.
      case uncovered
      /// It is not asked any more, with the author's reason.
      case removed(why: String?)
      /// On a side, by its place, it was not asked: the short form, or hidden by a condition.
      case notAsked(side: Int)
      /// On a side too few voted for counts that lead to nobody to be shown.
      case tooFewVotes(side: Int)
      /// On a side it has no answer.
      case unanswered(side: Int, ItemStanding.State)
    }
  }

  /// Questions that are near enough to be shown beside each other, and enter no figure.
  public struct Approximate: Hashable, Sendable {
    /// Ids in the version before.
    public let old: [String]
    /// Ids in the newest version.
    public let new: [String]
    /// The author's reason.
    public let why: String?
    /// Mean points of those answered, 0 to 100; nil where none is.
    public let from: Double?
    /// The same in the newest version.
    public let to: Double?
  }

  /// In the order they were given, the earliest first.
  public let assessments: [ComparedAssessment]
  /// What each comes to by itself.
  public let scorecards: [Scorecard]
  /// What they have in common.
  public let core: ComparableCore
  /// The last against the one before.
  public let latest: Span
  /// Each against the one before, without the last; empty where two are compared.
  public let earlier: [Span]
  /// The last against the first, of three and more.
  public let overall: Span?
  /// Questions that the last has and not all of the others; ids in the newest version.
  public let added: [String]
  /// Outside the core, with the first reason there is.
  public let incomparable: [Incomparable]
  /// Outside the core, from the first assessment to the last.
  public let approximate: [Approximate]
  /// In the order of the enumeration.
  public let flags: [Flag]
  /// What is not said.
  public let refusals: [Refusal]
  /// Whether somebody vouched for it that one name is one person.
  public let labelsToo: Bool
  /// The constants it was worked out with.
  public let policy: ScoringPolicy
}
