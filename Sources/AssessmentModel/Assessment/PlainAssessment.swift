/// An assessment that is nothing more than an answer sheet: one person of the staff, levels, and nothing beside them.
package struct PlainAssessment: Hashable, Sendable {
  package let id: String
  package let organization: String
  package let team: String
  package let scope: Assessment.Scope
  package var startedAt: Timestamp?
  package let finishedAt: Timestamp?
  package let rater: Rater
  package let sheet: AnswerSheet

  package init(
    id: String, organization: String, team: String, scope: Assessment.Scope, startedAt: Timestamp?,
    finishedAt: Timestamp?, rater: Rater, sheet: AnswerSheet
  ) {
    self.id = id
    self.organization = organization
    self.team = team
    self.scope = scope
    self.startedAt = startedAt
    self.finishedAt = finishedAt
    self.rater = rater
    self.sheet = sheet
  }

  /// nil for one with anything more, be it a note or when an answer was given.
  package init?(_ assessment: Assessment, items: ScoredItems) {
    guard let sheet = AnswerSheet(of: assessment, items: items), let rater = assessment.raters.first else {
      return nil
    }
    self.init(
      id: assessment.id, organization: assessment.organization, team: assessment.team,
      scope: assessment.scope,
      startedAt: assessment.startedAt, finishedAt: assessment.finishedAt, rater: rater, sheet: sheet)
    guard self.assessment(to: assessment.questionnaire, items: items) == assessment else { return nil }
  }

  /// The same as any other assessment.
  package func assessment(to questionnaire: QuestionnaireReference, items: ScoredItems) -> Assessment {
    Assessment(
      id: id, organization: organization, team: team, scope: scope, startedAt: startedAt,
      finishedAt: finishedAt,
      questionnaire: questionnaire, raters: [rater],
      responses: zip(items.ids, sheet.cells).compactMap { item, cell in
        AnswerSheet.Cell(byte: cell).response(Response.Key(item: item, rater: rater.id), at: nil)
      })
  }
}
