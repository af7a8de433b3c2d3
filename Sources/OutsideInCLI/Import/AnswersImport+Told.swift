import AssessmentModel
import Interchange
import Reporting

/// What came of a file, in words.
extension AnswersImport {
  func addition(
    of merge: Merge, to target: Assessment, _ questionnaire: Questionnaire, first: [String]
  ) -> Addition {
    let isOfCustomers = merge.events.allSatisfy { $0.isOfCustomers(in: target, merge.events) }
    var events = merge.events
    let opens = !events.isEmpty && target.finishedAt != nil
    if opens { events.insert(.reopened, at: 0) }
    // What customers say later changes nothing of what the team had come to.
    if opens, isOfCustomers, let finished = target.finishedAt { events.append(.finished(at: finished)) }
    var told = first
    let isEmpty = events.isEmpty && merge.planEvents.isEmpty && merge.unrevealed.isEmpty
    if isEmpty { told.append("There is nothing in \(file) to add to \(target.id); nothing was changed.") }
    let added = Self.added(by: merge, to: target)
    if !added.isEmpty { told.append("Added to \(target.id): \(added).") }
    told += Self.hidden(by: merge, target, questionnaire)
    told += Self.unasked(by: merge, target, questionnaire)
    told += FormWords.skipped(merge.skipped)
    if !merge.leftToTheGroup.isEmpty {
      told.append("Left to the group, which answers it together: \(listed(merge.leftToTheGroup)).")
    }
    if !merge.planEvents.isEmpty {
      told.append(
        "The plan goes on where \(file) has it: \(counted(merge.planEvents.count, "change", "changes")) more."
      )
    }
    let outside = events.count { event in
      guard case .responded(let response) = event, response.answer != .open,
        let item = questionnaire.item(response.key.item), item.scored != nil
      else { return false }
      return !target.asks(item, of: questionnaire)
    }
    if outside > 0 {
      told.append(
        "\(counted(outside, "of these is", "of these are")) outside the short form that \(target.id) asks, and "
          + "\(outside == 1 ? "does" : "do") not count until it asks everything: `deepen all` at one of its questions."
      )
    }
    if opens, !isOfCustomers {
      told.append(
        "\(target.id) was finished and is open again, with what was added. `outside-in finish \(target.id)` "
          + "finishes it.")
    }
    if !merge.kept.isEmpty {
      told.append(
        "Left as they are in \(target.id), where they say something else or are full: "
          + "\(merge.kept.joined(separator: ", ")).")
    }
    return Addition(merge: merge, events: events, told: told)
  }

  /// What came in and is to be seen, of whom: `16 answers of Ben, who is new`.
  private static func added(by merge: Merge, to target: Assessment) -> String {
    var people = target
    var answers: [String: Int] = [:]
    var away: Set<String> = []
    var (others, customers) = (0, 0)
    for event in merge.events {
      switch event {
      case .rated(let rater): people = Session(people, events: [.rated(rater)]).assessment
      case .attended(let rater, isPresent: false): away.insert(rater)
      case .revealed: customers += 1
      case .responded(let response):
        if response.answer == .open { continue }
        if let rater = response.key.rater { answers[rater, default: 0] += 1 } else { others += 1 }
      default: others += 1
      }
    }
    var parts = people.raters.compactMap { rater -> String? in
      let name = rater.name.isEmpty ? "somebody without a name (\(rater.id))" : rater.name
      let before = target.rater(rater.id)
      let count = answers[rater.id].map { "\(counted($0, "answer", "answers")) of \(name)" }
      if before == nil {
        return "\(count ?? name), who is new"
          + (away.contains(rater.id) ? " on the list and not in the room" : "")
      }
      if before?.department != rater.department { return "\(count ?? name), now in \(rater.department)" }
      return count
    }
    if others > 0 { parts.append(counted(others, "entry of the team's", "entries of the team's")) }
    if customers > 0 {
      parts.append("what more people said to \(counted(customers, "question", "questions"))")
    }
    return parts.joined(separator: "; ")
  }

  /// What came in that nobody may see yet: how many, never who.
  private static func hidden(
    by merge: Merge, _ target: Assessment, _ questionnaire: Questionnaire
  ) -> [String] {
    let people = Session(target, events: merge.events).assessment
    var (staff, customers) = (Sum(), Sum())
    for change in merge.unrevealed {
      switch change {
      case .cast(let vote):
        if vote.key.rater.flatMap(people.rater)?.group == .customer {
          customers.add(vote.key.item, 1)
        } else {
          staff.add(vote.key.item, 1)
        }
      case .formCounted(let form):
        if form.tally.group == .customer {
          customers.add(form.tally.item, form.tally.votes)
        } else {
          staff.add(form.tally.item, form.tally.votes)
        }
      case .counted, .dropped, .uncounted, .formDropped: break
      }
    }
    var lines: [String] = []
    if staff.votes > 0 {
      lines.append("Kept unseen until each is revealed: \(staff.words).")
    }
    if customers.votes > 0, people.hidesCustomers {
      lines.append(
        "Kept unseen until the team has said what it expects (`predict` in the workshop): \(customers.words) of "
          + "\(questionnaire.customer.many).")
    }
    return lines
  }

  /// What came in on questions that are not asked there.
  private static func unasked(
    by merge: Merge, _ target: Assessment, _ questionnaire: Questionnaire
  ) -> [String] {
    let items = Set(
      merge.unrevealed.compactMap { change -> String? in
        switch change {
        case .cast(let vote): target.rater(vote.key.rater ?? "")?.group == .customer ? nil : vote.key.item
        case .formCounted(let form): form.tally.group == .customer ? nil : form.tally.item
        case .counted, .dropped, .uncounted, .formDropped: nil
        }
      }
    ).filter { id in questionnaire.item(id).map { !target.asks($0, of: questionnaire) } == true }
    if items.isEmpty { return [] }
    return [
      "\(counted(items.count, "question", "questions").capitalizedFirst) of these \(items.count == 1 ? "is" : "are") not asked in the "
        + "workshop; the answers are offered at its closing."
    ]
  }

  private struct Sum {
    var items: Set<String> = []
    var votes = 0

    mutating func add(_ item: String, _ count: Int) {
      items.insert(item)
      votes += count
    }

    var words: String {
      "\(counted(votes, "answer", "answers")) to \(counted(items.count, "question", "questions"))"
    }
  }
}

extension SessionEvent {
  /// Whether it adds what customers say, or who they are.
  fileprivate func isOfCustomers(in target: Assessment, _ events: [SessionEvent]) -> Bool {
    switch self {
    case .rated(let rater): return rater.group == .customer
    case .revealed(let reveal): return reveal.group == .customer
    case .responded(let response):
      let people = Session(target, events: events).assessment
      return response.key.rater.flatMap(people.rater)?.group == .customer
    default: return false
    }
  }
}
