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
    let lines = problems.all.prefix(mostProblems).map { problem in
      "\(file): " + (problem.place.isEmpty ? "" : "\(problem.place): ") + sentence(problem.message)
    }
    let more = problems.all.count - mostProblems
    return Failure(
      .data,
      (lines + (more > 0 ? ["… and \(more) more."] : []) + ["Nothing was added."]).joined(separator: "\n"))
  }

  // MARK: What came of it

  private func addition(
    of merge: Merge, to target: Assessment, _ questionnaire: Questionnaire, first: [String]
  ) -> Addition {
    let isOfCustomers = merge.events.allSatisfy { $0.isOfCustomers(in: target, merge.events) }
    var events = merge.events
    let opens = !events.isEmpty && target.finishedAt != nil
    if opens { events.insert(.reopened, at: 0) }
    // What customers say later changes nothing of what the team had come to.
    if opens, isOfCustomers, let finished = target.finishedAt { events.append(.finished(at: finished)) }
    var told = first
    let isEmpty = events.isEmpty && merge.planEvents.isEmpty && merge.unrevealed.isEmpty
    if isEmpty { told.append("There is nothing in \(file) to add to \(target.id); nothing was changed.") }
    let added = Self.added(by: merge, to: target)
    if !added.isEmpty { told.append("Added to \(target.id): \(added).") }
    told += Self.hidden(by: merge, target, questionnaire)
    told += Self.unasked(by: merge, target, questionnaire)
    told += FormWords.skipped(merge.skipped)
    if !merge.leftToTheGroup.isEmpty {
      told.append("Left to the group, which answers it together: \(listed(merge.leftToTheGroup)).")
    }
    if !merge.planEvents.isEmpty {
      told.append(
        "The plan goes on where \(file) has it: \(counted(merge.planEvents.count, "change", "changes")) more."
      )
    }
    let outside = events.count { event in
      guard case .responded(let response) = event, response.answer != .open,
        let item = questionnaire.item(response.key.item), item.scored != nil
      else { return false }
      return !target.asks(item, of: questionnaire)
    }
    if outside > 0 {
      told.append(
        "\(counted(outside, "of these is", "of these are")) outside the short form that \(target.id) asks, and "
          + "\(outside == 1 ? "does" : "do") not count until it asks everything: `deepen all` at one of its questions."
      )
    }
    if opens, !isOfCustomers {
      told.append(
        "\(target.id) was finished and is open again, with what was added. `outside-in finish \(target.id)` "
          + "finishes it.")
    }
    if !merge.kept.isEmpty {
      told.append(
        "Left as they are in \(target.id), where they say something else or are full: "
          + "\(merge.kept.joined(separator: ", ")).")
    }
    return Addition(merge: merge, events: events, told: told)
  }

  /// What came in and is to be seen, of whom: `16 answers of Ben, who is new`.
  private static func added(by merge: Merge, to target: Assessment) -> String {
    var people = target
    var answers: [String: Int] = [:]
    var away: Set<String> = []
    var (others, customers) = (0, 0)
    for event in merge.events {
      switch event {
      case .rated(let rater): people = Session(people, events: [.rated(rater)]).assessment
      case .attended(let rater, isPresent: false): away.insert(rater)
      case .revealed: customers += 1
      case .responded(let response):
        if response.answer == .open { continue }
        if let rater = response.key.rater { answers[rater, default: 0] += 1 } else { others += 1 }
      default: others += 1
      }
    }
    var parts = people.raters.compactMap { rater -> String? in
      let name = rater.name.isEmpty ? "somebody without a name (\(rater.id))" : rater.name
      let before = target.rater(rater.id)
      let count = answers[rater.id].map { "\(counted($0, "answer", "answers")) of \(name)" }
      if before == nil {
        return "\(count ?? name), who is new"
          + (away.contains(rater.id) ? " on the list and not in the room" : "")
      }
      if before?.department != rater.department { return "\(count ?? name), now in \(rater.department)" }
      return count
    }
    if others > 0 { parts.append(counted(others, "entry of the team's", "entries of the team's")) }
    if customers > 0 {
      parts.append("what more people said to \(counted(customers, "question", "questions"))")
    }
    return parts.joined(separator: "; ")
  }

  /// What came in that nobody may see yet: how many, never who.
  private static func hidden(
    by merge: Merge, _ target: Assessment, _ questionnaire: Questionnaire
  ) -> [String] {
    let people = Session(target, events: merge.events).assessment
    var (staff, customers) = (Sum(), Sum())
    for change in merge.unrevealed {
      switch change {
      case .cast(let vote):
        if vote.key.rater.flatMap(people.rater)?.group == .customer {
          customers.add(vote.key.item, 1)
        } else {
          staff.add(vote.key.item, 1)
        }
      case .formCounted(let form):
        if form.tally.group == .customer {
          customers.add(form.tally.item, form.tally.votes)
        } else {
          staff.add(form.tally.item, form.tally.votes)
        }
      case .counted, .dropped, .uncounted, .formDropped: break
      }
    }
    var lines: [String] = []
    if staff.votes > 0 {
      lines.append("Kept unseen until each is revealed: \(staff.words).")
    }
    if customers.votes > 0, people.hidesCustomers {
      lines.append(
        "Kept unseen until the team has said what it expects (`predict` in the workshop): \(customers.words) of "
          + "\(questionnaire.customer.many).")
    }
    return lines
  }

  /// What came in on questions that are not asked there.
  private static func unasked(
    by merge: Merge, _ target: Assessment, _ questionnaire: Questionnaire
  ) -> [String] {
    let items = Set(
      merge.unrevealed.compactMap { change -> String? in
        switch change {
        case .cast(let vote): target.rater(vote.key.rater ?? "")?.group == .customer ? nil : vote.key.item
        case .formCounted(let form): form.tally.group == .customer ? nil : form.tally.item
        case .counted, .dropped, .uncounted, .formDropped: nil
        }
      }
    ).filter { id in questionnaire.item(id).map { !target.asks($0, of: questionnaire) } == true }
    if items.isEmpty { return [] }
    return [
      "\(counted(items.count, "question", "questions").capitalizedFirst) of these \(items.count == 1 ? "is" : "are") not asked in the "
        + "workshop; the answers are offered at its closing."
    ]
  }

  private struct Sum {
    var items: Set<String> = []
    var votes = 0

    mutating func add(_ item: String, _ count: Int) {
      items.insert(item)
      votes += count
    }

    var words: String {
      "\(counted(votes, "answer", "answers")) to \(counted(items.count, "question", "questions"))"
    }
  }
}

extension SessionEvent {
  /// Whether it adds what customers say, or who they are.
  fileprivate func isOfCustomers(in target: Assessment, _ events: [SessionEvent]) -> Bool {
    switch self {
    case .rated(let rater): return rater.group == .customer
    case .revealed(let reveal): return reveal.group == .customer
    case .responded(let response):
      let people = Session(target, events: events).assessment
      return response.key.rater.flatMap(people.rater)?.group == .customer
    default: return false
    }
  }
}
