import AssessmentModel

/// Which organisation is in which group, as a table: `organization` and `group`; other columns are passed over.
package enum GroupCSV {
  /// One row.
  package struct Row: Hashable, Sendable {
    package let organization: String
    package let group: String

    package func isIn(_ group: String) -> Bool { self.group.nameKey == group.nameKey }
  }

  /// As other tables call them.
  private static let others = [
    "organisation": "organization", "company": "organization", "client": "organization",
    "name": "organization",
  ]

  /// Reads the rows; an organisation stands in one group only.
  package static func read(_ bytes: [UInt8]) throws(CSV.Problem) -> [Row] {
    let table = try CSV.read(bytes)
    guard let header = table.rows.first else { throw CSV.Problem(line: 1, message: "the file is empty") }
    let names = header.cells.map { others[$0.nameKey] ?? $0.nameKey }
    for column in ["organization", "group"] where names.count(where: { $0 == column }) != 1 {
      throw CSV.Problem(
        line: header.line,
        message: names.contains(column)
          ? "there are two columns \"\(column)\""
          : "there is no column \"\(column)\"; it takes organization and group"
      )
    }
    var rows: [Row] = []
    var known: [String: String] = [:]
    for row in table.rows.dropFirst() {
      func cell(_ column: String) -> String { CSV.words(under: column, of: names, in: row.cells) }
      let read = Row(organization: cell("organization"), group: cell("group"))
      if read.organization.isEmpty {
        throw CSV.Problem(line: row.line, column: "organization", message: "the organisation is missing")
      }
      if read.group.isEmpty {
        throw CSV.Problem(
          line: row.line, column: "group",
          message: "\"\(read.organization)\" is in no group; leave the row out where it is in none")
      }
      if let other = known.updateValue(read.group, forKey: read.organization.nameKey),
        other.nameKey != read.group.nameKey
      {
        throw CSV.Problem(
          line: row.line, column: "group",
          message: "\"\(read.organization)\" is in \"\(other)\" further up; an organisation is in one group")
      }
      rows.append(read)
    }
    if rows.isEmpty { throw CSV.Problem(line: header.line, message: "there is nobody under the header") }
    return rows
  }
}
