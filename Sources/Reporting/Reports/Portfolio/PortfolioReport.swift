import AssessmentModel
import Scoring

/// One team of an organisation that is looked at alone, over time.
package struct TeamSeries: Hashable, Sendable {
  package let team: String
  /// The earliest first: day, index on what all have in common, and the entry itself.
  package let entries: [PortfolioEntry]

  package init(team: String, entries: [PortfolioEntry]) {
    self.team = team
    self.entries = entries
  }
}

/// Many organisations together: where they stand, and whether the questionnaire works.
///
/// - Parameters:
///   - one: The organisation that is set against the others.
///   - scope: What was looked at, in words, such as `finished since 2026-01-01`; empty for all.
///   - remarks: What has to be known of who is looked at.
///   - names: Of organisations as they are written, by their keys.
///   - teams: Of the one organisation that was looked at; empty for many.
///   - changes: Who has changed; nil where that was not looked at.
package func portfolioReport(
  _ portfolio: Portfolio, of one: String? = nil, scope: String, remarks: [String] = [],
  names: [String: String] = [:],
  teams: [TeamSeries] = [],
  changes: ChangeList? = nil
) -> Document {
  let title: Block = .heading(1, "Portfolio" + (scope.isEmpty ? "" : ": \(scope)"))
  let notes: Document = remarks.map { .paragraph(Words($0)) }
  if let one {
    return [title] + againstOthers(portfolio, one) + turnedRound(portfolio) + notes
      + [.paragraph(Words(basis(portfolio, nil) + ofTheOrganizations(portfolio)))]
  }
  var document: Document = [
    title, .paragraph(Words(headline(portfolio), .strong)), .paragraph(Words(basis(portfolio, names))),
  ]
  document += turnedRound(portfolio)
  document += notes
  if !teams.isEmpty { document += teamTable(teams, portfolio) }
  guard let index = portfolio.index else { return document }
  // Of one there is no spread.
  if index.count > 1 { document += standing(portfolio, index) + areaTable(portfolio) }
  document += groupTable(portfolio) + yearTable(portfolio)
  if let changes { document += whoChanged(changes) }
  if teams.isEmpty { document += oneByOne(portfolio, names) }
  if teams.isEmpty { document += questionnaireWorks(portfolio) }
  return document
}

/// Questions that go the wrong way, which makes all else doubtful.
private func turnedRound(_ portfolio: Portfolio) -> Document {
  let turned = portfolio.items.filter(\.isAsIfTurned).map(\.item)
  guard let first = turned.first else { return [] }
  let which =
    turned.count == 1
    ? "a question goes against the others of its area, as if it had been turned round: \(first)"
    : "\(turned.count) questions go against the others of their areas, as if they had been turned round: \(listed(turned))"
  return [
    .paragraph(
      Words(
        "Look at this first: \(which). Either answers came in the wrong way round, or people misread them. All of this rests on them, too.",
        .strong))
  ]
}

func share(_ part: Int, of all: Int) -> String {
  all == 0 ? "–" : "\(decimal(100 * Double(part) / Double(all))) %"
}

private func headline(_ portfolio: Portfolio) -> String {
  let all = portfolio.organizations
  guard all > 0 else {
    return portfolio.assessments == 0
      ? "Nothing finished is among these." : "None of these organisations has an assessment that counts."
  }
  let (outside, inside) = (portfolio.outsideIn, portfolio.insideOut)
  guard all > 1 else {
    let side = outside.count == 1 ? "Outside-In" : "Inside-Out"
    let (mine, index) = (outside.count == 1 ? outside : inside, decimal(portfolio.index?.mean ?? 0))
    return
      "At \(index) of 100 the organisation "
      + (mine.clear == 1
        ? "works \(side), as its teams see it."
        : mine.likely == 1
          ? "probably works \(side), as its teams see it." : "leans \(side); that is too close to call.")
  }
  let close =
    switch (outside.transitional, inside.transitional) {
    case (0, 0): "None of them is too close to call."
    case (let some, 0): "For \(some) of these that is too close to call."
    case (0, let some): "For \(some) of the others that is too close to call."
    case (let some, let others): "For \(some) of these and \(others) of the others that is too close to call."
    }
  return
    "Of \(all) organisations \(outside.count) (\(share(outside.count, of: all))) \(outside.count == 1 ? "stands" : "stand") on the Outside-In side, arranged around what is best for the customer, as their teams see it. "
    + close
}

/// - Parameter names: Of organisations, by their keys; nil where none but one may be named.
private func basis(_ portfolio: Portfolio, _ names: [String: String]?) -> String {
  let frame = portfolio.frame
  var text =
    "\(counted(portfolio.assessments, "finished assessment", "finished assessments")) of \(counted(portfolio.teams, "team", "teams")). "
    + "A team counts by its latest of the last \(PortfolioBuilder.months) months, an organisation by the mean of its teams."
  if portfolio.outdated > 0 {
    text +=
      " \(counted(portfolio.outdated, "organisation is", "organisations are")) left out, since nothing of \(portfolio.outdated == 1 ? "its" : "theirs") is of these months"
    let known =
      names.map { names in portfolio.outdatedKeys.map { names[$0] ?? $0 }.filter { !$0.isEmpty } } ?? []
    let more = portfolio.outdated - known.count
    text += (known.isEmpty ? "" : ": " + listed(known + (more > 0 ? ["\(more) more"] : []))) + "."
  }
  if portfolio.withoutIndex > 0 {
    text +=
      " \(counted(portfolio.withoutIndex, "organisation has", "organisations have")) too few answers for a verdict."
  }
  if frame.isJoined || frame.isCore {
    let why =
      frame.isJoined && frame.isCore
      ? "that all versions have in common and the short form asks"
      : frame.isJoined
        ? "that all versions have in common" : "of the short form, since some were asked no more"
    text +=
      " All are scored on the \(counted(frame.common.count, "question", "questions")) \(why), so figures may differ from each one's own result."
  }
  return text + " These are the organisations that are saved here; they say nothing about others."
}

private func standing(_ portfolio: Portfolio, _ index: Portfolio.Distribution) -> Document {
  let all = portfolio.organizations
  func row(_ name: String, _ side: Portfolio.Side) -> [String] {
    [
      name, "\(side.count)", share(side.count, of: all), "\(side.clear)", "\(side.likely)",
      "\(side.transitional)",
    ]
  }
  return [
    .heading(2, "Where they stand"),
    .table(
      Table(
        [
          .init("works"), .init("organisations", .right), .init("share", .right), .init("clear", .right),
          .init("likely", .right), .init("too close", .right),
        ], rows: [row("Outside-In", portfolio.outsideIn), row("Inside-Out", portfolio.insideOut)])),
    .paragraph(
      Words(
        "From 0 to 100 they stand at \(decimal(index.mean)) on average"
          + (index.count < PortfolioBuilder.fewest
            ? ""
            : ", the middle one at \(decimal(index.quartiles[2])); half of them lie between \(decimal(index.quartiles[1])) and \(decimal(index.quartiles[3]))")
          + ", all between \(decimal(index.quartiles[0])) and \(decimal(index.quartiles[4])).")),
    .table(
      Table(
        [.init("from"), .init("to below"), .init("organisations", .right), .init("share", .right)],
        rows: index.tenths.enumerated().map { place, count in
          [
            "\(place * 10)", place == 9 ? "100, with it" : "\(place * 10 + 10)", "\(count)",
            share(count, of: all),
          ]
        })),
  ]
}

private func areaTable(_ portfolio: Portfolio) -> Document {
  let isMany = portfolio.organizations >= PortfolioBuilder.fewest
  let rows = zip(portfolio.frame.questionnaire.dimensions, portfolio.areas).compactMap {
    dimension, spread -> [String]? in
    guard let spread else { return nil }
    return [dimension.title, "\(spread.count)"] + cells(spread, quartiles: isMany)
  }
  return [
    .heading(2, "Areas"),
    .table(
      Table([.init("area"), .init("organisations", .right)] + columns(quartiles: isMany), rows: rows).filled),
  ]
}

/// Of a distribution: its mean and, of many, its quartiles, of few where it begins and ends.
func columns(quartiles: Bool) -> [Table.Column] {
  [.init("mean", .right)]
    + (quartiles ? [.init("middle", .right), .init("half of them")] : [.init("all of them")])
}

func cells(_ spread: Portfolio.Distribution, quartiles: Bool) -> [String] {
  let ends = spread.quartiles.map { decimal($0) }
  guard quartiles else { return [decimal(spread.mean), "\(ends[0]) to \(ends[4])"] }
  return [decimal(spread.mean)]
    + (spread.count < PortfolioBuilder.fewest ? ["–", "–"] : [ends[2], "\(ends[1]) to \(ends[3])"])
}

private func yearTable(_ portfolio: Portfolio) -> Document {
  guard portfolio.years.count > 1 else { return [] }
  return [
    .heading(2, "Year by year"),
    .paragraph(
      Words(
        "Not the same organisations answer each year, so a mean that moves is no change."
      )),
    .table(
      Table(
        [.init("year"), .init("finished", .right), .init("organisations", .right), .init("mean", .right)],
        rows: portfolio.years.map {
          ["\($0.year)", "\($0.assessments)", "\($0.organizations)", $0.mean.map { decimal($0) } ?? "–"]
        })),
  ]
}

/// What the order of organisations is worth.
private func ofTheOrganizations(_ portfolio: Portfolio) -> String {
  let most = portfolio.raterReliability.max { $0.organizations < $1.organizations }
  guard let share = most?.reliability else { return "" }
  return
    " Of the differences between them \(decimal(100 * share)) % are the organisations' own; the rest is who happened to answer"
    + (share < 0.5 ? ", so that the order says little." : ".")
}

/// Each organisation with where it stands.
private func oneByOne(_ portfolio: Portfolio, _ names: [String: String]) -> Document {
  guard let listed = portfolio.listed, listed.count > 1 else { return [] }
  func stands(_ row: Portfolio.Organization) -> String {
    let side = row.isOutsideIn ? "Outside-In" : "Inside-Out"
    switch row.band {
    case .clear: return side
    case .likely: return "probably " + side
    case .transitional: return "too close to call"
    }
  }
  return [
    .heading(2, "Organisation by organisation"),
    .paragraph(
      Words(
        "The highest first. Where ranges overlap their order may be chance." + ofTheOrganizations(portfolio)
      )),
    .table(
      Table(
        [
          .init("organisation"), .init("index", .right), .init("range"), .init("stands"),
          .init("teams", .right),
        ],
        rows: listed.map { row in
          [
            row.key.isEmpty ? "without a name" : names[row.key] ?? row.key, decimal(row.index),
            "\(decimal(row.range.lowerBound)) to \(decimal(row.range.upperBound))", stands(row),
            "\(row.teams)",
          ]
        })),
  ]
}
