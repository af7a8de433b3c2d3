/// One thing that happened in a session; an assessment is the fold of its events.
public enum SessionEvent: Hashable, Sendable {
  /// A response as it stands now; it replaces the one of the same key.
  case responded(Response)
  /// The response last given goes on: undo takes both back together.
  case amended(Response)
  /// The last `responded` that still counts is taken back.
  case undone
  /// The last `undone` is taken back.
  case redone
  /// The session moved to an item.
  case visited(item: String)
  /// Somebody joined, or is described anew.
  case rated(Rater)
  /// Somebody who has said nothing is listed no more.
  case dismissed(rater: String)
  /// Both names as they are now; empty for none.
  case named(organization: String, team: String)
  case scoped(Assessment.Scope)
  /// All items of a dimension are asked, in the short scope too.
  case deepened(dimension: String)
  /// A topic was put off.
  case parked(String)
  /// A topic that was put off is not to go out.
  case withdrawn(topic: String)
  /// All commitments as they are now; they replace those before.
  case committed([Commitment])
  case finished(at: Timestamp)
  /// A finished assessment was opened for an edit.
  case reopened
  /// It is a workshop, of so many minutes; or length and cards are others now.
  case convened(minutes: Int, cards: WorkshopState.Cards)
  /// Whether votes are counts that lead to nobody.
  case promised(anonymous: Bool)
  /// Somebody on the roster left the room, or is there again.
  case attended(rater: String, isPresent: Bool)
  /// Votes on an item are asked for, once more from the second round on.
  case roundOpened(item: String, OpenRound)
  /// What was voted on an item in a round, all at once; it replaces what was revealed of the round before.
  case revealed(Reveal)
  /// What the group settled on, nil where it left the votes to count after all.
  case settled(item: String, Settlement?)
  /// What supports the group's answer, nil where nothing does any more.
  case supported(item: String, TeamEvidence?)
  /// The round that is open ends unseen.
  case roundDropped(item: String)
  /// The items that are passed over from here on to save time.
  case shortened(leftOut: Set<String>)
  /// How an item was explained.
  case said(item: String, String)
  /// Time that went by, on a section's questions or elsewhere.
  case spent(section: String?, seconds: Int)
  /// How many dots each candidate of the plan got.
  case dotted([String: Int])
  /// A workshop goes on from an earlier assessment, by its id.
  case continued(from: String)
  /// What customers say may be seen from here on.
  case customersOpened
  /// What the team expects customers to answer to an item on average, raw; nil where it takes that back.
  case predicted(item: String, Double?)
}

/// The votes of one group in one round on one item: each of a rater, or counts that lead to nobody.
public struct Reveal: Hashable, Sendable {
  /// Id of a scored item.
  public let item: String
  /// From 1.
  public let round: Int
  /// Whose votes they are.
  public let group: Rater.Group
  /// Of this item, round and group.
  public let responses: [Response]
  /// Of this item, round and group.
  public let tallies: [Tally]
  /// Ids of those who were not in the room and whose votes are among the tallies.
  public let absent: Set<String>

  /// Takes each property as it is; nothing is checked.
  public init(
    item: String, round: Int, group: Rater.Group = .staff, responses: [Response] = [], tallies: [Tally] = [],
    absent: Set<String> = []
  ) {
    self.item = item
    self.round = round
    self.group = group
    self.responses = responses
    self.tallies = tallies
    self.absent = absent
  }
}

/// An assessment together with what can be undone and redone: the state that events fold into.
public struct Session: Hashable, Sendable {
  /// What a change was made to.
  public enum Subject: Hashable, Sendable {
    case response(Response.Key)
    case settlement(item: String)
    case evidence(item: String)
    case parked

    /// Id of the item it belongs to; nil for a topic that was put off.
    public var item: String? {
      switch self {
      case .response(let key): key.item
      case .settlement(let item), .evidence(let item): item
      case .parked: nil
      }
    }
  }

  enum Change: Hashable, Sendable {
    case response(Response.Key, before: Response?, after: Response)
    case settlement(item: String, before: Settlement?, after: Settlement?)
    case evidence(item: String, before: TeamEvidence?, after: TeamEvidence?)
    case parked(String)

    var subject: Subject {
      switch self {
      case .response(let key, _, _): .response(key)
      case .settlement(let item, _, _): .settlement(item: item)
      case .evidence(let item, _, _): .evidence(item: item)
      case .parked: .parked
      }
    }
  }

  /// What the events so far have made of it.
  public private(set) var assessment: Assessment
  private var undoable: [Change] = []
  private var redoable: [Change] = []

  /// Folds events into an assessment, in their order; only what they change can be undone.
  public init(_ assessment: Assessment, events: some Sequence<SessionEvent> = []) {
    self.assessment = assessment
    for event in events { apply(event) }
  }

  /// What the next `undone` would take back; nil where there is nothing.
  public var nextUndo: Subject? { undoable.last?.subject }
  /// What the next `redone` would bring back; nil where there is nothing.
  public var nextRedo: Subject? { redoable.last?.subject }

  /// Folds one event in, unchecked against any questionnaire; an undo or redo of nothing changes nothing.
  public mutating func apply(_ event: SessionEvent) {
    switch event {
    case .responded(let response):
      make(.response(response.key, before: assessment.responses[response.key], after: response))
    case .amended(let response):
      guard case .response(response.key, let before, _)? = undoable.last else {
        return apply(.responded(response))
      }
      undoable.removeLast()
      make(.response(response.key, before: before, after: response))
    case .undone:
      guard let change = undoable.popLast() else { return }
      put(change, isAfter: false)
      redoable.append(change)
    case .redone:
      guard let change = redoable.popLast() else { return }
      put(change, isAfter: true)
      undoable.append(change)
    case .visited(let item):
      assessment.position = item
    case .rated(let rater):
      if let index = assessment.raters.firstIndex(where: { $0.id == rater.id }) {
        assessment.raters[index] = rater
      } else {
        assessment.raters.append(rater)
      }
    case .dismissed(let rater):
      assessment.raters.removeAll { $0.id == rater }
      // The id may be somebody else's next.
      assessment.workshop?.forget(rater)
    case .named(let organization, let team):
      assessment.organization = organization
      assessment.team = team
    case .scoped(let scope):
      assessment.scope = scope
    case .deepened(let dimension):
      assessment.deepened.insert(dimension)
    case .committed(let commitments):
      assessment.commitments = commitments
    case .parked(let topic):
      // Alone it could not be undone, and what is stored means what it meant.
      if assessment.setting == .workshop { make(.parked(topic)) } else { assessment.parked.append(topic) }
    case .withdrawn(let topic):
      if let place = assessment.parked.firstIndex(of: topic) { assessment.parked.remove(at: place) }
    case .finished(let moment):
      assessment.finishedAt = moment
    case .reopened:
      assessment.finishedAt = nil
    case .settled(let item, let settlement):
      make(.settlement(item: item, before: assessment.settled[item], after: settlement))
    case .supported(let item, let evidence):
      make(.evidence(item: item, before: assessment.teamEvidence[item], after: evidence))
    case .convened(let minutes, let cards):
      assessment.setting = .workshop
      var workshop = assessment.workshop ?? WorkshopState(minutes: minutes)
      (workshop.minutes, workshop.cards) = (minutes, cards)
      assessment.workshop = workshop
    case .promised(let anonymous):
      assessment.anonymous = anonymous
    case .revealed(let reveal): take(reveal)
    case .attended(let rater, let isPresent):
      if isPresent {
        assessment.workshop?.away.remove(rater)
      } else {
        assessment.workshop?.away.insert(rater)
      }
    case .roundOpened(let item, let round):
      assessment.workshop?.openRounds[item] = round
      assessment.workshop?.attended.formUnion(round.voters)
      // What is voted on again is not settled, and no undo settles it.
      assessment.settled[item] = nil
    case .roundDropped(let item): assessment.workshop?.openRounds[item] = nil
    case .shortened(let items): assessment.workshop?.leftOut = items
    case .said(let item, let text): assessment.workshop?.sayings[item, default: []].append(text)
    case .spent(let section, let seconds):
      assessment.workshop?.spentSeconds += seconds
      if let section { assessment.sectionMinutes[section, default: 0] += Double(seconds) / 60 }
    case .dotted(let dots): assessment.workshop?.dots = dots
    case .continued(let id): assessment.workshop?.from = id
    case .customersOpened: assessment.workshop?.areCustomersOpen = true
    case .predicted(let item, let value): assessment.predictions[item] = value
    }
  }

  /// Takes in what happened to the plan; it changes nothing else.
  public mutating func work(on plan: [DatedPlanEvent]) { assessment.planEvents += plan }

  private mutating func make(_ change: Change) {
    undoable.append(change)
    redoable.removeAll()
    put(change, isAfter: true)
  }

  private mutating func put(_ change: Change, isAfter: Bool) {
    switch change {
    case .response(let key, let before, let after): assessment.responses[key] = isAfter ? after : before
    case .settlement(let item, let before, let after):
      assessment.settled[item] = isAfter ? after : before
      // What nobody understood has no round that is open.
      if assessment.settled[item] != nil, assessment.lastRound(of: item) == nil {
        assessment.workshop?.openRounds[item] = nil
      }
    case .evidence(let item, let before, let after): assessment.teamEvidence[item] = isAfter ? after : before
    case .parked(let topic):
      if isAfter {
        assessment.parked.append(topic)
      } else if let place = assessment.parked.lastIndex(of: topic) {
        assessment.parked.remove(at: place)
      }
    }
  }

  /// What was voted can't be undone, only entered anew: nobody is to see who changed what.
  private mutating func take(_ reveal: Reveal) {
    for response in assessment.responses.to(reveal.item) where response.key.round == reveal.round {
      guard let rater = response.key.rater, assessment.rater(rater)?.group == reveal.group else { continue }
      assessment.responses[response.key] = nil
    }
    for response in reveal.responses { assessment.responses[response.key] = response }
    assessment.tallies.removeAll {
      $0.item == reveal.item && $0.round == reveal.round && $0.group == reveal.group
    }
    assessment.tallies += reveal.tallies
    guard reveal.group == .staff else { return }
    if let open = assessment.workshop?.openRounds[reveal.item] {
      assessment.workshop?.lastVoters[reveal.item] = open.voters
    }
    assessment.workshop?.openRounds[reveal.item] = nil
    assessment.workshop?.absent[reveal.item] = reveal.absent.isEmpty ? nil : reveal.absent
  }
}
