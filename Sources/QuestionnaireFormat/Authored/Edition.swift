import AssessmentModel

/// The files of a questionnaire by its reference, `outside-in@1.0.0`; nil where there is none.
public typealias QuestionnaireFiles = (_ reference: String) -> [String: [UInt8]]?

/// A questionnaire as written: the nodes of its own files, or those of the questionnaire that it is
/// based on with its own laid over them, before any of it is understood.
struct AuthoredQuestionnaire {
  let root: AuthoredNode
  /// The author's words by term, as authored.
  let terms: [String: String]
  /// In their order, each with its file's name.
  let sections: [(name: String, node: AuthoredNode, file: String)]
}

extension AuthoredQuestionnaire {
  /// The canonical form, which has its sections inlined and its terms put in.
  init(canonical root: AuthoredNode) {
    var terms: [String: String] = [:]
    if case .mapping(let entries) = root["terms"]?.content {
      for entry in entries {
        if case .scalar(let word, _) = entry.value.content { terms[entry.key] = word }
      }
    }
    self.init(root: root, terms: terms, sections: [])
  }
}

/// With the plural of every term that has none of its own, and all of them as a sentence begins with
/// them.
func allForms(of terms: [String: String]) -> [String: String] {
  var forms = terms
  for (term, word) in terms where forms[term + "s"] == nil && !term.hasSuffix("s") {
    forms[term + "s"] = English.plural(of: word)
  }
  for (term, word) in forms {
    forms[term.capitalizedFirst] = word.capitalizedFirst
  }
  return forms
}

/// Reads a folder's nodes, lays them over what they are based on, and puts the author's terms in.
struct EditionReader {
  let collector: DiagnosticCollector
  let files: [String: [UInt8]]
  let folder: String
  let bases: QuestionnaireFiles
  /// Words that stand for those under "terms".
  var ownTerms: [String: String] = [:]

  static let main = "questionnaire.yaml"
  private static let deepest = 4

  func read() -> AuthoredQuestionnaire? {
    guard let head = head() else {
      // What can't be read of the others is told all the same.
      for file in files.keys.sorted() where file != Self.main { _ = node(file) }
      return nil
    }
    let names = sectionNames(head.root)
    let sections = sections(names, head)
    for file in files.keys.sorted()
    where file != Self.main && !names.contains(where: { $0.name + ".yaml" == file }) {
      collector.report(
        "Q09", folder + file, .start,
        "this file is not listed under \"sections\" in \(Self.main)"
          + (head.bases.isEmpty
            ? ""
            : "; name it after a section that the edition changes (\(names.map(\.name).joined(separator: ", "))), or "
              + "list all of these there and yours"))
    }
    return AuthoredQuestionnaire(
      root: head.root.substituting(head.forms, file: folder + Self.main, collector), terms: head.terms,
      sections: sections)
  }

  // MARK: Main files

  /// A main file laid over those of what it is based on, the nearest first.
  struct Head {
    let root: AuthoredNode
    /// As authored, and with all their forms.
    let terms: [String: String]
    let forms: [String: String]
    let bases: [[String: [UInt8]]]
  }

  func head() -> Head? {
    guard let own = node(Self.main) else { return nil }
    var root = own
    var found: [[String: [UInt8]]] = []
    var reference = own["basedOn"]
    let named = reference.flatMap(Self.text) ?? ""
    while let node = reference {
      guard let base = base(node, depth: found.count + 1) else { return nil }
      found.append(base.files)
      collector.inheritedFrom = (folder + Self.main, own["basedOn"]?.mark ?? .start, named)
      reference = base.root["basedOn"].map { AuthoredNode(content: $0.content, mark: node.mark) }
      root = root.laid(
        over: base.root.inherited(without: ["id", "version", "status", "format", "basedOn"]))
    }
    var terms = terms(of: root)
    for term in ownTerms.keys {
      // A new word leaves the old plural behind.
      terms[term + "s"] = nil
    }
    terms.merge(ownTerms) { $1 }
    if !found.isEmpty { checkTermsAreUsed(own, found) }
    return Head(root: root, terms: terms, forms: allForms(of: terms), bases: found)
  }

  /// A term that no text has is a slip: what it was meant for keeps the old word.
  private func checkTermsAreUsed(_ own: AuthoredNode, _ bases: [[String: [UInt8]]]) {
    guard case .mapping(let entries) = own["terms"]?.content else { return }
    let texts = ([files] + bases).flatMap(\.values).map { String(decoding: $0, as: UTF8.self).lowercased() }
    for entry in entries where !texts.contains(where: { $0.contains("{\(entry.key)") }) {
      collector.report(
        "Q17", folder + Self.main, entry.mark,
        "no text has {\(entry.key)}; a term is the word that the texts have in braces, as in { customer: patient }"
      )
    }
  }

  private static func text(_ node: AuthoredNode) -> String? {
    if case .scalar(let text, _) = node.content { text } else { nil }
  }

  /// The main file of what is based on, and all its files.
  private func base(
    _ reference: AuthoredNode, depth: Int
  ) -> (root: AuthoredNode, files: [String: [UInt8]])? {
    func refuse(_ code: String, _ message: String) -> (AuthoredNode, [String: [UInt8]])? {
      collector.report(code, folder + Self.main, reference.mark, message)
      return nil
    }
    guard let text = Self.text(reference), text.split(separator: "@").count == 2,
      let version = text.split(separator: "@").last, Version(String(version)) != nil
    else { return refuse("Q05", "\"basedOn\" takes an id and a version, such as outside-in@1.0.0") }
    guard depth < Self.deepest else {
      return refuse("Q17", "\"\(text)\" leads back to itself, or through too many questionnaires")
    }
    guard let files = bases(text) else {
      return refuse("Q17", "there is no questionnaire \"\(text)\" to be based on")
    }
    guard let bytes = files[Self.main], let root = try? YAMLReading(file: Self.main, bytes: bytes).read()
    else { return refuse("Q17", "\"\(text)\" has problems of its own; check it first") }
    return (root, files)
  }

  /// The author's words by term, singular and plural.
  private func terms(of root: AuthoredNode) -> [String: String] {
    let file = folder + Self.main
    var terms: [String: String] = [:]
    guard let node = root["terms"] else { return [:] }
    guard case .mapping(let entries) = node.content else {
      collector.report(
        "Q05", file, node.mark, "\"terms\" must be a mapping from term to word, found \(node.kind)")
      // One problem is enough: what the texts need is there.
      return ["customer": "customer"]
    }
    for entry in entries {
      guard let word = Self.text(entry.value),
        word == word.split(whereSeparator: \.isWhitespace).joined(separator: " "),
        (1...40).contains(word.unicodeScalars.count), entries.count <= 50
      else {
        collector.report(
          "Q05", file, entry.value.mark,
          "a term stands for a word of at most 40 characters, and there are at most 50")
        continue
      }
      guard MappingReader.isIdentifier(entry.key) else {
        collector.report("Q10", file, entry.mark, "\"\(entry.key)\" is no term: use small letters")
        continue
      }
      terms[entry.key] = word
    }
    return terms
  }

  // MARK: Sections

  private func sections(
    _ names: [(name: String, mark: Mark)], _ head: Head
  ) -> [(name: String, node: AuthoredNode, file: String)] {
    var sections: [(name: String, node: AuthoredNode, file: String)] = []
    for (name, mark) in names {
      let file = name + ".yaml"
      if sections.contains(where: { $0.name == name }) {
        collector.report("Q11", folder + Self.main, mark, "the section \"\(name)\" stands here twice")
        return sections
      }
      // From the farthest base up, each over the one before.
      var inherited: AuthoredNode?
      for files in head.bases.reversed() {
        guard let bytes = files[file] else { continue }
        let problems = DiagnosticCollector()
        let reading = YAMLReading(file: file, bytes: bytes) { filled($0, head.forms, file, $1, problems) }
        guard let node = try? reading.read(), problems.diagnostics.isEmpty else {
          collector.report(
            "Q17", folder + Self.main, .inherited,
            problems.diagnostics.first?.message ?? "\(file) has problems of its own; check it first")
          continue
        }
        inherited = node.inherited().laid(over: inherited)
      }
      if files[file] != nil {
        guard let own = node(file, terms: head.forms) else { continue }
        sections.append((name, own.laid(over: inherited), folder + file))
      } else if let inherited {
        sections.append((name, inherited, folder + Self.main))
      } else {
        collector.report("Q09", folder + Self.main, mark, "there is no file \(file) for this section")
      }
    }
    return sections
  }

  /// A file's nodes; with `terms`, what is read has them put in already.
  private func node(_ name: String, terms: [String: String]? = nil) -> AuthoredNode? {
    guard let bytes = files[name] else { return nil }
    let path = folder + name
    do throws(YAMLRefusal) {
      return try YAMLReading(
        file: path, bytes: bytes,
        fill: terms.map { terms in { filled($0, terms, path, $1, collector) } }
      ).read()
    } catch {
      let problem = error.diagnostic
      collector.report(
        problem.code, problem.file, Mark(line: problem.line, column: problem.column), problem.message)
      return nil
    }
  }

  private func sectionNames(_ root: AuthoredNode) -> [(name: String, mark: Mark)] {
    guard case .sequence(let nodes) = root["sections"]?.content else { return [] }
    return nodes.compactMap { node in
      // The parser says what is wrong with a name.
      guard let name = Self.text(node), MappingReader.isIdentifier(name) else { return nil }
      return (name, node.mark)
    }
  }
}
