import AssessmentModel
import Storage

/// What a file adds to a workshop.
package struct ImportedAnswers {
  package let events: [SessionEvent]
  package let unrevealed: [UnrevealedChange]
  package let plan: [DatedPlanEvent]
  /// What came of it, in words.
  package let told: [String]
  /// Whether it has counts of a form of which nobody has said yet who filled it in.
  package let asksWhetherAbsent: Bool

  package init(
    events: [SessionEvent], unrevealed: [UnrevealedChange], plan: [DatedPlanEvent], told: [String],
    asksWhetherAbsent: Bool
  ) {
    self.events = events
    self.unrevealed = unrevealed
    self.plan = plan
    self.told = told
    self.asksWhetherAbsent = asksWhetherAbsent
  }
}

/// Why a file adds nothing.
package struct ImportRefusal: Error {
  /// Several lines, in words.
  package let message: String
  /// What would help; nil where nothing does but another file.
  package let remedy: Remedy?

  package enum Remedy: Hashable, Sendable {
    /// What the file says could take the place of what is there.
    case replacing
    /// Somebody has to say whose answers these are.
    case name
  }

  package init(message: String, remedy: Remedy?) {
    self.message = message
    self.remedy = remedy
  }
}

/// How a file is asked for.
package struct ImportRequest {
  package let path: String
  package let stored: StoredAssessment
  package var isReplacing = false
  /// Of counts: whether only people filled the form in who are not in the room; nil where nobody has said.
  package var isOfAbsent: Bool?
  /// Whose answers a document without a name has.
  package var name: String?
}
