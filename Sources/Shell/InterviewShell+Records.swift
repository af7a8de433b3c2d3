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

extension InterviewShell {
  /// Asks for a record, a row at a time. Every row is stored when it is complete.
  func enterRecord(_ item: Item) throws(Exit) {
    guard let record = item.record else { return }
    switch record {
    case .choice(let options, let multiple):
      try show([
        .options(options.enumerated().map { Choice(key: "\($0 + 1)", text: $1.label) })
      ])
      try enterChoice(item, options, multiple: multiple)
    case .number(let range): try enterNumber(item, range)
    case .text:
      try recordHint("Your words; Enter leaves it as it is.")
      guard case .text(let text) = try ask(item.id, initial: currentText(item)) else {
        return try moveOn(from: item)
      }
      if try perform(.record(.text(text))) { try moveOn(from: item) }
    case .expectations(let max): try enterRows(item, max: max, one: "expectation", row: expectation)
    case .moments(let max): try enterRows(item, max: max, one: "moment", row: moment)
    case .metrics(let max): try enterRows(item, max: max, one: "metric", row: metric)
    case .raise(let max): try enterRaise(item, max: max)
    }
  }

  private func currentText(_ item: Item) -> String {
    if case .text(let text) = interview.response(to: item).value { return text }
    return ""
  }

  /// A record is done with, be it left out: on to the next open question.
  private func moveOn(from item: Item) throws(Exit) {
    // Somebody went elsewhere while the record was asked for.
    guard interview.current?.id == item.id else { return }
    _ = try perform(.next)
  }

  func recordHint(_ text: String) throws(Exit) {
    try show([
      .paragraph(Words(text, .faint)),
      .paragraph(Words("back   next   help   quit", .faint)),
    ])
  }

  // MARK: Fields

  /// Asks for one field, whose answer is text; `Command(inText:)` says what is a command all the same.
  func ask(_ prompt: String, initial: String = "") throws(Exit) -> Field {
    let line = try read(
      "\(prompt)> ", initial: initial, completions: Command.all.map { ":" + $0 }
    ).trimmed
    if line.isEmpty { return .skipped }
    guard let command = Command(inText: line) else {
      return .text(line.hasPrefix("::") ? String(line.dropFirst()) : line)
    }
    let before = interview.current?.id
    try handle(command, at: interview.current)
    return interview.current?.id == before ? try ask(prompt, initial: initial) : .left
  }

  /// Asks for a whole number within a range; Enter leaves it out.
  private func askNumber(_ prompt: String, _ range: ClosedRange<Int>) throws(Exit) -> Int?? {
    while true {
      switch try ask("\(prompt), \(range.lowerBound) to \(range.upperBound)") {
      case .skipped: return .some(nil)
      case .left: return nil
      case .text(let text):
        let number = Int(text.hasPrefix("+") ? String(text.dropFirst()) : text)
        if let number, range.contains(number) { return number }
        try say(
          "“\(text)” can't be used here: a number from \(range.lowerBound) to \(range.upperBound), or "
            + "Enter to leave it out.")
      }
    }
  }

  private func askText(_ prompt: String) throws(Exit) -> String?? {
    switch try ask(prompt) {
    case .skipped: return .some(nil)
    case .left: return nil
    case .text(let text): return text
    }
  }

  private func askDecimal(_ prompt: String) throws(Exit) -> Double?? {
    while true {
      switch try ask(prompt) {
      case .skipped: return .some(nil)
      case .left: return nil
      case .text(let text):
        if let number = Double(text.replacing(",", with: ".")), number.isFinite { return number }
        try say("“\(text)” is no number. Enter leaves it out.")
      }
    }
  }

  /// Asks for one of a few words, by any beginning of it.
  private func askWord<T: RawRepresentable<String> & CaseIterable>(
    _ prompt: String, _ type: T.Type
  ) throws(Exit) -> T?? {
    let names = T.allCases.map(\.rawValue)
    while true {
      switch try ask("\(prompt): \(names.joined(separator: ", "))") {
      case .skipped: return .some(nil)
      case .left: return nil
      case .text(let text):
        let matches = T.allCases.filter { $0.rawValue.hasPrefix(text.lowercased()) }
        if matches.count == 1, let match = matches.first { return match }
        try say("“\(text)” is none of \(names.joined(separator: ", ")). Enter leaves it out.")
      }
    }
  }

  // MARK: Rows

  private func rows(_ item: Item) -> [Value] {
    switch interview.response(to: item).value {
    case .expectations(let rows): rows.map { .expectations([$0]) }
    case .moments(let rows): rows.map { .moments([$0]) }
    case .metrics(let rows): rows.map { .metrics([$0]) }
    case .level, .option, .options, .number, .text, .raise, nil: []
    }
  }

  private func enterRows(
    _ item: Item, max: Int, one: String, row: () throws(Exit) -> Value?
  ) throws(Exit) {
    try recordHint("One \(one) at a time; Enter on an empty line goes on.")
    while true {
      let present = rows(item)
      for (index, row) in present.enumerated() {
        try show([.paragraph(Words("  \(index + 1)  \(Self.summary(row))"))])
      }
      if present.count >= max {
        try say("That is as many as can be kept, \(max).")
        return try moveOn(from: item)
      }
      guard let next = try row() else { return try moveOn(from: item) }
      if interview.current?.id != item.id { return }
      if try perform(.record(Self.joined(present + [next], kind: item.valueKind))) {
        try say("Kept, \(savedWords ?? "").")
      }
    }
  }

  private static func summary(_ row: Value) -> String {
    switch row {
    case .expectations(let rows):
      rows.map { "\($0.expectation)\($0.gap.map { "  (gap \(decimal(Double($0), signed: true)))" } ?? "")" }
        .joined()
    case .moments(let rows):
      rows.map { "\($0.moment)\($0.gap.map { "  (gap \(decimal($0, 1, signed: true)))" } ?? "")" }.joined()
    case .metrics(let rows): rows.map(\.name).joined()
    case .level, .option, .options, .number, .text, .raise: ""
    }
  }

  private static func joined(_ rows: [Value], kind: Value.Kind) -> Value {
    var expectations: [Expectation] = []
    var moments: [Moment] = []
    var metrics: [Metric] = []
    for row in rows {
      switch row {
      case .expectations(let some): expectations += some
      case .moments(let some): moments += some
      case .metrics(let some): metrics += some
      case .level, .option, .options, .number, .text, .raise: break
      }
    }
    return kind == .expectations
      ? .expectations(expectations) : kind == .moments ? .moments(moments) : .metrics(metrics)
  }

  private func expectation() throws(Exit) -> Value? {
    guard let text = try askText("What they expect"), let text else { return nil }
    guard let importance = try askNumber("How important it is to them", 1...5),
      let expected = try askNumber("How good they expect it to be", 1...7),
      let perceived = try askNumber("How good they find it with you", 1...7),
      let words = try askWord("Whose words", Expectation.Words.self)
    else { return nil }
    return .expectations([
      Expectation(
        expectation: text, importance: importance, expected: expected, perceived: perceived,
        words: words)
    ])
  }

  private func moment() throws(Exit) -> Value? {
    guard let text = try askText("The moment"), let text else { return nil }
    guard let importance = try askNumber("How important it is to customers", 1...5),
      let expectation = try askNumber("How much they expect of it", 1...5),
      let performance = try askNumber("How well it goes", 1...5),
      let emotion = try askNumber("How it feels, 0 being neutral", -2...2),
      let standing = try askWord("All in all", Moment.Standing.self),
      let redesign = try askText("How it could be instead")
    else { return nil }
    return .moments([
      Moment(
        moment: text, importance: importance, expectation: expectation, performance: performance,
        emotion: emotion, standing: standing, redesign: redesign)
    ])
  }

  private func metric() throws(Exit) -> Value? {
    guard let name = try askText("The figure's name"), let name else { return nil }
    guard let unit = try askText("Its unit"), let baseline = try askDecimal("Where it is now"),
      let target = try askDecimal("Where it shall be"),
      let better = try askWord("Better is", Metric.Direction.self),
      let kind = try askWord("It moves before the result (leading) or after", Metric.Kind.self),
      let owner = try askText("Who looks after it"), let cadence = try askText("How often it is read")
    else { return nil }
    return .metrics([
      Metric(
        name: name, unit: unit, better: better, kind: kind, baseline: baseline, target: target,
        owner: owner, cadence: cadence)
    ])
  }

  // MARK: Choices and numbers

  private func enterChoice(_ item: Item, _ options: [ChoiceOption], multiple: Bool) throws(Exit) {
    try recordHint(
      multiple ? "Numbers, such as 1 3; Enter leaves it out." : "A number; Enter leaves it out.")
    while true {
      guard case .text(let text) = try ask(item.id) else { return try moveOn(from: item) }
      let numbers = text.split { $0 == " " || $0 == "," }.map { Int($0) ?? 0 }
      let chosen = numbers.compactMap { options.indices.contains($0 - 1) ? options[$0 - 1].id : nil }
      if chosen.count == numbers.count, !chosen.isEmpty, multiple || chosen.count == 1 {
        if try perform(.record(multiple ? .options(chosen) : .option(chosen[0]))) {
          return try moveOn(from: item)
        }
        return
      }
      try say(
        "“\(text)” can't be used here: \(multiple ? "numbers" : "a number") from 1 to \(options.count).")
    }
  }

  private func enterNumber(_ item: Item, _ range: NumberRange) throws(Exit) {
    try recordHint("A number\(range.unit.map { " (\($0))" } ?? ""); Enter leaves it out.")
    while true {
      guard let number = try askDecimal(item.id), let number else { return try moveOn(from: item) }
      if let problem = questionnaire.problem(with: .number(number), of: item) {
        try say(problem + ".")
        continue
      }
      if try perform(.record(.number(number))) { try moveOn(from: item) }
      return
    }
  }

  private func enterRaise(_ item: Item, max: Int) throws(Exit) {
    let dimensions = questionnaire.dimensions
    try show([
      .options(dimensions.enumerated().map { Choice(key: "\($0 + 1)", text: $1.title) })
    ])
    try recordHint("Up to \(max) numbers, such as 2 5; Enter leaves it out.")
    while true {
      guard case .text(let text) = try ask(item.id) else { return try moveOn(from: item) }
      let numbers = text.split { $0 == " " || $0 == "," }.map { Int($0) ?? 0 }
      let ids = numbers.compactMap { dimensions.indices.contains($0 - 1) ? dimensions[$0 - 1].id : nil }
      let value = Value.raise(ids)
      if ids.count == numbers.count, questionnaire.problem(with: value, of: item) == nil {
        if try perform(.record(value)) { try moveOn(from: item) }
        return
      }
      try say("“\(text)” can't be used here: up to \(max) different numbers from 1 to \(dimensions.count).")
    }
  }
}
