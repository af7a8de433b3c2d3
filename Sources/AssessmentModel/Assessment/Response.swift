/// What one rater, or the team as a whole, said to one item in one round.
public struct Response: Hashable, Sendable {
  /// Where a response belongs; there is one for each key.
  public struct Key: Hashable, Sendable {
    /// Id of the item that was answered.
    public let item: String
    /// Id of the rater; nil for the team's own record.
    public let rater: String?
    /// The round of voting, 1 to 9; 1 for what is asked once.
    public let round: Int

    /// Takes each property as it is; nothing is checked.
    public init(item: String, rater: String?, round: Int = 1) {
      self.item = item
      self.rater = rater
      self.round = round
    }
  }

  /// What was said, or why there is no value.
  public enum Answer: Hashable, Sendable {
    /// Not answered yet; a note or a flag may stand here all the same.
    case open
    case answered(Value)
    case notApplicable(reason: String?)
    case dontKnow
  }

  /// How sure the rater is; it filters what to look at again and never changes a score.
  public enum Confidence: String, CaseIterable, Sendable {
    case sure, fairly, guess
  }

  /// How well an answer is supported, from nothing to a measurement.
  public enum Evidence: String, CaseIterable, Comparable, Sendable {
    case none, anecdote, document, measured

    /// By `grade`.
    public static func < (left: Evidence, right: Evidence) -> Bool {
      left.grade < right.grade
    }

    /// 0 for `none` to 3 for `measured`.
    public var grade: Int {
      switch self {
      case .none: 0
      case .anecdote: 1
      case .document: 2
      case .measured: 3
      }
    }
  }

  /// Whether an answer taken over from an earlier assessment was looked at again.
  public enum Carried: String, CaseIterable, Sendable {
    case toConfirm, confirmed
  }

  /// Which item, rater and round it belongs to; it replaces what was said there before.
  public var key: Key
  /// A value has the type that the item takes.
  public var answer: Answer
  /// nil where not said.
  public var confidence: Confidence?
  /// nil where nothing was said, unlike `none`. It gates steps 3 and 4 of critical items, never a score.
  public var evidence: Evidence?
  /// What the evidence is, in words; nil where nothing is said.
  public var evidenceNote: String?
  /// Anything else the rater wants to keep; nil where there is nothing.
  public var note: String?
  /// Marked to come back to.
  public var flagged: Bool
  /// nil for an answer that was given in this assessment.
  public var carried: Carried?
  /// When it was last changed; nil where a document does not say.
  public var at: Timestamp?

  /// Takes each property as it is; nothing is checked.
  public init(
    key: Key, answer: Answer = .open, confidence: Confidence? = nil, evidence: Evidence? = nil,
    evidenceNote: String? = nil, note: String? = nil, flagged: Bool = false,
    carried: Carried? = nil, at: Timestamp? = nil
  ) {
    self.key = key
    self.answer = answer
    self.confidence = confidence
    self.evidence = evidence
    self.evidenceNote = evidenceNote
    self.note = note
    self.flagged = flagged
    self.carried = carried
    self.at = at
  }

  /// The raw level, 0 to 4; nil where the answer is none.
  public var level: Int? {
    if case .answered(.level(let level)) = answer { return level }
    return nil
  }

  /// What counts of it: an answer that was taken over is open until it is confirmed.
  public var counted: Answer { carried == .toConfirm ? .open : answer }

  /// Whether it was taken over from an earlier assessment and waits to be confirmed.
  public var isToConfirm: Bool { carried == .toConfirm && answer != .open }

  /// What was answered; nil for the other kinds of answer.
  public var value: Value? {
    if case .answered(let value) = answer { return value }
    return nil
  }
}

/// The value of an answered item, by its type.
public enum Value: Hashable, Sendable {
  /// A raw level or position, 0 to 4.
  case level(Int)
  /// The chosen option of a `choice`.
  case option(String)
  /// The chosen options of a `choice` that takes several.
  case options([String])
  case number(Double)
  case text(String)
  case expectations([Expectation])
  case moments([Moment])
  case metrics([Metric])
  /// Ids of the dimensions to raise.
  case raise([String])
}
