import AssessmentModel
import Interview
import Planning
import Reporting

extension SessionShell {
  /// The result, three commitments, what describes the organisation, and the plan in a file. False
  /// when there is no verdict yet: the first question to answer is opened instead.
  func finish() throws(Exit) -> Bool {
    guard try prepareResult() else { return false }
    hasSeenResult = true
    try page(resultReport(subject, passesOn: false))
    guard subject.scorecard.verdict.orientation != nil else {
      let leftOut = interview.assessment.workshop?.leftOut ?? []
      let wanted = subject.scorecard.answerFirst
      if let first = wanted.first(where: { !leftOut.contains($0) }) ?? wanted.first {
        _ = try perform(.go(to: first))
      }
      return false
    }
    guard try lookAtResult() else { return false }
    // What decides whom the proposals name is asked before them, whatever the scope.
    let sources = library(questionnaire)?.small?.sources ?? []
    let sizing = questionnaire.items.filter { item in
      item.scored == nil && sources.contains(item.id)
        && !interview.assessment.hiddenItems(in: questionnaire).contains(item.id)
    }
    func closing(profile: Bool) -> [Item] {
      interview.closing.filter { item in
        item.isProfile == profile && !sizing.contains { $0.id == item.id }
      }
    }
    guard try ask({ closing(profile: false) }), try ask({ sizing }, under: "So that proposals fit"),
      try commit(), try ask({ closing(profile: true) })
    else { return false }
    let now = environment.now()
    if interview.assessment.finishedAt == nil {
      guard
        try store([.visited(item: Interview.end), .finished(at: now)], unrevealed: leftovers, at: now)
      else { return false }
    }
    try offerPlan()
    return true
  }

  private func commit() throws(Exit) -> Bool {
    try prepareCommitments()
    repeat {
      guard try chooseCommitments() else { return false }
    } while try !closeCommitments()
    return true
  }

  /// Asks what is open of the closing questions; `back` leads to the one before. False when somebody went
  /// back to the questions instead.
  ///
  /// - Parameters:
  ///   - items: The questions by now: an answer may bring another one, as “another field” does.
  ///   - heading: what stands above the questions; where they are among the others where it is nil.
  private func ask(_ items: () -> [Item], under heading: String? = nil) throws(Exit) -> Bool {
    isFinishing = true
    defer { isFinishing = false }
    var done: Set<String> = []
    while let item = items().first(where: { !done.contains($0.id) }) {
      if interview.isOpen(item) || interview.current?.id == item.id {
        guard try perform(.go(to: item.id)) else { return false }
        try show(Screens.question(item, interview, saved: savedWords, under: heading))
        try enterRecord(item)
        if let current = interview.current {
          // Somebody went back, or elsewhere among them: on from there.
          let order = items().map(\.id)
          guard let place = order.firstIndex(of: current.id) else { return false }
          done = Set(order[..<place])
          continue
        }
      }
      done.insert(item.id)
    }
    return true
  }

  /// The result stays on the screen until somebody has read it. False when somebody goes back to the
  /// questions instead.
  private func lookAtResult() throws(Exit) -> Bool {
    while true {
      let line = try read("Enter goes on, back changes answers, explain tells more> ").trimmed
      if line.isEmpty || line.lowercased() == "finish" { return true }
      if try carryOut(atResult: line) { return false }
    }
  }

  // MARK: The plan's file

  /// Offers the plan as a file, and writes it on a yes.
  private func offerPlan() throws(Exit) {
    guard let plan = plan() else { return }
    try say("The plan, for any word processor:")
    try showPath(planFileName)
    var path = planFileName
    asking: while true {
      let answer = try read("Write it? yes, no, or another name> ").trimmed
      switch YesOrNo(answer) {
      case .no,
        nil where ["skip", "quit", "q"].contains(answer.lowercased()):
        try say("Not written. `\(environment.program) plan last -o plan.md` does it later.")
        break asking
      case .yes: break
      case nil:
        guard answer.contains(".") || answer.contains("/") else {
          try say("yes, no, or a file's name such as plan.md.")
          continue
        }
        path = homePath(answer)
      }
      guard try decideWhatGoesOut() else {
        try say("Not written.")
        break asking
      }
      let text = markdownText(
        planReport(plan, outgoingSubject, last: environment.lastPlan(interview.assessment)))
      do {
        let written = try environment.writeFile(path, text)
        try say("Written:")
        try showPath(written)
        break
      } catch {
        try say("\(error) Another name may do; no leaves it.")
      }
    }
    if !plan.commitments.isEmpty, let check = plan.calendar.days.first {
      try say("Look at your commitments again on \(withWeekday(check)).")
    }
    try say(
      "`\(environment.program) report` writes all of it as a page; with `--format page`, `board` or `mail` a sheet for the wall, a page for those who decide, a text for colleagues."
    )
  }

  /// In one piece, however long, so that it can be copied.
  private func showPath(_ path: String) throws(Exit) {
    do throws(ConsoleError) {
      try console.write("\(path.harmless)\n")
    } catch {
      throw .console(error)
    }
  }

  private var planFileName: String {
    let name = subject.assessment.organization.lowercased().map { character -> Character in
      character.isLetter || character.isNumber ? character : "-"
    }
    let squeezed = String(name).split(separator: "-").joined(separator: "-").prefix(40)
    let middle = squeezed.isEmpty ? "" : "\(squeezed)-"
    return "outside-in-plan-\(middle)\(environment.today()).md"
  }
}
