import AssessmentModel
internal import CYaml

/// Reads YAML from libyaml's events in one pass, so that nothing is built before it is known to be
/// harmless: no anchors, aliases, tags, directives, second documents or deep nesting get through,
/// and each is refused by line and column.
///
/// Yams' own `compose` has no limit on aliases: one used as a mapping key stalls it.
struct YAMLReading {
  static let maximumBytes = 1 << 20
  static let maximumDepth = 12
  private static let names = ["id", "item", "section", "dimension", "scale", "type"]

  let file: String
  private let bytes: [UInt8]
  /// What becomes of a text with a brace in it, before anything is made of it.
  private let fill: ((_ text: String, _ mark: Mark) -> String)?

  init(file: String, bytes: [UInt8], fill: ((_ text: String, _ mark: Mark) -> String)? = nil) {
    self.file = file
    // Some editors begin a file with a mark of its encoding; libyaml would count it as a column.
    self.bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    self.fill = fill
  }

  func read() throws(YAMLRefusal) -> AuthoredNode {
    try checkBytes()
    var parser = yaml_parser_t()
    guard yaml_parser_initialize(&parser) == 1 else {
      throw refusal("Q01", .start, "there is not enough memory to read this file")
    }
    defer { yaml_parser_delete(&parser) }
    yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING)
    let result = bytes.withUnsafeBufferPointer { buffer -> Result<AuthoredNode, YAMLRefusal> in
      yaml_parser_set_input_string(&parser, buffer.baseAddress, buffer.count)
      do throws(YAMLRefusal) {
        return .success(try readDocument(&parser))
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }

  private func checkBytes() throws(YAMLRefusal) {
    if bytes.count > Self.maximumBytes {
      throw refusal("Q01", .start, "the file is over 1 MiB; split it or shorten it")
    }
    // Plain ASCII with line feeds needs no closer look.
    if bytes.allSatisfy({ (0x20..<0x7F).contains($0) || $0 == 0x0A }) { return }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw refusal("Q01", .start, "the file is not UTF-8; save it as UTF-8")
    }
    var line = 1
    var column = 0
    for scalar in text.unicodeScalars {
      column += 1
      if scalar == "\n" {
        line += 1
        column = 0
      } else if scalar.isHarmful, scalar != "\r" {
        throw refusal("Q01", Mark(line: line, column: column), unseen(scalar))
      }
    }
  }

  private func unseen(_ scalar: Unicode.Scalar) -> String {
    scalar == "\t"
      ? "a tab; indent with blanks"
      : "the character U+\(String(scalar.value, radix: 16, uppercase: true)) can't be seen and has no "
        + "place in a questionnaire; delete it"
  }

  private func refusal(_ code: String, _ mark: Mark, _ message: String) -> YAMLRefusal {
    YAMLRefusal(
      diagnostic: Diagnostic(
        file: file, line: mark.line, column: mark.column, code: code, message: message))
  }

  /// A collection that is being read.
  private struct Open {
    let mark: Mark
    let isMapping: Bool
    var values: [AuthoredNode] = []
    var entries: [AuthoredNode.Entry] = []
    /// All keys, once there are many; a few are compared sooner than hashed.
    var keys: Set<String> = []
    var key: (text: String, mark: Mark)?

    mutating func isNew(_ key: String) -> Bool {
      if entries.count < 16 { return !entries.contains { $0.key == key } }
      if keys.isEmpty { keys = Set(entries.map(\.key)) }
      return keys.insert(key).inserted
    }
  }

  private func readDocument(_ parser: inout yaml_parser_t) throws(YAMLRefusal) -> AuthoredNode {
    var open: [Open] = []
    let comments = Comments(bytes)
    var root: AuthoredNode?
    var documents = 0

    func add(_ node: AuthoredNode) throws(YAMLRefusal) {
      // In place: taking it out and putting it back would copy its arrays' counts each time.
      let last = open.count - 1
      if last < 0 {
        root = node
      } else if !open[last].isMapping {
        open[last].values.append(node)
      } else if let key = open[last].key {
        open[last].entries.append(.init(key: key.text, mark: key.mark, value: node))
        open[last].key = nil
      } else {
        guard case .scalar(let text, _) = node.content else {
          throw refusal("Q05", node.mark, "a key must be a word")
        }
        if !open[last].isNew(text) {
          throw refusal("Q03", node.mark, "the key \"\(text)\" stands here twice")
        }
        open[last].key = (text, node.mark)
      }
    }

    func start(mapping: Bool, at mark: Mark) throws(YAMLRefusal) {
      if open.count >= Self.maximumDepth {
        throw refusal("Q07", mark, "nested more than \(Self.maximumDepth) deep")
      }
      if let parent = open.last, parent.isMapping, parent.key == nil {
        throw refusal("Q05", mark, "a key must be a word")
      }
      open.append(Open(mark: mark, isMapping: mapping))
    }

    while true {
      var event = yaml_event_t()
      guard yaml_parser_parse(&parser, &event) == 1 else { throw failure(of: parser) }
      defer { yaml_event_delete(&event) }
      let mark = Mark(line: Int(event.start_mark.line) + 1, column: Int(event.start_mark.column) + 1)
      switch event.type {
      case YAML_STREAM_END_EVENT:
        guard let root else { throw refusal("Q05", .start, "the file is empty") }
        return root
      case YAML_DOCUMENT_START_EVENT:
        documents += 1
        if documents > 1 { throw refusal("Q02", mark, "one file holds one document; delete ---") }
        let start = event.data.document_start
        if start.version_directive != nil
          || start.tag_directives.start != start.tag_directives.end
        {
          throw refusal("Q02", mark, "directives (lines with %) are not read; delete them")
        }
      case YAML_ALIAS_EVENT:
        throw refusal("Q02", mark, "aliases (*name) are not read; write the value out")
      case YAML_SCALAR_EVENT:
        let scalar = event.data.scalar
        try refuse(anchor: scalar.anchor, tag: scalar.tag, at: mark)
        let buffer = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
        var text = String(decoding: buffer, as: UTF8.self)
        // The line break that ends a block belongs to its form, not to its text.
        if [YAML_LITERAL_SCALAR_STYLE, YAML_FOLDED_SCALAR_STYLE].contains(scalar.style) {
          while text.utf8.last == UInt8(ascii: "\n") { text.removeLast() }
        }
        // Quoted texts may write such characters as escapes.
        if scalar.style == YAML_DOUBLE_QUOTED_SCALAR_STYLE,
          let found = text.unicodeScalars.first(where: { $0.isHarmful && $0 != "\n" })
        {
          throw refusal("Q01", mark, unseen(found))
        }
        if scalar.style == YAML_PLAIN_SCALAR_STYLE, text == "<<" {
          throw refusal("Q02", mark, "merge keys (<<) are not read; write the value out")
        }
        // Names are names, whatever the terms.
        if let fill, buffer.contains(UInt8(ascii: "{")),
          !Self.names.contains(open.last?.key?.text ?? "")
        {
          text = fill(text, mark)
        }
        let isPlain = scalar.style == YAML_PLAIN_SCALAR_STYLE
        try add(
          AuthoredNode(
            content: .scalar(text, plain: isPlain), mark: mark,
            isFollowedByComment: isPlain
              && comments.stand(behind: Int(event.end_mark.column), inLine: Int(event.end_mark.line))))
      case YAML_SEQUENCE_START_EVENT:
        let sequence = event.data.sequence_start
        try refuse(anchor: sequence.anchor, tag: sequence.tag, at: mark)
        try start(mapping: false, at: mark)
      case YAML_MAPPING_START_EVENT:
        let mapping = event.data.mapping_start
        try refuse(anchor: mapping.anchor, tag: mapping.tag, at: mark)
        try start(mapping: true, at: mark)
      case YAML_SEQUENCE_END_EVENT:
        if let ended = open.popLast() {
          try add(AuthoredNode(content: .sequence(ended.values), mark: ended.mark))
        }
      case YAML_MAPPING_END_EVENT:
        if let ended = open.popLast() {
          try add(AuthoredNode(content: .mapping(ended.entries), mark: ended.mark))
        }
      default: break
      }
    }
  }

  private func refuse(
    anchor: UnsafeMutablePointer<UInt8>?, tag: UnsafeMutablePointer<UInt8>?, at mark: Mark
  ) throws(YAMLRefusal) {
    if anchor != nil { throw refusal("Q02", mark, "anchors (&name) are not read; delete it") }
    if tag != nil { throw refusal("Q02", mark, "tags (!name) are not read; delete it") }
  }

  private func failure(of parser: yaml_parser_t) -> YAMLRefusal {
    let problem = parser.problem.map { String(cString: $0) } ?? "this is not YAML"
    // A quote that is never closed is seen at the end of the file; it is mended where it opens.
    let isOpen = problem.contains("end of stream") || problem.contains("document indicator")
    let place = isOpen && parser.context != nil ? parser.context_mark : parser.problem_mark
    let advice =
      isOpen
      ? "the quote or bracket that opens here is never closed"
      : problem.contains("mapping values are not allowed")
        ? "a text with a colon in it needs quotes: text: \"Rule: ask first\"; where there is none, this line or the "
          + "one before is indented differently from its neighbours"
        : "this is not YAML (\(problem)); look whether this line or the one before is indented differently from "
          + "its neighbours, or a text with special characters needs quotes"
    return refusal("Q05", Mark(line: Int(place.line) + 1, column: Int(place.column) + 1), advice)
  }
}

/// The lines in which ` #` stands, where a comment may begin.
private struct Comments {
  /// By the line's number, from 0.
  private var lines: [Int: [UInt8]] = [:]

  init(_ bytes: [UInt8]) {
    var line = 0
    var start = 0
    var hasMark = false
    for index in bytes.indices {
      if bytes[index] == UInt8(ascii: "#"), index > start, bytes[index - 1] == 0x20 { hasMark = true }
      guard bytes[index] == 0x0A || index == bytes.count - 1 else { continue }
      if hasMark { lines[line] = Array(bytes[start...index]) }
      hasMark = false
      line += 1
      start = index + 1
    }
  }

  /// Whether nothing but blanks and a comment follows in a line from a column on, counted in characters from 0.
  func stand(behind column: Int, inLine line: Int) -> Bool {
    guard let bytes = lines[line] else { return false }
    let rest = String(decoding: bytes, as: UTF8.self).unicodeScalars.dropFirst(column).drop { $0 == " " }
    return rest.first == "#"
  }
}

/// A file that can't be read as YAML at all.
struct YAMLRefusal: Error {
  let diagnostic: Diagnostic
}
