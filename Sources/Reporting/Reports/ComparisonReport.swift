import AssessmentModel
import Planning
import Scoring

/// A comparison with what a report tells beside it.
package struct ComparisonSubject: Sendable {
  package let comparison: Comparison
  /// What became of what was promised the time before.
  package let commitments: [CommitmentOutcome]
  /// The same comparison with everybody of one name taken for one person; nil where that makes no difference.
  package let ifSamePeople: Comparison?

  package init(_ comparison: Comparison, commitments: [CommitmentOutcome], ifSamePeople: Comparison?) {
    self.comparison = comparison
    self.commitments = commitments
    self.ifSamePeople = ifSamePeople
  }

  var last: ComparedAssessment { comparison.assessments[comparison.latest.to] }
  var before: ComparedAssessment { comparison.assessments[comparison.latest.from] }
  var questionnaire: Questionnaire { comparison.core.newest }
  var customers: String { last.questionnaire.customer.many }

  func title(ofArea id: String) -> String { questionnaire.dimension(id)?.title ?? id }

  /// `2026-03-02`, or which one it is where it has no day.
  func day(_ place: Int) -> String {
    let assessment = comparison.assessments[place].assessment
    if let day = (assessment.finishedAt ?? assessment.startedAt)?.day { return day.description }
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
package func comparisonReport(_ subject: ComparisonSubject) -> Document {
  let comparison = subject.comparison
  var document: Document = [
    .heading(
      1, "\(name(subject)): \((0..<comparison.assessments.count).map(subject.day).joined(separator: " → "))"),
    .paragraph(Words(headline(subject), .strong)),
  ]
  document += [figures(subject), crossing(subject), sinceTheFirst(subject)].compactMap { $0 }.map {
    .paragraph(Words($0))
  }
  document += people(subject).map { .paragraph(Words($0)) }
  document += areas(subject)
  document += remarks(subject).map { .paragraph(Words($0)) }
  document += promises(subject)
  document += records(subject)
  document += outside(subject)
  let untold = comparison.refusals.compactMap { refusal($0, subject) }
  if !untold.isEmpty {
    document += [.heading(2, "What this does not say"), .bullets(untold.map { Words($0) })]
  }
  return document
}

private func name(_ subject: ComparisonSubject) -> String {
  let assessment = subject.last.assessment
  let parts = [assessment.organization, assessment.team].filter { !$0.isEmpty }
  return parts.isEmpty ? "Your organisation" : parts.joined(separator: ", ")
}

// MARK: The whole

/// The first sentence: which way, and whether it is more than chance.
func headline(_ subject: ComparisonSubject) -> String {
  let comparison = subject.comparison
  let since = subject.onDay(comparison.latest.from)
  guard let change = comparison.latest.index else {
    let share = "\(decimal(comparison.core.share * 100)) %"
    if comparison.core.cut == nil {
      return "These can't be compared: the line between the two sides is not the same in both."
    }
    return comparison.core.status == .partial
      ? "Whether the whole has changed since \(day(since)) can't be said: only \(share) of what was asked each time can be "
        + "compared. Some areas can."
      : "These can't be compared: only \(share) of what was asked each time is the same and was answered."
  }
  switch change.outcome {
  case .improvement:
    return "Further towards \(subject.customers) than \(since), and more than chance would make it."
  case .decline:
    return "Further from \(subject.customers) than \(since), and more than chance would make it."
  case .none, .notDeterminable:
    let delta = rounded(change).delta
    let lean = delta > 0 ? "towards" : "away from"
    return abs(delta) < 0.05
      ? "Where it was \(since); nothing has moved."
      : "No change since \(day(since)) that could be told from chance; what there is leans \(lean) "
        + "\(subject.customers)."
  }
}

/// Without the preposition.
private func day(_ words: String) -> String { words.hasPrefix("on ") ? String(words.dropFirst(3)) : words }

/// Rounded such that what is printed adds up.
func rounded(_ change: Comparison.Change) -> (from: Double, to: Double, delta: Double) {
  func tenth(_ value: Double) -> Double { (value * 10).rounded() / 10 }
  let (from, to) = (tenth(change.estimate.from), tenth(change.estimate.to))
  return (from, to, tenth(to - from))
}

private func figures(_ subject: ComparisonSubject) -> String? {
  let comparison = subject.comparison
  guard let change = comparison.latest.index else { return nil }
  let (from, to, delta) = rounded(change)
  let count = comparison.core.items.count
  let times = comparison.assessments.count == 2 ? "both times" : "each time"
  let share =
    comparison.core.share > 1 - 1e-9 ? "" : " (\(decimal(comparison.core.share * 100)) % of the weight)"
  let moved =
    abs(delta) < 0.05
    ? "\(decimal(to, 1)) of 100 both times"
    : "\(decimal(from, 1)) → \(decimal(to, 1)) of 100, \(decimal(delta, 1, signed: true))"
  return
    "\(moved), on the \(counted(count, "question", "questions")) answered \(times)\(share). With these people a change "
    + "counts from \(decimal(change.detectable, 1)) points on; smaller ones can't be seen."
}

private func crossing(_ subject: ComparisonSubject) -> String? {
  guard let crossing = subject.comparison.latest.crossing, let cut = subject.comparison.core.cut else {
    return nil
  }
  func side(_ orientation: Scorecard.Orientation) -> String {
    orientation == .outsideIn ? "Outside-In" : "Inside-Out"
  }
  guard crossing.isCrossed else { return "On these questions it is \(side(crossing.to)) both times." }
  return crossing.isReliable
    ? "It crossed from \(side(crossing.from)) to \(side(crossing.to))."
    : "The figure lies on the other side of \(plain(cut)) now, but no further than chance would carry it: don't say that "
      + "it crossed to \(side(crossing.to))."
}

/// Of three and more.
private func sinceTheFirst(_ subject: ComparisonSubject) -> String? {
  guard let overall = subject.comparison.overall, let change = overall.index else { return nil }
  let (from, to, delta) = rounded(change)
  let what: String =
    switch change.outcome {
    case .improvement: "further towards \(subject.customers), and more than chance would make it"
    case .decline: "further from \(subject.customers), and more than chance would make it"
    case .none, .notDeterminable: "no change that could be told from chance"
    }
  return "Since \(day(subject.onDay(overall.from))): \(what) (\(decimal(from, 1)) → \(decimal(to, 1)), "
    + "\(decimal(delta, 1, signed: true)); it counts from \(decimal(change.detectable, 1)) on)."
}

// MARK: People

/// Whom it took for the same, and what that decides.
private func people(_ subject: ComparisonSubject) -> [String] {
  let comparison = subject.comparison
  guard let change = comparison.latest.index ?? comparison.latest.areas.first?.change else { return [] }
  let estimate = change.estimate
  let (then, now) = (estimate.fromSpread.voters, estimate.toSpread.voters)
  if comparison.flags.contains(.noRaterClusters) {
    return [
      "Votes were counts that lead to nobody, so nobody is compared with themselves (\(then) then, \(now) now)."
    ]
  }
  let names = estimate.people.map(\.person.name).sorted()
  var lines: [String] = []
  if !names.isEmpty {
    let all = names.count == then && names.count == now ? "" : "; \(then) answered then, \(now) now"
    let who = names.allSatisfy(\.isEmpty) ? "the one who answered" : listed(names)
    lines.append("Compared with themselves, as the same people: \(who)\(all).")
    if let other = comparison.latest.outcomeAmongOthers {
      lines.append(
        other == .none
          ? "Were these other people under the same names, it would not count as a change."
          : "Were these other people under the same names, it would count as \(other == .decline ? "a decline" : "an improvement")."
      )
    }
  } else {
    lines.append(
      then == 1 && now == 1
        ? "One person answered each time, and nothing says that it was the same one. Two people's single views differ "
          + "by much, whatever the organisation does."
        : "Nobody is known to have answered both times (\(then) then, \(now) now), so what differs between people counts "
          + "as chance.")
  }
  if let other = subject.ifSamePeople?.latest.index {
    let outcome: String =
      other.outcome == comparison.latest.index?.outcome
      ? "it would come out the same"
      : other.outcome == .none
        ? "it would not count as a change"
        : "it would count as \(other.outcome == .decline ? "a decline" : "an improvement")"
    let same = then == 1 && now == 1 ? "the same person" : "the same people under the same names"
    lines.append(
      "Were it \(same), \(outcome), and a change would count from "
        + "\(decimal(other.detectable, 1)) points on: `compare --same-people` takes it so, if you know that it is."
    )
  }
  return lines
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
        change: moved(core.indexes.compactMap { $0 }),
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
  var document: Document = [.gap, .changes(rows), .gap]
  let detectable = comparison.latest.areas.map(\.change.detectable)
  if let least = detectable.min(), let most = detectable.max() {
    let range = decimal(least) == decimal(most) ? decimal(least) : "\(decimal(least)) to \(decimal(most))"
    document.append(
      .paragraph(
        Words(
          "What is not marked lies within chance. An area's change counts from about \(range) points on; areas are judged "
            + "together, so that where nothing has changed nine comparisons in ten find none.")))
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
  let delta = values[values.count - 1].rounded() - values[values.count - 2].rounded()
  return delta == 0 ? "±0" : decimal(delta, 0, signed: true)
}

private func outcomeWords(_ change: Comparison.Change) -> String {
  switch change.outcome {
  case .improvement, .decline: "more than chance"
  case .none, .notDeterminable: ""
  }
}

/// What a reader should know before using the figures.
private func remarks(_ subject: ComparisonSubject) -> [String] {
  let comparison = subject.comparison
  var lines: [String] = []
  let names = [subject.before, subject.last].map {
    [$0.assessment.organization.nameKey, $0.assessment.team.nameKey]
  }
  if names[0] != names[1] {
    lines.append(
      "These are two teams. What differs between them need not have changed; `compare --teams` is made for that."
    )
  }
  if comparison.latest.index?.outcome == .decline {
    lines.append(
      "People who know more often rate lower. Ask what they have learnt before you call it a loss.")
  }
  let reworded = comparison.core.items.count(where: \.isTried)
  if reworded > 0 {
    lines.append(
      "\(spelled(reworded).capitalizedFirst) of these questions \(reworded == 1 ? "was" : "were") reworded; tried out, "
        + "\(reworded == 1 ? "it is" : "they are") answered alike. What is not known of that is part of the error."
    )
  }
  if let parts = comparison.latest.decomposition, let change = comparison.latest.index,
    abs(parts.composition) >= 0.05 || abs(parts.total - change.estimate.delta) >= 0.05
  {
    let values = addingUp(
      [parts.performance, parts.composition], to: (parts.total * 10).rounded() / 10, places: 1)
    lines.append(
      "Areas weigh otherwise in the two versions. By each version's own weights it moved by "
        + "\(decimal((parts.total * 10).rounded() / 10, 1, signed: true)): \(decimal(values[0], 1, signed: true)) from other answers, "
        + "\(decimal(values[1], 1, signed: true)) from other weights.")
  }
  if comparison.flags.contains(.fewVotes) {
    lines.append("People left questions to one another, so that they count as fewer than they are.")
  }
  let unconfirmed = comparison.assessments.map { unconfirmedCount($0.assessment) }.reduce(0, +)
  if comparison.flags.contains(.unconfirmedAnswers), unconfirmed > 0 {
    lines.append(
      "\(counted(unconfirmed, "answer", "answers").capitalizedFirst) taken over from before "
        + "\(unconfirmed == 1 ? "is" : "are") not confirmed; \(unconfirmed == 1 ? "it counts" : "they count") as open."
    )
  }
  if comparison.flags.contains(.draftQuestionnaire) {
    lines.append("A draft was asked; its questions may have changed since.")
  }
  return lines
}

/// How many answers are taken over and wait to be confirmed.
package func unconfirmedCount(_ assessment: Assessment) -> Int {
  assessment.responses.count { $0.isToConfirm && $0.key.rater != nil }
}

private func refusal(_ refusal: Comparison.Refusal, _ subject: ComparisonSubject) -> String? {
  func side(_ orientation: Scorecard.Orientation) -> String {
    orientation == .outsideIn ? "Outside-In" : "Inside-Out"
  }
  switch refusal {
  case .publishedTotals(let from?, let to?):
    return
      "The results themselves, \(decimal(from)) then and \(decimal(to)) now, are of two versions that ask other "
      + "things. Their difference says nothing."
  case .publishedTotals: return nil
  case .changeOfVerdict(let from, let to):
    let what = "The results say \(side(from)) then and \(side(to)) now."
    return subject.comparison.latest.crossing == nil
      ? "\(what) Too little is in common to say whether it crossed, so don't say that it did."
      : "\(what) On the questions in common it did not cross, so don't say that it did."
  // They are what the first sentence says.
  case .cuts, .tooLittle: return nil
  }
}
