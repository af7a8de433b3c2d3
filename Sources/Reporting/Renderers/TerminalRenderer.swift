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

private struct TerminalRenderer {
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
      TerminalRenderer(style: TerminalStyle(width: style.width)).wrap(Words(cell), within: width)
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

  mutating func add(_ rows: [ProfileRow]) {
    let label = rows.map { $0.title.harmless.columns }.max() ?? 0
    let bar = 21
    let numbers = 20
    let drawn = !style.accessible && label + 2 + bar + numbers <= style.width
    if drawn {
      lines.append(
        painted(
          String(repeating: " ", count: label + 2) + "inside-out │ outside-in   of 100", .faint))
    }
    for row in rows {
      let score = row.score.map { decimal($0) }
      let step = row.step.map { "step \($0)" } ?? ""
      let note = row.note.harmless
      if style.accessible {
        let parts = [score.map { "\($0) of 100" } ?? "not scored", step, note]
        lines += wrap(
          Words(
            "\(row.title.harmless): \(parts.filter { !$0.isEmpty }.joined(separator: ", "))."),
          rest: "  ")
      } else if drawn {
        let text =
          row.title.harmless.padded(to: label + 2) + self.bar(row, cells: bar)
          + (score ?? "–").padded(to: 5, .right) + "  " + step.padded(to: 6)
        lines += noted(text, note, indent: label + 2)
      } else {
        let figures = (score ?? "–").padded(to: 5, .right) + "  " + step
        if row.title.harmless.columns + figures.columns <= style.width {
          let width = min(label, style.width - figures.columns)
          lines += noted(row.title.harmless.padded(to: width) + figures, note, indent: 2)
        } else {
          lines += wrap(Words(row.title)) + noted(figures, note, indent: 2)
        }
      }
    }
  }

  private mutating func add(_ chart: ChangeChart) {
    let rows = chart.rows
    let label = rows.map { $0.title.harmless.columns }.max() ?? 0
    // What is found beyond chance fits behind it on 80 columns.
    let track = 19
    let numbers = rows.map { row in row.values.map { decimal($0) }.joined(separator: " → ") }
    let widths = (numbers.map(\.columns).max() ?? 0, rows.map(\.change.columns).max() ?? 0)
    let width = widths.0 + 1 + widths.1
    let drawn = !style.accessible && label + 2 + track + 1 + width <= style.width
    if drawn {
      let ends =
        ["○ \(chart.times.first ?? "")", "● \(chart.times.last ?? "")"]
        + (chart.times.count > 2 ? ["• between"] : [])
      lines += wrap(Words("\(ends.joined(separator: "   "))   of 100; right of │ is \(chart.above)", .faint))
      let sides = String(repeating: " ", count: label + 2) + "inside   │  outside".padded(to: track + 1)
      lines.append(painted((sides + (chart.since ?? "").padded(to: width, .right)).trimmedEnd, .faint))
    } else if let since = chart.since {
      lines += wrap(Words("Changes are \(since).", .faint))
    }
    for (row, numbers) in zip(rows, numbers) {
      let (title, note) = (row.title.harmless, row.note.harmless)
      let figures = numbers.padded(to: widths.0, .right) + " " + row.change.padded(to: widths.1, .right)
      if style.accessible {
        let values = row.values.map { decimal($0) }.joined(separator: " to ")
        let parts = ["from \(values)", row.change, note].filter { !$0.isEmpty }
        lines += wrap(Words("\(title): \(parts.joined(separator: ", "))."), rest: "  ")
      } else if drawn {
        let text = title.padded(to: label + 2) + self.track(row, cells: track) + " " + figures
        let marked = note.isEmpty ? text : text + " " + note
        lines +=
          label + 2 + track + 1 + width + 1 + note.columns <= style.width
          ? [marked.trimmedEnd] : noted(text, note, indent: label + 2)
      } else if title.columns + 2 + width <= style.width {
        let text = title.padded(to: min(label, style.width - width - 2)) + "  " + figures
        lines += noted(text, note, indent: 2)
      } else {
        lines += wrap(Words(title)) + noted("  " + figures, note, indent: 2)
      }
    }
  }

  /// `····○━━━●··│······`: where it was first, and where it is now; stops between are dots.
  private func track(_ row: ChangeRow, cells: Int) -> String {
    func place(_ value: Double) -> Int { Int((min(100, max(0, value)) / 100 * Double(cells - 1)).rounded()) }
    guard let first = row.values.first.map(place), let last = row.values.last.map(place) else { return "" }
    let stops = Set(row.values.dropFirst().dropLast().map(place))
    let middle = place(row.cut)
    var text = ""
    for cell in 0..<cells {
      let mark =
        cell == last
        ? "●"
        : cell == first
          ? "○"
          : stops.contains(cell)
            ? "•"
            : (min(first, last)...max(first, last)).contains(cell) ? "─" : cell == middle ? "│" : "·"
      text += mark
    }
    return painted(text, row.emphasis)
  }

  private mutating func add(_ rows: [HistogramRow]) {
    let label = rows.map(\.key.columns).max() ?? 1
    let most = rows.map(\.count).max() ?? 0
    // Three cells for a vote, as long as they fit.
    let room = max(8, style.width - label - 12)
    let cells = most * 3 <= room ? 3.0 : Double(room) / Double(most)
    for row in rows {
      let note = row.note.harmless
      if style.accessible {
        let words = "\(row.key): \(counted(row.count, "vote", "votes"))\(note.isEmpty ? "" : ", \(note)")"
        lines += wrap(Words(words), rest: "  ")
        continue
      }
      let bar = String(repeating: "█", count: Int((Double(row.count) * cells).rounded()))
      let text =
        "  " + row.key.padded(to: label, .right) + "  "
        + (bar.isEmpty ? "" : painted(bar, .strong) + "  ") + "\(row.count)"
      lines += noted(text, note, indent: label + 4)
    }
  }

  /// A line with a note behind it, or under it where it does not fit.
  private func noted(_ text: String, _ note: String, indent: Int) -> [String] {
    if note.isEmpty { return [text.trimmedEnd] }
    let stripped = text.trimmedEnd
    let visible = uncolored(stripped).columns
    if visible + 2 + note.columns <= style.width { return [stripped + "  " + note] }
    let blanks = String(repeating: " ", count: indent)
    return [stripped] + wrap(Words(note), first: blanks, rest: blanks)
  }

  /// A bar of so many cells with the cut marked in its middle.
  private func bar(_ row: ProfileRow, cells: Int) -> String {
    let half = cells / 2
    let filled = row.score.map { Int(($0 / 100 * Double(cells - 1)).rounded()) } ?? 0
    var text = ""
    for cell in 0..<(cells - 1) {
      if cell == half { text += "│" }
      text += cell < filled ? "█" : "·"
    }
    guard let score = row.score else { return text }
    return painted(text, score > row.cut ? .good : .bad)
  }

  private func uncolored(_ text: String) -> String {
    text.replacing(/\u{1B}\[[0-9]*m/, with: "")
  }
}

extension String {
  fileprivate var trimmedEnd: String {
    var end = endIndex
    while end > startIndex, self[index(before: end)] == " " { end = index(before: end) }
    return String(self[..<end])
  }
}
