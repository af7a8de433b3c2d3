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
    // Whoever has just said yes need not say how far they are.
    let questions =
      check.nameless.map(Question.name) + check.toHear.map(Question.hear) + check.toRead.map(Question.figure)
    var isAsked: Set<String> = []
    var place = 0
    while place < questions.count {
      if isAsked.contains(questions[place].key) {
        place += 1
        continue
      }
      switch try ask(questions[place], &isAsked) {
      case .answered: place += 1
      case .again: continue
      case .back:
        guard place > 0 else {
          return try say("The check is left; what was heard is kept, and `check` goes on with the rest.")
        }
        place -= 1
        isAsked.remove(questions[place].key)
      }
    }
    guard try keep(.checked(on: today)) else { return }
    let plan = try current
    let open = plan.lines.filter { $0.isKept && $0.entry.status.isOpen }
    let nameless = open.count { !$0.entry.isNamed }
    try say(
      "Checked. \(counted(open.count, "line is", "lines are").capitalizedFirst) open"
        + (nameless == 0 ? "" : ", \(nameless) of them nobody's") + ". \(try nextCheckWords())")
  }

  /// One thing that a check asks.
  private enum Question {
    case name(PlanLine)
    case hear(PlanLine)
    case figure(Metric)

    /// What tells it from the others, as `PastedReplies.asked` has it.
    var key: String {
      switch self {
      case .name(let line), .hear(let line): line.entry.id
      case .figure(let metric): "figure \(metric.name.nameKey)"
      }
    }
  }

  private enum Course { case answered, again, back }

  private func ask(_ question: Question, _ asked: inout Set<String>) throws(Exit) -> Course {
    switch question {
    case .name(let line): try askName(try current.line(line.entry.id) ?? line, &asked)
    case .hear(let line): try hear(try current.line(line.entry.id) ?? line, &asked)
    case .figure(let metric): try readFigure(metric) ? .answered : .back
    }
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
    let plan = try current
    let last = stored.assessment.keptPlan.lastHeard(entry.id)
    func by(_ day: Day?) -> String {
      day.map { ", by \(withWeekday($0))\($0 < today ? " (gone by)" : "")" } ?? ""
    }
    let lines =
      plan.steps(of: entry).enumerated().filter { !$0.element.text.isEmpty }.map { place, step in
        "\(place == 0 ? "First step" : "Then")\(by(step.day)): \(step.text)"
      }
      + [
        entry.done.isEmpty
          ? ""
          : "Done\(entry.due.map { " by \(withWeekday($0))\($0 < today ? " (OVERDUE)" : "")" } ?? "") when: \(entry.done)",
        last.map { "Heard on \($0.day): \(hearingWords($0))" } ?? "",
      ].filter { !$0.isEmpty }
    try show([
      .gap,
      .paragraph(
        Words("\(line.number). \(entry.title)", .strong) + Words(entry.isNamed ? " – \(entry.owner)" : "")),
      .bullets(lines.map { Words($0) }),
    ])
  }

  /// Who says yes to a line that nobody sees to, and until when.
  private func askName(_ line: PlanLine, _ asked: inout Set<String>) throws(Exit) -> Course {
    try introduce(line)
    let former = line.entry.formerOwners.last.map { "\($0.name) saw to it until \($0.until). " } ?? ""
    while true {
      guard
        let text = try readText(
          "\(former)Nobody has said yes. Who does, a name; dropped gives it up, Enter leaves it")
      else { return .back }
      if text.isEmpty {
        asked.insert(line.entry.id)
        return .answered
      }
      switch try takePasted(text, &asked) {
      case nil: break
      case let course?: return asked.contains(line.entry.id) ? course : .again
      }
      if let reading = HearingReading(text) {
        guard try take(reading, of: line) else { return .again }
        asked.insert(line.entry.id)
        return .answered
      }
      guard let name = try personName(text) else { continue }
      asked.insert(line.entry.id)
      if name.isEmpty { return .answered }
      var entry = line.toChange
      entry.owner = name
      // A day that has gone by is no promise.
      if let due = line.entry.due, due < today {
        guard let day = try readDay("Done by; \(withWeekday(due)) has gone by", nil) else { return .again }
        entry.due = day ?? due
      }
      guard try keep(try current.keeping([entry])) else { return .again }
      try say(
        "\(name) says yes to it\((entry.due ?? line.entry.due).map { ", by \(withWeekday($0))" } ?? "").")
      return .answered
    }
  }

  /// What became of one line.
  private func hear(_ line: PlanLine, _ asked: inout Set<String>) throws(Exit) -> Course {
    try introduce(line)
    let times = stored.assessment.keptPlan.timesNotHeard(line.entry.id)
    while true {
      guard let text = try readText("done, doing, stuck, dropped; Enter: not heard") else { return .back }
      if text.isEmpty {
        asked.insert(line.entry.id)
        let hearing = Hearing(entry: line.entry.id, answer: .notHeard, day: today)
        guard try keep(try takingUp(line) + [.heard([hearing])]) else { return .again }
        if times + 1 >= 2 { try offerWayOut(line, times: times + 1) }
        return .answered
      }
      switch try takePasted(text, &asked) {
      case nil: break
      case let course?: return asked.contains(line.entry.id) ? course : .again
      }
      guard let reading = HearingReading(text) else {
        try say(
          "“\(text.prefix(60))” begins with none of done, doing, stuck and dropped, such as: doing, half of the list is there."
        )
        continue
      }
      guard try take(reading, of: line) else { return .again }
      asked.insert(line.entry.id)
      return .answered
    }
  }

  /// Whoever was not heard twice gets a smaller step, or the promise another name.
  private func offerWayOut(_ line: PlanLine, times: Int) throws(Exit) {
    try say(
      "\(line.entry.owner) was not heard \(times == 2 ? "twice" : "\(spelled(times)) times") in a row. A new name, a smaller step, or dropped?"
    )
    while true {
      guard let text = try readText("name WHO, step WHAT, dropped; Enter leaves it"), !text.isEmpty else {
        return
      }
      let words = text.split(separator: " ", maxSplits: 1).map(String.init)
      var entry = line.toChange
      var told = ""
      switch (words[0].lowercased(), words.dropFirst().first) {
      case ("name", let name?):
        guard let name = try personName(name) else { continue }
        if entry.isNamed { entry.formerOwners.append(.init(name: entry.owner, until: today)) }
        entry.owner = name
        told = name.isEmpty ? "Nobody sees to it now." : "\(name) sees to it now."
      case ("step", let step?):
        entry.firstStep = step
        entry.by = firstStepDue(from: today, besides: try current.lines.compactMap(\.entry.by))
        told = "By \(entry.by.map(withWeekday) ?? ""), then."
      default:
        if let reading = HearingReading(text), reading.answer == .dropped {
          _ = try take(reading, of: line)
          return
        }
        try say(
          "“\(text.prefix(60))” can't be used here: name Ben, step Ask one customer, dropped, or Enter.")
        continue
      }
      if try keep(try current.keeping([entry])) { try say(told) }
      return
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
        guard let text = try readText("\(wanted)What shows it (Enter: nothing shown)")
        else { return false }
        shown = YesOrNo(text) == nil ? text : ""
      }
    case .stuck:
      blocks = reading.words
      if blocks.isEmpty {
        guard let text = try readText("What blocks it") else { return false }
        blocks = text
      }
      guard let who = try readText("Who helps, a name (Enter: nobody yet)") else {
        return false
      }
      helps = who.isEmpty ? "" : try personName(who) ?? ""
      if !helps.isEmpty {
        guard let day = try readDay("By when", nil) else { return false }
        helpsBy = day
      }
    case .doing, .dropped, .notHeard: break
    }
    let hearing = Hearing(
      entry: line.entry.id, answer: reading.answer, day: today, from: line.entry.owner, words: reading.words,
      shown: shown, blocks: blocks, helps: helps, helpsBy: helpsBy)
    guard try keep(try takingUp(line) + [.heard([hearing])]) else { return false }
    try say("Kept: \(hearingWords(hearing)).")
    return true
  }

  /// One who says something of a line that is only proposed takes it up.
  private func takingUp(_ line: PlanLine) throws(Exit) -> [PlanEvent] {
    let plan = try current
    return plan.kept.entry(line.entry.id) == nil ? [plan.keeping([line.entry])] : []
  }

  /// A pasted reply, be it one line of it: `[2]: doing half of it`; nil where it is none. What could not be read is asked
  /// again.
  private func takePasted(_ text: String, _ asked: inout Set<String>) throws(Exit) -> Course? {
    guard let outcome = environment.readReplies(text, try current, today) else { return nil }
    for problem in outcome.problems { try say(sentence(problem.capitalizedFirst)) }
    guard !outcome.events.isEmpty else { return .again }
    guard try keep(outcome.events) else { return .again }
    for told in outcome.told { try say("Kept: \(told)") }
    asked.formUnion(outcome.asked)
    return .answered
  }
}
