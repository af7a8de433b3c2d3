import AssessmentModel
import Foundation
import Interview
import Testing

@testable import Interchange

/// Where votes are counts that lead to nobody, no two exported states tell a single one by their difference.
@Suite struct SubtractionTests {
  static let items = ["own-who", "emo-feel"]
  /// Two departments of five and one of two.
  static let people = (1...12).map {
    Rater(id: "r\($0)", name: "N\($0)", department: $0 < 6 ? "Sales" : $0 < 11 ? "Service" : "Office")
  }

  static func answer(_ random: inout SeededGenerator) -> Response.Answer {
    let code = Int.random(in: 0...6, using: &random)
    return code < 5 ? .answered(.level(code)) : code == 5 ? .dontKnow : .notApplicable(reason: nil)
  }

  /// A form's rows so far, and with more of them.
  struct Rows {
    var group: Rater.Group
    var digest: String
    var people: [FormTable.Person] = []

    mutating func grow(by count: Int, _ random: inout SeededGenerator) {
      for _ in 0..<count {
        var answers: [String: Response.Answer] = [:]
        for item in items where Int.random(in: 0..<5, using: &random) > 0 {
          answers[item] = SubtractionTests.answer(&random)
        }
        people.append(
          FormTable.Person(
            row: people.count + 2, name: "",
            department: ["Sales", "Service", "Office", ""].randomElement(using: &random)!,
            answers: answers))
      }
    }

    var table: FormTable {
      FormTable(
        group: group, people: people, columns: items.map { FormTable.Column(letter: "?", item: $0) },
        leftOut: [],
        doubled: [], unanswered: [], isAnonymous: true, digest: digest)
    }
  }

  static let runs = ProcessInfo.processInfo.environment["OUTSIDE_IN_PROPERTIES"] == "full" ? 2000 : 300

  @Test(arguments: 0..<runs)
  func noDifferenceTellsAVote(seed: Int) throws {
    var random = SeededGenerator(state: UInt64(seed) * 104_729 + 3)
    var workshop = try WorkshopTests.begun(Self.people, anonymous: true)
    var forms = [
      Rows(group: .staff, digest: "all"), Rows(group: .staff, digest: "absent"),
      Rows(group: .customer, digest: "customers"),
    ]
    var states: [[Tally]] = []
    for _ in 0..<30 {
      let before = workshop.assessment.tallies
      switch Int.random(in: 0..<14, using: &random) {
      case 0, 1, 2:
        let place = Int.random(in: 0..<3, using: &random)
        forms[place].grow(by: Int.random(in: 1...3, using: &random), &random)
        _ = try? workshop.take(form: forms[place].table, isOfAbsent: place == 1)
      case 3, 4:
        let room = workshop.room(for: workshop.interview.current!).count
        let counts = Self.counts(Int.random(in: max(0, room - 2)...room, using: &random), &random)
        _ = try? workshop.take(.enter(counts))
      case 5:
        let counts = Self.counts(workshop.room(for: workshop.interview.current!).count, &random)
        _ = try? workshop.take(.count(counts))
      case 6: _ = try? workshop.take(.castUnnamed((0..<3).map { _ in Self.answer(&random) }))
      case 7, 8: _ = try? workshop.take(.reveal)
      case 9: _ = try? workshop.take(.revote)
      case 10:
        let rater = Self.people.randomElement(using: &random)!
        _ = try? workshop.take(
          workshop.state.away.contains(rater.id) ? .comeBack(rater.id) : .leave(rater.id))
      case 11:
        if Bool.random(using: &random) { try? workshop.take(.predict("own-who", 2)) }
        _ = try? workshop.take(.showCustomers)
      case 12:
        var tally = Tally(item: "own-who", group: .customer, counts: [0, 0, 0, 0, 0])
        for _ in 0..<Int.random(in: 1...4, using: &random) { tally.add(Self.answer(&random)) }
        _ = try? workshop.take(.addCustomers([tally]))
      default:
        workshop.go(to: Self.items.randomElement(using: &random)!)
        _ = try? workshop.take(.open)
      }
      if workshop.assessment.tallies != before { states.append(workshop.assessment.tallies) }
      #expect(workshop.assessment.responses.isEmpty, "seed \(seed)")
    }
    for (place, state) in states.enumerated() {
      Self.check(state, "seed \(seed)")
      for other in states[..<place] {
        Self.check(other, state, "seed \(seed)")
        // Documents count over all departments.
        Self.check(Self.told(other), Self.told(state), "seed \(seed), documents")
      }
    }
  }

  /// The votes of the staff as every document tells them: by the record, over all departments.
  private static func told(_ state: [Tally]) -> [Tally] {
    var assessment = workshopAssessment(people, anonymous: true)
    assessment.tallies = state
    let record = WorkshopRecord(
      assessment, outsideIn.questionnaire,
      asked: outsideIn.questionnaire.items.filter { items.contains($0.id) })
    return record.questions.flatMap { question in
      question.rounds.compactMap { round in
        round.counts.map {
          Tally(
            item: question.item.id, round: round.number, counts: $0, dontKnow: round.dontKnow,
            notApplicable: round.notApplicable)
        }
      }
    }
  }

  private static func counts(_ votes: Int, _ random: inout SeededGenerator) -> [Tally] {
    var byName: [String: Tally] = [:]
    for number in 0..<votes {
      let department = Bool.random(using: &random) ? people[number].department : ""
      byName[department, default: Tally(item: "", department: department.nonEmpty, counts: [0, 0, 0, 0, 0])]
        .add(answer(&random))
    }
    return Array(byName.values)
  }

  private static func cells(_ tallies: [Tally]) -> [Int] {
    tallies.reduce(into: [0, 0, 0, 0, 0, 0, 0]) { sum, tally in
      for (place, count) in (tally.counts + [tally.dontKnow, tally.notApplicable]).enumerated() {
        sum[place] += count
      }
    }
  }

  /// One state by itself: three votes or more of a question, five of a department, none or five beside those named.
  private static func check(_ state: [Tally], _ place: Comment) {
    for (_, tallies) in Dictionary(grouping: state, by: { "\($0.item) \($0.round) \($0.group)" }) {
      #expect(tallies.votes >= 3, place)
      for tally in tallies where tallies.count > 1 || tally.department != nil {
        #expect(tally.votes >= 5, place)
      }
    }
  }

  /// Two states: between them lie no votes, or three and more.
  private static func check(_ before: [Tally], _ after: [Tally], _ place: Comment) {
    let groups = Dictionary(grouping: after, by: { "\($0.item) \($0.round) \($0.group)" })
    for (key, new) in groups {
      let old = before.filter { "\($0.item) \($0.round) \($0.group)" == key }
      if old.isEmpty { continue }
      let steps = zip(cells(old), cells(new)).map { $1 - $0 }
      let (more, fewer) = (steps.reduce(0) { $0 + max(0, $1) }, steps.reduce(0) { $0 + max(0, -$1) })
      #expect(more == fewer || abs(more - fewer) >= 3, "\(place): \(key) \(steps)")
    }
  }
}
