/// What a workshop remembers besides answers: where it goes on after the window was closed. It is not exported.
public struct WorkshopState: Hashable, Sendable {
  /// How the room votes.
  public enum Cards: String, CaseIterable, Sendable {
    /// Held up, so that everybody sees them: the entry is the reveal.
    case raised
    /// Laid face down and shuffled: the entry is not seen.
    case collected
  }

  /// How long it was asked to take, in minutes, from welcome to commitments.
  public var minutes: Int
  /// Raised, where nobody in the room is somebody else's boss.
  public var cards: Cards
  /// Ids of raters who are not in the room now; they are missing from no vote.
  public var away: Set<String>
  /// Who is expected to vote in the round that is not revealed yet, by item.
  public var openRounds: [String: OpenRound]
  /// Ids of items that are passed over to save time.
  public var leftOut: Set<String>
  /// How a question was explained, by item, in the order it was said.
  public var sayings: [String: [String]]
  /// Seconds spent so far, breaks and closed windows not among them.
  public var spentSeconds: Int
  /// How many dots each candidate of the plan got, by its id; empty until they were counted.
  public var dots: [String: Int]
  /// Ids of those who were in the room at any question.
  public var attended: Set<String>
  /// Ids of those who were expected in the round that was shown last, by item.
  public var lastVoters: [String: Set<String>]
  /// Whether what customers say may be seen: the team has said what it expects, or does without.
  public var areCustomersOpen: Bool
  /// Id of the assessment it goes on from, whose answers are shown after each reveal; nil for the latest of the same team.
  public var from: String?
  /// Ids of those who had answered beforehand and were not in the room, whose votes stand among the counts that were
  /// revealed last, by item.
  public var absent: [String: Set<String>]

  /// Takes each property as it is; nothing is checked.
  public init(
    minutes: Int, cards: Cards = .raised, away: Set<String> = [], openRounds: [String: OpenRound] = [:],
    leftOut: Set<String> = [], sayings: [String: [String]] = [:], spentSeconds: Int = 0,
    dots: [String: Int] = [:], absent: [String: Set<String>] = [:], attended: Set<String> = [],
    lastVoters: [String: Set<String>] = [:], areCustomersOpen: Bool = false,
    from: String? = nil
  ) {
    self.minutes = minutes
    self.cards = cards
    self.away = away
    self.openRounds = openRounds
    self.leftOut = leftOut
    self.sayings = sayings
    self.spentSeconds = spentSeconds
    self.dots = dots
    self.absent = absent
    self.attended = attended
    self.lastVoters = lastVoters
    self.areCustomersOpen = areCustomersOpen
    self.from = from
  }

  /// Somebody is on the list no more.
  mutating func forget(_ rater: String) {
    away.remove(rater)
    attended.remove(rater)
    for item in openRounds.keys {
      openRounds[item]?.voters.remove(rater)
      openRounds[item]?.counted.remove(rater)
    }
    for item in lastVoters.keys { lastVoters[item]?.remove(rater) }
  }
}

/// A round of voting that is not revealed yet.
public struct OpenRound: Hashable, Sendable {
  /// From 1.
  public var round: Int
  /// Ids of those who were in the room when it began: who comes later votes from the next question on.
  public var voters: Set<String>
  /// Ids of those whose votes are among the room's counts that nobody has seen: whatever else comes of them, they have
  /// voted.
  public var counted: Set<String>

  /// Takes each property as it is; nothing is checked.
  public init(round: Int, voters: Set<String>, counted: Set<String> = []) {
    self.round = round
    self.voters = voters
    self.counted = counted
  }
}

/// What supports an answer of the group as a whole.
public struct TeamEvidence: Hashable, Sendable {
  /// It counts like a rater's: the highest grade of all decides.
  public var grade: Response.Evidence
  /// What it is, in words; nil where nothing is said.
  public var note: String?

  /// Takes each property as it is; nothing is checked.
  public init(grade: Response.Evidence, note: String? = nil) {
    self.grade = grade
    self.note = note
  }
}

/// The middle vote, or where their number is even and the two in the middle differ, both, rising; none without votes.
package func middles(of levels: [Int]) -> [Int] {
  let levels = levels.sorted()
  guard !levels.isEmpty else { return [] }
  let (low, high) = (levels[(levels.count - 1) / 2], levels[levels.count / 2])
  return low == high ? [low] : [low, high]
}
