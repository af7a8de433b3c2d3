/// What English asks of a noun that somebody gave.
package enum English {
  /// `an` before a vowel that is heard: an hour, an NGO, an uninsured person; but a user, a European, a one-off.
  package static func article(before word: String) -> String {
    let first = word.prefix { !$0.isWhitespace && $0 != "-" }
    // Letters that are spelt out: an MP, a GP.
    if first.count > 1, first.allSatisfy({ $0.isUppercase || $0.isNumber }) {
      return "AEFHILMNORSX8".contains(first[first.startIndex]) ? "an" : "a"
    }
    let text = first.lowercased()
    if ["hour", "honest", "honour", "honor", "heir"].contains(where: text.hasPrefix) { return "an" }
    if text == "one" || text == "once" { return "a" }
    if text.hasPrefix("eu") || text.hasPrefix("ewe") { return "a" }
    if text.hasPrefix("u") {
      // As in you: use, unit, union, university, utility; but not as in uninsured, unimportant, uncle.
      let spoken = ["us", "uni", "ut", "ub", "ur", "ufo", "uk"]
      let isNegation = ["unin", "unim", "unid", "ush", "usher", "utter", "utmost", "urg", "urb", "urch"]
        .contains(where: text.hasPrefix)
      return spoken.contains(where: text.hasPrefix) && !isNegation ? "a" : "an"
    }
    return text.first.map { "aeio".contains($0) } == true ? "an" : "a"
  }

  private static let irregular = [
    "person": "people", "child": "children", "man": "men", "wife": "wives", "goose": "geese", "life": "lives",
  ]

  /// The plural, where nothing else is said.
  package static func plural(of word: String) -> String {
    // What it is, not what it is called after: a member of staff, a person in care.
    for middle in [" of ", " in ", " with ", " at ", " on "] {
      if let range = word.firstRange(of: middle) {
        return plural(of: String(word[..<range.lowerBound])) + word[range.lowerBound...]
      }
    }
    for (one, many) in irregular where word.hasSuffix(one) {
      let before = word.dropLast(one.count).last
      // "woman" ends with "man", as "human" does.
      let isItself = before == nil || before == " " || before == "-"
      if isItself || one == "child" || one == "wife"
        || one == "man"
          && !["human", "german", "roman", "norman"].contains(where: word.lowercased().hasSuffix)
      {
        return word.dropLast(one.count) + many
      }
    }
    if word.hasSuffix("y"), let before = word.dropLast().last, !"aeiou".contains(before) {
      return word.dropLast() + "ies"
    }
    return ["s", "x", "z", "ch", "sh"].contains { word.hasSuffix($0) } ? word + "es" : word + "s"
  }

  /// What a word that looks like a plural is the plural of; nil where it does not look like one.
  package static func singular(of word: String) -> String? {
    for (one, many) in irregular where word.hasSuffix(many) {
      let candidate = String(word.dropLast(many.count) + one)
      if plural(of: candidate) == word { return candidate }
    }
    if word.count > 3, word.hasSuffix("ies") { return word.dropLast(3) + "y" }
    for end in ["ches", "shes", "xes", "sses", "zes"] where word.hasSuffix(end) {
      return String(word.dropLast(2))
    }
    if word.count > 2, word.hasSuffix("s"), !["ss", "us", "is"].contains(where: word.hasSuffix) {
      return String(word.dropLast())
    }
    return nil
  }
}

extension String {
  /// As a sentence begins.
  package var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
