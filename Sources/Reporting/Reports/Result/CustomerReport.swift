import AssessmentModel
import Scoring

/// What the team expected customers to say and what it says itself, area by area, beside what they say; what was expected
/// alone, as long as nobody of them has answered; nothing where there is neither.
///
/// - Parameter speaker: Who says it: the program to those at the prompt, or they to others.
package func customersBeside(_ subject: Subject, _ speaker: Speaker) -> Document {
  let gap = subject.scorecard.deliveryGap
  let customer = subject.customer
  let (who, whose) = speaker == .program ? ("you", "you") : ("we", "we")
  guard subject.scorecard.customers != nil else {
    guard let expected = expected(subject) else { return [] }
    return [
      .paragraph(
        Words(
          "\(who.capitalizedFirst) expect \(customer.many) to come to \(decimal(expected)) of 100 on the questions they are asked; none "
            + "has answered yet."))
    ]
  }
  let rows = gap.dimensions
  guard !rows.isEmpty else { return [] }
  func shown(_ points: Double?) -> String { points.map { decimal($0) } ?? "–" }
  let predicts = rows.contains { $0.predicted != nil }
  var document: Document = [
    .gap,
    .table(
      Table(
        [
          .init("of 100"), .init(predicts ? "\(whose) expected" : "", .right),
          .init("\(customer.many) say", .right),
          .init("\(who) say", .right), .init(predicts ? "off by" : "apart by", .right),
        ],
        rows: rows.map { row in
          let other = predicts ? row.predicted : row.team
          return [
            subject.title(ofDimension: row.id), shown(row.predicted), shown(row.customers), shown(row.team),
            other.map { decimal(rounded(row.customers, 0) - rounded($0, 0), signed: true) } ?? "–",
          ]
        }
      ).filled),
  ]
  if let words = furthest(rows, subject, predicts: predicts, who) {
    document.append(.paragraph(Words(words)))
  }
  return document
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
private func furthest(
  _ rows: [DeliveryGap.Prediction], _ subject: Subject, predicts: Bool, _ who: String
) -> String? {
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
