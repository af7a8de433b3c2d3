import AssessmentModel
import Foundation
import Testing

/// Tables as spreadsheets write them, each file with what becomes of it.
@Suite struct TableTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let file: String
    /// Item, answer and note, as they are then; nil where nothing is taken.
    let answers: [String]?
    let said: String

    init(_ file: String, _ answers: [String]?, said: String = "") {
      (self.file, self.answers, self.said) = (file, answers, said)
    }

    var testDescription: String { file }
  }

  static let two = ["own-who 3", "own-empower 2"]

  static let cases = [
    Case("sep-line", two), Case("unicode-text-little", ["own-who 3 日本", "own-empower 2"]),
    Case("unicode-text-big", ["own-who 3 日本", "own-empower 2"]), Case("header-in-other-case", two),
    Case("empty-rows-behind", two), Case("decimals-point", ["own-who 2", "own-empower 3"]),
    Case("decimals-comma", ["own-who 2", "own-empower 3"]),
    Case("letters", ["own-who 3", "exp-promise 0", "vis-tradeoff 4"]), Case("short-rows", two),
    Case("blanks-around", two), Case("one-organisation", two), Case("sep-line-in-quotes", two),
    Case("blank-first-line", two), Case("words-in-capitals", ["own-who 3", "own-empower dontKnow"]),
    Case("dk-for-a-value", ["own-who 3", "own-empower dontKnow", "emo-feel notApplicable"]),
    Case("header-only", nil, said: ":1: there is no answer under the header"),
    Case("merged-cells", nil, said: ":3: rater: this row says nobody's name"),
    Case("two-organisations", nil, said: ":3: organization: \"Süd AG\", and before it \"Nord GmbH\""),
    Case("people-by-name", nil, said: ":1: people are told apart by the column \"rater\"; call \"Name\" so"),
    Case("a-spreadsheet", nil, said: "save it there as \"CSV UTF-8\""),
    Case("other-columns", two, said: "\"Timestamp\" and \"Comment by HR\" mean nothing here"),
    Case("sep-line-cut", nil, said: ":1: \"sep=\" takes a comma"),
    Case("unicode-text-cut", nil, said: ":1: the file begins as UTF-16 and is cut off"),
    Case("half-a-level", nil, said: ":2: value: \"2.5\" is no whole number"),
    Case("thousand", nil, said: ":2: value: 2000 is outside 0 to 4"),
    Case("letter-for-a-level", nil, said: ":3: value: \"c\" is no level"),
    Case("cut-off", nil, said: ":3: value: the row ends before this cell"),
    Case("cut-off-before-the-state", nil, said: ":3: state: the row ends before this cell"),
    Case("slip-in-a-column", nil, said: ":1: unknown column \"ratre\"; did you mean \"rater\"?"),
    Case("windows-1252", nil, said: "save it as \"CSV UTF-8\""),
    Case("out-of-range", nil, said: ":3: value: 7 is outside 0 to 4"),
  ]

  @Test(arguments: cases)
  func aFileAndWhatBecomesOfIt(table: Case) throws {
    let folder = try TemporaryFolder()
    try Data(fixture("tables/\(table.file).csv")).write(to: URL(fileURLWithPath: folder.file("answers.csv")))
    let imported = try run(["import", "answers.csv", "--scope", "core", "--date", "2026-01-15"], in: folder)
    guard let answers = table.answers else {
      #expect(
        imported.status == 65
          && imported.errors.contains("answers.csv\(table.said.hasPrefix(":") ? table.said : "")"))
      #expect(imported.errors.contains(table.said), "\(imported.errors)")
      #expect(try run(["list", "--format", "json"], in: folder).output.contains("organization") == false)
      return
    }
    #expect(imported.status == 0, "\(imported.errors)")
    #expect(
      table.said.isEmpty ? imported.errors.isEmpty : imported.errors.contains(table.said),
      "\(imported.errors)")
    // What is left out is told once.
    #expect(imported.errors.split(separator: "\n").count == (table.said.isEmpty ? 0 : 1))
    let document = try JSONValue(parsing: try run(["export", "last"], in: folder).output.utf8)
    let found = document["responses"].list.map { response in
      var words = [response["item"].text]
      if case .integer(let value) = response["value"] { words.append("\(value)") }
      if response["state"].text != "answered" { words.append(response["state"].text) }
      return (words + [response["note"].text].filter { !$0.isEmpty }).joined(separator: " ")
    }
    #expect(found == answers)
    #expect(document["raters"].list.count == 1)
  }

  /// Every file is in the table above.
  @Test func everyFileHasItsOutcome() throws {
    let folder = packageRoot.appending(path: "Tests/OutsideInTests/Fixtures/tables")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).map {
      $0.replacing(".csv", with: "")
    }
    #expect(names.sorted() == Self.cases.map(\.file).sorted())
  }
}
