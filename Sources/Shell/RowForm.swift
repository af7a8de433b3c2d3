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
  let columns: [RowColumn<Row>]

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
  /// What stands above the prompt.
  var legend: [Choice] = []
  /// Words that Tab offers.
  var words: [String] = []
  /// Whether it is asked at all, given what the row holds already.
  var isAsked: (Row) -> Bool = { _ in true }
  /// What the row holds, as it would be typed.
  let text: (Row) -> String
  /// Puts what was typed into the row, nothing for an empty line; what is wrong with it, if anything.
  let take: (inout Row, String) -> String?
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

  static func number(_ prompt: String, _ path: WritableKeyPath<Row, Double?>) -> RowField {
    RowField(
      prompt: prompt, text: { $0[keyPath: path].map(plain) ?? "" },
      take: { row, text in
        guard let number = decimalNumber(text) else {
          row[keyPath: path] = nil
          return text.isEmpty
            ? nil : "“\(text)” is no number such as 1200 or 4.5. An empty line leaves it out."
        }
        row[keyPath: path] = number
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
    let meaning: String
    let range: ClosedRange<Int>
    let path: WritableKeyPath<Row, Int?>

    init(_ meaning: String, _ range: ClosedRange<Int>, _ path: WritableKeyPath<Row, Int?>) {
      (self.meaning, self.range, self.path) = (meaning, range, path)
    }
  }

  /// Several whole numbers in one line, each within its range; `-` stands for one that nobody knows.
  static func figures(_ asked: [Figure], such example: String) -> RowField {
    RowField(
      prompt: "\(asked.count) figures, with blanks between them",
      legend: asked.map {
        Choice(key: "\($0.range.lowerBound) to \($0.range.upperBound)", text: $0.meaning)
      },
      text: { row in
        let known = asked.map { row[keyPath: $0.path].map(String.init) }
        return known.allSatisfy { $0 == nil } ? "" : known.map { $0 ?? "-" }.joined(separator: " ")
      },
      take: { row, text in
        if text.isEmpty {
          for figure in asked { row[keyPath: figure.path] = nil }
          return nil
        }
        let words = text.split { " ,;/".contains($0) }
        guard words.count == asked.count else {
          return "\(asked.count) figures in one line, please, such as \(example); - stands for one you don't "
            + "know. An empty line leaves all of them out."
        }
        let numbers = words.map { Int($0.hasPrefix("+") ? $0.dropFirst() : $0) }
        for (index, figure) in asked.enumerated() where words[index] != "-" {
          guard let number = numbers[index], figure.range.contains(number) else {
            return "“\(words[index])” can't be used here: \(figure.range.lowerBound) to "
              + "\(figure.range.upperBound), \(figure.meaning)."
          }
        }
        for (figure, number) in zip(asked, numbers) { row[keyPath: figure.path] = number }
        return nil
      })
  }
}

/// A number as people type it, with a point or a comma; none where a comma may part thousands.
func decimalNumber(_ text: String) -> Double? {
  if text.contains(/,[0-9]{3}($|[.,])/) { return nil }
  let number = Double(text.replacing(",", with: ".").replacing("−", with: "-"))
  return number.flatMap { $0.isFinite ? $0 : nil }
}

/// What can be done with the rows of a list, typed where a new one would begin.
enum RowCommand: Hashable {
  case edit(Int)
  case remove(Int)
  case move(Int, to: Int)
  /// The six factors of a moment.
  case factors(Int)
  /// A reading of a metric.
  case reading(Int, value: String, day: String?)

  /// - Parameter count: how many rows there are: without any, nothing is a command.
  init?(_ text: String, rows count: Int) {
    let words = text.lowercased().split(separator: " ").map(String.init)
    let numbers = words.dropFirst().map { Int($0) }
    guard count > 0 else { return nil }
    switch (words.first, numbers.count) {
    case (let word?, 0):
      // A number alone is a row to look at again.
      guard let number = Int(word) else { return nil }
      self = .edit(number)
    case ("edit", 1), ("e", 1):
      guard let number = numbers[0] else { return nil }
      self = .edit(number)
    case ("remove", 1), ("delete", 1):
      guard let number = numbers[0] else { return nil }
      self = .remove(number)
    case ("move", 2):
      guard let from = numbers[0], let to = numbers[1] else { return nil }
      self = .move(from, to: to)
    case ("move", 3) where words[2] == "to":
      guard let from = numbers[0], let to = numbers[2] else { return nil }
      self = .move(from, to: to)
    case ("factors", 1):
      guard let number = numbers[0] else { return nil }
      self = .factors(number)
    case ("reading", 2), ("reading", 3):
      guard let number = numbers[0] else { return nil }
      self = .reading(number, value: words[2], day: words.count == 4 ? words[3] : nil)
    default: return nil
    }
  }

  /// The rows it is about, counted from 1.
  var numbers: [Int] {
    switch self {
    case .edit(let number), .remove(let number), .factors(let number), .reading(let number, _, _): [number]
    case .move(let from, let to): [from, to]
    }
  }
}
