/// A step up for one scored item: what to do to reach a level.
public struct ActionStep: Hashable, Sendable {
  public let id: String
  public let item: String
  /// The level it leads to, 2, 3 or 4, oriented.
  public let to: Int
  public let title: String
  /// What one person can do within a week.
  public let firstStep: String
  /// Person-days; nil where nobody has estimated it.
  public let effortDays: Int?
  /// A role.
  public let owner: String?
  /// What shows that it is done.
  public let done: String?
  public let metric: String?
  /// What the organisation stops doing for it.
  public let stop: String?
  /// Other steps needed first; the step one below of the same item always is.
  public let requires: [String]

  public init(
    id: String, item: String, to: Int, title: String, firstStep: String, effortDays: Int?,
    owner: String? = nil, done: String? = nil, metric: String? = nil, stop: String? = nil,
    requires: [String] = []
  ) {
    self.id = id
    self.item = item
    self.to = to
    self.title = title
    self.firstStep = firstStep
    self.effortDays = effortDays
    self.owner = owner
    self.done = done
    self.metric = metric
    self.stop = stop
    self.requires = requires
  }
}

/// The steps of one questionnaire; it is no part of a version, so steps can improve while the
/// questions stay.
public struct ActionLibrary: Hashable, Sendable {
  public let questionnaire: String
  public let steps: [ActionStep]

  public init(questionnaire: String, steps: [ActionStep]) {
    self.questionnaire = questionnaire
    self.steps = steps
  }
}
