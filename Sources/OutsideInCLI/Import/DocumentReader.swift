import AssessmentModel
import Interchange
import QuestionnaireFormat
import Reporting
import Storage

extension PinnedQuestionnaire {
  var stored: StoredQuestionnaire {
    StoredQuestionnaire(
      digests: digests, status: questionnaire.status, canonical: text, items: ScoredItems(of: questionnaire))
  }
}

/// A questionnaire that documents were read against.
final class ReadQuestionnaire {
  let pinned: PinnedQuestionnaire
  let reference: QuestionnaireReference
  let known: KnownItems
  let stored: StoredQuestionnaire

  init(_ pinned: PinnedQuestionnaire) {
    self.pinned = pinned
    reference = pinned.reference
    known = KnownItems(pinned.questionnaire, reference: reference)
    stored = pinned.stored
  }
}

/// An assessment that was read and checked, with its questionnaire, and is not stored yet.
struct Incoming {
  enum Content {
    case plain(PlainAssessment)
    case full(Assessment)
  }

  let content: Content
  let questionnaire: ReadQuestionnaire

  var assessment: Assessment {
    switch content {
    case .plain(let plain):
      plain.assessment(to: questionnaire.reference, items: questionnaire.stored.items)
    case .full(let assessment): assessment
    }
  }

  var pinned: PinnedQuestionnaire { questionnaire.pinned }
}

struct DocumentReader {
  let catalog: Catalog
  /// The questionnaires read so far, by how documents name them: those in one file nearly always share one.
  private var read: [ArraySlice<UInt8>: ReadQuestionnaire] = [:]
  /// Definitions that stand on lines of their own, by their content.
  private var carried: [String: JSONValue] = [:]

  /// What somebody wrote to questionnaires of their own.
  private(set) var companions: [CompanionDocument] = []
  /// The line that is read next, and the one behind it.
  private var line, following: ByteSource.Line?
  private var isBegun = false
  private var isOne = false

  init(catalog: Catalog) { self.catalog = catalog }

  /// All that a text holds.
  mutating func readJSON(_ bytes: [UInt8], file: String) throws(Failure) -> [Incoming] {
    let source = ByteSource(bytes, name: file)
    var incoming: [Incoming] = []
    while let document = try next(of: source) { incoming.append(document) }
    return incoming
  }

  /// What is read next of a source: one document, or one a line, each read and checked only when it is asked for; nil at the
  /// end.
  mutating func next(of source: ByteSource) throws(Failure) -> Incoming? {
    if !isBegun {
      isBegun = true
      line = try source.nextLine()
      guard let line, (try? JSONDocument(parsing: line.bytes)) != nil else {
        // One document over several lines, or none.
        let document = try parse(source.all(from: line), in: source.name)
        self.line = nil
        return try read(document.root, place: source.name)
      }
      following = try source.nextLine()
      isOne = following == nil
    }
    while let line {
      self.line = following
      following = following == nil ? nil : try source.nextLine()
      let place = isOne ? source.name : "\(source.name), line \(line.number)"
      let document = try parse(line.bytes, in: place, isLine: !isOne)
      if let incoming = try read(document.root, line: place) { return incoming }
    }
    return nil
  }

  private func parse(_ bytes: [UInt8], in place: String, isLine: Bool = false) throws(Failure) -> JSONDocument
  {
    do throws(JSONError) {
      return try JSONDocument(parsing: bytes)
    } catch {
      // A line's own count of lines ends at one.
      let message = isLine ? error.message.replacing("(line 1, ", with: "(") : error.message
      throw Failure(JSONError(path: error.path, message: message), in: place)
    }
  }

  /// A table's assessments: one, or one for each name in its column `assessment`.
  func readCSV(
    _ bytes: [UInt8], file: String, pinned: PinnedQuestionnaire, _ defaults: AssessmentCSV.Defaults
  ) throws(Failure) -> [Incoming] {
    let tables: [AssessmentCSV.Table]
    do throws(AssessmentCSV.Problems) {
      tables = try AssessmentCSV.documents(bytes, defaults)
    } catch {
      throw Self.failure(file, error.all.map { $0.told(of: file) })
    }
    let leftOut = tables.flatMap(\.leftOut)
    if !leftOut.isEmpty {
      let names = listed(leftOut.map { "\"\($0)\"" })
      System.tell(
        "\(file): \(names) \(leftOut.count == 1 ? "means" : "mean") nothing here and "
          + "\(leftOut.count == 1 ? "was" : "were") left out.")
    }
    var incoming: [Incoming] = []
    let questionnaire = ReadQuestionnaire(pinned)
    var problems: [String] = []
    for table in tables {
      do throws(JSONError) {
        incoming.append(try read(JSONDocument(parsing: table.document.text()).root, questionnaire))
      } catch {
        problems.append("\(file)\(Self.line(of: error.path, in: table)): \(sentence(error.message))")
      }
    }
    if !problems.isEmpty { throw Self.failure(file, problems) }
    return incoming
  }

  /// Of what is wrong so much is told.
  static let mostTold = 20

  /// What is wrong with a table, a line each.
  static func failure(_ file: String, _ lines: [String]) -> Failure {
    guard lines.count > 1 else { return Failure(.data, "\(lines[0]) Nothing was stored.") }
    let more = lines.count - mostTold
    return Failure(
      .data,
      "\(file): nothing was stored, since \(lines.count) things are wrong with it.\n"
        + lines.prefix(mostTold).map { "  \($0)" }.joined(separator: "\n")
        + (more > 0 ? "\n  and \(more) more" : ""))
  }

  /// The line of the table that `$.responses[3].value` or `$.raters[1].name` came from, and the column.
  private static func line(of path: String, in table: AssessmentCSV.Table) -> String {
    guard
      let match = path.firstMatch(of: /^\$\.(responses|raters)\[([0-9]+)\](?:\.([A-Za-z]+))?/),
      let index = Int(match.2)
    else { return "" }
    let lines = match.1 == "raters" ? table.raterLines : table.lines
    let column = match.3.map { match.1 == "raters" && $0 == "name" ? "rater" : $0 }
    return lines.indices.contains(index) ? ":\(lines[index])" + (column.map { ": \($0)" } ?? "") : ""
  }

  /// A line of its own in a file of many: an assessment, or what the lines behind it need.
  private mutating func read(_ line: JSONNode, line place: String) throws(Failure) -> Incoming? {
    do throws(JSONError) {
      if let companion = try CompanionDocument.read(line) {
        companions.append(companion)
        return nil
      }
    } catch {
      throw Failure(error, in: place)
    }
    guard QuestionnaireDocument.isOne(line) else { return try read(line, place: place) }
    do throws(JSONError) {
      let document = try QuestionnaireDocument.read(line)
      carried[document.content] = document.definition
      return nil
    } catch {
      throw Failure(error, in: place)
    }
  }

  private mutating func read(_ document: JSONNode, place: String) throws(Failure) -> Incoming {
    do throws(JSONError) {
      let named = try AssessmentDocument.questionnaireNode(of: document).bytes
      if let questionnaire = read[named] { return try read(document, questionnaire) }
      let questionnaire = ReadQuestionnaire(
        try self.questionnaire(for: try AssessmentDocument.questionnaireClaim(of: document)))
      if read.count >= 64 { read = [:] }
      read[ArraySlice(Array(named))] = questionnaire
      return try read(document, questionnaire)
    } catch {
      throw Failure(error, in: place)
    }
  }

  func read(
    _ document: JSONNode, _ questionnaire: ReadQuestionnaire
  ) throws(JSONError) -> Incoming {
    if let plain = PlainDocument.read(document, against: questionnaire.known, newID: System.newID) {
      return Incoming(content: .plain(plain), questionnaire: questionnaire)
    }
    return Incoming(
      content: .full(
        try AssessmentDocument.read(document, against: questionnaire.known, newID: System.newID)),
      questionnaire: questionnaire)
  }

  /// The questionnaire that a document carries, or the installed one it names.
  private func questionnaire(
    for claim: AssessmentDocument.QuestionnaireClaim
  ) throws(JSONError) -> PinnedQuestionnaire {
    func refusal(_ message: String, _ key: String = "") -> JSONError {
      JSONError(path: "$.questionnaire" + key, message: message)
    }
    let name = claim.id + (claim.version.map { "@\($0)" } ?? "")
    guard let definition = claim.definition ?? claim.content.flatMap({ self.carried[$0] }) else {
      let installed: PinnedQuestionnaire
      do throws(Failure) {
        let found = PinnedQuestionnaire(try catalog.find(name))
        installed =
          try claim.terms.flatMap { (terms) throws(Failure) in
            try catalog.pinned(claim.id, found.questionnaire.version, terms: terms)
          } ?? found
      } catch {
        throw refusal(error.message)
      }
      try check(claim, against: installed)
      if let content = claim.content, content != installed.digests.content {
        throw refusal(
          "the installed \(name) has another content than this document was made with; export "
            + "it with its definition")
      }
      return installed
    }
    let carried: PinnedQuestionnaire
    do throws(PinnedQuestionnaireError) {
      carried = try PinnedQuestionnaire(canonical: definition, status: .draft)
    } catch {
      throw refusal("the definition can't be used: \(error.reason)")
    }
    if let content = claim.content, content != carried.digests.content {
      throw refusal("the definition does not match its content digest")
    }
    guard carried.questionnaire.id == claim.id,
      claim.version == nil || claim.version == carried.questionnaire.version
    else { throw refusal("the definition is of another questionnaire than \(name)") }
    // The canonical form has no status; an installed copy of the same content tells it.
    let version = carried.questionnaire.version
    if let terms = claim.terms, terms != carried.questionnaire.terms {
      throw refusal("the definition has other words than these", ".terms")
    }
    guard let installed = try? catalog.pinned(claim.id, version, terms: carried.questionnaire.terms) else {
      // Of a version that is not installed nothing tells otherwise.
      return claim.published == nil
        ? carried : PinnedQuestionnaire(carried.questionnaire, published: claim.published)
    }
    if claim.published != nil { try check(claim, against: installed) }
    if installed.digests == carried.digests {
      return claim.published == nil ? PinnedQuestionnaire(installed.questionnaire) : installed
    }
    if claim.published != nil {
      throw refusal(
        "the installed \(claim.id)@\(version) with these terms has another text than the definition",
        ".published")
    }
    System.tell(
      "The document carries another \(claim.id)@\(version) than the one installed here; it keeps its own.")
    return carried
  }

  /// What a document says of the published text has to be what is installed.
  private func check(
    _ claim: AssessmentDocument.QuestionnaireClaim, against installed: PinnedQuestionnaire
  ) throws(JSONError) {
    guard let published = claim.published else { return }
    if published != installed.published ?? installed.digests.content {
      throw JSONError(
        path: "$.questionnaire.published",
        message:
          "this is not the digest of \(claim.id)@\(installed.questionnaire.version) as it is installed here")
    }
  }
}
