import AssessmentModel

/// What each move amounts to.
extension Workshop {
  package func changes(for move: WorkshopMove, at moment: Timestamp) throws(MoveRefusal) -> WorkshopChanges {
    var changes = try bareChanges(for: move, at: moment)
    // An edit of what is finished opens it again.
    if assessment.finishedAt != nil, move.isEdit { changes.events.insert(.reopened, at: 0) }
    return changes
  }

  private func bareChanges(
    for move: WorkshopMove, at moment: Timestamp
  ) throws(MoveRefusal) -> WorkshopChanges {
    switch move {
    case .convene(let minutes, let cards): return .init(events: [.convened(minutes: minutes, cards: cards)])
    case .promise(let anonymous):
      guard anonymous == assessment.anonymous || !hasVotes else {
        throw .notNow("Votes are there already, and what they were promised stays.")
      }
      return .init(events: [.promised(anonymous: anonymous)])
    case .join(let rater):
      for name in [rater.name, rater.department] {
        if let problem = Assessment.problem(withName: name) { throw .notAName(problem) }
      }
      if let other = assessment.namesake(of: rater.name, apartFrom: rater.id) {
        throw .nameIsTaken(other.name)
      }
      // Before anybody has voted nobody is late.
      guard !hasVotes else { return .init(events: [.rated(rater)]) }
      return .init(events: [.rated(rater)] + joining(rater.id))
    case .dismiss(let id):
      guard !unrevealed.named.keys.contains(where: { $0.rater == id }),
        !assessment.responses.contains(where: { $0.key.rater == id })
      else { throw .notNow("Who has voted stays on the list; `away` takes somebody out of what is to come.") }
      return .init(events: [.dismissed(rater: id)])
    case .leave(let id): return .init(events: [.attended(rater: id, isPresent: false)])
    case .comeBack(let id):
      // Who is on the list votes on what nobody has seen yet, too.
      return .init(events: [.attended(rater: id, isPresent: true)] + joining(id))
    case .open:
      let item = try question()
      guard state.openRounds[item.id] == nil, case .voting(let round) = standing(of: item) else {
        return .init(events: [])
      }
      return .init(events: [opening(item, round: round)])
    case .cast(let rater, let answer): return try cast(answer, of: rater)
    case .castUnnamed(let answers): return try castUnnamed(answers)
    case .count(let tallies):
      let (item, round) = try openRound()
      let counted = try fitting(tallies, item, round).map { UnrevealedChange.counted($0) }
      return .init(events: [], unrevealed: [.cleared(item: item.id)] + counted)
    case .enter(let tallies): return try entered(tallies)
    case .reveal: return try revealed(at: moment)
    case .revote: return try openedAnew()
    case .settle(let answer, let reason): return try settled(answer, reason)
    case .dissent(let text):
      let item = try question()
      guard case .settled(var settlement) = standing(of: item) else {
        throw .notNow(
          "Nothing is settled here, so every vote counts as it is; `park` keeps a thought for later.")
      }
      settlement.dissent = [settlement.dissent, try kept(text)].compactMap { $0 }.joined(separator: "; ")
      return .init(events: [.settled(item: item.id, settlement)])
    case .support(let evidence):
      if let note = evidence?.note { _ = try kept(note) }
      return .init(events: [.supported(item: try question().id, evidence)])
    case .say(let text): return .init(events: [.said(item: try question().id, try kept(text))])
    case .unclear(let text):
      let item = try question()
      guard case .voting = standing(of: item) else {
        throw .notNow("The votes are revealed; `settle dk` lets the question count as don't know.")
      }
      let settlement = Settlement(
        answer: .dontKnow,
        reason: "unclear" + (try text.map { (text) throws(MoveRefusal) in ": \(try kept(text))" } ?? ""))
      return .init(
        events: [.roundDropped(item: item.id), .settled(item: item.id, settlement)],
        unrevealed: [.cleared(item: item.id)])
    case .shorten(let items): return .init(events: [.shortened(leftOut: items)])
    case .dot(let dots): return .init(events: [.dotted(dots)])
    }
  }

  /// Takes in what was stored.
  package mutating func apply(_ changes: WorkshopChanges) {
    for event in changes.events { interview.session.apply(event) }
    for change in changes.unrevealed { unrevealed.apply(change) }
  }

  // MARK: Voting

  package var hasVotes: Bool {
    unrevealed != UnrevealedVotes() || !assessment.tallies.isEmpty
      || assessment.responses.contains { $0.key.rater != nil && $0.answer != .open }
  }

  private func question() throws(MoveRefusal) -> Item {
    guard let item = interview.current else { throw .atTheEnd }
    guard item.scored != nil else { throw .notForThisItem("That is for questions that are voted on.") }
    return item
  }

  private func kept(_ text: String) throws(MoveRefusal) -> String {
    if text.utf8.count > Interview.textLimit { throw .tooLong(limit: Interview.textLimit) }
    return text
  }

  /// Who is there now, with the round.
  private func opening(_ item: Item, round: Int) -> SessionEvent {
    .roundOpened(item: item.id, OpenRound(round: round, voters: Set(present.map(\.id))))
  }

  /// Somebody is expected in every round that nobody has seen yet.
  private func joining(_ id: String) -> [SessionEvent] {
    state.openRounds.sorted { $0.key < $1.key }.map { item, round in
      var round = round
      round.voters.insert(id)
      return .roundOpened(item: item, round)
    }
  }

  private func openRound() throws(MoveRefusal) -> (Item, Int) {
    let item = try question()
    guard case .voting(let round) = standing(of: item) else {
      throw .notNow("The votes are revealed; `revote` asks for them again.")
    }
    return (item, round)
  }

  private func check(_ answer: Response.Answer, of item: Item) throws(MoveRefusal) {
    switch answer {
    case .answered(.level(let level)):
      guard let levels = questionnaire.levels(of: item), levels.contains(level) else {
        throw .notALevel(level, expected: questionnaire.levels(of: item) ?? [])
      }
    case .dontKnow, .notApplicable: break
    case .answered, .open: throw .notForThisItem("A vote is a level, `?` or `-`.")
    }
  }

  private func cast(_ answer: Response.Answer, of rater: String) throws(MoveRefusal) -> WorkshopChanges {
    let (item, round) = try openRound()
    if assessment.anonymous { return try castUnnamed([answer]) }
    try check(answer, of: item)
    if isCounted(item) == true { throw Self.isCountedAlready }
    guard voters(on: item).contains(where: { $0.id == rater }) else {
      throw .notNow("Who came during a question votes from the next one on.")
    }
    return .init(
      events: [], unrevealed: [.cast(Response.Key(item: item.id, rater: rater, round: round), answer)])
  }

  private static let isCountedAlready = MoveRefusal.notNow(
    "This question's votes are counted already, and a question is counted or named as a whole.")

  private func castUnnamed(_ answers: [Response.Answer]) throws(MoveRefusal) -> WorkshopChanges {
    let (item, round) = try openRound()
    guard isCounted(item) != false else { throw Self.isNamedAlready }
    guard unrevealed.count(of: item.id) + answers.count <= voters(on: item).count else {
      throw .notNow("All \(voters(on: item).count) have voted.")
    }
    var tally = Tally(item: item.id, round: round, counts: [0, 0, 0, 0, 0])
    tally = unrevealed.tallies[tally.key] ?? tally
    for answer in answers {
      try check(answer, of: item)
      switch answer {
      case .answered(.level(let level)): tally.counts[level] += 1
      case .dontKnow: tally.dontKnow += 1
      case .notApplicable: tally.notApplicable += 1
      case .answered, .open: break
      }
    }
    return .init(events: [], unrevealed: [.counted(tally)])
  }

  private static let isNamedAlready = MoveRefusal.notNow(
    "This question was voted on by name, and a question is counted or named as a whole; `pass` goes on.")

  /// The tallies as they are kept: of this question and round, no more than there are people, and a department
  /// named only where it is large enough.
  private func fitting(_ tallies: [Tally], _ item: Item, _ round: Int) throws(MoveRefusal) -> [Tally] {
    if isCounted(item) == false { throw Self.isNamedAlready }
    let levels = questionnaire.levels(of: item) ?? []
    var kept: [Tally.Key: Tally] = [:]
    for tally in tallies {
      if let level = tally.counts.indices.first(where: { tally.counts[$0] > 0 && !levels.contains($0) }) {
        throw .notALevel(level, expected: levels)
      }
      let people = departments.first { $0.name.nameKey == tally.department?.nameKey }?.people ?? 0
      if tally.department != nil, tally.votes > people {
        throw .notNow("\(tally.department ?? "") has \(people), and that makes \(tally.votes).")
      }
      var tally = tally
      (tally.item, tally.round) = (item.id, round)
      if min(people, tally.votes) < Tally.fewestOfADepartment { tally.department = nil }
      kept.add(tally)
    }
    // What is left beside the named departments must not be a small one either: it could be subtracted.
    while let rest = kept.values.first(where: { $0.department == nil }),
      rest.votes < Tally.fewestOfADepartment,
      let smallest = kept.values.filter({ $0.department != nil }).min(by: { $0.votes < $1.votes })
    {
      kept[smallest.key] = nil
      var unnamed = smallest
      unnamed.department = nil
      kept.add(unnamed)
    }
    let sum = kept.values.reduce(0) { $0 + $1.votes }
    let most = state.openRounds[item.id] == nil ? staff.count : voters(on: item).count
    guard sum <= most else { throw .notNow("That makes \(sum), and \(most) are here.") }
    if sum == 0 { throw .notNow("These are no votes.") }
    return kept.values.sorted { ($0.department ?? "") < ($1.department ?? "") }
  }

  private func entered(_ tallies: [Tally]) throws(MoveRefusal) -> WorkshopChanges {
    let item = try question()
    let round: Int
    switch standing(of: item) {
    case .voting(let open): round = open
    case .revealed(let last): round = last
    case .settled: throw .notNow("This is settled; `undo` takes that back.")
    }
    let fitting = try fitting(tallies, item, round)
    try checkEnough(fitting.reduce(0) { $0 + $1.votes })
    return .init(
      events: [.revealed(Reveal(item: item.id, round: round, tallies: fitting))],
      unrevealed: [.cleared(item: item.id)])
  }

  private func checkEnough(_ votes: Int) throws(MoveRefusal) {
    if votes == 0 { throw .notNow("Nobody has voted yet.") }
    guard !assessment.anonymous || votes >= Self.fewestAnonymous else {
      throw .notNow(
        "That is \(votes): fewer than \(Self.fewestAnonymous) would give somebody away, and anonymity was promised."
      )
    }
  }

  private func revealed(at moment: Timestamp) throws(MoveRefusal) -> WorkshopChanges {
    let (item, round) = try openRound()
    let voted = unrevealed.count(of: item.id)
    try checkEnough(voted)
    // Of one or two votes everybody in a larger room would know whose they are.
    guard voted >= min(Self.fewestAnonymous, voters(on: item).count) else {
      throw .notNow(
        "That is \(voted): everybody would know whose. From \(Self.fewestAnonymous) votes on they are shown.")
    }
    let responses = unrevealed.named.filter { $0.key.item == item.id }
      .map { Response(key: $0, answer: $1, at: moment) }
      .sorted { ($0.key.rater ?? "") < ($1.key.rater ?? "") }
    let tallies = unrevealed.tallies.values.filter { $0.item == item.id }
      .sorted { ($0.department ?? "") < ($1.department ?? "") }
    return .init(
      events: [.revealed(Reveal(item: item.id, round: round, responses: responses, tallies: tallies))],
      unrevealed: [.cleared(item: item.id)])
  }

  private func openedAnew() throws(MoveRefusal) -> WorkshopChanges {
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

  // MARK: Settling

  private func settled(_ answer: Settlement.Answer?, _ reason: String?) throws(MoveRefusal) -> WorkshopChanges
  {
    let item = try question()
    guard assessment.lastRound(of: item.id) != nil, state.openRounds[item.id] == nil else {
      throw .notNow(
        "Vote first, so that everybody's own judgement is there; `unclear` passes the question over.")
    }
    guard let answer else { return .init(events: [.settled(item: item.id, nil)]) }
    if case .level(let level) = answer { try check(.answered(.level(level)), of: item) }
    if needsReason(answer, for: item), reason?.isEmpty != false {
      throw .notNow("That is not what most said: why? `settle … and the reason`.")
    }
    let before = assessment.settled[item.id]
    return .init(events: [
      .settled(
        item: item.id,
        Settlement(answer: answer, reason: try reason.map(kept), dissent: before?.dissent))
    ])
  }

  /// Whether it is another than the middle of the last round.
  package func needsReason(_ answer: Settlement.Answer, for item: Item) -> Bool {
    guard case .level(let level) = answer, let round = assessment.lastRound(of: item.id) else { return true }
    return !votes(on: item, round: round).middles.contains(level)
  }
}

extension [Tally.Key: Tally] {
  /// Adds the counts to those of the same key.
  fileprivate mutating func add(_ tally: Tally) {
    var sum = tally
    if let other = self[tally.key] {
      sum.counts = zip(tally.counts, other.counts).map(+)
      sum.dontKnow += other.dontKnow
      sum.notApplicable += other.notApplicable
    }
    self[tally.key] = sum
  }
}
