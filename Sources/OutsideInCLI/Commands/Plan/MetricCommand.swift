import ArgumentParser
import AssessmentModel
import Planning
import Reporting
import Shell
import Storage

struct MetricCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "metric", abstract: "Enter what a figure is by now, or look for figures to count.",
    subcommands: [MetricReadCommand.self, MetricFindCommand.self])

  static var names: [String] { configuration.subcommands.compactMap { $0.configuration.commandName } }
}

struct MetricReadCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "read", abstract: "Keep a reading of a figure; the assessment stays finished.")

  @OptionGroup var global: GlobalOptions
  @Argument(help: "An assessment.", completion: savedIDs) var id: String
  @Argument(help: "The figure's name, or as much of it as tells it apart.") var name: String
  @Argument(help: "What it is, such as 28 or \"28 calls\".") var value: String
  @Option(help: ArgumentHelp("The day it was read; today where it is not given.", valueName: "day")) var date:
    String?

  func run() throws {
    let store = try global.settings.openStore()
    // A figure can be read before there is a verdict to plan from.
    let opened = try Opened(id, in: store, toChange: true)
    let metrics = opened.assessment.keptPlan.metrics(opened.assessment.metrics(in: opened.questionnaire))
    let metric: Metric
    switch FigureLine(name, among: metrics) {
    case .of(let found, ""): metric = found
    case .of, .unknown:
      let names = metrics.map { "“\($0.name)”" }
      throw Failure(
        .notFound,
        names.isEmpty
          ? "Nothing is counted in \(opened.assessment.id) yet; `figures` at the prompt of plan edit chooses what."
          : "There is no figure “\(name)”, or more than one. There are: \(listed(names)).")
    }
    let reading = FigureReading(value, unit: metric.unit)
    guard let figure = reading.value else {
      throw Failure(.usage, reading.problem(with: value) ?? "That is no figure.")
    }
    let day = try day()
    try opened.keep([.read(metric: metric.name, Metric.Reading(date: day, value: figure))], in: store)
    System.tell("Kept: \(metric.name), \(amount(figure, metric.unit)) on \(withWeekday(day)).")
  }

  private func day() throws(Failure) -> Day {
    guard let date else { return System.today() }
    let reading = DayReading(date, today: System.today(), lies: .behind)
    guard let day = reading.value else {
      throw Failure(
        .usage, "--date: \(reading.problem(with: date, lies: .behind) ?? "a day, such as 2026-12-01.")")
    }
    return day
  }
}

struct MetricFindCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "find", abstract: "Look through the library: what figures others count, and what to mind.")

  @OptionGroup var global: GlobalOptions
  @Argument(help: "Words, such as complaints or first contact; one figure is shown whole.") var words:
    [String] = []

  func run() throws {
    let library = global.settings.catalog.metrics(in: ["customer": "customer"])
    let text = words.joined(separator: " ")
    let found = library.named(text).map { [$0] } ?? library.search(text)
    guard !found.isEmpty else {
      throw Failure(
        .notFound,
        "The library has no figure with “\(text)”. `outside-in metric find` lists all \(library.metrics.count)."
      )
    }
    let document: Document =
      found.count == 1
      ? metricReport(found[0])
      : [
        .table(
          Table(
            [.init("figure"), .init("what it tells"), .init("better"), .init("kind")],
            rows: found.map { [$0.name, $0.definition, $0.better.rawValue, $0.kind.rawValue] }))
      ]
    try global.settings.write(terminalText(document, style: global.settings.style))
  }
}
