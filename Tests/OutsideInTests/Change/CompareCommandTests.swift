import AssessmentModel
import Foundation
import Testing

/// `compare`, `explain` of two, `upgrade`: what is chosen, what comes out, and what is refused.
@Suite struct CompareCommandTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  func run(_ arguments: String...) throws -> Run { try OutsideInTests.run(arguments, in: folder) }

  func json(_ arguments: String...) throws -> JSONValue {
    let run = try OutsideInTests.run(arguments + ["--format", "json"], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    return try JSONValue(parsing: run.output.utf8)
  }

  /// Stores a core assessment at a level, finished on a day; open where there is none.
  func store(
    _ id: String, _ day: String?, level: Int, organization: String = "Acme", team: String = "Support",
    names: [String] = ["Ana Costa"]
  ) throws {
    let raters = names.enumerated().map { "{\"id\":\"r\($0 + 1)\",\"name\":\"\($1)\"}" }
    let responses = outsideIn.questionnaire.items.filter { $0.core && $0.scored != nil }.flatMap { item in
      names.indices.map {
        "{\"item\":\"\(item.id)\",\"rater\":\"r\($0 + 1)\",\"value\":\(item.scored!.oriented(level))}"
      }
    }
    let finished = day.map { "\"finishedAt\":\"\($0)T10:00:00Z\"," } ?? ""
    let document = """
      {"schema":"outside-in.assessment/1","id":"\(id)","organization":"\(organization)","team":"\(team)","scope":"core",
       "startedAt":"\(day ?? "2026-10-01")T09:00:00Z",\(finished)"questionnaire":{"id":"outside-in","version":"2.0.0"},
       "raters":[\(raters.joined(separator: ","))],"responses":[\(responses.joined(separator: ","))]}
      """
    let run = try OutsideInTests.run(["import", "-"], input: document, in: folder)
    #expect(run.status == 0, "\(run.errors)")
  }

  @Test func aloneItTakesTheTwoLatestFinishedOfTheTeamWorkedOnLast() throws {
    try store("C", "2026-09-17", level: 3)
    try store("A", "2025-03-19", level: 1)
    try store("X", "2026-08-01", level: 0, team: "Sales")
    try store("B", "2026-03-19", level: 2)
    let found = try json("compare")
    #expect(found["from"].text == "B" && found["to"].text == "C")
    #expect(try json("compare", "B")["from"].text == "A")
    #expect(try json("compare", "c")["from"].text == "B")
    let series = try json("compare", "C", "A", "B")
    #expect(series["series"].list.map { $0["assessment"].text } == ["A", "B", "C"])
    #expect(series["index"]["delta"].number == 25 && series["sinceFirst"]["index"]["delta"].number == 50)
    #expect(series["earlier"].list.map { $0["from"].text + $0["to"].text } == ["AB"])
    #expect(series["earlier"].list[0]["index"]["delta"].number == 25)
    #expect(try run("compare", "A").status == 65)
    #expect(try run("compare", "A", "A").status == 64)
    #expect(try run("compare", "A", "nobody").status == 66)
    #expect(try run("compare", "--teams", "last:Acme", "A").status == 64)
    // An organisation of two teams is asked which one.
    let two = try run("compare", "last:Acme")
    #expect(two.status == 64 && two.errors.contains("“Acme” has 2 teams: Sales, Support"), "\(two.errors)")
    #expect(two.errors.contains("compare --teams last:Acme"))
    let nothing = try run("compare", "last:Other")
    #expect(nothing.status == 66, "\(nothing.errors)")
  }

  /// What is open counts only where there are not two finished, and is told.
  @Test func whatIsOpenIsComparedWhereThereIsNothingElse() throws {
    try store("A", "2026-03-19", level: 1)
    let one = try run("compare")
    #expect(one.status == 65 && one.errors.contains("only one assessment, of 2026-03-19"), "\(one.errors)")
    try store("B", nil, level: 2)
    let open = try run("compare")
    #expect(
      open.status == 0 && open.errors.contains("B is not finished; it is compared as it stands."),
      "\(open.errors)")
    try store("C", "2026-09-17", level: 3)
    #expect(try json("compare", "last:Acme")["from"].text == "A")
  }

  /// Sealing what came from elsewhere does not move it to today, in whatever order it is done.
  @Test func sealingDatesNothingToday() throws {
    for (id, day, level) in [("A", "2025-03-19", 1), ("B", "2025-09-17", 3)] {
      let rows = outsideIn.questionnaire.items.filter { $0.core && $0.scored != nil }.map {
        "\($0.id),\($0.scored!.oriented(level)),\(id),Nord"
      }
      let text = "item,value,assessment,organization\n" + rows.joined(separator: "\n") + "\n"
      let imported = try OutsideInTests.run(
        ["import", "-", "--format", "csv", "--date", day], input: text, in: folder)
      #expect(imported.status == 0, "\(imported.errors)")
    }
    for id in ["B", "A"] { #expect(try run("finish", id).errors.contains("is finished, as of 2025-")) }
    let found = try json("compare", "B", "A")
    #expect(found["from"].text == "A" && found["index"]["delta"].number == 50)
    #expect(try json("compare", "last:Nord")["series"].list[0]["date"].text == "2025-03-19T00:00:00Z")
  }

  @Test func twoOrganisationsAreNotComparedOverTime() throws {
    try store("A", "2026-03-19", level: 1)
    try store("B", "2026-09-17", level: 3, organization: "Other")
    let refused = try run("compare", "A", "B")
    #expect(
      refused.status == 65 && refused.errors.contains("two organisations, “Acme” and “Other”"),
      "\(refused.errors)")
    try store("C", "2026-09-18", level: 3, team: "Sales")
    let teams = try run("compare", "A", "C")
    #expect(teams.status == 0 && teams.output.hasPrefix("ACME, SUPPORT → SALES"), "\(teams.output)")
    #expect(teams.output.contains("These are different teams."))
  }

  @Test func theDocumentHasEveryKey() throws {
    try store("A", "2026-03-19", level: 1)
    try store("B", "2026-09-17", level: 3)
    let found = try json("compare", "A", "B")
    guard case .object(let object) = found else { return }
    #expect(
      object.keys.sorted() == [
        "actions", "added", "approximate", "core", "crossedCut", "decomposition", "dimensions", "earlier",
        "expectations", "flags", "from",
        "index", "ledger", "metrics", "moments", "notComparable", "raters", "refusals", "retired", "schema",
        "series",
        "sinceFirst",
        "teams", "to",
      ])
    #expect(found["schema"].text == "outside-in.comparison/1")
    #expect(found["core"]["share"].number == 1 && found["core"]["items"].list.count == 16)
    let index = found["index"]
    #expect(index["from"].number == 25 && index["to"].number == 75 && index["outcome"].text == "improvement")
    for key in ["standardError", "degreesOfFreedom", "rci", "p", "detectable"] {
      #expect(index[key].number != nil, "\(key)")
    }
    #expect(found["crossedCut"]["reliable"] == .bool(true) && found["raters"]["same"].number == 1)
    #expect(found["dimensions"].list.count == 8)
    #expect(try json("explain", "A", "B") == found)
  }

  @Test func everyFormatIsWritten() throws {
    try store("A", "2026-03-19", level: 1)
    try store("B", "2026-09-17", level: 3)
    let csv = try run("compare", "A", "B", "--format", "csv").output
    let lines = csv.split(separator: "\r\n").map(String.init)
    #expect(
      lines[0].hasSuffix(
        "organization,team,earlier,earlierDate,later,laterDate,part,id,title,items,share,from,to,delta,standardError,"
          + "degreesOfFreedom,p,detectable,outcome,countsFrom"))
    #expect(
      lines[1].hasPrefix("Acme,Support,A,2026-03-19,B,2026-09-17,index,,,16,1,25,75,50,")
        && lines[1].contains(",improvement,"))
    #expect(lines.count { $0.contains(",area,") } == 8 && lines.count { $0.contains(",question,") } == 16)
    for (name, start) in [
      ("c.md", "# Acme, Support"), ("c.csv", "organization,"), ("c.json", "{"), ("c.txt", "ACME, SUPPORT"),
      ("c.html", "<!DOCTYPE html>"),
    ] {
      #expect(try run("compare", "A", "B", "-o", name).status == 0)
      #expect(try String(contentsOfFile: folder.file(name), encoding: .utf8).hasPrefix(start), "\(name)")
    }
    #expect(try run("compare", "A", "B", "-o", "c.pdf").status == 64)
  }

  @Test func explainRedoesIt() throws {
    try store("A", "2026-03-19", level: 1)
    try store("B", "2026-09-17", level: 3)
    let text = try run("explain", "A", "B").output.split(whereSeparator: \.isWhitespace).joined(
      separator: " ")
    for words in [
      "75.0000 − 25.0000 = +50.0000", "2 × (1 − 0.75) × 332.0313 = 166.0156",
      "S = √166.0156 = 12.8847 points",
      "t(0.95000) × S = 2.1318 × 12.8847 = 27.47 points", "an improvement",
    ] { #expect(text.contains(words), "\(words) in \(text)") }
    #expect(try run("explain", "A", "B", "insight").output.contains("UNDERSTANDING AND EXPECTATIONS"))
    #expect(try run("explain", "A", "B", "nonsense").status == 66)
    #expect(try run("explain", "A", "journey", "insight").status == 64)
  }

  @Test func teamsStandBesideEachOther() throws {
    for (team, level) in [("Sales", 1), ("Service", 3), ("Billing", 2)] {
      try store("old-\(team)", "2026-03-19", level: 0, team: team)
      try store(
        team, "2026-09-17", level: level, team: team,
        names: ["Ana Costa", "Bo Lind", "Cem Arslan", "Dora Weiss", "Eve Maro", "Finn Holt"])
    }
    let found = try json("compare", "--teams", "last:Acme")
    let rows = found["teams"].list
    #expect(rows.map { $0["team"].text } == ["Billing", "Sales", "Service"])
    #expect(rows.map { $0["delta"].number ?? 0 } == [0, -37.5, 37.5])
    #expect(rows.map { $0["outcome"].text } == ["none", "lower", "higher"])
    // Six who agree: V = 4 × 332.03125 / 9 / 6 on 9 degrees of freedom, once for the team and half of it for the others.
    let own = 4 * 332.03125 / 9 / 6
    #expect(isClose(rows[0]["standardError"].number, (1.5 * own).squareRoot(), 1e-9))
    #expect(isClose(rows[0]["degreesOfFreedom"].number, 2.25 / (1.0 / 9 + 2 * 0.0625 / 9), 1e-9))
    let text = try run("compare", "--teams", "last:Acme").output
    #expect(text.contains("Service sees itself further towards customers than the others; Sales sees"))
    #expect(try run("compare", "--teams", "Acme").status == 64)
    #expect(try run("compare", "--teams", "last:Nobody").status == 65)
  }

  /// The example has three assessments over eighteen months, the last with another version and other people, and shows
  /// what changed between them.
  @Test func theDemoShowsTheComparison() throws {
    let demo = try run("demo")
    #expect(demo.status == 0, "\(demo.errors)")
    for words in [
      "LINDGREN HEATING, THE WHOLE FIRM: 2025-05-22 → 2026-02-26 → 2026-11-19",
      "Further towards customers than on 2026-02-26, and by more than chance.",
      "on the 15 of 16 questions that were asked and answered each", "Ines, Karin and Maja.",
      "Twelve of these questions are worded anew; readers who tried both wordings\nanswered alike.",
      "Level 2 let being quick or on time count as a moment made on purpose",
      "Two versions of the questions were asked: 1.0.0 on 2025-05-22 and 2026-02-26 and\n2.0.0 on 2026-11-19.",
    ] { #expect(demo.output.contains(words), "\(words)") }
    // What nobody of either time was asked is no news.
    #expect(!demo.output.contains("exp-outcome") && !demo.output.contains("jou-self"))
    #expect(demo.output.contains("“Tell me before you are late, not after”: gap −4 → −3"))
    #expect(
      try run("result", "--data-dir", folder.file("data/demo")).output.contains(
        "LINDGREN HEATING, THE WHOLE FIRM"))
  }

  // MARK: Versions

  @Test func whatIsNotFinishedAndWhatIsOfOneDayIsSaid() throws {
    try store("A", "2026-03-19", level: 1)
    try store("B", nil, level: 3)
    try store("C", "2026-03-19", level: 2)
    func words(_ ids: String...) throws -> String {
      try OutsideInTests.run(["compare"] + ids, in: folder).output.split(whereSeparator: \.isWhitespace)
        .joined(separator: " ")
    }
    #expect(try words("A", "B").contains("Not finished, so that its answers may still change: 2026-10-01."))
    #expect(try json("compare", "A", "B")["flags"].list.map(\.text).contains("unfinished"))
    #expect(try words("A", "C").contains("Two of these are of one day."))
    #expect(try json("compare", "A", "C")["flags"].list.map(\.text) == ["sameDay"])
  }

  /// Names are found whatever their accents are made of, and in capitals too.
  @Test(arguments: ["last:M\u{FC}ller", "last:Mu\u{308}ller", "last:M\u{DC}LLER"])
  func anOrganisationIsFoundHoweverItIsWritten(name: String) throws {
    try store("A", "2026-03-19", level: 1, organization: "M\u{FC}ller")
    try store("B", "2026-09-17", level: 3, organization: "Mu\u{308}ller")
    #expect(try json("compare", name)["from"].text == "A")
  }
}
