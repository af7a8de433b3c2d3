import AssessmentModel
import Scoring

/// The document `outside-in.scorecard/1`.
package enum ScorecardDocument {
  /// - Parameter forOthers: without what leads to one person's answers: whose would turn it, and what departments add.
  package static func write(
    _ card: Scorecard, assessment: String, forOthers: Bool = false
  ) -> JSONValue {
    .object([
      "schema": .string("outside-in.scorecard/1"), "assessment": .string(assessment),
      "method": .string(card.method), "scope": .string(card.scope.rawValue),
      "index": JSONValue(card.index), "votedIndex": JSONValue(card.votedIndex), "cut": JSONValue(card.cut),
      "coverage": JSONValue(card.coverage), "verdict": json(card.verdict, card.index, card),
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
      "departmentContributions": .array(
        (forOthers ? [] : card.departmentContributions).map { row in
          let name: JSONValue
          if case .department(let department) = row.source {
            name = .string(department)
          } else {
            name = .null
          }
          return .object([
            "department": name, "settled": .bool(row.source == .settled),
            "contribution": JSONValue(row.contribution),
          ])
        }),
      "flip": card.flip.map { flips in
        .array(
          flips.map {
            .object([
              "item": .string($0.item), "rater": JSONValue(forOthers ? nil : $0.rater),
              "from": .integer($0.from),
              "to": .integer($0.to),
            ])
          })
      } ?? .null,
      "answerFirst": .array(card.answerFirst.map { .string($0) }),
      "customers": card.customers.map { customers in
        .object([
          "index": JSONValue(customers.index), "teamIndex": JSONValue(customers.teamIndex),
          "verdict": json(customers.verdict, customers.index, card),
          "coverage": JSONValue(customers.coverage),
          "raters": .integer(customers.raters),
        ])
      } ?? .null,
      "deliveryGap": json(card.deliveryGap, told: forOthers ? card.dimensionsToldOfCustomers : nil),
      "missingDepartments": .array(card.missingDepartments.map { .string($0) }),
      "flags": .array(card.flags.map { .string($0.rawValue) }),
    ])
  }

  private static func json(_ verdict: Verdict, _ index: Double?, _ card: Scorecard) -> JSONValue {
    let certainty = verdict.certainty
    let more = index.flatMap { certainty?.moreRaters(index: $0, cut: card.cut, policy: card.policy) }
    return .object([
      "orientation": JSONValue(verdict.orientation?.rawValue),
      "band": JSONValue(verdict.band?.rawValue),
      "probability": JSONValue(certainty?.probability),
      "standardError": JSONValue(certainty?.standardError),
      "degreesOfFreedom": JSONValue(certainty?.spread.degreesOfFreedom),
      "range": json(certainty?.range), "bounds": json(verdict.bounds),
      "reason": verdict.orientation == nil ? .string("insufficientData") : .null,
      "moreRaters": more.map {
        .object([
          "withinTen": JSONValue($0.withinTen.people), "clear": JSONValue($0.clear.people),
        ])
      } ?? .null,
    ])
  }

  private static func json(_ range: ClosedRange<Double>?) -> JSONValue {
    range.map { .array([JSONValue($0.lowerBound), JSONValue($0.upperBound)]) } ?? .null
  }

  private static func json(_ dimension: DimensionScore) -> JSONValue {
    .object([
      "id": .string(dimension.id), "score": JSONValue(dimension.score),
      "status": .string(dimension.status.rawValue), "coverage": JSONValue(dimension.coverage),
      "notApplicable": JSONValue(dimension.notApplicable),
      "comparable": .bool(dimension.isComparable), "knowledgeGap": JSONValue(dimension.knowledgeGap),
      "step": JSONValue(dimension.step),
      "heldBy": JSONValue(dimension.heldBy?.rawValue), "weight": JSONValue(dimension.weight),
    ])
  }

  private static func json(_ gap: DeliveryGap, told: Set<String>?) -> JSONValue {
    .object([
      "status": .string(gap.status.rawValue), "team": JSONValue(gap.team?.share),
      "teamRaters": JSONValue(gap.team?.count), "customers": JSONValue(gap.customers?.share),
      "customerRaters": JSONValue(gap.customers?.count), "gap": JSONValue(gap.gap?.value),
      "low": JSONValue(gap.gap?.interval.lowerBound),
      "high": JSONValue(gap.gap?.interval.upperBound),
      "dimensions": .array(
        gap.dimensions.filter { told?.contains($0.id) ?? true }.map {
          .object([
            "id": .string($0.id), "predicted": JSONValue($0.predicted),
            "team": JSONValue($0.team), "customers": JSONValue($0.customers),
          ])
        }),
    ])
  }
}
