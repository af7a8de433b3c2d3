import AssessmentModel
import Interview
import Reporting
import Storage

/// Answers that people gave beforehand, from a file.
extension WorkshopShell {
  func importAnswers(_ path: String?) throws(Exit) {
    guard var path = path?.trimmed, !path.isEmpty else {
      return try say("import and a file: the table of a web form, or what a colleague has exported.")
    }
    // Dropped into a window, a name with blanks stands in quotation marks.
    for mark in ["'", "\""] where path.count > 2 && path.hasPrefix(mark) && path.hasSuffix(mark) {
      path = String(path.dropFirst().dropLast())
    }
    var request = ImportRequest(path: homePath(path), stored: stored)
    guard var answers = try asked(&request) else { return }
    if answers.asksWhetherAbsent {
      request.isOfAbsent = try askYesOrNo(
        "Did only people fill it in who are not in the room, yes or no> ",
        help:
          "yes: their answers stand beside the cards. no: where cards are counted, these take the form's place, so that "
          + "nobody counts twice.")
      guard let again = try asked(&request) else { return }
      answers = again
    }
    let isEmpty = answers.events.isEmpty && answers.unrevealed.isEmpty && answers.plan.isEmpty
    if !isEmpty {
      guard
        try store(
          answers.events, unrevealed: answers.unrevealed, plan: answers.plan, at: environment.now())
      else { return }
    }
    for line in answers.told { try say(line) }
    if !isEmpty { try say("Saved. \(WorkshopScreens.heads(workshop)) `away` says who of them is not here.") }
    shown = nil
  }

  /// What a file comes to; nil where nothing is to be taken.
  private func asked(_ request: inout ImportRequest) throws(Exit) -> ImportedAnswers? {
    while true {
      switch environment.importAnswers(request) {
      case .success(let answers): return answers
      case .failure(let refusal):
        switch refusal.remedy {
        case .name:
          let name = try reply(to: "The file does not say whose answers it has. Whose? (Enter leaves it)> ")
          if name.isEmpty { return nil }
          if let problem = Assessment.problem(withName: name) {
            try say(sentence(problem.capitalizedFirst))
          } else {
            request.name = name
          }
        case .replacing:
          for line in refusal.message.split(separator: "\n") where line != "Nothing was added." {
            try say(String(line))
          }
          guard try askYesOrNo("Shall what the file says take the place of what is kept, yes or no> ") else {
            try say("Nothing was changed.")
            return nil
          }
          request.isReplacing = true
        case nil:
          for line in refusal.message.split(separator: "\n") { try say(String(line)) }
          return nil
        }
      }
    }
  }
}
