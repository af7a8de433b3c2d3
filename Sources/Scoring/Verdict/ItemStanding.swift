import AssessmentModel

/// Where one asked item stands: its state, its votes and its value. All levels are oriented, so that 4 is
/// always the Outside-In end.
public struct ItemStanding: Hashable, Sendable {
  /// What the group as a whole has said to an item.
  public enum State: String, Sendable {
    case settled, answered, dontKnow, notApplicable, open
  }

  /// One answer.
  public struct Vote: Hashable, Sendable {
    /// Whose it is, as a place in ``Standings/voters``.
    public let voter: Int
    /// 0 to 4, oriented.
    public let level: Int
  }

  /// The item's id.
  public let id: String
  /// Its dimension's id.
  public let dimension: String
  /// Its section's id.
  public let section: String
  /// 1 or more, within its dimension.
  public let weight: Double
  /// Whether its dimension can reach no step without it.
  public let isCritical: Bool
  /// Whether Outside-In stands on the left of the item, so that what is oriented is 4 minus what was given.
  public let isTurned: Bool
  /// Whether customers can answer it.
  public let hasCustomersWording: Bool
  /// The levels the item can take, oriented and rising.
  public let levels: [Int]
  /// Settled; else answered if anybody's latest vote is an answer; else "don't know" if anybody says so; else not
  /// applicable if anybody does; else open.
  public let state: State
  /// The settled level, else the mean of the latest votes, 0 to 4; nil where there is none.
  public let value: Double?
  /// The settled level, else the lower median of the latest votes: what gates and conditions see.
  public let gate: Int?
  /// Everyone's earliest answer.
  public let firstVotes: [Vote]
  /// Everyone's answer of their highest round.
  public let latestVotes: [Vote]
  /// How many said that they don't know, and how many said anything, in their highest rounds.
  public let dontKnowVotes: Int
  /// How many said anything in their highest rounds, "not applicable" among them.
  public let allVotes: Int
  /// The highest grade of evidence that anyone recorded, or the group as a whole.
  public let evidence: Response.Evidence?
  /// Place of the dimension in the questionnaire.
  let dimensionPlace: Int

  /// Whether it has a value.
  public var isAnswered: Bool { value != nil }
  /// Applicable and without an answer.
  public var isMissing: Bool { state == .dontKnow || state == .open }
  /// `25·x̄`, 0 to 100.
  public var points: Double? { value.map { 25 * $0 } }

  /// A level as it was given.
  public func raw(_ level: Int) -> Int { isTurned ? 4 - level : level }
}

/// Who stands behind votes.
public struct Voter: Hashable, Sendable {
  /// nil where votes were anonymous; then all of a department have one entry.
  public let rater: String?
  /// nil where none is named.
  public let department: String?
}

/// All that a group said, item by item.
public struct Standings: Hashable, Sendable {
  /// The group's raters by id, and behind them what stands for anonymous votes.
  public let voters: [Voter]
  /// In the order of the questionnaire.
  public let items: [ItemStanding]
  /// Whether anonymity was promised, or votes are of nobody in particular.
  public let areAnonymous: Bool

  /// The id of who cast a vote; nil for an anonymous one, and wherever anonymity was promised.
  public func rater(of vote: ItemStanding.Vote) -> String? {
    areAnonymous ? nil : voters[vote.voter].rater
  }

  /// The department of who cast a vote; nil where none is named.
  public func department(of vote: ItemStanding.Vote) -> String? { voters[vote.voter].department }
}

/// The standings of the items that a group was asked: in scope, scored, and not hidden by a
/// condition; in the order of the questionnaire.
///
/// - Parameters:
///   - assessment: Whose answers are sorted out.
///   - questionnaire: The version it was made with.
///   - group: Staff for index, certainty and steps; customers for their own index, on the items with a
///     customer's wording only.
///   - policy: How few votes are left out where anonymity was promised.
public func standings(
  of assessment: Assessment, with questionnaire: Questionnaire, group: Rater.Group = .staff,
  policy: ScoringPolicy = .standard
) -> Standings {
  let hidden = assessment.hiddenItems(in: questionnaire)
  let dimensions = questionnaire.dimensions.map(\.id)
  var sheet = VoteSheet(assessment, questionnaire, group: group, policy)
  // Most items share a scale with the one before.
  var scale = (id: "", levels: allLevels)
  var result: [ItemStanding] = []
  result.reserveCapacity(questionnaire.items.count)
  let items = questionnaire.items
  var end = 0
  for section in questionnaire.sections {
    let start = end
    end += section.items.count
    for position in start..<end {
      guard let scored = items[position].scored, group == .staff || scored.customers != nil,
        let place = dimensions.firstIndex(of: scored.dimension),
        assessment.scope == .full || assessment.asks(items[position], of: questionnaire),
        hidden.isEmpty || !hidden.contains(items[position].id)
      else { continue }
      let id = items[position].id
      let isTurned = scored.oriented(0) == 4
      let levels: [Int]
      switch scored.form {
      case .bipolar: levels = allLevels
      case .level(let form):
        if form.scale != scale.id {
          scale = (form.scale, (questionnaire.levels(of: items[position]) ?? []).sorted())
        }
        levels = scale.levels
      }
      let votes = sheet.votes(on: id, at: position, isTurned: isTurned)
      let settled = group == .staff ? assessment.settled[id]?.answer : nil
      let (state, value, gate) = votes.standing(settled, isTurned: isTurned)
      result.append(
        ItemStanding(
          id: id, dimension: scored.dimension, section: section.id,
          weight: Double(scored.weight), isCritical: scored.critical, isTurned: isTurned,
          hasCustomersWording: scored.customers != nil, levels: levels, state: state,
          value: value, gate: gate, firstVotes: votes.first, latestVotes: votes.latest,
          dontKnowVotes: votes.dontKnow,
          allVotes: votes.latest.count + votes.dontKnow + votes.notApplicable,
          evidence: votes.evidence, dimensionPlace: place))
    }
  }
  return Standings(
    voters: sheet.voters, items: result,
    areAnonymous: sheet.areAnonymous)
}

extension Standings {
  /// What was voted before anybody talked, as if nothing had been settled and nobody had voted again.
  var asFirstVoted: Standings {
    Standings(
      voters: voters,
      items: items.map { item in
        let votes = item.firstVotes
        let mean =
          votes.isEmpty ? nil : Double(votes.reduce(0) { $0 + $1.level }) / Double(votes.count)
        return ItemStanding(
          id: item.id, dimension: item.dimension, section: item.section, weight: item.weight,
          isCritical: item.isCritical, isTurned: item.isTurned, hasCustomersWording: item.hasCustomersWording,
          levels: item.levels,
          state: mean != nil ? .answered : item.state == .notApplicable ? .notApplicable : .open,
          value: mean, gate: nil, firstVotes: votes, latestVotes: votes, dontKnowVotes: item.dontKnowVotes,
          allVotes: item.allVotes, evidence: item.evidence, dimensionPlace: item.dimensionPlace)
      }, areAnonymous: areAnonymous)
  }
}

extension ItemStanding {
  /// The same as an answer to an item of another version.
  func moved(to item: Item, of version: Questionnaire) -> ItemStanding? {
    guard let scored = item.scored,
      let place = version.dimensions.firstIndex(where: { $0.id == scored.dimension })
    else {
      return nil
    }
    return ItemStanding(
      id: item.id, dimension: scored.dimension, section: section, weight: Double(scored.weight),
      isCritical: isCritical,
      isTurned: isTurned, hasCustomersWording: hasCustomersWording, levels: levels, state: state,
      value: value, gate: gate,
      firstVotes: firstVotes, latestVotes: latestVotes, dontKnowVotes: dontKnowVotes, allVotes: allVotes,
      evidence: evidence,
      dimensionPlace: place)
  }
}

private let allLevels = [0, 1, 2, 3, 4]
