import AssessmentModel
import Scoring

/// What a report is about: one assessment with its questionnaire and what it comes to.
package struct Subject: Sendable {
  package let assessment: Assessment
  package let questionnaire: Questionnaire
  package let scorecard: Scorecard

  /// What was typed beside the answers and is kept out of here.
  package let staying: Set<Remark>

  /// - Parameter staying: what a document may not say of the assessment.
  package init(
    _ assessment: Assessment, _ questionnaire: Questionnaire, _ scorecard: Scorecard,
    staying: Set<Remark> = []
  ) {
    self.assessment = assessment.without(staying)
    self.staying = staying
    self.questionnaire = questionnaire
    self.scorecard = scorecard
  }

  /// `Acme, Support`, or what there is of it.
  package var name: String {
    teamName(assessment.organization, assessment.team) ?? "Your organisation"
  }

  /// What the program calls those whom the organisation works for.
  var customer: CustomerWord { questionnaire.customer }

  func title(ofDimension id: String) -> String { questionnaire.dimension(id)?.title ?? id }

  /// Staff who answered something.
  var staff: [Rater] {
    let answered = Set(assessment.responses.compactMap(\.key.rater))
    return assessment.raters.filter { $0.group == .staff && answered.contains($0.id) }
  }
}

extension Subject {
  /// What was answered to an item in the middle of those who answered, in the item's words.
  func answerWords(_ standing: ItemStanding) -> String? {
    guard let gate = standing.gate, let item = questionnaire.item(standing.id) else { return nil }
    return words(of: gate, of: item)
  }

  /// An oriented level in its item's words.
  func words(of level: Int, of item: Item) -> String? {
    switch item.scored?.form {
    case .level:
      return questionnaire.anchors(of: item).first { $0.level == level }.map { "“\($0.text)”" }
    case .bipolar(let bipolar):
      if level == 2 { return "Between the two statements." }
      let nearer = (level > 2) == (bipolar.outsideIn == .left) ? bipolar.left : bipolar.right
      return (level == 0 || level == 4 ? "" : "Closer to: ") + "“\(nearer)”"
    case nil: return nil
    }
  }
}
