import AssessmentModel
import Planning
import Scoring

/// The document `outside-in.comparison/1`, and the same as a table.
package enum ComparisonDocument {
  package static func write(_ comparison: Comparison, ledger: PlanLedger) -> JSONValue {
    let span = comparison.latest
    let (before, last) = (comparison.assessments[span.from], comparison.assessments[span.to])
    let records = RecordChanges(from: before, to: last)
    let people = (span.index ?? span.areas.first?.change)?.estimate
    var object: [String: JSONValue] = [
      "schema": .string("outside-in.comparison/1"),
      "series": .array(
        comparison.assessments.indices.map { point($0, comparison.assessments[$0], comparison.core) }),
      "from": .string(before.assessment.id), "to": .string(last.assessment.id),
      "core": .object([
        "items": .array(comparison.core.items.map { .string($0.id) }),
        "share": JSONValue(comparison.core.share), "status": .string(comparison.core.status.rawValue),
      ]),
      "approximate": .array(
        comparison.approximate.map { row in
          .object([
            "old": strings(row.old), "new": strings(row.new), "why": JSONValue(row.why),
            "from": JSONValue(row.from),
            "to": JSONValue(row.to),
          ])
        }),
      "notComparable": .array(
        comparison.incomparable.flatMap { row in
          (row.new.isEmpty ? row.old : row.new).map { id in
            .object(["item": .string(id), "why": .string(why(row.reason, in: comparison))])
          }
        }),
      "added": strings(comparison.added),
      "retired": strings(
        comparison.incomparable.flatMap { row -> [String] in
          if case .removed = row.reason { row.old } else { [] }
        }),
      "raters": .object([
        "same": JSONValue(people?.people.count), "from": JSONValue(people?.fromSpread.voters),
        "to": JSONValue(people?.toSpread.voters),
        "people": strings(people?.people.map(\.person.name) ?? []),
        "outcomeAmongOthers": JSONValue(span.outcomeAmongOthers?.rawValue),
      ]),
      "flags": .array(comparison.flags.map { .string($0.rawValue) }),
      "expectations": rows(records.expectations, named: "expectation"),
      "moments": rows(records.moments, named: "moment"),
      "metrics": .array(
        records.metrics.map { row in
          .object([
            "name": .string(row.name), "from": JSONValue(row.from), "to": JSONValue(row.to),
            "unit": JSONValue(row.unit), "formerUnit": JSONValue(row.formerUnit),
          ])
        }),
      "actions": .array(
        ledger.lines.map { line in
          .object([
            "id": .string(line.entry.id), "title": .string(line.entry.title),
            "status": ledger.isRecorded ? .string(line.entry.status.rawValue) : .null,
            "owner": JSONValue(line.entry.owner.nonEmpty), "shown": JSONValue(line.entry.shown.nonEmpty),
            "item": JSONValue(line.item), "delta": JSONValue(line.delta),
          ])
        }),
      "ledger": .object([
        "lines": .integer(ledger.lines.count), "done": .integer(ledger.done.count),
        "shown": .integer(ledger.shown.count), "worked": count(ledger.worked),
        "untouched": count(ledger.untouched),
      ]),
      "refusals": .array(comparison.refusals.map(json)), "teams": .array([]),
    ]
    object.merge(json(span)) { $1 }
    func between(_ span: Comparison.Span) -> JSONValue {
      .object(
        json(span).merging([
          "from": .string(comparison.assessments[span.from].assessment.id),
          "to": .string(comparison.assessments[span.to].assessment.id),
        ]) { $1 })
    }
    object["earlier"] = .array(comparison.earlier.map(between))
    object["sinceFirst"] = comparison.overall.map(between) ?? .null
    return .object(object)
  }

  private static func count(_ count: PlanLedger.Count) -> JSONValue {
    .object(["questions": .integer(count.questions), "rose": .integer(count.rose)])
  }

  /// Teams beside each other: nothing changes here, so that all about changes is empty.
  package static func write(_ comparison: TeamComparison) -> JSONValue {
    let core = comparison.core
    return .object([
      "schema": .string("outside-in.comparison/1"),
      "series": .array(
        comparison.assessments.indices.map { point($0, comparison.assessments[$0], core) }),
      "from": .null, "to": .null,
      "core": .object([
        "items": strings(core.items.map(\.id)), "share": JSONValue(core.share),
        "status": .string(core.status.rawValue),
      ]),
      "index": .null, "crossedCut": .null, "dimensions": .array([]), "decomposition": .null,
      "earlier": .array([]), "sinceFirst": .null,
      "approximate": .array([]), "notComparable": .array([]), "added": .array([]), "retired": .array([]),
      "raters": .null, "flags": .array([]), "expectations": .array([]), "moments": .array([]),
      "metrics": .array([]),
      "actions": .array([]), "ledger": .null, "refusals": .array([]),
      "teams": .array(
        zip(comparison.assessments, comparison.rows).map { side, row in
          .object([
            "team": .string(side.assessment.team), "assessment": .string(side.assessment.id),
            "index": JSONValue(row.index), "others": JSONValue(row.others), "delta": JSONValue(row.delta),
            "standardError": JSONValue(row.standardError),
            "degreesOfFreedom": JSONValue(row.degreesOfFreedom),
            "p": JSONValue(row.p), "detectable": JSONValue(row.detectable),
            "countsFrom": JSONValue(row.countsFrom),
            "outcome": .string(row.outcome.rawValue),
          ])
        }),
    ])
  }

  private static func strings(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }

  private static func point(_ place: Int, _ side: ComparedAssessment, _ core: ComparableCore) -> JSONValue {
    .object([
      "assessment": .string(side.assessment.id), "version": .string(side.questionnaire.version.description),
      "date": JSONValue(side.assessment.heldAt?.rfc3339),
      "index": JSONValue(core.status == .full ? core.indexes[place] : nil),
      "dimensions": .object(
        Dictionary(
          core.areas.filter { !$0.points.isEmpty }.map { ($0.id, JSONValue($0.points[place])) },
          uniquingKeysWith: { first, _ in first })),
    ])
  }

  private static func json(_ span: Comparison.Span) -> [String: JSONValue] {
    [
      "index": span.index.map { change in
        .object(
          json(change).merging(["rci": JSONValue(change.estimate.reliableChangeIndex)]) { $1 })
      } ?? .object(["outcome": .string(Comparison.Outcome.notDeterminable.rawValue)]),
      "crossedCut": span.crossing.map { crossing in
        .object([
          "from": .string(crossing.from.rawValue), "to": .string(crossing.to.rawValue),
          "reliable": .bool(crossing.isReliable),
        ])
      } ?? .null,
      "dimensions": .array(
        span.areas.map { area in
          .object(
            json(area.change).merging([
              "id": .string(area.id), "items": .integer(area.items), "share": JSONValue(area.share),
              "countsFrom": JSONValue(area.countsFrom),
            ]) { $1 })
        }),
      "decomposition": span.decomposition.map { parts in
        .object([
          "total": JSONValue(parts.total), "performance": JSONValue(parts.performance),
          "composition": JSONValue(parts.composition),
        ])
      } ?? .null,
    ]
  }

  private static func json(_ change: Comparison.Change) -> [String: JSONValue] {
    let estimate = change.estimate
    return [
      "from": JSONValue(estimate.from), "to": JSONValue(estimate.to), "delta": JSONValue(estimate.delta),
      "standardError": JSONValue(estimate.standardError),
      "degreesOfFreedom": JSONValue(estimate.degreesOfFreedom),
      "p": JSONValue(estimate.p), "detectable": JSONValue(change.detectable),
      "outcome": .string(change.outcome.rawValue),
    ]
  }

  private static func rows(_ rows: [RecordChanges.Row], named name: String) -> JSONValue {
    .array(
      rows.map { .object([name: .string($0.name), "from": JSONValue($0.from), "to": JSONValue($0.to)]) })
  }

  private static func why(_ reason: Comparison.Incomparable.Reason, in comparison: Comparison) -> String {
    func on(_ side: Int) -> String {
      let all = comparison.assessments
      return all.count == 2
        ? "on the \(side == 0 ? "earlier" : "later") side" : "in \(all[side].assessment.id)"
    }
    return switch reason {
    case .changed(let why): why ?? "changed"
    case .uncovered: "changed, and no migration says how far it may be compared"
    case .removed(let why): why ?? "not asked any more"
    case .notAsked(let side): "not asked \(on(side))"
    case .tooFewVotes(let side): "too few votes to be shown \(on(side))"
    case .unanswered(let side, let state): "\(state.rawValue) \(on(side))"
    }
  }

  private static func json(_ refusal: Comparison.Refusal) -> JSONValue {
    let (what, why) =
      switch refusal {
      case .publishedTotals: ("difference of the published indexes", "the versions ask other things")
      case .changeOfVerdict(let from, let to):
        (
          "change of verdict from \(from.rawValue) to \(to.rawValue)",
          "the questions in common do not repeat it"
        )
      case .cuts: ("comparison", "the cuts differ")
      case .tooLittle(let share, let needed):
        (
          "change of the index",
          "only \(share) of what was asked of both is comparable, and \(needed) is needed"
        )
      }
    return .object(["what": .string(what), "why": .string(why)])
  }
}
