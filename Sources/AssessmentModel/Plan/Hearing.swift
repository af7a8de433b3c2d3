/// What was heard of one line of the plan, at a check or in a reply.
public struct Hearing: Hashable, Sendable {
  /// What somebody said of it; that nobody did is a hearing, too.
  public enum Answer: String, CaseIterable, Sendable {
    case done, doing, stuck, dropped, notHeard
  }

  /// Id of the ``PlanEntry``.
  public let entry: String
  /// That nobody was heard is one, too.
  public let answer: Answer
  /// The day it was said, in UTC.
  public let day: Day
  /// Who said so; empty where that is not known.
  public let from: String
  /// What was said behind the answer, word for word; empty where nothing was.
  public let words: String
  /// What shows that it is done; empty for other answers, and where nothing was shown.
  public let shown: String
  /// What keeps it from going on; empty unless it is stuck.
  public let blocks: String
  /// Who helps; empty where nobody was named.
  public let helps: String
  /// By when, in UTC.
  public let helpsBy: Day?

  /// Takes each property as it is; nothing is checked.
  public init(
    entry: String, answer: Answer, day: Day, from: String = "", words: String = "", shown: String = "",
    blocks: String = "", helps: String = "", helpsBy: Day? = nil
  ) {
    self.entry = entry
    self.answer = answer
    self.day = day
    self.from = from
    self.words = words
    self.shown = shown
    self.blocks = blocks
    self.helps = helps
    self.helpsBy = helpsBy
  }
}

extension PlanEntry {
  /// The same after something was heard of it; what was not heard leaves it as it was.
  func hearing(_ hearing: Hearing) -> PlanEntry {
    var entry = self
    switch hearing.answer {
    case .notHeard: return self
    case .doing: entry.status = .doing
    case .done: entry.status = .done
    case .stuck: entry.status = .stuck
    case .dropped: entry.status = .dropped
    }
    (entry.blocks, entry.helps, entry.helpsBy) = (hearing.blocks, hearing.helps, hearing.helpsBy)
    entry.shown = hearing.shown
    return entry
  }
}
