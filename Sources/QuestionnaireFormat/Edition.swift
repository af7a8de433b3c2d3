import AssessmentModel

/// The files of a questionnaire by its reference, `outside-in@1.0.0`; nil where there is none.
public typealias QuestionnaireFiles = (_ reference: String) -> [String: [UInt8]]?

/// A questionnaire as written: the nodes of its own files, or those of the questionnaire that it is
/// based on with its own laid over them, before any of it is understood.
struct AuthoredQuestionnaire {
  var root: AuthoredNode
  /// In their order, each with its file's name.
  var sections: [(name: String, node: AuthoredNode, file: String)]
}

/// What a questionnaire is based on, and its words for the terms of its texts and its actions'.
public struct EditionHead: Hashable, Sendable {
  /// The reference it gives, `outside-in@1.0.0`.
  public let basedOn: String?
  public let terms: [String: String]

  /// Where nobody gives a word.
  public static let standard = EditionHead(
    basedOn: nil, terms: ["customer": "customer", "customers": "customers"])

  init(basedOn: String?, terms: [String: String]) { (self.basedOn, self.terms) = (basedOn, terms) }

  /// Reads only the main files; what is wrong in them is told where the questionnaire is read.
  public init(files: [String: [UInt8]], bases: @escaping QuestionnaireFiles) {
    let collector = DiagnosticCollector()
    let reader = EditionReader(
      collector: collector, files: files, folder: "", bases: bases, readsSections: false)
    guard let authored = reader.read() else {
      self = .standard
      return
    }
    var basedOn: String?
    if case .scalar(let text, _) = authored.root["basedOn"]?.content { basedOn = text }
    self.init(basedOn: basedOn, terms: authored.terms(file: "", collector))
  }
}

/// Reads a folder's nodes, lays them over what they are based on, and puts the author's terms in.
struct EditionReader {
  let collector: DiagnosticCollector
  let files: [String: [UInt8]]
  let folder: String
  let bases: QuestionnaireFiles
  var readsSections = true

  static let main = "questionnaire.yaml"
  private static let deepest = 4

  func read(depth: Int = 1) -> AuthoredQuestionnaire? {
    guard let root = node(Self.main) else {
      // What can't be read of the others is told all the same.
      for file in files.keys.sorted() where file != Self.main { _ = node(file) }
      return nil
    }
    guard case .mapping(let entries) = root.content else {
      // The parser says what was expected.
      return AuthoredQuestionnaire(root: root, sections: [])
    }
    var base: AuthoredQuestionnaire?
    if let reference = entries.first(where: { $0.key == "basedOn" })?.value {
      base = readBase(reference, depth: depth)
      if base == nil { return nil }
    }
    let merged = root.laid(over: base?.root)
    guard readsSections else { return AuthoredQuestionnaire(root: merged, sections: []) }
    let names = sectionNames(merged)
    var sections: [(name: String, node: AuthoredNode, file: String)] = []
    for (name, mark) in names {
      let file = name + ".yaml"
      let inherited = base?.sections.first { $0.name == name }?.node
      if files[file] == nil {
        if let inherited {
          sections.append((name, inherited, folder + Self.main))
        } else {
          collector.report("Q09", folder + Self.main, mark, "there is no file \(file) for this section")
        }
      } else if let own = node(file) {
        sections.append((name, own.laid(over: inherited), folder + file))
      }
    }
    for file in files.keys.sorted()
    where file != Self.main && !names.contains(where: { $0.name + ".yaml" == file }) {
      collector.report(
        "Q09", folder + file, .start, "this file is not listed under \"sections\" in \(Self.main)")
    }
    return AuthoredQuestionnaire(root: merged, sections: sections)
  }

  private func node(_ name: String) -> AuthoredNode? {
    guard let bytes = files[name] else { return nil }
    do throws(YAMLRefusal) {
      return try YAMLReading(file: folder + name, bytes: bytes).read()
    } catch {
      let problem = error.diagnostic
      collector.report(
        problem.code, problem.file, Mark(line: problem.line, column: problem.column), problem.message)
      return nil
    }
  }

  private func readBase(_ reference: AuthoredNode, depth: Int) -> AuthoredQuestionnaire? {
    func refuse(_ code: String, _ message: String) -> AuthoredQuestionnaire? {
      collector.report(code, folder + Self.main, reference.mark, message)
      return nil
    }
    guard case .scalar(let text, _) = reference.content, text.split(separator: "@").count == 2,
      let version = text.split(separator: "@").last, Version(String(version)) != nil
    else { return refuse("Q05", "\"basedOn\" takes an id and a version, such as outside-in@1.0.0") }
    guard depth < Self.deepest else {
      return refuse("Q17", "\"\(text)\" leads back to itself, or through too many questionnaires")
    }
    guard let files = bases(text) else {
      return refuse("Q17", "there is no questionnaire \"\(text)\" to be based on")
    }
    // What is wrong there is told where it stands; here it is enough that something is.
    let problems = DiagnosticCollector()
    let reader = EditionReader(
      collector: problems, files: files, folder: "", bases: bases, readsSections: readsSections)
    guard let base = reader.read(depth: depth + 1), problems.diagnostics.isEmpty else {
      return refuse("Q17", "\"\(text)\" has problems of its own; check it first")
    }
    collector.inheritedFrom = (folder + Self.main, reference.mark, text)
    return AuthoredQuestionnaire(
      root: base.root.inherited(without: ["id", "version", "status", "format", "basedOn"]),
      sections: base.sections.map { ($0.name, $0.node.inherited(), $0.file) })
  }

  private func sectionNames(_ root: AuthoredNode) -> [(name: String, mark: Mark)] {
    guard case .sequence(let nodes) = root["sections"]?.content else { return [] }
    return nodes.compactMap { node in
      // The parser says what is wrong with a name.
      guard case .scalar(let name, _) = node.content, MappingReader.isIdentifier(name) else { return nil }
      return (name, node.mark)
    }
  }
}

extension AuthoredQuestionnaire {
  /// With every `{term}` of a text replaced by the author's word for it; a term nobody gave is
  /// reported.
  func withTerms(file: String, _ collector: DiagnosticCollector) -> AuthoredQuestionnaire {
    let terms = terms(file: file, collector)
    var resolved = self
    resolved.root = root.substituting(terms, file: file, collector)
    resolved.sections = sections.map {
      ($0.name, $0.node.substituting(terms, file: $0.file, collector), $0.file)
    }
    return resolved
  }

  /// The author's words by term, singular and plural.
  func terms(file: String, _ collector: DiagnosticCollector) -> [String: String] {
    var terms: [String: String] = [:]
    if let node = root["terms"] {
      guard case .mapping(let entries) = node.content else {
        collector.report(
          "Q05", file, node.mark, "\"terms\" must be a mapping from term to word, found \(node.kind)")
        return [:]
      }
      for entry in entries {
        guard case .scalar(let word, _) = entry.value.content,
          word == word.split(whereSeparator: \.isWhitespace).joined(separator: " "),
          (1...40).contains(word.count)
        else {
          collector.report("Q05", file, entry.value.mark, "a term stands for a word of at most 40 characters")
          continue
        }
        guard MappingReader.isIdentifier(entry.key) else {
          collector.report("Q10", file, entry.mark, "\"\(entry.key)\" is no term: use small letters")
          continue
        }
        terms[entry.key] = word
      }
    }
    for (term, word) in terms where terms[term + "s"] == nil && !term.hasSuffix("s") {
      terms[term + "s"] = word + "s"
    }
    return terms
  }
}

extension AuthoredNode {
  subscript(key: String) -> AuthoredNode? {
    guard case .mapping(let entries) = content else { return nil }
    return entries.first { $0.key == key }?.value
  }

  /// The same without its places, which are in another file.
  func inherited(without keys: Set<String> = []) -> AuthoredNode {
    switch content {
    case .scalar: AuthoredNode(content: content, mark: .inherited)
    case .sequence(let nodes):
      AuthoredNode(content: .sequence(nodes.map { $0.inherited() }), mark: .inherited)
    case .mapping(let entries):
      AuthoredNode(
        content: .mapping(
          entries.filter { !keys.contains($0.key) }
            .map { Entry(key: $0.key, mark: .inherited, value: $0.value.inherited()) }),
        mark: .inherited)
    }
  }

  /// Key by key over a mapping that is inherited: terms and items are merged, everything else is
  /// replaced.
  func laid(over base: AuthoredNode?) -> AuthoredNode {
    guard let base, case .mapping(let own) = content, case .mapping(let inherited) = base.content else {
      return self
    }
    var entries: [Entry] = []
    for entry in inherited where !own.contains(where: { $0.key == entry.key }) { entries.append(entry) }
    for entry in own {
      let below = inherited.first { $0.key == entry.key }?.value
      let value =
        switch entry.key {
        case "terms": entry.value.laid(over: below)
        case "items": entry.value.items(laidOver: below)
        default: entry.value
        }
      entries.append(Entry(key: entry.key, mark: entry.mark, value: value))
    }
    return AuthoredNode(content: .mapping(entries), mark: mark)
  }

  /// An item of the same id replaces the keys that it gives, or all of it where it gives a type; new
  /// ones stand at the end.
  private func items(laidOver base: AuthoredNode?) -> AuthoredNode {
    guard case .sequence(let own) = content, case .sequence(let inherited)? = base?.content else {
      return self
    }
    func id(_ node: AuthoredNode) -> String? {
      if case .scalar(let id, _) = node["id"]?.content { id } else { nil }
    }
    var fresh = own
    var items: [AuthoredNode] = []
    for item in inherited {
      guard let index = fresh.firstIndex(where: { id($0) != nil && id($0) == id(item) }) else {
        items.append(item)
        continue
      }
      let change = fresh.remove(at: index)
      items.append(change["type"] == nil ? change.laid(over: item) : change)
    }
    return AuthoredNode(content: .sequence(items + fresh), mark: mark)
  }

  func substituting(
    _ terms: [String: String], file: String, _ collector: DiagnosticCollector
  ) -> AuthoredNode {
    switch content {
    case .scalar(let text, let plain):
      guard text.utf8.contains(UInt8(ascii: "{")) else { return self }
      let replaced = replacingTerms(in: text) { name in
        if let word = terms[name.lowercased()] {
          return name.first?.isUppercase == true ? word.prefix(1).uppercased() + word.dropFirst() : word
        }
        collector.report(
          "Q17", file, mark,
          "no term \"\(name)\" is given under \"terms\"" + suggestion(for: name, among: terms.keys.sorted()))
        return nil
      }
      return AuthoredNode(content: .scalar(replaced, plain: plain), mark: mark)
    case .sequence(let nodes):
      return AuthoredNode(
        content: .sequence(nodes.map { $0.substituting(terms, file: file, collector) }), mark: mark)
    case .mapping(let entries):
      return AuthoredNode(
        content: .mapping(
          entries.map {
            Entry(key: $0.key, mark: $0.mark, value: $0.value.substituting(terms, file: file, collector))
          }), mark: mark)
    }
  }
}

/// Replaces every `{word}` of letters; `nil` leaves it as it stands. An English article before it
/// follows the word that comes in. (By bytes: a regular expression took ten times as long as reading
/// the whole file.)
private func replacingTerms(in text: String, word: (String) -> String?) -> String {
  func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
  let bytes = Array(text.utf8)
  var out: [UInt8] = []
  out.reserveCapacity(bytes.count + 16)
  var index = 0
  while index < bytes.count {
    let start = index + 1
    guard bytes[index] == UInt8(ascii: "{"), start < bytes.count, isLetter(bytes[start]) else {
      out.append(bytes[index])
      index += 1
      continue
    }
    var end = start
    while end < bytes.count, isLetter(bytes[end]) || bytes[end] == UInt8(ascii: "-") { end += 1 }
    guard end < bytes.count, bytes[end] == UInt8(ascii: "}"),
      let new = word(String(decoding: bytes[start..<end], as: UTF8.self))
    else {
      out.append(bytes[index])
      index += 1
      continue
    }
    let isArticle =
      out.count >= 2 && out[out.count - 1] == 0x20 && out[out.count - 2] | 0x20 == UInt8(ascii: "a")
      && (out.count == 2 || !isLetter(out[out.count - 3]))
    if isArticle, let first = new.utf8.first, "aeiou".utf8.contains(first | 0x20) {
      out.removeLast()
      out += Array("n ".utf8)
    }
    out += Array(new.utf8)
    index = end + 1
  }
  return String(decoding: out, as: UTF8.self)
}
