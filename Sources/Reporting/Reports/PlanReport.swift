import AssessmentModel
import Planning
import Scoring

/// The strategy action plan: three commitments on page one, then the five steps of a strategy filled
/// in, the roadmap and the review.
package func planReport(_ plan: Plan, _ subject: Subject) -> Document {
  var document: Document = [.heading(1, "Strategy action plan: \(subject.name)")]
  document += commitmentSection(plan)
  document += visionSection(plan, subject)
  document += standingSection(plan, subject)
  document += expectationSection(plan, subject.customer)
  document += journeySection(plan, subject.customer)
  document += metricSection(plan)
  document += actionSection(plan, subject)
  document += reviewSection(plan, subject)
  return document
}

private func commitmentSection(_ plan: Plan) -> Document {
  var document: Document = [
    .heading(
      2,
      plan.commitments.isEmpty
        ? "No commitments yet"
        : plan.commitments.count == 1
          ? "Our commitment" : "Our \(plan.commitments.count) commitments")
  ]
  for (index, commitment) in plan.commitments.enumerated() {
    document += [
      .heading(3, "\(index + 1). \(commitment.title)"),
      .bullets(
        [
          ("Who", ownerWords(commitment, plan.candidates.first { $0.id == commitment.action })),
          ("First step, by \(withWeekday(commitment.by))", commitment.firstStep),
          ("Done when", commitment.done), ("We stop", commitment.stop),
        ].filter { !$0.1.isEmpty }.map { Words("\($0.0): ", .strong) + Words($0.1) }),
    ]
  }
  return document
}

/// Who does it, or who might.
func ownerWords(_ commitment: Commitment?, _ candidate: Candidate?) -> String {
  if let owner = commitment?.owner, !owner.isEmpty { return owner }
  return "to be named" + (candidate?.owner.map { " (\(roleWords($0))?)" } ?? "")
}

/// `an office manager`; `whoever answers complaints` needs no article.
package func roleWords(_ role: String) -> String {
  role.hasPrefix("who") ? role : withArticle(role)
}

private func visionSection(_ plan: Plan, _ subject: Subject) -> Document {
  let prompts: [(String, VisionPrompt)] = [
    ("What", .visionWhat), ("For whom and where", .visionWhere), ("When", .visionWhen),
    ("How", .visionHow), ("Why", .visionWhy),
  ]
  var document: Document = [.heading(2, "1. Vision")]
  let filled = prompts.compactMap { name, prompt in
    plan.vision[prompt].map { Words("\(name): ", .strong) + Words($0) }
  }
  document.append(
    filled.isEmpty
      ? .paragraph(
        Words("Not written yet: what, for whom and where, when, how and why.\(howToWriteIt(subject))"))
      : .bullets(filled))
  if filled.count < prompts.count, !filled.isEmpty {
    let open = prompts.filter { plan.vision[$0.1] == nil }.map { $0.0.lowercased() }
    document.append(.paragraph(Words("Still open: \(listed(open)).")))
  }
  if !plan.raise.isEmpty {
    let titles = plan.raise.map { subject.title(ofDimension: $0) }
    document.append(.paragraph(Words("Areas to raise by one step: \(listed(titles)).")))
  }
  return document
}

/// The five questions of a vision are no part of the short scope.
private func howToWriteIt(_ subject: Subject) -> String {
  let first = subject.questionnaire.items.first(where: \.isVision)
  return first.map { " In the program, open last and then goto \($0.id) ask for it." } ?? ""
}

private func standingSection(_ plan: Plan, _ subject: Subject) -> Document {
  let card = subject.scorecard
  var document: Document = [.heading(2, "2. Where we stand")]
  let profile = describe(subject)
  if !profile.isEmpty { document.append(.paragraph(Words("About us: \(profile)"))) }
  document += standing(subject, speaker: .team)
  let sorted = drivers(subject).filter { abs($0.contribution) >= 0.05 }
  if !sorted.isEmpty {
    document.append(
      .paragraph(Words("What drove it most, in points above or below \(plain(card.cut)):", .strong)))
    document.append(
      .bullets(
        sorted.enumerated().prefix { index, row in
          // Equals are not told apart by where a list happens to end.
          index < 4 || index < 8 && abs(abs(row.contribution) - abs(sorted[3].contribution)) < 1e-9
        }.map { _, row in
          let text = subject.questionnaire.item(row.item)?.text ?? row.item
          let answer = card.items.first { $0.id == row.item }.flatMap {
            subject.answerWords($0)
          }
          let isSettled = card.items.contains { $0.id == row.item && $0.state == .settled }
          return Words("\(decimal(row.contribution, 1, signed: true)) points: \(text)")
            + Words(answer.map { " \(isSettled ? "Settled together: " : "")\($0)" } ?? "", .faint)
        }))
  }
  func spread(_ item: ItemStanding) -> Double {
    VoteSpread(of: item.firstVotes.map(\.level), scale: item.levels).medianDeviation.value ?? 0
  }
  let mixed = card.items.filter { item in
    let spread = VoteSpread(of: item.firstVotes.map(\.level), scale: item.levels, policy: card.policy)
    return spread.isSplit || spread.minority > 0
  }
  if !mixed.isEmpty {
    document.append(.paragraph(Words("Where we see it differently:", .strong)))
    document.append(
      .bullets(
        mixed.sorted { spread($0) > spread($1) }.prefix(8).map { item in
          let levels = item.firstVotes.map(\.level)
          return Words(
            "\(subject.questionnaire.item(item.id)?.text ?? item.id) From \(levels.min() ?? 0) to \(levels.max() ?? 0) among "
              + "\(levels.count) votes.")
        }))
  }
  let agreement = agreement(subject.assessment, with: subject.questionnaire, policy: card.policy)
  let gaps =
    blindSpotLines(agreement, subject).map { "A blind spot: \($0)" }
    + departmentLines(agreement, subject).prefix(4)
  if !gaps.isEmpty {
    document.append(.paragraph(Words("What others here or outside see otherwise:", .strong)))
    document.append(.bullets(gaps.map { Words($0) }))
  }
  // In a workshop who was in the room is known, whoever's votes are counts.
  let people =
    subject.assessment.setting == .workshop
    ? subject.assessment.raters.filter { $0.group == .staff } : subject.staff
  // However they are spelt, each once.
  let departments = Dictionary(
    people.map { ($0.department.nameKey, $0.department) }, uniquingKeysWith: { first, _ in first }
  ).values.filter { !$0.isEmpty }.sorted()
  document.append(
    .paragraph(
      Words(
        departments.isEmpty
          ? "Answered by \(counted(max(1, people.count, card.verdict.certainty?.voters ?? 0), "person", "people"))."
          : "In the room: \(counted(people.count, "person", "people")) from "
            + "\(listed(departments))."
      )))
  return document
}

/// What the organisation said about itself: the choices and texts that are no part of the vision.
private func describe(_ subject: Subject) -> String {
  let parts = subject.questionnaire.items.compactMap { item -> String? in
    switch (item.record, subject.assessment.record(item.id)) {
    case (.text(nil, _), .text(let text)): return text
    case (.choice(let options, _), .option(let id)):
      return options.first { $0.id == id }.map { "\(item.text) \($0.label)" }
    case (.choice(let options, _), .options(let ids)):
      let labels = options.filter { ids.contains($0.id) }.map(\.label)
      return "\(item.text) \(labels.joined(separator: ", "))"
    default: return nil
    }
  }
  return parts.map { $0.last == "." ? String($0.dropLast()) : $0 }.joined(separator: ". ")
    + (parts.isEmpty ? "" : ".")
}

private func expectationSection(_ plan: Plan, _ customer: CustomerWord) -> Document {
  var document: Document = [.heading(2, "3. What \(customer.many) expect")]
  guard !plan.expectations.isEmpty else {
    return document + [.paragraph("No expectation has been written down yet.")]
  }
  let theirs = plan.expectations.count { $0.expectation.words == .customer }
  let rows = plan.expectations.map(\.expectation)
  let order = rows.count > 1 ? "; the largest gap times importance stands first." : "."
  var words = whoseWords(theirs, of: rows.count, customer)
  if rows.contains(where: { $0.importance != nil }) {
    words += " Importance is 1 to 5, what is expected and found 1 to 7" + order
  } else if rows.contains(where: { $0.expected != nil || $0.perceived != nil }) {
    words += " What is expected and found is 1 to 7" + order
  }
  document.append(.paragraph(Words(words)))
  document.append(
    .table(
      Table(
        [
          .init("expectation"), .init("important", .right), .init("expected", .right),
          .init("found", .right), .init("gap", .right), .init("so"),
        ],
        rows: plan.expectations.map { row in
          [
            row.expectation.expectation, number(row.expectation.importance),
            number(row.expectation.expected), number(row.expectation.perceived),
            row.expectation.gap.map { signed(Double($0)) } ?? "–",
            quadrantWords(row.quadrant),
          ]
        }
      ).filled))
  return document
}

private func whoseWords(_ theirs: Int, of all: Int, _ customer: CustomerWord) -> String {
  if theirs == all { return "\(all == 1 ? customer.aOne.capitalizedFirst : customer.capitalMany) said so." }
  if theirs == 0 { return "This is what we think; no \(customer.one) said so in our hearing." }
  return
    "\(theirs) of \(all) \(theirs == 1 ? "comes" : "come") from \(customer.many), the rest is our own guess."
}

private func standingWords(_ moment: Moment) -> String {
  if let standing = moment.standing { return standing.rawValue }
  guard let gap = moment.gap else { return "" }
  return gap < 0 ? "falls short" : gap > 0 ? "better than expected" : "as expected"
}

private func quadrantWords(_ quadrant: RankedExpectation.Quadrant?) -> String {
  switch quadrant {
  case .concentrateHere: "concentrate here"
  case .keepUp: "keep it up"
  case .lowPriority: "low priority"
  case .possibleOverkill: "possibly too much"
  case nil: ""
  }
}

private func journeySection(_ plan: Plan, _ customer: CustomerWord) -> Document {
  var document: Document = [.heading(2, "4. The journey")]
  guard !plan.moments.isEmpty else {
    return document + [.paragraph("No moment of contact has been written down yet.")]
  }
  if plan.moments.contains(where: { $0.importance ?? $0.expectation ?? $0.performance != nil }) {
    document.append(
      .paragraph(
        "Importance, what is expected and how it goes are 1 to 5, how it feels −2 to +2; the gap sets how "
          + "it goes and feels against what is expected."))
  } else if plan.moments.contains(where: { $0.emotion != nil }) {
    document.append(.paragraph("How it feels is −2 to +2."))
  }
  document.append(
    .table(
      Table(
        [
          .init("moment"), .init("important", .right), .init("expected", .right), .init("goes", .right),
          .init("feels", .right), .init("gap", .right), .init("so"),
        ],
        rows: plan.moments.map { moment in
          [
            moment.moment, number(moment.importance), number(moment.expectation),
            number(moment.performance),
            moment.emotion.map { decimal(Double($0), signed: true) } ?? "–",
            moment.gap.map(signed) ?? "–",
            standingWords(moment),
          ]
        }
      ).filled))
  let felt = plan.moments.filter { $0.emotion != nil }
  if let peak = felt.max(by: { abs($0.emotion!) < abs($1.emotion!) }), felt.count > 1,
    let end = felt.last
  {
    document.append(
      .paragraph(
        Words(
          "What stays: the strongest moment is “\(peak.moment)” "
            + "(\(decimal(Double(peak.emotion!), signed: true))), the last is “\(end.moment)” "
            + "(\(decimal(Double(end.emotion!), signed: true))).")))
  }
  for moment in plan.moments where !moment.factors.isEmpty || moment.redesign != nil {
    let factors = Moment.Factor.allCases.compactMap { factor in
      moment.factors[factor].map { Words("The \(customer.one) \(factor.rawValue): ", .strong) + Words($0) }
    }
    let redesign = moment.redesign.map { [Words("Redesign: ", .strong) + Words($0)] } ?? []
    document += [.heading(3, moment.moment), .bullets(factors + redesign)]
  }
  return document
}

private func metricSection(_ plan: Plan) -> Document {
  var document: Document = [.heading(2, "5. Metrics")]
  guard !plan.metrics.isEmpty else {
    // The actions bring a figure each: better a proposal than an empty page.
    let proposed = plan.actions.compactMap(\.candidate.metric)
    return document + [
      .paragraph(
        proposed.isEmpty
          ? "No metric has been chosen yet."
          : "No metric has been chosen yet. The first actions propose:"),
      .bullets(proposed.prefix(5).map { Words($0) }),
    ]
  }
  document.append(
    .table(
      Table(
        [
          .init("metric"), .init("kind"), .init("baseline", .right), .init("latest", .right),
          .init("target", .right), .init("unit"), .init("owner"), .init("source"), .init("read"),
        ],
        rows: plan.metrics.map { metric in
          let latest = metric.readings.max { $0.date < $1.date }
          return [
            metric.formula.map { "\(metric.name) (\($0))" } ?? metric.name,
            metric.kind?.rawValue ?? "", metric.baseline.map(plain) ?? "–",
            latest.map { "\(plain($0.value)) on \($0.date)" } ?? "–",
            metric.target.map(plain) ?? "–", metric.unit ?? "", metric.owner ?? "",
            metric.source ?? "", metric.cadence ?? "",
          ]
        })))
  return document
}

private func reviewSection(_ plan: Plan, _ subject: Subject) -> Document {
  let card = subject.scorecard
  var lines: [Words] = [
    Words("Next assessment: ", .strong) + Words(plan.review.description),
    Words("Look at the commitments after a week: ", .strong)
      + Words(withWeekday(checkDue(from: plan.dayZero))),
  ]
  let dissent = subject.assessment.settled.sorted { $0.key < $1.key }
    .compactMap { item, settlement in settlement.dissent.map { "\($0) (\(item))" } }
  for text in dissent { lines.append(Words("Dissent: ", .strong) + Words(text)) }
  for item in subject.questionnaire.items {
    if let evidence = subject.assessment.teamEvidence[item.id], let note = evidence.note {
      lines.append(Words("Evidence (\(evidence.grade.rawValue)) for “\(item.text)”: ", .strong) + Words(note))
    }
    if let settled = subject.assessment.settled[item.id], let words = settledWords(settled, item, card) {
      lines.append(
        Words(words, .strong) + Words(" “\(item.text)”\(settled.reason.map { ": \($0)" } ?? "")"))
    }
    for response in subject.assessment.responses.to(item.id) {
      if let note = response.note { lines.append(Words("Note on “\(item.text)”: ", .strong) + Words(note)) }
      if let note = response.evidenceNote {
        lines.append(
          Words("Evidence (\(response.evidence?.rawValue ?? "kind not given")) for “\(item.text)”: ", .strong)
            + Words(note))
      }
    }
  }
  for topic in subject.assessment.parked { lines.append(Words("Parked: ", .strong) + Words(topic)) }
  for item in card.items
  where item.isMissing && subject.assessment.settled[item.id]?.answer != .dontKnow {
    lines.append(
      Words(item.state == .dontKnow ? "Not known: " : "Not answered: ", .strong)
        + Words(subject.questionnaire.item(item.id)?.text ?? item.id))
  }
  return [.heading(2, "7. Review"), .bullets(lines)]
}

/// `Voted 2, settled 3 (4 is the Outside-In end):`; nil where it was settled as it was voted.
private func settledWords(_ settlement: Settlement, _ item: Item, _ card: Scorecard) -> String? {
  switch settlement.answer {
  case .dontKnow: return "Left open together:"
  case .notApplicable: return "Settled as not applying:"
  case .level(let level):
    guard let scored = item.scored else { return nil }
    let levels = card.items.first { $0.id == item.id }?.latestVotes.map(\.level).sorted() ?? []
    guard !levels.isEmpty else { return nil }
    let middles = Set([levels[(levels.count - 1) / 2], levels[levels.count / 2]]).sorted()
    if middles.contains(scored.oriented(level)) { return nil }
    return "Voted \(middles.map(String.init).joined(separator: " or ")), settled \(scored.oriented(level)) "
      + "(4 is the Outside-In end):"
  }
}

private func number(_ value: Int?) -> String { value.map(String.init) ?? "–" }
