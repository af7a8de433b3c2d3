import AssessmentModel
import Interview
import Reporting

/// Ballots, and the reveal.
extension WorkshopShell {
  // MARK: Cards that everybody sees

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
    var expected = workshop.voters(on: item).count
    if case .revealed(let round) = standing { expected = workshop.votes(on: item, round: round).all }
    while tallies.votes < expected, tallies.isByDepartment {
      let more = try read("\(tallies.votes) of \(expected); the next department (Enter for no more)> ")
        .trimmed
      if more.isEmpty { break }
      switch CardLine(
        more, keys: questionnaire.voteKeys(of: item), departments: workshop.departments.map(\.name))
      {
      case .tallies(let others)?: tallies.replace(others)
      case .problem(let problem)?: try say(problem)
      case nil: try say("A department and its counts, such as Billing 2:1 3:1.")
      }
    }
    let missing = expected - tallies.votes
    if missing > 0, try !takesFewer(missing, of: expected) { return }
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

  /// A line of counts that leaves no trace, or one for each department; asked anew until it can be used. nil where it
  /// was left out.
  private func readCounts(_ prompt: String, of item: Item) throws(Exit) -> [Tally]? {
    try secretly { () throws(Exit) in
      var gathered: [Tally] = []
      let expected = self.workshop.voters(on: item).count
      while true {
        let next = "\(gathered.votes) of \(expected); the next department, unseen (Enter for no more)> "
        let line = try self.readSecret(gathered.isEmpty ? prompt : next).trimmed
        if line.isEmpty { return gathered.isEmpty ? nil : gathered }
        switch CardLine(
          line, keys: self.questionnaire.voteKeys(of: item),
          departments: self.workshop.departments.map(\.name))
        {
        case .tallies(let tallies)?:
          var all = gathered
          all.replace(tallies)
          if all.votes > expected {
            try self.say("That makes \(all.votes), and \(expected) are here. Count again.")
          } else if all.isByDepartment, all.votes < expected {
            gathered = all
          } else {
            return all
          }
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
      "The keyboard goes round: \(signs), ? for don't know, - for does not apply, then Enter. Nothing shows. `stop` ends it."
    )
    try secretly { () throws(Exit) in
      if isAnonymous {
        try self.passUnnamed(item, keys)
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

  /// Votes that lead to nobody are not stored one by one, which would tell whoever looks at the store in between whose
  /// was which: three or more at a time, so that a crash costs a few at most, and nobody is told that they are saved.
  private func passUnnamed(_ item: Item, _ keys: [(sign: String, level: Int)]) throws(Exit) {
    var waiting: [Response.Answer] = []
    let expected = workshop.voters(on: item).count
    for place in workshop.unrevealed.count(of: item.id)..<expected {
      guard let answer = try readVote("vote \(place + 1) of \(expected)> ", keys) else { break }
      waiting.append(answer)
      let left = expected - place - 1
      if waiting.count >= Workshop.fewestAnonymous, left == 0 || left >= Workshop.fewestAnonymous {
        guard try perform(.castUnnamed(waiting)) else { return }
        waiting = []
      }
    }
    if !waiting.isEmpty { _ = try perform(.castUnnamed(waiting)) }
  }

  /// A single vote; nil where the keyboard stops going round.
  private func readVote(_ prompt: String, _ keys: [(sign: String, level: Int)]) throws(Exit) -> Response
    .Answer?
  {
    while true {
      guard let line = try readSecretLine(prompt), line.trimmed.lowercased() != "stop" else {
        try say("The keyboard stops here: from now on what is typed can be read.")
        return nil
      }
      if let answer = vote(line, keys: keys) { return answer }
      // Pressed twice: the next one is not to type in the open because of it.
      if !line.trimmed.isEmpty { try say("That is no answer here; once more, please.") }
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
    guard let rater = try person(name) else { return }
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
  func secretly<T>(_ work: () throws(Exit) -> T) throws(Exit) -> T {
    console.setSecret(true)
    defer { console.setSecret(false) }
    return try work()
  }

  /// Empty where it was given up.
  func readSecret(_ prompt: String) throws(Exit) -> String { try readSecretLine(prompt) ?? "" }

  /// nil where Ctrl-C gave it up.
  private func readSecretLine(_ prompt: String) throws(Exit) -> String? {
    switch console.readSecret(prompt: try room(for: prompt)) {
    case .line(let line): return line
    case .interrupted: return nil
    case .endOfInput:
      try say("Everything is saved, votes not yet shown too. `\(environment.program)` goes on from here.")
      throw .quit
    case .ended(let status): throw .ended(status: status)
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

extension [Tally] {
  fileprivate var votes: Int { reduce(0) { $0 + $1.votes } }

  /// Whether every count stands behind a department, so that others may follow.
  fileprivate var isByDepartment: Bool { !isEmpty && allSatisfy { $0.department != nil } }

  /// Takes in others, in place of those of the same department.
  fileprivate mutating func replace(_ others: [Tally]) {
    let names = Set(others.map { $0.department?.nameKey })
    self = filter { !names.contains($0.department?.nameKey) } + others
  }
}
