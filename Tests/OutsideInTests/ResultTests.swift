import AssessmentModel
import Scoring
import Testing

@testable import Reporting

/// What the result says first: the class in every band, whose view it is, how far it reaches and what would make it
/// surer.
@Suite struct ResultTests {
  enum Band: String, CaseIterable, Sendable {
    case clear, likely, leaning, hair, none
  }

  /// So many people whose answers lie about a level, as far apart as people are.
  static func assessment(_ people: Int, about level: Double, shift: Double) -> Assessment {
    let items = outsideIn.questionnaire.items.filter { $0.core && $0.scored != nil }.map(\.id)
    return coreAssessment(raters: people) { item, rater in
      let place = Double(items.firstIndex(of: item.id) ?? 0)
      let own = people == 1 ? 0 : Double(rater % 3) - 1
      let jitter = (place * 0.37 + Double(rater) * 0.71 + shift).truncatingRemainder(dividingBy: 1) - 0.5
      return oriented(Int(min(4, max(0, (level + 0.6 * own + 1.6 * jitter).rounded()))), item)
    }
  }

  static func band(_ card: Scorecard) -> Band {
    switch card.verdict.band {
    case .clear: .clear
    case .likely: .likely
    case .transitional: abs((card.index ?? 0) - card.cut) <= 3 ? .hair : .leaning
    case nil: .none
    }
  }

  /// The first of ever more decided assessments, from the middle out, that falls into a band.
  static func subject(_ people: Int, _ band: Band, outside: Bool) -> Subject? {
    if band == .none {
      let few = Set(["own-who", "vis-tradeoff"])
      return ReportingTests.subject(
        coreAssessment(raters: people) { item, _ in few.contains(item.id) ? oriented(2, item) : nil })
    }
    for step in 0...800 {
      let distance = Double(step / 8) * 0.02
      let subject = ReportingTests.subject(
        assessment(people, about: outside ? 2 + distance : 2 - distance, shift: Double(step % 8) * 0.11))
      let isOutside = subject.scorecard.verdict.orientation == .outsideIn
      if Self.band(subject.scorecard) == band, isOutside == outside { return subject }
    }
    return nil
  }

  @Test(arguments: [80, 40])
  func resultsAreAsTheyWereKept(width: Int) throws {
    var screens = ""
    for people in [1, 3, 12] {
      for band in Band.allCases {
        for outside in band == .none ? [true] : [true, false] {
          guard let subject = Self.subject(people, band, outside: outside) else {
            Issue.record("no \(band) for \(people)")
            continue
          }
          screens += "=== \(people), \(band), \(outside ? "Outside-In" : "Inside-Out")\n"
          screens += terminalText(resultReport(subject), style: TerminalStyle(width: width)) + "\n"
        }
      }
    }
    try expectAsKept(screens, "results-\(width)")
  }

  @Test(arguments: [1, 3, 12], Band.allCases.filter { $0 != .none })
  func theClassIsAlwaysSaidWithWhoseViewItIs(people: Int, band: Band) throws {
    for outside in [true, false] {
      let subject = try #require(Self.subject(people, band, outside: outside))
      let side = outside ? "Outside-In" : "Inside-Out"
      let view = people == 1 ? "as you see it" : people == 3 ? "as the three of you" : "as the twelve of you"
      let line = headline(subject, .program)
      let start: String =
        switch band {
        case .clear: "\(side), "
        case .likely: "Probably \(side), "
        case .leaning: "Leaning \(side), "
        case .hair, .none: "\(side) by a hair, "
        }
      #expect(line.hasPrefix(start + view), "\(line)")
      #expect(line.contains(" of 100"))
      // In a document that goes to others, nobody is "you".
      let document = terminalText(standing(subject, speaker: .team), style: TerminalStyle())
      #expect(!document.contains("you see it") && !document.contains("like you"))
      #expect(try #require(toPassOn(subject)).contains(side))
    }
  }

  @Test func exactlyInTheMiddleSaysWhatCounts() {
    let subject = ReportingTests.subject(coreAssessment { item, _ in oriented(2, item) })
    #expect(
      headline(subject, .program)
        == "Inside-Out by a hair, as you see it: 50.0 of 100; exactly in the middle, which counts as Inside-Out; "
        + "only above 50 are things arranged around customers.")
  }

  /// What stands for and against is what weighs most on its side, in words of a level on that side.
  @Test(arguments: 0..<200 as Range<UInt64>)
  func whatWeighsMostSpeaksForItsSide(seed: UInt64) throws {
    let subject = ReportingTests.subject(randomAssessment(seed))
    let card = subject.scorecard
    guard let orientation = card.verdict.orientation else { return }
    for answer in weightiest(subject) {
      let outside = answer.isFor == (orientation == .outsideIn)
      let rows = card.contributions.filter { ($0.contribution > 0) == outside }
      let row = try #require(rows.first { $0.item == answer.item })
      #expect(rows.allSatisfy { abs($0.contribution) <= abs(row.contribution) + 1e-9 }, "seed \(seed)")
      let item = try #require(subject.questionnaire.item(answer.item))
      let levels = (0...4).filter { (25 * $0 > 50) == outside }
      #expect(
        levels.compactMap { subject.words(of: $0, of: item) }.contains { answer.said.hasSuffix($0) },
        "seed \(seed): \(answer.said)")
    }
  }
}
