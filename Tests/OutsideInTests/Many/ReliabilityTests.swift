import SeededGenerator
import Testing

@testable import Scoring

/// How items hang together; known figures stand in `Fixtures/cases.json`.
@Suite struct ReliabilityTests {
  private static func moments(_ rows: [[Double]]) -> ItemMoments {
    var moments = ItemMoments(items: rows[0].count)
    for row in rows { moments.add(row) }
    return moments
  }

  /// Gathered one after the other it is what it is of all together.
  @Test func momentsAreThoseOfTheWhole() throws {
    var random = SeededGenerator(state: 7)
    let rows = (0..<500).map { _ in (0..<6).map { _ in Double(Int.random(in: 0...4, using: &random)) + 1e6 } }
    let covariance = try #require(Self.moments(rows).covariance)
    for one in 0..<6 {
      for other in 0..<6 {
        let (left, right) = (rows.map { $0[one] }, rows.map { $0[other] })
        let (mean, second) = (left.reduce(0, +) / 500, right.reduce(0, +) / 500)
        let wanted = zip(left, right).reduce(0) { $0 + ($1.0 - mean) * ($1.1 - second) } / 499
        #expect(isClose(covariance[one][other], wanted, 1e-9))
      }
    }
  }

  /// Parts that are put together are what they are at once; a part may have some of the items, in another order.
  @Test func partsAddUp() throws {
    var random = SeededGenerator(state: 11)
    let rows = (0..<90).map { _ in (0..<5).map { _ in Double(Int.random(in: 0...4, using: &random)) } }
    let places = [3, 0, 4]
    var part = Self.moments(rows.prefix(20).map { row in places.map { row[$0] } })
    part.merge(Self.moments(Array(rows.dropFirst(20))), items: places)
    let whole = Self.moments(rows.map { row in places.map { row[$0] } })
    #expect(part.count == 90 && zip(part.means, whole.means).allSatisfy { isClose($0, $1, 1e-12) })
    let (one, other) = (try #require(part.covariance), try #require(whole.covariance))
    #expect(zip(one.joined(), other.joined()).allSatisfy { isClose($0, $1, 1e-12) })
    var empty = ItemMoments(items: 3)
    empty.merge(Self.moments(rows), items: places)
    #expect(empty.count == 90 && zip(empty.means, whole.means).allSatisfy { isClose($0, $1, 1e-12) })
  }

  /// What figures need, and what is said where it is not there.
  @Test func gapsHaveTheirReasons() {
    var random = SeededGenerator(state: 3)
    func row(_ items: Int) -> [Double] { (0..<items).map { _ in Double.random(in: 0...4, using: &random) } }
    let few = ScaleReliability(Self.moments((0..<29).map { _ in row(4) }))
    #expect(
      few.alpha.gap == .tooFew && few.omega.gap == .tooFew && few.itemRest.allSatisfy { $0.gap == .tooFew })
    let one = ScaleReliability(Self.moments((0..<30).map { _ in row(1) }))
    #expect(one.alpha.gap == .oneItem && one.itemRest[0].gap == .oneItem)
    let two = ScaleReliability(Self.moments((0..<60).map { _ in row(2) }))
    #expect(
      two.alpha.value != nil && two.omega.gap == .fewerThanThreeItems && two.alphaIfDeleted[0].gap == .oneItem
    )
    let wide = ScaleReliability(Self.moments((0..<60).map { _ in row(20) }))
    #expect(wide.alpha.value != nil && wide.omega.gap == .tooFewForItems)
    let alike = ScaleReliability(Self.moments((0..<60).map { _ in [3, 3, 3] }))
    #expect(alike.alpha.gap == .noVariation && alike.omega.gap == .constantItem && alike.interval == nil)
    let constant = ScaleReliability(Self.moments((0..<60).map { _ in row(3) + [2] }))
    #expect(
      constant.alpha.value != nil && constant.omega.gap == .constantItem
        && constant.itemRest[3].gap == .constantItem)
    // Two items that are one and the same leave no error.
    let heywood = ScaleReliability(
      Self.moments(
        (0..<200).map { _ in
          let common = row(3)
          return [common[0], common[0], common[1]]
        }))
    #expect(heywood.omega.gap == .heywood)
  }

  /// One factor that is there is found: loadings of .8, .7, .6, .5 and .4.
  @Test func oneFactorIsFound() throws {
    let loadings = [0.8, 0.7, 0.6, 0.5, 0.4]
    let covariance = loadings.indices.map { row in
      loadings.indices.map { row == $0 ? 1.0 : loadings[row] * loadings[$0] }
    }
    let reliability = ScaleReliability(covariance, organizations: 1000, items: 5, fewest: 30)
    let errors = loadings.reduce(0) { $0 + 1 - $1 * $1 }
    #expect(isClose(reliability.omega.value, 9 / (9 + errors), 1e-9))
  }

  /// Quantiles as SciPy 1.17 gives them (`scipy.stats.f.ppf`).
  @Test(arguments: [
    (0.975, 29.0, 174.0, 1.6615384170288148), (0.025, 29.0, 174.0, 0.5369655425274906), (0.5, 1.0, 1.0, 1.0),
    (0.95, 3.0, 7.0, 4.346831399907814),
    (0.975, 599.0, 24_559.0, 1.1180034096821079),
  ])
  func quantilesOfF(probability: Double, one: Double, two: Double, wanted: Double) {
    #expect(isClose(FisherF.quantile(probability, one, two), wanted, 1e-9 * wanted))
    #expect(isClose(FisherF.cumulative(wanted, one, two), probability, 1e-9))
  }
}
