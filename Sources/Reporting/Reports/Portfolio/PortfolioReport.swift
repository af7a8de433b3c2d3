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
///   - scope: What was looked at, in words, such as `finished since 2026-01-01`; empty for all.
///   - teams: Of the one organisation that was looked at; empty for many.
///   - changes: Who has changed; nil where that was not looked at.
package func portfolioReport(
  _ portfolio: Portfolio, scope: String, teams: [TeamSeries] = [], changes: ChangeList? = nil
) -> Document {
  var document: Document = [
    .heading(1, "Portfolio" + (scope.isEmpty ? "" : ": \(scope)")),
    .paragraph(Words(headline(portfolio), .strong)), .paragraph(Words(basis(portfolio))),
  ]
  if !teams.isEmpty { document += teamTable(teams, portfolio) }
  guard let index = portfolio.index else { return document }
  // Of one there is no spread.
  if index.count > 1 { document += standing(portfolio, index) + areaTable(portfolio) }
  document += yearTable(portfolio)
  if let changes { document += whoChanged(changes) }
  if teams.isEmpty { document += questionnaireWorks(portfolio) }
  return document
}

private func share(_ part: Int, of all: Int) -> String {
  all == 0 ? "–" : "\(decimal(100 * Double(part) / Double(all))) %"
}

private func headline(_ portfolio: Portfolio) -> String {
  let all = portfolio.organizations
  guard all > 0 else {
    return portfolio.assessments == 0
      ? "Nothing finished is among these." : "None of these organisations has an assessment that counts."
  }
  let outside = portfolio.outsideIn
  guard all > 1 else {
    return "The organisation works \(outside.count == 1 ? "Outside-In" : "Inside-Out"), as its teams see it."
  }
  return
    "\(outside.count) of \(all) organisations (\(share(outside.count, of: all))) work Outside-In, as their teams see it; "
    + "\(outside.clear) of them clearly. Of the \(portfolio.insideOut.count) on the other side, \(portfolio.insideOut.clear) \(portfolio.insideOut.clear == 1 ? "is" : "are") clearly there."
}

private func basis(_ portfolio: Portfolio) -> String {
  let frame = portfolio.frame
  var text =
    "\(counted(portfolio.assessments, "finished assessment", "finished assessments")) of \(counted(portfolio.teams, "team", "teams")). "
    + "A team counts by its latest of the last \(PortfolioBuilder.months) months, an organisation by the mean of its teams; who answered is never pooled."
  if portfolio.outdated > 0 {
    text +=
      " \(counted(portfolio.outdated, "organisation is", "organisations are")) left out: nothing of \(portfolio.outdated == 1 ? "its" : "theirs") is so recent."
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
  return text + " These are your organisations, not their sector."
}

private func standing(_ portfolio: Portfolio, _ index: Portfolio.Distribution) -> Document {
  let all = portfolio.organizations
  func row(_ name: String, _ side: Portfolio.Side) -> [String] {
    [
      name, "\(side.count)", share(side.count, of: all), "\(side.clear)", "\(side.likely)",
      "\(side.transitional)",
    ]
  }
  let quartiles = index.quartiles.map { decimal($0) }
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
        "From 0 to 100 the middle one stands at \(quartiles[2]); half of them lie between \(quartiles[1]) and \(quartiles[3]), all between "
          + "\(quartiles[0]) and \(quartiles[4]).")),
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
  let rows = zip(portfolio.frame.questionnaire.dimensions, portfolio.areas).compactMap {
    dimension, spread -> [String]? in
    guard let spread else { return nil }
    return [dimension.title, "\(spread.count)", decimal(spread.mean)]
      + spread.quartiles[1...3].map { decimal($0) }
  }
  return [
    .heading(2, "Areas"),
    .table(
      Table(
        [
          .init("area"), .init("organisations", .right), .init("mean", .right),
          .init("a quarter is below", .right),
          .init("half", .right), .init("three quarters", .right),
        ], rows: rows)),
  ]
}

private func yearTable(_ portfolio: Portfolio) -> Document {
  guard portfolio.years.count > 1 else { return [] }
  return [
    .heading(2, "Year by year"),
    .paragraph(
      Words(
        "Other organisations answer each year, so a mean that moves is no change; `outside-in compare` says what has changed in one."
      )),
    .table(
      Table(
        [.init("year"), .init("finished", .right), .init("organisations", .right), .init("mean", .right)],
        rows: portfolio.years.map {
          ["\($0.year)", "\($0.assessments)", "\($0.organizations)", $0.mean.map { decimal($0) } ?? "–"]
        })),
  ]
}

private func teamTable(_ teams: [TeamSeries], _ portfolio: Portfolio) -> Document {
  let most = 12
  return [
    .heading(2, "Its teams"),
    .paragraph(
      Words(
        "Each stands for itself; they are no sample of anything. `outside-in compare --teams` says which differ by more than chance, "
          + "`outside-in compare` what has changed in one.")),
    .table(
      Table(
        [.init("team"), .init("latest"), .init("index", .right), .init("range"), .init("before that")],
        rows: teams.map { series in
          let last = series.entries[series.entries.count - 1]
          let range = last.score.certainty?.range
          let before = series.entries.dropLast().suffix(most)
          return [
            series.team.isEmpty ? "the organisation itself" : series.team, last.finishedAt.day.description,
            last.score.certainty == nil ? "–" : last.score.index.map { decimal($0) } ?? "–",
            range.map { "\(decimal($0.lowerBound)) to \(decimal($0.upperBound))" } ?? "too few answers",
            (series.entries.count - 1 > most ? "…, " : "")
              + before.map { entry in
                "\(entry.score.index.map { decimal($0) } ?? "–") (\(entry.finishedAt.day))"
              }.joined(separator: ", "),
          ]
        }
      ).filled),
  ]
}

/// What stands above the list says what chance makes of it.
private func whoChanged(_ list: ChangeList) -> Document {
  let all = list.changes.count
  guard all > 0 else { return [] }
  let left =
    list.incomparable == 0
    ? "" : " Of \(counted(list.incomparable, "more", "more")) too little can be compared."
  if all == 1 {
    let one = list.changes[0]
    return [
      .heading(2, "Has it changed?"),
      .paragraph(
        Words(
          "\(name(one)), \(one.fromDay) to \(one.toDay): \(decimal(one.from)) → \(decimal(one.to)), "
            + (one.outcome == .none ? "no more than chance would make it." : "by more than chance.") + left)),
    ]
  }
  var document: Document = [
    .heading(2, "Who has changed?"),
    .paragraph(
      Words(
        "\(all) teams have an assessment before their latest. Looked at one by one, \(list.alone == 1 ? "one has" : "\(list.alone) have") changed by more than chance; "
          + "if nothing had changed anywhere, \(decimal(list.byChance)) or fewer would seem to. "
          + (list.holding == 0
            ? "Over all of them together none can be called changed."
            : "Over all of them together \(list.holding == 1 ? "one holds" : "\(list.holding) hold"): of such a list about one in "
              + "\(decimal(1 / list.level)) may be none.") + left)),
  ]
  let most = 50
  let told = list.changes.prefix(min(most, list.holding))
  if !told.isEmpty {
    document.append(
      .table(
        Table(
          [
            .init("team"), .init("from"), .init("to"), .init("index"), .init("change", .right),
            .init("counts from", .right),
            .init("people"),
          ],
          rows: told.map { change in
            let (from, to) = (rounded(change.from, 0), rounded(change.to, 0))
            return [
              name(change), change.fromDay.description, change.toDay.description,
              "\(decimal(from)) → \(decimal(to))",
              decimal(to - from, signed: true), decimal(change.detectable, 1),
              "\(change.same) of \(change.fromRaters), \(change.toRaters)",
            ]
          })))
    document.append(
      .paragraph(
        Words(
          (list.holding > most ? "The \(most) surest of \(list.holding); `--format json` has all. " : "")
            + "“Counts from” is for a team by itself. People: how many answered both times, of those before and now. `outside-in compare` says more of each."
        )))
  }
  return document
}

private func name(_ change: TeamChange) -> String {
  [change.organization, change.team].filter { !$0.isEmpty }.joined(separator: ", ")
}

// MARK: The questionnaire

private func questionnaireWorks(_ portfolio: Portfolio) -> Document {
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
        "First: how much of the difference between two organisations is of them, and not of who happened to answer. 100 % would be all "
          + "of it. With one person a team a good part is that person's own leaning; more people make it less."
      )),
    .table(
      Table(
        [.init("people a team"), .init("organisations", .right), .init("of the organisations", .right)],
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
    .heading(2, "Question by question"),
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
