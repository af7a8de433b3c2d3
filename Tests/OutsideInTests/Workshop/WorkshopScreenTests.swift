import AssessmentModel
import Reporting
import Shell
import Testing

/// Every screen of a workshop, at three widths and in three manners, as it is kept in `Golden/`.
@Suite struct WorkshopScreenTests {
  static let script: [String] =
    [
      "Ana, Billing", "Ben, Billing", "Zoë Grün, 物流", "", "help", "Dan", "(empty)", "20h", "(empty)", "maybe",
      "yes", "Nobody",
      "Ana", "a", "practise", "0 1 1 2 0", "nonsense", "(empty)",
      // The first question: cards laid face down.
      "help", "why", "probe", "0 1 0 3 0", "3", "nonsens", "cards", "0 1 2 1 0", "(empty)", "rounds",
      "agenda", "who", "revote",
      "say as in a shop", "cards raised", "0 2 0 2 0", "settle", "settle 1", "undo", "settle 3",
      "dissent we never did", "next",
      "document the minutes of March",
      // The others: too few, an area apart, somebody away, somebody late, a question that nobody understands.
      "1 1 1", "6:1", "0 2 0 1 0", "no", "away zoë", "back Zoë Grün", "away Nobody", "join Eve, Billing",
      "2 0 0 1 0", "disputed",
      "unclear", "undo", "next", "unclear the word contact", "?:4", "next", "-:4", "next", "big on",
      "b:1 d:3", "next", "big off",
      "time 3m", "time soon", "break 5", "(empty)", "minutes 90", "shorten 5", "yes", "park the invoice",
      "parked", "review",
      "review open", "progress", "result", "agreement", "hide", "(empty)", "pass",
    ] + ["1", "x", "2", "2", "3", "(empty)"] + rest + [
      "goto exp-list", "An answer today", "yes", "6 2", "Waiting for the fitter", "-1",
      "A window of one hour", "finish",
      "(empty)", "2", "1:4 2:99", "1:4 2:5 4:2", "1 2", "skip", "Ana", "Karl", "Nobody", "Ben", "1 2", "none",
      "Heating", "no",
    ]

  static var rest: [String] {
    outsideIn.questionnaire.items.filter {
      $0.core && $0.scored != nil && !["emo-feel", "exp-listen"].contains($0.id)
    }
    .flatMap { ["goto \($0.id)", "1 2 1 0 0"] }
  }

  @Test(arguments: ScreenTests.manners)
  func screensAreAsTheyWereKept(width: Int, manner: ScreenTests.Manner) throws {
    let (console, _, _) = try workshop(
      Self.script, style: ScreenTests.style(width, manner), assessment: workshopAssessment([]))
    #expect(console.tooWide.isEmpty, "wider than \(width): \(console.tooWide)")
    #expect(console.isSpent)
    try expectAsKept(console.screen.replacing("\u{1B}", with: "␛"), "workshop-\(width)-\(manner.rawValue)")
  }

  @Test func colourChangesNothingButColour() throws {
    let screens = try [false, true].map { colour in
      try workshop(Self.script, style: TerminalStyle(color: colour), assessment: workshopAssessment([]))
        .console.screen
    }
    #expect(screens[0] != screens[1])
    #expect(screens[1].replacing(/\u{1B}\[[0-9]*m/, with: "") == screens[0])
  }

  @Test func accessibleHasNothingOnlyTheEyeCanFollow() throws {
    let screen = try workshop(
      Self.script, style: TerminalStyle(accessible: true), assessment: workshopAssessment([])
    ).console.screen
    for sign in "█·│•→\u{1B}" { #expect(!screen.contains(sign), "\(sign)") }
  }
}
