import AssessmentModel
import Scoring

func teamTable(_ teams: [TeamSeries], _ portfolio: Portfolio) -> Document {
  let most = 12
  return [
    .heading(2, "Its teams"),
    .paragraph(
      Words(
        "Each stands for itself. Where ranges overlap, their order may be chance.")),
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
  let chance = Int((list.level * Double(list.holding)).rounded(.up))
  var document: Document = [
    .heading(2, "Who has changed?"),
    .paragraph(
      Words(
        "Of \(all) teams with an assessment before their latest "
          + (list.holding == 0
            ? "none can be called changed by itself."
            : "\(list.holding == 1 ? "one has" : "\(list.holding) have") changed by more than chance; \(chance == 1 ? "one" : "\(chance)") of \(list.holding == 1 ? "it" : "these") may be chance all the same.")
          + left + movedTogether(list))),
  ]
  let most = 200
  let told = list.rows.prefix(min(most, list.holding)).map(\.change)
  if !told.isEmpty {
    document.append(
      .table(
        Table(
          [
            .init("team"), .init("from"), .init("to"), .init("index"), .init("change", .right),
            .init("alone from", .right), .init("people"),
          ],
          rows: told.map { change in
            [
              name(change), change.fromDay.description, change.toDay.description,
              "\(decimal(change.from)) → \(decimal(change.to))",
              decimal(change.delta, 1, signed: true),
              decimal(change.detectable, 1) + (change.outcome == .none ? " *" : ""),
              "\(change.fromRaters), \(change.toRaters) (\(change.same))",
            ]
          })))
    let isSeenTogether = told.contains { $0.outcome == .none }
    document.append(
      .paragraph(
        Words(
          (list.holding > most ? "The \(most) surest of \(list.holding). " : "")
            + "“Alone from”: from so many points on a change of this team would count if nothing were known of other teams. People: before, after, and in brackets who answered both times."
            + (isSeenTogether
              ? " * By itself it stays below that: only many teams together tell so well how far people lie apart. Among other teams it may not be listed."
              : "")
        )))
  }
  return document
}

/// Many small moves may be one, which no team shows by itself.
private func movedTogether(_ list: ChangeList) -> String {
  guard let together = list.together, let estimate = together.estimate else { return "" }
  let isBeyondChance = estimate.p <= list.level
  return
    " Together they moved by \(decimal(estimate.mean, 1, signed: true)) points on average (\(together.up) up, \(together.down) down"
    + (together.unmoved > 0 ? ", \(together.unmoved) not at all" : "") + "), "
    + (isBeyondChance
      ? "which is more than chance would make of it." : "no more than chance would make of it.")
}

private func name(_ change: TeamChange) -> String {
  [change.organization, change.team].filter { !$0.isEmpty }.joined(separator: ", ")
}
