import AssessmentModel
import Foundation
import GRDB
import QuestionnaireFormat
import SeededGenerator
import Testing

@testable import Scoring
@testable import Storage

/// One person's sheet is scored by sums of its own, which may never come to anything else than those of all others.
@Suite struct SheetScorerTests {
  private static func random(_ seed: UInt64) -> Assessment {
    var random = SeededGenerator(state: seed)
    // From no gap to hardly an answer.
    let gaps = [0, 0, 1, 3, 8, 17].randomElement(using: &random)!
    let scope: Assessment.Scope = Bool.random(using: &random) ? .core : .full
    let leaning = Int.random(in: 0...4, using: &random)
    let areas = outsideIn.questionnaire.dimensions.map(\.id)
    var responses: [Response] = []
    let skipped = Bool.random(using: &random) ? areas.randomElement(using: &random) : nil
    for item in outsideIn.questionnaire.items {
      guard let scored = item.scored else { continue }
      let answer: Response.Answer
      if scored.dimension == skipped, gaps > 0, Int.random(in: 0..<4, using: &random) > 0 { continue }
      switch Int.random(in: 0..<20, using: &random) {
      case 0..<gaps: answer = [.dontKnow, .notApplicable(reason: nil), .open].randomElement(using: &random)!
      default:
        answer = oriented(min(4, max(0, leaning + Int.random(in: -1...1, using: &random))), item)
      }
      responses.append(Response(key: .init(item: item.id, rater: "r1"), answer: answer))
    }
    return Assessment(
      id: "S\(seed)", scope: scope,
      deepened: scope == .core && Int.random(in: 0..<3, using: &random) == 0 ? Set(areas.prefix(2)) : [],
      finishedAt: noon, questionnaire: outsideIn.reference, raters: [Rater(id: "r1")], responses: responses)
  }

  @Test func comesToWhatEveryScoreComesTo() throws {
    var scorer = try #require(SheetScorer(outsideIn.questionnaire))
    var bands: [String: Int] = [:]
    let isFull = ProcessInfo.processInfo.environment["OUTSIDE_IN_PROPERTIES"] == "full"
    for seed in 1...(isFull ? 20_000 : 2000) as ClosedRange<UInt64> {
      let assessment = Self.random(seed)
      let wanted = PortfolioScore(score(assessment, with: outsideIn.questionnaire))
      let sheet = try #require(AnswerSheet(of: assessment, items: outsideInItems))
      let found = sheet.cells.withUnsafeBufferPointer {
        scorer.score(
          $0, scope: assessment.scope, deepened: assessment.deepened.sorted().joined(separator: " "))
      }
      func close(_ one: Double?, _ other: Double?) -> Bool {
        isClose(one, other, 1e-12 * max(1, abs(other ?? 0)))
      }
      let (mine, theirs) = (found.certainty, wanted.certainty)
      bands[theirs.map { "\($0.band)" } ?? "none", default: 0] += 1
      let isSame =
        close(found.index, wanted.index) && close(found.coverage, wanted.coverage)
        && zip(found.areas, wanted.areas).allSatisfy {
          close($0.score, $1.score) && close($0.coverage, $1.coverage)
        }
        && mine?.band == theirs?.band && mine?.orientation == theirs?.orientation
        && close(mine?.standardError, theirs?.standardError)
        && close(mine?.raterVariance, theirs?.raterVariance)
        && mine?.degreesOfFreedom == theirs?.degreesOfFreedom
        && close(mine?.range.lowerBound, theirs?.range.lowerBound)
        && close(mine?.range.upperBound, theirs?.range.upperBound)
      #expect(isSame, "seed \(seed): \(found) and not \(wanted)")
      if !isSame { break }
    }
    #expect(bands.count == 4 && bands.values.allSatisfy { $0 > 10 }, "\(bands)")
  }

  /// A questionnaire of which a condition hides a scored item has no such way.
  @Test func conditionsAreLeftToTheOther() throws {
    let files = EditionTests.hospital.merging([
      "journey-map.yaml": EditionTests.hospital["journey-map.yaml"]!.replacing(
        "text: Who understands the letters you send?",
        with: "text: Who understands the letters you send?\n    when: { item: own-who, atLeast: 2 }")
    ]) { $1 }
    let edition = try #require(EditionTests.read(files).questionnaire)
    #expect(SheetScorer(edition) == nil)
    #expect(SheetScorer(EditionTests.read().questionnaire!) != nil)
  }

  /// What is kept of finished ones beside them is always what they are: whatever is done to them.
  @Test func whatIsSealedFollowsWhatIsDone() throws {
    let folder = try TemporaryFolder()
    let store = try Store(directory: folder.path)
    func sealed() throws -> [[String]] {
      try store.queue.read { db in
        try Row.fetchAll(
          db, sql: "SELECT organization, team, finished_at, assessment, scope, hex(answers) FROM sealed"
        ).map { row in
          (0..<6).map { "\(row[$0] as DatabaseValue)" }
        }
      }
    }
    func wanted() throws -> [[String]] {
      try store.list().filter { $0.finishedAt != nil }.map { summary in
        let assessment = try store.open(summary.id).assessment
        let hex = AnswerSheet(of: assessment, items: outsideInItems)?.cells.map { String(format: "%02X", $0) }
          .joined()
        return [
          assessment.organization.nameKey, assessment.team.nameKey,
          "\(assessment.finishedAt!.secondsSince1970)", assessment.id,
          assessment.scope.rawValue, hex ?? "",
        ].enumerated().map { $0 == 2 ? $1 : "\"\($1)\"" }
      }.sorted { $0.joined() < $1.joined() }
    }
    for seed in 1...40 as ClosedRange<UInt64> {
      var random = SeededGenerator(state: seed)
      var assessment = seed % 2 == 0 ? Self.random(seed) : randomAssessment(seed)
      assessment.organization = ["Acme", "M\u{DC}LLER", "Müller"].randomElement(using: &random)!
      let copy = Assessment(
        id: "N\(seed)", organization: assessment.organization, team: "T", scope: assessment.scope,
        setting: assessment.setting,
        deepened: assessment.deepened, startedAt: noon, finishedAt: assessment.finishedAt,
        questionnaire: outsideIn.reference,
        raters: assessment.raters, responses: assessment.responses, settled: assessment.settled)
      var stored = try store.insert(copy, questionnaire: StorageTests.questionnaire, at: noon)
      for _ in 0..<Int.random(in: 0...4, using: &random) {
        let event: SessionEvent =
          [
            .finished(at: noon), .reopened, .named(organization: "Beta GmbH", team: "x"), .parked("a"),
            .scoped(.full),
            .responded(Response(key: .init(item: "own-who", rater: "r1"), answer: .answered(.level(2)))),
          ].randomElement(using: &random)!
        stored = try store.append([event], to: stored, at: noon)
      }
      if Int.random(in: 0..<5, using: &random) == 0 { try store.delete(["N\(seed)"]) }
      #expect(
        try sealed().map { $0.map { $0 == "NULL" ? "\"\"" : $0 } }.sorted { $0.joined() < $1.joined() }
          == wanted(), "seed \(seed)")
    }
    #expect(try sealed().count > 10)
  }

  /// Stores of before have all that: which items a questionnaire has, and a row for each that is finished.
  @Test(arguments: 1...7)
  func olderStoresHaveItToo(schema: Int) throws {
    let old = try TemporaryFolder()
    try Data(fixture("schema-\(schema).sqlite")).write(to: URL(fileURLWithPath: old.file(Store.fileName)))
    let store = try Store(directory: old.path)
    for summary in try store.list() {
      let stored = try store.open(summary.id)
      let pinned = try PinnedQuestionnaire(
        reading: stored.questionnaire.canonical, digests: stored.questionnaire.digests, status: .published)
      #expect(stored.questionnaire.items == ScoredItems(of: pinned.questionnaire))
      let row = try store.queue.read { db in
        try Row.fetchOne(
          db, sql: "SELECT organization, questionnaire FROM sealed WHERE assessment = ?",
          arguments: [summary.id])
      }
      #expect((row == nil) == (summary.finishedAt == nil))
      if let row { #expect(row["organization"] == summary.organization.nameKey) }
    }
  }
}
