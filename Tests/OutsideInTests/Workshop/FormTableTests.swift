import AssessmentModel
import Foundation
import Testing

@testable import Interchange

/// The table of a web form: what is found in it, and what is refused by row and column.
@Suite struct FormTableTests {
  static let questionnaire = outsideIn.questionnaire

  static func read(_ name: String) throws -> FormTable {
    try FormTable.read(fixture("forms/\(name).csv"), questionnaire)
  }

  static func read(rows: [[String]], separator: String = ",") throws -> FormTable {
    let text = rows.map { row in
      row.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: separator)
    }.joined(separator: "\r\n")
    return try FormTable.read(Array(text.utf8), questionnaire)
  }

  static func problems(_ rows: [[String]]) -> [String] {
    do {
      _ = try read(rows: rows)
      return []
    } catch let problems as FormTable.Problems {
      return problems.all.map { [$0.place, $0.message].filter { !$0.isEmpty }.joined(separator: ": ") }
    } catch {
      return ["\(error)"]
    }
  }

  // MARK: As the services write them

  /// Quoted, with names and departments, answers as options and as texts alone.
  @Test func googleForms() throws {
    let table = try Self.read("google")
    #expect(!table.isAnonymous && table.group == .staff && table.columns.count == 16)
    #expect(table.people.map(\.name) == ["Ana", "ben", "Cleo", "Zoe"])
    #expect(table.people.map(\.department) == ["Billing", "Sales", "Sales", "Delivery"])
    #expect(table.people.map(\.row) == [2, 3, 4, 5])
    #expect(table.leftOut == ["Anything else you want to say?"])
    #expect(table.people[0].answers["own-who"] == .answered(.level(0)))
    #expect(table.people[1].answers["own-who"] == .answered(.level(1)))
    #expect(table.people[1].answers["ant-early"] == .dontKnow)
    #expect(table.people[2].answers["exp-promise"] == .notApplicable(reason: nil))
    // A question that was passed over has no answer.
    #expect(table.people[3].answers.count == 15 && table.people[3].answers["ant-need"] == nil)
  }

  /// From Excel with semicolons, as a quiz, nobody signed in, titles with line breaks, an empty row, a row twice.
  @Test func microsoftForms() throws {
    let table = try Self.read("microsoft")
    #expect(table.isAnonymous && table.columns.count == 16 && table.people.count == 5)
    #expect(table.people.map(\.row) == [2, 3, 4, 6, 7])
    #expect(table.doubled == [8] && table.unanswered == [9])
    #expect(table.leftOut.count == 35 && table.leftOut.count { $0.hasPrefix("Points - ") } == 16)
    // A letter from the left, whatever side is which.
    #expect(table.people[0].answers["exp-promise"] == .answered(.level(0)))
    #expect(table.people[2].answers["exp-listen"] == .answered(.level(4)))
  }

  /// Customers read questions of their own.
  @Test func customersAreToldByTheirWords() throws {
    let table = try Self.read("customers")
    #expect(table.group == .customer && table.isAnonymous && table.people.count == 6)
    #expect(table.columns.map(\.item).prefix(2) == ["own-who", "emo-feel"])
  }

  // MARK: Cells

  @Test(
    arguments: [
      ("3", "own-who", 3), ("3.0", "own-who", 3), ("3,0", "own-who", 3), (" 3 ", "own-who", 3),
      ("3 – All who have a part in it", "own-who", 3), ("3) all who have a part, together", "own-who", 3),
      ("4:", "own-who", 4), ("4.", "own-who", 4),
      ("a", "exp-promise", 0), ("E", "exp-promise", 4), ("b – rather a", "exp-promise", 1),
      ("in between", "exp-promise", 2), ("2", "exp-promise", 2),
    ] as [(String, String, Int)])
  func anAnswerIsANumberALetterOrItsText(cell: String, item: String, level: Int) {
    let item = Self.questionnaire.item(item)!
    #expect(FormAnswer(cell, to: item, .staff, Self.questionnaire) == .answer(.answered(.level(level))))
  }

  /// However an option is written in the form, its own text is found again.
  @Test func everyOptionIsFoundAgain() {
    for group in Rater.Group.allCases {
      for item in Self.questionnaire.items where item.scored != nil {
        if group == .customer, item.scored?.customers == nil { continue }
        for option in Self.questionnaire.formOptions(of: item, for: group) {
          let spellings = [
            option.text, option.text.uppercased(),
            option.text.replacing("’", with: "'").replacing(" – ", with: " - "),
            "  " + option.text.replacing(" ", with: "\u{A0}"), String(option.text.dropLast()),
          ]
          for text in spellings.prefix(option.text.hasSuffix(".") ? 5 : 4) {
            #expect(
              FormAnswer(text, to: item, group, Self.questionnaire) == .answer(option.answer),
              "\(item.id): \(text)")
          }
        }
        for (level, text) in FormAnswer.texts(of: item, group, Self.questionnaire) {
          #expect(
            FormAnswer(text, to: item, group, Self.questionnaire) == .answer(.answered(.level(level))),
            "\(text)")
        }
      }
    }
  }

  @Test(
    arguments: [
      ("5", "own-who", "“5” is no answer to own-who; expected 0 to 4 or the answer's own text"),
      (
        "c", "own-who",
        "“c” is a letter, and these are for two-sided questions; expected 0 to 4 or the answer's own text"
      ),
      ("yes", "own-who", "“yes” is no answer to own-who; expected 0 to 4 or the answer's own text"),
      ("2.5", "own-who", "“2.5” is no answer to own-who; expected 0 to 4 or the answer's own text"),
      ("3-4", "own-who", "“3-4” is no answer to own-who; expected 0 to 4 or the answer's own text"),
      ("1,2", "own-who", "“1,2” is no answer to own-who; expected 0 to 4 or the answer's own text"),
      (
        "3 – nonsense", "own-who",
        "“3 – nonsense” is no answer to own-who; expected 0 to 4 or the answer's own text"
      ),
      (
        "2.5 maybe", "own-who",
        "“2.5 maybe” is no answer to own-who; expected 0 to 4 or the answer's own text"
      ),
      ("3 years", "own-who", "“3 years” is no answer to own-who; expected 0 to 4 or the answer's own text"),
      ("f", "exp-promise", "“f” is no answer to exp-promise; expected a to e or the answer's own text"),
    ])
  func whatIsNoAnswerIsRefused(cell: String, item: String, message: String) {
    let item = Self.questionnaire.item(item)!
    #expect(FormAnswer(cell, to: item, .staff, Self.questionnaire) == .problem(message))
  }

  @Test func aNumberWithAnotherAnswersTextIsRefused() {
    let item = Self.questionnaire.item("own-who")!
    let text = Self.questionnaire.anchors(of: item)[1].text
    guard case .problem = FormAnswer("3 – \(text)", to: item, .staff, Self.questionnaire) else {
      Issue.record("it was taken")
      return
    }
  }

  // MARK: Columns

  static let who = "Who? [own-who]"

  @Test(
    arguments: [
      ("[own-who]", true), ("own-who", true), ("own-who: whatever it says", true),
      ("1. Who? (own-who)", true),
      ("Who changes something?", false), ("Points - Who? [own-who]", false), ("own-whoever", false),
    ])
  func aQuestionIsFoundByItsID(title: String, isFound: Bool) {
    let columns = FormColumns([title, "[emo-feel]"], Self.questionnaire)
    #expect(columns.itemColumns.contains { $0.item == "own-who" } == isFound)
  }

  @Test func aQuestionIsFoundByItsWholeText() {
    let item = Self.questionnaire.item("exp-listen")!
    for title in [item.text, "7. \(item.text.uppercased())", item.text.replacing(" ", with: "\n")] {
      #expect(FormColumns([title], Self.questionnaire).itemColumns.map(\.item) == ["exp-listen"])
    }
  }

  /// What would lose answers is refused by its column, not left out.
  @Test func whatReadsNearlyLikeAQuestionIsRefused() {
    let renamed = "How do you learn what our dear customers expect of you today?"
    #expect(
      Self.problems([["Name", Self.who, renamed], ["Ana", "1", "3"]])
        == [
          "column C: “How do you learn what our dear customers expect o…” is nearly exp-listen, whose text reads otherwise: put "
            + "[exp-listen] into the title, or take the column out"
        ])
    // By its answers, too.
    let texts = Self.questionnaire.anchors(of: Self.questionnaire.item("emo-feel")!).map(\.text)
    let told = Self.problems([
      ["Name", Self.who, "Question 7"], ["Ana", "1", texts[2]], ["Ben", "1", texts[3]],
    ])
    #expect(told.count == 1 && told[0].hasPrefix("column C: “Question 7” is nearly emo-feel"))
  }

  @Test(
    arguments: [
      (
        [["Name", "Who? [own-who]", "Who again? [own-who]"], ["Ana", "1", "2"]],
        ["column C: “Who again? [own-who]”: own-who stands in column B, too"]
      ),
      (
        [["Name", "[own-who] [emo-feel]"], ["Ana", "1"]],
        ["column B: “[own-who] [emo-feel]”: it names own-who and emo-feel"]
      ),
      (
        [["Name", "Question 1"], ["Ana", "1"]],
        [
          "no column is found by its title: a question's column has the question's whole text in its title, or its id in "
            + "brackets, as `workshop sheets --form` writes them"
        ]
      ),
      (
        [["Email Address", "[own-who]"], ["ana@acme.example", "1"]],
        [
          "column A: people are told apart by addresses alone: add a column Name with their names as on the list; or take the "
            + "column out, and the answers are counts that lead to nobody"
        ]
      ),
      (
        [["Name", "[own-who]"], ["Ana", "1"], ["Ana", "2"]],
        [
          "row 3, column A: Ana stands in row 2, too, with other answers: keep one of the two, or give two people two names"
        ]
      ),
      (
        [["Name", "[own-who]"], ["Ana", "1"], ["", "2"]],
        ["row 3, column A: this row says nobody's name, and others do; fill the cell, or take the row out"]
      ),
      (
        [["Name", "[own-who]", "[emo-feel]"], ["Ana", "1", "2"], ["Ben", "1"]],
        ["row 3: the row ends before its last column, as if the file was cut off here"]
      ),
      ([["Name", "[own-who]"], ["Ana", ""]], ["there is no answer to any question under the header"]),
    ] as [([[String]], [String])])
  func whatCannotBeReadIsRefusedByItsPlace(rows: [[String]], told: [String]) {
    #expect(Self.problems(rows) == told)
  }

  /// All problems of a table are told at once, in its order.
  @Test func allProblemsAreTold() {
    let told = Self.problems([
      ["Name", "[own-who]", "[emo-feel]"], ["Ana", "x", "7"], ["Ben", "1", "9"], ["", "1", "1"],
    ])
    #expect(
      told.map { $0.prefix { $0 != ":" } } == [
        "row 2, column B", "row 2, column C", "row 3, column C", "row 4, column A",
      ])
  }

  /// A name that the form asks for stands behind the account's; who is not signed in has none.
  @Test func theLastNameCounts() throws {
    let table = try Self.read(rows: [
      ["Email", "Name", "Your name", "[own-who]"], ["a@b.example", "Lindgren, Ana", "Ana", "1"],
      ["anonymous", "anonymous", "Ben", "2"], ["c@b.example", "Cleo", "", "3"],
    ])
    #expect(table.people.map(\.name) == ["Ana", "Ben", "Cleo"])
  }

  /// Somebody who stands there twice with the same answers counts once.
  @Test func theSameTwiceCountsOnce() throws {
    let table = try Self.read(rows: [["Name", "[own-who]"], ["Ana", "1"], ["Ben", "2"], [" ana", "1"]])
    #expect(table.people.map(\.name) == ["Ana", "Ben"] && table.doubled == [4])
    // Two people without names may say the same; a submission is there once.
    let counted = try Self.read(rows: [["[own-who]"], ["1"], ["1"]])
    #expect(counted.people.count == 2)
    let submitted = try Self.read(rows: [["ID", "[own-who]"], ["1", "1"], ["2", "1"], ["2", "1"]])
    #expect(submitted.people.count == 2 && submitted.doubled == [4])
  }

  /// The same form has the same digest whatever else a service adds; another one has another.
  @Test func theDigestIsOfTheColumns() {
    func digest(_ titles: [String]) -> String { FormColumns(titles, Self.questionnaire).digest }
    let one = digest(["ID", "Who? [own-who]", "[emo-feel]"])
    #expect(digest(["ID", "Who? [own-who]", "Points - Who? [own-who]", "[emo-feel]"]) == one)
    #expect(digest(["ID", "Who? [own-who]"]) != one && one.count == 16)
    #expect(digest(["ID", "Who? [own-who]", "[emo-feel]", "Second room?"]) != one)
  }

  /// A formula in a cell is text, as anywhere.
  @Test func formulasAreText() throws {
    let table = try Self.read(rows: [["Name", "[own-who]"], ["'=Ana", "1"], ["'+Ben", "2"]])
    #expect(table.people.map(\.name) == ["=Ana", "+Ben"])
  }

  /// Whatever is in a file, it is answered: read or refused, never a crash.
  @Test func mutantsAreAnswered() throws {
    for (place, name) in ["google", "microsoft", "customers"].enumerated() {
      let bytes = try fixture("forms/\(name).csv")
      var random = SeededGenerator(state: UInt64(place) + 900)
      for _ in 0..<300 {
        var mutant = bytes
        for _ in 0..<Int.random(in: 1...6, using: &random) {
          let at = Int.random(in: 0..<mutant.count, using: &random)
          switch Int.random(in: 0..<4, using: &random) {
          case 0: mutant[at] = UInt8.random(in: 0...255, using: &random)
          case 1: mutant.remove(at: at)
          case 2: mutant.insert([0x22, 0x2C, 0x3B, 0x0A, 0xFF].randomElement(using: &random)!, at: at)
          default: mutant.removeLast(min(mutant.count - 1, Int.random(in: 1...200, using: &random)))
          }
        }
        _ = try? FormTable.read(mutant, Self.questionnaire)
      }
    }
  }
}
