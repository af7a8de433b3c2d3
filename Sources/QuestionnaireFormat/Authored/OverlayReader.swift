import AssessmentModel

/// Checks a language overlay: the texts of one version in another language, in the places where the
/// version has them.
///
/// - Parameter versions: the versions it may be for; where its own is not among them, only its form is
///   checked.
/// - Returns: Q35 for a text that the version has no place for, Q36 for a missing one where the overlay
///   is declared complete, and the codes of any other file.
public func overlayProblems(
  _ bytes: [UInt8], file: String, versions: [Questionnaire]
) -> [Diagnostic] {
  let collector = DiagnosticCollector()
  do throws(YAMLRefusal) {
    let root = try YAMLReading(file: file, bytes: bytes).read()
    OverlayReader(collector: collector, file: file, versions: versions).check(root)
  } catch {
    return [error.diagnostic]
  }
  return (collector.diagnostics + collector.advice).sorted { ($0.line, $0.column) < ($1.line, $1.column) }
}

private struct OverlayReader {
  let collector: DiagnosticCollector
  let file: String
  let versions: [Questionnaire]

  /// Where an overlay may have texts: a text, a list of so many, or places by key.
  indirect enum Place {
    /// With the most characters it may have.
    case text(Int)
    case list(Int)
    case keys([String: Place])
  }

  func check(_ root: AuthoredNode) {
    guard
      let reader = MappingReader(root, file: file, collector: collector, what: "an overlay's keys")
    else { return }
    if reader.integer("format") != 1 {
      reader.report("Q06", reader.mark(of: "format"), "\"format\" must be 1")
    }
    let id = reader.identifier("questionnaire")
    var version: Version?
    if let node = reader.requiredNode("version") {
      if case .scalar(let text, _) = node.content { version = Version(text) }
      if version == nil { reader.report("Q08", node.mark, "\(node.kind) is no version such as 1.0.0") }
    }
    let language = reader.requiredText("language", limit: 20)
    let wording = reader.text("wording")
    let isComplete = reader.bool("complete")
    let name = file.split(separator: "/").last.map(String.init) ?? file
    if let version, !name.hasPrefix("\(version).") {
      reader.report("Q08", reader.mark(of: "version"), "the file is named \(name); rename one of them")
    }
    if let language, !name.hasSuffix(".\(language).yaml") {
      reader.report("Q08", reader.mark(of: "language"), "the file is named \(name); rename one of them")
    }
    guard let questionnaire = versions.first(where: { $0.id == id && $0.version == version }) else {
      if let id, let version, !versions.isEmpty {
        reader.report("Q17", reader.mark(of: "version"), "there is no \(id) \(version) to translate")
      }
      return
    }
    let digest = PinnedQuestionnaire(questionnaire).digests.wording
    if let wording, wording != digest {
      reader.report(
        "Q33", reader.mark(of: "wording"),
        "the texts of \(questionnaire.version) are others than when this was translated; look what changed, then write "
          + digest)
    }
    let places = Self.places(in: questionnaire)
    for key in places.keys.sorted() {
      guard let place = places[key] else { continue }
      check(reader.node(key), place, path: key, parent: reader.mark, isComplete)
    }
    for entry in reader.unknownEntries() {
      reader.report("Q35", entry.mark, unknown(entry.key, among: places.keys.sorted()))
    }
  }

  private func unknown(_ key: String, among known: [String]) -> String {
    "the version has no text \"\(key)\" here" + suggestion(for: key, among: known)
  }

  private func check(_ node: AuthoredNode?, _ place: Place, path: String, parent: Mark, _ isComplete: Bool) {
    func missing() {
      if isComplete {
        collector.report("Q36", file, parent, "the overlay is declared complete, and \"\(path)\" is missing")
      }
    }
    guard let node else {
      // One problem a text, so that a translator sees what is left to do.
      if case .keys(let places) = place, isComplete {
        for key in places.keys.sorted() {
          check(nil, places[key] ?? .text(300), path: "\(path).\(key)", parent: parent, isComplete)
        }
      } else {
        missing()
      }
      return
    }
    switch (place, node.content) {
    case (.text(let limit), .scalar):
      let name = path.split(separator: ".").last.map(String.init) ?? path
      let holder = AuthoredNode(
        content: .mapping([.init(key: name, mark: node.mark, value: node)]), mark: node.mark)
      _ = MappingReader(holder, file: file, collector: collector, what: "a text")?.text(name, limit: limit)
    case (.list(let count), .sequence(let nodes)):
      for node in nodes { check(node, .text(300), path: path, parent: node.mark, isComplete) }
      if nodes.count != count {
        collector.report(
          nodes.count > count ? "Q35" : "Q36", file, node.mark,
          "\"\(path)\" has \(nodes.count) texts, and the version \(count)")
      }
    case (.keys(let places), .mapping(let entries)):
      for entry in entries where places[entry.key] == nil {
        collector.report("Q35", file, entry.mark, unknown(entry.key, among: places.keys.sorted()))
      }
      for key in places.keys.sorted() {
        check(
          entries.first { $0.key == key }?.value, places[key] ?? .text(300), path: "\(path).\(key)",
          parent: node.mark, isComplete)
      }
    default:
      collector.report(
        "Q05", file, node.mark, "\"\(path)\" has another form in the version, not \(node.kind)")
    }
  }

  private static func places(in questionnaire: Questionnaire) -> [String: Place] {
    func texts(_ pairs: [(String, String?)]) -> [String: Place] {
      Dictionary(
        uniqueKeysWithValues: pairs.filter { $0.1 != nil }.map {
          ($0.0, Place.text($0.0 == "intro" ? 400 : 140))
        })
    }
    func keyed<T>(_ values: [T], _ place: (T) -> (String, [String: Place])) -> Place {
      .keys(
        Dictionary(
          uniqueKeysWithValues: values.map {
            let (key, places) = place($0)
            return (key, .keys(places))
          }))
    }
    var places: [String: Place] = [
      "title": .text(80),
      "dimensions": keyed(questionnaire.dimensions) {
        ($0.id, texts([("title", $0.title), ("about", $0.about)]))
      },
      "scales": keyed(questionnaire.scales) { scale in
        (scale.id, texts(scale.levels.map { (String($0.level), $0.label) }))
      },
      "sections": keyed(questionnaire.sections) {
        ($0.id, texts([("title", $0.title), ("intro", $0.intro)]))
      },
      "items": keyed(questionnaire.items) { ($0.id, Self.places(in: $0)) },
    ]
    if !questionnaire.primer.isEmpty { places["primer"] = .list(questionnaire.primer.count) }
    return places
  }

  private static func places(in item: Item) -> [String: Place] {
    func byLevel(_ texts: [Int: String]) -> Place {
      .keys(Dictionary(uniqueKeysWithValues: texts.keys.map { (String($0), Place.text(140)) }))
    }
    var places: [String: Place] = ["text": .text(160)]
    if item.why != nil { places["why"] = .text(300) }
    if item.probe != nil { places["probe"] = .text(300) }
    if item.evidence != nil { places["evidence"] = .text(300) }
    switch item.content {
    case .scored(let scored):
      if scored.customers != nil { places["customers"] = .text(160) }
      if !scored.customerAnchors.isEmpty { places["customerAnchors"] = byLevel(scored.customerAnchors) }
      switch scored.form {
      case .level(let form): if !form.anchors.isEmpty { places["anchors"] = byLevel(form.anchors) }
      case .bipolar: (places["left"], places["right"]) = (.text(140), .text(140))
      }
    case .record(.choice(let options, _)):
      places["options"] = .keys(Dictionary(uniqueKeysWithValues: options.map { ($0.id, Place.text(80)) }))
    case .record(.number(let range)): if range.unit != nil { places["unit"] = .text(20) }
    case .record: break
    }
    return places
  }
}
