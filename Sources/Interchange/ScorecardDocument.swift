import AssessmentModel
import Scoring

/// The document `outside-in.scorecard/1`.
package enum ScorecardDocument {
  package static func write(_ card: Scorecard, assessment: String) -> JSONValue {
    .object([
      "schema": .string("outside-in.scorecard/1"), "assessment": .string(assessment),
      "method": .string(card.method), "scope": .string(card.scope.rawValue),
      "index": JSONValue(card.index), "cut": JSONValue(card.cut),
      "coverage": JSONValue(card.coverage), "verdict": json(card.verdict),
      "basis": .string(card.customers == nil ? "selfReport" : "withCustomers"),
      "steps": .object([
        "lowest": JSONValue(card.steps.lowest), "atMost": .bool(card.steps.atMost),
        "reached": .array(card.steps.reached.map { .integer($0) }),
      ]),
      "dimensions": .array(card.dimensions.map(json)),
      "contributions": .array(
        card.contributions.map {
          .object([
            "item": .string($0.item), "dimension": .string($0.dimension),
            "section": .string($0.section), "weight": JSONValue($0.weight),
            "score": JSONValue($0.score), "contribution": JSONValue($0.contribution),
          ])
        }),
      "flip": card.flip.map { flips in
        .array(
          flips.map {
            .object([
              "item": .string($0.item), "rater": JSONValue($0.rater), "from": .integer($0.from),
              "to": .integer($0.to),
            ])
          })
      } ?? .null,
      "answerFirst": .array(card.answerFirst.map { .string($0) }),
      "customers": card.customers.map { customers in
        .object([
          "index": JSONValue(customers.index), "verdict": json(customers.verdict),
          "coverage": JSONValue(customers.coverage), "raters": .integer(customers.raters),
        ])
      } ?? .null,
      "deliveryGap": .object([
        "status": .string("unverified"), "team": .null, "customers": .null, "gap": .null,
        "low": .null, "high": .null, "dimensions": .array([]),
      ]),
      "flags": .array(card.flags.map { .string($0.rawValue) }),
    ])
  }

  private static func json(_ verdict: Verdict) -> JSONValue {
    let certainty = verdict.certainty
    return .object([
      "orientation": JSONValue(verdict.orientation?.rawValue),
      "band": JSONValue(verdict.band?.rawValue),
      "probability": JSONValue(certainty?.probability),
      "standardError": JSONValue(certainty?.standardError),
      "degreesOfFreedom": JSONValue(certainty?.degreesOfFreedom),
      "range": json(certainty?.range), "bounds": json(verdict.bounds),
      "reason": verdict.orientation == nil ? .string("insufficientData") : .null,
    ])
  }

  private static func json(_ range: ClosedRange<Double>?) -> JSONValue {
    range.map { .array([JSONValue($0.lowerBound), JSONValue($0.upperBound)]) } ?? .null
  }

  private static func json(_ dimension: DimensionScore) -> JSONValue {
    .object([
      "id": .string(dimension.id), "score": JSONValue(dimension.score),
      "status": .string(dimension.status.rawValue), "coverage": JSONValue(dimension.coverage),
      "knowledgeGap": JSONValue(dimension.knowledgeGap), "step": JSONValue(dimension.step),
      "heldBy": JSONValue(dimension.heldBy?.rawValue), "weight": JSONValue(dimension.weight),
    ])
  }
}
