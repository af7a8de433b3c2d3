import AssessmentModel
import Scoring

/// What became of a plan, as the next assessment finds it: its lines, what became of their questions, and always the same
/// count for the questions that nobody worked on, since a question that is answered higher by those who did the work
/// proves little.
public struct PlanLedger: Hashable, Sendable {
  /// What is known of one line.
  public struct Line: Hashable, Sendable {
    /// As it stands by now.
    public let entry: PlanEntry
    /// The question it was to raise, by its id in the newest version; nil for what raises none, such as a team's own.
    public let item: String?
    /// How far that question moved, in levels; nil where it can't be compared.
    public let delta: Double?
  }

  /// Questions and how many of them are answered higher.
  public struct Count: Hashable, Sendable {
    /// How many can be compared.
    public let questions: Int
    /// How many of them are answered higher, by however little.
    public let rose: Int
  }

  /// Commitments first, then what was taken up.
  public let lines: [Line]
  /// The questions of the lines that are done, each once.
  public let worked: Count
  /// The questions that no line which was begun was to raise.
  public let untouched: Count
  /// Whether anybody has said what became of it.
  public let isRecorded: Bool

  /// Lines that are done.
  public var done: [Line] { lines.filter { $0.entry.status == .done } }
  /// Those of them with something to show.
  public var shown: [Line] { done.filter { !$0.entry.shown.isEmpty } }
  /// Lines that are still open, which the next plan proposes again.
  public var open: [PlanEntry] { lines.map(\.entry).filter(\.status.isOpen) }
}

/// What became of the plan of the last assessment but one.
///
/// - Parameter library: The steps of its questionnaire, which say what question a step raises; nil where nobody wrote any.
public func planLedger(_ comparison: Comparison, library: ActionLibrary?) -> PlanLedger {
  let span = comparison.latest
  let before = comparison.assessments[span.from]
  let plan = before.assessment.keptPlan
  func delta(_ row: ComparableCore.Item) -> Double { (row.points[span.to] - row.points[span.from]) / 25 }
  var touched: Set<String> = []
  var finished: Set<String> = []
  let lines = (plan.commitments + plan.entries.filter { !$0.isCommitment }).map { entry in
    let old = library?.steps.first { $0.id == entry.id }?.item
    let row = old.flatMap { id in comparison.core.items.first { $0.ids[span.from] == id } }
    let new =
      row?.id
      ?? old.flatMap { id in
        before.correspondence.matches.first { $0.old == [id] && $0.new.count == 1 }?.new.first
      }
    if let row, entry.status != .open, entry.status != .dropped { touched.insert(row.id) }
    if let row, entry.status == .done { finished.insert(row.id) }
    return PlanLedger.Line(entry: entry, item: new, delta: row.map(delta))
  }
  func count(_ rows: [ComparableCore.Item]) -> PlanLedger.Count {
    PlanLedger.Count(questions: rows.count, rose: rows.count { delta($0) > 1e-9 })
  }
  return PlanLedger(
    lines: lines, worked: count(comparison.core.items.filter { finished.contains($0.id) }),
    untouched: count(comparison.core.items.filter { !touched.contains($0.id) }),
    isRecorded: !before.assessment.planEvents.isEmpty)
}
