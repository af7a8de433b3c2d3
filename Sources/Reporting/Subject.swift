import AssessmentModel
import Scoring

/// What a report is about: one assessment with its questionnaire and what it comes to.
package struct Subject: Sendable {
  package let assessment: Assessment
  package let questionnaire: Questionnaire
  package let scorecard: Scorecard

  package init(_ assessment: Assessment, _ questionnaire: Questionnaire, _ scorecard: Scorecard) {
    self.assessment = assessment
    self.questionnaire = questionnaire
    self.scorecard = scorecard
  }

  /// `Acme, Support`, or what there is of it.
  package var name: String {
    let parts = [assessment.organization, assessment.team].filter { !$0.isEmpty }
    return parts.isEmpty ? "Your organisation" : parts.joined(separator: ", ")
  }

  func title(ofDimension id: String) -> String { questionnaire.dimension(id)?.title ?? id }

  /// Staff who answered something.
  var staff: [Rater] {
    let answered = Set(assessment.responses.compactMap(\.key.rater))
    return assessment.raters.filter { $0.group == .staff && answered.contains($0.id) }
  }
}
