import AssessmentModel
import Interchange
import Planning
import QuestionnaireFormat
import Testing

@testable import Reporting
@testable import Scoring

/// What a comparison says, in every case that there is.
@Suite struct ComparisonReportTests {
  @Test(arguments: [80, 40])
  func comparisonsAreAsTheyWereKept(width: Int) throws {
    var screens = ""
    for (name, subject) in Self.cases {
      screens +=
        "=== \(name)\n" + terminalText(comparisonReport(subject), style: TerminalStyle(width: width)) + "\n"
    }
    for line in screens.split(separator: "\n") where !line.hasPrefix("===") {
      #expect(String(line).columns <= width, "\(line)")
    }
    try expectAsKept(screens, "comparisons-\(width)")
  }

  @Test func readAloudAndAsMarkdown() throws {
    let subject = Self.cases[0].subject
    let text =
      terminalText(comparisonReport(subject), style: TerminalStyle(accessible: true)) + "\n=== markdown\n"
      + markdownText(comparisonReport(subject)) + "\n=== markdown of a series\n"
      + markdownText(comparisonReport(Self.cases[8].subject))
    #expect(!text.contains("●") && !text.contains("─"))
    try expectAsKept(text, "comparison-plain")
  }

  @Test func explanationsAreAsTheyWereKept() throws {
    var screens = ""
    for place in [0, 3, 9] {
      screens += "=== \(Self.cases[place].name)\n"
      screens += terminalText(explainReport(Self.cases[place].subject), style: TerminalStyle()) + "\n"
    }
    screens += terminalText(explainReport(Self.cases[0].subject, area: "hear"), style: TerminalStyle())
    try expectAsKept(screens, "explained-changes")
  }

  /// Who was asked is told on the screen of whoever knows it, and in no document.
  @Test func documentsNameNobody() {
    for (name, subject) in Self.cases {
      let document = ComparisonSubject(
        subject.comparison, ledger: subject.ledger, ifSamePeople: subject.ifSamePeople)
      let text = markdownText(comparisonReport(document, withPictures: true) + explainReport(document))
      // The first has promised something.
      for person in Self.people.dropFirst() { #expect(!text.contains(person), "\(name): \(person)") }
    }
    #expect(markdownText(comparisonReport(Self.cases[0].subject)).contains(Self.people[0]))
  }

  /// What is printed of the questions adds up to what is printed of the whole.
  @Test func whatExplainPrintsAddsUp() throws {
    for (name, subject) in Self.cases where subject.comparison.latest.index != nil {
      let tables = explainReport(subject).compactMap { block -> Table? in
        if case .table(let table) = block, table.columns.first?.title == "question" { return table }
        return nil
      }
      let rows = try #require(tables.first).rows
      func figures(_ column: Int) -> [Double] {
        rows.map {
          Double($0[column].replacing("−", with: "-").replacing(" %", with: "").replacing("+", with: "")) ?? 0
        }
      }
      for column in [1, 3, 5, 6] {
        let values = figures(column)
        #expect(isClose(values.dropLast().reduce(0, +), values.last, 1e-6), "\(name), column \(column)")
      }
    }
  }

  /// Every sum that explain prints can be redone from what stands there.
  @Test func whatExplainPrintsCanBeRedone() throws {
    var count = 0
    func check(_ subject: ComparisonSubject, _ name: String) {
      var documents = [explainReport(subject)]
      documents += subject.comparison.latest.areas.map { explainReport(subject, area: $0.id) }
      for document in documents {
        let equations = PrintedArithmetic.equations(
          in: terminalText(document, style: TerminalStyle(width: 200)))
        count += equations.count
        for equation in equations where !equation.holds { Issue.record("\(name): \(equation)") }
      }
    }
    for (name, subject) in Self.cases { check(subject, name) }
    for seed in 1...150 as ClosedRange<UInt64> {
      let comparison = compare(ComparisonPropertyTests.pair(seed * 7919))
      check(
        ComparisonSubject(comparison, ledger: planLedger(comparison, library: nil), ifSamePeople: nil),
        "seed \(seed * 7919)")
    }
    #expect(count > 3_000, "\(count) sums")
    // A sum that is wrong is seen.
    #expect(PrintedArithmetic.equations(in: "so 2 × 3.5 = 7.4 points").map(\.holds) == [false])
    #expect(
      PrintedArithmetic.equations(in: "1. Thus √(4 + 5²) − 2/4 × (1 + −3) = 6.3852.").map(\.holds) == [true])
  }

  // MARK: What is never said

  /// Across versions the published totals are named as what says nothing, and their difference stands nowhere.
  @Test func publishedTotalsAreNeverSubtracted() throws {
    let subject = Self.cases[0].subject
    let cards = subject.comparison.scorecards
    let text = terminalText(comparisonReport(subject), style: TerminalStyle(width: 200))
    #expect(text.contains("difference says nothing;"))
    let difference = cards[1].index! - cards[0].index!
    #expect(abs(difference - subject.comparison.latest.index!.estimate.delta) > 0.05)
    #expect(!text.contains(decimal(difference, 1, signed: true)))
    guard case .publishedTotals(let from, let to)? = subject.comparison.refusals.first else {
      Issue.record("no refusal")
      return
    }
    #expect(from == cards[0].index && to == cards[1].index)
  }

  /// A result that changed sides, and a core that did not.
  @Test func aChangeOfVerdictThatTheCoreDoesNotRepeatIsRefused() {
    let (old, new) = (Kiosk.old, Kiosk.new)
    let before = Kiosk.assessment(old, id: "A", day: "2026-03-19") { item, _ in Self.level(2, item) }
    // All that is new or asks something else is at its best; what both have in common stays in the middle.
    let outside = Set(["hear-owner", "serve-known", "serve-kept", "serve-self", "mend-answer", "mend-close"])
    let after = Kiosk.assessment(new, id: "B", day: "2026-09-17") { item, _ in
      Self.level(outside.contains(item.id) ? 4 : 2, item)
    }
    let comparison = compare(Self.compared([(before, old), (after, new)]))
    #expect(comparison.scorecards.map(\.verdict.orientation) == [.insideOut, .outsideIn])
    #expect(comparison.latest.index?.estimate.delta == 0 && comparison.latest.crossing?.isCrossed == false)
    #expect(comparison.refusals.contains(.changeOfVerdict(from: .insideOut, to: .outsideIn)))
  }

  /// Where it is known who a label is, the person is named.
  @Test func peopleAreNamedNotLabels() {
    func side(_ base: Assessment, _ labels: [String]) -> Assessment {
      var assessment = base
      for (place, name) in ["Ana Costa", "Bo Lind"].enumerated() {
        assessment.raters[place] = Rater(
          id: base.raters[place].id, name: labels[place], person: name, isLabel: true)
      }
      return assessment
    }
    let first = Self.group(Kiosk.new, "A", "2026-03-19", about: 1)
    let second = Self.group(Kiosk.new, "B", "2026-09-17", about: 3)
    let comparison = Self.subject([
      (side(first.0, ["1", "2"]), first.1), (side(second.0, ["2", "1"]), second.1),
    ]).comparison
    let names = comparison.latest.index?.estimate.people.map(\.person.name) ?? []
    #expect(names.contains("Ana Costa") && names.contains("Bo Lind"))
    #expect(!names.contains("1") && !names.contains("2"))
  }

  /// A thousand names are no sentence.
  @Test func onlySoManyAreNamed() {
    func side(_ id: String, _ day: String) -> (Assessment, PinnedQuestionnaire) {
      var side = Self.group(Kiosk.new, id, day, about: 2)
      let item = Kiosk.new.questionnaire.items.first { $0.scored != nil }!
      for place in 0..<40 {
        side.0.raters.append(
          Rater(
            id: "m\(place)",
            name: "Person \(["Xa", "Xe", "Xi", "Xo"][place % 4])\(String(repeating: "b", count: place / 4))"))
        let response = Response(
          key: .init(item: item.id, rater: "m\(place)"), answer: Self.level(2, item))
        side.0.responses[response.key] = response
      }
      return side
    }
    let text = terminalText(
      comparisonReport(Self.subject([side("A", "2026-03-19"), side("B", "2026-09-17")])),
      style: TerminalStyle()
    ).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(text.contains(" and 26 others."), "\(text)")
  }

  /// Minutes are not held against calls.
  @Test func aMetricInAnotherUnitIsNotCompared() {
    func side(_ id: String, _ day: String, _ unit: String, _ value: Double) -> (
      Assessment, PinnedQuestionnaire
    ) {
      var side = Self.group(Kiosk.new, id, day, about: 2)
      let response = Response(
        key: .init(item: "list-metrics", rater: nil),
        answer: .answered(.metrics([Metric(name: "Waiting", unit: unit, better: .down, baseline: value)])))
      side.0.responses[response.key] = response
      return side
    }
    func words(_ unit: String) -> String {
      terminalText(
        comparisonReport(
          Self.subject([side("A", "2026-03-19", "minutes", 38), side("B", "2026-09-17", unit, 28)])),
        style: TerminalStyle()
      ).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
    #expect(words("Minutes").contains("Waiting: 38 → 28 Minutes, better"))
    #expect(words("calls").contains("Waiting: 38 minutes, now 28 calls: another unit, so not compared"))
    // Nor in a program's document or a table.
    let comparison = Self.subject([
      side("A", "2026-03-19", "minutes", 38), side("B", "2026-09-17", "calls", 28),
    ])
    .comparison
    let metric = ComparisonDocument.write(comparison, ledger: planLedger(comparison, library: nil))["metrics"]
      .list[0]
    #expect(metric["unit"].text == "calls" && metric["formerUnit"].text == "minutes")
    #expect(ComparisonDocument.table(comparison).contains(",metric,,Waiting,,,38,28,,,,,,,\r\n"))
  }

  /// Votes that are too few to be shown are not called missing.
  @Test func tooFewCountsAreNotCalledUnanswered() {
    let first = Self.group(Kiosk.new, "A", "2026-03-19", about: 1)
    var second = Self.group(Kiosk.new, "B", "2026-09-17", about: 3)
    second.0 = Self.counted(second.0)
    for place in second.0.tallies.indices where second.0.tallies[place].item == "hear-ask" {
      let item = second.0.tallies[place].item
      second.0.tallies[place] = Tally(item: item, counts: [1, 1, 0, 0, 0])
    }
    let hidden = second.0.tallies.first { $0.counts.reduce(0, +) == 2 }?.item
    let comparison = Self.subject([first, second]).comparison
    #expect(hidden != nil)
    #expect(
      comparison.incomparable.contains { $0.new == [hidden ?? ""] && $0.reason == .tooFewVotes(side: 1) })
  }

  /// What joins two versions limits more people, too.
  @Test func morePeopleDoNotMakeALinkBetter() {
    #expect(detectableChange(people: 6, items: 16, anonymous: false) < 10)
    #expect(detectableChange(people: 6, items: 16, anonymous: false, linkVariance: 900) > 30 * 1.6)
  }

  /// What can't be compared has its reason.
  @Test func everyQuestionOutsideHasItsReason() {
    let comparison = Self.cases[0].subject.comparison
    let reasons = Dictionary(
      uniqueKeysWithValues: comparison.incomparable.map { ($0.old + ["→"] + $0.new, $0.reason) })
    #expect(
      reasons[["serve-promise", "→", "serve-known", "serve-kept"]]
        == .changed(why: "One question asked two things."))
    #expect(
      reasons[["mend-close", "→", "mend-close"]] == .changed(why: "Asks who decides now, not about thanks."))
    #expect(reasons[["serve-slogan", "→"]] == .removed(why: "Did not separate kiosks."))
    #expect(comparison.approximate.map(\.new) == [["hear-owner"], ["mend-answer"]])
    #expect(comparison.added == ["serve-self"])
    let core = Set(comparison.core.items.map(\.id))
    let told = Set(
      comparison.incomparable.flatMap(\.new) + comparison.approximate.flatMap(\.new) + comparison.added)
    let scored = Set(Kiosk.new.questionnaire.items.filter { $0.scored != nil }.map(\.id))
    #expect(core.union(told) == scored && core.isDisjoint(with: told))
  }
}
