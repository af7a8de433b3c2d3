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
          "Three dots each, before anybody argues: on the wall or on paper. Then how many each got: 2:4 5:6 7:3. Enter goes on without."
        )),
    ])
    areOffersShown = true
    var rejected = ""
    while true {
      let line = try read("dots> ", initial: rejected).trimmed
      rejected = ""
      if line.isEmpty { return }
      if line.lowercased() == "quit" { throw .quit }
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
        giveBack(line)
        rejected = takeBack()
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
    let isHere = workshop.present.contains { $0.name.nameKey == name.nameKey }
    guard !isHere, !name.contains("to be asked by") else { return name }
    while true {
      let asker = try read("\(name) is not in the room. Who asks \(name)? (Enter leaves it as it is)> ")
        .trimmed
      if asker.isEmpty { return name }
      guard let found = workshop.present.first(where: { $0.name.nameKey == asker.nameKey }) else {
        try say("Nobody here is called “\(asker)”: \(listed(workshop.present.map(\.name))).")
        continue
      }
      return "\(name), to be asked by \(found.name)"
    }
  }

  /// Nothing promised is said out loud, and what was kept is read back before it goes out.
  func readBack() throws(Exit) -> Bool {
    if interview.assessment.commitments?.isEmpty != false {
      guard try askYesOrNo("Nothing to begin, then: is that what this team wants, yes or no> ") else {
        return false
      }
    }
    let dissent = interview.assessment.settled.sorted { $0.key < $1.key }
      .compactMap { item, settlement in settlement.dissent.map { (item, $0) } }
    let parked = interview.assessment.parked
    let all = dissent.map { "Dissent on \($0): \($1)" } + parked.map { "Parked: \($0)" }
    guard !all.isEmpty else { return true }
    try show([
      .heading(2, "What goes out with the plan"),
      .options(all.enumerated().map { Choice(key: "\($0 + 1)", text: $1) }),
    ])
    while true {
      let line = try read("Numbers to leave out, or Enter> ").trimmed
      if line.isEmpty || YesOrNo(line) == .no { return true }
      let numbers = line.split { $0.isWhitespace || $0 == "," }.map { Int($0) ?? 0 }
      guard numbers.allSatisfy({ (1...all.count).contains($0) }) else {
        try say("Numbers from 1 to \(all.count), please.")
        continue
      }
      var events: [SessionEvent] = []
      for number in Set(numbers) {
        if number <= dissent.count {
          let item = dissent[number - 1].0
          guard var settlement = interview.assessment.settled[item] else { continue }
          settlement.dissent = nil
          events.append(.settled(item: item, settlement))
        } else {
          events.append(.withdrawn(topic: parked[number - dissent.count - 1]))
        }
      }
      if try store(events, at: environment.now()) { try say("Left out, \(savedWords ?? "").") }
      return true
    }
  }
}
