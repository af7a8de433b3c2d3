import AssessmentModel
import Scoring

/// What customers said, and how far that is from what the team says.
/// - Parameter speaker: to others nothing is said of questions so few answered that it would tell who said what.
func customerSection(_ subject: Subject, _ speaker: Speaker) -> Document {
  let card = subject.scorecard
  guard let customers = card.customers else { return [] }
  func shown(_ points: Double?) -> String { points.map { decimal($0, 2) } ?? "–" }
  var document: Document = [.heading(2, subject.customer.capitalMany)]
  var sentence = "\(subject.customer.counted(customers.raters)) answered"
  if let theirs = customers.index, let ours = customers.teamIndex {
    let difference = theirs - ours
    sentence +=
      ". On the questions \(subject.customer.many) can answer they come to \(decimal(theirs, 2)) and the team to "
      + "\(decimal(ours, 2)): they rate it \(decimal(abs(difference), 2)) points "
      + "\(difference < 0 ? "lower" : "higher")."
  } else {
    sentence += ", too little for an index."
  }
  document.append(.paragraph(Words(sentence)))
  let told = customers.standings.items.filter {
    speaker == .program || card.dimensionsToldOfCustomers.contains($0.dimension)
  }
  if told.isEmpty { return document }
  document.append(
    .table(
      Table(
        [
          .init("question"), .init(subject.customer.many, .right), .init("points", .right),
          .init("team", .right),
          .init("points", .right),
        ],
        rows: told.map { theirs in
          let ours = card.items.first { $0.id == theirs.id }
          let item = subject.questionnaire.item(theirs.id)
          return [
            theirs.id, answerCell(theirs, item), shown(theirs.points),
            ours.map { answerCell($0, item) } ?? "–", shown(ours?.points),
          ]
        })))
  document += gapParagraphs(card.deliveryGap, subject.customer)
  if toldDimensions(subject, speaker).contains(where: { $0.predicted != nil }) {
    document.append(
      .table(
        Table(
          [
            .init("area"), .init("predicted", .right), .init(subject.customer.many, .right),
            .init("off by", .right),
          ],
          rows: toldDimensions(subject, speaker).map { row in
            [
              subject.title(ofDimension: row.id), shown(row.predicted), shown(row.customers),
              row.predicted.map { decimal(row.customers - $0, 2, signed: true) } ?? "–",
            ]
          })))
    document.append(
      .paragraph(
        Words("What the team expected \(subject.customer.many) to say, and what they said, in points.")))
  }
  if let certainty = customers.verdict.certainty, let index = customers.index {
    document.append(
      .paragraph(
        Words("How sure the \(subject.customer.ofMany) figure is, by the same arithmetic:", .strong)))
    document.append(
      .numbered(
        certaintySteps(subject, certainty, index: index, of: subject.customer.one, subject.customer.many)))
  }
  return document
}

/// The delivery gap, counted in people.
private func gapParagraphs(_ gap: DeliveryGap, _ customer: CustomerWord) -> Document {
  if gap.status == .anonymous {
    return [
      .paragraph("Votes were anonymous, so it can't be counted how many people are at 3 or higher.")
    ]
  }
  guard let team = gap.team, let customers = gap.customers, let difference = gap.gap else { return [] }
  let interval = difference.interval
  return [
    .paragraph(
      Words(
        "Counted in people: \(team.successes) of \(team.count) in the team are at 3 or higher on average on these "
          + "questions, and \(customers.successes) of \(customers.count) \(customer.many). These shares are "
          + "\(decimal(difference.value * 100, 0, signed: true)) percentage points apart; with so few people it could "
          + "be from \(decimal(interval.lowerBound * 100, 0, signed: true)) to "
          + "\(decimal(interval.upperBound * 100, 0, signed: true)), nineteen times in twenty (Newcombe's method 10)."
      ))
  ]
}
