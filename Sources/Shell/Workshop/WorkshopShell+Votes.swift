import AssessmentModel
import Interview
import Reporting

/// Ballots, and the reveal.
extension WorkshopShell {
  // MARK: Cards that everybody sees

  /// Cards that were held up: what is entered is what everybody saw.
  func enter(_ line: CardLine, at item: Item?) throws(Exit) {
    guard let item, item.scored != nil else { return try say("There is nothing to vote on here.") }
    var isHidden = false
    if case .voting = workshop.standing(of: item) { isHidden = workshop.state.cards == .collected }
    if isHidden {
      return try say(
        "Cards laid face down are counted unseen: `cards` asks for them. What you typed stands on the screen and counts "
          + "for nothing. `cards raised` goes on with cards held up.")
    }
    guard let tallies = try readable(line) else { return }
    if case .voting = workshop.standing(of: item) {
      let missing = workshop.voters(on: item).count - tallies.reduce(0) { $0 + $1.votes }
      if missing > 0, try !takesFewer(missing, of: workshop.voters(on: item).count) { return }
    }
    if try perform(.enter(tallies)) { try showReveal(item) }
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
    let line = try read(
      "\(expected - missing) of \(expected): \(missing) \(missing == 1 ? "is" : "are") missing. Enter goes on without, no waits> "
    ).trimmed
    if line.isEmpty || YesOrNo(line) == .yes { return true }
    try say("Waiting. `away` and a name takes somebody out who is not here.")
    return false
  }

  // MARK: Ballots that nobody sees

  /// Counts that are typed unseen.
  func collectCards(_ item: Item?) throws(Exit) {
    guard let item, item.scored != nil else { return try say("There is nothing to vote on here.") }
    guard case .voting = workshop.standing(of: item) else {
      return try say(
        "The votes are revealed; `revote` asks for them again, and counts such as 0 1 0 3 1 replace them.")
    }
    guard let tallies = try readCounts("counts, unseen (Enter leaves it)> ", of: item) else { return }
    guard try perform(.count(tallies)) else { return }
    try tellHowMany(item)
  }

  /// A line of counts that leaves no trace; asked anew until it can be used. nil where it was left out.
  private func readCounts(_ prompt: String, of item: Item) throws(Exit) -> [Tally]? {
    try secretly { () throws(Exit) in
      while true {
        let line = try self.readSecret(prompt).trimmed
        if line.isEmpty { return nil }
        switch CardLine(
          line, keys: self.questionnaire.voteKeys(of: item),
          departments: self.workshop.departments.map(\.name))
        {
        case .tallies(let tallies)?:
          let sum = tallies.reduce(0) { $0 + $1.votes }
          let expected = self.workshop.voters(on: item).count
          if sum <= expected { return tallies }
          try self.say("That makes \(sum), and \(expected) are here. Count again.")
        // What was typed is not told, not even by what is wrong with it.
        case .problem?, nil:
          try self.say("That can't be used: a count for each answer in its order, or 1:1 3:3. Type it again.")
        }
      }
    }
  }

  /// Each presses one key and Enter; nothing shows.
  func pass(_ item: Item?) throws(Exit) {
    guard let item, item.scored != nil else { return try say("There is nothing to vote on here.") }
    guard case .voting(let round) = workshop.standing(of: item) else {
      return try say("The votes are revealed; `revote` asks for them again.")
    }
    let isAnonymous = interview.assessment.anonymous
    if !isAnonymous, workshop.isCounted(item) == true {
      return try say("This question's votes are counts; cards go on, and `pass` waits for the next question.")
    }
    let keys = questionnaire.voteKeys(of: item)
    let signs = "\(keys.first?.sign ?? "") to \(keys.last?.sign ?? "")"
    try say(
      "The keyboard goes round: \(signs), ? for don't know, - for does not apply, then Enter. Nothing shows.")
    try secretly { () throws(Exit) in
      if isAnonymous {
        while self.workshop.unrevealed.count(of: item.id) < self.workshop.voters(on: item).count {
          let place = self.workshop.unrevealed.count(of: item.id) + 1
          guard
            let answer = try self.readVote("vote \(place) of \(self.workshop.voters(on: item).count)> ", keys)
          else { break }
          guard try self.perform(.castUnnamed(answer)) else { break }
        }
      } else {
        for rater in self.workshop.voters(on: item)
        where self.workshop.unrevealed.named[Response.Key(item: item.id, rater: rater.id, round: round)]
          == nil
        {
          guard let answer = try self.readVote("\(rater.name)> ", keys) else { break }
          guard try self.perform(.cast(rater.id, answer)) else { break }
        }
      }
    }
    try tellHowMany(item)
  }

  /// A single vote; nil where Enter alone ends the round of the keyboard.
  private func readVote(_ prompt: String, _ keys: [(sign: String, level: Int)]) throws(Exit) -> Response
    .Answer?
  {
    while true {
      let line = try readSecret(prompt)
      if line.trimmed.isEmpty { return nil }
      if let answer = vote(line, keys: keys) { return answer }
      try say("That is no answer here; once more, please.")
    }
  }

  /// A whole section: in counts question by question, or one person's answers in a row.
  func enterPaper(_ name: String?, at item: Item?) throws(Exit) {
    guard let item, item.scored != nil, let section = questionnaire.section(of: item.id) else {
      return try say("There is nothing to vote on here.")
    }
    let items = interview.scoredItems.filter { scored in
      guard section.items.contains(where: { $0.id == scored.id }),
        case .voting = workshop.standing(of: scored)
      else { return false }
      return true
    }
    guard !items.isEmpty else { return try say("All of \(section.title) is revealed already.") }
    if let name { return try enterPaper(of: name, items, item) }
    try say(
      "\(section.title): the counts of \(counted(items.count, "question", "questions")), typed unseen; Enter leaves one out."
    )
    for one in items {
      guard try perform(.go(to: one.id)), try perform(.open) else { return }
      try show([.paragraph(Words(one.id + "  ", .faint) + Words(one.text))])
      guard let tallies = try readCounts("\(one.id), unseen> ", of: one) else { continue }
      _ = try perform(.count(tallies))
    }
    try goBack(to: item)
  }

  private func enterPaper(of name: String, _ items: [Item], _ item: Item) throws(Exit) {
    if interview.assessment.anonymous {
      return try say("Anonymity was promised, so papers are counted: `paper` alone asks for the counts.")
    }
    guard let rater = workshop.present.first(where: { $0.name.nameKey == name.nameKey }) else {
      return try say("Nobody here is called “\(name)”.")
    }
    let votes: [Response.Answer]? = try secretly { () throws(Exit) in
      while true {
        let line = try self.readSecret(
          "\(rater.name): \(counted(items.count, "answer", "answers")) from \(items[0].id) on, with blanks, unseen> "
        )
        let words = line.split { $0.isWhitespace || $0 == "," }.map(String.init)
        if words.isEmpty { return nil }
        let votes = zip(items, words).compactMap { vote($1, keys: self.questionnaire.voteKeys(of: $0)) }
        if words.count == items.count, votes.count == items.count { return votes }
        try self.say("That can't be used: \(items.count) answers, one for each question. Type them again.")
      }
    }
    guard let votes else { return }
    for (one, answer) in zip(items, votes) {
      guard try perform(.go(to: one.id)), try perform(.open), try perform(.cast(rater.id, answer)) else {
        break
      }
    }
    try say("Kept for \(rater.name), \(savedWords ?? "").")
    try goBack(to: item)
  }

  private func goBack(to item: Item) throws(Exit) {
    _ = try perform(.go(to: item.id))
    try say("`reveal` shows them, question by question.")
    shown = nil
  }

  /// Keeps what is typed off the screen until it is done, also between two lines.
  private func secretly<T>(_ work: () throws(Exit) -> T) throws(Exit) -> T {
    console.setSecret(true)
    defer { console.setSecret(false) }
    return try work()
  }

  private func readSecret(_ prompt: String) throws(Exit) -> String {
    while true {
      switch console.readSecret(prompt: try room(for: prompt)) {
      case .line(let line): return line
      case .interrupted: return ""
      case .endOfInput:
        try say("Everything is saved, votes not yet shown too. `\(environment.program)` goes on from here.")
        throw .quit
      case .ended(let status): throw .ended(status: status)
      }
    }
  }

  private func tellHowMany(_ item: Item) throws(Exit) {
    let voted = workshop.unrevealed.count(of: item.id)
    let expected = workshop.voters(on: item).count
    try say(
      voted < expected
        ? "\(voted) of \(expected) votes are in, \(savedWords ?? "nothing saved")."
        : "All \(voted) votes are in, \(savedWords ?? "").")
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
      let voted = workshop.unrevealed.count(of: item.id)
      if voted > 0, voted >= workshop.voters(on: item).count { return try reveal(item) }
      shown = nil
    case .revealed, .settled: try leave(item)
    }
  }

  func reveal(_ item: Item?) throws(Exit) {
    guard let item, item.scored != nil else { return try say("There is nothing to reveal here.") }
    if case .voting = workshop.standing(of: item) {
      let voted = workshop.unrevealed.count(of: item.id)
      let expected = workshop.voters(on: item).count
      if voted > 0, voted < expected, try !takesFewer(expected - voted, of: expected) { return }
      if try perform(.reveal) { try showReveal(item) }
    } else {
      try showReveal(item)
    }
  }

  private func showReveal(_ item: Item) throws(Exit) {
    guard let round = interview.assessment.lastRound(of: item.id) else { return }
    let votes = workshop.votes(on: item, round: round)
    var screen: Document = [.gap]
    screen += WorkshopScreens.votes(votes, on: item, round: round, of: workshop.present.count, questionnaire)
    if round > 1 {
      let before = workshop.votes(on: item, round: round - 1)
      let keys = questionnaire.voteKeys(of: item)
      let counts = keys.filter { before.counts[$0.level] > 0 }.map {
        "\(before.counts[$0.level]) for \($0.sign)"
      }
      screen.append(.paragraph(Words("Round \(round - 1): \(counts.joined(separator: ", ")).", .faint)))
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
      let votes = workshop.votes(on: item, round: round)
      if votes.all > 0 {
        screen += [.gap]
        screen += WorkshopScreens.votes(
          votes, on: item, round: round, of: workshop.present.count, questionnaire, isBrief: true)
      }
    }
    try show(screen)
  }

  func revote(_ item: Item?) throws(Exit) {
    guard try perform(.revote) else { return }
    shown = nil
  }
}
