import Foundation

/// The bytes of a file, of standard input for `-`, or of what is at hand, a line at a time.
final class ByteSource {
  /// As the user named it.
  let name: String
  /// How many bytes there are; nil where that is not known before they are read.
  let size: Int?
  private let descriptor: Int32?
  private var buffer: [UInt8]
  private var position = 0
  /// How many bytes lie before the buffer.
  private var passed = 0
  private var lines = 0

  static let longestLine = 16 << 20
  private static let longestDocument = 64 << 20

  init(_ bytes: [UInt8], name: String) {
    self.name = name
    buffer = bytes
    size = bytes.count
    descriptor = nil
  }

  init(opening path: String) throws(Failure) {
    name = path
    let descriptor = try System.opened(path)
    var info = stat()
    size = fstat(descriptor, &info) == 0 && info.st_mode & S_IFMT == S_IFREG ? Int(info.st_size) : nil
    self.descriptor = descriptor
    buffer = []
  }

  deinit { if let descriptor, descriptor > 0 { close(descriptor) } }

  /// How many bytes were taken from it.
  var taken: Int { passed + position }

  struct Line {
    let bytes: [UInt8]
    /// From 1.
    let number: Int
  }

  /// The next line with something on it; nil at the end.
  func nextLine() throws(Failure) -> Line? {
    while true {
      guard let bytes = try line() else { return nil }
      lines += 1
      if bytes.contains(where: { $0 != 0x20 && $0 != 0x0D && $0 != 0x09 }) {
        return Line(bytes: bytes, number: lines)
      }
    }
  }

  /// A line that was read, and all that comes after it: one document.
  func all(from line: Line?) throws(Failure) -> [UInt8] {
    // Where something is wrong, its line is counted from the beginning.
    var bytes: [UInt8] = []
    if let line { bytes = [UInt8](repeating: 0x0A, count: line.number - 1) + line.bytes + [0x0A] }
    repeat {
      bytes += buffer[position...]
      position = buffer.count
      if bytes.count > Self.longestDocument {
        throw Failure(
          .data,
          "\(name) is over \(Self.longestDocument >> 20) MB, and it is one document; nothing of it was stored."
        )
      }
    } while try fill()
    return bytes
  }

  /// Whether it begins with these bytes.
  func begins(with start: [UInt8]) throws(Failure) -> Bool {
    while passed == 0, position == 0, buffer.count < start.count, try fill() {}
    return passed == 0 && position == 0 && buffer.starts(with: start)
  }

  private func line() throws(Failure) -> [UInt8]? {
    var looked = position
    while true {
      let found = buffer.withUnsafeBufferPointer { bytes -> Int? in
        guard looked < bytes.count, let base = bytes.baseAddress,
          let place = memchr(base + looked, 0x0A, bytes.count - looked)
        else { return nil }
        return UnsafeRawPointer(place) - UnsafeRawPointer(base)
      }
      if let found {
        defer { position = found + 1 }
        return Array(buffer[position..<found])
      }
      looked = buffer.count - position
      if looked > Self.longestLine {
        throw Failure(
          .data, "\(name), line \(lines + 1) is over \(Self.longestLine >> 20) MB. Nothing was stored.")
      }
      if try !fill() {
        if position == buffer.count { return nil }
        defer { position = buffer.count }
        return Array(buffer[position...])
      }
    }
  }

  /// Reads more behind what is not taken yet; false at the end.
  private func fill() throws(Failure) -> Bool {
    guard let descriptor else { return false }
    passed += position
    buffer.removeSubrange(..<position)
    position = 0
    let old = buffer.count
    let step = 1 << 18
    buffer.append(contentsOf: repeatElement(0, count: step))
    while true {
      let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress! + old, step) }
      if count < 0, errno == EINTR { continue }
      let number = errno
      buffer.removeSubrange((old + max(0, count))...)
      if count < 0 {
        throw Failure(.inputOutput, "Can't read \(name): \(String(cString: strerror(number))).")
      }
      return count > 0
    }
  }
}
