import AssessmentModel
import Scoring

/// The record of a workshop, for those who were not there: what was decided and why, then question by question what was
/// voted, and what was left.
package func recordReport(_ record: WorkshopRecord, _ subject: Subject, unseen: Int) -> Document {
  let assessment = subject.assessment
  let day = assessment.heldAt.map { ", \($0.day)" } ?? ""
  var document: Document = [.heading(1, "Workshop of \(subject.name)\(day)")]
  document.append(.paragraph(Words(headline(subject, .team), .strong)))
  document +=
    ([reach(subject.scorecard, .team)].compactMap { $0 } + basis(subject.scorecard, subject.customer)).map {
      .paragraph(Words($0))
    }
  if assessment.finishedAt == nil {
    document.append(.paragraph("It is not finished; this is how it stands."))
  }
  document += takingPart(record, subject)
  document += decisions(subject)
  document += settledSection(record, subject)
  document += apartSection(record, subject)
  document += customersBeside(subject, .team)
  document += parkedSection(record, subject, unseen: unseen)
  document += voteSection(record, subject)
  return document + recordEnd(record, subject) + stayingWords(subject)
}

/// What a record tells that a report does not tell elsewhere: who took part, what was settled and why, what was left.
func recordSections(_ record: WorkshopRecord, _ subject: Subject, unseen: Int) -> Document {
  takingPart(record, subject) + settledSection(record, subject) + apartSection(record, subject)
    + parkedSection(record, subject, unseen: unseen) + recordEnd(record, subject)
}

/// How long it took, and what was promised to those who voted.
private func recordEnd(_ record: WorkshopRecord, _ subject: Subject) -> Document {
  timeSection(record) + [
    .paragraph(
      Words(
        subject.assessment.anonymous
          ? "Votes were counts that lead to nobody."
          : "Everybody voted before anybody spoke. No single vote is named here"
            + (record.questions.contains { $0.rounds.contains { !$0.named.isEmpty } }
              ? " but those of people who agreed to it." : "."),
        .faint))
  ]
}

private func takingPart(_ record: WorkshopRecord, _ subject: Subject) -> Document {
  var document: Document = [.heading(2, "Who took part")]
  let rows = record.departments.map { department in
    Words(department.name.isEmpty ? "No department: " : "\(department.name): ", .strong)
      + Words(listed(department.people))
  }
  if !rows.isEmpty { document.append(.bullets(rows)) }
  if record.unnamed > 0 {
    document.append(
      .paragraph(Words("\(counted(record.unnamed, "person", "people").capitalizedFirst) without names.")))
  }
  let elsewhere = record.elsewhere.flatMap { department in
    department.people.map { department.name.isEmpty ? $0 : "\($0) (\(department.name))" }
  }
  if !elsewhere.isEmpty { document.append(.paragraph(Words("Not in the room: \(listed(elsewhere))."))) }
  if record.others > 0 {
    document.append(
      .paragraph(
        Words(
          "\(counted(record.others, "more", "more").capitalizedFirst) answered beforehand, without names.")))
  }
  if record.customers > 0 {
    document.append(
      .paragraph(Words("\(subject.customer.counted(record.customers)) answered for themselves.")))
  }
  return document
}

private func decisions(_ subject: Subject) -> Document {
  let commitments = subject.assessment.commitments ?? []
  guard !commitments.isEmpty else {
    return [
      .heading(2, "What we begin"),
      .paragraph(
        Words(
          subject.assessment.commitments == nil
            ? "Nothing has been chosen yet." : "Nothing: the team decided to begin nothing now.")),
    ]
  }
  return [
    .heading(2, "What we begin"),
    .numbered(
      commitments.map { commitment in
        let who = commitment.owner.isEmpty ? "nobody yet" : commitment.owner
        let step =
          commitment.firstStep.isEmpty
          ? "" : " First, by \(withWeekday(commitment.by)): \(sentence(commitment.firstStep))"
        let due = commitment.due.map { " by \(withWeekday($0))" } ?? ""
        let done =
          commitment.done.isEmpty && due.isEmpty ? "" : " Done\(due) when: \(sentence(commitment.done))"
        let stop = commitment.stop.isEmpty ? "" : " For it we stop: \(sentence(commitment.stop))"
        return Words(commitment.title, .strong) + Words(" – \(who).\(step)\(done)\(stop)")
      }),
    .paragraph("As promised on the day; what has become of it since stands in the strategy action plan."),
  ]
}

// MARK: Where it was talked about

/// What was settled, with why, and what those keep who see it otherwise.
private func settledSection(_ record: WorkshopRecord, _ subject: Subject) -> Document {
  let settled = record.questions.filter { $0.settlement != nil && !$0.isUnclear }
  guard !settled.isEmpty else { return [] }
  var document: Document = [.heading(2, "What we settled, and why")]
  for question in settled {
    guard let settlement = question.settlement else { continue }
    var lines: [Words] = []
    lines += rounds(of: question, subject)
    lines.append(Words("Settled: ", .strong) + Words(answerWords(settlement, question.item, subject)))
    // A reason that stays in the room is none that was not kept.
    let stays = subject.staying.contains { $0.kind == .reason && $0.item == question.item.id }
    let why =
      settlement.reason.map(sentence)
      ?? (isMiddle(settlement, question)
        ? "it is the middle of the votes." : stays ? nil : "no reason was kept.")
    if let why { lines.append(Words("Why: ") + Words(why)) }
    if let dissent = settlement.dissent {
      lines.append(Words("Others see it so: ") + Words(sentence(dissent)))
    }
    lines += beside(question)
    document.append(.group(.kept, [titled(question), .bullets(lines)]))
  }
  return document
}

/// Where votes lay apart and were left so, or were voted on again.
private func apartSection(_ record: WorkshopRecord, _ subject: Subject) -> Document {
  let apart = record.questions.filter { question in
    question.settlement == nil
      && (question.rounds.count > 1 || question.rounds.contains { isSplit($0, question.item, subject) })
  }
  guard !apart.isEmpty else { return [] }
  var document: Document = [
    .heading(2, "Where we lay apart"),
    .paragraph("Nothing was settled here; every vote counts as it is."),
  ]
  for question in apart {
    document.append(
      .group(.kept, [titled(question), .bullets(rounds(of: question, subject) + beside(question))]))
  }
  return document
}

private func titled(_ question: WorkshopRecord.Question) -> Block {
  .paragraph(Words(question.item.text, .strong) + Words(" (\(question.item.id))", .faint))
}

/// What was voted, round by round; an answer's words stand where it comes first.
private func rounds(of question: WorkshopRecord.Question, _ subject: Subject) -> [Words] {
  var known: Set<Int> = []
  return question.rounds.map { round in
    let name = question.rounds.count > 1 ? "Voted, round \(round.number): " : "Voted: "
    defer { known.formUnion((round.counts ?? []).indices.filter { (round.counts ?? [])[$0] > 0 }) }
    return Words(name) + Words(voteWords(round, question.item, subject, known: known))
  }
}

private func beside(_ question: WorkshopRecord.Question) -> [Words] {
  var lines: [Words] = []
  if let note = question.evidence?.note { lines.append(Words("What shows it: ") + Words(sentence(note))) }
  if !question.sayings.isEmpty {
    lines.append(Words("Explained as: ") + Words(question.sayings.map(sentence).joined(separator: " ")))
  }
  return lines
}

private func isSplit(_ round: WorkshopRecord.Round, _ item: Item, _ subject: Subject) -> Bool {
  VoteSpread(of: round.levels, scale: (subject.questionnaire.levels(of: item) ?? []).sorted()).isSplit
}

private func isMiddle(_ settlement: Settlement, _ question: WorkshopRecord.Question) -> Bool {
  guard case .level(let level) = settlement.answer, let last = question.rounds.last else { return false }
  return middles(of: last.levels).contains(level)
}

/// `four for 1 (“…”), four for 3 (“…”) and one don't know`
///
/// - Parameter known: levels whose words have been told.
private func voteWords(
  _ round: WorkshopRecord.Round, _ item: Item, _ subject: Subject, known: Set<Int>
) -> String {
  guard let counts = round.counts else {
    return "\(counted(round.votes, "vote", "votes")), too few to be shown."
  }
  var parts = counts.enumerated().filter { $0.element > 0 }.map { level, count in
    "\(spelled(count)) for \(item.sign(of: level))\(known.contains(level) ? "" : inWords(level, item, subject))"
  }
  if round.dontKnow > 0 {
    parts.append("\(spelled(round.dontKnow)) \(round.dontKnow == 1 ? "doesn't" : "don't") know")
  }
  if round.notApplicable > 0 {
    parts.append(
      "\(spelled(round.notApplicable)) \(round.notApplicable == 1 ? "says" : "say") it does not apply")
  }
  let names = round.named.map { "\($0.name) \(answerSign($0.answer, item))" }
  return sentence(listed(parts)) + (names.isEmpty ? "" : " Named: \(listed(names)).")
}

private func answerSign(_ answer: Response.Answer, _ item: Item) -> String {
  switch answer {
  case .answered(.level(let level)): item.sign(of: level)
  case .dontKnow: "?"
  case .notApplicable: "–"
  case .answered, .open: ""
  }
}

/// A level's own words in brackets.
private func inWords(_ level: Int, _ item: Item, _ subject: Subject) -> String {
  switch item.scored?.form {
  case .level:
    return subject.questionnaire.anchors(of: item).first { $0.level == level }.map { " (“\($0.text)”)" } ?? ""
  case .bipolar(let bipolar): return " (\(bipolar.words(at: level)))"
  case nil: return ""
  }
}

private func answerWords(_ settlement: Settlement, _ item: Item, _ subject: Subject) -> String {
  switch settlement.answer {
  case .level(let level): sentence("\(item.sign(of: level))\(inWords(level, item, subject))")
  case .dontKnow: "it is not known."
  case .notApplicable: "it does not apply."
  }
}

// MARK: What was left

private func parkedSection(_ record: WorkshopRecord, _ subject: Subject, unseen: Int) -> Document {
  var lines: [Words] = record.parked.map { Words("Parked: ", .strong) + Words($0) }
  lines += record.homework.map { topic in
    let isOpen = record.openHomework.contains(topic)
    return Words(isOpen ? "Open: " : "Done: ", .strong) + Words(topic)
  }
  lines += record.questions.filter(\.isUnclear).map { question in
    let why = question.settlement?.reason.map { $0.replacing(/^unclear:? ?/, with: "") }?.nonEmpty
    return Words("Not understood, so it has no answer: ", .strong)
      + Words("“\(question.item.text)”\(why.map { " (unclear: \($0))" } ?? "")")
  }
  let open = record.open.filter { !record.leftOut.contains($0) }
  if !record.leftOut.isEmpty {
    lines.append(
      Words("Left out to save time: ", .strong)
        + Words(names(record.leftOut)))
  }
  if !open.isEmpty {
    lines.append(Words("Not answered: ", .strong) + Words(names(open)))
  }
  if unseen > 0 {
    lines.append(
      Words("Not shown: ", .strong) + Words("\(counted(unseen, "answer", "answers")) that nobody has seen."))
  }
  return lines.isEmpty ? [] : [.heading(2, "What was left"), .bullets(lines)]
}

/// Few questions by their texts, many by their names.
private func names(_ items: [Item]) -> String {
  items.count > 4 ? listed(items.map(\.id)) : listed(items.map { "“\($0.text)” (\($0.id))" })
}

// MARK: All votes, and time

private func voteSection(_ record: WorkshopRecord, _ subject: Subject) -> Document {
  guard !record.questions.isEmpty else { return [] }
  func number(_ question: WorkshopRecord.Question) -> String {
    record.questions.firstIndex(of: question).map { "\($0 + 1)  " } ?? ""
  }
  let rows = record.questions.flatMap { question in
    question.rounds.map { round -> [String] in
      let isLast = round.number == question.rounds.last?.number
      return [
        number(question) + question.item.text, question.rounds.count > 1 ? "\(round.number)" : "",
        round.counts.map { $0.map(String.init).joined(separator: " ") } ?? "–",
        round.dontKnow > 0 ? "\(round.dontKnow)" : "",
        round.notApplicable > 0 ? "\(round.notApplicable)" : "",
        isLast ? standsAt(question, round) : "",
      ]
    }
      + (question.rounds.isEmpty
        ? [[number(question) + question.item.text, "", "", "", "", standsAt(question, nil)]] : [])
  }
  return [
    .heading(2, "All votes"),
    .paragraph(
      "How many chose each answer, from the lowest to the highest, 0 to 4; of two statements from a to e. “In the middle” is the vote with as "
        + "many above it as below."),
    .table(
      Table(
        [
          .init("question"), .init("round", .right), .init("votes", .right),
          .init("don't know", .right), .init("not ours", .right), .init("stands at"),
        ], rows: rows
      ).filled),
  ]
}

private func standsAt(_ question: WorkshopRecord.Question, _ round: WorkshopRecord.Round?) -> String {
  switch question.settlement?.answer {
  case .level(let level): return "settled, \(question.item.sign(of: level))"
  case .dontKnow: return "not known"
  case .notApplicable: return "not ours"
  case nil:
    guard let round, round.counts != nil else { return "voted" }
    let words = middles(of: round.levels).map { question.item.sign(of: $0) }.joined(separator: " or ")
    return words.isEmpty ? "not known" : "voted, \(words) in the middle"
  }
}

private func timeSection(_ record: WorkshopRecord) -> Document {
  var parts = record.minutes.filter { $0.minutes >= 0.5 }.map {
    "\($0.section.title) \(decimal($0.minutes)) min"
  }
  if let other = record.otherMinutes, other >= 0.5 {
    parts.append("welcome, result and all else \(decimal(other)) min")
  }
  return parts.isEmpty
    ? [] : [.paragraph(Words("Time: ", .strong) + Words(parts.joined(separator: "; ") + "."))]
}
