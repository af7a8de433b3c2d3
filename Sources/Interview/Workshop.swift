import AssessmentModel

/// A group's way through a questionnaire, as a value: moves in; events, and votes that nobody may see yet, out.
/// Nothing has happened until both are stored and put in place.
package struct Workshop: Hashable, Sendable {
  /// The way through the questions, and the group's own entries.
  package var interview: Interview
  package var unrevealed: UnrevealedVotes

  /// More rounds than this change nobody's mind.
  package static let mostRounds = 3
  /// Fewer anonymous votes than this give somebody away.
  package static let fewestAnonymous = 3
  /// From so many settlements in one direction on, somebody should ask who is settling.
  package static let oneSided = 3

  package init(_ interview: Interview, unrevealed: UnrevealedVotes) {
    self.interview = interview
    self.unrevealed = unrevealed
  }

  package var questionnaire: Questionnaire { interview.questionnaire }
  package var assessment: Assessment { interview.assessment }
  package var state: WorkshopState { assessment.workshop ?? WorkshopState(minutes: Agenda.usualMinutes) }

  // MARK: Who is there

  /// Everybody on the roster whose votes make the index.
  package var staff: [Rater] { assessment.raters.filter { $0.group == .staff } }
  /// Those of them who are in the room.
  package var present: [Rater] { staff.filter { !state.away.contains($0.id) } }

  /// Departments on the roster with the number of their people, in the order they came.
  package var departments: [(name: String, people: Int)] {
    var names: [String] = []
    for rater in staff
    where !rater.department.isEmpty && !names.contains(where: { $0.nameKey == rater.department.nameKey }) {
      names.append(rater.department)
    }
    return names.map { name in (name, staff.count { $0.department.nameKey == name.nameKey }) }
  }

  // MARK: Where a question stands

  package enum Standing: Hashable, Sendable {
    /// Votes are asked for, and nobody has seen any of this round.
    case voting(round: Int)
    /// Everybody has seen them.
    case revealed(round: Int)
    case settled(Settlement)
  }

  package func standing(of item: Item) -> Standing {
    if let open = state.openRounds[item.id] { return .voting(round: open.round) }
    if let settled = assessment.settled[item.id] { return .settled(settled) }
    return assessment.lastRound(of: item.id).map { .revealed(round: $0) } ?? .voting(round: 1)
  }

  /// Who is expected to vote: who was there when the round began, and is there now or has voted.
  package func voters(on item: Item) -> [Rater] {
    guard let open = state.openRounds[item.id] else { return present }
    let voters = staff.filter { open.voters.contains($0.id) }
    // Of counts nobody can tell whether who left is among them.
    if isCounted(item) == true, unrevealed.count(of: item.id) > 0 { return voters }
    return voters.filter { voter in
      !state.away.contains(voter.id)
        || unrevealed.named.keys.contains { $0.item == item.id && $0.rater == voter.id }
    }
  }

  /// Whether a question's votes are counted or named so far; nil where there are none. It stays one of the two.
  package func isCounted(_ item: Item) -> Bool? {
    if assessment.tallies.contains(where: { $0.item == item.id && $0.group == .staff })
      || unrevealed.tallies.values.contains(where: { $0.item == item.id && $0.group == .staff })
    {
      return true
    }
    if unrevealed.named.keys.contains(where: { $0.item == item.id })
      || assessment.lastRound(of: item.id) != nil
    {
      return false
    }
    return nil
  }

  /// What was revealed of a round.
  package func votes(on item: Item, round: Int) -> RoundVotes {
    var votes = RoundVotes()
    for response in assessment.responses.to(item.id)
    where response.key.round == round && response.key.rater.map(isStaff) == true {
      votes.add(response.answer)
      if let rater = response.key.rater.flatMap(assessment.rater), rater.named, !assessment.anonymous {
        votes.names.append((rater.name, response.answer))
      }
    }
    for tally in assessment.tallies
    where tally.item == item.id && tally.round == round && tally.group == .staff { votes.add(tally) }
    return votes
  }

  private func isStaff(_ rater: String) -> Bool { assessment.rater(rater)?.group == .staff }

  /// Questions that were begun and not revealed.
  package var unrevealedItems: [Item] {
    interview.scoredItems.filter { item in
      state.openRounds[item.id] != nil && unrevealed.count(of: item.id) > 0
    }
  }

  /// How many answers were settled above the vote and how many below it, towards the Outside-In end.
  package var settledAgainstVotes: (above: Int, below: Int) {
    var (above, below) = (0, 0)
    for item in interview.scoredItems {
      guard case .level(let level)? = assessment.settled[item.id]?.answer, let scored = item.scored,
        let round = assessment.lastRound(of: item.id)
      else { continue }
      let middles = votes(on: item, round: round).middles.map { scored.oriented($0) }
      guard let low = middles.min(), let high = middles.max() else { continue }
      if scored.oriented(level) > high { above += 1 }
      if scored.oriented(level) < low { below += 1 }
    }
    return (above, below)
  }
}

/// What was voted in one round, as everybody saw it. Levels are raw.
package struct RoundVotes: Sendable {
  /// Votes by level, 0 to 4.
  package private(set) var counts = [0, 0, 0, 0, 0]
  package private(set) var dontKnow = 0
  package private(set) var notApplicable = 0
  /// Of those whose votes may be shown with their names.
  package var names: [(name: String, answer: Response.Answer)] = []

  package init() {}

  mutating func add(_ answer: Response.Answer) {
    switch answer {
    case .answered(.level(let level)): counts[level] += 1
    case .dontKnow: dontKnow += 1
    case .notApplicable: notApplicable += 1
    case .answered, .open: break
    }
  }

  mutating func add(_ tally: Tally) {
    for (level, count) in tally.counts.enumerated() { counts[level] += count }
    dontKnow += tally.dontKnow
    notApplicable += tally.notApplicable
  }

  /// The votes with a level, rising.
  package var levels: [Int] { counts.enumerated().flatMap { repeatElement($0, count: $1) } }
  /// How many said anything.
  package var all: Int { counts.reduce(dontKnow + notApplicable, +) }

  /// Rising; see ``AssessmentModel/middles(of:)``.
  package var middles: [Int] { AssessmentModel.middles(of: levels) }
}
