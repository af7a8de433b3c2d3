import AssessmentModel

/// The table that a web form's service writes: a row for each person, a column for each question.
package struct FormTable: Hashable, Sendable {
  /// One row.
  package struct Person: Hashable, Sendable {
    /// As a spreadsheet numbers it, from 1.
    package let row: Int
    /// Empty where the form asks nobody's name.
    package let name: String
    package let department: String
    /// By item.
    package let answers: [String: Response.Answer]
  }

  /// Where a question stands.
  package struct Column: Hashable, Sendable {
    /// `G`, as a spreadsheet names it.
    package let letter: String
    package let item: String
  }

  /// Who was asked: customers read the questions in their own words.
  package let group: Rater.Group
  package let people: [Person]
  /// The questions' columns, in their order.
  package let columns: [Column]
  /// Columns that mean nothing here, by their titles.
  package let leftOut: [String]
  /// Rows that say once more what another one says.
  package let doubled: [Int]
  /// Rows without an answer to any question.
  package let unanswered: [Int]
  /// Whether no names are in it, so that it is counted.
  package let isAnonymous: Bool
  /// The same form exported again has the same.
  package let digest: String

  package func letter(of item: String) -> String { columns.first { $0.item == item }?.letter ?? "?" }

  /// What is wrong with a table, all of it; nothing is taken before it is right.
  package struct Problems: Error, Hashable, Sendable {
    /// By rows.
    package let all: [Problem]

    init(_ problems: [Problem]) {
      all = problems.sorted {
        ($0.row ?? 0, $0.column?.count ?? 0, $0.column ?? "") < (
          $1.row ?? 0, $1.column?.count ?? 0, $1.column ?? ""
        )
      }
    }

    /// Each with its place; what is wrong in the same way in many rows of a column stands there once, with the first row and how many
    /// there are.
    package var told: [String] {
      let count = Dictionary(grouping: all) { [$0.column, $0.message] }.mapValues(\.count)
      var seen: Set<[String?]> = []
      return all.compactMap { problem in
        let kind = [problem.column, problem.message]
        let many = count[kind] ?? 1
        if many > Self.mostAlike, !seen.insert(kind).inserted { return nil }
        return (problem.place.isEmpty ? "" : problem.place + ": ")
          + sentence(problem.message + (many > Self.mostAlike ? "; so in \(many) rows" : ""))
      }
    }

    private static let mostAlike = 3
  }

  package struct Problem: Hashable, Sendable {
    /// As a spreadsheet numbers it; nil where it is about a column.
    package let row: Int?
    /// As a spreadsheet names it; nil where it is about a row.
    package let column: String?
    package let message: String

    static let nothingAnswered = Problem(
      row: nil, column: nil, message: "there is no answer to any question under the header")

    /// `row 4, column G`
    package var place: String {
      [row.map { "row \($0)" }, column.map { "column \($0)" }].compactMap { $0 }.joined(separator: ", ")
    }
  }

  /// The titles alone, since tables may be long.
  private static func header(_ bytes: [UInt8]) -> [String]? {
    try? CSV.read(bytes, most: 1).rows.first?.cells
  }

  /// Whether a file looks like a form's table rather than a row for each answer.
  package static func looksLikeForm(_ bytes: [UInt8], _ questionnaire: Questionnaire) -> Bool {
    guard let header = header(bytes) else { return false }
    if header.contains(where: { $0.nameKey == "item" }) { return false }
    let columns = FormColumns(header, questionnaire)
    return columns.kinds.contains { if case .item = $0 { true } else { false } }
  }

  /// How many of a questionnaire's questions it has a column for.
  package static func questions(_ bytes: [UInt8], _ questionnaire: Questionnaire) -> Int {
    guard let header = header(bytes) else { return 0 }
    return FormColumns(header, questionnaire).itemColumns.count
  }

  /// Whether each of its rows says whose it is, so that it is of many assessments.
  package static func isOfMany(_ bytes: [UInt8], _ questionnaire: Questionnaire) -> Bool {
    guard let header = header(bytes) else { return false }
    return FormColumns(header, questionnaire).isOfMany
  }

  /// Reads a table whole.
  package static func read(_ bytes: [UInt8], _ questionnaire: Questionnaire) throws(Problems) -> FormTable {
    var scan = try FormScan(bytes, questionnaire)
    let columns = scan.columns
    if !scan.isAnonymous {
      scan.problems += namesProblems(&scan.people, &scan.doubled, columns.nameLetter)
    }
    if scan.problems.isEmpty, scan.people.isEmpty { scan.problems.append(.nothingAnswered) }
    if !scan.problems.isEmpty { throw Problems(scan.problems) }
    return FormTable(
      group: columns.group, people: scan.people, columns: columns.itemColumns, leftOut: columns.leftOut(),
      doubled: scan.doubled, unanswered: scan.unanswered, isAnonymous: scan.isAnonymous,
      digest: columns.digest)
  }

  /// Somebody who stands there twice: once is enough where both say the same.
  private static func namesProblems(
    _ people: inout [Person], _ doubled: inout [Int], _ column: String?
  ) -> [Problem] {
    var problems: [Problem] = []
    var kept: [Person] = []
    for person in people {
      if person.name.isEmpty {
        problems.append(
          Problem(
            row: person.row, column: column,
            message: "this row says nobody's name, and others do; fill the cell, or take the row out"))
        continue
      }
      guard let before = kept.first(where: { $0.name.nameKey == person.name.nameKey }) else {
        kept.append(person)
        continue
      }
      if before.answers == person.answers, before.department.nameKey == person.department.nameKey {
        doubled.append(person.row)
      } else {
        problems.append(
          Problem(
            row: person.row, column: column,
            message:
              "\(person.name) stands in row \(before.row), too, with other answers: keep one of the two, or give two "
              + "people two names"))
      }
    }
    people = kept
    return problems
  }
}

/// A row of cells with its number.
struct FormRow {
  let number: Int
  let cells: [String]

  /// What is in a cell, blanks around it apart.
  func cell(_ place: Int) -> String { CSV.unguarded(cells.cell(place)).trimmed }
}

/// `A` to `Z`, `AA` and on.
func columnLetter(_ place: Int) -> String {
  let letter = String(UnicodeScalar(UInt8(65 + place % 26)))
  return place < 26 ? letter : columnLetter(place / 26 - 1) + letter
}
