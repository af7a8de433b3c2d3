import AssessmentModel
import Interview

/// What a line typed in a workshop asks for.
enum WorkshopCommand {
  case votes(CardLine)
  /// Counts of cards that were laid face down.
  case cards
  case pass
  /// A whole section's votes, by counts or of one person.
  case paper(String?)
  case reveal
  case rounds
  case revote
  case settle(String?)
  case dissent(String?)
  case say(String?)
  case unclear(String?)
  case changeCards(WorkshopState.Cards)
  case disputed
  case agreement
  case practise
  case who
  case join(String?)
  case away(String?)
  case here(String)
  case remove(String?)
  case agenda
  case time(String?)
  case pause(String?)
  case shorten(String?)
  case minutes(String?)
  case hide
  case show
  case big(String?)
  /// Answers that people gave beforehand, from a file.
  case importFile(String?)
  case predict
  /// What an interview has, too.
  case shared(Command)

  var isUnknown: Bool {
    if case .shared(let command) = self { return command.isUnknown }
    return false
  }

  static func help(_ customer: CustomerWord) -> [(words: [String], help: String)] {
    [
      (
        ["0 1 0 3 1"],
        "the votes, counted in the order of the answers; or 1:1 3:3, ?:2 don't know, -:1 not ours"
      ),
      (["cards"], "counts that nobody is to see yet; cards raised, cards collected: how from here on"),
      (["pass"], "each presses one key on this keyboard, which shows nothing"),
      (
        ["paper"],
        "a whole section at once, in counts; paper Ana: her answers in a row; paper \(customer.many): theirs"
      ),
      (["reveal", "rounds"], "show the votes; those of all rounds"),
      (["revote"], "vote once more; the rounds before are kept"),
      (["settle"], "one answer for all: settle, or settle 3 and why"),
      (["dissent"], "what those who see it otherwise want kept beside what was settled"),
      (["next", "back"], "on, leaving the vote as it is; the question before"),
      (["goto"], "go to a question: goto 4, or goto exp-listen"),
      (["say", "unclear"], "how you explained the question; nobody understands it, so leave it out"),
      (["why", "probe"], "what this question tells; what to ask next, and what is evidence"),
      (["evidence"], "what shows the group's answer"),
      (["park", "parked"], "keep a topic for later; what is kept"),
      (["disputed"], "the most mixed questions first, as many as there is time for"),
      (
        ["who", "join", "away", "remove"],
        "who is here; join Ana, Billing; away Ana, and back Ana; remove Ana, where she is no such person"
      ),
      (["agenda", "time"], "planned, spent and left; time 3m says when three minutes are over"),
      (["break", "shorten"], "break 10; shorten 15 finds fifteen minutes"),
      (["hide", "show", "big"], "clear the screen; the question again; big on for the last row"),
      (["deepen"], "more questions on an area: deepen journey"),
      (["import"], "answers that people gave beforehand: the table of a web form, or a colleague's file"),
      (["predict"], "what you expect \(customer.many) to answer, before you see what they say"),
      (["undo", "redo"], "what was settled, its dissent, evidence, a parked topic; never a vote"),
      (["review", "progress"], "all questions; what is open"),
      (["result", "explain", "agreement"], "so far; its arithmetic; where people see it alike"),
      (["set", "minutes"], "organization or team; how long you have"),
      (["finish"], "the result, three commitments and the plan"),
      (["help"], "this list; also: ?"), (["quit"], "leave; everything is saved, votes not yet shown too"),
    ]
  }

  static let all = help(.standard).flatMap(\.words).filter { $0.allSatisfy(\.isLetter) }

  /// - Parameters:
  ///   - item: the question that is voted on, if it is one.
  ///   - questionnaire: says what its answers are.
  init(_ line: String, at item: Item?, _ questionnaire: Questionnaire, departments: [String]) {
    let text = line.trimmed
    let head = text.prefix { !$0.isWhitespace }.lowercased()
    let tail = String(text.dropFirst(head.count)).trimmed
    let rest: String? = tail.isEmpty ? nil : tail
    if let item, item.scored != nil,
      let votes = CardLine(text, keys: questionnaire.voteKeys(of: item), departments: departments)
    {
      // A command's word before votes may be a department; where it is none, it is the command.
      if case .tallies = votes {
        self = .votes(votes)
        return
      }
      if !Self.all.contains(head) {
        self = .votes(votes)
        return
      }
    }
    switch (head, rest) {
    case ("cards", nil): self = .cards
    case ("cards", let kind?) where WorkshopState.Cards(rawValue: kind.lowercased()) != nil:
      self = .changeCards(WorkshopState.Cards(rawValue: kind.lowercased()) ?? .raised)
    case ("cards", let line?):
      let votes = item.flatMap {
        $0.scored == nil
          ? nil : CardLine(line, keys: questionnaire.voteKeys(of: $0), departments: departments)
      }
      self = votes.map { .votes($0) } ?? .shared(.unknown(text))
    case ("pass", nil): self = .pass
    case ("paper", _): self = .paper(rest)
    case ("reveal", nil): self = .reveal
    case ("rounds", nil): self = .rounds
    case ("revote", nil): self = .revote
    case ("settle", _): self = .settle(rest)
    case ("dissent", _): self = .dissent(rest)
    case ("say", _): self = .say(rest)
    case ("unclear", _): self = .unclear(rest)
    case ("disputed", nil): self = .disputed
    case ("agreement", nil): self = .agreement
    case ("practise", nil), ("practice", nil): self = .practise
    case ("who", nil), ("roster", nil): self = .who
    case ("join", _): self = .join(rest)
    case ("away", _), ("leave", _), ("gone", _): self = .away(rest)
    case ("back", let name?): self = .here(name)
    case ("remove", _): self = .remove(rest)
    case ("agenda", nil): self = .agenda
    case ("time", _): self = .time(rest)
    case ("break", _), ("pause", _): self = .pause(rest)
    case ("shorten", _): self = .shorten(rest)
    case ("minutes", _): self = .minutes(rest)
    case ("hide", nil): self = .hide
    case ("show", nil): self = .show
    case ("big", _): self = .big(rest)
    case ("import", _): self = .importFile(rest)
    case ("predict", nil): self = .predict
    default: self = .shared(Command(line, at: nil))
    }
  }

  /// A command typed where a text is asked for: a word of its own that is one, or anything after a colon.
  init?(inText line: String, _ questionnaire: Questionnaire) {
    if line.hasPrefix("::") { return nil }
    let isColon = line.hasPrefix(":") && line.dropFirst().first?.isLetter == true
    let text = isColon ? String(line.dropFirst()) : line
    let isTime = text.lowercased().wholeMatch(of: /(shorten|minutes|break|time) [0-9]{1,3} ?m?/) != nil
    guard isColon || isTime || Self.all.contains(text.lowercased()) || Command(inText: line) != nil else {
      return nil
    }
    self.init(text, at: nil, questionnaire, departments: [])
  }

  /// What Tab offers after the words that stand there.
  static func completions(
    _ before: [String], _ questionnaire: Questionnaire, names: [String]
  ) -> Completions {
    guard let head = before.first?.lowercased() else { return .words(all) }
    guard before.count == 1 else { return .words([]) }
    switch head {
    case "away", "back", "remove": return .words(names)
    case "paper": return .words(names + [questionnaire.customer.many])
    case "big": return .words(["on", "off"])
    case "import": return .files
    case "settle": return .words(["dk", "na"])
    default: return Command.completions(before, questionnaire)
    }
  }
}
