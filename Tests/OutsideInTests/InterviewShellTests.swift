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
      ["finish", "(empty)", "1 2", "undo", "Call one customer every Friday", "help"],
      assessment: Self.answered)
    #expect(assessment.commitments?.map(\.title).last == "Call one customer every Friday")
    #expect(assessment.commitments?.count == 2 && console.screen.contains("Taken back: "))
    #expect(assessment.responses.count == Self.answered.responses.count)
    #expect(console.screen.contains("takes the last one back"))
  }

  /// What Enter would take is named by its numbers, and is what it takes.
  @Test func enterTakesWhatItSays() throws {
    let (console, assessment, _) = try interview(
      ["finish", "(empty)", "(empty)", "(empty)", "(empty)", "(empty)"], assessment: Self.answered)
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
      ["finish", "(empty)", "1 2 3", "me", "Ana", "Myself", "Ben", "(empty)"], assessment: Self.answered)
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
      ["finish", "(empty)", "nonsense", "2", "4", "2026-02-30", "2026-02-03", "7", "(empty)", "(empty)"],
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
    (["5", "6", "3"], [5, 6, 3]), (["5 6 3"], [5, 6, 3]), (["5,6/3"], [5, 6, 3]), (["5", "6 3"], [5, 6, 3]),
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

  @Test(arguments: [
    ("1,200", nil as Double?), ("4,5", 4.5), ("−3", -3), ("1200", 1200), ("nan", nil), ("12 %", nil),
  ])
  func numbersAreReadAsPeopleTypeThem(text: String, number: Double?) throws {
    let (_, assessment, _) = try interview(["goto met-list", "Promoters", "%", text, "done"])
    #expect(assessment.metrics(in: outsideIn.questionnaire).first?.baseline == number)
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
