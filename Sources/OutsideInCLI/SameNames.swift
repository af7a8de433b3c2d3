import AssessmentModel
import Reporting
import Storage

/// Names that may be one organisation's or team's, told before anything is counted by them.
enum SameNames {
  static let most = 10

  /// - Parameter turns: Only where one of them is of what was changed in these.
  static func tell(in store: Store, of turns: ClosedRange<Int64>? = nil) throws {
    for line in try lines(in: store, of: turns) { System.tell(line) }
  }

  /// - Parameter name: Only where it may be this organisation; all where it is nil.
  static func tell(in store: Store, ofOrganization name: String?) throws {
    guard let name else { return try tell(in: store) }
    let all = try stored { () throws(StoreError) in try store.finished(of: name) }
    for line in lines(in: store, of: name, all) { System.tell(line) }
  }

  /// Other names that may be the same organisation's, and teams among its assessments that may be one.
  static func lines(in store: Store, of organization: String, _ assessments: [AssessmentSummary]) -> [String]
  {
    let key = organization.organizationKey
    let others = ((try? store.organizations(beginningAs: organization)) ?? []).filter {
      $0.organizationKey == key && $0.nameKey != organization.nameKey
    }
    var alike = NamesAlike()
    for one in assessments { alike.look(at: organization, one.team) }
    _ = alike.endFirstLook()
    let teams = alike.groups.filter { Set($0.names.map(\.nameKey)).count > 1 }
    return (others.isEmpty ? [] : [line(NamesAlike.Group(organization: nil, names: [organization] + others))])
      + teams.map(line)
  }

  ///
  /// - Parameter most: As many are told, and the rest is counted.
  static func lines(
    in store: Store, of turns: ClosedRange<Int64>? = nil, most: Int = most
  ) throws -> [String] {
    var alike = NamesAlike()
    try store.eachName { alike.look(at: $0, $1) }
    if alike.endFirstLook() { try store.eachName { organization, _ in alike.note(organization) } }
    var groups = alike.groups
    if let turns, !groups.isEmpty {
      var new: Set<NamesAlike.Group> = []
      try store.eachName(of: turns) { organization, team in
        for group in groups {
          let isOfIt = group.organization.map { $0 == organization && group.names.contains(team) }
          if isOfIt ?? group.names.contains(organization) { new.insert(group) }
        }
      }
      groups = groups.filter { new.contains($0) }
    }
    return try groups.prefix(most).map { line(try mostUsedFirst($0, in: store)) }
      + (groups.count > most
        ? [
          "There are \(counted(groups.count - most, "more such case", "more such cases")); `outside-in doctor` names them all."
        ] : [])
  }

  /// The way in which most of them are written is kept.
  private static func mostUsedFirst(_ group: NamesAlike.Group, in store: Store) throws -> NamesAlike.Group {
    func count(_ name: String) throws -> Int {
      try stored { () throws(StoreError) in
        guard let organization = group.organization else { return try store.ids(organization: name).count }
        return try store.ids(organization: organization, team: name).count
      }
    }
    let counted = try group.names.map { (name: $0, count: try count($0)) }
    return NamesAlike.Group(
      organization: group.organization,
      names: counted.enumerated().sorted {
        ($1.element.count, $0.offset) < ($0.element.count, $1.offset)
      }.map(\.element.name))
  }

  private static func line(_ group: NamesAlike.Group) -> String {
    func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }
    let names = listed(group.names.map { "“\($0)”" })
    let (one, other) = (quoted(group.names[0]), quoted(group.names[1]))
    if let organization = group.organization {
      return
        "\(names) of “\(organization)” may be one team and count as \(group.names.count). To make them one: outside-in rename "
        + "--all-of \(quoted(organization)) --of-team \(other) --team \(one)"
    }
    return
      "\(names) may be one organisation and count as \(group.names.count). To make them one: outside-in rename --all-of "
      + "\(other) --organization \(one)"
  }
}
