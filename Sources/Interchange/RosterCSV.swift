import AssessmentModel

/// Who is in the room, as a table: `name`, and if wanted `department`, `group`, `last` and `named`.
package enum RosterCSV {
  private static let columns = ["name", "department", "group", "last", "named"]

  /// Reads the people in their order; their ids are `r1` and on.
  package static func read(_ bytes: [UInt8]) throws(CSV.Problem) -> [Rater] {
    let table = try CSV.read(bytes)
    guard let header = table.rows.first else { throw CSV.Problem(line: 1, message: "the file is empty") }
    let names = header.cells.map { $0.nameKey }
    if !names.contains("name") {
      throw CSV.Problem(
        line: header.line,
        message: "there is no column \"name\"; a roster has \(columns.joined(separator: ", "))")
    }
    if let unknown = header.cells.first(where: { !$0.nameKey.isEmpty && !columns.contains($0.nameKey) }) {
      throw CSV.Problem(
        line: header.line, column: unknown,
        message: "a roster has no such column" + suggestion(for: unknown, among: columns))
    }
    var raters: [Rater] = []
    for row in table.rows.dropFirst() {
      func cell(_ column: String) -> String { CSV.words(under: column, of: names, in: row.cells) }
      func isMarked(_ column: String) throws(CSV.Problem) -> Bool {
        switch cell(column).lowercased() {
        case "", "no", "n", "false", "0": return false
        case "yes", "y", "true", "1", "x": return true
        case let other:
          throw CSV.Problem(line: row.line, column: column, message: "\"\(other)\" is neither yes nor no")
        }
      }
      let group = cell("group").lowercased()
      guard group.isEmpty || Rater.Group(rawValue: group) != nil else {
        throw CSV.Problem(
          line: row.line, column: "group", message: "\"\(group)\" is neither staff nor customer")
      }
      let rater = Rater(
        id: "r\(raters.count + 1)", name: cell("name"), department: cell("department"),
        group: Rater.Group(rawValue: group) ?? .staff, last: try isMarked("last"),
        named: try isMarked("named"))
      if rater.name.isEmpty {
        throw CSV.Problem(line: row.line, column: "name", message: "the name is missing")
      }
      for name in [rater.name, rater.department] {
        if let problem = Assessment.problem(withName: name) {
          throw CSV.Problem(line: row.line, message: problem)
        }
      }
      if raters.contains(where: { $0.name.nameKey == rater.name.nameKey }) {
        throw CSV.Problem(
          line: row.line, column: "name",
          message: "\"\(rater.name)\" stands here twice; two people need two names")
      }
      raters.append(rater)
    }
    if raters.isEmpty { throw CSV.Problem(line: header.line, message: "there is nobody under the header") }
    return raters
  }
}
