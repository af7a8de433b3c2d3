import AssessmentModel

/// Scores an assessment by the method `outside-in/1`: orientation, states, index, coverage, steps,
/// verdict with its certainty and contributions.
///
/// With x̄ the value of an item (0 to 4), `y = 25·x̄`; a dimension's score is `Σ w·y / Σ w` over its answered
/// items, the index `Σ W·S / Σ W` over its scored dimensions, so that the index is `Σ ω·y` with effective
/// weights that add up to 1. It is Outside-In above the questionnaire's cut. ``Certainty`` has the arithmetic of
/// its probability.
///
/// Pure: the same answers give the same scorecard, whatever the order of raters and responses. It never
/// fails; where answers are too few, the verdict has no orientation, and ``Scorecard/answerFirst`` says
/// what to answer. Answers to items that the questionnaire does not have, and levels outside 0 to 4, are
/// left aside.
///
/// - Parameters:
///   - assessment: The answers, raw.
///   - questionnaire: The version it was made with.
///   - policy: The constants of the method.
/// - Returns: Every figure that is needed to redo it by hand.
public func score(
  _ assessment: Assessment, with questionnaire: Questionnaire,
  policy: ScoringPolicy = .standard
) -> Scorecard {
  let standings = standings(of: assessment, with: questionnaire, policy: policy)
  let index = IndexArithmetic(standings, questionnaire: questionnaire, policy: policy)
  let cut = questionnaire.scoring.cut
  let verdict = index.verdict(cut: cut)
  let (customers, gap, isDisputed) = customerView(assessment, questionnaire, staff: standings, policy)
  let missing = missingDepartments(assessment)
  let dimensions = index.dimensionScores()
  let stepped = dimensions.filter { $0.status != .notApplicable }
  let reached = stepped.compactMap(\.step)

  var flags: Set<Scorecard.Flag> = []
  if questionnaire.status == .draft { flags.insert(.draftQuestionnaire) }
  if index.hasAnonymousVotes { flags.insert(.noRaterClusters) }
  if let certainty = verdict.certainty, certainty.spread.raters < certainty.spread.voters {
    flags.insert(.fewVotes)
  }
  if index.raterCount == 2, !index.hasAnonymousVotes { flags.insert(.lowPower) }
  if hasUnconfirmedAnswers(assessment, questionnaire) { flags.insert(.unconfirmedAnswers) }
  if hasStraightLine(index, policy) { flags.insert(.straightLining) }
  if !missing.isEmpty { flags.insert(.missingDepartments) }
  if isDisputed { flags.insert(.disputedByCustomers) }

  return Scorecard(
    method: policy.method, scope: assessment.scope, index: index.index,
    votedIndex: assessment.settled.isEmpty
      ? nil
      : IndexArithmetic(standings.asFirstVoted, questionnaire: questionnaire, policy: policy).index,
    cut: cut,
    coverage: index.coverage, verdict: verdict,
    steps: Steps(
      lowest: reached.min(), atMost: reached.count < stepped.count,
      reached: (0...4).map { step in reached.count { $0 >= step } }),
    dimensions: dimensions, contributions: index.contributions(cut: cut),
    answerFirst: verdict.orientation == nil ? index.answerFirst() : [], customers: customers,
    deliveryGap: gap, missingDepartments: missing,
    flags: Scorecard.Flag.allCases.filter(flags.contains), standings: standings, policy: policy)
}

/// Whether an answer that still counts was taken over and not looked at again: neither answered in a later round,
/// nor settled, nor hidden.
private func hasUnconfirmedAnswers(_ assessment: Assessment, _ questionnaire: Questionnaire) -> Bool {
  let responses = assessment.responses.sorted
  guard responses.indices.contains(where: { responses[$0].carried == .toConfirm }) else {
    return false
  }
  let hidden = assessment.hiddenItems(in: questionnaire)
  return responses.contains { response in
    response.carried == .toConfirm && assessment.settled[response.key.item] == nil
      && !hidden.contains(response.key.item)
      && !assessment.responses.to(response.key.item).contains {
        $0.key.rater == response.key.rater && $0.key.round > response.key.round
          && $0.counted != .open
      }
  }
}

/// Departments that are listed and have nobody who answered.
private func missingDepartments(_ assessment: Assessment) -> [String] {
  // Who was silent is not told where anonymity was promised.
  if assessment.anonymous { return [] }
  let staff = assessment.raters.filter { $0.group == .staff }.sorted { $0.id < $1.id }
  let departments = departmentNames(of: staff)
  guard departments.contains(where: { $0 != nil }) else { return [] }
  var answered: Set<String> = []
  for response in assessment.responses {
    if let rater = response.key.rater, response.counted != .open { answered.insert(rater) }
  }
  // Where votes are tallies, nobody's department can be told.
  if answered.isEmpty { return [] }
  var present: Set<String> = []
  for (rater, department) in zip(staff, departments) where answered.contains(rater.id) {
    if let department { present.insert(department) }
  }
  return Set(departments.compactMap { $0 }).subtracting(present).sorted()
}

/// Whether all of somebody's raw answers are alike, over enough items, with both orientations among
/// them.
private func hasStraightLine(_ index: IndexArithmetic, _ policy: ScoringPolicy) -> Bool {
  if index.standings.areAnonymous { return false }
  struct Line {
    var count = 0
    var isStraight = true
    var raw = -1
    var turned = false
    var straight = false
  }
  var lines = Array(repeating: Line(), count: index.standings.voters.count)
  let items = index.items
  for place in items.indices {
    for vote in items[place].latestVotes {
      let (voter, raw) = (vote.voter, items[place].raw(vote.level))
      if lines[voter].count > 0, lines[voter].raw != raw { lines[voter].isStraight = false }
      lines[voter].raw = raw
      lines[voter].count += 1
      if items[place].isTurned { lines[voter].turned = true } else { lines[voter].straight = true }
    }
  }
  return lines.contains {
    $0.count >= policy.straightLineItems && $0.isStraight && $0.turned && $0.straight
  }
}
