/// A step up for one scored item: what to do to reach a level.
public struct ActionStep: Hashable, Sendable {
  /// Chosen by the author, such as `exp-listen-3`; unique in the library, and what commitments refer to.
  public let id: String
  /// Id of the scored item it raises.
  public let item: String
  /// The level it leads to, oriented, 1 to 4; one for each level and item. Authors have to give 2, 3 and 4.
  public let to: Int
  /// What is done, in at most 80 characters.
  public let title: String
  /// What one person can do within a week.
  public let firstStep: String
  /// Person-days; nil where nobody has estimated it.
  public let effortDays: Int?
  /// A role, such as `head of operations`; nil where not said.
  public let owner: String?
  /// What shows that it is done; nil where not said.
  public let done: String?
  /// What to count while it is under way, in words; nil where not said.
  public let metric: String?
  /// Id of the metric in the library whose reading that is, or the nearest to it; nil where there is none.
  public let measuredBy: String?
  /// What the organisation stops doing for it; nil where not said.
  public let stop: String?
  /// Ids of other steps needed first; the step one below of the same item always is.
  public let requires: [String]

  /// Takes each property as it is; nothing is checked.
  public init(
    id: String, item: String, to: Int, title: String, firstStep: String, effortDays: Int?,
    owner: String? = nil, done: String? = nil, metric: String? = nil, measuredBy: String? = nil,
    stop: String? = nil, requires: [String] = []
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
    self.measuredBy = measuredBy
    self.stop = stop
    self.requires = requires
  }
}

/// The steps of one questionnaire; it is no part of a version, so steps can improve while the
/// questions stay.
public struct ActionLibrary: Hashable, Sendable {
  /// Id of the questionnaire, without a version.
  public let questionnaire: String
  /// In the order of the file; one for each item and level at most.
  public let steps: [ActionStep]
  /// Which organisations are small, by what they say of themselves; nil where the file does not say.
  public let small: Condition?
  /// Each role in the words of a small organisation: who does what a role does where there is no such role.
  public let roles: [String: String]

  /// Takes each property as it is; nothing is checked, circles in `requires` included.
  public init(
    questionnaire: String, steps: [ActionStep], small: Condition? = nil, roles: [String: String] = [:]
  ) {
    self.questionnaire = questionnaire
    self.steps = steps
    self.small = small
    self.roles = roles
  }

  /// The same with owners that fit an organisation: roles only where it is known not to be small.
  public func fitting(_ assessment: Assessment, _ questionnaire: Questionnaire) -> ActionLibrary {
    if roles.isEmpty { return self }
    var known: [String: Condition.Answer] = [:]
    let sources = small?.sources ?? []
    for id in sources {
      if let item = questionnaire.item(id) { known[id] = assessment.conditionAnswer(item, in: questionnaire) }
    }
    let isKnown = small != nil && sources.allSatisfy { known[$0] != nil }
    if isKnown, small?.holds(given: { known[$0] }) == false { return self }
    return ActionLibrary(
      questionnaire: self.questionnaire,
      steps: steps.map { step in
        ActionStep(
          id: step.id, item: step.item, to: step.to, title: step.title, firstStep: step.firstStep,
          effortDays: step.effortDays, owner: step.owner.map { roles[$0] ?? $0 }, done: step.done,
          metric: step.metric, measuredBy: step.measuredBy, stop: step.stop, requires: step.requires)
      }, small: small, roles: roles)
  }
}
