import AssessmentModel

/// What the rows of a form's table say, with all that is wrong with them; whose they are is looked at afterwards.
struct FormScan {
  let columns: FormColumns
  /// Those that answered something, each with its row.
  var people: [FormTable.Person] = []
  /// The rows they are in.
  private(set) var rows: [FormRow] = []
  /// Rows that say once more what another one says.
  var doubled: [Int] = []
  /// Rows without an answer to any question.
  private(set) var unanswered: [Int] = []
  var problems: [FormTable.Problem] = []
  /// Whether no names are in it.
  let isAnonymous: Bool

  private static let mostColumns = 1000

  init(_ bytes: [UInt8], _ questionnaire: Questionnaire) throws(FormTable.Problems) {
    let table: CSV.Rows
    do throws(CSV.Problem) {
      table = try CSV.read(bytes)
    } catch {
      throw FormTable.Problems([
        FormTable.Problem(row: error.line, column: error.column, message: error.message)
      ])
    }
    guard let header = table.rows.first else {
      throw FormTable.Problems([FormTable.Problem(row: 1, column: nil, message: "the file is empty")])
    }
    guard header.cells.count <= Self.mostColumns else {
      throw FormTable.Problems([
        FormTable.Problem(
          row: 1, column: nil,
          message: "\(header.cells.count) columns; a form's table has at most \(Self.mostColumns)")
      ])
    }
    columns = FormColumns(header.cells, questionnaire)
    var all = zip(table.numbers, table.rows).dropFirst().map { FormRow(number: $0, cells: $1.cells) }
    if let first = all.first, columns.isSecondHeader(first) { all.removeFirst() }
    let figures = FormFigures(all, columns)
    problems = columns.problems(all) + figures.problems
    isAnonymous = !columns.hasNames(all)
    /// What tells two submissions apart, where the service says so.
    var submissions: [[String]: Int] = [:]
    var readers = columns.kinds.map { kind in
      if case .item(let item) = kind {
        FormAnswers(to: item, columns.group, questionnaire)
      } else {
        nil as FormAnswers?
      }
    }
    for row in all {
      guard row.cells.count == header.cells.count else {
        problems.append(
          FormTable.Problem(
            row: row.number, column: nil,
            message: row.cells.count < header.cells.count
              ? "the row ends before its last column, as if the file was cut off here"
              : "\(row.cells.count) cells, and the header has \(header.cells.count)"))
        continue
      }
      var answers: [String: Response.Answer] = [:]
      for (place, kind) in columns.kinds.enumerated() {
        guard case .item(let item) = kind else { continue }
        if figures.isUnclear(place), FormFigures.figure(row.cell(place)) != nil { continue }
        switch readers[place]?.read(row.cell(place)) {
        case FormAnswer.none?, nil: break
        case .answer(let answer): answers[item.id] = answer
        case .problem(let message):
          problems.append(
            FormTable.Problem(row: row.number, column: columnLetter(place), message: message))
        }
      }
      if answers.isEmpty {
        unanswered.append(row.number)
        continue
      }
      let person = FormTable.Person(
        row: row.number, name: columns.name(in: row), department: columns.department(in: row),
        answers: answers)
      for name in [person.name, person.department] {
        if let problem = Assessment.problem(withName: name) {
          problems.append(FormTable.Problem(row: row.number, column: nil, message: problem))
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
      rows.append(row)
    }
  }
}
