import AssessmentModel
import Interview
import Reporting
import Scoring

/// What comes before the first question: who is there, how long, what is promised; and coming back.
extension WorkshopShell {
  func open() throws(Exit) {
    guard interview.assessment.position == nil, !workshop.hasBegun else { return try comeBack() }
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
    if workshop.assessment.workshop == nil {
      // What came from elsewhere says that it is a workshop, and no more.
      guard try perform(.convene(minutes: request.minutes ?? Agenda.usualMinutes, cards: .raised)) else {
        throw .unsaved
      }
    } else if let minutes = request.minutes, minutes != workshop.state.minutes {
      _ = try perform(.convene(minutes: minutes, cards: workshop.state.cards))
    }
    guard workshop.hasBegun else { return try welcome() }
    // What came from elsewhere stands nowhere yet.
    if interview.assessment.position == nil {
      guard try perform(.go(to: interview.nextOpen?.id ?? Interview.end)) else { throw .unsaved }
    }
    try say(
      "Here again. \(WorkshopScreens.heads(workshop)) `who` lists everybody, `away` and `back` say who left or came."
    )
    let hidden = workshop.unrevealedItems.map(\.id)
    if !hidden.isEmpty { try say("Votes that nobody has seen yet are kept: \(listed(hidden)).") }
  }

  // MARK: Time, cards, promise

  private func askMinutes() throws(Exit) {
    while true {
      let line = try reply(to: "How long do you have, in minutes (Enter: \(workshop.state.minutes))> ")
      if line.isEmpty { return }
      if try setMinutes(line, isTold: false) { return }
    }
  }

  /// For the facilitator alone: what the room should not read.
  private func askInPrivate() throws(Exit) {
    guard workshop.state.cards == .raised, workshop.present.count > 1 else { return }
    // A roster that says who votes last has said it.
    let isSaid = workshop.staff.contains(where: \.last)
    var hasBoss = isSaid
    if !isSaid {
      try say("The next two answers are for you alone: turn the projector off, or look away from it.")
      hasBoss = try askYesOrNo(
        "Is somebody here the boss of somebody else, yes or no> ",
        help:
          "Where one depends on another, cards are laid face down instead of held up, so that nobody votes for a boss."
      )
    }
    if hasBoss {
      _ = try perform(.convene(minutes: workshop.state.minutes, cards: .collected))
      while !isSaid {
        let line = try reply(to: "Whom would others follow? Names, with commas; Enter for nobody> ")
        if ["help", "?"].contains(line.lowercased()) {
          try say(
            "The names of those who are somebody's boss here; no screen shows them. Enter names nobody.")
          continue
        }
        if line.isEmpty || YesOrNo(line) == .no { break }
        var unknown: [String] = []
        for name in line.split(separator: ",").map({ String($0).trimmed }) where !name.isEmpty {
          guard var rater = Self.meant(name, among: workshop.staff) else {
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
    if !isSaid {
      console.clear()
      try say("The projector may show this again.")
    }
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
    // It is fixed with the first answer, also one that was given beforehand.
    guard !workshop.hasVotes else {
      return try say(
        interview.assessment.anonymous
          ? "Answers are there already, so votes stay counts that lead to nobody."
          : "Answers are there already, so votes stay named.")
    }
    let usual = interview.assessment.anonymous
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
      var line = try reply(to: usual ? "anonymous (Enter) or named> " : "named (Enter) or anonymous> ")
        .lowercased()
      if line.isEmpty { line = usual ? "anonymous" : "named" }
      if "named".hasPrefix(line) {
        if usual { _ = try perform(.promise(anonymous: false)) }
        return
      }
      if "anonymous".hasPrefix(line) {
        if try perform(.promise(anonymous: true)) { return try askGroups(large) }
      } else {
        try say("named or anonymous; Enter is \(usual ? "anonymous" : "named").")
      }
    }
  }

  /// Where no department is large enough to be shown, two groups may be.
  private func askGroups(_ large: [String]) throws(Exit) {
    let departments = workshop.departments
    guard large.isEmpty, departments.count > 2, workshop.staff.count >= 2 * Tally.fewestOfADepartment else {
      return
    }
    try say(
      "Two groups could be shown instead, those who meet \(questionnaire.customer.many) and those behind the scenes."
    )
    while true {
      let line = try reply(to: "Departments that meet them, with commas (Enter: no groups)> ")
      if line.isEmpty || YesOrNo(line) == .no { return }
      let names = line.split(separator: ",").map { String($0).trimmed }.filter { !$0.isEmpty }
      let meant = names.compactMap { name in departments.first { $0.name.nameKey.hasPrefix(name.nameKey) } }
      let outside = meant.reduce(0) { $0 + $1.people }
      guard meant.count == names.count else {
        try say("There are \(listed(departments.map(\.name))).")
        continue
      }
      guard min(outside, workshop.staff.count - outside) >= Tally.fewestOfADepartment else {
        try say("That makes \(outside) and \(workshop.staff.count - outside); each needs five.")
        continue
      }
      for var rater in workshop.staff {
        let isOutside = meant.contains { $0.name.nameKey == rater.department.nameKey }
        rater.department = isOutside ? "Meets \(questionnaire.customer.many)" : "Behind the scenes"
        _ = try perform(.join(rater))
      }
      return try say(
        "\(outside) meet \(questionnaire.customer.many), \(workshop.staff.count - outside) work behind the scenes."
      )
    }
  }

  func askYesOrNo(_ prompt: String, help: String? = nil) throws(Exit) -> Bool {
    while true {
      let line = try reply(to: prompt)
      if let answer = YesOrNo(line) { return answer == .yes }
      try say(
        help.map { ["?", "help"].contains(line.lowercased()) ? $0 : "yes or no, please." }
          ?? "yes or no, please.")
    }
  }

  // MARK: Welcome

  private func welcome() throws(Exit) {
    let organization = interview.assessment.organization
    try show([
      .heading(1, organization.isEmpty ? questionnaire.title : organization),
      .paragraph(Words(WorkshopScreens.heads(workshop))),
    ])
    try show(WorkshopScreens.agenda(agenda, minutes: workshop.state.minutes, questionnaire.customer))
    try waitAtWelcome("Enter goes on> ")
    try show([
      .heading(2, "Whose result it is"),
      .bullets([
        "The result is this team's: who answers decides whom it is shown to.",
        "Everybody votes for what they see themselves, before anybody says anything.",
        Words(
          interview.assessment.anonymous
            ? "Votes are kept as counts: nothing that is kept tells whose they were."
            : "Nobody's single answer is shown with a name."),
        "You need not agree. Where you don't, both are kept.",
      ]),
      .heading(2, "What it is about"),
      .bullets(questionnaire.primer.map { Words($0) }),
    ])
    try waitAtWelcome("Enter begins; `practise` tries a vote that is kept nowhere> ")
  }

  private func waitAtWelcome(_ prompt: String) throws(Exit) {
    while true {
      let line = try reply(to: prompt)
      switch line.lowercased() {
      case "practise", "practice", "p": return try practise()
      case "": return
      default:
        let command = WorkshopCommand(line, at: nil, questionnaire, departments: [])
        switch command {
        case .who, .join, .away, .here, .agenda, .minutes, .shorten, .changeCards, .hide, .importFile:
          try handle(command, at: nil)
        case .shared(.help): try show(WorkshopScreens.help(questionnaire.customer))
        default:
          try say("Enter, `practise` or `quit`; who, join, away, import, agenda and minutes work here, too.")
        }
      }
    }
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
        Words(
          "Everybody takes a card, 0 to 4, without a word. At a sign all "
            + (workshop.state.cards == .raised ? "hold it up." : "lay it face down."))),
    ])
    let keys = (0...4).map { (sign: "\($0)", level: $0) }
    // Typed the way it will be typed.
    let isHidden = workshop.state.cards == .collected
    let prompt = "practice, such as 0 1 0 3 1 (Enter ends it)> "
    while true {
      let line =
        (isHidden
          ? try secretly { () throws(Exit) in try self.readSecret(prompt).trimmed } : try reply(to: prompt))
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
