import AssessmentModel
import Planning
import QuestionnaireFormat
import Testing

@testable import Reporting
@testable import Scoring

/// The comparisons that are told, each with its name.
extension ComparisonReportTests {
  static func level(_ level: Int, _ item: Item) -> Response.Answer {
    let levels = Kiosk.old.questionnaire.levels(of: item) ?? [0, 1, 2, 3, 4]
    let nearest = levels.min { abs($0 - level) < abs($1 - level) } ?? level
    return .answered(.level(item.scored!.oriented(nearest)))
  }

  static func compared(_ assessments: [(Assessment, PinnedQuestionnaire)]) -> [ComparedAssessment] {
    let hasNew = assessments.contains { $0.1.questionnaire.version == Kiosk.new.questionnaire.version }
    return assessments.map { assessment, pinned in
      ComparedAssessment(
        assessment, pinned.questionnaire,
        hasNew && pinned.questionnaire.version == Kiosk.old.questionnaire.version
          ? Kiosk.way : Correspondence(identity: pinned.questionnaire))
    }
  }

  static func subject(_ assessments: [(Assessment, PinnedQuestionnaire)]) -> ComparisonSubject {
    let compared = compared(assessments)
    let comparison = compare(compared)
    let other = compare(compared, labelsToo: true)
    let gains =
      other.latest.index?.estimate.people.count ?? 0 > comparison.latest.index?.estimate.people.count ?? 0
    return ComparisonSubject(
      comparison, ledger: planLedger(comparison, library: nil), ifSamePeople: gains ? other : nil,
      namesPeople: true)
  }

  static let people = ["Ana Costa", "Bo Lind", "Cem Arslan", "Dora Weiss", "Eve Maro", "Finn Holt"]

  /// So many people about a level, each a little apart.
  static func group(
    _ pinned: PinnedQuestionnaire, _ id: String, _ day: String, about level: Int, names: [String] = people,
    scope: Assessment.Scope = .full
  ) -> (Assessment, PinnedQuestionnaire) {
    let assessment = Kiosk.assessment(pinned, id: id, day: day, scope: scope, names: names) { item, rater in
      scope == .core && !item.core
        ? nil : Self.level(min(4, max(0, level + (rater % 3 == 0 && item.id.count % 2 == 0 ? 1 : 0))), item)
    }
    return (assessment, pinned)
  }

  static let cases: [(name: String, subject: ComparisonSubject)] = {
    let (old, new) = (Kiosk.old, Kiosk.new)
    var first = group(old, "A", "2026-03-19", about: 1)
    first.0.commitments = [
      Commitment(
        action: "own-1", title: "A word a day with whoever waits", owner: "Ana Costa",
        firstStep: "Ask three.",
        by: Day("2026-03-26")!, done: "", stop: "")
    ]
    func record(_ value: Value, _ item: String) -> Response {
      Response(key: .init(item: item, rater: nil), answer: .answered(value))
    }
    func with(_ side: (Assessment, PinnedQuestionnaire), perceived: Int, reading: Double) -> (
      Assessment, PinnedQuestionnaire
    ) {
      var side = side
      for response in [
        record(
          .expectations([Expectation(expectation: "A seat", expected: 6, perceived: perceived)]),
          "list-expect"),
        record(
          .moments([Moment(moment: "The queue", expectation: 4, performance: perceived - 1, emotion: 0)]),
          "list-moments"),
        record(
          .metrics([
            Metric(
              name: "Complaints", unit: "a week", better: .down, baseline: 31,
              readings: [Metric.Reading(date: Day("2026-03-01")!.adding(days: Int(reading)), value: reading)])
          ]), "list-metrics"),
      ] { side.0.responses[response.key] = response }
      return side
    }
    var cases: [(String, ComparisonSubject)] = []
    cases.append(
      (
        "two versions, six people the same",
        subject([
          with(first, perceived: 3, reading: 31),
          with(group(new, "B", "2026-09-17", about: 2), perceived: 4, reading: 22),
        ])
      ))
    cases.append(
      (
        "within chance",
        subject([group(new, "A", "2026-03-19", about: 2), group(new, "B", "2026-09-17", about: 2)])
      ))
    let single = [("A", "2026-03-19", 1), ("B", "2026-09-17", 2)].map {
      group(new, $0.0, $0.1, about: $0.2, names: [""])
    }
    cases.append(("one person who never said a name", subject(single)))
    cases.append(
      (
        "a decline among others",
        subject([
          group(new, "A", "2026-03-19", about: 3),
          group(
            new, "B", "2026-09-17", about: 1,
            names: ["Gus Orr", "Hana Ito", "Ines Paz", "Jon Rae", "Kim Sol", "Lea Tan"]),
        ])
      ))
    cases.append(
      (
        "the other side by chance",
        subject([
          group(new, "A", "2026-03-19", about: 2, names: ["Ana Costa"]),
          group(new, "B", "2026-09-17", about: 1, names: ["Bo Lind"]),
        ])
      ))
    cases.append(
      (
        "the short form against everything",
        subject([
          group(new, "A", "2026-03-19", about: 1, names: ["Ana Costa"], scope: .core),
          group(new, "B", "2026-09-17", about: 3, names: people),
        ])
      ))
    func some(_ share: Int) -> (Assessment, PinnedQuestionnaire) {
      var side = group(new, "A", "2026-03-19", about: 1)
      for (place, item) in new.questionnaire.items.filter({ $0.scored != nil }).enumerated()
      where place % 10 >= share {
        for rater in 1...6 { side.0.responses[.init(item: item.id, rater: "r\(rater)")]?.answer = .dontKnow }
      }
      return side
    }
    cases.append(("areas only", subject([some(7), group(new, "B", "2026-09-17", about: 3)])))
    cases.append(("too little in common", subject([some(4), group(new, "B", "2026-09-17", about: 3)])))
    cases.append(
      (
        "four times",
        subject([
          group(old, "A", "2025-03-19", about: 1), group(old, "B", "2025-09-17", about: 2),
          group(new, "C", "2026-03-18", about: 1),
          group(new, "D", "2026-09-17", about: 3),
        ])
      ))
    var anonymous = group(new, "A", "2026-03-19", about: 1)
    anonymous.0 = counted(anonymous.0)
    cases.append(
      ("counts that lead to nobody", subject([anonymous, group(new, "B", "2026-09-17", about: 2)])))
    cases.append(
      (
        "a short form in between",
        subject([
          group(new, "A", "2025-09-17", about: 1),
          group(new, "B", "2026-03-18", about: 2, names: ["Ana Costa"], scope: .core),
          group(new, "C", "2026-09-17", about: 3),
        ])
      ))
    return cases
  }()

  /// The same votes as counts.
  static func counted(_ assessment: Assessment) -> Assessment {
    var counted = assessment
    counted.anonymous = true
    counted.tallies = Dictionary(grouping: assessment.responses.filter { $0.level != nil }) { $0.key.item }
      .sorted {
        $0.key < $1.key
      }.map { item, responses in
        Tally(item: item, counts: (0...4).map { level in responses.count { $0.level == level } })
      }
    counted.responses = Responses(assessment.responses.filter { $0.key.rater == nil })
    return counted
  }
}
