import AssessmentModel
import Scoring
import Testing

@testable import Planning
@testable import Reporting

/// What became of a plan, held against how the answers moved.
@Suite struct PlanLedgerTests {
  /// Twelve of sixteen questions rise; what was done is held against what nobody worked on.
  @Test func theLedgerCountsBothHalves() throws {
    let items = outsideIn.questionnaire.items.filter { $0.core && $0.scored != nil }.map(\.id)
    let done = try #require(builtInActions.steps.first { $0.item == items[0] }).id
    let shown = try #require(builtInActions.steps.first { $0.item == items[15] }).id
    let doing = try #require(builtInActions.steps.first { $0.item == items[1] }).id
    var before = coreAssessment { item, _ in oriented(1, item) }
    let after = coreAssessment { item, _ in oriented(items.firstIndex(of: item.id)! < 12 ? 2 : 1, item) }
    before.commitments = [done, shown, doing, "own-1"].map { KeptPlanTests.commitment($0, "Ana") }
    before.planEvents = [
      KeptPlanTests.at(
        7,
        .heard([
          Hearing(entry: done, answer: .done, day: noon.day),
          Hearing(entry: shown, answer: .done, day: noon.day, shown: "a list"),
          Hearing(entry: doing, answer: .doing, day: noon.day),
        ]))
    ]
    func ledger(_ before: Assessment) -> PlanLedger {
      planLedger(
        compare(
          [before, after].map {
            ComparedAssessment($0, outsideIn.questionnaire, Correspondence(identity: outsideIn.questionnaire))
          }),
        library: builtInActions)
    }
    let counted = ledger(before)
    // Two of the lines' questions are done, one more was begun: thirteen are left, of which ten rose.
    #expect(counted.done.count == 2 && counted.shown.count == 1 && counted.open.count == 2)
    #expect(
      counted.worked == .init(questions: 2, rose: 1) && counted.untouched == .init(questions: 13, rose: 10))
    #expect(
      ledgerWords(counted)
        == "2 of 4 done, one of them with something to show; their questions: 1 of 2 rose; of the 13 nobody worked on, 10 rose. Answers rose nearly as often where nobody worked, so this is no sign that the plan did it."
    )
    before.planEvents = []
    let unknown = ledger(before)
    #expect(!unknown.isRecorded && unknown.untouched == .init(questions: 16, rose: 12))
    #expect(
      ledgerWords(unknown).contains("is not recorded. Of all 16 questions that can be compared 12 rose"))
  }
}
