import AssessmentModel
import Planning
import Scoring
import Testing

@testable import Reporting

@Suite struct ReportingTests {
  static func subject(_ assessment: Assessment) -> Subject {
    Subject(
      assessment, outsideIn.questionnaire, score(assessment, with: outsideIn.questionnaire))
  }

  static let hostile = "a\u{1B}[31mb\u{202E}c\u{7}|*_<b>\n# x"

  static func hostileAssessment() -> Assessment {
    var assessment = coreAssessment { item, _ in oriented(2, item) }
    assessment.organization = hostile
    assessment.parked = [hostile]
    let key = Response.Key(item: "exp-list", rater: nil)
    assessment.responses[key] = Response(
      key: key,
      answer: .answered(
        .expectations([Expectation(expectation: hostile, importance: 5, expected: 6, perceived: 2)])))
    return assessment
  }

  static func documents(_ assessment: Assessment) throws -> [Document] {
    let subject = subject(assessment)
    let plan = try makePlan(
      assessment, outsideIn.questionnaire, subject.scorecard, library: builtInActions)
    return [resultReport(subject), explainReport(subject), planReport(plan, subject)]
      + outsideIn.questionnaire.dimensions.map { explainReport(subject, dimension: $0.id) }
      + outsideIn.questionnaire.items.map { explainReport(subject, item: $0.id) }
  }

  @Test(arguments: [40, 57, 80, 120, 200], [false, true])
  func nothingIsWiderThanTheTerminal(width: Int, accessible: Bool) throws {
    for document in try Self.documents(Self.hostileAssessment()) {
      let text = terminalText(document, style: TerminalStyle(width: width, accessible: accessible))
      for line in text.split(separator: "\n") {
        #expect(String(line).columns <= width, "\(line)")
        #expect(line.last != " ", "\(line)")
      }
    }
  }

  @Test func nothingForeignReachesTheTerminalRaw() throws {
    for document in try Self.documents(Self.hostileAssessment()) {
      for style in [TerminalStyle(width: 40), TerminalStyle(width: 120, accessible: true)] {
        let text = terminalText(document, style: style)
        #expect(!text.unicodeScalars.contains { $0.value == 0x1B || $0.value == 7 || $0.value == 0x202E })
      }
      let colored = terminalText(document, style: TerminalStyle(color: true))
      #expect(!colored.contains("\u{1B}[31m"))
    }
  }

  @Test func accessibleTextHasNoBarsAndNoColumns() throws {
    let text = terminalText(
      resultReport(Self.subject(Self.hostileAssessment())), style: TerminalStyle(accessible: true))
    #expect(!text.contains("█") && !text.contains("│") && !text.contains("  "))
    #expect(text.contains("Purpose and vision: 50 of 100, step 2"))
  }

  @Test func markdownShowsWhatWasTyped() {
    let text = markdownText([
      .paragraph("1. # *a* _b_ <script>"), .paragraph("- x"), .paragraph("see https://x"),
      .table(Table([.init("a")], rows: [["x | y"], ["z|\u{301}*\u{200D}"]])),
    ])
    #expect(text.contains("z\\|\u{301}\\*\u{200D}"))
    #expect(text.contains("1\\. # \\*a\\* \\_b\\_ \\<script\\>"))
    #expect(text.contains("\\- x"))
    #expect(text.contains("https\\://x"))
    #expect(text.contains("| x \\| y |"))
  }

  @Test(arguments: [("abc", 3), ("日本", 4), ("e\u{301}", 1), ("👍", 2), ("a\u{200B}", 1), ("ﬀ", 1)])
  func columns(text: String, columns: Int) {
    #expect(text.columns == columns)
  }

  @Test(arguments: [
    (12.345, 2, "12.35"), (-0.04, 1, "0.0"), (-3, 0, "−3"), (0.5, 0, "1"), (99.95, 1, "100.0"),
  ])
  func decimals(value: Double, places: Int, text: String) {
    #expect(decimal(value, places) == text)
  }

  /// What `explain` prints can be added up by hand.
  @Test func printedContributionsAddUp() throws {
    let subject = Self.subject(randomAssessment(77))
    let rows = try #require(
      explainReport(subject).compactMap { block -> Table? in
        if case .table(let table) = block { return table }
        return nil
      }.first)
    let sum = rows.rows.compactMap { Double($0[4].replacing("−", with: "-").replacing("+", with: "")) }
      .reduce(0, +)
    let index = try #require(subject.scorecard.index)
    #expect(abs(sum - (index - 50)) < 0.005 * Double(rows.rows.count) + 0.001)
  }

  @Test(arguments: [
    (4, "We work from the customer's side: Outside-In, by our own account."),
    (0, "We work from our own side: Inside-Out, by our own account."),
    (2, "Too close to call, exactly in the middle"),
  ])
  func verdictsInPlainWords(level: Int, words: String) {
    let card = Self.subject(coreAssessment { item, _ in oriented(level, item) }).scorecard
    #expect(verdictSentence(card).hasPrefix(words))
  }
}
