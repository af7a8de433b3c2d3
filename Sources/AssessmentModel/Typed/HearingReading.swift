/// What somebody typed or wrote of a line of the plan: a word, and what they had to say behind it.
package struct HearingReading: Hashable, Sendable {
  package let answer: Hearing.Answer
  /// Word for word; empty where there is only the word.
  package let words: String

  /// nil where the text begins with none of the words.
  package init?(_ text: String) {
    let text = text.trimmed
    let head = text.prefix { $0.isLetter || $0 == "'" || $0 == "’" }
    let two = text.lowercased()
    if let phrase = [
      "not heard", "not started", "not yet", "given up", "on it", "under way", "in progress", "on hold",
    ].first(where: {
      two.hasPrefix($0)
    }) {
      answer =
        switch phrase {
        case "not heard": .notHeard
        case "given up": .dropped
        case "on hold": .stuck
        default: .doing
        }
      words = Self.rest(of: text.dropFirst(phrase.count))
      return
    }
    switch head.lowercased() {
    case "done", "finished", "completed": answer = .done
    case "doing", "started", "working": answer = .doing
    case "stuck", "blocked", "waiting": answer = .stuck
    case "dropped", "drop", "cancelled", "canceled": answer = .dropped
    default: return nil
    }
    words = Self.rest(of: text.dropFirst(head.count))
  }

  /// Without what parts the word from what is behind it.
  private static func rest(of text: Substring) -> String {
    String(text.drop { $0.isWhitespace || ",.;:–—-".contains($0) }).trimmed
  }

  /// What was heard, with what was said where it belongs: what shows it, or what blocks.
  package func hearing(of entry: String, on day: Day, from: String) -> Hearing {
    Hearing(
      entry: entry, answer: answer, day: day, from: from, words: words, shown: answer == .done ? words : "",
      blocks: answer == .stuck ? words : "")
  }
}
