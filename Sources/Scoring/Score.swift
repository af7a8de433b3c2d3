import AssessmentModel

/// Scores an assessment by the method `outside-in/1`: orientation, states, index, coverage, steps,
/// verdict with its certainty, contributions and what would turn it.
///
/// Pure: the same answers give the same scorecard, whatever the order of raters and responses.
public func score(
  _ assessment: Assessment, with questionnaire: Questionnaire,
  policy: ScoringPolicy = .standard
) -> Scorecard {
  let items = standings(of: assessment, with: questionnaire)
  let index = IndexArithmetic(items, questionnaire: questionnaire, policy: policy)
  let verdict = index.verdict(cut: questionnaire.scoring.cut)
  let customerRaters = assessment.raters.filter { $0.group == .customer }
  var customers: Scorecard.CustomerScore?
  let customerItems = standings(of: assessment, with: questionnaire, group: .customer)
  if customerItems.contains(where: { $0.allVotes > 0 }) {
    let arithmetic = IndexArithmetic(customerItems, questionnaire: questionnaire, policy: policy)
    customers = Scorecard.CustomerScore(
      index: arithmetic.index, verdict: arithmetic.verdict(cut: questionnaire.scoring.cut),
      coverage: arithmetic.coverage,
      // Tallies have no raters, so the most votes on one item say how many there were at least.
      raters: max(customerRaters.count, customerItems.map(\.allVotes).max() ?? 0))
  }
  let dimensions = index.dimensionScores()
  let stepped = dimensions.filter { $0.status != .notApplicable }
  let reached = stepped.compactMap(\.step)
  return Scorecard(
    method: policy.method, scope: assessment.scope, index: index.index,
    cut: questionnaire.scoring.cut, coverage: index.coverage, verdict: verdict,
    steps: Steps(
      lowest: reached.min(), atMost: reached.count < stepped.count,
      reached: (0...4).map { step in reached.count { $0 >= step } }),
    dimensions: dimensions, contributions: index.contributions(cut: questionnaire.scoring.cut),
    flip: index.flip(verdict, cut: questionnaire.scoring.cut, questionnaire: questionnaire),
    answerFirst: verdict.orientation == nil ? index.answerFirst() : [], customers: customers,
    flags: flags(assessment, questionnaire, index, policy), items: items, policy: policy)
}

private func flags(
  _ assessment: Assessment, _ questionnaire: Questionnaire, _ index: IndexArithmetic,
  _ policy: ScoringPolicy
) -> [Scorecard.Flag] {
  var flags: Set<Scorecard.Flag> = []
  if questionnaire.status == .draft { flags.insert(.draftQuestionnaire) }
  if index.hasAnonymousVotes { flags.insert(.noRaterClusters) }
  if index.raters.count == 2, !index.hasAnonymousVotes { flags.insert(.lowPower) }
  if assessment.responses.values.contains(where: { $0.carried == .toConfirm }) {
    flags.insert(.unconfirmedAnswers)
  }
  if hasStraightLine(index, policy) { flags.insert(.straightLining) }
  return Scorecard.Flag.allCases.filter(flags.contains)
}

/// Whether all of somebody's raw answers are alike, over enough items, with both orientations among
/// them.
private func hasStraightLine(_ index: IndexArithmetic, _ policy: ScoringPolicy) -> Bool {
  struct Line {
    var count = 0
    var raw: Set<Int> = []
    var turned: Set<Bool> = []
  }
  var lines: [String: Line] = [:]
  for item in index.items {
    for vote in item.latestVotes {
      guard let rater = vote.rater else { continue }
      lines[rater, default: Line()].count += 1
      lines[rater]?.raw.insert(item.scored.oriented(vote.level))
      lines[rater]?.turned.insert(item.scored.oriented(0) == 4)
    }
  }
  return lines.values.contains {
    $0.count >= policy.straightLineItems && $0.raw.count == 1 && $0.turned.count == 2
  }
}
