extension Value {
  /// The types of value, which a document tells by the item and an event by a word.
  package enum Kind: String, CaseIterable, Sendable {
    case level, option, options, number, text, expectations, moments, metrics, raise
  }

  package var kind: Kind {
    switch self {
    case .level: .level
    case .option: .option
    case .options: .options
    case .number: .number
    case .text: .text
    case .expectations: .expectations
    case .moments: .moments
    case .metrics: .metrics
    case .raise: .raise
    }
  }

  package var json: JSONValue {
    switch self {
    case .level(let level): .integer(level)
    case .option(let text), .text(let text): .string(text)
    case .options(let ids), .raise(let ids): .array(ids.map { .string($0) })
    case .number(let number): JSONValue(number)
    case .expectations(let rows): .array(rows.map(\.json))
    case .moments(let rows): .array(rows.map(\.json))
    case .metrics(let rows): .array(rows.map(\.json))
    }
  }

  package init(_ node: JSONNode, kind: Kind) throws(JSONError) {
    switch kind {
    case .level: self = .level(try JSONNode.readInt(in: 0...4)(node))
    case .option: self = .option(try JSONNode.readString(node))
    case .options: self = .options(try JSONNode.readList(node, JSONNode.readString))
    case .number: self = .number(try JSONNode.readDouble(node))
    case .text: self = .text(try JSONNode.readString(node))
    case .expectations: self = .expectations(try JSONNode.readList(node, Expectation.read))
    case .moments: self = .moments(try JSONNode.readList(node, Moment.read))
    case .metrics: self = .metrics(try JSONNode.readList(node, Metric.read))
    case .raise: self = .raise(try JSONNode.readList(node, JSONNode.readString))
    }
  }
}

extension Item {
  /// The kind of value an answer to the item has.
  package var valueKind: Value.Kind {
    switch content {
    case .scored: .level
    case .record(let record):
      switch record {
      case .choice(_, let multiple): multiple ? .options : .option
      case .number: .number
      case .text: .text
      case .expectations: .expectations
      case .moments: .moments
      case .metrics: .metrics
      case .raise: .raise
      }
    }
  }
}

extension Expectation {
  package var json: JSONValue {
    .object([
      "expectation": .string(expectation), "importance": JSONValue(importance),
      "expected": JSONValue(expected), "perceived": JSONValue(perceived),
      "words": JSONValue(words?.rawValue),
    ])
  }

  package static func read(_ node: JSONNode) throws(JSONError) -> Expectation {
    var object = try JSONObjectReader(node)
    let row = Expectation(
      expectation: try object.required("expectation", JSONNode.readWords),
      importance: try object.optional("importance", JSONNode.readInt(in: 1...5)),
      expected: try object.optional("expected", JSONNode.readInt(in: 1...7)),
      perceived: try object.optional("perceived", JSONNode.readInt(in: 1...7)),
      words: try object.optional("words", JSONNode.readCase))
    try object.finish()
    return row
  }
}

extension Moment {
  package var json: JSONValue {
    var object: [String: JSONValue] = [
      "moment": .string(moment), "stage": JSONValue(stage), "channel": JSONValue(channel),
      "importance": JSONValue(importance), "expectation": JSONValue(expectation),
      "performance": JSONValue(performance), "emotion": JSONValue(emotion),
      "standing": JSONValue(standing?.rawValue), "redesign": JSONValue(redesign),
    ]
    for factor in Factor.allCases { object[factor.rawValue] = JSONValue(factors[factor]) }
    return .object(object)
  }

  package static func read(_ node: JSONNode) throws(JSONError) -> Moment {
    var object = try JSONObjectReader(node)
    var row = Moment(
      moment: try object.required("moment", JSONNode.readWords),
      stage: try object.optional("stage", JSONNode.readString),
      channel: try object.optional("channel", JSONNode.readString),
      importance: try object.optional("importance", JSONNode.readInt(in: 1...5)),
      expectation: try object.optional("expectation", JSONNode.readInt(in: 1...5)),
      performance: try object.optional("performance", JSONNode.readInt(in: 1...5)),
      emotion: try object.optional("emotion", JSONNode.readInt(in: -2...2)),
      standing: try object.optional("standing", JSONNode.readCase),
      redesign: try object.optional("redesign", JSONNode.readString))
    for factor in Factor.allCases {
      row.factors[factor] = try object.optional(factor.rawValue, JSONNode.readString)
    }
    try object.finish()
    return row
  }
}

extension Metric {
  package var json: JSONValue {
    .object([
      "name": .string(name), "formula": JSONValue(formula), "unit": JSONValue(unit),
      "better": JSONValue(better?.rawValue), "kind": JSONValue(kind?.rawValue),
      "baseline": JSONValue(baseline), "target": JSONValue(target), "owner": JSONValue(owner),
      "source": JSONValue(source), "cadence": JSONValue(cadence),
      "readings": .array(
        readings.map {
          .object(["date": .string($0.date.description), "value": JSONValue($0.value)])
        }),
    ])
  }

  package static func read(_ node: JSONNode) throws(JSONError) -> Metric {
    var object = try JSONObjectReader(node)
    let row = Metric(
      name: try object.required("name", JSONNode.readWords),
      formula: try object.optional("formula", JSONNode.readString),
      unit: try object.optional("unit", JSONNode.readString),
      better: try object.optional("better", JSONNode.readCase),
      kind: try object.optional("kind", JSONNode.readCase),
      baseline: try object.optional("baseline", JSONNode.readDouble),
      target: try object.optional("target", JSONNode.readDouble),
      owner: try object.optional("owner", JSONNode.readString),
      source: try object.optional("source", JSONNode.readString),
      cadence: try object.optional("cadence", JSONNode.readString),
      readings: try object.list("readings") { (node) throws(JSONError) in
        var reading = try JSONObjectReader(node)
        let row = Metric.Reading(
          date: try reading.required("date", JSONNode.readDay),
          value: try reading.required("value", JSONNode.readDouble))
        try reading.finish()
        return row
      })
    try object.finish()
    return row
  }
}
