import AssessmentModel
import Foundation
import Scoring
import SeededGenerator

/// How long scoring one assessment of forty items and ten raters takes, and whether memory grows with how
/// many are scored.
func benchmark() -> Bool {
  var random = SeededGenerator(state: 20_261_122)
  var sealed = assessment(
    of: outsideIn,
    (0..<10).map { _ in
      outsideIn.items.filter { $0.scored != nil }.map { _ in Int.random(in: 0...4, using: &random) }
    })
  sealed.finishedAt = Timestamp(rfc3339: "2026-01-15T12:00:00Z")
  let items = sealed.responses.count / 10
  _ = score(sealed, with: outsideIn)

  let clock = ContinuousClock()
  var times: [Double] = []
  var sum = 0.0
  for _ in 0..<200 {
    let time = clock.measure {
      for _ in 0..<100 { sum += score(sealed, with: outsideIn).index ?? 0 }
    }
    times.append(time / .microseconds(1) / 100)
  }
  times.sort()
  let median = times[times.count / 2]
  print(
    "scoring \(items) items, 10 raters: median \(rounded(median)) µs, fastest \(rounded(times.first ?? 0)), "
      + "slowest \(rounded(times.last ?? 0)) (\(times.count) batches of 100)")
  let before = residentKilobytes()
  for _ in 0..<200_000 { sum += score(sealed, with: outsideIn).index ?? 0 }
  let after = residentKilobytes()
  print("resident before \(before) kB, after 200,000 more \(after) kB")
  return sum > 0 && median < 50 && after - before < 1_000
}

private func rounded(_ value: Double) -> Double { (value * 10).rounded() / 10 }

/// The resident set of this process, from the kernel.
private func residentKilobytes() -> Int {
  guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
    let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmRSS") })
  else { return 0 }
  return line.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
}
