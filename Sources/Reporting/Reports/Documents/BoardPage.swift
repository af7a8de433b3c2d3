import AssessmentModel
import Planning
import Scoring

/// One page for a decision: what is asked, what customers get, what is promised, what will be reported and when, and what
/// would make us stop.
package func boardPage(_ subject: Subject, _ plan: Plan?) -> Document {
  let title = "\(subject.name): what we ask you to decide"
  guard subject.scorecard.verdict.orientation != nil, let plan else {
    return [.heading(1, title)] + insufficient(subject)
  }
  let open = plan.commitments.filter(\.entry.status.isOpen)
  var document: Document = [.heading(1, title)]
  document += asked(open, plan, subject)
  document += got(open, plan, subject)
  document += promises(open, plan)
  document += reported(open, plan)
  document += stopping(open, plan)
  document.append(.paragraph(Words(standingLine(subject), .faint)))
  return document
}

/// Days by department until the review, money, and who stands for it.
private func asked(_ open: [Plan.Promise], _ plan: Plan, _ subject: Subject) -> Document {
  guard !open.isEmpty else {
    return [
      .heading(2, "What is asked of you"),
      .paragraph("Nothing yet: the team has chosen nothing to begin with."),
    ]
  }
  var days: [(name: String, days: Int)] = []
  var unsaid = 0
  for promise in open {
    guard let effort = promise.candidate?.days() ?? promise.entry.effortDays else {
      unsaid += 1
      continue
    }
    let owner = promise.entry.owner
    let department = subject.assessment.raters.first {
      $0.group == .staff && $0.name.nameKey == owner.nameKey && !owner.isEmpty
    }?.department
    let name = owner.isEmpty ? "nobody yet" : department?.nonEmpty ?? owner
    if let place = days.firstIndex(where: { $0.name.nameKey == name.nameKey }) {
      days[place].days += effort
    } else {
      days.append((name, effort))
    }
  }
  let all = days.reduce(0) { $0 + $1.days }
  let isGuess = open.contains { plan.kept.entry($0.entry.id)?.effortDays == nil }
  let parts = days.map { "\($0.name) \($0.days)" }
  let last = open.compactMap(\.entry.due).max()
  let request = plan.kept.request
  let until = last.map { " until \($0)" } ?? ""
  let ask =
    "We ask you to say yes to \(open.count == 1 ? "one promise" : "\(spelled(open.count)) promises"): "
    + "\(counted(all, "day of work", "days of work"))\(until), \(request.money.isEmpty ? "no money" : "money")"
    + (request.sponsor.isEmpty ? ", and one of you who helps when something is stuck." : ".")
  var lines: [Words] = [
    Words("Days of work: ", .strong)
      + Words(
        "\(listed(parts)).\(isGuess ? " Partly our guess: not everybody who does the work has said yet how long it takes." : "")"
          + (unsaid == 0 ? "" : " Of \(spelled(unsaid)) nobody has said how long it takes."))
  ]
  if !request.money.isEmpty { lines.append(Words("Money: ", .strong) + Words(sentence(request.money))) }
  if !request.sponsor.isEmpty { lines.append(Words("Sponsor: ", .strong) + Words(sentence(request.sponsor))) }
  let unnamed = open.filter { !$0.entry.isNamed }
  if !unnamed.isEmpty {
    lines.append(
      Words("Names: ", .strong)
        + Words("nobody has said yes yet to \(listed(unnamed.map { "“\($0.entry.title)”" }))."))
  }
  return [
    .group(.lead, [.paragraph(Words(ask, .strong))]), .heading(2, "What is asked of you"), .bullets(lines),
  ]
}

/// What customers get that they don't have now, in their words or those of the answers.
private func got(_ open: [Plan.Promise], _ plan: Plan, _ subject: Subject) -> Document {
  let lines = open.compactMap { promise -> Words? in
    guard let candidate = promise.candidate else { return nil }
    switch candidate.source {
    case .expectation:
      guard let row = expectation(candidate, plan) else { return nil }
      let who = row.words == .customer ? "said by \(subject.customer.many)" : "as we see it"
      let gap =
        row.expected.flatMap { expected in
          row.perceived.map { ", \(who): expected \(expected), found \($0) of 7" }
        } ?? ", \(who)"
      return Words("“\(row.expectation)”", .strong) + Words("\(gap).")
    case .moment:
      guard let moment = moment(candidate, plan) else { return nil }
      return Words("“\(moment.moment)”: ", .strong)
        + Words(moment.redesign.map(sentence) ?? "as good as \(subject.customer.many) expect it.")
    case .item:
      guard let item = candidate.item.flatMap({ subject.questionnaire.item($0) }) else { return nil }
      let now = subject.scorecard.items.first { $0.id == item.id }.flatMap { subject.answerWords($0) }
      let then = candidate.to.flatMap { subject.words(of: $0, of: item) }
      guard let then else { return Words(item.text) }
      return Words("\(item.text) ", .plain) + Words(then, .strong)
        + Words(now.map { " So far: \($0)" } ?? "")
    case .own: return nil
    }
  }
  return lines.isEmpty
    ? [] : [.heading(2, "What \(subject.customer.many) get that they don't have now"), .bullets(lines)]
}

/// The row that a candidate was made of.
private func expectation(_ candidate: Candidate, _ plan: Plan) -> Expectation? {
  plan.expectations.map(\.expectation).first { $0.expectation == candidate.about }
}

private func moment(_ candidate: Candidate, _ plan: Plan) -> Moment? {
  let place = candidate.id.split(separator: "-").last.flatMap { Int($0) } ?? 0
  return plan.moments.indices.contains(place - 1) ? plan.moments[place - 1] : nil
}

private func promises(_ open: [Plan.Promise], _ plan: Plan) -> Document {
  if open.isEmpty { return [] }
  return [
    .heading(2, "What is promised"),
    .table(
      Table(
        [.init("what"), .init("who"), .init("done by"), .init("done when"), .init("counted by")],
        rows: open.map { promise in
          [
            promise.entry.title, promise.entry.isNamed ? promise.entry.owner : "nobody yet",
            promise.entry.due?.description ?? "–", promise.entry.done, promise.metric ?? "–",
          ]
        })),
  ]
}

/// What will be reported, and when.
private func reported(_ open: [Plan.Promise], _ plan: Plan) -> Document {
  var lines: [Words] = []
  let days = plan.calendar.days.filter { $0 >= plan.asOf }
  let names = open.compactMap(\.metric).uniqueTexts
  let metrics = names.compactMap { name -> String? in
    guard let metric = plan.metrics.first(where: { $0.name.nameKey == name.nameKey }) else { return nil }
    let parts = [
      metric.latest.map { "\(plain($0.value)) on \($0.date)" } ?? metric.baseline.map { "\(plain($0)) now" },
      metric.target.map { "to become \(plain($0))" },
    ].compactMap { $0 }
    return parts.isEmpty ? metric.name : "\(metric.name) (\(parts.joined(separator: ", ")))"
  }
  if let first = days.dropFirst().first ?? days.first {
    let then = days.last.map { $0 > first ? ", then monthly until \($0)" : "" } ?? ""
    lines.append(
      Words("From \(withWeekday(first))\(then): ", .strong)
        + Words(
          "what is done, stuck or given up\(metrics.isEmpty ? "" : ", and \(metrics.joined(separator: "; "))")."
        ))
  }
  lines.append(
    Words("On \(withWeekday(plan.review)): ", .strong)
      + Words("the same questions, answered again by the same people."))
  return [.heading(2, "What we will report, and when"), .bullets(lines)]
}

/// What would make us stop: the team's own words, else what follows from what is counted.
private func stopping(_ open: [Plan.Promise], _ plan: Plan) -> Document {
  if open.isEmpty { return [] }
  let heading = Block.heading(2, "What would make us stop")
  if let rule = plan.kept.request.stopIf.nonEmpty { return [heading, .paragraph(Words(sentence(rule)))] }
  var lines: [Words] = []
  for promise in open {
    guard let name = promise.metric,
      let metric = plan.metrics.first(where: { $0.name.nameKey == name.nameKey }),
      let now = metric.latest?.value ?? metric.baseline, let target = metric.target, now != target
    else { continue }
    lines.append(
      Words("“\(promise.entry.title)”: ", .strong)
        + Words(
          "if on \(promise.entry.due ?? plan.review) “\(metric.name)” is still \(plain(now)) or \(target < now ? "more" : "less")."
        ))
  }
  let uncounted = open.filter { !$0.hasBaseline }
  if !uncounted.isEmpty {
    let day = plan.calendar.days.dropFirst().first ?? plan.review
    lines.append(
      Words("\(listed(uncounted.map { "“\($0.entry.title)”" })): ", .strong)
        + Words("if by \(withWeekday(day)) nobody has counted how it is now."))
  }
  lines.append(
    Words("Any of them: ", .strong)
      + Words(
        "if at two checks in a row nobody can say what has become of it. Then we come back to you before going on."
      ))
  return [heading, .bullets(lines)]
}

/// The class with its range in one line, without decimals.
private func standingLine(_ subject: Subject) -> String {
  let card = subject.scorecard
  guard let certainty = card.verdict.certainty, let index = card.index else { return "" }
  let range =
    "\(decimal(index)) of 100, anywhere from \(decimal(certainty.range.lowerBound)) to \(decimal(certainty.range.upperBound))"
  let people = counted(certainty.spread.voters, "person", "people")
  switch card.verdict.band {
  case .transitional, nil:
    return
      "How we work for our \(subject.customer.many): too close to call between Inside-Out and Outside-In (\(range), as \(people) see it). Nothing here depends on which side it is."
  case .likely, .clear:
    let side = side(card.verdict) ?? ""
    return
      "How we work for our \(subject.customer.many): \(card.verdict.band == .likely ? "probably " : "")\(side) (\(range), as \(people) see it)."
  }
}

extension [String] {
  /// Each once, however it is spelt.
  fileprivate var uniqueTexts: [String] {
    reduce(into: []) { texts, text in
      if !texts.contains(where: { $0.nameKey == text.nameKey }) { texts.append(text) }
    }
  }
}
