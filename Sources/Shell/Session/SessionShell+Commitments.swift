import AssessmentModel
import Interview
import Planning
import Reporting

/// Three promises for next week: chosen, named, changed, taken back.
extension SessionShell {
  func plan() -> Plan? {
    let subject = self.subject
    return try? makePlan(
      subject.assessment, questionnaire, subject.scorecard, library: library(questionnaire),
      carried: environment.lastPlan(subject.assessment)?.ledger.open ?? [])
  }

  /// The commitments as far as they are chosen are stored with each choice, so that leaving in between
  /// keeps them. False when somebody went back to the questions instead.
  func chooseCommitments() throws(Exit) -> Bool {
    var chosen = interview.assessment.commitments ?? []
    // What was worked on since is the plan's, and a session doesn't take it back.
    if !interview.assessment.planEvents.isEmpty {
      let kept = interview.assessment.keptPlan.commitments
      try show([.heading(2, "Your commitments"), Self.list(kept)])
      try say("They have been worked on since; `\(environment.program) plan edit` changes them.")
      return true
    }
    if !chosen.isEmpty {
      try show([
        .heading(2, "Your commitments"),
        Self.list(chosen),
      ])
      switch try reviseCommitments(&chosen) {
      case .kept: if chosen.count >= 3 { return try fillIn(chosen) }
      case .anew: chosen = []
      case .left: return false
      }
    }
    guard let plan = plan() else { return true }
    let count = 3 - chosen.count
    let suggested = Array(suggestions(plan, besides: chosen).prefix(count))
    let offers: Document = [
      .options(
        Self.offers(plan).map { key, candidate in
          let isAlike = key.last?.isLetter == true
          return Choice(
            key: key,
            text: (isAlike ? "or: " : "") + Self.describe(candidate, questionnaire) + dots(candidate))
        })
    ]
    try show(
      [
        .heading(2, count == 3 ? "Three commitments" : "\(count) more"),
        .paragraph(
          Words(
            "What will you begin within a week? Numbers, such as \(count > 1 ? "1 4" : "4"), or your own "
              + "words; 4? tells more, Enter takes \(Self.numbers(of: suggested, plan)), `skip` none."
          )),
      ] + (areOffersShown ? [] : offers))
    while chosen.count < 3 {
      switch try choose(3 - chosen.count, of: plan, besides: chosen) {
      case .takenBack:
        guard let last = chosen.popLast() else {
          try say("Nothing is taken yet.")
          continue
        }
        guard try perform(.commit(chosen)) else { return false }
        try say("Taken back: \(last.title)")
      case .taken(let more):
        chosen += more
        guard try perform(.commit(chosen)) else { return false }
      case .enough: return try closeChoice(chosen, plan)
      case .left: return false
      }
    }
    return try closeChoice(chosen, plan)
  }

  /// What can be chosen, by its key: proposals by number, and what is about the same trouble by the number and a
  /// letter, `1b`.
  static func offers(_ plan: Plan) -> [(key: String, candidate: Candidate)] {
    plan.proposals.enumerated().flatMap { index, proposal in
      [("\(index + 1)", proposal.candidate)]
        + zip("bcdefghij", proposal.alike).map { letter, candidate in ("\(index + 1)\(letter)", candidate) }
    }
  }

  /// What was promised, and by whom.
  static func list(_ commitments: [Commitment]) -> Block { list(commitments.map(PlanEntry.init)) }

  static func list(_ commitments: [PlanEntry]) -> Block {
    .numbered(commitments.map { Words("\($0.title) (\($0.isNamed ? $0.owner : "nobody named"))") })
  }

  private enum Revision {
    case kept, anew, left
  }

  /// The commitments there are: kept, changed one by one, or chosen anew.
  private func reviseCommitments(_ chosen: inout [Commitment]) throws(Exit) -> Revision {
    while true {
      let numbers = chosen.count == 1 ? "1 changes it" : "1 to \(chosen.count) changes one"
      guard
        let line = try readText(
          "Enter keeps \(chosen.count == 1 ? "it" : "them"), \(numbers), `anew` chooses anew")
      else { return .left }
      if line.isEmpty { return .kept }
      if line.lowercased() == "anew" { return .anew }
      guard let number = Int(line), (1...chosen.count).contains(number) else {
        try say("“\(line)” can't be used here: a number, `anew`, or Enter.")
        continue
      }
      var all = chosen
      let isChanged = try fillIn(all[number - 1]) { (changed) throws(Exit) in
        all[number - 1] = changed
        return try self.perform(.commit(all))
      }
      guard isChanged else { return .left }
      chosen = all
    }
  }

  private func closeChoice(_ chosen: [Commitment], _ plan: Plan) throws(Exit) -> Bool {
    try remindOfGaps(chosen, plan)
    return try fillIn(chosen)
  }

  private enum Pick {
    case taken([Commitment])
    /// The one taken last is not wanted.
    case takenBack
    /// No more are wanted.
    case enough
    /// Somebody went back to the questions.
    case left
  }

  private static let choosingWords = [
    Choice(key: "1 4 6", text: "the proposals with these numbers; 1b what is about the same as 1"),
    Choice(key: "4?", text: "what a proposal begins with, what shows that it is done, what stops for it"),
    Choice(key: "your own words", text: "a commitment of your own"),
    Choice(key: "Enter", text: "takes what is proposed for the rest"),
    Choice(key: "undo", text: "takes the last one back"), Choice(key: "skip", text: "no more"),
    Choice(key: "back", text: "to the questions; what is taken stays"),
  ]

  /// One line of choosing: numbers, words of one's own, or a look at a proposal.
  private func choose(_ left: Int, of plan: Plan, besides chosen: [Commitment]) throws(Exit) -> Pick {
    let today = environment.today()
    func commitments(_ candidates: [Candidate]) -> [Commitment] {
      candidates.filter { candidate in !chosen.contains { $0.action == candidate.id } }
        .reduce(into: []) { new, candidate in
          new.append(commitment(to: candidate, dayZero: today, besides: chosen + new))
        }
    }
    var rejected: String?
    while true {
      let line: String
      // Whoever has named one has chosen: from then on an empty line takes no more.
      let answer = try ask(
        "commitments (\(left) to go\(chosen.isEmpty ? "" : "; Enter ends"))", rejected: rejected,
        own: ["undo", "help", "?"],
        complete: { _ in .words(["skip", "undo"]) })
      switch answer {
      case .left: return .left
      case .skipped:
        if !chosen.isEmpty { return .enough }
        let rest = Array(commitments(suggestions(plan, besides: chosen)).prefix(left))
        return rest.isEmpty ? .enough : .taken(rest)
      case .text(let text): line = text
      }
      rejected = Self.isWorthMending(line) ? line : nil
      switch line.lowercased() {
      case "skip": return .enough
      case "undo": return .takenBack
      case "help", "?":
        try show([.options(Self.choosingWords)])
        continue
      default: break
      }
      let offers = Self.offers(plan)
      func offer(_ key: some StringProtocol) -> Candidate? {
        offers.first { $0.key == key.lowercased() }?.candidate
      }
      if let match = line.wholeMatch(of: /([0-9]{1,3}[a-zA-Z]?) ?\?/) {
        if let candidate = offer(match.1) {
          try show(Self.details(candidate, questionnaire))
        } else {
          try say("There is no number \(match.1).")
        }
        rejected = nil
        continue
      }
      let words = line.split { $0 == " " || $0 == "," }.filter { !["and", "&"].contains($0.lowercased()) }
      if words.allSatisfy({ $0.wholeMatch(of: /[0-9]+[a-zA-Z]?/) != nil }) {
        let picked = words.compactMap(offer)
        let new = commitments(picked)
        guard picked.count == words.count, new.count == Set(picked.map(\.id)).count,
          new.count == picked.count,
          new.count <= left
        else {
          try say("Up to \(left) numbers from 1 to \(plan.proposals.count), each once, please.")
          continue
        }
        if new.count < left {
          for commitment in new { try say("Taken: \(commitment.title)") }
        }
        return .taken(new)
      }
      guard words.count(where: { $0.contains(where: \.isLetter) }) > 2 else {
        try say(
          "“\(line)” can't be used here: numbers such as 1 4 6, or a commitment of your own in three "
            + "words or more.\(rejected == nil ? "" : " It stands in the line again; Ctrl-U empties it.")")
        continue
      }
      try say("Taken, as your own: \(line)")
      return .taken([
        Commitment(
          action: OwnLine.id(OwnLine.next(after: chosen.map(\.action))), title: line, owner: "",
          firstStep: "",
          by: firstStepDue(from: today, besides: chosen.map(\.by)),
          due: doneBy(nil, from: today, besides: chosen.compactMap(\.due)), done: "",
          stop: "")
      ])
    }
  }

  private func dots(_ candidate: Candidate) -> String {
    let dots = interview.assessment.workshop?.dots[candidate.id] ?? 0
    return dots == 0 ? "" : "  \(counted(dots, "dot", "dots"))"
  }

  /// What the group put most dots on; else what is open from last time, then what the program would take, the first first.
  /// After it everything else.
  private func suggestions(_ plan: Plan, besides chosen: [Commitment]) -> [Candidate] {
    let suggested = plan.commitments.map(\.entry.id)
    let left = plan.proposals.map(\.candidate).filter { candidate in
      !chosen.contains { $0.action == candidate.id }
    }
    if let dots = interview.assessment.workshop?.dots, !dots.isEmpty {
      return left.enumerated().sorted { first, second in
        let (more, less) = (dots[first.element.id] ?? 0, dots[second.element.id] ?? 0)
        return more != less ? more > less : first.offset < second.offset
      }.map(\.element)
    }
    // What was promised and is open still comes before what is new.
    func rank(_ candidate: Candidate) -> Int {
      candidate.isFromLastTime ? 0 : suggested.contains(candidate.id) ? 1 : 2
    }
    return (0...2).flatMap { wanted in left.filter { rank($0) == wanted } }
  }

  /// `1, 4 and 5`, as they are listed.
  private static func numbers(of candidates: [Candidate], _ plan: Plan) -> String {
    let numbers = candidates.compactMap { candidate in
      plan.proposals.firstIndex { $0.candidate.id == candidate.id }.map { "\($0 + 1)" }
    }
    return numbers.isEmpty ? "none" : listed(numbers)
  }

  static func describe(_ candidate: Candidate, _ questionnaire: Questionnaire) -> String {
    let area = candidate.dimension.flatMap { questionnaire.dimension($0)?.title }
    let effort = candidate.effortDays.map { counted($0, "person-day", "person-days") }
    let open = candidate.isFromLastTime ? "open from last time" : nil
    return
      "\(candidate.title)  (\([open, area ?? "yours", effort].compactMap { $0 }.joined(separator: ", ")))"
  }

  static func details(_ candidate: Candidate, _ questionnaire: Questionnaire) -> Document {
    let item = candidate.item.flatMap { questionnaire.item($0)?.text }
    let lines = [
      ("From", item), ("First step", candidate.firstStep), ("Done when", candidate.done),
      ("What you stop for it", candidate.stop),
      ("What it adds", candidate.points.map { "\(decimal($0, 1)) points of 100" }),
    ]
    return [
      .paragraph(Words(candidate.title, .strong)),
      .bullets(lines.compactMap { name, text in text.map { Words("\(name): \($0)") } }),
    ]
  }

  private func remindOfGaps(_ chosen: [Commitment], _ plan: Plan) throws(Exit) {
    let gaps = plan.proposals.filter { $0.candidate.source != .item }
      .flatMap { [$0.candidate.id] + $0.alike.map(\.id) }
    if !gaps.isEmpty, !chosen.isEmpty, !chosen.contains(where: { gaps.contains($0.action) }) {
      try say(
        "None of these closes a gap that \(questionnaire.customer.many) told of; think of one when you meet again."
      )
    }
  }
}
