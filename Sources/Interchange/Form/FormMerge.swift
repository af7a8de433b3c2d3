import AssessmentModel

/// Why a form's table can't be added.
package enum FormProblem: Error, Hashable, Sendable {
  case merge(MergeProblem)
  /// Answers that differ from what is there, each with its place in the table.
  case conflicts([FormConflict])
  /// People who may be somebody on the list under another name.
  case nearNames([NearName])
  /// So few rows would tell who said what.
  case tooFew(Int)
  /// What the form said before is not in it any more, on these items.
  case otherContent([String])
  /// Counts need a group that votes.
  case needsNames

  package struct FormConflict: Hashable, Sendable {
    package let row: Int
    package let column: String
    package let conflict: MergeProblem.Conflict
  }

  package struct NearName: Hashable, Sendable {
    package let row: Int
    package let name: String
    package let present: String
  }
}

extension FormTable {
  /// How a table goes into an assessment.
  package enum Way: Hashable, Sendable {
    case byName
    /// As counts, with what keeps it from going in by name.
    case counted(Reason)
  }

  package enum Reason: Hashable, Sendable {
    case noNames, anonymityPromised, listWithoutNames
  }

  package func way(into target: Assessment) -> Way {
    if isAnonymous { return .counted(.noNames) }
    guard group == .staff else { return .byName }
    if target.anonymous { return .counted(.anonymityPromised) }
    let staff = target.raters.filter { $0.group == .staff }
    // Of whom is in the room nobody knows whether they filled it in.
    if !staff.isEmpty, staff.allSatisfy(\.isNameless),
      target.setting == .workshop
    {
      return .counted(.listWithoutNames)
    }
    return .byName
  }
}

/// Adds the table of a form to an assessment: by name, like any answers, or as counts that lead to nobody.
///
/// - Parameters:
///   - unrevealed: The target's votes that nobody may see yet.
///   - isOfAbsent: Of counts: whether only people filled it in who are not in the room; as it was said before where it is nil.
///   - replacing: Whether it takes the place of what is there and says something else.
package func merge(
  _ table: FormTable, into target: Assessment, _ unrevealed: UnrevealedVotes = UnrevealedVotes(),
  questionnaire: Questionnaire,
  isOfAbsent: Bool? = nil, replacing: Bool = false
) throws(FormProblem) -> Merge {
  switch table.way(into: target) {
  case .byName:
    return try mergedByName(table, into: target, unrevealed, questionnaire, replacing: replacing)
  case .counted:
    guard target.setting == .workshop else { throw .needsNames }
    guard table.people.count >= Tally.fewest else { throw .tooFew(table.people.count) }
    return table.group == .staff
      ? try mergedCounts(table, into: target, unrevealed, isOfAbsent: isOfAbsent, replacing: replacing)
      : try mergedCustomers(table, into: target, unrevealed, replacing: replacing)
  }
}

private func mergedByName(
  _ table: FormTable, into target: Assessment, _ unrevealed: UnrevealedVotes, _ questionnaire: Questionnaire,
  replacing: Bool
) throws(FormProblem) -> Merge {
  let listed = target.raters.filter { $0.group == table.group && !$0.name.isEmpty }
  let near = zip(table.people, nearNames(of: table.people.map(\.name), on: listed)).compactMap {
    person, rater in
    rater.map { FormProblem.NearName(row: person.row, name: person.name, present: $0.name) }
  }
  if !near.isEmpty { throw .nearNames(near) }
  var raters: [Rater] = []
  var responses: [Response] = []
  for (place, person) in table.people.enumerated() {
    // The list knows better where somebody works.
    let known = listed.first { $0.name.nameKey == person.name.nameKey }
    let id = "r\(place + 1)"
    raters.append(
      Rater(
        id: id, name: known?.name ?? person.name, department: known?.department ?? person.department,
        group: table.group))
    responses += person.answers.map { Response(key: .init(item: $0.key, rater: id), answer: $0.value) }
  }
  let other = Assessment(
    id: "form", questionnaire: target.questionnaire, raters: raters, responses: responses)
  do throws(MergeProblem) {
    return try merge(other, into: target, unrevealed, questionnaire: questionnaire, replacing: replacing)
  } catch {
    guard case .conflicts(let conflicts) = error else { throw .merge(error) }
    throw .conflicts(
      conflicts.map { conflict in
        let place = raters.firstIndex { $0.id == conflict.rater } ?? 0
        return FormProblem.FormConflict(
          row: table.people[place].row, column: table.letter(of: conflict.item), conflict: conflict)
      }.sorted { ($0.row, $0.column.count, $0.column) < ($1.row, $1.column.count, $1.column) })
  }
}

/// Whom of a list each of these may be who is not on it: with a surname, without one, turned round or misspelt; nil where
/// nobody. Counted as two, one person would count twice.
package func nearNames(of names: [String], on listed: [Rater]) -> [Rater?] {
  func words(_ name: String) -> [String] {
    name.nameKey.split { !$0.isLetter }.map(String.init)
  }
  let coming = Set(names.map(\.nameKey))
  let known = Set(listed.map(\.name.nameKey))
  let open = listed.filter { !$0.name.isEmpty && !coming.contains($0.name.nameKey) }
  return names.map { name in
    if name.isEmpty || known.contains(name.nameKey) { return nil }
    return open.first { rater in
      let (mine, theirs) = (words(name), words(rater.name))
      if Set(mine).isSuperset(of: theirs) || Set(theirs).isSuperset(of: mine) { return true }
      return name.count > 3 && nearestName(to: name.nameKey, among: [rater.name.nameKey], within: 1) != nil
    }
  }
}

// MARK: Counts

extension FormTable {
  /// What the rows say on an item, as counts: by department where it has enough people, and so have the others.
  fileprivate func tallies(of item: String) -> [Tally] {
    var byName: [String: Tally] = [:]
    for person in people {
      guard let answer = person.answers[item] else { continue }
      let department = group == .staff ? person.department : ""
      byName[
        department.nameKey,
        default: Tally(item: item, group: group, department: department.nonEmpty)
      ]
      .add(answer)
    }
    let large = byName.values.filter { $0.department != nil && $0.votes >= Tally.fewestOfADepartment }
      .sorted { ($0.votes, $0.department ?? "") > ($1.votes, $1.department ?? "") }
    let all = Array(byName.values).votes
    var named = large[...]
    // What is left beside the named ones must be none, or large enough itself.
    while !named.isEmpty, (1..<Tally.fewestOfADepartment).contains(all - Array(named).votes) {
      named.removeLast()
    }
    var rest = Tally(item: item, group: group)
    for tally in byName.values where !named.contains(tally) { rest.add(tally) }
    return named + (rest.votes > 0 ? [rest] : [])
  }
}

extension Tally {
  /// Counts by answer, "don't know" and "not applicable" behind the levels.
  fileprivate var cells: [Int] { counts + [dontKnow, notApplicable] }
}

private func mergedCounts(
  _ table: FormTable, into target: Assessment, _ unrevealed: UnrevealedVotes, isOfAbsent: Bool?,
  replacing: Bool
) throws(FormProblem) -> Merge {
  var merge = Merge()
  var lost: [String] = []
  let before = unrevealed.forms.values.filter { $0.form.digest == table.digest && $0.tally.group == .staff }
  let form = AnonymousForm(
    digest: table.digest, isOfAbsent: isOfAbsent ?? before.first?.form.isOfAbsent ?? false)
  let staff = Set(target.raters.filter { $0.group == .staff }.map(\.id))
  for item in table.columns.map(\.item) {
    let coming = table.tallies(of: item)
    if coming.isEmpty { continue }
    let votes = coming.votes
    if target.isRevealed(item) {
      merge.skip(item, .counted, votes)
      continue
    }
    if unrevealed.named.keys.contains(where: {
      $0.item == item && $0.rater.map { staff.contains($0) } == true
    }) {
      merge.skip(item, .named, votes)
      continue
    }
    let present = before.filter { $0.tally.item == item }
    let old = present.map(\.tally).sum(item, .staff)
    let new = coming.sum(item, .staff)
    if zip(old.cells, new.cells).contains(where: { $0 > $1 }), !replacing {
      lost.append(item)
      continue
    }
    if Set(present) == Set(coming.map { FormTally(form: form, tally: $0) }) { continue }
    if !present.isEmpty { merge.unrevealed.append(.formDropped(table.digest, item: item, .staff)) }
    merge.unrevealed += coming.map { .formCounted(FormTally(form: form, tally: $0)) }
  }
  if !lost.isEmpty { throw .otherContent(lost) }
  return merge
}

private func mergedCustomers(
  _ table: FormTable, into target: Assessment, _ unrevealed: UnrevealedVotes, replacing: Bool
) throws(FormProblem) -> Merge {
  var merge = Merge()
  var lost: [String] = []
  let form = AnonymousForm(digest: table.digest)
  for item in table.columns.map(\.item) {
    let new = table.tallies(of: item).sum(item, .customer)
    let old = unrevealed.forms[FormTally(form: form, tally: new).key]?.tally ?? [].sum(item, .customer)
    if new.votes == 0 || new == old { continue }
    if zip(old.cells, new.cells).contains(where: { $0 > $1 }), !replacing {
      lost.append(item)
      continue
    }
    if target.hidesCustomers {
      merge.unrevealed.append(.formCounted(FormTally(form: form, tally: new)))
      continue
    }
    let shown = target.tallies.filter { $0.item == item && $0.group == .customer }
    // What waits with it because it was too few to be shown.
    var waiting = unrevealed.tallies.values.filter { $0.item == item && $0.group == .customer }
    if shown.isEmpty {
      waiting += unrevealed.forms.values.filter { other in
        other.form != form && other.tally.item == item && other.tally.group == .customer
      }.map(\.tally)
    }
    let seen = shown.isEmpty ? [0, 0, 0, 0, 0, 0, 0] : old.cells
    let steps = zip(zip(seen, new.cells).map { $1 - $0 }, Array(waiting).sum(item, .customer).cells).map(+)
    // What is shown already and what it would be then must not tell what one or two said.
    guard steps.reduce(0, +) >= Tally.fewest else {
      merge.skip(item, .tooFew, max(1, new.votes - old.votes))
      continue
    }
    var sum = shown.first { $0.key == new.key } ?? [].sum(item, .customer)
    sum.counts = zip(sum.counts, steps).map { max(0, $0 + $1) }
    sum.dontKnow = max(0, sum.dontKnow + steps[5])
    sum.notApplicable = max(0, sum.notApplicable + steps[6])
    let named = target.responses(to: item, of: .customer)
    merge.events.append(
      .revealed(
        Reveal(
          item: item, round: 1, group: .customer, responses: named,
          tallies: shown.filter { $0.key != sum.key } + [sum])))
    merge.unrevealed += [
      .uncounted(item: item, .customer), .formCounted(FormTally(form: form, tally: new)),
    ]
  }
  if !lost.isEmpty { throw .otherContent(lost) }
  return merge
}
