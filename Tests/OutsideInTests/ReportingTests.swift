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
    var assessment = coreAssessment(raters: 3) { item, rater in oriented(rater + 1, item) }
    for rater in assessment.raters.indices { assessment.raters[rater].department = "\(hostile)\(rater)" }
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
    let agreement = agreement(assessment, with: outsideIn.questionnaire)
    return [
      resultReport(subject), explainReport(subject), planReport(plan, subject),
      agreementReport(agreement, subject),
    ]
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

  /// The short form asks for less; what nobody gave is no empty column, and no scale is told that is not there.
  @Test(arguments: [
    (
      AssessmentModel.Expectation(expectation: "Soon", expected: 6, perceived: 3),
      Moment(moment: "The bill", emotion: -2),
      [
        "What is expected and found is 1 to 7.", "| expectation | expected | found | gap |",
        "How it feels is −2 to +2.",
      ],
      ["Importance"]
    ),
    (
      AssessmentModel.Expectation(expectation: "Soon", importance: 5, expected: 6, perceived: 3),
      Moment(moment: "The bill", importance: 4, expectation: 4, performance: 2, emotion: -1),
      ["Importance is 1 to 5, what is expected", "| important | expected | goes | feels | gap | so |"], []
    ),
    (
      AssessmentModel.Expectation(expectation: "Soon"), Moment(moment: "The bill"),
      ["| expectation |", "| moment |"],
      ["1 to 7", "−2 to +2", "| gap |"]
    ),
  ])
  func thePlanShowsWhatWasGiven(
    expectation: AssessmentModel.Expectation, moment: Moment, said: [String], unsaid: [String]
  ) throws {
    var assessment = coreAssessment { item, _ in oriented(1, item) }
    for (item, value) in [
      ("exp-list", Value.expectations([expectation])), ("jou-moments", .moments([moment])),
    ] {
      let key = Response.Key(item: item, rater: nil)
      assessment.responses[key] = Response(key: key, answer: .answered(value))
    }
    let subject = Self.subject(assessment)
    let plan = try makePlan(assessment, outsideIn.questionnaire, subject.scorecard, library: builtInActions)
    let text = markdownText(planReport(plan, subject))
    for words in said { #expect(text.contains(words), "\(words)") }
    for words in unsaid { #expect(!text.contains(words), "\(words)") }
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
    (37.499_999_999_999_9, 0, "38"), (-37.499_999_999_999_9, 0, "−38"), (37.4999, 0, "37"),
  ])
  func decimals(value: Double, places: Int, text: String) {
    #expect(decimal(value, places) == text)
  }

  /// What `explain` prints can be added up by hand, to the last digit: items, areas, sections and departments
  /// to the whole, the items of an area to the area.
  @Test func printedFiguresAddUp() throws {
    for seed in UInt64(1)...200 {
      var assessment = randomAssessment(seed)
      for rater in assessment.raters.indices {
        assessment.raters[rater].department = ["Sales", "Ops", ""][rater % 3]
      }
      let subject = Self.subject(assessment)
      guard let index = subject.scorecard.index else { continue }
      let tables = Self.tables(explainReport(subject))
      let items = try #require(tables["question"])
      let total = try #require(items.last?[4])
      #expect(items.last?[0] == "all together", "seed \(seed)")
      #expect(Self.sum(items.dropLast(), 4) == Self.hundredths(total), "seed \(seed)")
      #expect(Self.sum(items.dropLast(), 3) == 10_000, "seed \(seed)")
      #expect(Self.sum(tables["area"] ?? [], 3) == Self.hundredths(total), "seed \(seed)")
      #expect(Self.sum(tables["area"] ?? [], 2) == 10_000, "seed \(seed)")
      #expect(Self.sum(tables["section"] ?? [], 2) == Self.hundredths(total), "seed \(seed)")
      if let departments = tables["answers of"] {
        #expect(Self.sum(departments, 1) == Self.hundredths(total), "seed \(seed)")
      }
      // And each figure is the exact one, but for its last digit.
      #expect(abs(Double(Self.hundredths(total)!) / 100 - (index - 50)) < 0.0051, "seed \(seed)")
      for row in subject.scorecard.contributions {
        let printed = try #require(items.first { $0[0] == row.item })
        #expect(
          abs(Double(Self.hundredths(printed[4])!) / 100 - row.contribution) < 0.02, "seed \(seed)")
      }
      for (place, dimension) in outsideIn.questionnaire.dimensions.enumerated() {
        let own = Self.tables(explainReport(subject, dimension: dimension.id))["question"] ?? []
        if own.last?[0] == "all together" {
          #expect(own.last?[4] == tables["area"]?[place][3], "seed \(seed)")
        }
      }
    }
  }

  private static func tables(_ document: Document) -> [String: [[String]]] {
    var tables: [String: [[String]]] = [:]
    for case .table(let table) in document { tables[table.columns[0].title] = table.rows }
    return tables
  }

  private static func sum(_ rows: some Sequence<[String]>, _ column: Int) -> Int {
    rows.compactMap { hundredths($0[column]) }.reduce(0, +)
  }

  /// What somebody typed about the organisation is told where it is asked for; kept, and not told, where a field of the
  /// list was chosen.
  @Test(arguments: [("other", true), ("crafts", false)])
  func aboutUsSaysWhatIsAsked(field: String, isTold: Bool) throws {
    var assessment = coreAssessment { item, _ in oriented(2, item) }
    for (item, value) in [("cur-sector", Value.option(field)), ("cur-about", .text("Trains to the coast"))] {
      let key = Response.Key(item: item, rater: nil)
      assessment.responses[key] = Response(key: key, answer: .answered(value))
    }
    let words = describe(
      Subject(
        assessment, outsideIn.questionnaire, score(assessment, with: outsideIn.questionnaire)))
    #expect(
      words.contains("In which field does your organisation work? ") && words.contains("Trains") == isTold)
  }

  /// `−1.56` as −156.
  private static func hundredths(_ text: String) -> Int? {
    Double(text.filter { "0123456789.".contains($0) }).map {
      Int(($0 * 100).rounded()) * (text.hasPrefix("−") ? -1 : 1)
    }
  }

  @Test(
    arguments: [
      ([0.333, 0.333, 0.334], 1.0, [0.33, 0.33, 0.34]), ([-1.005, 2.009], 1.0, [-1.01, 2.01]),
      ([], 0.0, []), ([0.3333, 0.3333, 0.3333], 1.0, [0.34, 0.33, 0.33]),
      ([0.1, 0.1], 0.25, [0.13, 0.12]),
    ] as [([Double], Double, [Double])])
  func roundedSuchThatItAddsUp(values: [Double], total: Double, rounded: [Double]) {
    let result = addingUp(values, to: total, places: 2)
    #expect(zip(result, rounded).allSatisfy { isClose($0, $1, 1e-12) }, "\(result)")
    #expect(result.count == rounded.count)
  }
}
