import AssessmentModel

/// What adding one assessment's answers to another comes to.
package struct Merge: Hashable, Sendable {
  /// What is to be stored; nothing where everything is there already.
  package var events: [SessionEvent] = []
  /// Records that say something else in the two; the first one's stay.
  package var kept: [String] = []
}

/// Why answers can't be added.
package enum MergeProblem: Error, Hashable, Sendable {
  case otherQuestionnaire
  /// What is answered otherwise already, each with whose answer it is.
  case conflicts([String])
  /// What belongs to one session and can't be added to another.
  case belongsToItsSession([String])
}

/// Adds people and answers of `other` to `target`.
///
/// Somebody is the same person when the two are copies of one assessment and the ids agree, when
/// name, department and group agree, or when all their answers are there already, to the second. An
/// answer that is there and says something else is a conflict; what only one of the two says (a note,
/// evidence) is taken. Rows of lists are added; other records stay as they are in `target`.
package func merge(
  _ other: Assessment, into target: Assessment, questionnaire: Questionnaire
) throws(MergeProblem) -> Merge {
  guard other.questionnaire.digests.content == target.questionnaire.digests.content else {
    throw .otherQuestionnaire
  }
  var foreign: [String] = []
  if !other.settled.isEmpty, other.settled != target.settled { foreign.append("settled answers") }
  if !other.tallies.isEmpty, other.tallies != target.tallies { foreign.append("tallies") }
  if !other.predictions.isEmpty, other.predictions != target.predictions {
    foreign.append("predictions")
  }
  if !foreign.isEmpty { throw .belongsToItsSession(foreign) }

  var merge = Merge()
  let people = matchedRaters(of: other, in: target, &merge)
  var conflicts: [String] = []
  for response in other.responses.values.sorted(by: {
    ($0.key.item, $0.key.rater ?? "", $0.key.round) < ($1.key.item, $1.key.rater ?? "", $1.key.round)
  }) {
    var mine = response
    mine.key = Response.Key(
      item: response.key.item, rater: response.key.rater.flatMap { people[$0] },
      round: response.key.round)
    guard let present = target.responses[mine.key] else {
      merge.events.append(.responded(mine))
      continue
    }
    if let joined = present.joined(with: mine) {
      if joined != present { merge.events.append(.responded(joined)) }
    } else if let rater = mine.key.rater {
      conflicts.append("\(mine.key.item) of \(target.rater(rater)?.name.nonEmpty ?? rater)")
    } else if let item = questionnaire.item(mine.key.item),
      let rows = present.value?.adding(mine.value),
      questionnaire.problem(with: rows, of: item) == nil
    {
      var longer = present
      longer.answer = .answered(rows)
      if longer != present { merge.events.append(.responded(longer)) }
    } else {
      merge.kept.append(mine.key.item)
    }
  }
  if !conflicts.isEmpty { throw .conflicts(conflicts) }
  for topic in other.parked where !target.parked.contains(topic) {
    merge.events.append(.parked(topic))
  }
  return merge
}

/// The ids that the other's raters have in the target; who is new there joins.
private func matchedRaters(
  of other: Assessment, in target: Assessment, _ merge: inout Merge
) -> [String: String] {
  func answers(_ assessment: Assessment, _ rater: String) -> [Response.Key: Response] {
    var answers: [Response.Key: Response] = [:]
    for response in assessment.responses.values where response.key.rater == rater {
      var nobodys = response
      nobodys.key = Response.Key(item: response.key.item, rater: nil, round: response.key.round)
      answers[nobodys.key] = nobodys
    }
    return answers
  }
  func isSame(_ rater: Rater, _ present: Rater) -> Bool {
    if other.id == target.id, rater.id == present.id { return true }
    guard rater.name == present.name, rater.department == present.department,
      rater.group == present.group
    else { return false }
    if !rater.name.isEmpty { return true }
    let (mine, theirs) = (answers(other, rater.id), answers(target, present.id))
    return !mine.isEmpty && mine.allSatisfy { $0.value.at != nil && theirs[$0.key] == $0.value }
  }
  var people: [String: String] = [:]
  var taken = Set(target.raters.map(\.id))
  for rater in other.raters {
    if let present = target.raters.first(where: { isSame(rater, $0) }) {
      people[rater.id] = present.id
      continue
    }
    var id = rater.id
    var number = target.raters.count
    while !taken.insert(id).inserted {
      number += 1
      id = "r\(number)"
    }
    people[rater.id] = id
    merge.events.append(
      .rated(Rater(id: id, name: rater.name, department: rater.department, group: rater.group)))
  }
  return people
}

extension Response {
  /// The two as one, where neither contradicts the other.
  fileprivate func joined(with other: Response) -> Response? {
    func join<T: Equatable>(_ mine: T?, _ theirs: T?) -> T?? {
      mine == nil || theirs == nil || mine == theirs ? .some(mine ?? theirs) : nil
    }
    var joined = self
    if answer == .open {
      joined.answer = other.answer
    } else if other.answer != .open, other.answer != answer {
      return nil
    }
    guard let confidence = join(confidence, other.confidence),
      let evidence = join(evidence, other.evidence),
      let evidenceNote = join(evidenceNote, other.evidenceNote), let note = join(note, other.note)
    else { return nil }
    joined.confidence = confidence
    joined.evidence = evidence
    joined.evidenceNote = evidenceNote
    joined.note = note
    joined.flagged = flagged || other.flagged
    joined.at = at ?? other.at
    return joined
  }
}

extension Value {
  /// A list with the rows of another that it does not have yet; nil where it is no list.
  fileprivate func adding(_ other: Value?) -> Value? {
    func union<T: Hashable>(_ rows: [T], _ more: [T]) -> [T] { rows + more.filter { !rows.contains($0) } }
    switch (self, other) {
    case (.expectations(let rows), .expectations(let more)): return .expectations(union(rows, more))
    case (.moments(let rows), .moments(let more)): return .moments(union(rows, more))
    case (.metrics(let rows), .metrics(let more)): return .metrics(union(rows, more))
    case (.level, _), (.option, _), (.options, _), (.number, _), (.text, _), (.expectations, _),
      (.moments, _), (.metrics, _), (.raise, _):
      return nil
    }
  }
}

extension String {
  fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}
