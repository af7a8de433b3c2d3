/// What a group settled on for an item after talking about its votes.
public struct Settlement: Hashable, Sendable {
  /// What was settled on, in place of all votes; without a level the item does not apply or is missing.
  public enum Answer: Hashable, Sendable {
    /// A raw level.
    case level(Int)
    case notApplicable
    case dontKnow
  }

  /// A level is one of the item's own.
  public var answer: Answer
  /// Why, in the group's words; nil where nothing is said.
  public var reason: String?
  /// What those who see it otherwise want to have kept; the plan shows it. nil where there is none.
  public var dissent: String?

  /// What the reason begins with of a question that nobody understood.
  package static let unclear = "unclear"

  /// Whether it was left open because nobody understood it.
  package var isUnclear: Bool { answer == .dontKnow && reason?.hasPrefix(Self.unclear) == true }

  /// Takes each property as it is; nothing is checked.
  public init(answer: Answer, reason: String? = nil, dissent: String? = nil) {
    self.answer = answer
    self.reason = reason
    self.dissent = dissent
  }
}

/// Anonymous votes on an item: counts and nothing that leads back to a person.
public struct Tally: Hashable, Sendable {
  /// A department is named only where it has this many people.
  public static let fewestOfADepartment = 5

  /// Id of a scored item.
  public var item: String
  /// From 1; of several, the highest counts for the score and the lowest for agreement.
  public var round: Int
  /// Whose votes these are.
  public var group: Rater.Group
  /// nil for votes of several departments, or of one with fewer than `fewestOfADepartment` people.
  public var department: String?
  /// Votes by raw level: five counts, for 0 to 4.
  public var counts: [Int]
  /// How many said that they don't know.
  public var dontKnow: Int
  /// How many said that the question does not apply.
  public var notApplicable: Int

  /// Takes each property as it is; nothing is checked, so that five counts are the caller's to give.
  public init(
    item: String, round: Int = 1, group: Rater.Group = .staff, department: String? = nil,
    counts: [Int] = [0, 0, 0, 0, 0], dontKnow: Int = 0, notApplicable: Int = 0
  ) {
    self.item = item
    self.round = round
    self.group = group
    self.department = department
    self.counts = counts
    self.dontKnow = dontKnow
    self.notApplicable = notApplicable
  }

  /// What a tally is of; there is one for each key.
  public struct Key: Hashable, Sendable {
    let item: String
    let round: Int
    let group: Rater.Group
    let department: String?
  }

  /// What it is of.
  public var key: Key { Key(item: item, round: round, group: group, department: department) }

  /// How many people voted.
  public var votes: Int { counts.reduce(dontKnow + notApplicable, +) }
}

extension Tally {
  /// Fewer votes than this tell who said what.
  package static let fewest = 3

  /// Counts one vote more.
  package mutating func add(_ answer: Response.Answer) {
    switch answer {
    case .answered(.level(let level)): counts[level] += 1
    case .dontKnow: dontKnow += 1
    case .notApplicable: notApplicable += 1
    case .answered, .open: break
    }
  }

  /// Counts the votes of another one, too.
  package mutating func add(_ other: Tally) {
    counts = zip(counts, other.counts).map(+)
    dontKnow += other.dontKnow
    notApplicable += other.notApplicable
  }
}

extension [Tally] {
  /// How many votes they are together.
  package var votes: Int { reduce(0) { $0 + $1.votes } }

  /// All of them as one, without departments and rounds.
  package func sum(_ item: String, _ group: Rater.Group = .staff) -> Tally {
    var sum = Tally(item: item, group: group)
    for tally in self { sum.add(tally) }
    return sum
  }
}
