import ArgumentParser
import Foundation

/// The program and its subcommands.
public struct OutsideIn: ParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "outside-in",
    abstract: "Find out whether you work from the customer's side, and what to do about it.",
    discussion: """
      Without a command it asks the core questions, or goes on where you stopped.
      `outside-in demo` shows it all with an example organisation.
      """,
    version: "1.0.0",
    subcommands: [
      AssessCommand.self, WorkshopCommand.self, DemoCommand.self, ListCommand.self, ResultCommand.self,
      ExplainCommand.self, AgreementCommand.self, CompareCommand.self, PortfolioCommand.self,
      PlanCommand.self, ReportCommand.self,
      MetricCommand.self,
      ImportCommand.self,
      ExportCommand.self,
      RenameCommand.self, FinishCommand.self, DeleteCommand.self, UpgradeCommand.self, DoctorCommand.self,
      QuestionnaireCommand.self,
      ManualCommand.self,
    ],
    defaultSubcommand: AssessCommand.self)

  public init() {}

  /// The arguments with what stands before the command put behind it: the options that go everywhere
  /// may stand in front, too.
  static func commandFirst(_ arguments: [String]) -> [String] {
    var rest = arguments[...]
    while let first = rest.first, first.hasPrefix("--") {
      if ["--no-input", "--no-color", "--no-pager", "--accessible"].contains(first) || first.contains("=") {
        rest = rest.dropFirst()
      } else if ["--data-dir", "--questionnaires"].contains(first) {
        rest = rest.dropFirst(2)
      } else {
        return arguments
      }
    }
    let commands = configuration.subcommands.map { $0.configuration.commandName }
    guard let command = rest.first, commands.contains(command) else { return arguments }
    return Array(rest + arguments[..<rest.startIndex])
  }

  /// Runs the program with the process's arguments and ends it with its exit status.
  public static func launch() -> Never {
    // What is written is the user's alone, and a closed pipe or a file limit is an error to report,
    // not a death.
    umask(0o077)
    signal(SIGPIPE, SIG_IGN)
    #if os(Linux)
      signal(SIGXFSZ, SIG_IGN)
    #endif
    do {
      // The parser's machinery takes a third of the time to the first prompt; what needs none of it
      // does without.
      switch CommandLine.arguments.dropFirst() {
      case []: try AssessRequest(isHome: true).run()
      case ["assess"]: try AssessRequest().run()
      case ["assess", "--resume"]: try AssessRequest(resume: true).run()
      case ["--version"]: try System.write(configuration.version + "\n")
      default:
        var command = try parseAsRoot(commandFirst(Array(CommandLine.arguments.dropFirst())))
        try command.run()
      }
      Foundation.exit(0)
    } catch let leave as Leave {
      Foundation.exit(leave.status)
    } catch let failure as Failure {
      tell(failure)
      Foundation.exit(failure.status.rawValue)
    } catch {
      let code = exitCode(for: error)
      if code == .success {
        // Help, a version, a completion script: data like any other.
        do {
          let wanted = Settings(
            noPager: CommandLine.arguments.contains("--no-pager"),
            accessible: CommandLine.arguments.contains("--accessible"))
          try wanted.write(fullMessage(for: error) + "\n")
          Foundation.exit(0)
        } catch let leave as Leave {
          Foundation.exit(leave.status)
        } catch {
          tell(error)
          Foundation.exit(Failure.Status.inputOutput.rawValue)
        }
      }
      tell(error)
      Foundation.exit(code.rawValue)
    }
  }

  /// What a command's failure has to say; a message may quote what was typed.
  static func tell(_ error: any Error) {
    let message = (error as? Failure)?.message ?? fullMessage(for: error)
    if !message.isEmpty { System.tell(message) }
  }
}
