import AssessmentModel

/// Casting, counting, revealing: what votes amount to.
extension Workshop {
  /// Whether anybody has voted, beforehand or here.
  package var hasVotes: Bool {
    unrevealed != UnrevealedVotes() || !assessment.tallies.isEmpty
      || assessment.responses.contains { $0.key.rater != nil && $0.answer != .open }
  }

  /// Whether the group has voted here, or has seen what was voted.
  package var hasBegun: Bool {
    state.openRounds.keys.contains { id in questionnaire.item(id).map { voted(on: $0) > 0 } == true }
      || questionnaire.items.contains { $0.scored != nil && assessment.isRevealed($0.id) }
  }

  /// Whether it is beyond its first question, or has counted votes there.
  var isUnderWay: Bool {
    state.openRounds.count > 1 || !unrevealed.tallies.isEmpty
      || questionnaire.items.contains { $0.scored != nil && assessment.isRevealed($0.id) }
  }

  func question() throws(MoveRefusal) -> Item {
    guard let item = interview.current else { throw .atTheEnd }
    guard item.scored != nil else { throw .notForThisItem("That is for questions that are voted on.") }
    return item
  }

  // MARK: Rounds

  /// Who is there now, with the round.
  func opening(_ item: Item, round: Int) -> SessionEvent {
    let voters = present.map(\.id).filter { mayVoteAgain($0, on: item.id, round: round) }
    return .roundOpened(item: item.id, OpenRound(round: round, voters: Set(voters)))
  }

  /// Where anonymity was promised, only those who were there before vote once more: beside a round without somebody, one with
  /// them would tell their vote.
  private func mayVoteAgain(_ rater: String, on item: String, round: Int) -> Bool {
    round == 1 || !assessment.anonymous || state.lastVoters[item].map { $0.contains(rater) } ?? true
  }

  /// Somebody is expected in every round that nobody has seen yet.
  func joining(_ id: String) -> [SessionEvent] {
    state.openRounds.filter { mayVoteAgain(id, on: $0.key, round: $0.value.round) }
      .sorted { $0.key < $1.key }.map { item, round in
        var round = round
        round.voters.insert(id)
        return .roundOpened(item: item, round)
      }
  }

  func openRound() throws(MoveRefusal) -> (Item, Int) {
    let item = try question()
    guard case .voting(let round) = standing(of: item) else {
      throw .notNow("The votes are revealed; `revote` asks for them again.")
    }
    return (item, round)
  }

  func openedAnew() throws(MoveRefusal) -> WorkshopChanges {
    let item = try question()
    if case .voting = standing(of: item) {
      throw .notNow("This round is not revealed yet; `reveal` shows it.")
    }
    let round = assessment.lastRound(of: item.id) ?? 0
    guard round < Self.mostRounds else {
      throw .notNow(
        "\(Self.mostRounds) rounds are enough; more change nobody's mind. `next` leaves the vote, `settle` settles."
      )
    }
    // What was settled is open again with it.
    return .init(events: [opening(item, round: round + 1)])
  }

  // MARK: Voting

  func check(_ answer: Response.Answer, of item: Item) throws(MoveRefusal) {
    switch answer {
    case .answered(.level(let level)):
      guard let levels = questionnaire.levels(of: item), levels.contains(level) else {
        throw .notALevel(level, expected: questionnaire.levels(of: item) ?? [])
      }
    case .dontKnow, .notApplicable: break
    case .answered, .open: throw .notForThisItem("A vote is a level, `?` or `-`.")
    }
  }

  func cast(_ answer: Response.Answer, of rater: String) throws(MoveRefusal) -> WorkshopChanges {
    let (item, round) = try openRound()
    if assessment.anonymous { return try castUnnamed([answer]) }
    try check(answer, of: item)
    if isCounted(item) == true { throw Self.isCountedAlready }
    guard voters(on: item).contains(where: { $0.id == rater }) else {
      throw .notNow("Who came during a question votes from the next one on.")
    }
    return .init(
      events: [],
      unrevealed: [.cast(Response(key: .init(item: item.id, rater: rater, round: round), answer: answer))])
  }

  private static let isCountedAlready = MoveRefusal.notNow(
    "This question's votes are counted already, and a question is counted or named as a whole.")

  func castUnnamed(_ answers: [Response.Answer]) throws(MoveRefusal) -> WorkshopChanges {
    let (item, round) = try openRound()
    guard isCounted(item) != false else { throw Self.isNamedAlready }
    let voted = roomTallies(on: item.id).votes
    guard voted + answers.count <= voters(on: item).count else {
      throw .notNow("All \(voters(on: item).count) have voted.")
    }
    var tally = Tally(item: item.id, round: round)
    tally = unrevealed.tallies[tally.key] ?? tally
    for answer in answers {
      try check(answer, of: item)
      tally.add(answer)
    }
    return .init(events: [], unrevealed: [.counted(tally)])
  }

  private static let isNamedAlready = MoveRefusal.notNow(
    "This question was voted on by name, and a question is counted or named as a whole; `pass` goes on.")

  // MARK: Counting

  /// All votes of the room as counts that nobody sees yet. From here on everybody in it has voted.
  func counted(_ tallies: [Tally]) throws(MoveRefusal) -> WorkshopChanges {
    let (item, round) = try openRound()
    let fitting = try fitting(tallies, item, round)
    var events: [SessionEvent] = []
    if var open = state.openRounds[item.id] {
      open.counted = Set(room(for: item).map(\.id))
      events = [.roundOpened(item: item.id, open)]
    }
    return .init(
      events: events, unrevealed: [.uncounted(item: item.id, .staff)] + fitting.map { .counted($0) })
  }

  /// All votes of the room as counts that everybody has seen.
  func entered(_ tallies: [Tally]) throws(MoveRefusal) -> WorkshopChanges {
    let item = try question()
    switch standing(of: item) {
    case .voting(let round):
      return try revealed(try fitting(tallies, item, round), of: item, round, isAnew: true)
    case .revealed(let round):
      if isCounted(item) == false { throw Self.isNamedAlready }
      let fitting = try fitting(tallies, item, round)
      let before = votes(on: item, round: round).all - besideTheRoom(on: item)
      // One card more would tell whose it was, and what.
      guard !assessment.anonymous || fitting.votes == before else {
        throw .notNow(
          "\(before) were counted here, and that makes \(fitting.votes). Anonymity was promised, and the difference would tell "
            + "single votes\(round < Self.mostRounds ? "; `revote` asks everybody again." : ".")")
      }
      return try revealed(fitting, of: item, round)
    case .settled: throw .notNow("This is settled; `undo` takes that back.")
    }
  }

  /// The tallies as they are kept: of this question and round, no more than there are people.
  private func fitting(_ tallies: [Tally], _ item: Item, _ round: Int) throws(MoveRefusal) -> [Tally] {
    let levels = questionnaire.levels(of: item) ?? []
    for tally in tallies {
      if let level = tally.counts.indices.first(where: { tally.counts[$0] > 0 && !levels.contains($0) }) {
        throw .notALevel(level, expected: levels)
      }
      let people = departments.first { $0.name.nameKey == tally.department?.nameKey }?.people ?? 0
      if tally.department != nil, tally.votes > people {
        throw .notNow("\(tally.department ?? "") has \(people), and that makes \(tally.votes).")
      }
    }
    let kept = grouped(tallies, item, round)
    let most =
      if let open = state.openRounds[item.id] {
        // Of counts nobody can tell whether who left is among them.
        roomVotes(on: item) > 0 && open.counted.isEmpty
          ? staff.count { open.voters.contains($0.id) } : max(room(for: item).count, open.counted.count)
      } else {
        state.lastVoters[item.id]?.count ?? staff.count - absentVotes(on: item).count
      }
    guard kept.votes <= most else {
      throw .notNow(
        "That makes \(kept.votes), and \(most) \(state.openRounds[item.id] == nil ? "were here then." : "are here.")"
      )
    }
    if kept.votes == 0 { throw .notNow("These are no votes.") }
    return kept
  }

  /// Tallies of one question and round as one for each department that is large enough to be named.
  func grouped(_ tallies: [Tally], _ item: Item, _ round: Int) -> [Tally] {
    var kept: [Tally.Key: Tally] = [:]
    for var tally in tallies {
      (tally.item, tally.round) = (item.id, round)
      kept.add(tally)
    }
    for tally in kept.values.sorted(by: { ($0.department ?? "") < ($1.department ?? "") }) {
      let people = departments.first { $0.name.nameKey == tally.department?.nameKey }?.people ?? 0
      guard tally.department != nil, min(people, tally.votes) < Tally.fewestOfADepartment else { continue }
      kept.unname(tally)
    }
    // What is left beside the named departments must not be a small one either: it could be subtracted.
    while let rest = kept.values.first(where: { $0.department == nil }),
      rest.votes < Tally.fewestOfADepartment,
      let smallest = kept.values.filter({ $0.department != nil }).min(by: {
        ($0.votes, $0.department ?? "") < ($1.votes, $1.department ?? "")
      })
    {
      kept.unname(smallest)
    }
    return kept.values.sorted { ($0.department ?? "") < ($1.department ?? "") }
  }

  /// What people said, as counts.
  func tallies(of responses: [Response]) -> [Tally] {
    responses.map { response in
      let name = response.key.rater.flatMap(assessment.rater)?.department ?? ""
      let department = departments.first { $0.name.nameKey == name.nameKey }?.name
      var tally = Tally(item: response.key.item, department: department)
      tally.add(response.counted)
      return tally
    }
  }
}

extension [Tally.Key: Tally] {
  /// Adds the counts to those of the same key.
  fileprivate mutating func add(_ tally: Tally) { self[tally.key, default: tally.emptied].add(tally) }

  /// Counts a department's votes without its name.
  fileprivate mutating func unname(_ tally: Tally) {
    self[tally.key] = nil
    var unnamed = tally
    unnamed.department = nil
    add(unnamed)
  }
}

extension Tally {
  fileprivate var emptied: Tally {
    Tally(item: item, round: round, group: group, department: department)
  }
}
