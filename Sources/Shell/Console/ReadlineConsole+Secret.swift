import CReadline
import Reporting

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Secret lines. They never pass through readline, whose kill ring outlives the prompt; nothing is shown for a key,
/// so that not even its number can be counted.
extension ReadlineConsole {
  package func setSecret(_ isSecret: Bool) {
    if isSecret {
      guard settingsBefore == nil else { return }
      var settings = termios()
      guard tcgetattr(0, &settings) == 0 else { return }
      settingsBefore = settings
      hideKeys()
    } else if var settings = settingsBefore {
      settingsBefore = nil
      tcsetattr(0, TCSADRAIN, &settings)
    }
  }

  private func hideKeys() {
    guard var settings = settingsBefore else { return }
    settings.c_lflag &= ~tcflag_t(ECHO | ECHONL | ICANON)
    tcsetattr(0, TCSADRAIN, &settings)
  }

  package func readSecret(prompt: String) -> Entry {
    waitForForeground()
    let prompt = prompt.harmless
    try? write(prompt)
    var typed: [UInt8] = []
    while true {
      while let signal = signals.next() {
        switch signal {
        case SIGINT:
          try? write("\n")
          return .interrupted
        case SIGTSTP:
          stopSecretly()
          try? write("\n" + prompt)
        case SIGCONT:
          hideKeys()
          try? write("\n" + prompt)
        case SIGWINCH: continue
        default: return .ended(status: 128 + signal)
        }
      }
      var polled = [
        pollfd(fd: 0, events: Int16(POLLIN), revents: 0),
        pollfd(fd: signals.descriptor, events: Int16(POLLIN), revents: 0),
      ]
      if poll(&polled, 2, reminders.wait) < 0, errno != EINTR { return .ended(status: 74) }
      let due = reminders.due()
      if !due.isEmpty {
        try? write("\n" + terminalText(due.map { .paragraph(Words($0, .strong)) }, style: style) + prompt)
      }
      if polled[0].revents & Int16(POLLHUP | POLLERR | POLLNVAL) != 0 { return .ended(status: 129) }
      guard polled[0].revents & Int16(POLLIN) != 0 else { continue }
      var byte: UInt8 = 0
      guard CReadline.read(keyboard, &byte, 1) == 1 else { continue }
      switch byte {
      case 0x0A, 0x0D:
        try? write("\n")
        return .line(String(decoding: typed, as: UTF8.self))
      case 0x04 where typed.isEmpty:
        try? write("\n")
        return .endOfInput
      case 0x08, 0x7F:
        // A character may be several bytes.
        while let last = typed.popLast(), last & 0xC0 == 0x80 {}
      case 0x15: typed = []
      default: if typed.count < 4096 { typed.append(byte) }
      }
    }
  }

  /// Ctrl-Z: the terminal is given back as it was, and taken again.
  private func stopSecretly() {
    if var settings = settingsBefore { tcsetattr(0, TCSADRAIN, &settings) }
    signals.stopAsUsual()
    signals.forget(SIGCONT)
    waitForForeground()
    hideKeys()
  }
}
