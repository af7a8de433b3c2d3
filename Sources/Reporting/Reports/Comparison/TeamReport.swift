import AssessmentModel
import Scoring

/// The teams of an organisation beside each other, each against the mean of the others.
package func teamReport(_ comparison: TeamComparison) -> Document {
  let core = comparison.core
  let assessments = comparison.assessments.map(\.assessment)
  let names = assessments.map { $0.team.isEmpty ? "the organisation itself" : $0.team }
  func day(_ assessment: Assessment) -> String {
    assessment.heldAt?.day.description ?? "no day"
  }
  var document: Document = [
    .heading(1, "\(assessments[0].organization): \(comparison.assessments.count) teams"),
    .paragraph(Words(headline(comparison, names), .strong)),
  ]
  if comparison.rows.isEmpty { return document }
  let share = core.share > 1 - 1e-9 ? "" : " (\(decimal(core.share * 100)) % of the weight)"
  document.append(
    .paragraph(
      Words(
        "On the \(counted(core.items.count, "question", "questions")) that all answered\(share). Each team is held against the mean "
          + "of the others; from “counts from” on a difference is more than chance between people would make it."
      )))
  document.append(
    .table(
      Table(
        [
          .init("team"), .init("of"), .init("people", .right), .init("of 100", .right),
          .init("others", .right),
          .init("difference", .right), .init("counts from", .right), .init(""),
        ],
        rows: comparison.rows.enumerated().map { place, row in
          let (mine, others) = (rounded(row.index, 1), rounded(row.others, 1))
          return [
            names[place], day(assessments[place]), "\(row.spread.voters)", decimal(mine, 1),
            decimal(others, 1),
            decimal(mine - others, 1, signed: true), decimal(row.countsFrom, 1),
            row.outcome == .none ? "" : row.outcome.rawValue,
          ]
        })))
  document += [
    .heading(2, "Area by area"),
    .table(
      Table(
        [.init("area")] + names.map { .init($0, .right) },
        rows: core.areas.filter { !$0.points.isEmpty }.map { area in
          [core.newest.dimension(area.id)?.title ?? area.id] + area.points.map { decimal($0) }
        })),
    .paragraph(
      "For areas nothing is said of chance: so many differences would always have a large one among them."),
  ]
  return document + remarks(comparison).map { .paragraph(Words($0)) }
}

/// The one that keeps the others from being compared.
private func thinnest(_ comparison: TeamComparison, _ names: [String]) -> String {
  guard names.count > 2 else { return "" }
  let answered = comparison.assessments.map { side in
    score(side.assessment, with: side.questionnaire).items.count(where: \.isAnswered)
  }
  guard let place = answered.indices.min(by: { answered[$0] < answered[$1] }) else { return "" }
  return
    " Least was answered by \(names[place]) (\(counted(answered[place], "question", "questions"))); the others can be "
    + "compared two by two: outside-in compare ID ID."
}

private func headline(_ comparison: TeamComparison, _ names: [String]) -> String {
  if comparison.rows.isEmpty {
    return comparison.core.cut == nil
      ? "These teams can't be compared: the line between the two sides is not the same for all."
      : "These teams can't be compared: only \(decimal(comparison.core.share * 100)) % of what all were asked is the same and "
        + "was answered by all.\(thinnest(comparison, names))"
  }
  func teams(_ outcome: TeamComparison.Outcome) -> [String] {
    zip(names, comparison.rows).filter { $1.outcome == outcome }.map(\.0)
  }
  let (higher, lower) = (teams(.higher), teams(.lower))
  if higher.isEmpty, lower.isEmpty {
    return "No team differs from the others by more than chance would make it."
  }
  let customers = comparison.core.newest.customer.many
  func are(_ list: [String]) -> String { list.count == 1 ? "sees itself" : "see themselves" }
  let parts = [
    higher.isEmpty ? nil : "\(listed(higher)) \(are(higher)) further towards \(customers) than the others",
    lower.isEmpty ? nil : "\(listed(lower)) \(are(lower)) further from \(customers) than the others",
  ].compactMap { $0 }
  return "\(parts.joined(separator: "; ")), and by more than chance would make it."
}

private func remarks(_ comparison: TeamComparison) -> [String] {
  var lines = [
    "How a team sees itself is not what its \(comparison.core.newest.customer.many) see; who knows more often rates lower."
  ]
  let days = comparison.assessments.compactMap {
    $0.assessment.heldAt?.day.daysSince1970
  }
  if let first = days.min(), let last = days.max(), last - first > 90 {
    lines.append(
      "These assessments lie \(last - first) days apart; what changed meanwhile is in the difference, too.")
  }
  if comparison.rows.contains(where: { $0.spread.voters == 1 }) {
    lines.append("Where one person answered, it is that person's view.")
  }
  return lines
}
