import AssessmentModel
import Interview
import Reporting

/// How two hours with nine people, by cards or unseen, and an hour and a half, are shared out over the short form of a questionnaire: section by
/// section, with talking where people are apart and with what shows an answer; the break behind the questions.
package func guideAgenda(_ questionnaire: Questionnaire) -> Document {
  let scored = questionnaire.items.filter { $0.scored != nil }
  let asked = questionnaire.hasCore ? scored.filter(\.core) : scored
  let perArea =
    questionnaire.hasCore
    ? questionnaire.dimensions.map { area in scored.count { !$0.core && $0.scored?.dimension == area.id } }
      .max() ?? 0
    : 0
  let ways: [(minutes: Int, cards: WorkshopState.Cards, name: String)] = [
    (Agenda.usualMinutes, .raised, "cards held up"), (Agenda.usualMinutes, .collected, "votes unseen"),
    (90, .raised, "cards held up"),
  ]
  return ways.flatMap { minutes, cards, name -> Document in
    let agenda = Agenda(
      minutes: minutes, people: 9, cards: cards, questions: asked.count,
      critical: asked.count { $0.scored?.critical == true }, perArea: perArea)
    return [
      .paragraph(Words("\(minutes) minutes, nine people, \(name):", .strong)),
      .table(
        Table(
          [.init("from", .right), .init("takes", .right), .init("")],
          rows: rows(of: agenda, asked, questionnaire))),
    ]
  }
}

private func rows(of agenda: Agenda, _ asked: [Item], _ questionnaire: Questionnaire) -> [[String]] {
  func block(_ kinds: Agenda.Block.Kind...) -> Int {
    agenda.blocks.filter { kinds.contains($0.kind) }.reduce(0) { $0 + $1.seconds }
  }
  var parts = [(block(.opening), "welcome, how to vote, a vote for practice")]
  var number = 0
  let each = Double(block(.questions, .splits, .evidence)) / Double(max(1, asked.count))
  for section in questionnaire.sections {
    let count = asked.count { item in section.items.contains { $0.id == item.id } }
    if count == 0 { continue }
    let range = count == 1 ? "question \(number + 1)" : "questions \(number + 1) to \(number + count)"
    number += count
    parts.append((Int((each * Double(count)).rounded()), "\(section.title), \(range)"))
  }
  parts += [
    (block(.pause), "a break"),
    (block(.deepening), agenda.areas == 1 ? "one area in depth" : "\(spelled(agenda.areas)) areas in depth"),
    (block(.records), "for the plan: one expectation, the worst moment"), (block(.closing), "closing"),
  ]
  // Rounded so that they add up.
  var spent = 0
  return parts.filter { $0.0 > 0 }.map { seconds, name in
    let from = (spent + 30) / 60
    spent += seconds
    return [
      "\(from / 60):\(from % 60 < 10 ? "0" : "")\(from % 60)", "\((spent + 30) / 60 - from) min", name,
    ]
  }
}
