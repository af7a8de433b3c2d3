import AssessmentModel

extension Questionnaire {
  /// The resolved model as JSON: authored keys and stated defaults only, absent ones left out,
  /// sections inlined in their order, scales by reference, no status.
  public var canonical: JSONValue {
    var object: [String: JSONValue] = [
      "format": .integer(1), "id": .string(id), "version": .string(version.description),
      "title": .string(title),
      "scoring": .object(["method": .string(scoring.method), "cut": JSONValue(scoring.cut)]),
      "dimensions": .array(dimensions.map(\.canonical)),
      "scales": .object(
        Dictionary(uniqueKeysWithValues: scales.map { ($0.id, $0.canonical) })),
      "sections": .array(sections.map(\.canonical)),
    ]
    object["language"] = language.map { .string($0) }
    object["primer"] = primer.isEmpty ? nil : .array(primer.map { .string($0) })
    object["retired"] = retired.isEmpty ? nil : .array(retired.map { .string($0) })
    object["basedOn"] = basedOn.map { .string($0) }
    object["terms"] = terms.isEmpty ? nil : .object(terms.mapValues { .string($0) })
    return .object(object)
  }

  /// What decides a score: the part of the canonical form without its wording.
  var measurementForm: JSONValue {
    .object([
      "scoring": .object(["method": .string(scoring.method), "cut": JSONValue(scoring.cut)]),
      "dimensions": .array(
        dimensions.map { .object(["id": .string($0.id), "weight": .integer($0.weight)]) }),
      "scales": .object(
        Dictionary(
          uniqueKeysWithValues: scales.map {
            ($0.id, .array($0.levels.map { .integer($0.level) }))
          })),
      "items": .array(
        sections.flatMap { section in
          section.items.map { $0.measurementForm(section: section.id) }
        }),
    ])
  }

  /// What respondents read, by where it stands.
  var wordingForm: JSONValue {
    .object([
      "scales": .object(
        Dictionary(
          uniqueKeysWithValues: scales.map {
            ($0.id, .array($0.levels.map { .string($0.label) }))
          })),
      "items": .object(Dictionary(uniqueKeysWithValues: items.map { ($0.id, $0.wordingForm) })),
    ])
  }
}

extension Dimension {
  fileprivate var canonical: JSONValue {
    var object: [String: JSONValue] = [
      "id": .string(id), "title": .string(title), "weight": .integer(weight),
    ]
    object["about"] = about.map { .string($0) }
    return .object(object)
  }
}

extension Scale {
  fileprivate var canonical: JSONValue {
    .array(levels.map { .object(["level": .integer($0.level), "label": .string($0.label)]) })
  }
}

extension Section {
  fileprivate var canonical: JSONValue {
    var object: [String: JSONValue] = [
      "section": .string(id), "title": .string(title), "items": .array(items.map(\.canonical)),
    ]
    object["minutes"] = minutes.map { .integer($0) }
    object["intro"] = intro.map { .string($0) }
    return .object(object)
  }
}

extension Item {
  fileprivate var type: String {
    switch content {
    case .scored(let scored):
      switch scored.form {
      case .level: "level"
      case .bipolar: "bipolar"
      }
    case .record(let record):
      switch record {
      case .choice: "choice"
      case .number: "number"
      case .text: "text"
      case .expectations: "expectations"
      case .moments: "moments"
      case .metrics: "metrics"
      case .raise: "raise"
      }
    }
  }

  fileprivate var canonical: JSONValue {
    var object: [String: JSONValue] = [
      "id": .string(id), "type": .string(type), "text": .string(text),
    ]
    if core { object["core"] = .bool(true) }
    object["why"] = why.map { .string($0) }
    object["probe"] = probe.map { .string($0) }
    object["evidence"] = evidence.map { .string($0) }
    object["when"] = condition?.canonical
    switch content {
    case .scored(let scored):
      object["dimension"] = .string(scored.dimension)
      object["weight"] = .integer(scored.weight)
      if scored.critical { object["critical"] = .bool(true) }
      object["customers"] = scored.customers.map { .string($0) }
      object["customerAnchors"] = byLevel(scored.customerAnchors)
      switch scored.form {
      case .level(let level):
        object["scale"] = .string(level.scale)
        object["anchors"] = byLevel(level.anchors)
      case .bipolar(let bipolar):
        object["left"] = .string(bipolar.left)
        object["right"] = .string(bipolar.right)
        object["outsideIn"] = .string(bipolar.outsideIn.rawValue)
      }
    case .record(let record):
      switch record {
      case .choice(let options, let multiple):
        object["options"] = .array(
          options.map { .object(["id": .string($0.id), "label": .string($0.label)]) })
        if multiple { object["multiple"] = .bool(true) }
      case .number(let range):
        object["min"] = range.min.map { JSONValue($0) }
        object["max"] = range.max.map { JSONValue($0) }
        object["decimals"] = range.decimals.map { .integer($0) }
        object["unit"] = range.unit.map { .string($0) }
      case .text(let role, let long):
        object["role"] = role.map { .string($0.rawValue) }
        if long { object["long"] = .bool(true) }
      case .expectations(let max), .moments(let max), .metrics(let max), .raise(let max):
        object["max"] = .integer(max)
      }
    }
    return .object(object)
  }

  fileprivate func measurementForm(section: String) -> JSONValue {
    var object: [String: JSONValue] = [
      "id": .string(id), "type": .string(type), "section": .string(section),
      "core": .bool(core), "when": condition?.canonical ?? .null,
    ]
    switch content {
    case .scored(let scored):
      object["dimension"] = .string(scored.dimension)
      object["weight"] = .integer(scored.weight)
      object["critical"] = .bool(scored.critical)
      object["customers"] = .bool(scored.customers != nil)
      switch scored.form {
      case .level(let level): object["scale"] = .string(level.scale)
      case .bipolar(let bipolar): object["outsideIn"] = .string(bipolar.outsideIn.rawValue)
      }
    case .record(.choice(let options, _)):
      object["options"] = .array(options.map { .string($0.id) })
    case .record: break
    }
    return .object(object)
  }

  fileprivate var wordingForm: JSONValue {
    var object: [String: JSONValue] = ["text": .string(text)]
    switch content {
    case .scored(let scored):
      object["customers"] = scored.customers.map { .string($0) }
      object["customerAnchors"] = byLevel(scored.customerAnchors)
      switch scored.form {
      case .level(let level): object["anchors"] = byLevel(level.anchors)
      case .bipolar(let bipolar):
        object["left"] = .string(bipolar.left)
        object["right"] = .string(bipolar.right)
      }
    case .record(.choice(let options, _)):
      object["options"] = .array(options.map { .string($0.label) })
    case .record: break
    }
    return .object(object)
  }
}

extension Condition {
  fileprivate var canonical: JSONValue {
    switch self {
    case .comparison(let item, let test):
      switch test {
      case .isLevel(let level): .object(["item": .string(item), "is": .integer(level)])
      case .isOption(let option): .object(["item": .string(item), "is": .string(option)])
      case .atLeast(let least): .object(["item": .string(item), "atLeast": JSONValue(least)])
      case .atMost(let most): .object(["item": .string(item), "atMost": JSONValue(most)])
      }
    case .all(let conditions): .object(["all": .array(conditions.map(\.canonical))])
    case .any(let conditions): .object(["any": .array(conditions.map(\.canonical))])
    case .not(let condition): .object(["not": condition.canonical])
    }
  }
}

private func byLevel(_ texts: [Int: String]) -> JSONValue? {
  texts.isEmpty
    ? nil
    : .object(
      Dictionary(uniqueKeysWithValues: texts.map { (String($0.key), .string($0.value)) }))
}
