import AssessmentModel

/// What bare figures of a form's table can stand for: other tools number answers from 1, here they go from 0.
struct FormFigures {
  /// Columns of which it can't be told, or that count from 1.
  private let unclear: Set<Int>
  let problems: [FormTable.Problem]

  init(_ rows: [FormRow], _ columns: FormColumns) {
    var twoSided: [Int] = []
    var levels: [Int] = []
    for (place, kind) in columns.kinds.enumerated() {
      guard case .item(let item) = kind, let scored = item.scored else { continue }
      if case .bipolar = scored.form { twoSided.append(place) } else { levels.append(place) }
    }
    func figures(_ places: [Int]) -> Set<Int> {
      var found: Set<Int> = []
      for row in rows {
        for place in places { if let figure = Self.figure(row.cell(place)) { found.insert(figure) } }
      }
      return found
    }
    let (positions, steps) = (figures(twoSided), figures(levels))
    // Whoever has a 0 anywhere counts from there.
    guard !positions.contains(0), !steps.contains(0) else {
      (unclear, problems) = ([], [])
      return
    }
    /// ` here and in D, E`
    func also(_ places: [Int]) -> String {
      places.count == 1 ? "" : " here and in \(places.dropFirst().map(columnLetter).joined(separator: ", "))"
    }
    var found: [FormTable.Problem] = []
    var unclear: Set<Int> = []
    if let first = levels.first, steps.contains(5) {
      unclear.formUnion(levels)
      found.append(
        FormTable.Problem(
          row: nil, column: columnLetter(first),
          message:
            "answers\(also(levels)) are figures from 1 to 5, and levels go from 0 to 4: take 1 from each"
        ))
    }
    if let first = twoSided.first, !positions.isEmpty {
      unclear.formUnion(twoSided)
      found.append(
        FormTable.Problem(
          row: nil, column: columnLetter(first),
          message: "answers of questions with two sides\(also(twoSided)) are figures"
            + (positions.contains(5) || steps.contains(5)
              ? " from 1 to 5" : ", and no row tells whether they go from 1 to 5 or from 0 to 4")
            + ": write letters instead, a for the answer on the left to e for the one on the right; which of the two is Outside-In differs from question to question (`questionnaire show` says)"
        ))
    }
    (self.unclear, problems) = (unclear, found)
  }

  func isUnclear(_ place: Int) -> Bool { unclear.contains(place) }

  /// `3` or `3.0`, and nothing else.
  static func figure(_ cell: String) -> Int? {
    let bytes = cell.utf8
    guard let first = bytes.first, (0x30...0x39).contains(first) else { return nil }
    let whole = cell.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard whole.count == 1 || !whole[1].isEmpty && whole[1].utf8.allSatisfy({ $0 == 0x30 }) else {
      return nil
    }
    return whole[0].utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(whole[0]) : nil
  }
}
