import CPseudoTerminal
import Foundation
import Testing

/// The program at a pseudo-terminal: keys go in, and what the screen got comes out. It waits for what
/// it expects and never sleeps.
final class Terminal {
  let process: pid_t
  private var master: Int32
  private var received: [UInt8] = []
  /// Everything up to here was looked at by `wait`.
  private var seen = 0
  /// Milliseconds without a sign of life.
  static let patience: Int32 = 20_000
  private var isPatienceOver = false

  init(
    _ arguments: [String], in folder: TemporaryFolder, columns: UInt16 = 80,
    environment: [String: String] = [:], under tracer: [String] = []
  ) throws {
    var variables = [
      "OUTSIDE_IN_DATA_DIR": folder.file("data"), "HOME": folder.path, "TERM": "dumb",
      "LC_ALL": "C.UTF-8", "INPUTRC": "/dev/null",
    ]
    variables.merge(environment) { $1 }
    var master: Int32 = 0
    let command = tracer + [programPath] + arguments
    let process = spawn_at_terminal(
      command[0], command.joined(separator: "\n"),
      variables.map { "\($0)=\($1)" }.joined(separator: "\n"), folder.path, columns, &master)
    guard process > 0 else { throw POSIXError(.ECHILD) }
    self.process = process
    self.master = master
  }

  deinit {
    if status == nil {
      kill(process, SIGKILL)
      var ended: Int32 = 0
      waitpid(process, &ended, 0)
    }
    close(master)
  }

  /// Everything the screen got so far.
  var screen: String { String(decoding: received, as: UTF8.self) }

  func type(_ text: String) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
      if count <= 0 { return }
      bytes = bytes.dropFirst(count)
    }
  }

  /// Types a line and Enter.
  func enter(_ line: String = "") { type(line + "\r") }

  /// Waits until the screen shows a text after what was waited for before; gives what came up to it.
  @discardableResult
  func wait(
    for text: String, sourceLocation: SourceLocation = #_sourceLocation
  ) -> String {
    let wanted = Array(text.utf8)
    while true {
      if let end = firstRange(of: wanted) {
        let shown = String(decoding: received[seen..<end], as: UTF8.self)
        seen = end
        return shown
      }
      guard readMore() else {
        Issue.record(
          "waited in vain for “\(text)”; since then the screen got:\n\(String(decoding: received[seen...], as: UTF8.self))",
          sourceLocation: sourceLocation)
        return ""
      }
    }
  }

  /// Waits for whichever comes first; nil when the program ended before any did.
  func wait(forAnyOf texts: [String]) -> String? {
    while true {
      let found = texts.compactMap { text in firstRange(of: Array(text.utf8)).map { (text, $0) } }
      if let first = found.min(by: { $0.1 < $1.1 }) {
        seen = first.1
        return first.0
      }
      guard readMore() else { return nil }
    }
  }

  /// Waits for the program's end; gives its exit status, or minus the signal that ended it.
  func waitForEnd(sourceLocation: SourceLocation = #_sourceLocation) -> Int32 {
    while readMore() {}
    var ended: Int32 = 0
    if isPatienceOver {
      Issue.record("it does not end; the screen got:\n\(screen)", sourceLocation: sourceLocation)
      kill(process, SIGKILL)
    }
    waitpid(process, &ended, 0)
    let status = ended & 0x7F == 0 ? ended >> 8 & 0xFF : -(ended & 0x7F)
    self.status = status
    return status
  }

  func signal(_ signal: Int32) { kill(process, signal) }

  func resize(columns: UInt16) { resize_terminal(master, columns) }

  /// What `stty -g` would write.
  var settings: String {
    var text = [CChar](repeating: 0, count: 512)
    terminal_settings(master, &text, text.count)
    return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// The window is closed: the terminal is gone.
  func hangUp() {
    close(master)
    master = open("/dev/null", O_RDWR)
    var ended: Int32 = 0
    waitpid(process, &ended, 0)
    status = ended & 0x7F == 0 ? ended >> 8 & 0xFF : -(ended & 0x7F)
  }

  /// How it ended, once it did.
  private(set) var status: Int32?

  /// Waits for the end of a program that may stop before: it is woken as often as it does. Gives its exit
  /// status, or minus the signal that ended it.
  func waitForEndWaking() -> Int32 {
    var state: Int32 = 0
    while waitpid(process, &state, WUNTRACED) < 0 || state & 0xFF == 0x7F { kill(process, SIGCONT) }
    let ended = state & 0x7F == 0 ? state >> 8 & 0xFF : -(state & 0x7F)
    status = ended
    return ended
  }

  private func firstRange(of wanted: [UInt8]) -> Int? {
    guard received.count - seen >= wanted.count else { return nil }
    for start in seen...(received.count - wanted.count)
    where received[start..<start + wanted.count].elementsEqual(wanted) {
      return start + wanted.count
    }
    return nil
  }

  /// False at the end of the program, or when patience is.
  private func readMore() -> Bool {
    var polled = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    guard poll(&polled, 1, Self.patience) > 0 else {
      isPatienceOver = true
      return false
    }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    let count = read(master, &buffer, buffer.count)
    if count <= 0 { return false }
    received += buffer[..<count]
    return true
  }
}
