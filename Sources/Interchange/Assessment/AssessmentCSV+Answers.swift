import AssessmentModel

extension AssessmentCSV {
  typealias Row = (line: Int, cells: [String])

  /// The answers of one assessment, gathered row by row, and who gave them.
  struct Answers {
    private let questionnaire: Questionnaire
    private let names: [String?]
    private let decimals: FigureReading.DecimalSign?
    /// What rows say of each, by their columns.
    private(set) var raters: [[String: String]] = []
    /// The row in which each comes first.
    private(set) var raterLines: [Int] = []
    private(set) var responses: [JSONValue] = []
    /// The row of each response.
    private(set) var lines: [Int] = []
    /// When they were given, where rows say so.
    private(set) var times: [Timestamp] = []
    private var raterIndex: [String: Int] = [:]
    /// What was answered in which round, where nothing tells people apart.
    private var said: Set<String> = []

    /// - Parameter names: The columns; nil for those that mean nothing here.
    init(to questionnaire: Questionnaire, in names: [String?], decimals: FigureReading.DecimalSign?) {
      self.questionnaire = questionnaire
      self.names = names
      self.decimals = decimals
    }

    /// Takes one row; nothing of it counts where something is wrong with it.
    mutating func read(_ row: Row) throws(CSV.Problem) {
      let cells = try Cells(row, names)
      // Spreadsheets begin what is typed with a capital.
      let id = cells["item"]?.lowercased()
      let item = id.flatMap { questionnaire.item($0) }
      if let item, item.record != nil {
        responses.append(try profile(item, cells["value"], line: row.line, decimals: decimals))
        lines.append(row.line)
        return
      }
      let rater = try rater(of: cells)
      var response: [String: JSONValue] = ["rater": .string("r\(rater + 1)")]
      for key in ["item", "state", "reason", "confidence", "evidence", "evidenceNote", "note", "at"] {
        response[key] = cells[key].map { .string(ownSpelling[key]?[$0.lowercased()] ?? $0) }
      }
      response["item"] = id.map { .string($0) }
      if let text = cells["at"] {
        guard let time = Timestamp(rfc3339: text) else {
          throw CSV.Problem(
            line: row.line, column: "at",
            message: "\"\(text)\" is no time such as 2026-01-15T09:04:11Z; the column may be left out")
        }
        times.append(time)
      }
      if cells["value"] == nil, cells["state"] == nil {
        throw CSV.Problem(
          line: row.line, column: "value",
          message: "the cell is empty; leave the row out, or write dk for who does not know")
      }
      if let round = cells["round"] {
        response["round"] = .integer(try whole(round, "round", of: item, line: row.line))
      }
      if let value = cells["value"] {
        // As it is typed at a question.
        if response["state"] == nil, let state = states[value.trimmed.lowercased()] {
          response["state"] = .string(state)
        } else {
          response["value"] = .integer(try level(value, of: item, line: row.line))
        }
      }
      if !names.contains("rater"), !names.contains("person"), let id,
        !said.insert(id + (cells["round"] ?? "")).inserted
      {
        throw CSV.Problem(
          line: row.line, column: "item",
          message:
            "\"\(id)\" stands here twice; where several people answered, a column \"rater\" tells them apart")
      }
      responses.append(.object(response))
      lines.append(row.line)
    }

    /// Who gave this answer, a new one where nobody did before.
    private mutating func rater(of cells: Cells) throws(CSV.Problem) -> Int {
      let name = cells["rater"] ?? cells["person"] ?? ""
      let rater = raterIndex[name.nameKey] ?? raters.count
      if rater == raters.count {
        raterIndex[name.nameKey] = rater
        raters.append(["name": name])
        raterLines.append(cells.line)
      }
      for key in ["department", "group", "person"] {
        guard let given = cells[key] else { continue }
        if let before = raters[rater][key], before.nameKey != given.nameKey {
          throw CSV.Problem(
            line: cells.line, column: key,
            message: "\"\(given)\" of \(name.isEmpty ? "a rater without a name" : "\"\(name)\""), "
              + "\"\(before)\" further up; give two people two names")
        }
        if raters[rater][key] == nil { raters[rater][key] = ownSpelling[key]?[given.lowercased()] ?? given }
      }
      return rater
    }

    private func level(_ text: String, of item: Item?, line: Int) throws(CSV.Problem) -> Int {
      if case .bipolar = item?.scored?.form,
        let letter = BipolarForm.letters.firstIndex(of: text.trimmed.lowercased())
      {
        return letter
      }
      return try whole(text, "value", of: item, line: line)
    }

    private func whole(_ text: String, _ column: String, of item: Item?, line: Int) throws(CSV.Problem) -> Int
    {
      if case .figure(let value, unit: nil) = FigureReading(text, decimals: decimals),
        let number = Int(exactly: value)
      {
        return number
      }
      if column == "value", case .bipolar = item?.scored?.form {
        throw CSV.Problem(
          line: line, column: column,
          message: "\"\(text)\" is no position; a to e, or 0 to 4 from left to right")
      }
      let isLetter = text.trimmed.count == 1 && text.contains(where: \.isLetter)
      throw CSV.Problem(
        line: line, column: column,
        message: isLetter && column == "value"
          ? "\"\(text)\" is no level, a number; letters, a to e, are for two-sided questions"
          : "\"\(text)\" is no whole number"
            + (column == "value" ? "; who does not know has dontKnow in the column state" : ""))
    }
  }

  /// One row by its columns.
  private struct Cells {
    let line: Int
    private let byName: [String: String]

    init(_ row: Row, _ names: [String?]) throws(CSV.Problem) {
      line = row.line
      if row.cells.dropFirst(names.count).contains(where: { !$0.isEmpty }) {
        throw CSV.Problem(
          line: row.line, message: "\(row.cells.count) cells, and the header has \(names.count)")
      }
      // A row may end early, but not before its answer: a file that was cut off must not go in.
      if let missing = names.dropFirst(row.cells.count).first(where: { ["value", "state"].contains($0) }) {
        throw CSV.Problem(
          line: row.line, column: missing,
          message: "the row ends before this cell, as if the file was cut off here")
      }
      byName = Dictionary(
        zip(names, row.cells).compactMap { name, cell in name.map { ($0, cell) } },
        uniquingKeysWith: { first, _ in first })
    }

    /// What stands there; nil for an empty cell.
    subscript(_ name: String) -> String? {
      guard let text = byName[name], !text.isEmpty else { return nil }
      // What people wrote is kept to the letter, words of ours may have blanks around them.
      let given = CSV.unguarded(text)
      return ownWords.contains(name) ? given : given.trimmed.nonEmpty
    }
  }

  /// Columns that hold what people wrote.
  private static let ownWords: Set = ["rater", "person", "department", "reason", "evidenceNote", "note"]

  /// Words of ours as they are spelt, by their small letters.
  private static let ownSpelling: [String: [String: String]] = {
    func spellings<T: RawRepresentable<String> & CaseIterable>(_: T.Type) -> [String: String] {
      Dictionary(uniqueKeysWithValues: T.allCases.map { ($0.rawValue.lowercased(), $0.rawValue) })
    }
    let states = ["answered", "dontKnow", "notApplicable", "open"]
    return [
      "confidence": spellings(Response.Confidence.self), "evidence": spellings(Response.Evidence.self),
      "group": spellings(Rater.Group.self),
      "state": Dictionary(uniqueKeysWithValues: states.map { ($0.lowercased(), $0) }),
    ]
  }()

  private static let states = [
    "dk": "dontKnow", "?": "dontKnow", "na": "notApplicable", "n/a": "notApplicable",
    "don't know": "dontKnow",
    "don’t know": "dontKnow", "dont know": "dontKnow", "not applicable": "notApplicable",
  ]
}
