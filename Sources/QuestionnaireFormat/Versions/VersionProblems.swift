import AssessmentModel

/// A version as a folder holds it.
public struct VersionOnDisk: Sendable {
  /// What its files say.
  public let pinned: PinnedQuestionnaire
  /// Its main file's path.
  public let file: String
  /// The line of that file where the version stands, from 1.
  public let line: Int
  /// What it is based on, in its words; nil for what stands by itself.
  public let base: PinnedQuestionnaire?

  /// Takes each property as it is; nothing is checked.
  public init(pinned: PinnedQuestionnaire, file: String, line: Int, base: PinnedQuestionnaire?) {
    self.pinned = pinned
    self.file = file
    self.line = line
    self.base = base
  }
}

/// What is wrong between the versions of one questionnaire: a number that promises more than was kept (Q29), a step
/// without its migration (Q30, Q31), migrations that are wrong by themselves (Q31 to Q33), that leave a gap or lead
/// two ways (Q34). While the newer version of a step is a draft all of it is advice.
///
/// - Parameters:
///   - versions: All there are of it.
///   - migrations: All beside them.
///   - baseWay: How two versions of another questionnaire correspond, which an edition is based on; nil where that can't
///     be told.
public func versionProblems(
  _ versions: [VersionOnDisk], migrations: [MigrationReading],
  baseWay: (_ from: PinnedQuestionnaire, _ to: PinnedQuestionnaire) -> Correspondence?
) -> [Diagnostic] {
  let versions = versions.sorted { $0.pinned.questionnaire.version < $1.pinned.questionnaire.version }
  var found: [Diagnostic] = []
  func version(_ version: Version) -> Int? {
    versions.firstIndex { $0.pinned.questionnaire.version == version }
  }
  var taken: [Int: String] = [:]
  for reading in migrations {
    guard let migration = reading.migration else { continue }
    func report(_ code: String, _ mark: Mark, _ message: String, isAdvice: Bool = false) {
      found.append(
        Diagnostic(
          file: reading.file, line: mark.line, column: mark.column, code: code, message: message,
          isAdvice: isAdvice))
    }
    if let first = versions.first?.pinned.questionnaire.id, migration.questionnaire != first {
      report("Q08", .start, "this migration stands beside \"\(first)\"; name that under \"questionnaire\"")
    }
    guard let from = version(migration.from.version), let to = version(migration.to.version) else {
      let (missing, mark) =
        version(migration.from.version) == nil
        ? (migration.from.version, reading.marks.from) : (migration.to.version, reading.marks.to)
      report("Q34", mark, "there is no version \(missing) beside it")
      continue
    }
    let isAdvice = versions[to].pinned.questionnaire.status == .draft
    if to != from + 1 {
      let between = versions[(from + 1)..<max(to, from + 1)].map {
        $0.pinned.questionnaire.version.description
      }
      report(
        "Q34", reading.marks.to,
        "a migration leads to the next version, and \(between.joined(separator: ", ")) lies between",
        isAdvice: isAdvice)
      continue
    }
    if let other = taken.updateValue(reading.file, forKey: from) {
      report(
        "Q34", reading.marks.from, "\(other) leads from \(migration.from.version), too", isAdvice: isAdvice)
    }
    found += migrationProblems(
      reading, from: versions[from].pinned, to: versions[to].pinned,
      base: base(versions[from], versions[to], baseWay))
  }
  found += reusedIDs(versions)
  for (older, newer) in zip(versions.indices, versions.indices.dropFirst()) {
    let (before, after) = (versions[older], versions[newer])
    let base = base(before, after, baseWay)
    found += bump(before, after)
    if let base { found += changesUnderneath(before, after, base) }
    let (from, to) = (before.pinned.questionnaire.version, after.pinned.questionnaire.version)
    if !migrations.contains(where: { $0.leads(from: from, to: to) || $0.migration?.from.version == from }) {
      found += problemsWithoutMigration(
        from: before.pinned.questionnaire, to: after.pinned.questionnaire, file: after.file, line: after.line,
        base: base)
    }
  }
  return found
}

/// An id that a version dropped is never used again, be it listed under "retired" or not (Q13).
private func reusedIDs(_ versions: [VersionOnDisk]) -> [Diagnostic] {
  var found: [Diagnostic] = []
  for (place, version) in versions.enumerated().dropFirst(2) {
    let questionnaire = version.pinned.questionnaire
    let before = versions[place - 1].pinned.questionnaire
    for item in questionnaire.items where before.item(item.id) == nil {
      guard let first = versions[..<(place - 1)].last(where: { $0.pinned.questionnaire.item(item.id) != nil })
      else { continue }
      found.append(
        Diagnostic(
          file: version.file, line: version.line, column: 1, code: "Q13",
          message:
            "\"\(item.id)\" was a question of \(first.pinned.questionnaire.version) and dropped since; give the new one "
            + "another id, and list this one under \"retired\"", isAdvice: questionnaire.status == .draft))
    }
  }
  return found
}

private func base(
  _ older: VersionOnDisk, _ newer: VersionOnDisk,
  _ way: (_ from: PinnedQuestionnaire, _ to: PinnedQuestionnaire) -> Correspondence?
) -> Correspondence.Base? {
  guard let before = older.base, let after = newer.base,
    before.questionnaire.id == after.questionnaire.id, let correspondence = way(before, after)
  else { return nil }
  return Correspondence.Base(
    older: before.questionnaire, newer: after.questionnaire, correspondence: correspondence)
}

/// A patch changes neither what is measured nor what is read; a minor version adds questions or words them anew.
private func bump(_ older: VersionOnDisk, _ newer: VersionOnDisk) -> [Diagnostic] {
  let (before, after) = (older.pinned.questionnaire, newer.pinned.questionnaire)
  func refuse(_ reason: String, _ needed: String) -> [Diagnostic] {
    [
      Diagnostic(
        file: newer.file, line: newer.line, column: 1, code: "Q29",
        message: "\(after.version) promises less change than there is since \(before.version): \(reason); "
          + "call it \(needed)", isAdvice: after.status == .draft)
    ]
  }
  if before.version.major != after.version.major { return [] }
  let major = "\(before.version.major + 1).0.0"
  if let reason = majorChange(before, after) { return refuse(reason, major) }
  if before.version.minor != after.version.minor { return [] }
  let minor = "\(before.version.major).\(before.version.minor + 1).0"
  if older.pinned.digests.measurement != newer.pinned.digests.measurement {
    return refuse("questions were added", minor)
  }
  return older.pinned.digests.wording != newer.pinned.digests.wording
    ? refuse("what respondents read is another", minor) : []
}

/// Why a step is more than added or reworded questions; nil where it is not.
private func majorChange(_ before: Questionnaire, _ after: Questionnaire) -> String? {
  if before.scoring != after.scoring { return "the cut or the method is another" }
  if before.dimensions.map({ [$0.id, String($0.weight)] })
    != after.dimensions.map({ [$0.id, String($0.weight)] })
  {
    return "areas or their weights are others"
  }
  for item in before.items {
    guard let now = after.item(item.id) else { return "\(item.id) is gone" }
    let differences = after.differences(of: now, from: item, in: before).filter { $0 != .wording }
    if let first = differences.first { return "\(item.id) has \(first.words)" }
    if now.core != item.core || now.condition != item.condition
      || now.scored?.critical != item.scored?.critical
      || (now.scored?.customers == nil) != (item.scored?.customers == nil)
      || after.section(of: item.id)?.id != before.section(of: item.id)?.id
    {
      return "\(item.id) is asked at another place or of others, or counts otherwise"
    }
  }
  return nil
}

/// Where an edition has its own and what it is based on has changed there (Q39).
private func changesUnderneath(
  _ older: VersionOnDisk, _ newer: VersionOnDisk, _ base: Correspondence.Base
) -> [Diagnostic] {
  base.changesUnderneath(older.pinned.questionnaire, newer.pinned.questionnaire).map { id, what in
    Diagnostic(
      file: newer.file, line: newer.line, column: 1, code: "Q39",
      message:
        "\"\(id)\": what this is based on has \(what.map(\.words).joined(separator: ", ")) since, and this edition its own; look whether that still "
        + "fits", isAdvice: true)
  }
}
