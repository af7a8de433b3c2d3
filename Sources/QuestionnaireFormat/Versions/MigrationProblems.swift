import AssessmentModel

/// What is wrong with a migration between two versions that are there: digests that are none of theirs (Q33), questions
/// that are not there (Q17), changed or gone ones that are not covered exactly once (Q31), and exact comparisons of what
/// is not the same (Q32). While the newer version is a draft all of it is advice.
///
/// - Parameter base: For an edition, what it is based on, in both versions.
public func migrationProblems(
  _ reading: MigrationReading, from older: PinnedQuestionnaire, to newer: PinnedQuestionnaire,
  base: Correspondence.Base? = nil
) -> [Diagnostic] {
  guard let migration = reading.migration else { return [] }
  var check = MigrationCheck(reading: reading, older: older.questionnaire, newer: newer.questionnaire)
  check.digests(migration.from, older, at: reading.marks.from)
  check.digests(migration.to, newer, at: reading.marks.to)
  check.changes(migration)
  check.coverage(migration.changes, link: migration.link, base)
  return check.found
}

/// What a step from one version to the next lacks where it has no migration: a major one needs one (Q30), and so does
/// whatever changed a question (Q31).
func problemsWithoutMigration(
  from older: Questionnaire, to newer: Questionnaire, file: String, line: Int, base: Correspondence.Base?
) -> [Diagnostic] {
  let way = Correspondence(from: older, to: newer, base: base)
  let open = way.matches.filter(\.isUncovered)
  if open.isEmpty { return [] }
  let names = open.prefix(4).flatMap { $0.old.isEmpty ? $0.new : $0.old }.joined(separator: ", ")
  let others = open.count > 4 ? " and \(open.count - 4) more" : ""
  let isMajor = older.version.major != newer.version.major
  // As they stand beside each other, so that the command runs as it is printed.
  let parent = file.split(separator: "/", omittingEmptySubsequences: false).dropLast(2).joined(separator: "/")
  func folder(_ version: Version) -> String { parent.isEmpty ? "\(version)" : "\(parent)/\(version)" }
  return [
    Diagnostic(
      file: file, line: line, column: 1, code: isMajor ? "Q30" : "Q31",
      message:
        "\(newer.id) \(newer.version) changed or dropped \(names)\(others), and there is no migration from "
        + "\(older.version); `outside-in questionnaire diff \(folder(older.version)) \(folder(newer.version)) "
        + "--write` begins one", isAdvice: newer.status == .draft)
  ]
}

private struct MigrationCheck {
  let reading: MigrationReading
  let older: Questionnaire
  let newer: Questionnaire
  var found: [Diagnostic] = []

  private mutating func report(_ code: String, _ mark: Mark, _ message: String) {
    found.append(
      Diagnostic(
        file: reading.file, line: mark.line, column: mark.column, code: code, message: message,
        isAdvice: newer.status == .draft))
  }

  mutating func digests(_ end: Migration.End, _ pinned: PinnedQuestionnaire, at mark: Mark) {
    for (given, wanted, name) in [
      (end.measurement, pinned.digests.measurement, "measurement"),
      (end.wording, pinned.digests.wording, "wording"),
    ] where given != wanted {
      report(
        "Q33", mark,
        "the \(name) digest is not that of \(end.version) as it stands; `questionnaire diff --write` writes it anew"
      )
    }
  }

  mutating func changes(_ migration: Migration) {
    for (change, mark) in zip(migration.changes, reading.marks.change) {
      for id in change.old where older.item(id) == nil {
        report(
          "Q17", mark,
          "\(older.version) has no question \"\(id)\"" + suggestion(for: id, among: older.items.map(\.id)))
      }
      for id in change.new where newer.item(id) == nil {
        report(
          "Q17", mark,
          "\(newer.version) has no question \"\(id)\"" + suggestion(for: id, among: newer.items.map(\.id)))
      }
      for id in change.old where change.kind == .remove && newer.item(id) != nil {
        report("Q31", mark, "\"\(id)\" is asked in \(newer.version), too; it is not removed")
      }
      if change.why == "…" { report("Q05", mark, "\"why\" says nothing yet; write the reason in place of …") }
      levels(change, mark)
      exactness(change, mark, hasLink: migration.link != nil)
    }
  }

  /// Old levels lead to levels that are there, and never down where they rise.
  private mutating func levels(_ change: Migration.Change, _ mark: Mark) {
    guard let levels = change.levels, let old = older.item(change.old[0]),
      let new = newer.item(change.new[0]),
      let before = older.levels(of: old), let after = newer.levels(of: new)
    else { return }
    if Set(levels.keys) != Set(before) {
      report("Q32", mark, "\"levels\" names each level of \(old.id) once: \(before)")
    } else if !levels.values.allSatisfy(after.contains) {
      report("Q32", mark, "\"levels\" leads to levels that \(new.id) has: \(after)")
    } else {
      let values = before.compactMap { levels[$0] }
      if zip(values, values.dropFirst()).contains(where: >) {
        report("Q32", mark, "higher levels lead to higher ones; these cross")
      }
    }
  }

  private mutating func exactness(_ change: Migration.Change, _ mark: Mark, hasLink: Bool) {
    guard change.comparability == .exact, let old = older.item(change.old[0]),
      let new = change.new.first.flatMap({ newer.item($0) })
    else { return }
    guard change.old.count == 1, change.new.count == 1 else {
      return report(
        "Q32", mark, "only one question and one question are the same; a \(change.kind.rawValue) is not")
    }
    let differences = newer.differences(of: new, from: old, in: older)
    let names = differences.filter { [.type, .levels, .side, .weight].contains($0) }.map(\.words)
    if !names.isEmpty {
      report("Q32", mark, "not exact: \(new.id) has \(names.joined(separator: ", "))")
    }
    if older.scoring.cut != newer.scoring.cut, new.scored != nil {
      report("Q32", mark, "not exact: the cut is another")
    }
    guard new.scored != nil, differences.contains(.wording) else { return }
    guard let trial = change.trial else {
      return report(
        "Q32", mark,
        "\(new.id) reads otherwise; it is exact only with \"tried\", approximate or none without")
    }
    if trial.organizations < Migration.Trial.fewestOrganizations
      || trial.readings < 2 * Migration.Trial.fewestReaders * trial.organizations
    {
      report(
        "Q32", mark,
        "a trial is about \(Migration.Trial.fewestOrganizations) organisations or more, with "
          + "\(Migration.Trial.fewestReaders) readers or more for each wording and organisation")
    }
    if abs(trial.meanDifference) > Migration.Trial.largestMean
      || abs(trial.most) > Migration.Trial.largestOfOne
    {
      report(
        "Q32", mark,
        "the trial found other answers to the new wording: a mean difference over \(Migration.Trial.largestMean), or "
          + "one over \(Migration.Trial.largestOfOne)")
    }
    if !hasLink {
      report(
        "Q32", mark, "where a wording was tried, \"link\" says what it did to the index, and how sure that is"
      )
    }
  }

  mutating func coverage(_ changes: [Migration.Change], link: Migration.Link?, _ base: Correspondence.Base?) {
    for (ids, where_) in [(changes.flatMap(\.old), "old"), (changes.flatMap(\.new), "new")] {
      let twice = Dictionary(ids.map { ($0, 1) }, uniquingKeysWith: +).filter { $1 > 1 }.keys.sorted()
      for id in twice {
        let place = changes.lastIndex { (where_ == "old" ? $0.old : $0.new).contains(id) } ?? 0
        report(
          "Q31", reading.marks.change[place],
          "\"\(id)\" stands twice under \"\(where_)\"; say once what became of it")
      }
    }
    for (change, mark) in zip(changes, reading.marks.change) where change.old == change.new {
      if let old = older.item(change.old[0]), let new = newer.item(change.new[0]),
        newer.differences(of: new, from: old, in: older).isEmpty
      {
        report("Q31", mark, "\"\(old.id)\" is the same in both versions; take the line out")
      }
    }
    let way = Correspondence(from: older, to: newer, changes: changes, link: link, base: base)
    for match in way.matches where match.isUncovered {
      report("Q31", reading.marks.changes, uncovered(match, in: older, newer))
    }
  }
}

/// What a migration lacks, with the line that mends it.
private func uncovered(_ match: Correspondence.Match, in older: Questionnaire, _ newer: Questionnaire)
  -> String
{
  let id = match.old[0]
  let line = migrationLine(for: match, older, newer)
  guard let old = older.item(id), let new = match.new.first.flatMap({ newer.item($0) }) else {
    return renamed(id, older, newer) == nil
      ? "\"\(id)\" is not asked any more, and nothing says what became of it; add: \(line)"
      : "\"\(id)\" is asked under another id, and nothing says so; add: \(line)"
  }
  let what = newer.differences(of: new, from: old, in: older).map(\.words).joined(separator: ", ")
  return "\"\(id)\" has \(what), and nothing says how far it may be compared; add: \(line)"
}

/// The line of a migration for a question that it does not cover yet, with the careful choice.
func migrationLine(
  for match: Correspondence.Match, _ older: Questionnaire, _ newer: Questionnaire
) -> String {
  let id = match.old[0]
  guard let old = older.item(id), let new = match.new.first.flatMap({ newer.item($0) }) else {
    return renamed(id, older, newer).map {
      "- { kind: rename, old: [\(id)], new: [\($0)], comparable: exact }"
    }
      ?? "- { kind: remove, old: [\(id)], why: … }"
  }
  let differences = newer.differences(of: new, from: old, in: older)
  let kind = differences == [.wording] ? "reword" : "rescale"
  return "- { kind: \(kind), old: [\(id)], new: [\(id)], comparable: none, why: … }"
}

/// The id under which the same question is asked now, word for word; nil where it is not.
private func renamed(_ id: String, _ older: Questionnaire, _ newer: Questionnaire) -> String? {
  guard let old = older.item(id) else { return nil }
  return newer.items.first {
    older.item($0.id) == nil && newer.differences(of: $0, from: old, in: older).isEmpty
  }?.id
}
