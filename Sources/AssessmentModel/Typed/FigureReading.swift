/// What somebody typed where a figure was asked for. No figure is ever taken for another one: what can be read in two
/// ways is given as both.
package enum FigureReading: Hashable, Sendable {
  /// One figure; with the unit that was typed where none was known.
  case figure(Double, unit: String?)
  /// `1.200`: with thousands, or with decimals.
  case either(Double, Double)
  /// Another unit than the figure's own.
  case otherUnit(typed: String, own: String)
  case unreadable

  /// Which sign stands before decimals, where something other than the figure tells.
  package enum DecimalSign: Character, Sendable {
    case point = "."
    case comma = ","
  }

  /// Reads `1200`, `1,200,000`, `1.200.000`, `1 200`, `1'200`, `31,5`, `31.5`, `−5`, `12 %`, `€ 5`.
  ///
  /// One separator with exactly three digits behind it, and before it one to three that don't begin with 0, can part
  /// thousands or decimals.
  ///
  /// - Parameters:
  ///   - unit: The figure's own unit, which may stand before or behind it; another one is refused. Where it is nil any
  ///     is taken and told.
  ///   - decimals: The sign before decimals, where a table's separators tell it.
  package init(_ text: String, unit own: String? = nil, decimals: DecimalSign? = nil) {
    let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard let parts = Parts(words) else {
      self = .unreadable
      return
    }
    let readings = Self.readings(parts.digits, decimals)
      .compactMap { Self.number($0.whole, $0.fraction, isNegative: parts.isNegative) }
    if !readings.isEmpty, !parts.unit.isEmpty, let own, !own.isEmpty, !Self.isSameUnit(parts.unit, own) {
      self = .otherUnit(typed: parts.unit, own: own)
      return
    }
    let unit = parts.unit.isEmpty || own?.isEmpty == false ? nil : parts.unit
    switch readings.count {
    case 1: self = .figure(readings[0], unit: unit)
    case 2: self = .either(readings[0], readings[1])
    default: self = .unreadable
    }
  }

  /// The figure, where there is just one.
  package var value: Double? {
    if case .figure(let value, _) = self { value } else { nil }
  }

  // MARK: Parts

  /// What was typed, taken apart: sign, digits with what parts them, and a unit before or behind them.
  private struct Parts {
    let digits: [Character]
    let isNegative: Bool
    let unit: String

    init?(_ text: String) {
      func isDigit(_ character: Character) -> Bool { character.isASCII && character.isNumber }
      guard let first = text.firstIndex(where: isDigit), let last = text.lastIndex(where: isDigit) else {
        return nil
      }
      // `.5` is half of something.
      var start = first
      if start > text.startIndex, ".,".contains(text[text.index(before: start)]) {
        start = text.index(before: start)
      }
      var before = text[..<start].filter { $0 != " " }
      let behind = text[text.index(after: last)...].drop { $0 == " " }
      let signs = before.filter { "+-−–".contains($0) }
      guard signs.count < 2 else { return nil }
      before.removeAll { "+-−–".contains($0) }
      guard before.isEmpty || behind.isEmpty else { return nil }
      let unit = before.isEmpty ? String(behind) : String(before)
      guard unit.allSatisfy({ !"+-−–.,'’()=".contains($0) }) || unit.contains(where: \.isLetter) else {
        return nil
      }
      digits = Array(text[start...last])
      isNegative = signs.contains { $0 != "+" }
      self.unit = unit
    }
  }

  /// The digits before and behind the decimal sign, in every way that they can be read.
  private static func readings(
    _ characters: [Character], _ decimals: DecimalSign?
  ) -> [(whole: String, fraction: String)] {
    let groups = characters.split(omittingEmptySubsequences: false) { " '’.,".contains($0) }
    let marks = characters.filter { " '’.,".contains($0) }.map { $0 == "’" ? "'" : $0 }
    guard groups.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } }),
      groups.dropFirst().allSatisfy({ !$0.isEmpty })
    else { return [] }
    func joined(_ groups: some Sequence<ArraySlice<Character>>) -> String {
      groups.map { String($0) }.joined()
    }
    /// Groups of three behind one to three.
    func isThousands(_ groups: some Collection<ArraySlice<Character>>) -> Bool {
      (1...3).contains(groups.first?.count ?? 0) && groups.dropFirst().allSatisfy { $0.count == 3 }
    }
    guard let last = marks.last else { return [(joined(groups), "")] }
    var readings: [(String, String)] = []
    // All marks part thousands.
    if Set(marks).count == 1, isThousands(groups) {
      // 0.125 is no thousand, and what a table's separators say counts.
      let isDecimal = marks.count == 1 && (groups[0].first == "0" || decimals?.rawValue == last)
      if !isDecimal { readings.append((joined(groups), "")) }
    }
    // The last mark stands before decimals, the others, all of another kind, part thousands.
    let others = marks.dropLast()
    if ".,".contains(last), Set(others).count < 2, !others.contains(last),
      others.isEmpty || isThousands(groups.dropLast())
    {
      let isThousand = readings.count == 1 && decimals.map { $0.rawValue != last } == true
      if !isThousand { readings.append((joined(groups.dropLast()), String(groups[groups.count - 1]))) }
    }
    return readings
  }

  /// The number that digits stand for; nil where there are more of them than it can hold.
  private static func number(_ whole: String, _ fraction: String, isNegative: Bool) -> Double? {
    guard (whole + fraction).drop(while: { $0 == "0" }).count <= 15,
      let number = Double("\(whole.isEmpty ? "0" : whole).\(fraction.isEmpty ? "0" : fraction)")
    else { return nil }
    return isNegative && number != 0 ? -number : number
  }

  // MARK: Units

  private static let spellings: [Set<String>] = [
    ["%", "percent", "per cent", "pct", "percentage"], ["€", "eur", "euro", "euros"],
    ["$", "usd", "us$", "dollar", "dollars"], ["£", "gbp", "pound", "pounds"], ["chf", "franc", "francs"],
    ["h", "hr", "hrs", "hour", "hours"], ["min", "mins", "minute", "minutes"],
    ["s", "sec", "secs", "second", "seconds"], ["d", "day", "days"],
  ]

  /// Whether two are one unit, in other spellings or as a whole and its beginning (`%` of `% of calls`).
  private static func isSameUnit(_ typed: String, _ own: String) -> Bool {
    let (typed, own) = (typed.nameKey, own.nameKey)
    let beginning = own.prefix { $0 != " " }
    return [own, String(beginning)].contains { own in
      typed == own || typed == English.plural(of: own) || own == English.plural(of: typed)
        || spellings.contains { $0.contains(typed) && $0.contains(own) }
    }
  }
}
