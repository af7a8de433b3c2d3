import AssessmentModel
import Interview
import Reporting
import Shell
import Storage

/// What is to be checked, what somebody took home, and what is open.
extension HomeShell {
  /// The open assessments that have a number, the one changed last first.
  func offered() throws(Failure) -> [AssessmentSummary] {
    try stored { () throws(StoreError) in try store.list(openOnly: true, most: Self.most) }
  }

  /// How many plans are named whose check is due.
  private static let mostChecks = 3

  /// Plans whose check is due.
  private func checks() throws(Failure) -> Document {
    let due = try stored { () throws(StoreError) in
      try store.dueChecks(on: System.today(), most: Self.mostChecks)
    }
    return due.map { summary in
      let name = teamName(summary.organization, summary.team) ?? summary.id
      let day = summary.nextCheck.map { " since \($0)" } ?? ""
      return .paragraph(
        Words("The plan of \(name) is to be checked\(day), five minutes: ", .strong)
          + Words("plan check \(summary.id.prefix(10))"))
    }
  }

  /// What is to be checked, and what is open, or that nothing is.
  func overview() throws(Failure) -> Document { try checks() + homework() + openOnes() }

  /// What somebody took home from a workshop and has not brought back.
  private func homework() throws(Failure) -> Document {
    let open = try stored { () throws(StoreError) in try store.openHomework(most: Self.mostChecks) }
    var document: Document = []
    for summary in open {
      let assessment = try stored { () throws(StoreError) in try store.open(summary.id) }.assessment
      let name = teamName(summary.organization, summary.team) ?? summary.id
      document += assessment.openHomework.map { topic in
        .paragraph(
          Words("\(name): \(topic): ", .strong)
            + Words("open \(summary.id.prefix(10)) enters what was found out, finish there seals it again"))
      }
    }
    return document
  }

  private func openOnes() throws(Failure) -> Document {
    let open = try offered()
    let keys = ["new", "open", "result", "explain", "plan", "list", "help", "quit"]
    guard !open.isEmpty else {
      let last = try stored { () throws(StoreError) in try store.list(most: 1) }.first
      let title = last.flatMap { teamName($0.organization, $0.team) } ?? "The last assessment"
      let words =
        last?.finishedAt.map {
          "\(title): finished on \($0.day); `open` changes it. "
        }
      return [.gap, .paragraph(Words((words ?? "") + "`new` begins another.")), .strip(keys)]
    }
    var choices: [Choice] = []
    for (index, summary) in open.enumerated() {
      choices.append(Choice(key: "\(index + 1)", text: try describe(summary)))
    }
    let title =
      open.count == 1
      ? "You have an assessment open:"
      : open.count < Self.most ? "You have \(open.count) assessments open:" : "Open, the last ones first:"
    return [
      .gap, .paragraph(Words(title, .strong)), .options(choices), .strip(["Enter goes on with 1"] + keys),
    ]
  }

  /// `Acme, Support: 3 answers, now at exp-listen, last on 2026-11-22`
  private func describe(_ summary: AssessmentSummary) throws(Failure) -> String {
    let assessment = try stored { () throws(StoreError) in try store.open(summary.id) }.assessment
    let place = assessment.position.map { $0 == "end" ? ", all asked" : ", now at \($0)" } ?? ""
    let done: String
    switch assessment.setting {
    case .alone:
      let answered = assessment.responses.count { $0.key.rater != nil && $0.counted != .open }
      done = counted(answered, "answer", "answers")
    case .workshop:
      let voted = Set(
        assessment.tallies.map(\.item) + assessment.responses.filter { $0.key.rater != nil }.map(\.key.item)
          + assessment.settled.keys)
      var words = "a workshop, \(counted(voted.count, "question", "questions")) voted on"
      if let workshop = try? Opened(summary.id, in: store).workshop {
        let hidden = workshop.unrevealedItems.count + workshop.unaskedItems.count
        if hidden > 0 { words += ", \(hidden) not shown" }
      }
      if summary.hasHomework { words += ", homework open" }
      done = words
    }
    // What a newer version was made of stands beside it.
    let version =
      settings.catalog.newerVersion(than: summary.questionnaire) == nil
      ? "" : ", of version \(summary.questionnaire.version)"
    return "\(teamName(summary.organization, summary.team) ?? "Without a name"): "
      + "\(done)\(place)\(version), last on \(summary.changedAt.day)"
  }
}
