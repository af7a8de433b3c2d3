import AssessmentModel
import Interchange
import Planning
import Testing

/// A plan as a table, to a spreadsheet and back.
@Suite struct PlanTableTests {
  static let today = noon.day.adding(days: 7)

  static func read(_ text: String, _ assessment: Assessment = PlanShellTests.finished) throws(CSV.Problem)
    -> PlanCSV.Changes
  {
    try PlanCSV.read(Array(text.utf8), into: try! CheckMailTests.plan(assessment), today: today)
  }

  static var written: String { PlanCSV.write(try! CheckMailTests.plan()) }

  @Test func whatWasNotTouchedChangesNothing() throws {
    let changes = try Self.read(Self.written)
    #expect(
      changes.changes.isEmpty && changes.missing.isEmpty && changes.clashes.isEmpty && changes.leftOut.isEmpty
    )
    #expect(
      Self.written.hasPrefix(
        "\u{FEFF}id,title,owner,firstStep,by,due,status,effortDays,done,stop,metric,asExported\r\n"))
  }

  /// A row of what was proposed once, and isn't now, counts once, too.
  @Test func aRowThatIsNoLongerProposedStandsOnce() throws {
    let plan = try CheckMailTests.plan()
    let lines = Set(plan.lines.map(\.entry.id))
    let id = try #require(plan.candidates.map(\.id).first { !lines.contains($0) })
    #expect(try Self.read("id,title\r\n\(id),A").changes.map(\.after.id) == [id])
    #expect(throws: CSV.Problem(line: 3, column: "id", message: "\"\(id)\" stands in line 2, too")) {
      try Self.read("id,title\r\n\(id),A\r\n\(id),B")
    }
  }

  /// What a spreadsheet does to a table, and what is another in the plan by that.
  static let edits: [(name: String, old: String, new: String, check: @Sendable (PlanEntry) -> Bool)] = [
    ("an owner", "late,Ana,", "late,Ben,", { $0.owner == "Ben" }),
    ("nobody", "late,Ana,", "late,nobody,", { !$0.isNamed }),
    ("a day", "2026-02-24,open", "2026-03-01,open", { $0.due?.description == "2026-03-01" }),
    (
      "a day as Germans write it", "2026-02-24,open", "1.3.2026,open", { $0.due?.description == "2026-03-01" }
    ),
    ("a status", "2026-02-24,open", "2026-02-24,Doing", { $0.status == .doing }),
    ("days of work", "2026-02-24,open,,", "2026-02-24,open,8.0,", { $0.effortDays == 8 }),
    ("a formula", "Guessing", "'=Guessing()", { $0.stop == "=Guessing()" }),
    ("no day", "2026-02-24,open", ",open", { $0.due != nil }),
  ]

  @Test(arguments: edits.indices)
  func oneCellIsOneChange(place: Int) throws {
    let (name, old, new, check) = Self.edits[place]
    let line = try #require(Self.written.firstRange(of: old))
    let changes = try Self.read(Self.written.replacingCharacters(in: line, with: new))
    #expect(changes.clashes.isEmpty && changes.changes.count == 1, "\(name)")
    guard let change = changes.changes.first else { return }
    #expect(change.after.id == "expectation-1" && change.row == 2 && change.number == 1, "\(name)")
    if name != "no day" { #expect(check(change.after), "\(name): \(change.after)") }
    // An effort that was our guess stays one.
    if name != "days of work" { #expect(change.after.effortDays == nil, "\(name)") }
  }

  /// What spreadsheets do by themselves is no change.
  static let harmless: [(name: String, change: @Sendable (String) -> String)] = [
    (
      "semicolons",
      { text in
        // Fields with a comma are quoted, so the others can be told.
        var isQuoted = false
        return String(
          text.map { character in
            if character == "\"" { isQuoted.toggle() }
            return character == "," && !isQuoted ? ";" : character
          })
      }
    ), ("line ends", { $0.replacing("\r\n", with: "\n") }), ("no mark", { String($0.dropFirst()) }),
    (
      "other days",
      { $0.replacing("2026-02-24", with: "24/02/2026").replacing("2026-01-20", with: "1/20/2026") }
    ),
    ("days with a time", { $0.replacing("2026-02-24", with: "2026-02-24 00:00:00") }),
    ("blanks", { $0.replacing("Ring three", with: " Ring three ") }),
    (
      "other columns",
      {
        $0.replacing("asExported\r\n", with: "asExported,Remark\r\n").replacing("\r\n", with: ",x\r\n")
          .replacing("Remark,x", with: "Remark")
      }
    ),
    ("capitals in the header", { $0.replacing("firstStep", with: "FIRSTSTEP") }),
  ]

  @Test(arguments: harmless.indices)
  func whatSpreadsheetsDoIsNoChange(place: Int) throws {
    let (name, change) = Self.harmless[place]
    let changes = try Self.read(change(Self.written))
    #expect(
      changes.changes.isEmpty && changes.clashes.isEmpty && changes.missing.isEmpty,
      "\(name): \(changes.changes)")
    #expect(changes.leftOut == (name == "other columns" ? ["Remark"] : []), "\(name)")
  }

  @Test func aDayThatCanBeReadInTwoWaysIsTheOneThatStoodThere() throws {
    var assessment = PlanShellTests.finished
    assessment.commitments![0].due = Day("2026-04-03")
    let text = PlanCSV.write(try CheckMailTests.plan(assessment))
    #expect(try Self.read(text.replacing("2026-04-03", with: "03/04/2026"), assessment).changes.isEmpty)
    #expect(try Self.read(text.replacing("2026-04-03", with: "04/03/2026"), assessment).changes.isEmpty)
    #expect(throws: CSV.Problem.self) {
      try Self.read(text.replacing("2026-04-03", with: "05/06/2026"), assessment)
    }
  }

  @Test func newAndMissingRows() throws {
    let lines = Self.written.split(separator: "\r\n").map(String.init)
    let text = (lines.filter { !$0.hasPrefix("own-1,") } + [",Buy a bell,Eve,,,2026-03-01,,,,,,"]).joined(
      separator: "\r\n")
    let changes = try Self.read(text)
    #expect(changes.missing.map(\.entry.id) == ["own-1"])
    #expect(changes.changes.count == 1 && changes.changes[0].before == nil)
    let new = changes.changes[0].after
    #expect(
      new.id == "own-2" && new.title == "Buy a bell" && new.owner == "Eve" && !new.isCommitment
        && new.due?.description == "2026-03-01")
  }

  /// What is proposed is taken up by what somebody writes into its row.
  @Test func aProposedRowIsTakenUp() throws {
    let plan = try CheckMailTests.plan()
    let proposed = try #require(plan.lines.first { !$0.isKept })
    let row = try #require(
      Self.written.split(separator: "\r\n").first { $0.hasPrefix(proposed.entry.id + ",") })
    let changed = String(row).replacing(",open,", with: ",doing,")
    let changes = try Self.read(Self.written.replacing(String(row), with: changed))
    #expect(changes.changes.map(\.after.id) == [proposed.entry.id])
    #expect(changes.changes[0].after.due == proposed.entry.due && changes.changes[0].after.status == .doing)
  }

  /// A day that is only proposed is kept by nobody who changes something else, and an empty cell takes none away.
  @Test func whatIsProposedIsNotKeptUnseen() throws {
    var assessment = PlanShellTests.finished
    assessment.commitments![0].due = nil
    let text = PlanCSV.write(try CheckMailTests.plan(assessment))
    let changes = try Self.read(text.replacing("late,Ana,", with: "late,Ben,"), assessment)
    #expect(changes.changes.map(\.after.due) == [nil] && changes.changes.map(\.after.owner) == ["Ben"])
    let row = try #require(text.split(separator: "\r\n").first { $0.hasPrefix("expectation-1,") })
    let due = try #require(try CheckMailTests.plan(assessment).commitments[0].entry.due).description
    #expect(
      try Self.read(text.replacing(String(row), with: row.replacing(due, with: "")), assessment).changes
        .isEmpty)
  }

  /// What was proposed when the table was written and is not now: nothing where it was left alone, else taken up.
  @Test func otherProposalsSinceKeepNothingFromBeingRead() throws {
    var here = PlanShellTests.finished
    here.planEvents = [KeptPlanTests.at(1, .freed(daysPerMonth: 0.2))]
    let now = Set(try CheckMailTests.plan(here).lines.map(\.entry.id))
    let then = try CheckMailTests.plan()
    let gone = try #require(then.lines.first { !$0.isKept && !now.contains($0.entry.id) })
    #expect(try Self.read(Self.written, here).changes.isEmpty)
    let row = try #require(Self.written.split(separator: "\r\n").first { $0.hasPrefix(gone.entry.id + ",") })
    let changes = try Self.read(
      Self.written.replacing(String(row), with: row.replacing(",open,", with: ",doing,")), here)
    #expect(changes.changes.map(\.after.id) == [gone.entry.id] && changes.changes[0].after.status == .doing)
  }

  @Test func aNewRowThatIsThereAlreadyIsNamed() throws {
    let text = "id,title,owner\r\n,walk the way of one order,Eve"
    let changes = try Self.read(text)
    #expect(changes.changes.isEmpty && changes.known.map(\.line.number) == [2])
  }

  /// Changed here since the table was written, and in the table, too.
  @Test func whatWasChangedOnBothSidesIsRefusedByItsRow() throws {
    var here = PlanShellTests.finished
    here.planEvents = [
      KeptPlanTests.at(1, .heard([Hearing(entry: "expectation-1", answer: .doing, day: noon.day)]))
    ]
    let there = Self.written.replacing("late,Ana,", with: "late,Ben,").replacing(
      "order,Ben,", with: "order,Cy,")
    let changes = try Self.read(there, here)
    #expect(changes.clashes.map(\.row) == [2] && changes.changes.map(\.after.id) == ["own-1"])
    // Without the column it can't be told.
    let blind = there.split(separator: "\r\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).dropLast().joined(separator: ",")
    }
    #expect(try Self.read(blind.joined(separator: "\r\n")).clashes.map(\.row) == [2, 3])
  }

  /// A file that can't be read, and what is told of it.
  @Test(
    arguments: [
      ("ï»¿id,title\r\n,A", "UTF-8"),
      ("id,owner\r\nexpectation-1,Ben", "title"), ("title,status\r\nA,open", "id"), ("", "empty"),
      ("id,title,title\r\n,a,b", "twice"), ("id,title\r\nnone-such,A", "no line \"none-such\""),
      ("id,title\r\nexpectation-1,A\r\nexpectation-1,B", "stands in line 2"),
      ("id,title,owner\r\n,,Ana", "needs a title"),
      ("id,title,status\r\nexpectation-1,A,nearly", "none of open"),
      ("id,title,effortDays\r\nexpectation-1,A,some", "some"),
      ("id,title,due\r\nexpectation-1,A,soon", "no day"), ("id,title\r\nexpectation-1, ", "write dropped"),
    ])
  func whatIsWrongIsTold(text: String, words: String) {
    do throws(CSV.Problem) {
      let changes = try Self.read(text)
      Issue.record("taken: \(changes.changes)")
    } catch {
      #expect("\(error.column ?? "") \(error.message)".contains(words), "\(error)")
    }
  }

  /// No cell of a text is a formula to a spreadsheet, whatever people write.
  @Test(arguments: ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1", "＝1", "'x"])
  func noTextIsAFormula(text: String) throws {
    var assessment = PlanShellTests.finished
    assessment.commitments![0] = Commitment(
      action: "expectation-1", title: text, owner: text, firstStep: text, by: noon.day, done: text, stop: text
    )
    let written = PlanCSV.write(try CheckMailTests.plan(assessment))
    for cell in written.dropFirst().split(whereSeparator: { ",\r\n\"".contains($0) }) {
      #expect(!"=+-@＝＋－＠\t".contains(cell.first!), "\(cell)")
    }
    #expect(try Self.read(written, assessment).changes.isEmpty)
  }

  /// Random edits of a random plan: exactly those come back.
  @Test func randomEditsComeBack() throws {
    for seed in (1...120).map({ UInt64($0) * 271 }) {
      var random = SeededGenerator(state: seed)
      var assessment = PlanShellTests.finished
      assessment.planEvents = randomPlanEvents(seed)
      let plan = try CheckMailTests.plan(assessment)
      var lines = PlanCSV.write(plan).replacing("\u{FEFF}", with: "").split(separator: "\r\n").map(
        String.init)
      var wanted: Set<String> = []
      for place in lines.indices.dropFirst() where Int.random(in: 0..<4, using: &random) == 0 {
        guard let id = lines[place].split(separator: ",").first.map(String.init) else { continue }
        let status = plan.line(id)!.entry.status
        let other = PlanEntry.Status.allCases.filter { $0 != status }.randomElement(using: &random)!
        guard lines[place].ranges(of: ",\(status.rawValue),").count == 1 else { continue }
        lines[place] = lines[place].replacing(",\(status.rawValue),", with: ",\(other.rawValue),")
        wanted.insert(id)
      }
      let changes = try PlanCSV.read(Array(lines.joined(separator: "\n").utf8), into: plan, today: Self.today)
      #expect(Set(changes.changes.map(\.after.id)) == wanted && changes.clashes.isEmpty, "seed \(seed)")
    }
  }
}
