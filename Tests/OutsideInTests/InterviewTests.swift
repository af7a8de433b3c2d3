import AssessmentModel
import Scoring
import Testing

@testable import Interview

@Suite struct InterviewTests {
  static func begin() -> Interview {
    Interview(
      questionnaire: outsideIn.questionnaire, rater: "r1",
      session: Session(coreAssessment { _, _ in nil }))
  }

  /// Makes moves; the events are applied as they would be once stored.
  static func after(_ moves: [Move], from start: Interview? = nil) throws -> Interview {
    var interview = start ?? begin()
    for move in moves {
      for event in try interview.events(for: move, at: noon) { interview.session.apply(event) }
    }
    return interview
  }

  @Test func coreAsksSixteenQuestionsThenRecordsThenTheProfile() {
    let interview = Self.begin()
    #expect(interview.scoredItems.count == 16)
    #expect(interview.questions.suffix(2).map(\.id) == ["exp-list", "jou-moments"])
    #expect(interview.closing.map(\.id) == ["cur-sector"])
    #expect(interview.current?.id == "own-who")
  }

  @Test func answeringGoesToTheNextOpenQuestion() throws {
    let interview = try Self.after([.answer(2), .answer(3), .back, .back, .answer(1)])
    #expect(interview.current?.id == "emo-feel")
    #expect(interview.response(to: outsideIn.questionnaire.item("own-who")!).level == 1)
  }

  @Test func nothingIsAskedTwice() throws {
    var interview = Self.begin()
    var seen: [String] = []
    while let item = interview.current {
      seen.append(item.id)
      let value: Value =
        item.valueKind == .expectations
        ? .expectations([]) : item.valueKind == .moments ? .moments([]) : .level(2)
      let moves: [Move] = item.scored == nil ? [.record(value), .next] : [.answer(2)]
      interview = try Self.after(moves, from: interview)
    }
    #expect(seen.count == 18)
    #expect(Set(seen).count == 18)
  }

  @Test func undoAndRedoGoThroughAnswers() throws {
    let start = try Self.after([.answer(2), .answer(3)])
    let undone = try Self.after([.undo], from: start)
    #expect(undone.current?.id == "own-empower")
    #expect(undone.isOpen(outsideIn.questionnaire.item("own-empower")!))
    let redone = try Self.after([.redo], from: undone)
    #expect(redone.response(to: outsideIn.questionnaire.item("own-empower")!).level == 3)
    #expect(
      try Self.after([.undo, .undo], from: start).assessment.responses.allSatisfy {
        $0.answer == .open
      })
  }

  @Test func aFinishedAssessmentIsOpenedByAnEdit() throws {
    var interview = try Self.after([.answer(2)])
    interview.session.apply(.finished(at: noon))
    #expect(try interview.events(for: .answer(1), at: noon).first == .reopened)
    #expect(try interview.events(for: .next, at: noon).first != .reopened)
  }

  @Test(arguments: [
    (Move.answer(9), MoveRefusal.notALevel(9, expected: [0, 1, 2, 3, 4])),
    (.back, .firstItem), (.undo, .nothingToUndo), (.redo, .nothingToRedo),
    (.go(to: "exp-lisen"), .unknownItem("exp-lisen", suggestion: "exp-listen")),
    (.record(.text("x")), .notForThisItem("This question takes a level.")),
    (.note(String(repeating: "x", count: 70_000)), .tooLong(limit: 65_536)),
  ])
  func refusals(move: Move, refusal: MoveRefusal) {
    #expect(throws: refusal) { try Self.begin().events(for: move, at: noon) }
    #expect(!refusal.message.isEmpty)
  }

  @Test func gotoTakesAnyUnambiguousBeginning() throws {
    #expect(try Self.after([.go(to: "jou-w")]).current?.id == "jou-walk")
    #expect(throws: MoveRefusal.self) { try Self.after([.go(to: "jou")]) }
  }

  @Test func notesAndEvidenceStayWithTheirAnswer() throws {
    let item = outsideIn.questionnaire.item("own-who")!
    let interview = try Self.after([
      .note("later"), .flag, .answer(3), .back, .evidence(.document, note: "a letter"),
      .confidence(.guess), .answer(4),
    ])
    let response = interview.response(to: item)
    #expect(response.note == "later" && response.flagged && response.level == 4)
    #expect(response.evidence == .document && response.evidenceNote == "a letter")
    #expect(response.confidence == .guess)
  }

  @Test func eventsSurviveTheirStoredForm() throws {
    var interview = Self.begin()
    let moves: [Move] = [
      .answer(3), .notApplicable(reason: "no \"shops\""), .dontKnow, .note("é日本\n2"), .park("x"), .flag,
      .go(to: "exp-list"), .record(.expectations([Expectation(expectation: "Now", importance: 5)])),
      .go(to: "met-list"),
      .record(.metrics([Metric(name: "M", baseline: 1.5, readings: [.init(date: noon.day, value: 2)])])),
      .go(to: "jou-moments"),
      .record(.moments([Moment(moment: "m", emotion: -2, standing: .poor, factors: [.feels: "cold"])])),
      .undo, .redo, .name(organization: "A", team: "B"), .introduce(name: "Ana", department: "Sales"),
      .amend(.moments([Moment(moment: "m", redesign: "r")])), .deepen("jour"), .deepen("all"),
      .commit([
        Commitment(
          action: "own-1", title: "T", owner: "O", firstStep: "F", by: noon.day, done: "D", stop: "S")
      ]), .clear,
    ]
    for move in moves {
      for event in try interview.events(for: move, at: noon) {
        let again = try SessionEvent(JSONDocument(parsing: event.json.text()).root)
        #expect(again == event)
        interview.session.apply(again)
      }
    }
  }

  @Test func deepeningAsksWhatIsMissingAndNothingTwice() throws {
    var interview = try Self.after([.answer(2), .answer(1)])
    let before = interview.scoredItems.map(\.id)
    let missing = interview.deeper("journey").map(\.id)
    #expect(missing.count == 5)
    for event in try interview.events(for: .deepen("journey"), at: noon) { interview.session.apply(event) }
    // What is new comes behind what was asked, so that no question changes its number.
    #expect(interview.scoredItems.map(\.id) == before + missing)
    #expect(interview.current?.id == missing.first && interview.deeper("journey").isEmpty)
    for event in try interview.events(for: .deepen("all"), at: noon) { interview.session.apply(event) }
    #expect(interview.scoredItems.count == 42 && interview.scoredItems.filter(interview.isOpen).count == 40)
    #expect(interview.assessment.scope == .full)
    #expect(throws: MoveRefusal.self) { try interview.events(for: .deepen("all"), at: noon) }
  }

  @Test(arguments: ["jurney", "", "vi-", "journey journey"])
  func areasThatThereAreNotCanNotBeDeepened(name: String) throws {
    #expect(throws: MoveRefusal.self) { try Self.begin().events(for: .deepen(name), at: noon) }
  }

  @Test func deepenedItemsCountInTheScore() throws {
    var assessment = coreAssessment { item, _ in oriented(2, item) }
    let core = score(assessment, with: outsideIn.questionnaire)
    assessment.deepened = ["journey"]
    let deepened = score(assessment, with: outsideIn.questionnaire)
    #expect(core.dimensions.first { $0.id == "journey" }?.coverage == 1)
    // Two of seven are answered: asked and missing, no longer outside of it.
    #expect(deepened.dimensions.first { $0.id == "journey" }!.coverage < 0.6)
    #expect(deepened.items.count == core.items.count + 5)
  }

  @Test func aRowIsUndoneWhole() throws {
    let (bare, full) = (Expectation(expectation: "Now"), Expectation(expectation: "Now", importance: 5))
    var interview = try Self.after([
      .go(to: "exp-list"), .record(.expectations([bare])), .amend(.expectations([full])),
    ])
    let item = outsideIn.questionnaire.item("exp-list")!
    #expect(interview.response(to: item).value == .expectations([full]))
    for event in try interview.events(for: .undo, at: noon) { interview.session.apply(event) }
    #expect(interview.isOpen(item))
    for event in try interview.events(for: .redo, at: noon) { interview.session.apply(event) }
    #expect(interview.response(to: item).value == .expectations([full]))
  }

  @Test func nobodyTakesTheNameOfSomebodyWhoIsThere() throws {
    var assessment = coreAssessment(raters: 2) { _, _ in nil }
    assessment.raters[1].name = "Zoë"
    let interview = Interview(
      questionnaire: outsideIn.questionnaire, rater: "r1", session: Session(assessment))
    #expect(throws: MoveRefusal.nameIsTaken("Zoë")) {
      try interview.events(for: .introduce(name: " zoe", department: ""), at: noon)
    }
  }

  @Test func namesAreChangedAndChecked() throws {
    let interview = try Self.after([
      .name(organization: "Acme", team: "Support"), .introduce(name: "Ana", department: "Sales"),
    ])
    #expect(interview.assessment.team == "Support" && interview.assessment.raters[0].name == "Ana")
    #expect(throws: MoveRefusal.self) {
      try interview.events(for: .name(organization: "A\u{1B}[2J", team: ""), at: noon)
    }
  }

  @Test func areasToRaiseAreAskedAfterTheResult() throws {
    var interview = Self.begin()
    interview.session.apply(.scoped(.full))
    #expect(interview.closing.map(\.id) == ["vis-raise", "cur-sector", "cur-size", "cur-market"])
    #expect(!interview.questions.contains { $0.id == "vis-raise" })
  }
}
