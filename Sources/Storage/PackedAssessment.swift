import AssessmentModel

/// A whole assessment as one row: the level answers as one byte each, everything else as JSON.
///
/// `answers` begins with the format (2) and the number of columns, two bytes, little end first. A column is one rater's
/// round. Then come the cells, a byte each (`AnswerSheet.Cell`): item by item, as many and in the order as the
/// questionnaire has scored ones. `details` leaves out what is as it is in most assessments.
///
/// Rows of format 1 have the number of items, too, before that of columns, and in `details` which items they are.
struct PackedAssessment {
  let answers: [UInt8]
  let details: String

  private static let format: UInt8 = 2

  init(answers: [UInt8], details: String) {
    self.answers = answers
    self.details = details
  }

  init(_ assessment: Assessment, items: ScoredItems) {
    func fits(_ response: Response) -> Bool {
      AnswerSheet.Cell(response) != nil && items.place(of: response.key.item) != nil
    }
    let inGrid = assessment.responses.filter(fits)
    let columns = Set(inGrid.map { Column(rater: $0.key.rater ?? "", round: $0.key.round) }).sorted()
    let places = Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($1, $0) })
    var grid = [Response?](repeating: nil, count: items.count * columns.count)
    for response in inGrid {
      guard let item = items.place(of: response.key.item),
        let column = places[Column(rater: response.key.rater ?? "", round: response.key.round)]
      else { continue }
      grid[item * columns.count + column] = response
    }
    var cells = [Self.format, UInt8(columns.count & 255), UInt8(columns.count >> 8 & 255)]
    var extras: [JSONValue] = []
    var times: [JSONValue] = []
    var lastTime: Int64 = 0
    for (place, response) in grid.enumerated() {
      guard let response, let cell = AnswerSheet.Cell(response) else {
        cells.append(AnswerSheet.Cell.empty.byte)
        continue
      }
      cells.append(cell.byte)
      let time = response.at?.secondsSince1970
      times.append(time.map { .integer(Int($0 - lastTime)) } ?? .null)
      lastTime = time ?? lastTime
      if let extra = Self.extra(response) {
        extras.append(
          .array([.integer(place / columns.count), .integer(place % columns.count), extra]))
      }
    }
    answers = cells
    var object: [String: JSONValue] = [
      "organization": .string(assessment.organization), "team": .string(assessment.team),
      "scope": .string(assessment.scope.rawValue), "raters": .array(assessment.raters.map(\.json)),
      "columns": .array(columns.map { .array([.string($0.rater), .integer($0.round)]) }),
    ]
    func add(_ key: String, _ list: [JSONValue]) { if !list.isEmpty { object[key] = .array(list) } }
    func add(_ key: String, _ map: [String: JSONValue]) { if !map.isEmpty { object[key] = .object(map) } }
    object["startedAt"] = assessment.startedAt.map { .string($0.rfc3339) }
    object["finishedAt"] = assessment.finishedAt.map { .string($0.rfc3339) }
    if assessment.anonymous { object["anonymous"] = .bool(true) }
    object["upgradedFrom"] = assessment.upgradedFrom.map { .string($0) }
    if assessment.setting != .alone { object["setting"] = .string(assessment.setting.rawValue) }
    add("deepened", assessment.deepened.sorted().map { .string($0) })
    if times.contains(where: { $0 != .null }) { object["times"] = .array(times) }
    add("extras", extras)
    add("responses", assessment.responses.filter { !fits($0) }.map { SessionEvent.responded($0).json })
    add("settled", assessment.settled.mapValues(\.json))
    add("teamEvidence", assessment.teamEvidence.mapValues(\.json))
    add("predictions", assessment.predictions.mapValues { JSONValue($0) })
    add("tallies", assessment.tallies.map(\.json))
    add("sectionMinutes", assessment.sectionMinutes.mapValues { JSONValue($0) })
    add("parked", assessment.parked.map { .string($0) })
    object["commitments"] = assessment.commitments.map { .array($0.map(\.json)) }
    object["position"] = assessment.position.map { .string($0) }
    details = JSONValue.object(object).text()
  }

  /// The same for one that is nothing more than an answer sheet, without the way round by responses.
  init(_ plain: PlainAssessment) {
    let isEmpty = plain.sheet.cells.allSatisfy { $0 == AnswerSheet.Cell.empty.byte }
    answers = [Self.format, isEmpty ? 0 : 1, 0] + (isEmpty ? [] : plain.sheet.cells)
    var object: [String: JSONValue] = [
      "organization": .string(plain.organization), "team": .string(plain.team),
      "scope": .string(plain.scope.rawValue), "raters": .array([plain.rater.json]),
      "columns": .array(isEmpty ? [] : [.array([.string(plain.rater.id), .integer(1)])]),
    ]
    object["startedAt"] = plain.startedAt.map { .string($0.rfc3339) }
    object["finishedAt"] = plain.finishedAt.map { .string($0.rfc3339) }
    details = JSONValue.object(object).text()
  }

  /// What `init(_ plain:)` packs; nil where there is anything more.
  func plain(id: String, items: ScoredItems) -> PlainAssessment? {
    guard answers.first == Self.format, answers.count >= 3, answers[1] <= 1, answers[2] == 0,
      let root = try? JSONDocument(parsing: details).root
    else { return nil }
    var organization: String?
    var team: String?
    var scope: Assessment.Scope?
    var startedAt: Timestamp?
    var finishedAt: Timestamp?
    var raters: [Rater]?
    var column: JSONNode?
    let isPlain = root.allMembers { key, value in
      if key.says("organization") {
        organization = try? JSONNode.readString(value)
      } else if key.says("team") {
        team = try? JSONNode.readString(value)
      } else if key.says("scope") {
        scope = try? JSONNode.readCase(value)
      } else if key.says("startedAt") {
        startedAt = try? JSONNode.readTimestamp(value)
      } else if key.says("finishedAt") {
        finishedAt = try? JSONNode.readTimestamp(value)
      } else if key.says("raters") {
        raters = try? JSONNode.readList(value, Rater.read)
      } else if key.says("columns") {
        column = value.elements.first
      } else {
        return false
      }
      return true
    }
    guard isPlain, let organization, let team, let scope, let raters, let rater = raters.first,
      raters.count == 1,
      rater.group == .staff, rater == Rater(id: rater.id, name: rater.name, department: rater.department)
    else { return nil }
    var cells = [UInt8](repeating: AnswerSheet.Cell.empty.byte, count: items.count)
    if let column {
      let pair = column.elements
      guard pair.count == 2, pair[0].says(rater.id), (try? JSONNode.readInt(pair[1])) == 1,
        answers.count == 3 + items.count
      else { return nil }
      cells = Array(answers[3...])
    }
    return PlainAssessment(
      id: id, organization: organization, team: team, scope: scope, startedAt: startedAt,
      finishedAt: finishedAt,
      rater: rater, sheet: AnswerSheet(cells: cells))
  }

  private struct Column: Hashable, Comparable {
    let rater: String
    let round: Int

    static func < (left: Column, right: Column) -> Bool {
      (left.rater, left.round) < (right.rater, right.round)
    }
  }

  private static func extra(_ response: Response) -> JSONValue? {
    var object: [String: JSONValue] = [:]
    if case .notApplicable(let reason?) = response.answer { object["reason"] = .string(reason) }
    object["evidenceNote"] = response.evidenceNote.map { .string($0) }
    object["note"] = response.note.map { .string($0) }
    if response.flagged { object["flagged"] = .bool(true) }
    object["carried"] = response.carried.map { .string($0.rawValue) }
    return object.isEmpty ? nil : .object(object)
  }

  // MARK: Unpacking

  func assessment(
    id: String, questionnaire: QuestionnaireReference, items: ScoredItems
  ) throws(JSONError) -> Assessment {
    var object = try JSONObjectReader(JSONDocument(parsing: details).root)
    let isOld = answers.first == 1
    let inOrder = isOld ? try object.list("items", JSONNode.readString) : items.ids
    let columns = try object.list("columns") { (node) throws(JSONError) in
      let pair = node.elements
      guard pair.count == 2 else {
        throw node.error("not a column")
      }
      return Column(
        rater: try JSONNode.readString(pair[0]),
        round: try JSONNode.readInt(pair[1]))
    }
    let times = try object.list("times") { (node) throws(JSONError) in
      node.isNull ? nil : try JSONNode.readInt(node)
    }
    let header = isOld ? 5 : 3
    guard answers.count == header + inOrder.count * columns.count, isOld || answers[0] == Self.format else {
      throw JSONError(path: "$", message: "the packed answers have another length or format")
    }
    let cells = answers[header...]
    var all = try Self.responses(cells, items: inOrder, columns, times)
    var filled = 0
    let places = cells.map { byte in
      if byte != AnswerSheet.Cell.empty.byte { filled += 1 }
      return byte == AnswerSheet.Cell.empty.byte ? nil : filled - 1
    }
    for extra in try object.list("extras", { $0 }) {
      try Self.add(extra, to: &all, places, items: inOrder.count, columns: columns.count)
    }
    for value in try object.list("responses", { $0 }) {
      if case .responded(let response) = try SessionEvent(value) { all.append(response) }
    }
    let assessment = Assessment(
      id: id, organization: try object.required("organization", JSONNode.readString),
      team: try object.required("team", JSONNode.readString),
      scope: try object.required("scope", JSONNode.readCase),
      setting: try object.optional("setting", JSONNode.readCase) ?? .alone,
      deepened: Set(try object.list("deepened", JSONNode.readString)),
      startedAt: try object.optional("startedAt", JSONNode.readTimestamp),
      finishedAt: try object.optional("finishedAt", JSONNode.readTimestamp),
      anonymous: try object.optional("anonymous", JSONNode.readBool) ?? false,
      upgradedFrom: try object.optional("upgradedFrom", JSONNode.readString),
      questionnaire: questionnaire, raters: try object.list("raters", Rater.read),
      responses: all,
      settled: try Self.map("settled", of: &object, Settlement.read),
      teamEvidence: try Self.map("teamEvidence", of: &object, TeamEvidence.read),
      predictions: try Self.map("predictions", of: &object, JSONNode.readDouble),
      tallies: try object.list("tallies", Tally.read),
      sectionMinutes: try Self.map("sectionMinutes", of: &object, JSONNode.readDouble),
      parked: try object.list("parked", JSONNode.readString),
      commitments: try object.optional("commitments") { (node) throws(JSONError) in
        try JSONNode.readList(node, Commitment.read)
      },
      position: try object.optional("position", JSONNode.readString))
    try object.finish()
    return assessment
  }

  private static func map<T>(
    _ key: String, of object: inout JSONObjectReader, _ read: (JSONNode) throws(JSONError) -> T
  ) throws(JSONError) -> [String: T] {
    try object.optional(key) { (node) throws(JSONError) in try JSONNode.readMap(node, read) } ?? [:]
  }

  private static func responses(
    _ cells: ArraySlice<UInt8>, items: [String], _ columns: [Column], _ times: [Int?]
  ) throws(JSONError) -> [Response] {
    var responses: [Response] = []
    responses.reserveCapacity(cells.count)
    var filled = 0
    var time: Int64 = 0
    for (place, byte) in cells.enumerated() where byte != AnswerSheet.Cell.empty.byte {
      let column = columns[place % columns.count]
      guard filled < times.count || times.isEmpty else {
        throw JSONError(path: "$.times", message: "fewer times than answers")
      }
      let elapsed = times.isEmpty ? nil : times[filled]
      if let elapsed { time += Int64(elapsed) }
      let key = Response.Key(
        item: items[place / columns.count], rater: column.rater, round: column.round)
      guard
        let response = AnswerSheet.Cell(byte: byte).response(
          key, at: elapsed == nil ? nil : Timestamp(secondsSince1970: time))
      else { throw JSONError(path: "$", message: "a packed answer has unknown bits") }
      responses.append(response)
      filled += 1
    }
    return responses
  }

  private static func add(
    _ extra: JSONNode, to responses: inout [Response], _ places: [Int?], items: Int, columns: Int
  ) throws(JSONError) {
    let parts = extra.elements
    guard parts.count == 3, let item = try? JSONNode.readInt(parts[0]),
      let column = try? JSONNode.readInt(parts[1]), (0..<items).contains(item),
      (0..<columns).contains(column), let place = places[item * columns + column]
    else { throw JSONError(path: "$.extras", message: "not an answer's details") }
    var object = try JSONObjectReader(parts[2])
    if let reason = try object.optional("reason", JSONNode.readString) {
      responses[place].answer = .notApplicable(reason: reason)
    }
    responses[place].evidenceNote = try object.optional("evidenceNote", JSONNode.readString)
    responses[place].note = try object.optional("note", JSONNode.readString)
    responses[place].flagged = try object.optional("flagged", JSONNode.readBool) ?? false
    responses[place].carried = try object.optional("carried", JSONNode.readCase)
    try object.finish()
  }
}
