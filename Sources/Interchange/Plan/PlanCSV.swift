import AssessmentModel
import Planning

/// A plan as a table, a row a line, and what comes back of it from a spreadsheet.
package enum PlanCSV {
  static let columns = [
    "id", "title", "owner", "firstStep", "by", "due", "status", "effortDays", "done", "stop", "metric",
    "asExported",
  ]

  /// All lines, taken up or proposed.
  package static func write(_ plan: Plan) -> String {
    let rows = plan.lines.map { line -> [CSV.Cell] in
      let row = Row(line.entry, plan)
      return [
        .text(row.id), .text(row.title), .text(row.owner), .text(row.firstStep),
        CSV.Cell(row.by?.description),
        CSV.Cell(row.due?.description), .text(row.status.rawValue),
        row.effortDays.map { .integer($0) } ?? .empty,
        .text(row.done), .text(row.stop), .text(row.metric), .text(row.digest),
      ]
    }
    return CSV.write([columns.map { .text($0) }] + rows)
  }

  /// A line as a row tells it.
  struct Row: Hashable {
    var id: String
    var title: String
    var owner: String
    var firstStep: String
    var by: Day?
    var due: Day?
    var status: PlanEntry.Status
    /// As the team says, else our guess.
    var effortDays: Int?
    var done: String
    var stop: String
    var metric: String

    /// Blanks at the ends of a text come and go in spreadsheets, and so do kinds of line breaks.
    init(_ entry: PlanEntry, _ plan: Plan) {
      id = entry.id
      title = Self.plain(entry.title)
      owner = Self.plain(entry.owner)
      firstStep = Self.plain(entry.firstStep)
      by = entry.by
      due = entry.due
      status = entry.status
      let candidate = (plan.candidates + plan.gaps).first { $0.id == entry.id }
      effortDays = entry.effortDays ?? candidate?.effortDays
      done = Self.plain(entry.done)
      stop = Self.plain(entry.stop)
      metric = Self.plain(entry.metric.isEmpty ? candidate?.metric ?? "" : entry.metric)
    }

    static func plain(_ text: String) -> String {
      text.replacing("\r\n", with: "\n").replacing("\r", with: "\n").trimmed
    }

    /// Of the row as it stands (FNV-1a, 64 bits); it only tells whether something was changed.
    var digest: String {
      let parts: [String] = [
        id, title, owner, firstStep, by?.description ?? "", due?.description ?? "", status.rawValue,
        effortDays.map(String.init) ?? "", done, stop, metric,
      ]
      var hash: UInt64 = 0xcbf2_9ce4_8422_2325
      for byte in JSONValue.array(parts.map { .string($0) }).text().utf8 {
        hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
      }
      // Never a number to a spreadsheet, whatever its figures.
      return "x" + String(hash, radix: 16)
    }
  }

  /// What a table changes in a plan.
  package struct Changes: Hashable, Sendable {
    /// One line that becomes another, or is new.
    package struct Change: Hashable, Sendable {
      /// The line of the file, from 1.
      package let row: Int
      /// nil for a new line.
      package let number: Int?
      package let before: PlanEntry?
      package let after: PlanEntry
    }

    package var changes: [Change] = []
    /// Lines of the plan that the table doesn't hold; they stay.
    package var missing: [PlanLine] = []
    /// Columns that mean nothing here.
    package var leftOut: [String] = []
    /// Whether the table has the column that tells how a row was written.
    package var tellsWhatWasExported = true
    /// Rows that were changed here since the table was written, with what is another.
    package var clashes: [(row: Int, title: String)] = []
    /// New rows that are lines of the plan already.
    package var known: [(row: Int, line: PlanLine)] = []

    package static func == (left: Changes, right: Changes) -> Bool {
      left.changes == right.changes && left.missing == right.missing && left.leftOut == right.leftOut
        && left.clashes.map(\.row) == right.clashes.map(\.row)
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(changes) }

    /// The event that takes them in, ids of new lines included.
    package func event(in plan: Plan) -> PlanEvent { plan.keeping(changes.map(\.after)) }
  }

  /// Whether a table is a plan, by its columns.
  package static func isPlan(_ bytes: [UInt8]) -> Bool {
    // Whatever letters it is written in: what is wrong with them is told as of a table.
    let first = bytes.prefix(4096).prefix { $0 != 0x0A && $0 != 0x0D }.filter { $0 != 0 }
    let names = String(decoding: first, as: UTF8.self).lowercased()
    return names.contains("asexported") || names.contains("title") && names.contains("status")
  }

  /// Reads a table against the plan it goes into. Nothing is taken before all of it can be.
  ///
  /// - Parameter today: a day without a year is the nearest one to come.
  package static func read(_ bytes: [UInt8], into plan: Plan, today: Day) throws(CSV.Problem) -> Changes {
    let table = try CSV.read(bytes)
    guard let header = table.rows.first else { throw CSV.Problem(line: 1, message: "the file is empty") }
    guard header.cells.first?.hasPrefix("\u{EF}\u{BB}\u{BF}") != true else {
      throw CSV.Problem(
        line: header.line,
        message: "the spreadsheet read the table in another character set, and its letters are spoilt; "
          + "open it there as UTF-8")
    }
    var places: [String: Int] = [:]
    var changes = Changes()
    for (place, cell) in header.cells.enumerated() {
      let name = CSV.unguarded(cell).trimmed
      guard let column = columns.first(where: { $0.nameKey == name.nameKey }) else {
        if !name.isEmpty { changes.leftOut.append(name) }
        continue
      }
      guard places.updateValue(place, forKey: column) == nil else {
        throw CSV.Problem(line: header.line, column: column, message: "this column stands here twice")
      }
    }
    for needed in ["id", "title"] where places[needed] == nil {
      throw CSV.Problem(
        line: header.line, column: needed,
        message: "this column is missing; `plan --format csv` writes a table with all of them")
    }
    changes.tellsWhatWasExported = places["asExported"] != nil
    var seen: [String: Int] = [:]
    var own = 0
    for row in table.rows.dropFirst() {
      let reader = RowReader(
        line: row.line, cells: row.cells, places: places, decimals: table.decimals, today: today)
      let id = reader.text("id") ?? ""
      if !id.isEmpty, let other = seen.updateValue(row.line, forKey: id) {
        throw CSV.Problem(line: row.line, column: "id", message: "\"\(id)\" stands in line \(other), too")
      }
      guard let line = id.isEmpty ? nil : plan.lines.first(where: { $0.entry.id == id }) else {
        if id.isEmpty {
          let title = (reader.text("title") ?? "").nameKey
          if let same = plan.lines.first(where: { $0.isKept && $0.entry.title.nameKey == title }) {
            changes.known.append((row.line, same))
            continue
          }
          own += 1
          changes.changes.append(try newLine(reader, number: own, plan))
        } else if let other = try change(reader, of: id, plan) {
          changes.changes.append(other)
        }
        continue
      }
      let present = Row(line.entry, plan)
      let coming = try reader.row(present)
      if coming == present { continue }
      // Without the column nobody can tell whether the line is still as it was.
      let asExported = reader.text("asExported") ?? ""
      if coming.digest == asExported { continue }
      guard asExported == present.digest else {
        changes.clashes.append((row.line, line.entry.title))
        continue
      }
      let after = coming.entry(line.toChange, present)
      // A day or a figure that was only proposed is not taken away by an empty cell.
      if after == line.toChange { continue }
      changes.changes.append(
        .init(row: row.line, number: line.number, before: line.toChange, after: after))
    }
    changes.missing = plan.lines.filter { $0.isKept && seen[$0.entry.id] == nil }
    return changes
  }

  /// A row of something that was proposed when the table was written, and is not now: nothing where it was left as it was,
  /// else it is taken up.
  private static func change(
    _ reader: RowReader, of id: String, _ plan: Plan
  ) throws(CSV.Problem) -> Changes.Change? {
    guard let possible = plan.possible(id) else {
      throw CSV.Problem(
        line: reader.line, column: "id",
        message: "the plan has no line \"\(id)\"; leave the cell empty for a new one")
    }
    let present = Row(possible, plan)
    let coming = try reader.row(present)
    if coming.digest == reader.text("asExported") { return nil }
    return .init(row: reader.line, number: nil, before: nil, after: coming.entry(possible, present))
  }

  private static func newLine(_ reader: RowReader, number: Int, _ plan: Plan) throws(CSV.Problem)
    -> Changes.Change
  {
    guard let title = reader.text("title"), !title.isEmpty else {
      throw CSV.Problem(line: reader.line, column: "title", message: "a new line needs a title")
    }
    let empty = PlanEntry(id: OwnLine.id(plan.nextOwn + number - 1), isCommitment: false, title: title)
    let blank = Row(empty, plan)
    return .init(row: reader.line, number: nil, before: nil, after: try reader.row(blank).entry(empty, blank))
  }
}

extension PlanCSV.Row {
  /// A line with what this row says; an effort that was our guess stays one until another figure stands there.
  fileprivate func entry(_ entry: PlanEntry, _ before: Self) -> PlanEntry {
    var entry = entry
    // What only lost its blanks stays as it was.
    func text(_ now: String, _ then: String, _ path: WritableKeyPath<PlanEntry, String>) {
      if now != then { entry[keyPath: path] = now }
    }
    text(title, before.title, \.title)
    text(owner, before.owner, \.owner)
    text(firstStep, before.firstStep, \.firstStep)
    text(done, before.done, \.done)
    text(stop, before.stop, \.stop)
    text(metric, before.metric, \.metric)
    if by != before.by { entry.by = by }
    if due != before.due { entry.due = due }
    entry.status = status
    if effortDays != before.effortDays { entry.effortDays = effortDays }
    return entry
  }
}

/// One row of a table, by its columns.
private struct RowReader {
  let line: Int
  let cells: [String]
  let places: [String: Int]
  let decimals: FigureReading.DecimalSign?
  let today: Day

  /// nil where the table has no such column.
  func text(_ column: String) -> String? {
    places[column].map { PlanCSV.Row.plain(CSV.unguarded(cells.cell($0))) }
  }

  /// What the row says, where it says it; the rest is as it is.
  func row(_ present: PlanCSV.Row) throws(CSV.Problem) -> PlanCSV.Row {
    var row = present
    row.title = text("title") ?? row.title
    if row.title.isEmpty {
      throw CSV.Problem(
        line: line, column: "title",
        message: "a line needs a title; to give it up write dropped as its status")
    }
    row.owner = text("owner").map(ownerName) ?? row.owner
    row.firstStep = text("firstStep") ?? row.firstStep
    row.by = try day("by", present.by)
    row.due = try day("due", present.due)
    row.done = text("done") ?? row.done
    row.stop = text("stop") ?? row.stop
    row.metric = text("metric") ?? row.metric
    if let status = text("status")?.lowercased(), !status.isEmpty {
      guard let known = PlanEntry.Status(rawValue: status) else {
        let names = PlanEntry.Status.allCases.map(\.rawValue)
        throw CSV.Problem(
          line: line, column: "status",
          message: "\"\(status)\" is none of \(names.joined(separator: ", "))"
            + suggestion(for: status, among: names))
      }
      row.status = known
    }
    if let days = text("effortDays") { row.effortDays = days.isEmpty ? nil : try effort(days) }
    return row
  }

  private func effort(_ text: String) throws(CSV.Problem) -> Int {
    let reading = FigureReading(text, unit: "days", decimals: decimals)
    guard let days = reading.value.flatMap(Int.init(exactly:)), (0...100_000).contains(days) else {
      throw CSV.Problem(
        line: line, column: "effortDays",
        message: reading.problem(with: text)
          ?? "\"\(text)\" is no whole number of person-days from 0 to 100000")
    }
    return days
  }

  /// A day, however the spreadsheet wrote it; one that can be read in two ways is the one that stood there.
  private func day(_ column: String, _ present: Day?) throws(CSV.Problem) -> Day? {
    guard let text = text(column) else { return present }
    if text.isEmpty { return nil }
    if let day = Day(String(text.prefix(10))),
      text.count == 10 || text.dropFirst(10).allSatisfy({ "T 0:Z.".contains($0) })
    {
      return day
    }
    // A table's days lie ahead or behind.
    let readings = [DayReading.Direction.ahead, .behind].map { DayReading(text, today: today, lies: $0) }
    let possible = Set(
      readings.flatMap { reading -> [Day] in
        switch reading {
        case .day(let day): [day]
        case .either(let one, let other): [one, other]
        case .impossible, .unreadable: []
        }
      }
    ).sorted()
    if let present, possible.contains(present) { return present }
    if possible.count == 1 { return possible[0] }
    throw CSV.Problem(
      line: line, column: column,
      message: possible.isEmpty
        ? "\"\(text)\" is no day; write it as 2026-11-28"
        : "\"\(text)\" can be \(listed(possible)); write it so")
  }

  private func listed(_ days: [Day]) -> String { days.map(\.description).joined(separator: " or ") }
}
