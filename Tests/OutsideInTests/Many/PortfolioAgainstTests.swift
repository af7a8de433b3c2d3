import AssessmentModel
import Foundation
import SeededGenerator
import Testing

@testable import Interchange
@testable import Scoring

/// One against the mean of others: for teams and for organisations it is one arithmetic.
@Suite struct MeanDifferenceTests {
  /// By hand: 60 against 40 and 50, variances 4, 9 and 16, ν 5, 6 and 7.
  @Test func byHand() throws {
    var others = MeanIndex()
    #expect(others.measured == nil)
    others.add(MeasuredIndex(index: 40, variance: 9, degreesOfFreedom: 6))
    others.add(MeasuredIndex(index: 50, variance: 16, degreesOfFreedom: 7))
    let mean = try #require(others.measured)
    #expect(mean.index == 45 && isClose(mean.variance, 25.0 / 4, 1e-12))
    let difference = MeanDifference(
      of: MeasuredIndex(index: 60, variance: 4, degreesOfFreedom: 5), from: mean, link: 1)
    let error = 11.25.squareRoot()
    #expect(difference.delta == 15 && isClose(difference.standardError, error, 1e-12))
    let parts: [Double] = [16 / 5, 81 / (16 * 6), 256 / (16 * 7)]
    let degrees: Double = 10.25 * 10.25 / parts.reduce(0, +)
    #expect(isClose(difference.degreesOfFreedom, degrees, 1e-12))
    let p = 2 * (1 - StudentT.cumulative(15 / error, degreesOfFreedom: degrees))
    #expect(isClose(difference.p, p, 1e-12))
    let detectable = StudentT.quantile(0.975, degreesOfFreedom: degrees) * error
    #expect(isClose(difference.detectable(level: 0.1, tests: 2), detectable, 1e-12))
  }

  /// Of several it is Welch's and Satterthwaite's ν; of one it is its own.
  @Test func theMeanOfOneIsItself() {
    var mean = MeanIndex()
    let one = MeasuredIndex(index: 33, variance: 7, degreesOfFreedom: 4.5)
    mean.add(one)
    #expect(mean.measured == one)
  }
}

@Suite struct PortfolioAgainstTests {
  private static let frame = PortfolioFrame(
    outsideIn.questionnaire, ways: [Correspondence(identity: outsideIn.questionnaire)], isCore: false)

  private static func entry(_ index: Double, error: Double = 3, degrees: Double = 6) -> PortfolioEntry {
    let certainty = PortfolioScore.Certainty(
      orientation: index > 50 ? .outsideIn : .insideOut, band: .likely, standardError: error,
      degreesOfFreedom: degrees, raterVariance: error * error,
      range: max(0, index - 2 * error)...min(100, index + 2 * error))
    let areas = outsideIn.questionnaire.dimensions.map { _ in
      PortfolioScore.Area(score: index, coverage: 1)
    }
    return PortfolioEntry(
      finishedAt: noon, raters: 3,
      score: PortfolioScore(index: index, coverage: 1, certainty: certainty, areas: areas),
      standings: frame.items.map { _ in .init(.answered, index / 25) })
  }

  private static func portfolio(_ indexes: [Double], of one: String?, groups: [String: String] = [:])
    -> Portfolio
  {
    var builder = PortfolioBuilder(frame, on: noon.day, of: one, groups: groups)
    for (place, index) in indexes.enumerated() {
      builder.add(organization: "o\(place)", team: "", entry(index))
    }
    return builder.finish()
  }

  @Test func againstTheMeanOfTheOthers() throws {
    let against = try #require(Self.portfolio([20, 40, 50, 60], of: "o0").against)
    #expect(against.index == 20 && against.mean == 50 && against.others == 3 && against.teams == 1)
    #expect(isClose(against.standardError, 12.0.squareRoot(), 1e-12))
    // 12²/(9²/6 + 3·9²/(3⁴·6)).
    #expect(isClose(against.degreesOfFreedom, 144.0 / 14, 1e-9))
    #expect(against.outcome == .lower && against.below == nil && against.range == 14...26)
    #expect(against.areas.allSatisfy { $0 == 20 })
    let higher = try #require(Self.portfolio([80, 40, 50, 60], of: "o0").against)
    #expect(higher.outcome == .higher)
    let among = try #require(Self.portfolio([52, 40, 50, 60], of: "o0").against)
    #expect(among.outcome == .none && abs(among.index - among.mean) < among.detectable)
  }

  /// The same figures as teams of one organisation have among themselves.
  @Test func theOutcomeTurnsWhereItCounts() throws {
    let detectable = try #require(Self.portfolio([50, 40, 50, 60], of: "o0").against).detectable
    for (index, outcome) in [
      (50 + detectable - 0.01, TeamComparison.Outcome.none), (50 + detectable + 0.01, .higher),
      (50 - detectable - 0.01, .lower),
    ] {
      #expect(Self.portfolio([index, 40, 50, 60], of: "o0").against?.outcome == outcome)
    }
  }

  /// Thirty others, at 1, 2, … 30: below 14 lie 13 of them, below 26 lie 25.
  @Test func aPercentileIsARangeAndOfThirty() throws {
    let others = (1...30).map(Double.init)
    let below = try #require(Self.portfolio([20] + others, of: "o0").against?.below)
    #expect(isClose(below.lowerBound, 13.0 / 30, 1e-12) && isClose(below.upperBound, 25.0 / 30, 1e-12))
    #expect(Self.portfolio([20] + others.dropLast(), of: "o0").against?.below == nil)
    let highest = try #require(Self.portfolio([100] + others, of: "o0").against?.below)
    #expect(highest == 1...1)
    let lowest = try #require(Self.portfolio([0] + others, of: "o0").against?.below)
    #expect(lowest.lowerBound == 0 && isClose(lowest.upperBound, 5.0 / 30, 1e-12))
  }

  @Test func noneWhereThereIsNothingToSetItAgainst() {
    #expect(Self.portfolio([50], of: "o0").against == nil)
    #expect(Self.portfolio([50, 40], of: "o7").against == nil)
    #expect(Self.portfolio([50, 40], of: nil).against == nil)
    // The mean of two tells each of them what the other has.
    #expect(Self.portfolio([50, 40, 60], of: "o0").against == nil)
    #expect(Self.portfolio([50, 40, 60, 70], of: "o0").against?.others == 3)
    // Two teams of one are no others.
    var builder = PortfolioBuilder(Self.frame, on: noon.day, of: "o")
    builder.add(organization: "o", team: "a", Self.entry(40))
    builder.add(organization: "o", team: "b", Self.entry(60))
    #expect(builder.finish().against == nil)
  }

  /// An organisation is the mean of its teams, and so is its error.
  @Test func ofSeveralTeamsItIsTheirMean() throws {
    var builder = PortfolioBuilder(Self.frame, on: noon.day, of: "o")
    builder.add(organization: "a", team: "", Self.entry(30))
    builder.add(organization: "o", team: "a", Self.entry(40))
    builder.add(organization: "o", team: "b", Self.entry(60, error: 5, degrees: 4))
    for other in ["p", "q"] { builder.add(organization: other, team: "", Self.entry(30)) }
    let against = try #require(builder.finish().against)
    #expect(against.index == 50 && against.teams == 2 && against.others == 3 && against.mean == 30)
    #expect(isClose(against.standardError, 11.5.squareRoot(), 1e-12))
    // (9 + 25)/4, and what Welch and Satterthwaite make of 9²/(16·6) and 25²/(16·4).
    let degrees: Double = 8.5 * 8.5 / (81.0 / 96 + 625.0 / 64)
    let half = StudentT.quantile(0.95, degreesOfFreedom: degrees) * 8.5.squareRoot()
    #expect(isClose(against.range.lowerBound, 50 - half, 1e-9))
    #expect(isClose(against.range.upperBound, 50 + half, 1e-9))
  }

  /// The highest first, each with its range; of more than a page should list none.
  @Test func organisationsAreListedWhereThereAreFew() throws {
    let listed = try #require(Self.portfolio([20, 80, 52], of: nil).listed)
    #expect(listed.map(\.key) == ["o1", "o2", "o0"] && listed.map(\.index) == [80, 52, 20])
    #expect(listed.map(\.isOutsideIn) == [true, true, false] && listed[2].range == 14...26)
    #expect(listed.allSatisfy { $0.band == .likely && $0.teams == 1 })
    let most = PortfolioBuilder.mostListed
    #expect(Self.portfolio((0..<most).map { Double($0 % 100) }, of: nil).listed?.count == most)
    #expect(Self.portfolio((0...most).map { Double($0 % 100) }, of: nil).listed == nil)
  }

  @Test func groupsStandBesideOneAnother() {
    let portfolio = Self.portfolio(
      [20, 40, 60, 80, 50], of: nil, groups: ["o0": "South", "o1": "South", "o2": "North", "o3": "North"])
    #expect(portfolio.groups.map(\.name) == ["North", "South", nil])
    #expect(portfolio.groups.map(\.index.count) == [2, 2, 1])
    #expect(portfolio.groups.map(\.index.mean) == [70, 30, 50])
    #expect(portfolio.groups.map(\.outsideIn) == [2, 0, 0])
    #expect(Self.portfolio([20, 40], of: nil).groups.isEmpty)
  }
}

/// What many teams together say of how far people lie apart.
@Suite struct LearnedScatterTests {
  /// Scatter of teams with the given squares of what is seen over what is assumed.
  private static func scatters(_ ratios: [Double], degrees: Double, seen: Bool = true) -> [ChangeScatter] {
    ratios.map { ratio in
      let variance = SeenVariance(assumed: 50, observed: 50 * ratio, degreesOfFreedom: seen ? degrees : 0)
      return ChangeScatter(
        from: variance, to: variance, difference: variance, fromRaters: Int(degrees) + 1,
        toRaters: Int(degrees) + 1, same: Int(degrees) + 1)
    }
  }

  private static let assumed = ScatterPrior(.standard)

  @Test func ofFewTeamsNothingIsLearnt() {
    let few = LearnedScatter(Self.scatters(Array(repeating: 0.5, count: 29), degrees: 5), policy: .standard)
    #expect(few.views == Self.assumed && few.moves == Self.assumed)
    let unseen = LearnedScatter(
      Self.scatters(Array(repeating: 0.5, count: 90), degrees: 5, seen: false), policy: .standard)
    #expect(unseen.views == Self.assumed && unseen.moves == Self.assumed)
    let alike = LearnedScatter(Self.scatters(Array(repeating: 0, count: 90), degrees: 5), policy: .standard)
    #expect(alike.moves == Self.assumed)
  }

  /// Teams whose ratios differ by less than chance makes them count as alike.
  @Test func fromThirtyOnTheirScaleIsTaken() {
    let learned = LearnedScatter(
      Self.scatters(Array(repeating: 0.5, count: 30), degrees: 5), policy: .standard)
    #expect(
      isClose(learned.moves.scale, 0.5, 1e-12)
        && learned.moves.degreesOfFreedom == LearnedScatter.mostDegrees)
    #expect(learned.views == learned.moves)
  }

  /// Drawn from what is assumed of them, scale and ν0 come out: seed printed where they don't.
  @Test(arguments: [(8.0, 0.7), (14, 1.6)])
  func whatTheyWereDrawnFromComesOut(degrees: Double, scale: Double) {
    var random = SeededGenerator(state: UInt64(degrees))
    func chi(_ degrees: Int) -> Double {
      (0..<degrees).reduce(0) { sum, _ in
        let radius = -2 * log(1 - Double.random(in: 0..<1, using: &random))
        let turn = cos(2 * .pi * Double.random(in: 0..<1, using: &random))
        return sum + radius * turn * turn
      }
    }
    let ratios = (0..<4_000).map { _ in scale * degrees / chi(Int(degrees)) * chi(5) / 5 }
    let learned = LearnedScatter(Self.scatters(ratios, degrees: 5), policy: .standard).moves
    // The mean of 1/χ² is ν/(ν − 2).
    let mean: Double = scale * degrees / (degrees - 2)
    #expect(abs(learned.scale / mean - 1) < 0.05, "\(learned)")
    #expect(abs(learned.degreesOfFreedom - degrees) < 4, "\(learned)")
  }

  /// By what is assumed a change's error is that of a comparison.
  @Test func withoutThemTheErrorIsThatOfAComparison() {
    for scatter in Self.scatters([0.2, 1, 3], degrees: 5) {
      let error = scatter.error(of: Self.assumed, difference: Self.assumed)
      let observed = scatter.difference.observed
      let variance: Double = (4 * 50 + 5 * observed) / 54
      #expect(isClose(error.variance, variance, 1e-12) && error.degreesOfFreedom == 9)
    }
  }
}

/// Who is in which group, as somebody has it in a table.
@Suite struct GroupTableTests {
  @Test func organizationAndGroupAndWhateverElse() throws {
    let rows = try GroupCSV.read(
      Array("City;Group;Organization\nUlm;Clients  of  2025;Acme\nBonn;New;'=Beta\n\n".utf8))
    #expect(
      rows.map(\.organization) == ["Acme", "=Beta"] && rows.map(\.group) == ["Clients of 2025", "New"])
  }

  @Test(arguments: [
    ("", 1, "empty"), ("organization,city\nA,B\n", 1, "no column \"group\""),
    ("organization,group,Group\nA,B,C\n", 1, "two columns"), ("organization,group\n", 1, "nobody"),
    ("organization,group\nA,x\n,x\n", 3, "organisation is missing"),
    ("organization,group\nA,\n", 2, "in no group"),
    ("organization,group\nA,x\na ,y\n", 3, "in \"x\" further up"),
  ])
  func saysWhatIsWrong(text: String, line: Int, words: String) {
    let problem = #expect(throws: CSV.Problem.self) { try GroupCSV.read(Array(text.utf8)) }
    #expect(problem?.line == line && problem?.message.contains(words) == true, "\(problem as Any)")
  }
}
