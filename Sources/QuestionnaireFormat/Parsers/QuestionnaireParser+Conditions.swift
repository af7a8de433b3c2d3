import AssessmentModel

/// When an item is asked.
extension QuestionnaireParser {
  private static let maximumConditionDepth = 3

  func parseCondition(_ node: AuthoredNode, file: String, own: String?) -> Condition? {
    let problems = collector.diagnostics.count
    let condition = parseConditionPart(node, file: file, own: own)
    guard let condition else { return nil }
    if condition.depth > Self.maximumConditionDepth {
      collector.report("Q25", file, node.mark, "a condition nests at most three deep")
    }
    if collector.diagnostics.count == problems,
      let outcome = condition.constantOutcome(over: possibleAnswers(to: condition))
    {
      collector.report(
        "Q24", file, node.mark,
        outcome
          ? "this condition always holds, whatever is answered; leave it out"
          : "this condition never holds, whatever is answered; the item would never be asked")
    }
    return condition
  }

  /// What can be answered to the items that a condition is about; where there are very many answers,
  /// those on both sides of every number it compares with.
  private func possibleAnswers(to condition: Condition) -> [String: [Condition.Answer]] {
    var answers: [String: [Condition.Answer]] = [:]
    for source in earlier where condition.sources.contains(source.id) {
      switch source.content {
      case .scored(let scored):
        var levels = Array(0...4)
        if case .level(let form) = scored.form {
          levels = scales.first { $0.id == form.scale }?.levels.map(\.level) ?? levels
        }
        answers[source.id] = levels.map { .number(Double($0)) }
      case .record(.choice(let options, let multiple)):
        let ids = options.map(\.id)
        // Every set of the options that the condition is about.
        let named = ids.filter(condition.options.contains).prefix(12)
        let sets = (0..<(1 << named.count)).map { bits in
          named.enumerated().filter { bits >> $0.offset & 1 == 1 }.map(\.element)
        }
        answers[source.id] =
          multiple ? sets.map { .options($0) } : ids.map { .options([$0]) }
      case .record(.number(let range)):
        let step = (0..<min(max(range.decimals ?? 3, 0), 9)).reduce(1.0) { step, _ in step / 10 }
        let near = condition.numbers.flatMap { [$0 - step, $0, $0 + step] }
        answers[source.id] = (near + [range.min, range.max].compactMap { $0 })
          .filter { $0 >= range.min ?? -.infinity && $0 <= range.max ?? .infinity }
          .map { .number($0) }
      case .record: break
      }
    }
    return answers
  }

  private func parseConditionPart(
    _ node: AuthoredNode, file: String, own: String?
  ) -> Condition? {
    guard
      let reader = MappingReader(
        node, file: file, collector: collector, what: "a condition such as {item: id, atLeast: 1}")
    else { return nil }
    defer { reader.finish() }
    if reader.node("all") != nil {
      return .all(reader.list("all").compactMap { parseConditionPart($0, file: file, own: own) })
    }
    if reader.node("any") != nil {
      return .any(reader.list("any").compactMap { parseConditionPart($0, file: file, own: own) })
    }
    if let inner = reader.node("not") {
      return parseConditionPart(inner, file: file, own: own).map { .not($0) }
    }
    guard let name = reader.requiredText("item") else { return nil }
    guard let source = earlier.first(where: { $0.id == name }) else {
      reader.report(
        "Q22", reader.mark(of: "item"),
        name == own
          ? "an item can't depend on itself"
          : "\"\(name)\" is no earlier item"
            + collector.suggestion(for: name, among: earlier.map(\.id)))
      _ = (reader.node("is"), reader.node("atLeast"), reader.node("atMost"))
      return nil
    }
    return parseTest(reader, source).map { .comparison(item: name, test: $0) }
  }

  private func parseTest(_ reader: MappingReader, _ source: Item) -> Condition.Test? {
    let given = ["is", "atLeast", "atMost"].filter { reader.node($0) != nil }
    guard given.count == 1, let key = given.first else {
      reader.report("Q23", reader.mark, "a condition takes one of is, atLeast and atMost")
      return nil
    }
    let mark = reader.mark(of: key)
    switch source.content {
    case .scored:
      guard case .scalar(let text, plain: true)? = reader.node(key)?.content, let level = Int(text),
        (0...4).contains(level)
      else {
        reader.report(
          "Q23", mark,
          "\"\(source.id)\" takes levels 0 to 4 (a is 0 and e is 4), never \(reader.node(key)?.kind ?? "nothing")"
        )
        return nil
      }
      switch key {
      case "is": return .isLevel(level)
      case "atLeast": return .atLeast(Double(level))
      default: return .atMost(Double(level))
      }
    case .record(.choice(let options, _)):
      guard key == "is", let option = reader.text("is") else {
        reader.report("Q23", mark, "a choice is compared with \"is\" and one of its options")
        return nil
      }
      if !options.contains(where: { $0.id == option }) {
        reader.report(
          "Q23", mark,
          "\"\(source.id)\" has no option \"\(option)\""
            + suggestion(for: option, among: options.map(\.id)))
      }
      return .isOption(option)
    case .record(.number):
      guard key != "is", let number = reader.number(key) else {
        reader.report("Q23", mark, "a number is compared with atLeast or atMost")
        return nil
      }
      return key == "atLeast" ? .atLeast(number) : .atMost(number)
    case .record:
      reader.report("Q23", mark, "nothing can depend on an item of this type")
      return nil
    }
  }
}
