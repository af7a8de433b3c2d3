import ArgumentParser
import AssessmentModel
import Reporting
import Shell
import Storage

struct DeleteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete", abstract: "Delete an assessment for good, or all of an organisation.")

  @OptionGroup var global: GlobalOptions
  @Argument(help: "An assessment.", completion: savedIDs) var id: String?
  @Option(help: "All assessments of an organisation, by its name as it is written there.") var allOf: String?
  @Option(help: "With --all-of: only those of a team, by its name as it is written there.") var ofTeam:
    String?
  @Flag(help: "Don't ask.") var yes = false

  func validate() throws {
    if (id == nil) == (allOf == nil) { throw ValidationError("Give an assessment, or --all-of with a name.") }
    if allOf == nil, ofTeam != nil { throw ValidationError("--of-team goes with --all-of.") }
  }

  func run() throws {
    let store = try global.settings.openStore()
    let ids: [String]
    if let allOf {
      ids = try store.idsToChange(of: allOf, team: ofTeam)
    } else {
      ids = [try stored { () throws(StoreError) in try store.resolve(id ?? "") }]
    }
    let what =
      allOf.map { name in
        "\(counted(ids.count, "assessment", "assessments")) of “\(name)”" + (ofTeam.map { ", “\($0)”" } ?? "")
      } ?? Self.named(ids[0], in: store)
    if !yes {
      guard global.settings.mayAsk else {
        throw Failure(.usage, "Nothing was deleted: give --yes where nobody can be asked.")
      }
      let entry = global.settings.console().read(
        prompt: "Delete \(what) for good? yes or no> ".harmless, initial: "",
        complete: { _ in .words(["yes", "no"]) })
      guard case .line(let answer) = entry, YesOrNo(answer) == .yes else {
        System.tell("Nothing was deleted.")
        return
      }
    }
    let locks = try store.holdAll(ids)
    try withExtendedLifetime(locks) {
      try stored { () throws(StoreError) in try store.delete(ids) }
    }
    // What is deleted is nowhere in this folder any more.
    try ReplacedFiles.remove(Set(ids), in: store.directory)
    System.tell(
      "Deleted: \(what). Copies and exported files that hold it bring it back when they are imported.")
    if let allOf {
      let others = try stored { () throws(StoreError) in try store.organizations(alike: allOf) }
      if !others.isEmpty {
        System.tell("\(listed(others.map { "“\($0)”" })) may be the same organisation, and stays.")
      }
    }
    let backups = Catalog.names(in: store.directory).filter { $0.hasPrefix(Store.fileName + ".schema-") }
      .sorted()
    if !backups.isEmpty {
      System.tell(
        "Copies from before an update may hold it, too: \(listed(backups)) in \(store.directory). Delete them once you don't need them."
      )
    }
  }

  /// With the day that tells two of one team apart.
  private static func named(_ id: String, in store: Store) -> String {
    // What is damaged can be deleted too, so its name need not be readable.
    guard let assessment = (try? Opened(id, in: store))?.assessment else {
      return "\(id), which can't be opened,"
    }
    return ImportCommand.dated(assessment) + ", \(id)"
  }
}

extension Store {
  /// Ids of an organisation's assessments, or of a team's of it, by names as they are written.
  func idsToChange(of organization: String, team: String?) throws(Failure) -> [String] {
    let found = try stored { () throws(StoreError) in try ids(organization: organization, team: team) }
    guard found.isEmpty else { return found }
    guard let team, try !stored({ () throws(StoreError) in try ids(organization: organization) }).isEmpty
    else {
      throw nothing(of: organization)
    }
    throw Failure(
      .notFound,
      "There is nothing of team “\(team)” of “\(organization)”. `outside-in list` shows the names as they are written."
    )
  }

  /// Nobody may be working on one of many that are changed together.
  func holdAll(_ ids: [String]) throws(Failure) -> [AssessmentLock] {
    var locks: [AssessmentLock] = []
    for id in ids where ids.count == 1 || mayBeHeld(id) {
      if let lock = try stored({ () throws(StoreError) in try hold(id, at: System.now()) }) {
        locks.append(lock)
      }
    }
    return locks
  }
}
