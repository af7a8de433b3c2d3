extension Assessment {
  /// Items that are hidden because their condition does not hold: not asked, not scored, their
  /// answers kept. Conditions are about earlier items, so one pass decides; a condition on an item
  /// that is hidden or not answered is false before `not` applies.
  public func hiddenItems(in questionnaire: Questionnaire) -> Set<String> {
    let items = questionnaire.items
    guard items.contains(where: { $0.condition != nil }) else { return [] }
    let sources = Set(items.flatMap { $0.condition?.sources ?? [] })
    var known: [String: Condition.Answer] = [:]
    var hidden: Set<String> = []
    for item in items {
      if let condition = item.condition, !condition.holds(given: { known[$0] }) {
        hidden.insert(item.id)
      } else if sources.contains(item.id) {
        known[item.id] = conditionAnswer(item, in: questionnaire)
      }
    }
    return hidden
  }

  /// What a condition sees of an item: the settled level, else the lower median of the staff's
  /// latest votes, oriented; the team's record for a choice or a number.
  func conditionAnswer(
    _ item: Item, in questionnaire: Questionnaire
  ) -> Condition.Answer? {
    guard let scored = item.scored else {
      switch record(item.id) {
      case .number(let number): return .number(number)
      case .option(let option): return .options([option])
      case .options(let options): return .options(options)
      case .level, .text, .expectations, .moments, .metrics, .raise, nil: return nil
      }
    }
    // What the scope does not ask has no answer.
    guard asks(item, of: questionnaire) else { return nil }
    switch settled[item.id]?.answer {
    case .level(let level): return .number(Double(scored.oriented(level)))
    case .notApplicable, .dontKnow: return nil
    case nil: break
    }
    var latest: [String: Response] = [:]
    for response in responses.to(item.id) {
      guard let rater = response.key.rater, self.rater(rater)?.group == .staff,
        response.counted != .open, response.key.round > latest[rater]?.key.round ?? 0
      else { continue }
      latest[rater] = response
    }
    var levels = latest.values.compactMap(\.level).map { scored.oriented($0) }
    let counted = tallies.filter { $0.item == item.id && $0.group == .staff }
    for tally in counted where tally.round == counted.map(\.round).max() {
      for (level, count) in tally.counts.enumerated() {
        levels += repeatElement(scored.oriented(level), count: count)
      }
    }
    return middles(of: levels).first.map { .number(Double($0)) }
  }
}
