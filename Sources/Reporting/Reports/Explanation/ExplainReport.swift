import AssessmentModel
import Scoring

/// The whole arithmetic from answer to verdict, such that the figures printed can be added up by hand.
package func explainReport(_ subject: Subject) -> Document {
  [.heading(1, "How \(subject.name) comes to its result")] + arithmetic(subject, .program)
}

/// The arithmetic without its title.
///
/// - Parameter speaker: who says it. To others nothing is said that leads to one person's answers: what departments of one
///   add, or whose answer would turn it.
func arithmetic(_ subject: Subject, _ speaker: Speaker) -> Document {
  let card = subject.scorecard
  let ledger = Ledger(card)
  var document: Document = [
    .paragraph(
      Words(
        "Method \(card.method), questionnaire \(subject.assessment.questionnaire.id) "
          + "\(subject.assessment.questionnaire.version), scope \(card.scope.rawValue). An answer "
          + "of 0 to 4, the mean where several people answered, becomes 0 to 100 points (times 25); "
          + "two-sided questions with Outside-In on the left are turned round first. Points above the "
          + "cut of \(plain(card.cut)), times weight, are how far a question moves the index.")),
    .heading(2, "From answers to the index"),
    .table(contributionTable(subject, card.items, ledger, sum: true)),
  ]
  if card.index != nil {
    document.append(
      .paragraph(
        Words(
          "The cut is \(plain(card.cut)), so the index is \(plain(card.cut)) "
            + "\(ledger.total < 0 ? "−" : "+") \(decimal(abs(ledger.total), 2)) = "
            + "\(decimal(ledger.index, 2)). All sums are worked out in full; what is printed is rounded such "
            + "that it adds up, so that equal lines may differ by 0.01.")))
  }
  document += [.heading(2, "Area by area"), .table(areaTable(subject, ledger))]
  document += incomparable(subject)
  document += [.heading(2, "Section by section"), .table(sectionTable(subject, ledger))]
  if speaker == .program { document += departmentSection(card, ledger) }
  document += certaintySection(subject, speaker)
  document += customerSection(subject, speaker)
  if speaker == .program { document += flipSection(subject) }
  return document + policySection(card.policy)
}

/// The arithmetic of one dimension.
package func explainReport(_ subject: Subject, dimension id: String) -> Document {
  let card = subject.scorecard
  guard let row = card.dimensions.first(where: { $0.id == id }) else { return [] }
  let ledger = Ledger(card)
  let items = card.items.filter { $0.dimension == id }
  var document: Document = [.heading(1, subject.title(ofDimension: id))]
  if let about = subject.questionnaire.dimension(id)?.about {
    document.append(.paragraph(Words("It is about \(about).")))
  }
  document.append(
    .paragraph(
      Words(
        row.score.map {
          "\(decimal($0, 2)) of 100, \(decimal(ledger.areaWeights[id] ?? 0, 2)) % of the index. "
            + "\(decimal(row.coverage * 100)) % of its weight is answered."
        } ?? "Not scored: \(decimal(row.coverage * 100)) % of its weight is answered.")))
  document.append(.table(contributionTable(subject, items, ledger, sum: true, marks: true)))
  if let score = row.score {
    let answered = items.filter(\.isAnswered)
    let terms = answered.map { item in
      (item.weight == 1 ? "" : "\(plain(item.weight)) × ") + decimal(item.points ?? 0, 2)
    }
    let weight = answered.reduce(0) { $0 + $1.weight }
    document.append(
      .paragraph(
        Words(
          "The score is the mean of its points: (\(terms.joined(separator: " + "))) / \(plain(weight)) = "
            + "\(decimal(score, 2)).")))
  }
  if row.knowledgeGap > 0 {
    document.append(
      .paragraph(
        Words("\(decimal(row.knowledgeGap * 100)) % of what was said here is “don't know”, by weight.")))
  }
  document += incomparable(subject, only: id)
  document.append(.paragraph(Words(stepExplanation(row, items, card.policy, subject.customer))))
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
  guard let standing = card.items.first(where: { $0.id == id }),
    let item = subject.questionnaire.item(id)
  else {
    return [.paragraph(Words("\(id) is not scored in this assessment."))]
  }
  var document: Document = [.heading(1, id), .paragraph(Words(item.text))]
  if let why = item.why { document.append(.paragraph(Words(why, .faint))) }
  let anchors = subject.questionnaire.anchors(of: item)
  if !anchors.isEmpty {
    document.append(.options(anchors.map { Choice(key: String($0.level), text: $0.text) }))
  } else if case .bipolar(let bipolar) = item.scored?.form {
    document.append(
      .options([
        Choice(key: standing.isTurned ? "4" : "0", text: bipolar.left),
        Choice(key: standing.isTurned ? "0" : "4", text: bipolar.right),
      ]))
  }
  document += answerSentences(standing, item, subject).map { .paragraph(Words($0)) }
  if standing.isTurned {
    document.append(
      .paragraph(
        standing.latestVotes.count > 1
          ? "Outside-In stands on the left here; the votes are turned round already, so that 4 is the left."
          : "Outside-In stands on the left here, so the answer counts as 4 minus its position."))
  }
  let ledger = Ledger(card)
  if let row = card.contributions.first(where: { $0.item == id }),
    let weight = ledger.weights[id], let contribution = ledger.contributions[id]
  {
    document.append(
      .paragraph(
        Words(
          "\(meanTerm(standing)) × 25 = \(decimal(row.score, 2)) points; less the cut of "
            + "\(plain(card.cut)) that is \(decimal(row.score - card.cut, 2, signed: true)), and with a weight of "
            + "\(decimal(weight, 2)) % \(decimal(contribution, 2, signed: true)) points of the index.")))
  }
  return document
}

private func answerSentences(
  _ standing: ItemStanding, _ item: Item, _ subject: Subject
) -> [String] {
  let anchors = subject.questionnaire.anchors(of: item)
  func shown(_ level: Int) -> String {
    let raw = standing.raw(level)
    if let anchor = anchors.first(where: { $0.level == raw }) { return "\(raw), “\(anchor.text)”" }
    if case .bipolar(let bipolar) = item.scored?.form {
      return
        "\(given(raw, item)), \(bipolarWords(raw)) (left: “\(bipolar.left)” right: “\(bipolar.right)”)"
    }
    return String(raw)
  }
  switch standing.state {
  case .settled:
    let voted =
      standing.firstVotes.isEmpty ? [] : ["First votes: \(voteSum(standing.firstVotes))."]
    return ["Settled together at \(shown(standing.gate ?? 0))"] + voted
  case .answered:
    if standing.latestVotes.count == 1 { return ["Answered \(shown(standing.latestVotes[0].level))"] }
    if standing.firstVotes == standing.latestVotes { return ["\(voteSum(standing.latestVotes))."] }
    return [
      "Latest votes, which count: \(voteSum(standing.latestVotes)).",
      "First votes: \(voteSum(standing.firstVotes)).",
    ]
  case .dontKnow: return ["Nobody knew; it counts as missing."]
  case .notApplicable: return ["Said not to apply; it leaves the sum."]
  case .open: return ["Not answered; it counts as missing."]
  }
}

/// `5 votes, one at 1, three at 3 and one at 4; (1 + 3 × 3 + 4) / 5 = 2.80`. Nobody is named.
private func voteSum(_ cast: [ItemStanding.Vote]) -> String {
  let counts = (0...4).map { level in cast.count { $0.level == level } }
  let present = counts.enumerated().filter { $1 > 0 }
  let n = cast.count
  let mean = Double(cast.reduce(0) { $0 + $1.level }) / Double(max(n, 1))
  let votes = present.map { "\(spelled($1)) at \($0)" }
  let terms = present.map { $1 == 1 ? "\($0)" : "\($1) × \($0)" }
  return
    "\(counted(n, "vote", "votes")), \(listed(votes)); (\(terms.joined(separator: " + "))) / \(n) = "
    + decimal(mean, 2)
}

/// The value an item counts with, as it can be redone: `14/5`, `3`.
private func meanTerm(_ standing: ItemStanding) -> String {
  if standing.state != .settled, standing.latestVotes.count > 1 {
    return "\(standing.latestVotes.reduce(0) { $0 + $1.level })/\(standing.latestVotes.count)"
  }
  return plain(standing.value ?? 0)
}

/// A raw answer as it is typed.
func given(_ raw: Int, _ item: Item?) -> String {
  if case .bipolar = item?.scored?.form { return BipolarForm.letters[raw] }
  return String(raw)
}

/// How far a position leans, in words.
package func bipolarWords(_ raw: Int) -> String {
  ["mostly the left", "rather the left", "either", "rather the right", "mostly the right"][raw]
}

/// Areas of which too much does not apply.
private func incomparable(_ subject: Subject, only id: String? = nil) -> Document {
  subject.scorecard.dimensions.filter { !$0.isComparable && (id == nil || $0.id == id) }.map { row in
    .paragraph(
      Words(
        "\(subject.title(ofDimension: row.id)): \(decimal(row.notApplicable * 100)) % of it does not apply; "
          + "over \(decimal(subject.scorecard.policy.comparableNotApplicable * 100)) % it can't be compared with "
          + "another time."))
  }
}

private func stepExplanation(
  _ row: DimensionScore, _ items: [ItemStanding], _ policy: ScoringPolicy, _ customer: CustomerWord
) -> String {
  guard let step = row.step else {
    return
      "It has no step yet: a step needs answers to \(decimal(policy.scoredCoverage * 100)) % of its weight."
  }
  if step == 4 { return "Step 4, the highest: \(customer.many) confirm it." }
  func names(_ holds: (ItemStanding) -> Bool) -> String { listed(items.filter(holds).map(\.id)) }
  let needed: Response.Evidence = step + 1 == 4 ? .measured : .document
  let reason =
    switch row.heldBy {
    case .noEvidence:
      "\(names { $0.isCritical && ($0.evidence ?? .none) < needed }), critical, "
        + "has no \(needed == .measured ? "figure" : "document") behind it"
    case .critical:
      names { $0.isCritical && $0.isMissing }.isEmpty
        ? "\(names { $0.isCritical && ($0.gate ?? -1) < step + 1 }), critical, is below \(step + 1)"
        : "\(names { $0.isCritical && $0.isMissing }), critical, is not answered or not known"
    case .share:
      "less than \(decimal(policy.stepShare * 100)) % of the weight is at \(step + 1) or higher"
    case .laggard: "\(names { $0.gate.map { $0 < step } ?? false }) is below \(step)"
    case .coverage, nil: "answers are missing"
    }
  return "Step \(step); not step \(step + 1), because \(reason)."
}
