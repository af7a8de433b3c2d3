import AssessmentModel
import QuestionnaireFormat
import Reporting
import Shell
import Storage
import Testing

/// A terminal that types a script and keeps what the screen got.
final class ScriptedConsole: Console {
  let style: TerminalStyle
  private var lines: ArraySlice<String>
  private(set) var screen = ""
  /// What the editor makes of a text.
  var editor: (String) -> Edited = { .text($0) }
  /// Lines that were shown wider than the terminal.
  private(set) var tooWide: [String] = []

  init(_ lines: [String], style: TerminalStyle) {
    self.lines = lines[...]
    self.style = style
  }

  func write(_ text: String) throws(ConsoleError) {
    screen += text
    for line in text.split(separator: "\n")
    // A path stays in one piece, so that it can be copied.
    where !line.hasPrefix("/") && String(line).replacing(/\u{1B}\[[0-9]*m/, with: "").columns > style.width {
      tooWide.append(String(line))
    }
  }

  func read(prompt: String, initial: String, complete: Completer) -> Entry {
    guard let line = lines.popFirst() else { return .endOfInput }
    screen += "\(prompt)\(initial.isEmpty ? "" : "[\(initial)] ")\(line)\n"
    // What stands in the line is taken, unless something else is typed.
    return .line(line.isEmpty ? initial : line == "(empty)" ? "" : line)
  }

  private(set) var reminders: [(after: Int, text: String)] = []

  func remind(_ reminders: [(after: Int, text: String)]) { self.reminders = reminders }

  func clear() { screen += "(cleared)\n" }

  private var isSecret = false

  func setSecret(_ isSecret: Bool) { self.isSecret = isSecret }

  func readSecret(prompt: String) -> Entry {
    precondition(isSecret, "a secret line is read while keys are shown")
    guard let line = lines.popFirst() else { return .endOfInput }
    screen += "\(prompt)\n"
    return .line(line == "(empty)" ? "" : line)
  }

  func remember(_ command: String) {}

  func page(_ text: String) throws(ConsoleError) { try write(text) }

  func edit(_ text: String, named name: String) -> Edited { editor(text) }

  var isSpent: Bool { lines.isEmpty }
}

/// Runs an interview over a script, at noon and in a store of its own.
@discardableResult
func interview(
  _ script: [String], style: TerminalStyle = TerminalStyle(), assessment: Assessment? = nil,
  pinned: PinnedQuestionnaire = outsideIn,
  editor: ((String) -> Edited)? = nil
) throws -> (console: ScriptedConsole, assessment: Assessment, files: [String: String]) {
  let folder = try TemporaryFolder()
  let store = try Store(directory: folder.path)
  let console = ScriptedConsole(script, style: style)
  if let editor { console.editor = editor }
  let stored = try store.insert(
    assessment ?? coreAssessment(pinned: pinned) { _, _ in nil },
    questionnaire: StoredQuestionnaire(
      digests: pinned.digests, status: .published, canonical: pinned.text), at: noon)
  var files: [String: String] = [:]
  let shell = InterviewShell(
    console: console, store: store, stored: stored, rater: "r1", questionnaire: pinned.questionnaire,
    library: { actions(in: $0.customer) },
    environment: ShellEnvironment(
      program: "outside-in", now: { noon }, today: { noon.day }, localTime: { _ in "12:00" },
      writeFile: { path, text in
        files[path] = text
        return "/plans/\(path)"
      },
      inWords: { word, _, questionnaire in
        let pinned = inWords(questionnaire.terms(with: word))
        return (
          pinned.questionnaire, pinned.reference,
          StoredQuestionnaire(digests: pinned.digests, status: .published, canonical: pinned.text)
        )
      }))
  _ = shell.run()
  return (console, try store.open("TEST").assessment, files)
}
