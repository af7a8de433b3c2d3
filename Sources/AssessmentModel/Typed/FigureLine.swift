/// Which metric a line begins with, and what stands behind its name.
package enum FigureLine: Hashable, Sendable {
  case of(Metric, rest: String)
  /// None, or more than one; what to tell.
  case unknown(String)

  /// - Parameter text: a metric's number or its name, or as much of it as tells it apart, and a figure.
  package init(_ text: String, among metrics: [Metric]) {
    let words = text.split(separator: " ").map(String.init)
    let names = metrics.enumerated().map { "\($0 + 1) \($1.name)" }.joined(separator: "; ")
    guard let first = words.first else {
      self = .unknown("Which figure? \(names).")
      return
    }
    // The longest beginning that tells one metric.
    for count in stride(from: words.count, to: 0, by: -1) {
      let name = words.prefix(count).joined(separator: " ").nameKey
      let exact = metrics.filter { $0.name.nameKey == name }
      let found =
        exact.isEmpty
        ? metrics.filter { $0.name.nameKey.hasPrefix(name) || $0.name.nameKey.contains(" " + name) } : exact
      if found.count == 1 {
        self = .of(found[0], rest: words.dropFirst(count).joined(separator: " "))
        return
      }
      if found.count > 1 {
        self = .unknown(
          "“\(words.prefix(count).joined(separator: " "))” can be \(found.map { "“\($0.name)”" }.joined(separator: " or "))."
        )
        return
      }
    }
    if let number = Int(first), metrics.indices.contains(number - 1) {
      self = .of(metrics[number - 1], rest: words.dropFirst().joined(separator: " "))
      return
    }
    self = .unknown("There is no figure “\(first)”. There are: \(names).")
  }
}
