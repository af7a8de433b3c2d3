import AssessmentModel

/// A picture with what one should see in it, and the table that it is drawn from, for those who can't see it.
package struct Chart: Hashable, Sendable {
  package let title: String
  /// What one should see, in a sentence or two.
  package let says: String
  package let figure: Figure
  /// How the picture is read; for those who see it.
  package let howToRead: String
  /// All that the picture shows.
  package let table: Table
  /// Whether the table stands beside the picture anyway.
  package let isTableBeside: Bool

  package init(
    title: String, says: String, howToRead: String = "", figure: Figure, table: Table,
    isTableBeside: Bool = false
  ) {
    self.howToRead = howToRead
    self.isTableBeside = isTableBeside
    self.title = title
    self.says = says
    self.figure = figure
    self.table = table
  }
}

/// What is drawn.
package enum Figure: Hashable, Sendable {
  /// Areas between Inside-Out and Outside-In.
  case areas([AreaBar], cut: Double)
  /// From where to where areas moved.
  case moves(ChangeChart)
  /// Everybody's vote on each question, without names.
  case votes([VoteRow])
  /// What matters against how it goes.
  case quadrants([QuadrantPoint])
  /// How it feels along the way, with what is expected and how it goes below.
  case journey([JourneyStop])
  /// What is done when.
  case roadmap(RoadmapFigure)
  /// An index over time, with how far chance carries it.
  case trend(TrendFigure)
  /// What was predicted, what others say, what we say ourselves.
  case predictions([PredictionRow])
}

extension Figure {
  /// How it is called in a page's classes.
  var kind: String {
    switch self {
    case .areas: "of-areas"
    case .moves: "of-moves"
    case .votes: "of-votes"
    case .quadrants: "of-quadrants"
    case .journey: "of-journey"
    case .roadmap: "of-roadmap"
    case .trend: "of-trend"
    case .predictions: "of-predictions"
    }
  }
}

/// One area, 0 to 100.
package struct AreaBar: Hashable, Sendable {
  let title: String
  /// nil where it is not scored.
  let score: Double?
  /// Where people like these could place it; nil where nothing is known of that.
  let range: ClosedRange<Double>?
  let step: Int?
  let note: String
  /// Whether the team has chosen to raise it.
  let isRaised: Bool
}

/// The votes on one question.
package struct VoteRow: Hashable, Sendable {
  let title: String
  /// By oriented level, 0 to 4; 4 is the Outside-In end.
  let counts: [Int]
  let dontKnow: Int
  /// Where it was settled, oriented; nil where it was not.
  let settled: Int?
}

/// Something customers expect, in the square of importance and performance; 0 to 1 on each side.
package struct QuadrantPoint: Hashable, Sendable {
  let title: String
  let importance: Double
  let performance: Double
  /// Whether it matters and falls short.
  let isWanting: Bool
}

/// One moment of contact.
package struct JourneyStop: Hashable, Sendable {
  let title: String
  /// −2 to 2; nil where nobody has said.
  let emotion: Int?
  /// 1 to 5; nil where nobody has said.
  let expectation: Int?
  /// 1 to 5; nil where nobody has said.
  let performance: Int?
  let fallsShort: Bool
}

/// What is done when.
package struct RoadmapFigure: Hashable, Sendable {
  package struct Row: Hashable, Sendable {
    let title: String
    /// Who sees to it; empty for nobody.
    let owner: String
    /// In days from the first.
    let begins: Int
    let ends: Int
    let due: String
    let isPromise: Bool
  }

  let rows: [Row]
  /// How many days it reaches, 1 or more.
  let days: Int
  /// Days with a name, such as the checks.
  let marks: [Mark]

  package struct Mark: Hashable, Sendable {
    let day: Int
    let name: String
  }
}

/// An index over time.
package struct TrendFigure: Hashable, Sendable {
  package struct Point: Hashable, Sendable {
    /// 0 to 1 of the time.
    let place: Double
    let name: String
    let value: Double
  }

  let points: [Point]
  /// How far the last may lie from the one before by chance.
  let band: ClosedRange<Double>?
  let cut: Double
}

/// One area as it was predicted and as others see it, 0 to 100.
package struct PredictionRow: Hashable, Sendable {
  let title: String
  let predicted: Double?
  let team: Double?
  let customers: Double
}
