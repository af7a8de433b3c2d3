import ArgumentParser
import AssessmentModel
import QuestionnaireFormat
import Reporting
import Shell
import Storage

extension Assessment.Scope: ExpressibleByArgument {}

struct AssessCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assess", abstract: "Answer the questions, alone, at a prompt.")

  @OptionGroup var global: GlobalOptions

  @Option(help: "The questionnaire, ID or ID@VERSION.")
  var questionnaire = AssessRequest.defaultQuestionnaire

  @Option(help: "core asks the short form, full everything; core where nothing is said.")
  var scope: Assessment.Scope?

  @Option(help: "The organisation's name.")
  var organization: String?

  @Option(help: "The team's name.")
  var team: String?

  @Option(
    help: ArgumentHelp(
      "What the people are called for whom you work, WORD or WORD:PLURAL.", valueName: "word"))
  var customers: String?

  @Option(
    help: ArgumentHelp(
      "Begin with the answers of an earlier assessment, each to be confirmed or changed.", valueName: "id"),
    completion: savedIDs)
  var from: String?

  @Flag(help: "Go on with an open assessment: the one given, or the one changed last.")
  var resume = false

  @Argument(help: "The assessment to go on with, with --resume.")
  var id: String?

  func validate() throws {
    if resume, customers != nil {
      throw ValidationError(
        "--customers is for a new assessment; `set customers` changes the word of an open one.")
    }
    if resume, from != nil {
      throw ValidationError("--from is for a new assessment; leave --resume out.")
    }
    guard let id, !resume else { return }
    // Without a command the program assesses, so a misspelt command arrives here as an id.
    let commands = OutsideIn.configuration.subcommands.compactMap { $0.configuration.commandName }
    if commands.contains(id) {
      throw ValidationError("The command comes first, its options after it: outside-in \(id) …")
    }
    throw ValidationError(
      "There is no command \"\(id)\"\(suggestion(for: id, among: commands)) "
        + "(`outside-in --help` lists them; an assessment's id goes with --resume).")
  }

  var request: AssessRequest {
    AssessRequest(
      settings: global.settings, questionnaire: questionnaire, scope: scope,
      organization: organization, team: team, customers: customers, from: from, resume: resume, id: id)
  }

  func run() throws {
    var request = request
    // Options alone, without a command, lead home as nothing does.
    request.isHome = !CommandLine.arguments.contains("assess")
    try request.run()
  }
}

/// What `assess` is asked to do; as it stands here, it is what the program does without arguments.
struct AssessRequest {
  static let defaultQuestionnaire = "outside-in"

  var settings = Settings()
  var questionnaire = Self.defaultQuestionnaire
  /// As the one it begins from, else the short form, where nothing is said.
  var scope: Assessment.Scope?
  var organization: String?
  var team: String?
  var customers: String?
  /// The assessment whose answers a new one begins with.
  var from: String?
  var resume = false
  var id: String?
  /// Where a group votes; nil where one person answers.
  var workshop: WorkshopOptions?
  /// What stands in the first line.
  var first = ""
  /// Whether the program was called without a command, and is to stay.
  var isHome = false

  struct WorkshopOptions {
    var raters: [Rater] = []
    var request = WorkshopRequest()
  }

  func run() throws {
    guard settings.mayAsk else {
      if workshop != nil {
        throw Failure(.usage, "workshop leads a group at a terminal, and there is none here.")
      }
      throw Failure(
        .usage,
        "assess asks its questions at a terminal, and there is none here. Give the answers in a file: "
          + "outside-in import FILE (or - for standard input).")
    }
    let console = settings.console()
    let store = try settings.openStore()
    let home = HomeShell(settings: settings, console: console, store: store)
    // Without a command, anything that is there is worth a look before something new begins.
    let offers =
      !resume && organization == nil && team == nil && customers == nil && from == nil
      && workshop == nil
    if offers, try stored({ () throws(StoreError) in try store.hasAssessments(openOnly: !isHome) }) {
      return try home.run()
    }
    let outcome = try interview(at: console, in: store)
    if case .finished = outcome, isHome { return try home.run() }
    if case .ended(let status) = outcome { throw Leave(status: status) }
  }

  /// The workshop that is open, the one changed last, where nothing is said of a new one and it is the one that is
  /// meant: on the day it is led it was prepared the day before.
  private func openWorkshop(in store: Store, _ desk: Desk) throws -> String? {
    guard let workshop, workshop.raters.isEmpty, workshop.request.anonymous == nil,
      organization == nil, team == nil, customers == nil, from == nil
    else { return nil }
    for summary in try stored({ () throws(StoreError) in try store.list(openOnly: true, most: 20) }) {
      let assessment = try stored { () throws(StoreError) in try store.open(summary.id) }.assessment
      if assessment.setting == .workshop { return try desk.goesOn(with: assessment) ? assessment.id : nil }
    }
    return nil
  }

  /// What `--from` means: `last` is the latest finished one, as long as there is any, not one that was just begun.
  private func earlier(_ text: String, in store: Store) throws(Failure) -> String {
    guard text == "last" || text.hasPrefix("last:") else { return text }
    let organization = text == "last" ? nil : String(text.dropFirst("last:".count))
    let all = try stored { () throws(StoreError) in try store.list(organization: organization) }
      .filter { $0.finishedAt != nil && (team == nil || $0.team.nameKey == team?.nameKey) }
    if let organization {
      // Another team's answers would be taken for theirs.
      let teams = Dictionary(all.map { ($0.team.nameKey, $0.team) }, uniquingKeysWith: { first, _ in first })
      guard teams.count < 2 else {
        throw Failure(
          .usage,
          "“\(organization)” has \(teams.count) teams: \(teams.values.map { $0.isEmpty ? "the organisation itself" : $0 }.sorted().joined(separator: ", ")). "
            + "Say whose with --team, or give an id; `outside-in list` has them.")
      }
    }
    guard all.isEmpty, let team else { return all.first?.id ?? text }
    throw Failure(
      .notFound, "There is nothing finished of a team “\(team)”. `outside-in list` shows what there is.")
  }

  /// Begins an interview, or goes on with one, and leads it to its end.
  func interview(at console: ReadlineConsole, in store: Store) throws -> Outcome {
    let desk = Desk(console: console, store: store, catalog: settings.catalog)
    let session: Opened
    if let going = try resume ? id ?? desk.newestOpen() : openWorkshop(in: store, desk) {
      session = try Opened(going, in: store, toChange: true)
      session.tellWhetherChanged(settings.catalog)
      try desk.tellOfNewerVersion(session)
    } else {
      session = try desk.begin(
        questionnaire: questionnaire, scope: scope, organization: organization, team: team,
        customers: customers,
        from: try from.map { (id) throws(Failure) in try Opened(earlier(id, in: store), in: store) },
        workshop: workshop?.raters)
    }
    let isWorkshop = session.assessment.setting == .workshop
    if workshop != nil, !isWorkshop {
      throw Failure(
        .data,
        "\(session.assessment.id) is answered alone, and stays so: `outside-in workshop` begins one for a group."
      )
    }
    return try withExtendedLifetime(session) {
      if isWorkshop {
        return WorkshopShell(
          console: console, store: store, stored: session.stored, questionnaire: session.questionnaire,
          request: workshop?.request ?? WorkshopRequest(),
          library: { try? settings.catalog.actions(for: $0) }, environment: settings.environment
        ).run(first: first)
      }
      return InterviewShell(
        console: console, store: store, stored: session.stored,
        rater: try desk.rater(of: session.assessment), questionnaire: session.questionnaire,
        library: { try? settings.catalog.actions(for: $0) },
        environment: settings.environment
      ).run(first: first)
    }
  }
}

/// Somebody left an interview, or it was ended, and the program with it.
struct Leave: Error {
  let status: Int32
}
