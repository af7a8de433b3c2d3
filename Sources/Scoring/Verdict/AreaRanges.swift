import AssessmentModel

/// Where many people like those who answered would place each area: the 90 % range of its score, by the same arithmetic as
/// that of the index, on the area's questions alone (``Certainty/range``).
///
/// - Returns: Within 0 to 100, by the dimension's id; areas that are not scored are absent.
public func areaRanges(_ card: Scorecard, with questionnaire: Questionnaire) -> [String: ClosedRange<Double>]
{
  var ranges: [String: ClosedRange<Double>] = [:]
  for row in card.dimensions where row.score != nil {
    let standings = Standings(
      voters: card.standings.voters, items: card.items.filter { $0.dimension == row.id },
      areAnonymous: card.standings.areAnonymous)
    let area = IndexArithmetic(standings, questionnaire: questionnaire, policy: card.policy)
    ranges[row.id] = area.verdict(cut: card.cut).certainty?.range
  }
  return ranges
}
