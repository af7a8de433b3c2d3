/// One self-examination: who answered what to which version of a questionnaire.
public struct Assessment: Hashable, Sendable {
  /// How much of the questionnaire is asked; where it marks no core, everything in either scope.
  public enum Scope: String, CaseIterable, Sendable {
    /// The short scope: items marked `core`.
    case core
    case full
  }

  /// How its answers come about.
  public enum Setting: String, CaseIterable, Sendable {
    /// Everybody answers alone.
    case alone
    /// A group votes, talks and settles.
    case workshop
  }

  /// Given when it is created and never changed: a ULID from the program, else what a document brought, 1 to
  /// 64 letters, digits and hyphens.
  public let id: String
  /// The organisation's name, one line of at most 400 bytes; empty where it is not given.
  public var organization: String
  /// The name of the team that answers, in the same form; empty where it is not given.
  public var team: String
  /// May be widened while it runs; answers outside the scope are kept and not scored.
  public var scope: Scope
  /// A workshop from its first event on; never an interview again.
  public var setting: Setting
  /// Ids of dimensions of which the short scope asks every item.
  public var deepened: Set<String>
  /// When it was begun; nil where a document does not say.
  public var startedAt: Timestamp?
  /// Set when it is finished; nil while it is open, and again after a later edit.
  public var finishedAt: Timestamp?
  /// Votes are tallies only, and small breakdowns are never shown.
  public var anonymous: Bool
  /// Where its answers were taken over from another version of the questionnaire, as its document says; nil
  /// for one begun anew. No figure depends on it.
  public var upgradedFrom: String?
  /// The questionnaire's version and digests, pinned when it starts.
  public let questionnaire: QuestionnaireReference
  /// Everybody who may answer, one for each id, in the order they joined.
  public var raters: [Rater]
  /// What raters said, hidden items and earlier rounds included, and the team's own records.
  public var responses: Responses
  /// What the group settled on, by item id; it counts before any votes. Items not settled are absent.
  public var settled: [String: Settlement]
  /// What supports the group's answers to critical items, by item id.
  public var teamEvidence: [String: TeamEvidence]
  /// What the team expects customers to answer on average, by item id: raw, 0 to 4, fractions allowed.
  public var predictions: [String: Double]
  /// Votes of an anonymous session, one for each item, round, group and department; empty otherwise.
  public var tallies: [Tally]
  /// Minutes spent, by section id, 0 or more; sections that were not timed are absent.
  public var sectionMinutes: [String: Double]
  /// Topics put off during the session, in the team's words and order.
  public var parked: [String]
  /// What the team promises for next week; nil until it has chosen, be it nothing.
  public var commitments: [Commitment]?
  /// What only a workshop has; nil for others, and not exported.
  public var workshop: WorkshopState?
  /// Id of the item the session stands at, or `end` after the last; nil before the first. It is where a
  /// resumed session goes on, and is not exported.
  public var position: String?

  /// Takes each property as it is; nothing is checked. Of several responses with one key, the last counts.
  public init(
    id: String, organization: String = "", team: String = "", scope: Scope = .full,
    setting: Setting = .alone, deepened: Set<String> = [], startedAt: Timestamp? = nil,
    finishedAt: Timestamp? = nil,
    anonymous: Bool = false,
    upgradedFrom: String? = nil, questionnaire: QuestionnaireReference, raters: [Rater] = [],
    responses: some Sequence<Response> = [], settled: [String: Settlement] = [:],
    teamEvidence: [String: TeamEvidence] = [:], predictions: [String: Double] = [:], tallies: [Tally] = [],
    sectionMinutes: [String: Double] = [:], parked: [String] = [],
    commitments: [Commitment]? = nil, workshop: WorkshopState? = nil, position: String? = nil
  ) {
    self.id = id
    self.organization = organization
    self.team = team
    self.scope = scope
    self.setting = setting
    self.deepened = deepened
    self.startedAt = startedAt
    self.finishedAt = finishedAt
    self.anonymous = anonymous
    self.upgradedFrom = upgradedFrom
    self.questionnaire = questionnaire
    self.raters = raters
    self.responses = Responses(responses)
    self.settled = settled
    self.teamEvidence = teamEvidence
    self.predictions = predictions
    self.tallies = tallies
    self.sectionMinutes = sectionMinutes
    self.parked = parked
    self.commitments = commitments
    self.workshop = workshop
    self.position = position
  }

  /// When its answers are of: when it was finished, else when it was last answered, else when it was begun; nil where
  /// nothing says so.
  public var heldAt: Timestamp? {
    finishedAt ?? responses.lazy.filter { $0.counted != .open }.compactMap(\.at).max() ?? startedAt
  }

  /// Whether the scope asks an item: everything in the full one, in the short one the core and what was
  /// deepened.
  public func asks(_ item: Item, of questionnaire: Questionnaire) -> Bool {
    scope == .full || item.core || item.scored.map { deepened.contains($0.dimension) } == true
      || !questionnaire.hasCore
  }

  /// The rater with an id; nil where nobody has it.
  public func rater(_ id: String) -> Rater? { raters.first { $0.id == id } }

  /// The last round in which staff voted on an item, from 1; nil where nobody has.
  public func lastRound(of item: String) -> Int? {
    let named = responses.to(item).lazy.filter { response in
      response.counted != .open && response.key.rater.flatMap { self.rater($0) }?.group == .staff
    }.map(\.key.round)
    let counted = tallies.lazy.filter { $0.item == item && $0.group == .staff }.map(\.round)
    return max(named.max() ?? 0, counted.max() ?? 0).nonZero
  }

  /// The team's own record of an item; nil where it was taken over and is not confirmed.
  public func record(_ item: String) -> Value? {
    guard case .answered(let value)? = responses[Response.Key(item: item, rater: nil)]?.counted else {
      return nil
    }
    return value
  }

  /// What the team recorded for the items that are shown, in the questionnaire's order; what stands under a
  /// hidden item is kept and seen by nobody.
  private func shownRecords(in questionnaire: Questionnaire) -> [(item: Item, value: Value)] {
    let hidden = hiddenItems(in: questionnaire)
    return questionnaire.items.compactMap { item in
      if item.record == nil || hidden.contains(item.id) { return nil }
      return record(item.id).map { (item, $0) }
    }
  }

  /// The expectations recorded, over all items of that kind that are shown, in the questionnaire's order.
  public func expectations(in questionnaire: Questionnaire) -> [Expectation] {
    shownRecords(in: questionnaire).flatMap { _, value -> [Expectation] in
      if case .expectations(let rows) = value { rows } else { [] }
    }
  }

  /// The moments of contact recorded, in the same way.
  public func moments(in questionnaire: Questionnaire) -> [Moment] {
    shownRecords(in: questionnaire).flatMap { _, value -> [Moment] in
      if case .moments(let rows) = value { rows } else { [] }
    }
  }

  /// The metrics recorded, in the same way.
  public func metrics(in questionnaire: Questionnaire) -> [Metric] {
    shownRecords(in: questionnaire).flatMap { _, value -> [Metric] in
      if case .metrics(let rows) = value { rows } else { [] }
    }
  }

  /// Ids of the dimensions the team wants to raise, in the same way.
  public func raised(in questionnaire: Questionnaire) -> [String] {
    shownRecords(in: questionnaire).flatMap { _, value -> [String] in
      if case .raise(let ids) = value { ids } else { [] }
    }
  }

  /// The answers to the vision's prompts, by prompt.
  public func vision(in questionnaire: Questionnaire) -> [VisionPrompt: String] {
    var vision: [VisionPrompt: String] = [:]
    for (item, value) in shownRecords(in: questionnaire) {
      if case .text(let role?, _) = item.record, case .text(let text) = value { vision[role] = text }
    }
    return vision
  }
}

/// Which questionnaire an assessment was made with, and its digests.
public struct QuestionnaireReference: Hashable, Sendable {
  /// The questionnaire's id, the same over all its versions.
  public let id: String
  /// The version it was begun with, which need not be the newest.
  public let version: Version
  /// Of the questionnaire's text as it was then; a text with another content digest is not this one.
  public let digests: Digests
  /// The content digest of the version as it was published, where the text has somebody's own word for customers;
  /// nil where the text is the published one.
  public let published: String?

  /// Takes each property as it is; nothing is checked.
  public init(id: String, version: Version, digests: Digests, published: String? = nil) {
    self.id = id
    self.version = version
    self.digests = digests
    self.published = published
  }

  /// Whether both ask the same: one version, be it in other words for customers.
  public func asksTheSame(as other: QuestionnaireReference) -> Bool {
    id == other.id && version == other.version && digests.measurement == other.digests.measurement
      && (published ?? digests.content) == (other.published ?? other.digests.content)
  }
}

/// SHA-256 digests of a questionnaire's canonical form, each as `sha256:` and 64 hex digits.
public struct Digests: Hashable, Sendable {
  /// Of everything.
  public let content: String
  /// Of what decides a score.
  public let measurement: String
  /// Of what respondents read.
  public let wording: String

  /// Takes each property as it is; nothing is checked.
  public init(content: String, measurement: String, wording: String) {
    self.content = content
    self.measurement = measurement
    self.wording = wording
  }
}

/// Somebody who answers.
public struct Rater: Hashable, Sendable {
  /// On whose behalf somebody answers: staff make the index, customers are scored apart.
  public enum Group: String, CaseIterable, Sendable {
    case staff, customer
  }

  /// Unique within the assessment and stable: `r1` from the program, else what a document brought.
  public let id: String
  /// As the rater gave it, one line of at most 400 bytes; empty where it is not given.
  public var name: String
  /// In the same form; empty for none. Spellings that differ in case or spaces are one department.
  public var department: String
  /// Decides which of the two results the rater's votes enter.
  public var group: Group
  /// Whether they vote and speak behind the others, who would follow them; no screen says so.
  public var last: Bool
  /// Whether their votes may be shown with their name once they are revealed.
  public var named: Bool
  /// Who it is over time, as whoever brought the answers says: a name or a number, the same in each assessment of
  /// theirs; nil where nobody says.
  public var person: String?
  /// Whether the name came from a table, where people are told apart by labels that may be somebody else's next time.
  public var isLabel: Bool

  /// Takes each property as it is; nothing is checked.
  public init(
    id: String, name: String = "", department: String = "", group: Group = .staff, last: Bool = false,
    named: Bool = false, person: String? = nil, isLabel: Bool = false
  ) {
    self.id = id
    self.name = name
    self.department = department
    self.group = group
    self.last = last
    self.named = named
    self.person = person
    self.isLabel = isLabel
  }
}

extension Rater {
  /// Who it is over time: what somebody said of that, else the name, else that it is this very rater.
  package func identity(in assessment: Assessment) -> String {
    if let person, !person.isEmpty { return person }
    return name.isEmpty ? "\(assessment.id)/\(id)" : name
  }
}

/// What a group settled on for an item after talking about its votes.
public struct Settlement: Hashable, Sendable {
  /// What was settled on, in place of all votes; without a level the item does not apply or is missing.
  public enum Answer: Hashable, Sendable {
    /// A raw level.
    case level(Int)
    case notApplicable
    case dontKnow
  }

  /// A level is one of the item's own.
  public var answer: Answer
  /// Why, in the group's words; nil where nothing is said.
  public var reason: String?
  /// What those who see it otherwise want to have kept; the plan shows it. nil where there is none.
  public var dissent: String?

  /// Takes each property as it is; nothing is checked.
  public init(answer: Answer, reason: String? = nil, dissent: String? = nil) {
    self.answer = answer
    self.reason = reason
    self.dissent = dissent
  }
}

/// Anonymous votes on an item: counts and nothing that leads back to a person.
public struct Tally: Hashable, Sendable {
  /// A department is named only where it has this many people.
  public static let fewestOfADepartment = 5

  /// Id of a scored item.
  public var item: String
  /// From 1; of several, the highest counts for the score and the lowest for agreement.
  public var round: Int
  /// Whose votes these are.
  public var group: Rater.Group
  /// nil for votes of several departments, or of one with fewer than `fewestOfADepartment` people.
  public var department: String?
  /// Votes by raw level: five counts, for 0 to 4.
  public var counts: [Int]
  /// How many said that they don't know.
  public var dontKnow: Int
  /// How many said that the question does not apply.
  public var notApplicable: Int

  /// Takes each property as it is; nothing is checked, so that five counts are the caller's to give.
  public init(
    item: String, round: Int = 1, group: Rater.Group = .staff, department: String? = nil,
    counts: [Int], dontKnow: Int = 0, notApplicable: Int = 0
  ) {
    self.item = item
    self.round = round
    self.group = group
    self.department = department
    self.counts = counts
    self.dontKnow = dontKnow
    self.notApplicable = notApplicable
  }

  /// What a tally is of; there is one for each key.
  public struct Key: Hashable, Sendable {
    let item: String
    let round: Int
    let group: Rater.Group
    let department: String?
  }

  /// What it is of.
  public var key: Key { Key(item: item, round: round, group: group, department: department) }

  /// How many people voted.
  public var votes: Int { counts.reduce(dontKnow + notApplicable, +) }
}

extension Int {
  fileprivate var nonZero: Int? { self == 0 ? nil : self }
}
