import ArgumentParser
import AssessmentModel
import QuestionnaireFormat
import Reporting

struct QuestionnaireLockCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lock",
    abstract: "Write the digests of published versions into LOCK, so that no change of them goes unnoticed.")

  @OptionGroup var global: GlobalOptions
  @Argument(help: "The folder that holds ID/VERSION.") var folder: String

  func run() throws {
    let root = folder.withoutLastStrokes
    var check = QuestionnaireCheck(catalog: global.settings.catalog)
    try check.add(root)
    // Not being locked yet is what is mended here.
    let problems = check.allProblems().filter { !($0.code == "Q28" && !$0.file.hasSuffix(LockFile.name)) }
    guard problems.isEmpty else {
      try System.write(check.text(of: problems))
      throw Failure(.data, "Nothing is locked while there are problems.")
    }
    let path = "\(root)/\(LockFile.name)"
    var lock = LockFile()
    if let text = check.sources[path] { lock = try LockFile(reading: text, file: path) }
    let versions = check.versions(under: root)
    guard !versions.isEmpty else {
      // A version's own folder lies two below it, a questionnaire's one.
      let parts = root.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
      let above = parts.dropLast(parts.last.flatMap(Version.init) == nil ? 1 : 2).joined(separator: "/")
      throw Failure(
        .usage,
        "Give the folder that holds ID/VERSION: outside-in questionnaire lock \(above.isEmpty ? "." : above)")
    }
    let published = versions.filter { $0.questionnaire.status != .draft }
    let new = published.map(LockFile.Entry.init).filter { lock.entry($0.id, $0.version) == nil }
    lock.add(new)
    let ways = check.migrations(under: root).filter { migration in
      let id = migration.questionnaire
      return lock.migration(id, migration.name) == nil
        && [migration.from, migration.to].allSatisfy { lock.entry(id, $0.version) != nil }
    }.map(LockFile.MigrationEntry.init)
    guard !new.isEmpty || !ways.isEmpty else {
      return System.tell(
        published.isEmpty
          ? "No version is published yet: write `status: published` in its questionnaire.yaml when it is ready."
          : "Every published version is locked already.")
    }
    lock.add(ways)
    try System.writeFile(path, lock.text)
    for entry in new { System.tell("\(entry.id) \(entry.version) is locked.") }
    for way in ways { System.tell("The migration \(way.name) of \(way.id) is locked.") }
  }
}
