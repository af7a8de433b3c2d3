import AssessmentModel

/// How the time of a workshop is shared out, in seconds, from what groups were found to take.
package struct Agenda: Hashable, Sendable {
  package static let usualMinutes = 120
  /// Welcome, whose result it is, primer, a question to practise.
  package static let opening = 12 * 60
  /// The result, the candidates, who does what by when.
  package static let closing = 20 * 60
  package static let pause = 10 * 60
  /// A shorter workshop goes through without one.
  package static let leastMinutesForAPause = 90
  /// Showing cards, counting and reading a question, and so much more for each person.
  static let voteAnyway = 60
  static let votePerson = 5
  /// Collecting cards face down and shuffling them.
  static let collecting = 40
  /// Talking about a split, and voting again.
  package static let split = 330
  /// One question in so many is split.
  static let questionsPerSplit = 8
  package static let evidence = 90
  /// One expectation and the worst moment.
  package static let records = 8 * 60
  package static let mostAreas = 2
  /// A critical question gets so much of what is left over.
  static let criticalWeight = 1.5

  /// One thing the time goes to.
  package struct Block: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
      case opening, questions, splits, evidence, deepening, records, pause, closing
    }

    package let kind: Kind
    package let seconds: Int
  }

  package let blocks: [Block]
  /// For an ordinary question, and for a critical one, with what was left over shared out.
  package let question: Int
  package let criticalQuestion: Int
  /// How many areas there is time to deepen, 0 to 2.
  package let areas: Int
  /// Seconds that are missing for the questions alone.
  package let shortfall: Int

  /// How long a question takes by cards, without talking about it.
  package static func vote(people: Int, cards: WorkshopState.Cards) -> Int {
    voteAnyway + votePerson * people + (cards == .collected ? collecting : 0)
  }

  /// Talking about what is split of so many questions.
  private static func splits(_ questions: Int) -> Int {
    (questions + questionsPerSplit - 1) / questionsPerSplit * split
  }

  /// How many areas fit into so many seconds, and how many of them they take, talking included.
  ///
  /// - Parameters:
  ///   - questions: how many are asked without them.
  ///   - perArea: how many more an area has.
  ///   - vote: how long a question takes without talking about it.
  package static func deepening(
    in seconds: Int, behind questions: Int, perArea: Int, vote: Int
  ) -> (areas: Int, seconds: Int) {
    guard perArea > 0 else { return (0, 0) }
    func taken(_ areas: Int) -> Int {
      areas * perArea * vote + splits(questions + areas * perArea) - splits(questions)
    }
    let areas = (1...mostAreas).last { taken($0) <= seconds } ?? 0
    return (areas, taken(areas))
  }

  /// - Parameters:
  ///   - questions: how many are asked of everybody.
  ///   - critical: how many of them are critical.
  ///   - perArea: how many more an area has.
  package init(
    minutes: Int, people: Int, cards: WorkshopState.Cards, questions: Int, critical: Int, perArea: Int
  ) {
    let vote = Self.vote(people: people, cards: cards)
    let pause = minutes >= Self.leastMinutesForAPause ? Self.pause : 0
    var left = minutes * 60 - Self.opening - Self.closing - pause
    /// Takes it where it fits.
    func take(_ seconds: Int) -> Int {
      guard seconds > 0, seconds <= left else { return 0 }
      left -= seconds
      return seconds
    }
    shortfall = max(0, questions * vote - left)
    left = max(0, left - questions * vote)
    // What a split takes is not to be had from the questions: better fewer entries than nobody heard.
    let talk = take(min(Self.splits(questions), left / Self.split * Self.split))
    let proof = take(min((critical + 1) / 2, left / Self.evidence) * Self.evidence)
    let records = take(Self.records)
    let (areas, deepening) =
      talk == Self.splits(questions)
      ? Self.deepening(in: left, behind: questions, perArea: perArea, vote: vote) : (0, 0)
    left -= deepening
    self.areas = areas
    let asked = questions + areas * perArea
    let weight = Double(asked - critical) + Self.criticalWeight * Double(critical)
    let share = weight > 0 ? Double(left) / weight : 0
    question = vote + Int(share)
    criticalQuestion = vote + Int(share * Self.criticalWeight)
    blocks = [
      Block(kind: .opening, seconds: Self.opening), Block(kind: .questions, seconds: questions * vote + left),
      Block(kind: .splits, seconds: talk), Block(kind: .evidence, seconds: proof),
      Block(kind: .deepening, seconds: deepening), Block(kind: .records, seconds: records),
      Block(kind: .pause, seconds: pause), Block(kind: .closing, seconds: Self.closing),
    ].filter { $0.seconds > 0 }
  }
}
