import AssessmentModel
import Interchange
import QuestionnaireFormat
import Reporting
import Storage

/// Answers from a file that go into an assessment, from the command line as at a workshop's prompt: read, checked, and
/// told in words. Nothing is stored here.
struct AnswersImport {
  let file: String
  /// Told by the file where it is nil.
  var format: ImportFormat?
  var isTable: Bool
  let catalog: Catalog
  /// Of a table: another questionnaire than the assessment's own.
  var questionnaire: String?
  /// What a table does not say of itself.
  var defaults: (organization: String, team: String, scope: Assessment.Scope?, date: Timestamp?) = (
    "", "", nil, nil
  )
  var isReplacing = false
  var isOfAbsent: Bool?
  /// Whose answers a document without a name has.
  var name: String?

  /// What a file adds.
  struct Addition {
    let merge: Merge
    /// What is stored of it in the log.
    let events: [SessionEvent]
    /// What came of it, line by line.
    let told: [String]
    /// Whether it has counts of a form of which nobody has said who filled it in.
    var asksWhetherAbsent = false

    var isEmpty: Bool { events.isEmpty && merge.unrevealed.isEmpty && merge.planEvents.isEmpty }
  }

  /// Why nothing was taken.
  enum Problem: Error {
    case refused(Failure)
    /// What says something else could be replaced.
    case replaceable(Failure)
    /// A document does not say whose answers it has.
    case nameless(Failure)
  }

  func read(
    _ bytes: [UInt8], into stored: StoredAssessment, _ pinned: PinnedQuestionnaire
  ) throws(Problem) -> Addition {
    let target = stored.assessment
    if format == .form || format == nil && isTable && FormTable.looksLikeForm(bytes, pinned.questionnaire) {
      return try readForm(bytes, into: stored, pinned.questionnaire)
    }
    let incoming: [Incoming]
    do throws(Failure) {
      var reader = DocumentReader(catalog: catalog)
      if isTable {
        // A table says nothing of its questionnaire: it is the one of the assessment it goes into.
        let asked = try questionnaire.map { (name) throws(Failure) in
          PinnedQuestionnaire(try catalog.find(name))
        }
        let pinned = asked ?? pinned
        incoming = try reader.readCSV(
          bytes, file: file, pinned: pinned,
          AssessmentCSV.Defaults(
            questionnaire: pinned.questionnaire, organization: defaults.organization, team: defaults.team,
            scope: defaults.scope, date: defaults.date, needsDate: false, today: System.today()))
      } else {
        incoming = try reader.readJSON(bytes, file: file)
      }
      guard incoming.count == 1 else { throw notOne(incoming, target: target.id) }
    } catch {
      throw .refused(error)
    }
    let coming = try named(incoming[0].assessment, in: target)
    let merge: Merge
    do throws(MergeProblem) {
      merge = try Interchange.merge(
        coming, into: target, stored.unrevealed, questionnaire: pinned.questionnaire,
        replacing: isReplacing)
    } catch {
      let failure = Failure(error, file: file, target: target.id)
      if case .conflicts = error { throw .replaceable(failure) }
      throw .refused(failure)
    }
    return addition(of: merge, to: target, pinned.questionnaire, first: [])
  }

  /// Who is in the room has to be known by name, or one person would count twice.
  private func named(_ coming: Assessment, in target: Assessment) throws(Problem) -> Assessment {
    guard target.setting == .workshop, coming.id != target.id, !target.anonymous else { return coming }
    var coming = coming
    let answering = Set(
      coming.responses.compactMap { $0.answer == .open ? nil : $0.key.rater })
    let nameless = coming.raters.indices.filter { place in
      let rater = coming.raters[place]
      return rater.name.isEmpty && rater.group == .staff && answering.contains(rater.id)
    }
    if !nameless.isEmpty {
      guard let name, nameless.count == 1 else {
        throw .nameless(Failure(.data, "\(file) does not say whose answers it has. Nothing was added."))
      }
      coming.raters[nameless[0]].name = name
    }
    let listed = target.raters.filter { $0.group == .staff }
    let staff = coming.raters.filter { $0.group == .staff && answering.contains($0.id) }
    let near = zip(staff, nearNames(of: staff.map(\.name), on: listed)).compactMap { rater, present in
      present.map { "“\(rater.name)” is not on the list, and \($0.name) is" }
    }
    guard near.isEmpty else {
      throw .refused(
        Failure(
          .data,
          "\(file): \(near.joined(separator: "; ")): one person or two? If one, give the name as it is on the list (outside-in rename ID "
            + "--rater ID=NAME, where it was answered); if two, put the other one on the list first (`join` at the workshop's "
            + "prompt). Nothing was added."))
    }
    return coming
  }

  private func notOne(_ incoming: [Incoming], target: String) -> Failure {
    let names = incoming.prefix(5).map { "\($0.assessment.id) (\(ImportCommand.named($0.assessment)))" }
    let all = names + (incoming.count > 5 ? ["\(incoming.count - 5) more"] : [])
    return Failure(
      .data,
      "--into takes a file of one assessment, and \(file) holds "
        + (incoming.isEmpty
          ? "none"
          : "\(incoming.count): \(listed(all)), which are not to become one. Import it without --into, or "
            + "export the one that belongs to \(target) alone")
        + ". Nothing was added.")
  }

  // MARK: The table of a form

  private func readForm(
    _ bytes: [UInt8], into stored: StoredAssessment, _ questionnaire: Questionnaire
  ) throws(Problem) -> Addition {
    let target = stored.assessment
    let table: FormTable
    do throws(FormTable.Problems) {
      table = try FormTable.read(bytes, questionnaire)
    } catch {
      throw .refused(Self.failure(error, file))
    }
    let merge: Merge
    do throws(FormProblem) {
      merge = try Interchange.merge(
        table, into: target, stored.unrevealed, questionnaire: questionnaire, isOfAbsent: isOfAbsent,
        replacing: isReplacing)
    } catch {
      let failure = Failure(error, file: file, target: target.id, questionnaire)
      switch error {
      case .conflicts, .otherContent: throw .replaceable(failure)
      case .merge, .nearNames, .tooFew, .needsNames: throw .refused(failure)
      }
    }
    let asked = questionnaire.items.filter { item in
      table.group == .customer
        ? item.scored?.customers != nil : item.scored != nil && target.asks(item, of: questionnaire)
    }
    var first = FormWords.told(
      of: table, file: file, way: table.way(into: target), asked: asked.map(\.id))
    let isCounted = table.way(into: target) != .byName && table.group == .staff
    let form =
      (merge.unrevealed.compactMap { change -> AnonymousForm? in
        if case .formCounted(let tally) = change { tally.form } else { nil }
      }).first
    if isCounted, let form { first.append(FormWords.whereCardsAreCounted(form)) }
    var addition = addition(of: merge, to: target, questionnaire, first: first)
    let isKnown = stored.unrevealed.forms.values.contains { $0.form.digest == table.digest }
    addition.asksWhetherAbsent = isCounted && form != nil && isOfAbsent == nil && !isKnown
    return addition
  }

  /// How many problems of a table are told at once.
  private static let mostProblems = 20

  private static func failure(_ problems: FormTable.Problems, _ file: String) -> Failure {
    let told = problems.told
    let lines = told.prefix(mostProblems).map { "\(file): \($0)" }
    let more = told.count - mostProblems
    return Failure(
      .data,
      (lines + (more > 0 ? ["… and \(more) more."] : []) + ["Nothing was added."]).joined(separator: "\n"))
  }
}
