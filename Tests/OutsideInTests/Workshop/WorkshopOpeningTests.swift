import AssessmentModel
import Shell
import Testing

/// What comes before the first question: who is there, what is promised, and coming back.
@Suite struct WorkshopOpeningTests {
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

  @Test func aNumberOfPeopleWillDo() throws {
    let (_, stored, _) = try workshop(["9"] + opening + ["2:9"], assessment: workshopAssessment([]))
    #expect(stored.assessment.raters.map(\.name) == (1...9).map { "P\($0)" })
    #expect(tally(stored.assessment, "own-who") == [0, 0, 9, 0, 0])
  }

  @Test func preparedTheDayBeforeItOpensAtTheWelcome() throws {
    let (_, before, _) = try workshop(Array(opening.dropLast()) + ["quit"])
    #expect(before.assessment.position == "own-who" && before.assessment.tallies.isEmpty)
  }

  /// What was typed keeps its capitals at the welcome, too.
  @Test func whoComesAtTheWelcomeIsSpeltAsTyped() throws {
    let (_, stored, _) = try workshop(
      Array(opening.dropLast(2)) + ["join Ömer Öz, Billing", "(empty)", "(empty)", "1:10"])
    #expect(stored.assessment.raters.last?.name == "Ömer Öz")
    #expect(tally(stored.assessment, "own-who") == [0, 10, 0, 0, 0])
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

  /// Who comes before anybody has voted votes with the others; later, from the next question on.
  @Test func whoComesIsToldWhenTheyVote() throws {
    let early = try workshop(opening + ["join Zoe, Sales", "(empty)", "who"]).console.screen
    #expect(early.contains("Zoe of Sales is here, and votes from the first question on."))
    #expect(early.contains("own-who (10 votes)"))
    let late = try workshop(opening + ["0 9 0 0 0", "join Zoe, Sales", "(empty)", "who"]).console.screen
    #expect(late.contains("Zoe of Sales is here, and votes from the next question on."))
    #expect(late.contains("own-empower (10 votes)"))
  }

  @Test func quitLeavesTheOpening() throws {
    for lines in [[], ["(empty)"], ["(empty)", "yes"], ["(empty)", "no"], ["(empty)", "no", "(empty)"]] {
      let (console, stored, _) = try workshop(lines + ["quit", "Ana"])
      #expect(console.screen.hasSuffix("goes on from here.\n"), "\(lines)")
      #expect(stored.assessment.position == (lines.count > 2 ? "own-who" : nil))
    }
    let (console, stored, _) = try workshop(["quit"], assessment: workshopAssessment([]))
    #expect(console.screen.contains("Everything is saved.") && stored.assessment.raters.isEmpty)
  }

  /// What was promised when it was prepared is what Enter keeps.
  @Test func enterKeepsWhatWasPromised() throws {
    var prepared = workshopAssessment(anonymous: true)
    prepared.anonymous = true
    let (console, stored, _) = try workshop(
      ["(empty)", "no", "(empty)", "(empty)", "(empty)", "(empty)", "explain exp-promise"],
      assessment: prepared)
    #expect(console.screen.contains("anonymous (Enter) or named> ") && stored.assessment.anonymous)
    // Which end is which is not told before the vote.
    let (asked, _, _) = try workshop(opening + ["explain exp-promise", "explain own-who"])
    #expect(
      asked.screen.contains("exp-promise is not voted on yet")
        && !asked.screen.contains("own-who is not voted on"))
  }

  /// Where time has to be saved, none is planned for more questions.
  @Test func whatIsSavedIsNotSpent() throws {
    let (console, _, _) = try workshop(opening + ["agenda", "shorten 10", "yes", "agenda"])
    let parts = console.screen.components(separatedBy: "Left out, ")
    #expect(parts.count == 2 && parts[0].contains("in depth") && !parts[1].contains("in depth"))
  }
}
