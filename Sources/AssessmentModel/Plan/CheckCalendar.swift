/// When a plan is looked at again: after one, three and six weeks, then monthly until the next assessment; on working
/// days.
public struct CheckCalendar: Hashable, Sendable {
  /// Days from day 0 to the first checks.
  static let firstChecks = [7, 21, 42]
  /// Days from one check to the next, behind those.
  static let later = 30
  /// Days from day 0 to the next assessment.
  public static let reviewAfterDays = 182
  /// How many days early a check may be held and still be the one that was due.
  package static let early = 3

  /// All checks, in order.
  public let days: [Day]
  /// The day for the next assessment.
  public let review: Day

  /// - Parameter dayZero: The day the plan was made.
  public init(from dayZero: Day) {
    var offsets = Self.firstChecks
    while let last = offsets.last, last + Self.later < Self.reviewAfterDays {
      offsets.append(last + Self.later)
    }
    days = offsets.map { dayZero.adding(days: $0).orWorkingDayBefore }
    review = dayZero.adding(days: Self.reviewAfterDays)
  }

  /// The first check that is still to come after those held; nil behind the last.
  public func next(after held: [Day]) -> Day? {
    guard let last = held.max() else { return days.first }
    return days.first { $0 > last.adding(days: Self.early) }
  }
}

extension Day {
  /// Whether it is a Saturday or Sunday.
  package var isWeekend: Bool { ["Saturday", "Sunday"].contains(weekday) }

  /// The same, or the Friday before a weekend.
  package var orWorkingDayBefore: Day {
    isWeekend ? adding(days: weekday == "Saturday" ? -1 : -2) : self
  }
}
