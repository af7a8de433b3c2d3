import AssessmentModel
import EmbeddedTexts
import QuestionnaireFormat
import Testing

/// The metrics that come with the program.
@Suite struct MetricLibraryTests {
  static let wanted = [
    "Net Promoter", "satisfaction", "ces", "churn", "first contact", "repeat contacts", "promises",
    "complaints per 100",
    "referral", "lifetime value", "delivery gap",
  ]

  @Test(arguments: wanted)
  func theKnownOnesAreFound(words: String) {
    #expect(!builtInMetrics.search(words).isEmpty)
  }

  @Test func allOfEachIsSaid() {
    #expect(builtInMetrics.metrics.count >= wanted.count + 10)
    for metric in builtInMetrics.metrics {
      // How many it needs, and what that gives, in figures.
      #expect(metric.answers.contains { $0.isNumber }, "\(metric.id)")
      #expect(metric.better == .up || metric.better == .down)
      if let lowest = metric.lowest, let highest = metric.highest {
        #expect(lowest < highest, "\(metric.id)")
      }
      #expect(builtInMetrics.named(metric.name) == metric && builtInMetrics.metric(metric.id) == metric)
      #expect(metric.metric.baseline == nil && metric.metric.source == nil && metric.metric.owner == nil)
    }
    #expect(Set(builtInMetrics.metrics.map(\.kind)).count == 2)
  }

  private var wanted: [String] { Self.wanted }

  /// Nearly every step points to one, and to one that is there.
  @Test func stepsPointToThem() {
    let steps = builtInActions.steps
    let pointing = steps.compactMap(\.measuredBy)
    #expect(Double(pointing.count) >= 0.9 * Double(steps.count))
    for id in pointing { #expect(builtInMetrics.metric(id) != nil, "\(id)") }
  }

  @Test func whatAStepPointsToMustBeThere() throws {
    let text = """
      format: 1
      questionnaire: qq
      actions:
        - id: aa-2
          item: aa
          to: 2
          title: T
          firstStep: F
          measuredBy: nps
      """
    let reading = readActions(Array(text.utf8), file: "actions.yaml", metrics: ["net-promoter-score"])
    #expect(reading.diagnostics.map(\.code) == ["Q17"])
    #expect(readActions(Array(text.utf8), file: "actions.yaml").diagnostics.isEmpty)
  }

  @Test func theUsersWordIsInThem() {
    let path = "Resources/metrics.yaml"
    let reading = readMetrics(
      Array(EmbeddedTexts.text(path)!.utf8), file: path, terms: ["customer": "patient"])
    let library = reading.library
    #expect(library?.metrics.count == builtInMetrics.metrics.count)
    for metric in library?.metrics ?? [] {
      for text in [
        metric.name, metric.definition, metric.formula, metric.answers, metric.interval, metric.gamed,
      ] + metric.also {
        #expect(!text.lowercased().contains("customer"), "\(metric.id): \(text)")
      }
    }
  }

  /// Problems are told by their place.
  @Test(
    arguments: [
      ("format: 2\nmetrics: []", "Q06"), ("format: 1\nmetrics:\n  - id: a", "Q05"),
      ("format: 1\nmetrics:\n  - x: 1", "Q05"),
    ])
  func problemsAreTold(text: String, code: String) {
    let reading = readMetrics(Array(text.utf8), file: "m.yaml", terms: ["customer": "customer"])
    #expect(reading.library == nil && !reading.diagnostics.isEmpty)
  }
}
