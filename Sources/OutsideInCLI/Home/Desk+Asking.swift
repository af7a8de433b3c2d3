import AssessmentModel
import Reporting
import Shell

/// Names, and the word for those somebody works for.
extension Desk {
  /// What `--customers` says.
  static func word(_ text: String, for questionnaire: Questionnaire) throws(Failure) -> CustomerWord {
    guard questionnaire.hasCustomerWord else {
      throw Failure(
        .usage,
        "--customers has no use here: no text of \(questionnaire.id) has a word for customers to change.")
    }
    do throws(CustomerWordProblem) {
      return try CustomerWord(typed: text)
    } catch {
      throw Failure(.usage, "--customers takes a word, or WORD:PLURAL: \(error.message)")
    }
  }

  /// What the people are called for whom the organisation works; Enter keeps the questionnaire's own word.
  func readWord(_ own: CustomerWord, for questionnaire: Questionnaire) throws -> CustomerWord {
    guard questionnaire.hasCustomerWord else { return own }
    asking: while true {
      var word: CustomerWord
      switch try ask(
        "One of the people you work for is called a (Enter: \(own.one))> ", { try CustomerWord(typed: $0) })
      {
      case .offered: return own
      case .back:
        let words = "`set organization` and `set team` change the names at any question."
        try console.write(terminalText([.paragraph(Words(words))], style: console.style))
        continue
      case .said(let said, let isWhole):
        if isWhole { return said }
        word = said
      }
      if let one = English.singular(of: word.one) {
        let prompt = "That looks like several of them; one is called a (Enter: \(one))> "
        // A no says that it is one all the same.
        switch try ask(prompt, { YesOrNo($0) == .no ? word : try CustomerWord(typed: $0) }) {
        case .offered: word = CustomerWord(one)
        case .back: continue asking
        case .said(let said, let isWhole):
          if isWhole { return said }
          word = said
        }
      }
      let prompt = "Several of them are called (Enter: \(word.many))> "
      switch try ask(prompt, { try CustomerWord(typed: "\(word.one):\($0)") }) {
      case .offered: return word
      case .back: continue asking
      case .said(let said, _): return said
      }
    }
  }

  private enum Said {
    /// Enter, or a yes to what was offered.
    case offered
    case back
    /// - isWhole: whether the plural was typed, too.
    case said(CustomerWord, isWhole: Bool)
  }

  /// A word, for which `help`, `back` and `quit` are taken for what they nearly always mean; what is none is said,
  /// and asked again.
  private func ask(_ prompt: String, _ word: (String) throws -> CustomerWord) throws -> Said {
    while true {
      let line = try read(prompt, ["quit"])
      switch line.lowercased() {
      case "",
        _ where YesOrNo(line) == .yes:
        return .offered
      case "quit", "exit", "q", ":quit": throw Leave(status: 0)
      case "back": return .back
      case "?", "h",
        _ where interviewWords.contains(line.lowercased()):
        let words =
          "Questions, result and plan will use your word, such as patient, guest or resident. It changes no "
          + "figure, and can be changed until the first answer. `quit` leaves; nothing has begun yet."
        try console.write(terminalText([.paragraph(Words(words))], style: console.style))
      default:
        do {
          return .said(try word(line), isWhole: line.contains(":"))
        } catch let problem as CustomerWordProblem {
          try console.write(terminalText([.paragraph(Words(problem.message))], style: console.style))
        }
      }
    }
  }

  /// A name, in which `help` and `quit` are taken for what they nearly always mean, and a no leaves it out. What
  /// can't be kept stands in the line again.
  func readName(_ prompt: String) throws -> String {
    var rejected = ""
    while true {
      let line = try read(prompt, ["quit"], initial: rejected)
      rejected = ""
      switch line.lowercased() {
      case "quit", "exit", "q", ":quit": throw Leave(status: 0)
      case "none", "skip", "-",
        _ where YesOrNo(line) == .no:
        return ""
      case "help", "?", "back", "h":
        let words =
          "The name stands above the result and the plan, and finds it again in `outside-in list`. "
          + "`quit` leaves; nothing has begun yet. `help` at a question lists the commands there."
        try console.write(terminalText([.paragraph(Words(words))], style: console.style))
      default:
        guard let problem = Assessment.problem(withName: line) else { return line }
        try console.write("That can't be kept: \(problem).\n")
        rejected = line
      }
    }
  }

  func read(_ prompt: String, _ words: [String] = [], initial: String = "") throws -> String {
    while true {
      switch console.read(prompt: prompt, initial: initial, complete: { .words($0.isEmpty ? words : []) }) {
      case .line(let line): return line.split(separator: " ").joined(separator: " ")
      case .interrupted: continue
      case .endOfInput: throw Leave(status: 0)
      case .ended(let status): throw Leave(status: status)
      }
    }
  }
}
