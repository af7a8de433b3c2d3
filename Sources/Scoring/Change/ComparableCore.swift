import AssessmentModel

/// One of the assessments that are compared.
public struct ComparedAssessment: Hashable, Sendable {
  /// Whose answers are compared.
  public let assessment: Assessment
  /// The version it was made with.
  public let questionnaire: Questionnaire
  /// From that version to the newest among those that are compared; the identity where it is that one.
  public let correspondence: Correspondence

  /// Takes each property as it is; nothing is checked.
  public init(_ assessment: Assessment, _ questionnaire: Questionnaire, _ correspondence: Correspondence) {
    self.assessment = assessment
    self.questionnaire = questionnaire
    self.correspondence = correspondence
  }
}

/// The place of the newest of several versions, the last one of equals.
public func newestVersion(_ versions: [Version]) -> Int {
  versions.indices.last { place in !versions.contains { versions[place] < $0 } } ?? 0
}

/// The questions that several assessments have in common and all have answered, and what each comes to on them.
public struct ComparableCore: Sendable {
  /// How much may be made of it.
  public enum Status: String, Hashable, Sendable {
    case full
    /// Areas only.
    case partial
    case refused
  }

  /// One question.
  public struct Item: Hashable, Sendable {
    /// Its id in the newest version.
    public let id: String
    /// Its ids by assessment.
    public let ids: [String]
    /// Its dimension in the newest version.
    public let dimension: String
    /// ω, by the newest version's weights anew on these questions; all of them add up to 1.
    public let weight: Double
    /// What each assessment comes to on it, 0 to 100.
    public let points: [Double]
    /// Whether it was reworded in between, and readers tried both wordings.
    public let isTried: Bool
  }

  /// An area.
  public struct Area: Hashable, Sendable {
    /// The dimension's id.
    public let id: String
    /// How many of the questions belong to it.
    public let items: Int
    /// Their share of what was asked of all in this area, the smallest over the assessments.
    public let share: Double
    /// What each assessment comes to, 0 to 100; empty where no question is left.
    public let points: [Double]
    /// Why it has no outcome of its own; nil where it has one.
    public let refusal: Refusal?

    /// Why an area has no outcome of its own.
    public enum Refusal: String, Hashable, Sendable {
      /// Fewer questions than ``ScoringPolicy/fewestAreaItems``.
      case tooFew
      /// They make up less than ``ScoringPolicy/partialShare`` of it.
      case tooLittle
      /// Too much of it does not apply.
      case notApplicable
    }
  }

  /// In the newest version's order.
  public let items: [Item]
  /// The weight of these questions among what was asked of all, as if all were answered; of each assessment.
  public let shares: [Double]
  /// By the smallest share.
  public let status: Status
  /// In the newest version's order, those that have a question on some side.
  public let areas: [Area]
  /// The core's index of each assessment by the newest weights, 0 to 100; nil where there is no question.
  public let indexes: [Double?]
  /// The line between the two sides; nil where the assessments don't have the same.
  public let cut: Double?
  /// Whether one of the assessments asked the short form only.
  public let isShort: Bool

  /// The smallest share.
  public var share: Double { shares.min() ?? 0 }

  let arithmetic: [IndexArithmetic]
  let own: [IndexArithmetic]
  /// The newest version among those compared.
  public let newest: Questionnaire
  let policy: ScoringPolicy
}

extension ComparableCore {
  init(_ sides: [ComparedAssessment], policy: ScoringPolicy) {
    let newest = sides[newestVersion(sides.map(\.questionnaire.version))].questionnaire
    let views = sides.map { Side($0, policy) }
    let cut = sides.allSatisfy { abs($0.questionnaire.scoring.cut - newest.scoring.cut) < 1e-9 }
    let isShort = sides.contains { $0.assessment.scope == .core && $0.questionnaire.hasCore }
    // What is answered everywhere, by its id in the newest version.
    var ids: [(id: String, ids: [String])] = []
    for item in newest.items where item.scored != nil && cut {
      let names = views.map { $0.exact[item.id] }
      let known = names.compactMap { $0 }
      guard known.count == views.count,
        zip(views, known).allSatisfy({ $0.standing[$1]?.isAnswered == true })
      else { continue }
      ids.append((item.id, known))
    }
    self.newest = newest
    self.policy = policy
    self.cut = cut ? newest.scoring.cut : nil
    self.isShort = isShort
    let arithmetic = views.enumerated().map { place, view in
      IndexArithmetic(
        view.standings(ids.map { ($0.ids[place], $0.id) }, as: newest), questionnaire: newest, policy: policy)
    }
    self.arithmetic = arithmetic
    own = views.enumerated().map { place, view in
      IndexArithmetic(
        view.standings(ids.map { ($0.ids[place], $0.ids[place]) }, as: view.side.questionnaire),
        questionnaire: view.side.questionnaire, policy: policy)
    }
    indexes = arithmetic.map(\.index)
    let tried = views.reduce(into: Set<String>()) { $0.formUnion($1.tried) }
    items = ids.enumerated().map { place, item in
      Item(
        id: item.id, ids: item.ids, dimension: arithmetic[0].items[place].dimension,
        weight: arithmetic[0].weights[place], points: arithmetic.map { $0.items[place].points ?? 0 },
        isTried: tried.contains(item.id))
    }
    // What was asked of all: where one side asked the short form only, its questions and the areas that all deepened.
    let deepened = Set(newest.dimensions.map(\.id)).filter { id in views.allSatisfy { $0.isDeep(id) } }
    let asked = views.map { $0.asked(isShort ? deepened : nil) }
    let shares = views.indices.map { place in
      views[place].share(of: Set(ids.map { $0.ids[place] }), among: asked[place])
    }
    self.shares = shares
    let least = shares.min() ?? 0
    status =
      least >= (isShort ? policy.shortShare : policy.fullShare) - 1e-9
      ? .full : least >= policy.partialShare - 1e-9 && !ids.isEmpty ? .partial : .refused
    let core = items
    areas = newest.dimensions.compactMap { dimension in
      let here = core.indices.filter { core[$0].dimension == dimension.id }
      let shares = views.indices.map { place in
        views[place].share(
          of: Set(here.map { core[$0].ids[place] }), among: asked[place], of: dimension.id)
      }
      if here.isEmpty, shares.allSatisfy({ $0 == nil }) { return nil }
      let share = shares.map { $0 ?? 0 }.min() ?? 0
      let refusal: Area.Refusal? =
        views.contains { !$0.isComparable(dimension.id) }
        ? .notApplicable
        : here.count < (isShort ? 1 : policy.fewestAreaItems)
          ? .tooFew : !isShort && share < policy.partialShare - 1e-9 ? .tooLittle : nil
      let place = newest.dimensions.firstIndex { $0.id == dimension.id }!
      return Area(
        id: dimension.id, items: here.count, share: share, points: arithmetic.compactMap { $0.scores[place] },
        refusal: refusal)
    }
  }

  /// The sums of one assessment over one area alone.
  func arithmetic(_ place: Int, of area: String) -> IndexArithmetic {
    let all = arithmetic[place].standings
    return IndexArithmetic(
      Standings(
        voters: all.voters, items: all.items.filter { $0.dimension == area }, areAnonymous: all.areAnonymous),
      questionnaire: newest, policy: policy)
  }
}

/// One assessment with what it comes to, as a comparison looks at it.
private struct Side {
  let side: ComparedAssessment
  let standings: Standings
  let standing: [String: ItemStanding]
  /// Its own ids by those of the newest version.
  let exact: [String: String]
  /// Ids in the newest version of what was reworded on the way and tried out.
  let tried: Set<String>
  private let comparable: [String: Bool]

  init(_ side: ComparedAssessment, _ policy: ScoringPolicy) {
    self.side = side
    standings = Scoring.standings(of: side.assessment, with: side.questionnaire, policy: policy)
    standing = Dictionary(standings.items.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    exact = side.correspondence.exact
    tried = Set(side.correspondence.matches.filter(\.isTried).flatMap(\.new))
    let index = IndexArithmetic(standings, questionnaire: side.questionnaire, policy: policy)
    comparable = Dictionary(
      index.dimensionScores().map { ($0.id, $0.isComparable) }, uniquingKeysWith: { first, _ in first })
  }

  /// Whether so much of an area applies that it can be compared.
  func isComparable(_ dimension: String) -> Bool { comparable[dimension] ?? true }

  /// Whether all questions of an area are asked.
  func isDeep(_ dimension: String) -> Bool {
    let assessment = side.assessment
    return assessment.scope == .full || !side.questionnaire.hasCore || assessment.deepened.contains(dimension)
  }

  /// What counts as asked; the short form and the areas that all have deepened, or everything where that is nil.
  func asked(_ deepened: Set<String>?) -> [ItemStanding] {
    guard let deepened else { return standings.items }
    return standings.items.filter {
      side.questionnaire.item($0.id)?.core == true || deepened.contains($0.dimension)
    }
  }

  /// The weight of some items among those asked, as if all of them were answered.
  func share(of ids: Set<String>, among asked: [ItemStanding]) -> Double {
    let present = side.questionnaire.dimensions.filter { dimension in
      asked.contains { $0.dimension == dimension.id }
    }
    let total = present.reduce(0.0) { $0 + Double($1.weight) }
    return present.reduce(0.0) { sum, dimension in
      sum + Double(dimension.weight) / total * (share(of: ids, among: asked, of: dimension.id) ?? 0)
    }
  }

  /// The same within one area; nil where nothing of it was asked.
  func share(of ids: Set<String>, among asked: [ItemStanding], of dimension: String) -> Double? {
    let area = asked.filter { $0.dimension == dimension }
    let all = area.reduce(0) { $0 + $1.weight }
    return all > 0 ? area.reduce(0) { $0 + (ids.contains($1.id) ? $1.weight : 0) } / all : nil
  }

  /// What was said to some questions, with the ids, weights and areas that a version gives them.
  func standings(_ pairs: [(own: String, id: String)], as version: Questionnaire) -> Standings {
    Standings(
      voters: standings.voters,
      items: pairs.compactMap { own, id in
        guard let standing = standing[own], let item = version.item(id) else { return nil }
        return standing.moved(to: item, of: version)
      }, areAnonymous: standings.areAnonymous)
  }
}
