import AssessmentModel
import Foundation
import Testing

/// What surrounds the program: completion for shells, the man page, the way to a new laptop.
extension CommandTests {
  @Test(arguments: ["bash", "zsh", "fish"])
  func everyShellGetsItsCompletions(shell: String) throws {
    let script = try run("--generate-completion-script", shell)
    #expect(script.status == 0)
    for word in ["assess", "questionnaire", "export", "accessible", "data-dir", "markdown"] {
      #expect(script.output.contains(word), "\(shell): \(word)")
    }
  }

  @Test func idsAreCompletedFromTheStore() throws {
    _ = try run("import", "-", input: Self.document(1))
    let offered = try run("---completion", "result", "--", "positional@0", "1", "0")
    #expect(offered.output.split(separator: "\n").contains("A1"), "\(offered.output)\(offered.errors)")
  }

  /// The page is generated; this holds that it was generated again after the last change.
  @Test func theManPageNamesEveryCommandAndOption() throws {
    let page = try run("manual").output
    let dump = try JSONValue(parsing: try run("--experimental-dump-help").output.utf8)
    func walk(_ command: JSONValue) {
      let name = command["commandName"].text
      #expect(page.contains(name), "\(name) is missing; generate the page anew (Sources/README.md)")
      let abstract = command["abstract"].text
      #expect(page.contains(abstract), "\(name) says otherwise; generate the page anew (Sources/README.md)")
      for argument in command["arguments"].list {
        for option in argument["names"].list where option["kind"].text == "long" {
          #expect(page.contains("-\(option["name"].text)"), "\(name) \(option["name"].text)")
        }
      }
      for child in command["subcommands"].list where child["commandName"].text != "help" { walk(child) }
    }
    walk(dump["command"])
    #expect(page.hasPrefix(".\\\"") && page.contains(".Dt OUTSIDE-IN 1"))
  }

  @Test func everythingGoesToTheNewLaptop() throws {
    // A finished one with its commitments, one that is open in the middle, one that was deepened.
    let finished =
      Self.document(1, id: "F", extra: #","finishedAt":"2026-01-16T09:00:00Z","parked":["é日本"]"#)
      .dropLast()
      + #","commitments":[{"action":"own-1","title":"T","owner":"Ana","firstStep":"F","by":"2026-01-22","done":"D","stop":"S"}]}"#
    _ = try run("import", "-", input: String(finished))
    let open = #"""
      {"schema":"outside-in.assessment/1","id":"O","questionnaire":{"id":"outside-in"},"scope":"core",
       "deepened":["journey"],"responses":[{"item":"own-who","value":3},{"item":"own-empower","value":2}]}
      """#
    #expect(try run("import", "-", input: open).status == 0)
    #expect(try run("export", "--all", "-o", folder.file("all.jsonl")).status == 0)

    let laptop = try TemporaryFolder()
    let imported = try OutsideInTests.run(["import", folder.file("all.jsonl")], in: laptop)
    #expect(imported.output == "F\nO\n")
    _ = try OutsideInTests.run(["export", "--all", "-o", laptop.file("again.jsonl")], in: laptop)
    let (there, here) = (laptop.file("again.jsonl"), folder.file("all.jsonl"))
    #expect(try Data(contentsOf: URL(fileURLWithPath: there)) == Data(contentsOf: URL(fileURLWithPath: here)))
    let plan = try OutsideInTests.run(["plan", "F", "--format", "json"], in: laptop)
    #expect(try JSONValue(parsing: plan.output.utf8)["commitments"].list.map { $0["owner"].text } == ["Ana"])
    // The open one goes on at its first open question, of twenty-one.
    let terminal = try Terminal(["assess", "--resume", "O"], in: laptop)
    #expect(terminal.wait(for: "emo-feel> ").contains("Question 3 of 21"))
    terminal.enter("quit")
    #expect(terminal.waitForEnd() == 0)
  }

  @Test(arguments: [
    (#""deepened":["jurney"]"#, "$.deepened[0]"), (#""deepened":["journey","journey"]"#, "$.deepened[1]"),
    (#""commitments":[{"action":"x"}]"#, "$.commitments[0].title"), (#""commitments":7"#, "$.commitments"),
  ])
  func whatCanNotBeTakenInIsNamed(field: String, path: String) throws {
    let refused = try run("import", "-", input: Self.document(1, extra: ",\(field)"))
    #expect(refused.status == 65 && refused.errors.contains(path), "\(refused.errors)")
    #expect(try run("list").output.isEmpty)
  }
}
