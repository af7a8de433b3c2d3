import AssessmentModel
import Reporting

/// What a commitment still lacks: a name, a first step, its day.
extension SessionShell {
  /// Asks for what the commitments still lack. They are stored before it and after every line, so that
  /// leaving in between keeps what there is. False when somebody went back to the questions instead.
  func fillIn(_ commitments: [Commitment]) throws(Exit) -> Bool {
    var commitments = commitments
    guard try perform(.commit(commitments)) else { return false }
    for index in commitments.indices
    where !commitments[index].isNamed || commitments[index].firstStep.isEmpty {
      let isFilled = try fillIn(commitments[index]) { (changed) throws(Exit) in
        commitments[index] = changed
        return try self.perform(.commit(commitments))
      }
      guard isFilled else { return false }
    }
    try say(
      commitments.isEmpty
        ? "No commitments, then."
        : "\(counted(commitments.count, "commitment", "commitments")) saved "
          + "\(environment.localTime(environment.now())).")
    return true
  }

  /// Nothing here is an answer to a question, so nothing of a question is taken back, and no step is one to another.
  static let staying = ["undo", "redo", "back"]

  private static var lines: [(name: String, path: WritableKeyPath<Commitment, String>)] {
    [
      ("First step", \.firstStep), ("Done when", \.done), ("What you stop for it", \.stop),
    ]
  }

  /// The lines of a commitment, any of them anew, and a name. False when somebody went back to the
  /// questions instead, or nothing could be stored.
  func fillIn(
    _ commitment: Commitment, store: (Commitment) throws(Exit) -> Bool
  ) throws(Exit) -> Bool {
    var filled = commitment
    try show([.gap, .paragraph(Words(commitment.title, .strong))])
    if filled.firstStep.isEmpty {
      guard let step = try readText("What comes first, by \(withWeekday(filled.by))", staying: Self.staying)
      else { return false }
      filled.firstStep = YesOrNo(step) == nil ? step : ""
      guard try store(filled) else { return false }
      if filled.done.isEmpty {
        guard
          let done = try readText("What shows that it is done (Enter leaves it out)", staying: Self.staying)
        else {
          return false
        }
        filled.done = YesOrNo(done) == nil ? done : ""
        if !filled.done.isEmpty, try !store(filled) { return false }
      }
    }
    let isNamed = commitment.isNamed
    let mine =
      isNamed ? commitment.owner : interview.rater.flatMap { interview.assessment.rater($0) }?.name ?? ""
    while true {
      try show(Self.screen(filled))
      let prompt =
        mine.isEmpty
        ? "Who sees to it and says yes, a name; 1 to 5 changes a line"
        : "Who sees to it and says yes, Enter for \(mine); 1 to 5 changes a line"
      guard var answer = try readText(prompt, staying: Self.staying) else { return false }
      // A yes takes the name that is offered; neither is a name.
      if let said = YesOrNo(answer) {
        answer = said == .yes ? mine : ""
        if said == .yes, mine.isEmpty {
          try say("Who, then? A name; Enter leaves it open.")
          continue
        }
        if said == .no, !mine.isEmpty {
          try say("Who, then? A name that others can ask.")
          continue
        }
      }
      if ["i", "me", "myself"].contains(answer.lowercased()) {
        try say("Others will read the plan: your name, please.")
        continue
      }
      if answer.split(separator: " ").count > 5 || answer.last == "." {
        try say("“\(answer)” is no name that others can ask. Who sees to it?")
        continue
      }
      switch Int(answer) {
      case nil:
        filled.owner = answer.isEmpty ? (mine.isEmpty ? Commitment.nobody : mine) : try owner(answer)
        if filled.owner == Commitment.nobody { try say("Nobody is named yet; the plan says so.") }
        return try store(filled)
      case 4?: guard try changeDay(of: &filled, isDue: false, store: store) else { return false }
      case 5?: guard try changeDay(of: &filled, isDue: true, store: store) else { return false }
      case let number? where (1...Self.lines.count).contains(number):
        let (name, path) = Self.lines[number - 1]
        // The line is empty: people type behind what stands in it.
        guard let text = try readText("\(name) (Enter keeps it)", staying: Self.staying) else { return false }
        if text.isEmpty || YesOrNo(text) != nil { continue }
        filled[keyPath: path] = text
        guard try store(filled) else { return false }
      default: try say("“\(answer)” can't be used here: a name, 1 to 5, or Enter.")
      }
    }
  }

  /// False when somebody went back to the questions instead, or nothing could be stored.
  private func changeDay(
    of commitment: inout Commitment, isDue: Bool, store: (Commitment) throws(Exit) -> Bool
  ) throws(Exit) -> Bool {
    let present = isDue ? commitment.due : commitment.by
    guard let day = try readDay(isDue ? "Done by" : "First step by", present) else { return false }
    if day == present { return true }
    if isDue { commitment.due = day } else { commitment.by = day ?? commitment.by }
    return try store(commitment)
  }

  /// Asks for a day to come, and shows with its weekday what was read before it counts; nil when somebody went
  /// elsewhere.
  ///
  /// - Parameter present: what Enter keeps.
  func readDay(_ what: String, _ present: Day?) throws(Exit) -> Day?? {
    var day = present
    while true {
      let prompt =
        day == present
        ? "\(what) (Enter keeps \(present.map(withWeekday) ?? "it open"))"
        : "That is \(day.map(withWeekday) ?? ""): Enter keeps it, or another day"
      guard let text = try readText(prompt, staying: Self.staying) else { return nil }
      guard !text.isEmpty, YesOrNo(text) != .yes else { return .some(day) }
      let reading = DayReading(text, today: environment.today(), lies: .ahead)
      if let read = reading.value {
        day = read
      } else {
        try say(reading.problem(with: text, lies: .ahead) ?? "")
      }
    }
  }

  private static func screen(_ commitment: Commitment) -> Document {
    let texts = lines.enumerated().map { index, line in
      let text = commitment[keyPath: line.path]
      return Choice(key: "\(index + 1)", text: "\(line.name): \(text.isEmpty ? "not said yet" : text)")
    }
    let days = [
      Choice(key: "4", text: "First step by: \(withWeekday(commitment.by))"),
      Choice(key: "5", text: "Done by: \(commitment.due.map(withWeekday) ?? "the plan proposes a day")"),
    ]
    return [.options(texts + days)]
  }
}
