/// One JSON text that was checked, and where its values lie in it. They are read in place: of a file with a million
/// documents nothing is made that nobody asks for.
package final class JSONDocument: Sendable {
  enum Kind: UInt8 {
    case null, `true`, `false`, number, string, array, object
  }

  /// One value or key. What an object or a list holds comes right behind it, a key before its value.
  struct Entry {
    let kind: Kind
    /// ASCII without escapes.
    let isPlain: Bool
    /// Its bytes; of a text those between the quotes.
    let start: UInt32
    var end: UInt32
    /// The place of the entry that follows it and all that it holds.
    var next: UInt32

    var length: Int { Int(end - start) }
  }

  let bytes: [UInt8]
  let entries: [Entry]

  /// Reads one JSON text (RFC 8259), refusing duplicate keys, malformed UTF-8, lone surrogates,
  /// numbers that are not finite and nesting over 32.
  package init(parsing bytes: [UInt8]) throws(JSONError) {
    var parser = JSONParser(bytes: bytes)
    try parser.parse()
    self.bytes = bytes
    entries = parser.entries
  }

  package convenience init(parsing text: String) throws(JSONError) {
    try self.init(parsing: Array(text.utf8))
  }

  package var root: JSONNode { JSONNode(document: self, place: 0) }

  // MARK: Bytes

  /// What a key or text says.
  static func text(of entry: Entry, in bytes: [UInt8]) -> String {
    let raw = bytes[Int(entry.start)..<Int(entry.end)]
    return String(decoding: entry.isPlain ? raw : unescaped(raw)[...], as: UTF8.self)
  }

  /// Whether two plain texts of one length are the same.
  static func same(_ left: Entry, _ right: Entry, _ bytes: [UInt8]) -> Bool {
    for offset in 0..<left.length
    where bytes[Int(left.start) + offset] != bytes[Int(right.start) + offset] {
      return false
    }
    return true
  }

  static func hex(_ digits: ArraySlice<UInt8>) -> UInt32? {
    var value: UInt32 = 0
    for digit in digits {
      switch digit {
      case 0x30...0x39: value = value << 4 | UInt32(digit - 0x30)
      case 0x41...0x46: value = value << 4 | UInt32(digit - 0x41 + 10)
      case 0x61...0x66: value = value << 4 | UInt32(digit - 0x61 + 10)
      default: return nil
      }
    }
    return value
  }

  /// A checked text without its escapes.
  private static func unescaped(_ raw: ArraySlice<UInt8>) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(raw.count)
    var place = raw.startIndex
    func unit() -> UInt32 {
      defer { place += 4 }
      return hex(raw[place..<place + 4]) ?? 0
    }
    while place < raw.endIndex {
      let byte = raw[place]
      place += 1
      guard byte == UInt8(ascii: "\\") else {
        text.append(byte)
        continue
      }
      let escape = raw[place]
      place += 1
      switch escape {
      case UInt8(ascii: "b"): text.append(0x08)
      case UInt8(ascii: "f"): text.append(0x0C)
      case UInt8(ascii: "n"): text.append(0x0A)
      case UInt8(ascii: "r"): text.append(0x0D)
      case UInt8(ascii: "t"): text.append(0x09)
      case UInt8(ascii: "u"):
        var scalar = unit()
        if (0xD800..<0xDC00).contains(scalar) {
          place += 2
          scalar = 0x10000 + ((scalar - 0xD800) << 10) + (unit() - 0xDC00)
        }
        if let scalar = Unicode.Scalar(scalar) { text.append(contentsOf: String(scalar).utf8) }
      default: text.append(escape)
      }
    }
    return text
  }
}

/// One value of a JSON text.
package struct JSONNode: Sendable {
  let document: JSONDocument
  let place: Int

  var entry: JSONDocument.Entry { document.entries[place] }

  package var isNull: Bool { entry.kind == .null }
  package var isObject: Bool { entry.kind == .object }

  /// How it is written.
  package var bytes: ArraySlice<UInt8> { document.bytes[Int(entry.start)..<Int(entry.end)] }

  /// What the value is, in words.
  package var kind: String {
    switch entry.kind {
    case .null: "null"
    case .true, .false: "true or false"
    case .number: "a number"
    case .string: "a text"
    case .array: "a list"
    case .object: "an object"
    }
  }

  /// `$.responses[3].value`. Worked out when something is wrong, which is once.
  package var path: String {
    var text = "$"
    var container = 0
    while container != place {
      let isObject = document.entries[container].kind == .object
      var child = container + 1
      var index = 0
      while true {
        let value = isObject ? child + 1 : child
        let next = Int(document.entries[value].next)
        if place < next {
          text += isObject ? "." + self.text(at: child) : "[\(index)]"
          container = value
          break
        }
        child = next
        index += 1
      }
    }
    return text
  }

  /// That the value is not what it should be.
  package func error(_ message: String) -> JSONError { JSONError(path: path, message: message) }

  /// That something is wrong with one of its keys, be it there or not.
  package func error(at key: String, _ message: String) -> JSONError {
    JSONError(path: "\(path).\(key)", message: message)
  }

  /// What a text says; of anything else its letters.
  var text: String { text(at: place) }

  private func text(at place: Int) -> String {
    JSONDocument.text(of: document.entries[place], in: document.bytes)
  }

  /// Whether a key or text is this.
  package func says(_ word: String) -> Bool {
    let entry = self.entry
    guard entry.kind == .string else { return false }
    if !entry.isPlain { return text == word }
    var word = word
    return word.withUTF8 { letters in
      guard letters.count == entry.length else { return false }
      let start = Int(entry.start)
      for offset in 0..<letters.count where document.bytes[start + offset] != letters[offset] { return false }
      return true
    }
  }

  /// A whole number without fraction or exponent that an Int can hold; nil for any other.
  var plainInteger: Int? {
    let entry = self.entry
    var value = 0
    var digits = document.bytes[Int(entry.start)..<Int(entry.end)]
    let isNegative = digits.first == UInt8(ascii: "-")
    if isNegative { digits = digits.dropFirst() }
    for digit in digits {
      guard (0x30...0x39).contains(digit) else { return nil }
      let (tens, isTooLarge) = value.multipliedReportingOverflow(by: 10)
      // Downwards, where there is one number more.
      let (sum, isOver) = tens.subtractingReportingOverflow(Int(digit - 0x30))
      if isTooLarge || isOver { return nil }
      value = sum
    }
    if isNegative { return value }
    return value == .min ? nil : -value
  }

  var double: Double { Double(text) ?? 0 }

  /// The value with all that it holds, on its own.
  package var value: JSONValue {
    switch entry.kind {
    case .null: return .null
    case .true: return .bool(true)
    case .false: return .bool(false)
    case .number: return plainInteger.map { .integer($0) } ?? JSONValue(double)
    case .string: return .string(text)
    case .array: return .array(elements.map(\.value))
    case .object:
      var object: [String: JSONValue] = [:]
      for (key, value) in members { object[key] = value.value }
      return .object(object)
    }
  }

  /// What a list holds; nothing for anything else.
  package var elements: [JSONNode] {
    var found: [JSONNode] = []
    if entry.kind != .array { return found }
    let end = Int(entry.next)
    var child = place + 1
    while child < end {
      found.append(JSONNode(document: document, place: child))
      child = Int(document.entries[child].next)
    }
    return found
  }

  /// Hands over what a list holds, one after the other, until `body` has had enough.
  ///
  /// - Returns: Whether it is a list and all of it was handed over.
  package func allElements(_ body: (JSONNode) -> Bool) -> Bool {
    guard entry.kind == .array else { return false }
    let end = Int(entry.next)
    var child = place + 1
    while child < end {
      guard body(JSONNode(document: document, place: child)) else { return false }
      child = Int(document.entries[child].next)
    }
    return true
  }

  /// Hands over what an object holds, key and value, in the same way.
  package func allMembers(_ body: (_ key: JSONNode, _ value: JSONNode) -> Bool) -> Bool {
    guard isObject else { return false }
    let end = Int(entry.next)
    var child = place + 1
    while child < end {
      guard body(JSONNode(document: document, place: child), JSONNode(document: document, place: child + 1))
      else { return false }
      child = Int(document.entries[child + 1].next)
    }
    return true
  }

  /// A whole number written as such; nil for anything else.
  package var plainNumber: Int? { entry.kind == .number ? plainInteger : nil }

  /// How many keys an object has.
  var memberCount: Int {
    var count = 0
    let end = Int(entry.next)
    var child = place + 1
    while child < end {
      child = Int(document.entries[child + 1].next)
      count += 1
    }
    return count
  }

  /// What an object holds; nothing for anything else.
  package var members: [(key: String, value: JSONNode)] {
    var found: [(key: String, value: JSONNode)] = []
    if entry.kind != .object { return found }
    let end = Int(entry.next)
    var child = place + 1
    while child < end {
      found.append((text(at: child), JSONNode(document: document, place: child + 1)))
      child = Int(document.entries[child + 1].next)
    }
    return found
  }
}

extension JSONValue {
  /// Reads one JSON text (RFC 8259), refusing duplicate keys, malformed UTF-8, lone surrogates,
  /// numbers that are not finite and nesting over 32.
  public init(parsing bytes: some Collection<UInt8>) throws(JSONError) {
    self = try JSONDocument(parsing: Array(bytes)).root.value
  }
}
