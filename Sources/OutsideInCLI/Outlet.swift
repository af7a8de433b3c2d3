import Foundation
import Shell

/// Where data goes as it is made: a file that stands there whole in the end or not at all, or stdout.
final class Outlet {
  private let path: String?
  private let draft: String
  private let descriptor: Int32
  private let isTerminal: Bool
  private var buffer: [UInt8] = []
  private var isDone = false

  /// - Parameter path: A file, readable by its owner alone; stdout where it is nil or `-`. Only regular files are replaced.
  init(to path: String?) throws(Failure) {
    if path == "" { throw Failure(.usage, "-o takes the name of a file.") }
    guard let path, path != "-" else {
      (self.path, draft, descriptor, isTerminal) = (nil, "", 1, System.isScreen)
      return
    }
    var info = stat()
    if lstat(path, &info) == 0, info.st_mode & S_IFMT != S_IFREG {
      throw Failure(.cannotCreate, "\(path) is no regular file; it was left alone.")
    }
    self.path = path
    isTerminal = false
    draft = "\(path).\(System.newID().suffix(8)).tmp"
    descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw Failure(.cannotCreate, "Can't create \(path): \(String(cString: strerror(errno))).")
    }
  }

  deinit {
    guard path != nil, !isDone else { return }
    close(descriptor)
    unlink(draft)
  }

  func write(_ bytes: some Sequence<UInt8>) throws(Failure) {
    buffer.append(contentsOf: bytes)
    if buffer.count >= 1 << 16 { try flush() }
  }

  func write(_ text: String) throws(Failure) { try write(text.utf8) }

  private func flush() throws(Failure) {
    defer { buffer.removeAll(keepingCapacity: true) }
    guard path != nil else {
      // What others wrote may not drive the terminal it is looked at on.
      let text = String(decoding: buffer, as: UTF8.self)
      return try System.write(isTerminal ? System.lineByLine(text) : text)
    }
    do throws(ConsoleError) {
      try writeAll(buffer, to: descriptor)
    } catch {
      switch error {
      case .cannotWrite(let number): throw failure(number)
      }
    }
  }

  /// Puts the file in its place; nothing is written after.
  func finish() throws(Failure) {
    try flush()
    guard let path else { return }
    if fsync(descriptor) != 0 { throw failure(errno) }
    isDone = true
    let problem: Int32 = close(descriptor) != 0 || rename(draft, path) != 0 ? errno : 0
    if problem != 0 {
      unlink(draft)
      throw failure(problem)
    }
  }

  private func failure(_ number: Int32) -> Failure {
    Failure(.inputOutput, "Can't write \(path ?? "the output"): \(String(cString: strerror(number))).")
  }
}
