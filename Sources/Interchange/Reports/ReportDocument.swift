import AssessmentModel
import Planning
import Scoring

/// The document `outside-in.report/1`: what a report tells, for programs. Nothing in it leads to one person's answers.
package enum ReportDocument {
  /// - Parameters:
  ///   - assessment: as it may be told.
  ///   - plan: nil where there is no verdict to plan from.
  ///   - comparison: with the time before; nil where there was none.
  ///   - record: nil where it was no workshop.
  ///   - unseen: how many answers nobody has seen yet.
  package static func write(
    _ assessment: Assessment, _ questionnaire: Questionnaire, _ card: Scorecard, plan: Plan?,
    comparison: (comparison: Comparison, ledger: PlanLedger)?, record: WorkshopRecord?, unseen: Int
  ) -> JSONValue {
    .object([
      "schema": .string("outside-in.report/1"), "assessment": .string(assessment.id),
      "organization": .string(assessment.organization), "team": .string(assessment.team),
      "questionnaire": .object([
        "id": .string(assessment.questionnaire.id),
        "version": .string(assessment.questionnaire.version.description),
      ]),
      "heldAt": JSONValue(assessment.heldAt?.rfc3339),
      "finishedAt": JSONValue(assessment.finishedAt?.rfc3339),
      "scorecard": ScorecardDocument.write(card, assessment: assessment.id, forOthers: true),
      "areaRanges": .object(
        areaRanges(card, with: questionnaire).mapValues {
          .array([JSONValue($0.lowerBound), JSONValue($0.upperBound)])
        }),
      "agreement": AgreementDocument.write(
        agreement(assessment, with: questionnaire, policy: card.policy), assessment: assessment.id,
        forOthers: true, told: card.dimensionsToldOfCustomers),
      "plan": plan.map { PlanDocument.write($0) } ?? .null,
      "comparison": comparison.map { ComparisonDocument.write($0.comparison, ledger: $0.ledger) } ?? .null,
      "record": record.map { RecordDocument.write($0, assessment, unseen: unseen) } ?? .null,
      "remarks": .array(
        assessment.remarks(in: questionnaire).map {
          .object(["kind": .string($0.kind.rawValue), "item": JSONValue($0.item), "text": .string($0.text)])
        }),
    ])
  }
}
