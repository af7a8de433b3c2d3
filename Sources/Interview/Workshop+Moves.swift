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
      // Before the group has voted nobody is late.
      guard !isUnderWay else { return .init(events: [.rated(rater)]) }
      return .init(events: [.rated(rater)] + joining(rater.id))
    case .dismiss(let id):
      if state.openRounds.contains(where: { $0.value.counted.contains(id) }) {
        throw .notNow("Counts that nobody has seen hold their vote; `reveal` shows them first.")
      }
      let isCounted = state.absent.values.contains { $0.contains(id) }
      guard !isCounted, !assessment.responses.contains(where: { $0.key.rater == id && $0.answer != .open })
      else {
        throw .notNow(
          "Whose votes are shown stays on the list; `away` takes somebody out of what is to come.")
      }
      return .init(
        events: [.dismissed(rater: id)],
        unrevealed: unrevealed.named.keys.filter { $0.rater == id }.sorted { $0.item < $1.item }.map {
          .dropped($0)
        })
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
    case .count(let tallies): return try counted(tallies)
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
        reason: Settlement.unclear
          + (try text.map { (text) throws(MoveRefusal) in ": \(try kept(text))" } ?? ""))
      return .init(
        events: [.roundDropped(item: item.id), .settled(item: item.id, settlement)],
        // What was given beforehand is there again where somebody asks it again.
        unrevealed: roomTallies(on: item.id).isEmpty ? [] : [.uncounted(item: item.id, .staff)])
    case .shorten(let items): return .init(events: [.shortened(leftOut: items)])
    case .dot(let dots): return .init(events: [.dotted(dots)])
    case .predict(let id, let value): return .init(events: [try predicted(id, value)])
    case .addCustomers(let tallies): return try customersAdded(tallies)
    case .showCustomers:
      return .init(events: [.customersOpened] + customersShown(at: moment), unrevealed: customersCleared)
    case .takeUnasked: return try unaskedTaken(at: moment)
    }
  }

  /// Takes in what was stored.
  package mutating func apply(_ changes: WorkshopChanges) {
    for event in changes.events { interview.session.apply(event) }
    for change in changes.unrevealed { unrevealed.apply(change) }
  }

  private func kept(_ text: String) throws(MoveRefusal) -> String {
    if text.utf8.count > Interview.textLimit { throw .tooLong(limit: Interview.textLimit) }
    return text
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
