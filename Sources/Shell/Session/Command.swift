import AssessmentModel
import Interview

/// The words that are commands at a question.
package let interviewWords = Set(Command.all)

/// What a typed line asks for.
enum Command: Hashable {
  case move(Move)
  case why
  case probe
  case review(String?)
  case progress
  case result
  case explain(String?)
  case parked
  /// To all questions of an area, of all areas, or which there are.
  case deepen(String?)
  /// `set team Support`; what is set already where nothing follows.
  case set(String?)
  case finish
  case help
  case quit
  /// An empty line.
  case again
  /// `note` and `evidence` alone: the text is asked for.
  case askNote
  case askEvidence
  case askTopic
  /// The note or the text in the user's editor.
  case edit
  case unknown(String)

  /// The words, with what they do in few words for the help, which has to fit a small window.
  static func words(_ customer: CustomerWord) -> [(words: [String], help: String)] {
    [
      (["next", "back"], "the next question, without answering; the one before"),
      (["goto"], "go to a question: goto 4, or goto exp-listen"), (["dk"], "I don't know"),
      (["na"], "does not apply to us; a reason may follow"),
      (["sure", "fairly", "guess"], "how sure the answer given is"),
      (["evidence"], "of the answer given: none, anecdote, document or measured, then words"),
      (["note", "edit"], "a note on this question; in your editor, a longer answer, too"),
      (["flag"], "mark or unmark it to come back to"),
      (["why", "probe"], "what this question tells; what to ask next, and what is evidence"),
      (["undo", "redo"], "take the last answer back; bring it back"),
      (["review"], "all answers; also: review open, flagged, guessed, or a section"),
      (["progress"], "what is answered and what is open"),
      (["deepen"], "more questions on an area, or all of them: deepen journey"),
      (["park", "parked"], "keep a topic for later; what is kept"),
      (["result", "explain"], "the result so far; its arithmetic, also of a question or area"),
      (["set"], "organization, team, name, department or \(customer.many), and what it is"),
      (["finish"], "the result, three commitments and the plan"),
      (["help"], "this list; also: ?"), (["quit"], "leave; everything is saved"),
    ]
  }

  static let all = words(.standard).flatMap(\.words)

  /// Reads a line typed at a question with levels. Keys are words' short forms, never the only way.
  init(_ line: String, at item: Item?) {
    let text = line.trimmed
    let head = text.prefix { !$0.isWhitespace }.lowercased()
    let tail = String(text.dropFirst(head.count)).trimmed
    let rest: String? = tail.isEmpty ? nil : tail
    switch (head, rest) {
    case ("", _): self = .again
    case ("?", nil), ("help", _), ("h", nil): self = .help
    case ("next", nil), ("n", nil): self = .move(.next)
    case ("back", nil): self = .move(.back)
    case ("goto", let id?), ("g", let id?): self = .move(.go(to: id.lowercased()))
    case ("dk", nil): self = .move(.dontKnow)
    case _ where Self.notKnowing.contains(text.lowercased()): self = .move(.dontKnow)
    case ("skip", nil), ("later", nil): self = .move(.next)
    case ("note", nil): self = .askNote
    case ("edit", nil): self = .edit
    case ("deepen", _): self = .deepen(rest?.lowercased())
    case ("set", _): self = .set(rest)
    case ("evidence", nil): self = .askEvidence
    case ("na", _): self = .move(.notApplicable(reason: rest))
    case ("sure", nil): self = .move(.confidence(.sure))
    case ("fairly", nil): self = .move(.confidence(.fairly))
    case ("guess", nil): self = .move(.confidence(.guess))
    case ("flag", nil): self = .move(.flag)
    case ("note", let note?): self = .move(.note(note))
    case ("evidence", let text?):
      guard let (grade, note) = Self.evidence(text) else {
        self = .unknown(line)
        return
      }
      self = .move(.evidence(grade, note: note))
    case ("undo", nil), ("u", nil): self = .move(.undo)
    case ("redo", nil): self = .move(.redo)
    case ("park", nil): self = .askTopic
    case ("park", let topic?): self = .move(.park(topic))
    case ("parked", nil): self = .parked
    case ("why", nil): self = .why
    case ("probe", nil): self = .probe
    case ("review", _): self = .review(rest)
    case ("progress", nil): self = .progress
    case ("result", nil): self = .result
    case ("explain", _): self = .explain(rest)
    case ("finish", nil): self = .finish
    case ("quit", nil), ("exit", nil), ("q", nil): self = .quit
    case (_, nil):
      if let level = Self.level(head, item) {
        self = .move(.answer(level))
      } else {
        self = .unknown(line)
      }
    default: self = .unknown(line)
    }
  }

  /// A command typed where text is asked for: a word of its own that is one, or anything after a
  /// colon. Two colons stand for a literal one.
  init?(inText line: String) {
    if line.hasPrefix("::") { return nil }
    if line.hasPrefix(":"), line.dropFirst().first?.isLetter == true {
      self.init(String(line.dropFirst()), at: nil)
    } else if Self.all.contains(line.lowercased()) || line == "?"
      || line.wholeMatch(of: /(goto|explain|review|deepen|help) [a-z0-9-]+/) != nil
    {
      self.init(line, at: nil)
    } else {
      return nil
    }
  }

  var isUnknown: Bool {
    if case .unknown = self { return true }
    return false
  }

  /// `document a letter of 3 March`: a grade and what it is.
  static func evidence(_ text: String) -> (Response.Evidence, String?)? {
    let head = text.prefix { !$0.isWhitespace }
    guard let grade = Response.Evidence(rawValue: head.lowercased()) else { return nil }
    let note = String(text.dropFirst(head.count)).trimmed
    return (grade, note.isEmpty ? nil : note)
  }

  /// What people type when they don't know.
  private static let notKnowing: Set<String> = [
    "don't know", "dont know", "don’t know", "i don't know", "i dont know", "i don’t know", "dunno", "idk",
  ]

  /// What Tab offers after the words that stand there.
  static func completions(_ before: [String], _ questionnaire: Questionnaire) -> Completions {
    guard let head = before.first?.lowercased() else { return .words(all) }
    guard before.count == 1 else { return .words([]) }
    let areas = questionnaire.dimensions.map(\.id)
    let items = questionnaire.items.map(\.id)
    switch head {
    case "goto", "g": return .words(items)
    case "explain": return .words(areas + items)
    case "deepen": return .words(areas + ["all"])
    case "review": return .words(["open", "flagged", "guessed"] + questionnaire.sections.map(\.id))
    case "evidence": return .words(Response.Evidence.allCases.map(\.rawValue))
    case "set": return .words(settings)
    default: return .words([])
    }
  }

  static let settings = ["organization", "team", "name", "department", "customers"]

  /// Digits for levels, letters for positions, so that nobody takes one for the other.
  private static func level(_ head: String, _ item: Item?) -> Int? {
    switch item?.scored?.form {
    case .level: Int(head)
    case .bipolar: BipolarForm.letters.firstIndex(of: head)
    case nil: nil
    }
  }
}
