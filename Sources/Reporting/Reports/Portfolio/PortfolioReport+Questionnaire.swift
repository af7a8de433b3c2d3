import AssessmentModel
import Scoring

func questionnaireWorks(_ portfolio: Portfolio) -> Document {
  [.heading(2, "Does the questionnaire work?")] + betweenOrganizations(portfolio) + scaleTable(portfolio)
    + itemTable(portfolio)
}

private func betweenOrganizations(_ portfolio: Portfolio) -> Document {
  let fewest = PortfolioBuilder.fewest
  let groups = portfolio.raterReliability
  func people(_ group: Portfolio.RaterReliability) -> String {
    group.to.map { $0 == group.from ? "\($0)" : "\(group.from) to \($0)" } ?? "\(group.from) and more"
  }
  var document: Document = [
    .paragraph(
      Words(
        "First: how much of the differences between organisations is their own, and how much is who happened to answer. 100 % would be all "
          + "their own. With one person a team a good part is that person's own leaning; more people make it less."
      )),
    .table(
      Table(
        [.init("people a team"), .init("organisations", .right), .init("their own", .right)],
        rows: groups.map { group in
          [
            people(group), "\(group.organizations)",
            group.reliability.map { "\(decimal(100 * $0)) %" } ?? "from \(fewest) organisations on",
          ]
        })),
  ]
  if groups.isEmpty { document = [] }
  return document
}

private func words(_ gap: ScaleReliability.Gap) -> String {
  switch gap {
  case .tooFew: "from \(PortfolioBuilder.fewest) organisations on"
  case .oneItem: "one question"
  case .noVariation: "all alike"
  case .constantItem: "a question answered alike by all"
  case .fewerThanThreeItems: "from three questions on"
  case .tooFewForItems: "from 3 organisations a question on"
  case .heywood: "one factor does not fit"
  case .noConvergence: "no fit was found"
  }
}

private func figure(_ figure: ScaleReliability.Figure) -> String {
  switch figure {
  case .value(let value): decimal(value, 2)
  case .gap(let gap): words(gap)
  }
}

private func scaleTable(_ portfolio: Portfolio) -> Document {
  let questionnaire = portfolio.frame.questionnaire
  func name(_ kind: Portfolio.Scale.Kind) -> String {
    switch kind {
    case .whole: "all questions"
    case .core: "the short form"
    case .area(let id): questionnaire.dimension(id)?.title ?? id
    }
  }
  let rows = portfolio.scales.map { scale in
    let reliability = scale.reliability
    return [
      name(scale.kind), "\(scale.items.count)", "\(reliability.organizations)", figure(reliability.alpha),
      reliability.interval.map { "\(decimal($0.lowerBound, 2)) to \(decimal($0.upperBound, 2))" } ?? "",
      figure(reliability.omega),
      scale.incomplete == 0
        ? ""
        : "\(scale.incomplete)"
          + (scale.incompleteIndex.flatMap { left in
            scale.completeIndex.map { ": \(decimal(left)), \(decimal($0))" }
          } ?? ""),
    ]
  }
  return [
    .paragraph(
      Words(
        "Then: whether questions hang together over organisations (Cronbach's α with its 95 % interval, McDonald's ω; 1 is altogether). "
          + "It doesn't say that other people would answer so: somebody's general leaning hangs them together, too. Whoever lacks an answer "
          + "to one of the questions is left out; behind how many these are stands the mean of their indexes and of the others'."
      )),
    .table(
      Table(
        [
          .init("area"), .init("items", .right), .init("of", .right), .init("α", .right), .init("interval"),
          .init("ω", .right), .init("left out"),
        ], rows: rows
      ).filled),
  ]
}

private func itemTable(_ portfolio: Portfolio) -> Document {
  func percent(_ part: Int, of all: Int) -> String {
    all == 0 ? "–" : decimal(100 * Double(part) / Double(all))
  }
  func figure(_ value: Double?) -> String { value.map { decimal($0, 2) } ?? "–" }
  let asked = portfolio.items.filter { $0.asked > 0 }
  let hasOpen = asked.contains { $0.open > 0 }
  let rows = asked.map { item in
    [
      item.item, "\(item.asked)", percent(item.dontKnow, of: item.asked),
      percent(item.notApplicable, of: item.asked),
      hasOpen ? percent(item.open, of: item.asked) : "", percent(item.atFloor, of: item.answered),
      percent(item.atCeiling, of: item.answered), figure(item.mean), figure(item.deviation),
      figure(item.itemRest.value),
      figure(item.alphaWithout.value),
    ]
  }
  return [
    .heading(2, "Question by question"), .paragraph(Words(lookFirst(asked))),
    .paragraph(
      Words(
        "Over the teams' latest assessments; 4 is Outside-In. In percent: d/k don't know, n/a not applicable, and of the answers those at 0 "
          + "and at 4, where nothing can be told apart any more. “Rest” is how a question goes with the others of its area over organisations: "
          + "near 0 or below it measures something else, or is misread. “α−” is the area's α if it were not asked."
      )),
    .table(
      Table(
        [
          .init("question"), .init("asked", .right), .init("d/k", .right), .init("n/a", .right),
          .init("open", .right),
          .init("at 0", .right), .init("at 4", .right), .init("mean", .right), .init("SD", .right),
          .init("rest", .right),
          .init("α−", .right),
        ], rows: rows
      ).filled),
  ]
}

extension Portfolio.ItemRow {
  /// Of few every question has something.
  fileprivate var isOfMany: Bool { asked >= PortfolioBuilder.fewest }
  var isAsIfTurned: Bool { isOfMany && itemRest.value ?? 0 < -0.1 }
}

/// Which questions to look at first, and why.
private func lookFirst(_ items: [Portfolio.ItemRow]) -> String {
  func share(_ part: Int, of all: Int) -> Double { all == 0 ? 0 : Double(part) / Double(all) }
  let named = items.compactMap { item -> String? in
    guard item.isOfMany else { return nil }
    var why: [String] = []
    if item.isAsIfTurned { why.append("goes against the others of its area, as if it were turned round") }
    if let rest = item.itemRest.value {
      if rest >= -0.1, rest < 0.1 { why.append("has next to nothing in common with the others of its area") }
    }
    let silent = share(item.dontKnow + item.open, of: item.asked)
    if silent >= 0.25 { why.append("\(decimal(100 * silent)) % say nothing") }
    for (count, end) in [(item.atFloor, "0"), (item.atCeiling, "4")]
    where share(count, of: item.answered) >= 0.8 {
      why.append("\(decimal(100 * share(count, of: item.answered))) % are at \(end)")
    }
    return why.isEmpty ? nil : "\(item.item) (\(why.joined(separator: "; ")))"
  }
  return named.isEmpty
    ? "No question stands out as one that doesn't work."
    : "Look at these first: \(named.joined(separator: ", "))."
}
