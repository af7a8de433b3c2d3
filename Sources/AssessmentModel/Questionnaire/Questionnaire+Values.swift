extension Questionnaire {
  /// Why a value can't be an answer to an item, in words; nil where it can.
  package func problem(with value: Value, of item: Item) -> String? {
    switch item.content {
    case .scored:
      guard case .level(let level) = value, let levels = levels(of: item) else {
        return "expected a level"
      }
      return levels.contains(level)
        ? nil : "\(level) is none of \(item.id)'s levels \(levels.map(String.init).joined(separator: ", "))"
    case .record(let record):
      switch (record, value) {
      case (.choice(let options, multiple: false), .option(let chosen)):
        return Self.unknownOption([chosen], options)
      case (.choice(let options, multiple: true), .options(let chosen)):
        return Self.unknownOption(chosen, options)
      case (.number(let range), .number(let number)):
        if let least = range.min, number < least { return "\(number) is below \(least)" }
        if let most = range.max, number > most { return "\(number) is above \(most)" }
        return nil
      case (.text, .text(let text)):
        return text.utf8.count > 64 * 1024 ? "a text has at most 64 KB" : nil
      case (.expectations(let max), .expectations(let rows)):
        return Self.tooMany(rows.count, max)
      case (.moments(let max), .moments(let rows)): return Self.tooMany(rows.count, max)
      case (.metrics(let max), .metrics(let rows)): return Self.tooMany(rows.count, max)
      case (.raise(let max), .raise(let ids)):
        if let unknown = ids.first(where: { dimension($0) == nil }) {
          return "unknown dimension \"\(unknown)\""
            + suggestion(for: unknown, among: dimensions.map(\.id))
        }
        if Set(ids).count < ids.count { return "a dimension stands here twice" }
        return Self.tooMany(ids.count, max)
      case (.choice, _), (.number, _), (.text, _), (.expectations, _), (.moments, _),
        (.metrics, _), (.raise, _):
        return "a value of another type than \(item.id) takes"
      }
    }
  }

  private static func unknownOption(_ chosen: [String], _ options: [ChoiceOption]) -> String? {
    let ids = options.map(\.id)
    return chosen.first { !ids.contains($0) }
      .map { "no option \"\($0)\"" + suggestion(for: $0, among: ids) }
  }

  private static func tooMany(_ count: Int, _ most: Int) -> String? {
    count > most ? "\(count) rows, and at most \(most) can be kept" : nil
  }
}
