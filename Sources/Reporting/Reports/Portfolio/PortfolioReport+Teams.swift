import AssessmentModel
import Scoring

func teamTable(_ teams: [TeamSeries], _ portfolio: Portfolio) -> Document {
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
func whoChanged(_ list: ChangeList) -> Document {
  let all = list.compared
  guard all > 0 else { return [] }
  let left =
    list.incomparable == 0
    ? "" : " Of \(counted(list.incomparable, "more", "more")) too little can be compared."
  if all == 1, let one = list.rows.first?.change {
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
  let told = list.rows.prefix(min(most, list.holding)).map(\.change)
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
            + "“Counts from” is for a team by itself; all of them tell better how far people lie apart, so that here less may hold. People: how many answered both times, of those before and now. `outside-in compare` says more of each."
        )))
  }
  return document
}

private func name(_ change: TeamChange) -> String {
  [change.organization, change.team].filter { !$0.isEmpty }.joined(separator: ", ")
}
