import AssessmentModel

/// A table from anywhere, read as documents.
extension AssessmentCSV {
  /// Columns beside these that an import reads: who somebody is over time, and what tells many assessments apart.
  static let moreColumns = [
    "person", "assessment", "organization", "organisation", "team", "startedAt", "finishedAt",
  ]

  package struct Table {
    package let document: JSONValue
    /// The line that each response came from, from 1, and the one where each rater came first.
    package let lines: [Int]
    package let raterLines: [Int]
    /// Columns that mean nothing here and were left out, as they are named there.
    package let leftOut: [String]
  }

  /// All that is wrong with a table; nothing of it is taken before it is right.
  package struct Problems: Error, Hashable, Sendable {
    /// By lines, one at least.
    package let all: [CSV.Problem]
  }

  /// What a table does not say of itself.
  package struct Defaults {
    let questionnaire: Questionnaire
    let organization: String
    let team: String
    let scope: Assessment.Scope?
    let date: Timestamp?
    let needsDate: Bool
    let today: Day

    /// - Parameters:
    ///   - scope: the short one where it is nil and the table has nothing but its questions.
    ///   - date: when the answers were given, where the table does not say.
    ///   - needsDate: whether an assessment is made of it, which is never dated by the day it is read on.
    ///   - today: what a day without a year is near to.
    package init(
      questionnaire: Questionnaire, organization: String, team: String, scope: Assessment.Scope? = nil,
      date: Timestamp? = nil, needsDate: Bool = true, today: Day
    ) {
      self.questionnaire = questionnaire
      self.organization = organization
      self.team = team
      self.scope = scope
      self.date = date
      self.needsDate = needsDate
      self.today = today
    }
  }

  /// Reads a table as assessment documents, so that it passes the same checks: one, or one for each name in the column
  /// `assessment`. Only `item` and `value` (or `state`) are needed; people are told apart by the column `rater`.
  package static func documents(_ bytes: [UInt8], _ defaults: Defaults) throws(Problems) -> [Table] {
    var problems: [CSV.Problem] = []
    var tables: [Table] = []
    do throws(CSV.Problem) {
      let table = try CSV.read(bytes)
      guard let header = table.rows.first else { throw CSV.Problem(line: 1, message: "the file is empty") }
      let (names, leftOut) = try columns(header.cells, line: header.line)
      let groups = try groups(Array(table.rows.dropFirst()), names, header: header.line, &problems)
      for (place, group) in groups.enumerated() {
        let one = document(
          group.rows, called: group.name, isOfMany: groups.count > 1, names, header: header.line,
          decimals: table.decimals,
          // What is left out is told once.
          leftOut: place == 0 ? leftOut : [], defaults, &problems)
        if let one { tables.append(one) }
      }
    } catch {
      problems.append(error)
    }
    if !problems.isEmpty {
      throw Problems(
        all: problems.enumerated().sorted { ($0.element.line, $0.offset) < ($1.element.line, $1.offset) }
          .map(\.element))
    }
    return tables
  }

  /// Rows by the name in the column `assessment`; all of them where there is none.
  private static func groups(
    _ rows: [Row], _ names: [String?], header: Int, _ problems: inout [CSV.Problem]
  ) throws(CSV.Problem) -> [(name: String?, rows: [Row])] {
    if rows.isEmpty { throw CSV.Problem(line: header, message: "there is no answer under the header") }
    var groups: [(name: String?, rows: [Row])] = [(nil, rows)]
    if let place = names.firstIndex(of: "assessment") {
      groups = []
      // There may be thousands.
      var known: [String: Int] = [:]
      for row in rows {
        let name = CSV.unguarded(row.cells.cell(place)).trimmed
        if name.isEmpty {
          problems.append(
            CSV.Problem(
              line: row.line, column: "assessment",
              message: "this row says no assessment, and the column has to"))
          continue
        }
        let key = name.nameKey
        if let group = known[key] {
          groups[group].rows.append(row)
        } else {
          known[key] = groups.count
          groups.append((name, [row]))
        }
      }
    }
    return groups
  }

  private static func document(
    _ rows: [Row], called label: String?, isOfMany: Bool, _ names: [String?], header: Int,
    decimals: FigureReading.DecimalSign?, leftOut: [String], _ defaults: Defaults,
    _ problems: inout [CSV.Problem]
  ) -> Table? {
    var mine: [CSV.Problem] = []
    do throws(CSV.Problem) {
      let table = try document(
        rows, called: label, isOfMany: isOfMany, names, header: header, decimals: decimals, leftOut: leftOut,
        defaults, rowProblems: &mine)
      if mine.isEmpty { return table }
    } catch {
      mine.append(error)
    }
    problems += mine
    return nil
  }

  private static func document(
    _ rows: [Row], called label: String?, isOfMany: Bool, _ names: [String?], header: Int,
    decimals: FigureReading.DecimalSign?, leftOut: [String], _ defaults: Defaults,
    rowProblems: inout [CSV.Problem]
  ) throws(CSV.Problem) -> Table {
    let questionnaire = defaults.questionnaire
    let owners = try Owners(rows, names, defaults)
    // Among many it would be an organisation without a name.
    if isOfMany, owners.organization.isEmpty, let first = rows.first {
      throw CSV.Problem(
        line: first.line, column: names.contains("organization") ? "organization" : nil,
        message:
          "nothing says whose this is; a table of many needs the column organization, filled in each row or at least once an assessment"
      )
    }
    // A cell that a spreadsheet had merged with the one above is empty here.
    if let place = names.firstIndex(of: "rater") ?? names.firstIndex(of: "person") {
      // What a team says of itself has no rater.
      let asked = rows.filter { row in
        let id = names.firstIndex(of: "item").map { row.cells.cell($0).trimmed.lowercased() }
        return id.flatMap { questionnaire.item($0) }?.record == nil
      }
      let (named, unnamed) = (
        asked.filter { $0.cells.cell(place) != "" }, asked.filter { $0.cells.cell(place) == "" }
      )
      if let first = unnamed.first, !named.isEmpty {
        throw CSV.Problem(
          line: first.line, column: "rater",
          message: "this row says nobody's name, and others do; fill the cell")
      }
    }
    var answers = Answers(to: questionnaire, in: names, decimals: decimals)
    for row in rows {
      do throws(CSV.Problem) {
        try answers.read(row)
      } catch {
        rowProblems.append(error)
      }
    }
    // What follows would be said of what is missing only for these.
    if let first = rowProblems.popLast() { throw first }
    let started = owners.startedAt ?? answers.times.min() ?? defaults.date ?? owners.finishedAt
    guard started != nil || !defaults.needsDate else {
      throw CSV.Problem(
        line: isOfMany ? rows[0].line : header, column: isOfMany ? "finishedAt" : nil,
        message:
          "nothing says when \(isOfMany ? "the answers of \"\(label ?? "")\"" : "these answers") were given, and they are not dated today: add a "
          + "column finishedAt with days such as 2026-03-19 (startedAt alone leaves them open), or give --date 2026-03-19"
      )
    }
    if let started, let finished = owners.finishedAt, finished < started {
      throw CSV.Problem(
        line: rows[0].line, column: "finishedAt",
        message: "\(finished.day) lies before the start, \(started.day)")
    }
    var object: [String: JSONValue] = [
      "schema": .string(AssessmentDocument.schema),
      "questionnaire": .object([
        "id": .string(questionnaire.id), "version": .string(questionnaire.version.description),
      ]),
      "organization": .string(owners.organization), "team": .string(owners.team),
      "startedAt": JSONValue(started?.rfc3339), "finishedAt": JSONValue(owners.finishedAt?.rfc3339),
      "scope": .string((defaults.scope ?? Self.scope(of: answers.responses, questionnaire)).rawValue),
      "raters": .array(
        answers.raters.enumerated().map { index, rater in
          .object(
            rater.mapValues { .string($0) }.merging([
              "id": .string("r\(index + 1)"), "label": .bool(!(rater["name"] ?? "").isEmpty),
            ]) { $1 })
        }),
      "responses": .array(answers.responses),
    ]
    object["id"] = label.map { .string(Self.id($0)) }
    return Table(
      document: .object(object), lines: answers.lines, raterLines: answers.raterLines, leftOut: leftOut)
  }

  static func scope(of responses: [JSONValue], _ questionnaire: Questionnaire) -> Assessment.Scope {
    let isCore = responses.allSatisfy { response in
      guard case .object(let object) = response, case .string(let id)? = object["item"] else { return false }
      return questionnaire.item(id)?.core == true || questionnaire.item(id)?.record != nil
    }
    return questionnaire.hasCore && isCore ? .core : .full
  }

  /// The columns by their names here, nil for those that mean nothing here, and these as they are named there. Case
  /// and blanks don't count; a name close to one of ours is taken for a slip and refused.
  private static func columns(
    _ cells: [String], line: Int
  ) throws(CSV.Problem) -> (names: [String?], leftOut: [String]) {
    func key(_ name: String) -> String { name.lowercased().filter { !$0.isWhitespace } }
    var names: [String?] = []
    var leftOut: [String] = []
    let columns = columns + moreColumns
    for cell in cells {
      guard let name = columns.first(where: { key($0) == key(cell) }) else {
        if key(cell) == "name" {
          throw CSV.Problem(
            line: line,
            message:
              "people are told apart by the column \"rater\"; call \"\(cell.trimmed)\" so, or leave it out")
        }
        let near = nearestName(to: key(cell), among: columns.map(key), within: key(cell).count < 8 ? 1 : 2)
        if let near, let meant = columns.first(where: { key($0) == near }) {
          throw CSV.Problem(
            line: line, message: "unknown column \"\(cell.trimmed)\"; did you mean \"\(meant)\"?")
        }
        names.append(nil)
        if !cell.trimmed.isEmpty { leftOut.append(cell.trimmed) }
        continue
      }
      if names.contains(name) {
        throw CSV.Problem(line: line, message: "the column \"\(name)\" stands here twice")
      }
      names.append(name)
    }
    if !names.contains("item") {
      throw CSV.Problem(
        line: line,
        message:
          "the column \"item\" is missing; a table has a row for each answer: item,rater,value and, below, "
          + "own-who,Ana,3")
    }
    return (names, leftOut)
  }
}
