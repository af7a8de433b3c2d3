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
  /// What happened to the plan since it was made, in order; none of it changes anything else here.
  public var planEvents: [DatedPlanEvent]
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
    commitments: [Commitment]? = nil, planEvents: [DatedPlanEvent] = [], workshop: WorkshopState? = nil,
    position: String? = nil
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
    self.planEvents = planEvents
    self.workshop = workshop
    self.position = position
  }

  /// When its answers are of: when it was finished, else when it was last answered, else when it was begun; nil where
  /// nothing says so.
  public var heldAt: Timestamp? {
    finishedAt ?? responses.lazy.filter { $0.counted != .open }.compactMap(\.at).max() ?? startedAt
  }

  /// Day 0 of its plan, in UTC: when it was finished, else when it was started; 1970-01-01 where neither is known.
  public var dayZero: Day { (finishedAt ?? startedAt ?? Timestamp(secondsSince1970: 0)).day }

  /// The plan as the team works on it, with what can be undone.
  public var planHistory: PlanHistory { PlanHistory(commitments ?? [], planEvents) }

  /// The plan as the team works on it.
  public var keptPlan: KeptPlan { planHistory.plan }

  /// When its plan is checked next: nil while it is not finished, where nothing of the plan is open, and behind the
  /// last check before the next assessment.
  public var nextCheck: Day? {
    if finishedAt == nil { return nil }
    let plan = keptPlan
    return plan.entries.contains { $0.status.isOpen }
      ? CheckCalendar(from: dayZero).next(after: plan.checks) : nil
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

  /// What people of a group said to an item, in all rounds or in one.
  package func responses(to item: String, of group: Rater.Group, round: Int? = nil) -> [Response] {
    responses.to(item).filter { response in
      (round == nil || response.key.round == round)
        && response.key.rater.flatMap(rater)?.group == group
    }
  }

  /// Whether any vote of the staff on an item was shown, or came with a document.
  public func isRevealed(_ item: String) -> Bool { lastRound(of: item) != nil }

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

/// `Acme, Support`, or what there is of it; nil where there is neither.
package func teamName(_ organization: String, _ team: String) -> String? {
  let names = [organization, team].filter { !$0.nameKey.isEmpty }
  return names.isEmpty ? nil : names.joined(separator: ", ")
}

extension Int {
  fileprivate var nonZero: Int? { self == 0 ? nil : self }
}
