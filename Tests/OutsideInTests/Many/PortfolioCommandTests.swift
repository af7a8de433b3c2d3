import AssessmentModel
import Foundation
import SeededGenerator
import Testing

@testable import Interchange
@testable import OutsideInCLI
@testable import QuestionnaireFormat
@testable import Scoring
@testable import Storage

/// The command.
@Suite struct PortfolioCommandTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  func run(_ arguments: String..., input: String = "") throws -> Run {
    try OutsideInTests.run(arguments, input: input, in: folder)
  }

  /// As many organisations, each with a team that leans another way.
  func take(
    _ organizations: Int, version: String = "2.0.0", finished: String = "2026-05-01T10:00:00Z",
    prefix: String = "P",
    moved: (Int) -> Int = { _ in 0 }
  ) throws {
    let items = builtIn(version).questionnaire.items.filter { $0.scored != nil }
    let lines = (0..<organizations).map { number in
      var random = SeededGenerator(state: UInt64(number + 1))
      let leaning = Int.random(in: 0...4, using: &random) + moved(number)
      let responses = items.map { item in
        let level = min(4, max(0, leaning + Int.random(in: -1...1, using: &random)))
        return #"{"item":"\#(item.id)","value":\#(item.scored!.oriented(level))}"#
      }
      return
        #"{"schema":"outside-in.assessment/1","id":"\#(prefix)\#(version.first!)\#(number)","organization":"Organisation \#(number)","team":"Sales","#
        + #""startedAt":"2024-01-01T09:00:00Z","finishedAt":"\#(finished)","questionnaire":{"id":"outside-in","version":"\#(version)"},"#
        + #""responses":[\#(responses.joined(separator: ","))]}"# + "\n"
    }
    #expect(try run("import", "-", input: lines.joined()).status == 0)
  }

  /// One of five has gone from one end to the other; the others say the same again.
  @Test func whoHasChangedIsSaidOverAll() throws {
    try take(5, finished: "2025-05-01T10:00:00Z", moved: { $0 == 3 ? -9 : 0 })
    try take(5, prefix: "Q", moved: { $0 == 3 ? 9 : 0 })
    let text = try run("portfolio", "--until", "2026-11-26").output.replacing("\n", with: " ")
    for words in [
      "Who has changed?",
      "Of 5 teams with an assessment before their latest one has changed by more than chance; one of it may be chance all the same",
    ] {
      #expect(text.contains(words), "\(words)")
    }
    let json = try JSONValue(
      parsing: run("portfolio", "--format", "json", "--names", "--until", "2026-11-26").output.utf8)
    let changes = json["changes"]
    #expect(
      changes["holding"].number == 1 && changes["alone"].number == 1 && changes["teams"].list.count == 5)
    let first = changes["teams"].list[0]
    #expect(first["organization"].text == "Organisation 3" && (first["delta"].number ?? 0) > 80)
    #expect(
      try !run("portfolio", "--format", "json", "--until", "2026-11-26").output.contains("Organisation"))
    // What each says is what `compare` says.
    let compared = try JSONValue(parsing: run("compare", "P23", "Q23", "--format", "json").output.utf8)[
      "index"]
    for key in ["delta", "standardError", "p", "detectable"] {
      #expect(isClose(first[key].number, compared[key].number, 1e-9), "\(key)")
    }
    let one = try run("portfolio", "--organization", "Organisation 3", "--until", "2026-11-26").output
    #expect(one.contains("HAS IT CHANGED?") || one.contains("Has it changed?"))
    #expect(one.contains("by more than chance"))
  }

  private static let schema = JSONSchema(
    try! JSONValue(
      parsing: Array(
        try! Data(contentsOf: packageRoot.appending(path: "Resources/schema/portfolio.schema.json")))))

  /// The schema takes what is written, and every one of its keys is: none is left over from before.
  @Test func jsonIsAsItsSchemaSays() throws {
    try take(40, finished: "2025-05-01T10:00:00Z")
    try take(40, prefix: "Q", moved: { $0 == 3 ? 9 : 0 })
    let table = try folder.write(["groups.csv": "organization,group\nOrganisation 1,A\n"], to: "g")
    let all = try JSONValue(
      parsing: run(
        "portfolio", "--format", "json", "--until", "2026-11-26", "--group", table + "/groups.csv"
      ).output
        .utf8)
    let one = try JSONValue(
      parsing: run("portfolio", "--of", "Organisation 3", "--format", "json", "--until", "2026-11-26").output
        .utf8)
    for document in [all, one] { #expect(try Self.schema.accepts(document)) }
    #expect(one["against"]["others"].number == 39 && one["changes"] == .null && all["against"] == .null)
    #expect(all["groups"].list.count == 2 && all["groups"].list[0]["name"].text == "A")
    #expect(one["against"]["organization"].text.hasPrefix("O") && !one.text().contains("Organisation 3"))
    for wrong in [("organizations", JSONValue.integer(-1)), ("years", .null), ("extra", .null)] {
      guard case .object(var object) = all else { break }
      object[wrong.0] = wrong.1
      #expect(try !Self.schema.accepts(.object(object)), "\(wrong.0)")
    }
  }

  /// Thirty-three of which one is looked at, in words, and in a group of its own choice.
  @Test func oneAgainstTheOthers() throws {
    try take(34)
    let text = try run("portfolio", "--of", "organisation 3", "--until", "2026-11-26")
    #expect(text.status == 0)
    let words = text.output.replacing("\n", with: " ")
    for said in [
      "“Organisation 3” stands at", "the 33 others at", "A difference counts from",
      "% of the others stand lower; its range leaves that open",
      "These are the organisations that are saved here; they say nothing about others",
    ] {
      #expect(words.contains(said), "\(said) in \(words)")
    }
    #expect(!words.contains("question work"))
    let names = (0..<10).map { "Organisation \($0),\($0 < 5 ? "A" : "B")\n" }.joined()
    let file =
      try folder.write(["g.csv": "organization,group\n" + names + "Organization 3,B\n"], to: "g") + "/g.csv"
    let grouped = try run(
      "portfolio", "--of", "Organisation 3", "--group", file, "--until", "2026-11-26")
    #expect(grouped.output.replacing("\n", with: " ").contains("the 4 others"))
    #expect(grouped.output.replacing("\n", with: " ").contains("from 30 others on"))
    #expect(
      grouped.errors.contains("nothing is finished of “Organization 3”; did you mean “Organisation 3”?"))
    let beside = try run("portfolio", "--group", file, "--until", "2026-11-26").output
    #expect(beside.contains("Groups") && beside.contains("in none"))
    let rows = try CSV.read(
      Array(run("portfolio", "--format", "csv", "--names", "--group", file).output.utf8)
    )
    .rows
    let column = try #require(rows[0].cells.firstIndex(of: "group"))
    #expect(rows.dropFirst().count { $0.cells[column] == "A" } == 5)
    #expect(rows.dropFirst().count { $0.cells[column].isEmpty } == 24)
  }

  @Test(arguments: [
    (["--of", "Nobody"], Int32(65), "Nothing finished of “Nobody”"),
    (["--organization", "Organisatoin 1"], 65, "did you mean “Organisation 1”?"),
    (["--of", "Organisation"], 65, "did you mean “Organisation"),
    (["--of", "Organisation 1", "--until", "2020-01-01"], 65, "Nothing finished is among these"),
    (["--of", "Organisation 1", "--since", "2026-11-01"], 65, "Nothing finished is among these"),
    (["--of", "a", "--organization", "b"], 64, "take one of them"),
    (["--of", "a", "--format", "csv"], 64, "--of is no table"),
    (["--sector", "Helth"], 64, "did you mean “Health”?"),
    (["--sector", "?"], 64, "there are: Crafts and construction;"),
    (["--sector", "health"], 65, "its sector is \"health\""),
  ])
  func whatCantBeLookedAt(arguments: [String], status: Int32, words: String) throws {
    try take(3)
    let told = try OutsideInTests.run(["portfolio"] + arguments, in: folder)
    #expect(told.status == status && told.errors.contains(words), "\(told.errors)")
  }

  /// An organisation is of the sector that it said last.
  @Test func onlyOrganisationsOfASector() throws {
    let items = outsideIn.questionnaire.items.filter { $0.scored != nil }
    func line(_ organization: String, _ day: String, _ sector: String?) -> String {
      let said = sector.map { [#"{"item":"cur-sector","value":"\#($0)"}"#] } ?? []
      let levels = items.map { #"{"item":"\#($0.id)","value":2}"# }
      return
        #"{"schema":"outside-in.assessment/1","id":"S\#(organization)\#(day)","organization":"\#(organization)","#
        + #""startedAt":"2024-01-01T09:00:00Z","finishedAt":"\#(day)T10:00:00Z","questionnaire":{"id":"outside-in","version":"2.0.0"},"#
        + #""responses":[\#((levels + said).joined(separator: ","))]}"# + "\n"
    }
    let lines = [
      line("Still", "2026-01-01", "health"), line("Still", "2026-03-01", nil),
      line("Turned", "2026-01-01", "health"), line("Turned", "2026-02-01", "trade"),
      line("Now", "2026-01-01", "trade"), line("Now", "2026-02-01", "health"),
      line("Silent", "2026-01-01", nil),
    ]
    #expect(try run("import", "-", input: lines.joined()).status == 0)
    let health = try run("portfolio", "--sector", "Health", "--format", "csv", "--names")
    let rows = try CSV.read(Array(health.output.utf8)).rows.dropFirst()
    #expect(Set(rows.map { $0.cells[1] }) == ["Still", "Now"] && rows.count == 4)
    #expect(health.errors.contains("1 organisation has not said of what sector it is, and is left out."))
    let one = try run("portfolio", "--sector", "health", "--of", "Turned")
    #expect(one.errors.contains("“Turned” itself has not said that it is of the sector “health”"))
    // Their mean would tell the others' figures to whoever knows one of them.
    #expect(
      one.output.replacing("\n", with: " ").contains(
        "can't be set against others: beside it there are 2 others only, whose own figures that would tell."))
  }

  /// Two of one day are no change; which one counts stands in both tables.
  @Test func twoOfOneDayAreNoChange() throws {
    try take(2)
    try take(1, prefix: "Q", moved: { _ in 9 })
    let told = try run("portfolio", "--until", "2026-11-26")
    #expect(
      told.errors.contains(
        "1 team has two assessments within four weeks, of which the later counts: Organisation 0, Sales."))
    #expect(!told.output.contains("changed"))
    for (arguments, name) in [(["export", "--all"], "assessment"), (["portfolio"], "assessment")] {
      let table = try OutsideInTests.run(arguments + ["--format", "csv", "--names"], in: folder).output
      let rows = try CSV.read(Array(table.utf8)).rows
      let (id, latest) = (
        try #require(rows[0].cells.firstIndex(of: name)), try #require(rows[0].cells.firstIndex(of: "latest"))
      )
      let said = Set(rows.dropFirst().map { "\($0.cells[id]) \($0.cells[latest])" })
      #expect(said == ["P20 no", "P21 yes", "Q20 yes"])
    }
  }

  @Test func saysWhereTheyStandAndWhetherItWorks() throws {
    try take(150)
    let text = try run("portfolio", "--until", "2026-11-26").output
    for words in [
      "PORTFOLIO: FINISHED UNTIL 2026-11-26", "Of 150 organisations",
      "150 finished assessments of 150 teams.", "they say nothing about others",
      "Where they stand", "Areas", "Does the questionnaire work?",
      "all questions                      42  150", "Question by question",
    ] {
      #expect(text.contains(words), "\(words) in \(text)")
    }
    // It fits a terminal of eighty columns.
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    let page = try run("portfolio", "-o", "p.html", "--until", "2026-11-26")
    #expect(page.status == 0)
    #expect(
      try String(contentsOfFile: folder.file("p.html"), encoding: .utf8).contains(
        "Does the questionnaire work?"))
    let json = try JSONValue(
      parsing: run("portfolio", "--format", "json", "--until", "2026-11-26").output.utf8)
    #expect(json["schema"].text == "outside-in.portfolio/1" && json["organizations"].number == 150)
    #expect(json["scales"].list.count == 10 && json["questions"].list.count == 42)
    #expect(
      (json["scales"].list[0]["alpha"].number ?? 0) > 0.9 && json["scales"].list[0]["alphaReason"] == .null)
  }

  /// Each row is what `result` says of its assessment.
  @Test func theTableHasEachResult() throws {
    try take(3)
    _ = try run("import", "-", input: CommandTests.document(1).replacing("\n", with: ""))
    _ = try run("finish", "A1")
    let rows = try CSV.read(Array(run("portfolio", "--format", "csv", "--names").output.utf8)).rows
    #expect(rows.count == 5)
    for row in rows.dropFirst() {
      let cells = Dictionary(uniqueKeysWithValues: zip(rows[0].cells, row.cells))
      let result = try JSONValue(parsing: run("result", cells["assessment"]!, "--format", "json").output.utf8)
      let verdict = result["verdict"]
      for (column, wanted) in [
        ("index", result["index"]), ("coverage", result["coverage"]),
        ("standardError", verdict["standardError"]),
        ("degreesOfFreedom", verdict["degreesOfFreedom"]), ("low", verdict["range"].list[0]),
        ("high", verdict["range"].list[1]),
      ] {
        #expect(isClose(Double(cells[column]!), wanted.number, 1e-9), "\(column)")
      }
      #expect(cells["band"] == verdict["band"].text && cells["scope"] == result["scope"].text)
      for dimension in result["dimensions"].list {
        #expect(isClose(Double(cells[dimension["id"].text + "Score"]!), dimension["score"].number, 1e-9))
      }
    }
    let bare = try run("portfolio", "--format", "csv").output
    #expect(!bare.contains("Organisation") && !bare.contains("Sales") && !bare.contains("Acme"))
  }

  @Test func versionsAreJoinedOnWhatTheyHaveInCommon() throws {
    try take(20)
    try take(35, version: "1.0.0")
    let text = try run("portfolio", "--until", "2026-11-26").output.replacing("\n", with: " ")
    #expect(text.contains("All are scored on the 35 questions that all versions have in common"), "\(text)")
    #expect(
      try run("portfolio", "--questionnaire", "outside-in@1.0.0").output.contains("35 finished assessments"))
    #expect(try !run("portfolio", "--questionnaire", "outside-in@1.0.0").output.contains("in common"))
  }

  @Test func whatIsLookedAtCanBeNarrowed() throws {
    try take(5)
    try take(2, version: "1.0.0", finished: "2024-02-01T10:00:00Z")
    #expect(
      try run("portfolio", "--since", "2026-01-01").output.contains("5 finished assessments of 5 teams"))
    #expect(
      try run("portfolio", "--until", "2025-01-01").output.contains("2 finished assessments of 2 teams"))
    let one = try run("portfolio", "--organization", "ORGANISATION 1", "--until", "2026-11-26").output
    #expect(
      one.contains("2 finished assessments of 1 team") && one.contains("Its teams")
        && one.contains("(2024-02-01)"), "\(one)")
    for (arguments, status) in [
      (["--organization", "Nobody"], 65), (["--questionnaire", "other"], 65),
      (["--questionnaire", "outside-in@9.0.0"], 65),
      (["--since", "2026-02-01", "--until", "2026-01-01"], 64), (["--since", "soon"], 64), (["--names"], 64),
      (["-o", "p.pdf"], 64),
    ] {
      #expect(try OutsideInTests.run(["portfolio"] + arguments, in: folder).status == status, "\(arguments)")
    }
    // Names that may be one are told first.
    _ = try run(
      "import", "-",
      input: CommandTests.document(3, id: "Z9").replacing("\n", with: "").replacing(
        "\"Acme\"", with: "\"Organisation 1 GmbH\""))
    _ = try run("finish", "Z9")
    #expect(try run("portfolio").errors.contains("may be one organisation"))
  }
}
