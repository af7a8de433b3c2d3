import AssessmentModel

/// What responses are read against.
struct ReadingContext {
  let questionnaire: Questionnaire
  let items: [String: Item]
  let raters: [Rater]
  let raterIDs: Set<String>
  var seen: Set<Response.Key> = []

  init(questionnaire: Questionnaire, items: [String: Item], raters: [Rater]) {
    self.questionnaire = questionnaire
    self.items = items
    self.raters = raters
    raterIDs = Set(raters.map(\.id))
  }

  func unknownItem(_ id: String, _ path: String) -> JSONError {
    JSONError(
      path: path,
      message: "\(questionnaire.id)@\(questionnaire.version) has no item \"\(id)\""
        + suggestion(for: id, among: items.keys.sorted()))
  }

  func scoredItem(_ object: inout JSONObjectReader) throws(JSONError) -> Item {
    let id = try object.required("item", JSONValue.readString)
    return try scoredItem(id, "\(object.path).item")
  }

  func scoredItem(_ id: String, _ path: String) throws(JSONError) -> Item {
    guard let item = items[id] else { throw unknownItem(id, path) }
    guard item.scored != nil else {
      throw JSONError(path: path, message: "\"\(id)\" is a record and has no levels")
    }
    return item
  }

  mutating func response(_ value: JSONValue, _ path: String) throws(JSONError) -> Response {
    var object = try JSONObjectReader(value, path: path)
    let id = try object.required("item", JSONValue.readString)
    guard let item = items[id] else { throw unknownItem(id, "\(path).item") }
    let rater = try rater(of: item, &object)
    let response = try Response.read(&object, item: id, rater: rater, kind: item.valueKind)
    if item.scored == nil {
      switch response.answer {
      case .answered, .open: break
      case .notApplicable, .dontKnow:
        throw JSONError(
          path: "\(path).state", message: "a record such as \"\(id)\" is answered or left out")
      }
      if response.key.round != 1 {
        throw JSONError(path: "\(path).round", message: "a record such as \"\(id)\" has no rounds")
      }
    }
    if let value = response.value { try check(value, of: item, "\(path).value") }
    guard seen.insert(response.key).inserted else {
      throw JSONError(
        path: path,
        message: "item \"\(id)\", rater \(name(of: rater)), round "
          + "\(response.key.round) stands here twice")
    }
    return response
  }

  private func name(of rater: String?) -> String {
    guard let rater else { return "null" }
    let name = raters.first { $0.id == rater }?.name ?? ""
    return name.isEmpty ? rater : "\"\(name)\""
  }

  private func rater(
    of item: Item, _ object: inout JSONObjectReader
  ) throws(JSONError) -> String? {
    let path = "\(object.path).rater"
    let given = object.has("rater")
    if let rater = try object.optional("rater", JSONValue.readString) {
      guard raterIDs.contains(rater) else {
        throw JSONError(
          path: path,
          message: "no rater has the id \"\(rater)\""
            + suggestion(for: rater, among: raterIDs.sorted()))
      }
      guard item.scored != nil else {
        throw JSONError(
          path: path, message: "\"\(item.id)\" is the team's own record: its rater is null")
      }
      return rater
    }
    if item.scored == nil { return nil }
    if given {
      throw JSONError(
        path: path,
        message: "\"\(item.id)\" is answered by somebody; what the team agreed on "
          + "stands under \"settled\"")
    }
    guard raters.count == 1 else {
      throw JSONError(
        path: path, message: "this is missing, and there are \(raters.count) raters")
    }
    return raters[0].id
  }

  /// Whether a value lies in its item's range.
  func check(_ value: Value, of item: Item, _ path: String) throws(JSONError) {
    if let problem = questionnaire.problem(with: value, of: item) {
      throw JSONError(path: path, message: problem)
    }
  }
}
