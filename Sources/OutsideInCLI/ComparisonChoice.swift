import AssessmentModel
import QuestionnaireFormat
import Scoring
import Storage

/// Which assessments are compared, and how their versions correspond.
struct ComparisonChoice {
  let store: Store
  let catalog: Catalog

  /// What is meant by what was typed, the earliest first.
  ///
  /// - Parameter given: Nothing for the two latest finished of the team worked on last, one id for it and the one before
  ///   of its team, `last:ORGANIZATION` for the two latest finished of its one team, or several ids.
  func assessments(_ given: [String]) throws(Failure) -> [Opened] {
    var ids: [String] = []
    switch given.count {
    case 0:
      let last = try summary(try resolve("last"))
      ids = try latestTwo(of: last)
    case 1 where given[0].hasPrefix("last:"):
      ids = try latestTwo(ofOrganization: String(given[0].dropFirst("last:".count)))
    case 1:
      let one = try summary(try resolve(given[0]))
      guard let before = try before(one) else {
        throw Failure(
          .data,
          "\(Self.name(one)) has nothing before \(one.id) to compare it with. "
            + "Name two: outside-in compare ID ID. `outside-in list` shows them.")
      }
      ids = [before, one.id]
    default:
      for text in given { ids.append(try resolve(text)) }
      for (place, id) in ids.enumerated() where ids[..<place].contains(id) {
        throw Failure(.usage, "\(id) is named twice; a comparison is of different ones.")
      }
    }
    var opened: [Opened] = []
    for id in ids { opened.append(try Opened(id, in: store)) }
    if let organization = opened.first?.assessment.organization, !organization.isEmpty {
      tellNames(organization, [])
    }
    let names = opened.map(\.assessment.organization)
    if let other = names.first(where: { !$0.isEmpty && !names[0].isEmpty && $0.nameKey != names[0].nameKey })
    {
      throw Failure(
        .data,
        "These are of two organisations, “\(names[0])” and “\(other)”; what changed is asked of one. If they are one, make "
          + "the names alike: outside-in rename ID --organization NAME.")
    }
    // By their days; where one has none, and of one day, as they were given. What was taken over from one of them comes
    // after it, though its answers are of the same day.
    let days = opened.compactMap(\.assessment.heldAt)
    guard days.count == opened.count else { return opened }
    let turns = opened.indices.map { place in
      let source = opened.firstIndex { $0.assessment.id == opened[place].assessment.upgradedFrom }
      return (day: max(days[place], source.map { days[$0] } ?? days[place]), steps: source == nil ? 0 : 1)
    }
    return opened.indices.sorted {
      (turns[$0].day, turns[$0].steps, $0) < (turns[$1].day, turns[$1].steps, $1)
    }.map { opened[$0] }
  }

  /// The latest finished of each team of an organisation, teams by name.
  func teams(of text: String) throws(Failure) -> [Opened] {
    guard text.hasPrefix("last:") else {
      throw Failure(.usage, "--teams takes last:ORGANIZATION.")
    }
    let name = String(text.dropFirst("last:".count))
    // The latest finished of each; where nothing is finished, the latest there is.
    let all = try finished(of: name, openToo: true)
    var latest: [String: AssessmentSummary] = [:]
    for summary in all where summary.finishedAt != nil || latest[summary.team.nameKey]?.finishedAt == nil {
      latest[summary.team.nameKey] = summary
    }
    for one in latest.values where one.finishedAt == nil { Self.tellOpen(one) }
    tellNames(name, all)
    if latest.isEmpty { throw Failure(.data, store.nothing(of: name).message) }
    guard latest.count > 1 else {
      throw Failure(
        .data,
        "\(Self.name(latest.first!.value)) is the only team of “\(name)”; comparing teams takes two.")
    }
    var opened: [Opened] = []
    for key in latest.keys.sorted() { opened.append(try Opened(latest[key]!.id, in: store)) }
    return opened
  }

  /// Names beside these that may be the same organisation's, and teams among them that may be one.
  private func tellNames(_ organization: String, _ all: [AssessmentSummary]) {
    for line in SameNames.lines(in: store, of: organization, all) { System.tell(line) }
  }

  /// Assessments with what leads from their version to the newest among them.
  func compared(_ all: [Opened]) throws(Failure) -> [ComparedAssessment] {
    let newest = all[newestVersion(all.map(\.questionnaire.version))].pinned
    var compared: [ComparedAssessment] = []
    for one in all {
      compared.append(
        ComparedAssessment(
          one.assessment, one.questionnaire, try catalog.way(from: one.pinned, to: newest)))
    }
    return compared
  }

  private func resolve(_ text: String) throws(Failure) -> String {
    try stored { () throws(StoreError) in try store.resolve(text) }
  }

  private func summary(_ id: String) throws(Failure) -> AssessmentSummary {
    guard let summary = try stored({ () throws(StoreError) in try store.summary(of: id) }) else {
      throw Failure(.notFound, "There is no assessment \(id).")
    }
    return summary
  }

  private func finished(
    of organization: String, team: String? = nil, openToo: Bool = false
  ) throws(Failure) -> [AssessmentSummary] {
    try stored { () throws(StoreError) in try store.finished(of: organization, team: team, openToo: openToo) }
  }

  /// The two latest finished of a team; where there are not two, the latest of all, as they stand.
  private func latestTwo(of last: AssessmentSummary) throws(Failure) -> [String] {
    var all = try finished(of: last.organization, team: last.team)
    var two = occasions(all).suffix(2)
    if two.count < 2 {
      all = try finished(of: last.organization, team: last.team, openToo: true)
      two = occasions(all).suffix(2)
    }
    guard all.count > 1 else {
      let day = all.first.flatMap { $0.finishedAt ?? $0.startedAt }.map { ", of \($0.day)" } ?? ""
      throw Failure(
        .data,
        "\(Self.name(last)) has only one assessment\(day); comparing takes two. "
          + "Or name others: outside-in compare ID ID. `outside-in list` shows them.")
    }
    guard two.count > 1 else {
      throw Failure(
        .data,
        "\(Self.name(last)) has answered only once; the others are the same answers taken over to another version. "
          + "Compare them all the same: outside-in compare \(all.suffix(2).map(\.id).joined(separator: " "))."
      )
    }
    for one in two where one.finishedAt == nil { Self.tellOpen(one) }
    return two.map(\.id)
  }

  private func latestTwo(ofOrganization name: String) throws(Failure) -> [String] {
    let all = try finished(of: name, openToo: true)
    let teams = Dictionary(grouping: all) { $0.team.nameKey }
    guard let only = teams.values.first else {
      throw Failure(
        .notFound, "There is nothing finished of “\(name)”. `outside-in list` shows what there is.")
    }
    guard teams.count == 1 else {
      let names = teams.values.map { $0.last!.team.isEmpty ? "the organisation itself" : $0.last!.team }
        .sorted()
      throw Failure(
        .usage,
        "“\(name)” has \(teams.count) teams: \(names.joined(separator: ", ")). Name two assessments of one: outside-in "
          + "compare ID ID; or compare the teams: outside-in compare --teams \(name.contains(" ") ? "\"last:\(name)\"" : "last:\(name)")."
      )
    }
    return try latestTwo(of: only[0])
  }

  /// The latest finished before one of its team; where there is none, the latest that is open.
  private func before(_ one: AssessmentSummary) throws(Failure) -> String? {
    let all = try finished(of: one.organization, team: one.team, openToo: true).filter { other in
      guard let day = one.finishedAt ?? one.startedAt, let its = other.finishedAt ?? other.startedAt else {
        return true
      }
      return other.id != one.id && its <= day
    }
    let own = try lineage(of: one.id)
    var apart: [AssessmentSummary] = []
    // Neither what it was taken over from nor what was taken over from it was before it.
    for other in all {
      let descends = try lineage(of: other.id).contains(one.id)
      if !descends, !own.contains(other.id) { apart.append(other) }
    }
    let others = occasions(apart)
    let found = others.last { $0.finishedAt != nil } ?? others.last
    if let found, found.finishedAt == nil { Self.tellOpen(found) }
    return found?.id
  }

  /// The latest finished one of the same team that was over before this one began; nil where there is none.
  func earlier(than opened: Opened) throws(Failure) -> Opened? {
    let assessment = opened.assessment
    guard !assessment.organization.isEmpty, let day = assessment.startedAt ?? assessment.heldAt else {
      return nil
    }
    let own = try lineage(of: assessment.id)
    let all = try finished(of: assessment.organization, team: assessment.team).filter {
      !own.contains($0.id) && $0.questionnaire.id == assessment.questionnaire.id
        && $0.finishedAt.map { $0 <= day } ?? false
    }
    guard let last = occasions(all).last else { return nil }
    return try Opened(last.id, in: store, like: opened)
  }

  /// Without what was taken over to another version and is there as that, too: both are one occasion. The newer version
  /// stands for it, but for one that is not finished yet.
  private func occasions(_ all: [AssessmentSummary]) -> [AssessmentSummary] {
    let finished = Set(all.filter { $0.finishedAt != nil }.map(\.id))
    let leftOut = Set(
      all.compactMap { one in
        one.upgradedFrom.map { finished.contains($0) && !finished.contains(one.id) ? one.id : $0 }
      })
    return all.filter { !leftOut.contains($0.id) }
  }

  /// An assessment and what it was taken over from, over all steps.
  func lineage(of id: String) throws(Failure) -> Set<String> {
    var found: Set<String> = []
    var next: String? = id
    while let id = next, found.insert(id).inserted {
      next = try stored { () throws(StoreError) in try store.summary(of: id) }?.upgradedFrom
    }
    return found
  }

  private static func tellOpen(_ one: AssessmentSummary) {
    System.tell("\(one.id) is not finished; it is compared as it stands.")
  }

  private static func name(_ summary: AssessmentSummary) -> String {
    teamName(summary.organization, summary.team) ?? "What has no name"
  }
}
