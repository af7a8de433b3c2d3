/// One problem in an authored file, or a piece of advice: where, which rule, what is wrong and what to do.
public struct Diagnostic: Hashable, Sendable {
  /// The file's name or path as the reader was given it; `definition` for a canonical form.
  public let file: String
  /// From 1.
  public let line: Int
  /// From 1, in characters.
  public let column: Int
  /// A code of the check's catalogue, `Q04`; codes never change meaning.
  public let code: String
  /// What is wrong and what to do, in words, without a full stop.
  public let message: String
  /// Whether it may well be meant so, and keeps nothing from being used.
  public let isAdvice: Bool

  /// Takes each property as it is; nothing is checked.
  public init(
    file: String, line: Int, column: Int, code: String, message: String, isAdvice: Bool = false
  ) {
    self.file = file
    self.line = line
    self.column = column
    self.code = code
    self.message = message
    self.isAdvice = isAdvice
  }

  /// By file, place, code and words.
  package static func precedes(_ left: Diagnostic, _ right: Diagnostic) -> Bool {
    (left.file, left.line, left.column, left.code, left.message)
      < (right.file, right.line, right.column, right.code, right.message)
  }

  /// `expectations.yaml:14:17: error Q17: unknown dimension "insigth"; did you mean "insight"?`
  public var text: String {
    "\(file):\(line):\(column): \(isAdvice ? "advice" : "error") \(code): \(message)"
  }
}
