import AssessmentModel
import Interview
import Reporting

/// What a typed command does.
extension InterviewShell {
  func handle(_ command: Command, at item: Item?) throws(Exit) {
    switch command {
    case .move(let move): try handle(move, at: item)
    case .again:
      // An empty line never answers; it keeps what is answered already, and confirms what is shown as taken over.
      if let item, interview.response(to: item).isToConfirm {
        _ = try handle(.confirm, at: item)
        return
      }
      if let item, !interview.isOpen(item) {
        _ = try handle(.next, at: item)
        return
      }
      shown = nil
    case .askNote:
      guard let item else { return }
      if case .text(let note) = try ask("note", initial: interview.response(to: item).note ?? "") {
        try handle(.note(note), at: item)
      }
    case .askEvidence: if let item { try askEvidence(of: item) }
    case .help:
      try page(Screens.help(item, questionnaire.customer))
      // What was long has pushed the question off the screen.
      shown = nil
    case .unknown(let text): try refuse(text, at: item)
    case .askTopic, .edit, .deepen, .set, .why, .probe, .review, .progress, .result, .explain, .parked,
      .finish,
      .quit:
      try look(command, at: item)
    }
  }

  private func refuse(_ text: String, at item: Item?) throws(Exit) {
    giveBack(text.trimmed)
    let expected: String
    switch item?.scored?.form {
    case .level:
      let levels = item.flatMap { questionnaire.levels(of: $0) } ?? []
      expected = "the number of an answer, \(levels.map(String.init).joined(separator: ", ")), or a command"
    case .bipolar: expected = "a letter from a to e, or a command"
    case nil: expected = "a command"
    }
    let head = text.trimmed.prefix { !$0.isWhitespace }.lowercased()
    let near = nearestName(to: head, among: Command.all)
    let hint =
      near.map { $0 == head ? " \($0) is used otherwise." : " Did you mean \($0)?" } ?? ""
    let mend = rejected.isEmpty ? "" : " It stands in the line again; Ctrl-U empties it."
    try say("“\(text.trimmed)” can't be used here. Expected \(expected).\(hint) `help` lists them.\(mend)")
  }

  /// A critical item answered 3 or 4 counts as a step only with evidence; it is asked for once.
  func askEvidence(of item: Item, level: Int) throws(Exit) {
    guard let scored = item.scored, scored.critical, scored.oriented(level) >= 3,
      interview.response(to: item).evidence == nil, askedEvidence.insert(item.id).inserted
    else { return }
    try say("\(item.id): \(level) is saved.")
    try askEvidence(of: item)
  }

  private func askEvidence(of item: Item) throws(Exit) {
    let line = try askEvidence(of: item) { (grade, note) throws(Exit) in
      try self.perform(.evidence(grade, note: note), on: item)
    }
    guard let command = line.map({ Command($0, at: nil) }) else { return }
    // What is said here is said of this question, also where the session stands at the next one.
    if case .move(.back) = command {
      _ = try handle(.go(to: item.id), at: item)
      return
    }
    try handle(command, at: item)
  }
}
