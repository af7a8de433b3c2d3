import AssessmentModel

/// A questionnaire for reading, printing and handing out: what respondents see, and with `facilitator`
/// what stands behind it.
package func questionnaireReport(_ questionnaire: Questionnaire, facilitator: Bool) -> Document {
  let status = questionnaire.status == .published ? "" : ", \(questionnaire.status.rawValue)"
  let scored = questionnaire.items.filter { $0.scored != nil }
  var document: Document = [
    .heading(1, questionnaire.title),
    .paragraph(
      Words(
        "\(questionnaire.id) \(questionnaire.version)\(status): \(counted(scored.count, "question", "questions"))"
          + (questionnaire.hasCore ? ", \(scored.count(where: \.core)) of them in the short scope." : "."),
        .faint)),
  ]
  if !questionnaire.primer.isEmpty { document.append(.bullets(questionnaire.primer.map { Words($0) })) }
  for section in questionnaire.sections {
    document.append(.heading(2, section.title))
    if let intro = section.intro { document.append(.paragraph(Words(intro))) }
    if facilitator {
      let minutes = section.minutes.map { ", \(counted($0, "minute", "minutes")) with a group" } ?? ""
      document.append(.paragraph(Words("\(section.id)\(minutes)", .faint)))
    }
    for item in section.items { document += describe(item, questionnaire, facilitator: facilitator) }
  }
  return document
}

private func describe(_ item: Item, _ questionnaire: Questionnaire, facilitator: Bool) -> Document {
  var document: Document = [
    .gap,
    .paragraph(
      Words(item.id + "  ", .faint) + Words(item.text, .strong)
        + Words(
          questionnaire.hasCore && item.scored != nil && !item.core ? "  (full scope only)" : "", .faint)
        + Words(item.condition == nil ? "" : "  (asked only after certain earlier answers)", .faint)),
  ]
  let choices = choices(of: item, questionnaire)
  if !choices.isEmpty { document.append(.options(choices)) }
  guard facilitator else { return document }
  var notes: [(String, String)] = []
  if let scored = item.scored {
    let title =
      "\(questionnaire.dimension(scored.dimension)?.title ?? scored.dimension) (\(scored.dimension))"
    let marks = [
      scored.critical ? "critical" : nil,
      scored.weight == 1 ? nil : "weight \(scored.weight)",
    ].compactMap { $0 }
    notes.append(("Area", ([title] + marks).joined(separator: ", ")))
    if case .bipolar(let bipolar) = scored.form {
      notes.append(("Outside-In", bipolar.outsideIn == .left ? "a" : "e"))
    }
  }
  for (name, text) in [("Why", item.why), ("Probe", item.probe), ("Evidence", item.evidence)] {
    if let text { notes.append((name, text)) }
  }
  if let customers = item.scored?.customers {
    notes.append(("For \(questionnaire.customer.many)", customers))
    for (level, text) in (item.scored?.customerAnchors ?? [:]).sorted(by: { $0.key < $1.key }) {
      notes.append(("  \(level)", text))
    }
  }
  document.append(.bullets(notes.map { Words("\($0.0): ", .faint) + Words($0.1) }))
  return document
}

/// What can be chosen, each with its key.
func choices(of item: Item, _ questionnaire: Questionnaire) -> [Choice] {
  switch item.content {
  case .scored(let scored):
    switch scored.form {
    case .level:
      return questionnaire.anchors(of: item).map { Choice(key: String($0.level), text: $0.text) }
    case .bipolar(let bipolar): return positions(bipolar)
    }
  case .record(.choice(let options, _)):
    return options.enumerated().map { Choice(key: "\($0 + 1)", text: $1.label) }
  case .record(.raise):
    return questionnaire.dimensions.enumerated().map { Choice(key: "\($0 + 1)", text: $1.title) }
  case .record: return []
  }
}

/// The five positions between two statements, as they are shown.
package func positions(_ bipolar: BipolarForm, chosen: Int? = nil, mark: String = "yours") -> [Choice] {
  return zip(BipolarForm.letters, bipolar.positions).enumerated().map { index, pair in
    Choice(key: pair.0, text: pair.1, isChosen: chosen == index, mark: mark)
  }
}
