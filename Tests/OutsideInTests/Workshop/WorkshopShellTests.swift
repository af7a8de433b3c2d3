import AssessmentModel
import Shell
import Testing

/// What is typed in a workshop, line by line, and what becomes of it.
@Suite struct WorkshopShellTests {
  static func tally(_ stored: Assessment, _ item: String, round: Int = 1) -> [Int]? {
    stored.tallies.first { $0.item == item && $0.round == round }?.counts
  }

  @Test func cardsThatAreHeldUpAreEnteredAndSeen() throws {
    let (console, stored, _) = try workshop(opening + ["0 4 0 4 1", "(empty)", "(empty)", "1:9"])
    #expect(Self.tally(stored.assessment, "own-who") == [0, 4, 0, 4, 1])
    #expect(Self.tally(stored.assessment, "own-empower") == [0, 9, 0, 0, 0])
    #expect(console.screen.contains("You are apart.") && console.screen.contains("You all say the same."))
    #expect(console.screen.contains("middle 3, from 1 to 4"))
  }

  @Test func whatIsAskedFirstCanBeSaidBefore() throws {
    let assessment = workshopAssessment([])
    let (console, stored, _) = try workshop(
      [
        "Ana, Billing", "Zoe", "undo", "Ben; Sales", "Ben, sales", "", "90", "yes", "ana, nobody", "Ana",
        "anonymous", "who", "",
      ],
      assessment: assessment)
    #expect(stored.assessment.raters.map(\.name) == ["Ana", "Ben"])
    #expect(console.screen.contains("One person at a time"))
    #expect(stored.assessment.raters.map(\.last) == [true, false])
    #expect(stored.assessment.workshop?.minutes == 90 && stored.assessment.workshop?.cards == .collected)
    #expect(stored.assessment.anonymous)
    // Who would be followed is asked behind a cleared screen's back, and no screen says it again.
    let after = console.screen.components(separatedBy: "(cleared)").last ?? ""
    #expect(!after.contains("follow") && !after.contains("last"))
    let (_, brief, _) = try workshop(
      ["no", "", ""], request: WorkshopRequest(minutes: 60, anonymous: true))
    #expect(brief.assessment.workshop?.minutes == 60 && brief.assessment.anonymous)
    #expect(brief.assessment.position == "own-who")
  }

  /// Where no department has five people, two groups of five and more may be told apart.
  @Test func smallDepartmentsMayBeTwoGroups() throws {
    let raters = (0..<12).map {
      Rater(id: "r\($0)", name: "N\($0)", department: ["Sales", "Service", "Billing", "IT"][$0 % 4])
    }
    let (console, stored, _) = try workshop(
      [
        "(empty)", "no", "anonymous", "Shop", "Sales", "sal, service", "(empty)", "(empty)",
        "meets 2:6, behind 1:6",
      ],
      assessment: workshopAssessment(raters))
    #expect(console.screen.contains("There are Sales, Service, Billing and IT."))
    #expect(console.screen.contains("That makes 3 and 9; each needs five."))
    #expect(stored.assessment.tallies.map(\.department) == ["Behind the scenes", "Meets customers"])
  }

  /// A workshop that came from elsewhere with votes goes on, and asks nothing that is decided.
  @Test func whatWasImportedGoesOnAtItsFirstOpenQuestion() throws {
    var assessment = workshopAssessment()
    assessment.tallies = [Tally(item: "own-who", counts: [0, 9, 0, 0, 0])]
    let (console, stored, _) = try workshop(["0 9 0 0 0", "set customers guest"], assessment: assessment)
    #expect(console.screen.contains("Here again."))
    #expect(stored.assessment.tallies.map(\.item) == ["own-who", "own-empower"])
    #expect(console.screen.contains("The word stays customer"))
  }

  /// Somebody who leaves the laptop open over night has not spent the night in the workshop.
  @Test func anOpenLidIsNoTimeSpent() throws {
    let (_, stored, _) = try workshop(opening + ["+43200", "0 9 0 0 0"])
    #expect(stored.assessment.workshop?.spentSeconds == 1800)
  }

  @Test func aNumberOfPeopleWillDo() throws {
    let (_, stored, _) = try workshop(["9"] + opening + ["2:9"], assessment: workshopAssessment([]))
    #expect(stored.assessment.raters.map(\.name) == (1...9).map { "P\($0)" })
    #expect(Self.tally(stored.assessment, "own-who") == [0, 0, 9, 0, 0])
  }

  @Test func preparedTheDayBeforeItOpensAtTheWelcome() throws {
    let (_, before, _) = try workshop(Array(opening.dropLast()) + ["quit"])
    #expect(before.assessment.position == "own-who" && before.assessment.tallies.isEmpty)
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
    #expect(Self.tally(stored.assessment, "own-who") == [0, 0, 8, 0, 0])
    let (_, fewer, _) = try workshop(opening + ["0 0 5 0 0", ""])
    #expect(Self.tally(fewer.assessment, "own-who") == [0, 0, 5, 0, 0])
  }

  /// Counts of cards laid face down are typed unseen; what can't be used is asked for anew and does not come back.
  @Test func collectedCardsAreTypedUnseen() throws {
    let (console, stored, _) = try workshop(
      [
        "(empty)", "yes", "(empty)", "(empty)", "(empty)", "(empty)", "0 1 0 3 5", "cards", "0 9 9 9 9",
        "7 7",
        "0 1 0 3 5", "", "", "",
      ])
    #expect(Self.tally(stored.assessment, "own-who") == [0, 1, 0, 3, 5])
    #expect(console.screen.contains("are counted unseen"))
    // Only the line that was typed in the open, and what the reveal shows.
    #expect(console.screen.components(separatedBy: "0 1 0 3 5").count == 2)
    #expect(!console.screen.contains("7 7") && !console.screen.contains("0 9 9"))
  }

  @Test func aSectionOnPaper() throws {
    let counts = ["0 9 0 0 0", "0 0 9 0 0", "", "9 0 0 0 0", "0 0 0 9 0"]
    let (_, stored, _) = try workshop(
      opening + ["paper"] + counts + ["reveal", "", "goto own-empower", "reveal"])
    #expect(Self.tally(stored.assessment, "own-who") == [0, 9, 0, 0, 0])
    #expect(Self.tally(stored.assessment, "own-empower") == [0, 0, 9, 0, 0])
    #expect(stored.unrevealed.count(of: "ant-early") == 9 && stored.unrevealed.count(of: "emo-feel") == 0)
    let (_, named, _) = try workshop(
      opening + [
        "paper Ana", "1 2", "1 2 ? 3 -", "paper Ben", "0 0 0 0 0", "paper Cleo", "2 2 2 2 2", "reveal", "",
      ])
    #expect(named.assessment.responses.filter { $0.key.item == "own-who" }.map(\.level) == [1, 0, 2])
    #expect(named.unrevealed.named[.init(item: "emo-feel", rater: "r1")] == .dontKnow)
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
    #expect(Self.tally(stored.assessment, "own-who", round: 1) == [0, 4, 0, 4, 1])
    #expect(Self.tally(stored.assessment, "own-who", round: 2) == [0, 1, 3, 5, 0])
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
        "goto jou-walk", "0 2 5 2 0", "settle", "goto emo-moment", "0 2 5 2 0", "settle 1", "fewer do",
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

  // MARK: Time

  @Test func timeIsCountedWhereItIsSpent() throws {
    let (console, stored, _) = try workshop(
      opening + [
        "+90", "0 9 0 0 0", "+30", "(empty)", "+600", "agenda", "break 10", "+1200", "(empty)", "0 9 0 0 0",
      ])
    // A minute and a half and a half minute more on the first; the break is nobody's.
    #expect(stored.assessment.workshop?.spentSeconds == 720)
    #expect(stored.assessment.sectionMinutes["current-state"] == 12)
    #expect(console.screen.contains("Here again. 1 question is voted on, 0 of them settled"))
  }

  @Test func remindersComeAtHalfAtAMinuteAndAtTheEnd() throws {
    let (console, _, _) = try workshop(opening + ["time 3m"])
    #expect(console.reminders.map(\.after) == [90, 120, 180])
    #expect(try workshop(opening + ["time 90s"]).console.reminders.map(\.after) == [90])
    #expect(try workshop(opening + ["time 3m", "time off"]).console.reminders.isEmpty)
    #expect(try workshop(opening + ["time soon"]).console.screen.contains("no time"))
  }

  @Test(arguments: [
    ("90", 90), ("2h", 120), ("1:30", 90), ("45 min", 45), ("5", nil), ("soon", nil), ("900", nil),
  ])
  func howLongItTakes(line: String, minutes: Int?) throws {
    let (_, stored, _) = try workshop(opening + ["minutes \(line)"])
    #expect(stored.assessment.workshop?.minutes == minutes ?? 120)
  }

  /// Critical questions stay, and no area is left without any.
  @Test func shorteningLeavesOutWhatIsNotCritical() throws {
    let (console, stored, _) = try workshop(opening + ["shorten 10", "yes", "finish"])
    let out = try #require(stored.assessment.workshop?.leftOut)
    #expect(!out.isEmpty)
    let items = outsideIn.questionnaire.items
    #expect(out.allSatisfy { id in items.first { $0.id == id }?.scored?.critical == false })
    let left = items.filter { $0.core && $0.scored != nil && !out.contains($0.id) }
    #expect(Set(left.compactMap(\.scored?.dimension)).count == 8)
    for id in out { #expect(console.screen.contains(id)) }
    #expect(try workshop(opening + ["shorten 10", "no"]).stored.assessment.workshop?.leftOut.isEmpty == true)
  }

  @Test func theMostMixedComeFirstAndNoMoreThanThereIsTimeFor() throws {
    let (console, _, _) = try workshop(
      opening + ["0 3 0 6 0", "goto own-empower", "5 0 0 0 4", "goto emo-feel", "0 0 9 0 0", "disputed"])
    let list = console.screen.components(separatedBy: "> disputed").last ?? ""
    let first = try #require(list.range(of: "own-empower")?.lowerBound)
    let second = try #require(list.range(of: "own-who")?.lowerBound)
    #expect(
      first < second
        && !list.contains("emo-feel  What do you know of how customers feel once they have dealt with you?"))
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
    #expect(Self.tally(stored.assessment, "own-who") == [0, 2, 4, 2, 0])
    #expect(!console.screen.contains("missing. Enter"))
  }

  /// Nothing that is typed while a commitment is worded takes an answer back or leads away.
  @Test func undoAndBackStayAtTheCommitment() throws {
    let (_, stored, _) = try workshop(
      opening + Self.allVoted + [
        "finish", "(empty)", "2", "(empty)", "1", "skip", "undo", "back", "Cleo", "(empty)", "(empty)", "no",
      ])
    #expect(stored.assessment.commitments?.map(\.owner) == ["Cleo"])
    #expect(stored.assessment.moments(in: outsideIn.questionnaire).map(\.moment) == ["Waiting"])
    #expect(stored.assessment.finishedAt != nil)
  }

  /// What the plan says of a settlement against the vote it says whether or not its reason stays in the room.
  @Test func thePlanSaysWhatWasVoted() throws {
    let (console, _, files) = try workshop(
      opening + [
        "0 7 2 0 0", "settle 4 seen it", "yes", "never met one", "goto own-empower", "unclear which rule",
      ]
        + Self.allVoted.dropFirst(4)
        + ["finish", "(empty)", "2", "(empty)", "skip", "yes", "1", "(empty)", "yes"])
    let plan = try #require(files.values.first)
    #expect(plan.contains("Voted 1, settled 4") && !plan.contains("seen it"))
    #expect(plan.contains("never met one") && plan.contains("Left open together:"))
    #expect(console.screen.contains("Settled at 4, where the middle is 1: seen it."))
  }

  /// Counts don't take the place of votes that are in without being asked, and a small department is not counted aloud.
  @Test func whatIsInIsNotReplacedUnasked() throws {
    let start = Array(opening.dropLast(3)) + ["anonymous", "(empty)", "(empty)"]
    let (console, kept, _) = try workshop(start + ["pass", "1", "1", "1", "stop", "0 0 0 0 9", "no"])
    #expect(kept.unrevealed.count(of: "own-who") == 3 && console.screen.contains("Counts replace them all"))
    let (_, replaced, _) = try workshop(start + ["pass", "1", "1", "1", "stop", "0 0 0 0 9", "yes"])
    #expect(Self.tally(replaced.assessment, "own-who") == [0, 0, 0, 0, 9])
    let (aloud, none, _) = try workshop(start + ["Billing 2:2"])
    #expect(none.assessment.tallies.isEmpty && aloud.screen.contains("has fewer than five people"))
  }

  /// What was typed keeps its capitals at the welcome, too.
  @Test func whoComesAtTheWelcomeIsSpeltAsTyped() throws {
    let (_, stored, _) = try workshop(
      Array(opening.dropLast(2)) + ["join Ömer Öz, Billing", "(empty)", "(empty)", "1:10"])
    #expect(stored.assessment.raters.last?.name == "Ömer Öz")
    #expect(Self.tally(stored.assessment, "own-who") == [0, 10, 0, 0, 0])
  }

  @Test func aDepartmentAfterTheOther() throws {
    let (console, stored, _) = try workshop(opening + ["Billing 1:2", "Service 2:3", "Sales 3:2, ware 1:2"])
    #expect(console.screen.contains("2 of 9; the next department"))
    #expect(Self.tally(stored.assessment, "own-who") == [0, 4, 3, 2, 0])
    // After the reveal a line of one department is no whole entry either.
    let (_, kept, _) = try workshop(opening + ["0 9 0 0 0", "Billing 1:2", "(empty)", "no"])
    #expect(Self.tally(kept.assessment, "own-who") == [0, 9, 0, 0, 0])
  }

  @Test func whatThereIsTimeForIsOfferedBehindTheCore() throws {
    let (console, stored, _) = try workshop(
      opening + Self.allVoted.dropLast(8) + ["next", "journey", "1:9"])
    #expect(console.screen.contains("There is time for two areas in depth"))
    #expect(stored.assessment.deepened == ["journey"])
    let late = try workshop(
      opening + ["+1800", "say a", "+1800", "say b", "+1800", "say c"] + Self.allVoted.dropLast(8) + ["next"])
    #expect(!late.console.screen.contains("There is time"))
  }

  // MARK: Closing

  /// Every core question voted on, one expectation and the worst moment entered.
  static var allVoted: [String] {
    outsideIn.questionnaire.items.filter { $0.core && $0.scored != nil }.flatMap { item in
      if case .bipolar = item.scored?.form {
        ["goto \(item.id)", "b:9"]
      } else {
        ["goto \(item.id)", "1:5 2:4"]
      }
    } + ["next", "(empty)", "An answer today", "yes", "6 2", "Waiting", "-1", "A window of one hour"]
  }

  @Test func dotsDecideWhatIsProposed() throws {
    let (console, stored, files) = try workshop(
      opening + Self.allVoted + [
        "finish", "(empty)", "2", "2:4 5:6 77:1", "2:40", "2:4 5:6 7:3", "(empty)", "Cleo", "Zoe", "Dan",
        "Hal", "Heating", "yes",
      ])
    #expect(stored.assessment.workshop?.dots.values.sorted() == [3, 4, 6])
    #expect(stored.assessment.commitments?.count == 3)
    #expect(stored.assessment.commitments?.map(\.owner) == ["Cleo", "Zoe, to be asked by Dan", "Hal"])
    #expect(console.screen.contains("“77:1” is no number of the list"))
    #expect(console.screen.contains("40 dots, and 9 people have 27"))
    #expect(files.count == 1 && stored.assessment.finishedAt != nil)
  }

  @Test func nothingPromisedIsSaidOutLoud() throws {
    let (_, stored, _) = try workshop(
      opening + Self.allVoted + [
        "finish", "(empty)", "(empty)", "(empty)", "skip", "no", "skip", "yes", "(empty)", "no",
      ])
    #expect(stored.assessment.commitments == [])
    #expect(stored.assessment.finishedAt != nil)
  }

  @Test func dissentAndParkedMayStayInTheRoom() throws {
    let (console, stored, files) = try workshop(
      opening + [
        "0 4 0 4 1", "settle 4", "seen it", "dissent the boss decided", "park the car park",
        "park the invoice",
      ]
        + Self.allVoted.dropFirst(2)
        + ["finish", "(empty)", "(empty)", "(empty)", "skip", "yes", "2 3", "(empty)", "yes"])
    #expect(stored.assessment.settled["own-who"] == Settlement(answer: .level(4), reason: "seen it"))
    #expect(stored.assessment.parked == ["the invoice"])
    #expect(console.screen.contains("Dissent on own-who: the boss decided"))
    let plan = try #require(files.values.first)
    #expect(
      plan.contains("the invoice") && !plan.contains("the car park") && !plan.contains("the boss decided"))
  }

  @Test func votesThatNobodySawAreOfferedBeforeTheResult() throws {
    let (console, stored, _) = try workshop(
      opening + ["paper", "0 9 0 0 0", "", "", "", "", "finish", "", "reveal", "finish", ""])
    #expect(console.screen.contains("count for nothing: own-who"))
    #expect(stored.assessment.tallies.count == 1)
  }

  /// Both the index of what was voted and of what was settled.
  @Test func theResultSaysBoth() throws {
    let (console, _, _) = try workshop(
      opening + Self.allVoted + ["goto own-who", "settle 4", "seen it", "result"])
    #expect(console.screen.firstMatch(of: /Voted \d+, settled \d+/) != nil)
  }
}
