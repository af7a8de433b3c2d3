import AssessmentModel
import Interview
import Reporting
import Scoring
import Storage

/// What a typed command does.
extension InterviewShell {
  func handle(_ command: Command, at item: Item?) throws(Exit) {
    switch command {
    case .move(let move): try handle(move, at: item)
    case .again:
      // An empty line never answers; it keeps what is answered already.
      if let item, !interview.isOpen(item) { return try handle(.next, at: item) }
      shown = nil
    case .askNote:
      guard let item else { return }
      if case .text(let note) = try ask("note", initial: interview.response(to: item).note ?? "") {
        try handle(.note(note), at: item)
      }
    case .askTopic:
      if case .text(let topic) = try ask("park") { try handle(.park(topic), at: item) }
    case .askEvidence: if let item { try askEvidence(of: item) }
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
    case .help:
      try page(Screens.help(item, questionnaire.customer))
      // What was long has pushed the question off the screen.
      shown = nil
    case .quit:
      try say("Everything is saved. `\(environment.program)` goes on from here.")
      throw .quit
    case .unknown(let text): try refuse(text, at: item)
    }
  }

  private func handle(_ move: Move, at item: Item?) throws(Exit) {
    // Sureness and evidence are said of an answer: where there is none yet, of the one just given.
    var item = item
    switch move {
    case .confidence, .evidence:
      if let here = item, interview.isOpen(here), let before = answeredLast { item = before }
    case .answer, .dontKnow, .notApplicable: answeredLast = item
    default: answeredLast = nil
    }
    let undone = move == .undo ? interview.session.nextUndo?.item : nil
    let redone = move == .redo ? interview.session.nextRedo?.item : nil
    guard try perform(move, on: item) else { return giveBack(typed) }
    if let undone { try say("Taken back: \(undone).") }
    if let redone { try say("There again: \(redone).") }
    switch move {
    case .answer(let level):
      if let item { try askEvidence(of: item, level: level) }
    case .next, .goOn, .back, .go, .undo, .redo: shown = nil
    case .deepen:
      shown = nil
      let open = interview.scoredItems.filter(interview.isOpen).count
      try say("\(counted(open, "question is", "questions are")) open now; the result waits for most of them.")
    case .note: try say("Note kept for \(item?.id ?? "the last question"), \(savedWords ?? "").")
    case .park: try say("Parked, \(savedWords ?? "").")
    case .flag:
      let flagged = item.map { interview.response(to: $0).flagged } ?? false
      try say("\(flagged ? "Flagged" : "No longer flagged"), \(savedWords ?? "").")
    case .confidence, .evidence:
      let isBefore = item != nil && item?.id != interview.current?.id
      try say(
        "Kept for \(item?.id ?? "the last question")\(isBefore ? ", the answer just given" : ""), \(savedWords ?? "")."
      )
    case .name, .introduce: try say("Kept, \(savedWords ?? "").")
    case .record, .amend, .clear, .notApplicable, .dontKnow, .commit: break
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
    if let area { return try handle(.deepen(area), at: interview.current) }
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
    case "name": move = .introduce(name: name, department: myself.department)
    case "department": move = .introduce(name: myself.name, department: name)
    default: move = nil
    }
    if let move, !value.isEmpty { return try handle(move, at: interview.current) }
    let known = [
      ("organization", assessment.organization), ("team", assessment.team), ("name", myself.name),
      ("department", myself.department),
      (customer.many, "one of them is called \(customer.aOne)"),
    ]
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
    guard !interview.assessment.responses.contains(where: { $0.answer != .open }) else {
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

  /// A critical item answered 3 or 4 counts as a step only with evidence; it is asked for once.
  private func askEvidence(of item: Item, level: Int) throws(Exit) {
    guard let scored = item.scored, scored.critical, scored.oriented(level) >= 3,
      interview.response(to: item).evidence == nil, askedEvidence.insert(item.id).inserted
    else { return }
    try say("\(item.id): \(level) is saved.")
    try askEvidence(of: item)
  }

  private func askEvidence(of item: Item) throws(Exit) {
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
      if line.isEmpty { return }
      if line == "?" || line == "help" {
        try say(item.evidence.map { "What would count: \($0)" } ?? "Whatever somebody else could check.")
        continue
      }
      if let (grade, note) = Command.evidence(line) {
        if try perform(.evidence(grade, note: note), on: item) { try say("Kept, \(savedWords ?? "").") }
        return
      }
      let command = Command(line, at: nil)
      // What is said here is said of this question, also where the session stands at the next one.
      if case .move(.back) = command { return try handle(.go(to: item.id), at: item) }
      if !command.isUnknown { return try handle(command, at: item) }
      try say("Begin with none, anecdote, document or measured; Enter leaves it out.")
      initial = Self.isWorthMending(line) ? line : ""
    }
  }
}
