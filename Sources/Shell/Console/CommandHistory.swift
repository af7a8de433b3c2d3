import CReadline

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The commands typed before, for the arrow keys, in this session and the ones before it. A file that
/// can't be read or written only makes it shorter.
struct CommandHistory {
  private static let kept: Int32 = 500
  private let path: String

  init(path: String) {
    self.path = path
    using_history()
    var info = stat()
    // A planted link or device is nobody's history.
    guard lstat(path, &info) == 0, info.st_mode & S_IFMT == S_IFREG else { return }
    read_history(path)
    if shim_history_length() > 2 * Self.kept {
      stifle_history(Self.kept)
      write_history(path)
    }
  }

  func add(_ command: String) {
    add_history(command)
    let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o600)
    guard descriptor >= 0 else { return }
    try? writeAll(command + "\n", to: descriptor)
    close(descriptor)
  }
}
