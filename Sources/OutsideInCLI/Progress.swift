import Foundation
import Shell

/// `Read 120000, 41 %; about 12 s left` on a line of its own that is written over; only at a terminal, and only where it takes
/// long enough to wonder.
struct Progress {
  private let what: String
  private let total: Int?
  private let isShown = isatty(2) == 1
  private let start = Progress.seconds()
  private var lastShown = Progress.seconds()
  private var width = 0
  private var calls = 0

  /// - Parameter total: All there is to do; nil where that is not known.
  init(_ what: String, of total: Int?) {
    self.what = what
    self.total = total
  }

  /// - Parameters:
  ///   - count: How many are done, as people count them.
  ///   - done: How much of the total that is.
  mutating func update(_ count: Int, upTo done: Int) {
    calls += 1
    // The clock is asked once in a while.
    guard isShown, calls % 16 == 0 else { return }
    let now = Self.seconds()
    guard now - lastShown >= 0.25 else { return }
    lastShown = now
    var text = "\(what) \(count)"
    if let total, total > 0, done > 0 {
      let left = (now - start) * Double(total - min(done, total)) / Double(done)
      text +=
        ", \(100 * min(done, total) / total) %; about \(left < 90 ? "\(Int(left.rounded(.up))) s" : "\(Int((left / 60).rounded(.up))) minutes") left"
    }
    show(text)
  }

  /// Takes the line away again.
  mutating func end() {
    if width > 0 { show("") }
    if width > 0 { try? writeAll("\r", to: 2) }
    width = 0
  }

  private mutating func show(_ text: String) {
    let blanks = String(repeating: " ", count: max(0, width - text.count))
    try? writeAll("\r\(text)\(blanks)", to: 2)
    width = max(width, text.count)
  }

  private static func seconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
