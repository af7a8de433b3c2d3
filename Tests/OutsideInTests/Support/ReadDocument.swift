import AssessmentModel

@testable import Interchange

/// A document to the built-in questionnaire, read as `import` reads it.
func readDocument(
  _ text: String, _ reference: QuestionnaireReference = outsideIn.reference, newID: String = "NEW"
) throws(JSONError) -> Assessment {
  try AssessmentDocument.read(
    JSONDocument(parsing: text).root, against: KnownItems(outsideIn.questionnaire, reference: reference),
    newID: { newID })
}
