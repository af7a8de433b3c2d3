import AssessmentModel
import Interview
import Reporting

/// Cards that everybody sees, and the reveal.
extension WorkshopShell {
  /// Cards that were held up: what is entered is what everybody saw.
  func enter(_ line: CardLine, at item: Item?) throws(Exit) {
    guard let item, item.scored != nil else { return try say("There is nothing to vote on here.") }
    let standing = workshop.standing(of: item)
    if case .voting = standing, workshop.state.cards == .collected {
      return try say(
        "Cards laid face down are counted unseen: `cards` asks for them. What you typed stands on the screen and counts "
          + "for nothing. `cards raised` goes on with cards held up.")
    }
    guard var tallies = try readable(line) else { return }
    if interview.assessment.anonymous,
      let small = tallies.compactMap(\.department).first(where: { name in
        workshop.departments.contains {
          $0.name.nameKey == name.nameKey && $0.people < Tally.fewestOfADepartment
        }
      })
    {
      return try say(
        "\(small) has fewer than five people: counted by itself it would tell whose votes these are. Count it with others."
      )
    }
    if case .voting = standing, try !mayReplace(item) { return }
    var expected = workshop.room(for: item).count
    if case .revealed(let round) = standing {
      expected = workshop.votes(on: item, round: round).all - workshop.besideTheRoom(on: item)
    }
    while tallies.votes < expected, tallies.isByDepartment {
      let more = try read("\(tallies.votes) of \(expected); the next department (Enter for no more)> ")
        .trimmed
      if more.isEmpty { break }
      if ["stop", "quit", "q"].contains(more.lowercased()) { return try say("Nothing was kept.") }
      switch CardLine(
        more, keys: questionnaire.voteKeys(of: item), departments: workshop.departments.map(\.name))
      {
      case .tallies(let others)?: tallies.replace(others)
      case .problem(let problem)?: try say(problem)
      case nil: try say("A department and its counts, such as Billing 2:1 3:1.")
      }
    }
    // A correction of what was revealed says itself how many voted, where it is no department's.
    let isComplete: Bool
    if case .revealed = standing, !tallies.isByDepartment {
      isComplete = true
    } else {
      isComplete = tallies.votes >= expected
    }
    if !isComplete, try !takesFewer(expected - tallies.votes, of: expected) { return }
    let (tooFew, beside) = (workshop.tooFewBeside(item), workshop.besideTheRoom(on: item))
    guard try perform(.enter(tallies)) else { return }
    try showReveal(item, beside: beside)
    if tooFew > 0 {
      try say(
        "\(counted(tooFew, "answer", "answers")) given beforehand \(tooFew == 1 ? "is" : "are") left out: beside the cards it could be worked out."
      )
    }
  }

  private func readable(_ line: CardLine) throws(Exit) -> [Tally]? {
    switch line {
    case .tallies(let tallies): return tallies
    case .problem(let problem):
      try say(problem)
      return nil
    }
  }

  /// Whether votes count although some are missing; asked once.
  private func takesFewer(_ missing: Int, of expected: Int) throws(Exit) -> Bool {
    let line = try reply(
      to:
        "\(expected - missing) of \(expected): \(missing) \(missing == 1 ? "is" : "are") missing. Enter goes on without, no waits> "
    )
    if line.isEmpty || YesOrNo(line) == .yes { return true }
    try say("Waiting. `away` and a name takes somebody out who is not here.")
    return false
  }

  // MARK: The reveal

  /// An empty line: shows the question again, reveals what is complete, or goes on from what is revealed.
  func goOnOrReveal(_ item: Item?) throws(Exit) {
    guard let item, item.scored != nil else {
      shown = nil
      return
    }
    switch workshop.standing(of: item) {
    case .voting:
      let voted = workshop.voted(on: item)
      if voted > 0, voted >= workshop.expected(on: item) { return try reveal(item) }
      shown = nil
    case .revealed, .settled: try leave(item)
    }
  }

  func reveal(_ item: Item?) throws(Exit) {
    guard let item, item.scored != nil else { return try say("There is nothing to reveal here.") }
    if case .voting = workshop.standing(of: item) {
      let voted = workshop.voted(on: item)
      let expected = workshop.expected(on: item)
      if voted > 0, voted < expected, try !takesFewer(expected - voted, of: expected) { return }
      let beside = workshop.roomVotes(on: item) > 0 ? workshop.besideTheRoom(on: item) : 0
      if try perform(.reveal) { try showReveal(item, beside: beside) }
    } else {
      try showReveal(item)
    }
  }

  /// - Parameter beside: how many of the votes are of people who are not in the room.
  private func showReveal(_ item: Item, beside: Int = 0) throws(Exit) {
    guard let round = interview.assessment.lastRound(of: item.id) else { return }
    var screen: Document = [.gap]
    screen += WorkshopScreens.votes(on: item, round: round, workshop)
    if beside > 0 {
      let words = "\(beside) of these \(beside == 1 ? "was" : "were") given beforehand, by who is not here."
      screen.append(.paragraph(Words(words, .faint)))
    }
    if round > 1 {
      let before = workshop.votes(on: item, round: round - 1)
      let keys = questionnaire.voteKeys(of: item)
      let counts = keys.filter { before.counts[$0.level] > 0 }.map {
        "\(before.counts[$0.level]) for \($0.sign)"
      }
      screen.append(.paragraph(Words("Round \(round - 1): \(counts.joined(separator: ", ")).", .faint)))
    }
    // Not before everybody has voted: nobody is to lean on it.
    if let before = environment.lastTime(interview.assessment, questionnaire, item) {
      let day = before.day.map { ", on \($0)" } ?? ""
      var words =
        "Last time\(day): \(before.settled == nil ? "middle" : "settled") \(item.sign(of: before.level))"
      if let reason = before.settled?.reason { words += ", because: \(reason)" }
      words = sentence(words)
      if let dissent = before.settled?.dissent { words += " Dissent: \(sentence(dissent))" }
      screen.append(.paragraph(Words(words, .faint)))
    }
    screen += WorkshopScreens.keys(.revealed(round: round), workshop.state.cards)
    try show(screen)
    shown = item.id
  }

  /// All rounds of a question, as they were.
  func showRounds(_ item: Item?) throws(Exit) {
    guard let item, item.scored != nil, let last = interview.assessment.lastRound(of: item.id) else {
      return try say("Nothing is revealed here yet.")
    }
    var screen: Document = []
    for round in 1...last {
      if workshop.votes(on: item, round: round).all > 0 {
        screen += [.gap]
        screen += WorkshopScreens.votes(on: item, round: round, workshop, isBrief: true)
      }
    }
    try show(screen)
  }

  func revote(_ item: Item?) throws(Exit) {
    guard try perform(.revote) else { return }
    shown = nil
  }
}
