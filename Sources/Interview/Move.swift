import AssessmentModel

/// What somebody does in an interview.
package enum Move: Hashable, Sendable {
  /// A raw level or position, 0 to 4.
  case answer(Int)
  /// What was taken over from an earlier assessment still holds.
  case confirm
  /// The whole value of a record.
  case record(Value)
  /// The same, as the rest of what was recorded last: undo takes both back together.
  case amend(Value)
  /// A record is open again.
  case clear
  case notApplicable(reason: String?)
  case dontKnow
  case confidence(Response.Confidence)
  case evidence(Response.Evidence, note: String?)
  case note(String)
  case flag
  case next
  /// On to what is open after this, be this left out.
  case goOn
  case back
  case go(to: String)
  case undo
  case redo
  /// To all questions of a dimension, by its id, its title or a beginning of them; `all` asks everything.
  case deepen(String)
  case park(String)
  case name(organization: String, team: String)
  /// The rater's own name and department.
  case introduce(name: String, department: String)
  case commit([Commitment])
}

/// Why a move was refused: what was expected, and what to do.
package enum MoveRefusal: Error, Hashable, Sendable {
  case notALevel(Int, expected: [Int])
  case notForThisItem(String)
  /// With what is to be done instead.
  case notNow(String)
  case unknownItem(String, suggestion: String?)
  case hiddenItem(String)
  case outsideScope(String, dimension: String)
  case unknownDimension(String, known: [String])
  case notAName(String)
  /// Somebody has the name already.
  case nameIsTaken(String)
  case tooLong(limit: Int)
  case firstItem
  case nothingToUndo
  case nothingToRedo
  case atTheEnd

  package var message: String {
    switch self {
    case .notALevel(let given, let expected):
      "“\(given)” is no answer here. Expected one of \(expected.map(String.init).joined(separator: ", ")), or dk for don't know, "
        + "na for not applicable."
    case .notForThisItem(let advice), .notNow(let advice): advice
    case .unknownItem(let id, let suggestion):
      "There is no question \"\(id)\"."
        + (suggestion.map { " Did you mean \($0)?" } ?? " `review` lists them all.")
    case .nameIsTaken(let name):
      "\(name) answers here already. Two people need two names."
    case .hiddenItem(let id): "\(id) is not asked, because of an earlier answer."
    case .outsideScope(let id, let dimension):
      "\(id) belongs to the full questionnaire; `deepen \(dimension)` asks it too."
    case .unknownDimension(let name, let known):
      sentence("There is no area \"\(name)\"" + suggestion(for: name, among: known + ["all"]))
    case .notAName(let problem): "That can't be kept: \(problem)."
    case .tooLong(let limit): "That is too long: at most \(limit / 1024) KB can be kept."
    case .firstItem: "This is the first question."
    case .nothingToUndo: "There is nothing to undo."
    case .nothingToRedo: "There is nothing to redo."
    case .atTheEnd: "That was the last question."
    }
  }
}
