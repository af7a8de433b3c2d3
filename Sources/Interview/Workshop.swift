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
  package static let fewestAnonymous = Tally.fewest
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
