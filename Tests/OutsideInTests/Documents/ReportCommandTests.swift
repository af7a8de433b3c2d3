import AssessmentModel
import Foundation
import Interchange
import Testing

/// The documents as the program writes them: what goes out, what stays in the room, and files that are whole.
@Suite struct ReportCommandTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  func run(_ arguments: String...) throws -> Run { try OutsideInTests.run(arguments, in: folder) }

  func read(_ name: String) throws -> String {
    // With its byte order mark.
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: folder.file(name))), as: UTF8.self)
  }

  /// Stores an assessment as somebody's document brings it.
  func store(_ assessment: Assessment) throws {
    let document = AssessmentDocument.write(
      assessment, questionnaire: outsideIn.questionnaire, definition: outsideIn.questionnaire.canonical)
    let run = try OutsideInTests.run(["import", "-"], input: document.text(), in: folder)
    #expect(run.status == 0, "\(run.errors)")
  }

  /// Where a remark stands, each with a name that nobody outside should read.
  static let remarks = [
    "note", "evidence note", "team evidence", "reason", "dissent", "parked", "homework",
  ]

  static func filled(_ id: String = "FILLED", on day: Day = noon.day) -> Assessment {
    filledAssessment(id, on: day) { remarks.contains($0) ? "Frau Zimmermann \($0)" : "the \($0)" }
  }

  /// Every document there is, by the arguments that write it into a file.
  static let documents: [[String]] =
    ["html", "markdown", "page", "board", "mail", "csv", "json"].map { ["report", "FILLED", "--format", $0] }
    + ["text", "markdown", "html", "csv", "json", "ics"].map { ["plan", "FILLED", "--format", $0] }
    + ["markdown", "html", "json"].map { ["workshop", "record", "FILLED", "--format", $0] }
    + ["text", "markdown", "html", "csv", "json"].map { ["compare", "BEFORE", "FILLED", "--format", $0] }
    + ["markdown", "html"].map { ["workshop", "sheets", "FILLED", "--format", $0] }

  /// Without an answer to the question nothing that was typed beside the answers leaves, into a file or down a pipe.
  @Test(arguments: documents)
  func whatWasSaidInTheRoomStaysThere(arguments: [String]) throws {
    try store(Self.filled("BEFORE", on: noon.day.adding(days: -180)))
    try store(Self.filled())
    let written = try OutsideInTests.run(arguments + ["-o", "out"], in: folder)
    #expect(written.status == 0, "\(written.errors)")
    let piped = try OutsideInTests.run(arguments, in: folder)
    #expect(try !read("out").contains("Zimmermann") && !piped.output.contains("Zimmermann"))
    #expect(try read("out") == piped.output || arguments.contains("text"))
    // The same assessment gives the same bytes.
    #expect(try OutsideInTests.run(arguments, in: folder).output == piped.output)
    let mode = try FileManager.default.attributesOfItem(atPath: folder.file("out"))[.posixPermissions] as? Int
    #expect(mode == 0o600)
  }

  @Test func itIsSaidWhatStays() throws {
    try store(Self.filled())
    let run = try run("report", "FILLED", "--format", "mail")
    #expect(
      run.errors
        == "Left out, since nobody has said that it may go out: 1 note, 2 pieces of evidence, 1 reason, 1 dissent and 2 topics put off. --with-notes takes all along.\n"
    )
    #expect(try self.run("report", "FILLED", "--format", "board").errors.isEmpty)
  }

  @Test func whoSaysSoTakesThemAlong() throws {
    try store(Self.filled())
    for arguments in [
      ["report", "FILLED"], ["workshop", "record", "FILLED"], ["plan", "FILLED", "--format", "html"],
    ] {
      let all = try OutsideInTests.run(arguments + ["--with-notes"], in: folder)
      #expect(all.output.contains("Zimmermann dissent") && all.errors.isEmpty)
      let none = try OutsideInTests.run(arguments + ["--without-notes"], in: folder)
      #expect(!none.output.contains("Zimmermann") && none.errors.isEmpty)
    }
    #expect(try run("report", "FILLED", "--with-notes", "--ask-notes").status == 64)
  }

  /// At a terminal each text is shown before the first file is written; what is said counts for all that come after.
  @Test func theFirstFileAsksForEach() throws {
    try store(Self.filled())
    let terminal = try Terminal(["report", "FILLED", "-o", "r.html"], in: folder, columns: 200)
    for (place, answer) in ["n", "", "y", "back", "y", "n", "y", "n", "n"].enumerated() {
      let shown = terminal.wait(for: "y or n> ")
      if place == 0 {
        #expect(shown.contains("1 of 7") && shown.contains("Zimmermann note"))
      }
      terminal.enter(answer)
    }
    #expect(terminal.waitForEnd() == 0)
    let page = try read("r.html")
    #expect(page.contains("Zimmermann team evidence") && page.contains("Zimmermann dissent"))
    for text in ["note", "evidence note", "reason", "parked", "homework"] {
      #expect(!page.contains("Zimmermann \(text)"), "\(text)")
    }
    #expect(!page.contains("stays there"))
    // Nobody is asked twice, and nothing is told of what was decided.
    let record = try run("workshop", "record", "FILLED", "-o", "record.html")
    #expect(record.status == 0 && record.errors.isEmpty)
    #expect(try read("record.html").contains("Zimmermann dissent"))
    let again = try Terminal(["report", "FILLED", "-o", "r2.html"], in: folder)
    #expect(again.waitForEnd() == 0)
    #expect(try read("r2.html") == page)
    // It travels with the plan's history, and the plan is as it was.
    let export = try run("export", "FILLED").output
    #expect(export.contains("\"kind\": \"released\"") || export.contains("\"kind\":\"released\""))
    #expect(try run("plan", "undo", "FILLED").errors.contains("released") == false)
  }

  /// At a terminal a page becomes a new file, under another name where there is one; a mail is read there.
  @Test func aPageIsWrittenAndAMailIsRead() throws {
    try store(Self.filled())
    for name in ["board.html", "board-2.html"] {
      let terminal = try Terminal(["report", "FILLED", "--format", "board"], in: folder, columns: 200)
      #expect(terminal.waitForEnd() == 0)
      #expect(terminal.screen.contains("Written: ") && terminal.screen.contains("/\(name)"))
      #expect(try read(name).hasPrefix("<!DOCTYPE html>"))
    }
    let mail = try Terminal(["report", "FILLED", "--format", "mail", "--without-notes"], in: folder)
    #expect(mail.waitForEnd() == 0)
    #expect(mail.screen.contains("Subject: What we found"))
  }

  /// Asked again, Enter keeps what was said.
  @Test func enterKeepsWhatWasSaid() throws {
    try store(Self.filled())
    let first = try Terminal(["report", "FILLED", "-o", "r.html"], in: folder)
    _ = first.wait(for: "y or n> ")
    first.enter("all")
    #expect(first.waitForEnd() == 0)
    let again = try Terminal(["report", "FILLED", "--ask-notes", "-o", "r2.html"], in: folder)
    for _ in 0..<6 {
      _ = again.wait(for: "Enter keeps that) y or n> ")
      again.enter()
    }
    _ = again.wait(for: "y or n> ")
    again.enter("n")
    #expect(again.waitForEnd() == 0)
    let page = try read("r2.html")
    #expect(page.contains("Zimmermann note") && !page.contains("Zimmermann homework"))
  }

  /// Whoever leaves the question has written nothing.
  @Test func leavingWritesNothing() throws {
    try store(Self.filled())
    let terminal = try Terminal(["report", "FILLED", "-o", "r.html"], in: folder)
    _ = terminal.wait(for: "y or n> ")
    terminal.enter("y")
    _ = terminal.wait(for: "y or n> ")
    terminal.enter("quit")
    #expect(terminal.waitForEnd() == 0)
    #expect(!FileManager.default.fileExists(atPath: folder.file("r.html")))
    // What was said by then counts, and is not asked again.
    let again = try Terminal(["report", "FILLED", "-o", "r.html"], in: folder)
    #expect(again.wait(for: "y or n> ").contains("1 of 6"))
  }

  // MARK: Files

  @Test func theOldFileOrTheNewOneWhole() throws {
    try store(Self.filled())
    #expect(try run("report", "FILLED", "-o", "/dev/full").status == 73)
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("link.html"), withDestinationPath: folder.file("target.html"))
    let linked = try run("report", "FILLED", "-o", "link.html")
    #expect(linked.status == 73 && linked.errors.contains("left alone"))
    #expect(!FileManager.default.fileExists(atPath: folder.file("target.html")))
    #expect(mkfifo(folder.file("fifo"), 0o600) == 0)
    #expect(try run("report", "FILLED", "-o", "fifo").status == 73)
    #expect(try run("report", "FILLED", "-o", "nowhere/r.html").status == 73)
    #expect(try run("report", "FILLED", "-o", "r.docx").status == 64)
    for (format, name) in [
      ("page", "w.pdf"), ("board", "b.md"), ("board", "b.csv"), ("html", "r.json"), ("csv", "r.html"),
    ] {
      #expect(try run("report", "FILLED", "--format", format, "-o", name).status == 64, "\(name)")
    }
    #expect(try run("report", "FILLED", "--format", "board", "-o", "b.html").status == 0)
    #expect(try run("report", "FILLED", "-o", "r.pdf").errors.contains("print it into a file"))
    // A write that fails half-way leaves what was there.
    try "old".write(toFile: folder.file("r.html"), atomically: true, encoding: .utf8)
    let cut = try OutsideInTests.run(
      ["-c", "ulimit -f 8; trap '' XFSZ; exec \(programPath) report FILLED -o r.html"], in: folder,
      program: "/bin/sh")
    #expect(cut.status == 74, "\(cut.errors)")
    #expect(try read("r.html") == "old")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).allSatisfy { !$0.hasSuffix(".tmp") })
    for (line, status) in [("> /dev/full", 74), (">&-", 74)] {
      let run = try OutsideInTests.run(
        ["-c", "\(programPath) report FILLED \(line)"], in: folder, program: "/bin/sh")
      #expect(run.status == status, "\(line): \(run.errors)")
    }
  }

  @Test(arguments: [
    ("r.html", "<!DOCTYPE html>"), ("R.HTM", "<!DOCTYPE html>"), ("r.md", "# "), ("r.csv", "kind,"),
    ("r.json", "{"), ("r.txt", "Subject: "), ("r", "<!DOCTYPE html>"),
  ])
  func theFilesNameTellsTheFormat(name: String, start: String) throws {
    try store(Self.filled())
    #expect(try run("report", "FILLED", "-o", name).status == 0)
    #expect(try read(name).drop { $0 == "\u{FEFF}" }.hasPrefix(start))
  }

  // MARK: What they hold

  /// The wall's and the board's page, the mail and the whole of the example, as they were kept.
  @Test(arguments: ["html", "page", "board", "mail", "markdown", "csv", "json"])
  func theExamplesDocumentsAreAsTheyWereKept(format: String) throws {
    _ = try run("demo")
    let store = ["--data-dir", folder.file("data/demo")]
    var text = try OutsideInTests.run(["report", "last", "--format", format] + store, in: folder).output
    // How it looks is another file's.
    if let start = text.firstRange(of: "<style>"), let end = text.firstRange(of: "</style>") {
      text.removeSubrange(start.upperBound..<end.lowerBound)
      text.replace(/sha256-[^']*/, with: "sha256-…")
    }
    try expectAsKept(text.replacing("\u{FEFF}", with: ""), "report-\(format)")
  }

  /// Almost nothing answered: every document says what is missing, and none fails.
  @Test(arguments: ["html", "page", "board", "mail", "markdown", "csv", "json"])
  func almostNothingIsADocumentToo(format: String) throws {
    var assessment = coreAssessment { item, _ in item.id == "own-who" ? .answered(.level(2)) : nil }
    assessment.organization = "Acme"
    try store(assessment)
    let run = try run("report", "last", "--format", format)
    #expect(run.status == 0, "\(run.errors)")
    if format != "csv", format != "json" {
      #expect(run.output.contains("not enough answers for a verdict yet"))
    }
  }

  /// No formula of anybody's is one in a spreadsheet.
  @Test func tablesHoldNoFormula() throws {
    try store(filledAssessment { "=HYPERLINK(\"//canary\"&\"\($0)\")" })
    let table = try run("report", "FILLED", "--format", "csv", "--with-notes").output
    #expect(table.contains("'=HYPERLINK"))
    for cell in table.dropFirst().split(whereSeparator: { ",\r\n".contains($0) }) {
      let bare = cell.drop { $0 == "\"" }
      #expect(bare.first.map { !"=+@".contains($0) } ?? true, "\(cell)")
    }
  }

  /// What one customer said is told to nobody else, in no format; of three it is told area by area.
  @Test(arguments: [1, 2, 3])
  func singleCustomersAreNotTold(count: Int) throws {
    var assessment = Self.filled()
    for id in ["c1", "c2", "c3"].dropFirst(count) {
      assessment.raters.removeAll { $0.id == id }
      for key in assessment.responses.map(\.key) where key.rater == id { assessment.responses[key] = nil }
    }
    try store(assessment)
    let json = try JSONValue(parsing: run("report", "FILLED", "--format", "json").output.utf8)
    #expect(json["scorecard"]["deliveryGap"]["dimensions"].list.isEmpty == (count < 3))
    for format in ["html", "markdown"] {
      let text = try run("report", "FILLED", "--format", format).output
      #expect(text.contains("off by") == (count == 3), "\(format)")
      #expect(text.contains("So few customers answered") == (count < 3), "\(format)")
    }
    #expect(try run("plan", "FILLED").output.contains("off by") == (count == 3))
  }

  /// Where anonymity was promised, one answer among those who don't know is not shown either.
  @Test func oneAnswerAmongManyThatDontKnowIsNotShown() throws {
    var assessment = workshopAssessment(anonymous: true)
    assessment.finishedAt = noon
    for item in outsideIn.questionnaire.items where item.scored != nil && item.core {
      assessment.tallies.append(
        item.id == "jou-walk"
          ? Tally(item: item.id, counts: [0, 0, 0, 1, 0], dontKnow: 8)
          : Tally(item: item.id, counts: [1, 2, 3, 2, 1]))
    }
    try store(assessment)
    let table = try run("report", "TEST", "--format", "csv").output
    let row = try #require(table.split(separator: "\r\n").first { $0.hasPrefix("question,jou-walk") })
    #expect(row.contains(",1,,,,,,,,"), "\(row)")
    let record = try JSONValue(parsing: run("workshop", "record", "TEST", "--format", "json").output.utf8)
    let question = record["questions"].list.first { $0["item"] == .string("jou-walk") }
    #expect(question?["rounds"].list.first?["counts"] == .null)
  }

  /// Of an area all but one person's department is not told: what is left would be theirs.
  @Test func theLastOneLeftIsNotTold() throws {
    var assessment = coreAssessment(raters: 6) { item, rater in
      oriented(rater < 3 ? 0 : rater < 5 ? 1 : 4, item)
    }
    assessment.organization = "Acme"
    for (place, department) in ["Sales", "Sales", "Sales", "Service", "Service", "Solo"].enumerated() {
      assessment.raters[place].department = department
    }
    try store(assessment)
    let report = try run("report", "last", "--format", "markdown").output
    #expect(
      !report.contains("Solo places")
        && !(report.contains("Sales places") && report.contains("Service places")))
    let json = try JSONValue(parsing: run("report", "last", "--format", "json").output.utf8)
    #expect(json["agreement"]["departments"].list.isEmpty)
  }

  /// Nobody's own vote can be told: none of a question that fewer than three answered, no department of one person, no
  /// names beside answers.
  @Test(arguments: ["html", "markdown", "csv", "json"])
  func noDocumentTellsOnePersonsAnswer(format: String) throws {
    var assessment = Self.filled()
    assessment.raters[5].department = "Alone"
    for rater in ["r3", "r4", "r5", "r6"] {
      assessment.responses[.init(item: "jou-walk", rater: rater)] = nil
    }
    try store(assessment)
    let text = try run("report", "FILLED", "--format", format).output
    #expect(!text.contains("Alone places"))
    switch format {
    case "csv":
      let row = try #require(text.split(separator: "\r\n").first { $0.hasPrefix("question,jou-walk") })
      #expect(row.contains(",1,,,,,,,,"), "\(row)")
    case "json":
      let document = try JSONValue(parsing: text.utf8)
      #expect(document["scorecard"]["departmentContributions"].list.isEmpty)
      #expect(document["scorecard"]["flip"].list.allSatisfy { $0["rater"] == .null })
      #expect(document["agreement"]["items"].list.allSatisfy { $0["item"] != .string("jou-walk") })
      #expect(document["agreement"]["departments"].list.allSatisfy { $0["n"] != .integer(1) })
    default: #expect(!text.contains("What would turn it"))
    }
  }
}
