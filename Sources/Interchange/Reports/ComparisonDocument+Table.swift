import AssessmentModel
import Scoring

/// A comparison as a table, for a spreadsheet or a statistics program.
extension ComparisonDocument {
  private static let columns = [
    "organization", "team", "earlier", "earlierDate", "later", "laterDate", "part", "id", "title", "items",
    "share", "from",
    "to", "delta", "standardError", "degreesOfFreedom", "p", "detectable", "outcome",
    "countsFrom",
  ]

  /// A row for the index and each area, of the last against the one before and, of three and more, against the first; then
  /// one for each time of a series, for each question of the core and for each entry beside it.
  package static func table(_ comparison: Comparison) -> String {
    let (sides, core) = (comparison.assessments, comparison.core)
    var rows = [columns.map { CSV.Cell.text($0) }]
    func owner(_ from: Int, _ to: Int) -> [CSV.Cell] {
      let (before, after) = (sides[from].assessment, sides[to].assessment)
      return [
        .text(after.organization), .text(after.team), .text(before.id),
        CSV.Cell(before.heldAt?.day.description),
        .text(after.id), CSV.Cell(after.heldAt?.day.description),
      ]
    }
    func title(_ id: String) -> String {
      core.newest.dimension(id)?.title ?? core.newest.item(id)?.text ?? id
    }
    for (span, part) in [(comparison.latest, ""), (comparison.overall, "SinceFirst")] {
      guard let span else { continue }
      let owner = owner(span.from, span.to)
      if let change = span.index {
        rows.append(
          owner + [
            .text("index" + part), .empty, .empty, .integer(core.items.count), cell(core.share),
          ] + cells(change, countsFrom: change.detectable))
      }
      for area in span.areas {
        rows.append(
          owner + [
            .text("area" + part), .text(area.id), .text(title(area.id)), .integer(area.items),
            cell(area.share),
          ] + cells(area.change, countsFrom: area.countsFrom))
      }
    }
    let (from, to) = (comparison.latest.from, comparison.latest.to)
    func row(
      _ part: String, _ id: String, _ title: String, _ before: Double?, _ after: Double?,
      isComparable: Bool = true
    ) -> [CSV.Cell] {
      let delta = isComparable ? before.flatMap { before in after.map { $0 - before } } : nil
      return owner(from, to) + [
        .text(part), .text(id), .text(title), .empty, .empty, cell(before), cell(after), cell(delta),
      ]
        + Array(repeating: .empty, count: 6)
    }
    if sides.count > 2, core.status == .full {
      rows += sides.indices.map { place in
        row(
          "time", sides[place].assessment.id, sides[place].assessment.heldAt?.day.description ?? "", nil,
          core.indexes[place])
      }
    }
    rows += core.items.map { row("question", $0.id, title($0.id), $0.points[from], $0.points[to]) }
    let records = RecordChanges(from: sides[from], to: sides[to])
    for (part, entries) in [
      ("expectation", records.expectations), ("moment", records.moments), ("metric", records.metrics),
    ] {
      rows += entries.map { row(part, "", $0.name, $0.from, $0.to, isComparable: $0.formerUnit == nil) }
    }
    return CSV.write(rows)
  }

  /// A row a team.
  package static func table(_ comparison: TeamComparison) -> String {
    let columns = [
      "team", "assessment", "raters", "index", "others", "delta", "standardError", "degreesOfFreedom", "p",
      "detectable",
      "outcome", "countsFrom",
    ]
    return CSV.write(
      [columns.map { CSV.Cell.text($0) }]
        + zip(comparison.assessments, comparison.rows).map { side, row in
          [
            .text(side.assessment.team), .text(side.assessment.id), .integer(row.spread.voters),
            cell(row.index),
            cell(row.others), cell(row.delta), cell(row.standardError),
            cell(row.degreesOfFreedom),
            cell(row.p), cell(row.detectable), .text(row.outcome.rawValue), cell(row.countsFrom),
          ]
        })
  }

  /// Without the last digits of a sum, which only say that computers count in twos.
  private static func cell(_ value: Double?) -> CSV.Cell {
    value.map { .number(($0 * 1e10).rounded() / 1e10) } ?? .empty
  }

  private static func cells(_ change: Comparison.Change, countsFrom: Double) -> [CSV.Cell] {
    let estimate = change.estimate
    return [
      cell(estimate.from), cell(estimate.to), cell(estimate.delta), cell(estimate.standardError),
      cell(estimate.degreesOfFreedom), cell(estimate.p), cell(change.detectable),
      .text(change.outcome.rawValue), cell(countsFrom),
    ]
  }
}
