import CReadline

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Lines that are to be shown later, by a clock that no change of the day's time moves.
struct Reminders {
  private var waiting: [(at: Int64, text: String)]

  init(_ lines: [(after: Int, text: String)]) {
    let now = Self.now
    waiting = lines.map { (now + Int64($0.after) * 1000, $0.text) }.sorted { $0.at < $1.at }
  }

  private static var now: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }

  /// Milliseconds until the next; −1 where there is none.
  var wait: Int32 {
    guard let next = waiting.first else { return -1 }
    return Int32(clamping: max(0, next.at - Self.now))
  }

  /// Takes out those whose time has come.
  mutating func due() -> [String] {
    let now = Self.now
    let due = waiting.prefix { $0.at <= now }
    waiting.removeFirst(due.count)
    return due.map(\.text)
  }
}
