import ArgumentParser
import AssessmentModel
import Reporting
import Shell
import Storage

struct RenameCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rename", abstract: "Change the names in an assessment, or in all of an organisation.")

  @OptionGroup var global: GlobalOptions
  @Argument(help: "An assessment.", completion: savedIDs) var id: String?
  @Option(help: "All assessments of an organisation, by its name as it is written there.") var allOf: String?
  @Option(help: "With --all-of: only those of a team, by its name as it is written there.") var ofTeam:
    String?
  @Option(help: "The organisation's name.") var organization: String?
  @Option(help: "The team's name.") var team: String?
  @Option(help: "A rater's name, as ID=NAME; may be given several times.") var rater: [String] = []

  func validate() throws {
    if (id == nil) == (allOf == nil) { throw ValidationError("Give an assessment, or --all-of with a name.") }
    if allOf != nil, !rater.isEmpty { throw ValidationError("--rater is for one assessment.") }
    if allOf == nil, ofTeam != nil { throw ValidationError("--of-team goes with --all-of.") }
    if allOf != nil, ofTeam == nil, team != nil {
      throw ValidationError("With --all-of alone all teams would become one; --of-team says which of them.")
    }
    if organization == nil, team == nil, rater.isEmpty {
      throw ValidationError("Give --organization, --team or --rater.")
    }
    if let wrong = rater.first(where: { !$0.contains("=") }) {
      throw ValidationError("--rater takes ID=NAME, not \"\(wrong)\".")
    }
  }

  func run() throws {
    let store = try global.settings.openStore()
    let (organization, team) = (organization.map(Self.squeezed), team.map(Self.squeezed))
    for name in [organization, team].compactMap({ $0 }) { try Self.check(name) }
    if let allOf { return try renameAll(of: allOf, in: store, organization, team) }
    let opened = try Opened(id ?? "last", in: store, toChange: true)
    var events: [SessionEvent] = []
    if organization != nil || team != nil {
      events.append(
        .named(
          organization: organization ?? opened.assessment.organization,
          team: team ?? opened.assessment.team))
    }
    var changed = opened.assessment
    for change in rater {
      let parts = change.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard var known = opened.assessment.rater(String(parts[0])) else {
        let ids = opened.assessment.raters.map(\.id)
        throw Failure(
          .notFound, "There is no rater \"\(parts[0])\"; there are \(ids.joined(separator: ", ")).")
      }
      known.name = Self.squeezed(String(parts[1]))
      try Self.check(known.name)
      if let other = changed.namesake(of: known.name, apartFrom: known.id) {
        throw Failure(
          .data,
          "\(other.name) (\(other.id)) answers in \(changed.id) already; two people need two names. Nothing was "
            + "changed.")
      }
      events.append(.rated(known))
      changed = Session(changed, events: [.rated(known)]).assessment
    }
    _ = try stored { () throws(StoreError) in
      try store.append(events, to: opened.stored, at: System.now())
    }
  }

  /// All or none of them, so that no team is in two organisations in between.
  private func renameAll(of old: String, in store: Store, _ organization: String?, _ team: String?) throws {
    let ids = try store.idsToChange(of: old, team: ofTeam)
    // Whom they come to.
    let before = try stored { () throws(StoreError) in
      try store.ids(organization: organization ?? old, team: team).filter { !ids.contains($0) }
    }
    let locks = try store.holdAll(ids)
    try withExtendedLifetime(locks) {
      _ = try stored { () throws(StoreError) in
        try store.rename(ids, organization: organization, team: team, at: System.now())
      }
    }
    System.tell("\(counted(ids.count, "assessment", "assessments")) renamed.")
    if !before.isEmpty {
      System.tell(
        "“\(organization ?? old)”\(team.map { ", “\($0)”," } ?? "") had \(before.count) already, and now has \(before.count + ids.count). To part them again, rename these: "
          + ids.prefix(20).joined(separator: ", ") + (ids.count > 20 ? " and \(ids.count - 20) more" : "")
          + ".")
    }
  }

  private static func squeezed(_ name: String) -> String {
    name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private static func check(_ name: String) throws(Failure) {
    if let problem = Assessment.problem(withName: name) {
      throw Failure(.data, "“\(name.prefix(40))” can't be used: \(problem). Nothing was changed.")
    }
  }
}

struct FinishCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "finish", abstract: "Seal an assessment; a later edit opens it again.")

  @OptionGroup var global: GlobalOptions
  @Argument(help: "An assessment.", completion: savedIDs) var id: String
  @Option(help: "The day it was over, where that is not today.") var date: String?

  func run() throws {
    let store = try global.settings.openStore()
    let opened = try Opened(id, in: store, toChange: true)
    let day = try System.pastDay(date, "--date")
    if let day, let start = opened.assessment.startedAt, day < start.day {
      throw Failure(.usage, "--date \(day) lies before the day it was begun, \(start.day).")
    }
    guard opened.assessment.finishedAt == nil else {
      System.tell("\(opened.assessment.id) was finished already; nothing was changed.")
      return
    }
    let now = System.now()
    // What only came in from elsewhere was over when it was answered, not when somebody seals it.
    let held = opened.stored.sequence == 0 ? min(opened.assessment.heldAt ?? now, now) : now
    // Of a day in which it was begun it was over after that.
    let moment =
      day.map {
        max(
          Timestamp(secondsSince1970: Int64($0.daysSince1970) * 86_400),
          opened.assessment.startedAt ?? Timestamp(secondsSince1970: 0))
      } ?? held
    _ = try stored { () throws(StoreError) in
      try store.append(
        [.finished(at: moment)], unrevealed: opened.workshop.leftovers, to: opened.stored, at: now)
    }
    let asOf =
      moment.day == now.day ? "" : ", as of \(moment.day)" + (day == nil ? ", when it was answered" : "")
    System.tell("\(opened.assessment.id) is finished\(asOf).")
  }
}
