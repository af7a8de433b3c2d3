import AssessmentModel

/// What a group and its facilitator do, besides finding their way and making their own entries.
package enum WorkshopMove: Hashable, Sendable {
  /// It is a workshop, so long, and votes so.
  case convene(minutes: Int, cards: WorkshopState.Cards)
  /// Whether votes lead to nobody; fixed with the first one.
  case promise(anonymous: Bool)
  /// Somebody comes, or is described anew.
  case join(Rater)
  /// Somebody who has not voted is on the list no more, by id.
  case dismiss(String)
  /// By id.
  case leave(String)
  case comeBack(String)
  /// Votes on the current question are asked for.
  case open
  /// A vote by name, by the rater's id.
  case cast(String, Response.Answer)
  /// Votes more that lead to nobody.
  case castUnnamed([Response.Answer])
  /// All votes of the round as counts, which nobody sees yet; they replace those before.
  case count([Tally])
  /// All votes of the round as counts that everybody has seen; they replace those before, also after the reveal.
  case enter([Tally])
  case reveal
  case revote
  /// nil leaves the votes to count after all.
  case settle(Settlement.Answer?, reason: String?)
  case dissent(String)
  case support(TeamEvidence?)
  case say(String)
  /// The question is not understood: the round ends unseen.
  case unclear(String?)
  case shorten(leftOut: Set<String>)
  case dot([String: Int])
  /// What customers are expected to answer to an item, by its id; nil takes it back.
  case predict(String, Double?)
  /// What customers said on paper, as counts to be added to those before.
  case addCustomers([Tally])
  /// What customers said is seen from here on.
  case showCustomers
  /// What was answered beforehand to questions that are not asked here counts, too.
  case takeUnasked

  /// Whether it changes what was voted, settled or shown.
  var isEdit: Bool {
    switch self {
    case .cast, .castUnnamed, .count, .enter, .reveal, .revote, .settle, .dissent, .support, .unclear,
      .predict,
      .addCustomers, .showCustomers, .takeUnasked:
      true
    case .convene, .promise, .join, .dismiss, .leave, .comeBack, .open, .say, .shorten, .dot: false
    }
  }
}

/// What a move amounts to.
package struct WorkshopChanges: Hashable, Sendable {
  package var events: [SessionEvent]
  package var unrevealed: [UnrevealedChange] = []
}
