import AssessmentModel
import Foundation
import Planning
import Shell
import Testing

/// What is typed at an interview, line by line, and what becomes of it.
@Suite struct InterviewShellTests {
  static let full = {
    var full = coreAssessment { _, _ in nil }
    full.scope = .full
    return full
  }()
  static let answered = coreAssessment { item, _ in oriented(1, item) }

  static func response(_ item: String, _ assessment: Assessment) -> Response? {
    assessment.responses[.init(item: item, rater: "r1")]
  }

  @Test func surenessAndEvidenceAreSaidOfTheAnswerBefore() throws {
    let (console, assessment, _) = try interview([
      "2", "sure", "evidence document a letter", "1", "back", "guess",
    ])
    let first = Self.response("own-who", assessment)
    #expect(first?.confidence == .sure && first?.evidence == .document && first?.evidenceNote == "a letter")
    #expect(console.screen.contains("Kept for own-who"))
    // Where somebody went to an answer, it is that one.
    #expect(Self.response("own-empower", assessment)?.confidence == .guess)
    #expect(Self.response("emo-feel", assessment) == nil)
  }

  @Test func undoAtTheCommitmentsTakesTheLastOneBack() throws {
    let (console, assessment, _) = try interview(
      ["finish", "(empty)", "(empty)", "1 2", "undo", "Call one customer every Friday", "help"],
      assessment: Self.answered)
    #expect(assessment.commitments?.map(\.title).last == "Call one customer every Friday")
    #expect(assessment.commitments?.count == 2 && console.screen.contains("Taken back: "))
    #expect(assessment.responses.count == Self.answered.responses.count)
    #expect(console.screen.contains("takes the last one back"))
  }

  /// What Enter would take is named by its numbers, and is what it takes.
  @Test func enterTakesWhatItSays() throws {
    let (console, assessment, _) = try interview(
      ["finish", "(empty)", "(empty)", "(empty)", "(empty)", "(empty)", "(empty)"], assessment: Self.answered)
    let offer = console.screen.suffix(
      from: try #require(console.screen.range(of: "Three commitments")).lowerBound)
    let numbers = try #require(offer.firstMatch(of: /Enter takes (\d), (\d) and (\d)/))
    let named = [numbers.1, numbers.2, numbers.3].map { number in
      offer.split(separator: "\n").first { $0.hasPrefix("  \(number)  ") }?.dropFirst(5).prefix(12)
    }
    #expect(named == assessment.commitments?.map { $0.title.prefix(12) })
  }

  @Test func whoIsANameThatOthersCanRead() throws {
    let (console, assessment, _) = try interview(
      ["finish", "(empty)", "(empty)", "1 2 3", "me", "Ana", "Myself", "Ben", "(empty)"],
      assessment: Self.answered)
    #expect(assessment.commitments?.map(\.owner) == ["Ana", "Ben", "P1"])
    #expect(console.screen.components(separatedBy: "your name, please").count == 3)
  }

  @Test func oneCommitmentIsChangedAndTheOthersStay() throws {
    var before = Self.answered
    before.commitments = (1...3).map {
      Commitment(
        action: "own-\($0)", title: "Promise \($0)", owner: "P\($0)", firstStep: "F", by: noon.day, done: "D",
        stop: "S")
    }
    let (_, assessment, _) = try interview(
      [
        "finish", "(empty)", "(empty)", "nonsense", "2", "4", "2026-02-30", "2026-02-03", "(empty)", "7",
        "(empty)", "(empty)",
      ],
      assessment: before)
    #expect(assessment.commitments?.map(\.by.description) == ["2026-01-15", "2026-02-03", "2026-01-15"])
    #expect(assessment.commitments?.map(\.owner) == ["P1", "P2", "P3"])
  }

  @Test(arguments: [
    ("note ask Ana", true), ("park the car without a ticket", true), ("::quit", false),
    (":-) they smile", false),
    ("Review contract terms with us", false),
  ])
  func aTextIsATextWhateverItBeginsWith(line: String, isHinted: Bool) throws {
    let (console, assessment, _) = try interview(["goto exp-list", line, "done"])
    let text = line.hasPrefix("::") ? String(line.dropFirst()) : line
    #expect(assessment.expectations(in: outsideIn.questionnaire).map(\.expectation) == [text])
    #expect(console.screen.contains("The command would be") == isHinted)
  }

  @Test(arguments: [
    (["Now", "yes", "6 3", "undo"], []), (["Now", "yes", "6 3", "undo", "redo"], ["Now"]),
    (["Now", "done", "goto exp-list", "Soon", "done", "move 2 1"], ["Soon", "Now"]),
    (["Now", "done", "goto exp-list", "Soon", "done", "remove 1"], ["Soon"]),
    (["Now", "done", "goto exp-list", "Soon", "done", "remove 1", "undo"], ["Now", "Soon"]),
    (["Now", "done", "goto exp-list", "edit 1", "At once", "done"], ["At once"]),
    (["Now", "done", "goto exp-list", "edit 1", "At once", "done", "undo"], ["Now"]),
    (["Now", "done", "goto exp-list", "edit 1", "undo"], ["Now"]),
    (["Now", "done", "goto exp-list", "remove 7", "move 1 9", "edit -1"], ["Now"]),
    (["7", "-", "done"], []),
  ])
  func rowsAreEnteredChangedAndTakenBack(lines: [String], rows: [String]) throws {
    let (_, assessment, _) = try interview(["goto exp-list"] + lines)
    #expect(assessment.expectations(in: outsideIn.questionnaire).map(\.expectation) == rows)
  }

  /// Importance from 1 to 5, the others from 1 to 7.
  @Test(arguments: [
    (["5", "6", "3"], [5, 6, 3]), (["5 6 3"], [5, 6, 3]), (["5, 6/3"], [5, 6, 3]),
    (["5", "6 3"], [5, 6, 3]),
    (["-", "6", ""], [nil, 6, nil]), (["5 - 3"], [5, nil, 3]), (["9", "5", "6", "0", "7"], [5, 6, 7]),
    (["dk", "6", "DK"], [nil, 6, nil]), (["5 dk 3"], [5, nil, 3]),
    (["5 6", "5 9 2", "5 6 2 1", "many", "4 6 2"], [4, 6, 2]), (["", "", ""], [nil, nil, nil]),
  ])
  func figuresAreTypedOneByOneOrTogether(lines: [String], figures: [Int?]) throws {
    let (_, assessment, _) = try interview(["goto exp-list", "Soon", "yes"] + lines, assessment: Self.full)
    let row = try #require(assessment.expectations(in: outsideIn.questionnaire).first)
    #expect([row.importance, row.expected, row.perceived] == figures)
    #expect(row.words == .customer)
  }

  /// Whoever changes a row sees what it holds, figure by figure.
  @Test(arguments: [
    (["", "no", "", "7", ""], [5, 7, 3]), (["", "no", "1 2 3"], [1, 2, 3]),
    (["", "no", "4", "", ""], [4, 6, 3]),
  ])
  func figuresOfARowAreChangedOneByOneOrTogether(lines: [String], figures: [Int?]) throws {
    let (_, assessment, _) = try interview(
      ["goto exp-list", "Soon", "yes", "5 6 3", "edit 1"] + lines, assessment: Self.full)
    let row = try #require(assessment.expectations(in: outsideIn.questionnaire).first)
    #expect([row.importance, row.expected, row.perceived] == figures && row.words == .ours)
  }

  /// One expectation and one moment, with what counts where there is only one; the rest can be added.
  @Test func theShortFormAsksForOneOfEachAndGoesOn() throws {
    let (_, assessment, _) = try interview([
      "goto exp-list", "Soon", "yes", "6 3", "goto jou-moments", "The bill", "-2", "One page",
      "goto exp-list",
      "edit 1", "", "", "", "", "5",
    ])
    let expectation = try #require(assessment.expectations(in: outsideIn.questionnaire).first)
    #expect(expectation.gap == -3 && expectation.words == .customer && expectation.importance == 5)
    let moment = try #require(assessment.moments(in: outsideIn.questionnaire).first)
    #expect(moment.emotion == -2 && moment.redesign == "One page" && moment.shortfall == 2)
    // Both are worth a commitment.
    let gaps = gapCandidates(expectations: [expectation], moments: [moment])
    #expect(gaps.map(\.source) == [.expectation, .moment])
    let (_, next, _) = try interview(["goto exp-list", "Soon", "yes", "6", "3"])
    #expect(next.position != "exp-list")
  }

  @Test func theTwoWorstMomentsAreAskedForTheirFactors() throws {
    let rows = ["The bill", "", "", "5 4 1 -2", "Arrival", "", "", "3 3 4 1", "Waiting", "", "", "5 5 2 -1"]
    let (console, assessment, _) = try interview(
      ["goto jou-moments"] + rows + ["(empty)", "They pay", "done", "They wait", "done"],
      assessment: Self.full)
    let moments = assessment.moments(in: outsideIn.questionnaire)
    #expect(moments.map { $0.factors[.does] } == ["They pay", nil, "They wait"])
    #expect(console.screen.contains("one of the moments that hurt most"))
  }

  /// What is typed at a metric of a unit, its baseline then and its unit, and what is said.
  @Test(
    arguments: [
      ("%", "1,200", nil, "%", "can be 1200 or 1.2"), ("%", "1.200", nil, "%", "can be 1200 or 1.2"),
      ("%", "4,5", 4.5, "%", ""), ("%", "−3", -3, "%", ""), ("people", "1 200", 1200, "people", ""),
      ("%", "nan", nil, "%", "is no number"), ("%", "12 %", 12, "%", ""), ("", "12 %", 12, "%", ""),
      ("hours", "12 %", nil, "hours", "is in %, and this figure is in hours"),
      ("", "€ 1.200,50", 1200.5, "€", ""),
    ] as [(String, String, Double?, String, String)])
  func figuresAreReadAsPeopleTypeThem(
    unit: String, text: String, baseline: Double?, then: String, words: String
  ) throws {
    let (console, assessment, _) = try interview(
      ["goto met-list", "Promoters", unit.isEmpty ? "(empty)" : unit, text, "done"])
    let metric = assessment.metrics(in: outsideIn.questionnaire).first
    #expect(metric?.baseline == baseline && metric?.unit == then)
    #expect(console.screen.contains(words.isEmpty ? "Where it shall be" : words))
  }

  /// The size is asked before the proposals, whose owners fit it, whatever the scope; the rest of the profile last.
  @Test(arguments: [("1", "whoever "), ("4", "head of"), ("(empty)", "whoever ")])
  func theSizeComesBeforeTheProposals(size: String, owner: String) throws {
    let (console, _, files) = try interview(
      ["finish", "(empty)", size, "skip", "Plumbing", "yes"], assessment: Self.answered)
    let screen = console.screen
    let places = ["How many people work in it?", "Three commitments", "What does your organisation do"].map {
      screen.range(of: $0)?.lowerBound ?? screen.endIndex
    }
    #expect(places == places.sorted() && !places.contains(screen.endIndex))
    #expect(try #require(files.values.first).contains(owner))
  }

  /// What is about the same trouble has the number of the first and a letter, and can be taken by it.
  @Test func whatIsAboutTheSameIsOfferedInTheFirstsLine() throws {
    let (console, assessment, _) = try interview(
      [
        "goto exp-list", "Tell me before you are late", "yes", "6 2", "finish", "(empty)", "(empty)", "1b?",
        "1 1b",
        "skip", "Ana", "Ben",
      ], assessment: Self.answered)
    #expect(assessment.commitments?.map(\.action) == ["expectation-1", "ant-early-2"])
    #expect(console.screen.contains("1b  or: A notice whenever we are late"))
    #expect(assessment.commitments.map { Set($0.map(\.by)).count } == 2)
  }

  /// What was refused stands in the line again; what is typed behind it is taken for itself.
  @Test(arguments: [
    ("there are only two of us", "why", "breaks at its borders"),
    ("we have a suggestion box", "1", "own-empower"),
  ])
  func whatIsTypedBehindARefusedLineIsTaken(refused: String, behind: String, words: String) throws {
    let (console, _, _) = try interview([refused, refused + behind, "quit"])
    #expect(
      console.screen.contains(words)
        && console.screen.components(separatedBy: "can't be used here").count == 2)
  }

  /// A choice that can be taken for a figure is said in its words.
  @Test func aChoiceIsToldByItsLabel() throws {
    let (console, _, _) = try interview(["goto cur-size", "2", "quit"])
    #expect(console.screen.contains("Kept: 11 to 50."))
  }

  /// A list's command within a row is no field of it.
  @Test func aCommandOfTheListIsNoUnit() throws {
    let (console, assessment, _) = try interview(["goto met-list", "Calls", "reading 1 34", "calls", "done"])
    #expect(assessment.metrics(in: outsideIn.questionnaire)[0].unit == "calls")
    #expect(console.screen.contains("is for the list; `done` leads there."))
  }

  @Test func anOwnCommitmentAsksForWhatShowsIt() throws {
    let (_, assessment, _) = try interview(
      [
        "finish", "(empty)", "(empty)", "Call one customer every Friday", "skip", "Write the list",
        "Five say so",
        "Cleo calls them all on Friday morning", "Cleo",
      ], assessment: Self.answered)
    let commitment = try #require(assessment.commitments?.first)
    #expect(
      commitment.firstStep == "Write the list" && commitment.done == "Five say so"
        && commitment.owner == "Cleo")
  }

  /// A yes or a no where a name, a step or a day is asked for answers what was offered, and is none itself.
  @Test func yesAndNoAreNoNamesStepsOrDays() throws {
    let (console, assessment, _) = try interview(
      [
        "finish", "(empty)", "(empty)", "Call one customer every Friday", "skip", "Write the list",
        "Five say so", "no", "1", "ok", "4", "in 2 weeks", "yes", "yes",
      ], assessment: Self.answered)
    let commitment = try #require(assessment.commitments?.first)
    #expect(commitment.owner == "P1" && commitment.firstStep == "Write the list")
    #expect(console.screen.contains("Who, then? A name that others can ask."))
    #expect(console.screen.contains("Enter keeps it, or another day"))
  }

  @Test func yesAndNoAreNotWhatComesFirst() throws {
    let (_, assessment, _) = try interview(
      [
        "finish", "(empty)", "(empty)", "Call one customer every Friday", "skip", "yes", "no", "1",
        "Write the list",
        "Cleo",
      ], assessment: Self.answered)
    let commitment = try #require(assessment.commitments?.first)
    #expect(commitment.firstStep == "Write the list" && commitment.done.isEmpty && commitment.owner == "Cleo")
  }

  /// A stored 1.234 stands in the line as it would be asked of somebody who types it; left so, it is kept.
  @Test func whatIsLeftAsItStandsIsNotReadAgain() throws {
    var assessment = Self.full
    let key = Response.Key(item: "met-list", rater: nil)
    assessment.responses[key] = Response(
      key: key, answer: .answered(.metrics([Metric(name: "Ratio", unit: "%", baseline: 1.234, target: 1.5)])))
    let (console, kept, _) = try interview(
      ["goto met-list", "edit 1", "", "", "", "1,75", "done"], assessment: assessment)
    let metric = kept.metrics(in: outsideIn.questionnaire)[0]
    #expect(metric.baseline == 1.234 && metric.target == 1.75 && !console.screen.contains("can be"))
  }

  /// What is there stands in the prompt: typed behind it, 60 after 50 would be 5060.
  @Test func aFigureThatIsChangedIsTypedAnew() throws {
    var assessment = Self.full
    let key = Response.Key(item: "met-list", rater: nil)
    assessment.responses[key] = Response(
      key: key, answer: .answered(.metrics([Metric(name: "Quote", unit: "%", baseline: 50, target: 70)])))
    let (console, kept, _) = try interview(
      ["goto met-list", "edit 1", "Quota", "(empty)", "60", "-", "done"], assessment: assessment)
    let metric = kept.metrics(in: outsideIn.questionnaire)[0]
    #expect(metric.name == "Quota" && metric.unit == "%" && metric.baseline == 60 && metric.target == nil)
    #expect(console.screen.contains("Where it is now (Enter keeps 50, - empties it)> 60"))
  }

  /// A line that begins with a list's command and a number is never a row; other words are.
  @Test(
    arguments: [
      ("reading 1 1 200 on 30 Nov", [""], "1200 on Sunday 2025-11-30: Enter", 1, 1200.0),
      ("reading 1 31,5", [], "Kept: 31.5 on Thursday 2026-01-15", 1, 31.5),
      ("reading 1 34 on yesterday", ["no"], "Nothing was kept", 1, nil),
      ("reading 1 34 on 10/12/2025", [], "can be Sunday 2025-10-12 or Wednesday 2025-12-10", 1, nil),
      ("reading 1 34 on tomorrow", [], "still to come", 1, nil),
      ("reading 1 1.200", [], "can be 1200 or 1.2", 1, nil),
      ("reading 1 34 2026-01-10", [], "A day stands behind `on`", 1, nil),
      ("reading 1", [], "typed so: reading 2 34", 1, nil),
      ("remove 1 please", [], "typed so: remove 2", 1, nil), ("move 1", [], "typed so: move 2 1", 1, nil),
      ("edit 7", [], "There is no number 7", 1, nil),
      ("Reading the bill", ["done"], "2  Reading the bill", 2, nil),
    ] as [(String, [String], String, Int, Double?)])
  func commandsOfAListAreNoRows(
    line: String, then: [String], words: String, rows: Int, reading: Double?
  ) throws {
    let (console, assessment, _) = try interview(["goto met-list", "Calls", "calls", "done", line] + then)
    let metrics = assessment.metrics(in: outsideIn.questionnaire)
    #expect(metrics.count == rows && metrics[0].readings.map(\.value) == (reading.map { [$0] } ?? []))
    #expect(console.screen.contains(words), "\(console.screen.suffix(600))")
  }

  @Test func aListWithoutRowsHasNoCommandsAndTakesNoneForARow() throws {
    let (console, assessment, _) = try interview(["goto met-list", "reading 1 34", "edit 1"])
    #expect(assessment.metrics(in: outsideIn.questionnaire).isEmpty)
    #expect(console.screen.contains("There is no number 1."))
  }

  /// What is typed for the day of a first step, at noon of a Thursday, and what is asked next.
  @Test(arguments: [
    (["Friday", "(empty)"], "2026-01-16"), (["30 Jan", "(empty)"], "2026-01-30"),
    (["in 2 weeks", "(empty)"], "2026-01-29"), (["03/02/2026", "03.02.2026", "(empty)"], "2026-02-03"),
    (["yesterday", "(empty)"], "2026-01-20"), (["soon", "tomorrow", "(empty)"], "2026-01-16"),
    (["Friday", "Monday", "(empty)"], "2026-01-19"), (["(empty)"], "2026-01-20"),
  ])
  func daysAreShownBeforeTheyCount(lines: [String], day: String) throws {
    let (console, assessment, _) = try interview(
      ["finish", "(empty)", "(empty)", "1", "skip", "4"] + lines + ["Ana"], assessment: Self.answered)
    #expect(assessment.commitments?.first?.by.description == day)
    #expect(console.screen.contains(withWeekday(Day(day)!)))
  }

  /// Half of Europe's 4,5 is no two figures.
  @Test func figuresOfAScaleStandApart() throws {
    let (console, assessment, _) = try interview(
      ["goto exp-list", "An answer today", "yes", "6,3", "6, 3"], assessment: Self.answered)
    let row = assessment.expectations(in: outsideIn.questionnaire)[0]
    #expect(row.expected == 6 && row.perceived == 3 && console.screen.contains("whole figures, with blanks"))
  }

  @Test func theEditorsTextIsKeptOverARefusal() throws {
    var opened: [String] = []
    let long = String(repeating: "x", count: 70_000)
    let (_, assessment, _) = try interview(["edit", "edit", "quit"]) { text in
      opened.append(text)
      return .text(opened.count == 1 ? long : "short enough")
    }
    #expect(opened == ["", long])
    #expect(Self.response("own-who", assessment)?.note == "short enough")
  }
}
