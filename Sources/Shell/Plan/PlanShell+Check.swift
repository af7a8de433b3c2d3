import AssessmentModel
import Planning
import Reporting

/// The five minutes of a check: what nobody has said yes to, each line in turn, figures to read.
extension PlanShell {
  func checkLines() throws(Exit) {
    let check = try current.check(on: today)
    guard !check.isEmpty else {
      return try say("There is nothing to ask today. \(try nextCheckWords())")
    }
    let count = check.nameless.count + check.toHear.count
    try show([
      .heading(1, "Check of the plan: \(subject.name)"),
      .paragraph(
        Words(
          "\(counted(count, "line", "lines").capitalizedFirst)\(check.toRead.isEmpty ? "" : " and \(counted(check.toRead.count, "figure", "figures"))"). "
            + "One word and what you have to say behind it; Enter where nobody was heard. A pasted reply is taken, too."
        )),
    ])
    var isAsked: Set<String> = []
    for line in check.nameless {
      guard try askName(line, &isAsked) else { return }
    }
    // Whoever has just said yes need not say how far they are.
    for line in check.toHear where !isAsked.contains(line.entry.id) {
      guard try hear(line, &isAsked) else { return }
    }
    for metric in check.toRead where !isAsked.contains("figure " + metric.name.nameKey) {
      guard try readFigure(metric) else { return }
    }
    guard try keep(.checked(on: today)) else { return }
    let plan = try current
    let open = plan.lines.filter { $0.isKept && $0.entry.status.isOpen }
    let nameless = open.count { !$0.entry.isNamed }
    try say(
      "Checked. \(counted(open.count, "line is", "lines are").capitalizedFirst) open"
        + (nameless == 0 ? "" : ", \(nameless) of them nobody's") + ". \(try nextCheckWords())")
  }

  private func nextCheckWords() throws(Exit) -> String {
    let plan = try current
    guard let next = plan.nextCheck else {
      return "The next thing is the next assessment, on \(withWeekday(plan.review))."
    }
    return
      "Next check on \(withWeekday(next)); `\(environment.program) plan check \(plan.assessment) --mail` writes to all for it."
  }

  /// Shows a line as the check asks for it.
  private func introduce(_ line: PlanLine) throws(Exit) {
    let entry = line.entry
    let last = stored.assessment.keptPlan.lastHeard(entry.id)
    let lines = [
      entry.firstStep.isEmpty
        ? "" : "First step\(entry.by.map { ", by \(withWeekday($0))" } ?? ""): \(entry.firstStep)",
      entry.done.isEmpty ? "" : "Done\(entry.due.map { " by \(withWeekday($0))" } ?? "") when: \(entry.done)",
      last.map { "Heard on \($0.day): \(hearingWords($0))" } ?? "",
    ].filter { !$0.isEmpty }
    try show([
      .gap,
      .paragraph(
        Words("\(line.number). \(entry.title)", .strong) + Words(entry.isNamed ? " – \(entry.owner)" : "")),
      .bullets(lines.map { Words($0) }),
    ])
  }

  /// False where somebody left, or nothing could be stored.
  private func askName(_ line: PlanLine, _ asked: inout Set<String>) throws(Exit) -> Bool {
    try introduce(line)
    let former = line.entry.formerOwners.last.map { "\($0.name) saw to it until \($0.until). " } ?? ""
    while true {
      guard
        let text = try readText(
          "\(former)Nobody has said yes. Who does, a name; dropped gives it up, Enter leaves it",
          staying: Self.staying)
      else { return false }
      asked.insert(line.entry.id)
      if text.isEmpty { return true }
      if try takePasted(text, &asked) { return true }
      if let reading = HearingReading(text) { return try take(reading, of: line) }
      guard let name = try personName(text) else { continue }
      if name.isEmpty { return true }
      var entry = line.entry
      entry.owner = name
      if try !keep(try current.keeping([entry])) { return false }
      try say("\(name) says yes to it.")
      return true
    }
  }

  /// What became of one line. False where somebody left, or nothing could be stored.
  private func hear(_ line: PlanLine, _ asked: inout Set<String>) throws(Exit) -> Bool {
    try introduce(line)
    let times = stored.assessment.keptPlan.timesNotHeard(line.entry.id)
    while true {
      guard let text = try readText("done, doing, stuck, dropped; Enter: not heard", staying: ["redo"]) else {
        return false
      }
      asked.insert(line.entry.id)
      switch text.lowercased() {
      case "back", "redo": continue
      case "undo":
        try undo(redo: false)
        continue
      case "help", "?":
        try say(
          "done 18 of 20 cases kept it; doing half of the list is there; stuck no van until May; dropped, it has no use; Enter where nobody was heard."
        )
        continue
      case "":
        guard try keep(.heard(Hearing(entry: line.entry.id, answer: .notHeard, day: today))) else {
          return false
        }
        return times + 1 < 2 ? true : try offerWayOut(line, times: times + 1)
      default:
        if try takePasted(text, &asked) { return true }
        guard let reading = HearingReading(text) else {
          try say("“\(text)” begins with none of done, doing, stuck and dropped.")
          continue
        }
        return try take(reading, of: line)
      }
    }
  }

  /// Whoever was not heard twice gets a smaller step, or the promise another name.
  private func offerWayOut(_ line: PlanLine, times: Int) throws(Exit) -> Bool {
    try say(
      "\(line.entry.owner) was not heard \(times == 2 ? "twice" : "\(spelled(times)) times") in a row. A new name, a smaller step, or dropped?"
    )
    while true {
      guard let text = try readText("name WHO, step WHAT, dropped; Enter leaves it", staying: Self.staying)
      else { return false }
      if text.isEmpty { return true }
      let words = text.split(separator: " ", maxSplits: 1).map(String.init)
      var entry = line.entry
      switch (words[0].lowercased(), words.dropFirst().first) {
      case ("name", let name?):
        guard let name = try personName(name) else { continue }
        if entry.isNamed { entry.formerOwners.append(.init(name: entry.owner, until: today)) }
        entry.owner = name
      case ("step", let step?):
        entry.firstStep = step
        entry.by = firstStepDue(from: today, besides: try current.lines.compactMap(\.entry.by))
        try say("By \(entry.by.map(withWeekday) ?? ""), then.")
      default:
        if let reading = HearingReading(text), reading.answer == .dropped {
          return try take(reading, of: line)
        }
        try say("“\(text)” can't be used here: name Ben, step Ask one customer, dropped, or Enter.")
        continue
      }
      return try keep(try current.keeping([entry]))
    }
  }

  /// Takes what was said of a line, and asks what belongs to it: what shows it, what blocks. False where somebody left, or
  /// nothing could be stored.
  func take(_ reading: HearingReading, of line: PlanLine) throws(Exit) -> Bool {
    var (shown, blocks, helps) = ("", "", "")
    var helpsBy: Day?
    switch reading.answer {
    case .done:
      shown = reading.words
      if shown.isEmpty {
        let wanted = line.entry.done.isEmpty ? "" : "It is done when: \(line.entry.done) "
        guard let text = try readText("\(wanted)What shows it (Enter: nothing shown)", staying: Self.staying)
        else { return false }
        shown = YesOrNo(text) == nil ? text : ""
      }
    case .stuck:
      blocks = reading.words
      if blocks.isEmpty {
        guard let text = try readText("What blocks it", staying: Self.staying) else { return false }
        blocks = text
      }
      guard let who = try readText("Who helps, a name (Enter: nobody yet)", staying: Self.staying) else {
        return false
      }
      helps = who.isEmpty ? "" : try personName(who) ?? ""
      if !helps.isEmpty {
        guard let day = try readDay("By when", nil) else { return false }
        helpsBy = day
      }
    case .doing, .dropped, .notHeard: break
    }
    // One who says it of a line that is only proposed takes it up.
    if !line.isKept, try !keep(try current.keeping([line.entry])) { return false }
    let hearing = Hearing(
      entry: line.entry.id, answer: reading.answer, day: today, from: line.entry.owner, words: reading.words,
      shown: shown, blocks: blocks, helps: helps, helpsBy: helpsBy)
    guard try keep(.heard(hearing)) else { return false }
    try say("Kept: \(hearingWords(hearing)).")
    return true
  }

  /// A pasted reply, be it one line of it: `[2]: doing half of it`. Whether it was one.
  private func takePasted(_ text: String, _ asked: inout Set<String>) throws(Exit) -> Bool {
    guard let outcome = environment.readReplies(text, try current, today) else { return false }
    for problem in outcome.problems { try say(problem.capitalizedFirst + ".") }
    guard !outcome.events.isEmpty else { return true }
    guard try keep(outcome.events) else { return true }
    for told in outcome.told { try say("Kept: \(told).") }
    asked.formUnion(outcome.asked)
    return true
  }
}
