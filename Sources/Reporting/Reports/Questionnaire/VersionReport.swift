import AssessmentModel

/// What is different between two versions of a questionnaire: what a respondent notices first, then what counts
/// otherwise and what can be compared.
package func versionReport(
  from older: Questionnaire, to newer: Questionnaire, _ way: Correspondence, base: Correspondence.Base?
) -> Document {
  var document: Document = [
    .heading(1, "\(newer.title): from \(older.version) to \(newer.version)"),
    .paragraph(Words(summary(older, newer, way))),
  ]
  document += section("Reads otherwise", way.matches.compactMap { rewording($0, older, newer) })
  document += section(
    "New",
    way.added.compactMap { newer.item($0) }.map { Words("\($0.id): ", .strong) + Words($0.text) })
  let gone = way.matches.filter { $0.new.isEmpty }.flatMap { match in
    match.old.compactMap { older.item($0) }.map { item in
      Words("\(item.id): ", .strong) + Words(item.text)
        + Words(match.why.map { "  Why: \($0)" } ?? "", .faint)
    }
  }
  document += section("Not asked any more", gone)
  document += section("Counts otherwise", otherCounts(older, newer, way))
  document += section("How answers go together", way.matches.compactMap { fate($0, older, newer) })
  let under = base?.changesUnderneath(older, newer) ?? []
  document += section(
    "Changed under this edition",
    under.map { id, what in
      Words("\(id): ", .strong)
        + Words(
          "what it is based on has \(listed(what.map(\.words))); the edition keeps its own. Does it still fit?"
        )
    })
  let open = way.matches.filter(\.isUncovered)
  if !open.isEmpty {
    document.append(
      .paragraph(
        Words(
          "No migration says how far \(counted(open.count, "question", "questions")) may be compared: "
            + "\(listed(open.map { $0.old.joined(separator: ", ") })). Until it does, they are not.", .bad)))
  }
  return document
}

private func section(_ title: String, _ rows: [Words]) -> Document {
  rows.isEmpty ? [] : [.heading(2, title), .bullets(rows)]
}

/// `31 of 34 questions are the same; 2 read otherwise, 1 is new.`
private func summary(_ older: Questionnaire, _ newer: Questionnaire, _ way: Correspondence) -> String {
  func isScored(_ id: String) -> Bool { newer.item(id)?.scored != nil }
  let scored = newer.items.count { $0.scored != nil }
  let same = way.matches.count { $0.new.count == 1 && isScored($0.new[0]) && $0.comparability == .exact }
  let before = older.items.count { $0.scored != nil }
  return
    "\(before) questions with levels before, \(scored) now; answers to \(same) of them count as answers to one "
    + "question in both."
}

/// What a respondent reads otherwise.
private func rewording(_ match: Correspondence.Match, _ older: Questionnaire, _ newer: Questionnaire)
  -> Words?
{
  guard match.old.count == 1, match.new.count == 1, let before = older.item(match.old[0]),
    let after = newer.item(match.new[0]),
    newer.differences(of: after, from: before, in: older).contains(.wording)
  else { return nil }
  var parts: [(String, String)] = []
  if before.text != after.text { parts.append((before.text, after.text)) }
  let (old, new) = (older.anchors(of: before), newer.anchors(of: after))
  for (level, text) in new {
    let was = old.first { $0.level == level }?.text
    if was != text { parts.append((was.map { "\(level) \($0)" } ?? "no level \(level)", "\(level) \(text)")) }
  }
  if case .bipolar(let was) = before.scored?.form, case .bipolar(let now) = after.scored?.form {
    if was.left != now.left { parts.append((was.left, now.left)) }
    if was.right != now.right { parts.append((was.right, now.right)) }
  }
  if case .choice(let was, _) = before.record, case .choice(let now, _) = after.record {
    parts += now.compactMap { option in
      let label = was.first { $0.id == option.id }?.label
      return label == option.label ? nil : (label ?? "no answer \(option.id)", option.label)
    }
  }
  return Words("\(after.id): ", .strong)
    + Words(parts.map { "“\($0)” became “\($1)”" }.joined(separator: "; ") + ".")
}

private func otherCounts(_ older: Questionnaire, _ newer: Questionnaire, _ way: Correspondence) -> [Words] {
  var rows: [Words] = []
  for dimension in newer.dimensions {
    switch older.dimension(dimension.id)?.weight {
    case nil: rows.append(Words("\(dimension.title) is a new area, with a weight of \(dimension.weight)."))
    case let before? where before != dimension.weight:
      rows.append(Words("\(dimension.title) weighs \(dimension.weight), before \(before)."))
    default: break
    }
  }
  rows += older.dimensions.filter { newer.dimension($0.id) == nil }.map {
    Words("\($0.title) is no area any more.")
  }
  if older.scoring.cut != newer.scoring.cut {
    rows.append(
      Words(
        "The line between the sides is at \(plain(newer.scoring.cut)), before \(plain(older.scoring.cut))."))
  }
  for match in way.matches where match.old.count == 1 && match.new.count == 1 {
    guard let before = older.item(match.old[0]), let after = newer.item(match.new[0]) else { continue }
    let differences = newer.differences(of: after, from: before, in: older).filter { $0 != .wording }
    if !differences.isEmpty {
      rows.append(Words("\(after.id): ", .strong) + Words("\(listed(differences.map(\.words)))."))
    }
    if before.core != after.core {
      rows.append(
        Words("\(after.id): ", .strong)
          + Words(after.core ? "belongs to the short form now." : "is not in the short form any more."))
    }
  }
  return rows
}

/// What becomes of the answers to what changed.
private func fate(_ match: Correspondence.Match, _ older: Questionnaire, _ newer: Questionnaire) -> Words? {
  guard let kind = match.kind else { return nil }
  let (old, new) = (listed(match.old), listed(match.new))
  let what =
    switch kind {
    case .rename: "\(old) is called \(new) now"
    case .split: "\(old) became \(new)"
    case .merge: "\(old) became \(new)"
    case .rescale, .reword: "\(new) changed"
    case .remove: "\(old) went"
    }
  let verdict =
    switch match.comparability {
    case .exact:
      match.isTried ? "tried out, it is answered alike; compared as one question" : "compared as one question"
    case .approximate: "shown beside each other, and in no figure"
    case .none: "not compared"
    }
  return Words("\(what): ", .strong) + Words("\(verdict).")
    + Words(match.why.map { "  Why: \($0)" } ?? "", .faint)
}
