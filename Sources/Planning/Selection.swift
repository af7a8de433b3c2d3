/// A choice of steps under a capacity.
public struct Selection: Hashable, Sendable {
  /// Ids, in the order of the candidates.
  public let chosen: [String]
  /// The sum over what is chosen, in the steps' unit; in a plan that of `Candidate.benefit`.
  public let benefit: Double
  /// Person-days of what is chosen; over the capacity only where a plan's commitments already are.
  public let effortDays: Int
  /// Whether nothing better exists.
  public let optimal: Bool
  /// How much better a choice could be at most, in the benefit's unit; 0 when optimal.
  public let gap: Double
}

/// One step as the selection sees it.
public struct SelectionStep: Hashable, Sendable {
  /// Chosen by the caller, one for each step.
  public let id: String
  /// Steps of one group build on each other, in the order they are given.
  public let group: String
  /// In any unit that is the same for all steps; what it adds to the steps before it in its group.
  public let benefit: Double
  /// Person-days, 0 or more.
  public let effortDays: Int
  /// Ids of steps that must be chosen too; one that is not among the steps rules this one out.
  public let requires: [String]

  /// Takes each property as it is; nothing is checked.
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
/// nearly always equal to it; ways that come to the same state are followed once. Ties go to the lower
/// effort, then to the earlier steps.
///
/// - Parameter nodeLimit: after so many branches the best choice found so far is returned, with
///   the gap to the bound.
public func select(
  _ steps: [SelectionStep], capacity: Int, nodeLimit: Int = 200_000
) -> Selection {
  var search = SelectionSearch(steps, capacity: max(0, capacity), nodeLimit: nodeLimit)
  return search.run()
}

/// Goes through the groups one after the other, taking a prefix of each. A way that comes to a group
/// with the same days left and the same ties to other groups as an earlier one, and with no more
/// value, is given up; so is one that can't beat the best any more.
private struct SelectionSearch {
  /// A prefix of a group.
  struct Branch {
    let length: Int
    let effort: Int
    /// Benefit less a trifle per day, so that equal benefits prefer the lower effort.
    let value: Double
  }

  /// Whoever takes more than `above` steps of a group has to take `length` steps of another.
  struct Demand {
    let above: Int
    let group: Int
    let length: Int
  }

  /// Where a way stands: what the groups still to come depend on, and nothing else.
  struct State: Hashable {
    let group: Int
    let room: Int
    let ties: [Int]
  }

  static let dayTrifle = 1e-7

  let steps: [SelectionStep]
  /// Indices of steps, in the order in which the groups are decided.
  let groups: [[Int]]
  let branches: [[Branch]]
  let demands: [[Demand]]
  /// The last group that demands something of a group; −1 for none.
  let lastDemand: [Int]
  let capacity: Int
  let nodeLimit: Int
  /// `bounds[g][c]`: the most value of groups g… within c days, demands left aside.
  let bounds: [[Double]]
  var lengths: [Int]
  var needed: [Int]
  var seen: [State: Double] = [:]
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
    let groups = Self.inGoodOrder(order.map { members[$0] ?? [] }, steps)
    self.groups = groups
    let demands = Self.demands(of: groups, steps)
    self.demands = demands
    lastDemand = groups.indices.map { group in
      groups.indices.last { demands[$0].contains { $0.group == group } } ?? -1
    }
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
    lengths = Array(repeating: 0, count: groups.count)
    needed = lengths
  }

  /// Groups with ties come first, each beside what it is tied to: the fewer ties are open at a time,
  /// the more ways come to the same state.
  private static func inGoodOrder(_ groups: [[Int]], _ steps: [SelectionStep]) -> [[Int]] {
    let demands = demands(of: groups, steps)
    var neighbours = Array(repeating: Set<Int>(), count: groups.count)
    for group in groups.indices {
      for demand in demands[group] where groups.indices.contains(demand.group) && demand.group != group {
        neighbours[group].insert(demand.group)
        neighbours[demand.group].insert(group)
      }
    }
    var decided: [Int] = []
    var left = Array(groups.indices)
    while !left.isEmpty {
      /// Groups tied to some that are still to come, were this one decided next.
      func open(after group: Int) -> Int {
        let rest = Set(left).subtracting([group])
        return (decided + [group]).count { !neighbours[$0].isDisjoint(with: rest) }
      }
      func rank(_ group: Int) -> (Int, Int, Int) {
        (neighbours[group].isEmpty ? 1 : 0, open(after: group), group)
      }
      let next = left.min { rank($0) < rank($1) } ?? left[0]
      decided.append(next)
      left.removeAll { $0 == next }
    }
    return decided.map { groups[$0] }
  }

  private static func demands(of groups: [[Int]], _ steps: [SelectionStep]) -> [[Demand]] {
    var places: [String: (group: Int, offset: Int)] = [:]
    for (group, members) in groups.enumerated() {
      for (offset, index) in members.enumerated() { places[steps[index].id] = (group, offset) }
    }
    return groups.map { members in
      members.enumerated().flatMap { offset, index in
        steps[index].requires.map { id in
          // What isn't there can't be taken, and neither can what needs it.
          places[id].map { Demand(above: offset, group: $0.group, length: $0.offset + 1) }
            ?? Demand(above: offset, group: -1, length: 1)
        }
      }
    }
  }

  mutating func run() -> Selection {
    descend(group: 0, room: capacity, value: 0)
    let benefit = best.reduce(0) { $0 + steps[$1].benefit }
    let finished = nodes <= nodeLimit
    return Selection(
      chosen: best.sorted().map { steps[$0].id }, benefit: benefit,
      effortDays: best.reduce(0) { $0 + steps[$1].effortDays }, optimal: finished,
      gap: finished ? 0 : max(0, bounds[0][capacity] - bestValue))
  }

  private mutating func descend(group: Int, room: Int, value: Double) {
    nodes += 1
    if nodes > nodeLimit { return }
    if group == groups.count {
      if value > bestValue + 1e-12 {
        best = groups.indices.flatMap { groups[$0].prefix(lengths[$0]) }
        bestValue = value
      }
      return
    }
    let ties = groups.indices.map { other in
      other >= group ? needed[other] : lastDemand[other] >= group ? lengths[other] : 0
    }
    let state = State(group: group, room: room, ties: ties)
    if let before = seen[state], before >= value - 1e-12 { return }
    seen[state] = value
    // The most promising branch first: it raises the bar for the others.
    let ordered = branches[group].filter { $0.effort <= room && isAllowed($0.length, group) }
      .map { (branch: $0, bound: value + $0.value + bounds[group + 1][room - $0.effort]) }
      .sorted { ($1.bound, $0.branch.length) < ($0.bound, $1.branch.length) }
    let before = needed
    for (branch, bound) in ordered where bound > bestValue + 1e-12 {
      lengths[group] = branch.length
      for demand in demands[group] where branch.length > demand.above && demand.group > group {
        needed[demand.group] = max(needed[demand.group], demand.length)
      }
      descend(group: group + 1, room: room - branch.effort, value: value + branch.value)
      needed = before
    }
    lengths[group] = 0
  }

  /// Whether a prefix gives what was demanded of it, and gets what it demands of those decided before.
  private func isAllowed(_ length: Int, _ group: Int) -> Bool {
    length >= needed[group]
      && demands[group].allSatisfy { demand in
        guard length > demand.above else { return true }
        if demand.group == group { return length >= demand.length }
        return demand.group > group || demand.group >= 0 && lengths[demand.group] >= demand.length
      }
  }
}
