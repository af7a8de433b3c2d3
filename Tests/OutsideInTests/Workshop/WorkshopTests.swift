import AssessmentModel
import Interview
import Testing

/// A workshop as a value: what each move amounts to, and what is refused.
@Suite struct WorkshopTests {
  static func begun(_ raters: [Rater] = nine, anonymous: Bool = false) throws -> Workshop {
    var workshop = Workshop(
      Interview(
        questionnaire: outsideIn.questionnaire, rater: nil,
        session: Session(workshopAssessment(raters, anonymous: anonymous))),
      unrevealed: UnrevealedVotes())
    try workshop.take(.convene(minutes: 120, cards: .raised), .open)
    return workshop
  }

  static func tally(_ counts: [Int], of department: String? = nil) -> Tally {
    Tally(item: "", department: department, counts: counts)
  }

  static let who = outsideIn.questionnaire.item("own-who")!

  @Test func namedVotesComeOutTogether() throws {
    var workshop = try Self.begun()
    for (place, rater) in nine.enumerated() {
      try workshop.take(.cast(rater.id, .answered(.level(place % 3))))
      #expect(workshop.voted(on: Self.who) == place + 1)
      // Nothing of it is in what conditions, score and documents read.
      #expect(workshop.assessment.responses.isEmpty && workshop.interview.isOpen(Self.who))
    }
    try workshop.take(.reveal)
    #expect(workshop.standing(of: Self.who) == .revealed(round: 1))
    #expect(workshop.votes(on: Self.who, round: 1).counts == [3, 3, 3, 0, 0])
    #expect(workshop.unrevealed == UnrevealedVotes())
    #expect(!workshop.interview.isOpen(Self.who))
  }

  @Test func aVoteCastAgainReplacesTheFirst() throws {
    var workshop = try Self.begun()
    try workshop.take(.cast("r1", .answered(.level(4))), .cast("r1", .dontKnow))
    #expect(workshop.voted(on: Self.who) == 1)
  }

  @Test func anonymousVotesLeadToNobody() throws {
    var workshop = try Self.begun(anonymous: true)
    // A name that is given all the same is dropped.
    try workshop.take(
      .cast("r3", .answered(.level(1))), .castUnnamed([.answered(.level(1)), .dontKnow]))
    #expect(workshop.unrevealed.named.isEmpty)
    try workshop.take(.reveal)
    #expect(workshop.assessment.responses.isEmpty)
    #expect(workshop.assessment.tallies.map(\.counts) == [[0, 2, 0, 0, 0]])
    #expect(workshop.assessment.tallies.map(\.dontKnow) == [1])
  }

  @Test func fewerThanThreeAnonymousVotesAreNotRevealed() throws {
    var workshop = try Self.begun(anonymous: true)
    try workshop.take(.castUnnamed([.dontKnow, .dontKnow]))
    #expect(throws: MoveRefusal.self) { try workshop.take(.reveal) }
    #expect(throws: MoveRefusal.self) { try workshop.take(.enter([Self.tally([0, 2, 0, 0, 0])])) }
    #expect(workshop.assessment.tallies.isEmpty)
  }

  /// Who comes during a question votes from the next one on, who is away is missing from none.
  @Test func whoIsExpectedIsWhoIsThere() throws {
    var workshop = try Self.begun()
    #expect(workshop.voters(on: Self.who).count == 9)
    // Before anybody has voted nobody is late.
    var early = workshop
    try early.take(.join(Rater(id: "r10", name: "Kim", department: "Sales")))
    #expect(early.voters(on: Self.who).count == 10)
    workshop.go(to: "met-target")
    try workshop.take(.open, .enter([Self.tally([0, 9, 0, 0, 0])]))
    workshop.go(to: "own-who")
    try workshop.take(.join(Rater(id: "r10", name: "Kim", department: "Sales")))
    #expect(workshop.voters(on: Self.who).count == 9)
    #expect(throws: MoveRefusal.self) { try workshop.take(.cast("r10", .dontKnow)) }
    try workshop.take(.leave("r1"))
    #expect(workshop.voters(on: Self.who).count == 8)
    try workshop.take(.comeBack("r1"), .leave("r2"))
    // Who comes back while a question is open votes on it, whenever it was begun.
    var other = try Self.begun()
    try other.take(.leave("r9"))
    other.go(to: "own-empower")
    try other.take(.open, .comeBack("r9"))
    #expect(other.voters(on: outsideIn.questionnaire.item("own-empower")!).count == 9)
    #expect(workshop.voters(on: Self.who).map(\.name).contains("Ana"))
    try workshop.take(.enter([Self.tally([0, 8, 0, 0, 0])]))
    workshop.go(to: "own-empower")
    try workshop.take(.open)
    let empower = outsideIn.questionnaire.item("own-empower")!
    #expect(workshop.voters(on: empower).count == 9)
    #expect(workshop.voters(on: empower).map(\.name).contains("Kim"))
  }

  /// A vote that was cast stays when somebody leaves and comes back, and counts once.
  @Test func whoComesBackCountsOnce() throws {
    var workshop = try Self.begun()
    try workshop.take(
      .cast("r1", .answered(.level(2))), .leave("r1"), .comeBack("r1"), .cast("r1", .answered(.level(3))))
    #expect(workshop.voted(on: Self.who) == 1)
  }

  /// Who leaves behind a vote stays expected: the others are still missing.
  @Test func whoLeavesHidesNobodyWhoHasNotVoted() throws {
    var named = try Self.begun()
    for rater in ["r1", "r2", "r3", "r4"] { try named.take(.cast(rater, .dontKnow)) }
    try named.take(.leave("r2"), .leave("r3"), .leave("r9"))
    #expect(named.voters(on: Self.who).count == 8)
    var counted = try Self.begun(anonymous: true)
    try counted.take(.castUnnamed(Array(repeating: .dontKnow, count: 5)), .leave("r1"), .leave("r2"))
    #expect(counted.voters(on: Self.who).count == 9)
  }

  /// Of one or two votes everybody would know whose they are.
  @Test func oneOrTwoVotesOfManyAreNotShown() throws {
    var workshop = try Self.begun()
    try workshop.take(.cast("r1", .dontKnow), .cast("r2", .dontKnow))
    #expect(throws: MoveRefusal.self) { try workshop.take(.reveal) }
    try workshop.take(.cast("r3", .dontKnow), .reveal)
    var two = try Self.begun(Array(nine.prefix(2)))
    try two.take(.cast("r1", .dontKnow), .cast("r2", .dontKnow), .reveal)
  }

  @Test func noMoreVotesThanPeople() throws {
    var workshop = try Self.begun()
    #expect(throws: MoveRefusal.notNow("That makes 10, and 9 are here.")) {
      try workshop.take(.enter([Self.tally([0, 10, 0, 0, 0])]))
    }
    #expect(throws: MoveRefusal.self) { try workshop.take(.count([Self.tally([9, 9, 0, 0, 0])])) }
    #expect(throws: MoveRefusal.self) {
      try workshop.take(.enter([Self.tally([0, 3, 0, 0, 0], of: "Billing")]))
    }
    #expect(throws: MoveRefusal.self) { try workshop.take(.enter([Self.tally([0, 0, 0, 0, 0])])) }
  }

  /// A department stands behind its counts from five people on; else they count without it.
  @Test func aSmallDepartmentIsNotNamed() throws {
    let raters = (1...8).map { Rater(id: "r\($0)", name: "N\($0)", department: $0 < 6 ? "Sales" : "Ops") }
    var workshop = try Self.begun(raters)
    try workshop.take(
      .enter([Self.tally([0, 5, 0, 0, 0], of: "sales"), Self.tally([0, 0, 3, 0, 0], of: "Ops")]))
    // Three of Ops would be what is left beside five of Sales.
    #expect(workshop.assessment.tallies.map(\.department) == [nil])
  }

  @Test func aQuestionIsCountedOrNamedAsAWhole() throws {
    var counted = try Self.begun()
    try counted.take(.count([Self.tally([0, 3, 0, 0, 0])]))
    #expect(throws: MoveRefusal.self) { try counted.take(.cast("r1", .dontKnow)) }
    // What the room shows by cards stands for whoever had voted by name, and no name is left.
    var named = try Self.begun()
    try named.take(.cast("r1", .dontKnow), .enter([Self.tally([0, 9, 0, 0, 0])]))
    #expect(named.unrevealed == UnrevealedVotes() && named.assessment.responses.isEmpty)
    #expect(named.votes(on: Self.who, round: 1).all == 9)
    // Where a later round is counted, the one before is counts from then on, too.
    var later = try Self.begun()
    for rater in nine { try later.take(.cast(rater.id, .answered(.level(1)))) }
    try later.take(.reveal, .revote, .enter([Self.tally([0, 4, 5, 0, 0])]))
    #expect(later.assessment.responses.isEmpty)
    #expect(later.assessment.tallies.map(\.counts) == [[0, 9, 0, 0, 0], [0, 4, 5, 0, 0]])
    // What was revealed by name is not replaced by counts.
    var shown = try Self.begun()
    for rater in nine { try shown.take(.cast(rater.id, .answered(.level(1)))) }
    try shown.take(.reveal)
    #expect(throws: MoveRefusal.self) { try shown.take(.enter([Self.tally([0, 9, 0, 0, 0])])) }
  }

  /// Counts that were entered wrong are entered anew, before the reveal and after it.
  @Test func anEntryIsReplacedAsAWhole() throws {
    var workshop = try Self.begun()
    try workshop.take(.count([Self.tally([9, 0, 0, 0, 0])]), .count([Self.tally([0, 0, 0, 0, 9])]), .reveal)
    #expect(workshop.votes(on: Self.who, round: 1).counts == [0, 0, 0, 0, 9])
    try workshop.take(.enter([Self.tally([0, 4, 5, 0, 0])]))
    #expect(workshop.votes(on: Self.who, round: 1).counts == [0, 4, 5, 0, 0])
    #expect(workshop.assessment.tallies.count == 1)
  }

  @Test func threeRoundsAreKept() throws {
    var workshop = try Self.begun()
    for round in 1...3 {
      #expect(workshop.standing(of: Self.who) == .voting(round: round))
      var counts = [0, 0, 0, 0, 0]
      counts[round] = 9
      try workshop.take(.enter([Self.tally(counts)]))
      if round < 3 { try workshop.take(.revote) }
    }
    #expect(throws: MoveRefusal.self) { try workshop.take(.revote) }
    #expect((1...3).map { workshop.votes(on: Self.who, round: $0).counts[$0] } == [9, 9, 9])
  }

  @Test func whatWasPromisedStaysWithTheFirstVote() throws {
    var workshop = try Self.begun()
    try workshop.take(.promise(anonymous: true), .promise(anonymous: false), .cast("r1", .dontKnow))
    #expect(throws: MoveRefusal.self) { try workshop.take(.promise(anonymous: true)) }
  }

  /// No order of people tells whom the others would follow.
  @Test func nothingTellsWhoSpeaksLast() throws {
    var raters = nine
    raters[0].last = true
    let workshop = try Self.begun(raters)
    #expect(workshop.present.map(\.name) == nine.map(\.name))
    #expect(workshop.voters(on: Self.who).map(\.name) == nine.map(\.name))
  }

  /// What is left beside the departments that are named can be subtracted: it is not a small one either.
  @Test(
    arguments: [
      // Six of Nursing, four of Medicine, two of Reception.
      ([6, 4, 2], [nil, "Nursing"]), ([6, 4, 0], [nil]), ([6, 0, 0], ["Nursing"]),
      ([5, 4, 2], [nil, "Nursing"]),
      ([6, 2, 2], [nil]),
    ] as [([Int], [String?])])
  func aSmallRestIsNotTold(votes: [Int], departments: [String?]) throws {
    let sizes = [("Nursing", 6), ("Medicine", 4), ("Reception", 2)]
    var raters: [Rater] = []
    for (name, size) in sizes {
      for _ in 0..<size {
        raters.append(Rater(id: "r\(raters.count)", name: "N\(raters.count)", department: name))
      }
    }
    var workshop = try Self.begun(raters, anonymous: true)
    let tallies = zip(sizes, votes).filter { $1 > 0 }.map { Self.tally([0, $1, 0, 0, 0], of: $0.0) }
    try workshop.take(.enter(tallies))
    #expect(workshop.assessment.tallies.map(\.department) == departments)
    #expect(workshop.assessment.tallies.reduce(0) { $0 + $1.votes } == votes.reduce(0, +))
  }

  @Test func anEditOfAFinishedWorkshopOpensItAgain() throws {
    var workshop = try Self.begun()
    try workshop.take(.enter([Self.tally([0, 9, 0, 0, 0])]))
    workshop.interview.session.apply(.finished(at: noon))
    try workshop.take(.say("as in a shop"), .leave("r1"))
    #expect(workshop.assessment.finishedAt != nil)
    try workshop.take(.settle(.level(1), reason: nil))
    #expect(workshop.assessment.finishedAt == nil)
  }

  /// With votes that nobody has seen; whose votes were shown stays.
  @Test func whoseVotesNobodyHasSeenCanBeTakenOffTheList() throws {
    var workshop = try Self.begun()
    for rater in nine.prefix(4) { try workshop.take(.cast(rater.id, .dontKnow)) }
    try workshop.take(.dismiss("r1"), .dismiss("r9"))
    #expect(workshop.staff.count == 7 && workshop.voted(on: Self.who) == 3)
    try workshop.take(.reveal)
    #expect(throws: MoveRefusal.self) { try workshop.take(.dismiss("r2")) }
  }

  /// Settled again and again above the vote: somebody should be asked who wishes it so.
  @Test func settlementsInOneDirectionAreCounted() throws {
    var workshop = try Self.begun()
    for item in workshop.interview.scoredItems.prefix(4) {
      workshop.go(to: item.id)
      let top = item.scored!.oriented(4)
      try workshop.take(
        .open, .enter([Self.tally([0, 0, 9, 0, 0])]), .settle(.level(top), reason: "it is so"))
    }
    #expect(workshop.settledAgainstVotes == (4, 0))
  }

  /// What is stored is what was: every event of a workshop reads back as it was written.
  @Test func eventsReadBackAsTheyWereWritten() throws {
    let response = Response(key: .init(item: "own-who", rater: "r1"), answer: .answered(.level(3)), at: noon)
    let tally = Tally(item: "own-who", round: 2, counts: [0, 1, 2, 3, 4], dontKnow: 1, notApplicable: 2)
    let events: [SessionEvent] = [
      .convened(minutes: 90, cards: .collected), .promised(anonymous: true),
      .attended(rater: "r1", isPresent: false),
      .roundOpened(item: "own-who", OpenRound(round: 2, voters: ["r2", "r1"])),
      .roundDropped(item: "own-who"),
      .revealed(Reveal(item: "own-who", round: 2, responses: [response], tallies: [tally])),
      .settled(item: "own-who", Settlement(answer: .dontKnow, reason: "é", dissent: "\"no\"")),
      .settled(item: "own-who", nil), .supported(item: "own-who", TeamEvidence(grade: .measured, note: "日本")),
      .supported(item: "own-who", nil), .said(item: "own-who", "as in a shop"),
      .shortened(leftOut: ["b", "a"]),
      .spent(section: "current", seconds: 90), .spent(section: nil, seconds: 5), .dotted(["a-1": 3]),
      .withdrawn(topic: "the car park"), .dismissed(rater: "r2"),
      .rated(Rater(id: "r1", name: "Ana", last: true, named: true)),
    ]
    for event in events {
      let text = event.json.text()
      #expect(try SessionEvent(JSONDocument(parsing: text).root) == event, "\(text)")
    }
  }
}

extension Workshop {
  /// Carries out moves one after the other.
  mutating func take(_ moves: WorkshopMove...) throws {
    for move in moves { apply(try changes(for: move, at: noon)) }
  }

  mutating func go(to item: String) { interview.session.apply(.visited(item: item)) }

  mutating func undo() { interview.session.apply(.undone) }
}
