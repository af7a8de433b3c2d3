import AssessmentModel
import Shell
import Testing

/// What is typed in a workshop, line by line, and what becomes of it.
@Suite struct WorkshopShellTests {
  @Test func cardsThatAreHeldUpAreEnteredAndSeen() throws {
    let (console, stored, _) = try workshop(opening + ["0 4 0 4 1", "(empty)", "(empty)", "1:9"])
    #expect(tally(stored.assessment, "own-who") == [0, 4, 0, 4, 1])
    #expect(tally(stored.assessment, "own-empower") == [0, 9, 0, 0, 0])
    #expect(console.screen.contains("You are apart.") && console.screen.contains("You all say the same."))
    #expect(console.screen.contains("middle 3, from 1 to 4"))
  }

  @Test func theKeyboardGoesRoundAndNothingShows() throws {
    // Whoever presses Enter twice does not make the next one type in the open.
    let keys = ["0", "1", "(empty)", "x", "1", "?", "-", "2", "2", "3", "3"]
    let (console, stored, _) = try workshop(opening + ["pass"] + keys + ["(empty)"])
    let votes = stored.assessment.responses.filter { $0.key.item == "own-who" }
    #expect(votes.count == 9)
    #expect(votes.first { $0.key.rater == "r1" }?.level == 0)
    #expect(votes.first { $0.key.rater == "r4" }?.answer == .dontKnow)
    #expect(console.screen.contains("own-who   round 1   9 votes"))
    #expect(try workshop(opening + ["pass", "0", "stop", "who"]).stored.unrevealed.count(of: "own-who") == 1)
    // Nobody's answer stands beside a name.
    for rater in nine { #expect(!console.screen.contains("\(rater.name)> 0")) }
  }

  @Test func whoseVoteMayBeShownIsNamed() throws {
    var raters = nine
    raters[0].named = true
    let (console, _, _) = try workshop(
      opening + ["pass", "0"] + Array(repeating: "3", count: 8) + ["reveal"],
      assessment: workshopAssessment(raters))
    #expect(console.screen.contains("███  1  Ana"))
    #expect(!console.screen.contains("8  Ben"))
  }

  @Test func whatIsMissingIsAskedOnce() throws {
    let (console, stored, _) = try workshop(opening + ["0 0 5 0 0", "no", "away Ana", "0 0 8 0 0"])
    #expect(console.screen.contains("5 of 9: 4 are missing"))
    #expect(tally(stored.assessment, "own-who") == [0, 0, 8, 0, 0])
    let (_, fewer, _) = try workshop(opening + ["0 0 5 0 0", ""])
    #expect(tally(fewer.assessment, "own-who") == [0, 0, 5, 0, 0])
  }

  /// Counts of cards laid face down are typed unseen; what can't be used is asked for anew and does not come back.
  /// Every question that the shell asks can be answered by leaving, and nothing is taken for a name.
  @Test(
    arguments: [
      (["0 1 0 3 1"], "missing. Enter"), (["break 10"], "break ("), (["hide"], "hidden;"),
      (["0 0 9 0 0", "settle", "goto own-empower", "undo"], "another question"),
      (["shorten 10"], "Leave them out"),
      (["pass", "1", "2", "stop", "finish", ""], "leave shows the result"),
      (toTheDots, "dots>"), (toTheDots + ["2:4 5:6 7:3", "(empty)", "Zoe"], "Who asks?"),
      (toTheDots + ["(empty)", "skip"], "is that what this team wants"),
      (["0 9 0 0 0", "park the car park"] + toTheDots + ["(empty)", "skip", "yes"], "Does it go out?"),
    ] as [([String], String)])
  func quitLeavesFromEverywhere(lines: [String], prompt: String) throws {
    let (console, stored, _) = try workshop(opening + lines + ["quit", "0 0 0 0 9"])
    #expect(console.screen.contains(prompt))
    #expect(console.screen.contains("Everything is saved."))
    #expect(stored.assessment.tallies.allSatisfy { $0.counts != [0, 0, 0, 0, 9] })
    #expect(stored.assessment.commitments?.contains { $0.owner.contains("quit") } != true)
  }

  @Test func collectedCardsAreTypedUnseen() throws {
    let (console, stored, _) = try workshop(
      [
        "(empty)", "yes", "(empty)", "(empty)", "(empty)", "(empty)", "0 1 0 3 5", "cards", "0 9 9 9 9",
        "7 7",
        "0 1 0 3 5", "", "", "",
      ])
    #expect(tally(stored.assessment, "own-who") == [0, 1, 0, 3, 5])
    #expect(console.screen.contains("are counted unseen"))
    // Only the line that was typed in the open, and what the reveal shows.
    #expect(console.screen.components(separatedBy: "0 1 0 3 5").count == 2)
    #expect(!console.screen.contains("7 7") && !console.screen.contains("0 9 9"))
  }

  @Test func aSectionOnPaper() throws {
    let counts = ["0 9 0 0 0", "0 0 9 0 0", "", "9 0 0 0 0", "0 0 0 9 0"]
    let (_, stored, _) = try workshop(
      opening + ["paper"] + counts + ["reveal", "", "goto own-empower", "reveal"])
    #expect(tally(stored.assessment, "own-who") == [0, 9, 0, 0, 0])
    #expect(tally(stored.assessment, "own-empower") == [0, 0, 9, 0, 0])
    #expect(stored.unrevealed.count(of: "ant-early") == 9 && stored.unrevealed.count(of: "emo-feel") == 0)
    let (_, named, _) = try workshop(
      opening + [
        "paper Ana", "1 2", "1 2 ? 3 -", "paper Ben", "0 0 0 0 0", "paper Cleo", "2 2 2 2 2", "reveal", "",
      ])
    #expect(named.assessment.responses.filter { $0.key.item == "own-who" }.map(\.level) == [1, 0, 2])
    #expect(named.unrevealed.named[.init(item: "emo-feel", rater: "r1")]?.answer == .dontKnow)
  }

  @Test func aSplitIsVotedOnAgainAndSettledWithAReason() throws {
    let (console, stored, _) = try workshop(
      opening + [
        "0 4 0 4 1", "revote", "0 1 3 5 0", "settle 4", "Because Ben has seen it", "dissent we never did",
        "rounds",
      ])
    #expect(
      stored.assessment.settled["own-who"]
        == Settlement(answer: .level(4), reason: "Because Ben has seen it", dissent: "we never did"))
    #expect(tally(stored.assessment, "own-who", round: 1) == [0, 4, 0, 4, 1])
    #expect(tally(stored.assessment, "own-who", round: 2) == [0, 1, 3, 5, 0])
    #expect(console.screen.contains("Round 1: 4 for 1, 4 for 3, 1 for 4."))
  }

  @Test(
    arguments: [
      (["settle"], .level(3)), (["settle 3"], .level(3)), (["settle 2 it is so"], .level(2)),
      (["settle dk", "nobody knew"], .dontKnow),
      (["settle na", "no shops"], .notApplicable), (["settle 7"], nil), (["settle 1", "(empty)"], nil),
      (["settle", "undo"], nil),
    ] as [([String], Settlement.Answer?)])
  func settling(lines: [String], answer: Settlement.Answer?) throws {
    let (_, stored, _) = try workshop(opening + ["0 1 3 5 0"] + lines)
    #expect(stored.assessment.settled["own-who"]?.answer == answer)
  }

  @Test func evenVotesHaveTwoMiddles() throws {
    let (console, stored, _) = try workshop(opening + ["away Ana", "0 4 0 4 0", "settle", "settle 1"])
    #expect(console.screen.contains("The votes are even: settle 1, or settle 3."))
    #expect(stored.assessment.settled["own-who"]?.reason == nil)
  }

  /// The boss of five wants every answer one higher.
  @Test func threeInOneDirectionAreNoticed() throws {
    func raise(_ item: String, _ more: [String] = []) -> [String] {
      ["goto \(item)", "0 2 5 2 0", "settle 3", "we are better than that", "the five of us don't think so"]
        + more
    }
    let two = raise("own-who") + raise("own-empower")
    let (console, stored, _) = try workshop(opening + two + raise("ant-early", ["yes"]))
    #expect(console.screen.contains("Three answers are settled above what most had voted"))
    #expect(stored.assessment.settled["ant-early"] == nil && stored.assessment.settled["own-who"] != nil)
    #expect(stored.assessment.settled["own-who"]?.dissent == "the five of us don't think so")
    // What is settled in the middle, or below it, is no reason to say it again.
    let (calm, _, _) = try workshop(
      opening + two + raise("ant-early", ["no"]) + [
        "goto jou-walk", "0 2 5 2 0", "settle", "goto emo-made", "0 2 5 2 0", "settle 1", "fewer do",
        "(empty)",
      ])
    #expect(calm.screen.components(separatedBy: "answers are settled").count == 2)
  }

  @Test func aCriticalAnswerAtThreeIsAskedForEvidence() throws {
    let (console, stored, _) = try workshop(
      opening + ["0 0 0 9 0", "(empty)", "document minutes of March", "back", "(empty)"])
    #expect(
      stored.assessment.teamEvidence["own-who"] == TeamEvidence(grade: .document, note: "minutes of March"))
    #expect(console.screen.components(separatedBy: "What shows it?").count == 2)
  }

  @Test func unclearGoesOnAndKeepsWhy() throws {
    let (_, stored, _) = try workshop(opening + ["say as in the shop", "unclear what trouble is", "back"])
    #expect(stored.assessment.settled["own-who"]?.answer == .dontKnow)
    #expect(stored.assessment.workshop?.sayings["own-who"] == ["as in the shop"])
  }

  @Test func howItWasExplainedIsShownWhenItIsAskedAgain() throws {
    let (console, _, _) = try workshop(opening + ["say as in the shop", "0 4 0 4 1", "revote"])
    #expect(console.screen.contains("Explained as: as in the shop"))
  }

  @Test(arguments: ["dk", "na no shops", "sure", "flag", "note x", "3", "b", "nonsense", "set name Ana"])
  func whatBelongsToAnsweringAloneIsSaidSo(line: String) throws {
    let (console, stored, _) = try workshop(opening + [line, "(empty)"])
    #expect(stored.assessment.responses.isEmpty && stored.assessment.tallies.isEmpty)
    #expect(
      [
        "In a group that is a vote", "belongs to answering alone", "everybody's votes", "can't be used here",
        "`say` keeps", "set organization Acme",
      ]
      .contains { console.screen.contains($0) }, "\(line)")
  }

  /// What somebody else is to be undone of is asked first.
  @Test func undoOnAnotherQuestionIsAsked() throws {
    let lines = ["0 0 9 0 0", "settle", "goto own-empower", "undo"]
    #expect(try workshop(opening + lines + ["no"]).stored.assessment.settled["own-who"] != nil)
    #expect(try workshop(opening + lines + ["(empty)"]).stored.assessment.settled["own-who"] == nil)
  }

  /// Counts that were typed wrong are typed anew, fewer or more, and nobody is missing from what everybody saw.
  @Test func aCorrectionIsTakenAsItIs() throws {
    let (console, stored, _) = try workshop(
      opening + ["away Ida", "0 2 5 1 0", "away Hal", "back Ida", "0 2 4 2 0"])
    #expect(tally(stored.assessment, "own-who") == [0, 2, 4, 2, 0])
    #expect(!console.screen.contains("missing. Enter"))
  }

  /// Counts don't take the place of votes that are in without being asked, and a small department is not counted aloud.
  @Test func whatIsInIsNotReplacedUnasked() throws {
    let start = Array(opening.dropLast(3)) + ["anonymous", "(empty)", "(empty)"]
    let (console, kept, _) = try workshop(start + ["pass", "1", "1", "1", "stop", "0 0 0 0 9", "no"])
    #expect(kept.unrevealed.count(of: "own-who") == 3 && console.screen.contains("Counts replace them all"))
    let (_, replaced, _) = try workshop(start + ["pass", "1", "1", "1", "stop", "0 0 0 0 9", "yes"])
    #expect(tally(replaced.assessment, "own-who") == [0, 0, 0, 0, 9])
    let (aloud, none, _) = try workshop(start + ["Billing 2:2"])
    #expect(none.assessment.tallies.isEmpty && aloud.screen.contains("has fewer than five people"))
  }

  @Test func aDepartmentAfterTheOther() throws {
    let (console, stored, _) = try workshop(opening + ["Billing 1:2", "Service 2:3", "Sales 3:2, ware 1:2"])
    #expect(console.screen.contains("2 of 9; the next department"))
    #expect(tally(stored.assessment, "own-who") == [0, 4, 3, 2, 0])
    // After the reveal a line of one department is no whole entry either.
    let (_, kept, _) = try workshop(opening + ["0 9 0 0 0", "Billing 1:2", "(empty)", "no"])
    #expect(tally(kept.assessment, "own-who") == [0, 9, 0, 0, 0])
  }

  private static let toTheDots = allVoted + ["finish", "(empty)", "2"]
}
