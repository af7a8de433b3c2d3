import AssessmentModel

/// What came of reading `metrics.yaml`.
public struct MetricsReading: Sendable {
  /// nil where there is any problem.
  public let library: MetricLibrary?
  /// All problems, in the order they were found; only the first where the YAML itself is refused.
  public let diagnostics: [Diagnostic]
}

/// Reads the library of metrics.
///
/// - Parameter terms: the words for the `{terms}` in the texts.
public func readMetrics(_ bytes: [UInt8], file: String, terms: [String: String]) -> MetricsReading {
  let forms = allForms(of: terms)
  let collector = DiagnosticCollector()
  var metrics: [MetricDefinition] = []
  do throws(YAMLRefusal) {
    let root = try YAMLReading(file: file, bytes: bytes) { filled($0, forms, file, $1, collector) }.read()
    metrics = parseMetrics(root, file: file, collector)
  } catch {
    return MetricsReading(library: nil, diagnostics: [error.diagnostic])
  }
  return MetricsReading(
    library: collector.diagnostics.isEmpty ? MetricLibrary(metrics: metrics) : nil,
    diagnostics: collector.diagnostics)
}

private func parseMetrics(
  _ root: AuthoredNode, file: String, _ collector: DiagnosticCollector
) -> [MetricDefinition] {
  guard let reader = MappingReader(root, file: file, collector: collector, what: "the metrics' keys") else {
    return []
  }
  if reader.integer("format") != 1 { reader.report("Q06", reader.mark(of: "format"), "\"format\" must be 1") }
  var metrics: [MetricDefinition] = []
  for node in reader.list("metrics") {
    guard let metric = MappingReader(node, file: file, collector: collector, what: "a metric's keys") else {
      continue
    }
    let id = metric.identifier("id")
    let name = metric.requiredText("name", limit: 60)
    let also = metric.text("also", limit: 200) ?? ""
    let definition = metric.requiredText("definition", limit: 240)
    let formula = metric.requiredText("formula", limit: 200)
    let unit = metric.requiredText("unit", limit: 40)
    let range = metric.requiredText("range", limit: 60)
    let (lowest, highest) = (metric.number("lowest"), metric.number("highest"))
    let better: Metric.Direction? = metric.word("better")
    let kind: Metric.Kind? = metric.word("kind")
    let cadence = metric.requiredText("cadence", limit: 40)
    let answers = metric.requiredText("answers", limit: 200)
    let interval = metric.requiredText("interval", limit: 160)
    let gamed = metric.requiredText("gamed", limit: 200)
    let source = metric.requiredText("source", limit: 200)
    metric.finish()
    guard let id, let name, let definition, let formula, let unit, let range, let better, let kind,
      let cadence,
      let answers, let interval, let gamed, let source
    else { continue }
    for other in metrics where other.id == id || other.name.nameKey == name.nameKey {
      metric.report("Q11", metric.mark(of: "id"), "the metric \"\(id)\" stands here twice")
    }
    metrics.append(
      MetricDefinition(
        id: id, name: name, also: also.split(separator: ",").map { String($0).trimmed },
        definition: definition,
        formula: formula, unit: unit, range: range, lowest: lowest, highest: highest, better: better,
        kind: kind,
        cadence: cadence, answers: answers, interval: interval, gamed: gamed, source: source))
  }
  reader.finish()
  return metrics
}
