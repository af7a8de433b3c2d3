import AssessmentModel
import Planning
import Reporting
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

  /// The library of metrics, in a questionnaire's words.
  package let metrics: (Questionnaire) -> MetricLibrary
  /// What a pasted reply to a check's mail comes to; nil where it is none.
  package let readReplies: ReadReplies

  /// What became of the same team's last plan; nil where there was none.
  package let lastPlan: (Assessment) -> LastPlan?

  /// What a file adds to a workshop; nothing of it is stored there.
  package let importAnswers: (ImportRequest) -> Result<ImportedAnswers, ImportRefusal>

  package typealias ReadReplies = (_ text: String, Plan, _ day: Day) -> PastedReplies?

  package typealias LastTime = (Assessment, Questionnaire, Item) -> (
    day: Day?, level: Int, settled: Settlement?
  )?

  package typealias InWords = (CustomerWord, QuestionnaireReference, Questionnaire) -> (
    questionnaire: Questionnaire, reference: QuestionnaireReference, stored: StoredQuestionnaire
  )?

  package init(
    program: String, now: @escaping () -> Timestamp, today: @escaping () -> Day,
    localTime: @escaping (Timestamp) -> String,
    writeFile: @escaping (String, String) throws -> String, inWords: @escaping InWords = { _, _, _ in nil },
    lastTime: @escaping LastTime = { _, _, _ in nil },
    metrics: @escaping (Questionnaire) -> MetricLibrary = { _ in MetricLibrary() },
    readReplies: @escaping ReadReplies = { _, _, _ in nil },
    lastPlan: @escaping (Assessment) -> LastPlan? = { _ in nil },
    importAnswers: @escaping (ImportRequest) -> Result<ImportedAnswers, ImportRefusal> = { _ in
      .failure(ImportRefusal(message: "There are no files here.", remedy: nil))
    }
  ) {
    self.program = program
    self.now = now
    self.today = today
    self.localTime = localTime
    self.writeFile = writeFile
    self.inWords = inWords
    self.lastTime = lastTime
    self.metrics = metrics
    self.readReplies = readReplies
    self.lastPlan = lastPlan
    self.importAnswers = importAnswers
  }
}

/// What a pasted reply comes to.
package struct PastedReplies {
  package let events: [PlanEvent]
  /// What each event takes in, in words.
  package let told: [String]
  /// What can't be used, in words.
  package let problems: [String]
  /// Ids of the lines it speaks of, and `figure` with the name of a metric.
  package let asked: Set<String>

  package init(events: [PlanEvent], told: [String], problems: [String], asked: Set<String>) {
    self.events = events
    self.told = told
    self.problems = problems
    self.asked = asked
  }
}
