import AssessmentModel
import EmbeddedTexts
import Foundation
import Testing

@testable import QuestionnaireFormat

/// The files of a built-in version, by its reference.
func builtInFiles(_ reference: String) -> [String: [UInt8]]? {
  let parts = reference.split(separator: "@")
  guard parts.count == 2 else { return nil }
  let folder = "questionnaires/\(parts[0])/\(parts[1])/"
  var files: [String: [UInt8]] = [:]
  for (path, text) in EmbeddedTexts.files where path.hasPrefix(folder) {
    files[String(path.dropFirst(folder.count))] = Array(text.utf8)
  }
  return files.isEmpty ? nil : files
}

/// Questionnaires based on another, with terms of their own.
@Suite struct EditionTests {
  /// A hospital's edition: its word for customers, its title, one question in its own words and one more.
  static let hospital: [String: String] = [
    "questionnaire.yaml": """
    format: 1
    basedOn: outside-in@2.0.0
    id: hospital
    version: 1.0.0
    status: draft
    title: Outside-In for hospitals
    terms: { customer: patient }

    """,
    "journey-map.yaml": """
    section: journey-map
    items:
      - id: jou-leave
        text: A {customer} is discharged. What is the last thing they go through with you?
      - id: jou-letters
        type: level
        dimension: journey
        scale: maturity
        text: Who understands the letters you send?

    """,
  ]

  static func read(_ changes: [String: String] = [:]) -> QuestionnaireReading {
    let files = hospital.merging(changes) { $1 }.mapValues { Array($0.utf8) }
    return readQuestionnaire(files: files, folder: "hospital/1.0.0/", bases: builtInFiles)
  }

  @Test func aHospitalSaysPatient() throws {
    let reading = Self.read()
    #expect(reading.diagnostics.isEmpty, "\(reading.diagnostics.map(\.text))")
    let edition = try #require(reading.questionnaire)
    #expect(edition.id == "hospital" && edition.title == "Outside-In for hospitals")
    #expect(edition.items.count == outsideIn.questionnaire.items.count + 1)
    let text = PinnedQuestionnaire(edition).text
    #expect(!text.lowercased().contains("customer ") && !text.contains("{customer"))
    #expect(text.contains("Patients measure you against") && text.contains("a patient's matter"))
    let leave = try #require(edition.item("jou-leave"))
    #expect(leave.text == "A patient is discharged. What is the last thing they go through with you?")
    // What the edition does not change stays: its anchors are the inherited ones.
    #expect(edition.anchors(of: leave).map(\.text).contains("Nothing from us."))
    #expect(edition.section(of: "jou-letters")?.items.last?.id == "jou-letters")
    #expect(edition.sections.map(\.id) == outsideIn.questionnaire.sections.map(\.id))
  }

  @Test func whatItMeasuresIsTheSameUntilAnItemIsAdded() throws {
    let words = Self.read(["journey-map.yaml": "section: journey-map\nitems: []\n"])
    #expect(words.diagnostics.isEmpty)
    let digests = PinnedQuestionnaire(try #require(words.questionnaire)).digests
    #expect(digests.measurement == outsideIn.digests.measurement)
    #expect(digests.wording != outsideIn.digests.wording)
    let more = PinnedQuestionnaire(try #require(Self.read().questionnaire)).digests
    #expect(more.measurement != outsideIn.digests.measurement)
  }

  @Test(arguments: [
    ("terms: { customer: patient }", "terms: { customer: inhabitant }", "An inhabitant needs something"),
    ("terms: { customer: patient }", "terms: { customer: person, customers: people }", "People measure you"),
  ])
  func articlesAndPluralsFollow(old: String, new: String, words: String) throws {
    let main = Self.hospital["questionnaire.yaml"]!.replacing(old, with: new)
    let reading = Self.read([
      "questionnaire.yaml": main,
      "journey-map.yaml": Self.hospital["journey-map.yaml"]!.replacing(
        "A {customer} is discharged.", with: "A {customer} needs something."),
    ])
    #expect(PinnedQuestionnaire(try #require(reading.questionnaire)).text.contains(words))
  }

  @Test(arguments: [
    (
      "basedOn: outside-in@2.0.0", "basedOn: outside-in@9.0.0",
      "hospital/1.0.0/questionnaire.yaml:2:10: error Q17"
    ),
    ("basedOn: outside-in@2.0.0", "basedOn: outside-in", "questionnaire.yaml:2:10: error Q05"),
    ("{ customer: patient }", "{ customer: [patient] }", "questionnaire.yaml:7:20: error Q05"),
    ("{ customer: patient }", "{ Customer: patient }", "questionnaire.yaml:7:10: error Q10"),
    ("terms: { customer: patient }", "terms: patient", "questionnaire.yaml:7:8: error Q05"),
    (
      "{ customer: patient }", "{ resident: customer }",
      "questionnaire.yaml:7:10: error Q17: no text has {resident}"
    ),
    (
      "customer: patient", "customer: persons who are being treated right here",
      "questionnaire.yaml:2:10: error Q21: in what comes from outside-in@2.0.0"
    ),
    ("title: Outside-In for hospitals", "sections: [vision, other]", "questionnaire.yaml:6:20: error Q09"),
  ])
  func whatDoesNotFitIsToldWhereItWasWritten(old: String, new: String, words: String) {
    let main = Self.hospital["questionnaire.yaml"]!.replacing(old, with: new)
    let reading = Self.read(["questionnaire.yaml": main])
    #expect(reading.questionnaire == nil)
    #expect(
      reading.diagnostics.contains { $0.text.contains(words) }, "\(reading.diagnostics.map(\.text).prefix(3))"
    )
  }

  /// However many they are: no inherited item is lost.
  @Test func manyChangesAreLaidOverManyItems() throws {
    func items(_ count: Int, _ rest: String) -> String {
      "section: only\ntitle: Only\nitems:\n" + (0..<count).map { "  - { id: it-\($0)\(rest) }\n" }.joined()
    }
    var base = soundFiles
    base["only.yaml"] = items(4000, ", type: level, dimension: insight, scale: three, text: How?")
    let files = [
      "questionnaire.yaml": "format: 1\nbasedOn: small@1.0.0\nid: large\nversion: 1.0.0\nstatus: draft\n",
      "only.yaml": items(2500, ", text: How was it?"),
    ]
    let reading = readQuestionnaire(
      files: files.mapValues { Array($0.utf8) }, bases: { _ in base.mapValues { Array($0.utf8) } })
    let edition = try #require(reading.questionnaire, "\(reading.diagnostics.map(\.text).prefix(3))")
    #expect(edition.items.count == 4000)
    #expect(edition.items[2499].text == "How was it?" && edition.items[2500].text == "How?")
  }

  @Test func oneSlipInTheTermsIsOneProblem() {
    let main = Self.hospital["questionnaire.yaml"]!.replacing("{ customer: patient }", with: "patient")
    #expect(Self.read(["questionnaire.yaml": main]).diagnostics.count == 1)
  }

  @Test(arguments: [
    (
      "id: jou-leave", "id: jou-leaves",
      "journey-map.yaml:3:5: error Q05: \"type\" is missing; did you mean \"jou-leave\"?"
    ),
    ("id: jou-leave", "id: own-who", "\"own-who\" is an item of another section"),
    ("dimension: journey", "dimension: travels", "there are vision, insight"),
  ])
  func whatIsMeantIsSuggested(old: String, new: String, words: String) {
    let section = Self.hospital["journey-map.yaml"]!.replacing(old, with: new)
    let reading = Self.read(["journey-map.yaml": section])
    #expect(
      reading.diagnostics.contains { $0.text.contains(words) }, "\(reading.diagnostics.map(\.text).prefix(3))"
    )
  }

  @Test func aFileOfItsOwnIsToldHowToBelong() {
    let reading = Self.read(["care.yaml": "section: care\ntitle: Care\nitems: []\n"])
    #expect(reading.diagnostics.map(\.code) == ["Q09"])
    #expect(
      reading.diagnostics[0].message.contains(
        "name it after a section that the edition changes (current-state,"))
  }

  @Test func aCircleOfEditionsIsRefused() {
    let files = Self.hospital.mapValues {
      Array($0.replacing("outside-in@2.0.0", with: "hospital@1.0.0").utf8)
    }
    let reading = readQuestionnaire(files: files, bases: { _ in files })
    #expect(reading.questionnaire == nil)
    #expect(reading.diagnostics.contains { $0.code == "Q17" })
  }
}

/// Languages laid over a version.
@Suite struct OverlayTests {
  static let right = """
    format: 1
    questionnaire: small
    version: 1.0.0
    language: de
    complete: true
    title: Klein
    dimensions: { insight: { title: Einsicht } }
    scales: { three: { 0: Nein, 2: Teils, 4: "Ja, so ist es" } }
    sections: { only: { title: Nur } }
    items:
      one-item: { text: Wie ist es? }
      two-item: { text: Welches?, left: Dies., right: Das. }
      three-item: { text: Welches?, options: { first: Erstes, second: Zweites } }
    """

  static func problems(_ old: String = "", _ new: String = "", file: String = "i18n/1.0.0.de.yaml")
    -> [String]
  {
    let text = old.isEmpty ? right : right.replacing(old, with: new)
    let small = readSmall().questionnaire!
    return overlayProblems(Array(text.utf8), file: file, versions: [small]).map {
      "\($0.line):\($0.column) \($0.code) \($0.message)"
    }
  }

  @Test func aRightOneHasNoProblem() { #expect(Self.problems() == []) }

  @Test(arguments: [
    ("title: Klein", "titel: Klein", "6:1 Q35"), ("left: Dies.", "lefft: Dies.", "12:31 Q35"),
    ("two-item: {", "too-item: {", "12:3 Q35"), ("first: Erstes", "frist: Erstes", "13:44 Q35"),
    ("title: Klein\n", "", "Q36 the overlay is declared complete, and \"title\" is missing"),
    (", right: Das.", "", "12:13 Q36"), ("2: Teils, ", "", "8:18 Q36"),
    ("version: 1.0.0", "version: 1.0", "3:10 Q08"), ("version: 1.0.0", "version: 2.0.0", "3:10 Q08"),
    ("text: Wie ist es?", "text: ''", "11:21 Q05"), ("text: Wie ist es?", "text: [x]", "11:21 Q05"),
    ("format: 1", "format: 2", "1:9 Q06"), ("language: de", "language: klingon", "4:11 Q08"),
    ("text: Wie ist es?", "text: ' x'", "11:21 Q05"), ("text: Wie ist es?", "text: true", "11:21 Q05"),
    ("Dies.", String(repeating: "lang ", count: 30) + "x", "12:37 Q21"),
  ])
  func problemsAreToldWithTheirPlace(old: String, new: String, words: String) {
    let problems = Self.problems(old, new)
    #expect(problems.contains { $0.contains(words) }, "\(problems)")
  }

  @Test func whatIsNotDeclaredCompleteMayBe() {
    let text = Self.right.replacing("complete: true", with: "complete: false")
      .replacing("title: Klein\n", with: "")
    let problems = overlayProblems(
      Array(text.utf8), file: "1.0.0.de.yaml", versions: [readSmall().questionnaire!])
    #expect(problems == [])
  }
}
