import AssessmentModel
import Interchange
import Planning
import QuestionnaireFormat
import Shell

extension Settings {
  /// The program as it is to be called to come back here.
  var program: String {
    dataDir.map { "\(System.program) --data-dir \($0.contains(" ") ? "'\($0)'" : $0)" }
      ?? System.program
  }

  var environment: ShellEnvironment {
    ShellEnvironment(
      program: program, now: System.now, today: System.today, localTime: System.localTime,
      writeFile: { path, text in
        do throws(Failure) {
          return try System.writeNewFile(path, text)
        } catch {
          throw FileProblem(description: error.message)
        }
      },
      inWords: { word, reference, questionnaire in
        guard
          let pinned = try? catalog.pinned(reference, questionnaire.terms(with: word))
        else { return nil }
        return (pinned.questionnaire, pinned.reference, pinned.stored)
      }, lastTime: LastTime(settings: self).level,
      metrics: { catalog.metrics(in: $0.terms) }, readReplies: Self.replies,
      lastPlan: { assessment in
        guard let store = try? openStore() else { return nil }
        let choice = ComparisonChoice(store: store, catalog: catalog)
        return try? choice.lastPlan(of: Opened(assessment.id, in: store))
      },
      importAnswers: answers)
  }

  /// What a file adds to the workshop that a prompt holds.
  private func answers(_ request: ImportRequest) -> Result<ImportedAnswers, ImportRefusal> {
    do {
      let bytes = try System.read(request.path)
      if bytes.starts(with: Array("PK\u{3}\u{4}".utf8)) { throw ImportCommand.isSpreadsheet(request.path) }
      let stored = request.stored
      let pinned = try PinnedQuestionnaire(
        reading: stored.questionnaire.canonical, digests: stored.questionnaire.digests,
        status: stored.questionnaire.status, published: stored.assessment.questionnaire.published)
      let addition = try AnswersImport(
        file: request.path, isTable: ImportCommand.isTable(request.path), catalog: catalog,
        isReplacing: request.isReplacing, isOfAbsent: request.isOfAbsent, name: request.name
      ).read(bytes, into: stored, pinned)
      return .success(
        ImportedAnswers(
          events: addition.events, unrevealed: addition.merge.unrevealed, plan: addition.merge.planEvents,
          told: addition.told, asksWhetherAbsent: addition.asksWhetherAbsent))
    } catch AnswersImport.Problem.replaceable(let failure) {
      return .failure(ImportRefusal(message: failure.message, remedy: .replacing))
    } catch AnswersImport.Problem.nameless(let failure) {
      return .failure(ImportRefusal(message: failure.message, remedy: .name))
    } catch AnswersImport.Problem.refused(let failure) {
      return .failure(ImportRefusal(message: failure.message, remedy: nil))
    } catch {
      let message = (error as? Failure)?.message ?? "\(error)"
      return .failure(ImportRefusal(message: message, remedy: nil))
    }
  }

  private struct FileProblem: Error, CustomStringConvertible {
    let description: String
  }

  /// A pasted reply to a check's mail; nil where it is none.
  private static func replies(_ text: String, _ plan: Plan, _ day: Day) -> PastedReplies? {
    let replies = CheckMail.read(text)
    // A line alone is what somebody types; only one that names its place was pasted.
    guard replies.replies.contains(where: { $0.place != .none }) else { return nil }
    let outcome = CheckMail.outcome(of: replies, in: plan, on: day)
    return PastedReplies(
      events: outcome.events(in: plan), told: outcome.told, problems: outcome.problems.map(\.message),
      asked: outcome.asked)
  }
}
