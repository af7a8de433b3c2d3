import AssessmentModel
import Foundation
import Testing

/// `compare`, `explain` of two, `upgrade`: what is chosen, what comes out, and what is refused.
@Suite struct CompareCommandTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func run(_ arguments: String...) throws -> Run { try OutsideInTests.run(arguments, in: folder) }

  private func json(_ arguments: String...) throws -> JSONValue {
    let run = try OutsideInTests.run(arguments + ["--format", "json"], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    return try JSONValue(parsing: run.output.utf8)
  }

  /// Stores a core assessment at a level, finished on a day; open where there is none.
  private func store(
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
       "startedAt":"\(day ?? "2026-10-01")T09:00:00Z",\(finished)"questionnaire":{"id":"outside-in","version":"1.0.0"},
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

  /// What was upgraded comes behind what it was made of, whatever day its answers are of.
  @Test func whatWasUpgradedIsTheLaterOne() throws {
    try storeKiosk()
    #expect(try run("upgrade", "OLD", "--to", "2.0.0", "--questionnaires", "q").status == 0)
    let new = try JSONValue(parsing: try run("export", "last").output.utf8)["id"].text
    let found = try json("compare", "OLD", new, "--questionnaires", "q")
    #expect(found["from"].text == "OLD" && found["to"].text == new)
    #expect(try json("compare", new, "OLD", "--questionnaires", "q") == found)
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
        "index", "metrics", "moments", "notComparable", "raters", "refusals", "retired", "schema", "series",
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
    ] {
      #expect(try run("compare", "A", "B", "-o", name).status == 0)
      #expect(try String(contentsOfFile: folder.file(name), encoding: .utf8).hasPrefix(start), "\(name)")
    }
    #expect(try run("compare", "A", "B", "-o", "c.html").status == 64)
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

  /// The example has two assessments, and shows what changed between them.
  @Test func theDemoShowsTheComparison() throws {
    let demo = try run("demo")
    #expect(demo.status == 0, "\(demo.errors)")
    #expect(demo.output.contains("LINDGREN HEATING, THE WHOLE FIRM: 2026-03-19 → 2026-09-17"))
    #expect(demo.output.contains("Further towards customers than on 2026-03-19, and by more than chance."))
    #expect(demo.output.contains("“Tell me before you are late, not after”: gap −4 → −3"))
    #expect(
      try run("result", "--data-dir", folder.file("data/demo")).output.contains(
        "LINDGREN HEATING, THE WHOLE FIRM"))
  }

  // MARK: Versions

  private func storeKiosk() throws {
    try FileManager.default.copyItem(
      at: packageRoot.appending(path: "Tests/OutsideInTests/Fixtures/versions"),
      to: URL(fileURLWithPath: folder.file("q")))
    for (pinned, id, day, level) in [
      (Kiosk.old, "OLD", "2026-03-19", 1), (Kiosk.new, "NEW", "2026-09-17", 3),
    ] {
      let responses = pinned.questionnaire.items.filter { $0.scored != nil }.map { item in
        let levels = pinned.questionnaire.levels(of: item)!
        let nearest = levels.last { $0 <= level } ?? 0
        return "{\"item\":\"\(item.id)\",\"value\":\(item.scored!.oriented(nearest))}"
      }
      let document = """
        {"schema":"outside-in.assessment/1","id":"\(id)","organization":"Rail","startedAt":"\(day)T09:00:00Z",
         "finishedAt":"\(day)T10:00:00Z","questionnaire":{"id":"kiosk","version":"\(pinned.questionnaire.version)"},
         "raters":[{"id":"r1","name":"Ana Costa"}],"responses":[\(responses.joined(separator: ","))]}
        """
      let stored = try OutsideInTests.run(
        ["import", "-", "--questionnaires", "q"], input: document, in: folder)
      #expect(stored.status == 0, "\(stored.errors)")
    }
  }

  @Test func acrossVersionsItGoesByTheMigration() throws {
    try storeKiosk()
    let found = try json("compare", "--questionnaires", "q")
    #expect(found["core"]["items"].list.count == 28 && found["core"]["status"].text == "full")
    #expect(isClose(found["index"]["delta"].number, 50, 1e-9))
    #expect(
      found["retired"].list.map(\.text) == ["serve-slogan"]
        && found["added"].list.map(\.text) == ["serve-self"])
    #expect(
      found["notComparable"].list.map { $0["item"].text } == [
        "serve-known", "serve-kept", "mend-close", "serve-slogan",
      ])
    #expect(found["refusals"].list.map { $0["what"].text } == ["difference of the published indexes"])
    // Without the migration only what is the same to the letter is comparable, and a migration that is not fit is told.
    try FileManager.default.removeItem(atPath: folder.file("q/kiosk/migrations/1.0.0--2.0.0.yaml"))
    let without = try json("compare", "--questionnaires", "q")
    #expect(without["core"]["items"].list.count == 26)
    #expect(without["notComparable"].list.contains { $0["why"].text.contains("no migration says") })
    #expect(try run("compare").status == 0)
  }

  @Test func aStaleMigrationIsNotUsed() throws {
    try storeKiosk()
    let path = folder.file("q/kiosk/migrations/1.0.0--2.0.0.yaml")
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try Data(text.replacing("sha256:e941", with: "sha256:f941").utf8).write(to: URL(fileURLWithPath: path))
    let compared = try run("compare", "--questionnaires", "q", "--format", "json")
    #expect(
      compared.errors.contains("error Q33") && compared.errors.contains("This migration is not used"),
      "\(compared.errors)")
    #expect(try JSONValue(parsing: compared.output.utf8)["core"]["items"].list.count == 26)
  }

  /// A migration that can't be read is no missing one: it is told, and nothing is taken over by it.
  @Test(arguments: ["kind: spilt", "kind: [", "format: 2"])
  func aMigrationThatCannotBeReadIsTold(broken: String) throws {
    try storeKiosk()
    let path = folder.file("q/kiosk/migrations/1.0.0--2.0.0.yaml")
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let mended =
      broken == "format: 2"
      ? text.replacing("format: 1", with: broken) : text.replacing("kind: split", with: broken)
    #expect(mended != text)
    try Data(mended.utf8).write(to: URL(fileURLWithPath: path))
    let compared = try run("compare", "--questionnaires", "q")
    #expect(compared.errors.contains("This migration can't be read and is not used"), "\(compared.errors)")
    #expect(compared.errors.contains("1.0.0--2.0.0.yaml:"))
    let before = try run("list").output
    let upgraded = try run("upgrade", "OLD", "--to", "2.0.0", "--questionnaires", "q")
    #expect(upgraded.status == 65 && upgraded.errors.contains("Nothing was taken over"), "\(upgraded.errors)")
    #expect(try run("list").output == before)
  }

  /// What was taken over to another version is the same occasion, not a second one.
  @Test func whatWasTakenOverIsNoSecondTime() throws {
    try storeKiosk()
    let pair = try json("compare", "--questionnaires", "q")
    #expect(pair["from"].text == "OLD" && pair["to"].text == "NEW")
    let upgraded = try run("upgrade", "OLD", "--to", "2.0.0", "--questionnaires", "q")
    #expect(upgraded.errors.isEmpty, "\(upgraded.errors)")
    let copy = try JSONValue(parsing: try run("export", "last").output.utf8)["id"].text
    // As long as it is open, what it was taken from stands for both.
    let open = try json("compare", "NEW", "--questionnaires", "q")
    #expect(open["from"].text == "OLD" && open["to"].text == "NEW")
    #expect(try json("compare", "last:Rail", "--questionnaires", "q")["from"].text == "OLD")
    #expect(try run("finish", copy).status == 0)
    let found = try json("compare", "last:Rail", "--questionnaires", "q")
    #expect(found["from"].text == copy && found["to"].text == "NEW")
    // Nor is it before or after itself.
    #expect(try run("compare", copy, "--questionnaires", "q").status == 65)
    let both = try run("compare", "OLD", copy, "--questionnaires", "q").output
    #expect(
      both.split(whereSeparator: \.isWhitespace).joined(separator: " ").contains(
        "was taken over from OLD: what nobody answered anew is the same because it was copied"))
    let again = try run("upgrade", "OLD", "--to", "2.0.0", "--questionnaires", "q")
    #expect(again.errors.contains("OLD was taken over before, as \(copy)"), "\(again.errors)")
  }

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

  @Test func upgradeLosesNothingAndTellsAll() throws {
    try storeKiosk()
    let before = try run("export", "OLD").output
    let upgraded = try run("upgrade", "OLD", "--to", "2.0.0", "--questionnaires", "q")
    let text = upgraded.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(upgraded.status == 0, "\(upgraded.errors)")
    for words in [
      "32 questions are carried, with 28 answers, 2 are to be confirmed, 3 stay behind, 1 is new.",
      "hear-voice → hear-listen: 1 answer",
      "mend-thanks, mend-reply → mend-answer: 2 answers One answer does both.",
      "serve-promise → serve-known, serve-kept: 1 answer One question asked two things.",
      "serve-slogan: 1 answer Did not separate kiosks.", "OLD is as it was.",
    ] { #expect(text.contains(words), "\(words) in \(text)") }
    #expect(try run("export", "OLD").output == before)
    let new = try JSONValue(parsing: try run("export", "last").output.utf8)
    #expect(new["upgradedFrom"].text == "OLD" && new["questionnaire"]["version"].text == "2.0.0")
    #expect(new["finishedAt"] == .null && new["startedAt"].text == "2026-03-19T09:00:00Z")
    let result = try run("result", "last").output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(
      result.contains(
        "Two of the open questions have an answer that was taken over from an earlier assessment and waits to be confirmed."
      ))
    #expect(try run("upgrade", "NEW", "--to", "2.0.0", "--questionnaires", "q").status == 64)
    let missing = try run("upgrade", "OLD", "--to", "3.0.0", "--questionnaires", "q")
    #expect(
      missing.status == 66 && missing.errors.contains("no version 3.0.0 of kiosk; there is 1.0.0, 2.0.0."),
      "\(missing.errors)")
    #expect(try run("upgrade", "OLD", "--to", "two", "--questionnaires", "q").status == 64)
  }
}
