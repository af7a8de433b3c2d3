import AssessmentModel
import Interview
import Reporting
import Scoring

/// Settling, and what is kept beside it.
extension WorkshopShell {
  func settledWords(_ settlement: Settlement, _ item: Item) -> String {
    var answer: String
    switch settlement.answer {
    case .level(let level): answer = "Settled at \(item.sign(of: level))"
    case .dontKnow: answer = "Left as not known"
    case .notApplicable: answer = "Settled as not applying"
    }
    if workshop.needsReason(settlement.answer, for: item),
      let round = interview.assessment.lastRound(of: item.id)
    {
      let middles = workshop.votes(on: item, round: round).middles.map {
        item.sign(of: $0)
      }
      if !middles.isEmpty { answer += ", where the middle is \(middles.joined(separator: " or "))" }
    }
    if let reason = settlement.reason { answer += ": \(reason)" }
    if !".!?".contains(answer.last ?? " ") { answer += "." }
    return answer + (settlement.dissent.map { " Dissent: \($0)" } ?? "")
  }

  /// `settle`, `settle 3`, `settle 3 because …`, `settle dk`.
  func settle(_ text: String?, at item: Item?) throws(Exit) {
    guard let item, item.scored != nil else { return try say("There is nothing to settle here.") }
    guard let round = interview.assessment.lastRound(of: item.id), workshop.state.openRounds[item.id] == nil
    else {
      return try say(
        "Vote first, so that everybody's own judgement is there; `unclear` passes the question over.")
    }
    let middles = workshop.votes(on: item, round: round).middles
    let words = (text ?? "").split(separator: " ", maxSplits: 1).map(String.init)
    var reason = words.count > 1 ? words[1].trimmed : nil
    let answer: Settlement.Answer
    if let first = words.first {
      guard let given = vote(first, keys: questionnaire.voteKeys(of: item)) else {
        return try say(
          "settle and an answer, \(questionnaire.signs(of: item)), dk or na; then why, where it is not the middle."
        )
      }
      switch given {
      case .answered(.level(let level)): answer = .level(level)
      case .dontKnow: answer = .dontKnow
      case .notApplicable, .answered, .open: answer = .notApplicable
      }
    } else if middles.count == 1, let middle = middles.first {
      answer = .level(middle)
    } else if middles.isEmpty {
      return try say("Nobody gave an answer; `settle dk` lets it count as don't know.")
    } else {
      return try say(
        "The votes are even: settle \(middles.map { item.sign(of: $0) }.joined(separator: ", or settle "))."
      )
    }
    if workshop.needsReason(answer, for: item), reason == nil {
      let middle = middles.map { item.sign(of: $0) }.joined(separator: " or ")
      let chosen: String =
        if case .level(let level) = answer { item.sign(of: level) } else {
          answer == .dontKnow ? "dk" : "na"
        }
      let words = middle.isEmpty ? "Why?" : "The middle is \(middle): why \(chosen)?"
      guard case .text(let given) = try ask("\(words) (Enter drops it)") else { return }
      reason = given
    }
    let before = workshop.settledAgainstVotes
    guard try perform(.settle(answer, reason: reason)) else { return }
    if let settlement = interview.assessment.settled[item.id] {
      try say(settledWords(settlement, item) + " Saved; the votes stay beside it.")
    }
    if workshop.needsReason(answer, for: item) {
      try askDissent()
      try offerTheVote(against: before, item)
    }
    shown = item.id
  }

  /// What those who see it otherwise want kept.
  private func askDissent() throws(Exit) {
    var prompt = "Who sees it otherwise? Their words, kept beside it (Enter: nobody)"
    while case .text(let text) = try ask(prompt) {
      switch YesOrNo(text) {
      case .no: return
      case .yes: prompt = "What do they see? In their words (Enter: nothing)"
      case nil:
        // Typed at any other time it would begin with the command's word.
        let words = text.hasPrefix("dissent ") ? String(text.dropFirst(8)).trimmed : text
        if try perform(.dissent(words)) { try say("Kept beside it, \(savedWords ?? "").") }
        return
      }
    }
  }

  /// Three settlements in one direction may be one person's: from the third on each is said, and can be left to the vote.
  private func offerTheVote(against before: (above: Int, below: Int), _ item: Item) throws(Exit) {
    let now = workshop.settledAgainstVotes
    let isAbove = now.above > before.above
    guard isAbove || now.below > before.below else { return }
    let count = isAbove ? now.above : now.below
    guard count >= Workshop.oneSided else { return }
    try say(
      "\(spelled(count).capitalized) answers are settled \(isAbove ? "above" : "below") what most had voted. "
        + "Everybody who sees it otherwise had a vote, too.")
    if try askYesOrNo("Leave this one as it was voted, yes or no> "), try perform(.settle(nil, reason: nil)) {
      try say("The vote stands, \(savedWords ?? "").")
    }
  }

  func dissent(_ text: String?) throws(Exit) {
    guard let text = try given(text, "dissent") else { return }
    if try perform(.dissent(text)) {
      try say("Kept beside what was settled, \(savedWords ?? ""). It names nobody unless you did.")
    }
  }

  func explainQuestion(_ text: String?) throws(Exit) {
    guard let text = try given(text, "say") else { return }
    if try perform(.say(text)) {
      try say("Kept, \(savedWords ?? ""); it is shown when the question is asked again.")
    }
  }

  func unclear(_ text: String?, at item: Item?) throws(Exit) {
    guard let item, item.scored != nil else { return try say("That is for questions that are voted on.") }
    guard try perform(.unclear(text)) else { return }
    try say("\(item.id) counts as not known, and nobody sees the votes on it. `undo` asks it again.")
    _ = try handle(Move.goOn, at: item)
  }

  private func given(_ text: String?, _ prompt: String) throws(Exit) -> String? {
    if let text { return text }
    guard case .text(let asked) = try ask(prompt) else { return nil }
    return asked
  }

  // MARK: Going on

  /// On to the next open question; a critical one that stands at 3 or 4 is asked for what shows it.
  func leave(_ item: Item) throws(Exit) {
    if case .voting = workshop.standing(of: item), workshop.voted(on: item) > 0 {
      try say("\(item.id) keeps its votes unseen; `goto \(item.id)` comes back to it.")
      _ = try handle(Move.next, at: item)
      return
    }
    if interview.isOpen(item) { try say("\(item.id) is left open; `goto \(item.id)` comes back to it.") }
    if needsEvidence(item), try !askEvidence(item) { return }
    _ = try handle(interview.isOpen(item) ? Move.next : Move.goOn, at: item)
  }

  private func needsEvidence(_ item: Item) -> Bool {
    guard let scored = item.scored, scored.critical, !interview.isOpen(item),
      interview.assessment.teamEvidence[item.id] == nil, !askedEvidence.contains(item.id)
    else { return false }
    let gate = subject.scorecard.standings.items.first { $0.id == item.id }?.gate
    return (gate ?? 0) >= 3
  }

  /// False when somebody wants something else first.
  func askEvidence(_ item: Item) throws(Exit) -> Bool {
    askedEvidence.insert(item.id)
    while true {
      let line = try askEvidence(of: item) { (grade, note) throws(Exit) in
        try self.perform(.support(TeamEvidence(grade: grade, note: note)))
      }
      guard let line else { return true }
      let command = WorkshopCommand(line, at: nil, questionnaire, departments: [])
      if case .shared(.move(.next)) = command { return true }
      try handle(command, at: item)
      // A look at something else leaves the question where it is.
      if interview.current?.id != item.id || interview.isOpen(item) { return false }
    }
  }

  // MARK: Looking over

  /// The most mixed questions, no more than there is time to talk about.
  func showDisputed() throws(Exit) {
    let rows = interview.scoredItems.compactMap { item -> (item: Item, spread: VoteSpread)? in
      guard case .revealed(let round) = workshop.standing(of: item) else { return nil }
      let spread = workshop.spread(of: workshop.votes(on: item, round: round), on: item)
      return spread.isSplit || spread.minority > 0 ? (item, spread) : nil
    }.sorted { ($0.spread.medianDeviation.value ?? 0) > ($1.spread.medianDeviation.value ?? 0) }
    guard !rows.isEmpty else { return try say("Nowhere are you far apart.") }
    let left = workshop.state.minutes * 60 - workshop.state.spentSeconds - Agenda.closing
    let most = max(1, left / Agenda.split)
    try show([
      .options(
        rows.prefix(most).map {
          Choice(key: $0.item.id, text: Screens.shortened($0.item.text, console.style.width - 20))
        }),
      .paragraph(
        Words(
          "\(rows.count > most ? "There is time for \(most) of \(rows.count). " : "")`goto` and a name opens one; `revote` votes again.",
          .faint)),
    ])
  }

  func showAgreement() throws(Exit) {
    try page(agreementReport(agreement(interview.assessment, with: questionnaire), subject))
    shown = nil
  }
}
