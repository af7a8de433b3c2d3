import AssessmentModel
import Foundation
import SeededGenerator
import Testing

@testable import Scoring

/// Who has changed among many: what holds over all of them.
@Suite struct ChangeListTests {
  /// Benjamini & Hochberg's own example (1995, section 4.1): fifteen tests, of which four hold at .05.
  @Test func theirOwnExample() {
    let p = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528,
      0.7590, 1,
    ]
    #expect(benjaminiHochberg(p, level: 0.05) == 4)
  }

  @Test(arguments: [
    ([], 0), ([0.5], 0), ([0.1], 1), ([0.04, 0.06], 2), ([0.06, 0.09], 2), ([0.09, 0.5], 0),
    ([0.03, 0.05, 0.5], 2), ([1, 1, 1], 0),
  ])
  func theLargestThatHoldsTakesThoseBeforeWithIt(p: [Double], holding: Int) {
    #expect(benjaminiHochberg(p, level: 0.1) == holding)
  }

  private static func side(_ id: String, _ level: Int, on day: String) -> ComparedAssessment {
    var assessment = coreAssessment(raters: 3) { item, rater in oriented(min(4, level + rater % 2), item) }
    assessment.finishedAt = Timestamp(rfc3339: day + "T12:00:00Z")
    assessment = Assessment(
      id: id, organization: "Acme", team: "Support", scope: .core, startedAt: noon,
      finishedAt: assessment.finishedAt,
      questionnaire: assessment.questionnaire,
      raters: assessment.raters.map { Rater(id: $0.id, name: "Ana \($0.id)x") },
      responses: assessment.responses)
    return ComparedAssessment(
      assessment, outsideIn.questionnaire, Correspondence(identity: outsideIn.questionnaire))
  }

  /// A row is what `compare` says of the two.
  @Test func aRowIsAComparison() throws {
    let (before, after) = (Self.side("A", 0, on: "2025-05-01"), Self.side("B", 3, on: "2026-05-01"))
    let row = try #require(TeamChange(organization: "Acme", team: "Support", from: before, to: after))
    let change = try #require(compare([before, after]).latest.index)
    #expect(
      row.delta == change.estimate.delta && row.p == change.estimate.p && row.detectable == change.detectable)
    #expect(row.outcome == .improvement && row.share == 1 && row.fromRaters == 3 && row.toRaters == 3)
    #expect(row.fromID == "A" && row.toID == "B" && row.fromDay.description == "2025-05-01")
    let list = ChangeList([row], incomparable: 0)
    #expect(list.alone == 1 && list.holding == 1)
  }

  /// One that seems to have changed is called so alone, and not among a hundred that have not.
  @Test func amongManyItTakesMore() throws {
    let same = Self.side("A", 2, on: "2025-05-01")
    let still = try #require(
      TeamChange(organization: "O", team: "", from: same, to: Self.side("B", 2, on: "2026-05-01")))
    let moved = try #require(
      TeamChange(organization: "O", team: "", from: same, to: Self.side("C", 3, on: "2026-05-01")))
    #expect(moved.outcome == .improvement && still.outcome == .none)
    #expect(ChangeList([moved], incomparable: 0).holding == 1)
    let among = ChangeList([moved] + Array(repeating: still, count: 300), incomparable: 2)
    #expect(
      among.alone == 1 && among.rows[0].change == moved && among.incomparable == 2
        && isClose(among.byChance, 30.1))
    #expect(among.holding == (moved.p <= 0.1 / 301 ? 1 : 0))
  }
}

/// What is said of two sheets without a closer look is what a closer look would find.
@Suite struct SheetChangeTests {
  /// An assessment of one person, on a sheet and as a whole; `name` makes two of them one person.
  private static func pair(_ seed: UInt64, named: Bool) -> (
    sheets: [[UInt8]], sides: [ComparedAssessment], scope: Assessment.Scope
  ) {
    var random = SeededGenerator(state: seed)
    let items = outsideIn.questionnaire.items.filter { $0.scored != nil }
    let scope: Assessment.Scope = seed % 4 == 0 ? .core : .full
    let gaps = Int.random(in: 0...3, using: &random)
    var sheets: [[UInt8]] = []
    let sides = (0..<2).map { side in
      var responses: [Response] = []
      var sheet: [UInt8] = []
      for item in items {
        var answer = Response.Answer.answered(.level(Int.random(in: 0...4, using: &random)))
        if Int.random(in: 0..<30, using: &random) < gaps {
          answer = [.dontKnow, .notApplicable(reason: nil), .open].randomElement(using: &random)!
        }
        if scope == .core, !item.core { answer = .open }
        switch answer {
        case .answered(.level(let level)): sheet.append(UInt8(level))
        case .notApplicable: sheet.append(5)
        case .dontKnow: sheet.append(6)
        default: sheet.append(7)
        }
        if answer != .open {
          responses.append(Response(key: .init(item: item.id, rater: "r1"), answer: answer))
        }
      }
      sheets.append(sheet)
      return ComparedAssessment(
        Assessment(
          id: "S\(side)", scope: scope, startedAt: noon,
          finishedAt: Timestamp(secondsSince1970: noon.secondsSince1970 + Int64(side) * 86_400 * 200),
          questionnaire: outsideIn.reference,
          raters: [Rater(id: "r1", name: named ? "Ana Roth" : "")],
          responses: responses), outsideIn.questionnaire, Correspondence(identity: outsideIn.questionnaire))
    }
    return (sheets, sides, scope)
  }

  /// Over random ones: the same indexes, the same error for whoever it was, and what is passed over can't count.
  @Test func comesToWhatAComparisonComesTo() throws {
    let scorer = try #require(SheetScorer(outsideIn.questionnaire))
    var (compared, passedOver) = (0, 0)
    for seed in 1...400 as ClosedRange<UInt64> {
      let (sheets, sides, scope) = Self.pair(seed, named: seed % 2 == 0)
      let closer = TeamChange(organization: "", team: "", from: sides[0], to: sides[1])
      let quick = sheets[0].withUnsafeBufferPointer { one in
        sheets[1].withUnsafeBufferPointer { other in
          scorer.change(from: one, to: other, asked: scorer.asked(scope), isShort: scope == .core)
        }
      }
      guard let quick else { continue }
      compared += 1
      let row = try #require(closer, "seed \(seed)")
      #expect(isClose(quick.from, row.from, 1e-9) && isClose(quick.to, row.to, 1e-9), "seed \(seed)")
      #expect(quick.p(.standard, LearnedScatter([], policy: .standard)) <= row.p + 1e-12, "seed \(seed)")
      // The same variance is assumed.
      #expect(isClose(quick.assumed, row.scatter.from.assumed, 1e-9), "seed \(seed)")
      if !ChangeScreen([]).mayCount(quick) {
        passedOver += 1
        #expect(row.outcome == .none, "seed \(seed)")
      }
    }
    #expect(compared > 200 && passedOver > 50, "\(compared), \(passedOver)")
  }

  /// A list with and without those that are passed over is one list.
  @Test func passedOverOrNotTheListIsOne() throws {
    let scorer = try #require(SheetScorer(outsideIn.questionnaire))
    var (all, few, unremarkable): ([TeamChange], [TeamChange], Int) = ([], [], 0)
    for seed in 1...200 as ClosedRange<UInt64> {
      let (sheets, sides, scope) = Self.pair(seed, named: true)
      guard let closer = TeamChange(organization: "", team: "\(seed)", from: sides[0], to: sides[1]) else {
        continue
      }
      let quick = sheets[0].withUnsafeBufferPointer { one in
        sheets[1].withUnsafeBufferPointer { other in
          scorer.change(from: one, to: other, asked: scorer.asked(scope), isShort: scope == .core)
        }
      }
      all.append(closer)
      if let quick, !ChangeScreen([]).mayCount(quick) { unremarkable += 1 } else { few.append(closer) }
    }
    let (whole, short) = (
      ChangeList(all, incomparable: 0), ChangeList(few, unremarkable: unremarkable, incomparable: 0)
    )
    #expect(whole.holding == short.holding && whole.alone == short.alone && whole.compared == short.compared)
    #expect(whole.byChance == short.byChance && unremarkable > 50)
  }
}
