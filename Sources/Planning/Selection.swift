/// A choice of steps under a capacity.
public struct Selection: Hashable, Sendable {
  /// Ids, in the order of the candidates.
  public let chosen: [String]
  public let benefit: Double
  public let effortDays: Int
  /// Whether nothing better exists.
  public let optimal: Bool
  /// How much better a choice could be at most, in the benefit's unit; 0 when optimal.
  public let gap: Double
}

/// One step as the selection sees it.
public struct SelectionStep: Hashable, Sendable {
  public let id: String
  /// Steps of one group build on each other, in the order they are given.
  public let group: String
  public let benefit: Double
  public let effortDays: Int
  /// Ids of steps that must be chosen too.
  public let requires: [String]

  public init(id: String, group: String, benefit: Double, effortDays: Int, requires: [String] = []) {
    self.id = id
    self.group = group
    self.benefit = benefit
    self.effortDays = effortDays
    self.requires = requires
  }
}

/// The most benefit that fits into `capacity` person-days: a 0/1 knapsack with precedence, by branch
/// and bound.
///
/// A group is taken up to some step of it or not at all, so the branches of a group are its
/// prefixes. The bound is the exact optimum over the remaining groups without the requirements
/// between groups (dynamic programming over the capacity), which is never below the truth and
/// nearly always equal to it. Ties go to the lower effort, then to the earlier steps.
///
/// - Parameter nodeLimit: after so many branches the best choice found so far is returned, with
///   the gap to the bound.
public func select(
  _ steps: [SelectionStep], capacity: Int, nodeLimit: Int = 2_000_000
) -> Selection {
  var search = SelectionSearch(steps, capacity: max(0, capacity), nodeLimit: nodeLimit)
  return search.run()
}

private struct SelectionSearch {
  /// A prefix of a group.
  struct Branch {
    let length: Int
    let effort: Int
    /// Benefit less a trifle per day, so that equal benefits prefer the lower effort.
    let value: Double
  }

  static let dayTrifle = 1e-7

  let steps: [SelectionStep]
  let groups: [[Int]]
  let branches: [[Branch]]
  let capacity: Int
  let nodeLimit: Int
  /// `bounds[g][c]`: the most value of groups g… within c days.
  let bounds: [[Double]]
  var best: [Int] = []
  var bestValue = 0.0
  var nodes = 0

  init(_ steps: [SelectionStep], capacity: Int, nodeLimit: Int) {
    self.steps = steps
    self.nodeLimit = nodeLimit
    // More than all of it together is never needed.
    let capacity = min(capacity, steps.reduce(0) { $0 + $1.effortDays })
    self.capacity = capacity
    var order: [String] = []
    var members: [String: [Int]] = [:]
    for (index, step) in steps.enumerated() {
      if members[step.group] == nil { order.append(step.group) }
      members[step.group, default: []].append(index)
    }
    let groups = order.map { members[$0] ?? [] }
    self.groups = groups
    branches = groups.map { group in
      var branches = [Branch(length: 0, effort: 0, value: 0)]
      for (offset, index) in group.enumerated() {
        let last = branches[offset]
        branches.append(
          Branch(
            length: offset + 1, effort: last.effort + steps[index].effortDays,
            value: last.value + steps[index].benefit
              - Self.dayTrifle * Double(steps[index].effortDays)))
      }
      return branches
    }
    var bounds = Array(
      repeating: Array(repeating: 0.0, count: capacity + 1), count: groups.count + 1)
    for group in groups.indices.reversed() {
      for room in 0...capacity {
        var most = 0.0
        for branch in branches[group] where branch.effort <= room {
          most = max(most, branch.value + bounds[group + 1][room - branch.effort])
        }
        bounds[group][room] = most
      }
    }
    self.bounds = bounds
  }

  mutating func run() -> Selection {
    descend(group: 0, room: capacity, value: 0, taken: [])
    let benefit = best.reduce(0) { $0 + steps[$1].benefit }
    let finished = nodes <= nodeLimit
    return Selection(
      chosen: best.sorted().map { steps[$0].id }, benefit: benefit,
      effortDays: best.reduce(0) { $0 + steps[$1].effortDays }, optimal: finished,
      gap: finished ? 0 : max(0, bounds[0][capacity] - bestValue))
  }

  private mutating func descend(group: Int, room: Int, value: Double, taken: [Int]) {
    nodes += 1
    if nodes > nodeLimit { return }
    if group == groups.count {
      if value > bestValue + 1e-12, isClosed(taken) {
        best = taken
        bestValue = value
      }
      return
    }
    // The most promising branch first: it raises the bar for the others.
    let ordered = branches[group].filter { $0.effort <= room }
      .map { (branch: $0, bound: value + $0.value + bounds[group + 1][room - $0.effort]) }
      .sorted { ($1.bound, $0.branch.length) < ($0.bound, $1.branch.length) }
    for (branch, bound) in ordered where bound > bestValue + 1e-12 {
      descend(
        group: group + 1, room: room - branch.effort, value: value + branch.value,
        taken: taken + groups[group].prefix(branch.length))
    }
  }

  private func isClosed(_ taken: [Int]) -> Bool {
    let ids = Set(taken.map { steps[$0].id })
    return taken.allSatisfy { steps[$0].requires.allSatisfy(ids.contains) }
  }
}
