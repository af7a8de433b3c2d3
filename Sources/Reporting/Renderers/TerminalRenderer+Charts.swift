/// Bars and tracks, drawn where there is room and said in words where there is none.
extension TerminalRenderer {
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

  mutating func add(_ chart: ChangeChart) {
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

  mutating func add(_ rows: [HistogramRow]) {
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
