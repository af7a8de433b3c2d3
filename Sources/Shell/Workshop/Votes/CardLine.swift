import AssessmentModel
import Interview
import Scoring

/// A line of votes: `1:1 3:3 4:1 ?:2 -:1`, counts in the order of the levels (`0 1 0 3 1`), or either behind each
/// department's name.
enum CardLine: Equatable {
  /// Its item and round are still to be said.
  case tallies([Tally])
  /// Votes were meant; what is wrong with them.
  case problem(String)

  /// nil where the line is none.
  ///
  /// - Parameters:
  ///   - keys: the signs for the levels, in their order, as the screen shows them.
  ///   - departments: the names that may stand before votes; any unambiguous beginning will do.
  init?(_ line: String, keys: [(sign: String, level: Int)], departments: [String]) {
    let words = line.split { $0.isWhitespace || $0 == "," || $0 == ";" }.map(String.init)
    let isPair = { (word: String) in word.wholeMatch(of: /[0-9a-zA-Z?\-]:[0-9]{1,4}/) != nil }
    let isCount = { (word: String) in word.wholeMatch(of: /[0-9]{1,4}/) != nil }
    guard words.contains(where: isPair) || words.count > 1 && words.filter(isCount).count > 1 else {
      return nil
    }
    var tallies: [Tally] = []
    var name: [String] = []
    var votes: [String] = []
    func close() -> String? {
      if votes.isEmpty {
        return name.isEmpty ? nil : "“\(name.joined(separator: " "))” has no votes behind it."
      }
      var tally = Tally(item: "")
      if !name.isEmpty {
        let text = name.joined(separator: " ")
        let matches = departments.filter { $0.nameKey.hasPrefix(text.nameKey) }
        guard let found = departments.first(where: { $0.nameKey == text.nameKey }) ?? matches.first,
          matches.count < 2 || found.nameKey == text.nameKey
        else {
          return "There is no department “\(text)”"
            + (departments.isEmpty
              ? ": nobody on the roster has one." : "; there are \(departments.joined(separator: ", ")).")
        }
        tally.department = found
      }
      if let problem = Self.add(votes, to: &tally, keys) { return problem }
      tallies.append(tally)
      return nil
    }
    for word in words {
      if isPair(word) || isCount(word) {
        votes.append(word)
      } else {
        if !votes.isEmpty {
          if let problem = close() {
            self = .problem(problem)
            return
          }
          (name, votes) = ([], [])
        }
        name.append(word)
      }
    }
    if let problem = close() {
      self = .problem(problem)
      return
    }
    self = .tallies(tallies)
  }

  private static func add(
    _ votes: [String], to tally: inout Tally, _ keys: [(sign: String, level: Int)]
  ) -> String? {
    let signs = keys.map(\.sign)
    var votes = votes[...]
    let bare = votes.prefix { !$0.contains(":") }
    if !bare.isEmpty {
      // What is left behind counts in their order can only be who gave none of the answers.
      let rest = votes.dropFirst(bare.count)
      guard bare.count == keys.count, rest.allSatisfy({ $0.hasPrefix("?:") || $0.hasPrefix("-:") }) else {
        let counts = bare.count == 1 ? "1 count" : "\(bare.count) counts"
        return rest.isEmpty
          ? "\(counts), and there are \(keys.count) answers: \(signs.joined(separator: ", ")). ?:2 behind them are two who "
            + "don't know."
          : "Either a count for each answer in its order, or each with its sign: 3:4 are four for 3."
      }
      for (key, count) in zip(keys, bare) { tally.counts[key.level] += Int(count) ?? 0 }
      votes = rest
    }
    for vote in votes {
      let parts = vote.split(separator: ":", maxSplits: 1)
      guard parts.count == 2, let count = Int(parts[1]) else {
        return "“\(vote)” is no answer and a count; 3:4 are four for 3."
      }
      let sign = parts[0].lowercased()
      switch sign {
      case "?": tally.dontKnow += count
      case "-": tally.notApplicable += count
      default:
        guard let key = keys.first(where: { $0.sign == sign }) else {
          return "“\(sign)” is no answer here; there are \(signs.joined(separator: ", ")), ? and -."
        }
        tally.counts[key.level] += count
      }
    }
    return nil
  }
}

/// One vote as it is typed: a level's sign, `?` or `-`; nil where it is none.
func vote(_ text: String, keys: [(sign: String, level: Int)]) -> Response.Answer? {
  switch text.trimmed.lowercased() {
  case "?", "dk": return .dontKnow
  case "-", "−", "na": return .notApplicable(reason: nil)
  case let sign: return keys.first { $0.sign == sign }.map { .answered(.level($0.level)) }
  }
}

extension Questionnaire {
  /// The signs of an item's answers, in the order of the screen.
  func voteKeys(of item: Item) -> [(sign: String, level: Int)] {
    (levels(of: item) ?? []).map { (item.sign(of: $0), $0) }
  }

  /// `0 to 4`.
  func signs(of item: Item) -> String {
    let keys = voteKeys(of: item)
    return "\(keys.first?.sign ?? "") to \(keys.last?.sign ?? "")"
  }
}

extension Workshop {
  /// How the votes of a round lie.
  func spread(of votes: RoundVotes, on item: Item) -> VoteSpread {
    VoteSpread(of: votes.levels, scale: (questionnaire.levels(of: item) ?? []).sorted())
  }
}
