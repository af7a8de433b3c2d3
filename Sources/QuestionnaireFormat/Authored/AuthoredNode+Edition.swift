import AssessmentModel

/// Laying nodes over others, and putting words into them.
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
  func laid(over base: AuthoredNode?, isTerms: Bool = false) -> AuthoredNode {
    guard let base, case .mapping(let own) = content, case .mapping(let inherited) = base.content else {
      return self
    }
    var entries: [Entry] = []
    // A term's plural belongs to it: a new word leaves the old plural behind.
    for entry in inherited
    where !own.contains(where: { $0.key == entry.key || isTerms && entry.key == $0.key + "s" }) {
      entries.append(entry)
    }
    for entry in own {
      let below = inherited.first { $0.key == entry.key }?.value
      let value =
        switch entry.key {
        case "terms": entry.value.laid(over: below, isTerms: true)
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
    var changes: [String: Int] = [:]
    for (index, node) in own.enumerated().reversed() { if let id = id(node) { changes[id] = index } }
    var used: Set<Int> = []
    let items = inherited.map { item -> AuthoredNode in
      guard let index = id(item).flatMap({ changes[$0] }), used.insert(index).inserted else { return item }
      return own[index]["type"] == nil ? own[index].laid(over: item) : own[index]
    }
    let fresh = own.indices.filter { !used.contains($0) }.map { own[$0] }
    return AuthoredNode(content: .sequence(items + fresh), mark: mark)
  }

  /// With every `{term}` of a text replaced by the author's word for it.
  func substituting(
    _ terms: [String: String], file: String, _ collector: DiagnosticCollector
  ) -> AuthoredNode {
    switch content {
    case .scalar(let text, let plain):
      guard text.utf8.contains(UInt8(ascii: "{")) else { return self }
      return AuthoredNode(
        content: .scalar(filled(text, terms, file, mark, collector), plain: plain), mark: mark,
        isFollowedByComment: isFollowedByComment)
    case .sequence(let nodes):
      return AuthoredNode(
        content: .sequence(nodes.map { $0.substituting(terms, file: file, collector) }), mark: mark)
    case .mapping(let entries):
      return AuthoredNode(
        content: .mapping(
          entries.map {
            Entry(
              key: $0.key, mark: $0.mark, value: $0.value.substituting(terms, file: file, collector))
          }), mark: mark)
    }
  }
}

/// A text with its `{terms}` replaced by the author's words; a term nobody gave is reported and left.
/// An English article before a term follows the word's sound (a user, an hour), and so does the genitive of a plural
/// that has no s (children's). (By bytes: with a regular expression this took ten times as long as everything else
/// that is done with a file.)
func filled(
  _ text: String, _ terms: [String: String], _ file: String, _ mark: Mark, _ collector: DiagnosticCollector
) -> String {
  func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
  func isNamed(_ byte: UInt8) -> Bool {
    isLetter(byte) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-")
  }
  var text = text
  return text.withUTF8 { bytes in
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
      while end < bytes.count, isNamed(bytes[end]) { end += 1 }
      guard end < bytes.count, bytes[end] == UInt8(ascii: "}") else {
        out.append(bytes[index])
        index += 1
        continue
      }
      let name = String(decoding: bytes[start..<end], as: UTF8.self)
      index = end + 1
      guard let word = terms[name] else {
        collector.report(
          "Q17", file, mark,
          "no term \"\(name)\" is given under \"terms\""
            + collector.suggestion(for: name, among: terms.keys.sorted()))
        out += bytes[(start - 1)..<index]
        continue
      }
      let isArticle =
        out.count >= 2 && out[out.count - 1] == 0x20 && out[out.count - 2] | 0x20 == UInt8(ascii: "a")
        && (out.count == 2 || !isLetter(out[out.count - 3]))
      if isArticle, English.article(before: word) == "an" {
        out.removeLast()
        out += "n ".utf8
      }
      out += word.utf8
      if name.last == "s", word.last != "s", index < bytes.count, bytes[index] == UInt8(ascii: "'"),
        index + 1 == bytes.count || !isLetter(bytes[index + 1])
      {
        out += "'s".utf8
        index += 1
      }
    }
    return String(decoding: out, as: UTF8.self)
  }
}
