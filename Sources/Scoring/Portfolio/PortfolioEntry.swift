import AssessmentModel

/// One finished assessment among many, on the items of the newest version among them.
public struct PortfolioEntry: Hashable, Sendable {
  /// What was said to an item.
  public enum State: UInt8, Hashable, Sendable {
    case answered, dontKnow, notApplicable, open
    /// Not asked in its scope, hidden, or not comparable in its version.
    case notAsked
  }

  /// What was said to one item.
  public struct Standing: Hashable, Sendable {
    /// What was said.
    public let state: State
    /// An oriented level, 0 to 4, a mean where several answered; not a number where there is none.
    public let value: Double

    /// Takes each property as it is; nothing is checked.
    public init(_ state: State, _ value: Double = .nan) {
      self.state = state
      self.value = value
    }
  }

  /// When it was finished.
  public let finishedAt: Timestamp
  /// As how many people its answers count.
  public let raters: Int
  /// What it comes to on the items that all have in common.
  public let score: PortfolioScore
  /// The newest version's scored items, in its order.
  public let standings: [Standing]

  /// Takes each property as it is; nothing is checked.
  public init(finishedAt: Timestamp, raters: Int, score: PortfolioScore, standings: [Standing]) {
    self.finishedAt = finishedAt
    self.raters = raters
    self.score = score
    self.standings = standings
  }
}

/// What a portfolio is worked out on: the newest version among its assessments and the items that all have in common.
public struct PortfolioFrame: Sendable {
  /// The newest version.
  public let questionnaire: Questionnaire
  /// Its scored items, in order.
  public let items: [Item]
  /// Places of those on which all are scored.
  public let common: [Int]
  /// Whether some asked the short scope only, so that it is the core.
  public let isCore: Bool
  /// Whether versions differ among them.
  public let isJoined: Bool
  /// The constants of the method.
  public let policy: ScoringPolicy

  /// - Parameters:
  ///   - questionnaire: The newest version.
  ///   - ways: From each version there is to the newest, which is among them.
  ///   - isCore: Whether some asked the short scope only.
  ///   - policy: The constants of the method.
  public init(
    _ questionnaire: Questionnaire, ways: [Correspondence], isCore: Bool, policy: ScoringPolicy = .standard
  ) {
    self.questionnaire = questionnaire
    self.policy = policy
    self.isCore = isCore && questionnaire.hasCore
    let items = questionnaire.items.filter { $0.scored != nil }
    self.items = items
    let exact = ways.map { $0.exact }
    isJoined = exact.contains { known in items.contains { known[$0.id] != $0.id } }
    let onlyCore = isCore && questionnaire.hasCore
    common = items.indices.filter { place in
      exact.allSatisfy { $0[items[place].id] != nil } && (!onlyCore || items[place].core)
    }
  }

  /// An assessment of several people, or one that a sheet doesn't say all of.
  ///
  /// - Parameters:
  ///   - assessment: What was answered.
  ///   - own: The version it was answered with.
  ///   - way: From its version to the newest.
  /// - Returns: nil for one that is not finished.
  public func entry(_ assessment: Assessment, _ own: Questionnaire, way: Correspondence) -> PortfolioEntry? {
    guard let finishedAt = assessment.finishedAt else { return nil }
    let standings = standings(of: assessment, with: own, policy: policy)
    let standing = Dictionary(standings.items.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let exact = way.exact
    let mine = items.map { item in exact[item.id].flatMap { standing[$0] } }
    let arithmetic = IndexArithmetic(
      Standings(
        voters: standings.voters,
        items: common.compactMap { place in
          mine[place].flatMap { $0.moved(to: items[place], of: questionnaire) }
        },
        areAnonymous: standings.areAnonymous), questionnaire: questionnaire, policy: policy)
    return PortfolioEntry(
      finishedAt: finishedAt, raters: RaterSpread(arithmetic).raters,
      score: PortfolioScore(arithmetic, cut: questionnaire.scoring.cut),
      standings: mine.map { standing in
        switch standing?.state {
        case .settled, .answered: .init(.answered, standing?.value ?? .nan)
        case .dontKnow: .init(.dontKnow)
        case .notApplicable: .init(.notApplicable)
        case .open: .init(.open)
        case nil: .init(.notAsked)
        }
      })
  }
}

extension PortfolioScore {
  init(_ arithmetic: IndexArithmetic, cut: Double) {
    let verdict = arithmetic.verdict(cut: cut)
    index = arithmetic.index
    coverage = arithmetic.coverage
    areas = arithmetic.dimensions.indices.map {
      Area(score: arithmetic.scores[$0], coverage: arithmetic.coverages[$0])
    }
    certainty = Certainty(verdict)
  }
}

extension PortfolioScore.Certainty {
  init?(_ verdict: Verdict) {
    guard let certainty = verdict.certainty, let orientation = verdict.orientation, let band = verdict.band
    else { return nil }
    self.init(
      orientation: orientation, band: band, standardError: certainty.standardError,
      degreesOfFreedom: certainty.spread.degreesOfFreedom, raterVariance: certainty.spread.raterVariance,
      range: certainty.range)
  }
}
