/// What somebody typed or wrote of a line of the plan: a word, and what they had to say behind it.
package struct HearingReading: Hashable, Sendable {
  package let answer: Hearing.Answer
  /// Word for word; empty where there is only the word.
  package let words: String

  /// nil where the text begins with none of the words, or goes on so that the word is not meant: "done by Friday",
  /// "dropped?", "stuck no more".
  package init?(_ text: String) {
    let text = text.trimmed
    let lower = text.lowercased()
    let head = text.prefix { $0.isLetter || $0 == "'" || $0 == "’" }
    let said: Hearing.Answer
    let length: Int
    if let (phrase, answer) = Self.phrases.first(where: { lower.hasPrefix($0.0) }) {
      (said, length) = (answer, phrase.count)
    } else if let answer = Self.answers[head.lowercased()] {
      (said, length) = (answer, head.count)
    } else {
      return nil
    }
    let behind = text.dropFirst(length)
    if behind.first == "?" { return nil }
    let rest = Self.rest(of: behind)
    let next = rest.lowercased().split { !$0.isLetter && $0 != "'" && $0 != "’" }.first.map(String.init) ?? ""
    let isTakenBack = Self.denials.contains(next) || next == "no" && Self.isNoMore(rest)
    if isTakenBack || Self.answers[next] != nil || said == .done && Self.intentions.contains(next) {
      return nil
    }
    answer = said
    words = rest
  }

  private static let answers: [String: Hearing.Answer] = [
    "done": .done, "finished": .done, "completed": .done, "doing": .doing, "started": .doing,
    "working": .doing,
    "stuck": .stuck, "blocked": .stuck, "dropped": .dropped, "drop": .dropped, "cancelled": .dropped,
    "canceled": .dropped,
  ]
  private static let phrases: [(String, Hearing.Answer)] = [
    ("not heard", .notHeard), ("given up", .dropped), ("on it", .doing), ("under way", .doing),
    ("in progress", .doing), ("on hold", .stuck),
  ]
  /// Behind any word they take it back.
  private static let denials: Set<String> = ["not", "never", "isn't", "isn’t", "wasn't", "wasn’t", "or"]
  /// Behind "done" they say that it is not yet.
  private static let intentions: Set<String> = [
    "by", "next", "soon", "tomorrow", "hopefully", "almost", "nearly", "half", "partly", "when", "until",
    "in", "except",
  ]

  /// "no more", "no longer"
  private static func isNoMore(_ text: String) -> Bool {
    ["no more", "no longer"].contains { text.lowercased().hasPrefix($0) }
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
