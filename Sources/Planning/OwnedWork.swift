import AssessmentModel

/// What one person sees to.
public struct OwnedWork: Hashable, Sendable {
  /// As it stands in the plan; empty for nobody.
  public let owner: String
  /// Open lines.
  public let lines: [PlanLine]
  /// Metrics to look after.
  public let metrics: [Metric]
}

extension Plan {
  /// What is open, by person, by name; what nobody sees to comes first. Who is spelt in two ways is one person.
  public var work: [OwnedWork] {
    let open = lines.filter { $0.entry.status.isOpen && $0.isAsked }
    var names: [String: String] = [:]
    for name in open.map(\.entry.owner) + metrics.map({ $0.owner ?? "" }) where names[name.nameKey] == nil {
      names[name.nameKey] = name.nameKey.isEmpty ? "" : name
    }
    return names.sorted { $0.key < $1.key }.map { key, name in
      OwnedWork(
        owner: name, lines: open.filter { $0.entry.owner.nameKey == key },
        metrics: metrics.filter { ($0.owner ?? "").nameKey == key })
    }
  }
}
