import AssessmentModel
import Interview
import Reporting

/// Lists, a row at a time.
extension InterviewShell {
  /// Fills one field of a row; false when something else is wanted.
  private typealias Fill<Row> = (inout Row) throws(Exit) -> Bool

  /// Asks for rows until an empty line. A row is stored with its first field and again with every
  /// further one, so that leaving in the middle of it loses nothing but the line being typed.
  private func enterRows<Row>(
    _ item: Item, max: Int, stored: (Value?) -> [Row], value: ([Row]) -> Value,
    summary: (Row) -> String, prompt: String, begin: (String) -> Row, fields: [Fill<Row>]
  ) throws(Exit) {
    while true {
      var rows = stored(interview.response(to: item).value)
      for (index, row) in rows.enumerated() {
        try show([.paragraph(Words("  \(index + 1)  \(summary(row))"))])
      }
      if rows.count >= max {
        try say("That is as many as can be kept, \(max).")
        return try moveOn(from: item)
      }
      switch try ask(prompt) {
      case .skipped: return try moveOn(from: item)
      case .left: return
      case .text(let text):
        if let match = text.lowercased().wholeMatch(of: /remove ([0-9]+)/) {
          guard let number = Int(match.1), rows.indices.contains(number - 1) else {
            try say("There is no number \(match.1).")
            continue
          }
          rows.remove(at: number - 1)
          if try perform(.record(value(rows)), on: item) { try say("Removed, \(savedWords ?? "").") }
          continue
        }
        guard try fill(item, rows, begin(text), value: value, fields: fields) else { return }
        try say("Kept, \(savedWords ?? "").")
      }
    }
  }

  /// False when something else is wanted before the row is full; what there is of it is stored.
  private func fill<Row>(
    _ item: Item, _ rows: [Row], _ begun: Row, value: ([Row]) -> Value, fields: [Fill<Row>]
  ) throws(Exit) -> Bool {
    var row = begun
    _ = try perform(.record(value(rows + [row])), on: item)
    for field in fields {
      guard try field(&row) else { return false }
      _ = try perform(.record(value(rows + [row])), on: item)
    }
    return true
  }

  private struct Figure<Row> {
    let meaning: String
    let range: ClosedRange<Int>
    let path: WritableKeyPath<Row, Int?>

    init(_ meaning: String, _ range: ClosedRange<Int>, _ path: WritableKeyPath<Row, Int?>) {
      (self.meaning, self.range, self.path) = (meaning, range, path)
    }
  }

  /// Several whole numbers in one line, each within its range; `-` stands for one that nobody knows.
  private func figures<Row>(_ asked: [Figure<Row>], such example: String) -> Fill<Row> {
    { (row) throws(Exit) in
      try self.show([
        .options(
          asked.map { figure in
            Choice(
              key: "\(figure.range.lowerBound) to \(figure.range.upperBound)", text: figure.meaning)
          })
      ])
      var initial = ""
      while true {
        let prompt = "\(asked.count) figures, with blanks between them"
        let text: String
        switch try self.ask(prompt, initial: initial) {
        case .skipped: return true
        case .left: return false
        case .text(let typed): text = typed
        }
        initial = text
        let words = text.split { " ,;/".contains($0) }
        guard words.count == asked.count else {
          try self.say(
            "\(asked.count) figures in one line, please, such as \(example); - stands for one you don't know. An "
              + "empty line (Ctrl-U empties it) leaves all of them out.")
          continue
        }
        let numbers = words.map { Int($0.hasPrefix("+") ? $0.dropFirst() : $0) }
        let wrong = asked.indices.first { index in
          words[index] != "-" && !(numbers[index].map(asked[index].range.contains) ?? false)
        }
        if let wrong {
          let figure = asked[wrong]
          try self.say(
            "“\(words[wrong])” can't be used here: \(figure.range.lowerBound) to "
              + "\(figure.range.upperBound), \(figure.meaning).")
          continue
        }
        for (figure, number) in zip(asked, numbers) { row[keyPath: figure.path] = number }
        return true
      }
    }
  }

  private func decimalNumber<Row>(
    _ prompt: String, _ path: WritableKeyPath<Row, Double?>
  ) -> Fill<Row> {
    { (row) throws(Exit) in
      guard let number = try self.askDecimal(prompt) else { return false }
      row[keyPath: path] = number
      return true
    }
  }

  private func words<Row>(_ prompt: String, _ path: WritableKeyPath<Row, String?>) -> Fill<Row> {
    { (row) throws(Exit) in
      guard let text = try self.askText(prompt) else { return false }
      row[keyPath: path] = text
      return true
    }
  }

  private func choice<Row, Word: RawRepresentable<String> & CaseIterable>(
    _ prompt: String, _ path: WritableKeyPath<Row, Word?>
  ) -> Fill<Row> {
    { (row) throws(Exit) in
      guard let word = try self.askWord(prompt, Word.self) else { return false }
      row[keyPath: path] = word
      return true
    }
  }

  private static func shortfall(_ gap: Double) -> String {
    gap == 0 ? "as they expect" : "\(plain(abs(gap))) \(gap < 0 ? "below" : "above") what they expect"
  }

  private func askWhoseWords(_ row: inout Expectation) throws(Exit) -> Bool {
    while true {
      switch try ask("Did a customer tell you this expectation, yes or no") {
      case .skipped: return true
      case .left: return false
      case .text(let text):
        switch text.lowercased() {
        case "yes", "y": row.words = .customer
        case "no", "n": row.words = .ours
        default:
          try say("“\(text)” can't be used here: yes, no, or Enter to leave it out.")
          continue
        }
        return true
      }
    }
  }

  private func askStanding(_ row: inout Moment) throws(Exit) -> Bool {
    // Figures say it already.
    if row.gap != nil { return true }
    guard let standing = try askWord("All in all", Moment.Standing.self) else { return false }
    row.standing = standing
    return true
  }

  func enterExpectations(_ item: Item, max: Int) throws(Exit) {
    try enterRows(
      item, max: max,
      stored: { if case .expectations(let rows) = $0 { rows } else { [] } },
      value: { .expectations($0) },
      summary: { (row: Expectation) in
        row.expectation + (row.gap.map { "  (\(Self.shortfall(Double($0))))" } ?? "")
      }, prompt: "What they expect", begin: { Expectation(expectation: $0) },
      fields: [
        figures(
          [
            Figure("how important it is to them, 5 is most", 1...5, \.importance),
            Figure("how good they expect it to be, 7 is excellent", 1...7, \.expected),
            Figure("how good they find it with you, 7 is excellent", 1...7, \.perceived),
          ], such: "5 6 3"), askWhoseWords,
      ])
  }

  func enterMoments(_ item: Item, max: Int) throws(Exit) {
    try enterRows(
      item, max: max, stored: { if case .moments(let rows) = $0 { rows } else { [] } },
      value: { .moments($0) },
      summary: { (row: Moment) in
        row.moment + (row.gap.map { "  (\(Self.shortfall($0)), counting how it feels)" } ?? "")
      }, prompt: "The moment", begin: { Moment(moment: $0) },
      fields: [
        figures(
          [
            Figure("how important it is to customers, 5 is most", 1...5, \.importance),
            Figure("how well they expect it to go, 5 is very well", 1...5, \.expectation),
            Figure("how well it goes, 5 is very well", 1...5, \.performance),
            Figure("how it feels to them, -2 awful, 0 neutral, 2 wonderful", -2...2, \.emotion),
          ], such: "5 4 2 -1"), askStanding, words("How it could be instead", \.redesign),
      ])
  }

  func enterMetrics(_ item: Item, max: Int) throws(Exit) {
    try enterRows(
      item, max: max, stored: { if case .metrics(let rows) = $0 { rows } else { [] } },
      value: { .metrics($0) }, summary: { (row: Metric) in row.name }, prompt: "The figure's name",
      begin: { Metric(name: $0) },
      fields: [
        words("Its unit", \.unit), decimalNumber("Where it is now", \.baseline),
        decimalNumber("Where it shall be", \.target), choice("Better is", \.better),
        choice("It moves before the result or after it", \.kind),
        words("Who looks after it", \.owner), words("How often it is read", \.cadence),
      ])
  }
}
