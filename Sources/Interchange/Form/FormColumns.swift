import AssessmentModel

/// What the columns of a form's table hold, told by their titles: questions by id or whole text, the rest as Google Forms
/// and Microsoft Forms write it.
struct FormColumns {
  enum Kind: Hashable {
    case item(Item)
    /// What a team says of itself.
    case profile(Item)
    case name, department, team, organization, assessment, time, submission, address
    /// Nothing here.
    case leftOut
  }

  let titles: [String]
  let kinds: [Kind]
  let group: Rater.Group
  private let questionnaire: Questionnaire
  /// Columns of which it can't be told what they hold, with the reason.
  private let unclear: [(place: Int, message: String)]

  init(_ titles: [String], _ questionnaire: Questionnaire) {
    self.titles = titles.map {
      CSV.unguarded($0).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
    self.questionnaire = questionnaire
    let keys = self.titles.map(\.formKey)
    var unclear: [(Int, String)] = []
    // Customers read them in their own words.
    let scored = questionnaire.items.filter { $0.scored != nil }
    let (theirs, ours) = (scored.compactMap { $0.scored?.customers?.formKey }, scored.map(\.text.formKey))
    let forCustomers = keys.count { key in theirs.contains { key.contains($0) } }
    let forStaff = keys.count { key in ours.contains { key.contains($0) } }
    group = forCustomers > forStaff ? .customer : .staff
    if forCustomers > 0, forStaff > 0 {
      unclear.append(
        (
          0,
          "some questions are in \(questionnaire.customer.ofMany) words and others in the team's: these are two tables"
        ))
    }
    let group = group
    let known = Self.known
    let texts = questionnaire.items.map { (item: $0, text: questionnaire.text(of: $0, for: group).formKey) }
    kinds = zip(self.titles, keys).enumerated().map { place, pair in
      let (title, key) = pair
      if ["points - ", "feedback - "].contains(where: key.hasPrefix) { return .leftOut }
      let items = Self.items(title, key, texts)
      if items.count > 1 {
        unclear.append((place, "it names \(items.map(\.id).joined(separator: " and "))"))
      }
      if let item = items.first { return item.scored == nil ? .profile(item) : .item(item) }
      let bare = key.replacing(/[?:*]|\((?:optional|required)\)/, with: "").trimmed
      if let kind = known[bare] { return kind }
      if bare.count < 60,
        bare.hasPrefix("which department") || bare.hasPrefix("what department")
          || bare.hasPrefix("your department") || bare.hasPrefix("department")
      {
        return .department
      }
      // "Which company do you work for?"
      if bare.count < 60, let kind = Self.asked(bare) { return kind }
      return .leftOut
    }
    var seen: [String: Int] = [:]
    for (place, kind) in kinds.enumerated() {
      guard case .item(let item) = kind else { continue }
      if let before = seen[item.id] {
        unclear.append((place, "\(item.id) stands in column \(columnLetter(before)), too"))
      }
      seen[item.id] = place
    }
    self.unclear = unclear
  }

  private static let known: [String: Kind] = {
    let titles: [(Kind, [String])] = [
      (
        .name,
        [
          "name", "name1", "name2", "your name", "full name", "your full name", "first and last name",
          "what is your name", "who are you", "respondent", "respondent name", "name of respondent",
          "participant", "person",
          "participant name",
        ]
      ),
      (.department, ["department", "your department", "unit", "area"]),
      (.team, ["team", "your team", "team name", "name of team", "department/team", "team/department"]),
      (
        .organization,
        [
          "organization", "organisation", "your organization", "your organisation", "name of organization",
          "name of organisation", "name of your organization", "name of your organisation",
          "organization name", "organisation name", "company", "your company", "company name",
          "name of company", "name of your company", "client", "client name", "firm",
        ]
      ),
      (.assessment, ["assessment"]),
      (
        .time,
        [
          "timestamp", "start time", "completion time", "submitted at", "time", "date", "start date",
          "end date",
          "startdate", "enddate", "date submitted", "submit date", "submission date", "recorded date",
          "recordeddate", "date completed", "start date (utc)", "submit date (utc)",
        ]
      ),
      (.submission, ["id", "response id", "respondent id", "#"]),
      (
        .address,
        [
          "email", "email address", "e-mail", "e-mail address", "username", "your email",
          "your email address",
        ]
      ),
    ]
    return Dictionary(
      titles.flatMap { kind, names in names.map { ($0, kind) } }, uniquingKeysWith: { first, _ in first })
  }()

  private static func asked(_ title: String) -> Kind? {
    let words = title.split(separator: " ").map(String.init)
    guard words.count > 2, ["which", "what"].contains(words[0]) else { return nil }
    switch words[1] {
    case "company", "organisation", "organization", "firm": return .organization
    case "team": return .team
    default: return nil
    }
  }

  /// The items that a title names: by an id in brackets or with a hyphen in it, else by their whole text.
  private static func items(_ title: String, _ key: String, _ texts: [(item: Item, text: String)]) -> [Item] {
    let bracketed = title.matches(of: /\[([^\[\]]+)\]/).map { String($0.1).trimmed.lowercased() }
    let words = Set(key.split { !($0.isLetter || $0.isNumber || $0 == "-") }.map(String.init))
    let named = texts.map(\.item).filter { item in
      bracketed.contains(item.id) || key == item.id || item.id.contains("-") && words.contains(item.id)
    }
    if !named.isEmpty { return named }
    // A question may be part of a longer one.
    let found = texts.filter { key.contains($0.text) }
    return found.max { $0.text.count < $1.text.count }.map { [$0.item] } ?? []
  }

  var itemColumns: [FormTable.Column] {
    kinds.enumerated().compactMap { place, kind in
      if case .item(let item) = kind {
        FormTable.Column(letter: columnLetter(place), item: item.id)
      } else {
        nil
      }
    }
  }

  /// Titles of columns that hold something and mean nothing here.
  ///
  /// - Parameter many: Whether the table is of many assessments, so that it says whose each row is.
  func leftOut(many: Bool = false) -> [String] {
    zip(titles, kinds).filter { title, kind in
      switch kind {
      case .leftOut: !title.isEmpty
      case .organization, .assessment, .profile: !many
      case .item, .name, .department, .team, .time, .submission, .address: false
      }
    }.map(\.0)
  }

  /// Of the questions and what the form asks beside them: 64 bits (FNV-1a) as hexadecimal digits.
  var digest: String {
    let titles = zip(titles, kinds).compactMap { title, kind -> String? in
      switch kind {
      case .item(let item): item.id
      case .leftOut: title.hasPrefix("Points") || title.hasPrefix("Feedback") ? nil : title.formKey
      case .profile, .name, .department, .team, .organization, .assessment, .time, .submission, .address:
        title.formKey
      }
    }
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in (["\(group)"] + titles.sorted()).joined(separator: "\u{1F}").utf8 {
      hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
    }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  // MARK: What a row says beside its answers

  private func places(_ kind: Kind) -> [Int] { kinds.indices.filter { kinds[$0] == kind } }

  /// What a service writes for who did not sign in.
  private static func isNobody(_ text: String) -> Bool { text.isEmpty || text.formKey == "anonymous" }

  /// The last name that is given: what the form asks for stands behind what the service knows.
  func name(in row: FormRow) -> String {
    places(.name).map { row.cell($0) }.last { !Self.isNobody($0) }
      .map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") } ?? ""
  }

  func department(in row: FormRow) -> String {
    last(kinds.indices.filter { kinds[$0] == .department || kinds[$0] == .team }, in: row)
  }

  /// Whether it says whose each row is, so that it is of many assessments.
  var isOfMany: Bool { kinds.contains(.organization) || kinds.contains(.assessment) }

  func organization(in row: FormRow) -> String { last(places(.organization), in: row) }

  /// Where the table has no teams, departments are.
  func team(in row: FormRow) -> String {
    last(places(kinds.contains(.team) ? .team : .department), in: row)
  }

  /// Where there are teams and departments, people are of these.
  func departmentInTeam(in row: FormRow) -> String {
    kinds.contains(.team) ? last(places(.department), in: row) : ""
  }

  func assessment(in row: FormRow) -> String { last(places(.assessment), in: row) }

  /// What says when a row was filled in, the last that is there, and its column.
  func time(in row: FormRow) -> (text: String, column: String)? {
    places(.time).last { !row.cell($0).isEmpty }.map { (row.cell($0), columnLetter($0)) }
  }

  var timeLetter: String? { places(.time).last.map(columnLetter) }
  var organizationLetter: String? { places(.organization).last.map(columnLetter) }
  var hasAssessments: Bool { kinds.contains(.assessment) }

  private func last(_ places: [Int], in row: FormRow) -> String {
    places.map { row.cell($0) }.last { !$0.isEmpty }
      .map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") } ?? ""
  }

  /// What tells this submission from another one; nil where nothing does.
  func submission(in row: FormRow) -> [String]? {
    let marks = (places(.submission) + places(.time)).map { row.cell($0) }
    return marks.allSatisfy(\.isEmpty) ? nil : marks
  }

  func hasNames(_ rows: [FormRow]) -> Bool { rows.contains { !name(in: $0).isEmpty } }

  var nameLetter: String? { places(.name).last.map(columnLetter) }

  /// Whether a row goes on with the header: some tools write what kind each column is of.
  func isSecondHeader(_ row: FormRow) -> Bool {
    let said = Set(row.cells.map(\.formKey).filter { !$0.isEmpty })
    return !said.isEmpty && said.isSubset(of: ["response", "open-ended response"])
  }

  // MARK: Problems

  func problems(_ rows: [FormRow]) -> [FormTable.Problem] {
    var problems = unclear.map {
      FormTable.Problem(
        row: nil, column: columnLetter($0.place), message: "\(heading($0.place)): \($0.message)")
    }
    let found = Set(itemColumns.map(\.item))
    if found.isEmpty {
      problems.append(
        FormTable.Problem(
          row: nil, column: nil,
          message:
            "no column is found by its title: a question's column has the question's whole text in its title, or its "
            + "id in brackets, as `workshop sheets --form` writes them"))
      return problems
    }
    let open = questionnaire.items.filter { $0.scored != nil && !found.contains($0.id) }.map(
      Sought.of(questionnaire, group))
    for place in kinds.indices where kinds[place] == .leftOut {
      guard let item = nearly(place, rows, open) else { continue }
      problems.append(
        FormTable.Problem(
          row: nil, column: columnLetter(place),
          message:
            "\(heading(place)) is nearly \(item.id), whose text reads otherwise: put [\(item.id)] into the title, or take the "
            + "column out"))
    }
    // Mail addresses tell people apart, and nobody knows whose they are on the list.
    if !hasNames(rows), let place = places(.address).first,
      rows.contains(where: { !Self.isNobody($0.cell(place)) })
    {
      problems.append(
        FormTable.Problem(
          row: nil, column: columnLetter(place),
          message:
            "people are told apart by addresses alone: add a column Name with their names as on the list; or take the "
            + "column out, and the answers are counts that lead to nobody"))
    }
    return problems
  }

  private func heading(_ place: Int) -> String { "“\(shortened(titles[place]))”" }

  /// A question that no column was found for.
  private struct Sought {
    let item: Item
    let words: Set<String>
    /// Its answers, those that are long enough to tell.
    let answers: Set<String>

    static func of(_ questionnaire: Questionnaire, _ group: Rater.Group) -> (Item) -> Sought {
      { item in
        let options = questionnaire.formOptions(of: item, for: group).dropLast(2).map(\.text.formKey)
        let texts = FormAnswer.texts(of: item, group, questionnaire).map(\.text.formKey)
        return Sought(
          item: item, words: FormColumns.words(questionnaire.text(of: item, for: group)),
          answers: Set(options + texts).filter { $0.count > 12 })
      }
    }
  }

  private static func words(_ text: String) -> Set<String> {
    Set(text.formKey.split { !($0.isLetter || $0.isNumber) }.map(String.init).filter { $0.count > 2 })
  }

  /// The question that a column without one seems to hold: by most of its words, or by answers that are its own.
  private func nearly(_ place: Int, _ rows: [FormRow], _ open: [Sought]) -> Item? {
    if ["points - ", "feedback - "].contains(where: titles[place].formKey.hasPrefix) { return nil }
    let title = Self.words(titles[place])
    if let near = open.first(where: { sought in
      sought.words.count > 3 && sought.words.intersection(title).count * 10 >= sought.words.count * 6
    }) {
      return near.item
    }
    // Whole answers are short; the first that is none of anybody's decides.
    var holders = open
    var isAnswered = false
    for row in rows {
      let cell = row.cell(place)
      if cell.isEmpty { continue }
      if cell.utf8.count > 1000 { return nil }
      let key = cell.formKey
      holders = holders.filter { $0.answers.contains(key) }
      if holders.isEmpty { return nil }
      isAnswered = true
    }
    return isAnswered && holders.count == 1 ? holders[0].item : nil
  }
}
