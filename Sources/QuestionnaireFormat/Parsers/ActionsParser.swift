import AssessmentModel

/// What came of reading `actions.yaml`.
public struct ActionsReading: Sendable {
  /// nil where there is any problem.
  public let library: ActionLibrary?
  /// All problems, in the order they were found; only the first where the YAML itself is refused.
  public let diagnostics: [Diagnostic]
  /// What may well be meant so.
  public let advice: [Diagnostic]
}

/// Reads a questionnaire's action steps; unknown requirements and cycles are refused, naming their
/// members.
///
/// - Parameter versions: where there are any, each step must be for a scored item of one of them, to a
///   level that it has there, and every scored item of the newest needs its steps up (Q37).
/// - Parameter profile: the items of which `small` may speak, where there are no versions; where they don't have
///   them, nothing is small.
/// - Parameter terms: the words for the `{terms}` in the texts, where they are not the newest version's.
/// - Parameter metrics: ids of the library of metrics, where steps are held to it.
public func readActions(
  _ bytes: [UInt8], file: String, versions: [Questionnaire] = [], profile: [Item] = [],
  terms: [String: String]? = nil, metrics: [String]? = nil
) -> ActionsReading {
  let newest = versions.max { $0.version < $1.version }
  let forms = allForms(of: terms ?? newest?.terms ?? ["customer": "customer"])
  let collector = DiagnosticCollector()
  var library: ActionLibrary?
  do throws(YAMLRefusal) {
    let root = try YAMLReading(file: file, bytes: bytes) {
      filled($0, forms, file, $1, collector)
    }.read()
    library = parseActions(
      root, file: file, versions: versions, newest: newest, profile: newest?.items ?? profile,
      metrics: metrics, collector: collector)
  } catch {
    return ActionsReading(library: nil, diagnostics: [error.diagnostic], advice: [])
  }
  return ActionsReading(
    library: collector.diagnostics.isEmpty ? library : nil, diagnostics: collector.diagnostics,
    advice: collector.advice)
}

private func parseActions(
  _ root: AuthoredNode, file: String, versions: [Questionnaire], newest: Questionnaire?, profile: [Item],
  metrics: [String]?, collector: DiagnosticCollector
) -> ActionLibrary? {
  guard
    let reader = MappingReader(root, file: file, collector: collector, what: "the actions' keys")
  else { return nil }
  if reader.integer("format") != 1 {
    reader.report("Q06", reader.mark(of: "format"), "\"format\" must be 1")
  }
  let questionnaire = reader.identifier("questionnaire")
  if let questionnaire, let known = versions.first?.id, known != questionnaire {
    reader.report(
      "Q08", reader.mark(of: "questionnaire"), "these actions stand beside \"\(known)\"; name that")
  }
  var steps: [ActionStep] = []
  var marks: [String: Mark] = [:]
  var levels: [String: Set<Int>] = [:]
  for version in versions {
    for item in version.items { levels[item.id, default: []].formUnion(version.levels(of: item) ?? []) }
  }
  levels = levels.filter { !$0.value.isEmpty }
  for node in reader.list("actions") {
    guard
      let action = MappingReader(node, file: file, collector: collector, what: "an action's keys")
    else { continue }
    let id = action.identifier("id")
    let item = action.identifier("item")
    let to = action.integer("to")
    let title = action.requiredText("title", limit: 80)
    let firstStep = action.requiredText("firstStep", limit: 200)
    let effort = action.integer("effortDays")
    let owner = action.text("owner", limit: 60)
    let done = action.text("done", limit: 200)
    let metric = action.text("metric", limit: 140)
    let measuredBy = action.text("measuredBy", limit: 60)
    let stop = action.text("stop", limit: 140)
    let requires = action.texts("requires")
    action.finish()
    if let to, !(1...4).contains(to) {
      action.report("Q05", action.mark(of: "to"), "a step leads to level 1, 2, 3 or 4")
    }
    if let effort, !(0...1000).contains(effort) {
      action.report("Q05", action.mark(of: "effortDays"), "\"effortDays\" must be from 0 to 1000")
    }
    if let measuredBy, let metrics, !metrics.contains(measuredBy) {
      action.report(
        "Q17", action.mark(of: "measuredBy"),
        "the library has no metric \"\(measuredBy)\"" + collector.suggestion(for: measuredBy, among: metrics))
    }
    guard let id, let item, let to, let title, let firstStep else { continue }
    if marks.updateValue(action.mark, forKey: id) != nil {
      action.report("Q11", action.mark(of: "id"), "the action \"\(id)\" stands here twice")
    }
    if steps.contains(where: { $0.item == item && $0.to == to }) {
      action.report("Q11", action.mark(of: "to"), "\"\(item)\" has two steps to level \(to)")
    }
    if !versions.isEmpty, levels[item]?.contains(to) != true {
      if levels[item] == nil {
        action.report(
          "Q17", action.mark(of: "item"),
          "no version has a question with levels \"\(item)\""
            + collector.suggestion(for: item, among: levels.keys.sorted()))
      } else {
        action.report("Q17", action.mark(of: "to"), "\"\(item)\" has no level \(to)")
      }
    }
    steps.append(
      ActionStep(
        id: id, item: item, to: to, title: title, firstStep: firstStep, effortDays: effort,
        owner: owner, done: done, metric: metric, measuredBy: measuredBy, stop: stop, requires: requires))
  }
  let small = reader.node("small").flatMap { node in
    parseSmall(node, file: file, profile: profile, isChecked: newest != nil, collector)
  }
  let roles = parseRoles(reader, of: steps, marks)
  reader.finish()
  for step in steps {
    for needed in step.requires where marks[needed] == nil {
      reader.report(
        "Q17", marks[step.id] ?? reader.mark,
        "\"\(step.id)\" requires the unknown action \"\(needed)\""
          + collector.suggestion(for: needed, among: marks.keys.sorted()))
    }
  }
  if let newest {
    for item in newest.items {
      for level in newest.levels(of: item) ?? []
      where level > 1 && !steps.contains(where: { $0.item == item.id && $0.to == level }) {
        reader.report(
          "Q37", steps.last { $0.item == item.id }.flatMap { marks[$0.id] } ?? reader.mark(of: "actions"),
          "\"\(item.id)\" of \(newest.version) has no step to level \(level)")
      }
    }
  }
  if let cycle = firstCycle(in: steps) {
    reader.report(
      "Q22", marks[cycle[0]] ?? reader.mark,
      "these actions require each other in a circle: \(cycle.joined(separator: " → "))")
  }
  return questionnaire.map { ActionLibrary(questionnaire: $0, steps: steps, small: small, roles: roles) }
}

/// Which organisations are small: a condition on what an organisation says of itself.
private func parseSmall(
  _ node: AuthoredNode, file: String, profile: [Item], isChecked: Bool, _ collector: DiagnosticCollector
) -> Condition? {
  // An edition may have another profile; then its organisations say nothing of their size.
  let problems = isChecked ? collector : DiagnosticCollector()
  var parser = QuestionnaireParser(collector: problems, file: file)
  parser.earlier = profile.filter { $0.scored == nil }
  let condition = parser.parseCondition(node, file: file, own: nil)
  return problems === collector || problems.diagnostics.isEmpty ? condition : nil
}

/// Each role in the words of a small organisation: every owner of a step, and nobody else.
private func parseRoles(
  _ reader: MappingReader, of steps: [ActionStep], _ marks: [String: Mark]
) -> [String: String] {
  guard let node = reader.node("roles") else { return [:] }
  guard case .mapping(let entries) = node.content else {
    reader.report("Q05", node.mark, "\"roles\" must be a mapping from role to words, found \(node.kind)")
    return [:]
  }
  let owners = Set(steps.compactMap(\.owner))
  var roles: [String: String] = [:]
  for entry in entries {
    guard let words = reader.text(entry.value, "roles \(entry.key)", limit: 60) else { continue }
    if !owners.contains(entry.key) {
      reader.report(
        "Q17", entry.mark,
        "no step has the owner \"\(entry.key)\"" + suggestion(for: entry.key, among: owners.sorted()))
    }
    roles[entry.key] = words
  }
  var isTold: Set<String> = []
  for step in steps {
    guard let owner = step.owner, roles[owner] == nil, isTold.insert(owner).inserted else { continue }
    reader.report(
      "Q37", marks[step.id] ?? node.mark,
      "the owner \"\(owner)\" has no words for a small organisation under \"roles\"")
  }
  return roles
}

/// The members of one circle of requirements, the first repeated at the end, or nil. A step
/// requires the one below it of the same item.
func firstCycle(in steps: [ActionStep]) -> [String]? {
  var needs: [String: [String]] = [:]
  for step in steps {
    let below = steps.filter { $0.item == step.item && $0.to < step.to }.max { $0.to < $1.to }
    needs[step.id] = step.requires + (below.map { [$0.id] } ?? [])
  }
  var finished: Set<String> = []
  for step in steps where !finished.contains(step.id) {
    // Depth first with a path of our own: a hostile file must not reach the end of the stack.
    var path: [(id: String, next: Int)] = [(step.id, 0)]
    while let (id, next) = path.last {
      guard let needed = needs[id].flatMap({ next < $0.count ? $0[next] : nil }) else {
        finished.insert(id)
        path.removeLast()
        continue
      }
      path[path.count - 1].next += 1
      if let start = path.firstIndex(where: { $0.id == needed }) {
        return path[start...].map(\.id) + [needed]
      }
      if !finished.contains(needed), needs[needed] != nil { path.append((needed, 0)) }
    }
  }
  return nil
}
