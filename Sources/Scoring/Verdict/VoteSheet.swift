import AssessmentModel

/// The responses and tallies of one group, sorted out by item and rater in one pass.
struct VoteSheet {
  /// What one rater said to one item, over all rounds. Levels are raw.
  private struct Cell {
    var firstRound = Int32.max
    var latestRound: Int32 = 0
    var firstLevel: Int8 = -1
    /// A level, or one of the codes below.
    var latest: Int8 = Cell.nothing

    mutating func add(_ said: Int8, _ round: Int32) {
      if said >= 0, round < firstRound {
        firstRound = round
        firstLevel = said
      }
      if round > latestRound {
        latestRound = round
        latest = said
      }
    }

    static let nothing: Int8 = -1
    static let dontKnow: Int8 = -2
    static let notApplicable: Int8 = -3
  }

  /// The raters by id; behind them, what stands for anonymous votes.
  private(set) var voters: [Voter]
  private let raterCount: Int
  /// Item by item, all raters of each.
  private var cells: [Cell]
  private var evidence: [Response.Evidence?]
  private var tallies: [String: [Tally]] = [:]
  /// Whether anonymity was promised, or votes are of nobody in particular.
  let areAnonymous: Bool
  private let policy: ScoringPolicy

  init(
    _ assessment: Assessment, _ questionnaire: Questionnaire, group: Rater.Group,
    _ policy: ScoringPolicy
  ) {
    self.policy = policy
    areAnonymous = assessment.anonymous || assessment.tallies.contains { $0.group == group }
    let raters = assessment.raters.filter { $0.group == group }.sorted { $0.id < $1.id }
    voters = zip(raters, departmentNames(of: raters)).map { Voter(rater: $0.id, department: $1) }
    raterCount = raters.count
    cells = Array(repeating: Cell(), count: questionnaire.items.count * raters.count)
    evidence = Array(repeating: nil, count: questionnaire.items.count)
    if !assessment.tallies.isEmpty {
      tallies = Dictionary(grouping: assessment.tallies.filter { $0.group == group }) { $0.item }
    }
    if group == .staff {
      for (item, given) in assessment.teamEvidence {
        if let position = questionnaire.position(of: item) { evidence[position] = given.grade }
      }
    }
    if raters.isEmpty { return }
    // Responses come item by item and by rater in each, as the raters here do, so that nearly every one
    // is found where the last one was or right behind it.
    var item = ""
    var position: Int?
    var place = 0
    let ids = raters.map(\.id)
    let responses = assessment.responses.sorted
    for index in responses.indices {
      guard let rater = responses[index].key.rater else { continue }
      if responses[index].key.item != item || position == nil {
        item = responses[index].key.item
        position = questionnaire.position(of: item)
        place = 0
      }
      guard let position else { continue }
      if place < ids.count, ids[place] != rater {
        if place + 1 < ids.count, ids[place + 1] == rater {
          place += 1
        } else {
          place = ids[place...].firstIndex { $0 >= rater } ?? ids.count
        }
      }
      guard place < ids.count, ids[place] == rater else { continue }
      if let grade = responses[index].evidence {
        evidence[position] = max(evidence[position] ?? grade, grade)
      }
      let said: Int8
      switch responses[index].counted {
      case .answered(.level(let level)):
        said = (0...4).contains(level) ? Int8(level) : Cell.nothing
      case .dontKnow: said = Cell.dontKnow
      case .notApplicable: said = Cell.notApplicable
      // Not an answer, so that an earlier round's stands; other values belong to records.
      case .open, .answered: continue
      }
      cells[position * raters.count + place].add(said, Int32(clamping: responses[index].key.round))
    }
  }

  /// What was said to one item.
  mutating func votes(on item: String, at position: Int, isTurned: Bool) -> ItemVotes {
    var votes = ItemVotes()
    votes.evidence = evidence[position]
    votes.first.reserveCapacity(raterCount)
    var areSame = true
    for place in 0..<raterCount {
      let cell = cells[position * raterCount + place]
      if cell.firstLevel != cell.latest { areSame = false }
      if cell.firstLevel >= 0 {
        votes.first.append(Self.vote(place, Int(cell.firstLevel), isTurned))
      }
      if cell.latest == Cell.dontKnow { votes.dontKnow += 1 }
      if cell.latest == Cell.notApplicable { votes.notApplicable += 1 }
    }
    if areSame {
      votes.latest = votes.first
    } else {
      for place in 0..<raterCount {
        let latest = cells[position * raterCount + place].latest
        if latest >= 0 { votes.latest.append(Self.vote(place, Int(latest), isTurned)) }
      }
    }
    if !tallies.isEmpty { addTallies(of: item, to: &votes, isTurned) }
    if areAnonymous { votes.hide(fewerThan: policy.smallestGroup) }
    return votes
  }

  private static func vote(_ voter: Int, _ level: Int, _ isTurned: Bool) -> ItemStanding.Vote {
    ItemStanding.Vote(voter: voter, level: isTurned ? 4 - level : level)
  }

  /// Adds anonymous votes: those of the first round and of the last. A later round counts as the last only if
  /// enough people voted in it to be shown without the others.
  private mutating func addTallies(of item: String, to votes: inout ItemVotes, _ isTurned: Bool) {
    let tallies = tallies[item] ?? []
    var people: [Int: Int] = [:]
    for tally in tallies { people[tally.round, default: 0] += tally.counts.reduce(0, +) }
    let enough = min(policy.smallestBreakdown, people.values.max() ?? 0)
    let rounds = people.filter { $0.value >= enough }.map(\.key)
    for tally in tallies {
      let voter = voter(of: tally.department)
      for (level, count) in tally.counts.enumerated() where count > 0 {
        let vote = Self.vote(voter, level, isTurned)
        if tally.round == people.keys.min() {
          votes.first.append(contentsOf: repeatElement(vote, count: count))
        }
        if tally.round == rounds.max() {
          votes.latest.append(contentsOf: repeatElement(vote, count: count))
        }
      }
      if tally.round == rounds.max() {
        votes.dontKnow += tally.dontKnow
        votes.notApplicable += tally.notApplicable
      }
    }
  }

  /// What stands for the anonymous votes of a department.
  private mutating func voter(of department: String?) -> Int {
    let voter = Voter(rater: nil, department: department)
    if let place = voters.firstIndex(of: voter) { return place }
    voters.append(voter)
    return voters.count - 1
  }
}

/// What a group said to one item.
struct ItemVotes {
  var first: [ItemStanding.Vote] = []
  var latest: [ItemStanding.Vote] = []
  var dontKnow = 0
  var notApplicable = 0
  var evidence: Response.Evidence?

  /// Forgets votes that are too few to be shown without giving somebody away.
  mutating func hide(fewerThan least: Int) {
    if first.count < least { first = [] }
    if latest.count < least { latest = [] }
    if latest.count + dontKnow + notApplicable < least { (dontKnow, notApplicable) = (0, 0) }
  }

  /// State, value and gate value of the item.
  func standing(
    _ settled: Settlement.Answer?, isTurned: Bool
  ) -> (ItemStanding.State, value: Double?, gate: Int?) {
    switch settled {
    case .level(let raw):
      let level = isTurned ? 4 - raw : raw
      return (.settled, Double(level), level)
    case .notApplicable: return (.notApplicable, nil, nil)
    case .dontKnow: return (.dontKnow, nil, nil)
    case nil: break
    }
    if latest.isEmpty {
      return (dontKnow > 0 ? .dontKnow : notApplicable > 0 ? .notApplicable : .open, nil, nil)
    }
    let sum = latest.reduce(0) { $0 + $1.level }
    return (.answered, Double(sum) / Double(latest.count), lowerMedian)
  }

  /// The middle one of the latest votes, the lower of two.
  private var lowerMedian: Int {
    for level in 0...4 where 2 * latest.count(where: { $0.level <= level }) >= latest.count {
      return level
    }
    return 4
  }
}

/// The department of each rater: spellings that differ in case, accents or spaces are one department, named as it
/// was spelt first.
func departmentNames(of raters: [Rater]) -> [String?] {
  var spellings: [String: String] = [:]
  return raters.map { rater in
    if rater.department.isEmpty { return nil }
    let name = rater.department.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if name.isEmpty { return nil }
    let folded = name.nameKey
    if spellings[folded] == nil { spellings[folded] = name }
    return spellings[folded]
  }
}
