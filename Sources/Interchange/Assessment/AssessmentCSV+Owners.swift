import AssessmentModel

/// What a table says beside its answers: whose they are and of when, and what a team is.
extension AssessmentCSV {
  /// Whose answers these are, and of when: one organisation, one team and one time for an assessment.
  struct Owners {
    var organization: String
    var team: String
    var startedAt: Timestamp?
    var finishedAt: Timestamp?

    init(_ rows: [Row], _ names: [String?], _ defaults: Defaults) throws(CSV.Problem) {
      (organization, team) = (defaults.organization, defaults.team)
      for (place, name) in names.enumerated() {
        guard let name, moreColumns.contains(name), name != "person", name != "assessment" else { continue }
        var given = name == "team" ? team : name.hasPrefix("organi") ? organization : ""
        var time: Timestamp?
        for row in rows {
          let cell = CSV.unguarded(row.cells.cell(place)).trimmed
          if cell.isEmpty { continue }
          if !given.isEmpty, given != cell, given.nameKey != cell.nameKey {
            let what = name == "team" ? "team" : name.hasPrefix("organi") ? "organisation" : "\(name)"
            throw CSV.Problem(
              line: row.line, column: name,
              message: "\"\(cell)\", and before it \"\(given)\"; "
                + (["startedAt", "finishedAt"].contains(name)
                  ? "an assessment has one \(name)"
                  : "a table is of one \(what), or has a column assessment that tells them apart"))
          }
          if given.isEmpty {
            given = cell
            if ["startedAt", "finishedAt"].contains(name) {
              time = try Self.time(cell, name, line: row.line, today: defaults.today)
            }
          }
        }
        switch name {
        case "team": team = given
        case "startedAt": startedAt = time
        case "finishedAt": finishedAt = time
        default: organization = given
        }
      }
    }

    /// `2026-03-19T09:00:00Z`, or a day, which counts from its beginning.
    private static func time(
      _ cell: String, _ column: String, line: Int, today: Day
    ) throws(CSV.Problem) -> Timestamp {
      if let time = Timestamp(rfc3339: cell) { return time }
      switch DayReading(cell, today: today, lies: .behind) {
      case .day(let day): return Timestamp(secondsSince1970: Int64(day.daysSince1970) * 86_400)
      case .either(let one, let other):
        throw CSV.Problem(
          line: line, column: column, message: "\"\(cell)\" can be \(one) or \(other); write it so")
      case .impossible(let why):
        throw CSV.Problem(line: line, column: column, message: "\"\(cell)\" \(why.words)")
      case .unreadable:
        throw CSV.Problem(
          line: line, column: column,
          message:
            "\"\(cell)\" is no day; days are written such as 2026-03-19, times such as 2026-03-19T14:00:00Z"
        )
      }
    }
  }

  /// An id made of what an assessment is called in a table: letters, digits and hyphens of it.
  static func id(_ label: String) -> String {
    let words = label.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) && $0 != "-" }
    let id = String(words.joined(separator: "-").prefix(64))
    return id.isEmpty ? "assessment" : id
  }

  /// What a team says of itself, by the option's id or its label.
  static func profile(
    _ item: Item, _ text: String?, line: Int, decimals: FigureReading.DecimalSign?
  ) throws(CSV.Problem) -> JSONValue {
    func refuse(_ message: String, _ column: String = "value") -> CSV.Problem {
      CSV.Problem(line: line, column: column, message: message)
    }
    guard let text else { throw refuse("\"\(item.id)\" has no value; leave the row out") }
    let value: JSONValue
    switch item.record {
    case .choice(let options, multiple: false):
      guard
        let option = options.first(where: { $0.id == text.lowercased() || $0.label.nameKey == text.nameKey })
      else {
        throw refuse(
          "\"\(text)\" is no answer to \(item.id); expected one of \(options.map(\.id).joined(separator: ", "))"
        )
      }
      value = .string(option.id)
    case .number:
      guard case .figure(let number, unit: _) = FigureReading(text, decimals: decimals) else {
        throw refuse("\"\(text)\" is no number")
      }
      value = JSONValue(number)
    case .text: value = .string(text)
    case .choice, .expectations, .moments, .metrics, .raise, nil:
      throw refuse("\"\(item.id)\" is a list; a table holds answers, and lists travel as JSON", "item")
    }
    return .object(["item": .string(item.id), "rater": .null, "value": value])
  }
}

extension [String] {
  /// A row's cell; nothing where the row ends before it.
  func cell(_ place: Int) -> String { indices.contains(place) ? self[place] : "" }
}
