import ArgumentParser
import AssessmentModel
import Foundation
import QuestionnaireFormat
import Reporting

struct QuestionnaireCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Find every problem in the files of questionnaires and their actions.")

  @OptionGroup var global: GlobalOptions
  @Argument(help: "Folders, or single files.") var paths: [String]
  @Option(help: "text or json.") var format: TextFormat = .text

  func run() throws {
    var check = QuestionnaireCheck(catalog: global.settings.catalog)
    for path in paths { try check.add(path) }
    let problems = check.allProblems()
    let found = (problems + check.advice).sorted(by: Diagnostic.precedes)
    switch format {
    case .text:
      try global.settings.write(check.text(of: found))
    case .json:
      let document = JSONValue.object([
        "schema": .string("outside-in.check/1"),
        "problems": .array(
          found.map {
            .object([
              "severity": .string($0.isAdvice ? "advice" : "error"),
              "file": .string($0.file), "line": .integer($0.line), "column": .integer($0.column),
              "code": .string($0.code), "message": .string($0.message),
            ])
          }),
      ])
      try global.settings.write(document.text(pretty: true) + "\n")
    }
    let checked = counted(check.count, "file", "files") + " checked: "
    let hints = check.advice.isEmpty ? "" : ", \(counted(check.advice.count, "piece", "pieces")) of advice"
    System.tell(
      checked + (problems.isEmpty ? "no problem" : counted(problems.count, "problem", "problems"))
        + "\(hints).")
    if !problems.isEmpty { throw Failure(.data, "") }
  }
}

/// The problems in whatever is found under some paths.
struct QuestionnaireCheck {
  /// What a questionnaire may be based on, besides those that stand beside it.
  let catalog: Catalog

  private var problems: Set<Diagnostic> = []
  /// What may well be meant so; it keeps nothing from being used.
  private(set) var advice: Set<Diagnostic> = []
  /// What could be read, by the folder of its id, each with its main file.
  private var readable: [String: [(pinned: PinnedQuestionnaire, file: String)]] = [:]
  /// Migrations that could be read, by the folder of their questionnaire.
  private var migrations: [String: [MigrationReading]] = [:]
  /// The folders of all questionnaires whose published versions were looked at, and whether all were.
  private var roots: [String: Bool] = [:]
  /// The texts of the files looked at, by path.
  private(set) var sources: [String: String] = [:]
  var count: Int { sources.count }

  private static let main = "questionnaire.yaml"
  private static let actions = "actions.yaml"
  private static let overlays = "i18n"

  init(catalog: Catalog) { self.catalog = catalog }

  mutating func add(_ path: String) throws(Failure) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw Failure(.notFound, "There is no file or folder \(path).")
    }
    if !isFolder.boolValue { return try addFile(path) }
    let before = count
    try walk(path.withoutLastStrokes)
    if count == before {
      throw Failure(.notFound, "There is no \(Self.main) and no \(Self.actions) under \(path).")
    }
  }

  private mutating func addFile(_ path: String) throws(Failure) {
    let given = (path as NSString).deletingLastPathComponent
    let folder = given.isEmpty ? "." : given
    switch (path as NSString).lastPathComponent {
    case Self.actions:
      try readVersions(in: folder, for: path)
      try checkActions(path)
    case let name where !name.hasSuffix(".yaml") && name != LockFile.name:
      throw Failure(.data, "\(path) is no .yaml file; there is nothing to check in it.")
    case LockFile.name: try walk(folder)
    default:
      switch (folder as NSString).lastPathComponent {
      case Self.overlays: try checkOverlay(path)
      case Catalog.migrations: try checkMigration(path)
      default: try checkVersion(folder, only: path)
      }
    }
  }

  /// Everything found, by place.
  mutating func allProblems() -> [Diagnostic] {
    for (root, isComplete) in roots.sorted(by: { $0.key < $1.key }) {
      keep(lockProblems(root, isComplete: isComplete), only: nil)
    }
    roots = [:]
    return problems.sorted(by: Diagnostic.precedes)
  }

  /// All versions under a folder of questionnaires, where there is no problem in any.
  func versions(under root: String) -> [PinnedQuestionnaire] {
    installed(under: absolute(root)).map(\.pinned)
  }

  /// All migrations under a folder of questionnaires.
  func migrations(under root: String) -> [Migration] {
    let root = absolute(root)
    return migrations.filter { parent(of: $0.key) == root }.sorted { $0.key < $1.key }.flatMap(\.value)
      .compactMap(\.migration)
  }

  /// What stands in a folder of its id and one of its version, as it must to be found.
  private func installed(under root: String) -> [(pinned: PinnedQuestionnaire, file: String)] {
    readable.filter { parent(of: $0.key) == root }.sorted { $0.key < $1.key }.flatMap(\.value).filter {
      let (id, version) = ($0.pinned.questionnaire.id, $0.pinned.questionnaire.version)
      return absolute($0.file) == "\(root)/\(id)/\(version)/\(Self.main)"
    }
  }

  /// Links are not followed, so there is an end to it.
  private mutating func walk(_ folder: String) throws(Failure) {
    let names = Catalog.names(in: folder)
    if names.contains(LockFile.name) { roots[absolute(folder)] = true }
    if names.contains(Self.main) { try checkVersion(folder, only: nil) }
    for name in names where name != Self.overlays && name != Catalog.migrations {
      var info = stat()
      guard lstat("\(folder)/\(name)", &info) == 0 else { continue }
      switch info.st_mode & S_IFMT {
      case S_IFDIR: try walk("\(folder)/\(name)")
      case S_IFLNK:
        problems.insert(
          Diagnostic(
            file: "\(folder)/\(name)", line: 1, column: 1, code: "Q09",
            message: "a link is not followed; what it leads to was not checked"))
      default: break
      }
    }
    // After the versions, which say what there are ways, steps and texts for.
    if readable[absolute(folder)] != nil || names.contains(Catalog.migrations) {
      for file in Catalog.migrationFiles(in: "\(folder)/\(Catalog.migrations)") { try addMigration(file) }
      keep(versionProblems(in: folder), only: nil)
    }
    if names.contains(Self.actions), System.isRegularFile("\(folder)/\(Self.actions)") {
      try checkActions("\(folder)/\(Self.actions)")
    }
    if names.contains(Self.overlays) {
      for name in Catalog.names(in: "\(folder)/\(Self.overlays)")
      where name.hasSuffix(".yaml") && System.isRegularFile("\(folder)/\(Self.overlays)/\(name)") {
        try checkOverlay("\(folder)/\(Self.overlays)/\(name)")
      }
    }
  }

  /// A version's folder; with `only`, what is wrong in that one file of it.
  private mutating func checkVersion(_ folder: String, only: String?) throws(Failure) {
    let prefix = folder == "." && only?.contains("/") == false ? "" : "\(folder)/"
    let files = try Catalog.files(in: prefix)
    for name in Catalog.names(in: folder) where only == nil && System.isRegularFile(prefix + name) {
      let isKnown = [".yaml", ".schema.json", ".md"].contains { name.hasSuffix($0) }
      if !isKnown {
        problems.insert(
          Diagnostic(
            file: prefix + name, line: 1, column: 1, code: "Q09",
            message: "this file is not read; a section's file is named after it and ends in .yaml"))
      }
    }
    let parts = URL(fileURLWithPath: folder).standardizedFileURL.pathComponents.suffix(2)
    // A folder that is named for a version stands in one named for the questionnaire.
    let promised = parts.count == 2 && parts.last?.first?.isNumber == true
    let root = parent(of: parent(of: folder))
    let (catalog, installed) = (Catalog(folders: [root]), catalog)
    let reading = readQuestionnaire(
      files: files, folder: prefix, expected: promised ? (parts.first ?? "", parts.last ?? "") : nil,
      bases: { catalog.bases($0) ?? installed.bases($0) })
    keep(reading.diagnostics + reading.advice, only: only)
    if let questionnaire = reading.questionnaire {
      let pinned = PinnedQuestionnaire(questionnaire)
      readable[parent(of: folder), default: []].append((pinned, prefix + Self.main))
      if promised, roots[root] == nil,
        questionnaire.status != .draft || System.isRegularFile("\(root)/\(LockFile.name)")
      {
        roots[root] = false
      }
    }
    for (name, bytes) in files where only == nil || only == prefix + name {
      sources[prefix + name] = String(decoding: bytes, as: UTF8.self)
    }
  }

  /// The versions that a single file beside them is checked against.
  private mutating func readVersions(in folder: String, for path: String) throws(Failure) {
    for name in Catalog.names(in: folder) where Version(name) != nil {
      try checkVersion("\(folder)/\(name)", only: path)
    }
  }

  private mutating func addMigration(_ file: String) throws(Failure) {
    let bytes = try System.read(file, limit: 2 << 20)
    let reading = readMigration(bytes, file: file)
    keep(reading.diagnostics, only: nil)
    sources[file] = String(decoding: bytes, as: UTF8.self)
    migrations[parent(of: parent(of: file)), default: []].append(reading)
  }

  /// One migration, against the versions beside it.
  private mutating func checkMigration(_ path: String) throws(Failure) {
    let folder = parent(of: parent(of: path))
    try readVersions(in: shown(folder), for: path)
    for file in Catalog.migrationFiles(in: shown("\(folder)/\(Catalog.migrations)"))
    where absolute(file) == absolute(path) { try addMigration(file) }
    let found = versionProblems(in: folder).filter { absolute($0.file) == absolute(path) }
    keep(found, only: nil)
  }

  /// What is wrong between versions of one questionnaire, where all of them can be read.
  private func versionProblems(in folder: String) -> [Diagnostic] {
    let root = absolute(folder)
    let names = Catalog.names(in: root).filter {
      Version($0) != nil && System.isRegularFile("\(root)/\($0)/\(Self.main)")
    }
    let versions = (readable[root] ?? []).filter { pinned, file in
      absolute(file) == "\(root)/\(pinned.questionnaire.version)/\(Self.main)"
    }
    guard versions.count == names.count else { return [] }
    let catalog = Catalog(folders: [parent(of: root)] + catalog.folders)
    return QuestionnaireFormat.versionProblems(
      versions.map { pinned, file in
        VersionOnDisk(
          pinned: pinned, file: file, line: line(of: "version", in: file),
          base: (try? catalog.base(of: pinned.questionnaire)) ?? nil)
      }, migrations: migrations[root] ?? [],
      baseWay: { try? catalog.way(from: $0, to: $1, tell: { _ in }) })
  }

  /// The line where a key of a main file stands.
  private func line(of key: String, in file: String) -> Int {
    let lines = (sources[file] ?? "").split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    return (lines.firstIndex { $0.hasPrefix(key + ":") } ?? 0) + 1
  }

  private mutating func checkActions(_ path: String) throws(Failure) {
    let bytes = try System.read(path, limit: 2 << 20)
    // Against the versions that stand beside it, as far as they were looked at.
    let versions = readable[parent(of: path)]?.map(\.pinned.questionnaire) ?? []
    let reading = readActions(
      bytes, file: path, versions: versions,
      metrics: Catalog(folders: []).metrics(in: ["customer": "customer"]).metrics.map(\.id))
    keep(reading.diagnostics + reading.advice, only: nil)
    sources[path] = String(decoding: bytes, as: UTF8.self)
  }

  private mutating func checkOverlay(_ path: String) throws(Failure) {
    let bytes = try System.read(path, limit: 2 << 20)
    let folder = parent(of: parent(of: path))
    if readable[folder] == nil {
      try readVersions(in: folder, for: path)
    }
    let versions = readable[folder]?.map(\.pinned.questionnaire) ?? []
    keep(overlayProblems(bytes, file: path, versions: versions), only: nil)
    sources[path] = String(decoding: bytes, as: UTF8.self)
  }

  private mutating func lockProblems(_ root: String, isComplete: Bool) -> [Diagnostic] {
    let path = shown("\(root)/\(LockFile.name)")
    let versions = installed(under: root)
    do {
      var lock = LockFile()
      if System.isRegularFile(path) {
        let text = String(decoding: try System.read(path, limit: 2 << 20), as: UTF8.self)
        sources[path] = text
        lock = try LockFile(reading: text, file: path)
      }
      let beside = migrations.filter { parent(of: $0.key) == root }.flatMap(\.value).compactMap { reading in
        reading.migration.map { ($0, reading.file) }
      }
      return lock.problems(with: versions, file: path, isComplete: isComplete)
        + lock.problems(with: beside, file: path)
    } catch let error as LockFileError {
      return error.problems
    } catch {
      return [
        Diagnostic(file: path, line: 1, column: 1, code: "Q28", message: "the file can't be read")
      ]
    }
  }

  private mutating func keep(_ found: [Diagnostic], only: String?) {
    for diagnostic in found where only == nil || diagnostic.file == only {
      if diagnostic.isAdvice { advice.insert(diagnostic) } else { problems.insert(diagnostic) }
    }
  }

  /// Problems as they are read: each with its line and a caret.
  func text(of problems: [Diagnostic]) -> String {
    let lines = sources.mapValues { $0.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) }
    return problems.map { excerpt($0, from: lines[$0.file] ?? []) + "\n" }.joined()
  }

  /// Absolute, so that `.` and `..` have parents like any other.
  private func parent(of path: String) -> String {
    (absolute(path) as NSString).deletingLastPathComponent
  }

  private func absolute(_ path: String) -> String { URL(fileURLWithPath: path).standardizedFileURL.path }

  /// As it is told: below the folder that somebody works in.
  private func shown(_ path: String) -> String {
    let here = FileManager.default.currentDirectoryPath + "/"
    return path.hasPrefix(here) ? String(path.dropFirst(here.count)) : path
  }
}
