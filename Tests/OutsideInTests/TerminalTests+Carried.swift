import AssessmentModel
import Foundation
import Testing

/// An assessment that begins with the last one's answers, and a workshop that shows them once everybody has voted.
extension TerminalTests {
  @Test func enterConfirmsWhatIsShownAsTakenOver() throws {
    _ = try run(["import", "-"], input: CommandTests.document(1), in: folder)
    _ = try run(["finish", "A1"], in: folder)
    let terminal = try Terminal(["assess", "--from", "A1"], in: folder)
    let first = terminal.wait(for: "own-who [1?]> ")
    #expect(first.contains("16 answers") && first.contains("each marked"))
    #expect(first.contains("(last time)") && first.contains("Enter confirms it, another answer replaces it"))
    #expect(!first.contains("Name of the organisation"))
    terminal.enter()
    terminal.wait(for: "own-empower [1?]> ")
    terminal.enter("3")
    terminal.wait(for: "emo-feel [1?]> ")
    terminal.enter("next")
    terminal.wait(for: "ant-early [1?]> ")
    terminal.enter("result")
    terminal.wait(for: "ant-early [1?]> ")
    terminal.enter("back")
    terminal.wait(for: "emo-feel [1?]> ")
    terminal.type("\u{4}")
    #expect(terminal.waitForEnd() == 0)
    let stored = try JSONValue(parsing: try run(["export", "last"], in: folder).output.utf8)
    let carried = Dictionary(
      uniqueKeysWithValues: stored["responses"].list.map { ($0["item"].text, $0["carried"].text) })
    #expect(
      carried["own-who"] == "confirmed" && carried["own-empower"] == "" && carried["emo-feel"] == "toConfirm")
    let result = try run(["result", "last"], in: folder).output.split(whereSeparator: \.isWhitespace).joined(
      separator: " ")
    #expect(result.contains("not enough answers for a verdict"), "\(result)")
    // Once more, resumed where it stood; what is confirmed is asked no more.
    let again = try Terminal(["assess", "--resume"], in: folder)
    again.wait(for: "emo-feel [1?]> ")
    again.enter("dk")
    again.wait(for: "ant-early [1?]> ")
    again.enter("back")
    #expect(!again.wait(for: "emo-feel").contains("last time"))
    again.type("\u{4}")
    #expect(again.waitForEnd() == 0)
  }

  @Test func newFromLastIsAWordAtHome() throws {
    _ = try run(["import", "-"], input: CommandTests.document(2), in: folder)
    _ = try run(["finish", "A1"], in: folder)
    let terminal = try Terminal([], in: folder)
    terminal.wait(for: "outside-in> ")
    terminal.enter("new from last")
    terminal.wait(for: "own-who [2?]> ")
    terminal.type("\u{4}")
    #expect(terminal.waitForEnd() == 0)
    let refused = try Terminal([], in: folder)
    refused.wait(for: "outside-in> ")
    refused.enter("new from")
    #expect(refused.wait(for: "outside-in> ").contains("new from takes an assessment"))
    refused.type("\u{4}")
    #expect(refused.waitForEnd() == 0)
  }

  @Test func aWorkshopShowsTheLastValueAfterTheRevealOnly() throws {
    let before = CommandTests.document(3).replacing(
      "\"organization\":\"Acme\"", with: "\"organization\":\"Acme\",\"team\":\"All\"")
    _ = try run(["import", "-"], input: before, in: folder)
    _ = try run(["finish", "A1"], in: folder)
    let terminal = try beginWorkshop(in: folder)
    #expect(!terminal.screen.contains("Last time"))
    terminal.enter("0 4 5 0 0")
    let revealed = terminal.wait(for: "own-who (Enter: next)> ")
    #expect(revealed.contains("Last time, on ") && revealed.contains("middle 3."))
    quit(terminal)
  }
}
