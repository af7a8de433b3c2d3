import AssessmentModel
import Foundation
import SeededGenerator
import Testing

@testable import Interchange
@testable import Storage

/// Most of many assessments are one person's levels and nothing else. They have a short way in, in the store and out; it may
/// never come to anything else than the long way.
@Suite struct PlainDocumentTests {
  private static let known = KnownItems(outsideIn.questionnaire, reference: outsideIn.reference)
  private static let named = PlainDocument.questionnaire(
    outsideIn.reference, terms: outsideIn.questionnaire.terms)

  /// One that has a short way nearly always: confidence and evidence now and then, in either scope.
  private static func plain(_ seed: UInt64) -> Assessment {
    var random = SeededGenerator(state: seed)
    func some<T>(_ values: [T]) -> T { values.randomElement(using: &random)! }
    let rater = Rater(
      id: some(["r1", "r1", "P 7"]), name: some(["", "Ana", "A \"B\"", "Zoë"]),
      department: some(["", "", "Sales"]))
    var responses: [Response] = []
    for item in outsideIn.questionnaire.items where item.scored != nil {
      let answer: Response.Answer =
        switch Int.random(in: 0..<12, using: &random) {
        case 0: .dontKnow
        case 1: .notApplicable(reason: nil)
        case 2: .open
        case let number: .answered(.level(number % 5))
        }
      if answer == .open { continue }
      responses.append(
        Response(
          key: .init(item: item.id, rater: rater.id), answer: answer,
          confidence: some([nil, nil, nil, .sure, .guess]),
          evidence: some([nil, nil, nil, .document, .measured])))
    }
    if some([false, false, false, false, true]) { responses = [] }
    return Assessment(
      id: "S\(seed)", organization: some(["", "Acme", "M\u{FC}ller & Co.", "=1+1"]),
      team: some(["", "Team \\ 1"]),
      scope: some([.core, .full]), startedAt: some([nil, noon]), finishedAt: some([nil, noon]),
      questionnaire: outsideIn.reference, raters: [rater], responses: responses)
  }

  private static func line(_ assessment: Assessment) -> String {
    AssessmentDocument.writeLine(assessment, questionnaire: outsideIn.questionnaire).text()
  }

  @Test func bothWaysInComeToTheSame() throws {
    var short = 0
    for seed in 1...1000 as ClosedRange<UInt64> {
      let assessment = seed % 4 == 0 ? randomAssessment(seed) : Self.plain(seed)
      let text = Self.line(assessment)
      let long = try readDocument(text)
      #expect(long == assessment.without(position: true), "seed \(seed)")
      let read = PlainDocument.read(
        try JSONDocument(parsing: text).root, against: Self.known, newID: { "NEW" })
      guard let read else { continue }
      short += 1
      #expect(read.assessment(to: outsideIn.reference, items: outsideInItems) == long, "seed \(seed)")
    }
    #expect(short > 500)
  }

  /// What is wrong is refused by the long way, so the short one may not take it.
  @Test(arguments: [
    (#""value":3"#, #""value":7"#), (#""value":3"#, #""value":3.5"#), (#""value":3"#, #""value":"3""#),
    (#""value":3"#, #""value":3,"state":"dontKnow""#), (#""value":3"#, #""state":"answered""#),
    (#""value":3"#, #""value":3,"rater":1"#), (#""value":3"#, #""value":3,"rater":"r2""#),
    (#""value":3"#, #""value":3,"round":0"#), (#""value":3"#, #""value":3,"confidence":"very""#),
    (#""value":3"#, #""value":3,"nots":"a""#), (#""own-who""#, #""own-whom""#),
    (#""own-who""#, #""own-empower""#),
    (#""own-who""#, #""exp-list""#), (#""id":"A1""#, #""id":"last""#), (#""id":"A1""#, #""id":"a b""#),
    (#""id":"A1""#, #""id":7"#), (#""Acme""#, #""Ac\u0007me""#), (#""Acme""#, #""Ac‮me""#), (#""Acme""#, "7"),
    (#""full""#, #""half""#), ("2026-01-15T09:40:00Z", "2026-01-15T08:40:00Z"),
    ("2026-01-15T09:40:00Z", "2026-01-15"),
    (#"{"id":"r1"}"#, #"{"id":"r1"},{"id":"r1"}"#), (#"{"id":"r1"}"#, #"{"id":""}"#),
    (#"{"id":"r1"}"#, #"{"id":"r1","age":7}"#),
    (#""raters""#, #""riders""#), (#""responses""#, #""answers""#),
  ])
  func whatIsWrongIsLeftToTheLongWay(old: String, new: String) throws {
    let right =
      #"{"schema":"outside-in.assessment/1","id":"A1","organization":"Acme","scope":"full","startedAt":"2026-01-15T09:00:00Z","#
      + #""finishedAt":"2026-01-15T09:40:00Z","questionnaire":{"id":"outside-in"},"raters":[{"id":"r1"}],"#
      + #""responses":[{"item":"own-empower","value":2},{"item":"own-who","value":3}]}"#
    func short(_ text: String) throws -> PlainAssessment? {
      PlainDocument.read(try JSONDocument(parsing: text).root, against: Self.known, newID: { "NEW" })
    }
    #expect(try short(right) != nil)
    let wrong = right.replacing(old, with: new)
    #expect(wrong != right)
    #expect(try short(wrong) == nil)
    #expect(throws: JSONError.self) { try readDocument(wrong) }
  }

  @Test func bothWaysThroughTheStoreComeToTheSame() throws {
    var short = 0
    for seed in 1...400 as ClosedRange<UInt64> {
      let assessment = seed % 4 == 0 ? randomAssessment(seed) : Self.plain(seed)
      let packed = PackedAssessment(assessment, items: outsideInItems)
      let plain = PlainAssessment(assessment, items: outsideInItems)
      #expect(packed.plain(id: assessment.id, items: outsideInItems) == plain, "seed \(seed)")
      guard let plain else { continue }
      short += 1
      let quick = PackedAssessment(plain)
      #expect(quick.answers == packed.answers && quick.details == packed.details, "seed \(seed)")
      var line: [UInt8] = []
      PlainDocument.write(plain, questionnaire: Self.named, items: outsideInItems, to: &line)
      #expect(String(decoding: line, as: UTF8.self) == Self.line(assessment), "seed \(seed)")
    }
    #expect(short > 200)
  }

  /// A text may be written in two ways.
  @Test func escapesSayTheSame() throws {
    let text =
      #"{"schema":"outside-in.assessment\/1","questionnaire":{"id":"outside-in"},"responses":[{"it\u0065m":"own-who","value":3}]}"#
    let read = PlainDocument.read(try JSONDocument(parsing: text).root, against: Self.known, newID: { "NEW" })
    let long = try readDocument(text)
    #expect(long.responses.first?.level == 3)
    #expect(read.map { $0.assessment(to: outsideIn.reference, items: outsideInItems) } ?? long == long)
  }
}

extension Assessment {
  fileprivate func without(position: Bool) -> Assessment {
    var copy = self
    copy.position = nil
    copy.workshop = nil
    return copy
  }
}

/// The parser under all documents.
@Suite struct JSONDocumentTests {
  @Test(arguments: [
    (#"{"a":1,"a":2}"#, "$.a"), (#"{"a":1,"\u0061":2}"#, "$.a"), (#"{"\u0061":1,"b":{},"a":2}"#, "$.a"),
    (#"{"é":1,"\u00e9":2}"#, "$.é"), (#"{"b":[0,{"a":1,"a":2}]}"#, "$.b[1].a"),
    ("{" + (0...40).map { "\"k\($0)\":0" }.joined(separator: ",") + ",\"k3\":1}", "$.k3"),
  ])
  func aKeyThatStandsThereTwiceIsRefused(text: String, path: String) {
    #expect { try JSONDocument(parsing: text) } throws: { error in
      (error as? JSONError)?.path == path && "\(error)".contains("twice")
    }
  }

  /// Where the value stands is worked out from its place.
  @Test func pathsLeadToTheValue() throws {
    let root = try JSONDocument(parsing: #"{"a":[1,{"b":[[],[true]]}],"c d":{"":null}}"#).root
    var paths: [String] = []
    func walk(_ node: JSONNode) {
      paths.append(node.path)
      for element in node.elements { walk(element) }
      for (_, value) in node.members { walk(value) }
    }
    walk(root)
    #expect(
      paths == [
        "$", "$.a", "$.a[0]", "$.a[1]", "$.a[1].b", "$.a[1].b[0]", "$.a[1].b[1]", "$.a[1].b[1][0]", "$.c d",
        "$.c d.",
      ])
  }

  @Test(arguments: [
    ("0", JSONValue.integer(0)), ("-0", .integer(0)), ("9223372036854775807", .integer(.max)),
    ("-9223372036854775808", .integer(.min)), ("9223372036854775808", .number(9_223_372_036_854_775_808)),
    ("1e2", .integer(100)), ("3.0", .integer(3)), ("-2.5E-1", .number(-0.25)),
    (#""\ud83d\ude00\/\t""#, .string("😀/\t")),
    (" [ ] ", .array([])), ("\u{FEFF}{}", .object([:])),
  ])
  func valuesAreWhatTheySay(text: String, value: JSONValue) throws {
    #expect(try JSONValue(parsing: text.utf8) == value)
  }

  /// Whatever is written is read as it was.
  @Test func writtenAndReadIsTheSame() throws {
    for seed in 1...300 as ClosedRange<UInt64> {
      var random = SeededGenerator(state: seed)
      func value(_ depth: Int) -> JSONValue {
        switch Int.random(in: 0..<(depth > 4 ? 5 : 7), using: &random) {
        case 0: .null
        case 1: .bool(Bool.random(using: &random))
        case 2: .integer(Int.random(in: .min ... .max, using: &random))
        case 3: JSONValue(Double.random(in: -1e9...1e9, using: &random))
        case 4:
          .string(
            String(
              (0..<Int.random(in: 0..<9, using: &random)).map { _ in
                "aé\"\\\n😀/\u{1}".randomElement(using: &random)!
              }))
        case 5: .array((0..<Int.random(in: 0..<5, using: &random)).map { _ in value(depth + 1) })
        default:
          .object(
            Dictionary(
              (0..<Int.random(in: 0..<25, using: &random)).map { _ in
                ("k\(Int.random(in: 0..<99, using: &random))", value(depth + 1))
              },
              uniquingKeysWith: { first, _ in first }))
        }
      }
      let made = value(0)
      #expect(try JSONValue(parsing: made.text().utf8) == made, "seed \(seed)")
      #expect(try JSONValue(parsing: made.text(pretty: true).utf8) == made, "seed \(seed)")
    }
  }
}

/// The schema of a line among many, for whoever writes them: it takes what the program writes, and refuses what it refuses.
@Suite struct LineSchemaTests {
  private static let schema = JSONSchema(
    try! JSONValue(
      parsing: Array(try! Data(contentsOf: packageRoot.appending(path: "Resources/schema/line.schema.json"))))
  )

  private static func line(_ assessment: Assessment) -> JSONValue {
    AssessmentDocument.writeLine(assessment, questionnaire: outsideIn.questionnaire)
  }

  @Test func takesEveryLineThatIsWritten() throws {
    for seed in 1...200 as ClosedRange<UInt64> {
      let line = Self.line(randomAssessment(seed))
      #expect(try Self.schema.accepts(line), "\(line.text())")
    }
    #expect(try Self.schema.accepts(Self.line(filledAssessment { "a \($0)" })))
    let questionnaire = QuestionnaireDocument.write(
      outsideIn.reference, definition: outsideIn.questionnaire.canonical)
    #expect(try Self.schema.accepts(questionnaire))
    #expect(
      try Self.schema.accepts(
        CompanionDocument(.actions, questionnaire: "x", file: "actions.yaml", text: "a").json))
  }

  @Test(arguments: [
    (#""value":3"#, #""value":true"#), (#""item":"own-who""#, #""itm":"own-who""#),
    (#""scope":"core""#, #""scope":"half""#),
    ("2026-01-15T12:00:00Z", "2026-01-15"), (#""raters""#, #""riders""#),
    (#"outside-in.assessment/1"#, "outside-in.assessment/2"),
  ])
  func refusesWhatTheProgramRefuses(old: String, new: String) throws {
    var assessment = coreAssessment { item, _ in item.id == "own-who" ? .answered(.level(3)) : nil }
    assessment.finishedAt = Timestamp(rfc3339: "2026-01-15T12:00:00Z")
    assessment.startedAt = nil
    let right = Self.line(assessment).text()
    #expect(try Self.schema.accepts(JSONValue(parsing: right.utf8)))
    let wrong = right.replacing(old, with: new)
    #expect(wrong != right, "\(right)")
    #expect(try !Self.schema.accepts(JSONValue(parsing: wrong.utf8)))
  }
}
