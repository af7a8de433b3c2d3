import AssessmentModel

/// What one cell of a form's table says to a question.
enum FormAnswer: Hashable {
  /// The question was passed over.
  case none
  case answer(Response.Answer)
  case problem(String)

  /// - Parameter cell: a number, a letter where the question has two ends, an answer's own text, or these in one, as in
  ///   `3 – We ask them`.
  init(_ cell: String, to item: Item, _ group: Rater.Group, _ questionnaire: Questionnaire) {
    let text = cell.formKey
    guard !text.isEmpty else {
      self = .none
      return
    }
    if Self.dontKnow.contains(text) {
      self = .answer(.dontKnow)
      return
    }
    if Self.notApplicable.contains(text) {
      self = .answer(.notApplicable(reason: nil))
      return
    }
    let options = questionnaire.formOptions(of: item, for: group)
    if let whole = options.first(where: { $0.text.formKey == text }) {
      self = .answer(whole.answer)
      return
    }
    let texts = Self.texts(of: item, group, questionnaire)
    let meant = Set(texts.filter { $0.text.formKey == text }.map(\.level))
    if meant.count == 1, let level = meant.first {
      self = .answer(.answered(.level(level)))
      return
    }
    self = Self.leading(text, cell, item, questionnaire, texts)
  }

  /// A number or a letter, alone or before the answer's text.
  private static func leading(
    _ text: String, _ cell: String, _ item: Item, _ questionnaire: Questionnaire,
    _ texts: [(level: Int, text: String)]
  ) -> FormAnswer {
    let levels = questionnaire.levels(of: item) ?? []
    let isTwoSided = if case .bipolar = item.scored?.form { true } else { false }
    let expected =
      (isTwoSided ? "a to e" : "\(levels.first ?? 0) to \(levels.last ?? 4)") + " or the answer's own text"
    func refused(_ what: String) -> FormAnswer {
      .problem("“\(shortened(cell))” \(what); expected \(expected)")
    }
    guard let match = text.wholeMatch(of: /([0-9]{1,3}|[a-z])(?:[.,]0)?(?:( ?[-:.,;)=] ?| )(.+))?/) else {
      return refused("is no answer to \(item.id)")
    }
    let sign = String(match.1)
    guard let level = Int(sign) ?? BipolarForm.letters.firstIndex(of: sign) else {
      return refused("is no answer to \(item.id)")
    }
    if Int(sign) == nil, !isTwoSided {
      return refused("is a letter, and these are for two-sided questions")
    }
    guard levels.contains(level) else { return refused("is no answer to \(item.id)") }
    guard let rest = match.3.map(String.init) else { return .answer(.answered(.level(level))) }
    let meant = Set(texts.filter { $0.text.formKey == rest }.map(\.level))
    if !meant.isEmpty, !meant.contains(level) {
      return .problem("“\(shortened(cell))” has the number of one answer and the text of another")
    }
    // Words right behind a number may be anything: 3 years. Behind a sign they are the answer's, in other words.
    if meant.isEmpty, match.2.map({ $0.allSatisfy(\.isWhitespace) }) == true {
      return refused("is no answer to \(item.id)")
    }
    return .answer(.answered(.level(level)))
  }

  static func texts(
    of item: Item, _ group: Rater.Group, _ questionnaire: Questionnaire
  ) -> [(level: Int, text: String)] {
    switch item.scored?.form {
    case .level: questionnaire.levelTexts(of: item, for: group)
    case .bipolar(let bipolar): bipolar.positions.enumerated().map { ($0, $1) }
    case nil: []
    }
  }

  private static let dontKnow: Set = [
    "dk", "?", "don't know", "dont know", "i don't know", "i dont know", "do not know",
  ]
  private static let notApplicable: Set = [
    "na", "n/a", "-", "not applicable", "does not apply", "doesn't apply", "does not apply to us",
    "does not apply to me", "doesn't apply to us", "doesn't apply to me",
  ]
}

/// The beginning of a long text, for a message.
func shortened(_ text: String) -> String {
  let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  return line.count > 50 ? line.prefix(49) + "…" : line
}

extension String {
  /// The same for two spellings of one text: without case and accents, any dash and any quotation mark alike, no blanks
  /// at its ends, one between words, and without the full stop that a form may drop.
  var formKey: String {
    var text = ""
    for character in self {
      switch character {
      case "–", "—", "−", "‐", "‑": text.append("-")
      case "’", "‘", "`", "´": text.append("'")
      case "“", "”", "„", "«", "»": text.append("\"")
      case "\u{A0}", "\u{202F}": text.append(" ")
      default: text.append(character)
      }
    }
    var key = text.nameKey
    while key.count > 1, key.hasSuffix(".") { key.removeLast() }
    return key
  }
}
