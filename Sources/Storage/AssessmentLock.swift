import AssessmentModel
import Foundation

/// Keeps an assessment for one program while somebody works on it. The lock is the kernel's: it goes with
/// its holder, however that ends.
package final class AssessmentLock {
  private let descriptor: Int32
  private let path: String

  /// Takes the lock, or throws who has it. Nil where the file system has no locks or no room: then what is
  /// stored is still checked against what was read.
  init?(path: String, assessment: String, at moment: Timestamp) throws(StoreError) {
    self.path = path
    while true {
      let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
      if descriptor < 0, errno == ELOOP || errno == EISDIR {
        throw .cannotWrite(cause: "\(path) should be a file of this program and is not; move it away")
      }
      guard descriptor >= 0 else { return nil }
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
        let isHeld = errno == EWOULDBLOCK
        let holder = Self.holder(descriptor)
        close(descriptor)
        guard isHeld else { return nil }
        throw .held(assessment, by: holder.who, since: holder.since)
      }
      // The one before may have taken the file away between the opening and the lock.
      var mine = stat()
      var there = stat()
      if fstat(descriptor, &mine) == 0, stat(path, &there) == 0, mine.st_ino == there.st_ino {
        self.descriptor = descriptor
        break
      }
      close(descriptor)
    }
    let note = Array("\(getpid()) \(moment.secondsSince1970)".utf8)
    ftruncate(descriptor, 0)
    pwrite(descriptor, note, note.count, 0)
  }

  deinit {
    unlink(path)
    close(descriptor)
  }

  private static func holder(_ descriptor: Int32) -> (who: String, since: Timestamp?) {
    var bytes = [UInt8](repeating: 0, count: 64)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    let words = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self).split(separator: " ")
    guard words.count == 2, let process = Int32(words[0]), let seconds = Int64(words[1]) else {
      return ("another program", nil)
    }
    return ("process \(process)", Timestamp(secondsSince1970: seconds))
  }
}

extension Store {
  /// Keeps an assessment for this program until the lock is let go.
  package func hold(_ id: String, at moment: Timestamp) throws(StoreError) -> AssessmentLock? {
    try AssessmentLock(path: lockPath(id), assessment: id, at: moment)
  }

  /// Whether somebody holds an assessment, or ended without letting it go.
  package func mayBeHeld(_ id: String) -> Bool { access(lockPath(id), F_OK) == 0 }

  private func lockPath(_ id: String) -> String { "\(directory)/\(id).lock" }
}
