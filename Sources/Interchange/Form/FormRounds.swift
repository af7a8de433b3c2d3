import AssessmentModel

/// The table of a form that people of many organisations or teams filled in. People of one team whose answers lie no more than a
/// month apart make one assessment; a column `assessment` tells otherwise.
package struct FormRounds: Sendable {
  /// One assessment.
  package struct Round: Sendable {
    fileprivate let id: String
    fileprivate let organization: String
    fileprivate let team: String
    fileprivate let members: [Member]
    /// What the team says of itself.
    fileprivate let profile: [JSONValue]

    /// The rows of its people, in order.
    package var rows: [Int] { members.map(\.person.row) }
  }

  /// Organisations and teams in the order of the table, and of a team the earliest first.
  package let rounds: [Round]
  /// How many teams they are of.
  package let teams: Int
  /// How many people answered.
  package let people: Int
  /// Columns that mean nothing here, by their titles.
  package let leftOut: [String]
  /// Rows that say once more what another one says.
  package let doubled: [Int]
  /// Rows without an answer to any question.
  package let unanswered: [Int]
  private let questionnaire: Questionnaire
  private let group: Rater.Group
  private let scope: Assessment.Scope?

  /// Days between two answers of one round at most.
  static let longestPause = 31

  /// Reads a table whole.
  ///
  /// - Parameters:
  ///   - organization: Whose a row is that doesn't say it.
  ///   - team: The same of the team.
  ///   - scope: The short one where it is nil and there are only its questions.
  ///   - date: When a row was filled in that doesn't say it.
  ///   - today: No answer is of a later day.
  ///   - id: Of an assessment that the table has no name for, by what it is of: the same every time.
  package static func read(
    _ bytes: [UInt8], _ questionnaire: Questionnaire, organization: String, team: String,
    scope: Assessment.Scope?, date: Day?, today: Day,
    id: (_ organization: String, _ team: String, _ first: Day) -> String
  ) throws(FormTable.Problems) -> FormRounds {
    let scan = try FormScan(bytes, questionnaire)
    let columns = scan.columns
    var (problems, doubled) = (scan.problems, scan.doubled)
    var order = DayOrder(scan.rows.compactMap { columns.time(in: $0)?.text })
    var teams: [Team] = []
    var places: [[String]: Int] = [:]
    for (person, row) in zip(scan.people, scan.rows) {
      func problem(_ column: String?, _ message: String) {
        problems.append(FormTable.Problem(row: row.number, column: column, message: message))
      }
      let owner = columns.organization(in: row).nonEmpty ?? organization
      if owner.isEmpty {
        problem(columns.organizationLetter, "nothing says whose this row is; fill the cell")
      }
      let name = columns.team(in: row).nonEmpty ?? team
      for name in [owner, name] {
        if let wrong = Assessment.problem(withName: name) { problem(nil, wrong) }
      }
      let label = columns.assessment(in: row)
      if columns.hasAssessments, label.isEmpty {
        problem(nil, "this row says no assessment, and the column has to")
      }
      var day = date
      if let (text, column) = columns.time(in: row) {
        switch order.read(text, today: today) {
        case .day(let read): day = read
        case .either(let one, let other): problem(column, "“\(text)” can be \(one) or \(other); write it so")
        case .impossible(let why): problem(column, "“\(text)” \(why.words)")
        case .unreadable:
          problem(column, "“\(shortened(text))” is no day; days are written such as 2026-03-19")
        }
      } else if day == nil {
        problem(columns.timeLetter, "nothing says when this was filled in; fill the cell, or give --date")
      }
      guard let day, !owner.isEmpty else { continue }
      let key = label.isEmpty ? [owner.nameKey, name.nameKey] : [label.nameKey]
      if places[key] == nil {
        places[key] = teams.count
        teams.append(Team(organization: owner, team: name, label: label.nonEmpty, people: []))
      }
      let one = teams[places[key]!]
      if one.organization.nameKey != owner.nameKey || one.team.nameKey != name.nameKey {
        problem(
          nil,
          "“\(label)” is of “\(one.organization)”, “\(one.team)” further up; an assessment is of one team")
      }
      teams[places[key]!].people.append(
        Member(person: person, department: columns.departmentInTeam(in: row), day: day, row: row))
    }
    var rounds: [Round] = []
    for team in teams {
      for round in team.rounds(&doubled, &problems, columns.nameLetter) {
        rounds.append(
          Round(
            id: team.label.map(AssessmentCSV.id)
              ?? id(team.organization.nameKey, team.team.nameKey, round[0].day),
            organization: team.organization, team: team.team, members: round,
            profile: profile(of: round, columns, &problems)))
      }
    }
    if problems.isEmpty, rounds.isEmpty { problems.append(.nothingAnswered) }
    if !problems.isEmpty { throw FormTable.Problems(problems) }
    return FormRounds(
      rounds: rounds, teams: Set(teams.map { [$0.organization.nameKey, $0.team.nameKey] }).count,
      people: rounds.reduce(0) { $0 + $1.rows.count }, leftOut: columns.leftOut(many: true),
      doubled: doubled.sorted(), unanswered: scan.unanswered, questionnaire: questionnaire,
      group: columns.group, scope: scope)
  }

  fileprivate struct Member {
    let person: FormTable.Person
    let department: String
    let day: Day
    let row: FormRow
  }

  /// A team, or what the column `assessment` calls one.
  fileprivate struct Team {
    let organization: String
    let team: String
    let label: String?
    var people: [Member]

    /// Its people by rounds, the earliest first; whoever says the same again stands there once.
    func rounds(_ doubled: inout [Int], _ problems: inout [FormTable.Problem], _ column: String?)
      -> [[Member]]
    {
      var rounds: [[Member]] = []
      // In the order of the table where the day is one.
      let sorted = people.enumerated().sorted { ($0.element.day, $0.offset) < ($1.element.day, $1.offset) }
      for member in sorted.map(\.element) {
        let key = member.person.name.nameKey
        if let last = rounds.last, let first = last.first, let before = last.last,
          label != nil
            || before.day.daysSince1970 + longestPause >= member.day.daysSince1970
              && first.day.daysSince1970 + mostDaysApart >= member.day.daysSince1970
        {
          guard !key.isEmpty, let same = last.first(where: { $0.person.name.nameKey == key }) else {
            rounds[rounds.count - 1].append(member)
            continue
          }
          if same.person.answers == member.person.answers {
            doubled.append(member.person.row)
            continue
          }
          guard label == nil, same.day.daysSince1970 + longestPause < member.day.daysSince1970 else {
            problems.append(
              FormTable.Problem(
                row: member.person.row, column: column,
                message:
                  "\(member.person.name) stands in row \(same.person.row), too, with other answers, \(same.day == member.day ? "on the same day" : "on \(same.day)"): keep one of the "
                  + "two, give two people two names, or tell two times apart by a column assessment"))
            continue
          }
        }
        rounds.append([member])
      }
      return rounds
    }
  }

  /// What a team says of itself: who said it last counts.
  private static func profile(
    of round: [Member], _ columns: FormColumns, _ problems: inout [FormTable.Problem]
  ) -> [JSONValue] {
    var profile: [JSONValue] = []
    for (place, kind) in columns.kinds.enumerated() {
      guard case .profile(let item) = kind,
        let member = round.last(where: { !$0.row.cell(place).isEmpty })
      else { continue }
      do throws(CSV.Problem) {
        profile.append(
          try AssessmentCSV.profile(item, member.row.cell(place), line: member.row.number, decimals: nil))
      } catch {
        problems.append(
          FormTable.Problem(row: error.line, column: columnLetter(place), message: error.message))
      }
    }
    return profile
  }

  /// A round as a document, which passes the same checks as any other; made when it is needed, since there may be many.
  package func document(of round: Round) -> JSONValue {
    var responses: [JSONValue] = []
    for (place, member) in round.members.enumerated() {
      for item in questionnaire.items {
        guard let answer = member.person.answers[item.id] else { continue }
        var response: [String: JSONValue] = ["rater": .string("r\(place + 1)"), "item": .string(item.id)]
        switch answer {
        case .answered(.level(let level)): response["value"] = .integer(level)
        case .answered, .open: continue
        case .dontKnow: response["state"] = .string("dontKnow")
        case .notApplicable: response["state"] = .string("notApplicable")
        }
        responses.append(.object(response))
      }
    }
    responses += round.profile
    func start(of day: Day) -> JSONValue {
      .string(Timestamp(secondsSince1970: Int64(day.daysSince1970) * 86_400).rfc3339)
    }
    return .object([
      "schema": .string(AssessmentDocument.schema), "id": .string(round.id),
      "questionnaire": .object([
        "id": .string(questionnaire.id), "version": .string(questionnaire.version.description),
      ]),
      "organization": .string(round.organization), "team": .string(round.team),
      "scope": .string((scope ?? AssessmentCSV.scope(of: responses, questionnaire)).rawValue),
      "startedAt": start(of: round.members[0].day),
      "finishedAt": start(of: round.members[round.members.count - 1].day),
      "raters": .array(
        round.members.enumerated().map { place, member in
          .object([
            "id": .string("r\(place + 1)"), "name": .string(member.person.name),
            "department": .string(member.department), "group": .string(group.rawValue),
          ])
        }), "responses": .array(responses),
    ])
  }
}

/// Days as a form's service writes them, with a time behind them or none. `03/04/2026` is told by the other rows, where one of them
/// can be read in one way only.
private struct DayOrder {
  private var isMonthFirst: Bool?
  /// Each day is read once: a table says the same few over and over.
  private var known: [String: DayReading] = [:]

  init(_ cells: [String]) {
    var (day, month) = (false, false)
    for cell in Set(cells.map(Self.withoutTime)) {
      guard let (first, second, _) = Self.parts(cell) else { continue }
      if first > 12 { day = true }
      if second > 12 { month = true }
    }
    isMonthFirst = day == month ? nil : month
  }

  mutating func read(_ cell: String, today: Day) -> DayReading {
    if let time = Timestamp(rfc3339: cell) {
      return time.day <= today ? .day(time.day) : .impossible(.direction(time.day))
    }
    let text = Self.withoutTime(cell)
    if let known = known[text] { return known }
    let reading: DayReading
    if let isMonthFirst, let (first, second, year) = Self.parts(text),
      let day = Day(year: year, month: isMonthFirst ? first : second, day: isMonthFirst ? second : first)
    {
      reading = day <= today ? .day(day) : .impossible(.direction(day))
    } else {
      reading = DayReading(text, today: today, lies: .behind)
    }
    known[text] = reading
    return reading
  }

  /// What stands before `14:05:01`, or before a `T` or comma in front of it.
  private static func withoutTime(_ cell: String) -> String {
    let bytes = Array(cell.utf8)
    func isDigit(_ place: Int) -> Bool {
      bytes.indices.contains(place) && (0x30...0x39).contains(bytes[place])
    }
    for colon in bytes.indices
    where bytes[colon] == UInt8(ascii: ":") && isDigit(colon - 1) && isDigit(colon + 1) {
      var end = isDigit(colon - 2) ? colon - 2 : colon - 1
      let start = end
      while end > 0, "T ,".utf8.contains(bytes[end - 1]) { end -= 1 }
      return end == start ? cell : String(decoding: bytes[..<end], as: UTF8.self)
    }
    return cell
  }

  /// `3/4/2026`, which can be read in two ways.
  private static func parts(_ day: String) -> (Int, Int, Int)? {
    let parts = day.split(omittingEmptySubsequences: false) { $0 == "/" || $0 == "-" }
    guard parts.count == 3, parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
      (1...2).contains(parts[0].count), (1...2).contains(parts[1].count), parts[2].count == 4,
      let first = Int(parts[0]), let second = Int(parts[1]), let year = Int(parts[2])
    else { return nil }
    return (first, second, year)
  }
}
