import AssessmentModel
import Testing

/// Figures and days as people type them: what each becomes, or what is asked. None is ever taken for another one.
@Suite struct TypedTests {
  enum Figure: Sendable, Equatable {
    case exactly(Double)
    case with(Double, String)
    case asked(Double, Double)
    case other(String)
    case no
  }

  static func figure(_ reading: FigureReading) -> Figure {
    switch reading {
    case .figure(let value, nil): .exactly(value)
    case .figure(let value, let unit?): .with(value, unit)
    case .either(let one, let other): .asked(one, other)
    case .otherUnit(let typed, _): .other(typed)
    case .unreadable: .no
    }
  }

  @Test(
    arguments: [
      ("0", .exactly(0)), ("5", .exactly(5)), ("1200", .exactly(1200)), ("007", .exactly(7)),
      ("+5", .exactly(5)),
      ("-5", .exactly(-5)),
      ("−5", .exactly(-5)), ("– 5", .exactly(-5)), ("  42  ", .exactly(42)), ("-0", .exactly(0)),
      // Decimals.
      ("31,5", .exactly(31.5)), ("31.5", .exactly(31.5)), ("0.5", .exactly(0.5)), (".5", .exactly(0.5)),
      (",5", .exactly(0.5)),
      ("0.125", .exactly(0.125)), ("0,125", .exactly(0.125)), ("1234.567", .exactly(1234.567)),
      ("1234,567", .exactly(1234.567)),
      ("1.2", .exactly(1.2)), ("1,25", .exactly(1.25)), ("1.2345", .exactly(1.2345)),
      ("-31,5", .exactly(-31.5)),
      ("012.345", .exactly(12.345)), ("3.14159", .exactly(3.14159)),
      // Thousands.
      ("1,200,000", .exactly(1_200_000)), ("1.200.000", .exactly(1_200_000)), ("1 200", .exactly(1200)),
      ("1'200", .exactly(1200)), ("1’200", .exactly(1200)), ("1 200 000", .exactly(1_200_000)),
      ("12 345", .exactly(12_345)),
      ("1\u{A0}200", .exactly(1200)), ("1\u{202F}200", .exactly(1200)), ("1'200'000", .exactly(1_200_000)),
      // Both.
      ("1,200.50", .exactly(1200.5)), ("1.200,50", .exactly(1200.5)), ("1 200,5", .exactly(1200.5)),
      ("1 200.5", .exactly(1200.5)),
      ("1'200.50", .exactly(1200.5)), ("1,200,000.5", .exactly(1_200_000.5)),
      ("1.200.000,5", .exactly(1_200_000.5)),
      ("1 200,500", .exactly(1200.5)), ("1,200.500", .exactly(1200.5)), ("-1.200,50", .exactly(-1200.5)),
      // Either.
      ("1.200", .asked(1200, 1.2)), ("1,200", .asked(1200, 1.2)), ("12.345", .asked(12_345, 12.345)),
      ("999,999", .asked(999_999, 999.999)), ("-1,500", .asked(-1500, -1.5)), ("1.000", .asked(1000, 1)),
      ("€ 1.200", .asked(1200, 1.2)),
      // Units, where none is known.
      ("12 %", .with(12, "%")), ("12%", .with(12, "%")), ("€ 5", .with(5, "€")), ("€5", .with(5, "€")),
      ("-€5", .with(-5, "€")), ("5 €", .with(5, "€")), ("1200 EUR", .with(1200, "EUR")),
      ("3 days", .with(3, "days")),
      ("1 200,50 CHF", .with(1200.5, "CHF")), ("4.5 of 5", .no), ("2.5 h", .with(2.5, "h")),
      // Nothing that could be meant.
      ("", .no), ("many", .no), ("1,2,3", .no), ("1.2.3", .no), ("1,20,000", .no), ("12 34", .no),
      ("1 20", .no),
      ("1..2", .no), ("1,,200", .no), ("5.", .no), ("--5", .no), ("5-", .no), ("1e3", .no), ("0x1F", .no),
      ("inf", .no), ("nan", .no), ("1/2", .no), ("5-6", .no), ("(5)", .no), ("1.200 000", .no),
      ("€ 5 %", .no),
      ("1'20", .no), ("12345678901234567", .no), ("1.234,567.8", .no), ("٣", .no), ("1 200 50", .no),
    ] as [(String, Figure)])
  func figures(text: String, meaning: Figure) {
    #expect(Self.figure(FigureReading(text)) == meaning)
  }

  @Test(
    arguments: [
      ("12 %", "%", .exactly(12)), ("12", "%", .exactly(12)), ("12 percent", "%", .exactly(12)),
      ("12 %", "% of calls", .exactly(12)),
      ("€ 5", "EUR", .exactly(5)), ("5 euros", "€", .exactly(5)), ("3 h", "hours", .exactly(3)),
      ("3 hours", "Hours", .exactly(3)),
      ("1 day", "days", .exactly(1)), ("31 contacts", "contact", .exactly(31)),
      ("12 %", "hours", .other("%")),
      ("€ 5", "$", .other("€")), ("3 days", "hours", .other("days")), ("1.2k", "people", .other("k")),
      ("€ 1.200", "€", .asked(1200, 1.2)),
    ] as [(String, String, Figure)])
  func figuresWithAUnitOfTheirOwn(text: String, unit: String, meaning: Figure) {
    #expect(Self.figure(FigureReading(text, unit: unit)) == meaning)
  }

  /// What is named as what may have been meant is taken when it is typed.
  @Test(arguments: ["1.200", "1.234", "12,345", "-1.500", "999.999"]) func bothThatAreNamedCanBeTyped(
    text: String
  ) throws {
    let words = try #require(FigureReading(text).problem(with: text))
    let match = try #require(words.firstMatch(of: /can be (\S+) or (\S+): type/))
    guard case .either(let one, let other) = FigureReading(text) else {
      Issue.record("\(text) is not asked")
      return
    }
    #expect(FigureReading(String(match.1)).value == one && FigureReading(String(match.2)).value == other)
  }

  /// Between commas a point stands before decimals, between semicolons a comma.
  @Test(
    arguments: [
      ("1.200", .point, 1.2), ("1,200", .point, 1200), ("1,200", .comma, 1.2), ("1.200", .comma, 1200),
      ("31.5", .comma, 31.5), ("31,5", .point, 31.5), ("1.200,5", .point, 1200.5),
      ("1,200,000", .comma, 1_200_000),
      ("0.125", .comma, 0.125), ("2.0", .point, 2), ("2,0", .comma, 2), ("2.0", .comma, 2),
    ] as [(String, FigureReading.DecimalSign, Double)])
  func aTableTellsWhatIsMeant(text: String, decimals: FigureReading.DecimalSign, value: Double) {
    #expect(FigureReading(text, decimals: decimals).value == value)
  }

  // MARK: Days

  /// A Thursday.
  static let today = Day("2026-11-26")!

  enum When: Sendable, Equatable {
    case on(String)
    case asked(String, String)
    case impossible
    case no
  }

  static func when(_ text: String, _ direction: DayReading.Direction, today: Day = today) -> When {
    switch DayReading(text, today: today, lies: direction) {
    case .day(let day): .on(day.description)
    case .either(let one, let other): .asked(one.description, other.description)
    case .impossible: .impossible
    case .unreadable: .no
    }
  }

  /// What is due lies ahead.
  @Test(
    arguments: [
      ("2026-11-30", .on("2026-11-30")), ("2026-12-1", .on("2026-12-01")), ("2026/11/30", .on("2026-11-30")),
      ("30.11.2026", .on("2026-11-30")), ("30. 11. 2026", .on("2026-11-30")), ("30.11.26", .on("2026-11-30")),
      ("30.11.", .on("2026-11-30")), ("30.11", .on("2026-11-30")), ("3.4.", .on("2027-04-03")),
      ("30/11/2026", .on("2026-11-30")), ("11/30/2026", .on("2026-11-30")), ("30-11-2026", .on("2026-11-30")),
      ("11/30", .on("2026-11-30")), ("03/04/2027", .asked("2027-03-04", "2027-04-03")),
      ("03/12/2026", .on("2026-12-03")),
      ("3/4", .asked("2027-03-04", "2027-04-03")), ("12/12/2026", .on("2026-12-12")),
      ("30 Nov", .on("2026-11-30")), ("Nov 30", .on("2026-11-30")), ("30 November 2026", .on("2026-11-30")),
      ("November 30, 2026", .on("2026-11-30")), ("30th of November", .on("2026-11-30")),
      ("Nov. 30th", .on("2026-11-30")),
      ("1 Sept", .on("2027-09-01")), ("26 Nov", .on("2026-11-26")), ("25 Nov", .on("2027-11-25")),
      ("29 Feb", .on("2028-02-29")), ("Mon 30 Nov", .on("2026-11-30")),
      ("Monday, 30 November", .on("2026-11-30")),
      ("Tue 30 Nov", .impossible), ("Thu 03/04/2027", .on("2027-03-04")), ("Sat 3/4", .on("2027-04-03")),
      ("Friday", .on("2026-11-27")), ("fri", .on("2026-11-27")), ("on Friday", .on("2026-11-27")),
      ("by Monday", .on("2026-11-30")), ("Thursday", .on("2026-12-03")), ("this Friday", .on("2026-11-27")),
      ("next Friday", .asked("2026-11-27", "2026-12-04")), ("last Friday", .impossible),
      ("today", .on("2026-11-26")),
      ("tomorrow", .on("2026-11-27")), ("the day after tomorrow", .on("2026-11-28")),
      ("yesterday", .impossible),
      ("in 2 weeks", .on("2026-12-10")), ("in two weeks", .on("2026-12-10")),
      ("in a week", .on("2026-12-03")),
      ("in 10 days", .on("2026-12-06")), ("in 10 days' time", .on("2026-12-06")),
      ("in a month", .on("2026-12-26")),
      ("in one year", .on("2027-11-26")), ("2 weeks ago", .impossible), ("2025-11-30", .impossible),
      ("31 Nov", .no), ("30.13.2026", .no), ("2026-02-30", .no), ("13/13/2026", .no), ("soon", .no),
      ("5", .no),
      ("30", .no), ("2026", .no), ("11-30", .no), ("in weeks", .no), ("", .no), ("fri 13", .no),
      ("30 Nov 126", .no),
      ("next week", .no), ("1.2.3.4", .no),
    ] as [(String, When)])
  func daysAhead(text: String, meaning: When) {
    #expect(Self.when(text, .ahead) == meaning)
  }

  /// The day of a reading lies behind.
  @Test(
    arguments: [
      ("2026-11-20", .on("2026-11-20")), ("20 Nov", .on("2026-11-20")), ("26 Nov", .on("2026-11-26")),
      ("30 Nov", .on("2025-11-30")), ("30.11.", .on("2025-11-30")), ("Friday", .on("2026-11-20")),
      ("last Friday", .on("2026-11-20")), ("Thursday", .on("2026-11-19")), ("yesterday", .on("2026-11-25")),
      ("today", .on("2026-11-26")), ("a week ago", .on("2026-11-19")), ("3 days ago", .on("2026-11-23")),
      ("two months ago", .on("2026-09-26")), ("tomorrow", .impossible), ("2027-01-01", .impossible),
      ("in 2 weeks", .impossible), ("29 Feb", .on("2024-02-29")),
      ("03/04/2026", .asked("2026-03-04", "2026-04-03")), ("12/10/2026", .on("2026-10-12")),
      ("day before yesterday", .on("2026-11-24")), ("20 Nov 24", .on("2024-11-20")),
    ] as [(String, When)])
  func daysBehind(text: String, meaning: When) {
    #expect(Self.when(text, .behind) == meaning)
  }

  @Test(arguments: [
    ("2024-01-31", 1, "2024-02-29"), ("2023-01-31", 1, "2023-02-28"), ("2026-11-30", 3, "2027-02-28"),
    ("2026-01-15", -1, "2025-12-15"), ("2026-03-31", -1, "2026-02-28"), ("2026-05-31", 12, "2027-05-31"),
  ])
  func monthsAreAddedByTheCalendar(day: String, months: Int, then: String) {
    #expect(Day(day)?.adding(months: months).description == then)
  }

  /// A weekday is never today, whatever day it is.
  @Test func weekdaysAreTheNextOrTheLast() {
    for offset in 0..<14 {
      let today = Self.today.adding(days: offset)
      #expect(Self.when(today.weekday, .ahead, today: today) == .on(today.adding(days: 7).description))
      #expect(Self.when(today.weekday, .behind, today: today) == .on(today.adding(days: -7).description))
      for distance in 1...6 {
        let day = today.adding(days: distance)
        #expect(Self.when(day.weekday, .ahead, today: today) == .on(day.description))
        #expect(Self.when(day.weekday, .behind, today: today) == .on(day.adding(days: -7).description))
      }
    }
  }

  @Test(arguments: [
    ("yes", YesOrNo.yes), ("Y", .yes), (" OK ", .yes), ("okay", .yes), ("Yes.", .yes), ("no", .no),
    ("N", .no),
    ("no!", .no), ("", nil), ("Noah", nil), ("yesterday", nil), ("none", nil),
  ])
  func aYesOrANo(text: String, said: YesOrNo?) {
    #expect(YesOrNo(text) == said)
  }
}
