import AssessmentModel
import Foundation
import Reporting
import Shell

/// The world: clock, ids, files and the standard streams.
enum System {
  static func now() -> Timestamp {
    Timestamp(secondsSince1970: Int64(Date().timeIntervalSince1970.rounded(.down)))
  }

  private static func localParts(_ moment: Timestamp) -> tm {
    var seconds = time_t(moment.secondsSince1970)
    var parts = tm()
    localtime_r(&seconds, &parts)
    return parts
  }

  /// The day in the user's time zone.
  static func today() -> Day {
    let parts = localParts(now())
    return Day(year: Int(parts.tm_year) + 1900, month: Int(parts.tm_mon) + 1, day: Int(parts.tm_mday))
      ?? now().day
  }

  /// A day that is over, as people type it; nil where there is none.
  static func pastDay(_ text: String?, _ option: String) throws(Failure) -> Day? {
    guard let text else { return nil }
    switch DayReading(text, today: today(), lies: .behind) {
    case .day(let day): return day
    case .either(let one, let other):
      throw Failure(.usage, "\(option): \"\(text)\" can be \(one) or \(other); write it so.")
    case .impossible(let why): throw Failure(.usage, "\(option): \"\(text)\" \(why.words).")
    case .unreadable:
      throw Failure(
        .usage, "\(option): \"\(text)\" is no day; it takes one that is over, such as 2026-03-19.")
    }
  }

  /// `14:02` in the user's time zone.
  static func localTime(_ moment: Timestamp) -> String {
    let parts = localParts(moment)
    func two(_ value: Int32) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return "\(two(parts.tm_hour)):\(two(parts.tm_min))"
  }

  /// A ULID: ten characters of time to the millisecond, sixteen at random, in Crockford's base 32.
  static func newID() -> String {
    let time = UInt64(Date().timeIntervalSince1970 * 1000)
    let digits = (0..<10).reversed().map { time >> (5 * $0) }
    return Base32.text(digits + (0..<16).map { _ in UInt64.random(in: 0..<32) })
  }

  /// The program, as it is to be called from here: by its name alone where that was enough.
  static var program: String {
    let called = CommandLine.arguments.first ?? "outside-in"
    guard called.contains("/") else { return called }
    let here = FileManager.default.currentDirectoryPath + "/"
    return called.hasPrefix(here) ? "./" + called.dropFirst(here.count) : called
  }

  /// Whether somebody looks at what is written, and it goes nowhere else.
  static var isScreen: Bool { isatty(1) == 1 }

  static var isInteractive: Bool { isatty(0) == 1 && isScreen }

  static func variable(_ name: String) -> String? {
    guard let value = getenv(name) else { return nil }
    let text = String(cString: value)
    return text.isEmpty ? nil : text
  }

  // MARK: Output

  /// Data goes to stdout; a write that fails is an error, be it a full disk or a closed pipe.
  static func write(_ text: String) throws(Failure) {
    do throws(ConsoleError) {
      try writeAll(text, to: 1)
    } catch {
      switch error {
      case .cannotWrite(EPIPE):
        // Whoever reads has had enough (`| head`): no success, and nothing to tell either.
        throw Failure(.inputOutput, "")
      case .cannotWrite(let number):
        throw Failure(.inputOutput, "Can't write the output: \(String(cString: strerror(number))).")
      }
    }
  }

  /// Talk goes to stderr. Each line is made harmless: it may quote a file.
  static func tell(_ text: String) {
    try? writeAll((isatty(2) == 1 ? wrapped(text) : lineByLine(text)) + "\n", to: 2)
  }

  /// Sentences broken at blanks for the terminal; what is indented, such as a line of a file with a mark under
  /// it, stays as it is.
  private static func wrapped(_ text: String) -> String {
    var size = winsize()
    let known = ioctl(2, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    let style = TerminalStyle(width: known ? Int(size.ws_col) : 80)
    return text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { line in
      if line.hasPrefix(" ") || line.isEmpty { return String(line).harmless }
      return String(terminalText([.paragraph(Words(String(line)))], style: style).dropLast())
    }.joined(separator: "\n")
  }

  static func lineByLine(_ text: String) -> String {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .map { String($0).harmless }.joined(separator: "\n")
  }

  // MARK: Files

  /// A file to read, or standard input for `-`.
  static func opened(_ path: String) throws(Failure) -> Int32 {
    let descriptor = path == "-" ? 0 : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      let number = errno
      throw Failure(
        number == ENOENT || number == ENOTDIR ? .notFound : .inputOutput,
        "Can't open \(path): \(String(cString: strerror(number))).")
    }
    return descriptor
  }

  /// Reads a file, or standard input for `-`.
  static func read(_ path: String, limit: Int = 64 << 20) throws(Failure) -> [UInt8] {
    let descriptor = try opened(path)
    defer { if descriptor > 0 { close(descriptor) } }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Foundation.read(descriptor, &buffer, buffer.count)
      if count == 0 { return bytes }
      if count < 0 {
        if errno == EINTR { continue }
        throw Failure(.inputOutput, "Can't read \(path): \(String(cString: strerror(errno))).")
      }
      bytes += buffer[..<count]
      if bytes.count > limit {
        throw Failure(.data, "\(path) is over \(limit >> 20) MB; nothing of it was read.")
      }
    }
  }

  static func isRegularFile(_ path: String) -> Bool {
    var info = stat()
    return stat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFREG
  }

  /// Whether a folder is there itself, not by a link.
  static func isFolder(_ path: String) -> Bool {
    var info = stat()
    return lstat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFDIR
  }

  /// Writes a file such that there is the old one whole or the new one whole, readable by its owner
  /// alone. Only regular files are replaced.
  static func writeFile(_ path: String, _ text: String) throws(Failure) {
    let outlet = try Outlet(to: path)
    try outlet.write(text)
    try outlet.finish()
  }

  /// Writes a new file, under another name where there is one already; gives its absolute path.
  static func writeNewFile(_ path: String, _ text: String) throws(Failure) -> String {
    let dot = path.lastIndex(of: ".") ?? path.endIndex
    var free = path
    var number = 1
    var info = stat()
    while lstat(free, &info) == 0, number < 1000 {
      number += 1
      free = "\(path[..<dot])-\(number)\(path[dot...])"
    }
    try writeFile(free, text)
    return URL(fileURLWithPath: free).path
  }
}

extension String {
  /// A folder's path without the strokes at its end.
  var withoutLastStrokes: String {
    var path = self
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    return path
  }
}
