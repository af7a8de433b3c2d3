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
    // What a form said stays there for its next export, and has been seen already.
    let forms =
      assessment.hasCustomersAnswers ? 0 : formTallies(on: item, group: .customer).map(\.tally).votes
    return namedVotes(on: item, group: .customer).count
      + roomTallies(on: item, group: .customer).votes + forms
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
        // One sheet more would tell what it said.
        guard tally.votes >= Self.fewestAnonymous else {
          throw .notNow("Sheets go in three at a time or more: one or two would tell what they say.")
        }
        let shown = assessment.tallies.first { $0.key == tally.key }
        if let shown { tally.add(shown) }
        changes.events.append(
          .revealed(
            Reveal(
              item: tally.item, round: 1, group: .customer, responses: shownCustomers(tally.item),
              tallies: [tally])))
        continue
      }
      if let before = unrevealed.tallies[tally.key] { tally.add(before) }
      changes.unrevealed.append(.counted(tally))
    }
    return changes
  }

  private func shownCustomers(_ item: String) -> [Response] {
    assessment.responses.to(item).filter { response in
      response.key.rater.flatMap(assessment.rater)?.group == .customer
    }
  }

  /// What customers said, item by item; fewer than three counts of nobody in particular wait for more.
  func customersShown(at moment: Timestamp) -> [SessionEvent] {
    customerItems.compactMap { item -> SessionEvent? in
      let named = namedVotes(on: item.id, group: .customer).map { vote in
        var vote = vote
        vote.at = moment
        return vote
      }
      let counted = countedCustomers(item.id)
      if named.isEmpty, counted == nil { return nil }
      return .revealed(
        Reveal(
          item: item.id, round: 1, group: .customer, responses: shownCustomers(item.id) + named,
          tallies: counted.map { [$0] } ?? []))
    }
  }

  private func countedCustomers(_ item: String) -> Tally? {
    let all =
      roomTallies(on: item, group: .customer) + formTallies(on: item, group: .customer).map(\.tally)
    guard all.votes >= Self.fewestAnonymous else { return nil }
    var sum = Tally(item: item, group: .customer, counts: [0, 0, 0, 0, 0])
    for tally in all { sum.add(tally) }
    return sum
  }

  /// What is not hidden any more; a form's counts stay, for what its next export adds.
  var customersCleared: [UnrevealedChange] {
    customerItems.flatMap { item -> [UnrevealedChange] in
      namedVotes(on: item.id, group: .customer).map { .dropped($0.key) }
        + (countedCustomers(item.id) == nil ? [] : [.uncounted(item: item.id, .customer)])
    }
  }
}
