import AssessmentModel
import Scoring

/// What is known of something that a team promised the last time: what became of the question that it was to raise.
public struct CommitmentOutcome: Hashable, Sendable {
  /// As it was promised.
  public let commitment: Commitment
  /// The question it was to raise, by its id in the newest version; nil for what raises none, such as a team's own.
  public let item: String?
  /// How far that question moved, in levels; nil where it can't be compared.
  public let delta: Double?
}

/// What became of the commitments of the last assessment but one.
///
/// - Parameter library: The steps of its questionnaire, which say what question a step raises; nil where nobody wrote any.
public func commitmentOutcomes(_ comparison: Comparison, library: ActionLibrary?) -> [CommitmentOutcome] {
  let span = comparison.latest
  let before = comparison.assessments[span.from]
  return (before.assessment.commitments ?? []).map { commitment in
    let old = library?.steps.first { $0.id == commitment.action }?.item
    let row = old.flatMap { id in comparison.core.items.first { $0.ids[span.from] == id } }
    let new =
      row?.id
      ?? old.flatMap { id in
        before.correspondence.matches.first { $0.old == [id] && $0.new.count == 1 }?.new.first
      }
    return CommitmentOutcome(
      commitment: commitment, item: new, delta: row.map { ($0.points[span.to] - $0.points[span.from]) / 25 })
  }
}
