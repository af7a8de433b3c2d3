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

  /// Whoever has named one has chosen: Enter takes no more.
  @Test func enterTakesNothingMoreOnceOneIsChosen() throws {
    let (_, assessment, _) = try interview(
      ["finish", "(empty)", "(empty)", "1", "(empty)", "(empty)", "(empty)"], assessment: Self.answered)
    #expect(assessment.commitments?.count == 1)
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

  /// The size is asked before the proposals, whose owners fit it, whatever the scope; the rest of the profile last.
  @Test(arguments: [("1", "whoever "), ("4", "head of"), ("(empty)", "whoever ")])
  func theSizeComesBeforeTheProposals(size: String, owner: String) throws {
    let (console, _, files) = try interview(
      ["finish", "(empty)", size, "skip", "1", "yes"], assessment: Self.answered)
    let screen = console.screen
    let places = [
      "How many people work in it?", "Three commitments", "In which field does your organisation work",
    ].map {
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
