import AssessmentModel
import Reporting

/// Metrics from the library, offered by number where figures are asked for, and searched by words.
final class MetricOffers {
  private let library: MetricLibrary
  /// What stands on the screen, by its number from 1.
  private var shown: [MetricDefinition]
  /// How many are offered unasked.
  private static let most = 7

  /// - Parameter fitting: ids of what fits, the first first; the library's own order where there are none.
  init(_ library: MetricLibrary, fitting: [String] = []) {
    self.library = library
    let fitting = fitting.compactMap(library.metric)
    shown = Array((fitting + library.metrics.filter { !fitting.contains($0) }).prefix(Self.most))
  }

  /// The first ones.
  func first() -> Document {
    if shown.isEmpty { return [] }
    return [
      .paragraph(
        Words("Figures that others count; your own words begin another one. ", .strong)
          + Words(
            "#1 takes the first, #1? tells more, find complaints looks through all \(library.metrics.count).",
            .faint))
    ] + list()
  }

  private func list() -> Document {
    [
      .options(
        shown.enumerated().map { Choice(key: "#\($0 + 1)", text: "\($1.name): \($1.definition)") })
    ]
  }

  /// `#3`, `3` where nothing else has that number, `#3?`, `find nps`, or a name that the library knows; nil for anything
  /// else.
  func offer(_ text: String) -> Offered<Metric>? {
    if let match = text.wholeMatch(of: /(#?)([0-9]{1,3}) ?(\??)/), let number = Int(match.2),
      !match.1.isEmpty || !match.3.isEmpty
    {
      guard shown.indices.contains(number - 1) else {
        return .shown([.paragraph(Words("There is no #\(number); find and a word looks for others."))])
      }
      let metric = shown[number - 1]
      return match.3.isEmpty ? taken(metric) : .shown(metricReport(metric))
    }
    let words = text.split(separator: " ", maxSplits: 1).map(String.init)
    if ["find", "search", "library", "figures", "figure"].contains(words.first?.lowercased() ?? "") {
      let found = library.search(words.count > 1 ? words[1] : "")
      guard !found.isEmpty else {
        return .shown([
          .paragraph(Words("No figure in the library has “\(words[1])”; your own words begin one."))
        ])
      }
      shown = found
      return .shown(list())
    }
    return library.named(text).map(taken)
  }

  private func taken(_ metric: MetricDefinition) -> Offered<Metric> {
    .row(
      metric.metric,
      told: [
        .paragraph(Words("Taken from the library: ", .strong) + Words("\(metric.name). \(metric.answers)")),
        .paragraph(Words("What can go wrong: \(metric.gamed)", .faint)),
      ])
  }
}
