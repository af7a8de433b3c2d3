import AssessmentModel
import Interview
import Planning
import Reporting

/// The end: what nobody has seen yet, dots, names, and what may go out.
extension WorkshopShell {
  /// The end of the questions: an empty line finishes, everything else goes back. True when done.
  func atEnd() throws(Exit) -> Bool {
    shown = nil
    let state = workshop.state
    let open = interview.scoredItems.filter { interview.isOpen($0) && !state.leftOut.contains($0.id) }
    var words =
      open.isEmpty
      ? "All questions are voted on."
      : "\(counted(open.count, "question is", "questions are")) open: \(listed(open.map(\.id)))."
    if !state.leftOut.isEmpty { words += " Left out to save time: \(listed(state.leftOut.sorted()))." }
    try say(words + " Enter shows the result; `review`, `disputed`, `goto` and `back` look again.")
    let entry = try read("finish> ", initial: takeBack(), complete: { self.commandCompletions($0) })
    typed = entry.trimmed
    if entry.trimmed.isEmpty || entry.trimmed.lowercased() == "finish" { return try finish() }
    try handle(WorkshopCommand(entry, at: nil, questionnaire, departments: []), at: nil)
    return false
  }

  /// Votes that nobody has seen count for nothing: they are offered before the result.
  func offerUnrevealed() throws(Exit) -> Bool {
    guard let first = workshop.unrevealedItems.first else { return true }
    try say("Votes that nobody has seen count for nothing: \(listed(workshop.unrevealedItems.map(\.id))).")
    let line = try read("Enter goes to the first, leave shows the result without them> ").trimmed
    if line.lowercased() == "leave" { return true }
    _ = try handle(Move.go(to: first.id), at: nil)
    return false
  }

  /// Three dots each, before anybody argues.
  func countDots(_ plan: Plan) throws(Exit) {
    areOffersShown = false
    guard interview.assessment.commitments?.isEmpty != false, workshop.present.count > 1 else { return }
    let offers = Self.offers(plan)
    guard offers.count > 3 else { return }
    try show([
      .heading(2, "What to begin"),
      .options(offers.map { Choice(key: $0.key, text: Self.describe($0.candidate, questionnaire)) }),
      .paragraph(
        Words(
          "Three dots each, before anybody argues: on the wall or on paper. Then how many each got: 2:4 5:6 7:3. 4? tells more of one, Enter goes on without."
        )),
    ])
    areOffersShown = true
    while true {
      let line = try read("dots> ").trimmed
      if line.isEmpty { return }
      if line.lowercased() == "quit" { throw .quit }
      if let match = line.wholeMatch(of: /([0-9]{1,3}[a-z]?) ?\?/) {
        if let candidate = offers.first(where: { $0.key == String(match.1) })?.candidate {
          try show(Self.details(candidate, questionnaire))
        } else {
          try say("There is no number \(match.1).")
        }
        continue
      }
      var dots: [String: Int] = [:]
      var problem: String?
      for word in line.split(whereSeparator: { $0.isWhitespace || $0 == "," }) {
        guard let match = String(word).wholeMatch(of: /([0-9]{1,2}[a-z]?):([0-9]{1,3})/),
          let count = Int(match.2),
          let candidate = offers.first(where: { $0.key == String(match.1) })?.candidate
        else {
          problem = "“\(word)” is no number of the list and its dots; 2:4 are four dots on number 2."
          break
        }
        dots[candidate.id, default: 0] += count
      }
      let most = 3 * workshop.present.count
      let sum = dots.values.reduce(0, +)
      if problem == nil, sum > most {
        problem = "That makes \(sum) dots, and \(workshop.present.count) people have \(most)."
      }
      if let problem {
        try say(problem)
        continue
      }
      guard try perform(.dot(dots)) else { continue }
      let counted = offers.compactMap { key, candidate in dots[candidate.id].map { (key, $0) } }.sorted {
        $0.1 > $1.1
      }
      return try say("Most dots: \(counted.map { "\($0) with \($1)" }.joined(separator: ", ")).")
    }
  }

  /// Nobody is promised for who is not in the room.
  func whoAsks(_ name: String) throws(Exit) -> String {
    let staff = workshop.staff
    guard staff.contains(where: { !$0.name.isEmpty && !$0.name.hasPrefix("P") }) else { return name }
    guard !name.contains("to be asked by") else { return name }
    // `Ana and Cleo` are two.
    let names = name.replacing(" and ", with: ",").replacing("&", with: ",").split(separator: ",")
      .map { String($0).trimmed }.filter { !$0.isEmpty }
    func found(_ name: String) -> Rater? { workshop.present.first { $0.name.nameKey == name.nameKey } }
    let spelt = names.map { found($0)?.name ?? $0 }
    let missing = names.filter { found($0) == nil }
    if missing.isEmpty { return listed(spelt) }
    while true {
      let asker = try read(
        "\(listed(missing)) \(missing.count == 1 ? "is" : "are") not in the room. Who asks? (Enter leaves it as it is)> "
      ).trimmed
      if asker.isEmpty { return listed(spelt) }
      guard let asking = found(asker) else {
        try say("Nobody here is called “\(asker)”: \(listed(workshop.present.map(\.name))).")
        continue
      }
      return "\(listed(spelt)), to be asked by \(asking.name)"
    }
  }

  /// Nothing promised is said out loud, and what was kept is read back before it goes out.
  func readBack() throws(Exit) -> Bool {
    if interview.assessment.commitments?.isEmpty != false {
      guard try askYesOrNo("Nothing to begin, then: is that what this team wants, yes or no> ") else {
        return false
      }
    }
    try askHomework()
    return try chooseWhatGoesOut()
  }

  /// What there was no time for is somebody's, or nobody's.
  private func askHomework() throws(Exit) {
    let open = interview.questions.filter { $0.scored == nil && interview.isOpen($0) }
    let many = questionnaire.customer.many
    guard !open.isEmpty, !interview.assessment.parked.contains(where: { $0.hasPrefix("Homework") }) else {
      return
    }
    let who = try read("Who finds out what \(many) expect, and where it hurts? A name (Enter: nobody)> ")
      .trimmed
    if who.isEmpty || YesOrNo(who) == .no { return }
    _ = try perform(.park("Homework of \(try whoAsks(who)): what \(many) expect of us, and the worst moment"))
  }

  /// What was said beside the votes is read back: it may stay in the room.
  private func chooseWhatGoesOut() throws(Exit) -> Bool {
    var all: [(words: String, event: SessionEvent)] = []
    for item in interview.scoredItems {
      guard let settlement = interview.assessment.settled[item.id] else { continue }
      if let reason = settlement.reason {
        var without = settlement
        without.reason = nil
        all.append(("Why \(item.id) was settled: \(reason)", .settled(item: item.id, without)))
      }
    }
    for item in interview.scoredItems {
      guard let settlement = interview.assessment.settled[item.id], let dissent = settlement.dissent else {
        continue
      }
      var without = settlement
      without.dissent = nil
      all.append(("Dissent on \(item.id): \(dissent)", .settled(item: item.id, without)))
    }
    for item in interview.scoredItems {
      guard let evidence = interview.assessment.teamEvidence[item.id], let note = evidence.note else {
        continue
      }
      all.append(
        ("Evidence of \(item.id): \(note)", .supported(item: item.id, TeamEvidence(grade: evidence.grade))))
    }
    all += interview.assessment.parked.map { ("Parked: \($0)", .withdrawn(topic: $0)) }
    guard !all.isEmpty else { return true }
    try show([
      .heading(2, "What goes out with the plan"),
      .options(all.enumerated().map { Choice(key: "\($0 + 1)", text: $1.words) }),
    ])
    while true {
      let line = try read("Numbers that stay in the room, or Enter> ").trimmed
      if line.isEmpty || YesOrNo(line) == .no { return true }
      let numbers = line.split { $0.isWhitespace || $0 == "," }.map { Int($0) ?? 0 }
      guard numbers.allSatisfy({ (1...all.count).contains($0) }) else {
        try say("Numbers from 1 to \(all.count), please.")
        continue
      }
      // Of one settlement, why and dissent may both stay.
      for number in Set(numbers).sorted() {
        let event: SessionEvent
        switch all[number - 1].event {
        case .settled(let item, let without?):
          guard var settlement = interview.assessment.settled[item] else { continue }
          if without.reason == nil, settlement.reason != nil, all[number - 1].words.hasPrefix("Why") {
            settlement.reason = nil
          } else {
            settlement.dissent = nil
          }
          event = .settled(item: item, settlement)
        case let other: event = other
        }
        guard try store([event], at: environment.now()) else { return true }
      }
      try say("They stay in the room, \(savedWords ?? "").")
      return true
    }
  }
}
