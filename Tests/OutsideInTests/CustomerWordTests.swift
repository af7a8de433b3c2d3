import AssessmentModel
import Foundation
import Planning
import QuestionnaireFormat
import Reporting
import Scoring
import Shell
import Testing

/// One's own word for customers: patient, guest, child.
@Suite struct CustomerWordTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  func run(_ arguments: String..., input: String = "") throws -> Run {
    try OutsideInTests.run(arguments, input: input, in: folder)
  }

  static let patients = inWords(["customer": "patient"])

  /// Texts keep their grammar.
  @Test func textsFollowTheWord() throws {
    func text(_ terms: [String: String], _ id: String) throws -> String {
      let item = try #require(inWords(terms).questionnaire.item(id))
      return ([item.text, item.evidence ?? ""] + inWords(terms).questionnaire.anchors(of: item).map(\.text))
        .joined(separator: "\n")
    }
    #expect(try text(["customer": "applicant"], "own-empower").contains("An applicant has good reason"))
    #expect(try text(["customer": "user"], "own-empower").contains("A user has good reason"))
    // Genitives, too.
    #expect(try text(["customer": "patient"], "met-decide").contains("What part do patients' ratings"))
    #expect(try text(["customer": "child"], "met-decide").contains("What part do children's ratings"))
  }

  @Test func itIsTheSameMeasurementUnderItsOwnDigest() {
    let (own, published) = (Self.patients, outsideIn)
    #expect(own.digests.measurement == published.digests.measurement)
    #expect(own.digests.content != published.digests.content)
    #expect(own.reference.asksTheSame(as: published.reference))
    #expect(own.reference.asksTheSame(as: inWords(["customer": "guest"]).reference))
    #expect(own.questionnaire.status == published.questionnaire.status)
  }

  /// Every screen of an interview through its end, in which nobody types the word.
  @Test(arguments: [40, 80])
  func aHospitalsSessionSaysPatientEverywhere(width: Int) throws {
    let (console, assessment, files) = try interview(
      ScreenTests.script.map { $0.replacing("customer", with: "patient") },
      style: TerminalStyle(width: width), pinned: Self.patients)
    #expect(console.isSpent && files.count == 1)
    #expect(!console.screen.lowercased().contains("customer"), "\(Self.around(console.screen))")
    #expect(
      console.screen.contains("What patients expect") && console.screen.contains("Did a patient say so"))
    let plan = try #require(files.values.first)
    #expect(!plan.lowercased().contains("customer"), "\(Self.around(plan))")
    for document in try Self.documents(assessment, Self.patients.questionnaire) {
      let text = terminalText(document, style: TerminalStyle(width: width))
      #expect(!text.lowercased().contains("customer"), "\(Self.around(text))")
    }
  }

  /// A workshop in other words, the line behind which nobody reads customer included.
  @Test func aWorkshopSaysPatient() throws {
    let (console, _, files) = try workshop(
      WorkshopScreenTests.script.map { $0.replacing("customer", with: "patient") }.dropLast() + [
        "yes", "yes",
      ],
      assessment: workshopAssessment([], pinned: Self.patients), pinned: Self.patients)
    #expect(!console.screen.lowercased().contains("customer"), "\(Self.around(console.screen))")
    let brief = try workshop(
      opening + ["agenda"], assessment: workshopAssessment(pinned: Self.patients), pinned: Self.patients,
      request: WorkshopRequest(minutes: 60))
    #expect(!brief.console.screen.lowercased().contains("customer"), "\(Self.around(brief.console.screen))")
    #expect(files.values.allSatisfy { !$0.lowercased().contains("customer") })
  }

  /// With customers' answers, several people and departments: everything a report can say.
  static func documents(_ assessment: Assessment, _ questionnaire: Questionnaire) throws -> [Document] {
    var several = assessment
    several.raters = [
      Rater(id: "r1", name: "Ana", department: "Sales"), Rater(id: "r2", name: "Ben", department: "Ops"),
      Rater(id: "c1", name: "", group: .customer), Rater(id: "c2", name: "", group: .customer),
    ]
    for item in questionnaire.items where item.scored != nil {
      for rater in several.raters where item.scored?.customers != nil || rater.group == .staff {
        let key = Response.Key(item: item.id, rater: rater.id)
        several.responses[key] = Response(
          key: key, answer: oriented(rater.group == .staff ? 4 : 1, item), evidence: .measured)
      }
    }
    several.scope = .full
    several.predictions = ["own-who": 3.5]
    return try [assessment, several].flatMap { assessment in
      let subject = Subject(assessment, questionnaire, score(assessment, with: questionnaire))
      let plan = try makePlan(
        assessment, questionnaire, subject.scorecard, library: actions(in: questionnaire.customer))
      return [
        resultReport(subject), explainReport(subject), planReport(plan, subject),
        agreementReport(agreement(assessment, with: questionnaire), subject),
        questionnaireReport(questionnaire, facilitator: true),
      ] + questionnaire.dimensions.map { explainReport(subject, dimension: $0.id) }
        + questionnaire.items.map { explainReport(subject, item: $0.id) }
    }
  }

  static func around(_ text: String) -> String {
    text.split(separator: "\n").filter { $0.lowercased().contains("customer") }.prefix(5).joined(
      separator: "\n")
  }

  @Test func theWordIsAskedForAndCanBeChangedUntilTheFirstAnswer() throws {
    let terminal = try Terminal([], in: folder)
    terminal.wait(for: "Name of the organisation")
    terminal.enter("St Anna")
    terminal.wait(for: "Team or department")
    terminal.enter()
    terminal.wait(for: "is called a (Enter: customer)> ")
    terminal.enter("Patients")
    terminal.wait(for: "looks like several of them; one is called a (Enter: patient)> ")
    terminal.enter()
    terminal.wait(for: "Several of them are called (Enter: patients)> ")
    terminal.enter()
    #expect(!terminal.wait(for: "own-who> ").lowercased().contains("customer"))
    terminal.enter("set customers child:kids")
    #expect(terminal.wait(for: "own-who> ").contains("From here on: a child, kids."))
    terminal.enter("set kids resident")
    #expect(terminal.wait(for: "own-who> ").contains("One resident after another has the same trouble"))
    terminal.enter("2")
    terminal.wait(for: "own-empower> ")
    terminal.enter("set customers guest")
    #expect(terminal.wait(for: "own-empower> ").contains("The word stays resident"))
    // Undone, it is the first answer again.
    terminal.enter("undo")
    terminal.wait(for: "own-who> ")
    terminal.enter("set customers guest")
    terminal.wait(for: "own-who> ")
    terminal.enter("quit")
    #expect(terminal.waitForEnd() == 0)
    let document = try JSONValue(parsing: try run("export", "last").output.utf8)
    #expect(document["questionnaire"]["terms"]["customer"].text == "guest")
    #expect(document["questionnaire"]["published"].text == outsideIn.digests.content)
    #expect(Self.texts(document).filter { $0.lowercased().contains("customer") }.isEmpty)
    for report in [["result", "last"], ["explain", "last"], ["agreement", "last"]] {
      let shown = try OutsideInTests.run(report, in: folder)
      #expect(shown.errors.isEmpty && !shown.output.lowercased().contains("customer"), "\(report)")
    }
  }

  /// What a document says in words: neither its keys nor what other programs read, such as the group of a rater.
  static func texts(_ json: JSONValue) -> [String] {
    switch json {
    case .string(let text): [text]
    case .array(let values): values.flatMap(texts)
    case .object(let object):
      object.filter { !["terms", "words", "group"].contains($0.key) }.values.flatMap(texts)
    case .null, .bool, .integer, .number: []
    }
  }

  /// What is no word is no word at any of the prompts, and what is several is noticed wherever it is said.
  @Test func slipsAtTheWordAreCaught() throws {
    let terminal = try Terminal(["assess", "--organization", "A", "--team", "B"], in: folder)
    terminal.wait(for: "is called a (Enter: customer)> ")
    terminal.enter("I am not sure what you mean")
    terminal.wait(for: "can't be used; expected a word")
    terminal.wait(for: "is called a (Enter: customer)> ")
    terminal.enter("undo")
    terminal.wait(for: "will use your word")
    terminal.wait(for: "is called a (Enter: customer)> ")
    terminal.enter("client")
    terminal.wait(for: "Several of them are called (Enter: clients)> ")
    terminal.enter("help")
    terminal.wait(for: "will use your word")
    terminal.wait(for: "Several of them are called (Enter: clients)> ")
    terminal.enter()
    terminal.wait(for: "own-who> ")
    terminal.enter("set clients guests")
    terminal.wait(for: "“guests” looks like several of them")
    terminal.wait(for: "own-who> ")
    terminal.enter("set clients guest")
    terminal.wait(for: "From here on: a guest, guests.")
    terminal.enter("quit")
    #expect(terminal.waitForEnd() == 0)
    let quit = try Terminal(["assess", "--organization", "A", "--team", "B"], in: folder)
    quit.wait(for: "is called a (Enter: customer)> ")
    quit.enter("child")
    quit.wait(for: "Several of them are called (Enter: children)> ")
    quit.enter("quit")
    #expect(quit.waitForEnd() == 0)
    #expect(try run("list", "--format", "json").output.components(separatedBy: "\"startedAt\"").count == 2)
  }

  /// A yes takes what is offered, a no does not, `back` asks for the word again, and none of them becomes the word.
  @Test func yesAndNoAreNoWords() throws {
    let one = "is called a (Enter: customer)> "
    let terminal = try Terminal(["assess"], in: folder)
    terminal.wait(for: "organisation (Enter leaves it out)> ")
    terminal.enter("none")
    terminal.wait(for: "(or Enter)> ")
    terminal.enter("-")
    terminal.wait(for: one)
    terminal.enter("back")
    terminal.wait(for: "`set team` change the names")
    terminal.wait(for: one)
    terminal.enter("no")
    terminal.wait(for: "“no” can't be used; expected a word such as customer")
    terminal.wait(for: one)
    terminal.enter("boss")
    terminal.wait(for: "Several of them are called (Enter: bosses)> ")
    terminal.enter("back")
    terminal.wait(for: one)
    terminal.enter("residents")
    terminal.wait(for: "looks like several of them; one is called a (Enter: resident)> ")
    terminal.enter("yes")
    terminal.wait(for: "Several of them are called (Enter: residents)> ")
    terminal.enter("no")
    terminal.wait(for: "can't be used")
    terminal.wait(for: "Several of them are called (Enter: residents)> ")
    terminal.enter("y")
    terminal.wait(for: "own-who> ")
    terminal.enter("quit")
    #expect(terminal.waitForEnd() == 0)
    let exported = try run("export", "last").output
    #expect(exported.contains("\"customer\": \"resident\"") && exported.contains("\"organization\": \"\""))
  }

  /// What is proposed says the word that holds by then.
  @Test func proposalsSayTheWordThatWasSetLast() throws {
    let (console, _, files) = try interview(
      ["set customers guest"] + ScreenTests.core + [
        "goto own-who", "1", "finish", "(empty)", "(empty)", "(empty)", "yes",
      ],
      pinned: inWords(["customer": "client"]))
    let proposals = try #require(console.screen.range(of: "Three commitments")).lowerBound
    #expect(
      !console.screen[proposals...].contains("client") && console.screen[proposals...].contains("guest"))
    #expect(files.values.allSatisfy { !$0.contains("client") })
  }

  @Test func aWordCanBeGiven() throws {
    let terminal = try Terminal(
      ["assess", "--organization", "A", "--team", "B", "--customers", "child:children"], in: folder)
    terminal.wait(for: "One child after another has the same trouble")
    terminal.enter("quit")
    #expect(terminal.waitForEnd() == 0)
    let wrong = try Terminal(
      ["assess", "--organization", "A", "--team", "B", "--customers", "{x}"], in: folder)
    #expect(wrong.waitForEnd() == 64 && wrong.screen.contains("--customers takes a word"))
  }

  /// An edition's own word is what Enter keeps, and where no text has a place for one, nothing is asked.
  @Test func editionsAndPlainQuestionnaires() throws {
    try folder.write(
      [
        "questionnaire.yaml": """
        format: 1
        basedOn: outside-in@1.0.0
        id: hotel
        version: 1.0.0
        status: draft
        title: For hotels
        terms: { customer: guest }
        """
      ], to: "data/questionnaires/hotel/1.0.0")
    let hotel = try Terminal(
      ["assess", "--questionnaire", "hotel", "--organization", "A", "--team", "B"], in: folder)
    hotel.wait(for: "is called a (Enter: guest)> ")
    hotel.enter()
    hotel.wait(for: "when guests have trouble")
    hotel.enter("quit")
    #expect(hotel.waitForEnd() == 0)
    let document = try JSONValue(parsing: try run("export", "last").output.utf8)
    #expect(document["questionnaire"]["published"] == .null)

    #expect(try run("questionnaire", "new", "data/questionnaires/plain").status == 0)
    for (name, text) in try files(in: "data/questionnaires/plain") {
      let plain = text.replacing(/\{[Cc]ustomers?\}/, with: "people").replacing(/\nterms:.*/, with: "")
      try Data(plain.utf8).write(to: URL(fileURLWithPath: name))
    }
    let plain = try Terminal(
      ["assess", "--questionnaire", "plain", "--organization", "A", "--team", "B"], in: folder)
    #expect(!plain.wait(for: "first").contains("is called a"))
    plain.enter("quit")
    #expect(plain.waitForEnd() == 0)
  }

  private func files(in place: String) throws -> [(String, String)] {
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder.file(place))
    return try names.filter { $0.hasSuffix(".yaml") }.map { name in
      let path = folder.file("\(place)/\(name)")
      return (path, try String(contentsOfFile: path, encoding: .utf8))
    }
  }
}
