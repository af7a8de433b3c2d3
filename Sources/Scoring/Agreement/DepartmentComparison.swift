import AssessmentModel

/// Each department's first votes against everybody else's.
///
/// Where anonymity was promised, a department's votes on an item are used only where they and all the others'
/// are enough to be shown, and where what is left when all that is shown is taken away from the whole is
/// nothing or enough, too: no reader can get at fewer by subtracting.
struct DepartmentComparison {
  struct Department {
    let name: String
    /// How many of its people cast a first vote, at least.
    let n: Int
  }

  let departments: [Department]
  private let standings: Standings
  private let policy: ScoringPolicy

  init(_ standings: Standings, _ policy: ScoringPolicy) {
    self.standings = standings
    self.policy = policy
    var voters: [String: Set<String>] = [:]
    var most: [String: Int] = [:]
    var others = false
    for item in standings.items {
      var counts: [String: Int] = [:]
      for vote in item.firstVotes {
        guard let department = standings.department(of: vote) else {
          others = true
          continue
        }
        counts[department, default: 0] += 1
        if let rater = standings.rater(of: vote) { voters[department, default: []].insert(rater) }
      }
      most.merge(counts) { max($0, $1) }
    }
    let named = most.map { Department(name: $0.key, n: max($0.value, voters[$0.key]?.count ?? 0)) }
      .filter { !standings.areAnonymous || $0.n >= policy.smallestBreakdown }
      .sorted { $0.name < $1.name }
    // A department is compared with somebody.
    departments = named.count + (others || most.count > named.count ? 1 : 0) > 1 ? named : []
  }

  func views(_ questionnaire: Questionnaire) -> [DepartmentView] {
    departments.map { department in
      DepartmentView(
        department: department.name, n: department.n,
        dimensions: questionnaire.dimensions.indices.map { place in
          let sides = sides(department.name, dimension: place)
          let delta = sides.map { $0.own - $0.others }
          return DepartmentView.Row(
            id: questionnaire.dimensions[place].id, delta: delta,
            flag: sides.flatMap { flag($0) })
        })
    }
  }

  func blindSpots(_ questionnaire: Questionnaire) -> [Agreement.BlindSpot] {
    questionnaire.dimensions.indices.flatMap { place in
      departments.compactMap { department in
        guard let sides = sides(department.name, dimension: place), sides.fewest > 1,
          sides.own >= policy.blindSpotHigh - 1e-9, sides.others <= policy.blindSpotLow + 1e-9
        else { return nil }
        return Agreement.BlindSpot(
          dimension: questionnaire.dimensions[place].id, department: department.name,
          score: sides.own, other: .otherDepartments, otherScore: sides.others)
      }
    }
  }

  private struct Sides {
    /// In points, 0 to 100.
    var own: Double
    var others: Double
    /// People on the smaller side.
    var fewest: Int
  }

  private func flag(_ sides: Sides) -> DepartmentView.Flag? {
    let delta = sides.own - sides.others
    if abs(delta) < policy.departmentPoints - 1e-9 { return nil }
    return sides.fewest < 2 ? .singleVoice : delta < 0 ? .lower : .higher
  }

  /// A department's and all others' means over the items of a dimension that both voted on.
  private func sides(_ department: String, dimension: Int) -> Sides? {
    var weight = 0.0
    var own = 0.0
    var others = 0.0
    var people = (own: Crowd(), others: Crowd())
    for item in standings.items
    where item.dimensionPlace == dimension && isShown(department, on: item) {
      let mine = item.firstVotes.filter { standings.department(of: $0) == department }
      let theirs = item.firstVotes.filter { standings.department(of: $0) != department }
      guard let left = mean(mine), let right = mean(theirs) else { continue }
      weight += item.weight
      own += item.weight * 25 * left
      others += item.weight * 25 * right
      people.own.add(mine, standings)
      people.others.add(theirs, standings)
    }
    if weight == 0 { return nil }
    return Sides(
      own: own / weight, others: others / weight,
      fewest: min(people.own.count, people.others.count))
  }

  private func mean(_ votes: [ItemStanding.Vote]) -> Double? {
    votes.isEmpty ? nil : Double(votes.reduce(0) { $0 + $1.level }) / Double(votes.count)
  }

  /// How many people stand behind votes: who they are, or how many at least.
  private struct Crowd {
    private var raters: Set<String> = []
    private var most = 0

    var count: Int { max(raters.count, most) }

    mutating func add(_ votes: [ItemStanding.Vote], _ standings: Standings) {
      raters.formUnion(votes.compactMap { standings.rater(of: $0) })
      most = max(most, votes.count)
    }
  }

  private func isShown(_ department: String, on item: ItemStanding) -> Bool {
    guard standings.areAnonymous else { return true }
    let counts = departments.map { department in
      (department.name, item.firstVotes.count { standings.department(of: $0) == department.name })
    }
    // The largest first; the smallest goes where too little would be left beside them.
    var shown = counts.filter { $0.1 >= policy.smallestBreakdown }
      .sorted { ($1.1, $0.0) < ($0.1, $1.0) }
    var rest = item.firstVotes.count - shown.reduce(0) { $0 + $1.1 }
    while (1..<policy.smallestBreakdown).contains(rest), let last = shown.popLast() {
      rest += last.1
    }
    guard let own = shown.first(where: { $0.0 == department })?.1 else { return false }
    return item.firstVotes.count - own >= policy.smallestBreakdown
  }
}
