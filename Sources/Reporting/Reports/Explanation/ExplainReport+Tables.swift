import AssessmentModel
import Scoring

/// What was answered, and the value it counts with: `3`, `d = 1`, `14/5 = 2.80`.
func answerCell(_ standing: ItemStanding, _ item: Item?) -> String {
  switch standing.state {
  case .dontKnow: return "don't know"
  case .notApplicable: return "n/a"
  case .open: return "open"
  case .settled: return "settled \(standing.gate ?? 0)"
  case .answered: break
  }
  if standing.latestVotes.count == 1 {
    let level = standing.latestVotes[0].level
    let answer = given(standing.raw(level), item)
    return answer == String(level) ? answer : "\(answer) = \(level)"
  }
  let sum = standing.latestVotes.reduce(0) { $0 + $1.level }
  return "\(sum)/\(standing.latestVotes.count) = \(decimal(standing.value ?? 0, 2))"
}

/// - Parameters:
///   - sum: Whether a last row adds up.
///   - marks: Whether to say which items are critical, and how well their answers are supported.
func contributionTable(
  _ subject: Subject, _ items: [ItemStanding], _ ledger: Ledger, sum: Bool = false,
  marks: Bool = false
) -> Table {
  var rows = items.map { standing -> [String] in
    let weight = ledger.weights[standing.id]
    var cells = [
      standing.id, answerCell(standing, subject.questionnaire.item(standing.id)),
      weight == nil ? "" : decimal(standing.points ?? 0, 2),
      weight.map { decimal($0, 2) + " %" } ?? "",
      ledger.contributions[standing.id].map { decimal($0, 2, signed: true) } ?? "",
    ]
    if marks {
      let critical = standing.isCritical ? "critical" : nil
      cells.append([critical, standing.evidence?.rawValue].compactMap { $0 }.joined(separator: ", "))
    }
    return cells
  }
  let weights = items.compactMap { ledger.weights[$0.id] }
  if sum, weights.count > 1 {
    rows.append(
      [
        "all together", "", "", decimal(weights.reduce(0, +), 2) + " %",
        decimal(items.compactMap { ledger.contributions[$0.id] }.reduce(0, +), 2, signed: true),
      ] + (marks ? [""] : []))
  }
  let columns: [Table.Column] = [
    .init("question"), .init("answer", .right), .init("points", .right), .init("weight", .right),
    .init("moves the index", .right),
  ]
  return Table(columns + (marks ? [.init("")] : []), rows: rows)
}

func areaTable(_ subject: Subject, _ ledger: Ledger) -> Table {
  Table(
    [
      .init("area"), .init("score", .right), .init("weight", .right), .init("moves", .right),
      .init("answered", .right), .init("step", .right), .init("held by"),
    ],
    rows: subject.scorecard.dimensions.map { row in
      [
        subject.title(ofDimension: row.id), row.score.map { decimal($0, 2) } ?? "–",
        ledger.areaWeights[row.id].map { decimal($0, 2) + " %" } ?? "–",
        ledger.areaContributions[row.id].map { decimal($0, 2, signed: true) } ?? "–",
        decimal(row.coverage * 100) + " %", row.step.map(String.init) ?? "–", holdWords(row.heldBy),
      ]
    })
}

func sectionTable(_ subject: Subject, _ ledger: Ledger) -> Table {
  Table(
    [.init("section"), .init("weight", .right), .init("moves the index", .right)],
    rows: subject.questionnaire.sections.compactMap { section in
      let items = subject.scorecard.items.filter {
        $0.section == section.id && ledger.weights[$0.id] != nil
      }
      if items.isEmpty { return nil }
      return [
        section.title,
        decimal(items.reduce(0) { $0 + (ledger.weights[$1.id] ?? 0) }, 2) + " %",
        decimal(
          items.reduce(0) { $0 + (ledger.contributions[$1.id] ?? 0) }, 2, signed: true),
      ]
    })
}

/// What each department's answers do to the index, where there are two or more to tell apart.
func departmentSection(_ card: Scorecard, _ ledger: Ledger) -> Document {
  let rows = card.departmentContributions
  if rows.isEmpty { return [] }
  let moves = addingUp(rows.map(\.contribution), to: ledger.total, places: Ledger.places)
  return [
    .heading(2, "Department by department"),
    .table(
      Table(
        [.init("answers of"), .init("move the index", .right)],
        rows: zip(rows, moves).map { row, move in
          let source =
            switch row.source {
            case .department(let name): name
            case .noDepartment: "people without a department"
            case .settled: "all, settled together"
            }
          return [source, decimal(move, 2, signed: true)]
        })),
    .paragraph("A department with more people, or more answers, moves it further."),
  ]
}

private func holdWords(_ hold: DimensionScore.Hold?) -> String {
  switch hold {
  case .noEvidence: "no document or figure"
  case .critical: "a critical question"
  case .share: "few at the next step"
  case .laggard: "one question behind"
  case .coverage: "missing answers"
  case nil: ""
  }
}
