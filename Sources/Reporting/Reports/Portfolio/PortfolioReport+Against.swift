import AssessmentModel
import Scoring

/// One organisation against the mean of the others.
func againstOthers(_ portfolio: Portfolio, _ one: String) -> Document {
  guard let against = portfolio.against else {
    let why =
      portfolio.organizations == 0
      ? "neither it nor another of these has an assessment of the last \(PortfolioBuilder.months) months with enough answers"
      : portfolio.isOneScored && portfolio.organizations > 1
        ? "beside it there \(portfolio.organizations == 2 ? "is one other" : "are \(portfolio.organizations - 1) others") only, whose own figures that would tell"
        : portfolio.isOneScored
          ? "no other of these has an assessment of the last \(PortfolioBuilder.months) months with enough answers"
          : "it has no assessment of the last \(PortfolioBuilder.months) months with enough answers"
    return [.paragraph(Words("“\(one)” can't be set against others: \(why).", .strong))]
  }
  let (index, mean) = (rounded(against.index, 0), rounded(against.mean, 0))
  let others = "the \(against.others) others at \(decimal(mean)) on average"
  let outcome =
    switch against.outcome {
    case .higher: "It is higher by more than chance."
    case .lower: "It is lower by more than chance."
    case .none: "That can't be told from chance."
    }
  let teams = against.teams == 1 ? "" : "That is the mean of its \(against.teams) teams. "
  let saved = "these are the organisations that are saved here; they say nothing about others"
  let place =
    against.below.map { below in
      let (low, high) = (decimal(100 * below.lowerBound), decimal(100 * below.upperBound))
      return
        (low == high
        ? "\(low) % of the others stand lower"
        : "Between \(low) and \(high) % of the others stand lower; its range leaves that open")
        + ". \(saved.capitalizedFirst)."
    }
    ?? "How many stand lower is said from \(PortfolioBuilder.fewest) others on. \(saved.capitalizedFirst)."
  return [
    .paragraph(
      Words(
        "“\(one)” stands at \(decimal(index)) of 100, \(others). \(outcome)",
        .strong)),
    .paragraph(
      Words(
        teams
          + "Other people would have put it anywhere from \(decimal(against.range.lowerBound)) to \(decimal(against.range.upperBound)). "
          + "A difference counts from \(decimal(against.detectable, 1)) points on, its own error and the others' together; this one is \(decimal(against.index - against.mean, 1, signed: true)). \(place)"
      )),
  ] + areasAgainst(portfolio, against, one)
}

private func areasAgainst(_ portfolio: Portfolio, _ against: Portfolio.Against, _ one: String) -> Document {
  let isMany = portfolio.organizations >= PortfolioBuilder.fewest
  let rows = zip(portfolio.frame.questionnaire.dimensions, zip(portfolio.areas, against.areas)).compactMap {
    dimension, figures -> [String]? in
    guard let spread = figures.0, let score = figures.1 else { return nil }
    return [dimension.title, decimal(score), decimal(spread.mean)]
      + (isMany ? Array(cells(spread, quartiles: true).dropFirst()) : [])
  }
  return [
    .heading(2, "Area by area"),
    .paragraph(
      Words(
        "Beside all \(portfolio.organizations), of which “\(one)” is one. A single area is less sure than the whole: where it lies far off is where to ask first."
      )),
    .table(
      Table(
        // Where few begin and end is a single one's figure.
        [.init("area"), .init("its own", .right), .init("mean", .right)]
          + (isMany ? Array(columns(quartiles: true).dropFirst()) : []), rows: rows
      ).filled),
  ]
}

/// Groups beside one another.
func groupTable(_ portfolio: Portfolio) -> Document {
  let groups = portfolio.groups
  guard !groups.isEmpty else { return [] }
  let isMany = groups.contains { $0.index.count >= PortfolioBuilder.fewest }
  return [
    .heading(2, "Groups"),
    .paragraph(
      Words(
        "As the table puts them together. Means of groups differ by chance, too, the more so the fewer are in one; what half of them are is said from "
          + "\(PortfolioBuilder.fewest) on.")),
    .table(
      Table(
        [.init("group"), .init("organisations", .right), .init("Outside-In", .right)]
          + columns(quartiles: isMany),
        rows: groups.map { group in
          [
            group.name ?? "in none", "\(group.index.count)",
            share(group.outsideIn, of: group.index.count),
          ] + cells(group.index, quartiles: isMany)
        }
      ).filled),
  ]
}
