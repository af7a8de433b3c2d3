/// What one rater, or the team as a whole, said to one item in one round.
public struct Response: Hashable, Sendable {
  /// Where a response belongs; there is one for each key.
  public struct Key: Hashable, Sendable {
    public let item: String
    /// nil for the team's own record.
    public let rater: String?
    /// From 1.
    public let round: Int

    public init(item: String, rater: String?, round: Int = 1) {
      self.item = item
      self.rater = rater
      self.round = round
    }
  }

  public enum Answer: Hashable, Sendable {
    /// Not answered yet; a note or a flag may stand here all the same.
    case open
    case answered(Value)
    case notApplicable(reason: String?)
    case dontKnow
  }

  public enum Confidence: String, CaseIterable, Sendable {
    case sure, fairly, guess
  }

  /// How well an answer is supported, from nothing to a measurement.
  public enum Evidence: String, CaseIterable, Comparable, Sendable {
    case none, anecdote, document, measured

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

  public var key: Key
  public var answer: Answer
  public var confidence: Confidence?
  public var evidence: Evidence?
  public var evidenceNote: String?
  public var note: String?
  public var flagged: Bool
  public var carried: Carried?
  public var at: Timestamp?

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

  /// The raw level, where the answer is one.
  public var level: Int? {
    if case .answered(.level(let level)) = answer { return level }
    return nil
  }

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
