/// One line of the plan that a team keeps: a commitment, or an action that somebody has taken up or changed.
public struct PlanEntry: Hashable, Sendable {
  /// How it stands, as its owner last said.
  public enum Status: String, CaseIterable, Sendable {
    case open, doing, stuck, done, dropped

    /// Whether something is still to be done.
    public var isOpen: Bool { self != .done && self != .dropped }
  }

  /// Somebody who saw to it before.
  public struct FormerOwner: Hashable, Sendable {
    /// As it stood there.
    public let name: String
    /// The day on which it was handed over, in UTC.
    public let until: Day

    /// Takes each property as it is; nothing is checked.
    public init(name: String, until: Day) {
      self.name = name
      self.until = until
    }
  }

  /// Id of the candidate it is, as in ``Commitment``; a team's own has `own-` and a number.
  public let id: String
  /// Whether it is one of the commitments, rather than an action from the roadmap.
  public var isCommitment: Bool
  /// What is promised, in the team's words or those of the candidate.
  public var title: String
  /// The name of one person, who has said yes to it; empty until somebody has.
  public var owner: String
  /// What is done first; empty until it is said.
  public var firstStep: String
  /// The day the first step is taken by, in UTC; nil until it is said.
  public var by: Day?
  /// The day by which it is done, in UTC; nil where it is the plan's proposal.
  public var due: Day?
  /// As it was last heard or set.
  public var status: Status
  /// Person-days, as the team says; nil where nobody has confirmed a figure.
  public var effortDays: Int?
  /// What shows that it is done; empty where not said.
  public var done: String
  /// What the organisation stops doing for it; empty where not said.
  public var stop: String
  /// What is counted to see whether it helps, be it by the name of a metric; empty where not said.
  public var metric: String
  /// What keeps it from going on; empty unless it is stuck.
  public var blocks: String
  /// Who helps with that; empty where nobody was named.
  public var helps: String
  /// By when, in UTC.
  public var helpsBy: Day?
  /// What was shown when it was called done; empty where nothing was.
  public var shown: String
  /// Who saw to it before, the first first.
  public var formerOwners: [FormerOwner]

  /// Takes each property as it is; nothing is checked.
  public init(
    id: String, isCommitment: Bool, title: String, owner: String = "", firstStep: String = "",
    by: Day? = nil, due: Day? = nil, status: Status = .open, effortDays: Int? = nil, done: String = "",
    stop: String = "", metric: String = "", blocks: String = "", helps: String = "", helpsBy: Day? = nil,
    shown: String = "", formerOwners: [FormerOwner] = []
  ) {
    self.id = id
    self.isCommitment = isCommitment
    self.title = title
    self.owner = owner
    self.firstStep = firstStep
    self.by = by
    self.due = due
    self.status = status
    self.effortDays = effortDays
    self.done = done
    self.stop = stop
    self.metric = metric
    self.blocks = blocks
    self.helps = helps
    self.helpsBy = helpsBy
    self.shown = shown
    self.formerOwners = formerOwners
  }

  /// A commitment as the session left it.
  public init(_ commitment: Commitment) {
    self.init(
      id: commitment.action, isCommitment: true, title: commitment.title,
      owner: commitment.isNamed ? commitment.owner : "", firstStep: commitment.firstStep, by: commitment.by,
      due: commitment.due, done: commitment.done, stop: commitment.stop)
  }

  /// Whether somebody has said yes to it.
  public var isNamed: Bool { !owner.nameKey.isEmpty }
}

/// The name that somebody typed for an owner, without blanks around it; empty for `nobody`, `none` and a dash.
package func ownerName(_ text: String) -> String {
  let name = text.trimmed
  return ["nobody", "none", "-", "–"].contains(name.lowercased()) ? "" : name
}

extension Commitment {
  /// What stands for a name until there is one.
  package static let nobody = "to be named"

  /// Whether somebody has said yes to it.
  public var isNamed: Bool { !["", Self.nobody].contains(owner.nameKey) }
}
