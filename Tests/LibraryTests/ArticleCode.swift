import AssessmentModel
import QuestionnaireFormat
import Scoring

/// The code of the article `FromAnswersToVerdict`, line by line; `ArticleTests` holds both to each other. It is
/// compiled as another package would compile it, so that it sees what is public and nothing else.
func fromAnswersToVerdict(print: (String) -> Void) throws {
  // The article's code begins.
  let main = """
    format: 1
    id: repairs
    version: 1.0.0
    status: draft
    title: How a repair shop sees its customers
    scoring: { method: outside-in/1, cut: 50 }
    dimensions:
      - { id: insight, title: Understanding customers }
      - { id: journey, title: A seamless journey }
    scales:
      maturity:
        - { level: 0, label: Not seen as a question }
        - { level: 1, label: Reaction }
        - { level: 2, label: Organised around ourselves }
        - { level: 3, label: Organised around the customer }
        - { level: 4, label: Customers confirm it }
    sections: [today]
    """
  let today = """
    section: today
    title: Today
    items:
      - id: listen
        type: level
        scale: maturity
        dimension: insight
        text: How do you learn what a customer expects of a repair?
      - id: promise
        type: bipolar
        dimension: insight
        outsideIn: left
        left: We promise a day that we keep in most weeks.
        right: We promise the day that the customer hopes for.
        text: What day do you promise?
      - id: handover
        type: level
        scale: maturity
        dimension: journey
        critical: true
        text: A repair passes between people. Who sees it to its end?
      - id: pickup
        type: level
        scale: maturity
        dimension: journey
        text: What happens when a customer picks the repair up?
    """
  let reading = readQuestionnaire(
    files: [
      "questionnaire.yaml": Array(main.utf8),
      "today.yaml": Array(today.utf8),
    ])
  guard let questionnaire = reading.questionnaire else {
    fatalError(reading.diagnostics.map(\.text).joined(separator: "\n"))
  }

  typealias Answers = [String: [String: Int]]

  func assessment(_ id: String, _ answers: Answers) -> Assessment {
    Assessment(
      id: id, organization: "Repairs Ltd",
      questionnaire: PinnedQuestionnaire(questionnaire).reference,
      raters: answers.keys.sorted().map { Rater(id: $0, name: $0) },
      responses: answers.flatMap { rater, levels in
        levels.map { item, level in
          Response(
            key: .init(item: item, rater: rater),
            answer: .answered(.level(level)))
        }
      })
  }

  let spring = assessment(
    "2026-spring",
    [
      "Ana": ["listen": 3, "promise": 1, "handover": 3, "pickup": 2],
      "Ben": ["listen": 2, "promise": 1, "handover": 3, "pickup": 3],
      "Cleo": ["listen": 2, "promise": 0, "handover": 1],
    ])

  func shown(_ value: Double) -> String {
    String((value * 10).rounded() / 10)
  }

  let card = score(spring, with: questionnaire)
  for row in card.contributions {
    let moves = shown(row.contribution)
    print("\(row.item): \(shown(row.score)) points, moves the index by \(moves)")
  }
  print("index \(shown(card.index!)), cut \(shown(card.cut))")

  switch card.verdict.orientation {
  case .outsideIn: print("Outside-In, \(card.verdict.band!)")
  case .insideOut: print("Inside-Out, \(card.verdict.band!)")
  case nil: print("answer first: \(card.answerFirst)")
  }
  let certainty = card.verdict.certainty!
  print("standard error \(shown(certainty.standardError))")
  print("degrees of freedom \(shown(certainty.spread.degreesOfFreedom))")
  print("probability \(shown(certainty.probability * 100)) %")
  let (low, high) = (certainty.range.lowerBound, certainty.range.upperBound)
  print("range \(shown(low)) to \(shown(high))")

  for flip in card.flip ?? [] {
    let rater = flip.rater ?? "the team"
    print("\(flip.item) of \(rater), from \(flip.from) to \(flip.to)")
  }
  for area in card.dimensions {
    let hold = area.heldBy?.rawValue ?? "nothing"
    print("\(area.id): step \(area.step ?? 0), held by \(hold)")
  }

  let agreed = agreement(spring, with: questionnaire)
  for item in agreed.items {
    let picture = item.picture?.rawValue ?? "one vote"
    print("\(item.item): \(item.distribution ?? []), \(picture)")
  }
  switch agreed.overall.alphaOrdinal {
  case .value(let alpha): print("α \(shown(alpha))")
  case .undefined(let reason): print("no α: \(reason)")
  }

  let autumn = assessment(
    "2026-autumn",
    [
      "Ana": ["listen": 3, "promise": 1, "handover": 4, "pickup": 3],
      "Ben": ["listen": 3, "promise": 0, "handover": 4, "pickup": 4],
      "Cleo": ["listen": 3, "promise": 0, "handover": 3, "pickup": 4],
    ])
  let same = Correspondence(identity: questionnaire)
  let comparison = compare([
    ComparedAssessment(spring, questionnaire, same),
    ComparedAssessment(autumn, questionnaire, same),
  ])
  if let change = comparison.latest.index {
    let estimate = change.estimate
    print("from \(shown(estimate.from)) to \(shown(estimate.to))")
    print("\(estimate.people.count) of the same people")
    print("standard error \(shown(estimate.standardError))")
    print("counts from \(shown(change.detectable)) points on")
    print("\(change.outcome)")
  }
  // The article's code ends.
}
