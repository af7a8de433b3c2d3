import AssessmentModel

/// Random events of a plan, in the order of their days: lines kept, heard, handed over, read, undone.
func randomPlanEvents(_ seed: UInt64, most: Int = 20) -> [DatedPlanEvent] {
  var random = SeededGenerator(state: seed &* 7919 &+ 3)
  let names = ["Ana", "Ben", "é日本", "=Cy", ""]
  let ids = ["exp-listen-3", "expectation-1", "own-1", "own-2"]
  func text() -> String {
    ["", "so", "a, \"b\"\n", "=SUM(A1)", "ü"].randomElement(using: &random)!
  }
  var day = noon.day
  var known: [String] = []
  func note(_ id: String) -> String {
    known.append(id)
    return id
  }
  return (0..<Int.random(in: 0...most, using: &random)).map { _ in
    day = day.adding(days: Int.random(in: 0...9, using: &random))
    let at = Timestamp(secondsSince1970: Int64(day.daysSince1970) * 86_400 + 3600)
    let event: PlanEvent =
      switch Int.random(in: 0..<12, using: &random) {
      case 0, 1:
        .kept([
          PlanEntry(
            id: note(ids.randomElement(using: &random)!), isCommitment: Bool.random(using: &random),
            title: "T\(Int.random(in: 0...9, using: &random))", owner: names.randomElement(using: &random)!,
            firstStep: text(), by: Bool.random(using: &random) ? day : nil,
            due: Bool.random(using: &random) ? day.adding(days: 30) : nil,
            status: PlanEntry.Status.allCases.randomElement(using: &random)!,
            effortDays: Bool.random(using: &random) ? 4 : nil, done: text(), stop: text(), metric: text())
        ])
      case 2: .freed(daysPerMonth: Bool.random(using: &random) ? 2.5 : nil)
      case 3: .entrusted(keeper: names.randomElement(using: &random)!)
      case 4 where !known.isEmpty, 5 where !known.isEmpty, 6 where !known.isEmpty:
        .heard([
          Hearing(
            entry: known.randomElement(using: &random)!,
            answer: Hearing.Answer.allCases.randomElement(using: &random)!, day: day,
            from: names.randomElement(using: &random)!, words: text(), shown: text(), blocks: text(),
            helps: names.randomElement(using: &random)!, helpsBy: Bool.random(using: &random) ? day : nil)
        ])
      case 7: .checked(on: day)
      case 8:
        .handedOver(
          from: ["Ana", "Ben"].randomElement(using: &random)!, to: names.randomElement(using: &random)!)
      case 9:
        .read(
          metric: ["Calls", "NPS"].randomElement(using: &random)!,
          Metric.Reading(date: day, value: Double(Int.random(in: 0...90, using: &random)) / 4))
      case 10:
        .released(
          out: [Remark(kind: .note, item: "exp-listen", text: text() + "!")],
          staying: [Remark(kind: .parked, item: nil, text: text() + "?")])
      default: Bool.random(using: &random) ? .undone : .redone
      }
    return DatedPlanEvent(at: at, event)
  }
}
