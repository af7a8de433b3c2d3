import AssessmentModel
import Interview
import Reporting

/// What came of asking for one field of a record.
enum Field: Hashable {
  case text(String)
  /// An empty line.
  case skipped
  /// Something else is wanted; the record is left as it is.
  case left
}

extension SessionShell {
  /// Asks for a record, a row at a time. Every row is stored when it is complete.
  func enterRecord(_ item: Item) throws(Exit) {
    guard let record = item.record else { return }
    try show(
      Screens.record(
        record, interview.response(to: item), questionnaire,
        isShort: isShort(item)))
    switch record {
    case .choice(let options, let multiple):
      try enterChoice(item, options, multiple: multiple)
    case .number: try enterNumber(item)
    case .text:
      switch try ask(item.id, initial: currentText(item), rejected: unkept[item.id]) {
      case .left: return
      case .skipped:
        // A text that was emptied is meant to be empty.
        if !currentText(item).isEmpty, try !perform(.clear) { return }
        try moveOn(from: item)
      case .text(let text):
        if text == currentText(item) { return try moveOn(from: item) }
        unkept[item.id] = text
        guard try perform(.record(.text(text))) else { return }
        unkept[item.id] = nil
        try moveOn(from: item)
      }
    case .expectations, .moments, .metrics: try enterList(item, record)
    case .raise(let max): try enterRaise(item, max: max)
    }
  }

  private func currentText(_ item: Item) -> String {
    if case .text(let text) = interview.response(to: item).value { return text }
    return ""
  }

  /// A record is done with, be it left out: on to the next open question.
  func moveOn(from item: Item) throws(Exit) {
    // Somebody went elsewhere while the record was asked for.
    guard interview.current?.id == item.id else { return }
    if interview.response(to: item).isToConfirm { guard try perform(.confirm) else { return } }
    // One question of the vision leads to the next, in the short scope too.
    let later = questionnaire.items.drop { $0.id != item.id }.dropFirst()
    if item.isVision, let next = later.first(where: { $0.isVision && interview.isOpen($0) }) {
      _ = try perform(.go(to: next.id))
    } else {
      _ = try perform(isFinishing && item.isClosing ? .go(to: Interview.end) : .goOn)
    }
  }

  // MARK: Fields

  /// Asks for one field, whose answer is text; `Command(inText:)` says what is a command all the same.
  ///
  /// - Parameters:
  ///   - initial: what is kept already.
  ///   - rejected: what was typed and could not be used; it stands in the line to be mended.
  ///   - own: words that mean something of their own here, and are no commands.
  func ask(
    _ prompt: String, initial: String = "", rejected: String? = nil, own: Set<String> = [],
    complete: Completer = { _ in .words([]) }
  ) throws(Exit) -> Field {
    let stored = initial
    var initial = rejected ?? initial
    while true {
      var line = try read("\(prompt)> ", initial: initial, stored: stored) { before in
        if let first = before.first, first.hasPrefix(":") {
          return self.commandCompletions([String(first.dropFirst())] + before.dropFirst())
        }
        guard case .words(let words) = complete(before) else { return .files }
        return .words(words + (before.isEmpty ? self.commandWords.map { ":" + $0 } : []))
      }.trimmed
      if line.isEmpty { return .skipped }
      // What stood there is kept to the letter, whatever it looks like.
      if !stored.isEmpty, line == stored.harmlessLines.trimmed { return .text(stored) }
      // Typed behind the text that stood there already.
      if !initial.isEmpty, line.hasPrefix(initial) {
        let typed = String(line.dropFirst(initial.count)).trimmed
        if commandWords.contains(typed.lowercased()) || typed == "done" { line = typed }
        // Another text, glued to the one that was refused; who mends a text goes on in it.
        if rejected != nil, let first = line.dropFirst(initial.count).first,
          first.isUppercase || first.isNumber || !first.isWhitespace && typed.contains(" ")
        {
          line = typed
        }
      }
      if own.contains(line.lowercased()) { return .text(line) }
      let before = interview
      guard try carryOut(inText: line) else {
        try hintAtColon(line)
        return .text(line.hasPrefix("::") ? String(line.dropFirst()) : line)
      }
      // A note or a look elsewhere leaves the question where it is.
      let isElsewhere = interview.current?.id != before.current?.id
      let value = interview.current.map { interview.response(to: $0).value }
      if isElsewhere || value != before.current.map({ before.response(to: $0).value }) { return .left }
      let back = takeBack()
      initial = back.isEmpty ? stored : back
    }
  }

  /// A text that begins as a command does is a text all the same; whoever meant the command is told.
  private func hintAtColon(_ line: String) throws(Exit) {
    let head = line.prefix { !$0.isWhitespace }
    guard head != line, ["note", "park", "set", "evidence", "na"].contains(head) else { return }
    try say("Taken as your answer. The command would be `:\(head) …`; `undo` takes the answer back.")
  }

  // MARK: Choices and numbers

  private func enterChoice(_ item: Item, _ options: [ChoiceOption], multiple: Bool) throws(Exit) {
    try enterNumbers(item, upTo: multiple ? options.count : 1, of: options.count, names: options.map(\.label))
    { chosen in
      let ids = chosen.map { options[$0].id }
      return multiple ? .options(ids) : .option(ids[0])
    } told: { chosen in
      // A 2 may have been meant as two of something.
      "Kept: \(chosen.map { options[$0].label }.joined(separator: ", "))."
    }
  }

  private func enterRaise(_ item: Item, max: Int) throws(Exit) {
    let dimensions = questionnaire.dimensions
    try enterNumbers(item, upTo: max, of: dimensions.count) { chosen in
      .raise(chosen.map { dimensions[$0].id })
    }
  }

  /// Asks for the numbers of what was shown, counted from 1, and records what they stand for.
  private func enterNumbers(
    _ item: Item, upTo most: Int, of count: Int, names: [String] = [], value: ([Int]) -> Value,
    told: ([Int]) -> String? = { _ in nil }
  ) throws(Exit) {
    try enterValue(item) { text in
      // A choice may be written out.
      if let place = names.firstIndex(where: { $0.nameKey == text.nameKey }) {
        return .value(value([place]), told: told([place]))
      }
      let words = text.split { $0 == " " || $0 == "," }
      let chosen = words.compactMap { Int($0) }.filter { (1...count).contains($0) }
      guard chosen.count == words.count, (1...most).contains(chosen.count), Set(chosen).count == chosen.count
      else {
        return .problem(
          "“\(text)” can't be used here: \(most == 1 ? "a number" : "up to \(most) different numbers") "
            + "from 1 to \(count).")
      }
      let places = chosen.map { $0 - 1 }
      return .value(value(places), told: told(places))
    }
  }

  private func enterNumber(_ item: Item) throws(Exit) {
    let questionnaire = questionnaire
    var unit: String?
    if case .number(let range) = item.record { unit = range.unit }
    let own = unit
    try enterValue(item) { text in
      let reading = FigureReading(text, unit: own)
      guard case .figure(let number, let typed) = reading else {
        return .problem((reading.problem(with: text) ?? "") + " An empty line leaves it out.")
      }
      if let typed {
        return .problem("“\(text)” is in \(typed), and what is asked for is a bare number.")
      }
      if let problem = questionnaire.problem(with: .number(number), of: item) {
        return .problem(problem + ".")
      }
      return .value(.number(number), told: nil)
    }
  }

  private enum Reading {
    /// With what is said of it once it is kept.
    case value(Value, told: String?)
    case problem(String)
  }

  /// Asks until what was typed can be read, records it and goes on.
  private func enterValue(_ item: Item, read: (String) -> Reading) throws(Exit) {
    var rejected: String?
    while true {
      switch try ask(item.id, rejected: rejected) {
      case .skipped: return try moveOn(from: item)
      case .left: return
      case .text(let text):
        switch read(text) {
        case .value(let value, let told):
          guard try perform(.record(value)) else { return }
          if let told { try say(told) }
          return try moveOn(from: item)
        case .problem(let problem):
          rejected = Self.isWorthMending(text) ? text : nil
          try say(problem)
        }
      }
    }
  }
}
