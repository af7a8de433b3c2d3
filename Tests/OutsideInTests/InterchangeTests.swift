import AssessmentModel
import Testing

@testable import Interchange

@Suite struct InterchangeTests {
  static func read(_ text: String) throws -> Assessment {
    try readDocument(text, outsideIn.reference, newID: "NEW")
  }

  static func write(_ assessment: Assessment) throws -> String {
    AssessmentDocument.write(
      assessment, questionnaire: outsideIn.questionnaire, definition: outsideIn.questionnaire.canonical
    ).text(pretty: true)
  }

  @Test(arguments: [(1...100).map { UInt64($0) * 15_485_863 }])
  func oneRoundTripChangesNoByte(seeds: [UInt64]) throws {
    for seed in seeds {
      let text = try Self.write(randomAssessment(seed))
      let again = try Self.read(text)
      #expect(try Self.write(again) == text, "seed \(seed)")
    }
  }

  @Test func theLeastDocumentIsTaken() throws {
    let assessment = try Self.read(
      """
      {"schema": "outside-in.assessment/1", "questionnaire": {"id": "outside-in"},
       "responses": [{"item": "own-who", "value": 3}]}
      """)
    #expect(assessment.id == "NEW")
    #expect(assessment.scope == .full)
    #expect(assessment.responses.map(\.key.rater) == ["r1"])
  }

  static let head = """
    "schema": "outside-in.assessment/1", "questionnaire": {"id": "outside-in"}
    """

  static let tally = "{\"item\": \"own-who\", \"counts\": [0,1,3,1,0]}"

  /// What is refused, and the path it is refused at.
  @Test(arguments: [
    ("{\(head)}", "$.responses"),
    ("{\(head), \"responses\": null}", "$.responses"),
    ("{\(head), \"responses\": [{\"item\": \"own-whom\", \"value\": 3}]}", "$.responses[0].item"),
    ("{\(head), \"responses\": [{\"item\": \"own-who\", \"value\": 9}]}", "$.responses[0].value"),
    ("{\(head), \"responses\": [{\"item\": \"own-who\", \"value\": \"3\"}]}", "$.responses[0].value"),
    ("{\(head), \"responses\": [{\"item\": \"own-who\"}]}", "$.responses[0].value"),
    (
      "{\(head), \"responses\": [{\"item\": \"own-who\", \"value\": 3, \"vlaue\": 3}]}",
      "$.responses[0].vlaue"
    ),
    ("{\(head), \"responses\": [], \"colour\": 1}", "$.colour"),
    (
      "{\(head), \"anonymous\": true, \"responses\": [{\"item\": \"own-who\", \"value\": 3}]}",
      "$.responses[0].rater"
    ),
    ("{\(head), \"responses\": [], \"responses\": []}", "$.responses"),
    (
      "{\(head), \"responses\": [{\"item\": \"own-who\", \"value\": 3, \"rater\": \"x\"}]}",
      "$.responses[0].rater"
    ),
    (
      "{\(head), \"responses\": [{\"item\": \"own-who\", \"value\": 3, \"rater\": null}]}",
      "$.responses[0].rater"
    ),
    (
      "{\(head), \"raters\": [{\"id\": \"a\"}, {\"id\": \"b\"}], \"responses\": [{\"item\": \"own-who\", \"value\": 3}]}",
      "$.responses[0].rater"
    ),
    (
      "{\(head), \"responses\": [{\"item\": \"own-who\", \"value\": 3}, {\"item\": \"own-who\", \"value\": 3}]}",
      "$.responses[1]"
    ),
    (
      "{\(head), \"responses\": [{\"item\": \"own-who\", \"state\": \"dontKnow\", \"value\": 3}]}",
      "$.responses[0].value"
    ),
    (
      "{\(head), \"responses\": [{\"item\": \"own-who\", \"value\": 3, \"at\": \"today\"}]}",
      "$.responses[0].at"
    ),
    (
      "{\(head), \"responses\": [{\"item\": \"exp-list\", \"value\": [{\"expectation\": \"x\", \"importance\": 6}]}]}",
      "$.responses[0].value[0].importance"
    ),
    (
      "{\(head), \"responses\": [], \"settled\": [{\"item\": \"own-who\", \"value\": 7}]}",
      "$.settled[0].value"
    ),
    ("{\(head), \"responses\": [], \"scope\": \"half\"}", "$.scope"),
    ("{\(head), \"responses\": [], \"id\": \"../x\"}", "$.id"),
    ("{\(head), \"responses\": [], \"id\": \"Last\"}", "$.id"),
    ("{\(head), \"responses\": [], \"id\": \"-x\"}", "$.id"),
    ("{\(head), \"responses\": [], \"organization\": \"A\\u0000B\"}", "$.organization"),
    ("{\(head), \"responses\": [], \"team\": \"\(String(repeating: "x", count: 401))\"}", "$.team"),
    ("{\(head), \"responses\": [], \"raters\": [{\"id\": \"\"}]}", "$.raters[0].id"),
    (
      "{\(head), \"responses\": [], \"raters\": [{\"id\": \"a\", \"name\": \"x\\u001b\"}]}",
      "$.raters[0].name"
    ),
    ("{\(head), \"responses\": [], \"startedAt\": \"9999-12-31T23:59:59-12:00\"}", "$.startedAt"),
    (
      "{\(head), \"responses\": [{\"item\": \"exp-list\", \"value\": [{\"expectation\": \" \"}]}]}",
      "$.responses[0].value[0].expectation"
    ),
    (
      "{\(head), \"responses\": [{\"item\": \"cur-about\", \"value\": \"x\", \"round\": 2}]}",
      "$.responses[0].round"
    ),
    (
      "{\(head), \"responses\": [], \"sectionMinutes\": [{\"section\": \"vision\", \"minutes\": -1}]}",
      "$.sectionMinutes[0].minutes"
    ),
    (
      "{\(head), \"responses\": [], \"sectionMinutes\": [{\"section\": \"vision\", \"minutes\": 1}, {\"section\": \"vision\", \"minutes\": 2}]}",
      "$.sectionMinutes[1].section"
    ),
    (
      "{\(head), \"responses\": [], \"tallies\": [\(tally), \(tally)]}", "$.tallies[1]"
    ),
    (
      "{\(head), \"responses\": [], \"tallies\": [{\"item\": \"own-who\", \"department\": \"Sales\", \"counts\": [0,1,1,1,0]}]}",
      "$.tallies[0].department"
    ),
    ("{\(head), \"responses\": [] x}", "$"), ("[]", "$"),
  ])
  func wrongDocumentsAreRefusedWithTheirPath(text: String, path: String) throws {
    do {
      _ = try Self.read(text)
      Issue.record("taken: \(text)")
    } catch let error as JSONError {
      #expect(error.path == path, "\(error.message)")
    }
  }

  @Test func csvGoesOutAndComesBack() throws {
    var assessment = randomAssessment(4242)
    assessment.raters[0].name = "=Ana, \"A\""
    let text = AssessmentCSV.write(assessment, questionnaire: outsideIn.questionnaire)
    #expect(text.hasPrefix("\u{FEFF}item,rater,"))
    #expect(text.contains("\"'=Ana, \"\"A\"\"\""))
    let table = try AssessmentCSV.documents(
      Array(text.utf8),
      AssessmentCSV.Defaults(
        questionnaire: outsideIn.questionnaire, organization: "Acme", team: "Support",
        scope: .core, needsDate: false, today: noon.day))[0]
    let again = try readDocument(table.document.text(), outsideIn.reference, newID: "TEST")
    let names = Dictionary(uniqueKeysWithValues: again.raters.map { ($0.name, $0.id) })
    for response in assessment.responses where response.key.rater != nil {
      let rater = assessment.rater(response.key.rater!)!
      let key = Response.Key(
        item: response.key.item, rater: names[rater.name], round: response.key.round)
      #expect(again.responses[key]?.answer == response.answer)
      #expect(again.responses[key]?.note == response.note)
    }
  }

  @Test(arguments: [
    "a\nb", "a\rb", "a\r\nb", "=a\n=b", "\"", "'=x", ";", "é日本\n", "\n", "x,\ty", "\"\u{301},=x", "'\u{301}",
    "=\u{301}",
  ])
  func everyTextComesBackFromATable(text: String) throws {
    var assessment = coreAssessment { item, _ in item.id == "own-who" ? .dontKnow : nil }
    assessment.responses[.init(item: "own-who", rater: "r1")]?.note = text
    let table = try AssessmentCSV.documents(
      Array(AssessmentCSV.write(assessment, questionnaire: outsideIn.questionnaire).utf8),
      AssessmentCSV.Defaults(
        questionnaire: outsideIn.questionnaire, organization: "", team: "", scope: .core, needsDate: false,
        today: noon.day))[0]
    #expect(table.document["responses"].list.map { $0["note"].text } == [text])
    #expect(table.lines == [2])
  }

  @Test func aNameThatIsAnotherOnesIdIsNotTakenForThem() throws {
    var assessment = coreAssessment(raters: 2) { _, rater in
      rater == 0 ? .dontKnow : .notApplicable(reason: nil)
    }
    assessment.raters[0].name = "r2"
    assessment.raters[1].name = ""
    let table = try AssessmentCSV.documents(
      Array(AssessmentCSV.write(assessment, questionnaire: outsideIn.questionnaire).utf8),
      AssessmentCSV.Defaults(
        questionnaire: outsideIn.questionnaire, organization: "", team: "", scope: .core, needsDate: false,
        today: noon.day))[0]
    #expect(table.document["raters"].list.count == 2)
  }

  @Test func oldLineEndsAreRead() throws {
    let table = try AssessmentCSV.documents(
      Array("item,value\rown-who,3\rown-empower,2\r".utf8),
      AssessmentCSV.Defaults(
        questionnaire: outsideIn.questionnaire,
        organization: "",
        team: "", scope: .full, needsDate: false, today: noon.day))[0]
    #expect(table.lines == [2, 3])
  }

  @Test(arguments: [
    ("item,item\nown-who,own-who\n", 1, "twice"),
    ("item,value,note\nown-who,3,say \"no\"\n", 2, "quote"),
    ("item,value,note\nown-who,3,\"no\"x\n", 2, "quote"),
    ("item,rater,department,value\nown-who,Ana,Sales,3\nown-empower,Ana,Billing,3\n", 3, "Sales"),
    ("item,rater,group,value\nown-who,Ana,staff,3\nown-empower,Ana,customer,3\n", 3, "staff"),
    ("item,value\nexp-list,3\n", 2, "lists travel as JSON"), ("item,value\nown-who,x\n", 2, "x"),
    ("item,valu\nown-who,3\n", 1, "did you mean \"value\""),
    ("value\n3\n", 1, "item"), ("item,value\n\"own-who,3\n", 2, "closed"),
    ("item;value\nown-who;3;4\n", 2, "3 cells"),
  ])
  func wrongTablesAreRefusedByLine(text: String, line: Int, hint: String) throws {
    do throws(AssessmentCSV.Problems) {
      _ = try AssessmentCSV.documents(
        Array(text.utf8),
        AssessmentCSV.Defaults(
          questionnaire: outsideIn.questionnaire, organization: "", team: "", scope: .full, needsDate: false,
          today: noon.day))[0]
      Issue.record("taken")
    } catch {
      #expect(error.all.count == 1)
      #expect(error.all.first?.line == line)
      #expect(error.all.first?.message.contains(hint) == true, "\(error.all)")
    }
  }

  /// All that is wrong is said at once, by lines, of each assessment.
  @Test func allThatIsWrongWithATableIsSaidAtOnce() {
    let text = """
      assessment,organization,finishedAt,item,value
      A,Acme,2026-01-01,own-who,x
      A,Acme,2026-01-01,own-empower,
      B,,2026-01-01,own-who,3
      ,Acme,2026-01-01,own-who,3
      C,Acme,,own-who,3
      D,Acme,2026-01-01,own-who,3
      D,Acme,31.02.2026,own-empower,3
      """
    let problems = #expect(throws: AssessmentCSV.Problems.self) {
      try AssessmentCSV.documents(
        Array(text.utf8),
        AssessmentCSV.Defaults(
          questionnaire: outsideIn.questionnaire, organization: "", team: "", today: noon.day))
    }
    #expect(problems?.all.map(\.line) == [2, 3, 4, 5, 6, 8], "\(problems?.all ?? [])")
    #expect(problems?.all[4].message.contains("nothing says when the answers of \"C\" were given") == true)
  }
}

@Suite struct JSONTests {
  @Test(arguments: [
    "null", "true", "[]", "{}", "0", "-1.5", "1e-7", "\"\\u00e9\\ud83d\\ude00\\n\"", "[1,[2,{\"a\":null}]]",
  ])
  func readsAndWrites(text: String) throws {
    let value = try JSONValue(parsing: text.utf8)
    #expect(try JSONValue(parsing: value.text().utf8) == value)
    #expect(try JSONValue(parsing: value.text(pretty: true).utf8) == value)
  }

  @Test(arguments: [
    "", "nul", "01", "1.", "+1", "\"\\x\"", "\"\\ud800\"", "[1,]", "{\"a\":1,\"a\":2}", "\"\u{1}\"", "[1] 2",
    "1e999", "{a:1}", "\"open",
  ])
  func refuses(text: String) {
    #expect(throws: JSONError.self) { try JSONValue(parsing: text.utf8) }
  }

  @Test func deepNestingIsRefusedNotCrashedOn() {
    let text = String(repeating: "[", count: 100_000)
    #expect(throws: JSONError.self) { try JSONValue(parsing: text.utf8) }
  }

  @Test func keysAreSortedAndSlashesStay() {
    let value = JSONValue.object(["b": .string("a/b"), "a": .null, "é": .integer(1)])
    #expect(value.text() == "{\"a\":null,\"b\":\"a/b\",\"é\":1}")
  }
}

@Suite struct TimestampTests {
  @Test(arguments: [
    ("2026-01-15T09:04:11Z", "2026-01-15T09:04:11Z"), ("2024-02-29T23:59:59.25Z", "2024-02-29T23:59:59Z"),
    ("2026-01-15T00:30:00+01:00", "2026-01-14T23:30:00Z"), ("1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z"),
  ])
  func reads(text: String, shown: String) {
    #expect(Timestamp(rfc3339: text)?.rfc3339 == shown)
  }

  @Test(arguments: [
    "9999-12-31T23:59:59-12:00", "0000-01-01T00:00:00+12:00", "2026-02-29T00:00:00Z", "2026-01-15",
    "2026-01-15T24:00:00Z", "2026-01-15T09:00:00", "x",
  ])
  func refuses(text: String) {
    #expect(Timestamp(rfc3339: text) == nil)
  }

  @Test func everyDayOfFourCenturiesComesBack() {
    for days in stride(from: -80_000, to: 80_000, by: 1) {
      let day = Day(daysSince1970: days)
      #expect(Day(day.description) == day)
    }
  }
}
