/// All responses of an assessment, one for each key, by item, rater (the team's own record first) and round.
///
/// Sorted rather than hashed, because what is said to an item is read together, and in the same order
/// everywhere.
public struct Responses: RandomAccessCollection, Hashable, Sendable {
  /// The responses themselves; who reads only some fields of each does not copy the rest.
  package private(set) var sorted: [Response]

  /// Of several with one key, the last counts.
  public init(_ responses: some Sequence<Response> = []) {
    // Sorting is stable, so the last of a key stays the last.
    let all = responses.sorted { Self.precedes($0.key, $1.key) }
    sorted = []
    sorted.reserveCapacity(all.count)
    for response in all {
      if sorted.last?.key == response.key { sorted.removeLast() }
      sorted.append(response)
    }
  }

  /// Always 0.
  public var startIndex: Int { 0 }
  /// The number of responses.
  public var endIndex: Int { sorted.count }

  /// The response at a place in the order, from 0.
  public subscript(place: Int) -> Response { sorted[place] }

  /// The response of a key; nil where there is none, and setting nil removes it.
  /// Setting one whose own key is another stops the program.
  public subscript(key: Response.Key) -> Response? {
    get {
      let place = place(of: key)
      return place < sorted.count && sorted[place].key == key ? sorted[place] : nil
    }
    set {
      let place = place(of: key)
      let isThere = place < sorted.count && sorted[place].key == key
      switch newValue {
      case let response?:
        precondition(response.key == key, "a response belongs where its key says")
        if isThere { sorted[place] = response } else { sorted.insert(response, at: place) }
      case nil: if isThere { sorted.remove(at: place) }
      }
    }
  }

  /// What was said to one item, by rater and round.
  public func to(_ item: String) -> ArraySlice<Response> {
    let first = place(of: Response.Key(item: item, rater: nil, round: .min))
    var end = first
    while end < sorted.count, sorted[end].key.item == item { end += 1 }
    return sorted[first..<end]
  }

  /// Where a key stands, or would stand.
  private func place(of key: Response.Key) -> Int {
    var low = 0
    var high = sorted.count
    while low < high {
      let middle = low + (high - low) / 2
      if Self.precedes(sorted[middle].key, key) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private static func precedes(_ left: Response.Key, _ right: Response.Key) -> Bool {
    if left.item != right.item { return left.item < right.item }
    if left.rater != right.rater {
      guard let mine = left.rater else { return true }
      guard let other = right.rater else { return false }
      return mine < other
    }
    return left.round < right.round
  }
}
