import AssessmentModel
import Interview
import Reporting

/// Who is in the room: typed line by line before the first question, and who comes and goes.
extension WorkshopShell {
  func askRoster() throws(Exit) {
    try show([
      .paragraph(Words("Who is in the room?", .strong)),
      .paragraph(
        "A line for each: a name and, behind a comma, the department. Or a number, if names don't matter. Enter ends it."
      ),
    ])
    while true {
      let count = workshop.staff.count
      let line = try reply(to: count == 0 ? "name, department> " : "name, department (\(count) so far)> ")
      switch line.lowercased() {
      case "":
        if count > 0 {
          if count < 3 { try say("Two are few for a vote; it goes on all the same.") }
          return
        }
        try say("Somebody has to vote: a name and a department such as Ana, Billing, or a number.")
      case "undo", "back", "remove":
        guard let last = workshop.staff.last else { continue }
        if try perform(.dismiss(last.id)) { try say("\(last.name) is taken out again.") }
      case let words where words.hasPrefix("remove ") || words.hasPrefix("undo "):
        guard let rater = try person(String(line.drop { !$0.isWhitespace }).trimmed) else { continue }
        if try perform(.dismiss(rater.id)) { try say("\(rater.name) is taken out again.") }
      case "who", "list", "roster", "show":
        try show(WorkshopScreens.roster(workshop, questionnaire.customer))
      case "help", "?":
        try say(
          "Ana, Billing is Ana of Billing; typed again with another department, that counts. `undo` takes the last one out, "
            + "`remove Ana` Ana. 9 is nine people without names. Enter ends the list, `quit` leaves."
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
    guard !text.contains(where: { ";:/".contains($0) }), parts.count < 2 || !parts[1].contains(",") else {
      return try say("One person at a time, please: a name, a comma, the department.")
    }
    // One department, however it is spelt.
    let typed = parts.count > 1 ? parts[1] : ""
    let department = workshop.departments.first { $0.name.nameKey == typed.nameKey }?.name ?? typed
    let of = department.isEmpty ? "" : " of \(department)"
    if var known = interview.assessment.namesake(of: name, apartFrom: "") {
      if workshop.state.away.contains(known.id) { return try move(known.name, isPresent: true) }
      guard !department.isEmpty, department != known.department else {
        return try say("\(known.name) is on the list already.")
      }
      known.department = department
      if try perform(.join(known)) { try say("\(known.name)\(of), from now on.") }
      return
    }
    let isLate = workshop.hasVotes
    guard try perform(.join(nextRater(name: name, department: department))) else { return }
    guard interview.assessment.position != nil else {
      let isBare = department.isEmpty && (name.contains(" ") || !workshop.departments.isEmpty)
      return try say(
        isBare
          ? "\(name), without a department: that stands behind a comma. `undo` takes the line back."
          : "\(name)\(of).")
    }
    try say(
      "\(name)\(of) is here, and votes \(isLate ? "from the next question on" : "from the first question on"). \(WorkshopScreens.heads(workshop))"
    )
  }

  /// Somebody leaves the room, or comes back; several with commas.
  func move(_ names: String?, isPresent: Bool) throws(Exit) {
    let word = isPresent ? "back" : "away"
    guard let names else { return try say("\(word) and a name: \(word) Ana. `who` lists everybody.") }
    for name in names.split(separator: ",").map({ String($0).trimmed }) where !name.isEmpty {
      guard let rater = try person(name) else { continue }
      guard try perform(isPresent ? .comeBack(rater.id) : .leave(rater.id)) else { return }
      try say("\(rater.name) is \(isPresent ? "here again" : "away and missing from no vote").")
    }
    try say(WorkshopScreens.heads(workshop))
  }

  /// Takes a wrong name off the list, with what nobody has seen yet of its votes.
  func remove(_ name: String?) throws(Exit) {
    guard let name else { return try say("remove and a name: remove Ana takes her off the list.") }
    guard let rater = try person(name) else { return }
    let votes = workshop.unrevealed.named.keys.count { $0.rater == rater.id }
    if votes > 0 {
      try say("\(counted(votes, "answer", "answers")) that nobody has seen would go with the name.")
      guard try askYesOrNo("Take \(rater.name) off the list, yes or no> ") else { return }
    }
    if try perform(.dismiss(rater.id)) {
      try say(
        "\(rater.name) is taken off the list. \(WorkshopScreens.heads(workshop))"
      )
    }
  }

  /// Somebody by the whole name, or by its first words where nobody else has these.
  static func meant(_ name: String, among raters: [Rater]) -> Rater? {
    if let exact = raters.first(where: { $0.name.nameKey == name.nameKey }) { return exact }
    let near = raters.filter { $0.name.nameKey.hasPrefix(name.nameKey + " ") }
    return near.count == 1 ? near[0] : nil
  }

  /// Who is meant by a name, or any unambiguous beginning of it; it is said where nobody is.
  func person(_ name: String) throws(Exit) -> Rater? {
    let staff = workshop.staff
    let exact = staff.filter { $0.name.nameKey == name.nameKey }
    let near = exact.isEmpty ? staff.filter { $0.name.nameKey.hasPrefix(name.nameKey) } : exact
    if near.count == 1 { return near[0] }
    try say(
      near.isEmpty
        ? "Nobody here is called “\(name)”: \(listed(staff.map(\.name)))."
        : "Which of them: \(listed(near.map(\.name)))?")
    return nil
  }
}
