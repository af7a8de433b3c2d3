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

  /// The part that tells which questionnaire the rest is to be read against. Documents in which it is written alike mean
  /// the same one.
  package static func questionnaireNode(of document: JSONNode) throws(JSONError) -> JSONNode {
    var object = try JSONObjectReader(document)
    let found = try object.required("schema") { $0 }
    guard found.says(schema) else {
      let text = try JSONNode.readString(found)
      throw found.error("\"\(text)\" is not \(schema)")
    }
    return try object.required("questionnaire") { $0 }
  }

  /// Reads that part.
  package static func questionnaireClaim(
    of document: JSONNode
  ) throws(JSONError) -> QuestionnaireClaim {
    var object = try JSONObjectReader(questionnaireNode(of: document))
    let claim = QuestionnaireClaim(
      id: try object.required("id", JSONNode.readString),
      version: try object.optional("version") { (node) throws(JSONError) in
        let text = try JSONNode.readString(node)
        guard let version = Version(text) else {
          throw node.error("\"\(text)\" is no version such as 1.0.0")
        }
        return version
      },
      content: try object.optional("content", JSONNode.readString),
      definition: object.value("definition")?.value,
      terms: try object.optional("terms", readTerms),
      published: try object.optional("published", JSONNode.readString))
    try object.finish()
    return claim
  }

  private static func readTerms(_ node: JSONNode) throws(JSONError) -> [String: String] {
    guard node.isObject else { throw node.error("expected an object of words by term") }
    return try JSONNode.readMap(node) { (node) throws(JSONError) in
      let word = try JSONNode.readString(node)
      if let problem = CustomerWord.problem(with: word) {
        throw node.error("\"\(word.prefix(60))\" is not \(problem)")
      }
      return word
    }
  }

  /// Reads the whole document against its questionnaire. Everything is checked before anything is
  /// given back: unknown keys, items and raters, doubled responses, values outside their item's
  /// range.
  ///
  /// - Parameters:
  ///   - known: Its questionnaire.
  ///   - newID: Makes the id for a document that has none.
  package static func read(
    _ document: JSONNode, against known: KnownItems, newID: () -> String
  ) throws(JSONError) -> Assessment {
    let questionnaire = known.questionnaire
    var object = try JSONObjectReader(document)
    _ = (object.value("schema"), object.value("questionnaire"))
    let id = try object.optional("id", readID) ?? newID()
    var raters = try object.list("raters", readRater)
    try refuseDoubles(raters.map(\.id), "$.raters") { "the rater \"\($0)\" stands here twice" }
    if raters.isEmpty { raters = [Rater(id: "r1")] }
    guard let given = object.value("responses") else {
      throw object.error(
        "responses", "this is required and missing; a document without answers has an empty list here")
    }
    var context = ReadingContext(known: known, raters: raters)
    let responses = try JSONNode.readList(given) { (node) throws(JSONError) in
      try context.response(node)
    }
    var settled: [String: Settlement] = [:]
    _ = try object.list("settled") { (node) throws(JSONError) in
      var object = try JSONObjectReader(node)
      let item = try context.scoredItem(&object)
      let settlement = try Settlement.read(&object)
      try object.finish()
      if case .level(let level) = settlement.answer {
        try context.check(.level(level), of: item) { object.error("value", $0) }
      }
      guard settled.updateValue(settlement, forKey: item.id) == nil else {
        throw node.error("\"\(item.id)\" is settled twice")
      }
    }
    var evidence: [String: TeamEvidence] = [:]
    _ = try object.list("teamEvidence") { (node) throws(JSONError) in
      var object = try JSONObjectReader(node)
      let item = try context.scoredItem(&object)
      let given = try TeamEvidence.read(&object)
      try object.finish()
      guard evidence.updateValue(given, forKey: item.id) == nil else {
        throw node.error("\"\(item.id)\" stands here twice")
      }
    }
    var predictions: [String: Double] = [:]
    _ = try object.list("predictions") { (node) throws(JSONError) in
      var object = try JSONObjectReader(node)
      let item = try context.scoredItem(&object)
      let prediction = try object.required("value", JSONNode.readDouble)
      try object.finish()
      guard (0...4).contains(prediction) else {
        throw object.error("value", "\(prediction) is outside 0 to 4")
      }
      guard predictions.updateValue(prediction, forKey: item.id) == nil else {
        throw node.error("\"\(item.id)\" is predicted twice")
      }
    }
    let tallies = try object.list("tallies") { (node) throws(JSONError) in
      let tally = try Tally.read(node)
      _ = try context.scoredItem(tally.item) { node.error(at: "item", $0) }
      if tally.department != nil, tally.votes < Tally.fewestOfADepartment {
        throw node.error(
          at: "department",
          "so few votes of one department tell who voted what; it is named from "
            + "\(Tally.fewestOfADepartment) votes on, else null")
      }
      return tally
    }
    try refuseDoubles(tallies.map(\.key), "$.tallies") { _ in "this tally stands here twice" }
    let deepened = try object.list("deepened") { (node) throws(JSONError) in
      let id = try JSONNode.readString(node)
      guard questionnaire.dimension(id) != nil else {
        let ids = questionnaire.dimensions.map(\.id)
        throw node.error("unknown dimension \"\(id)\"" + suggestion(for: id, among: ids))
      }
      return id
    }
    try refuseDoubles(deepened, "$.deepened") { "\"\($0)\" stands here twice" }
    var minutes: [String: Double] = [:]
    _ = try object.list("sectionMinutes") { (node) throws(JSONError) in
      var object = try JSONObjectReader(node)
      let section = try object.required("section", JSONNode.readString)
      guard questionnaire.sections.contains(where: { $0.id == section }) else {
        throw object.error("section", "unknown section \"\(section)\"")
      }
      let spent = try object.required("minutes", JSONNode.readDouble)
      try object.finish()
      guard spent >= 0 else {
        throw object.error("minutes", "\(spent) minutes can't be")
      }
      guard minutes.updateValue(spent, forKey: section) == nil else {
        throw object.error("section", "\"\(section)\" stands here twice")
      }
    }
    let anonymous = try object.optional("anonymous", JSONNode.readBool) ?? false
    if anonymous { try refuseNamedVotes(responses, raters) }
    let assessment = Assessment(
      id: id, organization: try object.optional("organization", readName) ?? "",
      team: try object.optional("team", readName) ?? "",
      scope: try object.optional("scope", JSONNode.readCase) ?? .full,
      setting: try object.optional("setting", JSONNode.readCase) ?? .alone, deepened: Set(deepened),
      startedAt: try object.optional("startedAt", JSONNode.readTimestamp),
      finishedAt: try object.optional("finishedAt", JSONNode.readTimestamp),
      anonymous: anonymous,
      upgradedFrom: try object.optional("upgradedFrom", JSONNode.readString),
      questionnaire: known.reference, raters: raters, responses: responses, settled: settled,
      teamEvidence: evidence, predictions: predictions, tallies: tallies, sectionMinutes: minutes,
      parked: try object.list("parked", JSONNode.readString),
      commitments: try object.optional("commitments") { (node) throws(JSONError) in
        try JSONNode.readList(node, Commitment.read)
      }, planEvents: try object.optional("plan", readPlan) ?? [])
    try object.finish()
    try refuseUnknownLines(assessment)
    if let start = assessment.startedAt, let end = assessment.finishedAt, end < start {
      throw object.error("finishedAt", "it ends before it starts, \(start.rfc3339)")
    }
    return assessment
  }

  private static func readPlan(_ node: JSONNode) throws(JSONError) -> [DatedPlanEvent] {
    var object = try JSONObjectReader(node)
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

  static func readID(_ node: JSONNode) throws(JSONError) -> String {
    let id = try JSONNode.readString(node)
    let allowed = id.utf8.allSatisfy {
      (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
        || $0 == 0x2D
    }
    guard allowed, (1...64).contains(id.utf8.count), !id.hasPrefix("-") else {
      throw node.error("an id is 1 to 64 letters, digits and hyphens, and begins with no hyphen")
    }
    guard id.lowercased() != "last" else {
      throw node.error("\"\(id)\" means the assessment changed last; give another id")
    }
    return id
  }

  private static func readRater(_ node: JSONNode) throws(JSONError) -> Rater {
    let rater = try Rater.read(node)
    for (name, key) in [(rater.id, "id"), (rater.name, "name"), (rater.department, "department")] {
      if let problem = Assessment.problem(withName: name) {
        throw node.error(at: key, problem)
      }
    }
    if rater.id.isEmpty { throw node.error(at: "id", "an id can't be empty") }
    return rater
  }

  private static func readName(_ node: JSONNode) throws(JSONError) -> String {
    let name = try JSONNode.readString(node)
    if let problem = Assessment.problem(withName: name) {
      throw node.error(problem)
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
