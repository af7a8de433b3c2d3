/// Reads one JSON object strictly: every key is asked for once, and `finish` refuses what was not.
package struct JSONObjectReader {
  package let path: String
  private let object: [String: JSONValue]
  private var known: Set<String> = []

  package init(_ value: JSONValue, path: String) throws(JSONError) {
    guard case .object(let object) = value else {
      throw JSONError(path: path, message: "expected an object, found \(value.kind)")
    }
    self.path = path
    self.object = object
  }

  /// The value of a key, nil when it is absent or null.
  package mutating func value(_ key: String) -> JSONValue? {
    known.insert(key)
    let value = object[key]
    return value == .null ? nil : value
  }

  /// Whether the key stands there, be it with null.
  package mutating func has(_ key: String) -> Bool {
    known.insert(key)
    return object[key] != nil
  }

  package mutating func optional<T>(
    _ key: String, _ read: (JSONValue, String) throws(JSONError) -> T
  ) throws(JSONError) -> T? {
    guard let value = value(key) else { return nil }
    return try read(value, "\(path).\(key)")
  }

  package mutating func required<T>(
    _ key: String, _ read: (JSONValue, String) throws(JSONError) -> T
  ) throws(JSONError) -> T {
    guard let value = try optional(key, read) else {
      throw JSONError(path: "\(path).\(key)", message: "this is required and missing")
    }
    return value
  }

  /// Reads every element of a list; an absent one is empty.
  package mutating func list<T>(
    _ key: String, _ read: (JSONValue, String) throws(JSONError) -> T
  ) throws(JSONError) -> [T] {
    guard let value = value(key) else { return [] }
    return try JSONValue.readList(value, "\(path).\(key)", read)
  }

  /// Refuses keys that nobody asked for.
  package func finish() throws(JSONError) {
    if let unknown = object.keys.filter({ !known.contains($0) }).sorted().first {
      throw JSONError(
        path: "\(path).\(unknown)", message: "unknown key" + suggestion(for: unknown, among: known))
    }
  }
}

extension JSONValue {
  package var kind: String {
    switch self {
    case .null: "null"
    case .bool: "true or false"
    case .integer, .number: "a number"
    case .string: "a text"
    case .array: "a list"
    case .object: "an object"
    }
  }

  package static func readString(_ value: JSONValue, _ path: String) throws(JSONError) -> String {
    guard case .string(let text) = value else {
      throw JSONError(path: path, message: "expected a text, found \(value.kind)")
    }
    return text
  }

  /// A text with something in it.
  package static func readWords(_ value: JSONValue, _ path: String) throws(JSONError) -> String {
    let text = try readString(value, path)
    guard text.contains(where: { !$0.isWhitespace }) else {
      throw JSONError(path: path, message: "there are no words in it")
    }
    return text
  }

  package static func readMap<T>(
    _ value: JSONValue, _ path: String, _ read: (JSONValue, String) throws(JSONError) -> T
  ) throws(JSONError) -> [String: T] {
    guard case .object(let object) = value else {
      throw JSONError(path: path, message: "expected an object")
    }
    var map: [String: T] = [:]
    for (key, value) in object { map[key] = try read(value, "\(path).\(key)") }
    return map
  }

  package static func readBool(_ value: JSONValue, _ path: String) throws(JSONError) -> Bool {
    guard case .bool(let bool) = value else {
      throw JSONError(path: path, message: "expected true or false, found \(value.kind)")
    }
    return bool
  }

  package static func readInt(_ value: JSONValue, _ path: String) throws(JSONError) -> Int {
    guard case .integer(let integer) = value else {
      throw JSONError(path: path, message: "expected a whole number, found \(value.kind)")
    }
    return integer
  }

  package static func readDouble(_ value: JSONValue, _ path: String) throws(JSONError) -> Double {
    switch value {
    case .integer(let integer): return Double(integer)
    case .number(let number): return number
    case .null, .bool, .string, .array, .object:
      throw JSONError(path: path, message: "expected a number, found \(value.kind)")
    }
  }

  /// A reader for whole numbers within a range.
  package static func readInt(
    in range: ClosedRange<Int>
  ) -> (JSONValue, String) throws(JSONError) -> Int {
    { (value, path) throws(JSONError) in
      let integer = try readInt(value, path)
      guard range.contains(integer) else {
        throw JSONError(
          path: path,
          message: "\(integer) is outside \(range.lowerBound) to \(range.upperBound)")
      }
      return integer
    }
  }

  package static func readTimestamp(
    _ value: JSONValue, _ path: String
  ) throws(JSONError) -> Timestamp {
    let text = try readString(value, path)
    guard let timestamp = Timestamp(rfc3339: text) else {
      throw JSONError(
        path: path, message: "\"\(text)\" is not a time such as 2026-01-15T09:00:00Z")
    }
    return timestamp
  }

  package static func readDay(_ value: JSONValue, _ path: String) throws(JSONError) -> Day {
    let text = try readString(value, path)
    guard let day = Day(text) else {
      throw JSONError(path: path, message: "\"\(text)\" is not a day such as 2026-01-15")
    }
    return day
  }

  package static func readCase<T: RawRepresentable<String> & CaseIterable>(
    _ value: JSONValue, _ path: String
  ) throws(JSONError) -> T {
    let text = try readString(value, path)
    guard let known = T(rawValue: text) else {
      let names = T.allCases.map(\.rawValue)
      throw JSONError(
        path: path,
        message: "\"\(text)\" is none of \(names.joined(separator: ", "))"
          + suggestion(for: text, among: names))
    }
    return known
  }

  package static func readList<T>(
    _ value: JSONValue, _ path: String, _ read: (JSONValue, String) throws(JSONError) -> T
  ) throws(JSONError) -> [T] {
    guard case .array(let values) = value else {
      throw JSONError(path: path, message: "expected a list, found \(value.kind)")
    }
    var list: [T] = []
    list.reserveCapacity(values.count)
    for (index, value) in values.enumerated() {
      list.append(try read(value, "\(path)[\(index)]"))
    }
    return list
  }
}
