import ArgumentParser
import AssessmentModel
import Interchange
import Interview
import Reporting
import Shell
import Storage

/// A group's assessment: led, prepared, remembered.
struct WorkshopCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "workshop", abstract: "Lead a group through the questions: vote, look, talk, settle.",
    subcommands: [WorkshopLeadCommand.self, WorkshopSheetsCommand.self, WorkshopRecordCommand.self],
    defaultSubcommand: WorkshopLeadCommand.self)

  static var names: [String] { configuration.subcommands.compactMap { $0.configuration.commandName } }
}

struct WorkshopLeadCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lead", abstract: "Lead a group through the questions: vote, look, talk, settle.",
    discussion: """
      One laptop, one projector, 3 to 30 people. With an id it goes on where that workshop stopped, be it at the \
      welcome that was prepared the day before.
      """)

  @OptionGroup var global: GlobalOptions

  @Argument(help: "The workshop to go on with.") var id: String?

  @Option(help: "The questionnaire, ID or ID@VERSION.")
  var questionnaire = AssessRequest.defaultQuestionnaire

  @Option(help: "core asks the short form, full everything; core, or as with --from, where nothing is said.")
  var scope: Assessment.Scope?

  @Option(help: "The organisation's name.") var organization: String?

  @Option(help: "The team's name.") var team: String?

  @Option(
    help: ArgumentHelp(
      "What the people are called for whom you work, WORD or WORD:PLURAL.", valueName: "word"))
  var customers: String?

  @Option(
    help: ArgumentHelp(
      "Somebody in the room, NAME or NAME:DEPARTMENT; behind another colon customer, last or named.",
      valueName: "name:department"))
  var rater: [String] = []

  @Option(help: "Who is in the room, as a table: name, department, group, last, named.", completion: .file())
  var roster: String?

  @Option(
    help: ArgumentHelp(
      "Begin with the people and the open homework of an earlier one; what was settled then is shown after each reveal.",
      valueName: "id"), completion: savedIDs)
  var from: String?

  @Option(help: "How long you have, in minutes.") var minutes: Int?

  @Flag(help: "Votes are counts that lead to nobody.") var anonymous = false

  func validate() throws {
    if let minutes, !(20...600).contains(minutes) {
      throw ValidationError("--minutes takes 20 to 600.")
    }
    let isNew =
      from != nil || organization != nil || team != nil || customers != nil || !rater.isEmpty || roster != nil
      || anonymous
    if id != nil, isNew {
      throw ValidationError(
        "The workshop is there already: at its prompt `set organization`, `set team`, `join` and `away` change who takes part."
      )
    }
    if !rater.isEmpty, roster != nil {
      throw ValidationError("Either --rater for each, or --roster for all.")
    }
  }

  func request() throws -> AssessRequest {
    var request = AssessRequest(
      settings: global.settings, questionnaire: questionnaire, scope: scope, organization: organization,
      team: team,
      customers: customers, from: from, resume: id != nil, id: id)
    request.workshop = AssessRequest.WorkshopOptions(
      raters: try raters(), request: WorkshopRequest(minutes: minutes, anonymous: anonymous ? true : nil))
    return request
  }

  private func raters() throws -> [Rater] {
    if let roster {
      do {
        return try RosterCSV.read(try System.read(roster))
      } catch let problem as CSV.Problem {
        throw Failure(.data, "\(problem.told(of: roster)) Nothing was begun.")
      }
    }
    var raters: [Rater] = []
    for text in rater {
      let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        .map { $0.split(separator: " ").joined(separator: " ") }
      var new = Rater(id: "r\(raters.count + 1)", name: parts[0], department: parts.count > 1 ? parts[1] : "")
      for word in parts.dropFirst(2) {
        switch word.lowercased() {
        case "customer": new.group = .customer
        case "last": new.last = true
        case "named": new.named = true
        default:
          throw Failure(.usage, "--rater \(text): behind the department stands customer, last or named.")
        }
      }
      for name in [new.name, new.department] {
        if let problem = Assessment.problem(withName: name) {
          throw Failure(.usage, "--rater \(text): \(problem).")
        }
      }
      if new.name.isEmpty { throw Failure(.usage, "--rater \(text): the name is missing.") }
      if raters.contains(where: { $0.name.nameKey == new.name.nameKey }) {
        throw Failure(.usage, "--rater \(text): \(new.name) is there already; two people need two names.")
      }
      raters.append(new)
    }
    return raters
  }

  func run() throws { try request().run() }
}
