import AssessmentModel
import Storage

/// The clock, and where a plan is written: what the shell needs of the world.
package struct ShellEnvironment {
  /// The program, as it is to be called from where it was called.
  package let program: String
  package let now: () -> Timestamp
  /// The day it is where the user is.
  package let today: () -> Day
  /// `14:02`, in the user's time zone.
  package let localTime: (Timestamp) -> String
  /// Writes a file whole or not at all, and gives the path it has then; throws what to tell the user.
  package let writeFile: (_ path: String, _ text: String) throws -> String
  /// The questionnaire that an assessment refers to, in another word for customers; nil where it is not installed.
  package let inWords: InWords
  /// What the same team came to on a question the time before; nil where there was none, or it was another question.
  package let lastTime: LastTime

  package typealias LastTime = (Assessment, Questionnaire, Item) -> (day: Day?, level: Int, isSettled: Bool)?

  package typealias InWords = (CustomerWord, QuestionnaireReference, Questionnaire) -> (
    questionnaire: Questionnaire, reference: QuestionnaireReference, stored: StoredQuestionnaire
  )?

  package init(
    program: String, now: @escaping () -> Timestamp, today: @escaping () -> Day,
    localTime: @escaping (Timestamp) -> String,
    writeFile: @escaping (String, String) throws -> String, inWords: @escaping InWords = { _, _, _ in nil },
    lastTime: @escaping LastTime = { _, _, _ in nil }
  ) {
    self.program = program
    self.now = now
    self.today = today
    self.localTime = localTime
    self.writeFile = writeFile
    self.inWords = inWords
    self.lastTime = lastTime
  }
}
