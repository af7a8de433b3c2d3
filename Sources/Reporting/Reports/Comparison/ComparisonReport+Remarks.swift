import AssessmentModel
import Scoring

/// Whom it took for the same, and what that decides.
func people(_ subject: ComparisonSubject) -> [String] {
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
  let isSeries = comparison.assessments.count > 2
  let bothTimes = isSeries ? "the last two times" : "both times"
  var lines: [String] = []
  if !names.isEmpty {
    let isAll = names.count == then && names.count == now
    if names.allSatisfy(\.isEmpty) {
      lines.append("The one who answered is taken for the same person.")
    } else if isAll {
      lines.append(
        (names.count == 1 ? "The same person" : "The same people")
          + " answered \(bothTimes) and \(names.count == 1 ? "is" : "are") held against their own answers\(subject.named(names, listedFew))."
      )
    } else {
      lines.append(
        "\(counted(then, "person", "people")) answered then, \(now) now, and all of it counts. "
          + "\(spelled(names.count).capitalizedFirst) of them answered \(bothTimes) and \(names.count == 1 ? "is" : "are") held against "
          + "their own answers\(subject.named(names, listedFew)).")
    }
    if let other = comparison.latest.outcomeAmongOthers {
      lines.append("Were these other people under the same names, it would be \(called(other)).")
    }
  } else {
    lines.append(
      isOnePersonEach(subject)
        ? "One person answered each time, and nothing says that it was the same one. Two people's single views differ "
          + "by much, whatever the organisation does."
        : "Nobody is known to have answered both times (\(then) then, \(now) now), so what differs between people counts "
          + "as chance.")
  }
  if let other = subject.ifSamePeople?.latest.index {
    let outcome =
      other.outcome == comparison.latest.index?.outcome
      ? "it would come out the same" : "it would be \(called(other.outcome))"
    let same = isOnePersonEach(subject) ? "the same person" : "the same people under the same names"
    lines.append(
      "Were it \(same), \(outcome), and a change would count from "
        + "\(decimal(other.detectable, 1)) points on."
    )
  }
  return lines
}

/// Names as long as they are read.
private func listedFew(_ names: [String]) -> String {
  let most = 20
  return names.count <= most
    ? listed(names) : listed(Array(names.prefix(most)) + ["\(names.count - most) others"])
}

/// Whether both are single views.
func isOnePersonEach(_ subject: ComparisonSubject) -> Bool {
  guard let change = subject.comparison.latest.index ?? subject.comparison.latest.areas.first?.change else {
    return false
  }
  return change.estimate.fromSpread.voters == 1 && change.estimate.toSpread.voters == 1
}

/// `Version 1.0.0 was asked on 2025-05-22 and 2026-02-26, 2.0.0 on 2026-11-19.` Nil where all were asked the same version.
private func versionLine(_ comparison: Comparison) -> String? {
  let versions = Dictionary(grouping: comparison.assessments, by: \.questionnaire.version)
  guard versions.count > 1 else { return nil }
  let parts = versions.keys.sorted().map { version in
    let days = (versions[version] ?? []).map {
      $0.assessment.heldAt.map { "\($0.day)" } ?? "a day that is not known"
    }
    return "\(version) on \(listed(days))"
  }
  return "\(spelled(versions.count).capitalizedFirst) versions of the questions were asked: \(listed(parts))."
}

/// What a reader should know before using the figures.
func remarks(_ subject: ComparisonSubject) -> [String] {
  let comparison = subject.comparison
  var lines: [String] = []
  if comparison.latest.index?.outcome == .decline {
    lines.append(
      "People who know more often rate lower. Ask what they have learnt before you call it a loss.")
  }
  lines += versionLine(comparison).map { [$0] } ?? []
  let reworded = comparison.core.items.count(where: \.isTried)
  if reworded > 0 {
    lines.append(
      "\(spelled(reworded).capitalizedFirst) of these questions \(reworded == 1 ? "is" : "are") worded anew; readers who tried both "
        + "wordings answered alike. What that leaves open is counted in: a change has to be somewhat larger to count."
    )
  }
  if let parts = comparison.latest.decomposition, let change = comparison.latest.index,
    abs(parts.composition) >= 0.05 || abs(parts.total - change.estimate.delta) >= 0.05
  {
    let total = rounded(parts.total, 1)
    let values = addingUp([parts.performance, parts.composition], to: total, places: 1)
    lines.append(
      "The two versions weigh areas differently; all figures here use the newer weights. With each version's own it would be "
        + "\(decimal(total, 1, signed: true)): \(decimal(values[0], 1, signed: true)) because answers changed, "
        + "\(decimal(values[1], 1, signed: true)) because weights did.")
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
  let scopes = Set(comparison.assessments.map(\.assessment.scope))
  if comparison.assessments.count > 2, scopes.count > 1 {
    lines.append(
      "Not all of these asked more than the short form, so that all are held against each other on its questions. Two by themselves "
        + "may be compared on more, or not be comparable at all: outside-in compare ID ID.")
  }
  if comparison.flags.contains(.unfinished) {
    let open = comparison.assessments.indices.filter {
      comparison.assessments[$0].assessment.finishedAt == nil
    }
    lines.append(
      "Not finished, so that its answers may still change: \(listed(open.map(subject.day))).")
  }
  if comparison.flags.contains(.sameDay) {
    lines.append(
      "Two of these are of one day. Which came first is taken from the order they were named or stored in.")
  }
  for later in comparison.assessments {
    let source = later.assessment.upgradedFrom
    guard comparison.assessments.contains(where: { $0.assessment.id == source }) else { continue }
    lines.append(
      "\(later.assessment.id) was taken over from \(source ?? ""): what nobody answered anew is the same because it was copied."
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

func refusal(_ refusal: Comparison.Refusal, _ subject: ComparisonSubject) -> String? {
  func side(_ orientation: Scorecard.Orientation) -> String {
    orientation == .outsideIn ? "Outside-In" : "Inside-Out"
  }
  switch refusal {
  case .publishedTotals(let from?, let to?):
    return
      "Each result by itself, \(decimal(from)) then and \(decimal(to)) now, counts questions that the other version does not ask. Their "
      + "difference says nothing; the figures above are of the questions in common."
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
