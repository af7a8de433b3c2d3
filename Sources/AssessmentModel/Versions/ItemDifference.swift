/// What is different about a question in another version, as far as it touches its answers.
public enum ItemDifference: String, CaseIterable, Sendable {
  /// Another kind of answer is asked for.
  case type
  /// Other levels can be chosen, or other options.
  case levels
  /// Outside-In stands on the other side.
  case side
  /// It counts for another area.
  case dimension
  /// It counts more or less within its area.
  case weight
  /// Respondents read something else: the question, its levels or its options.
  case wording

  /// As it stands behind "has".
  package var words: String {
    switch self {
    case .type: "another kind of answer"
    case .levels: "other levels"
    case .side: "Outside-In on the other side"
    case .dimension: "another area"
    case .weight: "another weight"
    case .wording: "another wording"
    }
  }
}

extension Questionnaire {
  /// How one of its questions differs from a question of another version; none where an answer to one is an answer to
  /// the other. What decides whether it is asked, and what customers read, is left aside.
  public func differences(of item: Item, from other: Item, in older: Questionnaire) -> [ItemDifference] {
    var found: [ItemDifference] = []
    if item.text != other.text { found.append(.wording) }
    switch (item.content, other.content) {
    case (.scored(let new), .scored(let old)):
      switch (new.form, old.form) {
      case (.level, .level):
        let (now, before) = (anchors(of: item), older.anchors(of: other))
        if now.map(\.level) != before.map(\.level) { found.append(.levels) }
        if now.map(\.text) != before.map(\.text) { found.append(.wording) }
      case (.bipolar(let now), .bipolar(let before)):
        if now.outsideIn != before.outsideIn { found.append(.side) }
        if (now.left, now.right) != (before.left, before.right) { found.append(.wording) }
      case (.level, .bipolar), (.bipolar, .level): found.append(.type)
      }
      if new.dimension != old.dimension { found.append(.dimension) }
      if new.weight != old.weight { found.append(.weight) }
    case (.record(let new), .record(let old)):
      switch (new, old) {
      case (.choice(let now, let several), .choice(let before, let severalBefore)):
        if now.map(\.id) != before.map(\.id) { found.append(.levels) }
        if now.map(\.label) != before.map(\.label) { found.append(.wording) }
        if several != severalBefore { found.append(.type) }
      case (.text(let now, _), .text(let before, _)): if now != before { found.append(.type) }
      case (.number, .number), (.expectations, .expectations), (.moments, .moments), (.metrics, .metrics),
        (.raise, .raise):
        break
      case (.choice, _), (.number, _), (.text, _), (.expectations, _), (.moments, _), (.metrics, _),
        (.raise, _):
        found.append(.type)
      }
    case (.scored, .record), (.record, .scored): found.append(.type)
    }
    return ItemDifference.allCases.filter(found.contains)
  }
}
