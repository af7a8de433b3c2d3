/// What somebody typed where a day was asked for. No day is ever taken for another one: what can be read in two ways is
/// given as both.
package enum DayReading: Hashable, Sendable {
  case day(Day)
  /// `03/04/2026`: the earlier first.
  case either(Day, Day)
  /// A day that there is, and that can't be meant.
  case impossible(Impossible)
  case unreadable

  package enum Impossible: Hashable, Sendable {
    /// It is no such weekday.
    case weekday(Day, said: String)
    /// It lies behind, and what is asked for lies ahead, or the other way round.
    case direction(Day)

    /// What is wrong with a day that should be over, as the end of a sentence that begins with it.
    package var words: String {
      switch self {
      case .weekday(let day, let said): "is no \(said); \(day) is meant by the rest of it"
      case .direction(let day): "lies ahead (\(day)), and a day that is over is asked for"
      }
    }
  }

  /// Whether what is asked for is still to come, as a due day is, or over, as the day of a reading is. Today is either.
  package enum Direction: Sendable {
    case ahead, behind
  }

  /// Reads `2026-11-30`, `30.11.2026`, `30/11/2026`, `30 Nov`, `Nov 30`, `Friday`, `tomorrow`, `in 2 weeks`,
  /// `3 days ago`.
  ///
  /// Without a year it is the nearest such day in the direction; a weekday is never today.
  package init(_ text: String, today: Day, lies direction: Direction) {
    var words = text.lowercased().replacing("’", with: "'").split { $0 == " " || $0 == "\t" }.map(String.init)
    while let first = words.first, ["on", "by", "until", "the", "this", "coming"].contains(first),
      words.count > 1
    {
      words.removeFirst()
    }
    let reader = Reader(today: today, direction: direction)
    var days = reader.days(words)
    if let said = reader.weekday(in: words), let first = days.first {
      days.removeAll { reader.number(of: $0) != said }
      if days.isEmpty {
        self = .impossible(.weekday(first, said: Reader.weekdays[said].capitalizedFirst))
        return
      }
    }
    let possible = days.filter { direction == .ahead ? $0 >= today : $0 <= today }
    switch possible.count {
    case 0: self = days.isEmpty ? .unreadable : .impossible(.direction(days[0]))
    case 1: self = .day(possible[0])
    default: self = .either(possible[0], possible[1])
    }
  }

  /// The day, where there is just one.
  package var value: Day? {
    if case .day(let day) = self { day } else { nil }
  }

  private struct Reader {
    let today: Day
    let direction: Direction

    static let weekdays = [
      "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    ]
    static let months = [
      "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
      "november", "december",
    ]
    static let numbers = [
      "a", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    ]

    /// Monday is 0; 1970-01-01 was a Thursday.
    func number(of day: Day) -> Int { ((day.daysSince1970 + 3) % 7 + 7) % 7 }

    /// Every day that can be meant, in order.
    func days(_ words: [String]) -> [Day] {
      let text = words.joined(separator: " ")
      switch text {
      case "today": return [today]
      case "tomorrow": return [today.adding(days: 1)]
      case "yesterday": return [today.adding(days: -1)]
      case "day after tomorrow": return [today.adding(days: 2)]
      case "day before yesterday": return [today.adding(days: -2)]
      default: break
      }
      if let day = relative(words) { return [day] }
      if let days = weekdays(words) { return days }
      let rest = words.filter { Self.place(of: $0, among: Self.weekdays) == nil }
      if let days = numeric(rest.joined(separator: " ")) { return Set(days).sorted() }
      return named(rest)
    }

    /// `in 2 weeks`, `a week ago`, `in 10 days' time`
    private func relative(_ words: [String]) -> Day? {
      var words = words
      if words.last == "time" { words.removeLast() }
      let isPast = words.last == "ago"
      guard words.count == 3, isPast != (words[0] == "in") else { return nil }
      let (count, unit) = isPast ? (words[0], words[1]) : (words[1], words[2])
      let spelled = ["an", "one"].contains(count) ? 0 : Self.numbers.firstIndex(of: count)
      guard let amount = Int(count) ?? spelled.map({ $0 + 1 }), (0...3_660).contains(amount) else {
        return nil
      }
      let sign = isPast ? -1 : 1
      switch unit.filter({ $0 != "'" }) {
      case "day", "days": return today.adding(days: sign * amount)
      case "week", "weeks": return today.adding(days: sign * amount * 7)
      case "month", "months": return today.adding(months: sign * amount)
      case "year", "years": return today.adding(months: sign * amount * 12)
      default: return nil
      }
    }

    /// `friday`, `next friday`, `last fri`: never today.
    private func weekdays(_ words: [String]) -> [Day]? {
      guard let last = words.last, let weekday = Self.place(of: last, among: Self.weekdays) else {
        return nil
      }
      let ahead = today.adding(days: (weekday - number(of: today) + 6) % 7 + 1)
      let behind = today.adding(days: -((number(of: today) - weekday + 6) % 7 + 1))
      switch words.dropLast() {
      case []: return [direction == .ahead ? ahead : behind]
      // Some mean the coming one, some the one after that.
      case ["next"]: return [ahead, ahead.adding(days: 7)]
      case ["last"]: return [behind]
      default: return nil
      }
    }

    /// The weekday that stands beside a date.
    func weekday(in words: [String]) -> Int? {
      words.contains { $0.contains(where: \.isNumber) } == false
        ? nil : words.compactMap { Self.place(of: $0, among: Self.weekdays) }.first
    }

    /// `2026-11-30`, `30.11.2026`, `30.11.`, `03/04/2026`
    private func numeric(_ text: String) -> [Day]? {
      let mark = text.first { ".-/".contains($0) }
      var text = text.filter { $0 != " " }[...]
      if mark == ".", text.last == "." { text.removeLast() }
      let parts = text.split(separator: mark ?? ".", omittingEmptySubsequences: false)
      guard let mark, (2...3).contains(parts.count),
        parts.allSatisfy({ (1...4).contains($0.count) && $0.allSatisfy { $0.isASCII && $0.isNumber } })
      else { return nil }
      let numbers = parts.compactMap { Int($0) }
      if parts[0].count == 4 {
        return parts.count == 3 ? dates(numbers[2], numbers[1], numbers[0]) : nil
      }
      guard parts[0].count < 3, parts[1].count < 3, parts.count == 2 || parts[2].count != 3,
        parts.count == 3 || mark != "-"
      else { return nil }
      let year = parts.count == 3 ? Self.full(numbers[2], digits: parts[2].count) : nil
      let dayFirst = dates(numbers[0], numbers[1], year)
      // With points the day stands first wherever they are used.
      return mark == "." ? dayFirst : dayFirst + dates(numbers[1], numbers[0], year)
    }

    /// `30 nov`, `november 30th, 2026`
    private func named(_ words: [String]) -> [Day] {
      var words = words.map { $0.filter { !",.".contains($0) } }.filter { !$0.isEmpty && $0 != "of" }
      guard (2...3).contains(words.count),
        let place = words.firstIndex(where: { Self.place(of: $0, among: Self.months) != nil }), place < 2,
        let month = Self.place(of: words.remove(at: place), among: Self.months)
      else { return [] }
      var day = words[0]
      for end in ["st", "nd", "rd", "th"] where day.hasSuffix(end) { day.removeLast(2) }
      guard day.count < 3, let number = Int(day) else { return [] }
      if words.count == 1 { return dates(number, month + 1, nil) }
      guard [2, 4].contains(words[1].count), let year = Int(words[1]) else { return [] }
      return dates(number, month + 1, Self.full(year, digits: words[1].count))
    }

    /// The day of that date; without a year, the nearest in the direction. None where there is no such day.
    private func dates(_ day: Int, _ month: Int, _ year: Int?) -> [Day] {
      guard (1...12).contains(month) else { return [] }
      if let year { return [Day(year: year, month: month, day: day)].compactMap { $0 } }
      let step = direction == .ahead ? 1 : -1
      // A leap day may be eight years away.
      for distance in 0...8 {
        guard let candidate = Day(year: today.civil.year + step * distance, month: month, day: day) else {
          continue
        }
        if direction == .ahead ? candidate >= today : candidate <= today { return [candidate] }
      }
      return []
    }

    private static func full(_ year: Int, digits: Int) -> Int { digits < 3 ? 2000 + year : year }

    /// By the whole name, or by three letters and more of it.
    private static func place(of word: String, among names: [String]) -> Int? {
      let word = word.filter { !",.".contains($0) }
      if word == "sept" { return names.firstIndex(of: "september") }
      guard word.count >= 3 else { return nil }
      return names.firstIndex { $0.hasPrefix(word) }
    }
  }
}
