import AssessmentModel
import Foundation
import Testing

/// The prompt without a command.
extension TerminalTests {
  @Test func homeGoesOnOpensAndTakesEveryCommand() throws {
    _ = try run(["import", "-"], input: CommandTests.document(1), in: folder)
    _ = try run(["finish", "A1"], in: folder)
    let terminal = try Terminal([], in: folder)
    #expect(terminal.wait(for: "outside-in> ").contains(": finished on"))
    terminal.enter("lsit")
    #expect(terminal.wait(for: "outside-in> ").contains("did you mean \"list\"?"))
    terminal.enter("result")
    #expect(terminal.wait(for: "outside-in> ").contains("Inside-Out"))
    terminal.enter("set team 'Front desk'")
    terminal.wait(for: "outside-in> ")
    terminal.enter("plan last -o 'my plan.md'")
    terminal.wait(for: "Written: my plan.md")
    terminal.wait(for: "outside-in> ")
    terminal.type("import 'my\t")
    terminal.wait(for: "plan.md\"")
    terminal.type("\u{15}expl\tA\tjou-h\t")
    terminal.wait(for: "explain A1 jou-handover")
    terminal.enter()
    #expect(terminal.wait(for: "outside-in> ").contains("JOU-HANDOVER"))
    terminal.enter("open A1")
    terminal.wait(for: "own-who [1]> ")
    terminal.enter("2")
    terminal.wait(for: "What they expect> ")
    terminal.type("\u{4}")
    #expect(terminal.waitForEnd() == 0)
    #expect(FileManager.default.fileExists(atPath: folder.file("my plan.md")))
    #expect(try run(["list"], in: folder).output.contains("Front desk"))
    let again = try Terminal([], in: folder)
    #expect(again.wait(for: "outside-in> ").contains("1  "))
    again.enter("7")
    #expect(again.wait(for: "outside-in> ").contains("Nothing open has the number 7"))
    again.enter("delete A1")
    again.wait(for: "yes or no> ")
    again.enter("yes")
    #expect(again.wait(for: "outside-in> ").contains("Deleted: Acme, Front desk"))
    again.enter("new full")
    again.wait(for: "organisation (Enter leaves it out)> ")
    for line in ["Acme", "", ""] { again.enter(line) }
    #expect(again.wait(for: "own-who> ").contains("Question 1 of 42"))
    again.type("\u{4}")
    #expect(again.waitForEnd() == 0)
  }

  @Test func anExtendedAssessmentAsksNothingTwice() throws {
    let terminal = try begin()
    for item in outsideIn.questionnaire.items where item.core && item.scored != nil {
      if case .bipolar = item.scored?.form { terminal.enter("c") } else { terminal.enter("1") }
    }
    terminal.wait(for: "What they expect> ")
    terminal.enter("deepen all")
    var asked: [String] = []
    for item in outsideIn.questionnaire.items where !item.core && item.scored != nil {
      terminal.wait(for: "\(item.id)> ")
      asked.append(item.id)
      if case .bipolar = item.scored?.form { terminal.enter("c") } else { terminal.enter("1") }
      // The records that stand between the questions are left out.
      let section = outsideIn.questionnaire.section(of: item.id)!
      if section.items.last(where: { $0.scored != nil })?.id == item.id {
        for record in section.items
        where record.scored == nil
          && !["cur-sector", "cur-about", "cur-size", "cur-market", "vis-raise"].contains(record.id)
        {
          terminal.enter()
        }
      }
    }
    #expect(asked.count == 26)
    terminal.wait(for: "Enter goes on, back changes")
    terminal.enter("result")
    terminal.wait(for: "Enter goes on, back changes")
    terminal.enter("quit")
    #expect(terminal.waitForEnd() == 0)
    let card = try run(["result", "last", "--format", "json"], in: folder).output
    #expect(card.contains(#""scope": "full""#) && card.contains(#""coverage": 1,"#))
  }
}
