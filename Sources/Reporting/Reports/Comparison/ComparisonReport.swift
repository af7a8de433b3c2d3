import AssessmentModel
import Planning
import Scoring

/// A comparison with what a report tells beside it.
package struct ComparisonSubject: Sendable {
  package let comparison: Comparison
  /// What became of the plan of the time before.
  package let ledger: PlanLedger
  /// The same comparison with everybody of one name taken for one person; nil where that makes no difference.
  package let ifSamePeople: Comparison?
  /// Whether those who answered each time are named: on the screen of whoever knows them, in no document.
  private let namesPeople: Bool

  package init(
    _ comparison: Comparison, ledger: PlanLedger, ifSamePeople: Comparison?, namesPeople: Bool = false
  ) {
    self.comparison = comparison
    self.ledger = ledger
    self.ifSamePeople = ifSamePeople
    self.namesPeople = namesPeople
  }

  /// `: Ana and Ben`, or nothing.
  func named(_ names: [String], _ listed: ([String]) -> String) -> String {
    let known = names.filter { !$0.isEmpty }
    return known.isEmpty || !namesPeople ? "" : ": \(listed(known))"
  }

  var last: ComparedAssessment { comparison.assessments[comparison.latest.to] }
  var before: ComparedAssessment { comparison.assessments[comparison.latest.from] }
  var questionnaire: Questionnaire { comparison.core.newest }
  var customers: String { last.questionnaire.customer.many }

  func title(ofArea id: String) -> String { questionnaire.dimension(id)?.title ?? id }

  /// `2026-03-02`, or which one it is where it has no day.
  func day(_ place: Int) -> String {
    let assessment = comparison.assessments[place].assessment
    if let day = assessment.heldAt?.day { return day.description }
    return place == 0
      ? "the first time" : place == comparison.assessments.count - 1 ? "the last time" : "time \(place + 1)"
  }

  /// `on 2026-03-02`
  func onDay(_ place: Int) -> String {
    let day = day(place)
    return day.first?.isNumber == true ? "on \(day)" : day
  }
}

/// What became of a team: in plain words whether it changed and whether that is more than chance, then area by area, then
/// what can't be compared and what stands beside it.
///
/// - Parameter withPictures: whether it is read where pictures are drawn.
package func comparisonReport(_ subject: ComparisonSubject, withPictures: Bool = false) -> Document {
  let comparison = subject.comparison
  var document: Document = [
    .heading(
      1, "\(name(subject)): \((0..<comparison.assessments.count).map(subject.day).joined(separator: " → "))"),
    .paragraph(Words(headline(subject), .strong)),
  ]
  let lines =
    [otherTeams(subject), figures(subject), crossing(subject)] + people(subject) + [
      whatWouldSeeMore(subject)
    ] + series(subject)
  document += lines.compactMap { $0 }.map { .paragraph(Words($0)) }
  if withPictures, let chart = trendChart(subject) { document.append(.chart(chart)) }
  document += areas(subject)
  document += remarks(subject).map { .paragraph(Words($0)) }
  document += ledgerSection(subject)
  document += records(subject)
  document += outside(subject)
  let untold = comparison.refusals.compactMap { refusal($0, subject) }
  if !untold.isEmpty {
    document += [.heading(2, "What this does not say"), .bullets(untold.map { Words($0) })]
  }
  let ids = [subject.before, subject.last].map(\.assessment.id).joined(separator: " ")
  let vouch =
    subject.ifSamePeople == nil
    ? []
    : [
      "compare --same-people: if it was the same "
        + (isOnePersonEach(subject) ? "person" : "people")
    ]
  return document + [.gap, .strip(["explain \(ids): the arithmetic"] + vouch)]
}

private func name(_ subject: ComparisonSubject) -> String {
  let last = subject.last.assessment
  let teams = subject.comparison.assessments.map(\.assessment.team)
  let team =
    Set(teams.map(\.nameKey)).count == 1
    ? last.team : teams.map { $0.isEmpty ? "as a whole" : $0 }.joined(separator: " → ")
  return teamName(last.organization, team) ?? "Your organisation"
}

/// Where they are not of one team, nothing else is to be read before that.
private func otherTeams(_ subject: ComparisonSubject) -> String? {
  Set(subject.comparison.assessments.map(\.assessment.team.nameKey)).count == 1
    ? nil
    : "These are different teams. What differs between them need not have changed; `compare --teams` is made for that."
}

// MARK: The whole

/// The first sentence: which way, and whether it is more than chance; whose view it is, where that is one person's.
func headline(_ subject: ComparisonSubject) -> String {
  let comparison = subject.comparison
  let since = subject.onDay(comparison.latest.from)
  guard let change = comparison.latest.index else {
    let share = "\(decimal(comparison.core.share * 100)) %"
    let policy = comparison.policy
    if comparison.core.cut == nil {
      return "These can't be compared: the line between the two sides is not the same in both."
    }
    let needed = comparison.core.isShort ? policy.shortShare : policy.fullShare
    return comparison.core.status == .partial
      ? "Whether the whole has changed since \(day(since)) can't be said: only \(share) of what was asked each time can be "
        + "compared, and it takes \(decimal(needed * 100)) %. "
        + (comparison.latest.areas.isEmpty
          ? "No area has enough in common either." : "Area by area it can be said.")
      : "These can't be compared: only \(share) of what was asked each time is the same and was answered, and it takes "
        + "\(decimal(policy.partialShare * 100)) %.\(thinnest(subject))"
  }
  let (then, now) = (change.estimate.fromSpread.voters, change.estimate.toSpread.voters)
  let view: String =
    switch (then, now) {
    case (1, 1): "One person's view each time: "
    case (1, _): "One person's view then, \(spelled(now)) people's now: "
    case (_, 1): "\(spelled(then).capitalizedFirst) people's view then, one person's now: "
    default: ""
    }
  let delta = rounded(change).delta
  let words: String =
    switch change.outcome {
    case .improvement: "Further towards \(subject.customers) than \(since), and by more than chance."
    case .decline: "Further from \(subject.customers) than \(since), and by more than chance."
    case .none, .notDeterminable:
      abs(delta) < 0.05
        ? "Where it was \(since); nothing has moved."
        : "No change since \(day(since)) that could be told from chance; the figure moved no further than chance would carry it."
    }
  return view.isEmpty ? words : view + words.prefix(1).lowercased() + words.dropFirst()
}

/// Of several, the one that keeps the others from being compared.
private func thinnest(_ subject: ComparisonSubject) -> String {
  let comparison = subject.comparison
  guard comparison.assessments.count > 2 else { return "" }
  let answered = comparison.scorecards.map { card in card.items.count(where: \.isAnswered) }
  guard let place = answered.indices.min(by: { answered[$0] < answered[$1] }) else { return "" }
  return
    " Least was answered \(subject.onDay(place)) (\(counted(answered[place], "question", "questions"))); leave it out."
}

/// Without the preposition.
private func day(_ words: String) -> String { words.hasPrefix("on ") ? String(words.dropFirst(3)) : words }

/// Rounded such that what is printed adds up: whole, or with a decimal where whole figures would not tell on which side
/// of what counts it lies.
func rounded(_ change: Comparison.Change) -> (from: Double, to: Double, delta: Double, places: Int) {
  let isClose = abs(abs(change.estimate.delta) - change.detectable) < 1 || abs(change.estimate.delta) < 1
  let places = isClose ? 1 : 0
  let (from, to) = (rounded(change.estimate.from, places), rounded(change.estimate.to, places))
  return (from, to, rounded(to - from, places), places)
}

private func figures(_ subject: ComparisonSubject) -> String? {
  let comparison = subject.comparison
  guard let change = comparison.latest.index else { return nil }
  let (from, to, delta, places) = rounded(change)
  let core = comparison.core
  let times = comparison.assessments.count == 2 ? "both times" : "each time"
  let all = subject.last.questionnaire.items.count { item in
    item.scored != nil && subject.last.assessment.asks(item, of: subject.last.questionnaire)
  }
  let ofAll = core.items.count < all ? " of \(all)" : ""
  let share =
    core.share > 1 - 1e-9 ? "" : " (\(decimal(core.share * 100)) % by weight of what was asked each time)"
  let moved =
    abs(delta) < 0.05
    ? "\(decimal(to, places)) of 100 both times"
    : "\(decimal(from, places)) → \(decimal(to, places)) of 100, \(decimal(delta, places, signed: true))"
  return
    "\(moved), on the \(core.items.count)\(ofAll) questions that were asked and answered \(times)\(share). With "
    + "\(max(change.estimate.fromSpread.voters, change.estimate.toSpread.voters) == 1 ? "single views" : "these people") a change counts "
    + "from \(decimal(change.detectable, 1)) points on; a smaller one can't be told from chance."
}

private func crossing(_ subject: ComparisonSubject) -> String? {
  guard let crossing = subject.comparison.latest.crossing, let cut = subject.comparison.core.cut else {
    return nil
  }
  func side(_ orientation: Scorecard.Orientation) -> String {
    orientation == .outsideIn ? "Outside-In" : "Inside-Out"
  }
  let line = "above \(plain(cut)), things are arranged around \(subject.customers)"
  guard crossing.isCrossed else { return "That is \(side(crossing.to)) both times (\(line))." }
  return crossing.isReliable
    ? "It crossed \(plain(cut)), from \(side(crossing.from)) to \(side(crossing.to)) (\(line))."
    : "The figure lies on the other side of \(plain(cut)) now, but no further than chance would carry it: don't say that "
      + "it crossed to \(side(crossing.to))."
}

/// What would see more, where nothing was found.
private func whatWouldSeeMore(_ subject: ComparisonSubject) -> String? {
  let comparison = subject.comparison
  guard let change = comparison.latest.index, change.outcome == .none else { return nil }
  let isAnonymous = comparison.flags.contains(.noRaterClusters)
  let points = detectableChange(
    people: 6, items: comparison.core.items.count, anonymous: isAnonymous,
    linkVariance: change.estimate.linkVariance, policy: comparison.policy)
  guard points < change.detectable - 1 else { return nil }
  return isAnonymous
    ? "Six people each time would see a change from about \(decimal(points)) points on."
    : "The same six people both times would see a change from about \(decimal(points)) points on."
}

/// Of three and more: what happened before, step by step, and from the first to the last.
private func series(_ subject: ComparisonSubject) -> [String] {
  func told(_ change: Comparison.Change) -> String {
    let (from, to, _, places) = rounded(change)
    return "\(decimal(from, places)) → \(decimal(to, places)), \(way(change.outcome, subject))"
  }
  let steps = subject.comparison.earlier.compactMap { span in
    span.index.map { "\(subject.day(span.from)) to \(subject.day(span.to)): \(told($0))" }
  }
  let before = steps.isEmpty ? [] : ["On the way: \(steps.joined(separator: "; "))."]
  guard let overall = subject.comparison.overall, let change = overall.index else { return before }
  return before + [
    "Since \(subject.day(overall.from)): \(told(change)); it counts from \(decimal(change.detectable, 1)) points on."
  ]
}

/// Which way it went, as far as that can be said.
func way(_ outcome: Comparison.Outcome, _ subject: ComparisonSubject) -> String {
  switch outcome {
  case .improvement: "further towards \(subject.customers), and by more than chance"
  case .decline: "further from \(subject.customers), and by more than chance"
  case .none, .notDeterminable: "no change that could be told from chance"
  }
}

/// What a change is called.
func called(_ outcome: Comparison.Outcome) -> String {
  switch outcome {
  case .improvement: "an improvement"
  case .decline: "a decline"
  case .none, .notDeterminable: "no change that counts"
  }
}

// MARK: Areas

private func areas(_ subject: ComparisonSubject) -> Document {
  let comparison = subject.comparison
  let core = comparison.core
  if core.status == .refused { return [] }
  let changes = Dictionary(
    comparison.latest.areas.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  let cut = core.cut ?? 50
  var rows: [ChangeRow] = []
  if let change = comparison.latest.index {
    rows.append(
      ChangeRow(
        title: "All together", values: core.indexes.compactMap { $0 }, cut: cut,
        change: "\(decimal(rounded(change).delta, rounded(change).places, signed: true))",
        note: outcomeWords(change), emphasis: emphasis(change)))
  }
  for area in core.areas where !area.points.isEmpty {
    let note: String
    let change = changes[area.id]
    if let change {
      note = [outcomeWords(change.change), area.items == 1 ? "one question" : ""].filter { !$0.isEmpty }
        .joined(separator: ", ")
    } else {
      note =
        switch area.refusal {
        case .notApplicable: "not compared: much of it does not apply"
        case .tooFew, .tooLittle, nil: "too little in common to say"
        }
    }
    rows.append(
      ChangeRow(
        title: subject.title(ofArea: area.id), values: area.points, cut: cut, change: moved(area.points),
        note: note,
        emphasis: change.map { emphasis($0.change) } ?? .faint))
  }
  if rows.isEmpty { return [] }
  let times = comparison.assessments.indices.map(subject.day)
  var document: Document = [.gap, .changes(ChangeChart(times: times, rows: rows, above: "Outside-In")), .gap]
  let detectable = comparison.latest.areas.map(\.countsFrom)
  if let least = detectable.min(), let most = detectable.max() {
    let range = decimal(least) == decimal(most) ? decimal(least) : "\(decimal(least)) to \(decimal(most))"
    let isMarked = comparison.latest.areas.allSatisfy { $0.change.outcome != .none }
    let higher =
      comparison.latest.areas.count > 1 && least > comparison.latest.index?.detectable ?? 0
      ? ", more than the whole: of \(spelled(comparison.latest.areas.count)) areas one easily moves far by chance"
      : ""
    document.append(
      .paragraph(
        Words(
          "A single area counts from about \(range) points on\(higher).\(isMarked ? "" : " What is not marked may be chance.")"
        )))
  }
  return document
}

private func emphasis(_ change: Comparison.Change) -> Words.Emphasis {
  switch change.outcome {
  case .improvement: .good
  case .decline: .bad
  case .none, .notDeterminable: .plain
  }
}

/// `+18`, of what is printed.
private func moved(_ values: [Double]) -> String {
  guard values.count > 1 else { return "" }
  let delta = rounded(values[values.count - 1], 0) - rounded(values[values.count - 2], 0)
  return delta == 0 ? "±0" : decimal(delta, 0, signed: true)
}

private func outcomeWords(_ change: Comparison.Change) -> String {
  switch change.outcome {
  case .improvement, .decline: "more than chance"
  case .none, .notDeterminable: ""
  }
}
