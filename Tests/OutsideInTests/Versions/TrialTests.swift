import AssessmentModel
import Foundation
import Testing

@testable import Scoring

/// The trial of the second version's wordings: forty-eight readings, six organisations, four readers each for each
/// wording. What the migration claims of it is worked out here from the table.
@Suite struct TrialTests {
  let organizations = Trial.organizations
  let older = Trial.versions[0].pinned.questionnaire
  let newer = Trial.versions[1].pinned.questionnaire

  @Test func everybodyAnsweredEverything() {
    #expect(Trial.toldApart.count > 40)
    for (name, pinned) in Trial.versions {
      let asked = pinned.questionnaire.items.filter { $0.scored != nil }.map(\.id).sorted()
      for organization in organizations {
        for reader in 1...4 {
          let answered = Trial.rows.filter {
            $0.version == name && $0.organization == organization && $0.reader == reader
          }
          #expect(answered.map(\.item).sorted() == asked, "\(organization) \(name) \(reader)")
        }
        #expect(throws: Never.self) { try fixture("trial/pages/\(organization).md") }
      }
    }
    #expect(Trial.rows.count == 24 * (40 + 42))
  }

  /// What a migration says of the wordings that were tried.
  @Test(arguments: Trial.migration.changes.filter { $0.trial != nil }.map(\.new[0]))
  func triedIsWhatTheTableSays(_ item: String) throws {
    let change = try #require(Trial.migration.changes.first { $0.new == [item] })
    let trial = try #require(change.trial)
    let differences = try organizations.map { organization in
      try #require(Trial.mean(item, organization, 1)) - #require(Trial.mean(change.old[0], organization, 0))
    }
    let mean = differences.reduce(0, +) / Double(differences.count)
    let most = try #require(differences.max { abs($0) < abs($1) })
    #expect(trial.readings == 48 && trial.organizations == 6)
    #expect(abs(trial.meanDifference - mean) <= 0.0051, "\(mean)")
    #expect(abs(abs(trial.most) - abs(most)) <= 0.0051, "\(most)")
  }

  /// What a wording did to the index as a whole, and how sure that is.
  @Test func theLinkIsWhatTheTableSays() throws {
    let link = try #require(Trial.migration.link)
    let found = try linkOfTheTable()
    print("link: \(found.mean) ± \(found.standardError), spread \(found.spread)")
    #expect(abs(link.mean - found.mean) <= 0.005)
    #expect(abs(link.standardError - found.standardError) <= 0.005)
  }

  private func linkOfTheTable() throws -> (mean: Double, standardError: Double, spread: Double) {
    let comparisons = organizations.map(Trial.compared)
    let deltas = try comparisons.map { try #require($0.latest.index).estimate.delta }
    // Each reader's index on the questions in common, by the newer version's weights.
    var squares = 0.0
    var freedom = 0
    for (organization, comparison) in zip(organizations, comparisons) {
      for version in 0...1 {
        let indexes = (1...4).map { reader in index(of: reader, organization, version, comparison.core) }
        let mean = indexes.reduce(0, +) / 4
        squares += indexes.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        freedom += 3
      }
    }
    let variance = squares / Double(freedom)
    let count = Double(organizations.count)
    return (
      deltas.reduce(0, +) / count, (count * variance * (1.0 / 4 + 1.0 / 4)).squareRoot() / count,
      variance.squareRoot()
    )
  }

  private func index(of reader: Int, _ organization: String, _ version: Int, _ core: ComparableCore) -> Double
  {
    let (name, pinned) = Trial.versions[version]
    let own = Trial.rows.filter {
      $0.organization == organization && $0.version == name && $0.reader == reader
    }
    var (sum, weights) = (0.0, 0.0)
    for item in core.items {
      guard let row = own.first(where: { $0.item == item.ids[version] }),
        case .answered(.level(let level)) = row.answer,
        let scored = pinned.questionnaire.item(row.item)?.scored
      else { continue }
      sum += item.weight * 25 * Double(scored.oriented(level))
      weights += item.weight
    }
    return sum / weights
  }
}

extension TrialTests {
  /// Yesterday's answers keep their worth: four fifths of the weight, three questions an area, and nearly the whole
  /// short form.
  @Test func enoughCarriesOver() {
    let exact = Trial.way.exact
    for (questionnaire, ids) in [(older, Set(exact.values)), (newer, Set(exact.keys))] {
      let shares = questionnaire.dimensions.map { dimension -> Double in
        let items = questionnaire.items.filter { $0.scored?.dimension == dimension.id }
        let carried = items.filter { ids.contains($0.id) }
        #expect(carried.count >= 3, "\(questionnaire.version) \(dimension.id)")
        #expect(carried.contains { $0.core }, "\(questionnaire.version) \(dimension.id)")
        return Double(carried.count) / Double(items.count)
      }
      let share = shares.reduce(0, +) / Double(shares.count)
      print("\(questionnaire.version): \(share) of the weight carries over")
      #expect(share >= 0.8)
      #expect(questionnaire.items.count { $0.core && $0.scored != nil && ids.contains($0.id) } >= 14)
    }
  }

  /// Two answers that fit, or none, are met half as often.
  @Test func thereAreFewerDoubts() {
    func share(_ rows: [Trial.Row]) -> Double {
      Double(rows.count { $0.doubt.isQuestionnaires }) / Double(rows.count)
    }
    let byVersion = Trial.versions.map { version in Trial.rows.filter { $0.version == version.name } }
    for (version, rows) in zip(Trial.versions, byVersion) {
      let kinds = Trial.Doubt.allCases.map { kind in
        "\(kind) \(rows.count { $0.doubt == kind })"
      }
      print("\(version.name): \(kinds.joined(separator: ", ")) of \(rows.count)")
    }
    #expect(share(byVersion[0]) > 0.25)
    #expect(share(byVersion[1]) < 0.15)
    for (item, rows) in Dictionary(grouping: byVersion[1], by: \.item) {
      #expect(share(rows) <= 0.4, "\(item)")
    }
  }

  /// Nothing changed but the wordings, so nothing may be called a change.
  @Test(arguments: Trial.organizations)
  func unchangedIsUnchanged(_ organization: String) throws {
    let comparison = Trial.compared(organization)
    #expect(comparison.core.status == .full)
    let change = try #require(comparison.latest.index)
    print("\(organization): \(change.estimate.from) → \(change.estimate.to), from \(change.detectable) on")
    #expect(change.outcome == .none)
    #expect(comparison.latest.areas.allSatisfy { $0.change.outcome == .none })
  }

  /// The mean of the six changes is shown to be within four points, and the six stand in the same order.
  @Test func togetherTheyAreUnchangedToo() throws {
    let link = try #require(Trial.migration.link)
    let half = StudentT.quantile(0.95, degreesOfFreedom: 36) * link.standardError
    print("mean change \(link.mean), nine in ten between \(link.mean - half) and \(link.mean + half)")
    #expect(half <= 4)
    #expect(abs(link.mean) + half <= 4)
    let orders = [0, 1].map { version in
      organizations.sorted { index(of: $0, version) < index(of: $1, version) }
    }
    print(orders, organizations.map { [index(of: $0, 0), index(of: $0, 1)] })
    #expect(orders[0] == orders[1])
  }

  /// Where departments differ in much there are as many doubts as before, and no more of a change.
  @Test func whereDepartmentsDifferNothingMovesEither() throws {
    let shares = Trial.versions.map { version -> Double in
      let rows = Trial.dividedRows.filter { $0.version == version.name }
      return Double(rows.count { $0.doubt.isQuestionnaires }) / Double(rows.count)
    }
    let deltas = try Trial.divided.map { organization in
      let change = try #require(Trial.compared(organization).latest.index)
      #expect(change.outcome == .none, "\(organization)")
      return change.estimate.delta
    }
    print("divided: doubts \(shares), changes \(deltas)")
    #expect(abs(deltas.reduce(0, +) / Double(deltas.count)) < 4)
  }

  private func index(of organization: String, _ version: Int) -> Double {
    score(Trial.assessment(organization, version), with: Trial.versions[version].pinned.questionnaire).index
      ?? 0
  }

  /// What the pages tell apart comes out apart at least as often, by at least half a level.
  @Test func areasAreToldApartAsOften() {
    let counts = [0, 1].map { version -> (order: Int, apart: Int) in
      let cards = Dictionary(
        uniqueKeysWithValues: organizations.map { organization in
          (
            organization,
            score(
              Trial.assessment(organization, version), with: Trial.versions[version].pinned.questionnaire)
          )
        })
      let differences = Trial.toldApart.compactMap { pair -> Double? in
        let areas = cards[pair.organization]!.dimensions
        guard let higher = areas.first(where: { $0.id == pair.higher })?.score,
          let lower = areas.first(where: { $0.id == pair.lower })?.score
        else { return nil }
        return higher - lower
      }
      return (differences.count { $0 > 0 }, differences.count { $0 >= 12.5 })
    }
    print("told apart: \(counts) of \(Trial.toldApart.count)")
    #expect(counts[1].order >= counts[0].order)
    #expect(counts[1].apart >= counts[0].apart)
  }
}
