import AssessmentModel
import Foundation
import Reporting
import Shell
import Testing

/// Every screen of an interview, at three widths and in three manners, as it is kept in `Golden/`.
/// `OUTSIDE_IN_RECORD=1 swift test` writes the files anew; look at what changed before keeping it.
@Suite struct ScreenTests {
  enum Manner: String, CaseIterable, Sendable {
    case plain, colour, accessible
  }

  static let manners = [40, 80, 120].flatMap { width in Manner.allCases.map { (width, $0) } }

  /// From the first question to the plan, past every screen there is.
  static let script: [String] =
    [
      "help", "why", "probe", "9", "note 顧客の声を聞く é", "flag", "2", "b", "back", "", "sure", "4", "?",
      "document a letter of 3 March", "goto vis-trade", "d", "goto vis-tradeoff", "undo", "redo",
      "deepen", "deepen jour", "deepen jour", "goto jou-first", "1", "2", "2", "progress", "review open",
      "set", ":set name Ana", ":park The invoice nobody reads", "parked", "explain nowhere", "result",
    ] + core + [
      "(empty)", "goto exp-list", "An answer the same day", "yes", "9 2", "6 2",
      "goto exp-list", "約束した日に届くこと", "no", "7", "-", "2", "", "", "7 5", "4", "move 2 1", "undo", "help",
      "9", "(empty)",
      "Waiting for the fitter", "-1", "A window of one hour", "goto jou-moments", "edit 1", "", "", "", "",
      "", "5 4 2",
      "done", "The bill", "done",
      "factors 1",
      "They stand at the window", "Ignored", "", "An empty street", "", "To know when", "done", "(empty)",
      "goto met-list", "find first contact", "#1?", "Promoters", "%", "31", "45", "up", "la", "done",
      "reading 1 34 on 10 Jan", "(empty)",
      "(empty)", "review", "explain", "explain journey", "explain jou-handover", "goto end", "(empty)",
      "explain own-who", "(empty)", "2", "3?", "2b?", "1 3", "Call one customer every Friday", "2",
      "Five say so", "4",
      "3 Feb", "(empty)",
      "Ana", "Ben", "Write the list of customers", "Ten were called", "Cleo", "15", "14", "Heating", "why",
      "yes",
      "y", "maybe", "back", "y", "n",
    ]

  /// Answers to all that is open in the core.
  static var core: [String] {
    outsideIn.questionnaire.items.filter { $0.core && $0.scored != nil && $0.id != "own-who" }.flatMap {
      item in
      if case .bipolar = item.scored?.form { ["goto \(item.id)", "b"] } else { ["goto \(item.id)", "1"] }
    }
  }

  static func style(_ width: Int, _ manner: Manner) -> TerminalStyle {
    TerminalStyle(width: width, color: manner == .colour, accessible: manner == .accessible)
  }

  @Test(arguments: manners)
  func screensAreAsTheyWereKept(width: Int, manner: Manner) throws {
    let (console, _, files) = try interview(Self.script, style: Self.style(width, manner))
    #expect(console.tooWide.isEmpty, "wider than \(width): \(console.tooWide)")
    #expect(console.isSpent && files.count == 1)
    let screen = console.screen.replacing("\u{1B}", with: "␛")
    try expectAsKept(screen, "\(width)-\(manner.rawValue)")
  }

  @Test(arguments: [40, 80, 120])
  func colourChangesNothingButColour(width: Int) throws {
    let plain = try interview(Self.script, style: Self.style(width, .plain)).console.screen
    let coloured = try interview(Self.script, style: Self.style(width, .colour)).console.screen
    #expect(coloured != plain)
    #expect(coloured.replacing(/\u{1B}\[[0-9]*m/, with: "") == plain)
  }

  @Test func accessibleHasNothingOnlyTheEyeCanFollow() throws {
    let screen = try interview(Self.script, style: Self.style(80, .accessible)).console.screen
    for sign in "█·│•→\u{1B}" { #expect(!screen.contains(sign), "\(sign)") }
    // Columns are made with two blanks and more; sentences have none.
    for line in screen.split(separator: "\n") {
      let text = line.drop { $0 == " " }
      #expect(!text.contains("   "), "\(line)")
    }
  }

  @Test func everyWidthFrom40To200HoldsEveryLine() throws {
    for width in stride(from: 40, through: 200, by: 20) {
      let console = try interview(Self.script, style: TerminalStyle(width: width)).console
      #expect(console.tooWide.isEmpty, "wider than \(width): \(console.tooWide)")
    }
  }
}
