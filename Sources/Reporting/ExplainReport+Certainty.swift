import AssessmentModel
import Scoring

/// From votes to probability, every figure that is needed to redo it.
func certaintySection(_ subject: Subject) -> Document {
  let card = subject.scorecard
  guard let certainty = card.verdict.certainty, let index = card.index else {
    return [
      .heading(2, "Verdict"),
      .paragraph(
        Words(
          "None: \(decimal(card.coverage * 100)) % of the weight is answered; "
            + "\(decimal(card.policy.provisionalCoverage * 100)) % is needed.")),
    ]
  }
  let steps =
    raterSteps(card, certainty) + missingSteps(subject, certainty)
    + probabilitySteps(card, certainty, index)
  var document: Document = [
    .heading(2, "How sure that is"), .paragraph(Words(verdictSentence(card), .strong)),
    .numbered(steps),
  ]
  if let bounds = card.verdict.bounds, card.items.contains(where: \.isMissing) {
    let turns = bounds.lowerBound <= card.cut && bounds.upperBound > card.cut
    document.append(
      .paragraph(
        Words(
          "With every missing answer at its Inside-Out end the index would be "
            + "\(decimal(bounds.lowerBound, 2)), at its Outside-In end \(decimal(bounds.upperBound, 2)): "
            + (turns ? "they could change the side." : "no missing answer could change the side."))))
  }
  return document + [
    .paragraph(
      "The probability says how likely it is that many people like these would, taken together, "
        + "place the organisation on this side. It does not say how good the organisation is, and it does "
        + "not see that people rate themselves kindly. Another group of the same size would agree less often "
        + "than that, because it has its own scatter.")
  ]
}

/// How far one rater may be from the others.
private func raterSteps(_ card: Scorecard, _ certainty: Certainty) -> [Words] {
  let policy = card.policy
  let m = certainty.raters
  let squares = card.contributions.reduce(0) { $0 + $1.weight * $1.weight }
  var steps = [
    Words(
      "What is assumed of one rater before anybody votes: a variance of 625 × "
        + "\(plain(policy.priorVoteVariance)) × (\(decimal(policy.priorCorrelation, 2)) + "
        + "\(decimal(1 - policy.priorCorrelation, 2)) × \(decimal(squares, 6))) = "
        + "\(decimal(certainty.priorVariance, 2)) squared points. \(decimal(squares, 6)) is the sum of the "
        + "squared weights.")
  ]
  if let observed = certainty.observedVariance {
    let pulls = certainty.pulls.map(\.pull).sorted()
    let sum = pulls.reduce(0) { $0 + $1 * $1 }
    let listed =
      pulls.count <= 30 ? ": \(pulls.map { decimal($0, 3, signed: true) }.joined(separator: ", "))" : ""
    steps.append(
      Words(
        "What was seen: how far each of \(m) raters' first votes pull the index from the others', in "
          + "points\(listed). Their squares add up to \(decimal(sum, 4)); times \(m) × \(m)/\(m - 1), that is a "
          + "variance of one rater of \(decimal(observed, 2))."))
    steps.append(
      Words(
        "Both together, weighed by \(plain(policy.priorDegreesOfFreedom)) and \(m - 1) degrees of freedom: "
          + "(\(plain(policy.priorDegreesOfFreedom)) × \(decimal(certainty.priorVariance, 2)) + \(m - 1) × "
          + "\(decimal(observed, 2))) / \(plain(certainty.degreesOfFreedom)) = "
          + "\(decimal(certainty.variance, 2))."))
  } else if card.flags.contains(.noRaterClusters) {
    steps.append(
      "Votes were anonymous, so nothing is known of how far single raters are apart; the assumption stands.")
  }
  steps.append(
    Words(
      "Divided by \(counted(m, "rater", "raters")): \(decimal(certainty.variance, 2)) / \(m) = "
        + "\(decimal(certainty.raterVariance, 2))."))
  return steps
}

/// What missing answers add.
private func missingSteps(_ subject: Subject, _ certainty: Certainty) -> [Words] {
  let steps = certainty.missing.map { term in
    let sum = term.weights.reduce(0, +)
    let squares = term.weights.reduce(0) { $0 + $1 * $1 }
    let what = term.dimension.map { subject.title(ofDimension: $0) } ?? "areas without a score"
    return Words(
      "Missing in \(what), with a weight of \(decimal(sum, 6)) in all and \(decimal(squares, 6)) as the sum "
        + "of squares: \(decimal(term.spread, 2)) × (\(decimal(squares, 6)) + \(decimal(sum, 6))² / "
        + "\(term.answered)) = \(decimal(term.variance, 2)). \(decimal(term.spread, 2)) is the variance of what is "
        + "answered there, at least "
        + "\(decimal(subject.scorecard.policy.leastMissingDeviation, 1))².")
  }
  return steps.isEmpty ? ["No answer is missing, so nothing is added for that."] : steps
}

/// From variance to probability and range.
private func probabilitySteps(
  _ card: Scorecard, _ certainty: Certainty, _ index: Double
) -> [Words] {
  let multiplier = StudentT.quantile(0.95, degreesOfFreedom: certainty.degreesOfFreedom)
  let distance = abs(index - card.cut)
  let half = multiplier * certainty.standardError
  let (low, high) = (certainty.range.lowerBound, certainty.range.upperBound)
  let cutOff = index - half < 0 || index + half > 100 ? ", cut off at 0 and 100" : ""
  return [
    Words(
      "The standard error: √(\(decimal(certainty.raterVariance, 2)) + "
        + "\(decimal(certainty.missingVariance, 2))) = \(decimal(certainty.standardError, 2)) points."),
    Words(
      "From the cut: \(decimal(distance, 2)) / \(decimal(certainty.standardError, 2)) = "
        + "\(decimal(distance / certainty.standardError, 3)) standard errors. Student's t with "
        + "\(plain(certainty.degreesOfFreedom)) degrees of freedom makes that a probability of "
        + "\(shownProbability(certainty.probability))."),
    Words(
      "The range of nine in ten: \(decimal(index, 2)) ± \(decimal(multiplier, 3)) × "
        + "\(decimal(certainty.standardError, 2)), from \(decimal(low, 2)) to \(decimal(high, 2))\(cutOff)."),
    Words(
      "Clear from \(decimal(card.policy.clear * 100)) %, likely from "
        + "\(decimal(card.policy.likely * 100)) %, below that too close to call."),
  ]
}

/// A probability in whole percent, cut off rather than rounded, so that it never looks surer than it is.
func shownProbability(_ probability: Double) -> String {
  "\(decimal((probability * 100 + 1e-9).rounded(.down))) %"
}

func flipSection(_ subject: Subject) -> Document {
  guard subject.scorecard.verdict.orientation != nil else { return [] }
  guard let flips = subject.scorecard.flip else {
    return [
      .heading(2, "What would turn it"), .paragraph("No change of the answers given could turn it."),
    ]
  }
  return [
    .heading(2, "What would turn it"),
    .paragraph(
      Words(
        "The fewest answers that would turn the side: "
          + "\(counted(flips.count, "answer", "answers"))\(flips.isEmpty ? "" : ":")")),
    .bullets(
      flips.map { flip in
        let item = subject.questionnaire.item(flip.item)
        let standing = subject.scorecard.items.first { $0.id == flip.item }
        // Nobody is named.
        let what =
          standing?.state == .settled
          ? "what was settled on " : (standing?.latestVotes.count ?? 1) > 1 ? "a vote on " : ""
        return Words("\(what)\(flip.item) from \(given(flip.from, item)) to \(given(flip.to, item))")
      }),
  ]
}

/// What customers said, and how far that is from what the team says.
func customerSection(_ subject: Subject) -> Document {
  let card = subject.scorecard
  guard let customers = card.customers else { return [] }
  var document: Document = [.heading(2, "Customers")]
  var sentence =
    "\(counted(customers.raters, "customer", "customers")) answered; on these questions they come to "
    + "\(customers.index.map { decimal($0, 2) } ?? "no index"), "
    + "the team to \(customers.teamIndex.map { decimal($0, 2) } ?? "none")."
  if let certainty = customers.verdict.certainty {
    sentence +=
      " By the same arithmetic the customers' index lies between \(decimal(certainty.range.lowerBound, 2)) and "
      + "\(decimal(certainty.range.upperBound, 2)), nine times in ten."
  }
  document.append(.paragraph(Words(sentence)))
  let gap = card.deliveryGap
  if let team = gap.team, let theirs = gap.customers, let difference = gap.gap {
    document.append(
      .paragraph(
        Words(
          "At 3 or higher on average: \(team.successes) of \(team.count) of the team, "
            + "\(theirs.successes) of \(theirs.count) customers. The difference is "
            + "\(decimal(difference.value * 100, 0, signed: true)) percentage points, between "
            + "\(decimal(difference.interval.lowerBound * 100, 0, signed: true)) and "
            + "\(decimal(difference.interval.upperBound * 100, 0, signed: true)) nineteen times in twenty "
            + "(Newcombe's method 10).")))
  } else if gap.status == .anonymous {
    document.append(
      .paragraph("Votes were anonymous, so it can't be counted how many people are at 3 or higher."))
  }
  if !gap.dimensions.isEmpty {
    func shown(_ points: Double?) -> String { points.map { decimal($0, 1) } ?? "–" }
    document.append(
      .table(
        Table(
          [
            .init("area"), .init("predicted", .right), .init("team", .right),
            .init("customers", .right),
          ],
          rows: gap.dimensions.map {
            [subject.title(ofDimension: $0.id), shown($0.predicted), shown($0.team), shown($0.customers)]
          })))
    document.append(
      .paragraph(
        "Points of 100 on the questions customers can answer: what the team expected them to say, what it "
          + "says itself, and what they said."))
  }
  return document
}

/// Every constant of the method that is a choice.
func policySection(_ policy: ScoringPolicy) -> Document {
  func percent(_ share: Double) -> String { decimal(share * 100) + " %" }
  return [
    .heading(2, "What the method takes as given"),
    .table(
      Table(
        [.init("constant"), .init("value", .right)],
        rows: [
          ["answered for a full score, of an area's weight", percent(policy.scoredCoverage)],
          ["answered for a provisional score, and for a verdict", percent(policy.provisionalCoverage)],
          ["not applicable, at most, to be compared over time", percent(policy.comparableNotApplicable)],
          ["weight that must be there for a step", percent(policy.stepShare)],
          ["degrees of freedom of what is assumed of a rater", plain(policy.priorDegreesOfFreedom)],
          ["assumed variance of a vote, in squared levels", plain(policy.priorVoteVariance)],
          ["assumed correlation of a rater's votes", plain(policy.priorCorrelation)],
          ["least deviation where answers are missing, in points", plain(policy.leastMissingDeviation)],
          ["probability from which a verdict is clear", percent(policy.clear)],
          ["probability from which it is likely", percent(policy.likely)],
          ["like answers in a row that are flagged", String(policy.straightLineItems)],
          ["consensus that counts as agreement", plain(policy.agreementConsensus)],
          ["steps between two votes that make a split", String(policy.splitSteps)],
          ["ICC(1) from which departments are silos", plain(policy.siloCorrelation)],
          ["departments of two or more needed for that", String(policy.siloDepartments)],
          ["points between a department and the others", plain(policy.departmentPoints)],
          [
            "blind spot: here or higher, and others here or lower",
            "\(plain(policy.blindSpotHigh)), \(plain(policy.blindSpotLow))",
          ],
          ["votes in the smallest breakdown, where anonymous", String(policy.smallestBreakdown)],
          ["votes in the smallest group, where anonymous", String(policy.smallestGroup)],
        ])),
  ]
}
