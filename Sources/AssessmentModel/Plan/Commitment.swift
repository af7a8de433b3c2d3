/// A promise the team walks out with: one name, one first step, what shows that it is done, and one
/// thing to stop.
public struct Commitment: Hashable, Sendable {
  /// The action it begins, by id; a team's own has an id that starts with `own-`.
  public var action: String
  public var title: String
  public var owner: String
  public var firstStep: String
  /// The day the first step is taken by.
  public var by: Day
  public var done: String
  public var stop: String

  public init(
    action: String, title: String, owner: String, firstStep: String, by: Day, done: String,
    stop: String
  ) {
    self.action = action
    self.title = title
    self.owner = owner
    self.firstStep = firstStep
    self.by = by
    self.done = done
    self.stop = stop
  }
}
