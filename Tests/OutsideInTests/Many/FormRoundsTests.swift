import AssessmentModel
import Foundation
import Testing

@testable import Interchange
@testable import Scoring

/// The table of a form that people of many organisations filled in.
@Suite struct FormRoundsTests {
  private static let today = Day("2026-11-26")!

  /// A table with two questions; each row says what stands in front of them, then two levels.
  private static func read(
    _ header: String, _ rows: [String], organization: String = "", team: String = "", date: String? = nil
  ) throws -> FormRounds {
    let text = ([header + ",[own-who],[emo-feel]"] + rows).joined(separator: "\n") + "\n"
    return try FormRounds.read(
      Array(text.utf8), outsideIn.questionnaire, organization: organization, team: team, scope: nil,
      date: date.flatMap { Day($0) }, today: today
    ) { "\($0)/\($1)/\($2)" }
  }

  private static func problems(_ header: String, _ rows: [String]) -> [String] {
    do {
      _ = try read(header, rows)
      return []
    } catch let problems as FormTable.Problems {
      return problems.all.map { "\($0.place): \($0.message)" }
    } catch {
      return ["\(error)"]
    }
  }

  private static let header = "Company,Department/Team,Date,Respondent name"

  @Test func peopleOfATeamAreOneAssessment() throws {
    let table = try Self.read(
      Self.header,
      [
        "Acme GmbH,Sales,05.09.2025,Ana Roth,1,2", "Beta,,06.09.2025,Bo Lind,4,dk",
        "acme gmbh,sales,20.09.2025,Cleo Ernst,3,n/a", "Acme GmbH,Billing,05.09.2025,Ana Roth,0,0",
        "Acme GmbH,Sales,06.09.2026,Ana Roth,2,2", ",,,,,",
      ])
    #expect(table.rounds.map(\.rows) == [[2, 4], [6], [3], [5]] && table.teams == 3 && table.people == 5)
    #expect(table.unanswered == [] && table.doubled == [] && table.leftOut == [])
    let first = table.document(of: table.rounds[0])
    #expect(first["id"].text == "acme gmbh/sales/2025-09-05" && first["organization"].text == "Acme GmbH")
    #expect(first["team"].text == "Sales" && first["scope"].text == "core")
    #expect(
      first["startedAt"].text == "2025-09-05T00:00:00Z" && first["finishedAt"].text == "2025-09-20T00:00:00Z")
    #expect(first["raters"].list.map { $0["name"].text } == ["Ana Roth", "Cleo Ernst"])
    let said = first["responses"].list.map {
      "\($0["rater"].text) \($0["item"].text) \($0["value"].number.map { "\(Int($0))" } ?? $0["state"].text)"
    }
    #expect(
      said == ["r1 own-who 1", "r1 emo-feel 2", "r2 own-who 3", "r2 emo-feel notApplicable"])
    #expect(table.document(of: table.rounds[1])["finishedAt"].text == "2026-09-06T00:00:00Z")
  }

  /// A month's pause ends a round, and so do three months; a column `assessment` says otherwise.
  @Test(arguments: [
    (["2026-01-01", "2026-02-01"], 1), (["2026-01-01", "2026-02-02"], 2),
    (["2026-01-01", "2026-01-31", "2026-03-01", "2026-03-31", "2026-04-03"], 1),
    (["2026-01-01", "2026-01-31", "2026-03-01", "2026-03-31", "2026-04-04"], 2),
  ])
  func aPauseEndsARound(days: [String], rounds: Int) throws {
    #expect(try Self.read("Organization,Date", days.map { "Acme,\($0),1,1" }).rounds.count == rounds)
    let labelled = try Self.read(
      "Assessment,Organization,Date", days.map { "Spring,Acme,\($0),1,1" })
    #expect(labelled.rounds.count == 1 && labelled.document(of: labelled.rounds[0])["id"].text == "Spring")
  }

  /// Whoever answers again after a month has begun another round, though others were slower.
  @Test func nobodyIsInARoundTwice() throws {
    let table = try Self.read(
      "Organization,Date,Name",
      [
        "Acme,2026-01-01,Ana Roth,1,1", "Acme,2026-01-25,Bo Lind,1,1", "Acme,2026-02-20,Ana Roth,2,2",
        "Acme,2026-02-21,Bo Lind,2,2",
      ])
    #expect(
      table.rounds.map(\.rows) == [[2, 3], [4], [5]] || table.rounds.map(\.rows) == [[2, 3], [4, 5]])
    let twice = try Self.read(
      "Organization,Date,Name", ["Acme,2026-01-01,Ana Roth,1,1", "Acme,2026-01-03,ana roth,1,1"])
    #expect(twice.rounds.map(\.rows) == [[2]] && twice.doubled == [3])
  }

  @Test(arguments: [
    (
      ["Acme,2026-01-01,Ana Roth,1,1", "Acme,2026-01-03,Ana Roth,1,2"],
      "row 3, column C: Ana Roth stands in row 2, too"
    ),
    (["Acme,2026-01-01,Ana Roth,7,1"], "row 2, column D: “7” is no answer to own-who"),
    (["Acme,31.02.2026,Ana Roth,1,1"], "row 2, column B: “31.02.2026” is no day"),
    (["Acme,2027-01-01,Ana Roth,1,1"], "row 2, column B: “2027-01-01” lies ahead"),
    (["Acme,03/04/2026,Ana Roth,1,1"], "row 2, column B: “03/04/2026” can be 2026-03-04 or 2026-04-03"),
    (["Acme,,Ana Roth,1,1"], "row 2, column B: nothing says when"),
    ([",2026-01-01,Ana Roth,1,1"], "row 2, column A: nothing says whose this row is"),
    (["Acme,2026-01-01,Ana Roth,,"], ": there is no answer to any question"),
    (["Acme,2026-01-01,Ana Roth,1"], "row 2: the row ends before its last column"),
  ])
  func allThatIsWrongIsSaidAtOnce(rows: [String], words: String) {
    let problems = Self.problems("Organization,Date,Name", rows)
    #expect(problems.count == 1 && problems[0].hasPrefix(words), "\(problems)")
    let twice = Self.problems("Organization,Date,Name", rows + ["Beta,2026-01-01,Bo Lind,x,1"])
    #expect(words.hasPrefix(": ") || twice.count == 2, "\(twice)")
  }

  /// Services write 4/3/2026 14:05:01 or 2026-03-04 14:05:01: one row that can be read in one way tells.
  @Test(arguments: [
    (["03/04/2026 14:05:01", "04/25/2026"], "2026-03-04"), (["03/04/2026", "25/04/2026 9:00"], "2026-04-03"),
    (["2026-03-04 14:05:01", "2026-04-25"], "2026-03-04"),
    (["2026-03-04T14:05:01Z", "25 Apr 2026"], "2026-03-04"),
    (["3/4/2026 2:05:01 PM GMT+2", "4/25/2026"], "2026-03-04"),
  ])
  func daysAsFormsWriteThem(days: [String], first: String) throws {
    let table = try Self.read("Organization,Timestamp", days.map { "Acme,\($0),1,1" })
    #expect(table.document(of: table.rounds[0])["startedAt"].text == first + "T00:00:00Z")
  }

  @Test func whatTheTableDoesNotSayMayBeGiven() throws {
    let table = try Self.read(
      "Assessment", ["A,1,1", "B,2,2"], organization: "Acme", team: "Sales", date: "2026-01-01")
    #expect(table.rounds.map { table.document(of: $0)["organization"].text } == ["Acme", "Acme"])
    #expect(table.rounds.map { table.document(of: $0)["id"].text } == ["A", "B"])
    #expect(table.document(of: table.rounds[0])["finishedAt"].text == "2026-01-01T00:00:00Z")
  }

  /// A team, and in it departments; what a team says of itself is taken, too.
  @Test func teamsAndDepartmentsAndTheSector() throws {
    let table = try Self.read(
      "Organization,Team,Department,Date,Name,cur-sector,Colour",
      [
        "Acme,North,Sales,2026-01-01,Ana Roth,Health,red,1,1",
        "Acme,North,Billing,2026-01-01,Bo Lind,,red,2,2",
      ])
    let document = table.document(of: table.rounds[0])
    #expect(
      table.rounds.count == 1
        && document["raters"].list.map { $0["department"].text } == ["Sales", "Billing"])
    #expect(document["responses"].list.last?["value"].text == "health" && table.leftOut == ["Colour"])
    let wrong = Self.problems("Organization,Date,cur-sector", ["Acme,2026-01-01,Heath,1,1"])
    #expect(
      wrong.count == 1 && wrong[0].contains("column C: \"Heath\" is no answer to cur-sector"), "\(wrong)")
  }

  /// Other tools count answers from 1, and nothing may be shifted by one unseen.
  @Test(arguments: [
    (
      ["3,4", "5,1"],
      "column F: answers of questions with two sides here and in D are figures from 1 to 5: write letters"
    ),
    (["3,4", "2,1"], "no row tells whether they go from 1 to 5 or from 0 to 4"),
    (["3,b", "2.0,1"], "no row tells"),
    (["0,4", "2,1"], nil), (["c,b", "a,e"], nil), (["dk,n/a", "a,"], nil),
  ])
  func figuresOfTwoSidesMayCountFromOne(cells: [String], said: String?) {
    let wrong = Self.problems(
      "Company,Date,[vis-tradeoff],[exp-promise]", cells.map { "Acme,2026-01-01,\($0),1,1" })
    // The two behind are levels.
    #expect(
      wrong.count == (said == nil ? 0 : 1)
        && (said.map { wrong.first?.contains($0.replacing("column F", with: "column C")) == true } ?? true),
      "\(wrong)")
  }

  @Test func figuresOfLevelsMayCountFromOne() {
    let wrong = Self.problems("Company,Date", ["Acme,2026-01-01,1,5", "Acme,2026-01-01,2,3"])
    #expect(
      wrong == [
        "column C: answers here and in D are figures from 1 to 5, and levels go from 0 to 4: take 1 from each"
      ])
    #expect(
      Self.problems("Company,Date", ["Acme,2026-01-01,0,5"]).first?.contains("“5” is no answer to emo-feel")
        == true)
  }

  /// As SurveyMonkey writes them: questions for titles, two rows of header, and several columns of time.
  @Test func titlesAsOtherToolsWriteThem() throws {
    let table = try Self.read(
      "Respondent ID,Collector ID,Start Date,End Date,Which company do you work for?,Which team are you in?",
      [
        ",,,,Open-Ended Response,Response,Response,Response",
        "118,3,03/25/2026 08:59:00 PM,03/25/2026 09:10:00 PM,Acme,Sales,1,2",
        "119,3,03/26/2026 08:59:00 PM,03/26/2026 09:10:00 PM,Acme,Sales,0,4",
      ])
    #expect(table.rounds.map(\.rows) == [[3, 4]] && table.leftOut == ["Collector ID"])
    let document = table.document(of: table.rounds[0])
    #expect(document["organization"].text == "Acme" && document["team"].text == "Sales")
    #expect(document["startedAt"].text == "2026-03-25T00:00:00Z")
  }

  /// Thousands of rows may be wrong in one way.
  @Test func whatIsWrongAlikeIsToldOnce() throws {
    let rows = (0..<500).map { _ in "Acme,2026-01-01,7,1" } + ["Acme,,1,1", ",2026-01-01,1,8"]
    do {
      _ = try Self.read("Company,Date", rows)
      Issue.record("it was taken")
    } catch let problems as FormTable.Problems {
      #expect(problems.all.count == 503)
      #expect(
        problems.told.map { $0.prefix(60) }.count == 4
          && problems.told[0].hasPrefix("row 2, column C: “7” is no answer")
          && problems.told[0].hasSuffix("; so in 500 rows."), "\(problems.told)")
    }
  }

  /// From the file to a portfolio, twice; and a late row makes another of its round.
  @Test func fromTheFileToAPortfolio() throws {
    let folder = try TemporaryFolder()
    let items = builtIn("1.0.0").questionnaire.items.filter { $0.scored != nil }
    let header = (["Response ID", "Company", "Team", "Date", "Name"] + items.map { "\"\($0.text)\"" })
      .joined(separator: ",")
    func row(_ number: Int, _ company: String, _ day: String, _ name: String) -> String {
      (["\(number)", company, "Sales", day, name] + items.map { _ in "\((number + 3) % 4)" }).joined(
        separator: ",")
    }
    let rows = [
      row(1, "Acme", "2025-09-05", "Ana Roth"), row(2, "Acme", "2025-09-06", "Bo Lind"),
      row(3, "Beta", "2026-02-05", "Cleo Ernst"),
    ]
    func take(_ rows: [String], _ options: [String] = []) throws -> Run {
      let path = try folder.write(["wide.csv": ([header] + rows).joined(separator: "\n") + "\n"], to: "w")
      return try run(["import", path + "/wide.csv"] + options, in: folder)
    }
    let first = try take(rows)
    #expect(first.status == 0)
    #expect(
      first.errors.contains("3 rows of 2 teams make 2 assessments with outside-in@1.0.0"), "\(first.errors)")
    #expect(first.errors.contains("2 of 2 assessments came in."))
    #expect(first.output.split(separator: "\n").allSatisfy { $0.wholeMatch(of: /F[0-9A-Z]{15}/) != nil })
    let list = try run(["list"], in: folder).output
    #expect(list.contains("2025-09-05") && list.contains("2026-02-05"))
    #expect(try take(rows).errors.contains("0 of 2 assessments came in, 2 were here already."))
    let late = rows + [row(4, "Acme", "2025-09-20", "Dan Vogt")]
    let refused = try take(late)
    #expect(refused.status == 65 && refused.errors.contains("--newer"))
    #expect(try take(late, ["--newer"]).errors.contains("1 took the place of an older one"))
    #expect(try run(["portfolio", "--until", "2026-11-26"], in: folder).output.contains("of 2 teams"))
    // Without its first row the team's round begins on another day and is another one; the old one is named.
    let corrected = try take(
      Array(rows.dropFirst()) + [row(5, "Acme", "2025-09-21", "Eve Noll")], ["--replace"])
    #expect(
      corrected.errors.contains(
        "Acme, Sales has another assessment of that time, which the file does not have: F")
        && corrected.errors.contains("it is out of date: outside-in delete F"), "\(corrected.errors)")
  }

  @Test func aTableOfOneGroupSaysWhereItGoes() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(["form.csv": "Name,[own-who]\nAna,1\n"], to: "w") + "/form.csv"
    for arguments in [["import", path], ["import", path, "--format", "form"]] {
      let told = try run(arguments, in: folder)
      #expect(told.status == 64 && told.errors.contains("--into ID"))
      #expect(told.errors.contains("give it a column Organization"))
    }
  }
}
