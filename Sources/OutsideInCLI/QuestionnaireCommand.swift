import ArgumentParser
import Reporting

struct QuestionnaireCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "questionnaire", abstract: "Look at the questionnaires that can be asked.",
    subcommands: [QuestionnaireListCommand.self, QuestionnaireCheckCommand.self])
}

struct QuestionnaireListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the questionnaires, built in and your own.")

  @OptionGroup var global: GlobalOptions

  func run() throws {
    let catalog = global.settings.catalog
    var rows: [[String]] = []
    for entry in catalog.entries() {
      do throws(Failure) {
        let questionnaire = try catalog.read(entry)
        let scored = questionnaire.items.filter { $0.scored != nil }
        rows.append([
          "\(entry.id)@\(entry.version)", questionnaire.status.rawValue, questionnaire.title,
          "\(scored.count) questions, \(scored.count(where: \.core)) in the core",
          entry.folder ?? "built in",
        ])
      } catch {
        rows.append(["\(entry.id)@\(entry.version)", "unusable", "", "", entry.folder ?? "built in"])
        System.tell(error.message)
      }
    }
    let table = Table(
      [.init("id"), .init("status"), .init("title"), .init("size"), .init("from")], rows: rows)
    try System.write(terminalText([.table(table)], style: global.settings.style))
  }
}
