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
    case .finished(let at):
      return .object(["kind": .string("finished"), "at": .string(at.rfc3339)])
    case .reopened: return .object(["kind": .string("reopened")])
    }
  }

  private static func json(_ kind: String, _ response: Response) -> JSONValue {
    var object: [String: JSONValue] = ["kind": .string(kind), "response": response.json]
    object["type"] = response.value.map { .string($0.kind.rawValue) }
    return .object(object)
  }

  package init(_ value: JSONValue) throws(JSONError) {
    var object = try JSONObjectReader(value, path: "$")
    let kind = try object.required("kind", JSONValue.readString)
    switch kind {
    case "responded": self = .responded(try Self.response(&object))
    case "amended": self = .amended(try Self.response(&object))
    case "undone": self = .undone
    case "redone": self = .redone
    case "visited": self = .visited(item: try object.required("item", JSONValue.readString))
    case "rated": self = .rated(try object.required("rater", Rater.read))
    case "named":
      self = .named(
        organization: try object.required("organization", JSONValue.readString),
        team: try object.required("team", JSONValue.readString))
    case "scoped": self = .scoped(try object.required("scope", JSONValue.readCase))
    case "deepened":
      self = .deepened(dimension: try object.required("dimension", JSONValue.readString))
    case "committed": self = .committed(try object.list("commitments", Commitment.read))
    case "parked": self = .parked(try object.required("topic", JSONValue.readString))
    case "finished": self = .finished(at: try object.required("at", JSONValue.readTimestamp))
    case "reopened": self = .reopened
    default:
      throw JSONError(
        path: "$.kind", message: "\"\(kind)\" is an event that this version does not know")
    }
    try object.finish()
  }

  private static func response(_ object: inout JSONObjectReader) throws(JSONError) -> Response {
    let type: Value.Kind = try object.optional("type", JSONValue.readCase) ?? .level
    return try object.required("response") { (value, path) throws(JSONError) in
      var response = try JSONObjectReader(value, path: path)
      let item = try response.required("item", JSONValue.readString)
      let rater = try response.optional("rater", JSONValue.readString)
      return try Response.read(&response, item: item, rater: rater, kind: type)
    }
  }
}
