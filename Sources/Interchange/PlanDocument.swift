import AssessmentModel
import Planning

/// The document `outside-in.plan/1`.
package enum PlanDocument {
  package static func write(_ plan: Plan) -> JSONValue {
    let vision: [(String, VisionPrompt)] = [
      ("what", .visionWhat), ("where", .visionWhere), ("when", .visionWhen), ("how", .visionHow),
      ("why", .visionWhy),
    ]
    let chosen = Set(plan.selection.chosen)
    return .object([
      "schema": .string("outside-in.plan/1"), "assessment": .string(plan.assessment),
      "vision": .object(
        Dictionary(uniqueKeysWithValues: vision.map { ($0, JSONValue(plan.vision[$1])) })),
      "capacityDays": .integer(plan.capacityDays), "setAsideDays": .integer(plan.setAsideDays),
      "raise": .array(plan.raise.map { .string($0) }),
      "commitments": .array(plan.commitments.map(\.json)),
      "selection": .object([
        "optimal": .bool(plan.selection.optimal), "benefit": JSONValue(plan.selection.benefit),
        "effortDays": .integer(plan.selection.effortDays), "gap": JSONValue(plan.selection.gap),
      ]),
      "candidates": .array(
        plan.candidates.map {
          .object([
            "id": .string($0.id), "benefit": JSONValue($0.benefit),
            "effortDays": JSONValue($0.effortDays), "requires": ids($0.requires),
            "chosen": .bool(chosen.contains($0.id)),
          ])
        }),
      "actions": .array(
        plan.actions.map { action in
          Self.action(action, plan.commitments.first { $0.action == action.candidate.id })
        }),
      "beyondHorizon": .array(plan.beyondHorizon.map { .object(describe($0)) }),
      "metrics": .array(plan.metrics.map(\.json)),
      "expectations": .array(
        plan.expectations.map {
          .object([
            "expectation": .string($0.expectation.expectation),
            "importance": JSONValue($0.expectation.importance),
            "gap": JSONValue($0.expectation.gap), "quadrant": JSONValue($0.quadrant?.rawValue),
            "words": JSONValue($0.expectation.words?.rawValue),
          ])
        }),
      "moments": .array(
        plan.moments.map { moment in
          guard case .object(var object) = moment.json else { return .null }
          object["gap"] = JSONValue(moment.gap)
          return .object(object)
        }),
      "review": .string(plan.review.description),
    ])
  }

  /// An action, in the team's own words where it is one of its commitments.
  private static func action(_ action: Plan.Action, _ promise: Commitment?) -> JSONValue {
    var object = describe(action.candidate)
    if let promise {
      if !promise.owner.isEmpty { object["owner"] = .string(promise.owner) }
      object["firstStep"] = .string(promise.firstStep)
      object["done"] = .string(promise.done)
    }
    object["window"] = .string(action.window)
    object["start"] = .string(action.start.description)
    object["due"] = .string(action.due.description)
    object["status"] = .string("open")
    return .object(object)
  }

  private static func describe(_ candidate: Candidate) -> [String: JSONValue] {
    [
      "id": .string(candidate.id), "source": .string(candidate.source.rawValue),
      "item": JSONValue(candidate.item), "dimension": JSONValue(candidate.dimension),
      "from": JSONValue(candidate.from), "to": JSONValue(candidate.to),
      "title": .string(candidate.title), "firstStep": .string(candidate.firstStep),
      "benefit": JSONValue(candidate.benefit), "effortDays": JSONValue(candidate.effortDays),
      "requires": ids(candidate.requires), "owner": JSONValue(candidate.owner),
      "done": JSONValue(candidate.done), "metric": JSONValue(candidate.metric),
    ]
  }

  private static func ids(_ ids: [String]) -> JSONValue { .array(ids.map { .string($0) }) }
}
