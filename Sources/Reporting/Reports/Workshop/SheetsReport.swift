import AssessmentModel

/// What is handed out: cards, a sheet for each section, one for what was passed over to save time, one for customers.
///
/// - Parameters:
///   - asked: the questions that are voted on.
///   - leftOut: those of them that were passed over to save time.
package func sheetsReport(
  _ questionnaire: Questionnaire, _ assessment: Assessment, asked: [Item], leftOut: [Item]
) -> Document {
  let name = teamName(assessment.organization, assessment.team) ?? questionnaire.title
  var document: Document = [
    .heading(1, "\(name): to hand out"),
    .paragraph(
      Words("Cards: ", .strong)
        + Words(
          "one set for each person, cut apart. Sheets: for paper instead of cards, one for each person.")),
  ]
  document += cards(questionnaire, asked)
  for section in questionnaire.sections {
    let items = asked.filter { item in section.items.contains { $0.id == item.id } && !leftOut.contains(item)
    }
    if items.isEmpty { continue }
    document += sheet(section.title, section.intro, items, questionnaire, assessment, .staff)
  }
  if !leftOut.isEmpty {
    document += sheet(
      "What there was no time for", "To be filled in after the workshop, by everybody alone.", leftOut,
      questionnaire, assessment, .staff)
  }
  let customers = questionnaire.items.filter { $0.scored?.customers != nil }
  if !customers.isEmpty {
    document += sheet(
      "For \(questionnaire.customer.many)",
      "Please tick what comes nearest to what you have experienced yourself. Nobody will ask you about it.",
      customers, questionnaire, assessment, .customer)
  }
  return document
}

/// The cards of one person, and what they mean.
private func cards(_ questionnaire: Questionnaire, _ asked: [Item]) -> Document {
  let isTwoSided = asked.contains { if case .bipolar = $0.scored?.form { true } else { false } }
  let rows =
    [Array(0...4).map(String.init)] + (isTwoSided ? [["A", "B", "C", "D", "E"]] : []) + [
      ["?", "–", "", "", ""]
    ]
  return [
    .heading(2, "Cards of one person"),
    .table(Table(rows[0].map { Table.Column($0) }, rows: Array(rows.dropFirst()))),
    .bullets(
      [
        Words("0 to 4: the highest answer that is wholly true; 4 only where 3 is true as well."),
        isTwoSided ? Words("A to E: which of two statements is closer; C lies between them.") : nil,
        Words("?: I don't know. That is an answer."), Words("–: it does not apply to us."),
      ].compactMap { $0 }),
  ]
}

private func sheet(
  _ title: String, _ intro: String?, _ items: [Item], _ questionnaire: Questionnaire,
  _ assessment: Assessment,
  _ group: Rater.Group
) -> Document {
  var document: Document = [.heading(2, title)]
  // Where nothing is to lead to anybody, nobody's name is asked for.
  if group == .staff {
    document.append(
      .paragraph(
        Words(
          assessment.anonymous
            ? "Please no name." : "Name: ……………………………………………………  Department: ………………………………………")))
  }
  if let intro { document.append(.paragraph(Words(intro))) }
  for item in items {
    document.append(
      .paragraph(
        Words(questionnaire.text(of: item, for: group), .strong) + Words(" (\(item.id))", .faint)))
    document.append(
      .bullets(questionnaire.formOptions(of: item, for: group).map { Words("☐ \($0.text)") }))
  }
  return document
}

/// The text to paste into a web form, as it is to be pasted: titles, by which the answers are found, and options, each on
/// a line of its own.
///
/// - Parameter takesIn: the command that takes the answers in.
package func formText(
  _ questionnaire: Questionnaire, _ assessment: Assessment, asked: [Item], for group: Rater.Group,
  takesIn: String
) -> String {
  let customer = questionnaire.customer
  let items = group == .customer ? asked.filter { $0.scored?.customers != nil } : asked
  let hasNames = group == .staff && !assessment.anonymous
  let count = counted(items.count, "question", "questions")
  var parts: [[String]] = [
    [
      "A WEB FORM FOR \(group == .customer ? customer.many.uppercased() : "THE TEAM")",
      "In Google Forms or Microsoft Forms: each question below has its title on the first line, to be kept as it is, since the "
        + "answers are found by it; below it stand its options, one a line (“Multiple choice”, or “Choice”; one answer, not "
        + "required). Pasted into the first option, the lines become options.",
      "Afterwards save the answers as CSV (Google: Download responses. Microsoft: Open in Excel, then save as “CSV UTF-8”) and type "
        + "import FILE at the workshop's prompt, or: \(takesIn)",
    ],
    [
      "TITLE",
      group == .customer
        ? "How is it for you, with \(assessment.organization.nonEmpty ?? "us")?"
        : "Before our workshop: how do we work?",
    ],
    [
      "FIRST WORDS",
      group == .customer
        ? "\(count.capitalizedFirst), three minutes. Please choose what comes nearest to what you have experienced yourself. We don't "
          + "ask your name."
        : "\(count.capitalizedFirst). Please choose the highest answer that is wholly true, as you see it yourself, or “I don't know”. "
          + "Where an answer is a to e, both ends have their reasons: choose what is closer to what happens here. "
          + (hasNames
            ? "Nobody's single answer is shown with a name; yours is asked so that nobody counts twice."
            : "Nobody's name is asked."),
    ],
  ]
  if hasNames {
    parts.append(["Your name", "(short answer, required; as on the list of the workshop)"])
    parts.append(["Department", "(short answer, or one of: \(departments(assessment)))"])
  }
  for item in items {
    parts.append(
      [questionnaire.formTitle(of: item, for: group)]
        + questionnaire.formOptions(of: item, for: group).map(\.text))
  }
  return parts.map { $0.map(\.harmless).joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
}

private func departments(_ assessment: Assessment) -> String {
  var names: [String] = []
  for rater in assessment.raters
  where rater.group == .staff && !rater.department.isEmpty
    && !names.contains(where: { $0.nameKey == rater.department.nameKey })
  {
    names.append(rater.department)
  }
  return names.isEmpty ? "your departments" : names.joined(separator: ", ")
}
