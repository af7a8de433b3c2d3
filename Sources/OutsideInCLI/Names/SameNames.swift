import AssessmentModel
import Reporting
import Storage

/// Names that may be one organisation's or team's, told before anything is counted by them.
enum SameNames {
  private static let most = 10

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
    let others = ((try? store.organizations(alike: organization)) ?? []).filter {
      $0.nameKey != organization.nameKey
    }
    var alike = NamesAlike()
    for one in assessments { alike.look(at: organization, one.team) }
    _ = alike.endFirstLook()
    let teams = alike.groups.filter { Set($0.names.map(\.nameKey)).count > 1 }
    return (others.isEmpty ? [] : [line(NamesAlike.Group(organization: nil, names: [organization] + others))])
      + teams.map(line)
  }

  /// All names that may be one, a line for each case.
  ///
  /// - Parameters:
  ///   - turns: Only where one of them is of what was changed in these.
  ///   - isThorough: Whether all are told, those that are counted as one, too; else ten, and how many more there are.
  static func lines(
    in store: Store, of turns: ClosedRange<Int64>? = nil, isThorough: Bool = false
  ) throws -> [String] {
    let most = isThorough ? Int.max : most
    var alike = NamesAlike()
    try store.eachName { alike.look(at: $0, $1) }
    if alike.endFirstLook() { try store.eachName { organization, _ in alike.note(organization) } }
    // What differs in case or accents alone is counted as one.
    var groups = isThorough ? alike.groups : alike.groups.filter { Set($0.names.map(\.nameKey)).count > 1 }
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
    return try groups.prefix(most).map { line(try bestFirst($0, in: store)) }
      + (groups.count > most
        ? [
          "There are \(counted(groups.count - most, "more such case", "more such cases")); `outside-in doctor` names them all."
        ] : [])
  }

  /// The way that is kept comes first: the one that is neither all capitals nor all small, then the one that most are written
  /// in, then the one with its own letters.
  private static func bestFirst(_ group: NamesAlike.Group, in store: Store) throws -> NamesAlike.Group {
    func count(_ name: String) throws -> Int {
      try stored { () throws(StoreError) in
        guard let organization = group.organization else { return try store.ids(organization: name).count }
        return try store.ids(organization: organization, team: name).count
      }
    }
    // ", Inc." behind capitals leaves them capitals.
    func isMixed(_ name: String) -> Bool {
      name != name.uppercased() && name != name.lowercased()
        && !name.split(separator: " ").contains {
          $0.count > 4 && $0 == $0.uppercased() && $0 != $0.lowercased()
        }
    }
    func ownLetters(_ name: String) -> Int { name.unicodeScalars.count { !$0.isASCII } }
    let ranked = try group.names.map { name in
      (name: name, rank: (isMixed(name) ? 0 : 1, -(try count(name)), -ownLetters(name)))
    }
    return NamesAlike.Group(
      organization: group.organization,
      names: ranked.sorted {
        ($0.rank.0, $0.rank.1, $0.rank.2, $0.name) < ($1.rank.0, $1.rank.1, $1.rank.2, $1.name)
      }
      .map(\.name))
  }

  private static func line(_ group: NamesAlike.Group) -> String {
    func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }
    let names = listed(group.names.map { "“\($0)”" })
    let (one, other) = (quoted(group.names[0]), quoted(group.names[1]))
    let count = Set(group.names.map(\.nameKey)).count
    let counts =
      count == 1 ? "are counted as one, and written in several ways" : "may be one % and count as \(count)"
    if let organization = group.organization {
      return
        "\(names) of “\(organization)” \(counts.replacing("%", with: "team")). To make them one: outside-in rename "
        + "--all-of \(quoted(organization)) --of-team \(other) --team \(one)"
    }
    return
      "\(names) \(counts.replacing("%", with: "organisation")). To make them one: outside-in rename --all-of "
      + "\(other) --organization \(one)"
  }
}
