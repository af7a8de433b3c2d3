import AssessmentModel
import Planning
import Scoring

/// What a report tells as one table for spreadsheets: a row for each area, each round of votes on a question, each
/// expectation, moment, metric and line of the plan.
package enum ReportTable {
  static let columns = [
    "kind", "id", "text", "area", "score", "low", "high", "step", "round", "votes0", "votes1", "votes2",
    "votes3", "votes4", "dontKnow", "notApplicable", "settled", "importance", "expected", "found", "feels",
    "gap", "owner", "firstStep", "by", "due", "status", "effortDays", "done", "stop", "metric", "unit",
    "baseline", "latest", "latestOn", "target",
  ]

  package static func write(
    _ assessment: Assessment, _ questionnaire: Questionnaire, _ card: Scorecard, plan: Plan?
  ) -> String {
    var rows: [[String: CSV.Cell]] = []
    let ranges = areaRanges(card, with: questionnaire)
    rows.append([
      "kind": .text("index"), "text": CSV.Cell(assessment.organization), "score": cell(card.index),
      "low": cell(card.verdict.certainty?.range.lowerBound),
      "high": cell(card.verdict.certainty?.range.upperBound),
    ])
    for row in card.dimensions {
      rows.append([
        "kind": .text("area"), "id": .text(row.id), "text": CSV.Cell(questionnaire.dimension(row.id)?.title),
        "score": cell(row.score), "low": cell(ranges[row.id]?.lowerBound),
        "high": cell(ranges[row.id]?.upperBound), "step": cell(row.step),
      ])
    }
    rows += questions(assessment, questionnaire)
    if let plan { rows += self.rows(of: plan) }
    return CSV.write([columns.map { .text($0) }] + rows.map { row in columns.map { row[$0] ?? .empty } })
  }

  /// Votes with 4 as the Outside-In end, as in all documents; none where so few voted that they would tell who said what.
  private static func questions(
    _ assessment: Assessment, _ questionnaire: Questionnaire
  ) -> [[String: CSV.Cell]] {
    let record = WorkshopRecord(
      assessment, questionnaire, asked: questionnaire.items.filter { $0.scored != nil })
    return record.questions.flatMap { question -> [[String: CSV.Cell]] in
      var base: [String: CSV.Cell] = [
        "kind": .text("question"), "id": .text(question.item.id), "text": .text(question.item.text),
        "area": CSV.Cell(question.item.scored?.dimension),
      ]
      switch question.settlement?.answer {
      case .level(let level): base["settled"] = .integer(question.item.scored?.oriented(level) ?? level)
      case .dontKnow: base["settled"] = .text("dk")
      case .notApplicable: base["settled"] = .text("na")
      case nil: break
      }
      if question.rounds.isEmpty { return [base] }
      return question.rounds.map { round in
        var row = base
        row["round"] = .integer(round.number)
        guard let counts = round.counts else { return row }
        for (level, count) in counts.enumerated() {
          row["votes\(question.item.scored?.oriented(level) ?? level)"] = .integer(count)
        }
        row["dontKnow"] = .integer(round.dontKnow)
        row["notApplicable"] = .integer(round.notApplicable)
        return row
      }
    }
  }

  private static func rows(of plan: Plan) -> [[String: CSV.Cell]] {
    var rows: [[String: CSV.Cell]] = plan.expectations.map { row in
      [
        "kind": .text("expectation"), "text": .text(row.expectation.expectation),
        "importance": cell(row.expectation.importance), "expected": cell(row.expectation.expected),
        "found": cell(row.expectation.perceived), "gap": cell(row.expectation.gap),
      ]
    }
    rows += plan.moments.map { moment in
      [
        "kind": .text("moment"), "text": .text(moment.moment), "importance": cell(moment.importance),
        "expected": cell(moment.expectation), "found": cell(moment.performance),
        "feels": cell(moment.emotion),
        "gap": cell(moment.gap),
      ]
    }
    rows += plan.metrics.map { metric in
      [
        "kind": .text("metric"), "text": .text(metric.name), "owner": CSV.Cell(metric.owner),
        "unit": CSV.Cell(metric.unit), "baseline": cell(metric.baseline),
        "latest": cell(metric.latest?.value),
        "latestOn": CSV.Cell(metric.latest?.date.description), "target": cell(metric.target),
      ]
    }
    rows += plan.lines.map { line in
      let row = PlanCSV.Row(line.entry, plan)
      let promise = plan.commitments.first { $0.entry.id == line.entry.id }
      let first = promise?.steps.first
      return [
        "kind": .text(line.entry.isCommitment ? "commitment" : line.isKept ? "action" : "proposal"),
        "id": .text(row.id), "text": .text(row.title), "owner": .text(row.owner),
        "firstStep": .text(first?.text ?? row.firstStep),
        "by": CSV.Cell((first?.day ?? row.by)?.description),
        "due": CSV.Cell(row.due?.description), "status": .text(row.status.rawValue),
        "effortDays": cell(row.effortDays ?? promise?.candidate?.days()), "done": .text(row.done),
        "stop": .text(row.stop),
        "metric": .text(row.metric),
      ]
    }
    return rows
  }

  private static func cell(_ value: Double?) -> CSV.Cell { value.map { .number($0) } ?? .empty }
  private static func cell(_ value: Int?) -> CSV.Cell { value.map { .integer($0) } ?? .empty }
}
