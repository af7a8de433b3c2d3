import ArgumentParser
import AssessmentModel
import Interchange
import QuestionnaireFormat
import Reporting
import Storage

struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write an assessment as a file that import takes.")

  @OptionGroup var global: GlobalOptions
  @Argument(help: "An assessment.", completion: savedIDs) var id: String?
  @Flag(help: "All of them: one document a line, or one table of all answers for R and the like.") var all =
    false
  @Option(help: "With --all: only those of one organisation.") var organization: String?
  @Flag(help: "In the table of all: names, and what was typed; else pseudonyms, the same every time.")
  var names = false
  @Option(help: "json, or csv for the answers as a table; by the file's name where it is not given.")
  var format: DataFormat?
  @Option(
    name: [.customShort("o"), .long], help: "A file; stdout where there is none.", completion: .file())
  var output: String?

  func validate() throws {
    if format == nil, [".xlsx", ".xls", ".ods"].contains(where: (output?.lowercased() ?? "").hasSuffix) {
      throw ValidationError("Answers are written as JSON or, for spreadsheets, as CSV: -o answers.csv.")
    }
    if (id == nil) != all { throw ValidationError("Give an assessment, or --all.") }
    if organization != nil, !all { throw ValidationError("--organization goes with --all.") }
    if names, !all || chosen != .csv { throw ValidationError("--names goes with --all --format csv.") }
  }

  private var chosen: DataFormat {
    format ?? (output?.lowercased().hasSuffix(".csv") == true ? .csv : .json)
  }

  func run() throws {
    let store = try global.settings.openStore()
    if let id {
      let opened = try Opened(id, in: store)
      Self.tellWhatStays(opened)
      switch chosen {
      case .json: try global.settings.deliver(Self.document(opened).text(pretty: true) + "\n", to: output)
      case .csv:
        try global.settings.deliver(
          AssessmentCSV.write(opened.assessment, questionnaire: opened.questionnaire), to: output)
      }
      return
    }
    switch chosen {
    case .json: try Self.all(of: store, organization, global.settings.catalog, to: output)
    case .csv: try Self.table(of: store, organization, withNames: names, to: output)
    }
  }

  /// How many go out; none of an organisation is a slip.
  private static func count(_ store: Store, _ organization: String?) throws -> Int {
    let count = try stored { () throws(StoreError) in try store.count(of: organization) }
    if let organization, count == 0 {
      throw Failure(
        .notFound, "There is nothing of “\(organization)”. `outside-in list` shows what there is.")
    }
    return count
  }

  /// All answers of all of them.
  private static func table(
    of store: Store, _ organization: String?, withNames: Bool, to output: String?
  ) throws {
    let total = try count(store, organization)

    let outlet = try Outlet(to: output)
    let pseudonym =
      withNames ? nil : Pseudonyms(secret: try stored { () throws(StoreError) in try store.secret() }).of
    var progress = Progress("Written", of: total)
    defer { progress.end() }
    var tables: [String: (csv: AnalysisCSV, items: ScoredItems)] = [:]
    func table(
      _ reference: QuestionnaireReference, of id: String, _ kept: () throws(StoreError) -> StoredQuestionnaire
    ) throws -> (csv: AnalysisCSV, items: ScoredItems) {
      if let table = tables[reference.digests.content] { return table }
      let kept = try kept()
      let pinned = try Opened.pinned(to: reference, kept, of: id)
      let table = (AnalysisCSV(pinned.questionnaire, pseudonym: pseudonym), kept.items)
      tables[reference.digests.content] = table
      return table
    }
    func write(_ assessment: Assessment, _ csv: AnalysisCSV) throws {
      let isLatest =
        try assessment.finishedAt != nil
        && stored { () throws(StoreError) in
          try store.isLatest(assessment.id, of: assessment.organization, assessment.team)
        }
      try outlet.write(csv.rows(assessment, isLatest: isLatest))
    }
    var count = 0
    var unusable: Failure?
    try outlet.write(AnalysisCSV.header)
    try store.each(of: organization) { outgoing in
      switch outgoing {
      case .plain(let plain, let reference):
        let table = try table(reference, of: plain.id) { () throws(StoreError) in
          try store.open(plain.id).questionnaire
        }
        try write(plain.assessment(to: reference, items: table.items), table.csv)
      case .full(let stored):
        let assessment = stored.assessment
        let table = try table(assessment.questionnaire, of: assessment.id) { () throws(StoreError) in
          stored.questionnaire
        }
        try write(assessment, table.csv)
      }
      count += 1
      progress.update(count, upTo: count)
    } unreadable: { id, error in
      unusable = Failure(error)
      System.tell("\(id) was left out. \(Failure(error).message)")
    }
    try outlet.finish()
    progress.end()
    System.tell(
      "\(counted(count, "assessment", "assessments")). What the items are says: outside-in questionnaire show ID --format csv."
        + (withNames ? "" : " Names are pseudonyms; --names writes them, and what was typed."))
    if let unusable { throw Failure(unusable.status, "") }
  }

  /// All of them, a line each, with each questionnaire before the first that needs it.
  private static func all(of store: Store, _ organization: String?, _ catalog: Catalog, to output: String?)
    throws
  {
    let total = try count(store, organization)

    let outlet = try Outlet(to: output)
    var progress = Progress("Written", of: total)
    defer { progress.end() }
    var questionnaires: [String: (pinned: PinnedQuestionnaire, items: ScoredItems, reference: [UInt8])] = [:]
    /// What lines are written with; the first time, its definition goes ahead.
    func known(
      _ reference: QuestionnaireReference, of id: String,
      _ stored: () throws(StoreError) -> StoredQuestionnaire
    ) throws -> (pinned: PinnedQuestionnaire, items: ScoredItems, reference: [UInt8]) {
      let content = reference.digests.content
      if let known = questionnaires[content] { return known }
      let kept = try stored()
      let pinned = try Opened.pinned(to: reference, kept, of: id)
      if !pinned.isIntact {
        System.tell(
          "The questionnaire kept with \(id) no longer matches its digest; what is of it can't be taken in again."
        )
      }
      try outlet.write(
        QuestionnaireDocument.write(reference, definition: pinned.questionnaire.canonical).text() + "\n")
      if !questionnaires.values.contains(where: { $0.pinned.questionnaire.id == reference.id }) {
        for companion in catalog.companions(of: reference.id) {
          try outlet.write(companion.json.text() + "\n")
        }
      }
      let known = (
        pinned, kept.items, PlainDocument.questionnaire(reference, terms: pinned.questionnaire.terms)
      )
      questionnaires[content] = known
      return known
    }
    var count = 0
    // What can't be opened keeps nothing else from going out; it is told, and it is no success.
    var unusable: Failure?
    func leaveOut(_ id: String, _ failure: Failure) {
      System.tell("\(id) was left out. \(failure.message)")
      unusable = failure
    }
    var line: [UInt8] = []
    try store.each(of: organization) { outgoing in
      line.removeAll(keepingCapacity: true)
      let id: String
      switch outgoing {
      case .plain(let plain, _): id = plain.id
      case .full(let stored): id = stored.assessment.id
      }
      do {
        switch outgoing {
        case .plain(let plain, let reference):
          let known = try known(reference, of: id) { () throws(StoreError) in
            try store.open(plain.id).questionnaire
          }
          PlainDocument.write(plain, questionnaire: known.reference, items: known.items, to: &line)
        case .full(let stored):
          let known = try known(stored.assessment.questionnaire, of: id) { () throws(StoreError) in
            stored.questionnaire
          }
          tellWhatStays(Opened(stored: stored, pinned: known.pinned, lock: nil))
          line += Array(
            AssessmentDocument.writeLine(stored.assessment, questionnaire: known.pinned.questionnaire).text()
              .utf8)
        }
      } catch let failure as Failure {
        return leaveOut(id, failure)
      }
      line.append(UInt8(ascii: "\n"))
      try outlet.write(line)
      count += 1
      progress.update(count, upTo: count)
    } unreadable: { id, error in
      leaveOut(id, Failure(error))
    }
    try outlet.finish()
    progress.end()
    System.tell(
      "\(counted(count, "assessment", "assessments")). Not in it: what was typed and taken back, the settings of this machine, and votes that nobody has seen; "
        + "`outside-in doctor --copy FOLDER` copies all there is.")
    if let unusable { throw Failure(unusable.status, "") }
  }

  /// Votes that nobody has seen go nowhere.
  private static func tellWhatStays(_ opened: Opened) {
    let votes = opened.workshop.unseenVotes
    guard votes > 0 else { return }
    System.tell(
      "\(opened.assessment.id): \(counted(votes, "vote", "votes")) that nobody has seen yet stay behind; they go out once they "
        + "are revealed.")
  }

  private static func document(_ opened: Opened) -> JSONValue {
    AssessmentDocument.write(
      opened.assessment, questionnaire: opened.questionnaire,
      definition: opened.questionnaire.canonical)
  }
}
