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
  var completions: [String] = []
  var matches: ArraySlice<String> = []
}

nonisolated(unsafe) private var state = CallbackState()

/// A terminal through GNU readline's callback interface.
///
/// The blocking `readline()` would resume a line that Ctrl-C has cancelled; here keys and signals
/// are polled together and each is handled where it is read.
package final class ReadlineConsole: Console {
  private let color: Bool
  private let accessible: Bool
  private let signals: SignalQueue

  package init(color: Bool, accessible: Bool) {
    self.color = color
    self.accessible = accessible
    shim_use_utf8()
    signals = SignalQueue()
    shim_prepare("outside-in") { text, start, _ in
      shim_only_our_completions()
      guard let text else { return nil }
      let typed = String(cString: text)
      // Only the first word is a command; what follows `goto` and the like is completed the same.
      state.matches = state.completions.filter { $0.hasPrefix(typed) }[...]
      return rl_completion_matches(text) { _, _ in
        state.matches.popFirst().flatMap { strdup($0) }
      }
    }
    using_history()
  }

  package var style: TerminalStyle {
    TerminalStyle(width: Int(shim_columns(1)), color: color, accessible: accessible)
  }

  package func write(_ text: String) throws(ConsoleError) {
    try writeAll(text, to: 1)
  }

  package func remember(_ command: String) { add_history(command) }

  package func read(prompt: String, initial: String, completions: [String]) -> Entry {
    state = CallbackState(completions: completions.sorted())
    let shown = color ? "\u{1}\u{1B}[1m\u{2}\(prompt)\u{1}\u{1B}[0m\u{2}" : prompt
    install(shown)
    if !initial.isEmpty { shim_insert(initial.harmless) }
    while !state.isDone {
      var polled = [
        pollfd(fd: 0, events: Int16(POLLIN), revents: 0),
        pollfd(fd: signals.descriptor, events: Int16(POLLIN), revents: 0),
      ]
      if poll(&polled, 2, -1) < 0, errno != EINTR { return leave(.ended(status: 74)) }
      while let signal = signals.next() {
        if let entry = handle(signal, prompt: shown) { return entry }
      }
      if polled[0].revents & Int16(POLLIN) != 0 {
        rl_callback_read_char()
      } else if polled[0].revents & Int16(POLLHUP | POLLERR | POLLNVAL) != 0 {
        return leave(.ended(status: 129))
      }
    }
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
    case SIGTERM: return leave(.ended(status: 143))
    case SIGHUP: return leave(.ended(status: 129))
    case SIGWINCH: rl_resize_terminal()
    case SIGTSTP:
      // The terminal is given back, and taken again with the half-typed line as it was.
      let typed = rl_copy_text(0, Int32.max).map { text in
        defer { free(text) }
        return String(cString: text)
      }
      rl_callback_handler_remove()
      try? write("\n")
      kill(getpid(), SIGSTOP)
      install(prompt)
      if let typed, !typed.isEmpty { shim_insert(typed) }
    case SIGCONT: rl_forced_update_display()
    default: break
    }
    return nil
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
}

/// Writes everything or says why not: a full disk and a closed pipe must not go unnoticed.
package func writeAll(_ text: String, to descriptor: Int32) throws(ConsoleError) {
  var bytes = Array(text.utf8)[...]
  while !bytes.isEmpty {
    let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    if count > 0 {
      bytes = bytes.dropFirst(count)
    } else if count < 0, errno != EINTR {
      throw .cannotWrite(errno: errno)
    }
  }
}
