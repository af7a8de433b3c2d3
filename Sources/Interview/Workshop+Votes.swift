import AssessmentModel

/// Votes that nobody has seen yet: whose they are, and which of them count.
///
/// Somebody who answered beforehand has voted. Where the room raises cards, these stand for everybody in it, whatever
/// they had answered before; who is not there stays with what they said.
extension Workshop {
  // MARK: Who

  /// Who can raise a card in the round that is open.
  package func room(for item: Item) -> [Rater] {
    guard let open = state.openRounds[item.id] else { return present }
    return staff.filter { open.voters.contains($0.id) && !state.away.contains($0.id) }
  }

  /// Who is expected to vote: who was there when the round began, and is there now or has voted.
  package func voters(on item: Item) -> [Rater] {
    let voted = Set(votes(on: item).compactMap(\.key.rater))
    guard let open = state.openRounds[item.id] else {
      return staff.filter { voted.contains($0.id) || !state.away.contains($0.id) }
    }
    // Of counts nobody can tell whether who left is among them.
    let isCounted = !roomTallies(on: item.id).isEmpty
    return staff.filter { rater in
      voted.contains(rater.id)
        || open.voters.contains(rater.id)
          && (!state.away.contains(rater.id)
            || isCounted && (open.counted.isEmpty || open.counted.contains(rater.id)))
    }
  }

  /// Which round is open, or would be.
  private func round(of item: Item) -> Int {
    state.openRounds[item.id]?.round ?? (assessment.lastRound(of: item.id) ?? 0) + 1
  }

  /// The staff's votes of the round that is open, each by name.
  private func votes(on item: Item) -> [Response] {
    let round = round(of: item)
    return namedVotes(on: item.id).filter { $0.key.round == round }
  }

  func namedVotes(on item: String, group: Rater.Group = .staff) -> [Response] {
    unrevealed.named.values.filter { vote in
      vote.key.item == item && vote.key.rater.flatMap(assessment.rater)?.group == group
    }.sorted { ($0.key.rater ?? "", $0.key.round) < ($1.key.rater ?? "", $1.key.round) }
  }

  func roomTallies(on item: String, group: Rater.Group = .staff) -> [Tally] {
    unrevealed.tallies.values.filter { $0.item == item && $0.group == group }.inOrder
  }

  func formTallies(on item: String, group: Rater.Group = .staff) -> [FormTally] {
    unrevealed.forms.values.filter { $0.tally.item == item && $0.tally.group == group }
      .sorted { ($0.form.digest, $0.tally.department ?? "") < ($1.form.digest, $1.tally.department ?? "") }
  }

  /// What people said who had answered beforehand, or in the round before, and are not in the room.
  ///
  /// - Parameter isAnew: whether counts that nobody has seen give way to others, and whoever is only in them with them.
  func absentVotes(on item: Item, isAnew: Bool = false) -> [Response] {
    let ids: Set<String>
    if let open = state.openRounds[item.id] {
      ids = Set(staff.map(\.id)).subtracting(isAnew ? [] : open.counted).subtracting(
        room(for: item).map(\.id))
    } else if assessment.lastRound(of: item.id) != nil {
      // What was revealed is entered anew: those who were not there then.
      ids = state.absent[item.id] ?? []
    } else {
      ids = Set(staff.map(\.id)).intersection(state.away)
    }
    let hidden = namedVotes(on: item.id)
    let shown = assessment.responses.to(item.id).filter { $0.counted != .open && $0.key.rater != nil }
    return ids.sorted().compactMap { id in
      hidden.last { $0.key.rater == id } ?? shown.last { $0.key.rater == id }
    }
  }

  /// What forms without names say of people who are not in the room. Where anonymity was promised, fewer than three
  /// could be worked out from the room's.
  func absentTallies(on item: String) -> [Tally] {
    let tallies = formTallies(on: item).filter(\.form.isOfAbsent).map(\.tally)
    return assessment.anonymous && tallies.votes < Self.fewestAnonymous ? [] : tallies
  }

  /// How many answers that were given beforehand stay out of the room's counts, because anonymity was promised and they are
  /// so few that they could be worked out.
  package func tooFewBeside(_ item: Item) -> Int {
    let votes = formTallies(on: item.id).filter(\.form.isOfAbsent).map(\.tally).votes
    return votes - absentTallies(on: item.id).votes
  }

  // MARK: How many

  /// How many have voted in the round that is open, in the room or beforehand.
  package func voted(on item: Item) -> Int {
    let room = roomTallies(on: item.id).votes
    guard round(of: item) == 1 else { return room + votes(on: item).count }
    if room > 0 { return room + absentVotes(on: item).count + absentTallies(on: item.id).votes }
    return votes(on: item).count + formTallies(on: item.id).map(\.tally).votes
  }

  /// How many are expected to.
  package func expected(on item: Item) -> Int {
    let people = voters(on: item).count
    guard round(of: item) == 1 else { return people }
    let forms = formTallies(on: item.id).map(\.tally).votes
    let all = people + absentTallies(on: item.id).votes
    return roomTallies(on: item.id).isEmpty ? max(all, forms) : all
  }

  /// How many answered beforehand of those whom nobody has asked in the room.
  package func beforehand(on item: Item) -> Int {
    guard round(of: item) == 1, roomTallies(on: item.id).isEmpty else { return 0 }
    return votes(on: item).count + formTallies(on: item.id).map(\.tally).votes
  }

  /// How many votes on a question beside those of the room would be in its counts.
  package func besideTheRoom(on item: Item) -> Int {
    absentVotes(on: item).count + absentTallies(on: item.id).votes
  }

  /// Whether a question's votes are counted or named so far; nil where there are none. Those of the room decide.
  package func isCounted(_ item: Item) -> Bool? {
    if assessment.tallies.contains(where: { $0.item == item.id && $0.group == .staff })
      || !roomTallies(on: item.id).isEmpty || !formTallies(on: item.id).isEmpty
    {
      return true
    }
    return namedVotes(on: item.id).isEmpty && assessment.lastRound(of: item.id) == nil ? nil : false
  }

  /// How many votes are counted of the room that nobody has seen.
  package func roomVotes(on item: Item) -> Int { roomTallies(on: item.id).votes }

  // MARK: What nobody has seen

  /// Questions that are asked, with votes that nobody has seen.
  package var unrevealedItems: [Item] { interview.scoredItems.filter(hasUnseenVotes) }

  /// Questions that are not asked here, with votes that were given beforehand.
  package var unaskedItems: [Item] {
    let asked = Set(interview.scoredItems.map(\.id))
    return questionnaire.items.filter { $0.scored != nil && !asked.contains($0.id) && hasUnseenVotes($0) }
  }

  private func hasUnseenVotes(_ item: Item) -> Bool {
    if state.openRounds[item.id] == nil, assessment.isRevealed(item.id) || assessment.settled[item.id] != nil
    {
      return false
    }
    return voted(on: item) > 0
  }

  /// Votes that nobody has seen, by how many they are.
  package var unseenVotes: Int {
    (unrevealedItems + unaskedItems).reduce(0) { $0 + voted(on: $1) } + hiddenCustomers
  }

  /// What is left of votes that were revealed with others, which later rounds would have needed.
  package var leftovers: [UnrevealedChange] {
    let seen = questionnaire.items.filter { item in
      item.scored != nil && state.openRounds[item.id] == nil
        && (assessment.isRevealed(item.id) || assessment.settled[item.id] != nil)
    }
    return seen.flatMap { clearing($0.id, keeping: nil) }
  }

  /// What takes the staff's votes on an item away.
  ///
  /// - Parameter absent: ids of those whose votes stay, as those do of forms of people who are not there; nil where
  ///   nothing does.
  func clearing(_ item: String, keeping absent: Set<String>?) -> [UnrevealedChange] {
    let named = namedVotes(on: item).filter { vote in
      !(vote.key.rater.map { absent?.contains($0) == true } ?? false)
    }
    let forms = Set(
      formTallies(on: item).map(\.form).filter { absent == nil || !$0.isOfAbsent }.map(\.digest))
    return named.map { .dropped($0.key) }
      + (roomTallies(on: item).isEmpty ? [] : [.uncounted(item: item, .staff)])
      + forms.sorted().map { .formDropped($0, item: item, .staff) }
  }
}

extension [Tally] {
  fileprivate var inOrder: [Tally] { sorted { ($0.department ?? "") < ($1.department ?? "") } }
}
