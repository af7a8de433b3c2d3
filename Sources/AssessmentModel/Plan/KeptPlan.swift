/// The plan as the team works on it: the commitments of the session, and what became of them since. It is the fold of
/// the plan's events.
public struct KeptPlan: Hashable, Sendable {
  /// All that one person saw to went to somebody else.
  public struct Handover: Hashable, Sendable {
    /// As it was given.
    public let from: String
    /// Empty for nobody.
    public let to: String
    /// In UTC.
    public let day: Day
  }

  /// The commitments of the session first, then what was taken up, in that order; a line's number is its place, from 1,
  /// and never changes.
  public private(set) var entries: [PlanEntry]
  /// Who keeps the plan and calls the checks; empty for nobody.
  public private(set) var keeper = ""
  /// What is asked of those who decide.
  public private(set) var request = BoardRequest()
  /// Person-days a month, as the team says; nil where it was not asked yet.
  public private(set) var daysPerMonth: Double?
  /// All that was heard, in that order.
  public private(set) var hearings: [Hearing] = []
  /// The days on which checks were held.
  public private(set) var checks: [Day] = []
  /// In the order they came.
  public private(set) var handovers: [Handover] = []
  /// Of texts typed beside the answers, whether documents may carry them; those of which nobody has said anything are absent.
  public private(set) var released: [Remark: Bool] = [:]
  /// Metrics that were added or changed, without the readings that came later.
  private var metrics: [Metric] = []
  /// By the metric's name, in the order they came.
  private var readings: [String: [Metric.Reading]] = [:]

  /// The plan as a session left it.
  public init(_ commitments: [Commitment]) {
    entries = commitments.map(PlanEntry.init)
  }

  /// The line with an id; nil where there is none.
  public func entry(_ id: String) -> PlanEntry? { entries.first { $0.id == id } }

  /// The commitments among the lines.
  public var commitments: [PlanEntry] { entries.filter(\.isCommitment) }

  /// How often in a row, up to now, nobody was heard of a line when it was asked for.
  public func timesNotHeard(_ id: String) -> Int {
    hearings.lazy.filter { $0.entry == id }.reversed().prefix { $0.answer == .notHeard }.count
  }

  /// What was last said of a line; nil where nobody was heard yet.
  public func lastHeard(_ id: String) -> Hearing? {
    hearings.last { $0.entry == id && $0.answer != .notHeard }
  }

  /// Metrics as they stand: those recorded in the answers, with who looks after them by now and what was read since, and
  /// those that came later.
  public func metrics(_ recorded: [Metric]) -> [Metric] {
    let changed = Dictionary(
      metrics.map { ($0.name.nameKey, $0) }, uniquingKeysWith: { _, later in later })
    var all = recorded.map { metric in
      if let changed = changed[metric.name.nameKey] { return changed.withReadings(metric.readings) }
      var metric = metric
      metric.owner = metric.owner.map(successor)?.nonEmpty
      return metric
    }
    let known = Set(recorded.map(\.name.nameKey))
    all += metrics.filter { !known.contains($0.name.nameKey) }
    return all.map { $0.withReadings(readings[$0.name.nameKey] ?? []) }
  }

  /// Who has taken over from somebody, over all handovers; the same where nobody has.
  private func successor(_ name: String) -> String {
    handovers.reduce(name) { name, handover in
      name.nameKey == handover.from.nameKey ? handover.to : name
    }
  }

  mutating func apply(_ event: PlanEvent, at moment: Timestamp) {
    switch event {
    case .kept(let lines):
      for line in lines {
        if let place = entries.firstIndex(where: { $0.id == line.id }) {
          entries[place] = line
        } else {
          entries.append(line)
        }
      }
    case .freed(let days): daysPerMonth = days
    case .entrusted(let name): keeper = name
    case .requested(let asked): request = asked
    case .heard(let heard):
      hearings += heard
      for hearing in heard {
        if let place = entries.firstIndex(where: { $0.id == hearing.entry }) {
          entries[place] = entries[place].hearing(hearing)
        }
      }
    case .checked(let day): checks.append(day)
    case .handedOver(let from, let to):
      handovers.append(Handover(from: from, to: to, day: moment.day))
      for place in entries.indices {
        if entries[place].owner.nameKey == from.nameKey {
          entries[place].formerOwners.append(.init(name: entries[place].owner, until: moment.day))
          entries[place].owner = to
        }
        if entries[place].helps.nameKey == from.nameKey { entries[place].helps = to }
      }
      for place in metrics.indices where metrics[place].owner?.nameKey == from.nameKey {
        metrics[place].owner = to.isEmpty ? nil : to
      }
      if keeper.nameKey == from.nameKey { keeper = to }
      if request.sponsor.nameKey == from.nameKey { request.sponsor = to }
    case .measured(let metric):
      if let place = metrics.firstIndex(where: { $0.name.nameKey == metric.name.nameKey }) {
        metrics[place] = metric
      } else {
        metrics.append(metric)
      }
    case .read(let name, let reading):
      readings[name.nameKey, default: []].removeAll { $0.date == reading.date }
      readings[name.nameKey, default: []].append(reading)
    case .released(let out, let staying):
      for remark in out { released[remark] = true }
      for remark in staying { released[remark] = false }
    case .undone, .redone: break
    }
  }
}

extension Metric {
  /// The same with more readings; of one day the last counts.
  fileprivate func withReadings(_ more: [Reading]) -> Metric {
    var metric = self
    for reading in more {
      metric.readings.removeAll { $0.date == reading.date }
      metric.readings.append(reading)
    }
    return metric
  }
}

/// A plan together with what can be undone and redone: the state that its events fold into.
public struct PlanHistory: Hashable, Sendable {
  /// The plan as it is now.
  public private(set) var plan: KeptPlan
  /// What still counts, the first first.
  public private(set) var counted: [DatedPlanEvent] = []
  private var takenBack: [DatedPlanEvent] = []
  /// What was said of texts that go out or stay.
  private var releases: [DatedPlanEvent] = []
  private let commitments: [Commitment]

  /// Folds events into a plan, in their order.
  public init(_ commitments: [Commitment], _ events: some Sequence<DatedPlanEvent>) {
    self.commitments = commitments
    plan = KeptPlan(commitments)
    for event in events { note(event) }
    plan = fold()
  }

  /// What the next `undone` would take back; nil where there is nothing.
  public var nextUndo: DatedPlanEvent? { counted.last }
  /// What the next `redone` would bring back; nil where there is nothing.
  public var nextRedo: DatedPlanEvent? { takenBack.last }

  /// Folds one event in; an undo or redo of nothing changes nothing.
  public mutating func apply(_ event: DatedPlanEvent) {
    note(event)
    switch event.event {
    case .undone, .redone: plan = fold()
    default: plan.apply(event.event, at: event.at)
    }
  }

  private mutating func note(_ event: DatedPlanEvent) {
    switch event.event {
    case .undone: if let last = counted.popLast() { takenBack.append(last) }
    case .redone: if let last = takenBack.popLast() { counted.append(last) }
    case .released: releases.append(event)
    default:
      counted.append(event)
      takenBack.removeAll()
    }
  }

  private func fold() -> KeptPlan {
    (counted + releases).reduce(into: KeptPlan(commitments)) { $0.apply($1.event, at: $1.at) }
  }
}
