import AssessmentModel
import Foundation
import Testing

/// An assessment that begins with the last one's answers, and a workshop that shows them once everybody has voted.
extension TerminalTests {
  @Test func enterConfirmsWhatIsShownAsTakenOver() throws {
    _ = try run(["import", "-"], input: CommandTests.document(1), in: folder)
    _ = try run(["finish", "A1"], in: folder)
    let terminal = try Terminal(["assess", "--from", "A1"], in: folder)
    let intro = terminal.wait(for: "Was it you who answered then? yes or no> ")
    terminal.enter("yes")
    let first = intro + terminal.wait(for: "own-who [1?]> ")
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
    #expect(result.contains("14 answers wait to be confirmed"), "\(result)")
    // Who said so is the same person, though nobody has a name.
    let compared = try JSONValue(
      parsing: try run(["compare", "A1", "last", "--format", "json"], in: folder).output.utf8)
    #expect(compared["core"]["items"].list.count == 2)
    // Once more, resumed where it stood; what is confirmed is asked no more.
    let again = try Terminal(["assess", "--resume"], in: folder)
    again.wait(for: "emo-feel [1?]> ")
    again.enter("dk")
    again.wait(for: "ant-early [1?]> ")
    again.enter("back")
    // ^D counts at the prompt; before it the line discipline has it.
    #expect(!again.wait(for: "emo-feel [don't know]> ").contains("last time"))
    again.type("\u{4}")
    #expect(again.waitForEnd() == 0)
  }

  @Test func newFromLastIsAWordAtHome() throws {
    _ = try run(["import", "-"], input: CommandTests.document(2), in: folder)
    _ = try run(["finish", "A1"], in: folder)
    let terminal = try Terminal([], in: folder)
    terminal.wait(for: "outside-in> ")
    terminal.enter("new from last")
    terminal.wait(for: "yes or no> ")
    terminal.enter("perhaps")
    #expect(terminal.wait(for: "yes or no> ").contains("somebody else's with chance"))
    terminal.enter("no")
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
    /// The same team before, at level 3, answered by so many.
    func document(_ id: String, _ people: Int, _ day: String) -> String {
      let raters = (1...people).map { "{\"id\":\"r\($0)\"}" }.joined(separator: ",")
      let responses = outsideIn.questionnaire.items.filter { $0.core && $0.scored != nil }.flatMap { item in
        (1...people).map {
          "{\"item\":\"\(item.id)\",\"rater\":\"r\($0)\",\"value\":\(item.scored!.oriented(3))}"
        }
      }.joined(separator: ",")
      return """
        {"schema":"outside-in.assessment/1","id":"\(id)","organization":"Acme","team":"All","scope":"core",
         "startedAt":"\(day)T09:00:00Z","finishedAt":"\(day)T10:00:00Z","questionnaire":{"id":"outside-in","version":"2.0.0"},
         "raters":[\(raters)],"responses":[\(responses)]}
        """
    }
    _ = try run(["import", "-"], input: document("A1", 3, "2026-03-19"), in: folder)
    let terminal = try beginWorkshop(in: folder)
    #expect(!terminal.screen.contains("Last time"))
    terminal.enter("0 4 5 0 0")
    #expect(terminal.wait(for: "own-who (Enter: next)> ").contains("Last time, on 2026-03-19: middle 3."))
    quit(terminal)
    // Of one person the middle would be that person's answer.
    let alone = try TemporaryFolder()
    _ = try run(["import", "-"], input: document("A2", 1, "2026-09-17"), in: alone)
    let other = try beginWorkshop(in: alone)
    other.enter("0 4 5 0 0")
    #expect(!other.wait(for: "own-who (Enter: next)> ").contains("Last time"))
    quit(other)
  }
}
