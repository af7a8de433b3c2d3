import AssessmentModel

/// Where one asked item stands: its state, its votes and its value. All levels are oriented.
public struct ItemStanding: Hashable, Sendable {
  public enum State: String, Sendable {
    case settled, answered, dontKnow, notApplicable, open
  }

  /// One answer; `rater` is nil for an anonymous vote.
  public struct Vote: Hashable, Sendable {
    public let rater: String?
    public let level: Int
  }

  public let item: Item
  public let scored: ScoredItem
  /// Index of the item's dimension in the questionnaire.
  public let dimension: Int
  public let section: String
  public let state: State
  /// The settled level, else the mean of the latest votes, 0 to 4; nil where there is none.
  public let value: Double?
  /// The settled level, else the lower median of the latest votes: what gates and conditions see.
  public let gate: Int?
  /// Everyone's earliest answer.
  public let firstVotes: [Vote]
  /// Everyone's answer of their highest round.
  public let latestVotes: [Vote]
  /// How many said that they don't know, and how many said anything.
  public let dontKnowVotes: Int
  public let allVotes: Int
  /// The highest grade of evidence that anyone recorded.
  public let evidence: Response.Evidence?

  public var weight: Double { Double(scored.weight) }
  public var isAnswered: Bool { value != nil }
  /// Applicable and without an answer.
  public var isMissing: Bool { state == .dontKnow || state == .open }
  /// `25·x̄`, 0 to 100.
  public var points: Double? { value.map { 25 * $0 } }
}

/// The standings of the items that a group was asked: in scope, scored, and not hidden by a
/// condition; in the order of the questionnaire.
///
/// - Parameter group: staff for index, certainty and steps; customers for their own index, on the
///   items with a customer's wording only.
public func standings(
  of assessment: Assessment, with questionnaire: Questionnaire, group: Rater.Group = .staff
) -> [ItemStanding] {
  let hidden = assessment.hiddenItems(in: questionnaire)
  let dimensionIndex = Dictionary(
    questionnaire.dimensions.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
  let votes = Votes(of: assessment)
  var result: [ItemStanding] = []
  for section in questionnaire.sections {
    for item in section.items {
      guard let scored = item.scored, let dimension = dimensionIndex[scored.dimension],
        assessment.asks(item, of: questionnaire), !hidden.contains(item.id),
        group == .staff || scored.customers != nil
      else { continue }
      result.append(
        votes.standing(
          of: item, scored, dimension: dimension, section: section.id, group: group,
          settlement: group == .staff ? assessment.settled[item.id] : nil))
    }
  }
  return result
}

/// The responses and tallies of an assessment, sorted out by item once.
private struct Votes {
  private let responses: [String: [Response]]
  private let tallies: [String: [Tally]]
  private let groups: [String: Rater.Group]

  init(of assessment: Assessment) {
    groups = Dictionary(
      assessment.raters.map { ($0.id, $0.group) }, uniquingKeysWith: { first, _ in first })
    responses = Dictionary(grouping: assessment.responses.values) { $0.key.item }
    tallies = Dictionary(grouping: assessment.tallies) { $0.item }
  }

  func standing(
    of item: Item, _ scored: ScoredItem, dimension: Int, section: String, group: Rater.Group,
    settlement: Settlement?
  ) -> ItemStanding {
    var first: [ItemStanding.Vote] = []
    var latest: [ItemStanding.Vote] = []
    var dontKnow = 0
    var notApplicable = 0
    var evidence: Response.Evidence?

    let mine = (responses[item.id] ?? []).filter { response in
      response.key.rater.flatMap { groups[$0] } == group
    }.sorted { ($0.key.rater ?? "", $0.key.round) < ($1.key.rater ?? "", $1.key.round) }
    var index = 0
    while index < mine.count {
      let rater = mine[index].key.rater
      var earliestAnswer: Int?
      var last: Response.Answer = .open
      while index < mine.count, mine[index].key.rater == rater {
        let response = mine[index]
        if let grade = response.evidence { evidence = max(evidence ?? grade, grade) }
        if let level = response.level, earliestAnswer == nil { earliestAnswer = level }
        if response.answer != .open { last = response.answer }
        index += 1
      }
      if let level = earliestAnswer {
        first.append(.init(rater: rater, level: scored.oriented(level)))
      }
      switch last {
      case .answered(.level(let level)):
        latest.append(.init(rater: rater, level: scored.oriented(level)))
      case .dontKnow: dontKnow += 1
      case .notApplicable: notApplicable += 1
      case .answered, .open: break
      }
    }

    let counted = (tallies[item.id] ?? []).filter { $0.group == group }
    let rounds = counted.map(\.round)
    for tally in counted {
      for (level, count) in tally.counts.enumerated() {
        let vote = ItemStanding.Vote(rater: nil, level: scored.oriented(level))
        if tally.round == rounds.min() {
          first.append(contentsOf: repeatElement(vote, count: count))
        }
        if tally.round == rounds.max() {
          latest.append(contentsOf: repeatElement(vote, count: count))
        }
      }
      if tally.round == rounds.max() {
        dontKnow += tally.dontKnow
        notApplicable += tally.notApplicable
      }
    }

    let state: ItemStanding.State
    var value: Double?
    var gate: Int?
    switch settlement?.answer {
    case .level(let level):
      state = .settled
      gate = scored.oriented(level)
      value = Double(scored.oriented(level))
    case .notApplicable: state = .notApplicable
    case .dontKnow: state = .dontKnow
    case nil:
      if latest.isEmpty {
        state = dontKnow > 0 ? .dontKnow : notApplicable > 0 ? .notApplicable : .open
      } else {
        state = .answered
        let levels = latest.map(\.level).sorted()
        value = Double(levels.reduce(0, +)) / Double(levels.count)
        gate = levels[(levels.count - 1) / 2]
      }
    }
    return ItemStanding(
      item: item, scored: scored, dimension: dimension, section: section, state: state,
      value: value, gate: gate, firstVotes: first, latestVotes: latest, dontKnowVotes: dontKnow,
      allVotes: latest.count + dontKnow + notApplicable, evidence: evidence)
  }
}
