import AssessmentModel
import Interview
import Reporting

/// What an interview shows for one item that nobody has answered yet, prompt included.
package func questionPreview(_ item: Item, of pinned: QuestionnaireReference, _ questionnaire: Questionnaire)
  -> Document
{
  let assessment = Assessment(
    id: "PREVIEW", scope: .full, questionnaire: pinned, raters: [Rater(id: "r1")], responses: [])
  let interview = Interview(
    questionnaire: questionnaire, rater: "r1", session: Session(assessment))
  var document = Screens.question(
    item, interview, section: item.scored == nil ? nil : questionnaire.section(of: item.id)?.title, saved: nil
  )
  if let record = item.record {
    document += Screens.record(record, interview.response(to: item), questionnaire)
  } else {
    document += Screens.keys(item)
  }
  return document + [.paragraph(Words("\(item.id)> "))]
}
