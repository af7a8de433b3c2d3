import AssessmentModel
import Interchange
import QuestionnaireFormat
import Reporting
import Storage

extension PinnedQuestionnaire {
  var stored: StoredQuestionnaire {
    StoredQuestionnaire(digests: digests, status: questionnaire.status, canonical: text)
  }
}

/// An assessment that was read and checked, with its questionnaire, and is not stored yet.
struct Incoming {
  let assessment: Assessment
  let pinned: PinnedQuestionnaire
}

struct DocumentReader {
  let catalog: Catalog
  /// The questionnaire read last: documents in one file nearly always share one.
  private var last:
    (claim: AssessmentDocument.QuestionnaireClaim, pinned: PinnedQuestionnaire, known: KnownItems)?

  init(catalog: Catalog) { self.catalog = catalog }

  /// One document, or one a line.
  mutating func readJSON(_ bytes: [UInt8], file: String) throws(Failure) -> [Incoming] {
    let whole: JSONDocument
    do throws(JSONError) {
      whole = try JSONDocument(parsing: bytes)
    } catch {
      // Lines with something on them, with their numbers in the file.
      let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
        .filter { !$0.element.allSatisfy { $0 == 0x20 || $0 == 0x0D } }
      guard lines.count > 1, lines.allSatisfy({ $0.element.first == UInt8(ascii: "{") }),
        (try? JSONDocument(parsing: Array(lines[0].element)).root.isObject) == true
      else { throw Failure(error, in: file) }
      var incoming: [Incoming] = []
      for (count, line) in lines.enumerated() {
        let place = "\(file), line \(line.offset + 1)"
        let document: JSONDocument
        do throws(JSONError) {
          document = try JSONDocument(parsing: Array(line.element))
        } catch {
          // Its own count of lines ends at one.
          let message = error.message.replacing("(line 1, ", with: "(")
          throw Failure(JSONError(path: error.path, message: message), in: place)
        }
        incoming.append(try read(document.root, file: place))
        System.progress("Read", count + 1, of: lines.count)
      }
      return incoming
    }
    return [try read(whole.root, file: file)]
  }

  /// A table's assessments: one, or one for each name in its column `assessment`.
  func readCSV(
    _ bytes: [UInt8], file: String, pinned: PinnedQuestionnaire, _ defaults: AssessmentCSV.Defaults
  ) throws(Failure) -> [Incoming] {
    let tables: [AssessmentCSV.Table]
    do throws(CSV.Problem) {
      tables = try AssessmentCSV.documents(bytes, defaults)
    } catch {
      let column = error.column.map { "\($0): " } ?? ""
      throw Failure(
        .data, "\(file):\(error.line): \(column)\(sentence(error.message)) Nothing was stored.")
    }
    let leftOut = tables.flatMap(\.leftOut)
    if !leftOut.isEmpty {
      let names = listed(leftOut.map { "\"\($0)\"" })
      System.tell(
        "\(file): \(names) \(leftOut.count == 1 ? "means" : "mean") nothing here and "
          + "\(leftOut.count == 1 ? "was" : "were") left out.")
    }
    var incoming: [Incoming] = []
    let known = KnownItems(pinned.questionnaire, reference: pinned.reference)
    for table in tables {
      do throws(JSONError) {
        incoming.append(try read(JSONDocument(parsing: table.document.text()).root, pinned, known))
      } catch {
        throw Failure(
          .data,
          "\(file)\(Self.line(of: error.path, in: table)): \(sentence(error.message)) Nothing was "
            + "stored.")
      }
    }
    return incoming
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

  private mutating func read(_ document: JSONNode, file: String) throws(Failure) -> Incoming {
    do throws(JSONError) {
      let claim = try AssessmentDocument.questionnaireClaim(of: document)
      if let last, last.claim == claim { return try read(document, last.pinned, last.known) }
      let pinned = try questionnaire(for: claim)
      let known = KnownItems(pinned.questionnaire, reference: pinned.reference)
      last = (claim, pinned, known)
      return try read(document, pinned, known)
    } catch {
      throw Failure(error, in: file)
    }
  }

  private func read(
    _ document: JSONNode, _ pinned: PinnedQuestionnaire, _ known: KnownItems
  ) throws(JSONError) -> Incoming {
    Incoming(
      assessment: try AssessmentDocument.read(document, against: known, newID: System.newID), pinned: pinned)
  }

  /// The questionnaire that a document carries, or the installed one it names.
  private func questionnaire(
    for claim: AssessmentDocument.QuestionnaireClaim
  ) throws(JSONError) -> PinnedQuestionnaire {
    func refusal(_ message: String, _ key: String = "") -> JSONError {
      JSONError(path: "$.questionnaire" + key, message: message)
    }
    let name = claim.id + (claim.version.map { "@\($0)" } ?? "")
    guard let definition = claim.definition else {
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
