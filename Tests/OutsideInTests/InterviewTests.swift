import AssessmentModel
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
    #expect(interview.profile.map(\.id) == ["cur-sector"])
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
      try Self.after([.undo, .undo], from: start).assessment.responses.values.allSatisfy {
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
      .undo, .redo, .name(organization: "A", team: "B"),
    ]
    for move in moves {
      for event in try interview.events(for: move, at: noon) {
        let again = try SessionEvent(JSONValue(parsing: event.json.text().utf8))
        #expect(again == event)
        interview.session.apply(again)
      }
    }
  }
}
