import AssessmentModel

/// As much of JSON Schema (draft 07) as the schemas in `Resources/schema` use; a keyword it does not know
/// stops the test, so that nothing is passed over.
struct JSONSchema {
  struct UnknownKeyword: Error { let keyword: String }

  private let root: JSONValue

  init(_ root: JSONValue) { self.root = root }

  func accepts(_ value: JSONValue) throws -> Bool { try accepts(value, root) }

  private func accepts(_ value: JSONValue, _ schema: JSONValue) throws -> Bool {
    if case .bool(let verdict) = schema { return verdict }
    guard case .object(let keywords) = schema else { throw UnknownKeyword(keyword: "\(schema)") }
    for (keyword, rule) in keywords {
      guard try passes(value, keyword, rule, keywords) else { return false }
    }
    return true
  }

  private func passes(
    _ value: JSONValue, _ keyword: String, _ rule: JSONValue, _ all: [String: JSONValue]
  ) throws -> Bool {
    switch keyword {
    case "$schema", "title", "description", "definitions", "then", "else": return true
    case "$ref":
      let name = rule.text.split(separator: "/").last.map(String.init) ?? ""
      return try accepts(value, root["definitions"][name])
    case "type":
      let names = rule.list.isEmpty ? [rule.text] : rule.list.map(\.text)
      return names.contains { Self.is(value, $0) }
    case "enum": return rule.list.contains(value)
    case "const": return rule == value
    case "not": return try !accepts(value, rule)
    case "allOf": return try rule.list.allSatisfy { try accepts(value, $0) }
    case "anyOf": return try rule.list.contains { try accepts(value, $0) }
    case "if":
      let branch = try accepts(value, rule) ? all["then"] : all["else"]
      return try branch.map { try accepts(value, $0) } ?? true
    case "pattern":
      guard case .string(let text) = value else { return true }
      return try Regex(rule.text).matchingSemantics(.unicodeScalar).firstMatch(in: text) != nil
    case "minimum": return Self.number(value).map { $0 >= Self.number(rule)! } ?? true
    case "exclusiveMinimum": return Self.number(value).map { $0 > Self.number(rule)! } ?? true
    case "maximum": return Self.number(value).map { $0 <= Self.number(rule)! } ?? true
    case "items":
      guard case .array(let values) = value else { return true }
      return try values.allSatisfy { try accepts($0, rule) }
    case "minItems":
      guard case .array(let values) = value else { return true }
      return values.count >= Int(Self.number(rule)!)
    case "maxItems":
      guard case .array(let values) = value else { return true }
      return values.count <= Int(Self.number(rule)!)
    case "required":
      guard case .object(let object) = value else { return true }
      return rule.list.allSatisfy { object[$0.text] != nil }
    case "dependencies":
      guard case .object(let object) = value, case .object(let needs) = rule else { return true }
      return needs.allSatisfy { key, others in
        object[key] == nil || others.list.allSatisfy { object[$0.text] != nil }
      }
    case "properties":
      guard case .object(let object) = value, case .object(let properties) = rule else { return true }
      return try properties.allSatisfy { key, schema in
        try object[key].map { try accepts($0, schema) } ?? true
      }
    case "additionalProperties":
      guard case .object(let object) = value else { return true }
      var known: [String: JSONValue] = [:]
      if case .object(let properties)? = all["properties"] { known = properties }
      return try object.allSatisfy { try known[$0.key] != nil || accepts($0.value, rule) }
    case "propertyNames":
      guard case .object(let object) = value else { return true }
      return try object.keys.allSatisfy { try accepts(.string($0), rule) }
    default: throw UnknownKeyword(keyword: keyword)
    }
  }

  private static func `is`(_ value: JSONValue, _ type: String) -> Bool {
    switch (value, type) {
    case (.string, "string"), (.integer, "integer"), (.integer, "number"), (.number, "number"),
      (.bool, "boolean"), (.array, "array"), (.object, "object"), (.null, "null"):
      true
    case (.number(let number), "integer"): number == number.rounded()
    default: false
    }
  }

  private static func number(_ value: JSONValue) -> Double? {
    switch value {
    case .integer(let number): Double(number)
    case .number(let number): number
    default: nil
    }
  }
}
