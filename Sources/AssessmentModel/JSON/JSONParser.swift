/// Why a JSON text or document was refused, and where.
public struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
  /// `$.responses[3].value`; `$` for the text as a whole.
  public let path: String
  /// What is wrong, in words, without a full stop; with line and column where the text itself is malformed.
  public let message: String

  /// Takes each property as it is; nothing is checked.
  public init(path: String, message: String) {
    self.path = path
    self.message = message
  }

  /// `$.responses[3].value: 7 is outside 0 to 4`
  public var description: String { "\(path): \(message)" }
}

/// Checks one JSON text (RFC 8259) and lists its values in their order; nothing is copied out of it. Duplicate keys, malformed
/// UTF-8, lone surrogates, numbers that are not finite and nesting over 32 are refused.
struct JSONParser {
  private let bytes: [UInt8]
  private var position = 0
  private(set) var entries: [JSONDocument.Entry] = []
  /// The containers that are open, and where each stands: the key or the place of the value that is read.
  private var path: [PathPart] = []

  private enum PathPart {
    case key(entry: Int)
    case index(Int)
  }

  init(bytes: [UInt8]) {
    self.bytes = bytes
    // A value every eight bytes is more than most texts have.
    entries.reserveCapacity(bytes.count / 8 + 8)
  }

  mutating func parse() throws(JSONError) {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    skipSpace()
    try parseValue()
    skipSpace()
    if position < bytes.count { throw failure("there is something after the end of the document") }
  }

  private func failure(_ message: String) -> JSONError {
    var text = "$"
    for part in path {
      switch part {
      case .key(let entry): text += "." + JSONDocument.text(of: entries[entry], in: bytes)
      case .index(let index): text += "[\(index)]"
      }
    }
    // Line and column are worked out only here: they are needed once, on the way out.
    let before = bytes[..<min(position, bytes.count)]
    let line = before.count { $0 == 0x0A } + 1
    let column = before.count - (before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0) + 1
    return JSONError(path: text, message: "\(message) (line \(line), column \(column))")
  }

  private mutating func skipSpace() {
    while position < bytes.count,
      bytes[position] == 0x20 || bytes[position] == 0x0A || bytes[position] == 0x0D
        || bytes[position] == 0x09
    {
      position += 1
    }
  }

  private mutating func add(_ kind: JSONDocument.Kind, from start: Int, isPlain: Bool = true) {
    entries.append(
      JSONDocument.Entry(
        kind: kind, isPlain: isPlain, start: UInt32(start), end: UInt32(position),
        next: UInt32(entries.count + 1)))
  }

  private mutating func parseValue() throws(JSONError) {
    guard position < bytes.count else { throw failure("the document ends too early") }
    if path.count > 32 { throw failure("nested more than 32 deep") }
    switch bytes[position] {
    case UInt8(ascii: "{"): try parseObject()
    case UInt8(ascii: "["): try parseArray()
    case UInt8(ascii: "\""): try parseString()
    case UInt8(ascii: "t"): try word("true", .true)
    case UInt8(ascii: "f"): try word("false", .false)
    case UInt8(ascii: "n"): try word("null", .null)
    case UInt8(ascii: "-"), 0x30...0x39: try parseNumber()
    default: throw failure("not a JSON value")
    }
  }

  private mutating func word(_ word: StaticString, _ kind: JSONDocument.Kind) throws(JSONError) {
    let start = position
    let letters = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
    guard bytes[position...].starts(with: letters) else { throw failure("not a JSON value") }
    position += letters.count
    add(kind, from: start)
  }

  /// All that was added since lies in the container.
  private mutating func close(_ container: Int) {
    entries[container].end = UInt32(position)
    entries[container].next = UInt32(entries.count)
  }

  private mutating func parseObject() throws(JSONError) {
    let object = entries.count
    position += 1
    add(.object, from: position - 1)
    skipSpace()
    if take(UInt8(ascii: "}")) { return close(object) }
    let depth = path.count
    path.append(.index(0))
    var keys = JSONKeys()
    while true {
      skipSpace()
      guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
        path.removeLast()
        throw failure("expected a key in quotes")
      }
      let key = entries.count
      try parseKey()
      let end = position
      path[depth] = .key(entry: key)
      skipSpace()
      guard take(UInt8(ascii: ":")) else { throw failure("expected a colon") }
      skipSpace()
      try parseValue()
      guard keys.insert(key, of: object, entries, bytes) else {
        position = end
        throw failure("this key stands here twice")
      }
      skipSpace()
      if take(UInt8(ascii: "}")) { break }
      guard take(UInt8(ascii: ",")) else {
        path.removeLast()
        throw failure("expected a comma or }")
      }
    }
    path.removeLast()
    close(object)
  }

  /// A key belongs to no value yet: what is wrong with it is told of its object.
  private mutating func parseKey() throws(JSONError) {
    let place = path.removeLast()
    try parseString()
    path.append(place)
  }

  private mutating func parseArray() throws(JSONError) {
    let array = entries.count
    position += 1
    add(.array, from: position - 1)
    skipSpace()
    if take(UInt8(ascii: "]")) { return close(array) }
    path.append(.index(0))
    var count = 0
    while true {
      path[path.count - 1] = .index(count)
      skipSpace()
      try parseValue()
      count += 1
      skipSpace()
      if take(UInt8(ascii: "]")) { break }
      guard take(UInt8(ascii: ",")) else {
        path.removeLast()
        throw failure("expected a comma or ]")
      }
    }
    path.removeLast()
    close(array)
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  /// Its entry is what lies between the quotes.
  private mutating func parseString() throws(JSONError) {
    position += 1
    let start = position
    var hasEscape = false
    var all: UInt8 = 0
    while true {
      guard position < bytes.count else { throw failure("a text without its closing quote") }
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") { break }
      position += 1
      if byte == UInt8(ascii: "\\") {
        hasEscape = true
        try skipEscape()
      } else if byte < 0x20 {
        throw failure("a control character inside a text")
      }
      all |= byte
    }
    add(.string, from: start, isPlain: !hasEscape && all < 0x80)
    position += 1
    if all >= 0x80, String(validating: bytes[start..<position - 1], as: UTF8.self) == nil {
      throw failure("not UTF-8")
    }
  }

  private mutating func skipEscape() throws(JSONError) {
    guard position < bytes.count else { throw failure("a text without its closing quote") }
    let byte = bytes[position]
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      return
    case UInt8(ascii: "u"):
      let unit = try parseHex()
      if (0xD800..<0xDC00).contains(unit) {
        guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
          throw failure("half a surrogate pair")
        }
        let low = try parseHex()
        guard (0xDC00..<0xE000).contains(low) else { throw failure("half a surrogate pair") }
      } else if (0xDC00..<0xE000).contains(unit) {
        throw failure("half a surrogate pair")
      }
    default: throw failure("an unknown escape")
    }
  }

  private mutating func parseHex() throws(JSONError) -> UInt32 {
    guard position + 4 <= bytes.count, let value = JSONDocument.hex(bytes[position..<position + 4]) else {
      throw failure("an unknown escape")
    }
    position += 4
    return value
  }

  private mutating func skipDigits() -> Int {
    let start = position
    while position < bytes.count, (0x30...0x39).contains(bytes[position]) { position += 1 }
    return position - start
  }

  private mutating func parseNumber() throws(JSONError) {
    let start = position
    var isWhole = true
    _ = take(UInt8(ascii: "-"))
    let first = position
    let digits = skipDigits()
    guard digits > 0, bytes[first] != 0x30 || digits == 1 else { throw failure("not a number") }
    if take(UInt8(ascii: ".")) {
      isWhole = false
      guard skipDigits() > 0 else { throw failure("not a number") }
    }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      isWhole = false
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      guard skipDigits() > 0 else { throw failure("not a number") }
    }
    // What eighteen digits can say is an Int, and finite.
    if !isWhole || digits > 18 {
      guard let number = Double(String(decoding: bytes[start..<position], as: UTF8.self)), number.isFinite
      else { throw failure("the number is too large") }
    }
    add(.number, from: start)
  }
}

/// The keys of an object that is read, to find one that stands there twice.
private struct JSONKeys {
  private var count = 0
  /// Once there are many, or some that can be written in two ways, comparing each with each would take too long, or be wrong.
  private var texts: Set<String>?

  /// False where the object has the key already.
  mutating func insert(
    _ key: Int, of object: Int, _ entries: [JSONDocument.Entry], _ bytes: [UInt8]
  ) -> Bool {
    count += 1
    let entry = entries[key]
    if texts == nil, count > 16 || !entry.isPlain {
      texts = []
      var earlier = object + 1
      while earlier < key {
        texts?.insert(JSONDocument.text(of: entries[earlier], in: bytes))
        earlier = Int(entries[earlier + 1].next)
      }
    }
    if texts != nil { return texts?.insert(JSONDocument.text(of: entry, in: bytes)).inserted == true }
    var earlier = object + 1
    while earlier < key {
      let other = entries[earlier]
      if other.length == entry.length, JSONDocument.same(other, entry, bytes) { return false }
      earlier = Int(entries[earlier + 1].next)
    }
    return true
  }
}
