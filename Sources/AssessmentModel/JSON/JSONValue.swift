/// A JSON value. Foundation's coders accept duplicate keys and drop nulls; the documents of this
/// program may not, so reading and writing are ours.
public enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  /// A string, or null.
  public init(_ text: String?) { self = text.map { .string($0) } ?? .null }

  /// A whole number, or null.
  public init(_ number: Int?) { self = number.map { .integer($0) } ?? .null }

  /// A number (written without a fraction where it has none), or null.
  public init(_ number: Double?) {
    guard let number, number.isFinite else {
      self = .null
      return
    }
    if number == number.rounded(), abs(number) < 1e15 {
      self = .integer(Int(number))
    } else {
      self = .number(number)
    }
  }

  /// Sorted keys, `/` unescaped, nulls written, numbers in full precision. `pretty` breaks lines and
  /// indents by two; without it there is no white space at all.
  public func text(pretty: Bool = false) -> String { text(pretty: pretty, depth: 0) }

  /// The same as a part of another one, so many levels within it.
  package func text(pretty: Bool, depth: Int) -> String {
    var out: [UInt8] = []
    write(to: &out, pretty: pretty, depth: depth)
    return String(decoding: out, as: UTF8.self)
  }

  private func write(to out: inout [UInt8], pretty: Bool, depth: Int) {
    func newline(_ depth: Int, _ out: inout [UInt8]) {
      guard pretty else { return }
      out.append(UInt8(ascii: "\n"))
      out.append(contentsOf: repeatElement(UInt8(ascii: " "), count: depth * 2))
    }
    switch self {
    case .null: out.append(contentsOf: "null".utf8)
    case .bool(let value): out.append(contentsOf: (value ? "true" : "false").utf8)
    case .integer(let value): out.append(contentsOf: String(value).utf8)
    case .number(let value): out.append(contentsOf: value.description.utf8)
    case .string(let value): Self.write(value, to: &out)
    case .array(let values):
      out.append(UInt8(ascii: "["))
      for (index, value) in values.enumerated() {
        if index > 0 { out.append(UInt8(ascii: ",")) }
        newline(depth + 1, &out)
        value.write(to: &out, pretty: pretty, depth: depth + 1)
      }
      if !values.isEmpty { newline(depth, &out) }
      out.append(UInt8(ascii: "]"))
    case .object(let values):
      out.append(UInt8(ascii: "{"))
      for (index, entry) in values.sorted(by: { Self.precedes($0.key, $1.key) }).enumerated() {
        if index > 0 { out.append(UInt8(ascii: ",")) }
        newline(depth + 1, &out)
        Self.write(entry.key, to: &out)
        out.append(UInt8(ascii: ":"))
        if pretty { out.append(UInt8(ascii: " ")) }
        entry.value.write(to: &out, pretty: pretty, depth: depth + 1)
      }
      if !values.isEmpty { newline(depth, &out) }
      out.append(UInt8(ascii: "}"))
    }
  }

  /// By code units, so that the order never depends on the collation of a Unicode version.
  private static func precedes(_ left: String, _ right: String) -> Bool {
    left.utf8.lexicographicallyPrecedes(right.utf8)
  }

  /// Writes a text in its quotes.
  package static func write(_ text: String, to out: inout [UInt8]) {
    out.append(UInt8(ascii: "\""))
    defer { out.append(UInt8(ascii: "\"")) }
    // Nearly every text goes out as it is, in one piece.
    if !text.utf8.contains(where: { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C || $0 == 0x7F }) {
      out.append(contentsOf: text.utf8)
      return
    }
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): out.append(contentsOf: "\\\"".utf8)
      case UInt8(ascii: "\\"): out.append(contentsOf: "\\\\".utf8)
      case 0x0A: out.append(contentsOf: "\\n".utf8)
      case 0x0D: out.append(contentsOf: "\\r".utf8)
      case 0x09: out.append(contentsOf: "\\t".utf8)
      case 0..<0x20, 0x7F:
        let hex = String(byte, radix: 16)
        out.append(contentsOf: ("\\u" + String(repeating: "0", count: 4 - hex.count) + hex).utf8)
      default: out.append(byte)
      }
    }
  }
}
