import CReadline

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Opens a text in `$VISUAL` or `$EDITOR` and gives it back as it was saved there.
///
/// - Parameters:
///   - name: the draft's; one that an editor left behind, because the session was killed, is opened instead.
///   - folder: where the draft is while it is edited, with whatever the editor puts beside it.
func runEditor(on text: String, named name: String, in folder: String) -> Edited {
  let place = "\(folder)/\(name)"
  let path = "\(place)/draft.txt"
  mkdir(folder, 0o700)
  mkdir(place, 0o700)
  let original = text.isEmpty ? "" : text + "\n"
  if contents(of: path) == nil {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return .failed(unopened(path), draft: nil) }
    defer { close(descriptor) }
    do throws(ConsoleError) {
      try writeAll(original, to: descriptor)
    } catch {
      unlink(path)
      return .failed(unopened(path), draft: nil)
    }
  }
  defer { removeFolder(place) }
  let named = ["VISUAL", "EDITOR"].compactMap { (name: String) in getenv(name).map { String(cString: $0) } }
  let editor = named.first { !$0.isEmpty }
  // Many editors come with arguments, so the shell takes the words apart.
  let command = "\(editor ?? "$(command -v editor || echo vi)") \"$1\""
  guard let status = runInForeground(["sh", "-c", command, "sh", path]) else {
    return .failed("No editor could be started. Nothing was changed.", draft: nil)
  }
  let edited = contents(of: path)
  guard status == 0 else {
    let name = editor ?? "editor"
    let reason = status == 127 ? "was not found" : "ended with \(status)"
    return .failed(
      "The editor “\(name)” \(reason). Nothing was changed."
        + (status == 127 ? " EDITOR names another." : ""),
      draft: edited == original ? nil : edited)
  }
  guard let edited else { return .failed(unopened(path), draft: nil) }
  return .text(edited)
}

/// Removes a folder with the files in it.
private func removeFolder(_ path: String) {
  for name in entries(of: path) where name != "." && name != ".." { unlink("\(path)/\(name)") }
  rmdir(path)
}

private func unopened(_ path: String) -> String {
  "The text can't be given to an editor: \(path): \(String(cString: strerror(errno))). Nothing was changed."
}

/// Runs the system's shell, which has the terminal until it ends: its exit status, 128 and the signal that ended it,
/// or nil where it can't be started.
private func runInForeground(_ arguments: [String]) -> Int32? {
  // The signals that are blocked here are the editor's own again.
  var attributes = posix_spawnattr_t()
  var none = sigset_t()
  var all = sigset_t()
  sigemptyset(&none)
  sigfillset(&all)
  posix_spawnattr_init(&attributes)
  defer { posix_spawnattr_destroy(&attributes) }
  posix_spawnattr_setsigmask(&attributes, &none)
  posix_spawnattr_setsigdefault(&attributes, &all)
  posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
  let words = arguments.map { strdup($0) } + [nil]
  defer { for word in words { free(word) } }
  var child = pid_t()
  guard posix_spawn(&child, "/bin/sh", nil, &attributes, words, environ) == 0 else { return nil }
  var status: Int32 = 0
  while true {
    if waitpid(child, &status, WUNTRACED) < 0 {
      if errno == EINTR { continue }
      return nil
    }
    // Ctrl-Z in the editor stops both, and `fg` wakes both.
    if status & 0xFF == 0x7F {
      kill(getpid(), SIGSTOP)
      kill(child, SIGCONT)
    } else {
      return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
    }
  }
}

private func contents(of path: String) -> String? {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
  guard descriptor >= 0 else { return nil }
  defer { close(descriptor) }
  var bytes: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  // Far beyond what can be kept; the interview says what is too long.
  while bytes.count < 1 << 20 {
    let count = read(descriptor, &buffer, buffer.count)
    if count < 0 { return nil }
    if count == 0 { break }
    bytes += buffer[..<count]
  }
  return String(decoding: bytes, as: UTF8.self)
}
