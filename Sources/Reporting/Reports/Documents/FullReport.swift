import AssessmentModel
import Planning
import Scoring

/// All that there is of an assessment for one document.
package struct ReportContents: Sendable {
  package let subject: Subject
  /// nil where there is no verdict to plan from.
  package let plan: Plan?
  /// The plan of the time before; nil where there was none.
  package let last: LastPlan?
  /// With the time before; nil where there was none.
  package let comparison: ComparisonSubject?
  /// nil where it was no workshop.
  package let record: WorkshopRecord?
  /// How many answers nobody has seen yet.
  package let unseen: Int

  package init(
    _ subject: Subject, plan: Plan?, last: LastPlan?, comparison: ComparisonSubject?, record: WorkshopRecord?,
    unseen: Int
  ) {
    self.subject = subject
    self.plan = plan
    self.last = last
    self.comparison = comparison
    self.record = record
    self.unseen = unseen
  }
}

/// The whole of it for one who wants to see it all: the class and whose view it is, what to do next week, why, where people
/// differ, what customers expect, the journey, metrics, the plan, the workshop, and how it was worked out.
package func fullReport(_ contents: ReportContents) -> Document {
  let subject = contents.subject
  var document: Document = [.heading(1, subject.name)]
  guard subject.scorecard.verdict.orientation != nil else {
    document += insufficient(subject) + [.paragraph(Words(origin(subject), .faint))]
    return document + why(contents) + differences(subject) + record(contents) + stayingWords(subject)
  }
  document.append(.group(.lead, verdictWords(subject, .team) + changeWords(contents.comparison)))
  document += basis(subject.scorecard, subject.customer).map { .paragraph(Words($0)) }
  document.append(.paragraph(Words(origin(subject), .faint)))
  if let plan = contents.plan { document += nextWeek(plan) }
  document += why(contents)
  document += differences(subject)
  if let plan = contents.plan {
    document += expectations(plan, subject.customer)
    document += journey(plan, subject.customer)
    document += lowered([.heading(1, "Metrics")] + metricSection(plan).dropFirst())
  }
  if let comparison = contents.comparison {
    document += lowered(
      [.heading(1, "What has changed since \(comparison.day(comparison.comparison.latest.from))")]
        + comparisonReport(comparison, withPictures: true).dropFirst())
  }
  if let plan = contents.plan { document += planPart(plan, contents) }
  document += record(contents)
  document += lowered([.heading(1, "How it was worked out")] + arithmetic(subject, .team))
  return document + stayingWords(subject)
}

/// `Answered on 2026-09-17. In the room: 6 people from … outside-in 1.0.0, the 16 questions of its short form.`
private func origin(_ subject: Subject) -> String {
  let assessment = subject.assessment
  let day =
    assessment.heldAt.map { "Answered on \($0.day)\(assessment.finishedAt == nil ? ", not finished" : ""). " }
    ?? ""
  let questions = counted(subject.scorecard.items.count, "question", "questions")
  let about = describe(subject)
  return
    "\(day)\(whoAnswered(subject)) \(assessment.questionnaire.id) \(assessment.questionnaire.version), \(questions). \(about)"
    .trimmed
}

/// What has to happen first, by day.
private func nextWeek(_ plan: Plan) -> Document {
  let open = plan.commitments.filter { $0.entry.status == .open && $0.steps.first?.day != nil }
  let isFresh = plan.kept.checks.isEmpty
  var rows: [(day: Day, words: Words)] = open.compactMap { promise in
    guard let step = promise.steps.first, let day = step.day else { return nil }
    let who = promise.entry.isNamed ? promise.entry.owner : "nobody yet"
    return (
      day,
      Words("\(longDay(day)), \(who): ", .strong) + Words("\(sentence(step.text)) ")
        + Words("(\(promise.entry.title))", .faint)
    )
  }
  if let check = plan.nextCheck {
    let who = plan.kept.keeper.isEmpty ? "" : ", \(plan.kept.keeper)"
    rows.append(
      (
        check,
        Words("\(longDay(check))\(who): ", .strong)
          + Words(
            "five minutes with all who promised something: what is done, what is under way, what is stuck.")
      ))
  }
  if rows.isEmpty { return [] }
  // Of one day, in the order of the commitments.
  let sorted = rows.enumerated().sorted { ($0.element.day, $0.offset) < ($1.element.day, $1.offset) }
  var document: Document = [.heading(2, isFresh ? "What to do next week" : "What comes next")]
  if plan.isProposed {
    document.append(
      .paragraph("Nobody has said yes to these yet; they are what the program would begin with."))
  }
  let unnamed = plan.commitments.filter { $0.entry.status.isOpen && !$0.entry.isNamed }
  let missing = plan.isProposed || unnamed.isEmpty ? "" : listed(unnamed.map { "“\($0.entry.title)”" })
  return document + [
    .bullets(
      sorted.map(\.element.words)
        + (missing.isEmpty ? [] : [Words("Nobody has said yes yet to: ", .strong) + Words("\(missing).")]))
  ]
}

/// How it was the time before, and whether that it is another now is more than chance.
private func changeWords(_ comparison: ComparisonSubject?) -> Document {
  guard let comparison, let change = comparison.comparison.latest.index else { return [] }
  let (from, to, _, places) = rounded(change)
  let day = comparison.day(comparison.comparison.latest.from)
  let questions = comparison.comparison.core.items.count
  return [
    .paragraph(
      Words(
        "On \(day) it was \(decimal(from, places)), and is \(decimal(to, places)) now, on the same \(questions) questions: "
          + "\(way(change.outcome, comparison))."))
  ]
}

private func why(_ contents: ReportContents) -> Document {
  let subject = contents.subject
  var document = weightiestWords(subject, .team)
  if let chart = areasChart(subject, raised: contents.plan?.raise ?? []) { document.append(.chart(chart)) }
  if subject.scorecard.verdict.orientation != nil { document += stepWords(subject) }
  document += driverLines(subject)
  document += remarks(subject, .team).map { .paragraph(Words($0)) }
  return document.isEmpty ? [] : [.heading(2, "Why")] + document
}

private func differences(_ subject: Subject) -> Document {
  var document: Document = []
  let agreement = agreement(subject.assessment, with: subject.questionnaire, policy: subject.scorecard.policy)
  if agreement.raters > 1 { document += agreementWords(agreement, subject) }
  if let chart = votesChart(subject) { document.append(.chart(chart)) }
  document += otherwiseLines(subject)
  let dissent = subject.questionnaire.items.compactMap { item in
    subject.assessment.settled[item.id]?.dissent.map { Words(dissentWords(item, $0, subject)) }
  }
  if !dissent.isEmpty {
    document += [.paragraph(Words("Not all of us see it so:", .strong)), .bullets(dissent)]
  }
  if let chart = predictionsChart(subject) {
    document.append(.chart(chart))
  } else {
    document += customersBeside(subject, .team)
  }
  return document.isEmpty ? [] : [.heading(2, "Where people differ")] + document
}

private func expectations(_ plan: Plan, _ customer: CustomerWord) -> Document {
  guard !plan.expectations.isEmpty else { return [] }
  let section = Document(expectationSection(plan, customer).dropFirst())
  let chart = quadrantsChart(plan, customer)
  return [.heading(2, "What \(customer.many) expect")] + (chart.map { [.chart($0)] } ?? []) + section
}

private func journey(_ plan: Plan, _ customer: CustomerWord) -> Document {
  guard !plan.moments.isEmpty else { return [] }
  let chart = journeyChart(plan, customer)
  return [.heading(2, "The journey")]
    + (chart.map { [.chart($0)] } ?? [.table(momentTable(plan.moments))])
    + factorLines(plan.moments, customer)
}

private func planPart(_ plan: Plan, _ contents: ReportContents) -> Document {
  let subject = contents.subject
  var document: Document = [.heading(1, "The plan"), .heading(2, "What we want to be")]
  document += visionSection(plan, subject).dropFirst()
  if let chart = roadmapChart(plan) { document.append(.chart(chart)) }
  document += commitmentSection(plan, subject)
  document += nextSection(plan)
  document += checkSection(plan)
  // What has changed tells of it already.
  if let last = contents.last, contents.comparison == nil { document.append(lastPlanWords(last, plan)) }
  document += laterSection(plan, subject)
  document += [.heading(2, "Review")] + reviewLines(plan, subject, withDissent: false)
  return lowered(document)
}

private func record(_ contents: ReportContents) -> Document {
  guard let record = contents.record, !record.questions.isEmpty || !record.departments.isEmpty else {
    return []
  }
  return lowered(
    [.heading(1, "The workshop")] + recordSections(record, contents.subject, unseen: contents.unseen))
}

/// The same with every heading a level deeper.
private func lowered(_ document: Document) -> Document {
  document.map { block in
    if case .heading(let level, let text) = block { return .heading(level + 1, text) }
    return block
  }
}
