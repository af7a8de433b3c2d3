/// Finds names among many that may be one organisation's, or one team's, written in two ways.
///
/// It looks twice, because only those names are kept that matter: a first look at all finds out which organisations are alike, a
/// second one how these are written.
package struct NamesAlike {
  /// Names of organisations, or of teams of one.
  package struct Group: Hashable, Sendable {
    /// nil where these are organisations.
    package let organization: String?
    /// Each way in which it is written, the first one first.
    package var names: [String]

    package init(organization: String?, names: [String]) {
      self.organization = organization
      self.names = names
    }
  }

  /// By digest, since there may be hundreds of thousands: each spelling of an organisation, each key, and the keys that are
  /// written in more than one way.
  private var spellings: Set<Int> = []
  private var keys: Set<Int> = []
  private var alike: Set<Int> = []
  private var organizations: [String: Group] = [:]
  private var teams: [Group] = []
  /// What was looked at last, and its teams by their key: teams of one organisation come one after the other.
  private var current: String?
  private var currentTeams: [String: Group] = [:]

  package init() {}

  /// The first look at the names of an assessment.
  package mutating func look(at organization: String, _ team: String) {
    if organization != current {
      endOrganization()
      current = organization
      if spellings.insert(organization.hashValue).inserted {
        let key = organization.organizationKey.hashValue
        if !keys.insert(key).inserted { alike.insert(key) }
      }
    }
    let key = team.organizationKey
    if currentTeams[key]?.names.contains(team) == true { return }
    currentTeams[key, default: Group(organization: organization, names: [])].names.append(team)
  }

  /// Ends the first look.
  ///
  /// - Returns: Whether a second one is needed.
  package mutating func endFirstLook() -> Bool {
    endOrganization()
    return !alike.isEmpty
  }

  private mutating func endOrganization() {
    teams += currentTeams.values.filter { $0.names.count > 1 }.sorted { $0.names[0] < $1.names[0] }
    currentTeams = [:]
  }

  /// The second look.
  package mutating func note(_ organization: String) {
    let key = organization.organizationKey
    guard alike.contains(key.hashValue), organizations[key]?.names.contains(organization) != true else {
      return
    }
    organizations[key, default: Group(organization: nil, names: [])].names.append(organization)
  }

  /// Those that are alike: organisations first.
  package var groups: [Group] {
    organizations.sorted { $0.key < $1.key }.map(\.value).filter { $0.names.count > 1 } + teams
  }
}
