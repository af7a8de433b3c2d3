import AssessmentModel
import Interview
import Reporting

/// Time: what is planned, what is spent, and how to get by with less.
extension WorkshopShell {
  var agenda: Agenda {
    let items = interview.scoredItems.filter(\.core)
    let asked = (items.isEmpty ? interview.scoredItems : items).filter {
      !workshop.state.leftOut.contains($0.id)
    }
    // Where time has to be saved, none is spent on more questions.
    let perArea =
      workshop.state.leftOut.isEmpty
      ? questionnaire.dimensions.map { interview.deeper($0.id).count }.max() ?? 0 : 0
    return Agenda(
      minutes: workshop.state.minutes, people: workshop.present.count, cards: workshop.state.cards,
      questions: asked.count, critical: asked.count { $0.scored?.critical == true }, perArea: perArea)
  }

  func showAgenda() throws(Exit) {
    let state = workshop.state
    let isBegun = interview.scoredItems.contains { !interview.isOpen($0) }
    try show(
      WorkshopScreens.agenda(agenda, minutes: state.minutes, questionnaire.customer, isBegun: isBegun))
    let open = interview.openItems
    let left = state.minutes * 60 - state.spentSeconds
    // What is kept for the end, as far as the plan has it.
    let kept = agenda.blocks.filter { [.records, .closing].contains($0.kind) }.reduce(0) { $0 + $1.seconds }
    try say(
      "Spent \(WorkshopScreens.minutes(state.spentSeconds)), left \(WorkshopScreens.minutes(left)), of which \(WorkshopScreens.minutes(kept)) for the end. "
        + (open.isEmpty
          ? "All questions are voted on."
          : left > kept
            ? "\(counted(open.count, "question", "questions")) to go: \(WorkshopScreens.clock((left - kept) / open.count)) each, talking included."
            : "\(counted(open.count, "question", "questions")) to go and no time for them: `shorten`, or `minutes` for more.")
    )
  }

  /// Behind the core it is said for how many areas there is time, the weakest first. True where one was taken.
  func offerDepth() throws(Exit) -> Bool {
    let state = workshop.state
    guard !hasOfferedDepth, interview.openItems.isEmpty, interview.assessment.scope == .core,
      interview.assessment.deepened.isEmpty, state.leftOut.isEmpty,
      interview.assessment.commitments == nil
    else { return false }
    hasOfferedDepth = true
    let more = questionnaire.dimensions.map { interview.deeper($0.id).count }.max() ?? 0
    let areas = Agenda.deepening(
      in: state.minutes * 60 - state.spentSeconds - Agenda.closing - Agenda.records,
      behind: interview.scoredItems.count - state.leftOut.count, perArea: more,
      vote: Agenda.vote(people: workshop.present.count, cards: state.cards)
    ).areas
    guard areas > 0 else { return false }
    let weakest = subject.scorecard.dimensions.filter { $0.score != nil && !interview.deeper($0.id).isEmpty }
      .sorted { ($0.score ?? 0) < ($1.score ?? 0) }.prefix(3)
    guard !weakest.isEmpty else { return false }
    try show([
      .gap,
      .paragraph(
        Words(
          "There is time for \(areas == 1 ? "one area" : "\(spelled(areas)) areas") in depth, \(counted(more, "question", "questions")) each. The weakest so far:",
          .strong)),
      .options(
        weakest.map {
          Choice(
            key: $0.id,
            text: "\(questionnaire.dimension($0.id)?.title ?? $0.id), \(decimal($0.score ?? 0)) of 100")
        }),
    ])
    while true {
      let line = try reply(
        to: areas == 1 ? "Which (Enter: none)> " : "Which, or two with a comma (Enter: none)> ")
      if line.isEmpty || YesOrNo(line) == .no || line.lowercased() == "next" { return false }
      if isCommand(line), questionnaire.dimension(meant: line) == nil {
        try handle(WorkshopCommand(line, at: nil, questionnaire, departments: []), at: nil)
        if interview.current?.scored != nil { return true }
        continue
      }
      let names = line.split(separator: ",").map { String($0).trimmed }.filter { !$0.isEmpty }
      guard names.count <= areas, names.allSatisfy({ questionnaire.dimension(meant: $0) != nil }) else {
        try say(
          "\(areas == 1 ? "One area" : "One or two areas"), by the word before it or its name; Enter leaves it."
        )
        continue
      }
      var isTaken = false
      for name in names where try handle(Move.deepen(name), at: nil) { isTaken = true }
      return isTaken
    }
  }

  func setMinutes(_ text: String?) throws(Exit) {
    guard let text else { return try say("minutes and how many you have in all: minutes 90.") }
    _ = try setMinutes(text, isTold: true)
  }

  func setMinutes(_ text: String, isTold: Bool) throws(Exit) -> Bool {
    guard let minutes = Self.minutes(in: text), (20...600).contains(minutes) else {
      try say("Minutes from 20 to 600, please, such as 120 or 2h.")
      return false
    }
    guard try perform(.convene(minutes: minutes, cards: workshop.state.cards)) else { return false }
    if isTold { try showAgenda() }
    return true
  }

  /// `90`, `90m`, `2h`, `1:30`.
  static func minutes(in text: String) -> Int? {
    let text = text.lowercased().filter { !$0.isWhitespace }
    if let match = text.wholeMatch(of: /([0-9]{1,3})(m|min|minutes)?/) { return Int(match.1) }
    if let match = text.wholeMatch(of: /([0-9]{1,2})(h|hours?)/) { return Int(match.1).map { $0 * 60 } }
    if let match = text.wholeMatch(of: /([0-9]{1,2}):([0-5][0-9])h?/), let hours = Int(match.1),
      let rest = Int(match.2)
    {
      return hours * 60 + rest
    }
    return nil
  }

  /// `3m`, `90s`, `2`.
  static func seconds(in text: String) -> Int? {
    let text = text.lowercased().filter { !$0.isWhitespace }
    if let match = text.wholeMatch(of: /([0-9]{1,4})(s|sec|seconds)/) { return Int(match.1) }
    return minutes(in: text).map { $0 * 60 }
  }

  /// A line at half, at one minute, at the end.
  func setTimer(_ text: String?) throws(Exit) {
    guard let text else {
      let state = workshop.state
      return try say(
        "It is \(environment.localTime(environment.now())): \(WorkshopScreens.minutes(state.spentSeconds)) spent, "
          + "\(WorkshopScreens.minutes(state.minutes * 60 - state.spentSeconds)) left. `time 3m` says when three minutes are over."
      )
    }
    if ["off", "stop", "0"].contains(text.lowercased()) {
      console.remind([])
      return try say("No time runs.")
    }
    guard let seconds = Self.seconds(in: text), (1...7200).contains(seconds) else {
      return try say("“\(text)” is no time; 3m are three minutes, 90s ninety seconds.")
    }
    var reminders: [(after: Int, text: String)] = []
    if seconds >= 120 { reminders.append((seconds / 2, "Half of the time is over.")) }
    if seconds > 90 { reminders.append((seconds - 60, "One minute is left.")) }
    reminders.append((seconds, "Time is over."))
    console.remind(reminders)
    try say("\(WorkshopScreens.clock(seconds)) from now.")
  }

  /// Comes back with what was decided so far.
  func pause(_ text: String?) throws(Exit) {
    guard let minutes = Self.minutes(in: text ?? "10"), (1...240).contains(minutes) else {
      return try say("break and how many minutes: break 10.")
    }
    let back = Timestamp(secondsSince1970: environment.now().secondsSince1970 + Int64(minutes * 60))
    guard try store([], at: environment.now()) else { return }
    console.remind([(minutes * 60, "The break is over.")])
    try show([.gap, .paragraph(Words("A break until \(environment.localTime(back)).", .strong))])
    _ = try reply(to: "break (Enter ends it)> ")
    console.remind([])
    // What went by is no time of the workshop's.
    countedAt = environment.now()
    let asked = interview.scoredItems.filter { !interview.isOpen($0) }
    let settled = asked.filter { item in
      if case .level? = interview.assessment.settled[item.id]?.answer { return true }
      return false
    }
    try say(
      asked.isEmpty
        ? "Here again. Nothing is decided yet."
        : "Here again. \(counted(asked.count, "question is", "questions are")) voted on, \(settled.count) of them settled; "
          + "\(counted(interview.assessment.parked.count, "topic is", "topics are")) parked.")
    shown = nil
  }

  /// Finds so many minutes: questions that are not critical are left out, the last ones first.
  func shorten(_ text: String?) throws(Exit) {
    guard let text, let minutes = Self.minutes(in: text), minutes > 0 else {
      return try say("shorten and how many minutes must be found: shorten 15.")
    }
    let state = workshop.state
    let each = Agenda.vote(people: workshop.present.count, cards: state.cards)
    let open = interview.openItems.filter { item in
      item.scored?.critical != true && workshop.roomVotes(on: item) == 0
        && item.id != interview.current?.id
    }
    let needed = min(open.count, (minutes * 60 + each - 1) / each)
    // From areas that have most questions left, so that none is left without any.
    var left = Dictionary(grouping: interview.scoredItems.filter { !state.leftOut.contains($0.id) }) {
      $0.scored?.dimension ?? ""
    }
    .mapValues(\.count)
    var chosen: [Item] = []
    for item in open.reversed() where chosen.count < needed {
      let dimension = item.scored?.dimension ?? ""
      guard (left[dimension] ?? 0) > 1 else { continue }
      left[dimension, default: 1] -= 1
      chosen.append(item)
    }
    guard !chosen.isEmpty else {
      return try say("Only critical questions are left, or the last ones of their area.")
    }
    chosen.reverse()
    try show([
      .paragraph(
        Words(
          "These would be left out, which saves \(WorkshopScreens.minutes(chosen.count * each)):", .strong)),
      .options(chosen.map { Choice(key: $0.id, text: Screens.shortened($0.text, console.style.width - 20)) }),
    ])
    if chosen.count < (minutes * 60 + each - 1) / each {
      try say("More is not to be had: what is left is critical, or the last of its area.")
    }
    guard try askYesOrNo("Leave them out, yes or no> ") else { return }
    if try perform(.shorten(leftOut: state.leftOut.union(chosen.map(\.id)))) {
      try say(
        "Left out, \(savedWords ?? ""); the result says what was not asked. `goto` asks one all the same.")
    }
  }
}
