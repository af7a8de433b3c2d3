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
    // A figure with decimals, or a range, is no answer.
    guard let match = text.wholeMatch(of: /([0-9]{1,3}|[a-z])(?:[.,]0+)?(?: ?[-:.,;)=]? ?([^0-9].*)?)?/)
    else {
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
    guard let rest = match.2.map(String.init)?.nonEmpty else { return .answer(.answered(.level(level))) }
    let meant = Set(texts.filter { isMeant(rest, by: $0.text.formKey) }.map(\.level))
    if meant.contains(level) { return .answer(.answered(.level(level))) }
    return meant.isEmpty
      ? refused("is no answer to \(item.id)")
      : .problem("“\(shortened(cell))” has the number of one answer and the text of another")
  }

  /// Whether words behind a number are an answer's text, its beginning, or most of it.
  private static func isMeant(_ words: String, by text: String) -> Bool {
    if text.hasPrefix(words) || words.hasPrefix(text) { return true }
    func list(_ text: String) -> Set<String> {
      Set(text.split { !($0.isLetter || $0.isNumber) }.map(String.init).filter { $0.count > 2 })
    }
    let (mine, theirs) = (list(words), list(text))
    return !mine.isEmpty && mine.intersection(theirs).count * 3 >= mine.count * 2
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

/// The answers to one question, each spelling read once: a table says the same few over and over.
struct FormAnswers {
  private let item: Item
  private let group: Rater.Group
  private let questionnaire: Questionnaire
  private var known: [String: FormAnswer] = [:]

  /// A cell of more bytes holds no answer.
  static let longest = 64 * 1024

  init(to item: Item, _ group: Rater.Group, _ questionnaire: Questionnaire) {
    self.item = item
    self.group = group
    self.questionnaire = questionnaire
  }

  mutating func read(_ cell: String) -> FormAnswer {
    if cell.utf8.count > Self.longest { return .problem("the cell has over \(Self.longest >> 10) KB") }
    if let answer = known[cell] { return answer }
    let answer = FormAnswer(cell, to: item, group, questionnaire)
    known[cell] = answer
    return answer
  }
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
