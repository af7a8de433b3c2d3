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
    let shown = now.responses(to: key.item, of: group, round: key.round)
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
