import AssessmentModel
import RealModule

/// What became of one team from the assessment before its latest to its latest.
public struct TeamChange: Hashable, Sendable {
  /// Its organisation, as it is told.
  public let organization: String
  /// Its name, as it is told.
  public let team: String
  /// The id of the earlier assessment.
  public let fromID: String
  /// The id of the later one.
  public let toID: String
  /// When that was finished.
  public let fromDay: Day
  /// When the later one was.
  public let toDay: Day
  /// The version the earlier one was made with.
  public let fromVersion: Version
  /// The version the later one was made with.
  public let toVersion: Version
  /// What the earlier one comes to on what is comparable, 0 to 100.
  public let from: Double
  /// What the later one comes to on that.
  public let to: Double
  /// S, of the change, in points.
  public let standardError: Double
  /// ν, of Student's t.
  public let degreesOfFreedom: Double
  /// How often chance alone would make the change so large, either way.
  public let p: Double
  /// From how many points on it counts by itself.
  public let detectable: Double
  /// What it is by itself.
  public let outcome: Comparison.Outcome
  /// Share of the weight that both have in common, 0 to 1.
  public let share: Double
  /// As how many of the same people both count.
  public let same: Int
  /// As how many people the earlier one counts.
  public let fromRaters: Int
  /// As how many people the later one counts.
  public let toRaters: Int
  /// The squared error of what joins two versions.
  let linkVariance: Double
  /// How far its people lie apart.
  let scatter: ChangeScatter

  /// `to − from`.
  public var delta: Double { to - from }

  /// Compares two assessments of one team.
  ///
  /// - Parameters:
  ///   - organization: As it is told.
  ///   - team: As it is told.
  ///   - before: The earlier one, finished.
  ///   - after: The later one, finished.
  ///   - policy: The constants of the method.
  /// - Returns: nil where too little of them can be compared.
  public init?(
    organization: String, team: String, from before: ComparedAssessment, to after: ComparedAssessment,
    policy: ScoringPolicy = .standard
  ) {
    let comparison = compare([before, after], policy: policy)
    guard let change = comparison.latest.index, change.outcome != .notDeterminable,
      let first = before.assessment.finishedAt, let last = after.assessment.finishedAt
    else { return nil }
    let estimate = change.estimate
    self.organization = organization
    self.team = team
    (fromID, toID) = (before.assessment.id, after.assessment.id)
    (fromDay, toDay) = (first.day, last.day)
    (fromVersion, toVersion) = (before.questionnaire.version, after.questionnaire.version)
    (from, to) = (estimate.from, estimate.to)
    standardError = estimate.standardError
    degreesOfFreedom = estimate.degreesOfFreedom
    p = estimate.p
    detectable = change.detectable
    outcome = change.outcome
    share = comparison.core.share
    (same, fromRaters, toRaters) = (estimate.same, estimate.fromSpread.raters, estimate.toSpread.raters)
    (linkVariance, scatter) = (estimate.linkVariance, estimate.scatter)
  }
}

/// Who has changed among many teams. By itself each of them may seem to have: with no change at all one in ten to twenty does. So
/// what holds over all of them together is called changed, by the procedure of Benjamini & Hochberg (1995).
///
/// Few people of one team say little of how far people lie apart, so that alone a team has to move far. Many teams say it well; so
/// in a list each error is that of the team and of all of them together.
public struct ChangeList: Hashable, Sendable {
  /// A team's change as one of many.
  public struct Row: Hashable, Sendable {
    /// What it is by itself.
    public let change: TeamChange
    /// S, with what all of them say of how far people lie apart; in points.
    public let standardError: Double
    /// ν, of Student's t, with that.
    public let degreesOfFreedom: Double
    /// How often chance alone would make the change so large, either way.
    public let p: Double

    init(_ change: TeamChange, _ learned: LearnedScatter) {
      self.change = change
      let error = change.scatter.error(of: learned.views, difference: learned.moves)
      standardError = Double.sqrt(error.variance + change.linkVariance)
      degreesOfFreedom = error.degreesOfFreedom
      p = 2 * (1 - StudentT.cumulative(abs(change.delta / standardError), degreesOfFreedom: degreesOfFreedom))
    }
  }

  /// Teams with two assessments that can be compared, the surest first: all that may count.
  public let rows: [Row]
  /// How many were compared, with those that need no row since they can't count.
  public let compared: Int
  /// How many of them hold over all: the first ones.
  public let holding: Int
  /// Teams with two assessments of which too little can be compared.
  public let incomparable: Int
  /// How far all that were compared have moved together; nil where that was not gathered.
  public let together: MeanChange?
  /// How often chance may make a change count: of those that hold, that share may be none.
  public let level: Double

  /// How many are beyond chance, each looked at by itself.
  public var alone: Int { rows.count { $0.change.p <= level + 1e-9 } }
  /// How many that would be if nothing had changed.
  public var byChance: Double { level * Double(compared) }

  /// - Parameters:
  ///   - changes: In any order.
  ///   - unremarkable: Teams whose change is so small that it can't count (``ChangeScreen``).
  ///   - incomparable: Teams with two assessments of which too little can be compared.
  ///   - together: How far all of them have moved together.
  ///   - policy: The constants of the method.
  public init(
    _ changes: [TeamChange], unremarkable: Int = 0, incomparable: Int, together: MeanChange? = nil,
    policy: ScoringPolicy = .standard
  ) {
    self.together = together
    let learned = LearnedScatter(changes.map(\.scatter), policy: policy)
    rows = changes.map { Row($0, learned) }.sorted { ($0.p, $0.change.toID) < ($1.p, $1.change.toID) }
    self.incomparable = incomparable
    compared = changes.count + unremarkable
    level = policy.changeLevel
    holding = benjaminiHochberg(rows.map(\.p), among: compared, level: level)
  }
}

/// How many of the smallest hold together: the largest k with `p_(k) ≤ k·level/m` (Benjamini & Hochberg 1995).
///
/// - Parameters:
///   - sorted: The smallest, in rising order.
///   - all: How many there are, with those above the level that are not among these.
func benjaminiHochberg(_ sorted: [Double], among all: Int? = nil, level: Double) -> Int {
  let count = Double(all ?? sorted.count)
  return sorted.indices.last { sorted[$0] <= Double($0 + 1) * level / count + 1e-12 }.map { $0 + 1 } ?? 0
}
