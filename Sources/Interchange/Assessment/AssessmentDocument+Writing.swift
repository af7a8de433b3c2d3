import AssessmentModel

/// An assessment as a document.
extension AssessmentDocument {
  /// Writes the document: sorted keys, nulls written, responses by item, rater and round.
  package static func write(
    _ assessment: Assessment, questionnaire: Questionnaire, definition: JSONValue
  ) -> JSONValue {
    let order = Dictionary(
      questionnaire.items.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    let raterOrder = Dictionary(
      assessment.raters.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    func rank(_ key: Response.Key) -> (Int, Int, Int) {
      (
        order[key.item] ?? .max, key.rater.map { raterOrder[$0] ?? .max } ?? -1, key.round
      )
    }
    func inOrder<T>(_ map: [String: T]) -> [(String, T)] {
      map.sorted { (order[$0.key] ?? .max) < (order[$1.key] ?? .max) }.map { ($0.key, $0.value) }
    }
    let responses = assessment.responses.sorted { rank($0.key) < rank($1.key) }
    var object: [String: JSONValue] = [
      "schema": .string(schema), "id": .string(assessment.id),
      "organization": .string(assessment.organization), "team": .string(assessment.team),
      "scope": .string(assessment.scope.rawValue),
      "deepened": .array(
        questionnaire.dimensions.filter { assessment.deepened.contains($0.id) }.map { .string($0.id) }),
      "startedAt": JSONValue(assessment.startedAt?.rfc3339),
      "finishedAt": JSONValue(assessment.finishedAt?.rfc3339),
      "anonymous": .bool(assessment.anonymous), "upgradedFrom": JSONValue(assessment.upgradedFrom),
      "questionnaire": json(
        assessment.questionnaire, terms: questionnaire.terms, definition: definition),
      "raters": .array(assessment.raters.map(\.json)),
      "responses": .array(responses.map(\.json)),
      "settled": .array(
        inOrder(assessment.settled).map { item, settlement in settlement.json.adding("item", .string(item)) }),
      "predictions": .array(
        inOrder(assessment.predictions).map {
          .object(["item": .string($0), "value": JSONValue($1)])
        }),
      "tallies": .array(assessment.tallies.map(\.json)),
      "sectionMinutes": .array(
        questionnaire.sections.compactMap { section in
          assessment.sectionMinutes[section.id].map {
            .object(["section": .string(section.id), "minutes": JSONValue($0)])
          }
        }),
      "parked": .array(assessment.parked.map { .string($0) }),
      "commitments": assessment.commitments.map { .array($0.map(\.json)) } ?? .null,
    ]
    // Where nobody has worked on the plan, it is the one that follows from the rest.
    if !assessment.planEvents.isEmpty {
      object["plan"] = .object(["history": .array(assessment.planEvents.map(\.json))])
    }
    // What only a workshop has stands in no other document.
    if assessment.setting == .workshop { object["setting"] = .string(assessment.setting.rawValue) }
    if !assessment.teamEvidence.isEmpty {
      object["teamEvidence"] = .array(
        inOrder(assessment.teamEvidence).map { item, evidence in evidence.json.adding("item", .string(item)) }
      )
    }
    return .object(object)
  }

  /// The same as a line among many: what is null or as in most is left out, and so is the definition, which stands on
  /// a line of its own.
  package static func writeLine(_ assessment: Assessment, questionnaire: Questionnaire) -> JSONValue {
    guard
      case .object(var object) = write(assessment, questionnaire: questionnaire, definition: .null)
        .withoutNulls
    else { return .null }
    let isAlone = assessment.raters.count == 1
    func drop(_ key: String, _ usual: JSONValue) { if object[key] == usual { object[key] = nil } }
    func each(_ key: String, _ change: (inout [String: JSONValue]) -> Void) {
      guard case .array(let values)? = object[key] else { return }
      object[key] = .array(
        values.map { value in
          guard case .object(var fields) = value else { return value }
          change(&fields)
          return .object(fields)
        })
    }
    each("raters") { rater in
      for (key, usual) in [("name", ""), ("department", ""), ("group", "staff")]
      where rater[key] == .string(usual) {
        rater[key] = nil
      }
    }
    each("responses") { response in
      if response["round"] == .integer(1) { response["round"] = nil }
      if response["state"] == .string("answered") { response["state"] = nil }
      if response["flagged"] == .bool(false) { response["flagged"] = nil }
      // An absent rater is the only one there is.
      if isAlone { response["rater"] = nil }
    }
    if assessment.raters == [Rater(id: "r1")] { object["raters"] = nil }
    drop("organization", .string(""))
    drop("team", .string(""))
    drop("scope", .string(Assessment.Scope.full.rawValue))
    drop("anonymous", .bool(false))
    for key in ["deepened", "settled", "predictions", "tallies", "sectionMinutes", "parked"] {
      drop(key, .array([]))
    }
    return .object(object)
  }

  /// Somebody's own word for customers adds which words, and of which published text.
  static func json(
    _ reference: QuestionnaireReference, terms: [String: String], definition: JSONValue?
  ) -> JSONValue {
    var object: [String: JSONValue] = [
      "id": .string(reference.id), "version": .string(reference.version.description),
      "content": .string(reference.digests.content),
    ]
    object["definition"] = definition
    if let published = reference.published {
      object["published"] = .string(published)
      object["terms"] = .object(terms.mapValues { .string($0) })
    }
    return .object(object)
  }
}

extension JSONValue {
  /// Without the keys of objects that say nothing.
  fileprivate var withoutNulls: JSONValue {
    switch self {
    case .object(let object): .object(object.filter { $0.value != .null }.mapValues(\.withoutNulls))
    case .array(let values): .array(values.map(\.withoutNulls))
    case .null, .bool, .integer, .number, .string: self
    }
  }

  /// An object with one key more.
  fileprivate func adding(_ key: String, _ value: JSONValue) -> JSONValue {
    guard case .object(var object) = self else { return self }
    object[key] = value
    return .object(object)
  }
}
