import AssessmentModel

extension QuestionnaireParser {
  /// Longest texts, in characters: what can be read out and taken in.
  private static let questionLimit = 160
  private static let anchorLimit = 140
  private static let itemLimit = 5000

  mutating func parseSection(_ node: AuthoredNode, file: String, name: String?) -> Section? {
    guard
      let reader = MappingReader(node, file: file, collector: collector, what: "a section's keys")
    else { return nil }
    let id = reader.identifier("section")
    if let id, let name, id != name {
      reader.report(
        "Q08", reader.mark(of: "section"), "section \"\(id)\" stands in the file \(name).yaml")
    }
    let title = reader.requiredText("title", limit: 60)
    let minutes = reader.integer("minutes")
    if let minutes, !(1...600).contains(minutes) {
      reader.report("Q05", reader.mark(of: "minutes"), "\"minutes\" must be from 1 to 600")
    }
    let intro = reader.text("intro", limit: 400)
    var items: [Item] = []
    for node in reader.list("items") {
      itemCount += 1
      if itemCount > Self.itemLimit {
        reader.report("Q01", node.mark, "a questionnaire has at most \(Self.itemLimit) items")
        break
      }
      if let item = parseItem(node, file: file) {
        items.append(item)
        earlier.append(item)
      }
    }
    if reader.list("items").isEmpty {
      reader.report("Q14", reader.mark(of: "items"), "this section has no items")
    }
    reader.finish()
    guard let id, let title else { return nil }
    return Section(id: id, title: title, minutes: minutes, intro: intro, items: items)
  }

  private enum ItemType: String, CaseIterable {
    case level, bipolar, choice, number, text, expectations, moments, metrics, raise

    static let allKeys = allCases.reduce(into: Set<String>()) { $0.formUnion($1.keys) }

    var keys: Set<String> {
      switch self {
      case .level:
        [
          "dimension", "weight", "critical", "scale", "anchors", "customers", "customerAnchors",
        ]
      case .bipolar:
        [
          "dimension", "weight", "critical", "left", "right", "outsideIn", "customers",
          "customerAnchors",
        ]
      case .choice: ["options", "multiple"]
      case .number: ["min", "max", "decimals", "unit"]
      case .text: ["role", "long"]
      case .expectations, .moments, .metrics, .raise: ["max"]
      }
    }
  }

  private mutating func parseItem(_ node: AuthoredNode, file: String) -> Item? {
    guard
      let reader = MappingReader(node, file: file, collector: collector, what: "an item's keys")
    else { return nil }
    let id = reader.identifier("id")
    if let id {
      if let first = itemMarks[id] {
        reader.report(
          "Q11", reader.mark(of: "id"),
          first.mark == .inherited
            ? "\"\(id)\" is an item of another section; change it in the file named after that"
            : "the id \"\(id)\" is taken by the item at \(first.file):\(first.mark.line)")
      } else {
        itemMarks[id] = (file, reader.mark)
      }
      if retired.contains(id) {
        reader.report(
          "Q13", reader.mark(of: "id"), "\"\(id)\" was used by an earlier version; choose another")
      }
    }
    let type: ItemType? = reader.word("type")
    if reader.node("type") == nil {
      reader.report(
        "Q05", reader.mark,
        "\"type\" is missing"
          + (collector.inheritedFrom.map { base in
            let near = suggestion(for: id ?? "", among: earlier.map(\.id))
            return near.isEmpty
              ? "; \(base.reference) has no question \"\(id ?? "")\" to take it from: delete this one, or write it whole"
              : near
          } ?? ""))
    }
    let text = reader.requiredText("text", limit: Self.questionLimit)
    let core = reader.bool("core")
    let why = reader.text("why", limit: 300)
    let probe = reader.text("probe", limit: 300)
    let evidence = reader.text("evidence", limit: 300)
    let condition = reader.node("when").flatMap { parseCondition($0, file: file, own: id) }
    guard let type else {
      // Whatever any type has a use for may be right.
      for key in ItemType.allKeys { _ = reader.node(key) }
      reader.finish()
      return nil
    }

    let content: Item.Content?
    switch type {
    case .level, .bipolar: content = parseScored(reader, type).map { .scored($0) }
    case .choice: content = .record(parseChoice(reader))
    case .number: content = .record(parseNumber(reader))
    case .text:
      content = .record(.text(role: reader.word("role"), long: reader.bool("long")))
    case .expectations: content = .record(.expectations(max: parseMaximum(reader, 50)))
    case .moments: content = .record(.moments(max: parseMaximum(reader, 50)))
    case .metrics: content = .record(.metrics(max: parseMaximum(reader, 50)))
    case .raise: content = .record(.raise(max: parseMaximum(reader, 3)))
    }
    reader.finish(elsewhere: ItemType.allKeys, type: type.rawValue)
    guard let id, let text, let content else { return nil }
    return Item(
      id: id, text: text, core: core, why: why, probe: probe, evidence: evidence,
      condition: condition, content: content)
  }

  private func parseMaximum(_ reader: MappingReader, _ most: Int) -> Int {
    let maximum = reader.integer("max") ?? most
    if !(1...200).contains(maximum) {
      reader.report("Q05", reader.mark(of: "max"), "\"max\" must be from 1 to 200")
    }
    return maximum
  }

  private func parseScored(_ reader: MappingReader, _ type: ItemType) -> ScoredItem? {
    let dimension = reader.text("dimension")
    if dimension == nil, reader.node("dimension") == nil {
      reader.report("Q18", reader.mark, "a scored item needs its \"dimension\"")
    } else if let dimension, !dimensions.contains(where: { $0.id == dimension }) {
      reader.report(
        "Q17", reader.mark(of: "dimension"),
        "unknown dimension \"\(dimension)\""
          + suggestion(for: dimension, orAllOf: dimensions.map(\.id)))
    }
    let weight = parseWeight(reader)
    let critical = reader.bool("critical")
    let customers = reader.text("customers", limit: Self.questionLimit)
    let customerAnchors = reader.textsByLevel("customerAnchors", limit: Self.anchorLimit)
    if customerAnchors != nil, customers == nil {
      reader.report(
        "Q20", reader.mark(of: "customerAnchors"), "\"customerAnchors\" need \"customers\" too")
    }
    var levels = [0, 1, 2, 3, 4]
    let form: ScoredItem.Form?
    if type == .level {
      let name = reader.requiredText("scale")
      let scale = scales.first { $0.id == name }
      if let name, scale == nil, !lacksScales {
        reader.report(
          "Q17", reader.mark(of: "scale"),
          "unknown scale \"\(name)\"" + suggestion(for: name, among: scales.map(\.id)))
      }
      let anchors = reader.textsByLevel("anchors", limit: Self.anchorLimit)
      if let scale {
        levels = scale.levels.map(\.level)
        checkAnchors(anchors, "anchors", levels, reader)
      }
      form = name.map { .level(LevelForm(scale: $0, anchors: anchors ?? [:])) }
    } else {
      let left = reader.requiredText("left", limit: Self.anchorLimit)
      let right = reader.requiredText("right", limit: Self.anchorLimit)
      let side: BipolarForm.Side? = reader.word("outsideIn")
      if side == nil, reader.node("outsideIn") == nil {
        reader.report("Q18", reader.mark, "\"outsideIn\" is missing: left or right")
      }
      if let left, left == right {
        reader.report("Q15", reader.mark(of: "right"), "both statements are alike")
      }
      if let left, let right, let side {
        form = .bipolar(BipolarForm(left: left, right: right, outsideIn: side))
      } else {
        form = nil
      }
    }
    checkAnchors(customerAnchors, "customerAnchors", levels, reader)
    guard let dimension, let form else { return nil }
    return ScoredItem(
      dimension: dimension, weight: weight, critical: critical, form: form, customers: customers,
      customerAnchors: customerAnchors ?? [:])
  }

  private func checkAnchors(
    _ anchors: [Int: String]?, _ key: String, _ levels: [Int], _ reader: MappingReader
  ) {
    guard let anchors else { return }
    if anchors.keys.sorted() != levels {
      reader.report(
        "Q15", reader.mark(of: key),
        "\"\(key)\" cover \(anchors.keys.sorted()), and the scale has \(levels); give each of these its text")
    }
    if Set(anchors.values).count < anchors.count {
      reader.report("Q15", reader.mark(of: key), "two of the \"\(key)\" are alike")
    }
  }

  private func parseChoice(_ reader: MappingReader) -> RecordItem {
    var options: [ChoiceOption] = []
    for node in reader.list("options") {
      guard
        let option = MappingReader(
          node, file: reader.file, collector: collector, what: "an option's id and label")
      else { continue }
      let id = option.identifier("id")
      let label = option.requiredText("label", limit: 80)
      option.finish()
      guard let id, let label else { continue }
      if options.contains(where: { $0.id == id }) {
        option.report("Q11", option.mark(of: "id"), "the option \"\(id)\" stands here twice")
      }
      options.append(ChoiceOption(id: id, label: label))
    }
    if reader.list("options").count < 2 {
      reader.report("Q05", reader.mark(of: "options"), "a choice needs two \"options\" or more")
    }
    return .choice(options: options, multiple: reader.bool("multiple"))
  }

  private func parseNumber(_ reader: MappingReader) -> RecordItem {
    let range = NumberRange(
      min: reader.number("min"), max: reader.number("max"), decimals: reader.integer("decimals"),
      unit: reader.text("unit", limit: 20))
    if let decimals = range.decimals, !(0...9).contains(decimals) {
      reader.report("Q05", reader.mark(of: "decimals"), "\"decimals\" must be from 0 to 9")
    }
    if let least = range.min, let most = range.max, least > most {
      reader.report("Q05", reader.mark(of: "max"), "\"max\" is below \"min\"")
    }
    return .number(range)
  }
}
