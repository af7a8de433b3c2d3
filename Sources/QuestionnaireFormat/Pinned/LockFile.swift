import AssessmentModel

/// The digests of every published version, one line each: `id version content measurement wording`, and of the
/// migrations between them: `id from--to digest`. It stands beside the questionnaires' folders and is only ever written by the program.
public struct LockFile: Hashable, Sendable {
  /// One line: a published version and what it must stay.
  public struct Entry: Hashable, Sendable {
    /// Id of the questionnaire.
    public let id: String
    /// The published version; there is one entry for each.
    public let version: Version
    /// What they were when the version was locked.
    public let digests: Digests

    /// The entry of a version as it stands now; whether it is published is not looked at.
    public init(_ pinned: PinnedQuestionnaire) {
      id = pinned.questionnaire.id
      version = pinned.questionnaire.version
      digests = pinned.digests
    }

    fileprivate init(id: String, version: Version, digests: Digests) {
      (self.id, self.version, self.digests) = (id, version, digests)
    }
  }

  /// One line: a migration between published versions and what it must stay.
  public struct MigrationEntry: Hashable, Sendable {
    /// Id of the questionnaire.
    public let id: String
    /// `1.0.0--2.0.0`.
    public let name: String
    /// What its digest was when it was locked.
    public let digest: String

    /// The entry of a migration as it stands now.
    public init(_ migration: Migration) {
      self.init(id: migration.questionnaire, name: migration.name, digest: migration.digest)
    }

    fileprivate init(id: String, name: String, digest: String) {
      (self.id, self.name, self.digest) = (id, name, digest)
    }
  }

  /// The name of the file, the same everywhere.
  public static let name = "LOCK"

  /// By id and version, rising, once something was added; what was just read has the order of the file.
  public private(set) var entries: [Entry]
  /// By id and name, rising, once something was added.
  public private(set) var migrations: [MigrationEntry] = []
  private var lines: [Entry: Int] = [:]
  private var migrationLines: [MigrationEntry: Int] = [:]

  /// A lock without entries.
  public init() { entries = [] }

  /// Reads the file's text; throws where lines can't be read or name a version twice, with a problem (Q28)
  /// for each.
  public init(reading text: String, file: String) throws(LockFileError) {
    self.init()
    var problems: [Diagnostic] = []
    // Git may have turned the ends of lines.
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    where !line.isEmpty {
      let words = line.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
      if words.count == 3, MappingReader.isIdentifier(words[0]), Self.isMigrationName(words[1]),
        Self.isDigest(words[2]), migration(words[0], words[1]) == nil
      {
        let entry = MigrationEntry(id: words[0], name: words[1], digest: words[2])
        migrations.append(entry)
        migrationLines[entry] = index + 1
        continue
      }
      guard words.count == 5, MappingReader.isIdentifier(words[0]), let version = Version(words[1]),
        words[2...].allSatisfy(Self.isDigest)
      else {
        problems.append(
          Diagnostic(
            file: file, line: index + 1, column: 1, code: "Q28",
            message: "this is no line of a lock; take it back as it was, or delete the file and lock anew"))
        continue
      }
      let entry = Entry(
        id: words[0], version: version,
        digests: Digests(content: words[2], measurement: words[3], wording: words[4]))
      if self.entry(entry.id, version) != nil {
        problems.append(
          Diagnostic(
            file: file, line: index + 1, column: 1, code: "Q28",
            message: "\(entry.id) \(version) stands here twice; keep the line that was there first"))
        continue
      }
      entries.append(entry)
      lines[entry] = index + 1
    }
    if !problems.isEmpty { throw LockFileError(problems: problems) }
  }

  private static func isDigest(_ word: String) -> Bool { word.hasPrefix("sha256:") && word.utf8.count == 71 }

  private static func isMigrationName(_ word: String) -> Bool {
    let ends = word.split(separator: "--", omittingEmptySubsequences: false).map { Version(String($0)) }
    return ends.count == 2 && !ends.contains(nil)
  }

  /// The text to write: a line for each entry, each ended by a line feed; a migration's stands behind the version it
  /// leads from.
  public var text: String {
    var rest = migrations
    var text = ""
    for entry in entries {
      text +=
        "\(entry.id) \(entry.version) \(entry.digests.content) \(entry.digests.measurement) "
        + "\(entry.digests.wording)\n"
      for migration in rest where migration.id == entry.id && migration.name.hasPrefix("\(entry.version)--") {
        text += "\(migration.id) \(migration.name) \(migration.digest)\n"
        rest.removeAll { $0 == migration }
      }
    }
    return text + rest.map { "\($0.id) \($0.name) \($0.digest)\n" }.joined()
  }

  /// The entry of a migration; nil where it was never locked.
  public func migration(_ id: String, _ name: String) -> MigrationEntry? {
    migrations.first { $0.id == id && $0.name == name }
  }

  /// The entry of a version; nil where it was never locked.
  public func entry(_ id: String, _ version: Version) -> Entry? {
    entries.first { $0.id == id && $0.version == version }
  }

  /// Adds versions that are not there yet; what is there already stays as it is.
  public mutating func add(_ new: [Entry]) {
    for entry in new where self.entry(entry.id, entry.version) == nil { entries.append(entry) }
    entries.sort { ($0.id, $0.version) < ($1.id, $1.version) }
  }

  /// Adds migrations that are not there yet.
  public mutating func add(_ new: [MigrationEntry]) {
    for entry in new where migration(entry.id, entry.name) == nil { migrations.append(entry) }
    migrations.sort { ($0.id, $0.name) < ($1.id, $1.name) }
  }

  /// What is wrong with migrations between published versions (Q28): changed since they were locked, or never locked.
  ///
  /// - Parameters:
  ///   - found: Those that there are, each with its file.
  ///   - file: The lock's own path.
  public func problems(
    with found: [(migration: Migration, file: String)], file: String
  ) -> [Diagnostic] {
    found.compactMap { migration, path in
      let ends = [migration.from.version, migration.to.version]
      guard ends.allSatisfy({ entry(migration.questionnaire, $0) != nil }) else { return nil }
      guard let locked = self.migration(migration.questionnaire, migration.name) else {
        return Diagnostic(
          file: path, line: 1, column: 1, code: "Q28",
          message:
            "the migration \(migration.name) of \(migration.questionnaire) is between published versions and "
            + "not locked; `outside-in questionnaire lock \(root(file))` does it")
      }
      if locked.digest == migration.digest { return nil }
      return Diagnostic(
        file: file, line: migrationLines[locked] ?? 1, column: 1, code: "Q28",
        message:
          "the migration \(migration.name) of \(migration.questionnaire) has changed since it was locked; "
          + "put it back as it was")
    }
  }

  /// What is wrong with published versions (Q28): changed since they were locked, or never locked.
  ///
  /// - Parameters:
  ///   - versions: the versions that there are, each with the file that a problem is told at.
  ///   - file: the lock's own path.
  ///   - isComplete: whether all versions are given, so that one missing is a problem.
  public func problems(
    with versions: [(pinned: PinnedQuestionnaire, file: String)], file: String, isComplete: Bool
  ) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    for (pinned, path) in versions {
      let (id, version) = (pinned.questionnaire.id, pinned.questionnaire.version)
      let isDraft = pinned.questionnaire.status == .draft
      guard let locked = entry(id, version) else {
        if isDraft { continue }
        problems.append(
          Diagnostic(
            file: path, line: 1, column: 1, code: "Q28",
            message:
              "\(id) \(version) is published and not locked; `outside-in questionnaire lock \(root(file))` does it"
          ))
        continue
      }
      if isDraft {
        problems.append(
          Diagnostic(
            file: file, line: lines[locked] ?? 1, column: 1, code: "Q28",
            message:
              "\(id) \(version) was published and can't be a draft again; give what is new a version of "
              + "its own"))
      }
      guard locked.digests != pinned.digests else { continue }
      let changed =
        locked.digests.measurement != pinned.digests.measurement
        ? "what it measures"
        : locked.digests.wording != pinned.digests.wording ? "its wording" : "its other texts"
      problems.append(
        Diagnostic(
          file: file, line: lines[locked] ?? 1, column: 1, code: "Q28",
          message:
            "\(id) \(version) is published and has changed (\(changed)); put it back as it was, and give "
            + "what is new a version of its own"))
    }
    if isComplete {
      for entry in entries
      where !versions.contains(where: {
        $0.pinned.questionnaire.id == entry.id && $0.pinned.questionnaire.version == entry.version
      }) {
        problems.append(
          Diagnostic(
            file: file, line: lines[entry] ?? 1, column: 1, code: "Q28",
            message: "\(entry.id) \(entry.version) is published and not there any more, or can't be read"))
      }
    }
    return problems
  }
}

/// Why a lock can't be read.
public struct LockFileError: Error, Hashable, Sendable {
  /// One for each line that can't be read or names a version twice, from the top.
  public let problems: [Diagnostic]
}

/// The folder that a lock stands in.
private func root(_ lock: String) -> String {
  let folder = lock.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
  return folder.isEmpty ? "." : folder
}
