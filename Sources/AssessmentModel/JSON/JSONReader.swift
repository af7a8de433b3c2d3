/// Reads one JSON object strictly: every key is asked for once, and `finish` refuses what was not.
package struct JSONObjectReader {
  package let node: JSONNode
  /// A bit for each of its first 64 keys that was asked for: where all were, there is nothing to refuse.
  private var found: UInt64 = 0
  private var asked: [String] = []

  package init(_ node: JSONNode) throws(JSONError) {
    guard node.isObject else { throw node.error("expected an object, found \(node.kind)") }
    self.node = node
    asked.reserveCapacity(16)
  }

  /// That something is wrong with a key, be it there or not.
  package func error(_ key: String, _ message: String) -> JSONError {
    node.error(at: key, message)
  }

  private func member(_ key: String) -> (place: Int, value: JSONNode)? {
    let end = Int(node.entry.next)
    var child = node.place + 1
    var place = 0
    while child < end {
      if JSONNode(document: node.document, place: child).says(key) {
        return (place, JSONNode(document: node.document, place: child + 1))
      }
      child = Int(node.document.entries[child + 1].next)
      place += 1
    }
    return nil
  }

  /// The value of a key, nil when it is absent or null.
  package mutating func value(_ key: String) -> JSONNode? {
    asked.append(key)
    guard let (place, value) = member(key) else { return nil }
    if place < 64 { found |= 1 << UInt64(place) }
    return value.isNull ? nil : value
  }

  /// Whether the key stands there, be it with null.
  package func has(_ key: String) -> Bool { member(key) != nil }

  package mutating func optional<T>(
    _ key: String, _ read: (JSONNode) throws(JSONError) -> T
  ) throws(JSONError) -> T? {
    guard let value = value(key) else { return nil }
    return try read(value)
  }

  package mutating func required<T>(
    _ key: String, _ read: (JSONNode) throws(JSONError) -> T
  ) throws(JSONError) -> T {
    guard let value = value(key) else { throw error(key, "this is required and missing") }
    return try read(value)
  }

  /// Reads every element of a list; an absent one is empty.
  package mutating func list<T>(
    _ key: String, _ read: (JSONNode) throws(JSONError) -> T
  ) throws(JSONError) -> [T] {
    guard let value = value(key) else { return [] }
    return try JSONNode.readList(value, read)
  }

  /// Refuses keys that nobody asked for.
  package func finish() throws(JSONError) {
    if found.nonzeroBitCount == node.memberCount { return }
    if let unknown = node.members.map(\.key).filter({ !asked.contains($0) }).sorted().first {
      throw error(unknown, "unknown key" + suggestion(for: unknown, among: asked))
    }
  }
}

extension JSONNode {
  package static func readString(_ node: JSONNode) throws(JSONError) -> String {
    guard node.entry.kind == .string else { throw node.error("expected a text, found \(node.kind)") }
    return node.text
  }

  /// A text with something in it.
  package static func readWords(_ node: JSONNode) throws(JSONError) -> String {
    let text = try readString(node)
    guard text.contains(where: { !$0.isWhitespace }) else { throw node.error("there are no words in it") }
    return text
  }

  package static func readMap<T>(
    _ node: JSONNode, _ read: (JSONNode) throws(JSONError) -> T
  ) throws(JSONError) -> [String: T] {
    guard node.isObject else { throw node.error("expected an object") }
    var map: [String: T] = [:]
    for (key, value) in node.members { map[key] = try read(value) }
    return map
  }

  package static func readBool(_ node: JSONNode) throws(JSONError) -> Bool {
    switch node.entry.kind {
    case .true: return true
    case .false: return false
    case .null, .number, .string, .array, .object:
      throw node.error("expected true or false, found \(node.kind)")
    }
  }

  package static func readInt(_ node: JSONNode) throws(JSONError) -> Int {
    if node.entry.kind == .number {
      if let integer = node.plainInteger { return integer }
      // 3.0 is whole, too.
      if case .integer(let integer) = JSONValue(node.double) { return integer }
    }
    throw node.error("expected a whole number, found \(node.kind)")
  }

  package static func readDouble(_ node: JSONNode) throws(JSONError) -> Double {
    guard node.entry.kind == .number else { throw node.error("expected a number, found \(node.kind)") }
    return node.plainInteger.map(Double.init) ?? node.double
  }

  /// A reader for whole numbers within a range.
  package static func readInt(in range: ClosedRange<Int>) -> (JSONNode) throws(JSONError) -> Int {
    { (node) throws(JSONError) in
      let integer = try readInt(node)
      guard range.contains(integer) else {
        throw node.error("\(integer) is outside \(range.lowerBound) to \(range.upperBound)")
      }
      return integer
    }
  }

  package static func readTimestamp(_ node: JSONNode) throws(JSONError) -> Timestamp {
    let text = try readString(node)
    guard let timestamp = Timestamp(rfc3339: text) else {
      throw node.error("\"\(text)\" is not a time such as 2026-01-15T09:00:00Z")
    }
    return timestamp
  }

  package static func readDay(_ node: JSONNode) throws(JSONError) -> Day {
    let text = try readString(node)
    guard let day = Day(text) else { throw node.error("\"\(text)\" is not a day such as 2026-01-15") }
    return day
  }

  package static func readCase<T: RawRepresentable<String> & CaseIterable>(
    _ node: JSONNode
  ) throws(JSONError) -> T {
    let text = try readString(node)
    guard let known = T(rawValue: text) else {
      let names = T.allCases.map(\.rawValue)
      throw node.error(
        "\"\(text)\" is none of \(names.joined(separator: ", "))" + suggestion(for: text, among: names))
    }
    return known
  }

  package static func readList<T>(
    _ node: JSONNode, _ read: (JSONNode) throws(JSONError) -> T
  ) throws(JSONError) -> [T] {
    guard node.entry.kind == .array else { throw node.error("expected a list, found \(node.kind)") }
    var list: [T] = []
    let end = Int(node.entry.next)
    var child = node.place + 1
    while child < end {
      list.append(try read(JSONNode(document: node.document, place: child)))
      child = Int(node.document.entries[child].next)
    }
    return list
  }
}
