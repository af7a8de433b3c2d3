import CPseudoTerminal
import Foundation

// How long a vote takes from Enter to the next prompt, with everything on the disk, in a workshop of thirty people
// and forty questions; beside it the least that such a commit costs. Both take turns at a pseudo-terminal.

/// A program at a pseudo-terminal that is waited for key by key.
final class Seat {
  private var master: Int32 = 0
  private let process: pid_t
  private var received: [UInt8] = []

  init(_ command: [String], in folder: String) {
    let variables = [
      "HOME=\(folder)", "OUTSIDE_IN_DATA_DIR=\(folder)/data", "TERM=dumb", "LC_ALL=C.UTF-8",
      "INPUTRC=/dev/null",
    ]
    process = spawn_at_terminal(
      command[0], command.joined(separator: "\n"), variables.joined(separator: "\n"), folder, 80, &master)
  }

  /// Waits until one of the texts is shown; which one it was.
  func wait(for texts: [String]) -> Int {
    let wanted = texts.map { Array($0.utf8) }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      for (index, text) in wanted.enumerated() where received.suffix(text.count).elementsEqual(text) {
        received.removeAll(keepingCapacity: true)
        return index
      }
      let count = read(master, &buffer, buffer.count)
      guard count > 0 else {
        fatalError("it ended: \(String(decoding: received.suffix(400), as: UTF8.self))")
      }
      received += buffer[..<count]
    }
  }

  func enter(_ line: String) {
    let bytes = Array((line + "\r").utf8)
    _ = bytes.withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
  }

  func end() {
    kill(process, SIGKILL)
    var status: Int32 = 0
    waitpid(process, &status, 0)
    close(master)
  }
}

let folder = FileManager.default.temporaryDirectory.appending(path: "prompt-benchmark-\(getpid())").path
let binaries = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
let clock = ContinuousClock()

func milliseconds(_ duration: Duration) -> Double {
  Double(duration.components.attoseconds) / 1e15 + Double(duration.components.seconds) * 1000
}

/// Votes of thirty people on forty questions, in milliseconds from Enter to prompt.
func workshop() -> [Double] {
  let people = (1...30).flatMap { ["--rater", "P\($0):D\($0 % 4)"] }
  let seat = Seat(
    [
      binaries.appending(path: "outside-in").path, "workshop", "--scope", "full", "--organization", "A",
      "--team", "B",
      "--customers", "customer", "--minutes", "240",
    ] + people, in: folder)
  for (prompt, line) in [
    ("yes or no> ", "no"), ("anonymous> ", ""), ("goes on> ", ""), ("kept nowhere> ", ""),
  ] {
    _ = seat.wait(for: [prompt])
    seat.enter(line)
  }
  var times: [Double] = []
  var questions = 0
  let prompts =
    (1...30).map { "P\($0)> " } + [" votes)> ", "Enter reveals)> ", "Enter: next)> ", "evidence> "]
  while questions < 40 {
    let shown = seat.wait(for: prompts + ["list> ", "expect> ", "moment> ", "name> ", "> "])
    let next: String
    switch shown {
    case 0..<30:
      let start = clock.now
      seat.enter("?")
      // The prompt of whoever is next, or the question's.
      _ = seat.wait(for: shown == 29 ? ["Enter reveals)> "] : ["P\(shown + 2)> "])
      times.append(milliseconds(clock.now - start))
      if shown < 29 {
        // The next voter's prompt stands there already.
        for place in (shown + 1)..<30 {
          let start = clock.now
          seat.enter("?")
          _ = seat.wait(for: place == 29 ? ["Enter reveals)> "] : ["P\(place + 2)> "])
          times.append(milliseconds(clock.now - start))
        }
      }
      questions += 1
      seat.enter("")
      continue
    case 30: next = "pass"
    default: next = ""
    }
    seat.enter(next)
  }
  seat.end()
  return times
}

/// The same number of commits by a program that does nothing else.
func floor() -> [Double] {
  let seat = Seat([binaries.appending(path: "CommitFloor").path, "\(folder)/floor.sqlite"], in: folder)
  _ = seat.wait(for: ["vote> "])
  var times: [Double] = []
  for _ in 0..<1200 {
    let start = clock.now
    seat.enter("?")
    _ = seat.wait(for: ["vote> "])
    times.append(milliseconds(clock.now - start))
  }
  seat.end()
  return times
}

var votes: [Double] = []
var commits: [Double] = []
for _ in 0..<3 {
  for (name, measure) in [("workshop", workshop), ("floor", floor)] {
    try? FileManager.default.removeItem(atPath: folder)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let times = measure()
    if name == "workshop" { votes += times } else { commits += times }
  }
}
try? FileManager.default.removeItem(atPath: folder)

func figure(_ times: [Double], _ share: Double) -> Double {
  let sorted = times.sorted()
  return sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
}

func shown(_ value: Double) -> String { String((value * 1000).rounded() / 1000) }

for (name, times) in [("Enter to prompt", votes), ("the commit alone", commits)] {
  print(
    "\(name): median \(shown(figure(times, 0.5))) ms, 99 of 100 within \(shown(figure(times, 0.99))) ms, \(times.count) votes"
  )
}
let ratio = figure(votes, 0.99) / figure(commits, 0.99)
print("ratio of the latter: \(shown(ratio))")
if ratio > 1.5 { exit(1) }
