import AssessmentModel

/// The document `outside-in.assessment/1`, read strictly.
package enum AssessmentDocument {
  package static let schema = "outside-in.assessment/1"

  /// What a document says of its questionnaire: enough to find or read it.
  package struct QuestionnaireClaim: Hashable, Sendable {
    package let id: String
    package let version: Version?
    package let content: String?
    /// The canonical questionnaire, where the document carries it.
    package let definition: JSONValue?
    /// Somebody's own words by term, where the text is the published one with these put in.
    package let terms: [String: String]?
    /// The content digest of the version as it was published, where the text has somebody's own word.
    package let published: String?
  }

  /// Reads the part that tells which questionnaire the rest is to be read against.
  package static func questionnaireClaim(
    of document: JSONValue
  ) throws(JSONError) -> QuestionnaireClaim {
    var object = try JSONObjectReader(document, path: "$")
    let found = try object.required("schema", JSONValue.readString)
    guard found == schema else {
      throw JSONError(path: "$.schema", message: "\"\(found)\" is not \(schema)")
    }
    return try object.required("questionnaire") { (value, path) throws(JSONError) in
      var object = try JSONObjectReader(value, path: path)
      let claim = QuestionnaireClaim(
        id: try object.required("id", JSONValue.readString),
        version: try object.optional("version") { (value, path) throws(JSONError) in
          let text = try JSONValue.readString(value, path)
          guard let version = Version(text) else {
            throw JSONError(path: path, message: "\"\(text)\" is no version such as 1.0.0")
          }
          return version
        },
        content: try object.optional("content", JSONValue.readString),
        definition: object.value("definition"),
        terms: try object.optional("terms", readTerms),
        published: try object.optional("published", JSONValue.readString))
      try object.finish()
      return claim
    }
  }

  private static func readTerms(_ value: JSONValue, _ path: String) throws(JSONError) -> [String: String] {
    guard case .object(let object) = value else {
      throw JSONError(path: path, message: "expected an object of words by term")
    }
    var terms: [String: String] = [:]
    for (term, value) in object {
      let word = try JSONValue.readString(value, "\(path).\(term)")
      if let problem = CustomerWord.problem(with: word) {
        throw JSONError(path: "\(path).\(term)", message: "\"\(word.prefix(60))\" is not \(problem)")
      }
      terms[term] = word
    }
    return terms
  }

  /// Reads the whole document against its questionnaire. Everything is checked before anything is
  /// given back: unknown keys, items and raters, doubled responses, values outside their item's
  /// range.
  ///
  /// - Parameters:
  ///   - newID: the id for a document that has none.
  package static func read(
    _ document: JSONValue, questionnaire: Questionnaire, reference: QuestionnaireReference,
    newID: String
  ) throws(JSONError) -> Assessment {
    var object = try JSONObjectReader(document, path: "$")
    _ = (object.value("schema"), object.value("questionnaire"))
    let id = try object.optional("id", readID) ?? newID
    var raters = try object.list("raters", readRater)
    try refuseDoubles(raters.map(\.id), "$.raters") { "the rater \"\($0)\" stands here twice" }
    if raters.isEmpty { raters = [Rater(id: "r1")] }
    guard object.value("responses") != nil else {
      throw JSONError(
        path: "$.responses",
        message: "this is required and missing; a document without answers "
          + "has an empty list here")
    }
    let items = Dictionary(
      questionnaire.items.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var context = ReadingContext(questionnaire: questionnaire, items: items, raters: raters)
    let responses = try object.list("responses") { (value, path) throws(JSONError) in
      try context.response(value, path)
    }
    var settled: [String: Settlement] = [:]
    _ = try object.list("settled") { (value, path) throws(JSONError) in
      var object = try JSONObjectReader(value, path: path)
      let item = try context.scoredItem(&object)
      let settlement = try Settlement.read(&object)
      try object.finish()
      if case .level(let level) = settlement.answer {
        try context.check(.level(level), of: item, "\(path).value")
      }
      guard settled.updateValue(settlement, forKey: item.id) == nil else {
        throw JSONError(path: path, message: "\"\(item.id)\" is settled twice")
      }
    }
    var evidence: [String: TeamEvidence] = [:]
    _ = try object.list("teamEvidence") { (value, path) throws(JSONError) in
      var object = try JSONObjectReader(value, path: path)
      let item = try context.scoredItem(&object)
      let given = try TeamEvidence.read(&object)
      try object.finish()
      guard evidence.updateValue(given, forKey: item.id) == nil else {
        throw JSONError(path: path, message: "\"\(item.id)\" stands here twice")
      }
    }
    var predictions: [String: Double] = [:]
    _ = try object.list("predictions") { (value, path) throws(JSONError) in
      var object = try JSONObjectReader(value, path: path)
      let item = try context.scoredItem(&object)
      let prediction = try object.required("value", JSONValue.readDouble)
      try object.finish()
      guard (0...4).contains(prediction) else {
        throw JSONError(path: "\(path).value", message: "\(prediction) is outside 0 to 4")
      }
      guard predictions.updateValue(prediction, forKey: item.id) == nil else {
        throw JSONError(path: path, message: "\"\(item.id)\" is predicted twice")
      }
    }
    let tallies = try object.list("tallies") { (value, path) throws(JSONError) in
      let tally = try Tally.read(value, path)
      _ = try context.scoredItem(tally.item, "\(path).item")
      if tally.department != nil, tally.votes < Tally.fewestOfADepartment {
        throw JSONError(
          path: "\(path).department",
          message: "so few votes of one department tell who voted what; it is named from "
            + "\(Tally.fewestOfADepartment) votes on, else null")
      }
      return tally
    }
    try refuseDoubles(tallies.map(\.key), "$.tallies") { _ in "this tally stands here twice" }
    let deepened = try object.list("deepened") { (value, path) throws(JSONError) in
      let id = try JSONValue.readString(value, path)
      guard questionnaire.dimension(id) != nil else {
        let ids = questionnaire.dimensions.map(\.id)
        throw JSONError(
          path: path, message: "unknown dimension \"\(id)\"" + suggestion(for: id, among: ids))
      }
      return id
    }
    try refuseDoubles(deepened, "$.deepened") { "\"\($0)\" stands here twice" }
    var minutes: [String: Double] = [:]
    _ = try object.list("sectionMinutes") { (value, path) throws(JSONError) in
      var object = try JSONObjectReader(value, path: path)
      let section = try object.required("section", JSONValue.readString)
      guard questionnaire.sections.contains(where: { $0.id == section }) else {
        throw JSONError(path: "\(path).section", message: "unknown section \"\(section)\"")
      }
      let spent = try object.required("minutes", JSONValue.readDouble)
      try object.finish()
      guard spent >= 0 else {
        throw JSONError(path: "\(path).minutes", message: "\(spent) minutes can't be")
      }
      guard minutes.updateValue(spent, forKey: section) == nil else {
        throw JSONError(path: "\(path).section", message: "\"\(section)\" stands here twice")
      }
    }
    let anonymous = try object.optional("anonymous", JSONValue.readBool) ?? false
    if anonymous { try refuseNamedVotes(responses, raters) }
    let assessment = Assessment(
      id: id, organization: try object.optional("organization", readName) ?? "",
      team: try object.optional("team", readName) ?? "",
      scope: try object.optional("scope", JSONValue.readCase) ?? .full,
      setting: try object.optional("setting", JSONValue.readCase) ?? .alone, deepened: Set(deepened),
      startedAt: try object.optional("startedAt", JSONValue.readTimestamp),
      finishedAt: try object.optional("finishedAt", JSONValue.readTimestamp),
      anonymous: anonymous,
      upgradedFrom: try object.optional("upgradedFrom", JSONValue.readString),
      questionnaire: reference, raters: raters, responses: responses, settled: settled,
      teamEvidence: evidence, predictions: predictions, tallies: tallies, sectionMinutes: minutes,
      parked: try object.list("parked", JSONValue.readString),
      commitments: try object.optional("commitments") { (value, path) throws(JSONError) in
        try JSONValue.readList(value, path, Commitment.read)
      }, planEvents: try object.optional("plan", readPlan) ?? [])
    try object.finish()
    try refuseUnknownLines(assessment)
    if let start = assessment.startedAt, let end = assessment.finishedAt, end < start {
      throw JSONError(path: "$.finishedAt", message: "it ends before it starts, \(start.rfc3339)")
    }
    return assessment
  }

  private static func readPlan(_ value: JSONValue, _ path: String) throws(JSONError) -> [DatedPlanEvent] {
    var object = try JSONObjectReader(value, path: path)
    let history = try object.list("history", DatedPlanEvent.read)
    try object.finish()
    return history
  }

  /// What was heard is of a line that there was by then.
  private static func refuseUnknownLines(_ assessment: Assessment) throws(JSONError) {
    var known = Set((assessment.commitments ?? []).map(\.action))
    for (place, dated) in assessment.planEvents.enumerated() {
      switch dated.event {
      case .kept(let entries): known.formUnion(entries.map(\.id))
      case .heard(let hearings):
        for (number, hearing) in hearings.enumerated() where !known.contains(hearing.entry) {
          throw JSONError(
            path: "$.plan.history[\(place)].hearings[\(number)].entry",
            message: "the plan has no line \"\(hearing.entry)\""
              + suggestion(for: hearing.entry, among: known))
        }
      default: break
      }
    }
  }

  /// Where anonymity was promised, the staff's votes are tallies.
  private static func refuseNamedVotes(
    _ responses: [Response], _ raters: [Rater]
  ) throws(JSONError) {
    let staff = Set(raters.filter { $0.group == .staff }.map(\.id))
    for (place, response) in responses.enumerated() where response.answer != .open {
      guard let rater = response.key.rater, staff.contains(rater) else { continue }
      throw JSONError(
        path: "$.responses[\(place)].rater",
        message: "anonymity was promised, and this says who answered what; anonymous votes are "
          + "\"tallies\", or \"anonymous\" is false")
    }
  }

  private static func readID(_ value: JSONValue, _ path: String) throws(JSONError) -> String {
    let id = try JSONValue.readString(value, path)
    let allowed = id.utf8.allSatisfy {
      (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
        || $0 == 0x2D
    }
    guard allowed, (1...64).contains(id.utf8.count), !id.hasPrefix("-") else {
      throw JSONError(
        path: path, message: "an id is 1 to 64 letters, digits and hyphens, and begins with no hyphen")
    }
    guard id.lowercased() != "last" else {
      throw JSONError(path: path, message: "\"\(id)\" means the assessment changed last; give another id")
    }
    return id
  }

  private static func readRater(_ value: JSONValue, _ path: String) throws(JSONError) -> Rater {
    let rater = try Rater.read(value, path)
    for (name, key) in [(rater.id, "id"), (rater.name, "name"), (rater.department, "department")] {
      if let problem = Assessment.problem(withName: name) {
        throw JSONError(path: "\(path).\(key)", message: problem)
      }
    }
    if rater.id.isEmpty { throw JSONError(path: "\(path).id", message: "an id can't be empty") }
    return rater
  }

  private static func readName(_ value: JSONValue, _ path: String) throws(JSONError) -> String {
    let name = try JSONValue.readString(value, path)
    if let problem = Assessment.problem(withName: name) {
      throw JSONError(path: path, message: problem)
    }
    return name
  }

  private static func refuseDoubles<T: Hashable>(
    _ values: [T], _ path: String, _ message: (T) -> String
  ) throws(JSONError) {
    var seen: Set<T> = []
    for (index, value) in values.enumerated() where !seen.insert(value).inserted {
      throw JSONError(path: "\(path)[\(index)]", message: message(value))
    }
  }
}
