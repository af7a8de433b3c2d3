import AssessmentModel
import EmbeddedTexts
import Foundation
import QuestionnaireFormat

/// The questionnaires that can be started: a user's own folders, then what is built in.
struct Catalog {
  /// Folders that hold `<id>/<version>/`, the first found first.
  let folders: [String]

  struct Entry: Hashable {
    let id: String
    let version: Version
    /// nil for a built-in one.
    let folder: String?
  }

  /// Every version there is, by id and newest first; a user's own stands before a built-in one.
  func entries() -> [Entry] {
    var entries: [Entry] = []
    for folder in folders {
      for id in Self.names(in: folder) {
        for name in Self.names(in: "\(folder)/\(id)") {
          guard let version = Version(name) else { continue }
          entries.append(Entry(id: id, version: version, folder: folder))
        }
      }
    }
    for (path, _) in EmbeddedTexts.files where path.hasSuffix("/questionnaire.yaml") {
      let parts = path.split(separator: "/")
      guard parts.count == 4, parts[0] == "questionnaires", parts[3] == "questionnaire.yaml",
        let version = Version(String(parts[2]))
      else { continue }
      entries.append(Entry(id: String(parts[1]), version: version, folder: nil))
    }
    // Few, and the runtime takes longer to find out how to hash them than to compare them.
    var first: [Entry] = []
    for entry in entries
    where !first.contains(where: { $0.id == entry.id && $0.version == entry.version }) {
      first.append(entry)
    }
    return first.sorted { $0.id != $1.id ? $0.id < $1.id : $0.version > $1.version }
  }

  var ids: [String] { Set(entries().map(\.id)).sorted() }

  /// Finds `ID` or `ID@VERSION`; without a version the latest published one, else the latest draft.
  func find(_ text: String) throws(Failure) -> Questionnaire {
    let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
      .map(String.init)
    guard let id = parts.first, !parts.contains("") else {
      throw Failure(.usage, "Give a questionnaire as ID or ID@VERSION.")
    }
    let all = entries()
    var version: Version?
    if parts.count == 2 {
      version = Version(parts[1])
      guard version != nil else {
        throw Failure(.usage, "\"\(parts[1])\" is no version such as 1.0.0.")
      }
    }
    let candidates = all.filter { $0.id == id && (version == nil || $0.version == version) }
    guard !candidates.isEmpty else {
      let known = Set(all.map(\.id)).sorted()
      let versions = all.filter { $0.id == id }.map(\.version).sorted().map(\.description)
      if let version, !versions.isEmpty {
        throw Failure(
          .notFound, "There is no version \(version) of \(id); there is \(versions.joined(separator: ", ")).")
      }
      throw Failure(
        .notFound,
        sentence("There is no questionnaire \"\(text)\"" + suggestion(for: id, among: known))
          + " `outside-in questionnaire list` shows what is there.")
    }
    var draft: Questionnaire?
    var problem: Failure?
    for entry in candidates {
      let questionnaire: Questionnaire
      do throws(Failure) {
        questionnaire = try read(entry)
      } catch {
        // A draft in the making keeps nobody from what is published.
        if version != nil { throw error }
        problem = problem ?? error
        continue
      }
      if version != nil || questionnaire.status == .published { return questionnaire }
      if questionnaire.status == .draft, draft == nil { draft = questionnaire }
    }
    if draft == nil, let problem { throw problem }
    guard let draft else { throw Failure(.notFound, "Every version of \(id) is withdrawn.") }
    return draft
  }

  /// Reads and checks one version, with `terms` in the place of the author's.
  func read(_ entry: Entry, terms: [String: String] = [:]) throws(Failure) -> Questionnaire {
    let (files, folder) = try files(of: entry)
    let reading = readQuestionnaire(
      files: files, folder: folder, expected: (entry.id, entry.version.description), terms: terms,
      bases: bases)
    guard let questionnaire = reading.questionnaire else { throw Failure(reading.diagnostics) }
    return questionnaire
  }

  /// An installed version with `terms` in the place of the author's, and which published text it is; nil where
  /// that version is not installed.
  func pinned(
    _ id: String, _ version: Version, terms: [String: String]
  ) throws(Failure) -> PinnedQuestionnaire? {
    guard let entry = entries().first(where: { $0.id == id && $0.version == version }) else { return nil }
    let published = PinnedQuestionnaire(try read(entry))
    if published.questionnaire.terms == terms { return published }
    return PinnedQuestionnaire(try read(entry, terms: terms), published: published.digests.content)
  }

  /// The same in other words as what an assessment refers to; nil where that is not what is installed.
  func pinned(
    _ reference: QuestionnaireReference, _ terms: [String: String]
  ) throws(Failure) -> PinnedQuestionnaire? {
    guard let pinned = try pinned(reference.id, reference.version, terms: terms),
      pinned.reference.asksTheSame(as: reference)
    else { return nil }
    return pinned
  }

  /// The digests of an installed version: those of the LOCK beside it where it stands there, which
  /// spares reading it; nil where there is no such version.
  func digests(of id: String, _ version: Version) -> Digests? {
    guard let entry = entries().first(where: { $0.id == id && $0.version == version }) else { return nil }
    let text: String? =
      if let folder = entry.folder {
        (try? System.read("\(folder)/\(LockFile.name)", limit: 2 << 20)).map {
          String(decoding: $0, as: UTF8.self)
        }
      } else {
        EmbeddedTexts.text("questionnaires/\(LockFile.name)")
      }
    if let text, let lock = try? LockFile(reading: text, file: LockFile.name),
      let locked = lock.entry(id, version)
    {
      return locked.digests
    }
    return (try? read(entry)).map { PinnedQuestionnaire($0).digests }
  }

  /// What a questionnaire of one's own may be based on.
  var bases: QuestionnaireFiles {
    { reference in
      let entry = entries().first { "\($0.id)@\($0.version)" == reference }
      return entry.flatMap { try? files(of: $0).files }
    }
  }

  private func files(
    of entry: Entry
  ) throws(Failure) -> (files: [String: [UInt8]], folder: String) {
    let path = "\(entry.id)/\(entry.version)/"
    if let own = entry.folder {
      let folder = "\(own)/\(path)"
      return (try Self.files(in: folder), folder)
    }
    let folder = "questionnaires/\(path)"
    var files: [String: [UInt8]] = [:]
    for (path, text) in EmbeddedTexts.files where path.hasPrefix(folder) {
      files[String(path.dropFirst(folder.count))] = Array(text.utf8)
    }
    return (files, folder)
  }

  /// The YAML files of a version's folder, whose path ends with a stroke or is empty.
  static func files(in folder: String) throws(Failure) -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for name in names(in: folder.isEmpty ? "." : folder)
    where name.hasSuffix(".yaml") && System.isRegularFile(folder + name) {
      files[name] = try System.read(folder + name, limit: 2 << 20)
    }
    return files
  }

  /// The steps for a questionnaire's plan, its own or those of what it is based on, in its own words; nil
  /// where nobody wrote any.
  func actions(for questionnaire: Questionnaire) throws(Failure) -> ActionLibrary? {
    let base = questionnaire.basedOn?.split(separator: "@").first.map(String.init)
    for id in [questionnaire.id, base] {
      if let id, let library = try actions(of: id, for: questionnaire) { return library }
    }
    return nil
  }

  private func actions(of id: String, for questionnaire: Questionnaire) throws(Failure) -> ActionLibrary? {
    let name = "\(id)/actions.yaml"
    var source: (bytes: [UInt8], file: String)?
    for folder in folders where System.isRegularFile("\(folder)/\(name)") {
      source = (try System.read("\(folder)/\(name)", limit: 2 << 20), "\(folder)/\(name)")
      break
    }
    if source == nil, let text = EmbeddedTexts.text("questionnaires/\(name)") {
      source = (Array(text.utf8), "questionnaires/\(name)")
    }
    guard let source else { return nil }
    let reading = readActions(
      source.bytes, file: source.file, profile: questionnaire.items, terms: questionnaire.terms)
    guard let library = reading.library else { throw Failure(reading.diagnostics) }
    return library
  }

  /// The library of metrics, in somebody's words.
  func metrics(in terms: [String: String]) -> MetricLibrary {
    let path = "Resources/metrics.yaml"
    guard let text = EmbeddedTexts.text(path) else { return MetricLibrary() }
    return readMetrics(Array(text.utf8), file: path, terms: terms).library ?? MetricLibrary()
  }

  static func names(in folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter {
      !$0.hasPrefix(".")
    }.sorted()
  }
}
