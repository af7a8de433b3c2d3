import AssessmentModel
import Planning
import Reporting

/// Lines looked at and changed.
extension PlanShell {
  func editLines() throws(Exit) {
    try askWhatIsNotKnown()
    try showLines()
    while true {
      let line = try read("plan> ") { before in .words(before.isEmpty ? Self.words : []) }.trimmed
      if line.isEmpty {
        try showLines()
        continue
      }
      console.remember(line)
      try carryOut(line)
    }
  }

  static let words = [
    "add", "board", "capacity", "check", "figures", "help", "history", "keeper", "quit", "read", "redo",
    "undo",
  ]

  private static let help = [
    Choice(key: "3", text: "looks at line 3 and changes it; a proposed one is taken up by that"),
    Choice(key: "add …", text: "adds an action in your own words: add Walk the way of one order"),
    Choice(key: "capacity 4", text: "person-days a month that can really be freed"),
    Choice(key: "keeper Maja", text: "who keeps the plan and calls the checks"),
    Choice(key: "board", text: "what `report --format board` asks of those who decide"),
    Choice(key: "figures", text: "what is counted; figures 2 changes one, figures nps looks in the library"),
    Choice(key: "read calls 28", text: "a figure as it is today"),
    Choice(key: "check", text: "asks for each line what has become of it"),
    Choice(key: "history", text: "all that happened"), Choice(key: "undo, redo", text: "the last change"),
    Choice(key: "Enter", text: "shows the lines"), Choice(key: "quit", text: "leave; everything is saved"),
  ]

  private func carryOut(_ line: String) throws(Exit) {
    let words = line.split(separator: " ").map(String.init)
    let rest = words.dropFirst().joined(separator: " ")
    switch words[0].lowercased() {
    case "quit", "exit", "q", "done": try quit()
    case "help", "?", "h": try show([.options(Self.help)])
    case "undo": try undo(redo: false)
    case "redo": try undo(redo: true)
    case "history": try page(planHistoryReport(stored.assessment, subject))
    case "check":
      try checkLines()
      try showLines()
    case "capacity", "days": try setCapacity(rest)
    case "keeper": try setKeeper(rest)
    case "board": try setRequest()
    case "figures", "metrics", "figure", "metric": try enterFigures(rest)
    case "read": try readFigure(rest)
    case "add", "new": try add(rest)
    case "edit", "take", "line", "open":
      guard let line = try current.line(rest) else { return try say("There is no line “\(rest)”.") }
      try change(line)
    default:
      guard words.count == 1, let found = try current.line(words[0]) else {
        return try say("“\(line)” is no command and no line. A number changes one; `help` lists the rest.")
      }
      try change(found)
    }
  }

  /// What is asked once: how many days there are, and who keeps the plan.
  private func askWhatIsNotKnown() throws(Exit) {
    let plan = try current
    let asked = stored.assessment.planEvents.map(\.event)
    let hasSaid = asked.contains { if case .freed = $0 { true } else { false } }
    let hasKeeper = asked.contains { if case .entrusted = $0 { true } else { false } }
    if !hasSaid {
      try say("Two things first, asked once; Enter leaves one open.")
      try setCapacity("", guess: Double(plan.capacityDays) / 12)
    }
    if !hasKeeper { try setKeeper("") }
  }

  private func setCapacity(_ text: String, guess: Double? = nil) throws(Exit) {
    var text = text
    while true {
      if text.isEmpty {
        let enter = guess.map { "Enter: our guess of \(plain($0))" } ?? "Enter leaves it"
        guard let line = try readText("How many days a month can you really free (\(enter))")
        else { return }
        text = line
      }
      if text.isEmpty || YesOrNo(text) == .no { return }
      let reading = FigureReading(text, unit: "days")
      if let days = reading.value, (0...10_000).contains(days) {
        if try keep(.freed(daysPerMonth: days)) { try say("Kept: \(plain(days)) days a month.") }
        return
      }
      try say(reading.problem(with: text) ?? "“\(text)” can't be used here: days a month, such as 4.")
      text = ""
    }
  }

  private func setKeeper(_ text: String) throws(Exit) {
    var name = text
    if name.isEmpty {
      guard let line = try readText("Who keeps this plan and calls the checks, a name") else { return }
      name = line
    }
    if name.isEmpty { return }
    guard let name = try personName(name) else { return }
    if try keep(.entrusted(keeper: name)) {
      try say(name.isEmpty ? "Kept: nobody." : "Kept: \(name) keeps the plan and calls the checks.")
    }
  }

  /// What is asked of those who decide; Enter keeps what there is, a no takes it away. Each answer is kept at once.
  private func setRequest() throws(Exit) {
    func keep(_ change: (inout BoardRequest) -> Void) throws(Exit) {
      var request = stored.assessment.keptPlan.request
      change(&request)
      if request != stored.assessment.keptPlan.request { _ = try self.keep(.requested(request)) }
    }
    for (prompt, path) in [
      ("Who of those who decide stands for it, a name", \BoardRequest.sponsor),
      ("What money is asked for, in words", \.money), ("What would make you stop", \.stopIf),
    ] {
      let now = stored.assessment.keptPlan.request[keyPath: path]
      let enter = now.isEmpty ? "Enter leaves it open" : "Enter keeps “\(now)”, none takes it away"
      guard let line = try readText("\(prompt) (\(enter))") else { return }
      if !line.isEmpty {
        let text = YesOrNo(line) == .no || line.lowercased() == "none" ? "" : line
        try keep { $0[keyPath: path] = text }
      }
    }
    guard let day = try readDay("An answer is needed by", stored.assessment.keptPlan.request.decideBy) else {
      return
    }
    try keep { $0.decideBy = day }
    try say("Kept. `report --format board` has it.")
  }

  /// All lines with their numbers, and what each waits for.
  func showLines() throws(Exit) {
    let plan = try current
    let kept = plan.lines.filter(\.isAsked)
    let proposed = plan.lines.filter { !$0.isAsked }
    func choices(_ lines: [PlanLine]) -> Block {
      .options(
        lines.map { line in
          Choice(
            key: "\(line.number)",
            text:
              "\(line.entry.title) – \(line.entry.isNamed ? line.entry.owner : "nobody yet")\(standing(of: line.entry, on: today))"
          )
        })
    }
    var document: Document = [.heading(1, "The plan of \(subject.name)")]
    for (title, lines) in [
      ("Commitments", kept.filter(\.entry.isCommitment)), ("Actions", kept.filter { !$0.entry.isCommitment }),
    ] where !lines.isEmpty {
      document += [.paragraph(Words(title, .strong)), choices(lines)]
    }
    if !proposed.isEmpty {
      document += [.paragraph(Words("Proposed; a number takes one up", .strong)), choices(proposed)]
    }
    document.append(
      .strip(["a number", "add …", "figures", "board", "check", "history", "undo", "help", "quit"]))
    try show(document)
  }

  private func add(_ text: String) throws(Exit) {
    var title = text
    if title.isEmpty {
      guard let line = try readText("What is to be done"), !line.isEmpty else { return }
      title = line
    }
    let plan = try current
    let entry = PlanEntry(id: OwnLine.id(plan.nextOwn), isCommitment: false, title: title)
    guard try keep(plan.keeping([entry])) else { return }
    try say("Added.")
    if let line = try current.line(entry.id) { try change(line) }
  }

  // MARK: One line

  private static var texts: [(key: String, name: String, path: WritableKeyPath<PlanEntry, String>)] {
    [
      ("1", "What", \.title), ("2", "First step", \.firstStep), ("5", "Done when", \.done),
      ("6", "What you stop for it", \.stop), ("7", "What is counted", \.metric),
    ]
  }

  /// A line with all that can be changed in it, until somebody goes back.
  private func change(_ line: PlanLine) throws(Exit) {
    let id = line.entry.id
    while let line = try current.line(id) {
      var entry = line.toChange
      try show(
        [.gap, .paragraph(Words(entry.title, .strong))]
          + Self.screen(entry, proposed: try current.commitments.first { $0.entry.id == id }?.metric))
      let who = entry.isNamed ? "Enter leaves it with \(entry.owner)" : "nobody has said yes yet"
      guard
        let text = try readText("Who sees to it, a name; 1 to 10 changes a line (\(who))", staying: ["redo"])
      else {
        return
      }
      switch text.lowercased() {
      case "", "done": return
      case "1", "2", "5", "6", "7":
        guard let (_, name, path) = Self.texts.first(where: { $0.key == text }),
          let new = text == "7" ? try chooseFigure() : try readText("\(name) (Enter keeps it)"), !new.isEmpty
        else { continue }
        // What was chosen may have been added on the way.
        entry = try current.line(id)?.toChange ?? entry
        entry[keyPath: path] = new
        _ = try keep(try current.keeping([entry]))
      case "3", "4":
        let path = text == "3" ? \PlanEntry.by : \PlanEntry.due
        guard let day = try readDay(text == "3" ? "First step by" : "Done by", entry[keyPath: path]),
          day != entry[keyPath: path]
        else { continue }
        entry[keyPath: path] = day
        _ = try keep(try current.keeping([entry]))
      case "8": try changeEffort(of: entry)
      case "9": try changeStatus(of: entry)
      case "10":
        entry.isCommitment.toggle()
        if try keep(try current.keeping([entry])) {
          try say(
            entry.isCommitment ? "It is one of the commitments now." : "It is an action now, no commitment.")
        }
      default:
        guard let name = try personName(text) else { continue }
        entry.owner = name
        guard try keep(try current.keeping([entry])) else { continue }
        try say(name.isEmpty ? "Nobody sees to it now." : "\(name) sees to it.")
        // What is new lacks its days and its first step still.
        if !entry.firstStep.isEmpty, entry.due != nil { return }
      }
    }
  }

  private func changeEffort(of entry: PlanEntry) throws(Exit) {
    var entry = entry
    guard let text = try readText("How many days of work is it, by who does it"),
      !text.isEmpty
    else { return }
    let reading = FigureReading(text, unit: "days")
    guard let days = reading.value, (0...100_000).contains(days) else {
      return try say(reading.problem(with: text) ?? "Days of work, please, such as 5.")
    }
    // What is begun counts as a day.
    entry.effortDays = Int(days.rounded(.up))
    if days != days.rounded(.up) { try say("Counted as \(Int(days.rounded(.up))).") }
    _ = try keep(try current.keeping([entry]))
  }

  private func changeStatus(of entry: PlanEntry) throws(Exit) {
    guard let text = try readText("open, doing, stuck, done or dropped"), !text.isEmpty
    else { return }
    if text.lowercased() == "open" {
      var entry = entry
      (entry.status, entry.blocks, entry.helps, entry.helpsBy, entry.shown) = (.open, "", "", nil, "")
      _ = try keep(try current.keeping([entry]))
      return
    }
    guard let reading = HearingReading(text), reading.answer != .notHeard else {
      return try say("“\(text)” is none of open, doing, stuck, done and dropped.")
    }
    guard let line = try current.line(entry.id) else { return }
    _ = try take(reading, of: line)
  }

  /// - Parameter proposed: what is counted as long as the team says nothing.
  private static func screen(_ entry: PlanEntry, proposed: String?) -> Document {
    func said(_ text: String) -> String { text.isEmpty ? "not said yet" : text }
    func day(_ day: Day?) -> String { day.map(withWeekday) ?? "not said yet" }
    return [
      .options([
        Choice(key: "1", text: "What: \(entry.title)"),
        Choice(key: "2", text: "First step: \(said(entry.firstStep))"),
        Choice(key: "3", text: "First step by: \(day(entry.by))"),
        Choice(key: "4", text: "Done by: \(day(entry.due))"),
        Choice(key: "5", text: "Done when: \(said(entry.done))"),
        Choice(key: "6", text: "What you stop for it: \(said(entry.stop))"),
        Choice(
          key: "7",
          text:
            "What is counted: \(entry.metric.isEmpty ? proposed.map { "\($0) (proposed)" } ?? "not said yet" : entry.metric)"
        ),
        Choice(
          key: "8",
          text: "Days of work: \(entry.effortDays.map { "\($0)" } ?? "our guess, confirmed by nobody")"),
        Choice(
          key: "9",
          text:
            "How it stands: \(statusWords(entry))"),
        Choice(key: "10", text: entry.isCommitment ? "One of the commitments" : "An action, no commitment"),
      ])
    ]
  }
}
