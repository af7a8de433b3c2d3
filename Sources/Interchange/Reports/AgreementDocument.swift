import AssessmentModel
import Scoring

/// The document `outside-in.agreement/1`.
package enum AgreementDocument {
  /// - Parameter forOthers: without departments where one has one person, since the others would tell theirs; without the
  ///   votes on questions that fewer than three answered; and without what single customers see otherwise.
  package static func write(
    _ agreement: Agreement, assessment: String, forOthers: Bool = false, told: Set<String>? = nil
  ) -> JSONValue {
    .object([
      "schema": .string("outside-in.agreement/1"), "assessment": .string(assessment),
      "raters": .integer(agreement.raters),
      "items": .array(agreement.items.filter { !forOthers || $0.n >= Tally.fewest }.map(json)),
      "overall": json(agreement.overall),
      "departments": .array(
        (forOthers && agreement.departments.contains { $0.n < 2 } ? [] : agreement.departments).map {
          department in
          .object([
            "department": .string(department.department), "n": .integer(department.n),
            "dimensions": .array(
              department.dimensions.map {
                .object([
                  "id": .string($0.id), "delta": JSONValue($0.delta),
                  "flag": JSONValue($0.flag?.rawValue),
                ])
              }),
          ])
        }),
      "blindSpots": .array(
        agreement.blindSpots.filter { spot in
          spot.other != .customers || told?.contains(spot.dimension) ?? true
        }.map {
          .object([
            "dimension": .string($0.dimension), "department": JSONValue($0.department),
            "score": JSONValue($0.score), "other": .string($0.other.rawValue),
            "otherScore": JSONValue($0.otherScore),
          ])
        }),
      "flags": .array(agreement.flags.map { .string($0.rawValue) }),
    ])
  }

  private static func json(_ item: ItemAgreement) -> JSONValue {
    .object([
      "item": .string(item.item), "n": .integer(item.n),
      "distribution": item.distribution.map { .array($0.map { .integer($0) }) } ?? .null,
      "mean": JSONValue(item.mean), "median": JSONValue(item.median),
      "quartiles": item.quartiles.map { .array($0.map { JSONValue($0) }) } ?? .null,
      "adMedian": JSONValue(item.medianDeviation.value), "rwg": JSONValue(item.rwg.value),
      "rwgRaw": JSONValue(item.rwgRaw.value), "consensus": JSONValue(item.consensus.value),
      "reason": JSONValue(item.medianDeviation.reason?.rawValue), "split": .bool(item.split),
      "minority": .integer(item.minority),
      "flags": .array(item.flags.map { .string($0.rawValue) }),
    ])
  }

  private static func json(_ overall: Agreement.Overall) -> JSONValue {
    .object([
      "rwgj": JSONValue(overall.rwgj.value), "rwgjStar": JSONValue(overall.rwgjStar.value),
      "rwgjStarRaw": JSONValue(overall.rwgjStarRaw.value),
      "rwgjReason": JSONValue(overall.rwgj.reason?.rawValue),
      "alphaOrdinal": JSONValue(overall.alphaOrdinal.value),
      "alphaReason": JSONValue(overall.alphaOrdinal.reason?.rawValue),
      "icc1Department": JSONValue(overall.icc1Department.value),
      "icc1Reason": JSONValue(overall.icc1Department.reason?.rawValue),
    ])
  }
}
