import AssessmentModel
import Scoring

/// The whole arithmetic of a change, from both assessments to the outcome, such that it can be redone by hand from what
/// is printed.
package func explainReport(_ subject: ComparisonSubject) -> Document {
  let comparison = subject.comparison
  let span = comparison.latest
  let core = comparison.core
  var document: Document = [
    .heading(1, "How the change from \(subject.day(span.from)) to \(subject.day(span.to)) is worked out"),
    .paragraph(Words(headline(subject), .strong)), .heading(2, "What is compared"),
  ]
  document += shareLines(subject).map { .paragraph(Words($0)) }
  if let change = span.index {
    document += [
      .heading(2, "From answers to the change"), .table(coreTable(subject, change, items: core.items)),
      .paragraph(
        Words(
          "Points are 25 times the mean of the latest votes, or of what was settled, two-sided questions turned round. "
            + "Weights are those of the newest version, worked out anew on these questions. Figures are rounded such that "
            + "they add up, so that equal lines may differ by 0.01.")),
      .heading(2, "How sure that is"), .numbered(changeSteps(subject, change)),
    ]
  }
  document += areaSection(subject)
  document += partsSection(subject)
  return document + policySection(comparison.policy)
}

/// The same for one area that qualifies.
package func explainReport(_ subject: ComparisonSubject, area id: String) -> Document {
  let comparison = subject.comparison
  guard let area = comparison.latest.areas.first(where: { $0.id == id }) else { return [] }
  return [
    .heading(1, subject.title(ofArea: id)),
    .table(coreTable(subject, area.change, items: comparison.core.items.filter { $0.dimension == id })),
    .heading(2, "How sure that is"),
    .numbered(changeSteps(subject, area.change, of: comparison.latest.areas.count, tests: area.tests)),
  ]
}

// MARK: What is compared

private func shareLines(_ subject: ComparisonSubject) -> [String] {
  let core = subject.comparison.core
  let policy = subject.comparison.policy
  let shares = core.shares.map { "\(decimal($0 * 100, 1)) %" }
  let needed = core.isShort ? policy.shortShare : policy.fullShare
  let what =
    core.isShort ? "the short form's questions and the areas that all asked in full" : "all questions"
  let verdict: String =
    switch core.status {
    case .full: "that is enough for the whole"
    case .partial: "that is enough for areas, not for the whole"
    case .refused: "that is too little"
    }
  let versions = subject.comparison.assessments.map(\.questionnaire.version.description)
  return [
    "Versions \(listed(versions)); \(counted(core.items.count, "question is", "questions are")) the same in all of them and "
      + "answered everywhere. Of what was asked of all (\(what)) they make up \(listed(shares)) of the weight, as if all "
      + "were answered. The smaller counts: \(decimal(needed * 100)) % is needed for the whole, "
      + "\(decimal(policy.partialShare * 100)) % for areas; \(verdict)."
  ]
}

// MARK: The whole

private func coreTable(
  _ subject: ComparisonSubject, _ change: Comparison.Change, items: [ComparableCore.Item]
) -> Table {
  let span = subject.comparison.latest
  let whole = items.reduce(0) { $0 + $1.weight }
  let (from, to) = (rounded(change.estimate.from, 2), rounded(change.estimate.to, 2))
  let weights = addingUp(items.map { 100 * $0.weight / whole }, to: 100, places: 2)
  let before = addingUp(items.map { $0.weight / whole * $0.points[span.from] }, to: from, places: 2)
  let after = addingUp(items.map { $0.weight / whole * $0.points[span.to] }, to: to, places: 2)
  var rows = items.enumerated().map { place, item in
    [
      item.id, decimal(weights[place], 2) + " %", decimal(item.points[span.from], 2),
      decimal(before[place], 2),
      decimal(item.points[span.to], 2), decimal(after[place], 2),
      decimal(after[place] - before[place], 2, signed: true),
    ]
  }
  rows.append([
    "all together", "100.00 %", "", decimal(from, 2), "", decimal(to, 2),
    decimal(to - from, 2, signed: true),
  ])
  return Table(
    [
      .init("question"), .init("weight", .right), .init("points then", .right), .init("× weight", .right),
      .init("points now", .right), .init("× weight", .right), .init("change", .right),
    ], rows: rows)
}

/// - Parameters:
///   - areas: Of an area, how many are judged together; nil for the whole.
///   - tests: Among how many of them Holm's step judges it.
private func changeSteps(
  _ subject: ComparisonSubject, _ change: Comparison.Change, of areas: Int? = nil, tests: Int = 1
) -> [Words] {
  let estimate = change.estimate
  let policy = subject.comparison.policy
  var steps: [Words] = []
  for (spread, when) in [
    (estimate.fromSpread, subject.day(subject.comparison.latest.from)),
    (estimate.toSpread, subject.day(subject.comparison.latest.to)),
  ] {
    steps += raterSteps(spread, policy, "rater", "raters").enumerated().map { place, words in
      place == 0 ? Words("\(when). ", .strong) + words : words
    }
  }
  steps += sameSteps(subject, estimate)
  steps += errorSteps(estimate)
  let level = policy.changeLevel / 2 / Double(tests)
  let multiplier = StudentT.quantile(1 - level, degreesOfFreedom: estimate.degreesOfFreedom)
  let verdict = called(change.outcome)
  let sum =
    "\(decimal(estimate.to, 4)) − \(decimal(estimate.from, 4)) = \(decimal(estimate.delta, 4, signed: true))"
  let counts =
    "t(\(decimal(1 - level, 5))) × S = \(decimal(multiplier, 4)) × \(decimal(estimate.standardError, 4)) = "
    + "\(decimal(estimate.detectable(tests: tests, policy: policy), 2)) points"
  return steps + [
    Words(
      "The change is \(sum), which is \(decimal(estimate.delta, 4, signed: true)) / \(decimal(estimate.standardError, 4)) = \(decimal(estimate.reliableChangeIndex, 4, signed: true)) errors (the reliable change index). With \(decimal(estimate.degreesOfFreedom, 4)) degrees of freedom chance alone would take it so far, either way, with a probability of p = \(decimal(estimate.p, 4))."
    ),
    Words(
      areas.map { areas in
        "\(counted(areas, "area is", "areas are")) judged together, the smallest p first (the table of the whole has the order). "
          + "At this one's turn p counts up to .10 / \(tests), which is a change of \(counts): \(verdict)."
      } ?? "A change counts from \(counts) on: \(verdict)."),
  ]
}

/// Who is held against themselves. Nobody is named beside a figure.
private func sameSteps(_ subject: ComparisonSubject, _ estimate: ChangeEstimate) -> [Words] {
  let policy = subject.comparison.policy
  guard let variance = estimate.differenceVariance else {
    return [
      "Nobody is known to have answered both times, so each side's error counts in full."
    ]
  }
  let (m1, m2) = (estimate.fromSpread.raters, estimate.toSpread.raters)
  let assumed = 2 * (1 - policy.retestCorrelation) * estimate.fromSpread.priorVariance
  let names = estimate.people.map(\.person.name).sorted()
  var steps = [
    Words(
      "\(counted(estimate.people.count, "person", "people")) answered both times\(subject.named(names, listed)). "
        + (estimate.same < estimate.people.count
          ? "They count as \(estimate.same), as the fewer raters do. " : "")
        + "What is assumed of how far one moves against the others: 2 × (1 − \(decimal(policy.retestCorrelation, 2))) × "
        + "\(decimal(estimate.fromSpread.priorVariance, 4)) = \(decimal(assumed, 4)).")
  ]
  if let observed = estimate.observedDifference {
    let pulls: (RaterSpread, String) -> Double = { spread, id in
      spread.pulls.first { $0.rater == id }?.pull ?? 0
    }
    let moves = estimate.people.map { row in
      (
        pulls(estimate.fromSpread, row.person.from), pulls(estimate.toSpread, row.person.to), row.difference
      )
    }.sorted { $0.2 < $1.2 }
    let mean = moves.reduce(0) { $0 + $1.2 } / Double(moves.count)
    let list = moves.map {
      "\(m2) × \(decimal($0.1, 6, signed: true)) − \(m1) × \(decimal($0.0, 6, signed: true)) = \(decimal($0.2, 4, signed: true))"
    }
    steps.append(
      Words(
        "What was seen of them, in order of size, so that nobody is named: raters now × pull now less raters then × pull then: \(list.joined(separator: "; ")). "
          + "About their mean of \(decimal(mean, 4, signed: true)) the squares, divided by \(estimate.same - 1), come to "
          + "\(decimal(observed, 4))."))
    steps.append(
      Words(
        "Both together: (\(plain(policy.priorDegreesOfFreedom)) × \(decimal(assumed, 4)) + \(estimate.same - 1) × "
          + "\(decimal(observed, 4))) / \(plain(policy.priorDegreesOfFreedom + Double(estimate.same) - 1)) = "
          + "\(decimal(variance, 4))."))
  }
  return steps
}

private func errorSteps(_ estimate: ChangeEstimate) -> [Words] {
  let (first, second) = (estimate.fromSpread, estimate.toSpread)
  let (v1, v2) = (first.raterVariance, second.raterVariance)
  var steps: [Words] = []
  let degrees: String
  if let variance = estimate.differenceVariance {
    steps.append(
      Words(
        "The error of the change, squared: \(decimal(v1, 4)) + \(decimal(v2, 4)) − \(estimate.same) / (\(first.raters) × "
          + "\(second.raters)) × (\(decimal(first.variance, 4)) + \(decimal(second.variance, 4)) − "
          + "\(decimal(variance, 4))) = \(decimal(estimate.raterVariance, 4))."))
    degrees =
      "ν0 and the fewer raters less one: \(plain(estimate.degreesOfFreedom - Double(min(first.raters, second.raters)) + 1)) + "
      + "\(min(first.raters, second.raters)) − 1 = \(plain(estimate.degreesOfFreedom))"
  } else {
    steps.append(
      Words(
        "The error of the change, squared: \(decimal(v1, 4)) + \(decimal(v2, 4)) = \(decimal(estimate.raterVariance, 4))."
      ))
    degrees =
      "by Welch and Satterthwaite \(decimal(estimate.raterVariance, 4))² / (\(decimal(v1, 4))² / "
      + "\(plain(first.degreesOfFreedom)) + \(decimal(v2, 4))² / \(plain(second.degreesOfFreedom))) = "
      + "\(decimal(estimate.degreesOfFreedom, 4))"
  }
  if estimate.linkVariance > 0 {
    steps.append(
      Words(
        "What joins the versions adds its own squared error of \(decimal(estimate.linkVariance, 4)); that belongs to the "
          + "questionnaire, and more people don't make it smaller."))
  }
  let whole =
    estimate.linkVariance > 0
    ? "√(\(decimal(estimate.raterVariance, 4)) + \(decimal(estimate.linkVariance, 4)))"
    : "√\(decimal(estimate.raterVariance, 4))"
  steps.append(
    Words("S = \(whole) = \(decimal(estimate.standardError, 4)) points. Degrees of freedom: \(degrees)."))
  return steps
}

// MARK: Areas

private func areaSection(_ subject: ComparisonSubject) -> Document {
  let areas = subject.comparison.latest.areas
  if areas.isEmpty { return [] }
  let order = areas.indices.sorted { areas[$0].change.estimate.p < areas[$1].change.estimate.p }
  let rows = order.enumerated().map { rank, place -> [String] in
    let area = areas[place]
    let estimate = area.change.estimate
    return [
      subject.title(ofArea: area.id), "\(area.items)", decimal(estimate.from, 2), decimal(estimate.to, 2),
      decimal(estimate.delta, 2, signed: true), decimal(estimate.standardError, 4),
      decimal(estimate.degreesOfFreedom, 2), decimal(estimate.p, 4),
      decimal(subject.comparison.policy.changeLevel / Double(areas.count - rank), 4),
      area.change.outcome == .none ? "none" : area.change.outcome.rawValue,
    ]
  }
  return [
    .heading(2, "Area by area"),
    .table(
      Table(
        [
          .init("area"), .init("questions", .right), .init("then", .right), .init("now", .right),
          .init("Δ", .right),
          .init("S", .right), .init("ν", .right), .init("p", .right), .init("at most", .right),
          .init("outcome"),
        ], rows: rows)),
    .paragraph(
      Words(
        "Each is worked out as the whole is, on its own questions and with its own weights. Together they are "
          + "\(counted(areas.count, "test", "tests")): the smallest p counts where it is at most .10 / \(areas.count), the next at "
          + "most .10 / \(max(1, areas.count - 1)), and so on until one does not (Holm 1979).")),
  ]
}

// MARK: Parts

private func partsSection(_ subject: ComparisonSubject) -> Document {
  guard let parts = subject.comparison.latest.decomposition, let change = subject.comparison.latest.index,
    abs(parts.composition) > 1e-9 || abs(parts.total - change.estimate.delta) > 1e-9
  else { return [] }
  return [
    .heading(2, "Other answers, other weights"),
    .paragraph(
      Words(
        "By each version's own weights, worked out anew on these questions, the change is "
          + "\(decimal(parts.total, 4, signed: true)). \(decimal(parts.performance, 4, signed: true)) of it are other answers (mean weight × "
          + "change of the points, over all questions), \(decimal(parts.composition, 4, signed: true)) other weights (mean points × "
          + "change of the weight; Kitagawa 1955).")),
  ]
}
