import AssessmentModel
import Interview
import Reporting
import Scoring
import Storage

/// What both shells understand: looking at something, texts in an editor, names, and the way to the end.
extension SessionShell {
  /// Carries out a command that is the same alone and in a group.
  func look(_ command: Command, at item: Item?) throws(Exit) {
    switch command {
    case .askTopic:
      if case .text(let topic) = try ask("park") { try handle(.park(topic), at: item) }
    case .edit: try edit(item)
    case .deepen(let area): try deepen(area)
    case .set(let words): try set(words)
    case .why: try show([.paragraph(Words(item?.why ?? "There is nothing to say here."))])
    case .probe:
      var document: Document = []
      if let probe = item?.probe { document.append(.paragraph(Words(probe))) }
      if let evidence = item?.evidence {
        document.append(.paragraph(Words("Evidence: ", .faint) + Words(evidence)))
      }
      try show(document.isEmpty ? [.paragraph("There is nothing to ask here.")] : document)
    case .review(let filter):
      try page(Screens.review(interview, filter: filter))
      shown = nil
    case .progress: try show(Screens.progress(interview))
    case .result:
      let isOpen = interview.scoredItems.contains(where: interview.isOpen)
      try page(resultReport(subject, provisional: isOpen))
      shown = nil
    case .explain(let name):
      try explain(name)
      shown = nil
    case .parked:
      let parked = interview.assessment.parked
      try show(
        parked.isEmpty ? [.paragraph("Nothing is parked.")] : [.bullets(parked.map { Words($0) })])
    case .finish: if try finish() { throw .finished }
    case .quit: try quit()
    case .move, .again, .askNote, .askEvidence, .help, .unknown: break
    }
  }

  private func explain(_ name: String?) throws(Exit) {
    let subject = self.subject
    guard let name else { return try page(explainReport(subject)) }
    if questionnaire.item(name) != nil {
      try page(explainReport(subject, item: name))
    } else if let area = questionnaire.dimension(meant: name) {
      try page(explainReport(subject, dimension: area.id))
    } else {
      let names = questionnaire.dimensions.map(\.id) + questionnaire.items.map(\.id)
      try say(sentence("There is no question or area \"\(name)\"" + suggestion(for: name, among: names)))
    }
  }

  /// The note of a question, or a text that is asked for, in the user's editor. What can't be kept is
  /// there again the next time.
  private func edit(_ item: Item?) throws(Exit) {
    guard let item else { return try say("There is nothing to edit here.") }
    let isText: Bool
    let before: String
    switch item.record {
    case .text:
      isText = true
      if case .text(let text) = interview.response(to: item).value { before = text } else { before = "" }
    case nil, .choice, .number, .expectations, .moments, .metrics, .raise:
      isText = false
      before = interview.response(to: item).note ?? ""
    }
    let draft = unkept[item.id] ?? before
    switch console.edit(draft, named: "\(interview.assessment.id)-\(item.id)") {
    case .failed(let why, let kept):
      unkept[item.id] = kept ?? unkept[item.id]
      try say(kept == nil ? why : why + " What it had saved is kept; `edit` opens it again.")
    case .text(let edited):
      let text = edited.trimmed
      guard text != before else { return try say("Nothing was changed.") }
      unkept[item.id] = text
      guard try perform(isText ? (text.isEmpty ? .clear : .record(.text(text))) : .note(text)) else {
        return try say("`edit` opens it again.")
      }
      unkept[item.id] = nil
      try say("\(isText ? "Kept" : "Note kept"), \(savedWords ?? "").")
    }
  }

  /// Without an area: which there are, the weakest first, and how many questions more each has.
  private func deepen(_ area: String?) throws(Exit) {
    if let area {
      _ = try handle(.deepen(area), at: interview.current)
      return
    }
    let card = score(interview.assessment, with: questionnaire)
    let areas = card.dimensions.filter { !interview.deeper($0.id).isEmpty }
      .sorted { $0.score ?? 101 < $1.score ?? 101 }
    guard !areas.isEmpty else { return try say("All questions are asked already.") }
    try show([
      .paragraph(
        "Which area? `deepen` and its name ask all its questions, `deepen all` everything; nothing is asked twice."
      ),
      .options(
        areas.map { row in
          let title = questionnaire.dimension(row.id)?.title ?? row.id
          let score = row.score.map { ", \(decimal($0)) of 100" } ?? ""
          return Choice(
            key: row.id,
            text: "\(title): \(counted(interview.deeper(row.id).count, "question", "questions")) more\(score)"
          )
        }),
    ])
  }

  private func set(_ words: String?) throws(Exit) {
    let assessment = interview.assessment
    let myself = interview.rater.flatMap { assessment.rater($0) } ?? Rater(id: "")
    let field = (words ?? "").prefix { !$0.isWhitespace }.lowercased()
    let value = String((words ?? "").dropFirst(field.count)).trimmed
    let name = value == "-" ? "" : value
    let customer = questionnaire.customer
    if ["customers", "customer", customer.many, customer.one].contains(field), !value.isEmpty {
      return try setCustomers(value)
    }
    let move: Move?
    switch field {
    case "organization", "organisation": move = .name(organization: name, team: assessment.team)
    case "team": move = .name(organization: assessment.organization, team: name)
    case "name" where interview.rater != nil: move = .introduce(name: name, department: myself.department)
    case "department" where interview.rater != nil: move = .introduce(name: myself.name, department: name)
    default: move = nil
    }
    if let move, !value.isEmpty {
      _ = try handle(move, at: interview.current)
      return
    }
    let mine = interview.rater == nil ? [] : [("name", myself.name), ("department", myself.department)]
    let known =
      [("organization", assessment.organization), ("team", assessment.team)] + mine
      + [(customer.many, "one of them is called \(customer.aOne)")]
    try show([
      .options(known.map { Choice(key: $0, text: $1.isEmpty ? "not said" : $1) }),
      .paragraph(
        Words(
          "`set organization Acme` changes it, and in the same way the others; - for the name empties it. "
            + "`set \(customer.many) guest` calls them otherwise, until the first answer; `set \(customer.many) "
            + "child:children` says the plural, too.")),
    ])
  }

  /// Asks the same in another word for customers, as long as nobody has answered.
  private func setCustomers(_ text: String) throws(Exit) {
    let word: CustomerWord
    do throws(CustomerWordProblem) {
      word = try CustomerWord(typed: text)
    } catch {
      return try say(error.message)
    }
    if !text.contains(":"), let one = English.singular(of: word.one) {
      return try say(
        "“\(word.one)” looks like several of them: `set customers \(one)` names one. Where it is one all the same, "
          + "give the plural, too: `set customers \(word.one):\(word.many)`.")
    }
    let hasAnswers =
      interview.assessment.responses.contains { $0.answer != .open } || !interview.assessment.tallies.isEmpty
      || stored.unrevealed != UnrevealedVotes()
    guard !hasAnswers else {
      return try say(
        "The word stays \(questionnaire.customer.one): it can be changed until the first answer only (`undo` takes one back)."
      )
    }
    guard
      let reworded = environment.inWords(word, interview.assessment.questionnaire, questionnaire)
    else {
      return try say(
        "The word stays \(questionnaire.customer.one): the text of this questionnaire is not here.")
    }
    while true {
      do throws(StoreError) {
        stored = try store.reword(stored, as: reworded.reference, reworded.stored)
        break
      } catch {
        try say("NOT SAVED. \(error.errorDescription ?? "")")
        guard try wantsAnotherTry() else { return }
      }
    }
    interview = Interview(
      questionnaire: reworded.questionnaire, rater: interview.rater, session: stored.session)
    savedAt = environment.now()
    shown = nil
    try say("From here on: \(word.aOne), \(word.many). Kept, \(savedWords ?? "").")
  }

  /// Asks what shows an answer, and keeps it; the command that was typed instead, if one was.
  func askEvidence(
    of item: Item, keep: (Response.Evidence, String?) throws(Exit) -> Bool
  ) throws(Exit) -> String? {
    try show([
      .paragraph(
        "What shows it? One of these words and, if you like, a few more; Enter leaves it out. For step 3 or 4 of its "
          + "area this answer needs a document or a figure."),
      .options([
        Choice(key: "none", text: "nothing that somebody else could look at"),
        Choice(key: "anecdote", text: "a case that somebody remembers"),
        Choice(key: "document", text: "it is written down somewhere"),
        Choice(key: "measured", text: "there is a figure"),
      ]),
    ])
    var initial = ""
    while true {
      let line = try read(
        "\(item.id) evidence> ", initial: initial,
        complete: { before in
          .words(before.isEmpty ? Response.Evidence.allCases.map(\.rawValue) : [])
        }
      ).trimmed
      if line.isEmpty { return nil }
      if line == "?" || line == "help" {
        try say(item.evidence.map { "What would count: \($0)" } ?? "Whatever somebody else could check.")
        continue
      }
      if let (grade, note) = Command.evidence(line) {
        if try keep(grade, note) { try say("Kept, \(savedWords ?? "").") }
        return nil
      }
      if isCommand(line) { return line }
      initial = Self.isWorthMending(line) ? line : ""
      try say(
        "Begin with none, anecdote, document or measured; Enter leaves it out."
          + (initial.isEmpty ? "" : " It stands in the line again; Ctrl-U empties it."))
    }
  }
}
