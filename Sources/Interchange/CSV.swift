import AssessmentModel

/// Comma-separated values (RFC 4180), safe to open in a spreadsheet.
package enum CSV {
  /// UTF-8 with a byte order mark and CRLF. A text that a spreadsheet would read as a formula, or
  /// that begins with an apostrophe, gets an apostrophe before it.
  package static func write(_ rows: [[Cell]]) -> String {
    mark + rows.map(line).joined()
  }

  /// What a file begins with, so that spreadsheets know its letters.
  package static let mark = "\u{FEFF}"

  /// One row, with its end.
  package static func line(_ row: [Cell]) -> String { row.map(\.text).joined(separator: ",") + "\r\n" }

  package enum Cell: Hashable, Sendable {
    case text(String)
    case integer(Int)
    /// In full precision.
    case number(Double)
    case empty

    package init(_ text: String?) { self = text.map { .text($0) } ?? .empty }

    fileprivate var text: String {
      switch self {
      case .empty: return ""
      case .integer(let value): return String(value)
      case .number(let value): return JSONValue(value).text()
      case .text(let text):
        let guarded = CSV.needsGuard(text) ? "'" + text : text
        // By scalars: a line break of two is one character, and so is a quote with an accent.
        let scalars = guarded.unicodeScalars
        guard scalars.contains(where: { "\",;\r\n\t".unicodeScalars.contains($0) }) else { return guarded }
        var quoted = String.UnicodeScalarView()
        for scalar in scalars { quoted.append(contentsOf: scalar == "\"" ? [scalar, scalar] : [scalar]) }
        return "\"" + String(quoted) + "\""
      }
    }
  }

  /// Formula characters in their plain and full-width forms, and what spreadsheets skip over before
  /// they look for one.
  fileprivate static func needsGuard(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first else { return false }
    return "=+-@\t\r\n'＝＋－＠".unicodeScalars.contains(first)
  }

  /// Takes off the apostrophe that `write` put there.
  static func unguarded(_ text: String) -> String {
    guard text.unicodeScalars.first == "'" else { return text }
    let bare = String(text.unicodeScalars.dropFirst())
    return needsGuard(bare) ? bare : text
  }

  /// What stands in a row under a title, with one blank between words; empty where there is no such cell.
  static func words(under title: String, of titles: [String], in cells: [String]) -> String {
    guard let place = titles.firstIndex(of: title) else { return "" }
    return unguarded(cells.cell(place)).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  package struct Problem: Error, Hashable, Sendable {
    /// From 1.
    package let line: Int
    /// The column's name, where it is about one cell.
    package let column: String?
    package let message: String

    package init(line: Int, column: String? = nil, message: String) {
      self.line = line
      self.column = column
      self.message = message
    }

    /// `roster.csv:3: group: "x" is neither staff nor customer.`
    package func told(of file: String) -> String {
      "\(file):\(line): \(column.map { "\($0): " } ?? "")\(sentence(message))"
    }
  }

  /// A table as it was read.
  struct Rows {
    let separator: Unicode.Scalar
    /// Each with the line it begins on, from 1. Rows without any text are left out.
    let rows: [(line: Int, cells: [String])]
    /// The number of each as a spreadsheet shows it, from 1.
    let numbers: [Int]

    /// The sign that stands before decimals between these separators; nil where they don't tell.
    var decimals: FigureReading.DecimalSign? {
      switch separator {
      case ",": .point
      case ";": .comma
      default: nil
      }
    }
  }

  /// UTF-8, or UTF-16 with the mark that spreadsheets put before it.
  private static func text(_ bytes: [UInt8]) throws(Problem) -> String {
    let isLittle = bytes.starts(with: [0xFF, 0xFE])
    if isLittle || bytes.starts(with: [0xFE, 0xFF]) {
      let rest = bytes.dropFirst(2)
      let units = stride(from: rest.startIndex, to: rest.endIndex - 1, by: 2).map { place in
        UInt16(rest[place]) << (isLittle ? 0 : 8) | UInt16(rest[place + 1]) << (isLittle ? 8 : 0)
      }
      guard rest.count % 2 == 0, let text = String(validating: units, as: UTF16.self) else {
        throw Problem(line: 1, message: "the file begins as UTF-16 and is cut off or damaged; save it anew")
      }
      return text
    }
    guard var text = String(validating: bytes, as: UTF8.self) else {
      throw Problem(line: 1, message: "the file is not UTF-8; save it as \"CSV UTF-8\"")
    }
    if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
    return text
  }

  /// Rows of cells; lines end with CRLF, LF or CR. The separator is what a first line `sep=;` says, else the
  /// first of comma, semicolon and tab that stands in the first line.
  ///
  /// - Parameter most: No more rows are read than so many.
  static func read(_ bytes: [UInt8], most: Int = .max) throws(Problem) -> Rows {
    let scalars = Array(try text(bytes).unicodeScalars)
    let first = scalars.drop { $0 == "\n" || $0 == "\r" || $0 == " " }.prefix { $0 != "\n" && $0 != "\r" }
    // A spreadsheet may have put the line that tells the separator into quotes.
    let header =
      first.first == "\"" && first.last == "\"" && first.count == 7 ? first.dropFirst().dropLast() : first
    let separators: [Unicode.Scalar] = [",", ";", "\t"]
    let declared =
      header.count == 5 && String(String.UnicodeScalarView(header.prefix(4))).lowercased() == "sep="
    var isDeclaration = declared
    let separator =
      declared ? header.last ?? "," : header.first { separators.contains($0) } ?? ","
    guard separators.contains(separator) else {
      throw Problem(line: 1, message: "\"sep=\" takes a comma, a semicolon or a tab")
    }
    var rows: [(line: Int, cells: [String])] = []
    var numbers: [Int] = []
    var number = 0
    var cells: [String] = []
    var cell = String.UnicodeScalarView()
    var line = 1
    var rowLine = 1
    var quoted = false
    // A quote has been closed: nothing but the end of the cell may follow.
    var closed = false
    var index = 0

    func endCell() {
      cells.append(String(cell))
      cell.removeAll()
      closed = false
    }

    func endRow() {
      endCell()
      let isEmpty = cells.allSatisfy { $0.allSatisfy(\.isWhitespace) }
      if !isEmpty, isDeclaration {
        isDeclaration = false
      } else {
        number += 1
        if !isEmpty {
          rows.append((rowLine, cells))
          numbers.append(number)
        }
      }
      cells = []
    }

    while index < scalars.count, rows.count < most {
      let scalar = scalars[index]
      let next = index + 1 < scalars.count ? scalars[index + 1] : nil
      // Of CRLF the second counts.
      let endsLine = scalar == "\n" || scalar == "\r" && next != "\n"
      if endsLine { line += 1 }
      if quoted {
        if scalar != "\"" {
          cell.append(scalar)
        } else if next == "\"" {
          cell.append("\"")
          index += 1
        } else {
          quoted = false
          closed = true
        }
      } else if scalar == separator {
        endCell()
      } else if endsLine {
        endRow()
        rowLine = line
      } else if scalar == "\"", cell.isEmpty, !closed {
        quoted = true
      } else if closed || scalar == "\"" {
        if scalar != "\r" {
          throw Problem(
            line: line,
            message: "a quote stands inside a cell; a cell with quotes in it begins and ends with one, "
              + "and has the others doubled")
        }
      } else if scalar != "\r" {
        cell.append(scalar)
      }
      index += 1
    }
    if quoted { throw Problem(line: rowLine, message: "a quote is opened here and never closed") }
    if rows.count < most, !cell.isEmpty || !cells.isEmpty { endRow() }
    return Rows(separator: separator, rows: rows, numbers: numbers)
  }
}
