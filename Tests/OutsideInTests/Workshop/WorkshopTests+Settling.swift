import AssessmentModel
import Interview
import Testing

/// Settling and taking back.
extension WorkshopTests {
  /// Any answer but the middle of the last round needs a reason; where votes are even, either is the middle.
  @Test(
    arguments: [
      ([0, 4, 0, 4, 1], [3], [0, 1, 2, 4]), ([0, 4, 0, 4, 0], [1, 3], [0, 2, 4]),
      ([0, 0, 9, 0, 0], [2], [0, 1, 3, 4]),
    ] as [([Int], [Int], [Int])])
  func aReasonForAllButTheMiddle(counts: [Int], free: [Int], others: [Int]) throws {
    var workshop = try Self.begun()
    try workshop.take(.enter([Self.tally(counts)]))
    for level in free { try workshop.take(.settle(.level(level), reason: nil)) }
    for level in others {
      #expect(throws: MoveRefusal.self, "\(level)") { try workshop.take(.settle(.level(level), reason: nil)) }
      try workshop.take(.settle(.level(level), reason: "seen it"))
    }
    #expect(throws: MoveRefusal.self) { try workshop.take(.settle(.dontKnow, reason: nil)) }
  }

  /// What is voted on again is not settled any more, and no undo settles it.
  @Test func aRevoteOpensWhatWasSettled() throws {
    var workshop = try Self.begun()
    try workshop.take(.enter([Self.tally([0, 4, 0, 4, 1])]), .settle(.level(3), reason: nil), .revote)
    #expect(workshop.standing(of: Self.who) == .voting(round: 2))
    try workshop.take(.enter([Self.tally([0, 9, 0, 0, 0])]))
    workshop.undo()
    #expect(workshop.standing(of: Self.who) == .revealed(round: 2))
  }

  @Test func nothingIsSettledBeforeTheVote() throws {
    var workshop = try Self.begun()
    #expect(throws: MoveRefusal.self) { try workshop.take(.settle(.level(2), reason: "quick")) }
    try workshop.take(.count([Self.tally([0, 9, 0, 0, 0])]))
    #expect(throws: MoveRefusal.self) { try workshop.take(.settle(.level(1), reason: "quick")) }
    #expect(throws: MoveRefusal.self) { try workshop.take(.dissent("no")) }
  }

  @Test func undoTakesBackWhatWasSettledAndNeverAVote() throws {
    var workshop = try Self.begun()
    try workshop.take(.enter([Self.tally([0, 4, 0, 4, 1])]))
    #expect(workshop.interview.session.nextUndo == nil)
    try workshop.take(.settle(.level(3), reason: nil), .dissent("we don't"), .dissent("nor we"))
    try workshop.take(.support(TeamEvidence(grade: .document, note: "minutes")))
    #expect(workshop.assessment.settled["own-who"]?.dissent == "we don't; nor we")
    workshop.undo()
    #expect(workshop.assessment.teamEvidence.isEmpty)
    workshop.undo()
    #expect(workshop.assessment.settled["own-who"]?.dissent == "we don't")
    workshop.undo()
    workshop.undo()
    #expect(workshop.standing(of: Self.who) == .revealed(round: 1))
    #expect(workshop.interview.session.nextUndo == nil)
    #expect(workshop.votes(on: Self.who, round: 1).all == 9)
  }

  @Test func unclearDropsTheVotesUnseen() throws {
    var workshop = try Self.begun()
    try workshop.take(.count([Self.tally([0, 9, 0, 0, 0])]), .unclear("what is trouble"))
    #expect(workshop.unrevealed == UnrevealedVotes())
    #expect(
      workshop.assessment.settled["own-who"]
        == Settlement(answer: .dontKnow, reason: "unclear: what is trouble"))
    #expect(workshop.assessment.tallies.isEmpty)
    workshop.undo()
    #expect(workshop.standing(of: Self.who) == .voting(round: 1))
  }
}
