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
    var check = QuestionnaireCheck()
    for path in paths { try check.add(path) }
    let problems = check.problems.sorted {
      ($0.file, $0.line, $0.column, $0.code) < ($1.file, $1.line, $1.column, $1.code)
    }
    switch format {
    case .text:
      let texts = problems.map { excerpt($0, from: check.sources[$0.file]) + "\n" }
      try System.write(texts.joined())
    case .json:
      let document = JSONValue.object([
        "schema": .string("outside-in.check/1"),
        "problems": .array(
          problems.map {
            .object([
              "file": .string($0.file), "line": .integer($0.line), "column": .integer($0.column),
              "code": .string($0.code), "message": .string($0.message),
            ])
          }),
      ])
      try System.write(document.text(pretty: true) + "\n")
    }
    let checked = counted(check.count, "file", "files") + " checked: "
    System.tell(
      checked + (problems.isEmpty ? "no problem." : counted(problems.count, "problem", "problems") + "."))
    if !problems.isEmpty { throw Failure(.data, "") }
  }
}

/// The problems in whatever is found under some paths.
struct QuestionnaireCheck {
  private(set) var problems: [Diagnostic] = []
  /// What could be read, by the folder that its version stands in.
  private var readable: [String: [Questionnaire]] = [:]
  /// The texts of the files looked at, by path.
  private(set) var sources: [String: String] = [:]
  var count: Int { sources.count }

  private static let main = "questionnaire.yaml"
  private static let actions = "actions.yaml"

  mutating func add(_ path: String) throws(Failure) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw Failure(.notFound, "There is no file or folder \(path).")
    }
    if !isFolder.boolValue {
      let folder = (path as NSString).deletingLastPathComponent
      let name = (path as NSString).lastPathComponent
      return name == Self.actions
        ? try checkActions(path) : try checkVersion(folder.isEmpty ? "." : folder, only: path)
    }
    let before = count
    try walk(path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path)
    if count == before {
      throw Failure(.notFound, "There is no \(Self.main) and no \(Self.actions) under \(path).")
    }
  }

  /// Links are not followed, so there is an end to it.
  private mutating func walk(_ folder: String) throws(Failure) {
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    if names.contains(Self.main) { try checkVersion(folder, only: nil) }
    for name in names where !name.hasPrefix(".") {
      var info = stat()
      if lstat("\(folder)/\(name)", &info) == 0, info.st_mode & S_IFMT == S_IFDIR {
        try walk("\(folder)/\(name)")
      }
    }
    // After the versions, which say what there are steps for.
    if names.contains(Self.actions) { try checkActions("\(folder)/\(Self.actions)") }
  }

  /// A version's folder; with `only`, what is wrong in that one file of it.
  private mutating func checkVersion(_ folder: String, only: String?) throws(Failure) {
    let prefix = folder == "." && only?.contains("/") == false ? "" : "\(folder)/"
    var files: [String: [UInt8]] = [:]
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    for name in names where name.hasSuffix(".yaml") && System.isRegularFile(prefix + name) {
      files[name] = try System.read(prefix + name, limit: 2 << 20)
    }
    let parts = URL(fileURLWithPath: folder).standardizedFileURL.pathComponents.suffix(2)
    // A folder that is named for a version stands in one named for the questionnaire.
    let promised = parts.count == 2 && Version(parts.last ?? "") != nil
    let reading = readQuestionnaire(
      files: files, folder: prefix, expected: promised ? (parts.first ?? "", parts.last ?? "") : nil)
    keep(reading.diagnostics, only: only)
    if let questionnaire = reading.questionnaire {
      readable[(folder as NSString).deletingLastPathComponent, default: []].append(questionnaire)
    }
    for (name, bytes) in files where only == nil || only == prefix + name {
      sources[prefix + name] = String(decoding: bytes, as: UTF8.self)
    }
  }

  private mutating func checkActions(_ path: String) throws(Failure) {
    let bytes = try System.read(path, limit: 2 << 20)
    // Against the versions that stand beside it, as far as they were looked at.
    let versions = readable[(path as NSString).deletingLastPathComponent] ?? []
    keep(readActions(bytes, file: path, versions: versions).diagnostics, only: nil)
    sources[path] = String(decoding: bytes, as: UTF8.self)
  }

  private mutating func keep(_ found: [Diagnostic], only: String?) {
    problems += found.filter { (only == nil || $0.file == only) && !problems.contains($0) }
  }
}
