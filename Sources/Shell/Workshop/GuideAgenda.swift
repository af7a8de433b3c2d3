import AssessmentModel
import Interview
import Reporting

/// How two hours with nine people, and an hour and a half, are shared out over the short form of a questionnaire.
package func guideAgenda(_ questionnaire: Questionnaire) -> Document {
  let scored = questionnaire.items.filter { $0.scored != nil }
  let asked = questionnaire.hasCore ? scored.filter(\.core) : scored
  let perArea =
    questionnaire.hasCore
    ? questionnaire.dimensions.map { area in scored.count { !$0.core && $0.scored?.dimension == area.id } }
      .max() ?? 0
    : 0
  return [Agenda.usualMinutes, 90].flatMap { minutes -> Document in
    let agenda = Agenda(
      minutes: minutes, people: 9, cards: .raised, questions: asked.count,
      critical: asked.count { $0.scored?.critical == true }, perArea: perArea)
    return [.paragraph(Words("\(minutes) minutes, nine people:", .strong))]
      + WorkshopScreens.printedAgenda(agenda)
  }
}
