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
  private var outdated = 0
  private var withoutIndex = 0
  private var sides = (insideOut: Portfolio.Side(), outsideIn: Portfolio.Side())
  private var indexes = Portfolio.Figures()
  private var areaScores: [Portfolio.Figures]
  private var years: [Int: Portfolio.Year] = [:]
  private var raterGroups: [RaterGroup]
  private var scales: [Gathered]
  private var rows: [Row]
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

  private struct RaterGroup {
    let from: Int
    let to: Int?
    var count = 0
    var mean = 0.0
    var squares = 0.0
    var raterVariance = 0.0
  }

  private struct Gathered {
    let kind: Portfolio.Scale.Kind
    let places: [Int]
    var moments: ItemMoments
    var complete = (count: 0, sum: 0.0)
    var incomplete = (count: 0, scored: 0, sum: 0.0)
  }

  private struct Row {
    /// By state.
    var answered = 0
    var dontKnow = 0
    var notApplicable = 0
    var open = 0
    var floor = 0
    var ceiling = 0
    /// Of values between 0 and 4, which sums of squares lose nothing of.
    var sum = 0.0
    var squares = 0.0
  }

  /// Organisations that tables need.
  public static let fewest = 30
  /// As many organisations are listed one by one.
  public static let mostListed = 200
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
    raterGroups = [(1, 1), (2, 2), (3, 5), (6, nil)].map { RaterGroup(from: $0, to: $1) }
    let all = Array(frame.items.indices)
    let core = all.filter { frame.items[$0].core }
    var kinds: [(Portfolio.Scale.Kind, [Int])] = [(.whole, all)]
    if !core.isEmpty, core.count < all.count { kinds.append((.core, core)) }
    for (place, id) in dimensions.enumerated() {
      let places = areaPlaces
      kinds.append((.area(id), all.filter { places[$0] == place }))
    }
    scales = kinds.map { kind, places in
      Gathered(kind: kind, places: places, moments: ItemMoments(items: places.count))
    }
    rows = all.map { _ in Row() }
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
    for (place, standing) in entry.standings.enumerated() {
      switch standing.state {
      case .answered: rows[place].answered += 1
      case .dontKnow: rows[place].dontKnow += 1
      case .notApplicable: rows[place].notApplicable += 1
      case .open: rows[place].open += 1
      case .notAsked: break
      }
      guard standing.state == .answered else { continue }
      let value = standing.value
      if value == 0 { rows[place].floor += 1 }
      if value == 4 { rows[place].ceiling += 1 }
      rows[place].sum += value
      rows[place].squares += value * value
    }
  }

  private mutating func endOrganization() {
    guard isBegun else { return }
    endTeam()
    defer {
      latest.removeAll(keepingCapacity: true)
      yearsOfOrganization.removeAll(keepingCapacity: true)
    }
    if latest.isEmpty {
      outdated += 1
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
      raterGroups[place].count += 1
      raterGroups[place].raterVariance += certainties.reduce(0) { $0 + $1.raterVariance } / (count * count)
      let difference = index - raterGroups[place].mean
      raterGroups[place].mean += difference / Double(raterGroups[place].count)
      raterGroups[place].squares += difference * (index - raterGroups[place].mean)
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
    guard let own, let mean = others.measured else { return nil }
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
      scales[0].moments.add(values)
      if let index {
        scales[0].complete.count += 1
        scales[0].complete.sum += index
      }
      return
    }
    for scale in scales.indices {
      let mine = scales[scale].places.map { values[$0] }
      if mine.isEmpty || mine.contains(where: \.isNaN) {
        // What was not asked at all is no gap.
        guard mine.contains(where: { !$0.isNaN }) else { continue }
        scales[scale].incomplete.count += 1
        if let index {
          scales[scale].incomplete.scored += 1
          scales[scale].incomplete.sum += index
        }
        continue
      }
      scales[scale].moments.add(mine)
      if let index {
        scales[scale].complete.count += 1
        scales[scale].complete.sum += index
      }
    }
  }

  /// What all of it comes to.
  public mutating func finish() -> Portfolio {
    endOrganization()
    isBegun = false
    for scale in scales.indices.dropFirst() where !scales[scale].places.isEmpty {
      scales[scale].moments.merge(scales[0].moments, items: scales[scale].places)
      scales[scale].complete.count += scales[0].complete.count
      scales[scale].complete.sum += scales[0].complete.sum
    }
    let finished = scales.map { scale in
      Portfolio.Scale(
        kind: scale.kind, items: scale.places.map { frame.items[$0].id },
        reliability: ScaleReliability(scale.moments, fewest: Self.fewest), incomplete: scale.incomplete.count,
        incompleteIndex: scale.incomplete.scored > 0
          ? scale.incomplete.sum / Double(scale.incomplete.scored) : nil,
        completeIndex: scale.complete.count > 0 ? scale.complete.sum / Double(scale.complete.count) : nil)
    }
    let items = frame.items.enumerated().map { place, item in
      let row = rows[place]
      let area = finished.first { $0.kind == .area(item.scored?.dimension ?? "") }
      let inArea = area?.items.firstIndex(of: item.id)
      let answered = row.answered
      return Portfolio.ItemRow(
        item: item.id, dimension: item.scored?.dimension ?? "",
        asked: answered + row.dontKnow + row.notApplicable + row.open, answered: answered,
        dontKnow: row.dontKnow, notApplicable: row.notApplicable, open: row.open, atFloor: row.floor,
        atCeiling: row.ceiling, mean: answered > 0 ? row.sum / Double(answered) : nil,
        deviation: answered > 1
          ? Double.sqrt(max(0, row.squares - row.sum * row.sum / Double(answered)) / Double(answered - 1))
          : nil,
        itemRest: inArea.flatMap { area?.reliability.itemRest[$0] } ?? .gap(.tooFew),
        alphaWithout: inArea.flatMap { area?.reliability.alphaIfDeleted[$0] } ?? .gap(.tooFew))
    }
    return Portfolio(
      frame: frame, assessments: assessments, teams: teams, organizations: indexes.count, outdated: outdated,
      withoutIndex: withoutIndex, insideOut: sides.insideOut, outsideIn: sides.outsideIn,
      index: Portfolio.Distribution(indexes),
      areas: areaScores.map { Portfolio.Distribution($0) },
      raterReliability: raterGroups.filter { $0.count > 0 }.map { group in
        let variance = group.count > 1 ? group.squares / Double(group.count - 1) : 0
        let mean = group.raterVariance / Double(group.count)
        return Portfolio.RaterReliability(
          from: group.from, to: group.to, organizations: group.count, raterVariance: mean, variance: variance,
          reliability: group.count >= Self.fewest && variance > 1e-12 ? max(0, 1 - mean / variance) : nil)
      }, scales: finished, items: items, years: years.values.sorted { $0.year < $1.year },
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
