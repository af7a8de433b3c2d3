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

  package init(_ value: JSONValue, _ path: String, kind: Kind) throws(JSONError) {
    switch kind {
    case .level: self = .level(try JSONValue.readInt(in: 0...4)(value, path))
    case .option: self = .option(try JSONValue.readString(value, path))
    case .options: self = .options(try JSONValue.readList(value, path, JSONValue.readString))
    case .number: self = .number(try JSONValue.readDouble(value, path))
    case .text: self = .text(try JSONValue.readString(value, path))
    case .expectations: self = .expectations(try JSONValue.readList(value, path, Expectation.read))
    case .moments: self = .moments(try JSONValue.readList(value, path, Moment.read))
    case .metrics: self = .metrics(try JSONValue.readList(value, path, Metric.read))
    case .raise: self = .raise(try JSONValue.readList(value, path, JSONValue.readString))
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

  package static func read(_ value: JSONValue, _ path: String) throws(JSONError) -> Expectation {
    var object = try JSONObjectReader(value, path: path)
    let row = Expectation(
      expectation: try object.required("expectation", JSONValue.readWords),
      importance: try object.optional("importance", JSONValue.readInt(in: 1...5)),
      expected: try object.optional("expected", JSONValue.readInt(in: 1...7)),
      perceived: try object.optional("perceived", JSONValue.readInt(in: 1...7)),
      words: try object.optional("words", JSONValue.readCase))
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

  package static func read(_ value: JSONValue, _ path: String) throws(JSONError) -> Moment {
    var object = try JSONObjectReader(value, path: path)
    var row = Moment(
      moment: try object.required("moment", JSONValue.readWords),
      stage: try object.optional("stage", JSONValue.readString),
      channel: try object.optional("channel", JSONValue.readString),
      importance: try object.optional("importance", JSONValue.readInt(in: 1...5)),
      expectation: try object.optional("expectation", JSONValue.readInt(in: 1...5)),
      performance: try object.optional("performance", JSONValue.readInt(in: 1...5)),
      emotion: try object.optional("emotion", JSONValue.readInt(in: -2...2)),
      standing: try object.optional("standing", JSONValue.readCase),
      redesign: try object.optional("redesign", JSONValue.readString))
    for factor in Factor.allCases {
      row.factors[factor] = try object.optional(factor.rawValue, JSONValue.readString)
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

  package static func read(_ value: JSONValue, _ path: String) throws(JSONError) -> Metric {
    var object = try JSONObjectReader(value, path: path)
    let row = Metric(
      name: try object.required("name", JSONValue.readWords),
      formula: try object.optional("formula", JSONValue.readString),
      unit: try object.optional("unit", JSONValue.readString),
      better: try object.optional("better", JSONValue.readCase),
      kind: try object.optional("kind", JSONValue.readCase),
      baseline: try object.optional("baseline", JSONValue.readDouble),
      target: try object.optional("target", JSONValue.readDouble),
      owner: try object.optional("owner", JSONValue.readString),
      source: try object.optional("source", JSONValue.readString),
      cadence: try object.optional("cadence", JSONValue.readString),
      readings: try object.list("readings") { (value, path) throws(JSONError) in
        var reading = try JSONObjectReader(value, path: path)
        let row = Metric.Reading(
          date: try reading.required("date", JSONValue.readDay),
          value: try reading.required("value", JSONValue.readDouble))
        try reading.finish()
        return row
      })
    try object.finish()
    return row
  }
}
