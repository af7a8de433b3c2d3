import AssessmentModel
import Testing

@testable import Shell

/// A line of votes, and what is none.
@Suite struct CardLineTests {
  static let levels = (0...4).map { (sign: "\($0)", level: $0) }
  static let letters = (0...4).map { (sign: BipolarForm.letters[$0], level: $0) }
  static let three = [0, 2, 4].map { (sign: "\($0)", level: $0) }
  static let departments = ["Billing", "Back office", "Sales"]

  static func tally(
    _ counts: [Int], _ dontKnow: Int = 0, _ notApplicable: Int = 0, of department: String? = nil
  ) -> Tally {
    Tally(item: "", department: department, counts: counts, dontKnow: dontKnow, notApplicable: notApplicable)
  }

  @Test(
    arguments: [
      ("0 1 0 3 1", [tally([0, 1, 0, 3, 1])]), ("0, 1, 0, 3, 1", [tally([0, 1, 0, 3, 1])]),
      ("1:1 3:3 4:1 ?:2 -:1", [tally([0, 1, 0, 3, 1], 2, 1)]), ("3:9", [tally([0, 0, 0, 9, 0])]),
      ("1 2 3 3 0 ?:1 -:2", [tally([1, 2, 3, 3, 0], 1, 2)]),
      ("3:2 3:1", [tally([0, 0, 0, 3, 0])]), ("?:9", [tally([0, 0, 0, 0, 0], 9)]),
      (
        "Billing 2:1 3:1 Sales 0 0 2 0 0",
        [tally([0, 0, 1, 1, 0], of: "Billing"), tally([0, 0, 2, 0, 0], of: "Sales")]
      ),
      (
        "back office 1:2, sal 4:1",
        [tally([0, 2, 0, 0, 0], of: "Back office"), tally([0, 0, 0, 0, 1], of: "Sales")]
      ),
    ] as [(String, [Tally])])
  func votes(line: String, tallies: [Tally]) {
    #expect(CardLine(line, keys: Self.levels, departments: Self.departments) == .tallies(tallies))
  }

  @Test func lettersAreForTwoSidedQuestions() {
    #expect(
      CardLine("a:1 C:3", keys: Self.letters, departments: []) == .tallies([Self.tally([1, 0, 3, 0, 0])]))
    #expect(
      CardLine("0 1 0 3 1", keys: Self.letters, departments: []) == .tallies([Self.tally([0, 1, 0, 3, 1])]))
  }

  /// Of three answers the counts stand on their own levels.
  @Test func threeAnswers() {
    #expect(CardLine("1 2 3", keys: Self.three, departments: []) == .tallies([Self.tally([1, 0, 2, 0, 3])]))
  }

  @Test(
    arguments: [
      ("1 2 2 2", "4 counts"), ("0 1 0 3 1 2", "6 counts"), ("5:1", "no answer here"),
      ("a:1", "no answer here"),
      ("Billing 2:1 3", "no answer and a count"), ("Marketing 2:1", "no department"),
      ("b 2:1", "no department"),
      ("2:1 Billing", "no votes behind it"), ("1:1 3", "no answer and a count"),
      ("1 2 3:4", "each with its sign"),
    ])
  func whatIsWrongIsSaid(line: String, words: String) {
    guard case .problem(let problem)? = CardLine(line, keys: Self.levels, departments: Self.departments)
    else {
      Issue.record("\(line) was taken")
      return
    }
    #expect(problem.contains(words), "\(problem)")
  }

  @Test(arguments: [
    "3", "next", "settle 3", "say it is 10:30 somewhere", "park 2 chairs", "", "time 3m", "goto 4",
  ])
  func otherLinesAreNoVotes(line: String) {
    #expect(CardLine(line, keys: Self.levels, departments: Self.departments) == nil)
  }

  /// A command's word goes before a department that nobody has, and behind one that there is.
  @Test(
    arguments: [
      ("say 3:4 of us saw it", false), ("back office 1:2", true), ("time 3:00", false),
      ("Marketing 3:4", true),
      ("minutes 1:30", false), ("0 1 0 3", true), ("settle 3 2 said so", false),
    ])
  func aCommandIsACommand(line: String, isVotes: Bool) {
    let command = WorkshopCommand(
      line, at: outsideIn.questionnaire.item("own-who"), outsideIn.questionnaire,
      departments: Self.departments)
    if case .votes = command { #expect(isVotes, "\(line)") } else { #expect(!isVotes, "\(line)") }
  }
}
