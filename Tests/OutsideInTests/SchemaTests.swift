import AssessmentModel
import Foundation
import Testing

@testable import QuestionnaireFormat

/// The JSON Schemas for editors: they accept what is right, refuse nothing that the program accepts, and
/// catch what can be caught within one file.
@Suite struct SchemaTests {
  static let schemas: [String: JSONSchema] = {
    var schemas: [String: JSONSchema] = [:]
    for name in ["questionnaire", "section", "actions", "migration"] {
      let path = packageRoot.appending(path: "Resources/schema/\(name).schema.json")
      schemas[name] = JSONSchema(try! JSONValue(parsing: Array(try! Data(contentsOf: path))))
    }
    return schemas
  }()

  /// What an editor makes of a YAML text (YAML 1.2, core schema); nil where it is no YAML.
  static func value(_ text: String) -> JSONValue? {
    (try? YAMLReading(file: "", bytes: Array(text.utf8)).read()).map(value)
  }

  private static func value(_ node: AuthoredNode) -> JSONValue {
    switch node.content {
    case .scalar(let text, let plain): plain ? plainValue(text) : .string(text)
    case .sequence(let nodes): .array(nodes.map(value))
    case .mapping(let entries):
      .object(Dictionary(entries.map { ($0.key, value($0.value)) }, uniquingKeysWith: { $1 }))
    }
  }

  private static func plainValue(_ text: String) -> JSONValue {
    switch text {
    case "", "~", "null", "Null", "NULL": return .null
    case "true", "True", "TRUE": return .bool(true)
    case "false", "False", "FALSE": return .bool(false)
    default: break
    }
    if text.wholeMatch(of: /[-+]?[0-9]+/) != nil { return Int(text).map { .integer($0) } ?? .number(0) }
    if let octal = text.wholeMatch(of: /0o([0-7]+)/) { return .integer(Int(octal.1, radix: 8)!) }
    if let hexadecimal = text.wholeMatch(of: /0x([0-9a-fA-F]+)/) {
      return .integer(Int(hexadecimal.1, radix: 16)!)
    }
    if text.wholeMatch(of: /[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?/) != nil {
      return .number(Double(text) ?? Double("0" + text) ?? 0)
    }
    if text.wholeMatch(of: /[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)/) != nil { return .number(0.5) }
    return .string(text)
  }

  static func schema(for file: String) -> JSONSchema {
    let name =
      file.contains("--")
      ? "migration"
      : file == "questionnaire.yaml" ? "questionnaire" : file == "actions.yaml" ? "actions" : "section"
    return schemas[name]!
  }

  /// What is no YAML at all is marked by the editor itself.
  static func refuses(_ text: String, file: String) throws -> Bool {
    try value(text).map { try !schema(for: file).accepts($0) } ?? true
  }

  static let rightFiles: [String] = {
    let versions = "Tests/OutsideInTests/Fixtures/versions"
    let folders = [
      "questionnaires/outside-in", "questionnaires/outside-in/1.0.0", "Resources/starter",
      "\(versions)/kiosk/migrations",
      "\(versions)/metro/migrations", "\(versions)/kiosk/2.0.0",
    ]
    return folders.flatMap { folder in
      ((try? FileManager.default.contentsOfDirectory(atPath: packageRoot.appending(path: folder).path)) ?? [])
        .filter { $0.hasSuffix(".yaml") }.map { "\(folder)/\($0)" }
    }
  }()

  @Test(arguments: rightFiles) func whatIsRightIsAccepted(path: String) throws {
    let text = try String(contentsOf: packageRoot.appending(path: path), encoding: .utf8)
    #expect(try !Self.refuses(text, file: (path as NSString).lastPathComponent))
  }

  /// An editor reads the line break that ends a block as part of the text; the program does not.
  @Test(arguments: ["|", ">", "|+"]) func textsInBlocksAreAccepted(style: String) throws {
    let text = soundFiles["only.yaml"]!
      .replacing("text: How is it?", with: "text: \(style)\n        \(String(repeating: "x", count: 160))\n")
    #expect(readSmall(["only.yaml": text]).diagnostics.isEmpty)
    #expect(try !Self.refuses(text, file: "only.yaml"))
  }

  @Test func theSmallQuestionnaireIsAccepted() throws {
    for (file, text) in soundFiles { #expect(try !Self.refuses(text, file: file), "\(file)") }
  }

  static let caught: Set<String> = ["Q04", "Q05", "Q10", "Q12", "Q18", "Q20", "Q21", "Q27"]

  /// Every way of breaking the small questionnaire under these rules is shown while it is typed.
  @Test(arguments: QuestionnaireTests.breakages.filter { caught.contains($0.code) })
  func whatCanBeCaughtWhileTypingIs(_ breakage: Breakage) throws {
    #expect(try Self.refuses(try breakage.text(), file: breakage.file), "\(breakage)")
  }

  @Test func everyOneOfTheseRulesIsInTheCorpus() {
    #expect(Self.caught.isSubset(of: QuestionnaireTests.breakages.map(\.code)))
  }

  /// The same of a migration.
  @Test func noMigrationIsRefusedThatTheProgramAccepts() throws {
    let name = "1.0.0--2.0.0.yaml"
    let text = String(decoding: try fixture("versions/kiosk/migrations/\(name)"), as: UTF8.self)
    var random = SeededGenerator(state: 20_261_126)
    var refused = 0
    for round in 0..<400 {
      let mutant = mutated(text, using: &random)
      guard try Self.refuses(mutant, file: name) else { continue }
      refused += 1
      #expect(readMigration(Array(mutant.utf8), file: name).migration == nil, "round \(round): \(mutant)")
    }
    #expect(refused > 50, "the changes are worth something")
  }

  /// What the schema refuses the program refuses, over random changes of the files that are right.
  @Test func nothingIsRefusedThatTheProgramAccepts() throws {
    let seed = UInt64(ProcessInfo.processInfo.environment["SEED"] ?? "") ?? 20_260_401
    var random = SeededGenerator(state: seed)
    var refused = 0
    for round in 0..<600 {
      let (file, text) = soundFiles.sorted { $0.key < $1.key }.randomElement(using: &random)!
      let mutant = mutated(text, using: &random)
      guard try Self.refuses(mutant, file: file) else { continue }
      refused += 1
      let reading = readSmall([file: mutant])
      #expect(!reading.diagnostics.isEmpty, "seed \(seed), round \(round): \(mutant)")
    }
    #expect(refused > 100, "the changes are worth something")
  }
}

/// A YAML text with one line changed: dropped, doubled, misspelt, or with another value.
func mutated(_ text: String, using random: inout SeededGenerator) -> String {
  var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  let index = Int.random(in: 0..<lines.count, using: &random)
  let values = [
    "true", "yes", "True", "0o17", "0x1F", ".inf", "1.0", "-1", "5", "~", "''", "' a'", "[]", "{}", "[a]",
    "\"x\"", "abc", "Abc", "off", String(repeating: "long ", count: 60) + "end", "é日本",
  ]
  switch Int.random(in: 0..<5, using: &random) {
  case 0: lines.remove(at: index)
  case 1: lines.insert(lines[index], at: index)
  case 2:
    if let colon = lines[index].firstIndex(of: ":"), colon > lines[index].startIndex {
      lines[index].remove(at: lines[index].index(before: colon))
    }
  default:
    if let colon = lines[index].firstIndex(of: ":") {
      lines[index] = lines[index][...colon] + " " + values.randomElement(using: &random)!
    }
  }
  return lines.joined(separator: "\n")
}
