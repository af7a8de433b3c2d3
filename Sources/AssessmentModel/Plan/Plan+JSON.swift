extension Commitment {
  package var json: JSONValue {
    var object: [String: JSONValue] = [
      "action": .string(action), "title": .string(title), "owner": .string(owner),
      "firstStep": .string(firstStep), "by": .string(by.description), "done": .string(done),
      "stop": .string(stop),
    ]
    // Documents from before there was one keep their bytes.
    object["due"] = due.map { .string($0.description) }
    return .object(object)
  }

  package static func read(_ node: JSONNode) throws(JSONError) -> Commitment {
    var object = try JSONObjectReader(node)
    let commitment = Commitment(
      action: try object.required("action", JSONNode.readString),
      title: try object.required("title", JSONNode.readString),
      owner: try object.required("owner", JSONNode.readString),
      firstStep: try object.required("firstStep", JSONNode.readString),
      by: try object.required("by", JSONNode.readDay),
      due: try object.optional("due", JSONNode.readDay),
      done: try object.required("done", JSONNode.readString),
      stop: try object.required("stop", JSONNode.readString))
    try object.finish()
    return commitment
  }
}

extension PlanEntry {
  package var json: JSONValue {
    .object([
      "id": .string(id), "isCommitment": .bool(isCommitment), "title": .string(title),
      "owner": .string(owner),
      "firstStep": .string(firstStep), "by": JSONValue(by?.description), "due": JSONValue(due?.description),
      "status": .string(status.rawValue), "effortDays": JSONValue(effortDays), "done": .string(done),
      "stop": .string(stop), "metric": .string(metric), "blocks": .string(blocks), "helps": .string(helps),
      "helpsBy": JSONValue(helpsBy?.description), "shown": .string(shown),
      "formerOwners": .array(
        formerOwners.map {
          .object(["name": .string($0.name), "until": .string($0.until.description)])
        }),
    ])
  }

  package static func read(_ node: JSONNode) throws(JSONError) -> PlanEntry {
    var object = try JSONObjectReader(node)
    let entry = PlanEntry(
      id: try object.required("id", readID),
      isCommitment: try object.required("isCommitment", JSONNode.readBool),
      title: try object.required("title", JSONNode.readWords),
      owner: try object.optional("owner", readText) ?? "",
      firstStep: try object.optional("firstStep", readText) ?? "",
      by: try object.optional("by", JSONNode.readDay), due: try object.optional("due", JSONNode.readDay),
      status: try object.optional("status", JSONNode.readCase) ?? .open,
      effortDays: try object.optional("effortDays", JSONNode.readInt(in: 0...100_000)),
      done: try object.optional("done", readText) ?? "",
      stop: try object.optional("stop", readText) ?? "",
      metric: try object.optional("metric", readText) ?? "",
      blocks: try object.optional("blocks", readText) ?? "",
      helps: try object.optional("helps", readText) ?? "",
      helpsBy: try object.optional("helpsBy", JSONNode.readDay),
      shown: try object.optional("shown", readText) ?? "",
      formerOwners: try object.list("formerOwners") { (node) throws(JSONError) in
        var object = try JSONObjectReader(node)
        let former = FormerOwner(
          name: try object.required("name", JSONNode.readWords),
          until: try object.required("until", JSONNode.readDay))
        try object.finish()
        return former
      })
    try object.finish()
    return entry
  }
}

/// The id of a line: that of a step, a gap or the team's own.
private func readID(_ node: JSONNode) throws(JSONError) -> String {
  let id = try JSONNode.readString(node)
  let isLetter: (UInt8) -> Bool = {
    (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0) || $0 == 0x2D
  }
  guard (1...80).contains(id.utf8.count), id.utf8.allSatisfy(isLetter) else {
    throw node.error("a line's id is 1 to 80 letters, digits and hyphens")
  }
  return id
}

/// A text as people write it into a plan.
private func readText(_ node: JSONNode) throws(JSONError) -> String {
  let text = try JSONNode.readString(node)
  guard text.utf8.count <= 64 * 1024 else {
    throw node.error("a text has at most 64 KB; this one has \(text.utf8.count / 1024)")
  }
  return text
}

extension Hearing {
  package var json: JSONValue {
    .object([
      "entry": .string(entry), "answer": .string(answer.rawValue), "day": .string(day.description),
      "from": .string(from), "words": .string(words), "shown": .string(shown), "blocks": .string(blocks),
      "helps": .string(helps), "helpsBy": JSONValue(helpsBy?.description),
    ])
  }

  package static func read(_ node: JSONNode) throws(JSONError) -> Hearing {
    var object = try JSONObjectReader(node)
    let hearing = Hearing(
      entry: try object.required("entry", readID),
      answer: try object.required("answer", JSONNode.readCase),
      day: try object.required("day", JSONNode.readDay),
      from: try object.optional("from", readText) ?? "",
      words: try object.optional("words", readText) ?? "",
      shown: try object.optional("shown", readText) ?? "",
      blocks: try object.optional("blocks", readText) ?? "",
      helps: try object.optional("helps", readText) ?? "",
      helpsBy: try object.optional("helpsBy", JSONNode.readDay))
    try object.finish()
    return hearing
  }
}

extension Remark {
  fileprivate var json: JSONValue {
    .object(["kind": .string(kind.rawValue), "item": JSONValue(item), "text": .string(text)])
  }

  fileprivate static func read(_ node: JSONNode) throws(JSONError) -> Remark {
    var object = try JSONObjectReader(node)
    let remark = Remark(
      kind: try object.required("kind", JSONNode.readCase),
      item: try object.optional("item", JSONNode.readString), text: try object.required("text", readText))
    try object.finish()
    return remark
  }
}

extension DatedPlanEvent {
  /// The stored form, one JSON object with the event's `kind` and `at`.
  package var json: JSONValue {
    var object: [String: JSONValue]
    switch event {
    case .kept(let entries):
      object = ["kind": .string("kept"), "entries": .array(entries.map(\.json))]
    case .freed(let days): object = ["kind": .string("freed"), "daysPerMonth": JSONValue(days)]
    case .entrusted(let keeper): object = ["kind": .string("entrusted"), "keeper": .string(keeper)]
    case .requested(let request):
      object = [
        "kind": .string("requested"), "sponsor": .string(request.sponsor), "money": .string(request.money),
        "decideBy": JSONValue(request.decideBy?.description),
        "stopIf": .string(request.stopIf),
      ]
    case .heard(let hearings):
      object = ["kind": .string("heard"), "hearings": .array(hearings.map(\.json))]
    case .checked(let day): object = ["kind": .string("checked"), "on": .string(day.description)]
    case .handedOver(let from, let to):
      object = ["kind": .string("handedOver"), "from": .string(from), "to": .string(to)]
    case .measured(let metric): object = ["kind": .string("measured"), "metric": metric.json]
    case .read(let metric, let reading):
      object = [
        "kind": .string("read"), "metric": .string(metric), "date": .string(reading.date.description),
        "value": JSONValue(reading.value),
      ]
    case .released(let out, let staying):
      object = [
        "kind": .string("released"), "out": .array(out.map(\.json)), "staying": .array(staying.map(\.json)),
      ]
    case .undone: object = ["kind": .string("undone")]
    case .redone: object = ["kind": .string("redone")]
    }
    object["at"] = .string(at.rfc3339)
    return .object(object)
  }

  package static func read(_ node: JSONNode) throws(JSONError) -> DatedPlanEvent {
    var object = try JSONObjectReader(node)
    let kind = try object.required("kind", JSONNode.readString)
    let event: PlanEvent
    switch kind {
    case "kept": event = .kept(try object.list("entries", PlanEntry.read))
    case "freed":
      let days = try object.optional("daysPerMonth", JSONNode.readDouble)
      if let days, !(0...10_000).contains(days) {
        throw object.error("daysPerMonth", "\(days) is outside 0 to 10000")
      }
      event = .freed(daysPerMonth: days)
    case "entrusted": event = .entrusted(keeper: try object.required("keeper", JSONNode.readString))
    case "requested":
      event = .requested(
        BoardRequest(
          sponsor: try object.optional("sponsor", readText) ?? "",
          money: try object.optional("money", readText) ?? "",
          decideBy: try object.optional("decideBy", JSONNode.readDay),
          stopIf: try object.optional("stopIf", readText) ?? ""))
    case "heard": event = .heard(try object.list("hearings", Hearing.read))
    case "checked": event = .checked(on: try object.required("on", JSONNode.readDay))
    case "handedOver":
      event = .handedOver(
        from: try object.required("from", JSONNode.readWords),
        to: try object.required("to", JSONNode.readString))
    case "measured": event = .measured(try object.required("metric", Metric.read))
    case "read":
      event = .read(
        metric: try object.required("metric", JSONNode.readWords),
        Metric.Reading(
          date: try object.required("date", JSONNode.readDay),
          value: try object.required("value", JSONNode.readDouble)))
    case "released":
      event = .released(
        out: try object.list("out", Remark.read), staying: try object.list("staying", Remark.read))
    case "undone": event = .undone
    case "redone": event = .redone
    default:
      throw object.error("kind", "\"\(kind)\" is an event of a plan that this version does not know")
    }
    let dated = DatedPlanEvent(at: try object.required("at", JSONNode.readTimestamp), event)
    try object.finish()
    return dated
  }
}
