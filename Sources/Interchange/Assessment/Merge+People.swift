import AssessmentModel

/// The ids that the other's raters have in the target; who is new there and has a name or an answer
/// joins.
func matchedRaters(
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
