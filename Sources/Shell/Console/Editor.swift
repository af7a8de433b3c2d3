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
  guard let status = ForegroundProcess(["sh", "-c", command, "sh", path])?.waitForEnd() else {
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
