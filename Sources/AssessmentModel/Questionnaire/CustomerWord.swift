/// What the people are called for whom an organisation works: customers, patients, guests, children. Whatever the
/// questionnaire's texts say, the program's own sentences say too.
public struct CustomerWord: Hashable, Sendable {
  /// `patient`
  public let one: String
  /// `patients`
  public let many: String

  /// What they are called where nobody says otherwise.
  public static let standard = CustomerWord("customer")

  /// Takes the words as they are; the plural is the regular one where none is given.
  public init(_ one: String, many: String? = nil) {
    self.one = one
    self.many = many ?? English.plural(of: one)
  }

  /// The word that a questionnaire's terms give.
  public init(terms: [String: String]) {
    self.init(terms["customer"] ?? "customer", many: terms["customers"])
  }

  /// As a questionnaire's terms give it; the plural only where it is not the regular one.
  public var terms: [String: String] {
    var terms = ["customer": one]
    if many != English.plural(of: one) { terms["customers"] = many }
    return terms
  }

  /// `a patient`
  package var aOne: String { "\(English.article(before: one)) \(one)" }
  /// `Patients`, as a sentence begins.
  package var capitalMany: String { many.capitalizedFirst }
  /// `patients'`, `children's`
  package var ofMany: String { many + (many.hasSuffix("s") ? "'" : "'s") }
  /// `1 patient`, `3 patients`
  package func counted(_ count: Int) -> String { "\(count) \(count == 1 ? one : many)" }

  /// Longest word that is taken, in Unicode scalars.
  private static let longest = 40

  /// Why a text can't be such a word; nil where it can.
  package static func problem(with word: String) -> String? {
    if word.unicodeScalars.count > longest { return "a word of at most \(longest) characters" }
    let isPlain = !word.unicodeScalars.contains(where: \.isHarmful) && !word.contains { "{}:".contains($0) }
    return isPlain && word.contains(where: \.isLetter) ? nil : "a word such as customer, patient or guest"
  }

  /// What somebody typed: `patient`, `a patient` or `child:children`.
  package init(typed text: String) throws(CustomerWordProblem) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      .map { Self.word(in: String($0)) }
    for part in parts {
      if let problem = Self.problem(with: part) { throw CustomerWordProblem(word: part, expected: problem) }
      // A sentence is something else that somebody wanted to say, and so is a yes or a no.
      if part.count(where: { $0 == " " }) > 2 || YesOrNo(part) != nil
        || ["none", "nobody", "same"].contains(part.lowercased())
      {
        throw CustomerWordProblem(word: part, expected: "a word such as customer, patient or guest")
      }
    }
    self.init(parts[0], many: parts.count > 1 ? parts[1] : nil)
  }

  /// Without an article before it, and small where only its first letter is not.
  private static func word(in text: String) -> String {
    var words = text.split(whereSeparator: \.isWhitespace).map(String.init)
    if words.count > 1, ["a", "an", "the", "our", "my"].contains(words[0].lowercased()) {
      words.removeFirst()
    }
    return words.map { word in
      let rest = word.dropFirst()
      return rest.contains(where: \.isUppercase) || rest.isEmpty ? word : word.lowercased()
    }.joined(separator: " ")
  }
}

/// A text that can't be a word for customers.
package struct CustomerWordProblem: Error, Hashable, Sendable {
  let word: String
  let expected: String

  package var message: String { "“\(word)” can't be used; expected \(expected)." }
}

extension Questionnaire {
  /// What its texts call the people for whom the organisation works.
  public var customer: CustomerWord { CustomerWord(terms: terms) }

  /// Whether its texts have a place for another word.
  package var hasCustomerWord: Bool { terms["customer"] != nil }

  /// Its terms with another word for customers.
  package func terms(with word: CustomerWord) -> [String: String] {
    terms.filter { $0.key != "customers" }.merging(word.terms) { $1 }
  }
}
