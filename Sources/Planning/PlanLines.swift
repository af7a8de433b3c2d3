import AssessmentModel

/// A line of a plan with its number: what is kept, then what is proposed.
public struct PlanLine: Hashable, Sendable {
  /// From 1; that of a kept line never changes.
  public let number: Int
  /// As it is told: with the days that are proposed where the team says none.
  public let entry: PlanEntry
  /// As the team keeps it; nil where it has not taken it up.
  public let kept: PlanEntry?

  /// Whether the team has taken it up.
  public var isKept: Bool { kept != nil }
  /// What a change begins from: no day that is only proposed is kept unseen.
  public var toChange: PlanEntry { kept ?? entry }
  /// Whether somebody is asked of it: what is kept, and the commitments that the program proposes.
  public var isAsked: Bool { isKept || entry.isCommitment }
}

extension Plan {
  /// All lines: those the team keeps, in their order, then the commitments the program would take, then the actions it
  /// proposes, by due date.
  static func lines(
    _ kept: KeptPlan, _ commitments: [Promise], isProposed: Bool, _ proposed: [Action]
  ) -> [PlanLine] {
    let told = Dictionary(
      commitments.map { ($0.entry.id, $0.entry) }, uniquingKeysWith: { first, _ in first })
    let own = kept.entries.map { (entry: told[$0.id] ?? $0, kept: Optional($0)) }
    let others =
      (isProposed ? commitments.map(\.entry) : [])
      + proposed.filter { $0.entry == nil }.map { line($0.candidate, $0.due) }
    return (own + others.map { (entry: $0, kept: nil) }).enumerated().map {
      PlanLine(number: $0 + 1, entry: $1.entry, kept: $1.kept)
    }
  }

  /// A candidate as the line it would be.
  private static func line(_ candidate: Candidate, _ due: Day?) -> PlanEntry {
    PlanEntry(
      id: candidate.id, isCommitment: false, title: candidate.title, firstStep: candidate.firstStep,
      due: due, done: candidate.done ?? "", stop: candidate.stop ?? "")
  }

  /// Anything that can be taken up, proposed or not, by its id; nil where there is no such thing.
  public func possible(_ id: String) -> PlanEntry? {
    (candidates + gaps).first { $0.id == id }.map { Self.line($0, nil) }
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

  /// What comes before anything is said of lines that the program only proposed: they are taken up as they are. Empty where
  /// the team has chosen.
  public var takingUp: [PlanEvent] { isProposed && !commitments.isEmpty ? [keeping([])] : [] }

  /// The number of the team's next own line.
  public var nextOwn: Int { OwnLine.next(after: kept.entries.map(\.id)) }
}
