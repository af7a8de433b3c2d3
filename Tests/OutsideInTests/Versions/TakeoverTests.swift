import AssessmentModel
import Interview
import Testing

@testable import Scoring

/// An answer carried by every kind of change is reported as the migration says, and loses nothing.
@Suite struct TakeoverTests {
  /// What was answered to old questions, and what stands at a new one then.
  struct Case: CustomTestStringConvertible, Sendable {
    let change: String
    let old: [String: Int]
    let new: String
    let level: Int?
    let carried: Response.Carried?
    let fate: Takeover.Fate
    let why: String?

    init(
      _ change: String, _ old: [String: Int], _ new: String, _ level: Int?, _ carried: Response.Carried?,
      _ fate: Takeover.Fate, _ why: String? = nil
    ) {
      (self.change, self.old, self.new, self.level) = (change, old, new, level)
      (self.carried, self.fate, self.why) = (carried, fate, why)
    }

    var testDescription: String { "\(change): \(new)" }
  }

  static let cases = [
    Case("the same", ["hear-ask": 3], "hear-ask", 3, .confirmed, .carried),
    Case("the same, two-sided", ["serve-wait": 1], "serve-wait", 1, .confirmed, .carried),
    Case("rename", ["hear-voice": 4], "hear-listen", 4, .confirmed, .carried),
    Case("reword, tried", ["serve-own": 2], "serve-own", 2, .confirmed, .carried, "Who \"you\" is, said."),
    Case(
      "reword", ["mend-close": 3], "mend-close", nil, nil, .retired, "Asks who decides now, not about thanks."
    ),
    Case("rescale", ["hear-owner": 2], "hear-owner", 2, .toConfirm, .toConfirm, "Three steps became five."),
    Case("split", ["serve-promise": 3], "serve-known", nil, nil, .retired, "One question asked two things."),
    Case(
      "split, the other half", ["serve-promise": 3], "serve-kept", nil, nil, .retired,
      "One question asked two things."),
    Case(
      "merge", ["mend-thanks": 3, "mend-reply": 1], "mend-answer", 1, .toConfirm, .toConfirm,
      "One answer does both."),
    Case(
      "merge of one answer", ["mend-thanks": 3], "mend-answer", nil, nil, .retired, "One answer does both."),
    Case("new", [:], "serve-self", nil, nil, .new),
  ]

  private func takeover(_ old: [String: Int]) -> Takeover {
    let assessment = Kiosk.assessment(Kiosk.old, id: "OLD", day: "2026-03-19") { item, _ in
      old[item.id].map { .answered(.level($0)) }
    }
    return Takeover(
      upgrading: assessment, of: Kiosk.old.questionnaire, to: Kiosk.new.questionnaire, Kiosk.new.reference,
      by: Kiosk.way,
      id: "NEW")
  }

  @Test(arguments: cases)
  func isReportedAsTheMigrationSays(_ wanted: Case) throws {
    let takeover = takeover(wanted.old)
    let response = takeover.assessment.responses[.init(item: wanted.new, rater: "r1")]
    #expect(response?.level == wanted.level && response?.carried == wanted.carried)
    let row = try #require(takeover.rows.first { $0.new.contains(wanted.new) })
    #expect(row.fate == wanted.fate && row.why == wanted.why)
    #expect(row.answers == wanted.old.count)
  }

  @Test func whatIsNotAskedAnyMoreStaysBehind() throws {
    let row = try #require(takeover(["serve-slogan": 4]).rows.first { $0.old == ["serve-slogan"] })
    #expect(
      row.new.isEmpty && row.fate == .retired && row.why == "Did not separate kiosks." && row.answers == 1)
  }

  /// Every question of both versions stands in one row.
  @Test func everyQuestionIsTold() {
    let rows = takeover([:]).rows
    #expect(rows.flatMap(\.old).sorted() == Kiosk.old.questionnaire.items.map(\.id).sorted())
    #expect(rows.flatMap(\.new).sorted() == Kiosk.new.questionnaire.items.map(\.id).sorted())
  }

  @Test func whatIsToConfirmCountsAsOpen() throws {
    let takeover = takeover(["hear-owner": 4, "hear-ask": 4])
    let card = score(takeover.assessment, with: Kiosk.new.questionnaire)
    #expect(card.items.first { $0.id == "hear-owner" }?.state == .open)
    #expect(card.items.first { $0.id == "hear-ask" }?.state == .answered)
    #expect(card.flags.contains(.unconfirmedAnswers))
    #expect(takeover.assessment.upgradedFrom == "OLD" && takeover.assessment.finishedAt == nil)
    #expect(takeover.assessment.startedAt == Timestamp(rfc3339: "2026-03-19T09:00:00Z"))
  }

  /// What a group settled, its evidence and its counts go along with the questions that are the same, and with no others.
  @Test func whatTheGroupSaidGoesAlong() {
    var old = Kiosk.assessment(Kiosk.old, id: "OLD", day: "2026-03-19")
    old.settled = [
      "hear-voice": Settlement(answer: .level(3), reason: "so"), "mend-close": Settlement(answer: .level(1)),
    ]
    old.teamEvidence = ["serve-queue": TeamEvidence(grade: .measured, note: "log")]
    old.tallies = [
      Tally(item: "hear-voice", counts: [0, 1, 2, 0, 0]), Tally(item: "hear-owner", counts: [1, 0, 2, 0, 0]),
    ]
    let new = Takeover(
      upgrading: old, of: Kiosk.old.questionnaire, to: Kiosk.new.questionnaire, Kiosk.new.reference,
      by: Kiosk.way,
      id: "NEW"
    ).assessment
    #expect(new.settled == ["hear-listen": Settlement(answer: .level(3), reason: "so")])
    #expect(new.teamEvidence["serve-queue"]?.grade == .measured)
    #expect(new.tallies.map(\.item) == ["hear-listen"])
  }

  // MARK: Carried forward

  @Test func aNewOneBeginsWithTheLastOnesAnswers() throws {
    var old = Kiosk.assessment(Kiosk.old, id: "OLD", day: "2026-03-19", names: ["Ana", "Bo", "Cem"]) {
      item, rater in
      item.id == "hear-board" ? .dontKnow : .answered(.level(item.id == "hear-ask" ? [1, 3, 4][rater] : 2))
    }
    old.settled["hear-quiet"] = Settlement(answer: .level(4))
    let fresh = Assessment(id: "NEW", questionnaire: Kiosk.new.reference, raters: [Rater(id: "r1")])
    let new = Takeover.carryForward(
      into: fresh, from: old, of: Kiosk.old.questionnaire, to: Kiosk.new.questionnaire, by: Kiosk.way)
    func level(_ id: String) -> Int? { new.responses[.init(item: id, rater: "r1")]?.level }
    #expect(
      level("hear-ask") == 3 && level("hear-quiet") == 4 && level("hear-listen") == 2
        && level("hear-owner") == 2)
    #expect(level("hear-board") == nil && level("serve-known") == nil && level("serve-self") == nil)
    #expect(new.responses.allSatisfy { $0.carried == .toConfirm })
    #expect(score(new, with: Kiosk.new.questionnaire).coverage == 0)
  }

  /// Enter confirms, another answer replaces, `next` leaves it open; undo takes either back.
  @Test func confirmingIsAnAnswer() throws {
    let fresh = Assessment(id: "NEW", questionnaire: Kiosk.new.reference, raters: [Rater(id: "r1")])
    let new = Takeover.carryForward(
      into: fresh, from: Kiosk.assessment(Kiosk.old, id: "OLD", day: "2026-03-19"),
      of: Kiosk.old.questionnaire,
      to: Kiosk.new.questionnaire, by: Kiosk.way)
    var interview = Interview(questionnaire: Kiosk.new.questionnaire, rater: "r1", session: Session(new))
    func perform(_ move: Move) throws {
      for event in try interview.events(for: move, at: noon) { interview.session.apply(event) }
    }
    func response(_ id: String) -> Response? { interview.assessment.responses[.init(item: id, rater: "r1")] }
    #expect(interview.current?.id == "hear-listen")
    try perform(.confirm)
    #expect(response("hear-listen")?.carried == .confirmed && response("hear-listen")?.at == noon)
    #expect(interview.current?.id == "hear-ask")
    try perform(.answer(4))
    #expect(response("hear-ask")?.level == 4 && response("hear-ask")?.carried == nil)
    // The same answer again is a confirmation.
    try perform(.answer(2))
    #expect(response("hear-board")?.carried == .confirmed)
    try perform(.next)
    #expect(response("hear-quiet")?.carried == .toConfirm)
    #expect(interview.openItems.contains { $0.id == "hear-quiet" })
    try perform(.undo)
    #expect(response("hear-board")?.carried == .toConfirm && interview.current?.id == "hear-board")
    try perform(.go(to: "hear-listen"))
    let last = interview
    #expect(throws: MoveRefusal.self) { _ = try last.events(for: .confirm, at: noon) }
  }

  // MARK: Over several steps

  /// A way over a third version: what either step changes stays changed, and no more is made of it than each allows.
  @Test func stepsFollowEachOther() throws {
    let third = Questionnaire(
      id: "kiosk", version: Version("3.0.0")!, status: .published, title: "Third",
      scoring: Kiosk.new.questionnaire.scoring, dimensions: Kiosk.new.questionnaire.dimensions,
      scales: Kiosk.new.questionnaire.scales,
      sections: Kiosk.new.questionnaire.sections.map { section in
        Section(
          id: section.id, title: section.title,
          items: section.items.filter { $0.id != "serve-known" }.map { item in
            item.id == "hear-listen"
              ? Item(id: "hear-first", text: item.text, core: item.core, content: item.content) : item
          })
      })
    let step = Correspondence(
      from: Kiosk.new.questionnaire, to: third,
      changes: [
        Migration.Change(kind: .rename, old: ["hear-listen"], new: ["hear-first"], comparability: .exact),
        Migration.Change(kind: .remove, old: ["serve-known"], why: "Gone."),
        Migration.Change(kind: .reword, old: ["hear-owner"], new: ["hear-owner"], comparability: .exact),
      ], link: Migration.Link(mean: 0, standardError: 0.5))
    let way = Kiosk.way.followed(by: step)
    #expect(way.exact["hear-first"] == "hear-voice" && way.exact["hear-ask"] == "hear-ask")
    #expect(way.exact["hear-owner"] == nil && way.exact["serve-own"] == "serve-own")
    let owner = try #require(way.matches.first { $0.new == ["hear-owner"] })
    #expect(owner.comparability == .approximate && owner.levels == [0: 0, 2: 2, 4: 4])
    let promise = try #require(way.matches.first { $0.old == ["serve-promise"] })
    #expect(promise.new == ["serve-kept"] && promise.comparability == .none)
    #expect(way.added == ["serve-self"] && way.linkErrors == [1.1, 0.5])
    #expect(way.matches.flatMap(\.old).sorted() == Kiosk.old.questionnaire.items.map(\.id).sorted())
  }

  /// An edition inherits what it left alone, and answers for what it changed.
  @Test func anEditionInheritsItsBasesMigration() throws {
    let (before, after) = (
      Kiosk.read("metro", "1.0.0").questionnaire, Kiosk.read("metro", "2.0.0").questionnaire
    )
    let words = ["customer": "rider"]
    let base = Correspondence.Base(
      older: Kiosk.read("kiosk", "1.0.0", terms: words).questionnaire,
      newer: Kiosk.read("kiosk", "2.0.0", terms: words).questionnaire, correspondence: Kiosk.way)
    let way = Correspondence(
      from: before, to: after,
      changes: [
        Migration.Change(
          kind: .reword, old: ["serve-cash"], new: ["serve-cash"], comparability: .none, why: "The gate.")
      ], base: base)
    #expect(way.matches.allSatisfy { !$0.isUncovered })
    #expect(way.exact["hear-listen"] == "hear-voice")
    // Its own words in both versions: the same question, though the base reworded it.
    #expect(
      way.exact["serve-own"] == "serve-own" && way.matches.first { $0.new == ["serve-own"] }?.isTried == false
    )
    #expect(way.exact["serve-cash"] == nil && way.exact["serve-late"] == "serve-late")
    #expect(base.changesUnderneath(before, after).map(\.id) == ["serve-own"])
    // Without its own line the changed question is covered by nobody.
    #expect(
      Correspondence(from: before, to: after, base: base).matches.filter(\.isUncovered).map(\.old) == [
        ["serve-cash"]
      ])
  }
}
