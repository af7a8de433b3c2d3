import AssessmentModel
import Scoring

/// The result in plain words: the class with whose view it is, how far that reaches and what would make it surer,
/// what weighs most, area by area, and a line to pass on. Figures are one step behind, in `explainReport`.
///
/// - Parameter passesOn: whether a line to pass on ends it.
package func resultReport(_ subject: Subject, provisional: Bool = false, passesOn: Bool = true) -> Document {
  var document: Document = [.heading(1, subject.name)]
  if provisional {
    document.append(.paragraph("So far; the questions are not all answered yet."))
  }
  document += standing(subject, speaker: .program)
  return document + (passesOn ? lineToPassOn(subject) : [])
}

/// What somebody can say to a colleague; nothing where there is no verdict.
package func lineToPassOn(_ subject: Subject) -> Document {
  toPassOn(subject).map { [.paragraph(Words("To pass on: ", .strong) + Words($0))] } ?? []
}

/// The result without its title.
///
/// - Parameter speaker: Who says it: the program to those at the prompt, or they to others.
func standing(_ subject: Subject, speaker: Speaker) -> Document {
  let card = subject.scorecard
  guard card.verdict.orientation != nil else { return insufficient(subject) }
  return verdictWords(subject, speaker) + weightiestWords(subject, speaker)
    + basis(card, subject.customer).map { .paragraph(Words($0)) }
    + customersBeside(subject, speaker) + [.gap, .profile(profile(subject)), .gap]
    + stepWords(subject) + remarks(subject, speaker).map { .paragraph(Words($0)) }
}

/// The class, whose view it is, how far that reaches and what would make it surer.
func verdictWords(_ subject: Subject, _ speaker: Speaker) -> Document {
  let card = subject.scorecard
  var document: Document = [.paragraph(Words(headline(subject, speaker), .strong))]
  if let words = votedAndSettled(card, speaker) { document.append(.paragraph(words)) }
  if let dispute = dispute(card, subject.customer) { document.append(.paragraph(Words(dispute, .strong))) }
  return document
    + [reach(card, speaker), whatWouldMakeItSurer(card, speaker)].compactMap { $0 }
    .map { .paragraph(Words($0)) }
}

/// What steps the areas have come to, and whether many share the lowest figure.
func stepWords(_ subject: Subject) -> Document {
  [stepSentence(subject.scorecard, subject.customer), sharedWeakness(subject)].compactMap { $0 }.map {
    .paragraph(Words($0))
  }
}

/// The answers that weigh most, one for each side.
func weightiestWords(_ subject: Subject, _ speaker: Speaker) -> Document {
  weightiest(subject).map { answer in
    let others = answer.alike == 0 ? "" : ", like \(others(answer.alike))"
    let lead = Words("Points most to \(answer.side): ", .faint)
    // Who answered knows the question by its name; others read it, and one of two statements says little alone.
    let isKnown = speaker == .program && !answer.isTwoSided
    let question = isKnown ? "" : "\(answer.question) "
    let mark =
      speaker == .program ? " (\(answer.item)\(others))" : others.isEmpty ? "" : " (\(others.dropFirst(2)))"
    return .paragraph(lead + Words(question + answer.said) + Words(mark, .faint))
  }
}

/// `three others`
private func others(_ count: Int) -> String { "\(spelled(count)) \(count == 1 ? "other" : "others")" }

/// The index as it is shown: whole, and near the cut with as many decimals as tell its side.
package func shownIndex(_ index: Double, cut: Double) -> String {
  var places = abs(index - cut) < 1 ? 1 : 0
  while abs(index - cut) > 1e-9, places < 9, decimal(index, places) == decimal(cut, places) {
    places += 1
  }
  return decimal(index, places)
}

func basis(_ card: Scorecard, _ customer: CustomerWord) -> [String] {
  guard let customers = card.customers else {
    return [
      "No \(customer.one) has answered these questions yet; teams usually rate themselves higher than \(customer.many) do."
    ]
  }
  guard let index = customers.index else {
    return ["\(customer.capitalMany) have answered too little to compare."]
  }
  var sentence =
    "\(customer.counted(customers.raters)) answered too: "
    + "\(shownIndex(index, cut: card.cut)) of 100 on the questions \(customer.many) can answer"
  if let team = customers.teamIndex {
    sentence += ", where we say \(shownIndex(team, cut: card.cut))"
  }
  sentence += "."
  if customers.verdict.band == .transitional {
    sentence += " That is too few, or too near the middle, to say which side they see."
  }
  return [sentence]
}

/// What was voted before anybody talked, beside what was settled; loud where that changed the side.
private func votedAndSettled(_ card: Scorecard, _ speaker: Speaker) -> Words? {
  guard let voted = card.votedIndex, let settled = card.index,
    card.items.contains(where: { $0.state == .settled })
  else { return nil }
  let who = speaker == .program ? "you" : "we"
  let both = "Voted \(shownIndex(voted, cut: card.cut)), settled \(shownIndex(settled, cut: card.cut))"
  let isOtherSide = (voted > card.cut + 1e-9) != (settled > card.cut + 1e-9)
  guard isOtherSide else { return Words("\(both): the first is what \(who) said before anybody spoke.") }
  let side = voted > card.cut + 1e-9 ? "Outside-In" : "Inside-Out"
  return Words(
    "\(both). By \(who == "we" ? "our" : "your") own votes it is \(side): what was settled turned the side.",
    .strong)
}

/// What customers say against it, where they place the organisation on the other side.
private func dispute(_ card: Scorecard, _ customer: CustomerWord) -> String? {
  guard card.flags.contains(.disputedByCustomers), let customers = card.customers,
    let index = customers.index
  else { return nil }
  let who =
    "\(customers.raters == 1 ? "The one \(customer.one)" : "The \(customers.raters) \(customer.many)") asked "
    + "\(customers.raters == 1 ? "says" : "say") otherwise: \(shownIndex(index, cut: card.cut)) of 100"
  let outside = customers.verdict.orientation == .outsideIn
  let side = outside ? "Outside-In" : "Inside-Out"
  let advice =
    customers.verdict.band == .transitional
    ? "Ask more of them."
    : outside ? "Find out what they see that we don't." : "Believe them before you believe us."
  return "\(who), \(side). \(advice)"
}

func insufficient(_ subject: Subject) -> Document {
  let card = subject.scorecard
  if card.items.allSatisfy({ $0.state == .notApplicable }) {
    return [
      .paragraph(
        Words("Every question is marked as not applying, so there is nothing to judge by.", .strong))
    ]
  }
  var document: Document = [
    .paragraph(
      Words(
        "There are not enough answers for a verdict yet: \(decimal(card.coverage * 100)) % of the "
          + "weight is answered, and 50 % is needed.", .strong))
  ]
  let unconfirmed = unconfirmedCount(subject.assessment)
  if unconfirmed > 0 {
    document.append(
      .paragraph(
        Words(
          "\(counted(unconfirmed, "answer waits", "answers wait")) to be confirmed: \(unconfirmed == 1 ? "it was" : "they were") taken over from an "
            + "earlier assessment.")))
  }
  if !card.answerFirst.isEmpty {
    document.append(.paragraph("Answer these first:"))
    document.append(
      .bullets(
        card.answerFirst.map { id in
          Words("\(id)  ") + Words(subject.questionnaire.item(id)?.text ?? "", .faint)
        }))
  }
  return document
}

package func profile(_ subject: Subject) -> [ProfileRow] {
  let card = subject.scorecard
  let scored = card.dimensions.compactMap(\.score)
  // What most areas share tells none of them apart.
  func extreme(_ score: Double?) -> Double? { scored.count { $0 == score } <= 3 ? score : nil }
  let weakest = extreme(scored.min())
  let strongest = extreme(scored.max())
  return card.dimensions.map { dimension in
    var notes: [String] = []
    switch dimension.status {
    case .notScored: notes.append("too few answers")
    case .provisional: notes.append("provisional")
    case .notApplicable: notes.append("does not apply")
    case .scored: break
    }
    let unknown = card.items.filter {
      $0.dimension == dimension.id && $0.state == .dontKnow
    }.count
    if unknown > 0 { notes.append("\(unknown) don't know") }
    if let score = dimension.score, Set(scored).count > 1 {
      if score == weakest { notes.append("weakest") }
      if score == strongest { notes.append("strongest") }
    }
    if dimension.heldBy == .noEvidence, let step = dimension.step {
      notes.append("held at \(step): no document or figure")
    }
    return ProfileRow(
      title: subject.title(ofDimension: dimension.id), score: dimension.score, cut: card.cut,
      step: dimension.step, note: notes.joined(separator: ", "))
  }
}

private func stepSentence(_ card: Scorecard, _ customer: CustomerWord) -> String {
  let asked = card.dimensions.count { $0.status != .notApplicable }
  func many(_ count: Int) -> String { count == 0 ? "none" : String(count) }
  let (second, third) = (card.steps.reached[2], card.steps.reached[3])
  let counts = Set(card.dimensions.map { row in card.items.count { $0.dimension == row.id } })
  let each =
    counts.count == 1
    ? counts.first.map { " of \(spelled($0)) \($0 == 1 ? "question" : "questions")" } ?? "" : ""
  return
    "Steps: 1 reaction, 2 organised, 3 around the \(customer.one), 4 confirmed by \(customer.many); \(many(second)) of "
    + "\(counted(asked, "area", "areas"))\(each) \(second == 1 ? "is" : "are") at 2 or higher"
    + (second == 0 ? "." : ", \(many(third)) at 3.")
}

/// Where the table can't mark the weakest, because so many are.
private func sharedWeakness(_ subject: Subject) -> String? {
  let scores = subject.scorecard.dimensions.compactMap(\.score)
  guard let worst = scores.min(), worst < scores.max() ?? worst else { return nil }
  let count = scores.count { $0 == worst }
  return count > 3
    ? "\(count) areas share the lowest figure; begin where \(subject.customer.many) feel it most." : nil
}

/// Where votes lie apart and nothing was settled.
private func apart(_ subject: Subject, _ speaker: Speaker) -> String? {
  let items = subject.scorecard.items.filter { item in
    item.state == .answered
      && VoteSpread(of: item.latestVotes.map(\.level), scale: item.levels, policy: subject.scorecard.policy)
        .isSplit
  }.map(\.id)
  guard !items.isEmpty else { return nil }
  return speaker == .program
    ? "You are apart on \(listed(items)): `agreement` tells more."
    : "We are apart on \(counted(items.count, "question", "questions")), told below."
}

/// What a reader should know before acting on it.
func remarks(_ subject: Subject, _ speaker: Speaker) -> [String] {
  let card = subject.scorecard
  var remarks: [String] = []
  if card.verdict.orientation != nil, card.items.contains(where: \.isMissing) {
    let holds = card.verdict.holdsWhateverIsMissing(cut: card.cut)
    let missing = card.items.filter(\.isMissing)
    let isKnown = missing.allSatisfy { $0.state == .dontKnow }
    let what =
      isKnown
      ? counted(missing.count, "answer is not known", "answers are not known")
      : counted(missing.count, "question is open", "questions are open")
    remarks.append(
      holds
        ? "\(what); the verdict would stay the same." : "\(what), which could change the side.")
  }
  if let words = apart(subject, speaker) { remarks.append(words) }
  // The plan has all of them, where it says who sees it differently.
  if speaker == .program, subject.assessment.raters.count > 1 {
    let agreement = agreement(subject.assessment, with: subject.questionnaire, policy: card.policy)
    let lines = departmentLines(agreement, subject)
    remarks += blindSpotLines(agreement, subject).prefix(1).map { "A blind spot: \($0)" } + lines.prefix(1)
    if lines.count > 1 {
      remarks.append("\(counted(lines.count - 1, "more gap", "more gaps")) between departments: `agreement`.")
    }
  }
  if subject.assessment.upgradedFrom != nil {
    remarks.append(
      "Taken over from an assessment of an older version: where a question reads otherwise now, its answer was given to the older words."
    )
  }
  for flag in card.flags {
    switch flag {
    case .straightLining:
      remarks.append(
        "Somebody gave the same answer to every question; it counts, and is worth a second look.")
    case .draftQuestionnaire: remarks.append("The questionnaire is a draft.")
    case .unconfirmedAnswers:
      let count = unconfirmedCount(subject.assessment)
      // Entries may wait, too; they are no questions of the result.
      if count == 0 { continue }
      remarks.append(
        "\(count == 1 ? "One of the open questions has" : "\(spelled(count).capitalizedFirst) of the open questions have") an answer that was "
          + "taken over from an earlier assessment and waits to be confirmed.")
    case .lowPower: remarks.append("Two people answered; a third would say more about agreement.")
    case .fewVotes:
      if let certainty = card.verdict.certainty {
        remarks.append(
          "\(certainty.spread.voters) people answered, but left questions to one another: they count as "
            + "\(spelled(certainty.spread.raters)).")
      }
    case .missingDepartments:
      remarks.append("Nobody has answered from \(listed(card.missingDepartments)).")
    case .noRaterClusters, .disputedByCustomers: break
    }
  }
  return remarks
}
