import AssessmentModel

/// What is handed out: cards, a sheet for each section, one for what was passed over to save time, one to count on.
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
  document += cards(asked)
  for section in questionnaire.sections {
    let items = asked.filter { item in section.items.contains { $0.id == item.id } && !leftOut.contains(item)
    }
    if items.isEmpty { continue }
    document += sheet(section.title, section.intro, items, asked, questionnaire, assessment, .staff)
  }
  if !leftOut.isEmpty {
    document += sheet(
      "What there was no time for", "To be filled in after the workshop, by everybody alone.", leftOut, asked,
      questionnaire, assessment, .staff)
  }
  return document + tallySheet(asked)
}

/// A sheet for those whom the organisation works for.
package func customersSheet(_ questionnaire: Questionnaire, _ assessment: Assessment) -> Document {
  let items = questionnaire.items.filter { $0.scored?.customers != nil }
  return sheet(
    "How is it for you, with \(assessment.organization.nonEmpty ?? "us")?",
    "Please tick what comes nearest to what you have experienced yourself. We don't ask your name.", items,
    items,
    questionnaire, assessment, .customer)
}

/// To count on where the laptop fails.
private func tallySheet(_ asked: [Item]) -> Document {
  [
    .group(
      .sheet,
      [
        .heading(2, "Tally sheet, for the facilitator"),
        .table(
          Table(
            ["question", "0 / A", "1 / B", "2 / C", "3 / D", "4 / E", "?", "–"].map { Table.Column($0) },
            rows: asked.indices.map { ["\($0 + 1)", "", "", "", "", "", "", ""] })),
      ])
  ]
}

/// The cards of one person, and what they mean.
private func cards(_ asked: [Item]) -> Document {
  let isTwoSided = asked.contains { if case .bipolar = $0.scored?.form { true } else { false } }
  let rows = (isTwoSided ? [["A", "B", "C", "D", "E"]] : []) + [["?", "–", "", "", ""]]
  return [
    .heading(2, "Cards of one person"),
    .group(.cards, [.table(Table((0...4).map { Table.Column(String($0)) }, rows: rows))]),
    .bullets(
      [
        Words("0 to 4: the highest answer that is wholly true; 4 only where 3 is true as well."),
        isTwoSided ? Words("A to E: which of two statements is closer; C lies between them.") : nil,
        Words("?: I don't know. That is an answer."), Words("–: it does not apply to us."),
      ].compactMap { $0 }),
  ]
}

/// - Parameter asked: all questions, which give them their numbers.
private func sheet(
  _ title: String, _ intro: String?, _ items: [Item], _ asked: [Item], _ questionnaire: Questionnaire,
  _ assessment: Assessment, _ group: Rater.Group
) -> Document {
  var document: Document = []
  if group == .staff {
    // Where nothing is to lead to anybody, nobody's name is asked for.
    document.append(
      .paragraph(
        Words(
          assessment.anonymous
            ? "Please no name."
            : "Name: ……………………………………………………  Department: ………………………………………")))
  }
  if let intro { document.append(.paragraph(Words(intro))) }
  for item in items {
    let number = (asked.firstIndex { $0.id == item.id } ?? 0) + 1
    document.append(.paragraph(Words("\(number)  \(questionnaire.text(of: item, for: group))", .strong)))
    document.append(
      .bullets(questionnaire.formOptions(of: item, for: group).map { Words("☐ \($0.text)") }))
  }
  // Theirs is a page of its own.
  return group == .customer
    ? [.heading(1, title)] + document : [.group(.sheet, [.heading(2, title)] + document)]
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
        + "required). All options of a question can be pasted at once into the first field for one.",
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
        : "\(count.capitalizedFirst). Please choose the highest answer that is wholly true, as you see it "
          + "yourself, and 4 only where 3 is true as well; or “I don't know”. "
          + "Where an answer is a to e, both ends have their reasons: choose what is closer to what happens here. "
          + (hasNames
            ? "Only who leads the workshop can see single answers here; yours is shown to nobody with your name, which is asked so that "
              + "nobody counts twice."
            : "Nobody's name is asked."),
    ],
  ]
  if hasNames {
    parts.append(["Your name", "(short answer, required; as on the list of the workshop)"])
    parts.append(["Department", "(short answer, or one of: \(departments(assessment)))"])
  }
  for section in questionnaire.sections {
    let here = items.filter { item in section.items.contains { $0.id == item.id } }
    if here.isEmpty { continue }
    if group == .staff { parts.append(["SECTION: \(section.title)"] + [section.intro].compactMap { $0 }) }
    parts += here.map { item in
      [questionnaire.formTitle(of: item, for: group)]
        + questionnaire.formOptions(of: item, for: group).map(\.text)
    }
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
