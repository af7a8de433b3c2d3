import AssessmentModel
import Foundation
import QuestionnaireFormat
import Reporting
import Testing

@testable import Interchange

/// What is done around a workshop by commands: sheets and forms before it, tables taken in, the record after it.
@Suite struct AroundWorkshopTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A workshop that is prepared, and stored.
  @discardableResult
  func prepare(_ assessment: Assessment = workshopAssessment(), _ pinned: PinnedQuestionnaire = outsideIn)
    throws -> Run
  {
    let document = AssessmentDocument.write(
      assessment, questionnaire: pinned.questionnaire, definition: pinned.questionnaire.canonical)
    return try run(["import", "-"], input: document.text(), in: folder)
  }

  func form(_ name: String, _ more: [String] = []) throws -> Run {
    try Data(fixture("forms/\(name).csv")).write(to: URL(fileURLWithPath: folder.file("\(name).csv")))
    return try run(["import", "\(name).csv", "--into", "TEST"] + more, in: folder)
  }

  // MARK: Tables taken in

  @Test func aFormGoesInUnseen() throws {
    try prepare()
    let first = try form("google")
    #expect(first.status == 0 && first.output == "TEST\n")
    #expect(
      first.errors == """
        google.csv: 4 rows with answers to 16 questions.
        “Anything else you want to say?” means nothing here and was left out.
        Added to TEST: Zoe, who is new.
        Kept unseen until each is revealed: 63 answers to 16 questions.

        """)
    let again = try form("google")
    #expect(again.errors.hasSuffix("There is nothing in google.csv to add to TEST; nothing was changed.\n"))
    // Nothing of it goes out, and nothing counts.
    let exported = try run(["export", "TEST"], in: folder)
    #expect(exported.errors.contains("TEST: 63 votes that nobody has seen yet stay behind"))
    #expect(try JSONValue(parsing: exported.output.utf8)["responses"].list.isEmpty)
    #expect(try run(["list"], in: folder).output.contains("16 questions not"))
  }

  @Test func aFormWithoutNamesIsCounted() throws {
    try prepare()
    let told = try form("microsoft").errors
    #expect(
      told == """
        microsoft.csv: 5 rows with answers to 16 questions.
        It has no names, so its answers are counts that lead to nobody.
        Row 8 says once more what another one says, and counts once.
        Row 9 has no answer and was left out.
        “Total points”, “Quiz feedback”, “Last modified time”, 16 columns “Points - …” and 16 columns “Feedback - …” mean nothing here and were left out.
        Where the room raises cards, these take the place of the form's answers, so that nobody counts twice.
        Kept unseen until each is revealed: 80 answers to 16 questions.

        """)
    // Names can't meet these counts.
    #expect(try form("google").errors.contains("counts of a form without names are there"))
  }

  @Test func whoIsAbsentIsSaidOnce() throws {
    try prepare()
    #expect(try form("microsoft", ["--absent"]).errors.contains("stand beside the cards of those who are"))
    #expect(try run(["import", "x.csv", "--absent"], in: folder).status == 64)
  }

  /// Nothing is taken before the whole file is right, and all that is wrong is told by row and column.
  @Test func aBrokenTableIsRefused() throws {
    try prepare()
    let text = try String(decoding: fixture("forms/google.csv"), as: UTF8.self)
      .replacing("How do you learn what customers expect of you? [exp-listen]", with: "What do you hear?")
      .replacing("\"I don't know\"", with: "\"maybe\"")
    try text.write(toFile: folder.file("broken.csv"), atomically: true, encoding: .utf8)
    let refused = try run(["import", "broken.csv", "--into", "TEST"], in: folder)
    #expect(refused.status == 65 && refused.output.isEmpty)
    #expect(
      refused.errors == """
        broken.csv: column J: “What do you hear?” is nearly exp-listen, whose text reads otherwise: put [exp-listen] into the title, or take the column out.
        broken.csv: row 3, column G: “maybe” is no answer to ant-early; expected 0 to 4 or the answer's own text.
        Nothing was added.

        """)
    #expect(try run(["list"], in: folder).output.contains("not shown") == false)
  }

  @Test func anAnswerThatDiffersIsReplacedOnlyWhereSomebodySaysSo() throws {
    try prepare()
    _ = try form("google")
    let text = try String(decoding: fixture("forms/google.csv"), as: UTF8.self)
      .replacing("\"I don't know\"", with: "\"3\"")
    try text.write(toFile: folder.file("later.csv"), atomically: true, encoding: .utf8)
    let refused = try run(["import", "later.csv", "--into", "TEST"], in: folder)
    #expect(refused.status == 65)
    #expect(
      refused.errors.hasPrefix(
        "later.csv: row 3, column G: ant-early of Ben: another answer is kept, which nobody may see yet.\nNothing was added."
      ))
    #expect(try run(["import", "later.csv", "--into", "TEST", "--replace"], in: folder).status == 0)
  }

  /// What customers say later opens nothing that is finished.
  @Test func customersAddToWhatIsFinished() throws {
    var assessment = coreAssessment(raters: 3) { item, _ in oriented(2, item) }
    assessment.setting = .workshop
    assessment.finishedAt = noon
    try prepare(assessment)
    let told = try form("customers")
    #expect(told.status == 0 && told.errors.contains("Added to TEST: what more people said to 8 questions."))
    let document = try JSONValue(parsing: run(["export", "TEST"], in: folder).output.utf8)
    #expect(document["finishedAt"] == .string(noon.rfc3339) && document["tallies"].list.count == 8)
    #expect(try run(["result", "TEST"], in: folder).output.contains("6 customers answered too"))
  }

  // MARK: Sheets and forms

  /// What the text of a form says is found again in the table that comes of it, in anybody's words.
  @Test(arguments: [Rater.Group.staff, .customer], [[:], ["customer": "resident"]] as [[String: String]])
  func whatAFormAsksIsFoundAgain(group: Rater.Group, terms: [String: String]) throws {
    let pinned = inWords(terms)
    let questionnaire = pinned.questionnaire
    let items = questionnaire.items.filter {
      $0.scored != nil && (group == .staff || $0.scored?.customers != nil)
    }
    let text = formText(
      questionnaire, workshopAssessment(pinned: pinned), asked: items, for: group, takesIn: "import")
    let parts = text.components(separatedBy: "\n\n").map { $0.split(separator: "\n").map(String.init) }
    let asked = parts.filter { $0.count >= 6 && $0[0].hasSuffix("]") }
    #expect(asked.count == items.count)
    let columns = FormColumns(asked.map { $0[0] }, questionnaire)
    #expect(columns.group == group && columns.itemColumns.map(\.item) == items.map(\.id))
    for (item, lines) in zip(items, asked) {
      let answers = lines.dropFirst().map { FormAnswer($0, to: item, group, questionnaire) }
      #expect(answers == questionnaire.formOptions(of: item, for: group).map { .answer($0.answer) })
    }
    #expect(text.contains("Your name") == (group == .staff))
    if !terms.isEmpty { #expect(!text.lowercased().contains("customer")) }
  }

  @Test func sheetsAreOfWhatIsAsked() throws {
    var assessment = workshopAssessment()
    assessment.organization = "Acme"
    try prepare(assessment)
    let sheets = try run(["workshop", "sheets"], in: folder).output
    for item in outsideIn.questionnaire.items where item.scored != nil {
      #expect(sheets.contains("  \(item.text)**") == item.core, "\(item.id)")
    }
    #expect(sheets.contains("| A | B | C | D | E |") && sheets.contains("## Tally sheet"))
    #expect(sheets.components(separatedBy: "Name: …").count == 6)
    let theirs = try run(["workshop", "sheets", "--customers"], in: folder).output
    #expect(theirs.contains("How is it for you, with Acme?") && !theirs.contains("Name: "))
    let written = try run(["workshop", "sheets", "TEST", "--form", "-o", "form.txt"], in: folder)
    #expect(written.status == 0 && written.output.isEmpty)
    let none = try run(["workshop", "sheets"], in: try TemporaryFolder())
    #expect(none.status == 66 && none.errors.contains("There is no workshop yet."))
  }

  @Test func anAnonymousFormAsksNobodysName() {
    let items = outsideIn.questionnaire.items.filter { $0.scored != nil && $0.core }
    let text = formText(
      outsideIn.questionnaire, workshopAssessment(anonymous: true), asked: items, for: .staff,
      takesIn: "import")
    #expect(!text.contains("Your name") && text.contains("Nobody's name is asked."))
    let sheets = markdownText(
      sheetsReport(
        outsideIn.questionnaire, workshopAssessment(anonymous: true), asked: items, leftOut: [items[0]]))
    #expect(sheets.contains("Please no name.") && sheets.contains("## What there was no time for"))
    #expect(!sheets.contains("Name: …"))
  }

  // MARK: The guide

  /// Each question is in it with what to ask, nothing of the template is left, and times add up.
  @Test func theGuideHasAllQuestions() throws {
    let guide = try run(
      ["questionnaire", "show", "outside-in", "--guide", "--format", "markdown"], in: folder
    ).output
    for item in outsideIn.questionnaire.items where item.scored != nil {
      #expect(guide.contains(/#### (\d+  )?/) && guide.contains("\(item.text)\n"), "\(item.id)")
      #expect(guide.contains(item.probe ?? "?"), "\(item.id)")
    }
    #expect(!guide.contains("{") && !guide.contains("}"))
    let minutes = guide.matches(of: /\| (\d+):(\d+) \| (\d+) min \|/).map { Int($0.3)! }
    let starts = guide.matches(of: /\| (\d+):(\d+) \| (\d+) min \|/).map { Int($0.1)! * 60 + Int($0.2)! }
    let begins = starts.indices.filter { starts[$0] == 0 } + [starts.count]
    let sums = zip(begins, begins.dropFirst()).map { minutes[$0..<$1].reduce(0, +) }
    #expect(sums == [120, 120, 90])
    for place in starts.indices.dropFirst() where starts[place] > 0 {
      #expect(starts[place] == starts[place - 1] + minutes[place - 1])
    }
    // Every command it names is one.
    let words = guide.matches(of: /`outside-in ([a-z]+)/).map { String($0.1) }
    let known = try run(["--help"], in: folder).output
    for word in words { #expect(known.contains("  \(word)"), "\(word)") }
  }

  @Test func theGuideSpeaksInOnesOwnWords() throws {
    let text = try String(contentsOf: packageRoot.appending(path: "Resources/guide.md"), encoding: .utf8)
    let guide = markdownText(
      guideReport(inWords(["customer": "resident"]).questionnaire, text: text, agenda: [])
    )
    // The name of an option is what it is.
    .replacing("--customers", with: "")
    #expect(!guide.lowercased().contains("customer") && guide.contains("residents' side"))
  }

  // MARK: The record

  /// A workshop with all that a record can have; Ben may be named, and nobody else.
  static var held: Assessment {
    var assessment = workshopAssessment()
    assessment.raters[1].named = true
    assessment.raters.append(Rater(id: "c1", name: "Mrs Jones", group: .customer))
    let items = outsideIn.questionnaire.items.filter { $0.scored != nil && $0.core }
    for item in items.dropLast(2) {
      assessment.tallies.append(
        Tally(
          item: item.id, counts: item.id == "exp-promise" ? [1, 2, 0, 5, 1] : [1, 3, 3, 1, 0],
          dontKnow: item.id == "emo-feel" ? 1 : 0))
    }
    assessment.tallies.removeAll { ["own-who", "own-empower"].contains($0.item) }
    for (place, rater) in nine.enumerated() {
      assessment.responses[.init(item: "own-who", rater: rater.id)] = Response(
        key: .init(item: "own-who", rater: rater.id), answer: .answered(.level([1, 3][place % 2])), at: noon)
    }
    for rater in nine.prefix(2) {
      assessment.responses[.init(item: "own-empower", rater: rater.id)] = Response(
        key: .init(item: "own-empower", rater: rater.id), answer: .answered(.level(4)), at: noon)
    }
    assessment.responses[.init(item: "own-who", rater: "c1")] = Response(
      key: .init(item: "own-who", rater: "c1"), answer: .answered(.level(1)), at: noon)
    assessment.tallies.append(Tally(item: "ant-early", round: 2, counts: [0, 2, 6, 1, 0]))
    assessment.settled = [
      "own-who": Settlement(
        answer: .level(2), reason: "Jonas changed the delivery slips this year",
        dissent: "Sales never heard of it"),
      "ant-early": Settlement(answer: .level(2)),
      "rel-upset": Settlement(answer: .dontKnow, reason: "unclear"),
    ]
    assessment.teamEvidence = ["own-who": TeamEvidence(grade: .document, note: "minutes of March")]
    assessment.predictions = ["own-who": 3]
    assessment.parked = [
      "Who pays for missed visits?", Assessment.homework(of: "Dan", "what customers expect of us"),
    ]
    assessment.sectionMinutes = ["current-state": 31, "expectations": 17.4]
    assessment.commitments = [
      Commitment(
        action: "own-1", title: "Tell customers before we are late", owner: "Ines",
        firstStep: "Ring three households",
        by: noon.day.adding(days: 5), done: "Seven of ten heard it from us",
        stop: "Promising “between 8 and 16”")
    ]
    assessment.finishedAt = noon
    return assessment
  }

  static func record(_ assessment: Assessment) -> WorkshopRecord {
    WorkshopRecord(
      assessment, outsideIn.questionnaire,
      asked: outsideIn.questionnaire.items.filter { $0.scored != nil && $0.core })
  }

  @Test func theRecordIsAsItWasKept() throws {
    try prepare(Self.held)
    try expectAsKept(try run(["workshop", "record", "--with-notes"], in: folder).output, "workshop-record")
    try expectAsKept(
      try run(["workshop", "record", "TEST", "--with-notes", "--format", "json"], in: folder).output,
      "workshop-record-json")
  }

  /// Prediction and answer stand in result and plan, area by area; a prediction alone, too.
  @Test func predictionsStandInResultAndPlan() throws {
    try prepare(Self.held)
    #expect(try run(["result", "TEST"], in: folder).output.contains(/Shared ownership +75 +25 +50 +−50/))
    // What goes to others does not tell what one customer said.
    let plan = try run(["plan", "TEST"], in: folder).output
    #expect(!plan.contains(/Shared ownership +75/) && plan.contains("So few customers answered"))
    var three = Self.held
    for id in ["c2", "c3"] {
      three.raters.append(Rater(id: id, name: "Mrs \(id)", group: .customer))
      let key = Response.Key(item: "own-who", rater: id)
      three.responses[key] = Response(key: key, answer: .answered(.level(1)), at: noon)
    }
    let asked = try TemporaryFolder()
    _ = try run(
      ["import", "-"],
      input: AssessmentDocument.write(
        three, questionnaire: outsideIn.questionnaire, definition: outsideIn.questionnaire.canonical
      ).text(), in: asked)
    #expect(try run(["plan", "TEST"], in: asked).output.contains(/Shared ownership +75 +25 +50 +−50/))
    var alone = Self.held
    alone.raters.removeLast()
    for key in alone.responses.map(\.key) where key.rater == "c1" { alone.responses[key] = nil }
    let other = try TemporaryFolder()
    let document = AssessmentDocument.write(
      alone, questionnaire: outsideIn.questionnaire, definition: outsideIn.questionnaire.canonical)
    _ = try run(["import", "-"], input: document.text(), in: other)
    #expect(
      try run(["result", "TEST"], in: other).output.contains("You expect customers to come to 75 of 100"))
  }

  /// No single vote of anybody who has not agreed to it: so few votes that they tell are not shown.
  @Test func theRecordNamesNoSingleVote() {
    let record = Self.record(Self.held)
    let named = record.questions.flatMap(\.rounds).flatMap(\.named)
    #expect(Set(named.map(\.name)) == ["Ben"])
    let few = record.questions.first { $0.item.id == "own-empower" }
    #expect(few?.rounds.map(\.counts) == [nil] && few?.rounds.map(\.votes) == [2])
    var anonymous = Self.held
    anonymous.anonymous = true
    #expect(Self.record(anonymous).questions.flatMap(\.rounds).allSatisfy { $0.named.isEmpty })
  }

  /// Homework is open until what customers expect and where it hurts are both recorded.
  @Test func homeworkEndsWithWhatWasFoundOut() throws {
    var assessment = Self.held
    #expect(assessment.openHomework == assessment.homework && assessment.homework.count == 1)
    try prepare(assessment)
    #expect(try run(["list"], in: folder).output.contains("homework"))
    assessment.responses[.init(item: "exp-list", rater: nil)] = Response(
      key: .init(item: "exp-list", rater: nil),
      answer: .answered(
        .expectations([
          Expectation(expectation: "An answer", importance: 5, expected: 5, perceived: 3, words: .customer)
        ])))
    #expect(!assessment.openHomework.isEmpty)
    assessment.responses[.init(item: "jou-moments", rater: nil)] = Response(
      key: .init(item: "jou-moments", rater: nil),
      answer: .answered(.moments([Moment(moment: "Waiting", emotion: -2)])))
    #expect(assessment.openHomework.isEmpty)
  }
}
