import AssessmentModel

/// What a facilitator prepares from: the text of the guide, in the questionnaire's words, with its questions.
///
/// - Parameters:
///   - text: the guide as it is written, with places for what is made.
///   - agenda: how the time is shared out.
package func guideReport(_ questionnaire: Questionnaire, text: String, agenda: Document) -> Document {
  let customer = questionnaire.customer
  let scored = questionnaire.items.filter { $0.scored != nil }
  let asked = questionnaire.hasCore ? scored.filter(\.core) : scored
  let words = [
    "{customer}": customer.one, "{customers}": customer.many, "{Customers}": customer.capitalMany,
    "{ofCustomers}": customer.ofMany, "{areas}": spelled(questionnaire.dimensions.count),
    "{area}": questionnaire.dimensions.first?.title ?? "", "{title}": questionnaire.title,
    "{questions}": String(asked.count),
  ]
  return document(markdown: words.reduce(text) { $0.replacing($1.key, with: $1.value) }) { place in
    switch place {
    case "agenda": agenda
    case "script": script(questionnaire)
    case "more": more(questionnaire)
    default: []
    }
  }
}

/// Each question of the short form with what to say and ask.
private func script(_ questionnaire: Questionnaire) -> Document {
  var document: Document = []
  var number = 0
  for section in questionnaire.sections {
    let items = section.items.filter { $0.scored != nil && ($0.core || !questionnaire.hasCore) }
    if items.isEmpty { continue }
    document.append(.heading(3, section.title))
    if let intro = section.intro { document.append(.paragraph(Words(intro))) }
    for item in items {
      number += 1
      document += guided(item, "\(number)  \(item.text)", questionnaire)
    }
  }
  let records = questionnaire.items.filter { item in
    switch item.record {
    case .expectations, .moments: item.core
    case .choice, .number, .text, .metrics, .raise, nil: false
    }
  }
  if !records.isEmpty {
    document += [
      .heading(3, "For the plan, eight minutes"),
      .paragraph("The program asks, the room says, and the keyboard types: one answer to each is enough."),
      .bullets(records.map { Words($0.text) }),
    ]
  }
  return document
}

/// What there may be time for, area by area.
private func more(_ questionnaire: Questionnaire) -> Document {
  guard questionnaire.hasCore else { return [.paragraph("All questions are in the script.")] }
  return questionnaire.dimensions.flatMap { area -> Document in
    let items = questionnaire.items.filter { !$0.core && $0.scored?.dimension == area.id }
    if items.isEmpty { return [] }
    return [.heading(3, area.title)] + items.flatMap { guided($0, $0.text, questionnaire) }
  }
}

private func guided(_ item: Item, _ title: String, _ questionnaire: Questionnaire) -> Document {
  var document: Document = [.heading(4, title), .options(choices(of: item, questionnaire))]
  let area = item.scored.flatMap { questionnaire.dimension($0.dimension)?.title } ?? ""
  let mark = item.scored?.critical == true ? "\(area), critical" : area
  let notes = [
    ("Area", mark.nonEmpty), ("Behind it", item.why), ("Ask, where you are apart", item.probe),
    ("What shows it", item.evidence),
  ].compactMap { name, text in text.map { Words("\(name): ", .strong) + Words($0) } }
  if !notes.isEmpty { document.append(.bullets(notes)) }
  return document
}
