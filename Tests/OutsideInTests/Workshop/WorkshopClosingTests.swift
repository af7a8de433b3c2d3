import AssessmentModel
import Shell
import Testing

/// The end of a workshop: the result, dots, names, and what may go out.
@Suite struct WorkshopClosingTests {
  @Test func votesThatNobodySawAreOfferedBeforeTheResult() throws {
    let (console, stored, _) = try workshop(
      opening + ["paper", "0 9 0 0 0", "", "", "", "", "finish", "", "reveal", "finish", ""])
    #expect(console.screen.contains("count for nothing: own-who"))
    #expect(stored.assessment.tallies.count == 1)
  }

  /// Both the index of what was voted and of what was settled.
  @Test func theResultSaysBoth() throws {
    let (console, _, _) = try workshop(
      opening + allVoted + ["goto own-who", "settle 4", "seen it", "result"])
    #expect(console.screen.firstMatch(of: /Voted \d+, settled \d+/) != nil)
  }

  @Test func dotsDecideWhatIsProposed() throws {
    let (console, stored, files) = try workshop(
      opening + allVoted + [
        "finish", "(empty)", "2", "2:4 5:6 77:1", "2:40", "2:4 5:6 7:3", "(empty)", "Cleo", "Zoe", "Dan",
        "Hal", "1", "yes",
      ])
    #expect(stored.assessment.workshop?.dots.values.sorted() == [3, 4, 6])
    #expect(stored.assessment.commitments?.count == 3)
    #expect(stored.assessment.commitments?.map(\.owner) == ["Cleo", "Zoe, to be asked by Dan", "Hal"])
    #expect(console.screen.contains("“77:1” is no number of the list"))
    #expect(console.screen.contains("40 dots, and 9 people have 27"))
    #expect(files.count == 1 && stored.assessment.finishedAt != nil)
  }

  /// Nothing that is typed while a commitment is worded takes an answer back or leads away.
  @Test func undoAndBackStayAtTheCommitment() throws {
    let (_, stored, _) = try workshop(
      opening + allVoted + [
        "finish", "(empty)", "2", "(empty)", "1", "skip", "undo", "back", "Cleo", "(empty)", "(empty)", "no",
      ])
    #expect(stored.assessment.commitments?.map(\.owner) == ["Cleo"])
    #expect(stored.assessment.moments(in: outsideIn.questionnaire).map(\.moment) == ["Waiting"])
    #expect(stored.assessment.finishedAt != nil)
  }

  @Test func nothingPromisedIsSaidOutLoud() throws {
    let (_, stored, _) = try workshop(
      opening + allVoted + [
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
        + allVoted.dropFirst(2)
        + [
          "finish", "(empty)", "(empty)", "(empty)", "skip", "yes", "y", "perhaps", "n", "(empty)", "y",
          "(empty)", "yes",
        ])
    #expect(
      stored.assessment.settled["own-who"]
        == Settlement(answer: .level(4), reason: "seen it", dissent: "the boss decided"))
    #expect(stored.assessment.parked == ["the car park", "the invoice"])
    #expect(console.screen.contains("the boss decided"))
    let plan = try #require(files.values.first)
    #expect(
      plan.contains("the invoice") && !plan.contains("the car park") && !plan.contains("the boss decided"))
  }

  /// What the plan says of a settlement against the vote it says whether or not its reason stays in the room.
  @Test func thePlanSaysWhatWasVoted() throws {
    let (console, _, files) = try workshop(
      opening + [
        "0 7 2 0 0", "settle 4 seen it", "yes", "never met one", "goto own-empower", "unclear which rule",
      ]
        + allVoted.dropFirst(4)
        + ["finish", "(empty)", "2", "(empty)", "skip", "yes", "n", "y", "n", "(empty)", "yes"])
    let plan = try #require(files.values.first)
    #expect(plan.contains("Voted 1, settled 4") && !plan.contains("seen it"))
    #expect(plan.contains("never met one") && plan.contains("Left open together:"))
    #expect(console.screen.contains("Settled at 4, where the middle is 1: seen it."))
  }
}
