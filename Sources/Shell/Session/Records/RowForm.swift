import AssessmentModel
import Reporting

/// How the rows of a list are entered, shown and changed.
struct RowForm<Row> {
  /// What is asked to begin a row.
  let prompt: String
  let title: WritableKeyPath<Row, String>
  let begin: (String) -> Row
  /// The rows of a stored value, and the value that holds rows.
  let rows: (Value?) -> [Row]
  let value: ([Row]) -> Value
  /// Asked for every row; `later` only when a row is opened again.
  let fields: [RowField<Row>]
  var later: [RowField<Row>] = []
  /// What is said of a row when it is kept.
  var remark: (Row) -> String? = { _ in nil }
  let columns: [RowColumn<Row>]
  /// What stands above the first row: rows that can be taken ready made.
  var offers: () -> Document = { [] }
  /// A line that asks for rows ready made, or takes one of them.
  var offer: (String) -> Offered<Row>? = { _ in nil }

  /// The rows with their numbers, without the columns that nobody has filled.
  func table(_ rows: [Row]) -> Table {
    let filled = columns.filter { column in rows.contains { !column.cell($0).isEmpty } }
    return Table(
      [Table.Column("", .right)] + filled.map { Table.Column($0.title, $0.alignment) },
      rows: rows.enumerated().map { index, row in ["\(index + 1)"] + filled.map { $0.cell(row) } })
  }
}

struct RowColumn<Row> {
  let title: String
  let alignment: Table.Alignment
  let cell: (Row) -> String

  init(_ title: String, _ alignment: Table.Alignment = .left, _ cell: @escaping (Row) -> String) {
    self.title = title
    self.alignment = alignment
    self.cell = cell
  }
}

/// One thing asked of a row.
struct RowField<Row> {
  let prompt: String
  /// Words that Tab offers.
  var words: [String] = []
  /// Commands that mean something of their own here.
  var own: Set<String> = []
  /// Whether it is asked at all, given what the row holds already.
  var isAsked: (Row) -> Bool = { _ in true }
  /// What the row holds, as it would be typed.
  let text: (Row) -> String
  /// Puts what was typed into the row, nothing for an empty line; what is wrong with it, if anything.
  let take: (inout Row, String) -> String?
  /// How many fields a line answers: this one, and those behind it.
  var answers: (String) -> Int = { _ in 1 }
}

extension RowField {
  static func words(_ prompt: String, _ path: WritableKeyPath<Row, String?>) -> RowField {
    RowField(
      prompt: prompt, text: { $0[keyPath: path] ?? "" },
      take: { row, text in
        row[keyPath: path] = text.isEmpty ? nil : text
        return nil
      })
  }

  /// - Parameter unit: where the figure's unit stands, which a unit that is typed has to be, or becomes.
  static func number(
    _ prompt: String, _ path: WritableKeyPath<Row, Double?>, unit: WritableKeyPath<Row, String?>
  ) -> RowField {
    RowField(
      prompt: prompt, text: { $0[keyPath: path].map(plain) ?? "" },
      take: { row, text in
        if text.isEmpty {
          row[keyPath: path] = nil
          return nil
        }
        let reading = FigureReading(text, unit: row[keyPath: unit])
        guard case .figure(let value, let typed) = reading else { return reading.problem(with: text) }
        row[keyPath: path] = value
        if let typed { row[keyPath: unit] = typed }
        return nil
      })
  }

  /// One of a few words, by any beginning of it.
  static func choice<Word: RawRepresentable<String> & CaseIterable>(
    _ prompt: String, _ path: WritableKeyPath<Row, Word?>
  ) -> RowField {
    let names = Word.allCases.map(\.rawValue)
    return RowField(
      prompt: "\(prompt): \(names.joined(separator: ", "))", words: names,
      text: { $0[keyPath: path]?.rawValue ?? "" },
      take: { row, text in
        let matches = Word.allCases.filter { $0.rawValue.hasPrefix(text.lowercased()) }
        if !text.isEmpty, matches.count != 1 {
          return "“\(text)” is none of \(names.joined(separator: ", ")). An empty line leaves it out."
        }
        row[keyPath: path] = text.isEmpty ? nil : matches.first
        return nil
      })
  }

  struct Figure {
    let question: String
    let range: ClosedRange<Int>
    let ends: String
    let path: WritableKeyPath<Row, Int?>

    /// - Parameter ends: what the ends of the range mean, the way it stands behind them.
    init(
      _ question: String, _ range: ClosedRange<Int>, _ ends: String, _ path: WritableKeyPath<Row, Int?>
    ) {
      (self.question, self.range, self.ends, self.path) = (question, range, ends, path)
    }

    var prompt: String { "\(question), \(ends)" }
    var inASentence: String { prompt.prefix(1).lowercased() + prompt.dropFirst() }
  }

  /// Whole numbers, each within its range, one after the other; whoever knows them types all that are
  /// left in one line. `dk` or `-` stands for one that nobody knows.
  static func figures(_ asked: [Figure]) -> [RowField] {
    // An empty line leaves out the one that is asked for, as `dk` does.
    func words(_ text: String) -> [Substring] {
      let words = text.lowercased().replacing("−", with: "-").split { " ;/".contains($0) }
        .map { $0.last == "," ? $0.dropLast() : $0 }
      return words.isEmpty ? ["-"] : words.map { $0 == "dk" ? "-" : $0 }
    }
    return asked.indices.map { index in
      let rest = asked[index...]
      let figure = asked[index]
      return RowField(
        prompt: figure.prompt, own: ["dk"],
        text: { $0[keyPath: figure.path].map(String.init) ?? "" },
        take: { row, text in
          let words = words(text)
          guard !words.contains(where: { $0.contains(where: \.isLetter) }) else {
            return "“\(text)” is no figure. First \(figure.inASentence); other words come after that."
          }
          // 4,5 can be two figures and a half.
          if let word = words.first(where: { $0.contains { ",.'’".contains($0) } }) {
            return "“\(word)” can't be used here: whole figures, with blanks between them, such as 5 6. "
              + "First \(figure.inASentence)."
          }
          guard [1, rest.count].contains(words.count) else {
            return "One figure, please, or all \(rest.count) that are left: \(figure.inASentence)."
          }
          for (figure, word) in zip(rest, words) where word != "-" {
            guard let number = Int(word), figure.range.contains(number) else {
              return "“\(word)” can't be used here: \(figure.inASentence)."
            }
          }
          for (figure, word) in zip(rest, words) { row[keyPath: figure.path] = Int(word) }
          return nil
        }, answers: { words($0).count })
    }
  }
}

/// What a line that asks for ready-made rows comes to.
enum Offered<Row> {
  /// What there is.
  case shown(Document)
  /// One was taken; what is told of it.
  case row(Row, told: Document)
}
