import AssessmentModel
import Foundation
import SeededGenerator
import Testing

@testable import Interchange
@testable import OutsideInCLI
@testable import QuestionnaireFormat
@testable import Scoring
@testable import Storage

/// Many organisations together.
@Suite struct PortfolioTests {
  private static let frame = PortfolioFrame(
    outsideIn.questionnaire, ways: [Correspondence(identity: outsideIn.questionnaire)], isCore: false)
  private static let today = Day("2026-11-26")!

  /// A team that gives every question the same oriented level.
  private static func entry(_ id: String, _ level: Double, on day: String = "2026-05-01", raters: Int = 1)
    -> PortfolioEntry
  {
    let assessment = Assessment(
      id: id, startedAt: noon, finishedAt: Timestamp(rfc3339: day + "T12:00:00Z"),
      questionnaire: outsideIn.reference,
      raters: (1...2).map { Rater(id: "r\($0)") },
      responses: outsideIn.questionnaire.items.filter { $0.scored != nil }.flatMap { item in
        // Two raters give halves.
        [level.rounded(.down), level.rounded(.up)].enumerated().map { place, level in
          Response(key: .init(item: item.id, rater: "r\(place + 1)"), answer: oriented(Int(level), item))
        }
      })
    return frame.entry(
      assessment, outsideIn.questionnaire, way: Correspondence(identity: outsideIn.questionnaire))!
  }

  private static func portfolio(_ rows: [(organization: String, team: String, PortfolioEntry)]) -> Portfolio {
    var builder = PortfolioBuilder(frame, on: today)
    for row in rows { builder.add(organization: row.organization, team: row.team, row.2) }
    return builder.finish()
  }

  @Test func anOrganisationIsTheMeanOfItsTeamsLatest() throws {
    let portfolio = Self.portfolio([
      ("acme", "a", Self.entry("1", 0, on: "2025-01-01")), ("acme", "a", Self.entry("2", 4)),
      ("acme", "b", Self.entry("3", 2)),
      ("beta", "", Self.entry("4", 1)), ("gone", "x", Self.entry("5", 4, on: "2024-11-25")),
      ("late", "x", Self.entry("6", 4, on: "2024-11-26")),
    ])
    #expect(
      portfolio.assessments == 6 && portfolio.teams == 5 && portfolio.organizations == 3
        && portfolio.outdated == 1)
    let index = try #require(portfolio.index)
    #expect(index.quartiles == [25, 50, 75, 87.5, 100] && isClose(index.mean, 200.0 / 3))
    #expect(index.tenths == [0, 0, 1, 0, 0, 0, 0, 1, 0, 1])
    #expect(portfolio.outsideIn.count == 2 && portfolio.insideOut.count == 1)
    #expect(portfolio.areas.allSatisfy { $0?.count == 3 && isClose($0?.mean, 200.0 / 3) })
    #expect(portfolio.years.map(\.year) == [2024, 2025, 2026])
    #expect(
      portfolio.years.map(\.organizations) == [2, 1, 2] && portfolio.years.map(\.assessments) == [2, 1, 3])
    #expect(zip(portfolio.years, [100, 0, 175.0 / 3]).allSatisfy { isClose($0.mean, $1, 1e-9) })
    // 4, 2, 1 and 4 of four teams, one of which is outdated.
    #expect(
      portfolio.items.allSatisfy { $0.asked == 4 && $0.answered == 4 && $0.atCeiling == 2 && $0.mean == 2.75 }
    )
    #expect(
      portfolio.scales.allSatisfy { $0.reliability.organizations == 3 && $0.reliability.alpha.gap == .tooFew }
    )
  }

  /// The last day that counts two years back, in leap years and months of other lengths.
  @Test(arguments: [
    ("2026-11-26", "2024-11-26"), ("2026-02-28", "2024-02-28"), ("2028-02-29", "2026-02-28"),
    ("2026-01-31", "2024-01-31"),
  ])
  func twoYearsCount(today: String, first: String) {
    let day = Day(first)!
    func isCounted(_ day: Day) -> Bool {
      var builder = PortfolioBuilder(Self.frame, on: Day(today)!)
      builder.add(organization: "a", team: "b", Self.entry("1", 2, on: day.description))
      return builder.finish().organizations == 1
    }
    #expect(isCounted(day) && !isCounted(day.adding(days: -1)))
  }

  @Test func whoLacksAnAnswerIsLeftOutOfATable() throws {
    var full: [(organization: String, team: String, PortfolioEntry)] = []
    for number in 0..<30 { full.append(("o\(number)", "", Self.entry("\(number)", Double(number % 5)))) }
    let last = Self.entry("x", 4)
    let vision = outsideIn.questionnaire.items.filter { $0.scored != nil }.firstIndex {
      $0.scored?.dimension == "vision"
    }!
    var standings = last.standings
    standings[vision] = .init(.dontKnow)
    full.append(
      (
        "x", "",
        PortfolioEntry(finishedAt: last.finishedAt, raters: 1, score: last.score, standings: standings)
      ))
    let portfolio = Self.portfolio(full)
    let scales = Dictionary(uniqueKeysWithValues: portfolio.scales.map { ("\($0.kind)", $0) })
    let whole = try #require(scales["whole"])
    #expect(whole.reliability.organizations == 30 && whole.incomplete == 1)
    #expect(isClose(whole.incompleteIndex, 100, 1e-9) && isClose(whole.completeIndex, 50, 1e-9))
    #expect(
      scales["area(\"insight\")"]?.reliability.organizations == 31
        && scales["area(\"insight\")"]?.incomplete == 0)
    #expect(isClose(whole.reliability.alpha.value, 1, 1e-9))
    #expect(portfolio.items[vision].dontKnow == 1 && portfolio.items[vision].answered == 30)
    // Two people each, whose views differ by nothing or a step.
    #expect(portfolio.raterReliability.map(\.from) == [1, 2])
    #expect(portfolio.raterReliability.map { $0.reliability != nil } == [false, true])
  }

  /// Reliability between organisations, by hand: 1 − mean V / Var(O).
  @Test func reliabilityIsOfTheOrganisations() throws {
    let entries = (0..<40).map { Self.entry("\($0)", Double($0 % 5)) }
    let portfolio = Self.portfolio(entries.enumerated().map { ("o\($0)", "", $1) })
    let group = try #require(portfolio.raterReliability.first)
    let variances = entries.map { $0.score.certainty!.raterVariance }
    let indexes = entries.map { $0.score.index! }
    let mean = indexes.reduce(0, +) / 40
    let variance = indexes.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 39
    #expect(
      isClose(group.raterVariance, variances.reduce(0, +) / 40) && isClose(group.variance, variance, 1e-9))
    #expect(isClose(group.reliability, 1 - variances.reduce(0, +) / 40 / variance, 1e-9))
  }

  /// Whether an assessment is read from its sheet or as a whole makes no difference, be it of an older version or of the short form.
  @Test func bothWaysComeToTheSame() throws {
    let folder = try TemporaryFolder()
    let store = try Store(directory: folder.path)
    for seed in 1...120 as ClosedRange<UInt64> {
      var random = SeededGenerator(state: seed)
      let pinned = seed % 3 == 0 ? builtIn("1.0.0") : outsideIn
      let items = pinned.questionnaire.items.filter { $0.scored != nil }
      let assessment = Assessment(
        id: "N\(seed)", organization: "O\(seed % 40)", team: "T\(seed % 2)",
        scope: seed % 5 == 0 ? .core : .full,
        startedAt: noon, finishedAt: Timestamp(secondsSince1970: noon.secondsSince1970 + Int64(seed)),
        questionnaire: pinned.reference, raters: [Rater(id: "r1")],
        responses: items.compactMap { item in
          let answer: Response.Answer =
            switch Int.random(in: 0..<14, using: &random) {
            case 0: .dontKnow
            case 1: .notApplicable(reason: nil)
            case 2: .open
            case let number: .answered(.level(number % 5))
            }
          return answer == .open ? nil : Response(key: .init(item: item.id, rater: "r1"), answer: answer)
        })
      try store.insert(assessment, questionnaire: pinned.stored, at: noon)
    }
    func entries() throws -> [(String, PortfolioEntry)] {
      var reading = try PortfolioReading(
        store, Catalog(folders: []), filter: SealedFilter(), questionnaire: nil)
      #expect(reading.frame.isJoined && reading.frame.isCore)
      #expect(reading.frame.common.count == 15)
      var found: [(String, PortfolioEntry)] = []
      _ = try reading.portfolio(on: noon.day) { found.append(($0.assessment, $1)) }
      return found
    }
    let fromSheets = try entries()
    try store.queue.write { try $0.execute(sql: "UPDATE sealed SET answers = NULL") }
    let whole = try entries()
    #expect(fromSheets.count == 120 && whole.count == 120)
    for ((id, sheet), (other, whole)) in zip(fromSheets, whole) {
      #expect(id == other && sheet.raters == whole.raters && sheet.finishedAt == whole.finishedAt)
      #expect(
        zip(sheet.standings, whole.standings).allSatisfy {
          $0.state == $1.state && ($0.value == $1.value || $0.value.isNaN && $1.value.isNaN)
        }, "\(id)")
      #expect(
        isClose(sheet.score.index, whole.score.index, 1e-9)
          && isClose(sheet.score.coverage, whole.score.coverage, 1e-12))
      #expect(isClose(sheet.score.certainty?.standardError, whole.score.certainty?.standardError, 1e-9))
      #expect(sheet.score.certainty?.band == whole.score.certainty?.band)
    }
  }
}
