import AssessmentModel
import EmbeddedTexts
import Interchange
import QuestionnaireFormat

extension Catalog {
  static let migrations = "migrations"

  /// The migrations between the versions of a questionnaire: a user's own folders first, then what is built in.
  func migrations(of id: String) -> [MigrationReading] {
    var readings: [MigrationReading] = []
    for folder in folders {
      let path = "\(folder)/\(id)/\(Self.migrations)"
      readings += Self.migrations(in: path)
    }
    let prefix = "questionnaires/\(id)/\(Self.migrations)/"
    for (path, text) in EmbeddedTexts.files where path.hasPrefix(prefix) && path.hasSuffix(".yaml") {
      readings.append(readMigration(Array(text.utf8), file: path))
    }
    return readings
  }

  static func migrations(in folder: String) -> [MigrationReading] {
    migrationFiles(in: folder).compactMap { file in
      (try? System.read(file, limit: 2 << 20)).map { readMigration($0, file: file) }
    }
  }

  static func migrationFiles(in folder: String) -> [String] {
    names(in: folder).map { "\(folder)/\($0)" }.filter { $0.hasSuffix(".yaml") && System.isRegularFile($0) }
  }

  /// The migrations and steps that a user wrote for a questionnaire, as files.
  func companions(of id: String) -> [CompanionDocument] {
    func text(_ path: String) -> String? {
      guard System.isRegularFile(path), let bytes = try? System.read(path, limit: 2 << 20) else { return nil }
      return String(validating: bytes, as: UTF8.self)
    }
    var found: [CompanionDocument] = []
    func add(_ kind: CompanionDocument.Kind, _ file: String, _ path: String) {
      guard let text = text(path), !found.contains(where: { $0.kind == kind && $0.file == file }) else {
        return
      }
      found.append(CompanionDocument(kind, questionnaire: id, file: file, text: text))
    }
    for folder in folders {
      for path in Self.migrationFiles(in: "\(folder)/\(id)/\(Self.migrations)") {
        add(.migration, String(path.split(separator: "/").last ?? ""), path)
      }
      add(.actions, "actions.yaml", "\(folder)/\(id)/actions.yaml")
    }
    return found
  }

  /// How the questions of one version correspond with those of a higher one, over all migrations that lead there.
  ///
  /// What lies between is what is installed. A migration that is about other texts than these is not used, and said so.
  func way(
    from older: PinnedQuestionnaire, to newer: PinnedQuestionnaire, tell: (String) -> Void = System.tell
  ) throws(Failure) -> Correspondence {
    if older.reference.asksTheSame(as: newer.reference) {
      return Correspondence(identity: newer.questionnaire)
    }
    let (first, last) = (older.questionnaire, newer.questionnaire)
    guard first.id == last.id else {
      throw Failure(
        .data, "\(first.id) and \(last.id) are two questionnaires; only versions of one can be compared.")
    }
    let between = entries().filter {
      $0.id == first.id && $0.version > first.version && $0.version < last.version
    }
    .sorted { $0.version < $1.version }
    // In the published words, so that one's own word for customers is no other wording.
    var steps = [try published(older)]
    for entry in between { steps.append(PinnedQuestionnaire(try read(entry))) }
    steps.append(try published(newer))
    let migrations = migrations(of: first.id)
    var way: Correspondence?
    for (before, after) in zip(steps, steps.dropFirst()) {
      let step = try step(from: before, to: after, migrations, tell)
      way = way.map { $0.followed(by: step) } ?? step
    }
    return way ?? Correspondence(identity: last)
  }

  /// The latest published version above the one that is asked; nil where that is the latest, or one's own of before.
  func newerVersion(than reference: QuestionnaireReference) -> Questionnaire? {
    guard entries().contains(where: { $0.id == reference.id && $0.version > reference.version }),
      let latest = try? find(reference.id), latest.version > reference.version, latest.status == .published
    else { return nil }
    return latest
  }

  private func step(
    from older: PinnedQuestionnaire, to newer: PinnedQuestionnaire, _ migrations: [MigrationReading],
    _ tell: (String) -> Void
  ) throws(Failure) -> Correspondence {
    let (before, after) = (older.questionnaire, newer.questionnaire)
    let reading = migrations.first { $0.leads(from: before.version, to: after.version) }
    let base = try base(of: before, after, tell: tell)
    if reading == nil, !entries().contains(where: { $0.id == after.id }) {
      tell(
        "\(after.id) is not among the questionnaires here, so its migrations are not, either: only what is the same to the "
          + "letter is compared. --questionnaires names the folder where they are.")
    }
    var migration = reading?.migration
    if let reading,
      let problem = reading.diagnostics.first
        ?? migrationProblems(reading, from: older, to: newer, base: base).first(where: {
          !$0.isAdvice && $0.code != "Q05"
        })
    {
      tell(
        "\(problem.text)\nThis migration is not used; `outside-in questionnaire check` tells all that is wrong with it."
      )
      migration = nil
    }
    return Correspondence(
      from: before, to: after, changes: migration?.changes ?? [], link: migration?.link, base: base)
  }

  /// What an edition is based on in two of its versions, in its words; nil where there is no such thing.
  func base(
    of older: Questionnaire, _ newer: Questionnaire, tell: (String) -> Void = System.tell
  ) throws(Failure) -> Correspondence.Base? {
    guard let before = try base(of: older), let after = try base(of: newer),
      before.questionnaire.id == after.questionnaire.id,
      before.questionnaire.version <= after.questionnaire.version
    else { return nil }
    return Correspondence.Base(
      older: before.questionnaire, newer: after.questionnaire,
      correspondence: try way(from: before, to: after, tell: tell))
  }

  /// What an edition is based on, in its words; nil where it is none, or that is not installed.
  func base(of edition: Questionnaire) throws(Failure) -> PinnedQuestionnaire? {
    guard let reference = edition.basedOn,
      let entry = entries().first(where: { "\($0.id)@\($0.version)" == reference })
    else { return nil }
    let published = PinnedQuestionnaire(try read(entry))
    // Words that the base has no place for are the edition's own.
    let terms = edition.terms.filter { published.questionnaire.terms[$0.key] != nil }
    return PinnedQuestionnaire(try read(entry, terms: terms), published: published.digests.content)
  }

  /// The installed text of a version where that is what was asked, be it in another word; else the text itself.
  private func published(_ pinned: PinnedQuestionnaire) throws(Failure) -> PinnedQuestionnaire {
    guard let content = pinned.published,
      let entry = entries().first(where: {
        $0.id == pinned.questionnaire.id && $0.version == pinned.questionnaire.version
      })
    else { return pinned }
    let installed = PinnedQuestionnaire(try read(entry))
    return installed.digests.content == content ? installed : pinned
  }
}
