import AssessmentModel

/// What adding one assessment's answers to another comes to.
package struct Merge: Hashable, Sendable {
  /// What is to be stored; nothing where everything is there already.
  package var events: [SessionEvent] = []
  /// What happened to the plan in the other one since the two parted.
  package var planEvents: [DatedPlanEvent] = []
  /// Records that say something else in the two; the first one's stay.
  package var kept: [String] = []
  /// Votes that nobody may see yet, and what changes of them.
  package var unrevealed: [UnrevealedChange] = []
  /// Records that the group makes itself, and somebody alone has made, too.
  package var leftToTheGroup: [String] = []
  /// Answers that add nothing, because something else stands for them.
  package var skipped: [Skipped] = []

  /// Answers to one item that add nothing.
  package struct Skipped: Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
      /// The room's cards, or counts that were shown, have their votes in them.
      case counted
      /// Everybody has seen the votes.
      case shown
      /// Counts of a form without names may have their votes in them.
      case inAForm
      /// Votes by name are there, and counts without names may be of the same people.
      case named
      /// Fewer than three more would tell what they said.
      case tooFew
    }

    package let item: String
    package let reason: Reason
    package let answers: Int
  }

  /// Puts an answer in the place of the one that is there. In a workshop it is no answer that an undo takes back.
  fileprivate mutating func put(_ response: Response, in target: Assessment) {
    let key = response.key
    guard target.setting == .workshop, let group = key.rater.flatMap(target.rater)?.group else {
      events.append(.responded(response))
      return
    }
    let now = Session(target, events: events).assessment
    let shown = now.responses.to(key.item).filter { other in
      other.key.round == key.round && other.key.rater.flatMap(now.rater)?.group == group
    }
    let tallies = now.tallies.filter { $0.item == key.item && $0.round == key.round && $0.group == group }
    events.append(
      .revealed(
        Reveal(
          item: key.item, round: key.round, group: group,
          responses: shown.filter { $0.key != key } + [response],
          tallies: tallies)))
  }

  mutating func skip(_ item: String, _ reason: Skipped.Reason, _ answers: Int = 1) {
    if let place = skipped.firstIndex(where: { $0.item == item && $0.reason == reason }) {
      skipped[place] = Skipped(item: item, reason: reason, answers: skipped[place].answers + answers)
    } else {
      skipped.append(Skipped(item: item, reason: reason, answers: answers))
    }
  }
}

/// Why answers can't be added.
package enum MergeProblem: Error, Hashable, Sendable {
  case otherQuestionnaire
  /// It is of another organisation or team, or of one where the target names none.
  case otherTeam(OtherTeam)
  /// It was answered at another time, over ``mostDaysApart`` days away.
  case otherTime(coming: Day, present: Day)
  /// People of whom it can't be told whether they are one or two, each with who is there already.
  case namesakes([Namesakes])
  /// Votes in an anonymous assessment are tallies; nobody's answers are named there.
  case anonymous
  /// What is answered otherwise already.
  case conflicts([Conflict])
  /// The plan was worked on in both since they parted.
  case plansParted
  /// What belongs to one session and can't be added to another.
  case belongsToItsSession([String])
}

extension MergeProblem {
  /// Whose answers come, and whose are there.
  package struct OtherTeam: Hashable, Sendable {
    package let coming: String
    package let present: String
    /// Whether the target only lacks a name that the other has.
    package let isUnnamed: Bool
  }

  /// An answer that both sides have and give differently.
  package struct Conflict: Hashable, Sendable {
    package let item: String
    /// Id of who gave it, as the other side has it.
    package let rater: String
    package let name: String
    /// Both answers; nil where nobody may see them yet.
    package let answers: (present: Response.Answer, coming: Response.Answer)?

    package static func == (left: Conflict, right: Conflict) -> Bool {
      left.item == right.item && left.rater == right.rater
    }

    package func hash(into hasher: inout Hasher) {
      hasher.combine(item)
      hasher.combine(rater)
    }
  }

  /// Two of one name.
  package struct Namesakes: Hashable, Sendable {
    package let coming: Rater
    package let present: Rater
  }
}

/// Whether `other` is of the organisation and team of `target`: names may differ in case, blanks and accents, and who
/// names none fits.
private func teamProblem(_ other: Assessment, _ target: Assessment) -> MergeProblem.OtherTeam? {
  let pairs = [(other.organization, target.organization), (other.team, target.team)]
  let wrong = pairs.filter { !$0.nameKey.isEmpty && $0.nameKey != $1.nameKey }
  if wrong.isEmpty { return nil }
  func name(_ assessment: Assessment) -> String {
    teamName(assessment.organization, assessment.team) ?? "nobody in particular"
  }
  return MergeProblem.OtherTeam(
    coming: name(other), present: name(target), isUnnamed: wrong.allSatisfy { $1.nameKey.isEmpty })
}

/// Answers further apart than this are two times, which are compared and not mixed.
package let mostDaysApart = 92

/// Adds people and answers of `other` to `target`, which has to be of the same organisation and team.
///
/// Somebody is the same person when the two are copies of one assessment and id and name agree, when
/// name, department and group agree (in any spelling; a department that one of them leaves out agrees), or when all their answers are there already, to the second. An
/// answer that is there and says something else is a conflict; what only one of the two says (a note,
/// evidence) is taken. Rows of lists are added, and readings to metrics; other records stay as they are
/// in `target`. What the team promised stays its own. The minutes spent on sections are each session's own.
///
/// In a workshop, votes on what nobody has seen yet join those that nobody may see, and questions that are counted take
/// none.
///
/// - Parameters:
///   - unrevealed: The target's votes that nobody may see yet.
///   - replacing: Whether an answer takes the place of one that says something else.
package func merge(
  _ other: Assessment, into target: Assessment, _ unrevealed: UnrevealedVotes = UnrevealedVotes(),
  questionnaire: Questionnaire, replacing: Bool = false
) throws(MergeProblem) -> Merge {
  if let problem = teamProblem(other, target) { throw .otherTeam(problem) }
  if let coming = other.heldAt?.day, let present = target.heldAt?.day,
    abs(coming.daysSince1970 - present.daysSince1970) > mostDaysApart
  {
    throw .otherTime(coming: coming, present: present)
  }
  guard other.questionnaire.asksTheSame(as: target.questionnaire) else { throw .otherQuestionnaire }
  var foreign: [String] = []
  if !other.settled.isEmpty, other.settled != target.settled { foreign.append("settled answers") }
  if !other.teamEvidence.isEmpty, other.teamEvidence != target.teamEvidence {
    foreign.append("evidence of the group")
  }
  if !other.tallies.isEmpty, other.tallies != target.tallies { foreign.append("tallies") }
  if !other.predictions.isEmpty, other.predictions != target.predictions {
    foreign.append("predictions")
  }
  // A vote that nobody may see yet is somebody's first.
  if target.setting == .workshop, other.id != target.id, other.responses.contains(where: { $0.key.round > 1 })
  {
    foreign.append("rounds of voting")
  }
  if !foreign.isEmpty { throw .belongsToItsSession(foreign) }
  if target.anonymous, other.responses.contains(where: { $0.key.rater != nil }) { throw .anonymous }

  var merge = Merge()
  let people = try matchedRaters(of: other, in: target, &merge)
  var conflicts: [MergeProblem.Conflict] = []
  let ballots = Ballots(target, unrevealed, isCopy: other.id == target.id)
  for response in other.responses {
    var mine = response
    mine.key = Response.Key(
      item: response.key.item, rater: response.key.rater.flatMap { people[$0] },
      round: response.key.round)
    if let id = response.key.rater, let rater = other.rater(id), let voter = mine.key.rater,
      mine.answer != .open, questionnaire.item(mine.key.item)?.scored != nil
    {
      switch ballots.place(of: mine, by: voter, rater.group) {
      case .shown: break
      case .skipped(let reason):
        merge.skip(mine.key.item, reason)
        continue
      case .hidden(let before):
        mine.at = nil
        guard let before, before.answer != mine.answer, !replacing else {
          let vote = before.flatMap { $0.joined(with: mine) } ?? mine
          if vote != before { merge.unrevealed.append(.cast(vote)) }
          continue
        }
        conflicts.append(
          MergeProblem.Conflict(
            item: mine.key.item, rater: id, name: rater.name.nonEmpty ?? voter, answers: nil))
        continue
      }
    }
    if mine.key.rater == nil, target.setting == .workshop, target.finishedAt == nil, other.id != target.id {
      if mine.answer != .open { merge.leftToTheGroup.append(mine.key.item) }
      continue
    }
    guard let present = target.responses[mine.key] else {
      merge.events.append(.responded(mine))
      continue
    }
    guard let rater = mine.key.rater else {
      merge.add(mine, to: present, questionnaire)
      continue
    }
    if let joined = present.joined(with: mine) {
      if joined != present { merge.put(joined, in: target) }
    } else if replacing {
      merge.put(mine, in: target)
    } else {
      conflicts.append(
        MergeProblem.Conflict(
          item: mine.key.item, rater: response.key.rater ?? rater,
          name: target.rater(rater)?.name.nonEmpty ?? rater, answers: (present.answer, mine.answer)))
    }
  }
  if !conflicts.isEmpty { throw .conflicts(conflicts) }
  for topic in other.parked where !target.parked.contains(topic) {
    merge.events.append(.parked(topic))
  }
  // What a group is asked is not decided by who answered alone.
  if target.setting == .alone {
    for dimension in other.deepened.subtracting(target.deepened).sorted() {
      merge.events.append(.deepened(dimension: dimension))
    }
  }
  if other.commitments != nil, other.commitments != target.commitments {
    merge.kept.append("commitments")
  }
  if !target.planEvents.starts(with: other.planEvents) {
    guard other.planEvents.starts(with: target.planEvents), other.commitments == target.commitments else {
      throw .plansParted
    }
    merge.planEvents = Array(other.planEvents.dropFirst(target.planEvents.count))
  }
  return merge
}

extension Merge {
  /// Adds a record to the one that is there: rows, and what only one of the two says.
  fileprivate mutating func add(
    _ record: Response, to present: Response, _ questionnaire: Questionnaire
  ) {
    var joined = present
    if let value = present.value, record.value != value {
      if let item = questionnaire.item(record.key.item), let longer = value.adding(record.value),
        questionnaire.problem(with: longer, of: item) == nil
      {
        joined.answer = .answered(longer)
      } else if record.value != nil, !kept.contains(record.key.item) {
        kept.append(record.key.item)
      }
    } else {
      joined.answer = present.value == nil ? record.answer : present.answer
    }
    joined.note = present.note?.nonEmpty ?? record.note
    joined.flagged = present.flagged || record.flagged
    if joined != present { events.append(.responded(joined)) }
  }
}

/// The ids that the other's raters have in the target; who is new there and has a name or an answer
/// joins.
private func matchedRaters(
  of other: Assessment, in target: Assessment, _ merge: inout Merge
) throws(MergeProblem) -> [String: String] {
  let mine = answersByRater(other)
  let theirs = answersByRater(target)
  /// Whether all that one says is there in the other's words and to the second.
  func repeats(_ rater: Rater, _ present: Rater) -> Bool {
    guard let answers = mine[rater.id], let known = theirs[present.id] else { return false }
    return answers.allSatisfy { $0.value.at != nil && known[$0.key] == $0.value }
  }
  func isOneName(_ rater: Rater, _ present: Rater) -> Bool {
    // A table has the id for a name where the name would not do; then what it says has to be there already.
    let isTableOfThese =
      rater.name == present.id && sharesAnswers(mine[rater.id] ?? [:], theirs[present.id] ?? [:])
    let departments = Set([rater.department.nameKey, present.department.nameKey]).subtracting([""])
    let isNamed = !rater.name.isEmpty && !AssessmentCSV.isID(rater.name)
    return (isNamed && rater.name.nameKey == present.name.nameKey || isTableOfThese)
      && departments.count < 2 && rater.group == present.group
  }
  func isCopy(_ rater: Rater, _ present: Rater) -> Bool {
    guard other.id == target.id, rater.id == present.id else { return false }
    return rater.name.nameKey == present.name.nameKey || rater.name.isEmpty || present.name.isEmpty
      || sharesAnswers(mine[rater.id] ?? [:], theirs[present.id] ?? [:])
  }
  let rules: [(Rater, Rater) -> Bool] = [
    isCopy, { isOneName($0, $1) && repeats($0, $1) }, isOneName,
    { $0.name.isEmpty && $1.name.isEmpty && $0.group == $1.group && repeats($0, $1) },
  ]
  // One rule after the other, and nobody stands for two people.
  var people: [String: String] = [:]
  var found: Set<String> = []
  for isSame in rules {
    for rater in other.raters where people[rater.id] == nil {
      let present = target.raters.first { !found.contains($0.id) && isSame(rater, $0) }
      guard let present else { continue }
      found.insert(present.id)
      people[rater.id] = present.id
      if present.department.isEmpty, !rater.department.isEmpty, !present.name.isEmpty {
        var known = present
        known.department = rater.department
        merge.events.append(.rated(known))
      }
    }
  }
  var taken = Set(target.raters.map(\.id))
  var namesakes: [MergeProblem.Namesakes] = []
  var joining: [Rater] = []
  for rater in other.raters where people[rater.id] == nil {
    if rater.name.isEmpty, mine[rater.id] == nil { continue }
    let name = AssessmentCSV.isID(rater.name) ? "" : rater.name.nameKey
    if !name.isEmpty, let present = (target.raters + joining).first(where: { $0.name.nameKey == name }) {
      namesakes.append(MergeProblem.Namesakes(coming: rater, present: present))
    }
    joining.append(rater)
    var id = rater.id
    var number = target.raters.count
    while !taken.insert(id).inserted {
      number += 1
      id = "r\(number)"
    }
    people[rater.id] = id
    merge.events.append(
      .rated(
        Rater(
          id: id, name: AssessmentCSV.isID(rater.name) ? "" : rater.name, department: rater.department,
          group: rater.group)))
    // The list says who is in the room.
    if target.workshop != nil, rater.group == .staff, target.raters.contains(where: { $0.group == .staff }) {
      merge.events.append(.attended(rater: id, isPresent: false))
    }
  }
  if !namesakes.isEmpty { throw .namesakes(namesakes) }
  return people
}

/// Somebody's answers without whose they are.
private typealias Answers = [Response.Key: Response]

private func answersByRater(_ assessment: Assessment) -> [String: Answers] {
  var answers: [String: Answers] = [:]
  for response in assessment.responses {
    guard let rater = response.key.rater else { continue }
    var nobodys = response
    nobodys.key = Response.Key(item: response.key.item, rater: nil, round: response.key.round)
    answers[rater, default: [:]][nobodys.key] = nobodys
  }
  return answers
}

/// Whether two have answers in common, and none that differ.
private func sharesAnswers(_ left: Answers, _ right: Answers) -> Bool {
  let common = left.keys.filter { right[$0] != nil }
  return !common.isEmpty
    && common.allSatisfy { left[$0]?.answer == right[$0]?.answer && left[$0]?.at == right[$0]?.at }
}

extension Response {
  /// The two as one, where neither contradicts the other.
  fileprivate func joined(with other: Response) -> Response? {
    func join<T: Equatable>(_ mine: T?, _ theirs: T?) -> T?? {
      mine == nil || theirs == nil || mine == theirs ? .some(mine ?? theirs) : nil
    }
    func join(_ mine: String?, _ theirs: String?) -> String?? {
      mine?.nonEmpty == nil || theirs?.nonEmpty == nil || mine == theirs
        ? .some(mine?.nonEmpty ?? theirs ?? mine) : nil
    }
    var joined = self
    switch (answer, other.answer) {
    case (.open, let given): joined.answer = given
    case (_, .open): break
    case (.notApplicable(nil), .notApplicable(let reason)): joined.answer = .notApplicable(reason: reason)
    case (.notApplicable, .notApplicable(nil)): break
    case (let mine, let theirs): if mine != theirs { return nil }
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
    // Confirmed once is confirmed.
    joined.carried = other.carried == .confirmed ? .confirmed : carried
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
    case (.metrics(let rows), .metrics(let more)):
      var metrics = rows
      for metric in more {
        if let index = metrics.firstIndex(where: { $0.name == metric.name }) {
          metrics[index].readings = union(metrics[index].readings, metric.readings)
        } else {
          metrics.append(metric)
        }
      }
      return .metrics(metrics)
    case (.level, _), (.option, _), (.options, _), (.number, _), (.text, _), (.expectations, _),
      (.moments, _), (.metrics, _), (.raise, _):
      return nil
    }
  }
}
