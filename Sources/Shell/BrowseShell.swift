import AssessmentModel
import Reporting

/// Looks at a saved assessment at a prompt: the result, its arithmetic and its plan.
package final class BrowseShell {
  private let console: any Console
  private let subject: Subject
  private let plan: (TerminalStyle) -> String

  private static let words = [
    Choice(key: "result", text: "which side, how sure, and why"),
    Choice(key: "explain", text: "the arithmetic; also of one question or area: explain journey"),
    Choice(key: "plan", text: "the strategy action plan"),
    Choice(key: "help", text: "this list"), Choice(key: "quit", text: "leave"),
  ]

  package init(
    console: any Console, subject: Subject, plan: @escaping (TerminalStyle) -> String
  ) {
    self.console = console
    self.subject = subject
    self.plan = plan
  }

  /// Runs until `quit`; gives the program's exit status.
  package func run() -> Int32 {
    do throws(ConsoleError) {
      try console.show(resultReport(subject) + [.gap, .options(Self.words)])
      return try loop()
    } catch {
      return 74
    }
  }

  private func loop() throws(ConsoleError) -> Int32 {
    let areas = subject.questionnaire.dimensions.map(\.id)
    let items = subject.scorecard.items.map(\.item.id)
    while true {
      let entry = console.read(
        prompt: "outside-in> ", initial: "",
        completions: Self.words.map(\.key) + areas + items)
      switch entry {
      case .interrupted: continue
      case .endOfInput: return 0
      case .ended(let status): return status
      case .line(let line):
        if !line.trimmed.isEmpty { console.remember(line.trimmed) }
        let words = line.split(separator: " ").map(String.init)
        switch (words.first?.lowercased(), words.dropFirst().first) {
        case (nil, _): continue
        case ("quit", _), ("exit", _), ("q", _): return 0
        case ("result", nil): try console.show(resultReport(subject))
        case ("plan", nil): try console.write(plan(console.style))
        case ("explain", nil): try console.show(explainReport(subject))
        case ("explain", let part?) where areas.contains(part):
          try console.show(explainReport(subject, dimension: part))
        case ("explain", let part?) where items.contains(part):
          try console.show(explainReport(subject, item: part))
        case ("help", _), ("?", _): try console.show([.options(Self.words)])
        case (let word?, let part):
          let hint = suggestion(for: part ?? word, among: Self.words.map(\.key) + areas + items)
          try console.say("“\(line.trimmed)” is no command\(hint.isEmpty ? "." : hint) `help` lists them.")
        }
      }
    }
  }
}
