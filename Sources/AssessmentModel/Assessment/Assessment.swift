/// One self-examination: who answered what to which version of a questionnaire.
public struct Assessment: Hashable, Sendable {
  public enum Scope: String, CaseIterable, Sendable {
    /// The short scope: items marked `core`.
    case core
    case full
  }

  public let id: String
  public var organization: String
  public var team: String
  public var scope: Scope
  /// Dimensions of which the short scope asks every item.
  public var deepened: Set<String>
  public var startedAt: Timestamp?
  /// Set when it is finished; a later edit opens it again.
  public var finishedAt: Timestamp?
  /// Votes are tallies only, and small breakdowns are never shown.
  public var anonymous: Bool
  public var upgradedFrom: String?
  public let questionnaire: QuestionnaireReference
  public var raters: [Rater]
  public var responses: Responses
  public var settled: [String: Settlement]
  /// What the team expects customers to answer, oriented as the item's levels, by item.
  public var predictions: [String: Double]
  public var tallies: [Tally]
  public var sectionMinutes: [String: Double]
  public var parked: [String]
  /// What the team promises for next week; nil until it has chosen, be it nothing.
  public var commitments: [Commitment]?
  /// The item the session stands at; it is where a resumed session goes on, and is not exported.
  public var position: String?

  public init(
    id: String, organization: String = "", team: String = "", scope: Scope = .full,
    deepened: Set<String> = [], startedAt: Timestamp? = nil, finishedAt: Timestamp? = nil,
    anonymous: Bool = false,
    upgradedFrom: String? = nil, questionnaire: QuestionnaireReference, raters: [Rater] = [],
    responses: some Sequence<Response> = [], settled: [String: Settlement] = [:],
    predictions: [String: Double] = [:], tallies: [Tally] = [],
    sectionMinutes: [String: Double] = [:], parked: [String] = [],
    commitments: [Commitment]? = nil, position: String? = nil
  ) {
    self.id = id
    self.organization = organization
    self.team = team
    self.scope = scope
    self.deepened = deepened
    self.startedAt = startedAt
    self.finishedAt = finishedAt
    self.anonymous = anonymous
    self.upgradedFrom = upgradedFrom
    self.questionnaire = questionnaire
    self.raters = raters
    self.responses = Responses(responses)
    self.settled = settled
    self.predictions = predictions
    self.tallies = tallies
    self.sectionMinutes = sectionMinutes
    self.parked = parked
    self.commitments = commitments
    self.position = position
  }

  /// Whether the scope asks an item: everything in the full one, in the short one the core and what was
  /// deepened.
  public func asks(_ item: Item, of questionnaire: Questionnaire) -> Bool {
    scope == .full || item.core || item.scored.map { deepened.contains($0.dimension) } == true
      || !questionnaire.hasCore
  }

  public func rater(_ id: String) -> Rater? { raters.first { $0.id == id } }

  /// The team's own record of an item.
  public func record(_ item: String) -> Value? {
    responses[Response.Key(item: item, rater: nil)]?.value
  }

  /// The records of one kind, over all items of that kind, in the questionnaire's order.
  public func expectations(in questionnaire: Questionnaire) -> [Expectation] {
    questionnaire.items.flatMap { item -> [Expectation] in
      if case .expectations(let rows) = record(item.id) { return rows }
      return []
    }
  }

  public func moments(in questionnaire: Questionnaire) -> [Moment] {
    questionnaire.items.flatMap { item -> [Moment] in
      if case .moments(let rows) = record(item.id) { return rows }
      return []
    }
  }

  public func metrics(in questionnaire: Questionnaire) -> [Metric] {
    questionnaire.items.flatMap { item -> [Metric] in
      if case .metrics(let rows) = record(item.id) { return rows }
      return []
    }
  }

  /// The dimensions the team wants to raise.
  public func raised(in questionnaire: Questionnaire) -> [String] {
    questionnaire.items.flatMap { item -> [String] in
      if case .raise(let ids) = record(item.id) { return ids }
      return []
    }
  }

  /// The answers to the vision's prompts.
  public func vision(in questionnaire: Questionnaire) -> [VisionPrompt: String] {
    var vision: [VisionPrompt: String] = [:]
    for item in questionnaire.items {
      if case .text(let role?, _) = item.record, case .text(let text) = record(item.id) {
        vision[role] = text
      }
    }
    return vision
  }
}

/// Which questionnaire an assessment was made with, and its digests.
public struct QuestionnaireReference: Hashable, Sendable {
  public let id: String
  public let version: Version
  public let digests: Digests

  public init(id: String, version: Version, digests: Digests) {
    self.id = id
    self.version = version
    self.digests = digests
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

  public init(content: String, measurement: String, wording: String) {
    self.content = content
    self.measurement = measurement
    self.wording = wording
  }
}

/// Somebody who answers.
public struct Rater: Hashable, Sendable {
  public enum Group: String, CaseIterable, Sendable {
    case staff, customer
  }

  public let id: String
  public var name: String
  public var department: String
  public var group: Group

  public init(id: String, name: String = "", department: String = "", group: Group = .staff) {
    self.id = id
    self.name = name
    self.department = department
    self.group = group
  }
}

/// What a group settled on for an item after talking about its votes.
public struct Settlement: Hashable, Sendable {
  public enum Answer: Hashable, Sendable {
    /// A raw level.
    case level(Int)
    case notApplicable
    case dontKnow
  }

  public var answer: Answer
  public var reason: String?
  public var dissent: String?

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

  public var item: String
  public var round: Int
  public var group: Rater.Group
  public var department: String?
  /// Votes by raw level, 0 to 4.
  public var counts: [Int]
  public var dontKnow: Int
  public var notApplicable: Int

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

  package struct Key: Hashable, Sendable {
    let item: String
    let round: Int
    let group: Rater.Group
    let department: String?
  }

  /// What a tally is of; there is one for each key.
  package var key: Key { Key(item: item, round: round, group: group, department: department) }

  /// How many people voted.
  public var votes: Int { counts.reduce(dontKnow + notApplicable, +) }
}
