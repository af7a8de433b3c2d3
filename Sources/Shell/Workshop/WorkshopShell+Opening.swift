import AssessmentModel
import Interview
import Reporting
import Scoring

/// What comes before the first question: who is there, how long, what is promised; and coming back.
extension WorkshopShell {
  func open() throws(Exit) {
    guard interview.assessment.position == nil else { return try comeBack() }
    if interview.assessment.workshop == nil {
      guard try perform(.convene(minutes: request.minutes ?? Agenda.usualMinutes, cards: .raised)) else {
        throw .unsaved
      }
    }
    if workshop.staff.isEmpty { try askRoster() }
    if request.minutes == nil { try askMinutes() }
    try askInPrivate()
    try askPromise()
    let first = interview.sequence.first?.id ?? Interview.end
    guard try perform(.go(to: first)) else { throw .unsaved }
    try welcome()
  }

  private func comeBack() throws(Exit) {
    let workshop = self.workshop
    let isBegun =
      workshop.unrevealed != UnrevealedVotes()
      || interview.scoredItems.contains { interview.assessment.lastRound(of: $0.id) != nil }
    if workshop.assessment.workshop == nil {
      // What came from elsewhere says that it is a workshop, and no more.
      guard try perform(.convene(minutes: request.minutes ?? Agenda.usualMinutes, cards: .raised)) else {
        throw .unsaved
      }
    } else if let minutes = request.minutes, minutes != workshop.state.minutes {
      _ = try perform(.convene(minutes: minutes, cards: workshop.state.cards))
    }
    guard isBegun else { return try welcome() }
    try say(
      "Here again. \(WorkshopScreens.heads(workshop)) `who` lists everybody, `away` and `back` say who left or came."
    )
    let hidden = workshop.unrevealedItems.map(\.id)
    if !hidden.isEmpty { try say("Votes that nobody has seen yet are kept: \(listed(hidden)).") }
  }

  // MARK: Roster

  private func askRoster() throws(Exit) {
    try show([
      .paragraph(Words("Who is in the room?", .strong)),
      .paragraph(
        "A line for each: a name and, behind a comma, the department. Or a number, if names don't matter. Enter ends it."
      ),
    ])
    while true {
      let count = workshop.staff.count
      let line = try read(count == 0 ? "name, department> " : "name, department (\(count) so far)> ").trimmed
      switch line.lowercased() {
      case "":
        if count > 0 {
          if count < 3 { try say("Two are few for a vote; it goes on all the same.") }
          return
        }
        try say("Somebody has to vote: a name and a department such as Ana, Billing, or a number.")
      case "quit", "exit", "q": throw .quit
      case "undo":
        try say("`away` and the name takes somebody out again, once the workshop runs.")
      case "help", "?":
        try say(
          "Ana, Billing is Ana of Billing. 9 is nine people without names. Enter ends the list, `quit` leaves."
        )
      default:
        if let number = Int(line) {
          guard (1...99).contains(number) else {
            try say("A number from 1 to 99, please.")
            continue
          }
          for _ in 0..<number { _ = try perform(.join(nextRater())) }
          return
        }
        try join(line)
      }
    }
  }

  private func nextRater(name: String? = nil, department: String = "") -> Rater {
    let ids = Set(interview.assessment.raters.map(\.id))
    let number = (1...).first { !ids.contains("r\($0)") } ?? 1
    return Rater(id: "r\(number)", name: name ?? "P\(number)", department: department)
  }

  /// `Ana, Billing`: somebody comes.
  func join(_ text: String?) throws(Exit) {
    guard let text, !text.isEmpty else {
      return try say("join and a name, with the department behind a comma: join Ana, Billing.")
    }
    let parts = text.split(separator: text.contains(",") ? "," : "\t", maxSplits: 1).map {
      String($0).trimmed
    }
    guard let name = parts.first, !name.isEmpty else {
      return try say("A name, please, such as Ana, Billing.")
    }
    if let other = interview.assessment.namesake(of: name, apartFrom: ""),
      workshop.state.away.contains(other.id)
    {
      return try move(name, isPresent: true)
    }
    guard try perform(.join(nextRater(name: name, department: parts.count > 1 ? parts[1] : ""))) else {
      return
    }
    guard interview.assessment.position != nil else { return }
    try say("\(name) is here; \(name) votes from the next question on. \(WorkshopScreens.heads(workshop))")
  }

  /// Somebody leaves the room, or comes back.
  func move(_ name: String?, isPresent: Bool) throws(Exit) {
    let word = isPresent ? "back" : "away"
    guard let name else { return try say("\(word) and a name: \(word) Ana. `who` lists everybody.") }
    let staff = workshop.staff
    let matches = staff.filter { $0.name.nameKey == name.nameKey || $0.id == name.lowercased() }
    let near = matches.isEmpty ? staff.filter { $0.name.nameKey.hasPrefix(name.nameKey) } : matches
    guard near.count == 1, let rater = near.first else {
      let names = near.isEmpty ? staff.map(\.name) : near.map(\.name)
      return try say(
        near.isEmpty
          ? "Nobody here is called “\(name)”: \(listed(names))." : "Which of them: \(listed(names))?")
    }
    guard try perform(isPresent ? .comeBack(rater.id) : .leave(rater.id)) else { return }
    try say(
      "\(rater.name) is \(isPresent ? "here again" : "away and missing from no vote"). \(WorkshopScreens.heads(workshop))"
    )
  }

  // MARK: Time, cards, promise

  private func askMinutes() throws(Exit) {
    while true {
      let line = try read("How long do you have, in minutes (Enter: \(Agenda.usualMinutes))> ").trimmed
      if line.lowercased() == "quit" { throw .quit }
      if line.isEmpty { return }
      if try setMinutes(line, isTold: false) { return }
    }
  }

  /// For the facilitator alone: what the room should not read.
  private func askInPrivate() throws(Exit) {
    guard workshop.state.cards == .raised, request.anonymous == nil || workshop.present.count > 1 else {
      return
    }
    try say("The next two answers are for you alone: turn the projector off, or look away from it.")
    let hasBoss = try askYesOrNo("Is somebody here the boss of somebody else, yes or no> ")
    if hasBoss {
      _ = try perform(.convene(minutes: workshop.state.minutes, cards: .collected))
      while true {
        let line = try read("Whom would others follow? Names, with commas; Enter for nobody> ").trimmed
        if line.isEmpty { break }
        var unknown: [String] = []
        for name in line.split(separator: ",").map({ String($0).trimmed }) where !name.isEmpty {
          guard var rater = workshop.staff.first(where: { $0.name.nameKey == name.nameKey }) else {
            unknown.append(name)
            continue
          }
          rater.last = true
          _ = try perform(.join(rater))
        }
        if unknown.isEmpty { break }
        try say("Nobody here is called \(listed(unknown)): \(listed(workshop.staff.map(\.name))).")
      }
    }
    console.clear()
    try say(
      hasBoss
        ? "Cards are laid face down, collected and shuffled; what is counted is typed unseen."
        : "Cards are held up together, at a sign; what is counted is typed, and shows the votes.")
  }

  private func askPromise() throws(Exit) {
    if let anonymous = request.anonymous {
      _ = try perform(.promise(anonymous: anonymous))
      return
    }
    let people = workshop.staff.count
    let items = interview.scoredItems.count
    func points(_ anonymous: Bool) -> String {
      decimal(detectableChange(people: people, items: items, anonymous: anonymous).rounded(.up))
    }
    let large = workshop.departments.filter { $0.people >= Tally.fewestOfADepartment }.map(\.name)
    try show([
      .paragraph(Words("Named or anonymous? It is fixed with the first vote.", .strong)),
      .bullets([
        Words("named  ", .strong)
          + Words(
            "What somebody types with `pass` is kept under their name on this laptop, and shown nowhere. In half a year "
              + "the same people can tell a change from \(points(false)) points of 100 on."),
        Words("anonymous  ", .strong)
          + Words(
            "Votes are counts that lead to nobody. In half a year a change counts from \(points(true)) points on, and "
              + (large.isEmpty
                ? "no department can be shown by itself, since none has five people."
                : "only departments of five or more can be shown: \(listed(large)).")),
      ]),
    ])
    while true {
      let line = try read("named (Enter) or anonymous> ").trimmed.lowercased()
      if line == "quit" { throw .quit }
      if line.isEmpty || "named".hasPrefix(line) { return }
      if "anonymous".hasPrefix(line) {
        if try perform(.promise(anonymous: true)) { return }
      } else {
        try say("named or anonymous; Enter is named.")
      }
    }
  }

  func askYesOrNo(_ prompt: String) throws(Exit) -> Bool {
    while true {
      let line = try read(prompt).trimmed
      if let answer = YesOrNo(line) { return answer == .yes }
      if line.lowercased() == "quit" { throw .quit }
      try say("yes or no, please.")
    }
  }

  // MARK: Welcome

  private func welcome() throws(Exit) {
    let organization = interview.assessment.organization
    try show([
      .heading(1, organization.isEmpty ? questionnaire.title : organization),
      .paragraph(Words(WorkshopScreens.heads(workshop))),
    ])
    try show(WorkshopScreens.agenda(agenda, minutes: workshop.state.minutes))
    try show([
      .heading(2, "Whose result it is"),
      .bullets([
        "The result is this team's: who answers decides whom it is shown to.",
        "Everybody votes for what they see themselves, before anybody says anything.",
        Words(
          interview.assessment.anonymous
            ? "Votes are counts. Nobody, this program neither, can tell whose they were."
            : "Nobody's single answer is shown with a name."),
        "You need not agree. Where you don't, both are kept.",
      ]),
      .heading(2, "What it is about"),
      .bullets(questionnaire.primer.map { Words($0) }),
    ])
    let line = try read("Enter begins; `practise` tries a vote that is kept nowhere> ").trimmed
    if ["practise", "practice", "p"].contains(line.lowercased()) { try practise() }
    if line.lowercased() == "quit" { throw .quit }
  }

  /// A vote on something that does not matter, stored nowhere.
  func practise() throws(Exit) {
    let anchors = [
      "Never before ten in the morning.", "When somebody brings it.", "At fixed times.",
      "Whenever we feel like it; this year that changed an afternoon.",
      "Asked, guests say it was the best coffee in town.",
    ]
    try show([
      .gap, .strip(["To practise; kept nowhere"]), .paragraph(Words("When is there coffee here?", .strong)),
      .options(anchors.enumerated().map { Choice(key: "\($0)", text: $1) }),
      .paragraph(
        "Everybody takes a card, 0 to 4, without a word. At a sign all show it, or lay it face down."),
    ])
    let keys = (0...4).map { (sign: "\($0)", level: $0) }
    while true {
      let line = try read("practice, such as 0 1 0 3 1 (Enter ends it)> ").trimmed
      if line.isEmpty { break }
      switch CardLine(line, keys: keys, departments: workshop.departments.map(\.name)) {
      case .tallies(let tallies)?:
        let counts = (0...4).map { level in tallies.reduce(0) { $0 + $1.counts[level] } }
        try show([.histogram((0...4).reversed().map { HistogramRow(key: "\($0)", count: counts[$0]) })])
        try say("Nobody is asked which card was theirs. That was all there is to it.")
      case .problem(let problem)?: try say(problem)
      case nil:
        try say("Counts in the order of the answers: 0 1 0 3 1 are one for 1, three for 3 and one for 4.")
      }
    }
    shown = nil
  }
}
