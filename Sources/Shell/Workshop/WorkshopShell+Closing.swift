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
    let open = interview.openItems
    var words =
      open.isEmpty
      ? "All questions are voted on."
      : "\(counted(open.count, "question is", "questions are")) open: \(listed(open.map(\.id)))."
    let leftOut = interview.scoredItems.filter { state.leftOut.contains($0.id) && interview.isOpen($0) }
    if !leftOut.isEmpty { words += " Left out to save time: \(listed(leftOut.map(\.id)))." }
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
    let line = try reply(to: "Enter goes to the first, leave shows the result without them> ")
    if line.lowercased() == "leave" { return true }
    _ = try handle(Move.go(to: first.id), at: nil)
    return false
  }

  /// Questions that only a form asked, and that were not asked here.
  func offerUnasked() throws(Exit) -> Bool {
    let items = workshop.unaskedItems.filter { workshop.voted(on: $0) > 0 }
    guard !items.isEmpty else { return true }
    try say(
      "Beforehand \(counted(items.count, "question was", "questions were")) answered that you were not asked here: "
        + "\(listed(items.map(\.id))). Nobody has seen the answers.")
    while true {
      switch try reply(to: "Enter takes them in as they are; leave: the result without them> ").lowercased() {
      case "":
        guard try perform(.takeUnasked) else { return true }
        let still = workshop.unaskedItems.map(\.id)
        try say(
          "They count, \(savedWords ?? ""); `goto` and a name shows one."
            + (still.isEmpty ? "" : " Left out, because fewer than three have answered: \(listed(still))."))
        return true
      case "leave": return true
      default: try say("Enter or leave.")
      }
    }
  }

  /// Three dots each, before anybody argues.
  func countDots() throws(Exit) {
    areOffersShown = false
    guard interview.assessment.commitments?.isEmpty != false, workshop.present.count > 1, let plan = plan()
    else { return }
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
      let line = try reply(to: "dots> ")
      if line.isEmpty { return }
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
    // People without names can't be told from who is not there.
    guard staff.contains(where: { !$0.isNumbered }) else { return name }
    guard !name.contains("to be asked by") else { return name }
    // `Ana and Cleo` are two.
    let names = name.replacing(" and ", with: ",").replacing("&", with: ",").split(separator: ",")
      .map { String($0).trimmed }.filter { !$0.isEmpty }
    func found(_ name: String) -> Rater? { Self.meant(name, among: workshop.present) }
    let spelt = names.map { found($0)?.name ?? $0 }
    let missing = names.filter { found($0) == nil }
    if missing.isEmpty { return listed(spelt) }
    while true {
      let near = missing.count == 1 ? nearestName(to: missing[0], among: workshop.present.map(\.name)) : nil
      if let near { try say("Did you mean \(near)? Then type \(near) as who asks.") }
      let asker = try reply(
        to:
          "\(listed(missing)) \(missing.count == 1 ? "is" : "are") not in the room. Who asks? (Enter leaves it as it is)> "
      )
      if asker.isEmpty { return listed(spelt) }
      guard let asking = found(asker) else {
        try say("Nobody here is called “\(asker)”: \(listed(workshop.present.map(\.name))).")
        continue
      }
      if asking.name == near { return asking.name }
      return "\(listed(spelt)), to be asked by \(asking.name)"
    }
  }

  /// Nothing promised is said out loud, and of what was said beside the votes the room decides what goes out.
  func readBack() throws(Exit) -> Bool {
    if interview.assessment.commitments?.isEmpty != false {
      guard try askYesOrNo("Nothing to begin, then: is that what this team wants, yes or no> ") else {
        return false
      }
    }
    try askHomework()
    return try decideWhatGoesOut()
  }

  /// What there was no time for is somebody's, or nobody's.
  private func askHomework() throws(Exit) {
    let open = interview.questions.filter { $0.scored == nil && interview.isOpen($0) }
    let many = questionnaire.customer.many
    guard !open.isEmpty, interview.assessment.homework.isEmpty else {
      return
    }
    let who = try reply(to: "Who finds out what \(many) expect, and where it hurts? A name (Enter: nobody)> ")
    if who.isEmpty || YesOrNo(who) == .no { return }
    _ = try perform(
      .park(Assessment.homework(of: try whoAsks(who), "what \(many) expect of us, and the worst moment")))
  }
}
