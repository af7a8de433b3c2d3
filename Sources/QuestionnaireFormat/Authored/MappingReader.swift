import AssessmentModel

/// Collects the problems of one questionnaire; they are shown all at once.
final class DiagnosticCollector {
  private(set) var diagnostics: [Diagnostic] = []
  /// What may well be meant so.
  private(set) var advice: [Diagnostic] = []
  /// Where the questionnaire is named that this one is based on.
  var inheritedFrom: (file: String, mark: Mark, reference: String)?

  /// What may have been meant; nothing any more after many problems, when a whole file is another than
  /// was meant and comparing every name would take long.
  func suggestion(for name: String, among candidates: @autoclosure () -> [String]) -> String {
    diagnostics.count < 50 ? AssessmentModel.suggestion(for: name, among: candidates()) : ""
  }

  func advise(_ code: String, _ file: String, _ mark: Mark, _ message: String) {
    // What is inherited is its own author's to mend.
    if mark == .inherited { return }
    advice.append(
      Diagnostic(
        file: file, line: mark.line, column: mark.column, code: code, message: message, isAdvice: true))
  }

  func report(_ code: String, _ file: String, _ mark: Mark, _ message: String) {
    if mark == .inherited, let (file, mark, reference) = inheritedFrom {
      return report(code, file, mark, "in what comes from \(reference): \(message)")
    }
    diagnostics.append(
      Diagnostic(file: file, line: mark.line, column: mark.column, code: code, message: message))
  }
}

/// Reads one mapping strictly: a key nobody asks for is a problem, and so is a value of another type.
final class MappingReader {
  let file: String
  let mark: Mark
  let collector: DiagnosticCollector
  private let entries: [AuthoredNode.Entry]
  /// Every key that was asked for, some more than once; few enough that a set would cost more.
  private var known: [String] = []

  /// Reports Q05 and is nil where the node is no mapping.
  init?(_ node: AuthoredNode, file: String, collector: DiagnosticCollector, what: String) {
    guard case .mapping(let entries) = node.content else {
      collector.report("Q05", file, node.mark, "expected \(what), found \(node.kind)")
      return nil
    }
    self.file = file
    self.mark = node.mark
    self.collector = collector
    self.entries = entries
  }

  func report(_ code: String, _ mark: Mark, _ message: String) {
    collector.report(code, file, mark, message)
  }

  func node(_ key: String) -> AuthoredNode? {
    known.append(key)
    return entries.first { $0.key == key }?.value
  }

  /// Where the key's value stands, or the mapping itself.
  func mark(of key: String) -> Mark { node(key)?.mark ?? mark }

  func requiredNode(_ key: String) -> AuthoredNode? {
    guard let node = node(key) else {
      report("Q05", mark, "\"\(key)\" is missing")
      return nil
    }
    return node
  }

  /// The limit of what is no prose: ids and names.
  static let anyLength = 2000

  /// - Parameter limit: most characters; prose has a limit of its own.
  func text(_ key: String, limit: Int = anyLength) -> String? {
    node(key).flatMap { text($0, key, limit: limit) }
  }

  func requiredText(_ key: String, limit: Int = anyLength) -> String? {
    requiredNode(key).flatMap { text($0, key, limit: limit) }
  }

  func text(_ node: AuthoredNode, _ key: String, limit: Int) -> String? {
    guard case .scalar(let text, let plain) = node.content else {
      var advice = ""
      if case .mapping = node.content { advice = "; a text with a colon in it needs quotes" }
      report("Q05", node.mark, "\"\(key)\" must be a text, found \(node.kind)\(advice)")
      return nil
    }
    if plain, Self.isNoText(text) {
      report(
        "Q05", node.mark,
        text.isEmpty
          ? "\"\(key)\" is empty"
          : "\"\(key)\" must be a text, and YAML reads \(text) as something else; put it in quotes")
      return nil
    }
    if Self.isBlank(text.utf8.first) || Self.isBlank(text.utf8.last) {
      if text.utf8.allSatisfy({ Self.isBlank($0) }) {
        report("Q05", node.mark, "\"\(key)\" is empty")
        return nil
      }
      report("Q05", node.mark, "\"\(key)\" begins or ends with white space")
    }
    if node.isFollowedByComment, limit != Self.anyLength {
      collector.advise(
        "Q38", file, node.mark,
        "what follows # is not part of the text; put the text in quotes if it is")
    }
    // There are never more characters than bytes, and bytes are counted at once.
    if text.utf8.count > limit, text.unicodeScalars.count > limit {
      report(
        "Q21", node.mark,
        "\"\(key)\" has \(text.unicodeScalars.count) characters; at most \(limit) can be read out")
    }
    return text
  }

  /// Nothing, for an empty text; blanks, tabs and line ends.
  private static func isBlank(_ byte: UInt8?) -> Bool {
    byte == nil || byte == 0x20 || (0x09...0x0D).contains(byte!)
  }

  /// What a plain scalar is to YAML when it is no text: nothing, a truth value or a number.
  private static func isNoText(_ text: String) -> Bool {
    guard text.utf8.count <= 32 else { return false }
    if Double(text) != nil { return true }
    switch text.lowercased() {
    case "", "~", "null", "true", "false", ".nan", ".inf", "+.inf", "-.inf": return true
    case let small: return small.hasPrefix("0o") && Int(small.dropFirst(2), radix: 8) != nil
    }
  }

  func integer(_ key: String) -> Int? {
    guard let node = node(key) else { return nil }
    guard case .scalar(let text, plain: true) = node.content, let value = Int(text) else {
      report("Q05", node.mark, "\"\(key)\" must be a whole number, found \(node.kind)")
      return nil
    }
    return value
  }

  func number(_ key: String) -> Double? {
    guard let node = node(key) else { return nil }
    guard case .scalar(let text, plain: true) = node.content, let value = Double(text),
      value.isFinite
    else {
      report("Q05", node.mark, "\"\(key)\" must be a number, found \(node.kind)")
      return nil
    }
    return value
  }

  func bool(_ key: String) -> Bool {
    guard let node = node(key) else { return false }
    switch node.content {
    case .scalar("true", plain: true): return true
    case .scalar("false", plain: true): return false
    case .scalar, .sequence, .mapping:
      report("Q05", node.mark, "\"\(key)\" must be true or false, found \(node.kind)")
      return false
    }
  }

  func word<T: RawRepresentable<String> & CaseIterable>(_ key: String) -> T? {
    guard let node = node(key) else { return nil }
    let names = T.allCases.map(\.rawValue)
    guard case .scalar(let text, _) = node.content, let value = T(rawValue: text) else {
      var hint = ""
      if case .scalar(let text, _) = node.content { hint = suggestion(for: text, among: names) }
      report(
        "Q05", node.mark,
        "\"\(key)\" must be one of \(names.joined(separator: ", ")), found \(node.kind)\(hint)")
      return nil
    }
    return value
  }

  func list(_ key: String) -> [AuthoredNode] {
    guard let node = node(key) else { return [] }
    guard case .sequence(let nodes) = node.content else {
      report("Q05", node.mark, "\"\(key)\" must be a list, found \(node.kind)")
      return []
    }
    return nodes
  }

  func texts(_ key: String, limit: Int = anyLength) -> [String] {
    list(key).compactMap { text($0, key, limit: limit) }
  }

  /// An id by the rules Q10 and Q12.
  func identifier(_ key: String) -> String? {
    guard let node = requiredNode(key) else { return nil }
    guard case .scalar(let text, _) = node.content else {
      report("Q05", node.mark, "\"\(key)\" must be an id, found \(node.kind)")
      return nil
    }
    if let problem = identifierProblem(text) {
      report(Self.wordsOfYAML.contains(text.lowercased()) ? "Q12" : "Q10", node.mark, problem)
      return nil
    }
    return text
  }

  static func isIdentifier(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return (2...40).contains(bytes.count) && (0x61...0x7A).contains(bytes[0])
      && bytes.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
  }

  fileprivate static let wordsOfYAML: Set<String> = [
    "yes", "no", "on", "off", "null", "true", "false", "y", "n", "~",
  ]

  /// A text for each level, as anchors are written.
  func textsByLevel(_ key: String, limit: Int) -> [Int: String]? {
    guard let node = node(key) else { return nil }
    guard case .mapping(let entries) = node.content else {
      report("Q05", node.mark, "\"\(key)\" must be a mapping from level to text, found \(node.kind)")
      return nil
    }
    var texts: [Int: String] = [:]
    for entry in entries {
      guard let level = Int(entry.key), (0...4).contains(level), entry.key == String(level) else {
        report("Q15", entry.mark, "\"\(entry.key)\" is no level; levels are 0 to 4")
        continue
      }
      if let text = text(entry.value, "\(key) \(level)", limit: limit) { texts[level] = text }
    }
    return texts
  }

  /// What was not asked for.
  func unknownEntries() -> [AuthoredNode.Entry] { entries.filter { !known.contains($0.key) } }

  /// Reports every key that was not asked for; `elsewhere` are keys that another type would use.
  func finish(elsewhere: Set<String> = [], type: String = "") {
    for entry in unknownEntries() {
      if elsewhere.contains(entry.key) {
        report("Q20", entry.mark, "an item of type \(type) has no use for \"\(entry.key)\"")
      } else if case .scalar("", plain: true) = entry.value.content {
        report(
          "Q04", entry.mark,
          "unknown key \"\(entry.key)\", without a value; a text with a comma needs quotes in { }")
      } else {
        report(
          "Q04", entry.mark,
          "unknown key \"\(entry.key)\"" + collector.suggestion(for: entry.key, among: known))
      }
    }
  }
}

/// Why a text can't be an id (Q10, Q12), in words; nil where it can.
public func identifierProblem(_ text: String) -> String? {
  if MappingReader.wordsOfYAML.contains(text.lowercased()) {
    return "\"\(text)\" means something else in YAML; choose another id"
  }
  if !MappingReader.isIdentifier(text) {
    return "\"\(text)\" is no id: use 2 to 40 small letters, digits and hyphens, beginning with a letter"
  }
  return nil
}
