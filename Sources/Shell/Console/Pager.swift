import CReadline

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Shows what is longer than the window page by page, in the user's own program for that.
package struct Pager {
  /// As the system's shell takes it.
  private let command: String
  /// What its environment has besides the program's.
  private let variables: [String]

  /// The user's `PAGER`, else `less` where it is installed; nil where nobody wants one: with `PAGER=`, on a terminal
  /// that can't move its cursor, or where the output is no terminal.
  package init?() {
    func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
    guard isatty(1) == 1, let terminal = variable("TERM"), !["", "dumb"].contains(terminal) else {
      return nil
    }
    if let own = variable("PAGER") {
      // `cat` pages nothing.
      guard !own.allSatisfy(\.isWhitespace), own != "cat" else { return nil }
      command = own
      // As its makers recommend where somebody has set nothing; other pagers don't look at it.
      variables = variable("LESS") == nil ? ["LESS=FRX"] : []
      return
    }
    let folders = (variable("PATH") ?? "").split(separator: ":")
    guard folders.contains(where: { access("\($0)/less", X_OK) == 0 }) else { return nil }
    // Who has never met it is told how to get out, and what they type by mistake writes no files.
    variables = ["LESSSECURE=1"]
    command =
      "less -FRXe '-P?e(end) Space or q goes back to the prompt:Space shows more, q goes back to the prompt.'"
  }

  /// Whether a text has more lines than the window, in which a prompt has to have its place, too.
  package static func isLong(_ text: String) -> Bool {
    var size = winsize()
    guard ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 0 else { return false }
    return text.utf8.count { $0 == UInt8(ascii: "\n") } >= Int(size.ws_row)
  }

  /// Shows a text and waits until somebody has read it. False where the pager could not be started, so that nothing
  /// was shown.
  ///
  /// - Parameter signals: the queue that signals come in by. Ctrl-C and Ctrl-Z belong to the pager; a signal that ends
  ///   the session ends the pager and stays in the queue.
  func show(_ text: String, _ signals: SignalQueue) -> Bool {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return false }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var settings = termios()
    let hasSettings = tcgetattr(0, &settings) == 0
    guard let pager = ForegroundProcess(["sh", "-c", command], input: ends[0], variables: variables) else {
      for end in ends { close(end) }
      return false
    }
    close(ends[0])
    let status = Self.feed(pager, text, through: ends[1], signals)
    if hasSettings { tcsetattr(0, TCSADRAIN, &settings) }
    for signal in [SIGINT, SIGTSTP, SIGCONT, SIGQUIT] { signals.forget(signal) }
    // What the shell says where there is no such program.
    return status != 126 && status != 127
  }

  /// Hands the text over as it is read; gives the exit status.
  private static func feed(
    _ pager: ForegroundProcess, _ text: String, through end: Int32, _ signals: SignalQueue
  ) -> Int32 {
    var rest = Array(text.utf8)[...]
    var end: Int32? = end
    _ = fcntl(end!, F_SETFL, O_NONBLOCK)
    func finish() {
      if let open = end { close(open) }
      end = nil
    }
    defer { finish() }
    // How often it is looked after when it was told to end.
    var patience = 40
    while true {
      switch pager.state(waits: false) {
      case .ended(let status): return status
      case .stopped: pager.stopTogether()
      case .running: break
      }
      _ = signals.urgent()
      if signals.isEnding {
        finish()
        kill(pager.id, patience > 0 ? SIGTERM : SIGKILL)
        patience -= 1
      }
      var polled = [
        pollfd(fd: end ?? -1, events: Int16(POLLOUT), revents: 0),
        pollfd(fd: signals.isEnding ? -1 : signals.descriptor, events: Int16(POLLIN), revents: 0),
      ]
      poll(&polled, 2, 20)
      guard let open = end, polled[0].revents != 0 else { continue }
      let count = rest.withUnsafeBytes { write(open, $0.baseAddress, $0.count) }
      if count > 0 { rest = rest.dropFirst(count) }
      // Read to its end, or nobody reads any more.
      if rest.isEmpty || (count < 0 && errno != EAGAIN && errno != EINTR) { finish() }
    }
  }

  /// The same for a command, whose signals are as in any program.
  ///
  /// - Returns: whether it was shown, and the signal that ended it.
  package func show(_ text: String) -> (isShown: Bool, ending: Int32?) {
    let signals = SignalQueue()
    defer { signals.setBlocked(false) }
    let isShown = show(text, signals)
    return (isShown, signals.takeEnding())
  }
}
