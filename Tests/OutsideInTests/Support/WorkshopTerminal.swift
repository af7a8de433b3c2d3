import AssessmentModel
import Testing

private let people = nine.flatMap { ["--rater", "\($0.name):\($0.department)"] }

/// The arguments of a workshop of which only the private questions are left to ask.
func workshopArguments(_ more: [String] = []) -> [String] {
  ["workshop", "--organization", "Acme", "--team", "All", "--customers", "customer", "--minutes", "120"]
    + people + more
}

/// A workshop of nine, at its first question.
func beginWorkshop(
  in folder: TemporaryFolder, anonymous: Bool = false, environment: [String: String] = [:]
) throws -> Terminal {
  let terminal = try Terminal(
    workshopArguments(anonymous ? ["--anonymous"] : []), in: folder, environment: environment)
  terminal.wait(for: "yes or no> ")
  terminal.enter("no")
  if !anonymous {
    terminal.wait(for: "anonymous> ")
    terminal.enter()
  }
  for prompt in ["Enter goes on> ", "kept nowhere> "] {
    terminal.wait(for: prompt)
    terminal.enter()
  }
  terminal.wait(for: "own-who (9 votes)> ")
  return terminal
}

/// Leaves by the command, with everything saved.
func quit(_ terminal: Terminal) {
  terminal.enter("quit")
  #expect(terminal.waitForEnd() == 0)
}

/// The keyboard goes round: each of them presses a key.
func pass(_ raters: ArraySlice<Rater>, _ key: String, at terminal: Terminal) {
  terminal.enter("pass")
  for rater in raters {
    terminal.wait(for: "\(rater.name)> ")
    terminal.enter(key)
  }
}
