extension SessionEvent {
  /// The stored form, one JSON object with the event's `kind`.
  package var json: JSONValue {
    switch self {
    case .responded(let response): return Self.json("responded", response)
    case .amended(let response): return Self.json("amended", response)
    case .undone: return .object(["kind": .string("undone")])
    case .redone: return .object(["kind": .string("redone")])
    case .visited(let item):
      return .object(["kind": .string("visited"), "item": .string(item)])
    case .rated(let rater): return .object(["kind": .string("rated"), "rater": rater.json])
    case .dismissed(let rater):
      return .object(["kind": .string("dismissed"), "rater": .string(rater)])
    case .named(let organization, let team):
      return .object([
        "kind": .string("named"), "organization": .string(organization), "team": .string(team),
      ])
    case .scoped(let scope):
      return .object(["kind": .string("scoped"), "scope": .string(scope.rawValue)])
    case .deepened(let dimension):
      return .object(["kind": .string("deepened"), "dimension": .string(dimension)])
    case .committed(let commitments):
      return .object([
        "kind": .string("committed"), "commitments": .array(commitments.map(\.json)),
      ])
    case .parked(let topic):
      return .object(["kind": .string("parked"), "topic": .string(topic)])
    case .withdrawn(let topic):
      return .object(["kind": .string("withdrawn"), "topic": .string(topic)])
    case .finished(let at):
      return .object(["kind": .string("finished"), "at": .string(at.rfc3339)])
    case .reopened: return .object(["kind": .string("reopened")])
    case .convened(let minutes, let cards):
      return .object([
        "kind": .string("convened"), "minutes": .integer(minutes), "cards": .string(cards.rawValue),
      ])
    case .promised(let anonymous):
      return .object(["kind": .string("promised"), "anonymous": .bool(anonymous)])
    case .attended(let rater, let isPresent):
      return .object([
        "kind": .string("attended"), "rater": .string(rater), "isPresent": .bool(isPresent),
      ])
    case .roundOpened(let item, let open):
      var object: [String: JSONValue] = [
        "kind": .string("roundOpened"), "item": .string(item), "round": .integer(open.round),
        "voters": ids(open.voters),
      ]
      if !open.counted.isEmpty { object["counted"] = ids(open.counted) }
      return .object(object)
    case .revealed(let reveal):
      var object: [String: JSONValue] = [
        "kind": .string("revealed"), "item": .string(reveal.item), "round": .integer(reveal.round),
        "responses": .array(reveal.responses.map(\.json)), "tallies": .array(reveal.tallies.map(\.json)),
      ]
      if reveal.group != .staff { object["group"] = .string(reveal.group.rawValue) }
      if !reveal.absent.isEmpty { object["absent"] = ids(reveal.absent) }
      return .object(object)
    case .settled(let item, let settlement):
      return .object([
        "kind": .string("settled"), "item": .string(item), "settlement": settlement?.json ?? .null,
      ])
    case .supported(let item, let evidence):
      return .object([
        "kind": .string("supported"), "item": .string(item), "evidence": evidence?.json ?? .null,
      ])
    case .roundDropped(let item):
      return .object(["kind": .string("roundDropped"), "item": .string(item)])
    case .shortened(let items):
      return .object([
        "kind": .string("shortened"), "leftOut": .array(items.sorted().map { .string($0) }),
      ])
    case .said(let item, let text):
      return .object(["kind": .string("said"), "item": .string(item), "text": .string(text)])
    case .spent(let section, let seconds):
      return .object([
        "kind": .string("spent"), "section": JSONValue(section), "seconds": .integer(seconds),
      ])
    case .dotted(let dots):
      return .object(["kind": .string("dotted"), "dots": .object(dots.mapValues { .integer($0) })])
    case .customersOpened: return .object(["kind": .string("customersOpened")])
    case .continued(let id): return .object(["kind": .string("continued"), "from": .string(id)])
    case .predicted(let item, let value):
      return .object(["kind": .string("predicted"), "item": .string(item), "value": JSONValue(value)])
    }
  }

  private func ids(_ ids: Set<String>) -> JSONValue { .array(ids.sorted().map { .string($0) }) }

  private static func json(_ kind: String, _ response: Response) -> JSONValue {
    var object: [String: JSONValue] = ["kind": .string(kind), "response": response.json]
    object["type"] = response.value.map { .string($0.kind.rawValue) }
    return .object(object)
  }

  package init(_ node: JSONNode) throws(JSONError) {
    var object = try JSONObjectReader(node)
    let kind = try object.required("kind", JSONNode.readString)
    switch kind {
    case "responded": self = .responded(try Self.response(&object))
    case "amended": self = .amended(try Self.response(&object))
    case "undone": self = .undone
    case "redone": self = .redone
    case "visited": self = .visited(item: try object.required("item", JSONNode.readString))
    case "rated": self = .rated(try object.required("rater", Rater.read))
    case "dismissed":
      self = .dismissed(rater: try object.required("rater", JSONNode.readString))
    case "named":
      self = .named(
        organization: try object.required("organization", JSONNode.readString),
        team: try object.required("team", JSONNode.readString))
    case "scoped": self = .scoped(try object.required("scope", JSONNode.readCase))
    case "deepened":
      self = .deepened(dimension: try object.required("dimension", JSONNode.readString))
    case "committed": self = .committed(try object.list("commitments", Commitment.read))
    case "withdrawn":
      self = .withdrawn(topic: try object.required("topic", JSONNode.readString))
    case "parked": self = .parked(try object.required("topic", JSONNode.readString))
    case "finished": self = .finished(at: try object.required("at", JSONNode.readTimestamp))
    case "reopened": self = .reopened
    default:
      guard let event = try Self.ofWorkshop(kind, &object) else {
        throw object.error("kind", "\"\(kind)\" is an event that this version does not know")
      }
      self = event
    }
    try object.finish()
  }

  /// nil for a kind that is none of a workshop's.
  private static func ofWorkshop(
    _ kind: String, _ object: inout JSONObjectReader
  ) throws(JSONError) -> SessionEvent? {
    switch kind {
    case "convened":
      return .convened(
        minutes: try object.required("minutes", JSONNode.readInt),
        cards: try object.required("cards", JSONNode.readCase))
    case "promised":
      return .promised(anonymous: try object.required("anonymous", JSONNode.readBool))
    case "attended":
      return .attended(
        rater: try object.required("rater", JSONNode.readString),
        isPresent: try object.required("isPresent", JSONNode.readBool))
    case "shortened": return .shortened(leftOut: Set(try object.list("leftOut", JSONNode.readString)))
    case "spent":
      return .spent(
        section: try object.optional("section", JSONNode.readString),
        seconds: try object.required("seconds", JSONNode.readInt))
    case "dotted":
      return .dotted(
        try object.required("dots") { (node) throws(JSONError) in
          try JSONNode.readMap(node, JSONNode.readInt)
        })
    case "roundOpened":
      return .roundOpened(
        item: try item(&object),
        OpenRound(
          round: try object.required("round", JSONNode.readInt(in: 1...9)),
          voters: Set(try object.list("voters", JSONNode.readString)),
          counted: Set(try object.list("counted", JSONNode.readString))))
    case "revealed":
      return .revealed(
        Reveal(
          item: try item(&object), round: try object.required("round", JSONNode.readInt(in: 1...9)),
          group: try object.optional("group", JSONNode.readCase) ?? .staff,
          responses: try object.list("responses") { (node) throws(JSONError) in
            try Self.response(node, kind: .level)
          }, tallies: try object.list("tallies", Tally.read),
          absent: Set(try object.list("absent", JSONNode.readString))))
    case "customersOpened": return .customersOpened
    case "continued": return .continued(from: try object.required("from", JSONNode.readString))
    case "predicted":
      return .predicted(item: try item(&object), try object.optional("value", JSONNode.readDouble))
    case "roundDropped": return .roundDropped(item: try item(&object))
    case "settled":
      return .settled(item: try item(&object), try object.optional("settlement", Settlement.read))
    case "supported":
      return .supported(item: try item(&object), try object.optional("evidence", TeamEvidence.read))
    case "said":
      return .said(item: try item(&object), try object.required("text", JSONNode.readString))
    default: return nil
    }
  }

  private static func item(_ object: inout JSONObjectReader) throws(JSONError) -> String {
    try object.required("item", JSONNode.readString)
  }

  private static func response(_ object: inout JSONObjectReader) throws(JSONError) -> Response {
    let type: Value.Kind = try object.optional("type", JSONNode.readCase) ?? .level
    return try object.required("response") { (node) throws(JSONError) in
      try Self.response(node, kind: type)
    }
  }

  private static func response(
    _ node: JSONNode, kind: Value.Kind
  ) throws(JSONError) -> Response {
    var response = try JSONObjectReader(node)
    let item = try response.required("item", JSONNode.readString)
    let rater = try response.optional("rater", JSONNode.readString)
    return try Response.read(&response, item: item, rater: rater, kind: kind)
  }
}
