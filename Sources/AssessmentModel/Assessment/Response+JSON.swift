extension Response {
  /// The words for `Answer` in documents and events. `open` stands only where a note, a flag or
  /// evidence was given before an answer.
  package enum State: String, CaseIterable, Sendable {
    case open, answered, notApplicable, dontKnow
  }

  package var state: State {
    switch answer {
    case .open: .open
    case .answered: .answered
    case .notApplicable: .notApplicable
    case .dontKnow: .dontKnow
    }
  }

  package var json: JSONValue {
    var reason: String?
    if case .notApplicable(let given) = answer { reason = given }
    return .object([
      "item": .string(key.item), "rater": JSONValue(key.rater), "round": .integer(key.round),
      "state": .string(state.rawValue), "value": value?.json ?? .null,
      "reason": JSONValue(reason), "confidence": JSONValue(confidence?.rawValue),
      "evidence": JSONValue(evidence?.rawValue), "evidenceNote": JSONValue(evidenceNote),
      "note": JSONValue(note), "flagged": .bool(flagged), "carried": JSONValue(carried?.rawValue),
      "at": JSONValue(at?.rfc3339),
    ])
  }

  /// Reads all but the key. `kind` gives the kind of the value by the item's id, or throws for an
  /// unknown item.
  package static func read(
    _ object: inout JSONObjectReader, item: String, rater: String?, kind: Value.Kind
  ) throws(JSONError) -> Response {
    let state: State = try object.optional("state", JSONNode.readCase) ?? .answered
    let value = try object.optional("value") { (node) throws(JSONError) in
      try Value(node, kind: kind)
    }
    let reason = try object.optional("reason", JSONNode.readString)
    let answer: Answer
    switch state {
    case .answered:
      guard let value else {
        throw object.error(
          "value",
          "an answered response needs its value; without one give \"state\" as "
            + "\"dontKnow\" or \"notApplicable\"")
      }
      answer = .answered(value)
    case .notApplicable: answer = .notApplicable(reason: reason)
    case .dontKnow: answer = .dontKnow
    case .open: answer = .open
    }
    if state != .answered, value != nil {
      throw object.error("value", "a response that is \(state) has no value")
    }
    if state != .notApplicable, reason != nil {
      throw object.error("reason", "only \"notApplicable\" has a reason")
    }
    let response = Response(
      key: Key(
        item: item, rater: rater,
        round: try object.optional("round", JSONNode.readInt(in: 1...9)) ?? 1),
      answer: answer,
      confidence: try object.optional("confidence", JSONNode.readCase),
      evidence: try object.optional("evidence", JSONNode.readCase),
      evidenceNote: try object.optional("evidenceNote", JSONNode.readString),
      note: try object.optional("note", JSONNode.readString),
      flagged: try object.optional("flagged", JSONNode.readBool) ?? false,
      carried: try object.optional("carried", JSONNode.readCase),
      at: try object.optional("at", JSONNode.readTimestamp))
    try object.finish()
    return response
  }
}

extension Rater {
  package var json: JSONValue {
    var object: [String: JSONValue] = [
      "id": .string(id), "name": .string(name), "department": .string(department),
      "group": .string(group.rawValue),
    ]
    if last { object["last"] = .bool(true) }
    if named { object["named"] = .bool(true) }
    object["person"] = person.map { .string($0) }
    if isLabel { object["label"] = .bool(true) }
    return .object(object)
  }

  package static func read(_ node: JSONNode) throws(JSONError) -> Rater {
    var object = try JSONObjectReader(node)
    let rater = Rater(
      id: try object.required("id", JSONNode.readString),
      name: try object.optional("name", JSONNode.readString) ?? "",
      department: try object.optional("department", JSONNode.readString) ?? "",
      group: try object.optional("group", JSONNode.readCase) ?? .staff,
      last: try object.optional("last", JSONNode.readBool) ?? false,
      named: try object.optional("named", JSONNode.readBool) ?? false,
      person: try object.optional("person", JSONNode.readString),
      isLabel: try object.optional("label", JSONNode.readBool) ?? false)
    try object.finish()
    return rater
  }
}

extension Settlement {
  /// Without the item, which stands outside.
  package var json: JSONValue {
    var level: Int?
    let state: String
    switch answer {
    case .level(let settled): (state, level) = ("answered", settled)
    case .notApplicable: state = "notApplicable"
    case .dontKnow: state = "dontKnow"
    }
    return .object([
      "state": .string(state), "value": JSONValue(level), "reason": JSONValue(reason),
      "dissent": JSONValue(dissent),
    ])
  }

  package static func read(_ node: JSONNode) throws(JSONError) -> Settlement {
    var object = try JSONObjectReader(node)
    let settlement = try read(&object)
    try object.finish()
    return settlement
  }

  package static func read(_ object: inout JSONObjectReader) throws(JSONError) -> Settlement {
    let state: Response.State = try object.optional("state", JSONNode.readCase) ?? .answered
    let level = try object.optional("value", JSONNode.readInt(in: 0...4))
    let answer: Answer
    switch (state, level) {
    case (.answered, let level?): answer = .level(level)
    case (.notApplicable, nil): answer = .notApplicable
    case (.dontKnow, nil): answer = .dontKnow
    case (.answered, nil):
      throw object.error("value", "a settled answer needs its value")
    case (.open, _), (.notApplicable, _?), (.dontKnow, _?):
      throw object.error(
        "state", "\"\(state)\" does not fit a settlement with\(level == nil ? "out" : "") a value")
    }
    return Settlement(
      answer: answer, reason: try object.optional("reason", JSONNode.readString),
      dissent: try object.optional("dissent", JSONNode.readString))
  }
}

extension TeamEvidence {
  /// Without the item, which stands outside.
  package var json: JSONValue {
    .object(["evidence": .string(grade.rawValue), "evidenceNote": JSONValue(note)])
  }

  package static func read(_ object: inout JSONObjectReader) throws(JSONError) -> TeamEvidence {
    TeamEvidence(
      grade: try object.required("evidence", JSONNode.readCase),
      note: try object.optional("evidenceNote", JSONNode.readString))
  }

  package static func read(_ node: JSONNode) throws(JSONError) -> TeamEvidence {
    var object = try JSONObjectReader(node)
    let evidence = try read(&object)
    try object.finish()
    return evidence
  }
}

extension Tally {
  package var json: JSONValue {
    .object([
      "item": .string(item), "round": .integer(round), "group": .string(group.rawValue),
      "department": JSONValue(department), "counts": .array(counts.map { .integer($0) }),
      "dontKnow": .integer(dontKnow), "notApplicable": .integer(notApplicable),
    ])
  }

  package static func read(_ node: JSONNode) throws(JSONError) -> Tally {
    var object = try JSONObjectReader(node)
    let tally = Tally(
      item: try object.required("item", JSONNode.readString),
      round: try object.optional("round", JSONNode.readInt(in: 1...9)) ?? 1,
      group: try object.optional("group", JSONNode.readCase) ?? .staff,
      department: try object.optional("department", JSONNode.readString),
      counts: try object.list("counts", JSONNode.readInt(in: 0...10_000)),
      dontKnow: try object.optional("dontKnow", JSONNode.readInt(in: 0...10_000)) ?? 0,
      notApplicable: try object.optional("notApplicable", JSONNode.readInt(in: 0...10_000)) ?? 0)
    try object.finish()
    if tally.counts.count != 5 {
      throw object.error("counts", "expected five counts, for levels 0 to 4")
    }
    return tally
  }
}
