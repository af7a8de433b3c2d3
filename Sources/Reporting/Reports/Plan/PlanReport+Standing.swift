import AssessmentModel
import Planning
import Scoring

/// How far the organisation is, and what it rests on.
func standingSection(_ plan: Plan, _ subject: Subject) -> Document {
  var document: Document = [.heading(2, "2. Where we stand")]
  let profile = describe(subject)
  if !profile.isEmpty { document.append(.paragraph(Words("About us: \(profile)"))) }
  document += standing(subject, speaker: .team)
  document += driverLines(subject)
  document += apartLines(subject)
  document += otherwiseLines(subject)
  document.append(.paragraph(Words(whoAnswered(subject))))
  return document
}

/// What drove the index most.
func driverLines(_ subject: Subject) -> Document {
  let card = subject.scorecard
  let sorted = drivers(subject).filter { abs($0.contribution) >= 0.05 }
  if sorted.isEmpty { return [] }
  return [
    .paragraph(Words("What drove it most, in points above or below \(plain(card.cut)):", .strong)),
    .bullets(
      sorted.enumerated().prefix { index, row in
        // Equals are not told apart by where a list happens to end.
        index < 4 || index < 8 && abs(abs(row.contribution) - abs(sorted[3].contribution)) < 1e-9
      }.map { _, row in
        let text = subject.questionnaire.item(row.item)?.text ?? row.item
        let answer = card.items.first { $0.id == row.item }.flatMap {
          subject.answerWords($0)
        }
        let isSettled = card.items.contains { $0.id == row.item && $0.state == .settled }
        return Words("\(decimal(row.contribution, 1, signed: true)) points: \(text)")
          + Words(answer.map { " \(isSettled ? "Settled together: " : "")\($0)" } ?? "", .faint)
      }),
  ]
}

/// Where first votes lay apart.
private func apartLines(_ subject: Subject) -> Document {
  let card = subject.scorecard
  let mixed = card.items.compactMap { item -> (item: ItemStanding, spread: VoteSpread)? in
    let spread = VoteSpread(of: item.firstVotes.map(\.level), scale: item.levels, policy: card.policy)
    return spread.isSplit || spread.minority > 0 ? (item, spread) : nil
  }.sorted { ($0.spread.medianDeviation.value ?? 0) > ($1.spread.medianDeviation.value ?? 0) }
  if mixed.isEmpty { return [] }
  return [
    .paragraph(Words("Where we see it differently:", .strong)),
    .bullets(
      mixed.prefix(8).map { item, _ in
        let levels = item.firstVotes.map(\.level)
        return Words(
          "\(subject.questionnaire.item(item.id)?.text ?? item.id) From \(levels.min() ?? 0) to \(levels.max() ?? 0) among "
            + "\(levels.count) votes.")
      }),
  ]
}

/// What departments and customers see otherwise.
func otherwiseLines(_ subject: Subject) -> Document {
  let agreement = agreement(subject.assessment, with: subject.questionnaire, policy: subject.scorecard.policy)
  let gaps =
    blindSpotLines(agreement, subject, .team).map { "A blind spot: \($0)" }
    + departmentLines(agreement, subject, withSingleVoices: false).prefix(4)
  if gaps.isEmpty { return [] }
  return [
    .paragraph(Words("What others here or outside see otherwise:", .strong)),
    .bullets(gaps.map { Words($0) }),
  ]
}

/// How many people answered, and from where.
func whoAnswered(_ subject: Subject) -> String {
  // In a workshop who was in the room is known, whoever's votes are counts.
  let people =
    subject.assessment.setting == .workshop
    ? subject.assessment.raters.filter { rater in
      let attended = subject.assessment.workshop?.attended ?? []
      return rater.group == .staff && (attended.isEmpty || attended.contains(rater.id))
    } : subject.staff
  // However they are spelt, each once.
  let departments = Dictionary(
    people.map { ($0.department.nameKey, $0.department) }, uniquingKeysWith: { first, _ in first }
  ).values.filter { !$0.isEmpty }.sorted()
  let voters = subject.scorecard.verdict.certainty?.spread.voters ?? 0
  return departments.isEmpty
    ? "Answered by \(counted(max(1, people.count, voters), "person", "people"))."
    : "In the room: \(counted(people.count, "person", "people")) from \(listed(departments))."
}

/// What the organisation said about itself: the choices and texts that are no part of the vision.
func describe(_ subject: Subject) -> String {
  let hidden = subject.assessment.hiddenItems(in: subject.questionnaire)
  let parts = subject.questionnaire.items.filter { !hidden.contains($0.id) }.compactMap { item -> String? in
    switch (item.record, subject.assessment.record(item.id)) {
    case (.text(nil, _), .text(let text)): return text
    case (.choice(let options, _), .option(let id)):
      return options.first { $0.id == id }.map { "\(item.text) \($0.label)" }
    case (.choice(let options, _), .options(let ids)):
      let labels = options.filter { ids.contains($0.id) }.map(\.label)
      return "\(item.text) \(labels.joined(separator: ", "))"
    default: return nil
    }
  }
  return parts.map { $0.last == "." ? String($0.dropLast()) : $0 }.joined(separator: ". ")
    + (parts.isEmpty ? "" : ".")
}
