import CReadline

/// The signals of a terminal session, read from a descriptor like keys: nothing happens in a
/// handler, so nothing can happen at a bad moment, and none leaves the terminal as readline has it.
final class SignalQueue {
  private static let watched = [
    SIGINT, SIGTERM, SIGHUP, SIGWINCH, SIGTSTP, SIGCONT, SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM,
  ]

  /// Readable when a signal has come.
  let descriptor: Int32
  /// Signals that were read and not asked for yet.
  private var waiting: [Int32] = []

  init() {
    var set = Self.set(Self.watched)
    pthread_sigmask(SIG_BLOCK, &set, nil)
    descriptor = signalfd(-1, &set, Int32(SFD_CLOEXEC | SFD_NONBLOCK))
  }

  /// The next signal that is waiting.
  func next() -> Int32? {
    waiting.isEmpty ? received() : waiting.removeFirst()
  }

  private func received() -> Int32? {
    var info = signalfd_siginfo()
    let size = MemoryLayout<signalfd_siginfo>.size
    let count = CReadline.read(descriptor, &info, size)
    return count == size ? Int32(info.ssi_signo) : nil
  }

  /// A signal that can't wait for the end of what readline asks: Ctrl-C, or one that ends the session. It
  /// stays in the queue.
  func urgent() -> Int32? {
    while let signal = received() { waiting.append(signal) }
    return ending ?? waiting.first { $0 == SIGINT }
  }

  /// The signal in the queue that ends the session.
  var ending: Int32? { waiting.first { ![SIGINT, SIGWINCH, SIGTSTP, SIGCONT].contains($0) } }

  /// Whether one is there that ends a session in which Ctrl-\ belongs to another program.
  var isEnding: Bool { waiting.contains { ![SIGINT, SIGWINCH, SIGTSTP, SIGCONT, SIGQUIT].contains($0) } }

  /// Takes it out.
  func takeEnding() -> Int32? {
    guard let place = waiting.firstIndex(where: { ![SIGINT, SIGWINCH, SIGTSTP, SIGCONT].contains($0) }) else {
      return nil
    }
    return waiting.remove(at: place)
  }

  private static func set(_ signals: [Int32]) -> sigset_t {
    var set = sigset_t()
    sigemptyset(&set)
    for signal in signals { sigaddset(&set, signal) }
    return set
  }

  func setBlocked(_ isBlocked: Bool) {
    var set = Self.set(Self.watched)
    pthread_sigmask(isBlocked ? SIG_BLOCK : SIG_UNBLOCK, &set, nil)
  }

  /// Stops as Ctrl-Z stops any program, which is not at all where nobody could wake it.
  func stopAsUsual() {
    var set = Self.set([SIGTSTP])
    kill(getpid(), SIGTSTP)
    pthread_sigmask(SIG_UNBLOCK, &set, nil)
    pthread_sigmask(SIG_BLOCK, &set, nil)
  }

  /// Takes a signal out that was meant for somebody else.
  func forget(_ signal: Int32) {
    var others: [Int32] = []
    while let next = next() {
      if next != signal { others.append(next) }
    }
    waiting = others
  }
}
