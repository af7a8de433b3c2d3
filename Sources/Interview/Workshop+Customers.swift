import AssessmentModel

/// What the team expects customers to say, and what they say. Nobody sees the second before the first is written down.
extension Workshop {
  /// What customers can answer, too.
  package var customerItems: [Item] { questionnaire.items.filter { $0.scored?.customers != nil } }

  /// Answers of customers that nobody has seen.
  package var hiddenCustomers: Int { customerItems.reduce(0) { $0 + hiddenCustomers(on: $1.id) } }

  /// How many customers have answered unseen, at least.
  package var hiddenCustomerCount: Int { customerItems.map { hiddenCustomers(on: $0.id) }.max() ?? 0 }

  private func hiddenCustomers(on item: String) -> Int {
    namedVotes(on: item, group: .customer).count + unshownCustomers(item).votes
  }

  /// Counts of customers that nobody has seen. What a form said stays there for its next export, also once it is shown.
  private func unshownCustomers(_ item: String) -> Tally {
    let isShown = assessment.tallies.contains { $0.item == item && $0.group == .customer }
    let all =
      roomTallies(on: item, group: .customer)
      + (isShown ? [] : formTallies(on: item, group: .customer).map(\.tally))
    return all.sum(item, .customer)
  }

  func predicted(_ id: String, _ value: Double?) throws(MoveRefusal) -> SessionEvent {
    guard customerItems.contains(where: { $0.id == id }) else {
      throw .notForThisItem("Only what customers are asked, too, can be predicted.")
    }
    if assessment.hasCustomersAnswers {
      throw .notNow("What they say is shown already; a prediction comes before that.")
    }
    if let value, !(0...4).contains(value) {
      throw .notForThisItem("A prediction lies between 0 and 4; 2.5 is one, too.")
    }
    return .predicted(item: id, value)
  }

  /// Adds counts of customers' sheets: unseen as long as they wait for a prediction.
  func customersAdded(_ tallies: [Tally]) throws(MoveRefusal) -> WorkshopChanges {
    var changes = WorkshopChanges(events: [])
    for var tally in tallies where tally.votes > 0 {
      (tally.group, tally.round, tally.department) = (.customer, 1, nil)
      guard assessment.hidesCustomers else {
        tally.add(unshownCustomers(tally.item))
        // One sheet more would tell what it said.
        guard tally.votes >= Self.fewestAnonymous else {
          throw .notNow("Sheets go in three at a time or more: one or two would tell what they say.")
        }
        changes.events.append(shown(tally.item, [], tally))
        changes.unrevealed.append(.uncounted(item: tally.item, .customer))
        continue
      }
      if let before = unrevealed.tallies[tally.key] { tally.add(before) }
      changes.unrevealed.append(.counted(tally))
    }
    return changes
  }

  /// What customers said to an item, with more of it.
  private func shown(_ item: String, _ named: [Response], _ more: Tally?) -> SessionEvent {
    let before = assessment.responses(to: item, of: .customer)
    var tallies = assessment.tallies.filter { $0.item == item && $0.group == .customer }
    if let more {
      if let place = tallies.firstIndex(where: { $0.key == more.key }) {
        tallies[place].add(more)
      } else {
        tallies.append(more)
      }
    }
    return .revealed(
      Reveal(item: item, round: 1, group: .customer, responses: before + named, tallies: tallies))
  }

  /// What customers said, item by item; fewer than three counts of nobody in particular wait for more.
  func customersShown(at moment: Timestamp) -> [SessionEvent] {
    customerItems.compactMap { item -> SessionEvent? in
      let named = namedVotes(on: item.id, group: .customer).map { vote in
        var vote = vote
        vote.at = moment
        return vote
      }
      let counted = unshownCustomers(item.id)
      let isEnough = counted.votes >= Self.fewestAnonymous
      if named.isEmpty, !isEnough { return nil }
      return shown(item.id, named, isEnough ? counted : nil)
    }
  }

  /// What is not hidden any more; a form's counts stay, for what its next export adds.
  var customersCleared: [UnrevealedChange] {
    customerItems.flatMap { item -> [UnrevealedChange] in
      namedVotes(on: item.id, group: .customer).map { .dropped($0.key) }
        + (unshownCustomers(item.id).votes < Self.fewestAnonymous
          ? [] : [.uncounted(item: item.id, .customer)])
    }
  }
}
