import AssessmentModel
import Foundation
import GRDB
import Storage
import Testing

@testable import Interchange
@testable import OutsideInCLI

/// Files of many assessments: what is the same, what differs, and what travels with them.
@Suite struct ManyImportTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func run(_ arguments: String..., input: String = "", data: String = "data") throws -> Run {
    try OutsideInTests.run(arguments + ["--data-dir", folder.file(data)], input: input, in: folder)
  }

  private func level(_ id: String) throws -> Double? {
    try JSONValue(parsing: run("export", id).output.utf8)["responses"].list.first?["value"].number
  }

  @Test func whatIsTheSameIsSkipped() throws {
    let lines = assessmentLine("A1", 1) + assessmentLine("A2", 2)
    #expect(try run("import", "-", input: lines).output == "A1\nA2\n")
    let again = try run("import", "-", input: lines + assessmentLine("A3", 3))
    #expect(again.status == 0 && again.output == "A3\n")
    #expect(again.errors == "1 of 3 assessments came in, 2 were here already.\n")
  }

  /// Nothing comes in, and all that differ are named, so that one look is enough.
  @Test func whatDiffersIsListed() throws {
    _ = try run("import", "-", input: assessmentLine("A1", 1) + assessmentLine("A2", 2))
    let refused = try run(
      "import", "-",
      input: assessmentLine("A3", 3) + assessmentLine("A1", 4) + assessmentLine("A2", 4, team: "Sales"))
    #expect(refused.status == 65)
    #expect(refused.errors.contains("of 3 assessments 2 are stored already and differ. Nothing was stored."))
    #expect(refused.errors.contains("  A1: Acme, Support (2026-01-15)\n"))
    #expect(refused.errors.contains("  A2: Acme, Support (2026-01-15); in the file Acme, Sales (2026-01-15)"))
    #expect(refused.errors.contains("--newer"))
    #expect(try run("export", "A3").status == 66)
  }

  @Test func theNewerOneCounts() throws {
    _ = try run("import", "-", input: assessmentLine("A1", 1) + assessmentLine("A2", 2))
    let lines =
      assessmentLine("A1", 4, at: "2026-02-01T09:00:00Z")
      + assessmentLine("A2", 4, at: "2026-01-02T09:00:00Z")
      + assessmentLine("A3", 3)
    let imported = try run("import", "-", "--newer", input: lines)
    #expect(imported.status == 0 && imported.output == "A1\nA3\n")
    #expect(
      imported.errors.hasSuffix(
        "1 of 3 assessments came in, 1 took the place of an older one, 1 differs and stays as here.\n"))
    #expect(try ["A1", "A2", "A3"].map(level) == [4, 2, 3])
    // What had to give way is not gone.
    #expect(
      imported.errors.contains("A1, Acme, Support: 1 answer of it is another one now, or gone."))
    let kept = try #require(imported.errors.firstMatch(of: /are in (.+\.jsonl);/))
    #expect(try run("import", String(kept.1), data: "kept").output == "A1\n")
    #expect(
      try run("export", "A1", "--format", "csv", data: "kept").output.contains(
        "own-who,r1,,staff,1,answered,1"))
    // Neither is the newer one.
    let tied = try run("import", "-", "--newer", input: assessmentLine("A3", 0) + assessmentLine("A4", 1))
    #expect(tied.status == 65 && tied.errors.contains("neither says that it is the newer one"))
    #expect(try level("A3") == 3)
  }

  /// Renaming leaves no trace, so names never keep anything from coming in.
  @Test func namesAloneKeepNothingOut() throws {
    _ = try run("import", "-", input: assessmentLine("A1", 1) + assessmentLine("A2", 2))
    _ = try run("rename", "A1", "--organization", "ACME")
    _ = try run("rename", "A2", "--organization", "Beta")
    let lines = assessmentLine("A1", 1) + assessmentLine("A2", 2) + assessmentLine("A3", 3)
    let refused = try run("import", "-", input: lines)
    #expect(refused.status == 65 && refused.errors.contains("1 is stored already and differs"))
    #expect(
      refused.errors.contains(
        "A2: Beta, Support (2026-01-15); in the file Acme, Support (2026-01-15); only names differ"))
    let imported = try run("import", "-", "--newer", input: lines)
    #expect(imported.status == 0 && imported.output == "A3\n")
    #expect(imported.errors.contains("A2 is Beta, Support here, Acme, Support in the file, and stays so."))
    #expect(
      imported.errors.contains("1 of 3 assessments came in, 1 was here already, 1 differs and stays as here.")
    )
  }

  @Test func anExportMayBeOfOneOrganisation() throws {
    _ = try run(
      "import", "-",
      input: assessmentLine("A1", 1) + assessmentLine("B1", 2).replacing("\"Acme\"", with: "\"Beta\""))
    let exported = try run("export", "--all", "--organization", "beta")
    #expect(exported.status == 0 && exported.output.contains("B1") && !exported.output.contains("A1"))
    let table = try run("export", "--all", "--organization", "acme", "--format", "csv", "--names")
    #expect(table.output.contains("A1") && !table.output.contains("B1"))
    #expect(try run("export", "--all", "--organization", "Gamma").status == 66)
    #expect(try run("export", "A1", "--organization", "Acme").status == 64)
  }

  @Test func whatDiffersCanBePassedOver() throws {
    _ = try run("import", "-", input: assessmentLine("A1", 1))
    let imported = try run("import", "-", "--skip", input: assessmentLine("A1", 4) + assessmentLine("A2", 2))
    #expect(
      imported.status == 0 && imported.output == "A2\n"
        && imported.errors.contains("1 differs and stays as here"))
    #expect(try level("A1") == 1)
    let one = try run("import", "-", "--skip", input: assessmentLine("A1", 4))
    #expect(one.status == 0 && one.output == "A1\n" && one.errors.contains("stays as it is"))
    #expect(try run("import", "-", "--skip", "--newer", input: assessmentLine("A1", 4)).status == 64)
    #expect(try run("import", "-", "--into", "A1", "--skip", input: assessmentLine("A1", 4)).status == 64)
  }

  /// What somebody has open is not replaced behind their back.
  @Test func whatIsOpenElsewhereStays() throws {
    _ = try run("import", "-", input: assessmentLine("A1", 1))
    let store = try Store(directory: folder.file("data"))
    let lock = try store.hold("A1", at: noon)
    let lines = assessmentLine("A1", 4, at: "2026-02-01T09:00:00Z") + assessmentLine("A2", 2)
    #expect(try run("import", "-", "--newer", input: lines).status == 75)
    withExtendedLifetime(lock) {}
    #expect(try run("export", "A2").status == 66)
  }

  /// The second line is wrong in every way that a line can be.
  @Test(arguments: [
    ("{", "line 3: $: expected a key in quotes"),
    (#"{"schema":"outside-in.assessment/1","x":1,"x":2}"#, "line 3: $.x: this key stands here twice"),
    (#"{"schema":"outside-in.plan/1"}"#, "line 3: $.schema:"), ("[]", "line 3: $: expected an object"),
    ("nonsense", "line 3: $: not a JSON value"),
    (#"{"schema":"outside-in.questionnaire/1","content":"sha256:0"}"#, "line 3: $.definition:"),
  ])
  func oneWrongLineKeepsAllOut(wrong: String, said: String) throws {
    let refused = try run(
      "import", "-", input: assessmentLine("A1", 1) + "\r\n" + wrong + "\n" + assessmentLine("A2", 2))
    #expect(refused.status == 65 && refused.errors.contains(said), "\(refused.errors)")
    #expect(try run("list", "--format", "json").output.contains("A1") == false)
  }

  /// Lines end as people's programs end them, and one may be the last without an end.
  @Test func linesMayEndInAnyWay() throws {
    let lines = (assessmentLine("A1", 1) + assessmentLine("A2", 2)).replacing("\n", with: "\r\n\r\n")
    #expect(
      try run("import", "-", input: "\n" + lines + String(assessmentLine("A3", 3).dropLast())).output
        == "A1\nA2\nA3\n")
  }

  @Test func aLineHasItsLimitAndAFileHasNone() throws {
    let long = assessmentLine("A2", 2).replacing("Support", with: String(repeating: "x", count: 17 << 20))
    try folder.write(["long.jsonl": assessmentLine("A1", 1) + long], to: ".")
    let refused = try run("import", folder.file("long.jsonl"))
    #expect(
      refused.status == 65 && refused.errors.contains("line 2 is over 16 MB"), "\(refused.errors.prefix(300))"
    )
    // Many short lines may be more than that together, and more than a document may be.
    if ProcessInfo.processInfo.environment["OUTSIDE_IN_PROPERTIES"] != "full" { return }
    let padding = String(repeating: " ", count: 1 << 20)
    let many = (1...70).map { "\(padding)\(assessmentLine("B\($0)", 1))" }.joined()
    #expect(try run("import", "-", input: many).status == 0)
  }

  /// Questionnaires that a program does not know travel with what was answered to them.
  @Test func whatGoesOutComesInWithItsQuestionnaire() throws {
    try folder.write(EditionTests.hospital, to: "own/hospital/1.0.0")
    let text =
      #"{"schema":"outside-in.assessment/1","id":"T1","startedAt":"2026-01-01T09:00:00Z","questionnaire":{"id":"hospital"},"#
      + #""responses":[{"item":"jou-letters","value":3}]}"#
    #expect(try run("import", "-", "--questionnaires", folder.file("own"), input: text).status == 0)
    _ = try run("import", "-", input: assessmentLine("A1", 1) + assessmentLine("A2", 2))
    let exported = try run("export", "--all", "-o", folder.file("all.jsonl"))
    #expect(exported.status == 0 && exported.errors.contains("Not in it:"), "\(exported.errors)")
    let lines = try String(contentsOfFile: folder.file("all.jsonl"), encoding: .utf8).split(separator: "\n")
    let schemas = try lines.map { try JSONValue(parsing: $0.utf8)["schema"].text }
    #expect(
      schemas
        == ["questionnaire", "assessment", "questionnaire", "assessment", "assessment"].map {
          "outside-in.\($0)/1"
        })
    #expect(try run("import", folder.file("all.jsonl"), data: "other").output == "T1\nA1\nA2\n")
    #expect(try run("export", "T1", data: "other").output == run("export", "T1").output)
    let again = try run("export", "--all", data: "other")
    #expect(again.output.split(separator: "\n") == lines)
  }

  /// One's own migrations and steps go with the assessments that they are for.
  @Test func ownMigrationsAndStepsTravel() throws {
    try folder.write(EditionTests.hospital, to: "data/questionnaires/hospital/1.0.0")
    try folder.write(["1.0.0--2.0.0.yaml": "migration: ü\n"], to: "data/questionnaires/hospital/migrations")
    try folder.write(["actions.yaml": "steps: []\n"], to: "data/questionnaires/hospital")
    let text =
      #"{"schema":"outside-in.assessment/1","id":"T1","questionnaire":{"id":"hospital"},"#
      + #""responses":[{"item":"jou-letters","value":3}]}"#
    #expect(try run("import", "-", input: text).status == 0)
    #expect(try run("export", "--all", "-o", folder.file("all.jsonl")).status == 0)
    let imported = try run("import", folder.file("all.jsonl"), data: "other")
    #expect(
      imported.output == "T1\n" && imported.errors.contains("actions.yaml came with it"), "\(imported.errors)"
    )
    let other = folder.file("other/questionnaires/hospital")
    #expect(
      try String(contentsOfFile: other + "/migrations/1.0.0--2.0.0.yaml", encoding: .utf8) == "migration: ü\n"
    )
    // Once more is no news, and what is there is not written over.
    #expect(try !run("import", folder.file("all.jsonl"), data: "other").errors.contains("came with it"))
    try "steps: [mine]\n".write(toFile: other + "/actions.yaml", atomically: true, encoding: .utf8)
    #expect(try run("import", folder.file("all.jsonl"), data: "other").errors.contains("it stays as it is"))
    #expect(try String(contentsOfFile: other + "/actions.yaml", encoding: .utf8) == "steps: [mine]\n")
  }

  @Test(arguments: [
    (#""questionnaire":"../x","file":"actions.yaml""#, "$.questionnaire"),
    (#""questionnaire":"x","file":"../actions.yaml""#, "$.file"),
    (#""questionnaire":"x","file":"other.yaml""#, "$.file"),
    (#""questionnaire":"x","file":"actions.yaml","more":1"#, "$.more"),
  ])
  func aFileOfManyWritesNowhereElse(keys: String, path: String) throws {
    let line = #"{"schema":"outside-in.actions/1",\#(keys),"text":"a"}"# + "\n"
    let refused = try run("import", "-", input: assessmentLine("A1", 1) + line)
    #expect(refused.status == 65 && refused.errors.contains("line 2: \(path)"), "\(refused.errors)")
  }

  /// Among many a row without an organisation would be one without a name.
  @Test func aTableOfManySaysWhoseEachIs() throws {
    let table =
      "assessment,organization,startedAt,item,value\nA,Acme,2026-01-02,own-who,3\nB,,2026-01-02,own-who,2\n"
    let refused = try run("import", "-", "--format", "csv", input: table)
    #expect(
      refused.status == 65 && refused.errors.contains("-:3: organization: nothing says whose this is"),
      "\(refused.errors)")
  }

}
