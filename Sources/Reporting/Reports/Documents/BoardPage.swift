import AssessmentModel
import Planning
import Scoring

/// One page for a decision: what is asked and by when, what is promised and what customers get of it, what would make us stop,
/// what will be reported and when, and room to sign.
package func boardPage(_ subject: Subject, _ plan: Plan?) -> Document {
  guard subject.scorecard.verdict.orientation != nil, let plan else {
    return [.heading(1, subject.name)] + insufficient(subject)
  }
  let open = plan.commitments.filter(\.entry.status.isOpen)
  guard !open.isEmpty else {
    return [
      .heading(1, "Nothing to decide yet: \(subject.name)"),
      .paragraph("The team has chosen nothing to begin with."),
      .paragraph(Words(standingLine(subject), .faint)),
    ]
  }
  let promises = open.count == 1 ? "one promise" : "\(spelled(open.count)) promises"
  return [
    .heading(1, "For decision: \(promises) to our \(subject.customer.many)"),
    .paragraph(Words(subject.name, .faint)),
  ] + asked(open, plan, subject) + promised(open, plan, subject) + reported(open, plan) + [
    .group(
      .promise,
      [
        .paragraph(
          Words(
            spaced(["☐ Yes to all", "☐ Yes to number ______", "☐ No, because ______________________________"])
          )),
        .paragraph(
          Words(
            plan.kept.request.sponsor.isEmpty
              ? spaced(["Sponsor ____________________", "Day ______________", "Signed ____________________"])
              : spaced(["Day ______________", "Signed ______________________________"]))),
      ]), .paragraph(Words(standingLine(subject), .faint)),
  ]
}

/// Beside each other, with room between.
private func spaced(_ parts: [String]) -> String {
  parts.joined(separator: String(repeating: "\u{A0}", count: 5) + " ")
}

/// Until when, days by department, money, and who stands for it.
private func asked(_ open: [Plan.Promise], _ plan: Plan, _ subject: Subject) -> Document {
  let request = plan.kept.request
  var days: [(name: String, days: Int)] = []
  var (unsaid, guessed) = (0, 0)
  for promise in open {
    guard let effort = promise.candidate?.days() ?? promise.entry.effortDays else {
      unsaid += 1
      continue
    }
    if plan.kept.entry(promise.entry.id)?.effortDays == nil { guessed += effort }
    let owner = promise.entry.owner
    let name = owner.isEmpty ? "nobody yet" : department(of: owner, subject) ?? owner
    if let place = days.firstIndex(where: { $0.name.nameKey == name.nameKey }) {
      days[place].days += effort
    } else {
      days.append((name, effort))
    }
  }
  let all = days.reduce(0) { $0 + $1.days }
  // Work begins with the first step, so nobody can wait for a yes behind it.
  let begins = open.compactMap { $0.steps.first?.day }.min()
  let decide = request.decideBy ?? begins
  let last = open.compactMap(\.entry.due).max()
  var ask =
    "Please say yes to \(open.count == 1 ? "it" : "them")\(decide.map { " by \(longDay($0))" } ?? ""): "
    + "\(counted(all, "day of work", "days of work"))\(last.map { " until \(longDay($0))" } ?? "")"
  ask +=
    request.money.isEmpty
    ? ", and no money beside that"
    : request.money.count > 80 ? ", and money, told below" : ", and money: \(request.money)"
  ask += request.sponsor.isEmpty ? "; and name one of you as sponsor." : "."
  var work = "\(listed(days.map { "\($0.name) \($0.days)" }))."
  if guessed > 0 {
    work +=
      " \(guessed == all ? "All of it is our guess" : "\(guessed) of these \(all) are our guess") until those who do it have said how long it takes."
  }
  if unsaid > 0 { work += " For \(spelled(unsaid)) of them nobody has said how long it takes." }
  work += " That is for beginning it; what it takes every week afterwards is not in it."
  var lines = [Words("Days of work: ", .strong) + Words(work)]
  if request.money.count > 80 { lines.append(Words("Money: ", .strong) + Words(sentence(request.money))) }
  lines.append(
    Words("Sponsor: ", .strong)
      + Words(
        "\(request.sponsor.isEmpty ? "one of you" : request.sponsor), who is asked first when something is stuck, and gets the reports."
      ))
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

/// The department of somebody who took part; nil where it is not known.
private func department(of owner: String, _ subject: Subject) -> String? {
  subject.assessment.raters.first {
    $0.group == .staff && !owner.isEmpty && $0.name.nameKey == owner.nameKey
  }?.department.nonEmpty
}

/// Each promise in the same order: who, what customers get, when it is done, what is counted, what would make us stop.
private func promised(_ open: [Plan.Promise], _ plan: Plan, _ subject: Subject) -> Document {
  var document: Document = [.heading(2, "What is promised, and what would make us stop")]
  for (place, promise) in open.enumerated() {
    let entry = promise.entry
    let who =
      entry.isNamed
      ? entry.owner + (department(of: entry.owner, subject).map { " (\($0))" } ?? "") : "nobody yet"
    document.append(
      .paragraph(
        Words("\(place + 1). \(entry.title) ", .strong)
          + Words("– \(who)\(entry.due.map { ", done by \(longDay($0))" } ?? "")")))
    var lines: [Words] = []
    if let get = customersGet(promise, plan, subject) {
      lines.append(Words("\(subject.customer.capitalMany) get: ", .strong) + Words(get))
    }
    if !entry.done.isEmpty { lines.append(Words("Done when: ", .strong) + Words(sentence(entry.done))) }
    lines.append(Words("Counted: ", .strong) + Words(countedWords(promise, plan)))
    lines.append(Words("We stop if: ", .strong) + Words(stopWords(promise, plan)))
    document.append(.bullets(lines))
  }
  // In the team's words, with or without the "if" that stands there already.
  let rule = plan.kept.request.stopIf.trimmed.replacing(/^(?i)if\s+/, with: "").replacing(/\.$/, with: "")
  let own = rule.isEmpty ? "" : "\(rule); or if "
  document.append(
    .paragraph(
      Words("We stop \(open.count == 1 ? "it" : "any of them"), too, if: ", .strong)
        + Words(
          "\(own)at two reports in a row nobody can say what has become of it. Stopping means that we come back to you before going on."
        )))
  return document
}

private func countedWords(_ promise: Plan.Promise, _ plan: Plan) -> String {
  guard let name = promise.metric else { return "nothing yet." }
  guard let metric = metric(of: promise, in: plan) else {
    let day = promise.steps.first?.day.map { " by \(longDay($0))" } ?? ""
    return "\(name); how it is now is counted\(day), before anything changes."
  }
  return "\(namedWithFormula(metric)): \(figuresWords(metric))."
}

/// Half of the way by the check behind its day; or that nobody has counted where it begins.
private func stopWords(_ promise: Plan.Promise, _ plan: Plan) -> String {
  let days = plan.calendar.days.filter { $0 >= plan.asOf }
  if let metric = metric(of: promise, in: plan), let target = metric.target,
    let now = metric.latest?.value ?? metric.baseline, now != target
  {
    let due = promise.entry.due ?? plan.review
    let check = days.first { $0 > due.adding(days: 27) } ?? plan.review
    let half = (now + target) / 2
    return
      "on \(longDay(check)) it is still \(target < now ? "over" : "under") \(plain(half)), half of the way from now to the goal."
  }
  let check = days.dropFirst().first ?? days.first ?? plan.review
  return
    "by \(longDay(check)) nobody has counted how it is now. Otherwise we put goal and limit to you on that day."
}

/// What will be reported, and when.
private func reported(_ open: [Plan.Promise], _ plan: Plan) -> Document {
  let days = plan.calendar.days.filter { $0 >= plan.asOf }
  let reports = days.count > 1 ? Array(days.dropFirst()) : days
  let who = plan.kept.keeper.isEmpty ? "the sponsor gets" : "\(plan.kept.keeper) writes to the sponsor"
  var lines: [Words] = []
  if !reports.isEmpty {
    lines.append(
      Words("\(listed(reports.map(shortDay))): ", .strong)
        + Words("\(who) on one page what is done, what is stuck or given up, and each figure as it is then."))
  }
  lines.append(
    Words("\(longDay(plan.review)): ", .strong)
      + Words(
        "the same people are asked the same questions about how we work, and you hear whether more has changed than chance would."
      )
  )
  return [.heading(2, "What we will report, and when"), .bullets(lines)]
}

/// The class with its range in one line, without decimals, for those who have never heard of it.
private func standingLine(_ subject: Subject) -> String {
  let card = subject.scorecard
  guard let certainty = card.verdict.certainty, let index = card.index else { return "" }
  let many = subject.customer.many
  let people = certainty.spread.voters == 1 ? "one person" : "\(spelled(certainty.spread.voters)) people"
  let day = subject.assessment.heldAt.map { "on \(longDay($0.day)) " } ?? ""
  let figures =
    "\(decimal(index)) of 100, anywhere from \(decimal(certainty.range.lowerBound)) to \(decimal(certainty.range.upperBound)) if others like them were asked"
  let sides = "Inside-Out (around itself) and Outside-In (around its \(many))"
  let verdict: String =
    switch card.verdict.band {
    case .transitional, nil: "too close to call between \(sides). Nothing here depends on which side it is."
    case .likely: "probably \(side(card.verdict) ?? ""), of \(sides)."
    case .clear: "\(side(card.verdict) ?? ""), of \(sides)."
    }
  return
    "Where this comes from: \(day)\(people) rated how far the organisation is arranged around its \(many). \(figures): \(verdict)"
}
