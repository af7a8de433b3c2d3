import AssessmentModel

/// A line of a plan with its number: what is kept, then what is proposed.
public struct PlanLine: Hashable, Sendable {
  /// From 1; that of a kept line never changes.
  public let number: Int
  /// As it is kept, or as it would be if it were taken up.
  public let entry: PlanEntry
  /// Whether the team has taken it up.
  public let isKept: Bool
}

extension Plan {
  /// All lines: those the team keeps, in their order, then the commitments the program would take, then the actions it
  /// proposes, by due date.
  public var lines: [PlanLine] {
    let kept = kept.entries.map { entry in
      commitments.first { $0.entry.id == entry.id }?.entry ?? entry
    }
    let proposed =
      (isProposed ? commitments.map(\.entry) : []) + (next + later).filter { $0.entry == nil }.map(line)
    return (kept.map { ($0, true) } + proposed.map { ($0, false) }).enumerated().map {
      PlanLine(number: $0 + 1, entry: $1.0, isKept: $1.1)
    }
  }

  /// A proposed action as the line it would be.
  private func line(_ action: Action) -> PlanEntry {
    let candidate = action.candidate
    return PlanEntry(
      id: candidate.id, isCommitment: false, title: candidate.title, firstStep: candidate.firstStep,
      due: action.due, done: candidate.done ?? "", stop: candidate.stop ?? "")
  }

  /// The line that is meant by its number or its id; nil where there is none.
  public func line(_ text: String) -> PlanLine? {
    lines.first { String($0.number) == text } ?? lines.first { $0.entry.id == text }
  }

  /// The event that keeps a changed line. The commitments that the program proposed are taken up together: who changes
  /// one of them has looked at them.
  public func keeping(_ changed: [PlanEntry]) -> PlanEvent {
    let ids = Set(changed.map(\.id))
    let others = isProposed ? commitments.map(\.entry).filter { !ids.contains($0.id) } : []
    guard isProposed else { return .kept(changed) }
    // In the order in which they are shown.
    let order = lines.map(\.entry.id)
    func place(_ entry: PlanEntry) -> Int { order.firstIndex(of: entry.id) ?? order.count }
    return .kept((others + changed).sorted { place($0) < place($1) })
  }

  /// The id of the team's next own line.
  public var nextOwnID: String {
    let taken = kept.entries.compactMap { $0.id.hasPrefix("own-") ? Int($0.id.dropFirst(4)) : nil }
    return "own-\((taken.max() ?? 0) + 1)"
  }
}
