import CReadline

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A program that has the terminal while this one waits for it: an editor or a pager.
struct ForegroundProcess {
  enum State: Equatable {
    case running, stopped
    /// With its exit status, or 128 and the signal that ended it.
    case ended(Int32)
  }

  let id: pid_t

  /// Starts the system's shell; nil where it can't be started. Foundation's would put it into the background.
  ///
  /// - Parameters:
  ///   - input: a descriptor that becomes its standard input, where it is not the terminal.
  ///   - variables: what its environment has besides this program's, `NAME=value`.
  init?(_ arguments: [String], input: Int32? = nil, variables: [String] = []) {
    // The signals that are blocked here are the program's own again.
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
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if let input { posix_spawn_file_actions_adddup2(&actions, input, 0) }
    let words = arguments.map { strdup($0) } + [nil]
    let added = variables.map { strdup($0) }
    defer { for word in words + added { free(word) } }
    var environment = added
    var variable = environ
    while let value = variable.pointee {
      environment.append(value)
      variable += 1
    }
    environment.append(nil)
    var child = pid_t()
    guard posix_spawn(&child, "/bin/sh", &actions, &attributes, words, environment) == 0 else { return nil }
    id = child
  }

  /// What it is doing; waits until it stops or ends where `waits` is true.
  func state(waits: Bool) -> State {
    var status: Int32 = 0
    while true {
      let found = waitpid(id, &status, WUNTRACED | (waits ? 0 : WNOHANG))
      if found == 0 { return .running }
      if found < 0 {
        if errno == EINTR { continue }
        return .ended(127)
      }
      if status & 0xFF == 0x7F { return .stopped }
      return .ended(status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F)
    }
  }

  /// Ctrl-Z in it stops both, and `fg` wakes both.
  func stopTogether() {
    kill(getpid(), SIGSTOP)
    kill(id, SIGCONT)
  }

  /// Waits for its end; gives its exit status.
  func waitForEnd() -> Int32 {
    while true {
      switch state(waits: true) {
      case .ended(let status): return status
      case .stopped: stopTogether()
      case .running: continue
      }
    }
  }
}
