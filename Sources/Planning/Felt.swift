import AssessmentModel

/// What is done about something that customers feel: the team's own redesign, else the step that answers it, else to
/// find out what would.
struct FeltAnswer: Hashable, Sendable {
  /// The gap itself, or a step.
  let candidate: Candidate
  /// The gaps that it answers, the most strongly felt first.
  var gaps: [Candidate]
}

/// The answers to the worst expectations and the worst moments, so many of each, the most strongly felt first; without
/// those that something promised answers already.
///
/// - Parameters:
///   - gaps: the most strongly felt first.
///   - answered: ids of what is promised, or goes with it.
func feltFirst(
  _ gaps: [Candidate], steps: [Candidate], answered: (Candidate) -> Bool, redesigned: Set<String>,
  _ troubles: Troubles, _ policy: PlanningPolicy
) -> [FeltAnswer] {
  let worst = [Candidate.Source.expectation, .moment].flatMap { source in
    gaps.filter { $0.source == source }.prefix(policy.feltOfEach)
  }.sorted { ($0.urgency ?? 0) > ($1.urgency ?? 0) }
  var answers: [FeltAnswer] = []
  for gap in worst where !answered(gap) {
    if let place = answers.firstIndex(where: { answer in
      answer.gaps.contains { troubles.areAlike(gap, gap: $0) }
    }) {
      answers[place].gaps.append(gap)
      continue
    }
    let isTaken = Set(answers.map(\.candidate.id))
    let step =
      redesigned.contains(gap.id)
      ? nil
      : steps.first { $0.requires.isEmpty && !isTaken.contains($0.id) && troubles.areAlike(gap, step: $0) }
    answers.append(FeltAnswer(candidate: step ?? gap, gaps: [gap]))
  }
  return answers
}
