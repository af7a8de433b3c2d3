import ArgumentParser
import AssessmentModel
import Interchange
import QuestionnaireFormat
import Reporting
import Storage

enum DataFormat: String, ExpressibleByArgument, CaseIterable {
  case json, csv
}

struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Take in an assessment from a file; prints its id.")

  @OptionGroup var global: GlobalOptions
  @Argument(help: "A file, or - for standard input.", completion: .file()) var file: String
  @Option(help: "json or csv; by the file's name where it is not given.") var format: DataFormat?
  @Option(help: "Add the answers to this assessment.") var into: String?
  @Option(help: "For CSV: the questionnaire, ID or ID@VERSION.") var questionnaire: String?
  @Option(help: "For CSV: core or full; core where only core questions are in it.") var scope:
    Assessment.Scope?
  @Option(help: "For CSV: the organisation's name.") var organization: String?
  @Option(help: "For CSV: the team's name.") var team: String?
  @Option(help: "For CSV: the day the answers were given, where the table does not say.") var date: String?

  func validate() throws {
    if !isTable, questionnaire != nil || scope != nil || organization != nil || team != nil || date != nil {
      throw ValidationError(
        "A JSON document says itself what it answers, whose it is and when it was; --questionnaire, --scope, "
          + "--organization, --team and --date are for CSV. `outside-in rename` changes names later.")
    }
  }

  private var isTable: Bool {
    format == .csv
      || (format == nil && [".csv", ".tsv", ".txt"].contains(where: file.lowercased().hasSuffix))
  }

  func run() throws {
    let bytes = try System.read(file)
    if bytes.starts(with: Array("PK\u{3}\u{4}".utf8)) {
      throw Failure(
        .data,
        "\(file) is a spreadsheet's own file; save it there as \"CSV UTF-8\", and import that. Nothing was stored."
      )
    }
    var reader = DocumentReader(catalog: global.settings.catalog)
    let target = try into.map { (id) throws(Failure) in
      try Opened(id, in: try global.settings.openStore(), toChange: true)
    }
    let incoming: [Incoming]
    if isTable {
      // A table says nothing of its questionnaire: it is the one of the assessment it goes into.
      let pinned =
        if questionnaire == nil, let target {
          target.pinned
        } else {
          PinnedQuestionnaire(
            try reader.catalog.find(questionnaire ?? AssessRequest.defaultQuestionnaire))
        }
      incoming = try reader.readCSV(
        bytes, file: file, pinned: pinned,
        AssessmentCSV.Defaults(
          questionnaire: pinned.questionnaire, organization: organization ?? "", team: team ?? "",
          scope: scope,
          date: try day(), needsDate: target == nil, today: System.today()))
    } else {
      incoming = try reader.readJSON(bytes, file: file)
    }
    // Everything is read and checked; only now is anything stored, and then all of it or nothing.
    let store = try global.settings.openStore()
    if let target {
      guard incoming.count == 1 else { throw Self.notOne(incoming, file: file, target: target) }
      try System.write(try merge(incoming[0], into: target, store: store) + "\n")
    } else {
      let ids = try insert(incoming, store: store)
      try System.write(ids.map { $0 + "\n" }.joined())
    }
  }

  private func day() throws(Failure) -> Timestamp? {
    guard let date else { return nil }
    switch DayReading(date, today: System.today(), lies: .behind) {
    case .day(let day):
      if day.description != date { System.tell("Dated \(day).") }
      return Timestamp(secondsSince1970: Int64(day.daysSince1970) * 86_400)
    case .either(let one, let other):
      throw Failure(.usage, "--date: \"\(date)\" can be \(one) or \(other); write it so.")
    case .impossible, .unreadable:
      throw Failure(.usage, "--date takes a day that is over, such as 2026-03-19.")
    }
  }

  /// Stores new assessments; the same id with the same content is no change.
  private func insert(_ incoming: [Incoming], store: Store) throws(Failure) -> [String] {
    let now = System.now()
    var new: [(assessment: Assessment, questionnaire: StoredQuestionnaire)] = []
    var present: [String: Assessment] = [:]
    for (index, document) in incoming.enumerated() {
      let id = document.assessment.id
      if present[id] == nil, try stored({ () throws(StoreError) in try store.contains(id) }) {
        present[id] = try Opened(id, in: store).assessment
      }
      var assessment = document.assessment
      if let same = present[id] {
        assessment.startedAt = assessment.startedAt ?? same.startedAt
        assessment.position = same.position
        if same == assessment { continue }
        throw new.contains { $0.assessment.id == id }
          ? Failure(.data, "\(file) holds two different assessments with the id \(id). Nothing was stored.")
          : Self.isStored(same, document.assessment)
      }
      assessment.startedAt = assessment.startedAt ?? assessment.responses.lazy.compactMap(\.at).min() ?? now
      present[id] = assessment
      new.append((assessment, document.pinned.stored))
      System.progress("Checked", index + 1, of: incoming.count)
    }
    for document in new { Self.tellOfNamesakes(document.assessment) }
    let added = new
    try stored { () throws(StoreError) in try store.insert(added, at: now) }
    return incoming.map(\.assessment.id)
  }

  /// Another assessment with the same id: what to do about it.
  private static func isStored(_ present: Assessment, _ coming: Assessment) -> Failure {
    // The same answers, of which only the plan went on.
    var rest = coming
    (rest.planEvents, rest.startedAt, rest.position) = (
      present.planEvents, present.startedAt, present.position
    )
    if rest == present {
      return Failure(
        .data,
        "\(present.id) is stored already, with another history of its plan. Nothing was stored. To go on with the one in the "
          + "file: import FILE --into \(present.id).")
    }
    let same = named(present).nameKey == named(coming).nameKey
    return Failure(
      .data,
      "An assessment \(present.id) is stored already, and it is another one: \(dated(present)), in the file "
        + "\(dated(coming)). Nothing was stored. "
        + (same && isNear(present, coming)
          ? "To add its answers there: import FILE --into \(present.id). To keep both, give one in the file another id."
          : "To keep both, give the one in the file another id (in a table, another name in the column assessment).")
    )
  }

  private static func notOne(_ incoming: [Incoming], file: String, target: Opened) -> Failure {
    let names = incoming.prefix(5).map { "\($0.assessment.id) (\(named($0.assessment)))" }
    let all = names + (incoming.count > 5 ? ["\(incoming.count - 5) more"] : [])
    return Failure(
      .data,
      "--into takes a file of one assessment, and \(file) holds "
        + (incoming.isEmpty
          ? "none"
          : "\(incoming.count): \(listed(all)), which are not to become one. Import it without --into, or "
            + "export the one that belongs to \(target.assessment.id) alone")
        + ". Nothing was added.")
  }

  /// With the day that tells two of one team apart.
  private static func dated(_ assessment: Assessment) -> String {
    named(assessment) + (assessment.heldAt.map { " (\($0.day))" } ?? "")
  }

  private static func isNear(_ one: Assessment, _ other: Assessment) -> Bool {
    guard let one = one.heldAt?.day, let other = other.heldAt?.day else { return true }
    return abs(one.daysSince1970 - other.daysSince1970) <= mostDaysApart
  }

  private static func named(_ assessment: Assessment) -> String {
    teamName(assessment.organization, assessment.team) ?? "without a name"
  }

  /// Two of one name would count as two people.
  private static func tellOfNamesakes(_ assessment: Assessment) {
    for (place, rater) in assessment.raters.enumerated() {
      guard
        let other = assessment.raters[..<place].first(where: {
          !rater.name.nameKey.isEmpty && $0.name.nameKey == rater.name.nameKey && $0.group == rater.group
        })
      else { continue }
      System.tell(
        "In \(assessment.id) \(other.name) (\(other.id)) and \(rater.name) (\(rater.id)) count as two people. If they are "
          + "two, tell them apart: outside-in rename \(assessment.id) --rater \(rater.id)=NAME.")
    }
  }

  /// What came in, of whom: `16 answers of Ben, who is new`.
  private static func added(by merge: Merge, to target: Assessment) -> String {
    var people = target
    var answers: [String: Int] = [:]
    var others = 0
    for event in merge.events {
      switch event {
      case .rated(let rater): people = Session(people, events: [.rated(rater)]).assessment
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
      if before == nil { return "\(count ?? name), who is new" }
      if before?.department != rater.department { return "\(count ?? name), now in \(rater.department)" }
      return count
    }
    if others > 0 { parts.append(counted(others, "entry of the team's", "entries of the team's")) }
    return parts.joined(separator: "; ")
  }

  /// Adds raters and answers.
  private func merge(
    _ document: Incoming, into opened: Opened, store: Store
  ) throws(Failure) -> String {
    let target = opened.assessment
    let merge: Merge
    do throws(MergeProblem) {
      merge = try Interchange.merge(
        document.assessment, into: target, questionnaire: opened.questionnaire)
    } catch {
      throw Failure(error, file: file, target: target.id)
    }
    let opens = !merge.events.isEmpty && target.finishedAt != nil
    let events = (opens ? [.reopened] : []) + merge.events
    if events.isEmpty, merge.planEvents.isEmpty {
      System.tell("There is nothing in \(file) to add to \(target.id); nothing was changed.")
    } else {
      do throws(StoreError) {
        _ = try store.append(events, plan: merge.planEvents, to: opened.stored, at: System.now())
      } catch .changedElsewhere {
        throw Failure(
          .busy, "Another program has changed \(target.id) in this moment; nothing was added. Try again.")
      } catch {
        throw Failure(error)
      }
    }
    let added = Self.added(by: merge, to: target)
    if !added.isEmpty { System.tell("Added to \(target.id): \(added).") }
    if !merge.planEvents.isEmpty {
      System.tell(
        "The plan goes on where \(file) has it: \(counted(merge.planEvents.count, "change", "changes")) more."
      )
    }
    let outside = merge.events.count { event in
      guard case .responded(let response) = event, response.answer != .open,
        let item = opened.questionnaire.item(response.key.item), item.scored != nil
      else { return false }
      return !target.asks(item, of: opened.questionnaire)
    }
    if outside > 0 {
      System.tell(
        "\(counted(outside, "of these is", "of these are")) outside the short form that \(target.id) asks, and "
          + "\(outside == 1 ? "does" : "do") not count until it asks everything: `deepen all` at one of its questions."
      )
    }
    if opens {
      System.tell(
        "\(target.id) was finished and is open again, with what was added. `outside-in finish \(target.id)` "
          + "finishes it.")
    }
    if !merge.kept.isEmpty {
      System.tell(
        "Left as they are in \(target.id), where they say something else or are full: "
          + "\(merge.kept.joined(separator: ", ")).")
    }
    return target.id
  }
}

extension Failure {
  fileprivate init(_ problem: MergeProblem, file: String, target: String) {
    let message =
      switch problem {
      case .otherQuestionnaire: "\(file) answers another questionnaire than \(target) asks"
      case .otherTeam(let teams):
        teams.isUnnamed
          ? "\(file) is of \(teams.coming), and \(target) is of \(teams.present). If they belong together, name "
            + "\(target) first: outside-in rename \(target) --organization NAME --team NAME"
          : "\(file) is of \(teams.coming), and \(target) of \(teams.present): two of them never become one "
            + "assessment. Import it without --into; if it is only spelt otherwise, `outside-in rename` changes a name"
      case .otherTime(let coming, let present):
        "\(file) is of \(coming), and \(target) of \(present): two times are compared, not mixed. Import it without --into"
      case .namesakes(let people):
        people.map { pair in
          "\(Self.described(pair.present)) answers in \(target), and \(Self.described(pair.coming)) comes with \(file)"
        }.joined(separator: "; ")
          + ": one person or two? If one, give both the same department; if two, two names, with "
          + "outside-in rename ID --rater ID=NAME"
      case .anonymous: "\(target) is anonymous, and \(file) says who answered what"
      case .conflicts(let conflicts):
        "answered otherwise in \(target): \(conflicts.joined(separator: ", ")). If these are two people, give one of "
          + "them another name in the file; else change the answer in one of the two, so that they agree"
      case .plansParted:
        "the plan was worked on in \(target) and in \(file) since one was copied from the other. `outside-in plan history "
          + "\(target)` shows what was done here; enter there or here what is missing"
      case .belongsToItsSession(let what):
        "\(file) holds \(what.joined(separator: " and ")), which belong to the session they were made in; "
          + "import it without --into"
      }
    // A file's name is spelt as it is.
    self.init(.data, (message.hasPrefix(file) ? message : message.capitalizedFirst) + ". Nothing was added.")
  }

  private static func described(_ rater: Rater) -> String {
    let marks = [rater.id, rater.department, rater.group == .staff ? "" : rater.group.rawValue].filter {
      !$0.isEmpty
    }
    return "\(rater.name) (\(marks.joined(separator: ", ")))"
  }
}
