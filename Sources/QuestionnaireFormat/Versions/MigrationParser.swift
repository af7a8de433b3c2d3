import AssessmentModel

/// What came of reading a migration.
public struct MigrationReading: Sendable {
  /// Its path, as the reader was given it.
  public let file: String
  /// nil where there is any problem.
  public let migration: Migration?
  /// All problems, in the order they were found; only the first where the YAML itself is refused.
  public let diagnostics: [Diagnostic]
  /// Where things stand, for what is found wrong later.
  let marks: Marks

  /// Whether it leads from one version to another: by what it says, or, where it can't be read, by its file's name.
  public func leads(from: Version, to: Version) -> Bool {
    if let migration { return migration.from.version == from && migration.to.version == to }
    return file.split(separator: "/").last.map(String.init) == Migration.name(from: from, to: to) + ".yaml"
  }

  struct Marks: Sendable {
    var from = Mark.start
    var to = Mark.start
    /// Where changes are listed, or could be.
    var changes = Mark.start
    /// Each change.
    var change: [Mark] = []
    var link = Mark.start
  }
}

/// Reads a migration, `migrations/1.0.0--2.0.0.yaml`. What it says of its two versions is not looked at:
/// ``migrationProblems(_:from:to:base:)`` does.
public func readMigration(_ bytes: [UInt8], file: String) -> MigrationReading {
  let collector = DiagnosticCollector()
  var parser = MigrationParser(collector: collector, file: file)
  var migration: Migration?
  do throws(YAMLRefusal) {
    migration = parser.parse(try YAMLReading(file: file, bytes: bytes).read())
  } catch {
    return MigrationReading(
      file: file, migration: nil, diagnostics: [error.diagnostic], marks: MigrationReading.Marks())
  }
  return MigrationReading(
    file: file, migration: collector.diagnostics.isEmpty ? migration : nil,
    diagnostics: collector.diagnostics, marks: parser.marks)
}

private struct MigrationParser {
  let collector: DiagnosticCollector
  let file: String
  var marks = MigrationReading.Marks()

  mutating func parse(_ root: AuthoredNode) -> Migration? {
    guard
      let reader = MappingReader(root, file: file, collector: collector, what: "a migration's keys")
    else { return nil }
    if reader.integer("format") != 1 {
      reader.report("Q06", reader.mark(of: "format"), "\"format\" must be 1")
    }
    let questionnaire = reader.identifier("questionnaire")
    marks.from = reader.mark(of: "from")
    marks.to = reader.mark(of: "to")
    marks.changes = reader.mark(of: "changes")
    marks.link = reader.mark(of: "link")
    let from = parseEnd("from", reader)
    let to = parseEnd("to", reader)
    var changes: [Migration.Change] = []
    for node in reader.list("changes") {
      if let change = parseChange(node) {
        changes.append(change)
        marks.change.append(node.mark)
      }
    }
    let link = parseLink(reader)
    reader.finish()
    let name = file.split(separator: "/").last.map(String.init) ?? file
    if let from, let to, name != Migration.name(from: from.version, to: to.version) + ".yaml" {
      reader.report(
        "Q08", name.hasPrefix("\(from.version)--") ? marks.to : marks.from,
        "the file is named \(name), and leads from \(from.version) to \(to.version); rename one of them")
    }
    if let from, let to, !(from.version < to.version) {
      reader.report("Q34", marks.to, "a migration leads to a higher version, and \(to.version) is none")
    }
    guard let questionnaire, let from, let to else { return nil }
    return Migration(questionnaire: questionnaire, from: from, to: to, changes: changes, link: link)
  }

  private func parseEnd(_ key: String, _ parent: MappingReader) -> Migration.End? {
    guard let node = parent.requiredNode(key),
      let reader = MappingReader(
        node, file: file, collector: collector, what: "a version and its digests")
    else { return nil }
    var version: Version?
    if let node = reader.requiredNode("version") {
      if case .scalar(let text, _) = node.content { version = Version(text) }
      if version == nil { reader.report("Q08", node.mark, "\(node.kind) is no version such as 1.0.0") }
    }
    let measurement = reader.requiredText("measurement")
    let wording = reader.requiredText("wording")
    reader.finish()
    guard let version, let measurement, let wording else { return nil }
    return Migration.End(version: version, measurement: measurement, wording: wording)
  }

  private func parseChange(_ node: AuthoredNode) -> Migration.Change? {
    guard
      let reader = MappingReader(node, file: file, collector: collector, what: "a change's keys")
    else { return nil }
    if reader.node("kind") == nil {
      let kinds = Migration.Change.Kind.allCases.map(\.rawValue).joined(separator: ", ")
      reader.report("Q05", reader.mark, "\"kind\" is missing: \(kinds)")
    }
    let kind: Migration.Change.Kind? = reader.word("kind")
    let old = reader.texts("old")
    let new = reader.texts("new")
    let comparability: Migration.Comparability? = reader.word("comparable")
    let carry: Migration.Change.Carry? = reader.word("carry")
    let levels = parseLevels(reader)
    let why = reader.text("why", limit: 300)
    let trial = parseTrial(reader)
    reader.finish()
    guard let kind else { return nil }
    func refuse(_ message: String) { reader.report("Q05", reader.mark, message) }
    let (least, most): (ClosedRange<Int>, ClosedRange<Int>) =
      switch kind {
      case .rename, .rescale, .reword: (1...1, 1...1)
      case .split: (1...1, 2...100)
      case .merge: (2...100, 1...1)
      case .remove: (1...100, 0...0)
      }
    if !least.contains(old.count) || !most.contains(new.count) {
      func words(_ range: ClosedRange<Int>) -> String {
        range == 0...0 ? "none" : range == 1...1 ? "one question" : "\(range.lowerBound) or more"
      }
      refuse(
        "a \(kind.rawValue) has \(words(least)) under \"old\" and \(words(most)) under \"new\", not \(old.count) and "
          + "\(new.count)")
    }
    if kind == .rename, old == new { refuse("a rename has two ids; what only reads otherwise is a reword") }
    if kind == .reword, old != new {
      refuse("a reword keeps its id; a question with another one is a rename")
    }
    if kind == .remove {
      if let comparability, comparability != .none {
        refuse("what is removed can't be compared; leave \"comparable\" out")
      }
    } else if comparability == nil, reader.node("comparable") == nil {
      refuse("\"comparable\" is missing: none, approximate or exact")
    }
    if carry != nil, kind != .merge { refuse("only a merge has a use for \"carry\"") }
    if levels != nil, kind != .rescale { refuse("only a rescale has a use for \"levels\"") }
    if why == nil, comparability != .exact || kind == .remove, reader.node("why") == nil {
      refuse("\"why\" is missing: who compares wants to read why this can't be")
    }
    if trial != nil, comparability != .exact { refuse("\"tried\" is for what is comparable exactly") }
    return Migration.Change(
      kind: kind, old: old, new: new, comparability: comparability ?? .none, carry: carry, levels: levels,
      why: why, trial: trial)
  }

  private func parseLevels(_ reader: MappingReader) -> [Int: Int]? {
    guard let node = reader.node("levels") else { return nil }
    guard case .mapping(let entries) = node.content else {
      reader.report(
        "Q05", node.mark, "\"levels\" must be a mapping from old to new level, found \(node.kind)")
      return nil
    }
    var levels: [Int: Int] = [:]
    for entry in entries {
      guard let old = Int(entry.key), (0...4).contains(old), case .scalar(let text, _) = entry.value.content,
        let new = Int(text), (0...4).contains(new)
      else {
        reader.report("Q05", entry.mark, "old and new levels are 0 to 4")
        continue
      }
      levels[old] = new
    }
    return levels
  }

  private func parseTrial(_ parent: MappingReader) -> Migration.Trial? {
    guard let node = parent.node("tried"),
      let reader = MappingReader(node, file: file, collector: collector, what: "what a trial found")
    else { return nil }
    func missing(_ key: String) {
      if reader.node(key) == nil { reader.report("Q05", reader.mark, "\"\(key)\" is missing") }
    }
    let readings = reader.integer("readings")
    let organizations = reader.integer("organizations")
    let mean = reader.number("meanDifference")
    let most = reader.number("most")
    for key in ["readings", "organizations", "meanDifference", "most"] { missing(key) }
    reader.finish()
    guard let readings, let organizations, let mean, let most else { return nil }
    return Migration.Trial(
      readings: readings, organizations: organizations, meanDifference: mean, most: most)
  }

  private func parseLink(_ parent: MappingReader) -> Migration.Link? {
    guard let node = parent.node("link"),
      let reader = MappingReader(node, file: file, collector: collector, what: "a mean and its error")
    else { return nil }
    let mean = reader.number("mean")
    let error = reader.number("standardError")
    for key in ["mean", "standardError"] where reader.node(key) == nil {
      reader.report("Q05", reader.mark, "\"\(key)\" is missing")
    }
    if let error, error <= 0 {
      reader.report("Q05", reader.mark(of: "standardError"), "an error is more than 0")
    }
    if let mean, abs(mean) > Migration.Link.largestMean {
      reader.report(
        "Q32", reader.mark(of: "mean"),
        "the trial moved the index by over \(Migration.Link.largestMean) points, so that the two wordings are not answered alike"
      )
    }
    reader.finish()
    guard let mean, let error else { return nil }
    return Migration.Link(mean: mean, standardError: error)
  }
}
