import AssessmentModel
import Planning
import Scoring

/// The strategy action plan: on its first page what is promised, what that can move, when it is checked and what comes
/// next; behind it the five steps of a strategy filled in, the roadmap and the review.
///
/// - Parameter last: the plan of the time before; nil where there was none.
package func planReport(_ plan: Plan, _ subject: Subject, last: LastPlan? = nil) -> Document {
  var document: Document = [.heading(1, "Strategy action plan: \(subject.name)")]
  document.append(.paragraph(Words(headline(subject, .team) + rangeWords(subject))))
  document += commitmentSection(plan, subject)
  document += nextSection(plan)
  document += checkSection(plan)
  if let last { document.append(lastPlanWords(last, plan)) }
  document += signatures(plan)
  document.append(.heading(1, "Appendix"))
  document += visionSection(plan, subject)
  document += standingSection(plan, subject)
  document += expectationSection(plan, subject.customer)
  document += journeySection(plan, subject.customer)
  document += metricSection(plan)
  document += actionSection(plan, subject)
  document += reviewSection(plan, subject)
  return document
}

/// From where to where people like these would come out, with the day it is of.
private func rangeWords(_ subject: Subject) -> String {
  let day = subject.assessment.heldAt.map { "As answered on \($0.day)" }
  let range = subject.scorecard.verdict.certainty.map { certainty in
    "people like us could come out anywhere from \(decimal(certainty.range.lowerBound)) to \(decimal(certainty.range.upperBound))"
  }
  let words = [day, range].compactMap { $0 }.joined(separator: "; ")
  return words.isEmpty ? "" : " \(words.capitalizedFirst)."
}

/// What comes after the commitments: what was taken up, or the next three actions.
func nextSection(_ plan: Plan) -> Document {
  if plan.next.isEmpty { return [] }
  let isTaken = plan.next.contains { $0.entry != nil }
  let later = plan.later.count
  let more = later == 0 ? "" : " \(counted(later, "more stands", "more stand")) further below, by title."
  return [
    .heading(2, isTaken ? "Taken up, and next" : "Next, once these are under way"),
    .bullets(plan.next.map { nextWords($0, plan) }),
    .paragraph(Words("Days of work: ", .strong) + Words(daysOfWork(plan) + more)),
  ]
}

private func nextWords(_ action: Plan.Action, _ plan: Plan) -> Words {
  let like = action.like.flatMap { number(of: $0, in: plan) }.map { "; overlaps commitment \($0)" } ?? ""
  let effort = effortWords(action.candidate, plan)
  guard let entry = action.entry else {
    return Words(action.candidate.title, .strong)
      + Words(" – nobody yet, by \(action.due), \(effort)\(like). \(action.candidate.firstStep)")
  }
  let who = entry.isNamed ? entry.owner : "nobody yet"
  let place = number(of: entry.id, in: plan).map { "\($0). " } ?? ""
  let state = entry.status == .open ? "" : "; \(statusWords(entry))"
  let step = entry.firstStep.nonEmpty ?? action.candidate.firstStep
  return Words("\(place)\(entry.title)", .strong)
    + Words(" – \(who), by \(action.due)\(overdueWords(entry, plan)), \(effort)\(like)\(state). \(step)")
}

/// What all of it takes, beside what there is: `14 days of work for the commitments, 15 for what is next; there are 5 days a
/// month`.
private func daysOfWork(_ plan: Plan) -> String {
  func days(_ actions: [Plan.Action]) -> Int {
    actions.reduce(0) { $0 + $1.candidate.days() }
  }
  let ids = Set(plan.commitments.filter { $0.entry.status.isOpen }.map(\.entry.id))
  let promised = days(plan.actions.filter { ids.contains($0.candidate.id) })
  return
    "\(promised) for the commitments, \(days(plan.next)) for what is next; all together can free \(perMonth(plan))."
}

/// `5 days of work`, and whose guess that is.
func effortWords(_ candidate: Candidate, _ plan: Plan) -> String {
  let days = counted(
    candidate.days(), "day of work", "days of work")
  return plan.kept.entry(candidate.id)?.effortDays == nil ? "\(days) (our guess)" : days
}

/// What became of the plan before.
func lastPlanWords(_ last: LastPlan, _ plan: Plan) -> Block {
  let open = last.ledger.open.map { entry in "“\(entry.title)”\(goesOn(entry, plan))" }
  return .paragraph(
    Words("The plan \(last.day.map { "of \($0)" } ?? "before"): ", .strong)
      + Words(ledgerWords(last.ledger) + (open.isEmpty ? "" : " Still open: \(listed(open)).")))
}

/// Which commitment goes on with what was left open.
private func goesOn(_ entry: PlanEntry, _ plan: Plan) -> String {
  let same = plan.commitments.first { [entry.id, "last-\(entry.id)"].contains($0.entry.id) }
  if let number = same.flatMap({ number(of: $0.entry.id, in: plan) }) { return " (taken on as \(number))" }
  let like = plan.commitments.first { $0.like?.id == entry.id }
  return like.flatMap { number(of: $0.entry.id, in: plan) }.map { " (overlaps \($0))" } ?? ""
}

/// When it is looked at again, and who calls for that.
func checkSection(_ plan: Plan) -> Document {
  guard let next = plan.nextCheck else { return [] }
  let rest = plan.calendar.days.filter { $0 > next }
  let later =
    rest.isEmpty
    ? "" : ", then on \(listed(rest.prefix(2).map(\.description)))\(rest.count > 2 ? ", then monthly" : "")"
  let held = plan.kept.checks.last.map { " Last checked on \($0)." } ?? ""
  let keeper = plan.kept.keeper.isEmpty ? "" : " \(plan.kept.keeper) keeps this plan and calls the checks."
  return [
    .paragraph(
      Words(
        next < plan.asOf
          ? "The check of \(withWeekday(next)) is still to be held" : "Checked next on \(withWeekday(next))",
        .strong)
        + Words("\(later), five minutes each; next assessment on \(plan.review).\(held)\(keeper)"))
  ]
}

/// A line for each who said yes.
private func signatures(_ plan: Plan) -> Document {
  let names = plan.commitments.map(\.entry).filter { $0.status.isOpen && $0.isNamed }.map(\.owner)
  let each = names.enumerated().filter { place, name in
    !names[..<place].contains { $0.nameKey == name.nameKey }
  }
  if each.isEmpty { return [] }
  return [.paragraph(Words("Signed: " + each.map { "\($0.element) ____________" }.joined(separator: "   ")))]
}

func visionSection(_ plan: Plan, _ subject: Subject) -> Document {
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

func expectationSection(_ plan: Plan, _ customer: CustomerWord) -> Document {
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
  document.append(.table(expectationTable(plan.expectations)))
  return document
}

func expectationTable(_ expectations: [RankedExpectation]) -> Table {
  Table(
    [
      .init("expectation"), .init("important", .right), .init("expected", .right),
      .init("found", .right), .init("gap", .right), .init("so"),
    ],
    rows: expectations.map { row in
      [
        row.expectation.expectation, number(row.expectation.importance),
        number(row.expectation.expected), number(row.expectation.perceived),
        row.expectation.gap.map { signed(Double($0)) } ?? "–",
        quadrantWords(row.quadrant),
      ]
    }
  ).filled
}

func whoseWords(_ theirs: Int, of all: Int, _ customer: CustomerWord) -> String {
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

func quadrantWords(_ quadrant: RankedExpectation.Quadrant?) -> String {
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
  document.append(.table(momentTable(plan.moments)))
  if let words = memoryWords(plan.moments) { document.append(.paragraph(Words(words))) }
  return document + factorLines(plan.moments, customer)
}

func momentTable(_ moments: [Moment]) -> Table {
  Table(
    [
      .init("moment"), .init("important", .right), .init("expected", .right), .init("goes", .right),
      .init("feels", .right), .init("gap", .right), .init("so"),
    ],
    rows: moments.map { moment in
      [
        moment.moment, number(moment.importance), number(moment.expectation),
        number(moment.performance),
        moment.emotion.map { decimal(Double($0), signed: true) } ?? "–",
        moment.gap.map(signed) ?? "–",
        standingWords(moment),
      ]
    }
  ).filled
}

/// What stays in memory of an experience: its strongest moment and its end (Kahneman & al. 1993).
func memoryWords(_ moments: [Moment]) -> String? {
  let felt = moments.compactMap { moment in moment.emotion.map { (name: moment.moment, emotion: $0) } }
  guard felt.count > 1, let peak = felt.max(by: { abs($0.emotion) < abs($1.emotion) }), let end = felt.last
  else { return nil }
  func sign(_ emotion: Int) -> String { decimal(Double(emotion), signed: true) }
  return
    "What stays in memory: most strongly felt is “\(peak.name)” (\(sign(peak.emotion))), the last thing “\(end.name)” "
    + "(\(sign(end.emotion)))."
}

/// What customers do, feel, like, see, think and want, and how it could be instead.
func factorLines(_ moments: [Moment], _ customer: CustomerWord) -> Document {
  var document: Document = []
  for moment in moments where !moment.factors.isEmpty || moment.redesign != nil {
    let factors = Moment.Factor.allCases.compactMap { factor in
      moment.factors[factor].map { Words("The \(customer.one) \(factor.rawValue): ", .strong) + Words($0) }
    }
    let redesign = moment.redesign.map { [Words("Redesign: ", .strong) + Words($0)] } ?? []
    document += [.heading(3, moment.moment), .bullets(factors + redesign)]
  }
  return document
}

func metricSection(_ plan: Plan) -> Document {
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

private func number(_ value: Int?) -> String { value.map(String.init) ?? "–" }
