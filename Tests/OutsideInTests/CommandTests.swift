import AssessmentModel
import Foundation
import Testing

/// The program without a terminal: what other programs rely on.
@Suite struct CommandTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  func run(_ arguments: String..., input: String = "") throws -> Run {
    try OutsideInTests.run(arguments, input: input, in: folder)
  }

  /// A core document with every answer at an oriented level.
  static func document(_ level: Int, id: String = "A1", extra: String = "") -> String {
    let responses = outsideIn.questionnaire.items.filter { $0.core && $0.scored != nil }.map {
      "{\"item\":\"\($0.id)\",\"value\":\($0.scored!.oriented(level))}"
    }
    return """
      {"schema":"outside-in.assessment/1","id":"\(id)","organization":"Acme","scope":"core",
       "startedAt":"2026-01-15T09:00:00Z","questionnaire":{"id":"outside-in","version":"2.0.0"},
       "responses":[\(responses.joined(separator: ","))]\(extra)}
      """
  }

  /// Person-days as people type them, and the status.
  @Test(arguments: [
    ("60", 0, ""), ("1 200", 0, ""), ("90 days", 0, ""), ("1.200", 64, "can be 1200 or 1.2"),
    ("1,200", 64, "can be 1200 or 1.2"), ("2.5", 64, "whole person-days"), ("-5", 64, "--capacity"),
    ("12 %", 64, "is in %, and this figure is in days"), ("many", 64, "is no number"),
    ("200000", 64, "0 to 100000"),
  ])
  func aCapacityIsNeverAnotherOne(text: String, status: Int32, words: String) throws {
    _ = try run("import", "-", input: Self.document(2))
    let plan = try run("plan", "A1", "--format", "json", "--capacity=\(text)")
    #expect(plan.status == status, "\(plan.errors)")
    #expect(words.isEmpty ? plan.errors.isEmpty : plan.errors.contains(words), "\(plan.errors)")
    if status == 0 {
      let days = Int(text.filter(\.isNumber)) ?? 0
      #expect(try JSONValue(parsing: plan.output.utf8)["capacityDays"] == .integer(days))
    }
  }

  @Test(arguments: [
    (4, "outsideIn", "clear", 100), (0, "insideOut", "clear", 0), (2, "insideOut", "transitional", 50),
  ])
  func importedAnswersGiveTheirVerdict(
    level: Int, orientation: String, band: String, index: Int
  ) throws {
    let imported = try run("import", "-", input: Self.document(level))
    #expect(imported.status == 0)
    #expect(imported.output == "A1\n")
    let result = try run("result", "A1", "--format", "json")
    let card = try JSONValue(parsing: result.output.utf8)
    #expect(card["verdict"]["orientation"].text == orientation)
    #expect(card["verdict"]["band"].text == band)
    #expect(card["index"] == .integer(index))
    let sum = card["contributions"].list.compactMap { $0["contribution"].number }.reduce(0, +)
    #expect(abs(sum - (Double(index) - 50)) < 1e-9)
  }

  @Test(arguments: [
    ("\"own-who\"", "\"own-whom\"", "$.responses[0].item"),
    ("\"own-who\",\"value\":4", "\"own-who\",\"value\":9", "$.responses[0].value"),
    ("\"scope\"", "\"scpoe\"", "$.scpoe"), ("\"responses\"", "\"answers\"", "$.responses"),
  ])
  func wrongDocumentsAreRefusedAndNothingIsStored(old: String, new: String, path: String) throws {
    let refused = try run("import", "-", input: Self.document(4).replacing(old, with: new))
    #expect(refused.status == 65)
    #expect(refused.output.isEmpty)
    #expect(refused.errors.contains("\(path): "), "\(refused.errors)")
    #expect(!FileManager.default.fileExists(atPath: folder.file("data")))
  }

  @Test func namesHaveOneRuleEverywhere() throws {
    _ = try run("import", "-", input: Self.document(3))
    let long = String(repeating: "x", count: 401)
    for arguments in [["--organization", long], ["--team", "a\u{7}b"], ["--rater", "r1=\(long)"]] {
      #expect(try OutsideInTests.run(["rename", "A1"] + arguments, in: folder).status == 65)
    }
    #expect(
      try run("import", "-", input: Self.document(3, id: "B").replacing("Acme", with: "A\\u0000")).status
        == 65)
  }

  @Test(arguments: [
    (["list", "--data-dir", ""], 64, "folder"), (["--no-inpt", "list"], 64, "outside-in list"),
    (["assess", "--questionnaire", "zzz"], 64, "terminal"), (["plan", "-o", "x.pdf"], 64, "print it"),
    (["import", "two.jsonl"], 65, "line 4: $.a: "),
    (["import", "same.jsonl"], 65, "two different assessments"),
    (["import", "x.csv", "--questionnaire", "outsidein"], 66, "\"outside-in\"? `outside-in"),
  ])
  func messagesSayWhatAndWhere(arguments: [String], status: Int32, hint: String) throws {
    func oneLine(_ level: Int) -> String { Self.document(level).replacing("\n", with: "") }
    for (name, text) in [
      ("two.jsonl", oneLine(3) + "\n\n\n{\"a\" 1}\n"), ("same.jsonl", oneLine(3) + "\n" + oneLine(2) + "\n"),
      ("x.csv", "item,value\n"),
    ] { try Data(text.utf8).write(to: URL(fileURLWithPath: folder.file(name))) }
    let run = try OutsideInTests.run(arguments, in: folder)
    #expect(run.status == status && run.errors.contains(hint), "\(run.status): \(run.errors)")
    #expect(!run.errors.contains(/[^.]\.\.[^.]|[?]\./), "\(run.errors)")
  }

  @Test func whereTheStoreCantBeItSaysWhyAndWhere() throws {
    try Data("x".utf8).write(to: URL(fileURLWithPath: folder.file("file")))
    let within = try run("list", "--data-dir", folder.file("file/deeper"))
    #expect(within.status == 73 && within.errors.contains("Not a directory"), "\(within.errors)")
    try FileManager.default.createDirectory(
      atPath: folder.file("d/outside-in.sqlite"), withIntermediateDirectories: true)
    let taken = try run("list", "--data-dir", folder.file("d"))
    #expect(taken.status == 74 && taken.errors.contains("Is a directory"), "\(taken.errors)")
    #expect(try run("import", folder.file("nowhere.json")).status == 66)
    #expect(try run("import", folder.path).status == 74)
    #expect(try run("list", "--data-dir", folder.file("new/and/deep")).status == 0)
  }

  @Test func optionsMayStandBeforeTheCommand() throws {
    _ = try run("import", "-", input: Self.document(3))
    let data = folder.file("data")
    #expect(try run("--data-dir", data, "--no-color", "list").output.contains("Acme"))
    #expect(try run("--data-dir=\(data)", "questionnaire", "list").output.contains("outside-in@"))
  }

  @Test func aMisspeltCommandIsCalledOne() throws {
    let wrong = try run("reslut")
    #expect(wrong.status == 64)
    #expect(wrong.errors.contains("did you mean \"result\""))
  }

  @Test func listFinishRenameDelete() throws {
    _ = try run("import", "-", input: Self.document(3))
    #expect(try run("list").output.contains("open"))
    #expect(try run("rename", "a1", "--organization", "Béta", "--rater", "r1=Ana").status == 0)
    // Not before it was begun, and not in days to come.
    for day in ["2020-01-01", "2099-01-01", "31.02.2026"] {
      #expect(try run("finish", "last", "--date", day).status == 64, "\(day)")
    }
    #expect(try run("finish", "last").status == 0)
    let listed = try run("list", "--format", "json")
    let row = try JSONValue(parsing: listed.output.utf8)["assessments"].list[0]
    #expect(row["organization"] == .string("Béta"))
    #expect(row["finishedAt"] != .null)
    #expect(try run("export", "A1").output.contains("\"name\": \"Ana\""))
    #expect(try run("delete", "A1").status == 64)
    #expect(try run("delete", "A1", "--yes").status == 0)
    #expect(try run("result", "A1").status == 66)
  }

  @Test func planInItsFormats() throws {
    _ = try run("import", "-", input: Self.document(1))
    let text = try run("plan", "A1", "--format", "markdown").output
    for part in [
      "## Not yet commitments: nobody has said yes", "# Appendix", "## 1. Vision", "## 2. Where we stand",
      "## 3. What customers expect",
      "## 4. The journey", "## 5. Metrics", "## 6. Actions and roadmap", "## 7. Review",
    ] {
      #expect(text.contains(part), "\(part)")
    }
    let json = try JSONValue(parsing: try run("plan", "A1", "--format", "json").output.utf8)
    #expect(json["schema"].text == "outside-in.plan/1")
    #expect(json["commitments"].list.count == 3)
    #expect(json["candidates"].list.count == 48)
    #expect(json["selection"]["optimal"] == .bool(true))
    #expect(try run("plan", "A1", "--format", "json").output == run("plan", "A1", "--format", "json").output)
  }

  @Test func whereThereIsNoVerdictThereIsNoPlan() throws {
    let document =
      "{\"schema\":\"outside-in.assessment/1\",\"id\":\"E\",\"questionnaire\":{\"id\":\"outside-in\"},\"responses\":[]}"
    _ = try run("import", "-", input: document)
    #expect(try run("result", "E").status == 0)
    #expect(try run("result", "E").output.contains("Answer these first"))
    #expect(try run("plan", "E").status == 65)
  }

  @Test func explainTakesTheWholeAnAreaOrAQuestion() throws {
    _ = try run("import", "-", input: Self.document(3))
    #expect(try run("explain", "A1").output.contains("the index is 50 + 25.00 = 75.00"))
    #expect(try run("explain", "A1", "journey").output.contains("critical, has no"))
    #expect(try run("explain", "A1", "exp-promise").output.contains("4 minus its"))
    let wrong = try run("explain", "A1", "jurney")
    #expect(wrong.status == 66)
    #expect(wrong.errors.contains("did you mean \"journey\""))
  }

  @Test func agreementInWordsAndFigures() throws {
    let demo = packageRoot.appending(path: "Resources/demo-november.json").path
    #expect(try run("import", demo).status == 0)
    let text = try run("agreement")
    #expect(text.status == 0)
    for words in [
      "6 people from 4 departments answered", "Talk about these first", "Billing places",
      "Krippendorff's α (ordinal)",
    ] { #expect(text.output.contains(words), "\(words)") }
    // Nobody is named.
    for name in ["Maja", "Samir", "Ines", "Olga", "Karin", "Otto"] { #expect(!text.output.contains(name)) }
    let json = try JSONValue(parsing: run("agreement", "--format", "json").output.utf8)
    #expect(json["schema"] == .string("outside-in.agreement/1"))
    #expect(json["raters"] == .integer(6))
    #expect(json["items"].list.count == 16)
    #expect(json["items"].list[0]["distribution"].numbers == [0, 2, 3, 1, 0])
    #expect(json["overall"]["alphaReason"] == .null)
    #expect(
      json["departments"].list.map { $0["department"].text } == ["Billing", "Sales", "Service", "Warehouse"])
    #expect(try run("agreement", "nowhere").status == 66)
  }

  @Test func agreementOfOneHasAReason() throws {
    _ = try run("import", "-", input: Self.document(3))
    #expect(try run("agreement", "A1").output.contains("One person answered"))
    let json = try JSONValue(parsing: run("agreement", "A1", "--format", "json").output.utf8)
    #expect(json["items"].list[0]["rwg"] == .null)
    #expect(json["items"].list[0]["reason"] == .string("oneRater"))
    #expect(json["overall"]["alphaReason"] == .string("noPairableUnits"))
    #expect(json["overall"]["rwgjReason"] == .string("oneRater"))
    #expect(json["overall"]["icc1Reason"] == .string("tooFewDepartments"))
  }

  @Test func withoutATerminalNothingHangs() throws {
    for arguments in [[], ["assess"], ["assess", "--resume"]] {
      let run = try OutsideInTests.run(arguments, in: folder)
      #expect(run.status == 64)
      #expect(run.errors.contains("import"))
    }
  }

  @Test func demoPrintsResultAndPlan() throws {
    let demo = try run("demo")
    #expect(demo.status == 0)
    #expect(demo.output.contains("LINDGREN HEATING") && demo.output.contains("STRATEGY ACTION PLAN"))
    #expect(demo.output.contains("6 people from Billing, Sales, Service and Warehouse"))
    // In a store of its own: the user's list stays empty.
    #expect(try run("list").output.isEmpty)
  }

  @Test(arguments: [
    ["import", "x.json", "--organization", "A"], ["explain", "A1", "journey", "--format", "json"],
    ["import", "x.csv", "--questionnaire", "outside-in@"], ["--nonsense"],
    ["result", "A1", "--format", "xml"], ["export"], ["rename", "x"],
  ])
  func wrongUsageIsSixtyFour(arguments: [String]) throws {
    try Data().write(to: URL(fileURLWithPath: folder.file("x.csv")))
    #expect(try OutsideInTests.run(arguments, in: folder).status == 64)
  }

  @Test func aFullDiskIsNoSuccess() throws {
    _ = try run("import", "-", input: Self.document(3))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "\(programPath) result A1 > /dev/full; echo $?"]
    process.environment = ["OUTSIDE_IN_DATA_DIR": folder.file("data")]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = Pipe()
    try process.run()
    process.waitUntilExit()
    #expect(String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self) == "74\n")
    #expect(try run("export", "A1", "-o", "/dev/full").status == 73)
  }

  @Test func terminalEscapesInDataNeverReachTheTerminal() throws {
    let document = Self.document(
      1, extra: ",\"parked\":[\"A\\u001b[2J\\u009b2J\\u202ecme\"]")
    #expect(try run("import", "-", input: document).status == 0)
    for arguments in [
      ["plan", "A1", "--with-notes"], ["plan", "A1", "--with-notes", "--format", "markdown"], ["\u{1B}[2J"],
      ["\u{9B}2J", "x"],
    ] {
      let run = try OutsideInTests.run(arguments, in: folder)
      #expect(
        run.output.contains("cme") || run.errors.contains("[2J") || run.errors.contains("2J"), "\(arguments)")
      for scalar in ["\u{1B}", "\u{9B}", "\u{202E}"] {
        #expect(!(run.output + run.errors).unicodeScalars.contains(Unicode.Scalar(scalar)!), "\(arguments)")
      }
    }
  }
}

extension CommandTests {
  @Test func withoutASettingAssessmentsAreSavedAtHome() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: programPath)
    process.arguments = ["import", "-"]
    process.environment = ["HOME": folder.path]
    let (input, output) = (Pipe(), Pipe())
    (process.standardInput, process.standardOutput) = (input, output)
    try process.run()
    input.fileHandleForWriting.write(Data(Self.document(3).utf8))
    try input.fileHandleForWriting.close()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(FileManager.default.fileExists(atPath: folder.file(".local/share/outside-in/outside-in.sqlite")))
  }
}
