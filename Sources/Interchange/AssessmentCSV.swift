import AssessmentModel

/// An assessment's answers as a table, a row for each; records travel as JSON.
package enum AssessmentCSV {
  private static let columns = [
    "item", "rater", "department", "group", "round", "state", "value", "reason", "confidence",
    "evidence", "evidenceNote", "note", "at",
  ]

  package static func write(_ assessment: Assessment, questionnaire: Questionnaire) -> String {
    var rows = [columns.map { CSV.Cell.text($0) }]
    let hidden = assessment.hiddenItems(in: questionnaire)
    let taken = Dictionary(
      assessment.raters.flatMap { Set([$0.id, $0.name]) }.map { ($0, 1) }, uniquingKeysWith: +)
    for item in questionnaire.items where item.scored != nil && !hidden.contains(item.id) {
      for rater in assessment.raters {
        // A name serves as long as it tells people apart.
        let name = !rater.name.isEmpty && taken[rater.name] == 1 ? rater.name : rater.id
        for round in 1...9 {
          let key = Response.Key(item: item.id, rater: rater.id, round: round)
          guard let response = assessment.responses[key] else { continue }
          var reason: String?
          if case .notApplicable(let given) = response.answer { reason = given }
          rows.append([
            .text(item.id), .text(name), .text(rater.department), .text(rater.group.rawValue),
            .integer(round), .text(response.state.rawValue),
            response.level.map { .integer($0) } ?? .empty, CSV.Cell(reason),
            CSV.Cell(response.confidence?.rawValue), CSV.Cell(response.evidence?.rawValue),
            CSV.Cell(response.evidenceNote), CSV.Cell(response.note),
            CSV.Cell(response.at?.rfc3339),
          ])
        }
      }
    }
    return CSV.write(rows)
  }

  package struct Table {
    package let document: JSONValue
    /// The line that each response came from, from 1, and the one where each rater came first.
    package let lines: [Int]
    package let raterLines: [Int]
  }

  /// Reads the table as an assessment document, so that it passes the same checks. Only `item` and
  /// `value` (or `state`) are needed; people are told apart by the column `rater`.
  package static func document(
    _ bytes: [UInt8], questionnaire: Questionnaire, organization: String, team: String,
    scope: Assessment.Scope
  ) throws(CSV.Problem) -> Table {
    let rows = try CSV.read(bytes)
    guard let header = rows.first else { throw CSV.Problem(line: 1, message: "the file is empty") }
    let names = header.cells.map { $0.trimmed }
    for name in names where !columns.contains(name) {
      throw CSV.Problem(
        line: header.line,
        message: "unknown column \"\(name)\"" + suggestion(for: name, among: columns))
    }
    for (index, name) in names.enumerated() where names[..<index].contains(name) {
      throw CSV.Problem(line: header.line, message: "the column \"\(name)\" stands here twice")
    }
    if !names.contains("item") {
      throw CSV.Problem(line: header.line, message: "the column \"item\" is missing")
    }
    var raters: [[String: String]] = []
    var raterIndex: [String: Int] = [:]
    var raterLines: [Int] = []
    var responses: [JSONValue] = []
    var lines: [Int] = []
    for row in rows.dropFirst() {
      if row.cells.count > names.count {
        throw CSV.Problem(
          line: row.line, message: "\(row.cells.count) cells, and the header has \(names.count)")
      }
      let cells = Dictionary(zip(names, row.cells), uniquingKeysWith: { first, _ in first })
      func cell(_ name: String) -> String? {
        guard let text = cells[name], !text.isEmpty else { return nil }
        return CSV.unguarded(text)
      }
      if let id = cell("item"), questionnaire.item(id)?.record != nil {
        throw CSV.Problem(
          line: row.line, message: "\"\(id)\" is a record; a table holds answers only, records travel as JSON"
        )
      }
      let name = cell("rater") ?? ""
      let rater = raterIndex[name.nameKey] ?? raters.count
      if rater == raters.count {
        raterIndex[name.nameKey] = rater
        raters.append(["name": name])
        raterLines.append(row.line)
      }
      for key in ["department", "group"] {
        guard let given = cell(key) else { continue }
        if let before = raters[rater][key], before != given {
          throw CSV.Problem(
            line: row.line,
            message: "\(key) \"\(given)\" of \(name.isEmpty ? "a rater without a name" : "\"\(name)\""), "
              + "\"\(before)\" further up; give two people two names")
        }
        raters[rater][key] = given
      }
      var response: [String: JSONValue] = ["rater": .string("r\(rater + 1)")]
      for key in [
        "item", "state", "reason", "confidence", "evidence", "evidenceNote", "note", "at",
      ] {
        response[key] = cell(key).map { .string($0) }
      }
      for key in ["round", "value"] {
        guard let text = cell(key) else { continue }
        guard let number = Int(text.trimmed) else {
          throw CSV.Problem(line: row.line, message: "\"\(text)\" in \(key) is no whole number")
        }
        response[key] = .integer(number)
      }
      responses.append(.object(response))
      lines.append(row.line)
    }
    let document = JSONValue.object([
      "schema": .string(AssessmentDocument.schema),
      "questionnaire": .object([
        "id": .string(questionnaire.id), "version": .string(questionnaire.version.description),
      ]),
      "organization": .string(organization), "team": .string(team),
      "scope": .string(scope.rawValue),
      "raters": .array(
        raters.enumerated().map { index, rater in
          .object(
            rater.mapValues { .string($0) }.merging(["id": .string("r\(index + 1)")]) { $1 })
        }),
      "responses": .array(responses),
    ])
    return Table(document: document, lines: lines, raterLines: raterLines)
  }
}

extension String {
  fileprivate var trimmed: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
