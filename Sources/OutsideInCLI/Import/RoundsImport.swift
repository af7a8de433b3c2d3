import AssessmentModel
import Interchange
import QuestionnaireFormat
import Reporting

/// Reads the table of a form that people of many organisations or teams filled in.
struct RoundsImport {
  let file: String
  let reader: DocumentReader
  /// As it was given; nil for the version that the table has most questions of.
  let questionnaire: String?
  let organization: String
  let team: String
  let scope: Assessment.Scope?
  let date: Day?
  /// Checks the table whole, and hands over what makes its assessments one after the other.
  func read(_ bytes: [UInt8]) throws(Failure) -> () throws(Failure) -> Incoming? {
    let pinned = try pinned(bytes)
    let name = "\(pinned.questionnaire.id)@\(pinned.questionnaire.version)"
    let rounds: FormRounds
    do throws(FormTable.Problems) {
      rounds = try FormRounds.read(
        bytes, pinned.questionnaire, organization: organization, team: team, scope: scope, date: date,
        today: System.today()
      ) { organization, team, first in
        let digest = sha256(Array("\(name)\u{1F}\(organization)\u{1F}\(team)\u{1F}\(first)".utf8))
        return "F" + Base32.text(digest.prefix(15))
      }
    } catch {
      throw DocumentReader.failure(
        file,
        error.told.map { "\(file)\($0.hasPrefix("row ") || $0.hasPrefix("column ") ? ", " : ": ")\($0)" })
    }
    tell(rounds, name)
    let read = ReadQuestionnaire(pinned)
    var left = rounds.rounds[...]
    return { () throws(Failure) in
      guard let round = left.popFirst() else { return nil }
      do throws(JSONError) {
        return try reader.read(JSONDocument(parsing: rounds.document(of: round).text()).root, read)
      } catch {
        throw Failure(
          .data,
          "\(file), row \(round.rows.map(String.init).joined(separator: ", ")): \(sentence(error.message)) Nothing was stored."
        )
      }
    }
  }

  /// The version that the table's columns are of.
  private func pinned(_ bytes: [UInt8]) throws(Failure) -> PinnedQuestionnaire {
    if let questionnaire { return PinnedQuestionnaire(try reader.catalog.find(questionnaire)) }
    let newest = PinnedQuestionnaire(try reader.catalog.find(AssessRequest.defaultQuestionnaire))
    var best = (newest, FormTable.questions(bytes, newest.questionnaire))
    for entry in reader.catalog.entries() where entry.id == newest.questionnaire.id {
      guard let other = try? reader.catalog.find("\(entry.id)@\(entry.version)") else { continue }
      let count = FormTable.questions(bytes, other)
      if count > best.1 { best = (PinnedQuestionnaire(other), count) }
    }
    return best.0
  }

  private func tell(_ rounds: FormRounds, _ name: String) {
    System.tell(
      "\(counted(rounds.people, "row", "rows")) of \(counted(rounds.teams, "team", "teams")) \(rounds.people == 1 ? "makes" : "make") \(counted(rounds.rounds.count, "assessment", "assessments")) with \(name): "
        + "people of a team whose answers lie no more than a month apart are one; a column assessment says otherwise."
    )
    func rows(_ numbers: [Int]) -> String {
      (numbers.count == 1 ? "Row " : "Rows ") + numbers.prefix(10).map(String.init).joined(separator: ", ")
        + (numbers.count > 10 ? " and \(numbers.count - 10) more" : "")
    }
    if !rounds.doubled.isEmpty {
      System.tell("\(rows(rounds.doubled)): the same once more; taken once.")
    }
    if !rounds.unanswered.isEmpty { System.tell("\(rows(rounds.unanswered)): no answer; left out.") }
    if !rounds.leftOut.isEmpty {
      System.tell(
        "\(listed(rounds.leftOut.map { "“\($0)”" })) \(rounds.leftOut.count == 1 ? "means" : "mean") nothing here and \(rounds.leftOut.count == 1 ? "was" : "were") left out."
      )
    }
  }
}
