/// Crockford's base 32: digits and letters that nobody takes for one another.
package enum Base32 {
  private static let letters = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

  /// A letter for the last five bits of each number.
  package static func text(_ numbers: some Sequence<some BinaryInteger>) -> String {
    String(decoding: numbers.map { letters[Int(truncatingIfNeeded: $0) & 31] }, as: UTF8.self)
  }
}
