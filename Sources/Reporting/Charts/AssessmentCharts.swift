import AssessmentModel
import Scoring

/// The areas between both sides, each with how far people like these could place it.
func areasChart(_ subject: Subject, raised: [String]) -> Chart? {
  let card = subject.scorecard
  let scores = card.dimensions.compactMap(\.score)
  guard let lowest = scores.min(), let highest = scores.max() else { return nil }
  let ranges = areaRanges(card, with: subject.questionnaire)
  func titles(_ score: Double) -> [String] {
    card.dimensions.filter { $0.score.map { decimal($0) } == decimal(score) }.map {
      subject.title(ofDimension: $0.id)
    }
  }
  func named(_ score: Double) -> String {
    let titles = titles(score)
    return titles.count > 3
      ? "\(spelled(titles.count)) areas (\(decimal(score)))" : "\(listed(titles)) (\(decimal(score)))"
  }
  let says =
    decimal(lowest) == decimal(highest)
    ? "All areas lie at \(decimal(lowest)) of 100."
    : "Furthest from the \(subject.customer.one): \(named(lowest)). Nearest: \(named(highest))."
  let rows = zip(card.dimensions, profile(subject))
  return Chart(
    title: "Our \(spelled(card.dimensions.count)) areas.", says: says,
    howToRead: ranges.isEmpty
      ? ""
      : "The pale bar is how far people like us could place it: areas whose bars overlap are hardly told apart.",
    figure: .areas(
      rows.map { dimension, row in
        AreaBar(
          title: row.title, score: row.score, range: ranges[dimension.id], step: row.step, note: row.note,
          isRaised: raised.contains(dimension.id))
      }, cut: card.cut),
    table: Table(
      [
        .init("area"), .init("of 100", .right), .init("from", .right), .init("to", .right),
        .init("step", .right), .init("note"),
      ],
      rows: rows.map { dimension, row in
        let range = ranges[dimension.id]
        return [
          row.title, row.score.map { decimal($0) } ?? "–", range.map { decimal($0.lowerBound) } ?? "–",
          range.map { decimal($0.upperBound) } ?? "–", row.step.map(String.init) ?? "–", row.note,
        ]
      }
    ).filled)
}

/// How many questions the picture of votes shows; the table has all.
private let mostQuestionsDrawn = 12

/// Everybody's first vote on the questions on which people lie furthest apart; nil where so few voted that a dot would be
/// somebody's.
func votesChart(_ subject: Subject) -> Chart? {
  let questionnaire = subject.questionnaire
  let record = WorkshopRecord(
    subject.assessment, questionnaire, asked: questionnaire.items.filter { $0.scored != nil })
  let rows = record.questions.compactMap { question -> (row: VoteRow, spread: Double)? in
    guard let scored = question.item.scored, let round = question.rounds.first, let counts = round.counts,
      counts.reduce(0, +) > 0
    else { return nil }
    var oriented = [0, 0, 0, 0, 0]
    for (level, count) in counts.enumerated() { oriented[scored.oriented(level)] += count }
    var settled: Int?
    if case .level(let level) = question.settlement?.answer { settled = scored.oriented(level) }
    return (
      VoteRow(title: question.item.text, counts: oriented, dontKnow: round.dontKnow, settled: settled),
      variance(oriented)
    )
  }
  guard !rows.isEmpty else { return nil }
  let sorted = rows.enumerated().sorted { left, right in
    (-left.element.spread, left.offset) < (-right.element.spread, right.offset)
  }.map(\.element)
  let shown = Array(sorted.prefix(mostQuestionsDrawn))
  return Chart(
    title: "Every vote, without names.",
    says: "Furthest apart we were on “\(shown[0].row.title)”.",
    howToRead: "Each dot is one person's first vote; 4 is the Outside-In end."
      + (shown.count < sorted.count
        ? " Of \(sorted.count) questions the \(spelled(shown.count)) furthest apart are drawn." : ""),
    figure: .votes(shown.map(\.row)),
    table: Table(
      [.init("question")] + (0...4).map { .init(String($0), .right) }
        + [.init("don't know", .right), .init("settled at", .right)],
      rows: sorted.map { row, _ in
        [row.title] + row.counts.map { $0 == 0 ? "" : String($0) }
          + [row.dontKnow == 0 ? "" : String(row.dontKnow), row.settled.map(String.init) ?? ""]
      }))
}

/// How far votes lie apart, in squared levels.
private func variance(_ counts: [Int]) -> Double {
  let all = Double(counts.reduce(0, +))
  let mean = counts.enumerated().reduce(0) { $0 + Double($1.offset * $1.element) } / all
  return counts.enumerated().reduce(0) {
    $0 + Double($1.element) * (Double($1.offset) - mean) * (Double($1.offset) - mean)
  } / all
}

/// What the team expected customers to say, beside what they say.
func predictionsChart(_ subject: Subject) -> Chart? {
  let rows = toldDimensions(subject, .team)
  guard subject.scorecard.customers != nil, !rows.isEmpty else { return nil }
  let many = subject.customer.many
  let predicts = rows.contains { $0.predicted != nil }
  return Chart(
    title: predicts
      ? "What we expected \(many) to say, and what they say." : "What \(many) say, and what we say.",
    says: furthestWords(subject, .team) ?? "Both lie close together.",
    figure: .predictions(
      rows.map {
        PredictionRow(
          title: subject.title(ofDimension: $0.id), predicted: $0.predicted, team: $0.team,
          customers: $0.customers)
      }),
    table: predictionTable(subject, .team))
}
