/// How the terminal is to be written to.
package struct TerminalStyle: Hashable, Sendable {
  /// Columns, 40 to 200.
  package let width: Int
  package let color: Bool
  /// No bars, boxes or columns that only the eye can follow: words and numbers in reading order.
  package let accessible: Bool

  package init(width: Int = 80, color: Bool = false, accessible: Bool = false) {
    self.width = min(200, max(40, width))
    self.color = color && !accessible
    self.accessible = accessible
  }
}

/// Writes a document as lines for a terminal, none wider than it.
package func terminalText(_ document: Document, style: TerminalStyle) -> String {
  var renderer = TerminalRenderer(style: style)
  for block in document { renderer.add(block) }
  return renderer.lines.map { $0 + "\n" }.joined()
}

struct TerminalRenderer {
  let style: TerminalStyle
  var lines: [String] = []

  mutating func add(_ block: Block) {
    switch block {
    case .heading(let level, let text):
      if !lines.isEmpty, lines.last != "" { lines.append("") }
      let title = level == 1 ? text.uppercased() : text
      lines += wrap(Words(title, .strong))
    case .paragraph(let words): lines += wrap(words)
    case .bullets(let items):
      for item in items { lines += wrap(item, first: style.accessible ? "- " : "• ", rest: "  ") }
    case .numbered(let items):
      for (index, item) in items.enumerated() {
        let mark = "\(index + 1). "
        lines += wrap(
          item, first: mark, rest: String(repeating: " ", count: mark.count))
      }
    case .table(let table): add(table)
    case .profile(let rows): add(rows)
    case .changes(let chart): add(chart)
    case .histogram(let rows): add(rows)
    case .options(let choices):
      let width = choices.map(\.key.columns).max() ?? 1
      for choice in choices {
        let mark = style.accessible ? "" : choice.isChosen ? "> " : "  "
        let key = choice.key.padded(to: width, .right)
        let words =
          Words(choice.text, choice.isChosen ? .strong : .plain)
          + (choice.isChosen ? Words("  (\(choice.mark))", .faint) : "")
        let first = style.accessible ? "\(choice.key): " : "\(mark)\(key)  "
        lines += wrap(
          words, first: first,
          rest: style.accessible ? "  " : String(repeating: " ", count: width + 4))
      }
    case .chart(let chart):
      lines += wrap(Words(chart.title, .strong) + Words(" " + chart.says))
      if !chart.isTableBeside { add(chart.table) }
    case .group(_, let document): for block in document { add(block) }
    case .strip(let parts):
      lines += wrap(Words(parts.joined(separator: style.accessible ? "; " : "   "), .faint))
    case .gap: lines.append("")
    }
  }

  /// Breaks at blanks into lines that fit, and inside a word only where it is wider than a line.
  func wrap(
    _ words: Words, first: String = "", rest: String = "", within limit: Int? = nil
  ) -> [String] {
    let limit = limit ?? style.width
    var lines: [String] = []
    var line = first
    var width = first.columns
    var isBlank = true
    // What the line is painted in where it stands: a code where that changes, not round every word.
    var paint = Words.Emphasis.plain
    func change(to emphasis: Words.Emphasis) {
      line += end(paint) + start(emphasis)
      paint = emphasis
    }
    func breakLine() {
      lines.append(line.trimmedEnd + end(paint))
      paint = .plain
      line = rest
      width = rest.columns
      isBlank = true
    }
    for run in words.runs {
      let text = run.emphasis == .code ? "`\(run.text)`" : run.text
      for (index, word) in text.harmless.split(
        separator: " ", omittingEmptySubsequences: false
      ).enumerated() {
        var word = Substring(word)
        // Counted once: a text of thousands of letters without a blank is cut many times.
        var columns = String(word).columns
        let blank = index > 0 && !isBlank ? 1 : 0
        if width + blank + columns > limit, !isBlank {
          breakLine()
        } else if blank == 1 {
          line += " "
          width += 1
        }
        while width + columns > limit {
          var taken = 0
          var end = word.startIndex
          while end < word.endIndex, width + taken + word[end].columns <= limit {
            taken += word[end].columns
            end = word.index(after: end)
          }
          if end == word.startIndex { break }
          if paint != run.emphasis { change(to: run.emphasis) }
          line += word[..<end]
          breakLine()
          word = word[end...]
          columns -= taken
        }
        if !word.isEmpty {
          if paint != run.emphasis { change(to: run.emphasis) }
          line += word
          width += columns
          isBlank = false
        }
      }
    }
    if !isBlank || lines.isEmpty { breakLine() }
    return lines
  }

  func painted(_ text: String, _ emphasis: Words.Emphasis) -> String {
    text.isEmpty ? text : start(emphasis) + text + end(emphasis)
  }

  private func start(_ emphasis: Words.Emphasis) -> String {
    guard style.color else { return "" }
    return switch emphasis {
    case .plain, .code: ""
    case .strong: "\u{1B}[1m"
    case .faint: "\u{1B}[2m"
    case .good: "\u{1B}[32m"
    case .bad: "\u{1B}[33m"
    }
  }

  private func end(_ emphasis: Words.Emphasis) -> String {
    style.color && emphasis != .plain ? "\u{1B}[0m" : ""
  }

  mutating func add(_ table: Table) {
    let rows = table.rows.map { $0.map(\.harmless) }
    var widths = table.columns.indices.map { column in
      ([table.columns[column].title] + rows.map { $0[column] }).map(\.columns).max() ?? 0
    }
    if style.accessible { return addAsWords(table, rows) }
    // Whatever text is widest gives way and is wrapped inside its column.
    let least = widths.indices.map { column in
      let words = rows.flatMap { $0[column].split(separator: " ") }
      return min(24, max(12, words.map { String($0).columns }.max() ?? 0))
    }
    while widths.reduce(0, +) + 2 * (widths.count - 1) > style.width {
      let texts = widths.indices.filter { table.columns[$0].alignment == .left && widths[$0] > least[$0] }
      guard let widest = texts.max(by: { widths[$0] < widths[$1] }) else { return addAsWords(table, rows) }
      widths[widest] -= 1
    }
    add(table.columns.map(\.title), table, widths, .faint)
    for row in rows { add(row, table, widths, .plain) }
  }

  private mutating func add(
    _ cells: [String], _ table: Table, _ widths: [Int], _ emphasis: Words.Emphasis
  ) {
    let wrapped = zip(cells, widths).map { cell, width in
      // Most cells fit, and a list has thousands.
      cell.columns <= width && cell.first != " "
        ? [cell.trimmedEnd]
        : TerminalRenderer(style: TerminalStyle(width: style.width)).wrap(Words(cell), within: width)
    }
    for line in 0..<(wrapped.map(\.count).max() ?? 1) {
      let parts = table.columns.indices.map { column in
        let text = line < wrapped[column].count ? wrapped[column][line] : ""
        return text.padded(to: widths[column], table.columns[column].alignment)
      }
      lines.append(painted(parts.joined(separator: "  ").trimmedEnd, emphasis))
    }
  }

  /// Each row as words, its first cell first: for narrow terminals and for reading aloud.
  private mutating func addAsWords(_ table: Table, _ rows: [[String]]) {
    for row in rows {
      let cells = zip(table.columns, row).filter { !$1.isEmpty }
      let head = cells.first.map { $1 } ?? ""
      let tail = cells.dropFirst().map { $0.title.isEmpty ? $1 : "\($0.title) \($1)" }
      let text = tail.isEmpty ? head : head + ": " + tail.joined(separator: ", ")
      lines += wrap(Words(text), rest: "  ")
    }
  }
}

extension String {
  var trimmedEnd: String {
    var end = endIndex
    while end > startIndex, self[index(before: end)] == " " { end = index(before: end) }
    return String(self[..<end])
  }
}
