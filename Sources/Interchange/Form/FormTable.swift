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
    package let all: [Problem]
  }

  package struct Problem: Hashable, Sendable {
    /// As a spreadsheet numbers it; nil where it is about a column.
    package let row: Int?
    /// As a spreadsheet names it; nil where it is about a row.
    package let column: String?
    package let message: String

    /// `row 4, column G`
    package var place: String {
      [row.map { "row \($0)" }, column.map { "column \($0)" }].compactMap { $0 }.joined(separator: ", ")
    }
  }

  private static let mostColumns = 1000

  /// Whether a file looks like a form's table rather than a row for each answer.
  package static func looksLikeForm(_ bytes: [UInt8], _ questionnaire: Questionnaire) -> Bool {
    guard let table = try? CSV.read(bytes), let header = table.rows.first?.cells else { return false }
    if header.contains(where: { $0.nameKey == "item" }) { return false }
    let columns = FormColumns(header, questionnaire)
    return columns.kinds.contains { if case .item = $0 { true } else { false } }
  }

  /// Reads a table whole.
  package static func read(_ bytes: [UInt8], _ questionnaire: Questionnaire) throws(Problems) -> FormTable {
    let table: CSV.Rows
    do throws(CSV.Problem) {
      table = try CSV.read(bytes)
    } catch {
      throw Problems(all: [Problem(row: error.line, column: error.column, message: error.message)])
    }
    guard let header = table.rows.first else {
      throw Problems(all: [Problem(row: 1, column: nil, message: "the file is empty")])
    }
    guard header.cells.count <= mostColumns else {
      throw Problems(all: [
        Problem(
          row: 1, column: nil,
          message: "\(header.cells.count) columns; a form's table has at most \(mostColumns)")
      ])
    }
    let rows = zip(table.numbers, table.rows).dropFirst().map { FormRow(number: $0, cells: $1.cells) }
    let columns = FormColumns(header.cells, questionnaire)
    var problems = columns.problems(rows)
    var people: [Person] = []
    var doubled: [Int] = []
    var unanswered: [Int] = []
    /// What tells two submissions apart, where the service says so.
    var submissions: [[String]: Int] = [:]
    var readers = columns.kinds.map { kind in
      if case .item(let item) = kind {
        FormAnswers(to: item, columns.group, questionnaire)
      } else {
        nil as FormAnswers?
      }
    }
    for row in rows {
      guard row.cells.count == header.cells.count else {
        problems.append(
          Problem(
            row: row.number, column: nil,
            message: row.cells.count < header.cells.count
              ? "the row ends before its last column, as if the file was cut off here"
              : "\(row.cells.count) cells, and the header has \(header.cells.count)"))
        continue
      }
      var answers: [String: Response.Answer] = [:]
      for (place, kind) in columns.kinds.enumerated() {
        guard case .item(let item) = kind else { continue }
        switch readers[place]?.read(row.cell(place)) {
        case FormAnswer.none?, nil: break
        case .answer(let answer): answers[item.id] = answer
        case .problem(let message):
          problems.append(Problem(row: row.number, column: columnLetter(place), message: message))
        }
      }
      if answers.isEmpty {
        unanswered.append(row.number)
        continue
      }
      let person = Person(
        row: row.number, name: columns.name(in: row), department: columns.department(in: row),
        answers: answers)
      for name in [person.name, person.department] {
        if let problem = Assessment.problem(withName: name) {
          problems.append(Problem(row: row.number, column: nil, message: problem))
        }
      }
      if let submission = columns.submission(in: row) {
        if submissions[submission + row.cells] != nil {
          doubled.append(row.number)
          continue
        }
        submissions[submission + row.cells] = row.number
      }
      people.append(person)
    }
    let isAnonymous = !columns.hasNames(rows)
    if !isAnonymous { problems += namesProblems(&people, &doubled, columns.nameLetter) }
    if problems.isEmpty, people.isEmpty {
      problems.append(
        Problem(row: nil, column: nil, message: "there is no answer to any question under the header"))
    }
    if !problems.isEmpty {
      throw Problems(
        all: problems.sorted {
          ($0.row ?? 0, $0.column?.count ?? 0, $0.column ?? "") < (
            $1.row ?? 0, $1.column?.count ?? 0, $1.column ?? ""
          )
        })
    }
    return FormTable(
      group: columns.group, people: people, columns: columns.itemColumns, leftOut: columns.leftOut,
      doubled: doubled, unanswered: unanswered, isAnonymous: isAnonymous, digest: columns.digest)
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
