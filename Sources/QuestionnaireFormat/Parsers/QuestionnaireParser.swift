import AssessmentModel

/// What came of reading a questionnaire: the questionnaire where there is no problem, and all
/// problems otherwise, sorted by file and place.
public struct QuestionnaireReading: Sendable {
  /// nil where there is any problem.
  public let questionnaire: Questionnaire?
  /// All problems at once; empty where there is none.
  public let diagnostics: [Diagnostic]
  /// What may well be meant so, sorted likewise.
  public let advice: [Diagnostic]
}

/// Reads a version's folder: `questionnaire.yaml` and the section files that it lists.
///
/// - Parameters:
///   - files: the bytes of the folder's files by name, `expectations.yaml`.
///   - folder: what is put before a file's name in a problem, `questionnaires/outside-in/1.0.0/`.
///   - expected: the id and version that the folder's name promises; nil where it promises none.
///   - terms: words that stand for the author's own: `["customer": "patient"]`.
///   - bases: the files of other questionnaires, which this one may be based on.
public func readQuestionnaire(
  files: [String: [UInt8]], folder: String = "", expected: (id: String, version: String)? = nil,
  terms: [String: String] = [:], bases: @escaping QuestionnaireFiles = { _ in nil }
) -> QuestionnaireReading {
  let collector = DiagnosticCollector()
  let main = EditionReader.main
  var questionnaire: Questionnaire?
  if files.values.reduce(0, { $0 + $1.count }) > 8 << 20 {
    collector.report("Q01", folder + main, .start, "the questionnaire is over 8 MiB")
  } else if files[main] == nil {
    collector.report("Q09", folder + main, .start, "there is no questionnaire.yaml in this folder")
  } else {
    var reader = EditionReader(collector: collector, files: files, folder: folder, bases: bases)
    reader.ownTerms = terms
    if let authored = reader.read() {
      var parser = QuestionnaireParser(collector: collector, file: folder + main)
      parser.expected = expected
      questionnaire = parser.parse(authored)
    }
  }
  let diagnostics = collector.diagnostics.sorted(by: Diagnostic.precedes)
  return QuestionnaireReading(
    questionnaire: diagnostics.isEmpty ? questionnaire : nil, diagnostics: diagnostics,
    advice: collector.advice.sorted(by: Diagnostic.precedes))
}

/// Reads the canonical form back. Every check that an author's file passes is passed again.
public func readQuestionnaire(
  canonical json: JSONValue, status: Questionnaire.Status
) -> QuestionnaireReading {
  let collector = DiagnosticCollector()
  var parser = QuestionnaireParser(collector: collector, file: "definition")
  parser.canonicalStatus = status
  let questionnaire = parser.parse(AuthoredQuestionnaire(canonical: AuthoredNode(json)))
  return QuestionnaireReading(
    questionnaire: collector.diagnostics.isEmpty ? questionnaire : nil,
    diagnostics: collector.diagnostics, advice: [])
}

/// Turns nodes into a questionnaire, reporting whatever does not fit.
struct QuestionnaireParser {
  let collector: DiagnosticCollector
  let file: String
  /// Set where the canonical form is read, which inlines its sections and has no status.
  var canonicalStatus: Questionnaire.Status?
  var expected: (id: String, version: String)?

  var dimensions: [Dimension] = []
  var scales: [Scale] = []
  /// Whether a scale could not be read, so that one that is missing may be it.
  var lacksScales = false
  var retired: Set<String> = []
  var itemMarks: [String: (file: String, mark: Mark)] = [:]
  var earlier: [Item] = []
  var itemCount = 0

  init(collector: DiagnosticCollector, file: String) {
    self.collector = collector
    self.file = file
  }

  mutating func parse(_ authored: AuthoredQuestionnaire) -> Questionnaire? {
    guard
      let reader = MappingReader(
        authored.root, file: file, collector: collector, what: "a questionnaire's keys")
    else { return nil }
    let basedOn = reader.text("basedOn")
    _ = reader.node("terms")
    if let format = reader.integer("format") {
      if format != 1 {
        reader.report(
          "Q06", reader.mark(of: "format"), "format \(format) is not known; this program reads 1")
      }
    } else if reader.node("format") == nil {
      reader.report("Q06", reader.mark, "\"format: 1\" is missing")
    }
    let id = reader.identifier("id")
    var version: Version?
    if let node = reader.requiredNode("version") {
      // Read as it stands: 1.0 is a number to YAML, and the advice to quote it would be wrong.
      if case .scalar(let text, _) = node.content { version = Version(text) }
      if version == nil {
        reader.report("Q08", node.mark, "\(node.kind) is no version such as 1.0.0")
      }
    }
    if let expected, let id, id != expected.id {
      reader.report("Q08", reader.mark(of: "id"), "the folder says \"\(expected.id)\"; rename one of them")
    }
    if let expected, let version, version.description != expected.version {
      reader.report(
        "Q08", reader.mark(of: "version"), "the folder says \(expected.version); rename one of them")
    }
    let title = reader.requiredText("title", limit: 80)
    let status: Questionnaire.Status? = canonicalStatus ?? reader.word("status")
    if status == nil, reader.node("status") == nil {
      reader.report("Q05", reader.mark, "\"status\" is missing: draft, published or withdrawn")
    }
    let language = reader.text("language")
    let primer = reader.texts("primer", limit: 300)
    let scoring = parseScoring(reader)
    parseDimensions(reader)
    parseScales(reader)
    let retiredNames = reader.texts("retired")
    retired = Set(retiredNames)

    var sections: [Section] = []
    if canonicalStatus != nil {
      for node in reader.list("sections") {
        if let section = parseSection(node, file: file, name: nil) { sections.append(section) }
      }
    } else {
      for node in reader.list("sections") {
        guard let name = reader.text(node, "sections", limit: 40) else { continue }
        guard !MappingReader.isIdentifier(name) else { continue }
        reader.report("Q09", node.mark, "\"\(name)\" is no section's name")
      }
      for (name, node, file) in authored.sections {
        if let section = parseSection(node, file: file, name: name) { sections.append(section) }
      }
    }
    if reader.list("sections").isEmpty {
      reader.report("Q14", reader.mark(of: "sections"), "a questionnaire needs a section")
    }
    reader.finish()
    checkDimensionsAreMeasured(sections, reader)
    guard let id, let version, let title, let status, let scoring else { return nil }
    return Questionnaire(
      id: id, version: version, status: status, language: language, title: title, primer: primer,
      scoring: scoring, dimensions: dimensions, scales: scales, sections: sections,
      retired: retiredNames, basedOn: basedOn, terms: authored.terms)
  }

  private func parseScoring(_ parent: MappingReader) -> ScoringMethod? {
    guard let node = parent.requiredNode("scoring"),
      let reader = MappingReader(
        node, file: file, collector: collector, what: "a method and a cut")
    else { return nil }
    let method = reader.requiredText("method")
    let cut = reader.number("cut")
    if let method, method != ScoringMethod.supported {
      reader.report(
        "Q26", reader.mark(of: "method"),
        "\"\(method)\" is no method of scoring; this program knows \(ScoringMethod.supported)")
    }
    if let cut, !(0...100).contains(cut) {
      reader.report("Q27", reader.mark(of: "cut"), "the cut lies outside 0 to 100")
    } else if cut == nil, reader.node("cut") == nil {
      reader.report("Q27", reader.mark, "\"cut\" is missing: a number from 0 to 100")
    }
    reader.finish()
    guard let method, let cut else { return nil }
    return ScoringMethod(method: method, cut: cut)
  }

  private mutating func parseDimensions(_ parent: MappingReader) {
    for node in parent.list("dimensions") {
      guard
        let reader = MappingReader(
          node, file: file, collector: collector, what: "a dimension's id and title")
      else { continue }
      let id = reader.identifier("id")
      let title = reader.requiredText("title", limit: 40)
      let about = reader.text("about", limit: 140)
      let weight = parseWeight(reader)
      reader.finish()
      guard let id, let title else { continue }
      if dimensions.contains(where: { $0.id == id }) {
        reader.report("Q11", reader.mark(of: "id"), "the dimension \"\(id)\" stands here twice")
      }
      dimensions.append(Dimension(id: id, title: title, about: about, weight: weight))
    }
  }

  func parseWeight(_ reader: MappingReader) -> Int {
    let weight = reader.integer("weight") ?? 1
    if weight < 1 || weight > 1000 {
      reader.report(
        "Q18", reader.mark(of: "weight"), "a weight is a whole number from 1 to 1000")
    }
    return weight
  }

  private mutating func parseScales(_ parent: MappingReader) {
    guard let node = parent.node("scales") else { return }
    guard case .mapping(let entries) = node.content else {
      parent.report("Q05", node.mark, "\"scales\" must be a mapping, found \(node.kind)")
      lacksScales = true
      return
    }
    for entry in entries {
      guard MappingReader.isIdentifier(entry.key) else {
        parent.report("Q10", entry.mark, "\"\(entry.key)\" is no id")
        lacksScales = true
        continue
      }
      guard case .sequence(let nodes) = entry.value.content else {
        parent.report("Q05", entry.value.mark, "a scale is a list of levels")
        lacksScales = true
        continue
      }
      var levels: [Scale.Level] = []
      for node in nodes {
        guard
          let reader = MappingReader(
            node, file: file, collector: collector, what: "a level and its label")
        else { continue }
        let level = reader.integer("level")
        let label = reader.requiredText("label", limit: 80)
        reader.finish()
        if let level, let label { levels.append(Scale.Level(level: level, label: label)) }
      }
      let values = levels.map(\.level)
      if values.first != 0 || values.last != 4 || zip(values, values.dropFirst()).contains(where: >=) {
        parent.report(
          "Q16", entry.mark, "levels rise strictly from 0 to 4; these are \(values)")
      }
      scales.append(Scale(id: entry.key, levels: levels))
    }
  }

  private func checkDimensionsAreMeasured(_ sections: [Section], _ reader: MappingReader) {
    if dimensions.isEmpty {
      reader.report("Q19", reader.mark(of: "dimensions"), "a questionnaire needs a dimension")
    }
    for (index, dimension) in dimensions.enumerated() {
      let items = sections.flatMap(\.items).filter { $0.scored?.dimension == dimension.id }
      guard items.allSatisfy({ $0.condition != nil }) else { continue }
      let nodes = reader.list("dimensions")
      reader.report(
        "Q19", index < nodes.count ? nodes[index].mark : reader.mark,
        items.isEmpty
          ? "no item measures the dimension \"\(dimension.id)\""
          : "every item of the dimension \"\(dimension.id)\" has a condition; one must always be asked"
      )
    }
  }
}
