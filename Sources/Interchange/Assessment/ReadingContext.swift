import AssessmentModel

/// A questionnaire as documents are read against it; made once for many of them.
package struct KnownItems: Sendable {
  let questionnaire: Questionnaire
  let reference: QuestionnaireReference
  /// By id: the item, the kind of its answers, and a bit for each level it takes.
  fileprivate let items: [String: (item: Item, kind: Value.Kind, levels: UInt8)]
  let scored: ScoredItems
  /// A bit for each level that a scored item takes, in their order.
  let levels: [UInt8]

  package init(_ questionnaire: Questionnaire, reference: QuestionnaireReference) {
    self.questionnaire = questionnaire
    self.reference = reference
    func levels(of item: Item) -> UInt8 {
      (questionnaire.levels(of: item) ?? []).reduce(UInt8(0)) { $0 | 1 << UInt8($1) }
    }
    let all = questionnaire.items
    items = Dictionary(
      all.map { ($0.id, ($0, $0.valueKind, levels(of: $0))) }, uniquingKeysWith: { first, _ in first })
    scored = ScoredItems(of: questionnaire)
    self.levels = all.filter { $0.scored != nil }.map(levels)
  }
}

/// What the responses of one document are read against.
struct ReadingContext {
  let known: KnownItems
  let raters: [Rater]
  let raterIDs: Set<String>
  var seen: Set<Response.Key> = []

  init(known: KnownItems, raters: [Rater]) {
    self.known = known
    self.raters = raters
    raterIDs = Set(raters.map(\.id))
  }

  private func unknownItem(_ id: String) -> String {
    "\(known.reference.id)@\(known.reference.version) has no item \"\(id)\""
      + suggestion(for: id, among: known.items.keys.sorted())
  }

  func scoredItem(_ object: inout JSONObjectReader) throws(JSONError) -> Item {
    let id = try object.required("item", JSONNode.readString)
    return try scoredItem(id) { [object] in object.error("item", $0) }
  }

  /// - Parameter error: Says where it is wrong.
  func scoredItem(_ id: String, error: (String) -> JSONError) throws(JSONError) -> Item {
    guard let item = known.items[id]?.item else { throw error(unknownItem(id)) }
    guard item.scored != nil else { throw error("\"\(id)\" is a record and has no levels") }
    return item
  }

  mutating func response(_ node: JSONNode) throws(JSONError) -> Response {
    var object = try JSONObjectReader(node)
    let id = try object.required("item", JSONNode.readString)
    guard let (item, kind, levels) = known.items[id] else { throw object.error("item", unknownItem(id)) }
    let rater = try rater(of: item, &object)
    let response = try Response.read(&object, item: id, rater: rater, kind: kind)
    if item.scored == nil {
      switch response.answer {
      case .answered, .open: break
      case .notApplicable, .dontKnow:
        throw object.error("state", "a record such as \"\(id)\" is answered or left out")
      }
      if response.key.round != 1 {
        throw object.error("round", "a record such as \"\(id)\" has no rounds")
      }
    }
    switch response.value {
    case .level(let level)? where levels & 1 << UInt8(level) != 0: break
    case let value?: try check(value, of: item) { object.error("value", $0) }
    case nil: break
    }
    guard seen.insert(response.key).inserted else {
      throw object.node.error(
        "item \"\(id)\", rater \(name(of: rater)), round \(response.key.round) stands here twice")
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
    let given = object.has("rater")
    if let rater = try object.optional("rater", JSONNode.readString) {
      guard raterIDs.contains(rater) else {
        throw object.error(
          "rater",
          "no rater has the id \"\(rater)\""
            + suggestion(for: rater, among: raterIDs.sorted()))
      }
      guard item.scored != nil else {
        throw object.error("rater", "\"\(item.id)\" is the team's own record: its rater is null")
      }
      return rater
    }
    if item.scored == nil { return nil }
    if given {
      throw object.error(
        "rater",
        "\"\(item.id)\" is answered by somebody; what the team agreed on "
          + "stands under \"settled\"")
    }
    guard raters.count == 1 else {
      throw object.error("rater", "this is missing, and there are \(raters.count) raters")
    }
    return raters[0].id
  }

  /// Whether a value lies in its item's range.
  func check(_ value: Value, of item: Item, error: (String) -> JSONError) throws(JSONError) {
    if let problem = known.questionnaire.problem(with: value, of: item) { throw error(problem) }
  }
}
