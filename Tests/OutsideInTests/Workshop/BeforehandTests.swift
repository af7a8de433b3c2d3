import AssessmentModel
import Interview
import Scoring
import Testing

@testable import Interchange

/// What was answered before a workshop, and what the room says: each person counts once.
@Suite struct BeforehandTests {
  static let who = outsideIn.questionnaire.item("own-who")!

  /// A form's table with names, or without.
  static func form(_ rows: [(name: String, levels: [String: Int])], names: Bool = true) throws -> FormTable {
    let items = ["own-who", "own-empower", "emo-feel", "exp-outcome"]
    let header = (names ? ["Name"] : ["ID"]) + items.map { "[\($0)]" }
    let lines = rows.enumerated().map { place, row in
      [names ? row.name : "\(place)"] + items.map { row.levels[$0].map(String.init) ?? "" }
    }
    let text = ([header] + lines).map { $0.joined(separator: ",") }.joined(separator: "\r\n")
    return try FormTable.read(Array(text.utf8), outsideIn.questionnaire)
  }

  static func rows(_ names: [String], _ level: Int) -> [(name: String, levels: [String: Int])] {
    names.map { ($0, ["own-who": level, "own-empower": level]) }
  }

  /// The form on Tuesday of four, one of them not on the list; on Thursday all nine raise cards.
  @Test func cardsTakeThePlaceOfThePresentOnly() throws {
    var workshop = try WorkshopTests.begun()
    try workshop.take(form: Self.form(Self.rows(["Ana", "Ben", "Cleo", "Zoe"], 0)))
    // Nobody sees anything of it; who is new is not in the room.
    #expect(workshop.assessment.responses.isEmpty && workshop.voted(on: Self.who) == 4)
    #expect(workshop.assessment.raters.count == 10 && workshop.present.count == 9)
    #expect(workshop.expected(on: Self.who) == 10)
    try workshop.take(.enter([WorkshopTests.tally([0, 0, 0, 0, 9])]))
    #expect(workshop.votes(on: Self.who, round: 1).counts == [1, 0, 0, 0, 9])
    // Again in the second round, and not once she is there herself.
    try workshop.take(.revote, .enter([WorkshopTests.tally([0, 0, 0, 9, 0])]))
    #expect(workshop.votes(on: Self.who, round: 2).counts == [1, 0, 0, 9, 0])
    let zoe = try #require(workshop.assessment.raters.last)
    try workshop.take(.revote, .comeBack(zoe.id), .enter([WorkshopTests.tally([0, 0, 10, 0, 0])]))
    #expect(workshop.votes(on: Self.who, round: 3).counts == [0, 0, 10, 0, 0])
    // And nothing is left behind.
    for change in workshop.leftovers { workshop.unrevealed.apply(change) }
    #expect(workshop.unrevealed.named.keys.allSatisfy { $0.item != "own-who" })
  }

  /// Whoever answered beforehand is not asked by the keyboard; all come out by name together.
  @Test func passAsksTheOthers() throws {
    var workshop = try WorkshopTests.begun()
    try workshop.take(form: Self.form(Self.rows(["Ana", "Ben"], 1)))
    for rater in nine.dropFirst(2) { try workshop.take(.cast(rater.id, .answered(.level(3)))) }
    #expect(workshop.voted(on: Self.who) == 9 && workshop.expected(on: Self.who) == 9)
    try workshop.take(.reveal)
    #expect(workshop.votes(on: Self.who, round: 1).counts == [0, 2, 0, 7, 0])
    #expect(workshop.assessment.responses.to("own-who").count == 9)
  }

  /// Collected cards: who was in the room when they were counted has voted, whatever a form says later.
  @Test func countedCardsHoldWhoeverWasThere() throws {
    var workshop = try WorkshopTests.begun()
    try workshop.take(.count([WorkshopTests.tally([0, 0, 0, 0, 9])]), .leave("r1"))
    let merge = try workshop.take(form: Self.form(Self.rows(["Ana", "Ben", "Zoe"], 0)))
    #expect(merge.skipped == [.init(item: "own-who", reason: .counted, answers: 2)])
    try workshop.take(.reveal)
    #expect(workshop.votes(on: Self.who, round: 1).counts == [1, 0, 0, 0, 9])
  }

  /// The same table with two rows more adds these two; what was shown as counts takes nothing more.
  @Test func theSameFormAgainAddsWhatIsNew() throws {
    var workshop = try WorkshopTests.begun()
    try workshop.take(form: Self.form(Self.rows(["Ana", "Ben"], 1)))
    #expect(try workshop.take(form: Self.form(Self.rows(["Ana", "Ben"], 1))).unrevealed.isEmpty)
    try workshop.take(form: Self.form(Self.rows(["Ana", "Ben", "Cleo", "Zoe"], 1)))
    #expect(workshop.voted(on: Self.who) == 4)
    try workshop.take(.enter([WorkshopTests.tally([0, 0, 9, 0, 0])]))
    let merge = try workshop.take(form: Self.form(Self.rows(["Ana", "Ben", "Cleo", "Zoe", "Max"], 1)))
    #expect(merge.skipped == [.init(item: "own-who", reason: .counted, answers: 5)])
    #expect(workshop.votes(on: Self.who, round: 1).all == 10)
    // Nor does what came out by name: the difference would be that one vote.
    var named = try WorkshopTests.begun()
    try named.take(form: Self.form(Self.rows(["Ana", "Ben", "Cleo"], 1)))
    try named.take(.reveal)
    let late = try named.take(form: Self.form(Self.rows(["Ana", "Ben", "Cleo", "Zoe"], 1)))
    #expect(late.skipped == [.init(item: "own-who", reason: .shown, answers: 1)])
    #expect(named.votes(on: Self.who, round: 1).all == 3 && named.interview.session.nextUndo == nil)
  }

  /// Before the reveal a conflict tells the place, after it the answers; nothing is taken.
  @Test func conflictsAreTold() throws {
    var workshop = try WorkshopTests.begun()
    try workshop.take(form: Self.form(Self.rows(["Ana", "Ben", "Cleo"], 1)))
    let before = workshop
    func conflicts(_ level: Int) throws -> [FormProblem.FormConflict] {
      let form = try Self.form(Self.rows(["Dan", "Ana"], level))
      do throws(FormProblem) {
        _ = try merge(
          form, into: workshop.assessment, workshop.unrevealed,
          questionnaire: outsideIn.questionnaire)
        return []
      } catch {
        guard case .conflicts(let conflicts) = error else { throw error }
        return conflicts
      }
    }
    var told = try conflicts(2)
    #expect(
      told.map { "\($0.row)\($0.column) \($0.conflict.item) \($0.conflict.name)" } == [
        "3B own-who Ana", "3C own-empower Ana",
      ])
    #expect(told.allSatisfy { $0.conflict.answers == nil } && workshop == before)
    try workshop.take(.reveal)
    told = try conflicts(2)
    #expect(told.map { $0.conflict.answers?.present } == [.answered(.level(1)), nil])
    // Where somebody says so, the file's answers count.
    try workshop.take(form: Self.form(Self.rows(["Ana"], 4)), replacing: true)
    #expect(workshop.votes(on: Self.who, round: 1).counts == [0, 2, 0, 0, 1])
    // No undo takes a vote back.
    #expect(workshop.interview.session.nextUndo == nil)
  }

  /// Ana Lindgren of the form may be Ana of the list: counted as two she would count twice.
  @Test(arguments: [
    ("Ana Lindgren", true), ("Lindgren, Ana", true), ("Anna", true), ("Cloe", true), ("Zoe", false),
    ("Ana-Maria", true),
  ])
  func namesThatMayBeSomebodysAreAsked(name: String, isNear: Bool) throws {
    let workshop = try WorkshopTests.begun()
    let form = try Self.form([("\"\(name)\"", ["own-who": 1])])
    do throws(FormProblem) {
      _ = try merge(form, into: workshop.assessment, questionnaire: outsideIn.questionnaire)
      #expect(!isNear)
    } catch {
      guard case .nearNames(let names) = error else { throw error }
      #expect(isNear && names.map(\.row) == [2])
    }
  }

  // MARK: Without names

  @Test func fewerThanThreeRowsWithoutNamesAreNotTaken() throws {
    let workshop = try WorkshopTests.begun(anonymous: true)
    #expect(throws: FormProblem.tooFew(2)) {
      try merge(
        Self.form(Self.rows(["", ""], 1), names: false), into: workshop.assessment,
        questionnaire: outsideIn.questionnaire)
    }
  }

  /// Nobody knows who filled it in: what the room shows takes its place, unless it is of people who are not there.
  @Test(arguments: [false, true])
  func countsOfAFormStandApart(isOfAbsent: Bool) throws {
    var workshop = try WorkshopTests.begun(anonymous: true)
    try workshop.take(form: Self.form(Self.rows(["", "", ""], 0), names: false), isOfAbsent: isOfAbsent)
    try workshop.take(form: Self.form(Self.rows(["", "", "", "", ""], 0), names: false))
    #expect(workshop.voted(on: Self.who) == 5 && workshop.unrevealed.tallies.isEmpty)
    var shown = workshop
    try shown.take(.reveal)
    #expect(shown.votes(on: Self.who, round: 1).counts == [5, 0, 0, 0, 0])
    try workshop.take(.enter([WorkshopTests.tally([0, 0, 0, 0, 9])]))
    #expect(workshop.votes(on: Self.who, round: 1).counts == [isOfAbsent ? 5 : 0, 0, 0, 0, 9])
    let merge = try workshop.take(form: Self.form(Self.rows(["", "", "", "", "", ""], 0), names: false))
    #expect(merge.skipped == [.init(item: "own-who", reason: .counted, answers: 6)])
  }

  /// What the form said before has to be in its next export.
  @Test func anotherFormIsNotTakenForTheSame() throws {
    var workshop = try WorkshopTests.begun(anonymous: true)
    try workshop.take(form: Self.form(Self.rows(["", "", ""], 0), names: false))
    #expect(throws: FormProblem.otherContent(["own-who", "own-empower"])) {
      try workshop.take(form: Self.form(Self.rows(["", "", ""], 1), names: false))
    }
    try workshop.take(form: Self.form(Self.rows(["", "", ""], 1), names: false), replacing: true)
    #expect(workshop.voted(on: Self.who) == 3)
  }

  /// Counts and names never meet on a question.
  @Test func countsAndNamesDoNotMix() throws {
    var workshop = try WorkshopTests.begun()
    try workshop.take(.cast("r1", .answered(.level(1))))
    let merge = try workshop.take(form: Self.form(Self.rows(["", "", ""], 0), names: false))
    #expect(merge.skipped == [.init(item: "own-who", reason: .named, answers: 3)])
    let other = try workshop.take(form: Self.form(Self.rows(["Ben"], 0)))
    #expect(other.skipped == [.init(item: "own-empower", reason: .inAForm, answers: 1)])
  }

  /// Names are dropped where anonymity was promised, and where the list has none.
  @Test func namesAreDropped() throws {
    var workshop = try WorkshopTests.begun(anonymous: true)
    try workshop.take(form: Self.form(Self.rows(["Ana", "Ben", "Cleo"], 1)))
    #expect(workshop.unrevealed.named.isEmpty && workshop.voted(on: Self.who) == 3)
    let nobodies = (1...6).map { Rater(id: "r\($0)", name: "P\($0)") }
    var unnamed = try WorkshopTests.begun(nobodies)
    try unnamed.take(form: Self.form(Self.rows(["Ana", "Ben", "Cleo"], 1)))
    #expect(unnamed.unrevealed.named.isEmpty && unnamed.assessment.raters.count == 6)
  }

  // MARK: Documents

  /// What a colleague answered alone is a first vote, with what stands beside it; nobody sees it before the reveal.
  @Test func aDocumentIsAFirstVote() throws {
    var workshop = try WorkshopTests.begun()
    var alone = MergeTests.solo(name: "Ana")
    alone.organization = "Acme"
    alone.responses[.init(item: "own-who", rater: "r1")]?.evidence = .document
    alone.responses[.init(item: "own-who", rater: "r1")]?.evidenceNote = "minutes of March"
    try workshop.take(document: alone)
    #expect(workshop.assessment.responses.isEmpty && workshop.voted(on: Self.who) == 1)
    for rater in nine.dropFirst() { try workshop.take(.cast(rater.id, .answered(.level(2)))) }
    try workshop.take(.reveal)
    let ana = workshop.assessment.responses[.init(item: "own-who", rater: "r1")]
    #expect(ana?.level == 3 && ana?.evidenceNote == "minutes of March")
    // The same document again changes nothing.
    #expect(try workshop.take(document: alone).unrevealed.isEmpty)
    // Where cards stand for her, what shows it stays.
    var cards = try WorkshopTests.begun()
    try cards.take(document: alone)
    try cards.take(.enter([WorkshopTests.tally([0, 0, 9, 0, 0])]))
    #expect(cards.votes(on: Self.who, round: 1).counts == [0, 0, 9, 0, 0])
    #expect(cards.assessment.responses.map(\.evidenceNote) == ["minutes of March"])
    #expect(cards.assessment.responses.allSatisfy { $0.answer == .open })
  }

  /// What a group records together is not recorded for it by somebody alone, nor is more asked of it.
  @Test func recordsAreLeftToTheGroup() throws {
    var workshop = try WorkshopTests.begun()
    var alone = MergeTests.solo(name: "Ana")
    alone.organization = "Acme"
    alone.deepened = ["journey"]
    alone.responses[.init(item: "exp-list", rater: nil)] = Response(
      key: .init(item: "exp-list", rater: nil),
      answer: .answered(.expectations([Expectation(expectation: "An answer")])))
    let merge = try workshop.take(document: alone)
    #expect(merge.leftToTheGroup == ["exp-list"] && workshop.assessment.deepened.isEmpty)
    #expect(workshop.assessment.record("exp-list") == nil)
  }

  /// A wrong name is taken off the list with what nobody has seen of it.
  @Test func aWrongNameIsTakenOff() throws {
    var workshop = try WorkshopTests.begun()
    try workshop.take(form: Self.form(Self.rows(["Ana", "Ben", "Cleo", "Zoe"], 1)))
    let zoe = try #require(workshop.assessment.raters.last?.id)
    try workshop.take(.dismiss(zoe))
    #expect(workshop.assessment.raters.count == 9 && workshop.voted(on: Self.who) == 3)
    try workshop.take(.reveal)
    #expect(throws: MoveRefusal.self) { try workshop.take(.dismiss("r1")) }
  }

  /// Whose card is among counts that nobody has seen stays on the list: taken off and added by a form, it would count twice.
  @Test func whoIsInUnseenCountsStays() throws {
    var workshop = try WorkshopTests.begun()
    try workshop.take(.count([WorkshopTests.tally([0, 9, 0, 0, 0])]))
    #expect(throws: MoveRefusal.self) { try workshop.take(.dismiss("r2")) }
  }

  /// Whose id is given to somebody else leaves nothing behind.
  @Test func whoIsTakenOffIsForgotten() throws {
    var workshop = try WorkshopTests.begun()
    try workshop.take(.join(Rater(id: "r10", name: "Zoe")), .leave("r10"), .dismiss("r10"))
    try workshop.take(.join(Rater(id: "r10", name: "Kim")))
    #expect(workshop.present.map(\.name).contains("Kim"))
  }

  /// Who left before the cards were counted is missing from nothing.
  @Test(arguments: [false, true]) func whoLeftBeforeTheCountIsNotMissing(anonymous: Bool) throws {
    var workshop = try WorkshopTests.begun(anonymous: anonymous)
    try workshop.take(.leave("r9"), .count([WorkshopTests.tally([0, 8, 0, 0, 0])]))
    #expect(workshop.voted(on: Self.who) == 8 && workshop.expected(on: Self.who) == 8)
    try workshop.take(.leave("r1"))
    #expect(workshop.expected(on: Self.who) == 8)
  }

  /// What nobody understood, taken back and there again, is settled again and no round of it is open.
  @Test func unclearCanBeRedone() throws {
    var workshop = try WorkshopTests.begun()
    try workshop.take(.unclear(nil))
    workshop.undo()
    try workshop.take(.open)
    workshop.interview.session.apply(.redone)
    guard case .settled = workshop.standing(of: Self.who) else {
      Issue.record("it is open")
      return
    }
    #expect(!workshop.interview.isOpen(Self.who))
  }

  /// Where anonymity was promised, a second round has nobody more than the first.
  @Test func nobodyJoinsASecondAnonymousRound() throws {
    var workshop = try WorkshopTests.begun(anonymous: true)
    try workshop.take(
      .enter([WorkshopTests.tally([0, 9, 0, 0, 0])]), .join(Rater(id: "r10", name: "Kim")), .revote)
    #expect(workshop.room(for: Self.who).count == 9)
    try workshop.take(.leave("r10"), .comeBack("r10"))
    #expect(workshop.room(for: Self.who).count == 9)
    #expect(throws: MoveRefusal.self) { try workshop.take(.enter([WorkshopTests.tally([0, 10, 0, 0, 0])])) }
  }

  /// What nobody understood is there again where it is asked again, and saving time takes no notice of a form.
  @Test func unclearKeepsWhatCameBeforehand() throws {
    var workshop = try WorkshopTests.begun()
    try workshop.take(form: Self.form(Self.rows(["Ana", "Ben", "Cleo"], 1)))
    try workshop.take(.unclear(nil))
    #expect(!workshop.unrevealedItems.map(\.id).contains("own-who"))
    workshop.undo()
    try workshop.take(.open, .reveal)
    #expect(workshop.votes(on: Self.who, round: 1).all == 3)
  }

  /// Questions that only the form asked count once somebody takes them in, with their areas.
  @Test func whatOnlyTheFormAskedIsOffered() throws {
    var workshop = try WorkshopTests.begun()
    try workshop.take(
      form: Self.form(["Ana", "Ben", "Zoe"].map { ($0, ["own-who": 1, "exp-outcome": 2]) }))
    #expect(workshop.unaskedItems.map(\.id) == ["exp-outcome"])
    #expect(workshop.unrevealedItems.map(\.id) == ["own-who"])
    try workshop.take(.takeUnasked)
    #expect(workshop.assessment.deepened == ["insight"] && workshop.unaskedItems.isEmpty)
    #expect(
      workshop.votes(on: outsideIn.questionnaire.item("exp-outcome")!, round: 1).counts == [0, 0, 3, 0, 0])
  }
}

extension Workshop {
  /// Takes in what a table adds.
  @discardableResult
  mutating func take(
    form: FormTable, isOfAbsent: Bool? = nil, replacing: Bool = false
  ) throws(FormProblem) -> Merge {
    let merge = try merge(
      form, into: assessment, unrevealed, questionnaire: questionnaire, isOfAbsent: isOfAbsent,
      replacing: replacing)
    take(merge)
    return merge
  }

  private mutating func take(_ merge: Merge) {
    for event in merge.events { interview.session.apply(event) }
    for change in merge.unrevealed { unrevealed.apply(change) }
  }

  @discardableResult
  mutating func take(document: Assessment) throws(MergeProblem) -> Merge {
    let merge = try merge(document, into: assessment, unrevealed, questionnaire: questionnaire)
    take(merge)
    return merge
  }
}
