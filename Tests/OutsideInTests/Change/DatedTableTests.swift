import AssessmentModel
import Foundation
import Testing

/// Old tables: who is the same person, and when it was.
@Suite struct DatedTableTests {
  let folder: TemporaryFolder
  static let items = outsideIn.questionnaire.items.filter { $0.core && $0.scored != nil }

  init() throws { folder = try TemporaryFolder() }

  private func run(_ arguments: String...) throws -> Run { try OutsideInTests.run(arguments, in: folder) }

  /// A table of the core: everybody at one oriented level each.
  private func table(
    _ people: [(name: String, level: Int)], extra: [(column: String, value: String)] = [],
    persons: Bool = false
  ) -> String {
    var lines = [
      (["item", "rater", "value"] + (persons ? ["person"] : []) + extra.map(\.column)).joined(separator: ",")
    ]
    for item in Self.items {
      for (name, level) in people {
        let value = "\(item.scored!.oriented(level))"
        lines.append(
          ([item.id, name, value] + (persons ? ["id-\(name)"] : []) + extra.map(\.value)).joined(
            separator: ","))
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func write(_ text: String, _ name: String) throws { try folder.write([name: text], to: ".") }

  @Test func aTableIsNeverDatedToday() throws {
    try write(table([("Ana", 2)]), "a.csv")
    let refused = try run("import", "a.csv")
    #expect(
      refused.status == 65 && refused.errors.contains("a.csv:1: nothing says when these answers were given"))
    #expect(refused.errors.contains("--date 2026-03-19") && refused.errors.contains("Nothing was stored."))
    #expect(try run("list").output.isEmpty)
    let dated = try run("import", "a.csv", "--date", "2026-03-19", "--organization", "Acme")
    #expect(dated.status == 0, "\(dated.errors)")
    let document = try JSONValue(parsing: try run("export", "last").output.utf8)
    #expect(document["startedAt"].text == "2026-03-19T00:00:00Z" && document["finishedAt"] == .null)
    #expect(document["raters"].list.map { $0["label"] } == [.bool(true)])
    for wrong in ["03/04/2026", "2999-01-01", "someday"] {
      #expect(try run("import", "a.csv", "--date", wrong).status == 64, "\(wrong)")
    }
  }

  /// The earliest answer, where answers have their times; the columns, where there are any.
  @Test func whatTheTableSaysOfItsTimeCounts() throws {
    let lines = table([("Ana", 2)]).split(separator: "\n")
    var dated = [lines[0] + ",at"]
    for (place, line) in lines.dropFirst().enumerated() {
      dated.append(line + ",2026-03-\(29 - place)T10:00:00Z")
    }
    try write(dated.joined(separator: "\n"), "at.csv")
    #expect(try run("import", "at.csv").status == 0)
    #expect(
      try JSONValue(parsing: try run("export", "last").output.utf8)["startedAt"].text
        == "2026-03-14T10:00:00Z")
    try write(
      table([("Ana", 2)], extra: [("startedAt", "2025-09-01"), ("finishedAt", "2025-09-02T16:00:00Z")]),
      "b.csv")
    #expect(try run("import", "b.csv").status == 0)
    let document = try JSONValue(parsing: try run("export", "last").output.utf8)
    #expect(
      document["startedAt"].text == "2025-09-01T00:00:00Z"
        && document["finishedAt"].text == "2025-09-02T16:00:00Z")
    try write(
      table([("Ana", 2)], extra: [("startedAt", "2025-09-03"), ("finishedAt", "2025-09-02")]), "c.csv")
    let turned = try run("import", "c.csv")
    #expect(
      turned.status == 65 && turned.errors.contains("c.csv:2: finishedAt: 2025-09-02 lies before the start"))
    try write(table([("Ana", 2)], extra: [("startedAt", "03/04/2025")]), "d.csv")
    let either = try run("import", "d.csv")
    #expect(
      either.status == 65 && either.errors.contains("can be 2025-03-04 or 2025-04-03"), "\(either.errors)")
  }

  /// Many assessments a file, told apart by a column; whole or not at all.
  @Test func aTableOfManyAssessments() throws {
    func rows(_ name: String, _ day: String, _ level: Int, team: String) -> String {
      table(
        [("Ana", level), ("Bo", level)],
        extra: [
          ("assessment", name), ("organization", "Acme"), ("team", team), ("startedAt", day),
          ("finishedAt", day),
        ])
    }
    let spring = rows("Spring 25", "2025-03-19", 1, team: "Support")
    let autumn = rows("Autumn 25", "2025-09-17", 3, team: "Support").split(separator: "\n").dropFirst()
      .joined(separator: "\n")
    try write(spring + autumn + "\n", "many.csv")
    let imported = try run("import", "many.csv")
    #expect(imported.status == 0 && imported.output == "Spring-25\nAutumn-25\n", "\(imported.errors)")
    #expect(try run("import", "many.csv").status == 0)
    let compared = try JSONValue(parsing: try run("compare", "last:Acme", "--format", "json").output.utf8)
    #expect(compared["from"].text == "Spring-25" && compared["to"].text == "Autumn-25")
    #expect(compared["index"]["delta"].number == 50)
    try write(spring + autumn.replacing(",Support,", with: ",Sales,", maxReplacements: 1) + "\n", "mixed.csv")
    let mixed = try run("import", "mixed.csv", "--data-dir", folder.file("other"))
    #expect(
      mixed.status == 65 && mixed.errors.contains("team: \"Support\", and before it \"Sales\""),
      "\(mixed.errors)")
    #expect(try run("list", "--data-dir", folder.file("other")).output.isEmpty)
  }

  /// Labels are nobody's, whatever they look like; a column says who somebody is, or somebody vouches for it.
  @Test func whoIsTheSame() throws {
    for (file, persons) in [("labels", false), ("persons", true)] {
      for (place, level) in [1, 3].enumerated() {
        let day = place == 0 ? "2025-03-19" : "2025-09-17"
        try write(
          table(
            [("Ana", level), ("Bo", level)],
            extra: [("organization", file), ("startedAt", day), ("finishedAt", day)], persons: persons),
          "\(file)-\(place).csv")
        #expect(try run("import", "\(file)-\(place).csv").status == 0)
      }
    }
    func same(_ arguments: String...) throws -> Double? {
      let text = try OutsideInTests.run(["compare"] + arguments + ["--format", "json"], in: folder).output
      return try JSONValue(parsing: text.utf8)["raters"]["same"].number
    }
    #expect(try same("last:labels") == 0)
    #expect(try same("last:labels", "--same-people") == 2)
    #expect(try same("last:persons") == 2)
    // They stay who they are in a table that goes out and comes in again.
    let ids = try JSONValue(parsing: try run("compare", "last:persons", "--format", "json").output.utf8)
    for (place, side) in ["from", "to"].enumerated() {
      try write(try run("export", ids[side].text, "--format", "csv").output, "out.csv")
      #expect(
        try run(
          "import", "out.csv", "--organization", "again", "--date", place == 0 ? "2025-03-19" : "2025-09-17"
        ).status == 0)
    }
    #expect(try same("last:again") == 2)
    let report = try run("compare", "last:labels").output.split(whereSeparator: \.isWhitespace).joined(
      separator: " ")
    #expect(report.contains("Nobody is known to have answered both times"))
    #expect(report.contains("compare --same-people: if it was the same people"))
  }

  /// In either order the same two give the same comparison.
  @Test func theOrderOfLoadingDecidesNothing() throws {
    for (place, level) in [1, 3].enumerated() {
      let day = place == 0 ? "2025-03-19" : "2025-09-17"
      try write(
        table(
          [("1", level), ("2", 2)],
          extra: [
            ("assessment", "A\(place)"), ("organization", "Acme"), ("startedAt", day), ("finishedAt", day),
          ]), "\(place).csv")
    }
    var reports: [String] = []
    for order in [["0.csv", "1.csv"], ["1.csv", "0.csv"]] {
      let store = folder.file("store-\(order[0])")
      for file in order { #expect(try run("import", file, "--data-dir", store).status == 0) }
      reports.append(try run("compare", "--data-dir", store).output)
      reports.append(try run("compare", "A0", "A1", "--data-dir", store).output)
      reports.append(try run("compare", "A1", "A0", "--data-dir", store).output)
    }
    #expect(Set(reports).count == 1 && reports[0].contains("2025-03-19 → 2025-09-17"))
  }

  /// What the organisation is stands in rows of its own.
  @Test func theProfileComesAsRows() throws {
    let text = table([("Ana", 2)], extra: [("startedAt", "2025-03-19")])
    try write(text + "cur-size,,11 to 50,\ncur-sector,,other,\ncur-about,,Repairs,\n", "a.csv")
    #expect(try run("import", "a.csv").status == 0)
    let document = try JSONValue(parsing: try run("export", "last").output.utf8)
    let profile = document["responses"].list.filter { $0["rater"] == .null }
    #expect(profile.map { $0["value"].text }.sorted() == ["Repairs", "other", "upto-fifty"])
    try write(text + "cur-size,,huge,\n", "b.csv")
    let wrong = try run("import", "b.csv")
    #expect(
      wrong.status == 65
        && wrong.errors.contains("\"huge\" is no answer to cur-size; expected one of upto-ten"))
    try write(text + "exp-list,,x,\n", "c.csv")
    #expect(try run("import", "c.csv").errors.contains("lists travel as JSON"))
  }

  /// Two times are compared, not mixed.
  @Test func anotherTimeIsNotMixedIn() throws {
    try write(table([("Ana", 1)], extra: [("assessment", "A"), ("startedAt", "2025-03-19")]), "a.csv")
    try write(table([("Bo", 3)], extra: [("startedAt", "2026-03-19")]), "b.csv")
    try write(table([("Bo", 3)], extra: [("startedAt", "2025-04-02")]), "c.csv")
    #expect(try run("import", "a.csv").status == 0)
    let far = try run("import", "b.csv", "--into", "A")
    #expect(far.status == 65 && far.errors.contains("two times are compared, not mixed"), "\(far.errors)")
    #expect(try run("import", "c.csv", "--into", "A").status == 0)
  }

  @Test(arguments: [
    (
      "item,value\nown-who,3\nown-who,1\n",
      ":3: item: \"own-who\" stands here twice; where several people answered, a column"
    ),
    ("item,value\nown-who,\n", ":2: value: the cell is empty; leave the row out, or write dk"),
    ("item,value\nexp-promise,rather a\n", ":2: value: \"rather a\" is no position; a to e"),
    (
      "name of it,value\nown-who,3\n",
      ":1: the column \"item\" is missing; a table has a row for each answer: item,rater,value"
    ),
  ])
  func whatACarelessClientHandsOver(text: String, said: String) throws {
    try write(text, "x.csv")
    let refused = try run("import", "x.csv", "--date", "2025-03-19")
    #expect(refused.status == 65 && refused.errors.contains("x.csv" + said), "\(refused.errors)")
  }

  @Test func aDayThatIsNotWrittenOutIsTold() throws {
    try write(table([("Ana", 1)]) + "", "a.csv")
    let dated = try run("import", "a.csv", "--date", "19 March 2025")
    #expect(dated.status == 0 && dated.errors.contains("Dated 2025-03-19."), "\(dated.errors)")
  }
}
