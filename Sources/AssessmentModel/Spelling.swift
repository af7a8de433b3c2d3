extension String {
  /// The same for two spellings of one name: without case, accents and the blanks around and between its words.
  package var nameKey: String {
    if let key = plainNameKey { return key }
    let words = split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
    if words.utf8.allSatisfy({ $0 < 0x80 }) { return words }
    var key = String.UnicodeScalarView()
    for scalar in words.unicodeScalars {
      // Neither plain letters nor quotation marks and dashes have an accent to look up.
      if scalar.value < 0xC0 || (0x2000..<0x20D0).contains(scalar.value) {
        key.append(scalar)
        continue
      }
      if scalar == "ß" {
        key.append(contentsOf: "ss".unicodeScalars)
        continue
      }
      // An accent of its own, behind its letter.
      if scalar.properties.generalCategory == .nonspacingMark { continue }
      // "LATIN SMALL LETTER E WITH ACUTE"
      guard let name = scalar.properties.name, name.hasPrefix("LATIN SMALL LETTER "),
        let letter = name.dropFirst("LATIN SMALL LETTER ".count).split(separator: " ").first,
        letter.count == 1, name.contains(" WITH ")
      else {
        key.append(scalar)
        continue
      }
      key.append(contentsOf: letter.lowercased().unicodeScalars)
    }
    return String(key)
  }

  /// The same for two names that may be one organisation's: without case, accents, punctuation and the legal form behind it, and
  /// with *ae*, *oe* and *ue* as *ä*, *ö* and *ü*.
  package var organizationKey: String {
    if let key = plainOrganizationKey { return key }
    var words = nameKeyWords[...]
    // What is left of "Bach & Co. KG" is Bach, and of "The Co" the Co.
    while words.count > 1, let last = words.last, Self.legalForms.contains(String(last)) {
      words.removeLast()
    }
    return Self.folded(words)
  }

  private var nameKeyWords: [Substring] {
    nameKey.replacing(".", with: "").split { !$0.isLetter && !$0.isNumber }
  }

  private static func folded(_ words: ArraySlice<Substring>) -> String {
    words.joined(separator: " ").replacing("ae", with: "a").replacing("oe", with: "o").replacing(
      "ue", with: "u")
  }

  /// That of a text of plain letters, byte by byte; nil for any other. Whoever looks at many has hundreds of thousands.
  private var plainOrganizationKey: String? {
    var key: [UInt8] = []
    key.reserveCapacity(utf8.count)
    for byte in utf8 {
      switch byte {
      case 0x80...: return nil
      case UInt8(ascii: "."): continue
      case 0x30...0x39, 0x61...0x7A: key.append(byte)
      case 0x41...0x5A: key.append(byte + 0x20)
      default: if let last = key.last, last != 0x20 { key.append(0x20) }
      }
    }
    if key.last == 0x20 { key.removeLast() }
    while let blank = key.lastIndex(of: 0x20), key.count - blank <= Self.longestLegalForm + 1,
      Self.legalForms.contains(String(decoding: key[(blank + 1)...], as: UTF8.self))
    {
      key.removeSubrange(blank...)
    }
    var (folded, last): ([UInt8], UInt8) = ([], 0)
    for byte in key {
      let isUmlaut = byte == UInt8(ascii: "e") && [0x61, 0x6F, 0x75].contains(last)
      if !isUmlaut { folded.append(byte) }
      // What was left out is behind nothing any more.
      last = byte
    }
    return String(decoding: folded, as: UTF8.self)
  }

  /// The shortest beginning of this name that no name with a certain `organizationKey` has; nil where there is none such.
  ///
  /// Whoever looks for names with this key in their order passes over all that begin so.
  package func shortestBeginning(leadingAwayFrom key: String) -> String? {
    let letters = Self.letters(ofFolded: key)
    let scalars = Array(unicodeScalars)
    func beginning(_ count: Int) -> String {
      var text = String.UnicodeScalarView()
      text.append(contentsOf: scalars[..<count])
      return String(text)
    }
    func leadsAway(_ count: Int) -> Bool {
      !Self.mayBegin(Self.letters(ofFolded: Self.folded(beginning(count).nameKeyWords[...])), with: letters)
    }
    guard leadsAway(scalars.count) else { return nil }
    // What has led away leads there no more, however it goes on.
    var (leading, away) = (0, scalars.count)
    while away - leading > 1 {
      let middle = (leading + away) / 2
      if leadsAway(middle) { away = middle } else { leading = middle }
    }
    return beginning(away)
  }

  /// Whether letters begin a name with those of a key, and any legal forms behind them.
  private static func mayBegin(
    _ letters: some Collection<Unicode.Scalar>, with key: [Unicode.Scalar]
  ) -> Bool {
    func isOfForms(_ rest: [Unicode.Scalar]) -> Bool {
      legalForms.contains { form in
        let form = Array(form.unicodeScalars)
        return form.starts(with: rest)
          || rest.starts(with: form) && isOfForms(Array(rest.dropFirst(form.count)))
      }
    }
    return key.starts(with: letters)
      || letters.starts(with: key) && isOfForms(Array(letters.dropFirst(key.count)))
  }

  /// The letters and digits of a key; a sigma is the same at the end of a word that may go on.
  private static func letters(ofFolded key: String) -> [Unicode.Scalar] {
    key.unicodeScalars.filter { $0 != " " }.map { $0 == "ς" ? "σ" : $0 }
  }

  private static let longestLegalForm = legalForms.map(\.utf8.count).max() ?? 0

  private static let legalForms: Set<String> = [
    "ab", "ag", "aps", "as", "asa", "bhd", "bv", "co", "company", "corp", "corporation", "cv", "ev", "ek",
    "eg", "gbr", "ggmbh",
    "gmbh", "gug", "inc", "incorporated", "kg", "kgaa", "kk", "lda", "limited", "llc", "llp", "lp", "ltd",
    "ltda", "mbh", "nv",
    "ohg", "oy", "oyj", "plc", "pte", "pty", "sa", "sarl", "sas", "sdn", "se", "sl", "slu", "spa", "spzoo",
    "sro", "srl", "ug",
    "und", "and", "zoo",
  ]

  /// That of a text of plain letters, byte by byte; nil for any other. Nearly all are such, and plans compare thousands.
  private var plainNameKey: String? {
    var key: [UInt8] = []
    key.reserveCapacity(utf8.count)
    var isBehindBlank = false
    for byte in utf8 {
      switch byte {
      case 0x80...: return nil
      case 0x09...0x0D, 0x20: isBehindBlank = !key.isEmpty
      default:
        if isBehindBlank { key.append(0x20) }
        isBehindBlank = false
        key.append((0x41...0x5A).contains(byte) ? byte | 0x20 : byte)
      }
    }
    return String(decoding: key, as: UTF8.self)
  }
}

extension Assessment {
  /// A rater who would be taken for one with this name, apart from the one with an id.
  package func namesake(of name: String, apartFrom id: String?) -> Rater? {
    name.nameKey.isEmpty ? nil : raters.first { $0.id != id && $0.name.nameKey == name.nameKey }
  }
}

/// The candidate nearest to a misspelt name, if one is near enough to be meant.
///
/// - Parameter most: how many slips it may be away; by the name's length where it is nil.
package func nearestName(
  to name: String, among candidates: some Sequence<String>, within most: Int? = nil
) -> String? {
  let limit = most ?? max(1, min(3, name.count / 3))
  var best: (name: String, distance: Int)?
  for candidate in candidates {
    let distance = editDistance(Array(name), Array(candidate), limit: limit)
    if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
  }
  return best?.name
}

/// Damerau's distance (insert, delete, replace, swap neighbours), or more than `limit`.
private func editDistance(_ left: [Character], _ right: [Character], limit: Int) -> Int {
  if abs(left.count - right.count) > limit { return limit + 1 }
  var beforeLast: [Int] = []
  var last = Array(0...right.count)
  for i in left.indices {
    var row = [i + 1]
    for j in right.indices {
      var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (left[i] == right[j] ? 0 : 1))
      if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
        cost = min(cost, beforeLast[j - 1] + 1)
      }
      row.append(cost)
    }
    (beforeLast, last) = (last, row)
  }
  return last[right.count]
}

/// `; did you mean "insight"?`, or nothing.
package func suggestion(for name: String, among candidates: some Sequence<String>) -> String {
  nearestName(to: name, among: candidates).map { "; did you mean \"\($0)\"?" } ?? ""
}

/// `; did you mean "insight"?`, or all there are where none is near.
package func suggestion(for name: String, orAllOf candidates: [String]) -> String {
  let near = suggestion(for: name, among: candidates)
  return near.isEmpty && !candidates.isEmpty ? "; there are \(candidates.joined(separator: ", "))" : near
}
