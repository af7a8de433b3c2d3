import AssessmentModel
import Foundation
import Interchange
import Testing

/// Whatever is typed in a workshop, what is stored holds together. A run that does not is named by its seed.
@Suite struct WorkshopRandomTests {
  static let lines = [
    "0 2 4 2 1", "1:9", "0 0 9 0 0", "b:4 d:5", "?:9", "-:3 2:6", "Billing 1:2", "Sales 2:2, Service 3:3",
    "9 9 9 9 9", "cards",
    "cards raised", "cards collected", "pass", "paper", "paper Ana", "reveal", "rounds", "revote", "settle",
    "settle 3",
    "settle 1 it is so", "settle dk nobody knew", "settle na no shops", "settle c between",
    "dissent we never did", "say as in a shop",
    "unclear", "unclear what is meant", "evidence", "evidence document minutes", "document minutes", "next",
    "back", "goto 4",
    "goto own-who", "goto exp-list", "goto end", "undo", "redo", "park the invoice", "parked", "disputed",
    "agreement", "who",
    "join Kim, Sales", "join Ana, Sales", "away Ana", "back Ana", "away Ben, Cleo", "agenda", "time 3m",
    "time", "break 5", "shorten 10",
    "minutes 90", "hide", "show", "big on", "big off", "review", "review open", "progress", "result",
    "explain", "explain journey",
    "deepen journey", "set team Support", "help", "why", "probe", "finish", "1", "2", "3", "4", "?", "-", "x",
    "stop", "yes", "no", "",
    "(empty)", "(empty)", "(empty)", "1 2 3", "2:4 5:6", "Ana", "Zoe", "skip", "anew", "dk",
    "An answer today", "6 2", "+90", "+4000",
  ]

  /// What leads on comes more often.
  static let weighted =
    lines + Array(repeating: ["0 2 4 2 1", "0 5 0 0 4", "next", "(empty)"], count: 10).flatMap { $0 }

  static let runs =
    ProcessInfo.processInfo.environment["OUTSIDE_IN_PROPERTIES"] == "full" ? 400 : 30

  @Test(arguments: 0..<runs)
  func whatIsStoredHoldsTogether(seed: Int) throws {
    var random = SeededGenerator(state: UInt64(seed) + 7000)
    let isAnonymous = Bool.random(using: &random)
    let start = isAnonymous ? ["(empty)", "no", "anonymous", "(empty)", "(empty)"] : opening
    let script = start + (0..<250).map { _ in Self.weighted.randomElement(using: &random)! }
    let (console, stored, _) = try workshop(script)
    let place: Comment = "seed \(seed)"
    #expect(console.tooWide.isEmpty, place)
    let assessment = stored.assessment
    for tally in assessment.tallies + stored.unrevealed.tallies.values {
      let levels = outsideIn.questionnaire.levels(of: outsideIn.questionnaire.item(tally.item)!)!
      #expect(tally.counts.indices.allSatisfy { tally.counts[$0] == 0 || levels.contains($0) }, place)
      #expect((1...3).contains(tally.round) && tally.votes > 0, place)
      #expect(tally.department == nil || tally.votes >= Tally.fewestOfADepartment, place)
    }
    // A question is counted or named as a whole, and no round has more votes than there are people.
    let people = assessment.raters.count
    for item in outsideIn.questionnaire.items where item.scored != nil {
      let named = assessment.responses.to(item.id).filter { $0.key.rater != nil }
      let counted = assessment.tallies.filter { $0.item == item.id }
      #expect(named.isEmpty || counted.isEmpty, place)
      for round in 1...3 {
        let votes = counted.filter { $0.round == round }.reduce(0) { $0 + $1.votes }
        #expect(votes + named.count { $0.key.round == round } <= people, place)
        if isAnonymous, votes > 0 { #expect(votes >= 3, place) }
      }
      if case .level(let level)? = assessment.settled[item.id]?.answer {
        #expect(assessment.lastRound(of: item.id) != nil, place)
        #expect(outsideIn.questionnaire.levels(of: item)!.contains(level), place)
      }
    }
    if isAnonymous { #expect(!assessment.responses.contains { $0.key.rater != nil }, place) }
    // It goes out, and comes in as it went.
    let document = AssessmentDocument.write(
      assessment, questionnaire: outsideIn.questionnaire, definition: outsideIn.questionnaire.canonical)
    let read = try readDocument(document.text(), assessment.questionnaire, newID: "X")
    #expect(
      AssessmentDocument.write(
        read, questionnaire: outsideIn.questionnaire, definition: outsideIn.questionnaire.canonical)
        == document, place)
  }
}
