import CReadline
import Reporting

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What readline's callbacks, which can't capture, leave behind.
private struct CallbackState {
  var line: String?
  var isDone = false
  var complete: (String, [String]) -> [String] = { _, _ in [] }
  var matches: ArraySlice<String> = []
}

/// The signals that a key is waited for with.
nonisolated(unsafe) private var keySignals: SignalQueue?
/// The terminal, opened once more for reading without waiting: what poll has seen may be gone when it is
/// read, since Ctrl-C and Ctrl-Z throw away what was typed before them.
nonisolated(unsafe) var keyboard: Int32 = 0

/// The next byte typed, for readline. It waits inside itself where it asks something (“--More--”, the end of
/// a paste): Ctrl-C gives that up, and a signal that ends the session ends the input.
private func nextKey(_ stream: UnsafeMutablePointer<FILE>?) -> Int32 {
  while true {
    var polled = [
      pollfd(fd: keyboard, events: Int16(POLLIN), revents: 0),
      pollfd(fd: keySignals?.descriptor ?? -1, events: Int16(POLLIN), revents: 0),
    ]
    if poll(&polled, 2, -1) < 0, errno != EINTR { return EOF }
    if polled[0].revents != 0 {
      var byte: UInt8 = 0
      let count = CReadline.read(keyboard, &byte, 1)
      if count == 1 { return Int32(byte) }
      if count == 0 || (errno != EINTR && errno != EAGAIN) { return EOF }
    } else if polled[1].revents != 0 {
      switch keySignals?.urgent() {
      case SIGINT: return Int32(UInt8(ascii: "G") & 0x1F)
      case nil: continue
      default: return EOF
      }
    }
  }
}

nonisolated(unsafe) private var state = CallbackState()

/// A terminal through GNU readline's callback interface.
///
/// The blocking `readline()` would resume a line that Ctrl-C has cancelled; here keys and signals
/// are polled together and each is handled where it is read.
package final class ReadlineConsole: Console {
  private let color: Bool
  private let accessible: Bool
  let signals: SignalQueue
  private let drafts: String
  private let history: CommandHistory
  private let pager: Pager?
  /// Lines that are to be shown later.
  var reminders = Reminders([])
  /// The terminal's settings as they were, while what is typed is kept off the screen.
  var settingsBefore: termios?

  /// - Parameters:
  ///   - folder: where the history of commands and the drafts for the editor are kept.
  ///   - pager: what shows what is longer than the window.
  package init(color: Bool, accessible: Bool, folder: String, pager: Pager?) {
    self.pager = pager
    self.color = color
    self.accessible = accessible
    drafts = folder
    shim_use_utf8()
    signals = SignalQueue()
    keySignals = signals
    if let name = ttyname(0) {
      let own = open(name, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
      if own >= 0 { keyboard = own }
    }
    let complete:
      @convention(c) (UnsafePointer<CChar>?, Int32, Int32)
        -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = { text, start, _ in
          shim_only_our_completions()
          guard let text else { return nil }
          var before = Substring(String(cString: shim_line()).utf8.prefix(Int(start)))
          // The mark that the word begins with.
          if before.last == "\"" || before.last == "'" { before.removeLast() }
          let words = before.split(separator: " ").map(String.init)
          state.matches = state.complete(String(cString: text), words)[...]
          return rl_completion_matches(text) { _, _ in
            state.matches.popFirst().flatMap { strdup($0) }
          }
        }
    shim_prepare(complete, nextKey)
    history = CommandHistory(path: "\(folder)/history")
  }

  package var style: TerminalStyle {
    TerminalStyle(width: Int(shim_columns(1)), color: color, accessible: accessible)
  }

  package func write(_ text: String) throws(ConsoleError) {
    try writeAll(text, to: 1)
  }

  package func page(_ text: String) throws(ConsoleError) {
    if let pager, Pager.isLong(text), pager.show(text, signals) { return }
    try write(text)
  }

  package func remember(_ command: String) { history.add(command) }

  package func read(prompt: String, initial: String, complete: Completer) -> Entry {
    withoutActuallyEscaping(complete) { complete in
      state = CallbackState()
      state.complete = { word, before in
        switch complete(before) {
        // What can't be shown as it is can't be offered either.
        case .words(let words): words.filter { $0.hasPrefix(word) && $0 == $0.harmless }.sorted()
        case .files: fileNames(startingWith: word)
        }
      }
      defer { state.complete = { _, _ in [] } }
      return read(prompt: prompt, initial: initial)
    }
  }

  private func read(prompt: String, initial: String) -> Entry {
    let prompt = prompt.harmless
    waitForForeground()
    let shown = color ? "\u{1}\u{1B}[1m\u{2}\(prompt)\u{1}\u{1B}[0m\u{2}" : prompt
    install(shown)
    if !initial.isEmpty { shim_insert(initial.harmlessLines) }
    while !state.isDone {
      while let signal = signals.next() {
        if let entry = handle(signal, prompt: shown) { return entry }
      }
      var polled = [
        pollfd(fd: 0, events: Int16(POLLIN), revents: 0),
        pollfd(fd: signals.descriptor, events: Int16(POLLIN), revents: 0),
      ]
      if poll(&polled, 2, reminders.wait) < 0, errno != EINTR { return leave(.ended(status: 74)) }
      showReminders()
      if polled[0].revents & Int16(POLLHUP | POLLERR | POLLNVAL) != 0 {
        return leave(.ended(status: 129))
      } else if polled[0].revents & Int16(POLLIN) != 0 {
        rl_callback_read_char()
      }
    }
    // What stood in the line when a signal ended the input was not entered.
    if let signal = signals.ending { return leave(.ended(status: 128 + signal)) }
    return state.line.map { .line($0) } ?? ended()
  }

  private func install(_ prompt: String) {
    rl_callback_handler_install(prompt) { line in
      // Removed here, or readline would show the prompt once more.
      rl_callback_handler_remove()
      state.isDone = true
      guard let line else { return }
      state.line = String(cString: line)
      free(line)
    }
  }

  private func handle(_ signal: Int32, prompt: String) -> Entry? {
    switch signal {
    case SIGINT:
      rl_callback_sigcleanup()
      rl_free_line_state()
      rl_callback_handler_remove()
      try? write("^C\n")
      return .interrupted
    case SIGWINCH: rl_resize_terminal()
    case SIGTSTP: stop(prompt)
    case SIGCONT:
      // Somebody else may have used the terminal in the meantime.
      rl_deprep_terminal()
      rl_prep_terminal(1)
      rl_forced_update_display()
    default: return leave(.ended(status: 128 + signal))
    }
    return nil
  }

  /// Ctrl-Z: the terminal is given back, and taken again with the half-typed line as it was.
  private func stop(_ prompt: String) {
    let typed = String(cString: shim_line())
    let cursor = shim_cursor()
    rl_callback_handler_remove()
    try? write("\n")
    signals.stopAsUsual()
    signals.forget(SIGCONT)
    waitForForeground()
    install(prompt)
    if !typed.isEmpty { shim_insert(typed) }
    shim_set_cursor(cursor)
  }

  /// Lines whose time has come, above what is being typed.
  private func showReminders() {
    let due = reminders.due()
    if due.isEmpty { return }
    rl_clear_visible_line()
    if isDumb { try? write("\n") }
    for line in due { try? write(terminalText([.paragraph(Words(line, .strong))], style: style)) }
    rl_on_new_line()
    rl_forced_update_display()
  }

  /// A terminal that can't move its cursor.
  private var isDumb: Bool { getenv("TERM").map { String(cString: $0) } == "dumb" }

  package func clear() {
    // What scrolled away can be scrolled back, so that goes, too.
    try? write(isDumb || accessible ? String(repeating: "\n", count: 60) : "\u{1B}[H\u{1B}[2J\u{1B}[3J")
  }

  package func remind(_ lines: [(after: Int, text: String)]) { reminders = Reminders(lines) }

  /// In the background the terminal is somebody else's, and so are the settings it has then: it is left
  /// alone until it is ours.
  func waitForForeground() {
    while case let owner = tcgetpgrp(0), owner >= 0, owner != getpgrp() {
      kill(getpid(), SIGSTOP)
      signals.forget(SIGCONT)
    }
  }

  /// Runs something that is no prompt with the signals as they are in any program.
  package func withUsualSignals<T>(_ work: () throws -> T) rethrows -> T {
    signals.setBlocked(false)
    defer { signals.setBlocked(true) }
    return try work()
  }

  private func leave(_ entry: Entry) -> Entry {
    rl_callback_handler_remove()
    try? write("\n")
    return entry
  }

  private func ended() -> Entry {
    try? write("\n")
    return .endOfInput
  }

  package func edit(_ text: String, named name: String) -> Edited {
    let edited = runEditor(on: text, named: name, in: "\(drafts)/drafts")
    // Ctrl-C and Ctrl-Z were meant for the editor.
    for signal in [SIGINT, SIGTSTP, SIGCONT, SIGQUIT] { signals.forget(signal) }
    return edited
  }
}

/// Names of files and folders that begin as a word does; those that can't be shown as they are stay out.
private func fileNames(startingWith word: String) -> [String] {
  shim_complete_files()
  let stem = word.lastIndex(of: "/").map { String(word[...$0]) } ?? ""
  let names = entries(of: stem.isEmpty ? "." : homePath(stem)).filter { name in
    let isHidden = name.hasPrefix(".") && !word.dropFirst(stem.count).hasPrefix(".")
    return (stem + name).hasPrefix(word) && !isHidden && name == name.harmless
  }
  return names.map { stem + $0 }.sorted()
}

/// What a folder holds; nothing where it can't be read.
func entries(of path: String) -> [String] {
  guard let folder = opendir(path) else { return [] }
  defer { closedir(folder) }
  var names: [String] = []
  while let entry = readdir(folder) {
    names.append(
      withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      })
  }
  return names
}

/// `~/plan.md` as the path that is meant.
package func homePath(_ path: String) -> String {
  guard path.hasPrefix("~/"), let home = getenv("HOME") else { return path }
  return String(cString: home) + path.dropFirst()
}

/// Writes everything or says why not: a full disk and a closed pipe must not go unnoticed.
package func writeAll(_ text: String, to descriptor: Int32) throws(ConsoleError) {
  try writeAll(Array(text.utf8), to: descriptor)
}

package func writeAll(_ all: [UInt8], to descriptor: Int32) throws(ConsoleError) {
  var bytes = all[...]
  while !bytes.isEmpty {
    let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    if count > 0 {
      bytes = bytes.dropFirst(count)
    } else if count < 0, errno != EINTR {
      throw .cannotWrite(errno: errno)
    }
  }
}
