import AssessmentModel
import Scoring

/// Who says a sentence about a result.
package enum Speaker {
  /// The program, to those who answered.
  case program
  /// Those who answered, to others.
  case team

  /// `the nine of you`
  func people(_ count: Int) -> String {
    switch self {
    case .program: count == 1 ? "you" : "the \(spelled(count)) of you"
    case .team: count == 1 ? "one of us" : "the \(spelled(count)) of us"
    }
  }
}

/// The class, in every band, with whose view it is: `Leaning Inside-Out, as you see it: 36 of 100; …`.
func headline(_ subject: Subject, _ speaker: Speaker) -> String {
  let card = subject.scorecard
  guard let index = card.index, let certainty = card.verdict.certainty, let claim = claim(card)
  else { return "There are not enough answers for a verdict yet." }
  let people = speaker.people(certainty.spread.voters)
  let sees = certainty.spread.voters == 1 && people != "you" ? "sees" : "see"
  let view = hasVotes(card) ? "as \(people) \(sees) it" : "as it was settled together"
  // Exactly there, somebody must say what counts.
  let line =
    abs(index - card.cut) < 1e-9
    ? "exactly in the middle, which counts as Inside-Out; only above \(plain(card.cut)) are things "
    : "above \(plain(card.cut)), things are "
  return
    "\(claim), \(view): \(shownIndex(index, cut: card.cut)) of 100; \(line)arranged around \(subject.customer.many)."
}

/// The class with how sure it is: `Probably Outside-In`, `Inside-Out by a hair`; nil where there is none.
func claim(_ card: Scorecard) -> String? {
  side(card.verdict).map { side in
    switch card.verdict.band {
    case .likely: "Probably \(side)"
    case .transitional: isByAHair(card) ? "\(side) by a hair" : "Leaning \(side)"
    case .clear, nil: side
    }
  }
}

func side(_ verdict: Verdict) -> String? {
  verdict.orientation.map { $0 == .outsideIn ? "Outside-In" : "Inside-Out" }
}

/// Too close to call, and within three points of the cut.
private func isByAHair(_ card: Scorecard) -> Bool {
  card.verdict.band == .transitional && card.index.map { abs($0 - card.cut) <= 3 + 1e-9 } == true
}

private func hasVotes(_ card: Scorecard) -> Bool { card.items.contains { !$0.firstVotes.isEmpty } }

/// How far the view reaches: what other people like these could come to.
func reach(_ card: Scorecard, _ speaker: Speaker) -> String? {
  guard let certainty = card.verdict.certainty else { return nil }
  let (low, high) = (certainty.range.lowerBound, certainty.range.upperBound)
  let isAtCut = [low, high].contains { decimal($0) == decimal(card.cut) }
  let places = high - low < 2 || isAtCut ? 1 : 0
  let range = "from \(decimal(low, places)) to \(decimal(high, places))"
  guard hasVotes(card) else {
    return
      "Without anybody's own votes nothing tells how far apart the room was: it could be anywhere \(range)."
  }
  let isClear = card.verdict.band == .clear
  if certainty.spread.voters == 1 {
    let one = speaker == .program ? "You are one person of many" : "That is one person of many"
    return
      "\(one): asked alike, the organisation could come out anywhere \(range)"
      + (isClear ? ", on this side all the same. " : ". ")
      + (speaker == .program
        ? "Take it to your colleagues first."
        : "More of us should be asked before much depends on it.")
  }
  let others = speaker == .program ? "people like you" : "people like us"
  return switch card.verdict.band {
  case .clear: "Asked alike, \(others) would come out \(range), on this side all the same."
  case .likely: "Asked alike, \(others) would come out anywhere \(range), most of them on this side."
  case .transitional, nil: "Asked alike, \(others) could also come out on the other side: anywhere \(range)."
  }
}

/// How many more people it would take to be surer, or what else.
func whatWouldMakeItSurer(_ card: Scorecard, _ speaker: Speaker) -> String? {
  guard hasVotes(card), let more = card.moreRaters, let certainty = card.verdict.certainty else {
    return nil
  }
  var sentences: [String] = []
  if certainty.spread.raters < certainty.spread.voters {
    sentences.append("First let everybody who took part answer everything; that makes it surer by itself.")
  }
  let (they, fewer) = speaker == .program ? ("you do", "you are fewer") : ("we do", "we are fewer")
  // The smaller number first.
  var steps: [(count: Int, rest: String)] = []
  if case .people(let count) = more.clear, count > 0 {
    steps.append((count, "who \(count == 1 ? "sees" : "see") it as \(they) would make the side clear"))
  }
  if case .people(let count) = more.withinTen, count > 0 {
    let all = certainty.spread.voters + count > 9 ? "(all, where \(fewer)) " : ""
    steps.append((count, "\(all)would narrow that to \(plain(card.policy.narrowRange)) points either way"))
  }
  steps.sort { $0.count < $1.count }
  if let first = steps.first {
    let second = steps.dropFirst().first.map { ", \(spelled($0.count)) \($0.rest)" } ?? ""
    sentences.append("\(people(first.count)) \(first.rest)\(second).")
  }
  if more.withinTen == .outOfReach {
    sentences.append(
      "It would take over \(card.policy.mostMoreRaters) more people to narrow that to "
        + "\(plain(card.policy.narrowRange)) points either way.")
  }
  if more.withinTen == .openQuestions {
    sentences.append("Questions without an answer keep that range open: answer these first.")
  } else if more.clear == .openQuestions {
    sentences.append("Questions without an answer keep the side open: answer these first.")
  }
  if more.clear == .outOfReach {
    sentences.append(
      "More people won't settle the side: an organisation this near the middle is in the middle.")
  }
  return sentences.isEmpty ? nil : sentences.joined(separator: " ")
}

/// `Eight more people`
private func people(_ count: Int) -> String {
  "\(spelled(count).capitalizedFirst) more \(count == 1 ? "person" : "people")"
}

/// What drives the index, the strongest first. Of equals, first what was answered for sure, what is critical and what
/// has evidence, then as they are asked.
func drivers(_ subject: Subject) -> [Scorecard.Contribution] {
  let card = subject.scorecard
  func rank(_ row: Scorecard.Contribution) -> Int {
    let standing = card.items.first { $0.id == row.item }
    let said = subject.assessment.responses.to(row.item).filter { $0.level != nil }
    let isGuess = !said.isEmpty && said.allSatisfy { $0.confidence == .guess }
    return (isGuess ? 4 : 0) + (standing?.isCritical == true ? 0 : 2)
      + ((standing?.evidence ?? .none) > .none ? 0 : 1)
  }
  return card.contributions.enumerated().map { (place: $0, row: $1, rank: rank($1)) }.sorted { left, right in
    let (one, other) = (abs(left.row.contribution), abs(right.row.contribution))
    if abs(one - other) > 1e-9 { return one > other }
    return (left.rank, left.place) < (right.rank, right.place)
  }.map(\.row)
}

/// An answer that weighs most for the verdict or against it, in the words of its level.
struct WeightyAnswer {
  let item: String
  let isFor: Bool
  /// The class it points to.
  let side: String
  let question: String
  let isTwoSided: Bool
  /// Who says so, where there are several, and the level's words.
  let said: String
  /// The level's words alone.
  let answer: String
  /// How many others weigh as much on that side.
  let alike: Int
}

/// One for it and one against it, where there are such.
func weightiest(_ subject: Subject) -> [WeightyAnswer] {
  let card = subject.scorecard
  guard let orientation = card.verdict.orientation else { return [] }
  let rows = drivers(subject)
  func answer(outside: Bool) -> WeightyAnswer? {
    let rows = rows.filter { ($0.contribution > 0) == outside && abs($0.contribution) > 1e-9 }
    guard let row = rows.first, let standing = card.items.first(where: { $0.id == row.item }),
      let item = subject.questionnaire.item(row.item)
    else { return nil }
    // Those who say so, where several answered: the middle's words may speak for the other side.
    let votes = standing.state == .settled ? [] : standing.latestVotes.map(\.level)
    // Between two statements is a word for neither.
    let isTwoSided = subject.questionnaire.anchors(of: item).isEmpty
    let levels = standing.levels.filter {
      (25 * Double($0) > card.cut) == outside && !(isTwoSided && $0 == 2)
    }
    let level =
      votes.count < 2 ? standing.gate : levels.max { one, other in votes.count(one) < votes.count(other) }
    guard let level, let words = subject.words(of: level, of: item) else { return nil }
    let (say, all) = (votes.count(level), votes.count)
    let who =
      standing.state == .settled
      ? "Settled together: "
      : all < 2
        ? "" : say == all ? "All \(spelled(all)): " : "\(spelled(say).capitalizedFirst) of \(spelled(all)): "
    return WeightyAnswer(
      item: row.item, isFor: outside == (orientation == .outsideIn),
      side: outside ? "Outside-In" : "Inside-Out", question: item.text,
      isTwoSided: isTwoSided, said: who + words, answer: words,
      alike: rows.dropFirst().count { abs(abs($0.contribution) - abs(row.contribution)) < 1e-9 })
  }
  return [answer(outside: orientation == .outsideIn), answer(outside: orientation != .outsideIn)]
    .compactMap { $0 }
}

extension [Int] {
  fileprivate func count(_ level: Int) -> Int { count { $0 == level } }
}

/// What somebody can say to a colleague: the class, whose view it is, what speaks for it and against it, and what
/// would help.
func toPassOn(_ subject: Subject) -> String? {
  let card = subject.scorecard
  guard let index = card.index, let certainty = card.verdict.certainty, let side = side(card.verdict),
    hasVotes(card)
  else { return nil }
  let view = certainty.spread.voters == 1 ? "I" : "the \(spelled(certainty.spread.voters)) of us"
  let claim: String =
    switch card.verdict.band {
    case .likely: "we are probably \(side)"
    case .transitional: isByAHair(card) ? "we are \(side) by a hair" : "we lean \(side)"
    case .clear, nil: "we are \(side)"
    }
  var text = "As \(view) see it, \(claim), \(shownIndex(index, cut: card.cut)) of 100"
  if card.verdict.band != .clear {
    let (low, high) = (decimal(certainty.range.lowerBound), decimal(certainty.range.upperBound))
    text += "; others could come out from \(low) to \(high)"
  }
  text += "."
  if let voted = card.votedIndex, (voted > card.cut + 1e-9) != (index > card.cut + 1e-9) {
    let other = index > card.cut ? "Inside-Out" : "Outside-In"
    text += " Before anybody spoke our votes made it \(shownIndex(voted, cut: card.cut)), \(other)."
  }
  // The words alone: who passes it on knows what was asked.
  for answer in weightiest(subject) {
    text +=
      "\(answer.isFor ? " We say: " : " But also: ")\(answer.answer.firstIndex(of: "“").map { String(answer.answer[$0...]) } ?? answer.answer)"
  }
  let questions = card.items.count { $0.state != .open }
  if let count = card.moreRaters?.withinTen.people, count > 0 {
    text += " Will \(spelled(count)) more of us answer the same \(questions) questions?"
  } else if card.customers == nil {
    text += " Next, let us ask \(subject.customer.many) the same."
  }
  return "“\(text.inInnerQuotes)”"
}

extension String {
  /// Quotes within quotes.
  fileprivate var inInnerQuotes: String {
    replacing("“", with: "‘").replacing("”", with: "’")
  }
}
