import AssessmentModel
import Scoring

/// The whole arithmetic from answer to verdict, such that the figures printed can be added up by hand.
package func explainReport(_ subject: Subject) -> Document {
  let card = subject.scorecard
  var document: Document = [
    .heading(1, "How \(subject.name) comes to its result"),
    .paragraph(
      Words(
        "Method \(card.method), questionnaire \(subject.assessment.questionnaire.id) "
          + "\(subject.assessment.questionnaire.version), scope \(card.scope.rawValue). An answer "
          + "of 0 to 4 becomes 0 to 100 points (times 25); two-sided questions with Outside-In on "
          + "the left are turned round first. Points times weight add up to the index.")),
    .heading(2, "From answers to the index"),
    .table(contributionTable(subject, card.items)),
  ]
  if let index = card.index {
    let sum = card.contributions.reduce(0) { $0 + $1.contribution }
    document.append(
      .paragraph(
        Words(
          "Contributions add up to \(decimal(sum, 2, signed: true)); the cut is "
            + "\(plain(card.cut)), so the index is \(decimal(index, 2)).")))
  }
  document += [.heading(2, "Area by area"), .table(dimensionTable(subject))]
  document += certaintySection(card)
  document += flipSection(subject)
  return document
}

/// The arithmetic of one dimension.
package func explainReport(_ subject: Subject, dimension id: String) -> Document {
  let card = subject.scorecard
  guard let row = card.dimensions.first(where: { $0.id == id }) else { return [] }
  var document: Document = [.heading(1, subject.title(ofDimension: id))]
  if let about = subject.questionnaire.dimension(id)?.about {
    document.append(.paragraph(Words("It is about \(about).")))
  }
  document.append(
    .paragraph(
      Words(
        row.score.map {
          "\(decimal($0, 2)) of 100, \(decimal(row.weight * 100, 1)) % of the index. "
            + "\(decimal(row.coverage * 100)) % of its weight is answered."
        } ?? "Not scored: \(decimal(row.coverage * 100)) % of its weight is answered.")))
  let items = card.items.filter { $0.scored.dimension == id }
  document.append(.table(contributionTable(subject, items, marks: true)))
  document.append(.paragraph(Words(stepExplanation(row, items))))
  document.append(
    .paragraph(
      Words(
        "A step needs \(decimal(card.policy.stepShare * 100)) % of the weight there or higher, every critical "
          + "question there and no other more than one below; step 3 needs a document for what is critical, "
          + "step 4 a figure.", .faint)))
  return document
}

/// One item: what was answered, and what it does to the index.
package func explainReport(_ subject: Subject, item id: String) -> Document {
  let card = subject.scorecard
  guard let standing = card.items.first(where: { $0.item.id == id }) else {
    return [.paragraph(Words("\(id) is not scored in this assessment."))]
  }
  var document: Document = [.heading(1, id), .paragraph(Words(standing.item.text))]
  if let why = standing.item.why { document.append(.paragraph(Words(why, .faint))) }
  document.append(.paragraph(Words(answerSentence(standing, subject))))
  if standing.scored.oriented(0) == 4 {
    document.append(
      .paragraph("Outside-In stands on the left here, so the answer counts as 4 minus its position."))
  }
  if let row = card.contributions.first(where: { $0.item == id }) {
    document.append(
      .paragraph(
        Words(
          "\(decimal(row.score / 25, 2)) × 25 = \(decimal(row.score, 2)) points, less the cut of "
            + "\(plain(card.cut)), times its weight of \(decimal(row.weight * 100, 2)) %: "
            + "\(decimal(row.contribution, 2, signed: true)) points of the index.")))
  }
  return document
}

private func answerSentence(_ standing: ItemStanding, _ subject: Subject) -> String {
  let anchors = subject.questionnaire.anchors(of: standing.item)
  func shown(_ level: Int) -> String {
    let raw = standing.scored.oriented(level)
    if let anchor = anchors.first(where: { $0.level == raw }) { return "\(raw), “\(anchor.text)”" }
    if case .bipolar(let bipolar) = standing.scored.form {
      let letter = ["a", "b", "c", "d", "e"][raw]
      return "\(letter), \(bipolarWords(raw)) (left: “\(bipolar.left)” right: “\(bipolar.right)”)"
    }
    return String(raw)
  }
  switch standing.state {
  case .settled: return "Settled at \(shown(standing.gate ?? 0))"
  case .answered:
    if standing.latestVotes.count == 1 { return "Answered \(shown(standing.latestVotes[0].level))" }
    let counts = (0...4).map { level in standing.latestVotes.count { $0.level == level } }
    let votes = counts.enumerated().filter { $1 > 0 }.map { "\($1) for \($0)" }
    return
      "\(standing.latestVotes.count) votes: \(listed(votes)); on average "
      + "\(decimal(standing.value ?? 0, 2))."
  case .dontKnow: return "Nobody knew; it counts as missing."
  case .notApplicable: return "Said not to apply; it leaves the sum."
  case .open: return "Not answered; it counts as missing."
  }
}

/// A raw answer as it is typed.
private func given(_ raw: Int, _ item: Item?) -> String {
  if case .bipolar = item?.scored?.form { return ["a", "b", "c", "d", "e"][raw] }
  return String(raw)
}

/// How far a position leans, in words.
package func bipolarWords(_ raw: Int) -> String {
  ["mostly the left", "rather the left", "either", "rather the right", "mostly the right"][raw]
}

/// What one person answered to a two-sided item, before what it counts: `d, 1.00`.
private func letter(_ standing: ItemStanding) -> String {
  guard case .bipolar = standing.scored.form, standing.latestVotes.count == 1 else { return "" }
  return given(standing.scored.oriented(standing.latestVotes[0].level), standing.item) + ", "
}

/// - Parameter marks: whether to say which items are critical, and how well their answers are supported.
private func contributionTable(
  _ subject: Subject, _ items: [ItemStanding], marks: Bool = false
) -> Table {
  let card = subject.scorecard
  let rows = items.map { standing -> [String] in
    let row = card.contributions.first { $0.item == standing.item.id }
    let answer: String =
      switch standing.state {
      case .settled, .answered: letter(standing) + decimal(standing.value ?? 0, 2)
      case .dontKnow: "don't know"
      case .notApplicable: "n/a"
      case .open: "open"
      }
    var cells = [
      standing.item.id, answer, row.map { decimal($0.score, 1) } ?? "",
      row.map { decimal($0.weight * 100, 2) + " %" } ?? "",
      row.map { decimal($0.contribution, 2, signed: true) } ?? "",
    ]
    if marks {
      let critical = standing.scored.critical ? "critical" : nil
      cells.append([critical, standing.evidence?.rawValue].compactMap { $0 }.joined(separator: ", "))
    }
    return cells
  }
  let columns: [Table.Column] = [
    .init("question"), .init("answer", .right), .init("points", .right), .init("weight", .right),
    .init("moves the index", .right),
  ]
  return Table(columns + (marks ? [.init("")] : []), rows: rows)
}

private func dimensionTable(_ subject: Subject) -> Table {
  Table(
    [
      .init("area"), .init("score", .right), .init("share", .right), .init("answered", .right),
      .init("step", .right), .init("held by"),
    ],
    rows: subject.scorecard.dimensions.map { row in
      [
        subject.title(ofDimension: row.id), row.score.map { decimal($0, 2) } ?? "–",
        decimal(row.weight * 100, 1) + " %", decimal(row.coverage * 100) + " %",
        row.step.map(String.init) ?? "–", holdWords(row.heldBy),
      ]
    })
}

private func holdWords(_ hold: DimensionScore.Hold?) -> String {
  switch hold {
  case .noEvidence: "no document or figure"
  case .critical: "a critical question"
  case .share: "too few questions there"
  case .laggard: "one question behind"
  case .coverage: "missing answers"
  case nil: ""
  }
}

private func stepExplanation(_ row: DimensionScore, _ items: [ItemStanding]) -> String {
  guard let step = row.step else {
    return "It has no step yet: a step needs answers to 80 % of its weight."
  }
  if step == 4 { return "Step 4, the highest: customers confirm it." }
  func names(_ holds: (ItemStanding) -> Bool) -> String { listed(items.filter(holds).map(\.item.id)) }
  let needed: Response.Evidence = step + 1 == 4 ? .measured : .document
  let reason =
    switch row.heldBy {
    case .noEvidence:
      "\(names { $0.scored.critical && ($0.evidence ?? .none) < needed }), critical, "
        + "has no \(needed == .measured ? "figure" : "document") behind it"
    case .critical:
      names { $0.scored.critical && $0.isMissing }.isEmpty
        ? "\(names { $0.scored.critical && ($0.gate ?? -1) < step + 1 }), critical, is below \(step + 1)"
        : "\(names { $0.scored.critical && $0.isMissing }), critical, is not answered or not known"
    case .share: "less than 80 % of the weight is at \(step + 1) or higher"
    case .laggard: "\(names { $0.gate.map { $0 < step } ?? false }) is below \(step)"
    case .coverage, nil: "answers are missing"
    }
  return "Step \(step); not step \(step + 1), because \(reason)."
}

private func certaintySection(_ card: Scorecard) -> Document {
  guard let certainty = card.verdict.certainty, let index = card.index else {
    return [
      .heading(2, "Verdict"),
      .paragraph(
        Words(
          "None: \(decimal(card.coverage * 100)) % of the weight is answered; "
            + "\(decimal(card.policy.provisionalCoverage * 100)) % is needed.")),
    ]
  }
  let policy = card.policy
  let multiplier = StudentT.quantile(0.95, degreesOfFreedom: certainty.degreesOfFreedom)
  let squares = card.contributions.reduce(0) { $0 + $1.weight * $1.weight }
  let t = abs(index - card.cut) / certainty.standardError
  var steps: [Words] = [
    Words(
      "Expected variance of one rater before anybody votes: 625 × \(plain(policy.priorVoteVariance)) × "
        + "(\(decimal(policy.priorCorrelation, 2)) + \(decimal(1 - policy.priorCorrelation, 2)) × "
        + "\(decimal(squares, 4))) = \(decimal(certainty.priorVariance, 2)), the last figure in brackets being "
        + "the sum of the squared weights.")
  ]
  if let observed = certainty.observedVariance {
    steps.append(
      Words(
        "Variance seen among \(certainty.raters) raters: \(decimal(observed, 2)); weighed together "
          + "with \(plain(card.policy.priorDegreesOfFreedom)) and \(certainty.raters - 1) degrees of "
          + "freedom: \(decimal(certainty.variance, 2))."))
  }
  steps += [
    Words(
      "Divided by \(counted(certainty.raters, "rater", "raters")): "
        + "\(decimal(certainty.raterVariance, 2)); for missing answers: "
        + "\(decimal(certainty.missingVariance, 2)); the root of both is the standard error: "
        + "\(decimal(certainty.standardError, 2)) points."),
    Words(
      "Distance from the cut: \(decimal(abs(index - card.cut), 2)) points, "
        + "\(decimal(t, 2)) standard errors; with \(plain(certainty.degreesOfFreedom)) degrees of "
        + "freedom that is a probability of "
        + "\(decimal((certainty.probability * 100).rounded(.down))) %."),
    Words(
      "The range holds nine of ten such results: \(decimal(multiplier, 3)) standard errors on either side, "
        + "within 0 to 100."),
    Words(
      "Clear from \(decimal(card.policy.clear * 100)) %, likely from "
        + "\(decimal(card.policy.likely * 100)) %, below that too close to call."),
  ]
  return [
    .heading(2, "How sure that is"), .paragraph(Words(verdictSentence(card), .strong)),
    .bullets(steps),
    .paragraph(
      "The probability says how likely it is that many people like these would, taken together, "
        + "place the organisation on this side. It does not see that people rate themselves kindly."),
  ]
}

private func flipSection(_ subject: Subject) -> Document {
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
        return Words("\(flip.item) from \(given(flip.from, item)) to \(given(flip.to, item))")
      }),
  ]
}
