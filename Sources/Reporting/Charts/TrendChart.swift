import AssessmentModel
import Scoring

/// The index over time, on the questions that were asked each time, with how far chance carries it; nil where the whole can't
/// be compared.
func trendChart(_ subject: ComparisonSubject) -> Chart? {
  let comparison = subject.comparison
  let values = comparison.core.indexes.compactMap { $0 }
  guard let change = comparison.latest.index, values.count == comparison.assessments.count,
    let cut = comparison.core.cut
  else { return nil }
  let days = comparison.assessments.map { $0.assessment.heldAt?.day.daysSince1970 }
  let known = days.compactMap { $0 }
  // By their days; where one has none, evenly.
  let places: [Double] =
    if known.count == days.count, let first = known.first, let last = known.last, last > first {
      known.map { Double($0 - first) / Double(last - first) }
    } else {
      values.indices.map { Double($0) / Double(max(1, values.count - 1)) }
    }
  let before = values[comparison.latest.from]
  let counts = abs(values[comparison.latest.to] - before) > change.detectable
  return Chart(
    title: "Over time.",
    says: "On the same \(comparison.core.items.count) questions each time. "
      + (counts
        ? "The last lies outside of what chance would make of the time before."
        : "The last lies within what chance would make of the time before."),
    figure: .trend(
      TrendFigure(
        points: values.indices.map {
          TrendFigure.Point(place: places[$0], name: subject.day($0), value: values[$0])
        },
        band: max(0, before - change.detectable)...min(100, before + change.detectable), cut: cut)),
    table: Table(
      [.init("when"), .init("of 100", .right)],
      rows: values.indices.map { [subject.day($0), decimal(values[$0], 1)] }
        + [["a change counts from", decimal(change.detectable, 1)]]))
}
