import AssessmentModel
import Interview
import Reporting

/// Ballots that nobody sees: cards laid face down, a keyboard that goes round, paper.
extension WorkshopShell {
  /// Counts that are typed unseen.
  func collectCards(_ item: Item?) throws(Exit) {
    guard let item, item.scored != nil else { return try say("There is nothing to vote on here.") }
    guard case .voting = workshop.standing(of: item) else {
      return try say(
        "The votes are revealed; `revote` asks for them again, and counts such as 0 1 0 3 1 replace them.")
    }
    guard try mayReplace(item) else { return }
    guard case .tallies(let tallies) = try readCounts("counts, unseen (Enter leaves it)> ", of: item) else {
      return
    }
    guard try perform(.count(tallies)) else { return }
    try tellHowMany(item)
  }

  private enum Counted {
    case tallies([Tally])
    case leftOut, stopped
  }

  /// Whether counts may take the place of votes that are in already; asked where there are any.
  func mayReplace(_ item: Item) throws(Exit) -> Bool {
    let voted = workshop.roomVotes(on: item)
    guard voted > 0 else { return true }
    return try askYesOrNo("\(voted) votes on \(item.id) are in. Counts replace them all: yes or no> ")
  }

  /// A line of counts that leaves no trace, or one for each department; asked anew until it can be used.
  private func readCounts(_ prompt: String, of item: Item) throws(Exit) -> Counted {
    try secretly { () throws(Exit) in
      var gathered: [Tally] = []
      let expected = self.workshop.room(for: item).count
      while true {
        let next = "\(gathered.votes) of \(expected); the next department, unseen (Enter for no more)> "
        let line = try self.readSecret(gathered.isEmpty ? prompt : next).trimmed
        if line.isEmpty { return gathered.isEmpty ? .leftOut : .tallies(gathered) }
        if ["stop", "quit", "q"].contains(line.lowercased()) { return .stopped }
        if ["help", "?"].contains(line.lowercased()) {
          try self.say(
            "A count for each answer in its order, such as 0 1 0 3 1, or 1:1 3:3; `stop` leaves it.")
          continue
        }
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
            return .tallies(all)
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
    try say(
      "The keyboard goes round: \(questionnaire.signs(of: item)), ? for don't know, - for does not apply, then Enter. Nothing shows. `stop` ends it."
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
    // Somebody may have left behind their vote.
    let voted = min(expected, workshop.roomVotes(on: item))
    for place in voted..<expected {
      let answer: Response.Answer?
      do throws(Exit) {
        answer = try readVote("vote \(place + 1) of \(expected)> ", keys)
      } catch {
        // The window is closed: what was given is kept all the same.
        if !waiting.isEmpty { _ = try perform(.castUnnamed(waiting)) }
        throw error
      }
      guard let answer else { break }
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
    let customer = questionnaire.customer
    if let name,
      [customer.one, customer.many, "customer", "customers"].contains(where: { $0.nameKey == name.nameKey })
    {
      return try enterCustomers()
    }
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
      let counted = try readCounts("\(one.id), unseen (stop ends it)> ", of: one)
      if case .stopped = counted { break }
      if case .tallies(let tallies) = counted, try mayReplace(one) { _ = try perform(.count(tallies)) }
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
    var kept = 0
    for (one, answer) in zip(items, votes) {
      guard try perform(.go(to: one.id)), try perform(.open) else { break }
      if try perform(.cast(rater.id, answer)) { kept += 1 } else { try say("\(one.id) was left out.") }
    }
    try say("\(counted(kept, "answer", "answers")) of \(rater.name) kept, \(savedWords ?? "").")
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
    let voted = workshop.voted(on: item)
    let expected = workshop.expected(on: item)
    try say(
      voted < expected
        ? "\(voted) of \(expected) votes are in, \(savedWords ?? "nothing saved")."
        : "\(voted == 1 ? "The one vote is" : "All \(voted) votes are") in, \(savedWords ?? "").")
  }
}

extension [Tally] {
  /// Whether every count stands behind a department, so that others may follow.
  var isByDepartment: Bool { !isEmpty && allSatisfy { $0.department != nil } }

  /// Takes in others, in place of those of the same department.
  mutating func replace(_ others: [Tally]) {
    let names = Set(others.map { $0.department?.nameKey })
    self = filter { !names.contains($0.department?.nameKey) } + others
  }
}
