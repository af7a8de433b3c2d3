/// A moment in UTC, to the second, and its RFC 3339 form (`2026-01-15T09:04:11Z`).
///
/// Formatting is ours because Foundation's formatters pull in ICU, which triples the program and
/// its time to start.
public struct Timestamp: Hashable, Comparable, Sendable {
  /// Seconds since 1970-01-01T00:00:00Z; negative before.
  public let secondsSince1970: Int64

  /// Takes any number; what lies outside the years 0000 to 9997 can't be read back from its written form.
  public init(secondsSince1970: Int64) {
    self.secondsSince1970 = secondsSince1970
  }

  /// What the written form has room for, in UTC and with a plan's year and a half to come: years 0000 to
  /// 9997.
  static let writable: ClosedRange<Int64> = -62_167_219_200...253_339_228_799

  /// Reads `YYYY-MM-DDThh:mm:ss`, an optional fraction (dropped) and `Z` or an offset; nil for
  /// anything else, for dates that do not exist and for those outside the years 0000 to 9997.
  public init?(rfc3339 text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count >= 20, bytes[10] == UInt8(ascii: "T") || bytes[10] == UInt8(ascii: "t"),
      bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
      let day = Day(bytes: bytes[0..<10]),
      let hour = digits(bytes[11..<13]), let minute = digits(bytes[14..<16]),
      let second = digits(bytes[17..<19]), hour < 24, minute < 60, second < 60
    else { return nil }
    var rest = bytes[19...]
    if rest.first == UInt8(ascii: ".") {
      let fraction = rest.dropFirst().prefix { (0x30...0x39).contains($0) }
      if fraction.isEmpty { return nil }
      rest = rest.dropFirst(1 + fraction.count)
    }
    var offset = 0
    switch rest.first {
    case UInt8(ascii: "Z"), UInt8(ascii: "z"):
      if rest.count != 1 { return nil }
    case UInt8(ascii: "+"), UInt8(ascii: "-"):
      let zone = Array(rest)
      guard zone.count == 6, zone[3] == UInt8(ascii: ":"), let hours = digits(zone[1..<3]),
        let minutes = digits(zone[4..<6]), hours < 24, minutes < 60
      else { return nil }
      offset = (hours * 60 + minutes) * (zone[0] == UInt8(ascii: "-") ? -60 : 60)
    default: return nil
    }
    let seconds =
      Int64(day.daysSince1970) * 86_400 + Int64(hour * 3600 + minute * 60 + second - offset)
    guard Self.writable.contains(seconds) else { return nil }
    secondsSince1970 = seconds
  }

  /// `2026-01-15T09:04:11Z`: always UTC, without a fraction.
  public var rfc3339: String { "\(day)T\(clock(withSeconds: true))Z" }

  /// The day in UTC.
  public var day: Day {
    Day(daysSince1970: Int((Double(secondsSince1970) / 86_400).rounded(.down)))
  }

  /// `09:04` or `09:04:11`, in UTC.
  public func clock(withSeconds: Bool = false) -> String {
    let second = Int(((secondsSince1970 % 86_400) + 86_400) % 86_400)
    let time = "\(padded(second / 3600, 2)):\(padded(second / 60 % 60, 2))"
    return withSeconds ? "\(time):\(padded(second % 60, 2))" : time
  }

  /// Whether the left is earlier.
  public static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.secondsSince1970 < right.secondsSince1970
  }
}

/// A day of the Gregorian calendar; `description` is `YYYY-MM-DD`.
public struct Day: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Days since 1970-01-01; negative before.
  public let daysSince1970: Int

  /// Takes any number; what lies outside the years 0000 to 9999 can't be read back from its written form.
  public init(daysSince1970: Int) {
    self.daysSince1970 = daysSince1970
  }

  /// Reads `YYYY-MM-DD`; nil for anything else and for days that do not exist.
  public init?(_ text: String) {
    self.init(bytes: Array(text.utf8)[...])
  }

  init?(bytes: ArraySlice<UInt8>) {
    let start = bytes.startIndex
    guard bytes.count == 10, bytes[start + 4] == UInt8(ascii: "-"),
      bytes[start + 7] == UInt8(ascii: "-"),
      let year = digits(bytes[start..<start + 4]), let month = digits(bytes[start + 5..<start + 7]),
      let day = digits(bytes[start + 8..<start + 10])
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  /// nil where there is no such day.
  package init?(year: Int, month: Int, day: Int) {
    guard (1...12).contains(month), (0...9999).contains(year) else { return nil }
    // Days from civil: years begin in March so that the leap day is the last of its year
    // (H. Hinnant, "chrono-compatible low-level date algorithms").
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    let candidate = Day(daysSince1970: era * 146_097 + dayOfEra - 719_468)
    guard candidate.civil == (year, month, day) else { return nil }
    self = candidate
  }

  package var civil: (year: Int, month: Int, day: Int) {
    let shifted = daysSince1970 + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9)
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  /// `2026-01-15`
  public var description: String {
    let (year, month, day) = civil
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }

  /// `Monday` to `Sunday`.
  public var weekday: String {
    // 1970-01-01 was a Thursday.
    let names = ["Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"]
    return names[(daysSince1970 % 7 + 7) % 7]
  }

  /// The day so many days later, or earlier where `days` is negative.
  public func adding(days: Int) -> Day { Day(daysSince1970: daysSince1970 + days) }

  /// The same day of the month so many months later, or the last one of a shorter month.
  package func adding(months: Int) -> Day {
    let (year, month, day) = civil
    let whole = year * 12 + month - 1 + months
    let target = (year: whole >= 0 ? whole / 12 : (whole - 11) / 12, month: ((whole % 12) + 12) % 12 + 1)
    for last in stride(from: day, to: 0, by: -1) {
      if let found = Day(year: target.year, month: target.month, day: last) { return found }
    }
    return self
  }

  /// Whether the left is earlier.
  public static func < (left: Day, right: Day) -> Bool {
    left.daysSince1970 < right.daysSince1970
  }
}

private func digits(_ bytes: ArraySlice<UInt8>) -> Int? {
  var value = 0
  for byte in bytes {
    guard (0x30...0x39).contains(byte) else { return nil }
    value = value * 10 + Int(byte - 0x30)
  }
  return value
}

private func padded(_ value: Int, _ width: Int) -> String {
  let text = String(value)
  return String(repeating: "0", count: max(0, width - text.count)) + text
}
