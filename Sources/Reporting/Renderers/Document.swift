/// What a screen, a file or a page says, before it is decided how it looks. Every text in it is
/// foreign: the renderers make it harmless.
package typealias Document = [Block]

package enum Block: Hashable, Sendable {
  case heading(Int, String)
  case paragraph(Words)
  case bullets([Words])
  case numbered([Words])
  case table(Table)
  case profile([ProfileRow])
  /// From where to where something moved between 0 and 100.
  case changes(ChangeChart)
  /// How many said what, with a bar for each.
  case histogram([HistogramRow])
  /// What can be chosen, each with its key.
  case options([Choice])
  case chart(Chart)
  /// What belongs together on paper.
  case group(Group, Document)
  /// Short pieces beside one another: where one is, what can be typed.
  case strip([String])
  case gap
}

/// What belongs together, and how it stands on a page.
package enum Group: String, Hashable, Sendable {
  /// One thing that somebody has promised.
  case promise
  /// What is not torn apart where a page ends.
  case kept
  /// Several things beside each other where there is room.
  case beside
  /// What everybody reads first, also from afar.
  case lead
  /// What is cut apart.
  case cards
  /// A sheet of paper of its own.
  case sheet
}

/// Text in runs of one emphasis.
package struct Words: Hashable, Sendable, ExpressibleByStringInterpolation {
  package enum Emphasis: Hashable, Sendable {
    case plain, strong, faint, good, bad
    /// What is typed, letter by letter.
    case code
  }

  package struct Run: Hashable, Sendable {
    package let text: String
    package let emphasis: Emphasis
  }

  package var runs: [Run]

  package init(_ text: String, _ emphasis: Emphasis = .plain) {
    runs = [Run(text: text, emphasis: emphasis)]
  }

  package init(stringLiteral value: String) { self.init(value) }

  package var text: String { runs.map(\.text).joined() }

  package static func + (left: Words, right: Words) -> Words {
    var sum = left
    sum.runs += right.runs
    return sum
  }
}

package struct Table: Hashable, Sendable {
  package enum Alignment: Hashable, Sendable {
    case left, right
  }

  package struct Column: Hashable, Sendable {
    package let title: String
    package let alignment: Alignment

    package init(_ title: String, _ alignment: Alignment = .left) {
      self.title = title
      self.alignment = alignment
    }
  }

  package let columns: [Column]
  package let rows: [[String]]

  package init(_ columns: [Column], rows: [[String]]) {
    self.columns = columns
    self.rows = rows
  }

  /// Without the columns that hold nothing in any row.
  package var filled: Table {
    let kept = columns.indices.filter { column in rows.contains { !["", "–"].contains($0[column]) } }
    return Table(kept.map { columns[$0] }, rows: rows.map { row in kept.map { row[$0] } })
  }
}

/// One area of the profile: a bar from Inside-Out to Outside-In.
package struct ProfileRow: Hashable, Sendable {
  package let title: String
  /// 0 to 100; nil where it is not scored.
  package let score: Double?
  package let cut: Double
  package let step: Int?
  package let note: String
}

/// From where to where areas moved, each on a line of its own.
package struct ChangeChart: Hashable, Sendable {
  /// When it was, the earliest first; two or more.
  package let times: [String]
  package let rows: [ChangeRow]
  /// What lies above the cut.
  package let above: String

  /// What the changes are counted from, where that is not the first.
  var since: String? { times.count > 2 ? "since \(times[times.count - 2])" : nil }

  /// All of it as figures.
  var table: Table {
    Table(
      [.init("Area")] + times.map { .init($0, .right) } + [
        .init("Change" + (since.map { " " + $0 } ?? ""), .right), .init("More than chance?"),
      ],
      rows: rows.map { row in [row.title] + row.values.map { decimal($0) } + [row.change, row.note] })
  }

  package init(times: [String], rows: [ChangeRow], above: String) {
    self.times = times
    self.rows = rows
    self.above = above
  }
}

/// One row of a chart of changes.
package struct ChangeRow: Hashable, Sendable {
  package let title: String
  /// 0 to 100, the earliest first; two or more.
  package let values: [Double]
  package let cut: Double
  /// The last value less the one before, `+18`.
  package let change: String
  package let note: String
  /// How what it came to is painted.
  package let emphasis: Words.Emphasis

  package init(
    title: String, values: [Double], cut: Double, change: String, note: String,
    emphasis: Words.Emphasis = .plain
  ) {
    self.title = title
    self.values = values
    self.cut = cut
    self.change = change
    self.note = note
    self.emphasis = emphasis
  }
}

/// One answer of a histogram.
package struct HistogramRow: Hashable, Sendable {
  package let key: String
  package let count: Int
  /// Who stands behind it, where that may be said.
  package let note: String

  package init(key: String, count: Int, note: String = "") {
    self.key = key
    self.count = count
    self.note = note
  }
}

/// One thing to choose, `2  We survey on a schedule …`.
package struct Choice: Hashable, Sendable {
  package let key: String
  package let text: String
  package let isChosen: Bool
  /// What is said of the one that is chosen.
  package let mark: String

  package init(key: String, text: String, isChosen: Bool = false, mark: String = "yours") {
    self.key = key
    self.text = text
    self.isChosen = isChosen
    self.mark = mark
  }
}
