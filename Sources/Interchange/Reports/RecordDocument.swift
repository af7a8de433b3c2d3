import AssessmentModel

/// The document `outside-in.record/1`: what is kept of a workshop.
package enum RecordDocument {
  package static let schema = "outside-in.record/1"

  package static func write(_ record: WorkshopRecord, _ assessment: Assessment, unseen: Int) -> JSONValue {
    .object([
      "schema": .string(schema), "assessment": .string(assessment.id),
      "organization": .string(assessment.organization), "team": .string(assessment.team),
      "startedAt": JSONValue(assessment.startedAt?.rfc3339),
      "finishedAt": JSONValue(assessment.finishedAt?.rfc3339), "anonymous": .bool(assessment.anonymous),
      "departments": people(record.departments), "elsewhere": people(record.elsewhere),
      "unnamed": .integer(record.unnamed), "others": .integer(record.others),
      "customers": .integer(record.customers),
      "questions": .array(record.questions.map(json)),
      "open": ids(record.open), "leftOut": ids(record.leftOut), "unseen": .integer(unseen),
      "parked": texts(record.parked), "homework": texts(record.homework),
      "openHomework": texts(record.openHomework),
      "commitments": assessment.commitments.map { .array($0.map(\.json)) } ?? .null,
      "minutes": .array(
        record.minutes.map {
          .object(["section": .string($0.section.id), "minutes": JSONValue($0.minutes)])
        }), "otherMinutes": JSONValue(record.otherMinutes),
    ])
  }

  private static func people(_ departments: [WorkshopRecord.Department]) -> JSONValue {
    .array(
      departments.map {
        .object(["name": .string($0.name), "people": .array($0.people.map { .string($0) })])
      })
  }

  private static func ids(_ items: [Item]) -> JSONValue { .array(items.map { .string($0.id) }) }

  private static func texts(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }

  private static func json(_ question: WorkshopRecord.Question) -> JSONValue {
    .object([
      "item": .string(question.item.id), "rounds": .array(question.rounds.map(json)),
      "settled": question.settlement?.json ?? .null, "evidence": question.evidence?.json ?? .null,
      "explained": texts(question.sayings),
    ])
  }

  private static func json(_ round: WorkshopRecord.Round) -> JSONValue {
    .object([
      "round": .integer(round.number), "votes": .integer(round.votes),
      "counts": round.counts.map { .array($0.map { .integer($0) }) } ?? .null,
      "dontKnow": .integer(round.dontKnow), "notApplicable": .integer(round.notApplicable),
      "named": .array(
        round.named.map { named in
          var level: Int?
          if case .answered(.level(let given)) = named.answer { level = given }
          return .object([
            "name": .string(named.name), "value": JSONValue(level),
            "state": .string(Response(key: .init(item: "", rater: nil), answer: named.answer).state.rawValue),
          ])
        }),
    ])
  }
}
