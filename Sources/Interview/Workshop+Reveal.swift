import AssessmentModel

/// What everybody sees: by name, or counts of the room with those who are not there.
extension Workshop {
  func checkEnough(_ votes: Int) throws(MoveRefusal) {
    if votes == 0 { throw .notNow("Nobody has voted yet.") }
    guard !assessment.anonymous || votes >= Self.fewestAnonymous else {
      throw .notNow(
        "That is \(votes): fewer than \(Self.fewestAnonymous) would give somebody away, and anonymity was promised."
      )
    }
  }

  func revealed(at moment: Timestamp) throws(MoveRefusal) -> WorkshopChanges {
    let (item, round) = try openRound()
    let voted = voted(on: item)
    try checkEnough(voted)
    // Of one or two votes everybody in a larger room would know whose they are.
    guard voted >= min(Self.fewestAnonymous, expected(on: item)) else {
      throw .notNow(
        "That is \(voted): everybody would know whose. From \(Self.fewestAnonymous) votes on they are shown.")
    }
    return try revealed(item, round, at: moment)
  }

  /// What a question has, as it is: counts of the room with those who are not there, else what came beforehand.
  private func revealed(_ item: Item, _ round: Int, at moment: Timestamp) throws(MoveRefusal)
    -> WorkshopChanges
  {
    let room = roomTallies(on: item.id)
    if !room.isEmpty { return try revealed(room, of: item, round) }
    let forms = round == 1 ? formTallies(on: item.id) : []
    guard forms.isEmpty else {
      return .init(
        events: [
          .revealed(
            Reveal(item: item.id, round: round, tallies: grouped(forms.map(\.tally), item, round)))
        ], unrevealed: clearing(item.id, keeping: []))
    }
    let votes = namedVotes(on: item.id).filter { $0.key.round == round }
    let responses = votes.map { vote in
      var vote = vote
      vote.at = moment
      return vote
    }
    return .init(
      events: [
        .revealed(
          Reveal(item: item.id, round: round, responses: responses + remarks(on: item, round, beside: votes)))
      ], unrevealed: clearing(item.id, keeping: nil))
  }

  /// Counts of the room, beside which stands what those said who had answered before and are not in it.
  func revealed(
    _ room: [Tally], of item: Item, _ round: Int, isAnew: Bool = false
  ) throws(MoveRefusal) -> WorkshopChanges {
    let absent = absentVotes(on: item, isAnew: isAnew)
    let all = grouped(room + tallies(of: absent) + absentTallies(on: item.id), item, round)
    try checkEnough(all.votes)
    var changes = WorkshopChanges(events: [])
    // A question is counted as a whole: rounds that were voted on by name are counts from here on, too.
    for earlier in 1..<max(round, 1) {
      let named = assessment.responses(to: item.id, of: .staff, round: earlier)
        .filter { $0.counted != .open }
      if named.isEmpty { continue }
      changes.events.append(
        .revealed(
          Reveal(
            item: item.id, round: earlier,
            responses: remarks(on: item, earlier, beside: []) + named.compactMap(\.remark),
            tallies: grouped(tallies(of: Array(named)), item, earlier))))
    }
    let remarks = remarks(on: item, round, beside: []) + namedVotes(on: item.id).compactMap(\.remark)
    let ids = Set(absent.compactMap(\.key.rater))
    changes.events.append(
      .revealed(Reveal(item: item.id, round: round, responses: remarks, tallies: all, absent: ids)))
    changes.unrevealed = clearing(item.id, keeping: ids)
    // Later rounds need them, too.
    for vote in absent where unrevealed.named[vote.key] == nil { changes.unrevealed.append(.cast(vote)) }
    return changes
  }

  /// What stands beside no answer in a round, such as evidence that somebody gave.
  private func remarks(on item: Item, _ round: Int, beside votes: [Response]) -> [Response] {
    let voted = Set(votes.map(\.key))
    return assessment.responses(to: item.id, of: .staff, round: round)
      .filter { $0.answer == .open && !voted.contains($0.key) }
  }

  /// Takes in what was answered beforehand to questions that are not asked here, as it is, with their areas.
  func unaskedTaken(at moment: Timestamp) throws(MoveRefusal) -> WorkshopChanges {
    var changes = WorkshopChanges(events: [])
    // Of one or two votes everybody would know whose they are.
    for item in unaskedItems where voted(on: item) >= min(Self.fewestAnonymous, staff.count) {
      let taken = try revealed(item, 1, at: moment)
      changes.events += taken.events
      changes.unrevealed += taken.unrevealed
      if let area = item.scored?.dimension, !assessment.deepened.contains(area),
        !changes.events.contains(.deepened(dimension: area))
      {
        changes.events.append(.deepened(dimension: area))
      }
    }
    return changes
  }
}

extension Response {
  /// What was given beside the answer, without it; nil where there is nothing.
  fileprivate var remark: Response? {
    var remark = self
    (remark.answer, remark.confidence) = (.open, nil)
    let isEmpty =
      remark.evidence == nil && remark.evidenceNote == nil && remark.note == nil && !remark.flagged
    return isEmpty ? nil : remark
  }
}
