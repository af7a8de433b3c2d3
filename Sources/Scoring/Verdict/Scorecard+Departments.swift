extension Scorecard {
  /// How far the answers of one department move the index.
  public struct DepartmentContribution: Hashable, Sendable {
    /// Whose answers they are.
    public enum Source: Hashable, Sendable {
      case department(String)
      /// People of whom no department is known.
      case noDepartment
      /// Answers that the group settled together.
      case settled
    }

    /// Whose answers these are.
    public let source: Source
    /// In points of the index.
    public let contribution: Double
  }

  /// The contributions by department, by name, and behind them what nobody's department answers for; they add
  /// up to index − cut.
  ///
  /// A vote's contribution is `ω_i (25·x − cut) / n_i` over the latest votes. Empty where there are not two
  /// departments to tell apart, and where anonymity was promised.
  public var departmentContributions: [DepartmentContribution] {
    if standings.areAnonymous { return [] }
    let rows = Dictionary(
      contributions.map { ($0.item, $0) }, uniquingKeysWith: { first, _ in first })
    var sums: [DepartmentContribution.Source: Double] = [:]
    for item in items {
      guard let row = rows[item.id] else { continue }
      if item.state == .settled {
        sums[.settled, default: 0] += row.contribution
        continue
      }
      for vote in item.latestVotes {
        let source = standings.department(of: vote).map { DepartmentContribution.Source.department($0) }
        sums[source ?? .noDepartment, default: 0] +=
          row.weight * (25 * Double(vote.level) - cut) / Double(item.latestVotes.count)
      }
    }
    let names = sums.keys.compactMap { source -> String? in
      if case .department(let name) = source { name } else { nil }
    }
    if names.count < 2 { return [] }
    let order = names.sorted().map { DepartmentContribution.Source.department($0) }
    return (order + [.noDepartment, .settled]).compactMap { source in
      sums[source].map { DepartmentContribution(source: source, contribution: $0) }
    }
  }
}
