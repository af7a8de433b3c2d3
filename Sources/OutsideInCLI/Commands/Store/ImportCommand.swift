import ArgumentParser
import AssessmentModel
import Foundation
import Interchange
import QuestionnaireFormat
import Reporting
import Storage

enum DataFormat: String, ExpressibleByArgument, CaseIterable {
  case json, csv
}

enum ImportFormat: String, ExpressibleByArgument, CaseIterable {
  case json, csv, form
}

struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Take in an assessment from a file; prints its id.")

  @OptionGroup var global: GlobalOptions
  @Argument(help: "A file, or - for standard input.", completion: .file()) var file: String
  @Option(help: "json, csv or form (the table of a web form); told by the file where it is not given.")
  var format: ImportFormat?
  @Option(help: "Add the answers to this assessment.") var into: String?
  @Flag(
    help:
      "What is stored already and differs: the one in the file counts; with --into an answer takes the place of one that says something else."
  ) var replace = false
  @Flag(help: "For the table of a form without names: only people filled it in who won't be in the room.")
  var absent = false
  @Flag(help: "What is stored already and differs: the one counts that was worked on last.") var newer = false
  @Flag(help: "What is stored already and differs: the one counts that is stored.") var skip = false
  @Option(help: "With --into: whose answers these are, where the document does not say.") var rater: String?
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
    if into == nil, absent || rater != nil {
      throw ValidationError("--absent and --rater go with --into.")
    }
    if [newer, skip, replace].count(where: \.self) > 1 {
      throw ValidationError("Of --newer, --skip and --replace one can count.")
    }
    if into != nil, newer || skip {
      throw ValidationError(
        "--newer and --skip are for a file of many; --into adds answers to one assessment.")
    }
  }

  private static let formNeedsTarget =
    "If it is of one group, it goes into an assessment: --into ID; `outside-in workshop` begins one. If it is of many, "
    + "give it a column Organization (and Team, and Date), and each team's people become an assessment of their own."

  private var isTable: Bool { format == .csv || format == .form || format == nil && Self.isTable(file) }

  static func isTable(_ file: String) -> Bool {
    [".csv", ".tsv", ".txt"].contains(where: file.lowercased().hasSuffix)
  }

  static let spreadsheetMark = Array("PK\u{3}\u{4}".utf8)

  static func isSpreadsheet(_ file: String) -> Failure {
    Failure(
      .data,
      "\(file) is a spreadsheet's own file; save it there as \"CSV UTF-8\", and import that. Nothing was stored."
    )
  }

  func run() throws {
    guard let into else { return try takeIn() }
    let bytes = try System.read(file)
    if bytes.starts(with: Self.spreadsheetMark) { throw Self.isSpreadsheet(file) }
    let store = try global.settings.openStore()
    let target = try openTarget(into, store)
    let answers = AnswersImport(
      file: file, format: format, isTable: isTable, catalog: global.settings.catalog,
      questionnaire: questionnaire,
      defaults: (organization ?? "", team ?? "", scope, try day()), isReplacing: replace,
      isOfAbsent: absent ? true : nil, name: rater)
    let addition: AnswersImport.Addition
    do throws(AnswersImport.Problem) {
      addition = try answers.read(bytes, into: target.stored, target.pinned)
    } catch {
      switch error {
      case .refused(let failure): throw failure
      case .replaceable(let failure):
        throw Failure(
          failure.status, failure.message + " With --replace what \(file) says takes their place.")
      case .nameless(let failure): throw Failure(failure.status, failure.message + " --rater NAME says it.")
      }
    }
    // Everything is read and checked; only now is anything stored, and then all of it or nothing.
    if !addition.isEmpty {
      do throws(StoreError) {
        _ = try store.append(
          addition.events, unrevealed: addition.merge.unrevealed, plan: addition.merge.planEvents,
          to: target.stored, at: System.now())
      } catch .changedElsewhere {
        throw Failure(
          .busy,
          "Another program has changed \(target.assessment.id) in this moment; nothing was added. Try again.")
      } catch {
        throw Failure(error)
      }
    }
    for line in addition.told { System.tell(line) }
    try System.write(target.assessment.id + "\n")
  }

  /// The assessment that takes the answers; where a prompt holds a workshop, that one can take them, too.
  private func openTarget(_ id: String, _ store: Store) throws(Failure) -> Opened {
    do throws(Failure) {
      return try Opened(id, in: store, toChange: true)
    } catch {
      guard error.status == .busy, let open = try? Opened(id, in: store), open.assessment.setting == .workshop
      else { throw error }
      throw Failure(.busy, error.message + " At its prompt, `import \(file)` takes the file in.")
    }
  }

  /// What becomes assessments of their own: read, checked and stored one after the other, and in the end all of them or none.
  private func takeIn() throws {
    let source = try ByteSource(opening: file)
    if try source.begins(with: Self.spreadsheetMark) { throw Self.isSpreadsheet(file) }
    var reader = DocumentReader(catalog: global.settings.catalog)
    // Of a table all lines are needed before the first assessment is whole.
    let table = isTable ? try read(source.all(from: nil)) : nil
    func next() throws(Failure) -> Incoming? {
      if let table { return try table() }
      return try reader.next(of: source)
    }
    var ids: Set<String> = []
    // Where already the first can't be used, there need be no store.
    var incoming = try next()
    let store = try global.settings.openStore()
    var progress = Progress("Read", of: source.size)
    let (outcome, turns) = try inStore {
      try store.takeIn(at: System.now()) { intake in
        defer { progress.end() }
        var many = ManyImport(
          file: file, differing: newer ? .newer : skip ? .skip : replace ? .replace : .refuse, store: store,
          intake: intake)
        while let document = incoming {
          try many.take(document)
          if isTable { ids.insert(many.lastID) }
          progress.update(many.read, upTo: source.taken)
          incoming = try next()
        }
        try many.check()
        try many.keepLosers()
        return (many, intake.turns)
      }
    }
    outcome.tell()
    for companion in reader.companions { keep(companion) }
    if let turns {
      if isTable { try inStore { try Self.tellStale(beside: ids, in: store, of: turns) } }
      try inStore { try SameNames.tell(in: store, of: turns) }
    }
    if outcome.read == 1 { return try System.write(outcome.lastID + "\n") }
    // At a terminal thousands of ids would push away what was told.
    if outcome.read > 20, System.isInteractive { return }
    try inStore {
      var text = ""
      try store.eachID(of: turns) { id in
        text += id + "\n"
        if text.utf8.count > 1 << 16 {
          try System.write(text)
          text = ""
        }
      }
      try System.write(text)
    }
  }

  /// What was stored of the same team at the same time and is not in the file: a table that was corrected may make another assessment
  /// of who is left.
  private static func tellStale(beside ids: Set<String>, in store: Store, of turns: ClosedRange<Int64>) throws
  {
    let most = 10
    var (told, more) = (0, 0)
    var seen: Set<[String]> = []
    var names: [(String, String)] = []
    try store.eachName(of: turns) { organization, team in
      if seen.insert([organization.nameKey, team.nameKey]).inserted { names.append((organization, team)) }
    }
    for (organization, team) in names {
      let all = try store.finished(of: organization, team: team)
      for one in all where !ids.contains(one.id) {
        let near = all.first { other in
          ids.contains(other.id) && other.questionnaire.id == one.questionnaire.id
            && abs((other.finishedAt?.day.daysSince1970 ?? 0) - (one.finishedAt?.day.daysSince1970 ?? 0))
              < PortfolioReading.apart
        }
        guard let near else { continue }
        told += 1
        if told > most { more += 1 }
        guard told <= most else { continue }
        System.tell(
          "\(teamName(organization, team) ?? "") has another assessment of that time, which the file does not have: \(one.id) (\(one.finishedAt?.day.description ?? "")), beside \(near.id) (\(near.finishedAt?.day.description ?? "")). "
            + "If the file was corrected and it is out of date: outside-in delete \(one.id)")
      }
    }
    if more > 0 { System.tell("So have \(more) more.") }
  }

  /// Puts what somebody wrote to a questionnaire of their own where it is looked for. What is there already stays; nothing
  /// that is stored depends on it.
  private func keep(_ companion: CompanionDocument) {
    let settings = global.settings
    if settings.catalog.companions(of: companion.questionnaire).contains(companion) { return }
    let inner = companion.kind == .migration ? "\(Catalog.migrations)/" : ""
    let folder = "\(settings.dataDirectory)/questionnaires/\(companion.questionnaire)/\(inner)"
    let path = folder + companion.file
    guard !FileManager.default.fileExists(atPath: path) else {
      System.tell("\(path) is there already and says something else than \(file); it stays as it is.")
      return
    }
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      try System.writeFile(path, companion.text)
      System.tell("\(path) came with it.")
    } catch {
      System.tell(
        "\(path) came with it and can't be written: \((error as? Failure)?.message ?? error.localizedDescription)"
      )
    }
  }

  /// Of what goes wrong inside a transaction.
  private func inStore<T>(_ work: () throws -> T) throws(Failure) -> T {
    do {
      return try work()
    } catch let failure as Failure {
      throw failure
    } catch let error as StoreError {
      throw Failure(error)
    } catch {
      throw Failure(.inputOutput, "\(error)")
    }
  }

  /// What a table holds, one after the other.
  private func read(_ bytes: [UInt8]) throws(Failure) -> () throws(Failure) -> Incoming? {
    let reader = DocumentReader(catalog: global.settings.catalog)
    let pinned = PinnedQuestionnaire(
      try reader.catalog.find(questionnaire ?? AssessRequest.defaultQuestionnaire))
    let date = try day()
    if format == .form || format == nil && FormTable.looksLikeForm(bytes, pinned.questionnaire) {
      guard FormTable.isOfMany(bytes, pinned.questionnaire) else {
        throw Failure(.usage, "\(file) is the table of a form. " + Self.formNeedsTarget)
      }
      let rounds = RoundsImport(
        file: file, reader: reader, questionnaire: questionnaire, organization: organization ?? "",
        team: team ?? "", scope: scope, date: date?.day)
      return try rounds.read(bytes)
    }
    func defaults(_ questionnaire: Questionnaire) -> AssessmentCSV.Defaults {
      AssessmentCSV.Defaults(
        questionnaire: questionnaire, organization: organization ?? "", team: team ?? "", scope: scope,
        date: date, needsDate: true, today: System.today())
    }
    do throws(Failure) {
      var left = try reader.readCSV(bytes, file: file, pinned: pinned, defaults(pinned.questionnaire))[...]
      return { left.popFirst() }
    } catch {
      // The table of an older version says so by what it asks.
      guard questionnaire == nil else { throw error }
      for entry in reader.catalog.entries()
      where entry.id == pinned.questionnaire.id && entry.version < pinned.questionnaire.version {
        let reference = "\(entry.id)@\(entry.version)"
        guard let older = try? reader.catalog.find(reference),
          (try? AssessmentCSV.documents(bytes, defaults(older))) != nil
        else { continue }
        throw Failure(
          error.status, "\(error.message) It fits the older version: add --questionnaire \(reference).")
      }
      throw error
    }
  }

  private func day() throws(Failure) -> Timestamp? {
    guard let date, let day = try System.pastDay(date, "--date") else { return nil }
    if day.description != date { System.tell("Dated \(day).") }
    return Timestamp(secondsSince1970: Int64(day.daysSince1970) * 86_400)
  }

  /// Another assessment with the same id: what to do about it.
  static func isStored(_ present: Assessment, _ coming: Assessment) -> Failure {
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
          ? "To add its answers there: import FILE --into \(present.id). For the one in the file to count: --replace. To keep both, give one in the file another id."
          : "For the one in the file to count: --replace. To keep both, give that another id (in a table, another name in the column assessment).")
    )
  }

  /// With the day that tells two of one team apart.
  static func dated(_ assessment: Assessment) -> String {
    named(assessment) + (assessment.heldAt.map { " (\($0.day))" } ?? "")
  }

  private static func isNear(_ one: Assessment, _ other: Assessment) -> Bool {
    guard let one = one.heldAt?.day, let other = other.heldAt?.day else { return true }
    return abs(one.daysSince1970 - other.daysSince1970) <= mostDaysApart
  }

  static func named(_ assessment: Assessment) -> String {
    teamName(assessment.organization, assessment.team) ?? "without a name"
  }
}
