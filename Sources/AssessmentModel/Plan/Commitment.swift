/// A promise the team walks out with: one name, one first step, what shows that it is done, and one
/// thing to stop.
public struct Commitment: Hashable, Sendable {
  /// Id of the candidate it begins; a team's own has `own-` and a number, `own-1`.
  public var action: String
  /// What is promised, in the team's words or those of the candidate.
  public var title: String
  /// The name of one person; empty, or `to be named`, until somebody takes it.
  public var owner: String
  /// What is done within seven days; empty until it is said.
  public var firstStep: String
  /// The day the first step is taken by, in UTC.
  public var by: Day
  /// The day by which it is done, in UTC; nil where the plan proposes one.
  public var due: Day?
  /// What shows that it is done; empty where not said.
  public var done: String
  /// What the organisation stops doing for it; empty where not said.
  public var stop: String

  /// Takes each property as it is; nothing is checked.
  public init(
    action: String, title: String, owner: String, firstStep: String, by: Day, due: Day? = nil,
    done: String, stop: String
  ) {
    self.action = action
    self.title = title
    self.owner = owner
    self.firstStep = firstStep
    self.by = by
    self.due = due
    self.done = done
    self.stop = stop
  }
}
