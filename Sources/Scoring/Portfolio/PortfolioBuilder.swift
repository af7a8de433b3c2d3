import AssessmentModel
import RealModule

/// Puts a portfolio together from assessments that come one after the other: teams of an organisation together, and of a team the
/// earliest first. It keeps figures of organisations, never assessments, so that there may be any number of them.
public struct PortfolioBuilder {
  private let frame: PortfolioFrame
  /// Earlier ones are outdated.
  private let earliest: Timestamp
  private let areaPlaces: [Int]
  private let one: String?
  private let groupNames: [String: String]

  private var organization = ""
  private var team = ""
  private var isBegun = false
  /// The latest of each team of the organisation at hand.
  private var latest: [PortfolioEntry] = []
  private var current: PortfolioEntry?
  private var yearsOfOrganization: Set<Int> = []

  private var assessments = 0
  private var teams = 0
  private var outdated: (count: Int, keys: [String]) = (0, [])
  private var withoutIndex = 0
  private var sides = (insideOut: Portfolio.Side(), outsideIn: Portfolio.Side())
  private var indexes = Portfolio.Figures()
  private var areaScores: [Portfolio.Figures]
  private var years: [Int: Portfolio.Year] = [:]
  private var raterGroups: [RaterTally]
  private var scales: [ScaleTally]
  private var rows: [ItemTally]
  private var own: Own?
  private var listed: [Portfolio.Organization]? = []
  private var others = MeanIndex()
  private var groups: [String?: (figures: Portfolio.Figures, outsideIn: Int)] = [:]

  /// The organisation that is set against the others.
  private struct Own {
    let measured: MeasuredIndex
    let range: ClosedRange<Double>
    let teams: Int
    let areas: [Double?]
  }

  /// Organisations that tables need.
  public static let fewest = 30
  /// As many organisations are listed one by one.
  public static let mostListed = 200
  /// As many organisations are named that are left out.
  public static let mostNamed = 20
  /// How long an assessment speaks for its team, in months.
  public static let months = 24

  /// - Parameters:
  ///   - frame: What they are worked out on.
  ///   - day: Whatever was finished over 24 months before is outdated.
  ///   - one: What tells the organisation that is set against the others.
  ///   - groupNames: The group of each organisation that is in one, by what tells it.
  public init(
    _ frame: PortfolioFrame, on day: Day, of one: String? = nil, groups groupNames: [String: String] = [:]
  ) {
    self.frame = frame
    self.one = one
    self.groupNames = groupNames
    let (year, month, dayOfMonth) = day.civil
    let back = year * 12 + month - 1 - Self.months
    // The last of a month where it has no such day.
    let first = stride(from: dayOfMonth, to: 0, by: -1).lazy
      .compactMap { Day(year: back / 12, month: back % 12 + 1, day: $0) }.first
    earliest = Timestamp(secondsSince1970: Int64((first ?? day).daysSince1970) * 86_400)
    let dimensions = frame.questionnaire.dimensions.map(\.id)
    areaPlaces = frame.items.map { item in dimensions.firstIndex { $0 == item.scored?.dimension } ?? 0 }
    areaScores = dimensions.map { _ in Portfolio.Figures() }
    raterGroups = [(1, 1), (2, 2), (3, 5), (6, nil)].map { RaterTally(from: $0, to: $1) }
    let all = Array(frame.items.indices)
    let core = all.filter { frame.items[$0].core }
    var kinds: [(Portfolio.Scale.Kind, [Int])] = [(.whole, all)]
    if !core.isEmpty, core.count < all.count { kinds.append((.core, core)) }
    for (place, id) in dimensions.enumerated() {
      let places = areaPlaces
      kinds.append((.area(id), all.filter { places[$0] == place }))
    }
    scales = kinds.map { ScaleTally($0, places: $1) }
    rows = all.map { _ in ItemTally() }
  }

  /// Adds an assessment.
  ///
  /// - Parameters:
  ///   - organization: What tells organisations apart.
  ///   - team: What tells teams of one apart.
  ///   - entry: What it comes to, worked out on the same frame.
  public mutating func add(organization: String, team: String, _ entry: PortfolioEntry) {
    if !isBegun || organization != self.organization {
      endOrganization()
      (self.organization, self.team, isBegun) = (organization, team, true)
    } else if team != self.team {
      endTeam()
      self.team = team
    }
    assessments += 1
    let year = entry.finishedAt.day.civil.year
    var row = years[year] ?? Portfolio.Year(year: year)
    row.assessments += 1
    if yearsOfOrganization.insert(year).inserted { row.organizations += 1 }
    if let index = entry.score.index, entry.score.certainty != nil {
      row.sum += index
      row.scored += 1
    }
    years[year] = row
    current = entry
  }

  private mutating func endTeam() {
    guard let entry = current else { return }
    current = nil
    teams += 1
    guard entry.finishedAt >= earliest else { return }
    latest.append(entry)
    for (place, standing) in entry.standings.enumerated() { rows[place].add(standing) }
  }

  private mutating func endOrganization() {
    guard isBegun else { return }
    endTeam()
    defer {
      latest.removeAll(keepingCapacity: true)
      yearsOfOrganization.removeAll(keepingCapacity: true)
    }
    if latest.isEmpty {
      outdated.count += 1
      if outdated.keys.count < Self.mostNamed { outdated.keys.append(organization) }
      return
    }
    let mine = latest.filter { $0.score.certainty != nil }
    let index = note(mine)
    gather(index)
  }

  /// Where an organisation stands.
  ///
  /// - Returns: Its index; nil where no team has one.
  private mutating func note(_ mine: [PortfolioEntry]) -> Double? {
    guard !mine.isEmpty else {
      withoutIndex += 1
      return nil
    }
    let count = Double(mine.count)
    let index = mine.reduce(0) { $0 + ($1.score.index ?? 0) } / count
    indexes.add(index)
    let areas = areaScores.indices.map { area -> Double? in
      let scores = mine.compactMap { $0.score.areas[area].score }
      return scores.isEmpty ? nil : scores.reduce(0, +) / Double(scores.count)
    }
    for (area, score) in areas.enumerated() { if let score { areaScores[area].add(score) } }
    let certainties = mine.compactMap(\.score.certainty)
    let cut = frame.questionnaire.scoring.cut
    let measured = Self.measured(mine)
    let band =
      mine.count == 1 ? certainties[0].band : Self.band(measured, cut: cut, frame.policy)
    let isOutsideIn = IndexArithmetic.isOutsideIn(index, cut)
    func add(_ side: inout Portfolio.Side) {
      switch band {
      case .clear: side.clear += 1
      case .likely: side.likely += 1
      case .transitional: side.transitional += 1
      }
    }
    if isOutsideIn { add(&sides.outsideIn) } else { add(&sides.insideOut) }
    if listed != nil || organization == one {
      let margin =
        StudentT.quantile(0.95, degreesOfFreedom: measured.degreesOfFreedom)
        * Double.sqrt(measured.variance)
      let range =
        mine.count == 1 ? certainties[0].range : max(0, index - margin)...min(100, index + margin)
      listed?.append(
        Portfolio.Organization(
          key: organization, index: index, range: range, isOutsideIn: isOutsideIn, band: band,
          teams: mine.count))
      if listed?.count ?? 0 > Self.mostListed { listed = nil }
      if organization == one {
        own = Own(measured: measured, range: range, teams: mine.count, areas: areas)
      }
    }
    if organization != one { others.add(measured) }
    if !groupNames.isEmpty {
      let name = groupNames[organization]
      groups[name, default: (Portfolio.Figures(), 0)].figures.add(index)
      if isOutsideIn { groups[name]?.outsideIn += 1 }
    }
    let raters = mine.reduce(0) { $0 + $1.raters } / mine.count
    if let place = raterGroups.firstIndex(where: { raters >= $0.from && raters <= $0.to ?? .max }) {
      raterGroups[place].add(
        index, raterVariance: certainties.reduce(0) { $0 + $1.raterVariance } / (count * count))
    }
    return index
  }

  /// The mean of teams with an index.
  private static func measured(_ teams: [PortfolioEntry]) -> MeasuredIndex {
    var mean = MeanIndex()
    for team in teams {
      guard let index = team.score.index, let certainty = team.score.certainty else { continue }
      mean.add(
        MeasuredIndex(
          index: index, variance: certainty.standardError * certainty.standardError,
          degreesOfFreedom: certainty.degreesOfFreedom))
    }
    return mean.measured!
  }

  /// Of the mean of several teams.
  private static func band(_ mean: MeasuredIndex, cut: Double, _ policy: ScoringPolicy) -> Scorecard.Band {
    let probability = StudentT.cumulative(
      abs(mean.index - cut) / Double.sqrt(mean.variance), degreesOfFreedom: mean.degreesOfFreedom)
    return probability >= policy.clear ? .clear : probability >= policy.likely ? .likely : .transitional
  }

  /// The one that is asked for against the others.
  private var against: Portfolio.Against? {
    // Of fewer their mean, or what is left of it, would tell a single one.
    guard let own, others.count >= frame.policy.smallestGroup, let mean = others.measured else { return nil }
    let difference = MeanDifference(of: own.measured, from: mean)
    let detectable = difference.detectable(level: frame.policy.changeLevel)
    let counts = difference.p <= frame.policy.changeLevel
    // Its own index, which is within its range, stands among these.
    let (low, high) = (Float(own.range.lowerBound), Float(own.range.upperBound))
    let index = Float(own.measured.index)
    func below(_ end: Float) -> Double {
      Double(indexes.values.count { $0 < end } - (index < end ? 1 : 0)) / Double(others.count)
    }
    return Portfolio.Against(
      index: own.measured.index, range: own.range, teams: own.teams, others: others.count, mean: mean.index,
      standardError: difference.standardError, degreesOfFreedom: difference.degreesOfFreedom,
      p: difference.p, detectable: detectable,
      outcome: counts ? difference.delta > 0 ? .higher : .lower : .none,
      below: others.count >= Self.fewest ? below(low)...max(below(low), below(high)) : nil, areas: own.areas)
  }

  /// What its answers add to the scales in which it is complete.
  private mutating func gather(_ index: Double?) {
    var values = latest[0].standings.map(\.value)
    if latest.count > 1 {
      for place in values.indices {
        var (sum, count) = (0.0, 0)
        for entry in latest where !entry.standings[place].value.isNaN {
          sum += entry.standings[place].value
          count += 1
        }
        values[place] = count > 0 ? sum / Double(count) : .nan
      }
    }
    // Whoever is complete is so in every scale, whose part of the sums is that of the whole's.
    if !values.contains(where: \.isNaN) {
      scales[0].addComplete(values, index)
    } else {
      for scale in scales.indices { scales[scale].add(values, index) }
    }
  }

  /// What all of it comes to.
  public mutating func finish() -> Portfolio {
    endOrganization()
    isBegun = false
    for scale in scales.indices.dropFirst() { scales[scale].merge(whole: scales[0]) }
    let finished = scales.map { $0.scale(of: frame.items) }
    let items = zip(frame.items, rows).map { item, row in
      row.row(of: item, in: finished.first { $0.kind == .area(item.scored?.dimension ?? "") })
    }
    return Portfolio(
      frame: frame, assessments: assessments, teams: teams, organizations: indexes.count,
      outdated: outdated.count,
      outdatedKeys: outdated.keys,
      withoutIndex: withoutIndex, insideOut: sides.insideOut, outsideIn: sides.outsideIn,
      index: Portfolio.Distribution(indexes),
      areas: areaScores.map { Portfolio.Distribution($0) },
      raterReliability: raterGroups.compactMap(\.reliability), scales: finished, items: items,
      years: years.values.sorted { $0.year < $1.year },
      listed: listed?.sorted { ($1.index, $0.key) < ($0.index, $1.key) },
      against: against,
      isOneScored: own != nil,
      groups: groups.compactMap { name, group in
        Portfolio.Distribution(group.figures).map {
          Portfolio.Group(name: name, index: $0, outsideIn: group.outsideIn)
        }
      }.sorted { ($0.name == nil ? 1 : 0, $0.name ?? "") < ($1.name == nil ? 1 : 0, $1.name ?? "") })
  }
}
