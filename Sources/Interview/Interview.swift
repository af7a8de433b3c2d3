import AssessmentModel

/// The way through a questionnaire, as a value: moves in, events out. Nothing has happened until the events are
/// stored and the session that holds them is put in place.
package struct Interview: Hashable, Sendable {
  package let questionnaire: Questionnaire
  /// Whose answers are given; nil where a group votes, and only its own entries are given here.
  package let rater: String?
  package var session: Session

  /// A text of more bytes is refused.
  package static let textLimit = 64 * 1024

  package init(questionnaire: Questionnaire, rater: String?, session: Session) {
    self.questionnaire = questionnaire
    self.rater = rater
    self.session = session
  }

  package var assessment: Assessment { session.assessment }

  private var coreOnly: Bool { assessment.scope == .core && questionnaire.hasCore }

  /// Whether the scope asks an item. The records that the short scope leaves out can be filled in all
  /// the same, and are gone to by name.
  package func asks(_ item: Item) -> Bool { assessment.asks(item, of: questionnaire) }

  /// The items in the order they are asked: in the short scope the core, then what was deepened, then
  /// the records; in the full scope section by section. What describes the organisation comes last in
  /// both.
  package var sequence: [Item] {
    let hidden = assessment.hiddenItems(in: questionnaire)
    let asked = questionnaire.items.filter { asks($0) && !hidden.contains($0.id) }
    let questions = asked.filter { !$0.isClosing }
    let ordered =
      coreOnly
      ? questions.filter { $0.scored != nil && $0.core } + questions.filter { $0.scored != nil && !$0.core }
        + questions.filter { $0.scored == nil } : questions
    return ordered + asked.filter { $0.isClosing && !$0.isProfile } + asked.filter(\.isProfile)
  }

  /// The questions between the start and the result.
  package var questions: [Item] { sequence.filter { !$0.isClosing } }

  /// What is asked after the result: which areas to raise, then what describes the organisation.
  package var closing: [Item] { sequence.filter(\.isClosing) }

  package var scoredItems: [Item] { sequence.filter { $0.scored != nil } }

  /// The item the session stands at; nil at the end, when there is nothing left but to finish.
  package var current: Item? {
    guard let position = assessment.position else { return sequence.first }
    return position == Self.end ? nil : questionnaire.item(position)
  }

  /// The position after the last question.
  package static let end = "end"

  package func key(for item: Item) -> Response.Key {
    Response.Key(item: item.id, rater: item.scored == nil ? nil : rater)
  }

  /// The stored response to an item, or an open one.
  package func response(to item: Item) -> Response {
    assessment.responses[key(for: item)] ?? Response(key: key(for: item))
  }

  /// Whether there is no answer yet; in a group, neither votes that everybody saw nor anything settled.
  package func isOpen(_ item: Item) -> Bool {
    guard rater == nil, item.scored != nil else { return response(to: item).counted == .open }
    if assessment.settled[item.id] != nil { return false }
    return assessment.workshop?.openRounds[item.id] != nil || assessment.lastRound(of: item.id) == nil
  }

  /// Whether it is left out to save time: the way leads past it, and it can be gone to all the same.
  private func isLeftOut(_ item: Item) -> Bool { assessment.workshop?.leftOut.contains(item.id) == true }

  /// What is asked and scored, without an answer yet, and not left out.
  package var openItems: [Item] { scoredItems.filter { isOpen($0) && !isLeftOut($0) } }

  /// The next question without an answer: the first after the current one, else the first of all.
  package var nextOpen: Item? { openAfterCurrent ?? questions.first { isOpen($0) && !isLeftOut($0) } }

  private var openAfterCurrent: Item? {
    let questions = questions
    let here = current.flatMap { current in questions.firstIndex { $0.id == current.id } } ?? -1
    return questions.dropFirst(here + 1).first { isOpen($0) && !isLeftOut($0) }
  }

  /// The events that a move amounts to.
  package func events(for move: Move, at moment: Timestamp) throws(MoveRefusal) -> [SessionEvent] {
    switch move {
    case .answer(let level):
      let item = try currentItem()
      guard item.scored != nil, let levels = questionnaire.levels(of: item) else {
        throw .notForThisItem("This is no question with levels.")
      }
      guard levels.contains(level) else { throw .notALevel(level, expected: levels) }
      return try answered(item, .answered(.level(level)), at: moment)
    case .confirm: return try confirmed(at: moment)
    case .record(let value): return try recorded(value, at: moment) { .responded($0) }
    case .amend(let value): return try recorded(value, at: moment) { .amended($0) }
    case .clear: return try changed(try currentItem(), at: moment) { $0.answer = .open }
    case .notApplicable(let reason):
      return try answered(try scoredItem(), .notApplicable(reason: reason), at: moment)
    case .dontKnow: return try answered(try scoredItem(), .dontKnow, at: moment)
    case .confidence(let confidence):
      return try changed(try scoredItem(), at: moment) { $0.confidence = confidence }
    case .evidence(let grade, let note):
      return try changed(try scoredItem(), at: moment) {
        $0.evidence = grade
        $0.evidenceNote = note ?? (grade == .none ? nil : $0.evidenceNote)
      }
    case .note(let text): return try changed(try currentItem(), at: moment) { $0.note = text }
    case .flag: return try changed(try currentItem(), at: moment) { $0.flagged.toggle() }
    case .next: return [.visited(item: try step(1))]
    case .goOn: return [.visited(item: openAfterCurrent?.id ?? Self.end)]
    case .back: return [.visited(item: try step(-1))]
    case .go(let id): return [.visited(item: try destination(id))]
    case .undo:
      guard let subject = session.nextUndo else { throw .nothingToUndo }
      return opening([.undone] + visiting(subject))
    case .redo:
      guard let subject = session.nextRedo else { throw .nothingToRedo }
      return opening([.redone] + visiting(subject))
    case .deepen(let dimension): return try deepened(dimension)
    case .park(let topic):
      if topic.utf8.count > Self.textLimit { throw .tooLong(limit: Self.textLimit) }
      return [.parked(topic)]
    case .name(let organization, let team):
      try check([organization, team])
      return [.named(organization: organization, team: team)]
    case .introduce(let name, let department):
      try check([name, department])
      guard let rater, var myself = assessment.rater(rater) else { throw .atTheEnd }
      if let other = assessment.namesake(of: name, apartFrom: rater) { throw .nameIsTaken(other.name) }
      myself.name = name
      myself.department = department
      return [.rated(myself)]
    case .commit(let commitments): return [.committed(commitments)]
    }
  }

  private func visiting(_ subject: Session.Subject) -> [SessionEvent] {
    subject.item.map { [.visited(item: $0)] } ?? []
  }

  private func check(_ names: [String]) throws(MoveRefusal) {
    if let problem = names.lazy.compactMap(Assessment.problem).first { throw .notAName(problem) }
  }

  private func recorded(
    _ value: Value, at moment: Timestamp, as event: (Response) -> SessionEvent
  ) throws(MoveRefusal) -> [SessionEvent] {
    let item = try currentItem()
    guard item.scored == nil else { throw .notForThisItem("This question takes a level.") }
    if let problem = questionnaire.problem(with: value, of: item) { throw .notForThisItem(problem + ".") }
    if value.json.text().utf8.count > Self.textLimit { throw .tooLong(limit: Self.textLimit) }
    return try changed(item, at: moment, as: event) { $0.give(.answered(value)) }
  }

  /// How many more questions of a dimension the full scope would ask.
  package func deeper(_ dimension: String) -> [Item] {
    questionnaire.items.filter { $0.scored?.dimension == dimension && !asks($0) }
  }

  /// A dimension by its id, its title or a beginning of them, or `all` for the full scope. What was asked
  /// already keeps its answers.
  private func deepened(_ name: String) throws(MoveRefusal) -> [SessionEvent] {
    let events: [SessionEvent]
    if name == "all" {
      guard coreOnly else { throw .notForThisItem("The full questionnaire is asked already.") }
      events = [.scoped(.full)]
    } else {
      guard let id = questionnaire.dimension(meant: name)?.id else {
        throw .unknownDimension(name, known: questionnaire.dimensions.map(\.id))
      }
      guard !deeper(id).isEmpty else {
        throw .notForThisItem("All questions of \(id) are asked already.")
      }
      events = [.deepened(dimension: id)]
    }
    var after = self
    for event in events { after.session.apply(event) }
    let new = after.questions.first { !asks($0) && after.isOpen($0) }
    return events + [.visited(item: new?.id ?? after.nextOpen?.id ?? Self.end)]
  }

  private func currentItem() throws(MoveRefusal) -> Item {
    guard let item = current else { throw .atTheEnd }
    return item
  }

  private func scoredItem() throws(MoveRefusal) -> Item {
    let item = try currentItem()
    guard item.scored != nil else {
      throw .notForThisItem("That is for questions with levels; `next` leaves this one out.")
    }
    return item
  }

  /// What was taken over counts as it stands; of a question, with the step to the next open one.
  private func confirmed(at moment: Timestamp) throws(MoveRefusal) -> [SessionEvent] {
    let item = try currentItem()
    let response = response(to: item)
    guard response.isToConfirm else { throw .notForThisItem("Nothing here waits to be confirmed.") }
    if item.scored != nil { return try answered(item, response.answer, at: moment) }
    return try changed(item, at: moment) { $0.give(response.answer) }
  }

  /// An answer, and the step to the next open question.
  private func answered(
    _ item: Item, _ answer: Response.Answer, at moment: Timestamp
  ) throws(MoveRefusal) -> [SessionEvent] {
    let events = try changed(item, at: moment) { $0.give(answer) }
    // The answer may show or hide later items, so the way on is worked out after it.
    var after = self
    for event in events { after.session.apply(event) }
    return events + [.visited(item: after.nextOpen?.id ?? Self.end)]
  }

  private func changed(
    _ item: Item, at moment: Timestamp, as event: (Response) -> SessionEvent = { .responded($0) },
    _ change: (inout Response) -> Void
  ) throws(MoveRefusal) -> [SessionEvent] {
    var response = response(to: item)
    change(&response)
    response.at = moment
    let texts = [response.note, response.evidenceNote].compactMap { $0 }
    if texts.contains(where: { $0.utf8.count > Self.textLimit }) {
      throw .tooLong(limit: Self.textLimit)
    }
    return opening([event(response)])
  }

  /// An edit of a finished assessment opens it again.
  private func opening(_ events: [SessionEvent]) -> [SessionEvent] {
    assessment.finishedAt == nil ? events : [.reopened] + events
  }

  /// One step along the questions; past the last comes the end, past the end nothing.
  private func step(_ offset: Int) throws(MoveRefusal) -> String {
    let isClosing = current.map(\.isClosing) ?? false
    let order = (isClosing ? sequence : questions).filter { !isLeftOut($0) || $0.id == current?.id }.map(\.id)
    guard let current else {
      if offset > 0 { throw .atTheEnd }
      guard let last = order.last else { throw .firstItem }
      return last
    }
    guard let here = order.firstIndex(of: current.id) else {
      // A record outside the scope's order: go back into it where something is open.
      return nextOpen?.id ?? Self.end
    }
    if here + offset < 0 { throw .firstItem }
    return here + offset < order.count ? order[here + offset] : Self.end
  }

  private func destination(_ id: String) throws(MoveRefusal) -> String {
    if id == Self.end { return id }
    // A number is the one that the counter shows.
    if let number = Int(id), number > 0, scoredItems.indices.contains(number - 1) {
      return scoredItems[number - 1].id
    }
    let all = questionnaire.items
    // Any unambiguous beginning will do.
    let matches = all.filter { $0.id.hasPrefix(id) }
    guard let item = all.first(where: { $0.id == id }) ?? (matches.count == 1 ? matches[0] : nil)
    else {
      throw .unknownItem(id, suggestion: nearestName(to: id, among: all.map(\.id)))
    }
    if assessment.hiddenItems(in: questionnaire).contains(item.id) { throw .hiddenItem(item.id) }
    if let scored = item.scored, !asks(item) {
      throw .outsideScope(item.id, dimension: scored.dimension)
    }
    return item.id
  }
}

extension Response {
  /// Given by somebody now: what was taken over is confirmed by the same answer, and gone with another.
  fileprivate mutating func give(_ answer: Answer) {
    carried = carried != nil && answer == self.answer ? .confirmed : nil
    self.answer = answer
  }
}

extension Item {
  /// Whether it is asked after the result.
  package var isClosing: Bool {
    if case .raise = record { return true }
    return isProfile
  }

  /// Whether it describes the organisation, rather than what customers go through.
  package var isProfile: Bool {
    switch content {
    case .scored: false
    case .record(let record):
      switch record {
      case .choice, .number: true
      case .text(let role, _): role == nil
      case .expectations, .moments, .metrics, .raise: false
      }
    }
  }
}
