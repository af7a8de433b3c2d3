import AssessmentModel
import Planning
import Scoring

/// The strategy action plan: three commitments on page one, then the five steps of a strategy filled
/// in, the roadmap and the review.
package func planReport(_ plan: Plan, _ subject: Subject) -> Document {
  var document: Document = [.heading(1, "Strategy action plan: \(subject.name)")]
  document += commitmentSection(plan)
  document += visionSection(plan, subject)
  document += standingSection(subject)
  document += expectationSection(plan)
  document += journeySection(plan)
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
        : "Our \(counted(plan.commitments.count, "commitment", "commitments"))")
  ]
  for (index, commitment) in plan.commitments.enumerated() {
    document += [
      .heading(3, "\(index + 1). \(commitment.title)"),
      .bullets(
        [
          ("Who", commitment.owner.isEmpty ? "to be named" : commitment.owner),
          ("First step, by \(commitment.by)", commitment.firstStep),
          ("Done when", commitment.done), ("We stop", commitment.stop),
        ].filter { !$0.1.isEmpty }.map { Words("\($0.0): ", .strong) + Words($0.1) }),
    ]
  }
  return document
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
      ? .paragraph("Not written yet: what, for whom and where, when, how and why.")
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

private func standingSection(_ subject: Subject) -> Document {
  let card = subject.scorecard
  var document: Document = [.heading(2, "2. Where we stand")]
  document.append(contentsOf: resultReport(subject).dropFirst())
  let sorted = card.contributions.sorted {
    abs($0.contribution) != abs($1.contribution)
      ? abs($0.contribution) > abs($1.contribution) : $0.item < $1.item
  }
  if !sorted.isEmpty {
    document.append(.paragraph(Words("What drove it most:", .strong)))
    document.append(
      .bullets(
        sorted.prefix(4).map { row in
          let text = subject.questionnaire.item(row.item)?.text ?? row.item
          return Words("\(decimal(row.contribution, 1, signed: true)) points: \(text)")
        }))
  }
  let mixed = card.items.filter { item in
    let levels = item.firstVotes.map(\.level)
    return (levels.max() ?? 0) - (levels.min() ?? 0) >= 2
  }
  if !mixed.isEmpty {
    document.append(.paragraph(Words("Where we see it differently:", .strong)))
    document.append(
      .bullets(
        mixed.prefix(5).map { item in
          let levels = item.firstVotes.map(\.level)
          return Words(
            "\(item.item.text) From \(levels.min() ?? 0) to \(levels.max() ?? 0) among "
              + "\(levels.count) votes.")
        }))
  }
  if card.customers == nil {
    document.append(
      .paragraph("Gap between our view and our customers': not known, no customer was asked."))
  }
  let departments = Set(subject.staff.map(\.department)).filter { !$0.isEmpty }.sorted()
  document.append(
    .paragraph(
      Words(
        departments.isEmpty
          ? "Answered by \(counted(max(1, subject.staff.count), "person", "people"))."
          : "In the room: \(counted(subject.staff.count, "person", "people")) from "
            + "\(listed(departments))."
      )))
  return document
}

private func expectationSection(_ plan: Plan) -> Document {
  var document: Document = [.heading(2, "3. What customers expect")]
  guard !plan.expectations.isEmpty else {
    return document + [.paragraph("No expectation has been written down yet.")]
  }
  let theirs = plan.expectations.count { $0.expectation.words == .customer }
  document.append(
    .paragraph(
      Words(
        "\(theirs) of \(counted(plan.expectations.count, "expectation", "expectations")) "
          + "\(theirs == 1 ? "comes" : "come") from a customer; the rest are our own guess. "
          + "Importance is 1 to 5, what is expected and found 1 to 7; the largest gap times "
          + "importance stands first.")))
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
            row.expectation.gap.map { decimal(Double($0), signed: true) } ?? "–",
            quadrantWords(row.quadrant),
          ]
        })))
  return document
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

private func journeySection(_ plan: Plan) -> Document {
  var document: Document = [.heading(2, "4. The journey")]
  guard !plan.moments.isEmpty else {
    return document + [.paragraph("No moment of contact has been written down yet.")]
  }
  document.append(
    .paragraph(
      "In their order. What is expected and how it goes are 1 to 5, how it feels −2 to +2; the gap "
        + "sets both against the expectation."))
  document.append(
    .table(
      Table(
        [
          .init("moment"), .init("expected", .right), .init("goes", .right),
          .init("feels", .right), .init("gap", .right), .init("standing"),
        ],
        rows: plan.moments.map { moment in
          [
            moment.moment, number(moment.expectation), number(moment.performance),
            moment.emotion.map { decimal(Double($0), signed: true) } ?? "–",
            moment.gap.map { decimal($0, 1, signed: true) } ?? "–",
            moment.standing?.rawValue ?? "",
          ]
        })))
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
      moment.factors[factor].map { Words("The customer \(factor.rawValue): ", .strong) + Words($0) }
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

private func actionSection(_ plan: Plan, _ subject: Subject) -> Document {
  var document: Document = [.heading(2, "6. Actions and roadmap")]
  let selection = plan.selection
  document.append(
    .paragraph(
      Words(
        selection.effortDays > plan.capacityDays
          ? "The commitments, with what they need first, take "
            + "\(counted(selection.effortDays, "person-day", "person-days")), more than the "
            + "\(counted(plan.capacityDays, "person-day", "person-days")) there are over a year; nothing was "
            + "added to them."
          : "Chosen to remove the most from the distance to 100 within \(plan.capacityDays) person-days "
            + "over a year: \(decimal(selection.benefit, 1)) points for \(selection.effortDays) days"
            + (plan.isTeamsOwn ? ", after your commitments" : "")
            + (selection.optimal
              ? "; no other choice within these days is worth more."
              : "; another choice could be worth up to \(decimal(selection.gap, 1)) points more."))))
  if (plan.actions.map(\.candidate) + plan.beyondHorizon).contains(where: { $0.effortDays == nil }) {
    let assumed = PlanningPolicy.standard.assumedEffortDays
    document.append(
      .paragraph(
        Words(
          "Where nobody has estimated the effort, \(counted(assumed, "day is", "days are")) counted; put "
            + "in what you think.")))
  }
  for window in ["0-30", "31-60", "61-90", "91-365"] {
    let actions = plan.actions.filter { $0.window == window }
    guard !actions.isEmpty else { continue }
    document.append(.heading(3, "Days \(window.replacing("-", with: " to "))"))
    for action in actions { document += describe(action, plan, subject) }
  }
  if !plan.beyondHorizon.isEmpty {
    document += [
      .heading(3, "Beyond the horizon"),
      .paragraph("Wanted, and more than the days allow:"),
      .bullets(plan.beyondHorizon.map { Words("\($0.title) (\($0.id))") }),
    ]
  }
  return document
}

private func describe(_ action: Plan.Action, _ plan: Plan, _ subject: Subject) -> Document {
  let candidate = action.candidate
  // What the team has promised is told in its own words.
  let promise = plan.commitments.first { $0.action == candidate.id }
  let owner = [promise?.owner, candidate.owner].compactMap { $0 }.first { !$0.isEmpty }
  var lines: [(String, String)] = [
    ("By", "\(action.due), from \(action.start)"),
    ("Who", owner ?? "to be named"),
    ("Effort", candidate.effortDays.map { counted($0, "day", "days") } ?? "to be filled in"),
    (
      promise == nil ? "First step" : "First step, by \(promise?.by.description ?? "")",
      promise?.firstStep ?? candidate.firstStep
    ),
  ]
  if !candidate.requires.isEmpty { lines.append(("Needs first", listed(candidate.requires))) }
  if let done = candidate.done { lines.append(("Done when", done)) }
  if let metric = candidate.metric { lines.append(("Metric", metric)) }
  switch candidate.source {
  case .item:
    let item = candidate.item.flatMap { subject.questionnaire.item($0)?.text } ?? ""
    lines.append(
      (
        "From",
        "“\(item)” (\(candidate.item ?? "")), level \(candidate.from ?? 0) to "
          + "\(candidate.to ?? 0), worth \(decimal(candidate.benefit ?? 0, 1)) points"
      ))
  case .expectation: lines.append(("From", "an expectation that is not met"))
  case .moment: lines.append(("From", "a moment of contact that falls short"))
  }
  return [
    .paragraph(
      Words("\(candidate.title) ", .strong)
        + Words("(\(candidate.id)\(promise == nil ? "" : ", one of our commitments"))", .faint)),
    .bullets(lines.map { Words("\($0): \($1)") }),
  ]
}

private func reviewSection(_ plan: Plan, _ subject: Subject) -> Document {
  let card = subject.scorecard
  var lines: [Words] = [
    Words("Next assessment: ", .strong) + Words(plan.review.description),
    Words("Look at the commitments after a week: ", .strong)
      + Words(plan.dayZero.adding(days: 7).description),
  ]
  let dissent = subject.assessment.settled.sorted { $0.key < $1.key }
    .compactMap { item, settlement in settlement.dissent.map { "\($0) (\(item))" } }
  for text in dissent { lines.append(Words("Dissent: ", .strong) + Words(text)) }
  for item in subject.questionnaire.items {
    for response in subject.assessment.responses(to: item.id) {
      if let note = response.note { lines.append(Words("Note on \(item.id): ", .strong) + Words(note)) }
      if let note = response.evidenceNote {
        lines.append(
          Words("Evidence for \(item.id), \(response.evidence?.rawValue ?? "kind not given"): ", .strong)
            + Words(note))
      }
    }
  }
  for topic in subject.assessment.parked { lines.append(Words("Parked: ", .strong) + Words(topic)) }
  for item in card.items where item.isMissing {
    lines.append(
      Words(item.state == .dontKnow ? "Nobody knew: " : "Not answered: ", .strong)
        + Words(item.item.text))
  }
  return [.heading(2, "7. Review"), .bullets(lines)]
}

private func number(_ value: Int?) -> String { value.map(String.init) ?? "–" }
