import AssessmentModel
import Planning
import Shell
import Testing

/// Lists at an interview: expectations, moments and metrics, row by row and figure by figure.
@Suite struct InterviewRowTests {
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
    let (_, assessment, _) = try interview(
      ["goto exp-list", "Soon", "yes"] + lines, assessment: InterviewShellTests.full)
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
      ["goto exp-list", "Soon", "yes", "5 6 3", "edit 1"] + lines, assessment: InterviewShellTests.full)
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
      assessment: InterviewShellTests.full)
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

  /// A stored 1.234 stands in the line as it would be asked of somebody who types it; left so, it is kept.
  @Test func whatIsLeftAsItStandsIsNotReadAgain() throws {
    let (console, kept, _) = try interview(
      ["goto met-list", "edit 1", "", "", "", "1,75", "done"],
      assessment: Self.with(Metric(name: "Ratio", unit: "%", baseline: 1.234, target: 1.5)))
    let metric = kept.metrics(in: outsideIn.questionnaire)[0]
    #expect(metric.baseline == 1.234 && metric.target == 1.75 && !console.screen.contains("can be"))
  }

  /// What is there stands in the prompt: typed behind it, 60 after 50 would be 5060.
  @Test func aFigureThatIsChangedIsTypedAnew() throws {
    let (console, kept, _) = try interview(
      ["goto met-list", "edit 1", "Quota", "(empty)", "60", "-", "done"],
      assessment: Self.with(Metric(name: "Quote", unit: "%", baseline: 50, target: 70)))
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

  /// Half of Europe's 4,5 is no two figures.
  @Test func figuresOfAScaleStandApart() throws {
    let (console, assessment, _) = try interview(
      ["goto exp-list", "An answer today", "yes", "6,3", "6, 3"], assessment: InterviewShellTests.answered)
    let row = assessment.expectations(in: outsideIn.questionnaire)[0]
    #expect(row.expected == 6 && row.perceived == 3 && console.screen.contains("whole figures, with blanks"))
  }

  /// A list's command within a row is no field of it.
  @Test func aCommandOfTheListIsNoUnit() throws {
    let (console, assessment, _) = try interview(["goto met-list", "Calls", "reading 1 34", "calls", "done"])
    #expect(assessment.metrics(in: outsideIn.questionnaire)[0].unit == "calls")
    #expect(console.screen.contains("is for the list; `done` leads there."))
  }

  /// With a metric that is there already.
  private static func with(_ metric: Metric) -> Assessment {
    var assessment = InterviewShellTests.full
    let key = Response.Key(item: "met-list", rater: nil)
    assessment.responses[key] = Response(key: key, answer: .answered(.metrics([metric])))
    return assessment
  }

  /// One taken from the library brings what the library knows; the rest is asked.
  @Test(arguments: [
    (["#1", "31", "45", "phone", "Ana"], "Net Promoter Score"),
    (["NPS", "31", "45", "phone", "Ana"], "Net Promoter Score"),
    (["find complaints", "#1", "31", "45", "phone", "Ana"], "Complaints per 100"),
  ])
  func aFigureIsTakenFromTheLibrary(lines: [String], name: String) throws {
    let (console, assessment, _) = try interview(
      ["goto met-list"] + lines, assessment: InterviewShellTests.full)
    let metric = try #require(assessment.metrics(in: outsideIn.questionnaire).first)
    #expect(
      metric.name == name && metric.formula != nil && metric.unit != nil && metric.cadence != nil
        && metric.better != nil)
    #expect(metric.baseline == 31 && metric.target == 45 && metric.source == "phone" && metric.owner == "Ana")
    #expect(console.screen.contains("What can go wrong: "))
  }

  /// A word of one's own is one's own, also where the library looks things up by it.
  @Test(arguments: ["Promoters", "Complaints", "#99", "find zzz"])
  func ownWordsStayOwn(line: String) throws {
    let (_, assessment, _) = try interview(
      ["goto met-list", line, "%", "done"], assessment: InterviewShellTests.full)
    let names = assessment.metrics(in: outsideIn.questionnaire).map(\.name)
    #expect(names == (line.first?.isUppercase == true ? [line] : []))
  }
}
