import CReadline

/// The signals of a terminal session, read from a descriptor like keys: nothing happens in a
/// handler, so nothing can happen at a bad moment.
struct SignalQueue {
  private static let watched = [SIGINT, SIGTERM, SIGHUP, SIGWINCH, SIGTSTP, SIGCONT]

  /// Readable when a signal has come.
  let descriptor: Int32

  init() {
    var set = sigset_t()
    sigemptyset(&set)
    for signal in Self.watched { sigaddset(&set, signal) }
    pthread_sigmask(SIG_BLOCK, &set, nil)
    descriptor = signalfd(-1, &set, Int32(SFD_CLOEXEC | SFD_NONBLOCK))
  }

  /// The next signal that is waiting.
  func next() -> Int32? {
    var info = signalfd_siginfo()
    let size = MemoryLayout<signalfd_siginfo>.size
    let count = CReadline.read(descriptor, &info, size)
    return count == size ? Int32(info.ssi_signo) : nil
  }
}
