import AssessmentModel

/// What is to be asked when a plan is checked, in this order.
public struct Check: Hashable, Sendable {
  /// Lines to which nobody has said yes, or that fell to nobody.
  public let nameless: [PlanLine]
  /// Open lines to hear of.
  public let toHear: [PlanLine]
  /// Metrics to read, by their names.
  public let toRead: [Metric]

  /// Whether there is nothing to ask.
  public var isEmpty: Bool { nameless.isEmpty && toHear.isEmpty && toRead.isEmpty }
}

extension Plan {
  /// What a check on a day asks: each open commitment, and what was taken up as soon as a day of it has come, nobody sees
  /// to it, or somebody has begun; behind the first check also metrics whose time to be read has come. What was heard on
  /// that day already is not asked twice.
  public func check(on day: Day) -> Check {
    let isFirst = calendar.days.count > 1 && day < calendar.days[1].adding(days: -CheckCalendar.early)
    let open = lines.filter { line in
      line.entry.status.isOpen && line.isAsked
        && !kept.hearings.contains { $0.entry == line.entry.id && $0.day == day && $0.answer != .notHeard }
    }
    let wanted = open.filter { line in
      line.entry.isCommitment || isDue(line.entry, on: day) || !isFirst && !line.entry.isNamed
    }
    return Check(
      nameless: wanted.filter { !$0.entry.isNamed }, toHear: wanted.filter(\.entry.isNamed),
      toRead: isFirst ? [] : metrics.filter { $0.isToBeRead(on: day) })
  }

  private func isDue(_ entry: PlanEntry, on day: Day) -> Bool {
    if entry.status != .open { return true }
    if entry.by == nil, entry.due == nil { return true }
    return [entry.by, entry.due].contains { $0.map { $0 <= day } ?? false }
  }

  /// When the plan is checked next; nil behind the last check before the next assessment.
  public var nextCheck: Day? { calendar.next(after: kept.checks) }
}

extension Metric {
  /// Whether it is time to read it: by its cadence, a month where that says nothing that is understood; at once where it
  /// was never read.
  public func isToBeRead(on day: Day) -> Bool {
    guard let latest else { return true }
    return latest.date.adding(days: daysBetweenReadings) <= day
  }

  private var daysBetweenReadings: Int {
    let words = (cadence ?? "").lowercased()
    let known: [(String, Int)] = [
      ("dai", 1), ("day", 1), ("fortnight", 14), ("two weeks", 14), ("week", 7), ("quarter", 91),
      ("half", 182),
      ("year", 365), ("annual", 365), ("month", 30),
    ]
    return known.first { words.contains($0.0) }?.1 ?? 30
  }
}
