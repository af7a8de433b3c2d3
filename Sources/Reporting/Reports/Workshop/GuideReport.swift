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
    "{ofCustomers}": customer.ofMany, "{title}": questionnaire.title, "{questions}": String(asked.count),
  ]
  return document(markdown: words.reduce(text) { $0.replacing($1.key, with: $1.value) }) { place in
    switch place {
    case "agenda": agenda
    case "script": script(questionnaire)
    default: []
    }
  }
}

/// Each question with what to say and ask, the short form first, then what there may be time for.
private func script(_ questionnaire: Questionnaire) -> Document {
  var document: Document = []
  var number = 0
  func add(_ items: [Item]) {
    for item in items {
      number += 1
      document += guided(item, number, questionnaire)
    }
  }
  for section in questionnaire.sections {
    let items = section.items.filter { $0.scored != nil && ($0.core || !questionnaire.hasCore) }
    if items.isEmpty { continue }
    document.append(.heading(3, section.title))
    if let intro = section.intro { document.append(.paragraph(Words(intro))) }
    add(items)
  }
  let records = questionnaire.items.filter { item in
    switch item.record {
    case .expectations, .moments: item.core
    case .choice, .number, .text, .metrics, .raise, nil: false
    }
  }
  if !records.isEmpty {
    document.append(.heading(3, "For the plan"))
    document.append(.bullets(records.map { Words($0.text) }))
  }
  guard questionnaire.hasCore else { return document }
  for area in questionnaire.dimensions {
    let items = questionnaire.items.filter { !$0.core && $0.scored?.dimension == area.id }
    if items.isEmpty { continue }
    document.append(.heading(3, "If there is time for it: \(area.title)"))
    add(items)
  }
  return document
}

private func guided(_ item: Item, _ number: Int, _ questionnaire: Questionnaire) -> Document {
  let isCritical = item.scored?.critical == true
  var document: Document = [
    .heading(4, "\(number)  \(item.text)"),
    .paragraph(Words(isCritical ? "\(item.id), critical" : item.id, .faint)),
    .options(choices(of: item, questionnaire)),
  ]
  let notes = [
    ("What it tells", item.why), ("Ask, where you are apart", item.probe), ("What shows it", item.evidence),
  ].compactMap { name, text in text.map { Words("\(name): ", .strong) + Words($0) } }
  if !notes.isEmpty { document.append(.bullets(notes)) }
  return document
}
