/// One thing that happened in a session; an assessment is the fold of its events.
public enum SessionEvent: Hashable, Sendable {
  /// A response as it stands now; it replaces the one of the same key.
  case responded(Response)
  /// The response last given goes on: undo takes both back together.
  case amended(Response)
  /// The last `responded` that still counts is taken back.
  case undone
  /// The last `undone` is taken back.
  case redone
  /// The session moved to an item.
  case visited(item: String)
  /// Somebody joined, or is described anew.
  case rated(Rater)
  /// Both names as they are now; empty for none.
  case named(organization: String, team: String)
  case scoped(Assessment.Scope)
  /// All items of a dimension are asked, in the short scope too.
  case deepened(dimension: String)
  /// A topic was put off.
  case parked(String)
  /// All commitments as they are now; they replace those before.
  case committed([Commitment])
  case finished(at: Timestamp)
  /// A finished assessment was opened for an edit.
  case reopened
}

/// An assessment together with what can be undone and redone: the state that events fold into.
public struct Session: Hashable, Sendable {
  struct Change: Hashable, Sendable {
    let key: Response.Key
    let before: Response?
    var after: Response
  }

  /// What the events so far have made of it.
  public private(set) var assessment: Assessment
  private var undoable: [Change] = []
  private var redoable: [Change] = []

  /// Folds events into an assessment, in their order; only what they change can be undone.
  public init(_ assessment: Assessment, events: some Sequence<SessionEvent> = []) {
    self.assessment = assessment
    for event in events { apply(event) }
  }

  /// The key of the response that the next `undone` would take back; nil where there is none.
  public var nextUndo: Response.Key? { undoable.last?.key }
  /// The key of the response that the next `redone` would bring back; nil where there is none.
  public var nextRedo: Response.Key? { redoable.last?.key }

  /// Folds one event in, unchecked against any questionnaire; an undo or redo of nothing changes nothing.
  public mutating func apply(_ event: SessionEvent) {
    switch event {
    case .responded(let response):
      undoable.append(
        Change(
          key: response.key, before: assessment.responses[response.key], after: response))
      redoable.removeAll()
      assessment.responses[response.key] = response
    case .amended(let response):
      guard undoable.last?.key == response.key else { return apply(.responded(response)) }
      undoable[undoable.count - 1].after = response
      redoable.removeAll()
      assessment.responses[response.key] = response
    case .undone:
      guard let change = undoable.popLast() else { return }
      assessment.responses[change.key] = change.before
      redoable.append(change)
    case .redone:
      guard let change = redoable.popLast() else { return }
      assessment.responses[change.key] = change.after
      undoable.append(change)
    case .visited(let item):
      assessment.position = item
    case .rated(let rater):
      if let index = assessment.raters.firstIndex(where: { $0.id == rater.id }) {
        assessment.raters[index] = rater
      } else {
        assessment.raters.append(rater)
      }
    case .named(let organization, let team):
      assessment.organization = organization
      assessment.team = team
    case .scoped(let scope):
      assessment.scope = scope
    case .deepened(let dimension):
      assessment.deepened.insert(dimension)
    case .committed(let commitments):
      assessment.commitments = commitments
    case .parked(let topic):
      assessment.parked.append(topic)
    case .finished(let moment):
      assessment.finishedAt = moment
    case .reopened:
      assessment.finishedAt = nil
    }
  }
}
