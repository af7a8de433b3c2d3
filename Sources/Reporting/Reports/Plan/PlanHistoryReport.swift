import AssessmentModel
import Planning

/// All that happened to a plan, with its days; what was taken back is not in it.
package func planHistoryReport(_ assessment: Assessment, _ subject: Subject) -> Document {
  let history = assessment.planHistory
  var document: Document = [.heading(1, "What happened to the plan: \(subject.name)")]
  guard !history.counted.isEmpty else {
    return document + [.paragraph("Nothing yet; it stands as the session left it.")]
  }
  // Each change is told against the plan as it was then.
  var plan = PlanHistory(assessment.commitments ?? [], [])
  var rows: [[String]] = []
  for dated in history.counted {
    let before = plan.plan
    plan.apply(dated)
    rows.append([dated.at.day.description, String(planEventWords(dated.event, before: before).prefix(1_000))])
  }
  document.append(.table(Table([.init("day"), .init("what")], rows: rows)))
  document.append(
    .paragraph(
      "`plan undo` takes the last one back; `plan --original` shows the plan as the session left it."))
  return document
}

/// One change in words.
///
/// - Parameter before: the plan before it.
package func planEventWords(_ event: PlanEvent, before: KeptPlan) -> String {
  switch event {
  case .kept(let entries):
    return entries.map { entry in
      guard let old = before.entry(entry.id) else {
        let what = entry.status == .dropped ? "given up before it was begun" : "taken up"
        return "“\(entry.title)” \(what)\(entry.isNamed ? ", by \(entry.owner)" : "")"
      }
      let changes = changedWords(old, entry)
      return "“\(old.title)”: \(changes.isEmpty ? "as before" : listed(changes))"
    }.joined(separator: "; ")
  case .freed(let days):
    return days.map { "\(plain($0)) days a month can be freed" } ?? "how many days there are is open again"
  case .entrusted(let keeper): return keeper.isEmpty ? "nobody keeps the plan" : "\(keeper) keeps the plan"
  case .requested(let request):
    func shown(_ name: String, _ now: String, _ then: String) -> String? {
      now == then ? nil : "\(name) \(now.isEmpty ? "–" : "“\(now)”")"
    }
    let parts = [
      shown("the sponsor", request.sponsor, before.request.sponsor),
      shown("the money asked for", request.money, before.request.money),
      shown(
        "an answer by", request.decideBy?.description ?? "", before.request.decideBy?.description ?? ""),
      shown("what would make us stop", request.stopIf, before.request.stopIf),
    ].compactMap { $0 }
    return "for those who decide: \(parts.isEmpty ? "as before" : listed(parts))"
  case .heard(let hearings):
    return hearings.map { hearing in
      "“\(before.entry(hearing.entry)?.title ?? hearing.entry)”: \(hearingWords(hearing))"
    }.joined(separator: "; ")
  case .checked(let day): return "checked on \(day)"
  case .handedOver(let from, let to): return "all of \(from)'s handed over to \(to.isEmpty ? "nobody" : to)"
  case .measured(let metric): return "the figure “\(metric.name)”, set or changed"
  case .read(let metric, let reading): return "“\(metric)” read on \(reading.date): \(plain(reading.value))"
  case .released(let out, let staying):
    return
      "of what was said in the room \(counted(out.count, "text", "texts")) may go out with documents, "
      + "\(counted(staying.count, "stays", "stay"))"
  case .undone: return "taken back"
  case .redone: return "brought again"
  }
}

/// `done; shown: seven of ten (Ana: “it is there”)`
package func hearingWords(_ hearing: Hearing) -> String {
  var words: String
  switch hearing.answer {
  case .done: words = hearing.shown.isEmpty ? "done, nothing shown" : "done; shown: \(hearing.shown)"
  case .doing: words = "under way"
  case .dropped: words = "given up"
  case .notHeard: words = "not heard"
  case .stuck:
    words = "stuck" + (hearing.blocks.isEmpty ? "" : ": \(hearing.blocks)")
    if !hearing.helps.isEmpty {
      words += "; \(hearing.helps) helps\(hearing.helpsBy.map { ", by \($0)" } ?? "")"
    }
  }
  // What was said stands there already where it is what shows or blocks it.
  let isTold = [hearing.shown, hearing.blocks].contains(hearing.words)
  let said = hearing.words.isEmpty || isTold ? "" : "“\(hearing.words)”"
  let from = [hearing.from, said].filter { !$0.isEmpty }.joined(separator: ": ")
  return from.isEmpty ? words : "\(words) (\(from))"
}

/// What is another in a line, `owner Ana → Ben`.
package func changedWords(_ old: PlanEntry, _ new: PlanEntry) -> [String] {
  func shown(_ text: String) -> String { text.isEmpty ? "–" : "“\(text)”" }
  func day(_ day: Day?) -> String { day?.description ?? "–" }
  let texts: [(String, String, String)] = [
    ("title", shown(old.title), shown(new.title)),
    ("owner", old.isNamed ? old.owner : "nobody", new.isNamed ? new.owner : "nobody"),
    ("first step", shown(old.firstStep), shown(new.firstStep)), ("first step by", day(old.by), day(new.by)),
    ("done by", day(old.due), day(new.due)), ("status", old.status.rawValue, new.status.rawValue),
    (
      "days of work", old.effortDays.map { "\($0)" } ?? "not confirmed",
      new.effortDays.map { "\($0)" } ?? "not confirmed"
    ), ("done when", shown(old.done), shown(new.done)), ("stop", shown(old.stop), shown(new.stop)),
    ("figure", shown(old.metric), shown(new.metric)), ("shown", shown(old.shown), shown(new.shown)),
    ("what blocks", shown(old.blocks), shown(new.blocks)), ("who helps", shown(old.helps), shown(new.helps)),
    ("helps by", day(old.helpsBy), day(new.helpsBy)),
    ("kind", old.isCommitment ? "commitment" : "action", new.isCommitment ? "commitment" : "action"),
  ]
  return texts.filter { $0.1 != $0.2 }.map { "\($0.0) \($0.1) → \($0.2)" }
}
