import AssessmentModel
import Scoring

/// From votes to probability, every figure that is needed to redo it.
func certaintySection(_ subject: Subject, _ speaker: Speaker) -> Document {
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
  var document: Document = [
    .heading(2, "How sure that is"), .paragraph(Words(headline(subject, speaker), .strong)),
    .numbered(certaintySteps(subject, certainty, index: index, of: "rater", "raters")),
  ]
  document += moreRatersSection(card, certainty)
  if let bounds = card.verdict.bounds, card.items.contains(where: \.isMissing) {
    let turns = !card.verdict.holdsWhateverIsMissing(cut: card.cut)
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
        + "not see that people rate themselves kindly. Another handful of people like these may well see it "
        + "otherwise: they would agree less often than that.")
  ]
}

/// What more people would come to, so that the numbers of the result can be redone.
private func moreRatersSection(_ card: Scorecard, _ certainty: Certainty) -> Document {
  guard let more = card.moreRaters, let index = card.index else { return [] }
  let distance = abs(index - card.cut)
  func start(_ count: Int) -> String {
    let after = certainty.projection(count)
    return
      "with \(count) more, √(\(decimal(certainty.spread.variance, 4)) / \(after.raters) + "
      + "\(decimal(certainty.missingVariance, 4))) = \(decimal(after.standardError, 4)) points"
  }
  func line(_ what: String, _ need: MoreRaters.Need, _ end: (Certainty.Projection) -> String) -> Words {
    let words: String =
      switch need {
      case .people(0): "reached already."
      case .people(let count): "\(start(count)), \(end(certainty.projection(count)))."
      case .openQuestions:
        "what is missing alone is a standard error of \(decimal(certainty.missingVariance.squareRoot(), 4)), "
          + "which no number of people makes smaller."
      case .outOfReach:
        "\(start(card.policy.mostMoreRaters)), \(end(certainty.projection(card.policy.mostMoreRaters))): not "
          + "enough."
      }
    return Words("\(what): ", .strong) + Words(words)
  }
  return [
    .paragraph(
      "How many more people like these it would take, with what is known of how far people are apart as it "
        + "stands (a plan, not a promise):"),
    .bullets([
      line("\(plain(card.policy.narrowRange)) points either way", more.withinTen) { after in
        "times \(decimal(after.halfRange / after.standardError, 4)) for "
          + "\(plain(after.degreesOfFreedom)) degrees of freedom = \(decimal(after.halfRange, 2))"
      },
      line("A clear side", more.clear) { after in
        "\(decimal(distance, 4)) / that is \(decimal(distance / after.standardError, 3)), a probability of "
          + shownProbability(after.probability(at: distance))
      },
    ]),
  ]
}

/// Every step from votes to range; the same for the team and for customers.
func certaintySteps(
  _ subject: Subject, _ certainty: Certainty, index: Double, of one: String, _ many: String
) -> [Words] {
  let card = subject.scorecard
  return raterSteps(certainty.spread, card.policy, one, many) + missingSteps(subject, certainty)
    + probabilitySteps(card, certainty, index)
}

/// How far one rater may be from the others.
func raterSteps(
  _ spread: RaterSpread, _ policy: ScoringPolicy, _ one: String, _ many: String
) -> [Words] {
  let m = spread.raters
  var steps = [
    Words(
      "What is assumed of one \(one) before anybody votes: a variance of 625 × "
        + "\(plain(policy.priorVoteVariance)) × (\(decimal(policy.priorCorrelation, 2)) + "
        + "\(decimal(1 - policy.priorCorrelation, 2)) × \(decimal(spread.weightSquares, 8))) = "
        + "\(decimal(spread.priorVariance, 4)) squared points. \(decimal(spread.weightSquares, 8)) is the "
        + "sum of the squared weights.")
  ]
  if m < spread.voters {
    steps.append(
      Words(
        "\(spread.voters) people cast a vote, and left questions to one another: on average, by weight, "
          + "\(spelled(m)) answered a question (rounded down), so they count as \(counted(m, one, many))."))
  }
  if let observed = spread.observedVariance {
    let pulls = spread.pulls.map(\.pull).sorted()
    let sum = pulls.reduce(0) { $0 + $1 * $1 }
    steps.append(
      Words(
        "What was seen: how far each one's first votes pull the index from the others', in points (over their "
          + "questions, weight × 25 × distance from the question's mean / its votes): "
          + "\(pulls.map { decimal($0, 6, signed: true) }.joined(separator: ", ")). Their squares add up to "
          + "\(decimal(sum, 4)); times \(m) × \(m)/\(m - 1), that is a variance of one \(one) of "
          + "\(decimal(observed, 4)). First votes tell how far people are apart before they talk; the index "
          + "takes the latest."))
    steps.append(
      Words(
        "Both together, weighed by \(plain(policy.priorDegreesOfFreedom)) and \(m - 1) degrees of freedom: "
          + "(\(plain(policy.priorDegreesOfFreedom)) × \(decimal(spread.priorVariance, 4)) + \(m - 1) × "
          + "\(decimal(observed, 4))) / \(plain(spread.degreesOfFreedom)) = "
          + "\(decimal(spread.variance, 4))."))
  } else if spread.isAnonymous {
    steps.append(
      "Votes were anonymous, so nothing is known of how far single people are apart; the assumption stands.")
  }
  steps.append(
    Words(
      "Divided by \(counted(m, one, many)): \(decimal(spread.variance, 4)) / \(m) = "
        + "\(decimal(spread.raterVariance, 4))."))
  return steps
}

/// What questions that nobody answered add.
private func missingSteps(_ subject: Subject, _ certainty: Certainty) -> [Words] {
  let least = decimal(subject.scorecard.policy.leastMissingDeviation, 1)
  let steps = certainty.missing.map { term in
    let sum = term.weights.reduce(0, +)
    let squares = term.weights.reduce(0) { $0 + $1 * $1 }
    let (place, what) =
      term.dimension.map { (subject.title(ofDimension: $0), "questions") } ?? ("the index", "areas")
    return Words(
      "What is missing of \(place): \(what) with a weight of \(decimal(sum, 7)) of the index, the squares of "
        + "their weights adding up to \(decimal(squares, 8)). The points of the "
        + "\(term.answered == 1 ? "one" : spelled(term.answered)) that \(term.answered == 1 ? "is" : "are") there "
        + "have a variance of \(decimal(term.spread, 4)) (at least \(least)² is taken): "
        + "\(decimal(term.spread, 4)) × (\(decimal(squares, 8)) + \(decimal(sum, 7))² / \(term.answered)) = "
        + "\(decimal(term.variance, 4)).")
  }
  return steps.isEmpty
    ? ["Every question was answered by somebody, so nothing is added for missing ones."] : steps
}

/// From variance to probability and range.
private func probabilitySteps(
  _ card: Scorecard, _ certainty: Certainty, _ index: Double
) -> [Words] {
  let multiplier = StudentT.quantile(0.95, degreesOfFreedom: certainty.spread.degreesOfFreedom)
  let distance = abs(index - card.cut)
  let half = multiplier * certainty.standardError
  let (low, high) = (certainty.range.lowerBound, certainty.range.upperBound)
  let cutOff = index - half < 0 || index + half > 100 ? ", cut off at 0 and 100" : ""
  return [
    Words(
      "The standard error: √(\(decimal(certainty.spread.raterVariance, 4)) + "
        + "\(decimal(certainty.missingVariance, 4))) = \(decimal(certainty.standardError, 4)) points."),
    Words(
      "From the cut: \(decimal(distance, 4)) / \(decimal(certainty.standardError, 4)) = "
        + "\(decimal(distance / certainty.standardError, 3)) standard errors. Student's t with "
        + "\(plain(certainty.spread.degreesOfFreedom)) degrees of freedom makes that a probability of "
        + "\(shownProbability(certainty.probability)), which is cut off and never rounded up."),
    Words(
      "The range of nine in ten: \(decimal(index, 4)) ± \(decimal(multiplier, 4)) × "
        + "\(decimal(certainty.standardError, 4)), from \(decimal(low, 2)) to \(decimal(high, 2))\(cutOff)."),
    Words(
      "Clear from \(decimal(card.policy.clear * 100)) %, likely from "
        + "\(decimal(card.policy.likely * 100)) % (“probably”); below that it is too close to call, and the class only leans."
    ),
  ]
}

/// A probability in whole percent, cut off rather than rounded, so that it never looks surer than it is.
func shownProbability(_ probability: Double) -> String {
  let percent = (probability * 100 + 1e-9).rounded(.down)
  return percent >= 99 && probability > 0.99 + 1e-9 ? "over 99 %" : "\(decimal(percent)) %"
}

func flipSection(_ subject: Subject) -> Document {
  guard subject.scorecard.verdict.orientation != nil else { return [] }
  guard let flips = subject.scorecard.flip else {
    return [
      .heading(2, "What would turn it"), .paragraph("No change of the answers given could turn it."),
    ]
  }
  let index = turnedIndex(subject.scorecard, flips)
  let lines = flipLines(subject, flips)
  var document: Document = [
    .heading(2, "What would turn it"),
    .paragraph(
      Words(
        "The fewest answers that would turn the side: \(counted(flips.count, "answer", "answers")), which "
          + "\(flips.count == 1 ? "brings" : "bring") the index to \(decimal(index, 2))"
          + (abs(index - subject.scorecard.cut) < 1e-9
            ? ", exactly the middle, which counts as Inside-Out." : "."))),
    .bullets(Array(lines.prefix(6)).map { Words($0) }),
  ]
  if lines.count > 6 {
    document.append(
      .paragraph(Words("… and as many more as that takes, by how far each can move the index.")))
  }
  return document
}

/// The changes, like ones together: `three votes on rel-extra from a to e`. Nobody is named.
private func flipLines(_ subject: Subject, _ flips: [Scorecard.Flip]) -> [String] {
  var order: [String] = []
  var counts: [String: Int] = [:]
  for flip in flips {
    let item = subject.questionnaire.item(flip.item)
    let change = "\(flip.item) from \(given(flip.from, item)) to \(given(flip.to, item))"
    if counts[change] == nil { order.append(change) }
    counts[change, default: 0] += 1
  }
  return order.map { change in
    let id = change.prefix { $0 != " " }
    guard let standing = subject.scorecard.items.first(where: { $0.id == id }) else { return change }
    if standing.state == .settled { return "what was settled on \(change)" }
    if standing.latestVotes.count < 2 { return change }
    let count = counts[change] ?? 1
    return "\(spelled(count)) \(count == 1 ? "vote" : "votes") on \(change)"
  }
}

/// The index with some answers changed.
private func turnedIndex(_ card: Scorecard, _ flips: [Scorecard.Flip]) -> Double {
  var index = card.index ?? 0
  for flip in flips {
    guard let standing = card.items.first(where: { $0.id == flip.item }),
      let row = card.contributions.first(where: { $0.item == flip.item })
    else { continue }
    let votes = standing.state == .settled ? 1 : max(1, standing.latestVotes.count)
    // What is given is turned as the level is.
    index += row.weight * 25 * Double(standing.raw(flip.to) - standing.raw(flip.from)) / Double(votes)
  }
  return index
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
          ["share of the questions that makes a voter a rater", percent(policy.fullRaterShare)],
          ["least deviation where answers are missing, in points", plain(policy.leastMissingDeviation)],
          ["probability from which a verdict is clear", percent(policy.clear)],
          ["probability from which it is likely", percent(policy.likely)],
          ["points either way that make a range narrow", plain(policy.narrowRange)],
          ["most people that are named to be surer", String(policy.mostMoreRaters)],
          ["correlation of a person's leaning with itself later", plain(policy.retestCorrelation)],
          ["chance of finding a change where there is none", percent(policy.changeLevel)],
          ["in common, to compare the whole", percent(policy.fullShare)],
          ["in common, where a short form is one of them", percent(policy.shortShare)],
          ["in common, to compare areas", percent(policy.partialShare)],
          ["questions of an area, to compare it where all was asked", String(policy.fewestAreaItems)],
          ["like answers in a row that are flagged", String(policy.straightLineItems)],
          ["consensus that counts as agreement", plain(policy.agreementConsensus)],
          ["steps from the middle vote that make a minority", String(policy.minoritySteps)],
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
