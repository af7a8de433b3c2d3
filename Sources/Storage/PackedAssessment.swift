import AssessmentModel

/// A whole assessment as one row: the level answers as one byte each, everything else as JSON.
///
/// `answers` begins with the format (1) and the numbers of items and of columns, two bytes each,
/// little end first. A column is one rater's round. Then come the cells, item by item, a byte each:
/// bits 0–2 the answer (0…4, 5 not applicable, 6 don't know, 7 none), bits 3–4 the confidence (0
/// none given, 1 sure, 2 fairly, 3 guess), bits 5–7 the evidence (0 none given, 1 none, 2 anecdote,
/// 3 document, 4 measured). A scan of many assessments reads nothing else.
struct PackedAssessment {
  let answers: [UInt8]
  let details: String

  private static let format: UInt8 = 1

  init(answers: [UInt8], details: String) {
    self.answers = answers
    self.details = details
  }

  init(_ assessment: Assessment) {
    let inGrid = assessment.responses.filter(Self.fitsGrid)
    let items = Set(inGrid.map(\.key.item)).sorted()
    let columns = Set(inGrid.map { Column(rater: $0.key.rater ?? "", round: $0.key.round) }).sorted()
    var cells = [Self.format]
    for count in [items.count, columns.count] {
      cells += [UInt8(count & 255), UInt8(count >> 8 & 255)]
    }
    var extras: [JSONValue] = []
    var times: [JSONValue] = []
    var lastTime: Int64 = 0
    for (itemIndex, item) in items.enumerated() {
      for (columnIndex, column) in columns.enumerated() {
        let key = Response.Key(item: item, rater: column.rater, round: column.round)
        guard let response = assessment.responses[key], Self.fitsGrid(response) else {
          cells.append(7)
          continue
        }
        cells.append(Self.cell(response))
        let time = response.at?.secondsSince1970
        times.append(time.map { .integer(Int($0 - lastTime)) } ?? .null)
        lastTime = time ?? lastTime
        if let extra = Self.extra(response) {
          extras.append(.array([.integer(itemIndex), .integer(columnIndex), extra]))
        }
      }
    }
    answers = cells
    let others = assessment.responses.filter { !Self.fitsGrid($0) }
    details = JSONValue.object([
      "organization": .string(assessment.organization), "team": .string(assessment.team),
      "scope": .string(assessment.scope.rawValue),
      "deepened": .array(assessment.deepened.sorted().map { .string($0) }),
      "startedAt": JSONValue(assessment.startedAt?.rfc3339),
      "finishedAt": JSONValue(assessment.finishedAt?.rfc3339),
      "anonymous": .bool(assessment.anonymous), "upgradedFrom": JSONValue(assessment.upgradedFrom),
      "raters": .array(assessment.raters.map(\.json)),
      "items": .array(items.map { .string($0) }),
      "columns": .array(columns.map { .array([.string($0.rater), .integer($0.round)]) }),
      "times": .array(times), "extras": .array(extras),
      "responses": .array(others.map { SessionEvent.responded($0).json }),
      "setting": .string(assessment.setting.rawValue),
      "settled": .object(assessment.settled.mapValues(\.json)),
      "teamEvidence": .object(assessment.teamEvidence.mapValues(\.json)),
      "predictions": .object(assessment.predictions.mapValues { JSONValue($0) }),
      "tallies": .array(assessment.tallies.map(\.json)),
      "sectionMinutes": .object(assessment.sectionMinutes.mapValues { JSONValue($0) }),
      "parked": .array(assessment.parked.map { .string($0) }),
      "commitments": assessment.commitments.map { .array($0.map(\.json)) } ?? .null,
      "position": JSONValue(assessment.position),
    ]).text()
  }

  private struct Column: Hashable, Comparable {
    let rater: String
    let round: Int

    static func < (left: Column, right: Column) -> Bool {
      (left.rater, left.round) < (right.rater, right.round)
    }
  }

  /// Levels, "not applicable", "don't know" of somebody; not the team's records.
  private static func fitsGrid(_ response: Response) -> Bool {
    guard response.key.rater != nil else { return false }
    switch response.answer {
    case .answered(.level), .notApplicable, .dontKnow: return true
    case .answered, .open: return false
    }
  }

  private static func cell(_ response: Response) -> UInt8 {
    let answer: UInt8 =
      switch response.answer {
      case .answered(.level(let level)): UInt8(level)
      case .notApplicable: 5
      case .dontKnow: 6
      case .answered, .open: 7
      }
    let confidence = response.confidence.flatMap { Response.Confidence.allCases.firstIndex(of: $0) }
    let evidence = response.evidence.flatMap { Response.Evidence.allCases.firstIndex(of: $0) }
    return answer | UInt8((confidence ?? -1) + 1) << 3 | UInt8((evidence ?? -1) + 1) << 5
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
    id: String, questionnaire: QuestionnaireReference
  ) throws(JSONError) -> Assessment {
    var object = try JSONObjectReader(JSONDocument(parsing: details).root)
    let items = try object.list("items", JSONNode.readString)
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
    // In the order in which an assessment keeps them.
    var all = try readGrid(items: items, columns: columns, times: times)
    var filled = 0
    let places = answers.dropFirst(5).map { byte in
      if byte != 7 { filled += 1 }
      return byte == 7 ? nil : filled - 1
    }
    for extra in try object.list("extras", { $0 }) {
      try Self.add(extra, to: &all, places, items: items.count, columns: columns.count)
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
      anonymous: try object.required("anonymous", JSONNode.readBool),
      upgradedFrom: try object.optional("upgradedFrom", JSONNode.readString),
      questionnaire: questionnaire, raters: try object.list("raters", Rater.read),
      responses: all,
      settled: try object.required("settled") { (node) throws(JSONError) in
        try JSONNode.readMap(node, Settlement.read)
      },
      teamEvidence: try object.optional("teamEvidence") { (node) throws(JSONError) in
        try JSONNode.readMap(node, TeamEvidence.read)
      } ?? [:],
      predictions: try object.required("predictions") { (node) throws(JSONError) in
        try JSONNode.readMap(node, JSONNode.readDouble)
      },
      tallies: try object.list("tallies", Tally.read),
      sectionMinutes: try object.required("sectionMinutes") { (node) throws(JSONError) in
        try JSONNode.readMap(node, JSONNode.readDouble)
      },
      parked: try object.list("parked", JSONNode.readString),
      commitments: try object.optional("commitments") { (node) throws(JSONError) in
        try JSONNode.readList(node, Commitment.read)
      },
      position: try object.optional("position", JSONNode.readString))
    try object.finish()
    return assessment
  }

  private func readGrid(
    items: [String], columns: [Column], times: [Int?]
  ) throws(JSONError) -> [Response] {
    guard answers.count == 5 + items.count * columns.count, answers[0] == Self.format else {
      throw JSONError(path: "$", message: "the packed answers have another length or format")
    }
    var responses: [Response] = []
    responses.reserveCapacity(answers.count)
    var filled = 0
    var time: Int64 = 0
    for (index, byte) in answers.dropFirst(5).enumerated() where byte != 7 {
      let column = columns[index % columns.count]
      let key = Response.Key(
        item: items[index / columns.count], rater: column.rater, round: column.round)
      let answer: Response.Answer =
        switch byte & 7 {
        case 5: .notApplicable(reason: nil)
        case 6: .dontKnow
        case let level: .answered(.level(Int(level)))
        }
      guard filled < times.count else {
        throw JSONError(path: "$.times", message: "fewer times than answers")
      }
      if let delta = times[filled] { time += Int64(delta) }
      let confidence = Int(byte >> 3 & 3)
      let evidence = Int(byte >> 5)
      guard evidence <= 4, byte & 7 < 7 else {
        throw JSONError(path: "$", message: "a packed answer has unknown bits")
      }
      responses.append(
        Response(
          key: key, answer: answer,
          confidence: confidence == 0 ? nil : Response.Confidence.allCases[confidence - 1],
          evidence: evidence == 0 ? nil : Response.Evidence.allCases[evidence - 1],
          at: times[filled] == nil ? nil : Timestamp(secondsSince1970: time)))
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
