extension SessionEvent {
  /// The stored form, one JSON object with the event's `kind`.
  package var json: JSONValue {
    switch self {
    case .responded(let response):
      var object: [String: JSONValue] = [
        "kind": .string("responded"), "response": response.json,
      ]
      object["type"] = response.value.map { .string($0.kind.rawValue) }
      return .object(object)
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
    case .parked(let topic):
      return .object(["kind": .string("parked"), "topic": .string(topic)])
    case .finished(let at):
      return .object(["kind": .string("finished"), "at": .string(at.rfc3339)])
    case .reopened: return .object(["kind": .string("reopened")])
    }
  }

  package init(_ value: JSONValue) throws(JSONError) {
    var object = try JSONObjectReader(value, path: "$")
    let kind = try object.required("kind", JSONValue.readString)
    switch kind {
    case "responded":
      let type: Value.Kind = try object.optional("type", JSONValue.readCase) ?? .level
      self = .responded(
        try object.required("response") { (value, path) throws(JSONError) in
          var response = try JSONObjectReader(value, path: path)
          let item = try response.required("item", JSONValue.readString)
          let rater = try response.optional("rater", JSONValue.readString)
          return try Response.read(&response, item: item, rater: rater, kind: type)
        })
    case "undone": self = .undone
    case "redone": self = .redone
    case "visited": self = .visited(item: try object.required("item", JSONValue.readString))
    case "rated": self = .rated(try object.required("rater", Rater.read))
    case "named":
      self = .named(
        organization: try object.required("organization", JSONValue.readString),
        team: try object.required("team", JSONValue.readString))
    case "scoped": self = .scoped(try object.required("scope", JSONValue.readCase))
    case "parked": self = .parked(try object.required("topic", JSONValue.readString))
    case "finished": self = .finished(at: try object.required("at", JSONValue.readTimestamp))
    case "reopened": self = .reopened
    default:
      throw JSONError(
        path: "$.kind", message: "\"\(kind)\" is an event that this version does not know")
    }
    try object.finish()
  }
}
