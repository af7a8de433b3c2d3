import AssessmentModel
import Foundation
import Testing

@testable import Interchange

/// The table of all answers, and the one of the questions.
@Suite struct AnalysisTableTests {
  private static func rows(_ text: String) throws -> [[String: String]] {
    let read = try CSV.read(Array(text.utf8))
    let header = read.rows[0].cells
    return read.rows.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0.cells)) }
  }

  private static func table(_ assessment: Assessment, names: Bool = true) throws -> [[String: String]] {
    let csv = AnalysisCSV(outsideIn.questionnaire, pseudonym: names ? nil : { "\($0)\($1.count)" })
    return try rows(AnalysisCSV.header + csv.rows(assessment, isLatest: true))
  }

  private static let turned = outsideIn.questionnaire.items.first { item in
    if case .bipolar(let form) = item.scored?.form { return item.core && form.outsideIn == .left }
    return false
  }!

  /// Every cell of one answer.
  @Test func aRowSaysWhatItBelongsTo() throws {
    var assessment = coreAssessment { item, _ in item.id == Self.turned.id ? .answered(.level(1)) : nil }
    assessment.raters[0].department = "Sales"
    assessment.finishedAt = noon
    let key = Response.Key(item: Self.turned.id, rater: "r1")
    assessment.responses[key]?.confidence = .sure
    assessment.responses[key]?.note = "=secret"
    let rows = try Self.table(assessment)
    #expect(rows.count == 1)
    #expect(
      rows[0] == [
        "assessment": "TEST", "organization": "Acme", "team": "Support", "questionnaire": "outside-in",
        "version": "2.0.0",
        "scope": "core", "startedAt": noon.rfc3339, "finishedAt": noon.rfc3339, "latest": "yes",
        "anonymous": "no",
        "item": Self.turned.id,
        "rater": "P1", "department": "Sales", "group": "staff", "round": "1", "state": "answered",
        "value": "1", "oriented": "3",
        "final": "yes", "reason": "", "confidence": "sure", "evidence": "", "evidenceNote": "",
        "note": "'=secret",
        "at": noon.rfc3339,
      ])
  }

  /// One vote of each rater is the latest; what the team settled stands beside the votes.
  @Test func theLatestVoteIsMarkedAndWhatWasSettledHasItsRow() throws {
    var assessment = coreAssessment(raters: 2) { item, rater in
      item.id == "own-who" ? .answered(.level(rater)) : nil
    }
    let again = Response.Key(item: "own-who", rater: "r2", round: 2)
    assessment.responses[again] = Response(key: again, answer: .answered(.level(4)))
    let waiting = Response.Key(item: "own-who", rater: "r1", round: 2)
    assessment.responses[waiting] = Response(key: waiting, answer: .answered(.level(2)), carried: .toConfirm)
    assessment.settled["own-who"] = Settlement(answer: .level(3), reason: "agreed", dissent: nil)
    let rows = try Self.table(assessment).map {
      [$0["rater"]!, $0["round"]!, $0["state"]!, $0["oriented"]!, $0["final"]!]
    }
    #expect(
      rows == [
        ["P1", "1", "answered", "0", "yes"], ["P1", "2", "open", "", ""], ["P2", "1", "answered", "1", ""],
        ["P2", "2", "answered", "4", "yes"], ["", "", "settled", "3", ""],
      ])
  }

  @Test func anonymousVotesAreARowEach() throws {
    var assessment = coreAssessment { _, _ in nil }
    assessment.anonymous = true
    assessment.tallies = [
      Tally(
        item: "own-who", round: 1, group: .staff, department: nil, counts: [0, 1, 0, 2, 0], dontKnow: 1,
        notApplicable: 0),
      Tally(
        item: "own-who", round: 2, group: .staff, department: nil, counts: [0, 0, 3, 0, 0], dontKnow: 0,
        notApplicable: 1),
    ]
    let rows = try Self.table(assessment)
    #expect(rows.map { $0["value"]! } == ["1", "3", "3", "", "2", "2", "2", ""])
    #expect(rows.map { $0["final"]! } == ["", "", "", "", "yes", "yes", "yes", "yes"])
    #expect(rows.allSatisfy { $0["rater"] == "" && $0["anonymous"] == "yes" })
  }

  /// Nothing that somebody is called, and nothing that somebody typed.
  @Test func withoutNamesNobodyIsNamed() throws {
    let assessment = filledAssessment { "canary-\($0)" }
    let named = try Self.table(assessment)
    let bare = try Self.table(assessment, names: false)
    // Who was there knows the minute.
    #expect(Set(bare.compactMap { $0["at"] }).allSatisfy { $0.isEmpty || $0.count == 10 })
    #expect(
      Set(bare.compactMap { $0["startedAt"]?.count }) == [10]
        && named.allSatisfy { $0["startedAt"]?.count == 20 })
    #expect(named.count == bare.count && named.contains { $0["note"] == "canary-note" })
    for row in bare {
      for (column, cell) in row where column != "department" {
        #expect(!cell.contains("canary"), "\(column)")
      }
    }
  }

  @Test func pseudonymsAreTheSameInOneStoreAndOthersInAnother() throws {
    let folder = try TemporaryFolder()
    let line =
      #"{"schema":"outside-in.assessment/1","id":"A1","organization":"Acme","startedAt":"2026-01-01T09:00:00Z","#
      + #""questionnaire":{"id":"outside-in"},"responses":[{"item":"own-who","value":1}]}"#
    func exported(_ data: String, _ more: String...) throws -> String {
      _ = try run(["import", "-", "--data-dir", folder.file(data)], input: line, in: folder)
      return try run(
        ["export", "--all", "--format", "csv", "--data-dir", folder.file(data)] + more, in: folder
      ).output
    }
    let first = try exported("one")
    #expect(try first == exported("one") && first != exported("two"))
    let row = try Self.rows(first)[0]
    #expect(
      row["organization"]?.wholeMatch(of: /O[0-9A-Z]{10}/) != nil && row["assessment"]?.hasPrefix("A") == true
    )
    let named = try Self.rows(exported("one", "--names"))[0]
    #expect(named["organization"] == "Acme" && named["assessment"] == "A1" && named["rater"] == "r1")
    #expect(try run(["export", "A1", "--names", "--data-dir", folder.file("one")], in: folder).status == 64)
  }

  @Test func theCodeBookHasEveryQuestion() throws {
    let rows = try Self.rows(CodeBook.write(outsideIn.questionnaire))
    #expect(rows.map { $0["item"]! } == outsideIn.questionnaire.items.map(\.id))
    let turned = rows.first { $0["item"] == Self.turned.id }!
    #expect(turned["type"] == "bipolar" && turned["outsideIn"] == "left" && turned["core"] == "yes")
    let sector = rows.first { $0["item"] == "cur-sector" }!
    #expect(sector["type"] == "choice" && sector["dimension"] == "" && sector["weight"] == "")
    #expect(rows.first { $0["item"] == "own-who" }!["critical"] == "yes")
  }
}
