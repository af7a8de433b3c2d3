import AssessmentModel

/// What is different between two versions of a questionnaire, as its release notes: what a respondent notices first, then
/// what counts otherwise and what can be compared, and at the end all that reads otherwise, word for word.
package func versionReport(
  from older: Questionnaire, to newer: Questionnaire, _ way: Correspondence, base: Correspondence.Base?
) -> Document {
  let reworded = way.matches.compactMap { Rewording($0, older, newer) }
  var document: Document = [
    .heading(1, "\(newer.title): from \(older.version) to \(newer.version)"),
    .paragraph(Words(summary(older, newer, way))),
  ]
  let replacing = Set(way.matches.filter { $0.old != $0.new }.flatMap(\.new))
  document += section(
    "New",
    way.added.filter { !replacing.contains($0) }.compactMap { newer.item($0) }.map {
      Words("\($0.id): ", .strong) + Words($0.text)
        + Words(newer.hasCore && !$0.core ? "  (not in the short form)" : "", .faint)
    })
  document += section("In place of others", way.matches.compactMap { replacement($0, older, newer) })
  let gone = way.matches.filter { $0.new.isEmpty }.flatMap { match in
    match.old.compactMap { older.item($0) }.map { item in
      Words("\(item.id): ", .strong) + Words(item.text)
        + Words(match.why.map { "  Why: \($0)" } ?? "", .faint)
    }
  }
  document += section("Not asked any more", gone)
  document += section("Reads otherwise", reworded.map(\.note))
  document += section("Said before the questions", openings(older, newer))
  document += section("Counts otherwise", otherCounts(older, newer, way))
  document += section("How answers go together", fates(way))
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
  let answers = reworded.filter { !$0.answers.isEmpty }
  if !answers.isEmpty {
    document.append(.heading(2, "Answers that read otherwise, word for word"))
    for rewording in answers {
      document += [
        .paragraph(Words("\(rewording.id): ", .strong) + Words(rewording.text)), .options(rewording.answers),
      ]
    }
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
  let tried = way.matches.count {
    $0.new.count == 1 && isScored($0.new[0]) && $0.comparability == .exact && $0.isTried
  }
  let reworded =
    tried == 0
    ? ""
    : " \(same - tried) of these read as they did; \(tried) were worded anew, tried out on readers and answered alike."
  return
    "\(before) questions with levels before, \(scored) now; answers to \(same) of them count as answers to one "
    + "question in both.\(reworded)"
}

/// What a respondent reads otherwise.
private struct Rewording {
  let id: String
  let text: String
  /// The question as it reads now and as it read, and why.
  let note: Words
  /// Those of its answers that read otherwise, each with what it was.
  let answers: [Choice]

  /// Nil where nothing reads otherwise.
  init?(_ match: Correspondence.Match, _ older: Questionnaire, _ newer: Questionnaire) {
    guard match.old.count == 1, match.old == match.new, let before = older.item(match.old[0]),
      let after = newer.item(match.new[0]),
      newer.differences(of: after, from: before, in: older).contains(.wording)
    else { return nil }
    id = after.id
    text = after.text
    let was = before.text == after.text ? "" : " (was: \(before.text))"
    note =
      Words("\(after.id): ", .strong) + Words(after.text + was)
      + Words(match.why.map { "  Why: \($0)" } ?? "", .faint)
    var answers: [Choice] = []
    func add(_ key: String, _ now: String, _ was: String?) {
      if now != was {
        answers.append(Choice(key: key, text: now + (was.map { "  (was: \($0))" } ?? "  (new)")))
      }
    }
    let old = older.anchors(of: before)
    for (level, text) in newer.anchors(of: after) {
      add("\(level)", text, old.first { $0.level == level }?.text)
    }
    if case .bipolar(let was) = before.scored?.form, case .bipolar(let now) = after.scored?.form {
      add("a", now.left, was.left)
      add("e", now.right, was.right)
    }
    if case .choice(let was, _) = before.record, case .choice(let now, _) = after.record {
      for option in now { add("•", option.label, was.first { $0.id == option.id }?.label) }
    }
    self.answers = answers
  }
}

/// What is said before the first question, and before a section's, where it reads otherwise.
private func openings(_ older: Questionnaire, _ newer: Questionnaire) -> [Words] {
  let before = Set(older.primer)
  return newer.primer.filter { !before.contains($0) }.map { Words("To begin with: ", .strong) + Words($0) }
    + newer.sections.compactMap { section in
      guard let intro = section.intro,
        intro != older.sections.first(where: { $0.id == section.id })?.intro
      else { return nil }
      return Words("\(section.title): ", .strong) + Words(intro)
    }
}

/// What stands now where something else was asked, under another id.
private func replacement(_ match: Correspondence.Match, _ older: Questionnaire, _ newer: Questionnaire)
  -> Words?
{
  let (before, after) = (match.old.compactMap { older.item($0) }, match.new.compactMap { newer.item($0) })
  guard match.old != match.new, !after.isEmpty else { return nil }
  let isRenamed = before.map(\.text) == after.map(\.text)
  return Words("\(listed(after.map(\.id))): ", .strong)
    + Words(after.map(\.text).joined(separator: " "))
    + Words(
      " (in place of \(listed(before.map(\.id)))\(isRenamed ? "" : ": \(before.map(\.text).joined(separator: " "))"))"
    )
    + Words(match.why.map { "  Why: \($0)" } ?? "", .faint)
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

/// What becomes of the answers to what changed; those alike in one row.
private func fates(_ way: Correspondence) -> [Words] {
  var rows: [(verdict: String, what: [String])] = []
  for match in way.matches {
    guard let (what, verdict) = fate(match) else { continue }
    if let place = rows.firstIndex(where: { $0.verdict == verdict }) {
      rows[place].what.append(what)
    } else {
      rows.append((verdict, [what]))
    }
  }
  return rows.map { Words("\($0.verdict.capitalizedFirst): ", .strong) + Words("\(listed($0.what)).") }
}

private func fate(_ match: Correspondence.Match) -> (what: String, verdict: String)? {
  guard let kind = match.kind else { return nil }
  let (old, new) = (listed(match.old), listed(match.new))
  let what =
    switch kind {
    case .rename where match.comparability == .exact: "\(old), called \(new) now"
    case .rename, .split, .merge: "\(old), now \(new)"
    case .rescale, .reword: old == new ? new : "\(old), now \(new)"
    case .remove: "\(old), not asked any more"
    }
  let verdict =
    switch match.comparability {
    case .exact:
      match.isTried ? "tried out and answered alike, compared as one question" : "compared as one question"
    case .approximate: "shown beside each other, and in no figure"
    case .none: "not compared"
    }
  return (what, verdict)
}
