import Shell

/// The words of a line, and what completes one.
extension HomeShell {
  static let ownCommands = ["new", "open", "resume", "questionnaires", "set", "help", "quit"]

  static var commands: [String] {
    ownCommands + OutsideIn.configuration.subcommands.compactMap { $0.configuration.commandName }
  }

  /// A line taken apart at its blanks, except between quotation marks; `~/` is the home folder. Nil where a
  /// mark has no other end.
  static func words(of line: String) -> [String]? {
    var words: [String] = []
    var word: String?
    var mark: Character?
    for character in line {
      if character == mark {
        mark = nil
      } else if mark == nil, character == "\"" || character == "'" {
        mark = character
        word = word ?? ""
      } else if mark == nil, character.isWhitespace {
        if let word { words.append(word) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    if let word { words.append(word) }
    return mark == nil ? words.map(homePath) : nil
  }

  func completions(_ before: [String]) -> Completions {
    guard let head = before.first?.lowercased() else { return .words(Self.commands) }
    if ["-o", "--output", "import", "check", "lock"].contains(before.last) { return .files }
    switch head {
    case "compare": return .words(["last"] + ids() + ["--teams", "--same-people", "-o", "--format"])
    case "workshop":
      let isNamed = before.count == 1 || WorkshopCommand.names.contains(before[1]) || before.last == "--from"
      guard isNamed, before.last != "--from" else { return .words(["last"] + ids()) }
      return .words(
        before.count == 1
          ? WorkshopCommand.names.filter { $0 != "lead" } + ["--from"] + ids()
          : ["last", "--form", "--customers", "-o"] + ids())
    case "demo": return .words(["workshop"])
    case "open", "resume", "result", "explain", "export", "rename", "finish", "delete":
      if head == "explain", before.count == 2 { return .words(parts(of: before[1])) }
      guard before.count == 1 else { return .words(["-o", "--format"]) }
      return .words(["last"] + ids() + (head == "explain" ? parts(of: "last") : []))
    case "plan" where before.count == 1: return .words(PlanCommand.names + ["last"] + ids())
    case "plan", "metric":
      if head == "metric", before.count == 1 { return .words(MetricCommand.names) }
      guard before.count == 2 else { return .words([]) }
      return .words(["last"] + ids())
    case "new":
      return .words(
        before.last == "from" ? ["last"] + ids() : ["core", "full", "from"] + settings.catalog.ids)
    case "set": return .words(["organization", "team"])
    case "questionnaire": return .words(before.count == 1 ? QuestionnaireCommand.names : settings.catalog.ids)
    default: return .words([])
    }
  }

  private func ids() -> [String] {
    guard let all = try? store.list(most: 200) else { return [] }
    return all.map(\.id)
  }

  /// The areas and questions of an assessment.
  private func parts(of id: String) -> [String] {
    guard let opened = try? Opened(id, in: store) else { return [] }
    return opened.questionnaire.dimensions.map(\.id) + opened.questionnaire.items.map(\.id)
  }
}
