/// Which actions fall into which window.
public struct Roadmap: Hashable, Sendable {
  /// An action that fits, and when.
  public struct Entry: Hashable, Sendable {
    /// The `ScheduleAction`'s id.
    public let id: String
    /// The window in which work on it begins, from 0.
    public let start: Int
    /// The window in which it ends, from 0; the same as `start` or later.
    public let finish: Int
    /// Person-days by window; windows without any are absent.
    public let allocation: [Int: Double]
    /// How much of the window it ends in has gone by then, 0 to 1, at an even pace.
    public let share: Double
  }

  /// In the order in which they were scheduled.
  public let entries: [Entry]
  /// What does not fit; it is kept, not dropped.
  public let beyondHorizon: [String]
}

/// An action as the schedule sees it.
public struct ScheduleAction: Hashable, Sendable {
  /// Chosen by the caller, one for each action; settles ties.
  public let id: String
  /// Person-days, 0 or more.
  public let effortDays: Double
  /// In any unit that is the same for all actions; it only settles ties, by benefit per day.
  public let benefit: Double
  /// Ids of actions that end first, or in the same window; ids that are not scheduled hold nothing back.
  public let requires: [String]
  /// What comes before what: 0 is promised and stands whether or not there are days for it; what has a higher
  /// number is scheduled after what has a lower one, where it fits.
  public let tier: Int
  /// The window by whose end something promised is due, from 0; nil where that is open.
  public let latest: Int?

  /// Takes each property as it is; nothing is checked.
  public init(
    id: String, effortDays: Double, benefit: Double, requires: [String], tier: Int = 1, latest: Int? = nil
  ) {
    self.id = id
    self.effortDays = effortDays
    self.benefit = benefit
    self.requires = requires
    self.tier = tier
    self.latest = latest
  }
}

/// A serial schedule (Kolisch 1996): one action after the other into the earliest windows that have
/// room, never before what it requires. Priority: the tier, of what is promised the earliest
/// due, then the longest effort that hangs on it, then benefit per day, then the id. Days are pooled, so a window's share that has gone is the earliest an action can end. What is
/// promised, and what it requires, stands by the window it is due in even where days are missing; these are taken from what
/// comes after it.
public func schedule(_ actions: [ScheduleAction], windowCapacity: [Double]) -> Roadmap {
  let known = Set(actions.map(\.id))
  let byID = Dictionary(actions.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  var dependents: [String: [String]] = [:]
  for action in actions {
    for needed in action.requires where known.contains(needed) {
      dependents[needed, default: []].append(action.id)
    }
  }
  var downstream: [String: Double] = [:]
  func hanging(_ id: String, _ depth: Int) -> Double {
    if let known = downstream[id] { return known }
    // Requirements are acyclic (the reader refuses circles); the depth is a second lock.
    guard depth <= actions.count, let action = byID[id] else { return 0 }
    let longest = (dependents[id] ?? []).map { hanging($0, depth + 1) }.max() ?? 0
    downstream[id] = action.effortDays + longest
    return action.effortDays + longest
  }

  // What something promised needs is due with it.
  var latest: [String: Int] = [:]
  func end(of id: String, by window: Int, _ depth: Int) {
    guard depth <= actions.count, window < latest[id] ?? .max else { return }
    latest[id] = window
    for needed in byID[id]?.requires ?? [] where known.contains(needed) {
      end(of: needed, by: window, depth + 1)
    }
  }
  for action in actions where action.tier == 0 && !windowCapacity.isEmpty {
    end(of: action.id, by: min(action.latest ?? .max, windowCapacity.count - 1), 0)
  }

  var room = windowCapacity
  /// Days that what is promised took beyond those there were.
  var owed = 0.0
  var entries: [Roadmap.Entry] = []
  var finished: [String: Int] = [:]
  var beyond: Set<String> = []
  var waiting = actions
  func precedes(_ left: ScheduleAction, _ right: ScheduleAction) -> Bool {
    if left.tier != right.tier { return left.tier < right.tier }
    if let due = latest[left.id], let other = latest[right.id], due != other { return due < other }
    let (a, b) = (hanging(left.id, 0), hanging(right.id, 0))
    if a != b { return a > b }
    let (x, y) = (left.benefit * right.effortDays, right.benefit * left.effortDays)
    return x != y ? x > y : left.id < right.id
  }
  while true {
    let ready = waiting.filter { action in
      action.requires.allSatisfy {
        !known.contains($0) || finished[$0] != nil || beyond.contains($0)
      }
    }
    guard let next = ready.min(by: precedes) else { break }
    waiting.removeAll { $0.id == next.id }
    // Behind all that is promised the days that were missing for it are paid back.
    if next.tier > 0, owed > 0 {
      for window in room.indices {
        let paid = min(room[window], owed)
        room[window] -= paid
        owed -= paid
      }
      owed = 0
    }
    let needed = next.requires.filter(known.contains)
    if needed.contains(where: beyond.contains) {
      beyond.insert(next.id)
      continue
    }
    var left = next.effortDays
    var allocation: [Int: Double] = [:]
    let last = latest[next.id] ?? room.count - 1
    let earliest = min(needed.compactMap { finished[$0] }.max() ?? 0, max(last, 0))
    for window in earliest..<max(last + 1, earliest)
    where window < room.count && left > 1e-9 && room[window] > 1e-9 {
      allocation[window] = min(left, room[window])
      left -= min(left, room[window])
    }
    if left > 1e-9, latest[next.id] != nil {
      allocation[last, default: 0] += left
      owed += left
      left = 0
    }
    // What takes no days begins as soon as what it needs is done.
    let none = room.isEmpty ? nil : earliest
    guard left <= 1e-9, let start = allocation.keys.min() ?? none,
      let finish = allocation.keys.max() ?? none
    else {
      beyond.insert(next.id)
      continue
    }
    for (window, days) in allocation { room[window] = max(0, room[window] - days) }
    finished[next.id] = finish
    entries.append(
      Roadmap.Entry(
        id: next.id, start: start, finish: finish, allocation: allocation,
        share: windowCapacity[finish] > 0 ? 1 - room[finish] / windowCapacity[finish] : 1))
  }
  return Roadmap(
    entries: entries, beyondHorizon: actions.map(\.id).filter { finished[$0] == nil })
}
