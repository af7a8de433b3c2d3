import ArgumentParser
import Foundation
import QuestionnaireFormat
import Reporting
import Storage

struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "See whether all that is saved is sound, and which names may be one; copy it all.",
    discussion: """
      --copy writes the whole store into a new folder, with what export leaves out, and your own questionnaires: the way to a new \
      computer. There, --data-dir names that folder, or its files go where `doctor` says that assessments are saved.
      """)

  @OptionGroup var global: GlobalOptions
  @Option(help: "Copy everything into this folder, which must be new or empty.", completion: .directory)
  var copy: String?

  func validate() throws {
    if copy == "" { throw ValidationError("--copy takes the name of a folder.") }
  }

  func run() throws {
    let settings = global.settings
    let store = try settings.openStore()
    let state = try stored { () throws(StoreError) in try store.examine() }
    let own = settings.catalog.entries().filter { $0.folder != nil }
    var rows: [(String, String)] = [
      ("saved in", store.directory),
      (
        "assessments",
        "\(state.assessments), of which \(state.open) \(state.open == 1 ? "is" : "are") open"
      ),
      ("size", "\(max(1, state.bytes / 1_000_000)) MB"),
      ("questionnaires kept with them", "\(state.questionnaires)"),
      ("your own questionnaires", own.isEmpty ? "none" : listed(own.map { "\($0.id)@\($0.version)" })),
      ("program, schema, SQLite", "\(OutsideIn.configuration.version), \(state.schema), \(state.sqlite)"),
    ]
    rows.append(("state", state.damage.isEmpty ? "all is sound" : "damaged"))
    let table = Table([.init(""), .init("")], rows: rows.map { [$0.0, $0.1] })
    try settings.write(terminalText([.table(table)], style: settings.style))
    guard state.damage.isEmpty else {
      throw Failure(
        .inputOutput,
        state.damage.map { "  \($0)" }.joined(separator: "\n")
          + "\nThe store is damaged. Nothing was changed; take the file from a backup, or ask for help with these lines."
      )
    }
    for line in try SameNames.lines(in: store, isThorough: true) { try settings.write(line + "\n") }
    if let copy { try copyAll(of: store, to: copy, settings) }
  }

  private func copyAll(of store: Store, to folder: String, _ settings: Settings) throws {
    let place = folder.withoutLastStrokes
    if FileManager.default.fileExists(atPath: place),
      !Catalog.names(in: place).isEmpty || !System.isFolder(place)
    {
      throw Failure(.cannotCreate, "\(place) is there already, and not empty. Give the name of a new folder.")
    }
    do {
      try FileManager.default.createDirectory(
        atPath: place, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw Failure(.cannotCreate, "Can't create \(place): \(error.localizedDescription)")
    }
    let own = settings.dataDirectory + "/questionnaires"
    var files = 0
    for path in Self.files(in: own, "") {
      let target = "\(place)/questionnaires/\(path)"
      try? FileManager.default.createDirectory(
        atPath: URL(fileURLWithPath: target).deletingLastPathComponent().path,
        withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
      let outlet = try Outlet(to: target)
      try outlet.write(try System.read("\(own)/\(path)"))
      try outlet.finish()
      files += 1
    }
    let replaced = ReplacedFiles.all(in: store.directory)
    for name in replaced {
      let outlet = try Outlet(to: "\(place)/\(name)")
      try outlet.write(try System.read("\(store.directory)/\(name)"))
      try outlet.finish()
    }
    // The store comes last: where it is, all is.
    try stored { () throws(StoreError) in try store.copy(to: "\(place)/\(Store.fileName)") }
    let copied = try stored { () throws(StoreError) in try Store(directory: place).count() }
    let more =
      (files > 0 ? [counted(files, "file", "files") + " of your own questionnaires"] : [])
      + (replaced.isEmpty ? [] : [counted(replaced.count, "file", "files") + " of what was replaced"])
    System.tell(
      "All of it is in \(place), \(counted(copied, "assessment", "assessments"))\(more.isEmpty ? "" : " with " + listed(more)). To look at it: outside-in list "
        + "--data-dir \(place)")
    if !settings.questionnaires.isEmpty {
      System.tell("Folders that --questionnaires names stay where they are; copy them, too.")
    }
  }

  /// Paths of all files below a folder; no links.
  private static func files(in folder: String, _ inner: String) -> [String] {
    Catalog.names(in: folder + (inner.isEmpty ? "" : "/\(inner)")).flatMap { name -> [String] in
      let path = inner.isEmpty ? name : "\(inner)/\(name)"
      if System.isFolder("\(folder)/\(path)") { return files(in: folder, path) }
      return System.isRegularFile("\(folder)/\(path)") ? [path] : []
    }
  }
}
