import Reporting

/// What came of asking for a line.
package enum Entry: Hashable, Sendable {
  case line(String)
  /// Ctrl-C: the line was given up.
  case interrupted
  /// Ctrl-D on an empty line.
  case endOfInput
  /// The session ends by a signal; the program exits with this status.
  case ended(status: Int32)
}

/// What Tab offers for a word.
package enum Completions: Hashable, Sendable {
  case words([String])
  case files
}

/// What Tab offers, given the words that stand before the one being typed.
package typealias Completer = (_ before: [String]) -> Completions

/// What came of opening a text in the user's editor.
package enum Edited: Hashable, Sendable {
  case text(String)
  /// Nothing was taken over; why and what to do, and what the editor had saved before it failed.
  case failed(String, draft: String?)
}

/// Where the shell writes and reads: a terminal, or a script in a test.
package protocol Console: AnyObject {
  var style: TerminalStyle { get }
  /// Writes a block in one piece.
  func write(_ text: String) throws(ConsoleError)
  /// Writes a block page by page where it is longer than the window and somebody wants that.
  func page(_ text: String) throws(ConsoleError)
  /// Asks for a line. `initial` stands in it to begin with.
  func read(prompt: String, initial: String, complete: Completer) -> Entry
  /// Takes what was shown so far off the screen.
  func clear()
  /// Shows lines later, above what is being typed then; they replace those that were asked for before.
  ///
  /// - Parameter reminders: seconds from now, with the line.
  func remind(_ reminders: [(after: Int, text: String)])
  /// Keeps what is typed off the screen, also between two lines, until it is called again.
  func setSecret(_ isSecret: Bool)
  /// Asks for a line that leaves no trace on the screen, in the history or in what keys bring back; only while it is
  /// secret.
  func readSecret(prompt: String) -> Entry
  /// Keeps a command where the arrow keys find it; never an answer.
  func remember(_ command: String)
  /// Opens a text in the user's editor and waits for its end.
  ///
  /// - Parameter name: tells texts apart: what an editor left behind under a name is opened again.
  func edit(_ text: String, named name: String) -> Edited
}

package enum ConsoleError: Error, Hashable, Sendable {
  case cannotWrite(errno: Int32)
}

extension Console {
  func show(_ document: Document) throws(ConsoleError) {
    try write(terminalText(document, style: style))
  }

  /// Shows a document page by page where it is longer than the window.
  func page(_ document: Document) throws(ConsoleError) {
    try page(terminalText(document, style: style))
  }

  func say(_ text: String) throws(ConsoleError) { try show([.paragraph(Words(text))]) }
}
