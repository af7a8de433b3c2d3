import ArgumentParser
import AssessmentModel
import Interchange
import QuestionnaireFormat
import Storage

enum DataFormat: String, ExpressibleByArgument, CaseIterable {
  case json, csv
}

struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Take in an assessment from a file; prints its id.")

  @OptionGroup var global: GlobalOptions
  @Argument(help: "A file, or - for standard input.") var file: String
  @Option(help: "json or csv; by the file's name where it is not given.") var format: DataFormat?
  @Option(help: "Add the answers to this assessment.") var into: String?
  @Option(help: "For CSV: the questionnaire, ID or ID@VERSION.") var questionnaire = "outside-in"
  @Option(help: "For CSV: core or full.") var scope: Assessment.Scope = .full
  @Option(help: "For CSV: the organisation's name.") var organization = ""
  @Option(help: "For CSV: the team's name.") var team = ""

  func run() throws {
    let bytes = try System.read(file)
    let reader = DocumentReader(catalog: global.settings.catalog)
    let incoming: [Incoming]
    if format == .csv || (format == nil && file.lowercased().hasSuffix(".csv")) {
      incoming = [
        try reader.readCSV(
          bytes, file: file, questionnaire: questionnaire, organization: organization, team: team,
          scope: scope)
      ]
    } else {
      incoming = try reader.readJSON(bytes, file: file)
    }
    // Everything is read and checked; only now is anything stored.
    let store = try global.settings.openStore()
    for document in incoming {
      let id: String
      if let into {
        id = try merge(document, into: try Opened(into, in: store), store: store)
      } else {
        id = try insert(document, store: store)
      }
      try System.write(id + "\n")
    }
  }

  /// Stores a new assessment; the same id with the same content is no change.
  private func insert(_ document: Incoming, store: Store) throws(Failure) -> String {
    let id = document.assessment.id
    do throws(StoreError) {
      try store.insert(
        document.assessment,
        questionnaire: StoredQuestionnaire(
          digests: document.pinned.digests, status: document.pinned.questionnaire.status,
          canonical: document.pinned.text), at: System.now())
    } catch {
      guard case .alreadyStored = error else { throw Failure(error) }
      let present = try Opened(id, in: store)
      var same = present.assessment
      same.position = document.assessment.position
      if same != document.assessment { throw Failure(error) }
    }
    return id
  }

  /// Adds raters and answers. An answer that is there already and differs is a conflict, and then
  /// nothing is added.
  private func merge(
    _ document: Incoming, into opened: Opened, store: Store
  ) throws(Failure) -> String {
    let target = opened.assessment
    guard document.pinned.digests.content == opened.stored.questionnaire.digests.content else {
      throw Failure(
        .data, "\(file) answers another questionnaire than \(target.id) asks; nothing was added.")
    }
    var events: [SessionEvent] = target.finishedAt == nil ? [] : [.reopened]
    var names: [String: String] = [:]
    var taken = Set(target.raters.map(\.id))
    for rater in document.assessment.raters {
      let known = target.raters.first {
        !rater.name.isEmpty && $0.name == rater.name && $0.department == rater.department
          && $0.group == rater.group
      }
      if let known {
        names[rater.id] = known.id
        continue
      }
      var number = target.raters.count + 1
      while taken.contains("r\(number)") { number += 1 }
      taken.insert("r\(number)")
      names[rater.id] = "r\(number)"
      events.append(
        .rated(
          Rater(
            id: "r\(number)", name: rater.name, department: rater.department, group: rater.group)))
    }
    var conflicts: [String] = []
    for response in document.assessment.responses.values.sorted(by: {
      ($0.key.item, $0.key.rater ?? "") < ($1.key.item, $1.key.rater ?? "")
    }) {
      var mine = response
      mine.key = Response.Key(
        item: response.key.item, rater: response.key.rater.flatMap { names[$0] },
        round: response.key.round)
      if let present = target.responses[mine.key] {
        if present.answer != mine.answer {
          conflicts.append("\(mine.key.item) of \(mine.key.rater ?? "the team")")
        }
      } else {
        events.append(.responded(mine))
      }
    }
    guard conflicts.isEmpty else {
      throw Failure(
        .data,
        "These are answered otherwise already: \(conflicts.joined(separator: ", ")). Nothing "
          + "was added.")
    }
    if events.contains(where: { $0 != .reopened }) {
      _ = try stored { () throws(StoreError) in
        try store.append(events, to: opened.stored, at: System.now())
      }
    }
    return target.id
  }
}

/// An assessment that was read and checked, with its questionnaire, and is not stored yet.
struct Incoming {
  let assessment: Assessment
  let pinned: PinnedQuestionnaire
}

struct DocumentReader {
  let catalog: Catalog

  /// One document, or one a line.
  func readJSON(_ bytes: [UInt8], file: String) throws(Failure) -> [Incoming] {
    let whole: JSONValue
    do throws(JSONError) {
      whole = try JSONValue(parsing: bytes)
    } catch {
      let lines = bytes.split(separator: 0x0A).filter { !$0.allSatisfy { $0 == 0x20 || $0 == 0x0D } }
      guard lines.count > 1, lines.allSatisfy({ $0.first == UInt8(ascii: "{") && $0.count > 2 }),
        let first = try? JSONValue(parsing: lines[0]), case .object = first
      else { throw Failure(error, in: file) }
      var incoming: [Incoming] = []
      for (number, line) in lines.enumerated() {
        incoming += try readJSON(Array(line), file: "\(file), line \(number + 1)")
      }
      return incoming
    }
    return [try read(whole, file: file)]
  }

  func readCSV(
    _ bytes: [UInt8], file: String, questionnaire: String, organization: String, team: String,
    scope: Assessment.Scope
  ) throws(Failure) -> Incoming {
    let pinned = PinnedQuestionnaire(try catalog.find(questionnaire))
    let claim = JSONValue.object([
      "id": .string(pinned.questionnaire.id),
      "version": .string(pinned.questionnaire.version.description),
    ])
    let table: (document: JSONValue, lines: [Int])
    do throws(CSV.Problem) {
      table = try AssessmentCSV.document(
        bytes, questionnaire: claim, organization: organization, team: team, scope: scope)
    } catch {
      throw Failure(.data, "\(file):\(error.line): \(error.message). Nothing was stored.")
    }
    do throws(JSONError) {
      return try read(table.document, pinned: pinned)
    } catch {
      throw Failure(
        .data,
        "\(file)\(Self.line(of: error.path, table.lines)): \(error.message). Nothing was "
          + "stored.")
    }
  }

  /// The line of the table that `$.responses[3].value` came from, and its column.
  private static func line(of path: String, _ lines: [Int]) -> String {
    guard let match = path.firstMatch(of: /^\$\.responses\[([0-9]+)\](?:\.([A-Za-z]+))?/),
      let index = Int(match.1), lines.indices.contains(index)
    else { return "" }
    return ":\(lines[index])" + (match.2.map { ": \($0)" } ?? "")
  }

  private func read(_ document: JSONValue, file: String) throws(Failure) -> Incoming {
    do throws(JSONError) {
      let claim = try AssessmentDocument.questionnaireClaim(of: document)
      let pinned: PinnedQuestionnaire
      do throws(Failure) {
        pinned = try questionnaire(for: claim)
      } catch {
        throw JSONError(path: "$.questionnaire", message: error.message)
      }
      return try read(document, pinned: pinned)
    } catch {
      throw Failure(error, in: file)
    }
  }

  private func read(
    _ document: JSONValue, pinned: PinnedQuestionnaire
  ) throws(JSONError) -> Incoming {
    Incoming(
      assessment: try AssessmentDocument.read(
        document, questionnaire: pinned.questionnaire, reference: pinned.reference,
        newID: System.newID(), now: System.now()),
      pinned: pinned)
  }

  /// The questionnaire that a document carries, or the installed one it names.
  private func questionnaire(
    for claim: AssessmentDocument.QuestionnaireClaim
  ) throws(Failure) -> PinnedQuestionnaire {
    let name = claim.id + (claim.version.map { "@\($0)" } ?? "")
    guard let definition = claim.definition else {
      let installed = PinnedQuestionnaire(try catalog.find(name))
      if let content = claim.content, content != installed.digests.content {
        throw Failure(
          .data,
          "the installed \(name) has another content than this document was made with; export "
            + "it with its definition")
      }
      return installed
    }
    let carried: PinnedQuestionnaire
    do throws(PinnedQuestionnaireError) {
      carried = try PinnedQuestionnaire(canonical: definition, status: .draft)
    } catch {
      throw Failure(.data, "the definition can't be used: \(error.reason)")
    }
    if let content = claim.content, content != carried.digests.content {
      throw Failure(.data, "the definition does not match its content digest")
    }
    guard carried.questionnaire.id == claim.id,
      claim.version == nil || claim.version == carried.questionnaire.version
    else { throw Failure(.data, "the definition is of another questionnaire than \(name)") }
    // The canonical form has no status; an installed copy of the same content tells it.
    if let installed = try? PinnedQuestionnaire(catalog.find(name)),
      installed.digests == carried.digests
    {
      return installed
    }
    return carried
  }
}

struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write an assessment as a file that import takes.")

  @OptionGroup var global: GlobalOptions
  @Argument(help: "An assessment.") var id: String?
  @Flag(help: "All of them, one document a line.") var all = false
  @Option(help: "json, or csv for the answers as a table.") var format: DataFormat = .json
  @Option(name: [.customShort("o"), .long], help: "A file; stdout where there is none.")
  var output: String?

  func validate() throws {
    if (id == nil) != all { throw ValidationError("Give an assessment, or --all.") }
    if all, format == .csv { throw ValidationError("--all writes JSON only.") }
  }

  func run() throws {
    let store = try global.settings.openStore()
    if let id {
      let opened = try Opened(id, in: store)
      switch format {
      case .json: try System.deliver(Self.document(opened).text(pretty: true) + "\n", to: output)
      case .csv:
        try System.deliver(
          AssessmentCSV.write(opened.assessment, questionnaire: opened.questionnaire), to: output)
      }
      return
    }
    var text = ""
    for summary in try stored({ () throws(StoreError) in try store.list() }).reversed() {
      text += Self.document(try Opened(summary.id, in: store)).text() + "\n"
    }
    try System.deliver(text, to: output)
  }

  private static func document(_ opened: Opened) -> JSONValue {
    AssessmentDocument.write(
      opened.assessment, questionnaire: opened.questionnaire,
      definition: opened.questionnaire.canonical)
  }
}
