import AssessmentModel

/// All that the library says of a metric.
package func metricReport(_ metric: MetricDefinition) -> Document {
  [
    .paragraph(
      Words("\(metric.name) (\(metric.unit), \(metric.range); better \(metric.better.rawValue))", .strong)),
    .bullets(
      [
        ("What it tells", metric.definition), ("How it is worked out", metric.formula),
        (
          "Kind",
          metric.kind == .leading ? "leading: it moves before the result" : "lagging: it is the result"
        ),
        ("Read", metric.cadence), ("How many it needs", metric.answers),
        ("Its interval, nine times in ten", metric.interval),
        ("What can go wrong", metric.gamed), ("From", metric.source),
        ("For authors of steps", "measuredBy: \(metric.id)"),
      ].map { Words("\($0.0): ", .strong) + Words($0.1) }),
  ]
}
