/// One thing that happened to a plan after it was made. None of them can change an answer, a date of the assessment or
/// whether it is finished: they have no word for it.
public enum PlanEvent: Hashable, Sendable {
  /// Lines of the plan as they are now; one of an id that is there is replaced, another one is added.
  case kept([PlanEntry])
  /// How many person-days a month the team can free; nil where it is not known again.
  case freed(daysPerMonth: Double?)
  /// Who keeps the plan and calls the checks; empty for nobody.
  case entrusted(keeper: String)
  /// What is asked of those who decide.
  case requested(BoardRequest)
  /// What was said of lines, be it in one mail.
  case heard([Hearing])
  /// All that was to be asked at a check was asked.
  case checked(on: Day)
  /// All that one person saw to is another one's, or nobody's where `to` is empty.
  case handedOver(from: String, to: String)
  /// A metric as it is now; one of that name that is there is replaced, whose readings stay.
  case measured(Metric)
  /// What a metric was on a day; another value of the same day replaces it.
  case read(metric: String, Metric.Reading)
  /// Of texts that were typed beside the answers: whether documents may carry them. It changes nothing of the plan, and
  /// is no part of what can be taken back.
  case released(out: [Remark], staying: [Remark])
  /// The last event that still counts is taken back.
  case undone
  /// The last `undone` is taken back.
  case redone
}

/// What is asked of those who decide, beside the days of work that follow from the plan.
public struct BoardRequest: Hashable, Sendable {
  /// Who stands for it; empty where nobody is named.
  public var sponsor: String
  /// What it costs, in words; empty where no money is asked for.
  public var money: String
  /// By when an answer is needed, in UTC; nil where nothing is said.
  public var decideBy: Day?
  /// What would make the team stop; empty where nothing is said.
  public var stopIf: String

  /// Takes each property as it is; nothing is checked.
  public init(sponsor: String = "", money: String = "", decideBy: Day? = nil, stopIf: String = "") {
    self.sponsor = sponsor
    self.decideBy = decideBy
    self.money = money
    self.stopIf = stopIf
  }
}

/// A plan's event, and when it happened.
public struct DatedPlanEvent: Hashable, Sendable {
  /// To the second, in UTC.
  public let at: Timestamp
  /// What happened.
  public let event: PlanEvent

  /// Takes each property as it is; nothing is checked.
  public init(at: Timestamp, _ event: PlanEvent) {
    self.at = at
    self.event = event
  }
}
