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
      "commitments": .array(plan.commitments.map(commitment)), "keeper": JSONValue(plan.kept.keeper.nonEmpty),
      "isCapacityKnown": .bool(plan.isCapacityKnown), "missingDays": .integer(plan.missingDays),
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
          Self.action(
            action, plan.commitments.first { $0.entry.id == action.candidate.id }?.entry ?? action.entry)
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
      "checks": .array(plan.calendar.days.map { .string($0.description) }),
      "review": .string(plan.review.description),
    ])
  }

  private static func commitment(_ promise: Plan.Promise) -> JSONValue {
    let entry = promise.entry
    return .object([
      "action": .string(entry.id), "title": .string(entry.title), "owner": .string(entry.owner),
      "firstStep": .string(entry.firstStep), "by": JSONValue(entry.by?.description),
      "due": JSONValue(entry.due?.description), "status": .string(entry.status.rawValue),
      "blocks": JSONValue(entry.blocks.nonEmpty), "helps": JSONValue(entry.helps.nonEmpty),
      "shown": JSONValue(entry.shown.nonEmpty), "done": .string(entry.done), "stop": .string(entry.stop),
      "metric": JSONValue(promise.metric), "hasBaseline": .bool(promise.hasBaseline),
      "points": JSONValue(promise.points),
    ])
  }

  /// An action, in the team's own words where it is in its plan.
  private static func action(_ action: Plan.Action, _ entry: PlanEntry?) -> JSONValue {
    var object = describe(action.candidate)
    if let entry {
      object["title"] = .string(entry.title)
      if entry.isNamed { object["owner"] = .string(entry.owner) }
      object["firstStep"] = .string(entry.firstStep)
      object["done"] = .string(entry.done)
    }
    object["answers"] = ids(action.gaps.map(\.id))
    object["window"] = .string(action.window)
    object["start"] = .string(action.start.description)
    object["due"] = .string(action.due.description)
    object["status"] = .string((entry?.status ?? .open).rawValue)
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
