import AssessmentModel
import Scoring

/// What the team expected customers to say and what it says itself, area by area, beside what they say; what was expected
/// alone, as long as nobody of them has answered; nothing where there is neither.
///
/// - Parameter speaker: Who says it: the program to those at the prompt, or they to others.
package func customersBeside(_ subject: Subject, _ speaker: Speaker) -> Document {
  let gap = subject.scorecard.deliveryGap
  let customer = subject.customer
  let who = speaker == .program ? "you" : "we"
  guard subject.scorecard.customers != nil else {
    guard let expected = expected(subject) else { return [] }
    return [
      .paragraph(
        Words(
          "\(who.capitalizedFirst) expect \(customer.many) to come to \(decimal(expected)) of 100 on the questions they are asked; none "
            + "has answered yet."))
    ]
  }
  guard !gap.dimensions.isEmpty else { return [] }
  guard !toldDimensions(subject, speaker).isEmpty else {
    return [
      .paragraph(
        Words("So few \(customer.many) answered that area by area it would tell what each of them said."))
    ]
  }
  return [.gap, .table(predictionTable(subject, speaker))]
    + (furthestWords(subject, speaker).map { [.paragraph(Words($0))] } ?? [])
}

/// What may be told of areas: to those at the prompt all, to others where nobody's answer can be told by it.
func toldDimensions(_ subject: Subject, _ speaker: Speaker) -> [DeliveryGap.Prediction] {
  let rows = subject.scorecard.deliveryGap.dimensions
  if speaker == .program { return rows }
  let told = subject.scorecard.dimensionsToldOfCustomers
  return rows.filter { told.contains($0.id) }
}

/// Area by area, what was expected, what customers say and what the team says.
func predictionTable(_ subject: Subject, _ speaker: Speaker) -> Table {
  let rows = toldDimensions(subject, speaker)
  let who = speaker == .program ? "you" : "we"
  let predicts = rows.contains { $0.predicted != nil }
  func shown(_ points: Double?) -> String { points.map { decimal($0) } ?? "–" }
  return Table(
    [
      .init("of 100"), .init(predicts ? "\(who) expected" : "", .right),
      .init("\(subject.customer.many) say", .right),
      .init("\(who) say", .right), .init(predicts ? "off by" : "apart by", .right),
    ],
    rows: rows.map { row in
      let other = predicts ? row.predicted : row.team
      return [
        subject.title(ofDimension: row.id), shown(row.predicted), shown(row.customers), shown(row.team),
        other.map { decimal(rounded(row.customers, 0) - rounded($0, 0), signed: true) } ?? "–",
      ]
    }
  ).filled
}

/// What customers are expected to say over all questions that were predicted, of 100.
private func expected(_ subject: Subject) -> Double? {
  let values = subject.questionnaire.items.compactMap { item -> (weight: Double, points: Double)? in
    guard let scored = item.scored, let value = subject.assessment.predictions[item.id] else { return nil }
    return (Double(scored.weight), 25 * scored.oriented(value))
  }
  let weight = values.reduce(0) { $0 + $1.weight }
  return weight > 0 ? values.reduce(0) { $0 + $1.weight * $1.points } / weight : nil
}

/// Where the two lie furthest apart, and which way.
func furthestWords(_ subject: Subject, _ speaker: Speaker) -> String? {
  let rows = toldDimensions(subject, speaker)
  let predicts = rows.contains { $0.predicted != nil }
  let who = speaker == .program ? "you" : "we"
  let apart = rows.compactMap { row -> (row: DeliveryGap.Prediction, by: Double)? in
    (predicts ? row.predicted : row.team).map { (row, row.customers - $0) }
  }
  guard let worst = apart.max(by: { abs($0.by) < abs($1.by) }), abs(worst.by) >= 0.5 else { return nil }
  let title = subject.title(ofDimension: worst.row.id)
  let many = subject.customer.many
  let side = worst.by < 0 ? "lower" : "higher"
  return
    "\(title) lies furthest apart: \(many) rate it \(decimal(abs(worst.by))) points \(side) than \(who) "
    + (predicts ? "expected." : "do.")
}
