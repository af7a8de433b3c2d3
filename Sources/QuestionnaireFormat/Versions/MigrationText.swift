import AssessmentModel

/// A migration to begin with: the digests of both versions, and the careful choice for each question that changed or went.
public func newMigration(
  from older: PinnedQuestionnaire, to newer: PinnedQuestionnaire, _ open: [Correspondence.Match]
) -> String {
  """
  # yaml-language-server: $schema=migration.schema.json
  # What became of each question that changed or went, once. kind: rename, split, merge, rescale, reword, remove.
  # A question that lives on under other ids is no remove: { kind: split, old: [a], new: [b, c], comparable: none, why: … }
  # comparable: none, approximate (shown, in no figure) or exact (counts as one question; another wording needs "tried").
  format: 1
  questionnaire: \(newer.questionnaire.id)
  \(line("from", older))
  \(line("to", newer))
  changes:\(open.isEmpty ? " []" : "")

  """ + open.map { lines(for: $0, older.questionnaire, newer.questionnaire) }.joined()
}

/// A migration's text with the digests as they are now and a line for each question that it says nothing of yet; all
/// else stays as it is.
public func completedMigration(
  _ text: String, from older: PinnedQuestionnaire, to newer: PinnedQuestionnaire,
  _ open: [Correspondence.Match]
) -> String {
  var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  for (key, pinned) in [("from", older), ("to", newer)] {
    if let place = lines.firstIndex(where: { $0.hasPrefix(key + ":") }) { lines[place] = line(key, pinned) }
  }
  guard !open.isEmpty, let start = lines.firstIndex(where: { $0.hasPrefix("changes:") }) else {
    return lines.joined(separator: "\n")
  }
  lines[start] = "changes:"
  let end =
    lines[(start + 1)...].firstIndex { $0.first.map { $0 != " " && $0 != "#" } ?? false } ?? lines.count
  let last = lines[..<end].lastIndex { !$0.allSatisfy(\.isWhitespace) } ?? start
  let new = open.map { QuestionnaireFormat.lines(for: $0, older.questionnaire, newer.questionnaire) }.joined()
  lines.insert(contentsOf: new.split(separator: "\n").map(String.init), at: last + 1)
  return lines.joined(separator: "\n")
}

private func line(_ key: String, _ pinned: PinnedQuestionnaire) -> String {
  "\(key): { version: \(pinned.questionnaire.version), measurement: \"\(pinned.digests.measurement)\", "
    + "wording: \"\(pinned.digests.wording)\" }"
}

private func lines(
  for match: Correspondence.Match, _ older: Questionnaire, _ newer: Questionnaire
) -> String {
  "  \(migrationLine(for: match, older, newer))\n"
}
