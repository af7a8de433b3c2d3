import AssessmentModel

/// What became of the entries that stand beside the index: expectations, moments and metrics, found again by their names
/// without case, accents and blanks.
public struct RecordChanges: Hashable, Sendable {
  /// A figure of an entry, both times.
  public struct Row: Hashable, Sendable {
    /// As it is called the second time.
    public let name: String
    /// nil where it was not rated.
    public let from: Double?
    /// nil where it was not rated; of a metric, where nobody has read it since.
    public let to: Double?
    /// Of a metric; nil where not said.
    public let unit: String?
    /// The unit before, where a metric is counted in another one now; the figures can't be held against each other.
    public let formerUnit: String?
    /// Which way a metric gets better; nil where not said.
    public let better: Metric.Direction?
  }

  /// Gaps, −6 to 6; below 0 customers get less than they expect.
  public let expectations: [Row]
  /// Gaps, −4 to 4.
  public let moments: [Row]
  /// Latest readings, or the baseline where there is none.
  public let metrics: [Row]
  /// Names of entries that only the earlier one has, of all three kinds.
  public let gone: [String]
  /// Names of entries that only the later one has.
  public let new: [String]

  /// From one assessment to the next.
  public init(from: ComparedAssessment, to: ComparedAssessment) {
    var gone: [String] = []
    var new: [String] = []
    func rows<Entry>(
      _ entries: (ComparedAssessment) -> [Entry], _ name: (Entry) -> String, _ row: (Entry, Entry) -> Row
    ) -> [Row] {
      let before = Dictionary(
        entries(from).map { (name($0).nameKey, $0) }, uniquingKeysWith: { first, _ in first })
      let after = entries(to)
      let names = Set(after.map { name($0).nameKey })
      new += after.filter { before[name($0).nameKey] == nil }.map(name)
      gone += entries(from).map(name).filter { !names.contains($0.nameKey) }
      return after.compactMap { entry in before[name(entry).nameKey].map { row($0, entry) } }
    }
    expectations = rows(
      { $0.assessment.expectations(in: $0.questionnaire) }, \.expectation,
      { before, after in
        Row(
          name: after.expectation, from: before.gap.map(Double.init), to: after.gap.map(Double.init),
          unit: nil, formerUnit: nil, better: nil)
      })
    moments = rows(
      { $0.assessment.moments(in: $0.questionnaire) }, \.moment,
      { before, after in
        Row(name: after.moment, from: before.gap, to: after.gap, unit: nil, formerUnit: nil, better: nil)
      })
    // What was read of the plan since the earlier one belongs to the later time.
    let since = from.assessment.keptPlan.metrics(from.assessment.metrics(in: from.questionnaire))
    let own = to.assessment.keptPlan.metrics(to.assessment.metrics(in: to.questionnaire))
    let names = Set(own.map(\.name.nameKey))
    let later =
      own.map { metric in
        var metric = metric
        let known = Set(metric.readings.map(\.date))
        let same = since.first {
          $0.name.nameKey == metric.name.nameKey && $0.unit?.nameKey == metric.unit?.nameKey
        }
        metric.readings += (same?.readings ?? []).filter { !known.contains($0.date) }
        return metric
      } + since.filter { !names.contains($0.name.nameKey) }
    let earlier = from.assessment.metrics(in: from.questionnaire)
    let recorded = Set(earlier.map(\.name.nameKey))
    // What was begun to be counted in between has its baseline from then.
    let begun = since.filter { !recorded.contains($0.name.nameKey) }.map { metric in
      var metric = metric
      metric.readings = []
      return metric
    }
    metrics = rows(
      { $0.assessment.id == from.assessment.id ? earlier + begun : later }, \.name,
      { before, after in
        // The same baseline again is no reading, nor is the same reading.
        let isOld = after.latest != nil && after.latest == before.latest
        let now = after.latest?.value ?? (after.baseline == before.baseline ? nil : after.baseline)
        let isOtherUnit =
          before.unit.flatMap { unit in after.unit.map { $0.nameKey != unit.nameKey } } ?? false
        return Row(
          name: after.name, from: before.latest?.value ?? before.baseline, to: isOld ? nil : now,
          unit: after.unit ?? before.unit, formerUnit: isOtherUnit ? before.unit : nil,
          better: after.better ?? before.better)
      })
    self.gone = gone
    self.new = new
  }
}
