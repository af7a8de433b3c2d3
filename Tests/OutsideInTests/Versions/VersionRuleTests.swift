import AssessmentModel
import Foundation
import Testing

@testable import OutsideInCLI
@testable import QuestionnaireFormat

/// Two versions of a questionnaire with every kind of change between them, an edition on top, and each way to break
/// them (`Fixtures/versions`).
@Suite struct VersionRuleTests {
  let folder: TemporaryFolder
  static let migration = "kiosk/migrations/1.0.0--2.0.0.yaml"

  init() throws {
    folder = try TemporaryFolder()
    try FileManager.default.copyItem(
      at: packageRoot.appending(path: "Tests/OutsideInTests/Fixtures/versions"),
      to: URL(fileURLWithPath: folder.file("q")))
  }

  private func check(_ path: String = "q") throws -> (status: Int32, problems: [String]) {
    let run = try run(["questionnaire", "check", path, "--format", "json"], in: folder)
    let json = try JSONValue(parsing: run.output.utf8)
    return (
      run.status,
      json["problems"].list.map { row in
        "\(row["severity"].text) \(row["code"].text) \(row["file"].text): \(row["message"].text)"
      }
    )
  }

  private func change(_ file: String, _ old: String, _ new: String) throws {
    let url = URL(fileURLWithPath: folder.file("q/\(file)"))
    let text = String(decoding: try Data(contentsOf: url), as: UTF8.self)
    try #require(text.contains(old), "\(old)")
    try Data(text.replacing(old, with: new).utf8).write(to: url)
  }

  @Test func asTheyAreThereIsNoProblem() throws {
    let (status, problems) = try check()
    #expect(status == 0 && problems.count == 1, "\(problems)")
    #expect(problems.first?.contains("advice Q39 q/metro/2.0.0") == true, "\(problems)")
    #expect(problems.first?.contains("\"serve-own\"") == true)
  }

  struct Breakage: CustomTestStringConvertible, Sendable {
    let old: String
    let new: String
    let code: String
    let hint: String
    let file: String

    init(
      _ old: String, _ new: String, _ code: String, _ hint: String,
      in file: String = VersionRuleTests.migration
    ) {
      (self.old, self.new, self.code, self.hint, self.file) = (old, new, code, hint, file)
    }

    var testDescription: String { "\(code) \(hint)" }
  }

  static let slogan = "  - { kind: remove, old: [serve-slogan], why: Did not separate kiosks. }\n"
  static let trial = "tried: { readings: 48, organizations: 6, meanDifference: 0.08, most: 0.5 }"

  @Test(arguments: [
    Breakage(slogan, "", "Q31", "add: - { kind: remove, old: [serve-slogan], why: … }"),
    Breakage(
      "  - { kind: reword, old: [mend-close], new: [mend-close], comparable: none, why: \"Asks who decides now, not about thanks.\" }\n",
      "", "Q31", "add: - { kind: reword, old: [mend-close], new: [mend-close], comparable: none, why: … }"),
    Breakage(slogan, slogan + slogan, "Q31", "\"serve-slogan\" stands twice under \"old\""),
    Breakage(
      slogan, slogan + "  - { kind: reword, old: [hear-ask], new: [hear-ask], comparable: exact }\n", "Q31",
      "\"hear-ask\" is the same in both versions"),
    Breakage(
      slogan, slogan + "  - { kind: remove, old: [hear-ask], why: Gone. }\n", "Q31",
      "\"hear-ask\" is asked in 2.0.0, too"),
    Breakage("old: [serve-slogan]", "old: [serve-slogam]", "Q17", "did you mean \"serve-slogan\"?"),
    Breakage(",\n      \(trial)", "", "Q32", "serve-own reads otherwise; it is exact only with \"tried\""),
    Breakage("organizations: 6", "organizations: 5", "Q32", "6 organisations or more"),
    Breakage("readings: 48", "readings: 47", "Q32", "4 readers or more"),
    Breakage("meanDifference: 0.08", "meanDifference: -0.31", "Q32", "a mean difference over 0.3"),
    Breakage("most: 0.5", "most: 1.1", "Q32", "one over 1.0"),
    Breakage("mean: 0.4", "mean: 7.6", "Q32", "moved the index by over 7.5 points"),
    Breakage("standardError: 1.1", "standardError: 0", "Q05", "an error is more than 0"),
    Breakage(
      "link: { mean: 0.4, standardError: 1.1 }\n", "", "Q32", "\"link\" says what it did to the index"),
    Breakage(
      "comparable: approximate, why: Three steps became five.", "comparable: exact", "Q32",
      "not exact: hear-owner has other levels"),
    Breakage(
      "comparable: none, why: One question asked two things.", "comparable: exact", "Q32", "a split is not"),
    Breakage("levels: { 0: 0, 2: 2, 4: 4 }", "levels: { 0: 0, 2: 4, 4: 2 }", "Q32", "these cross"),
    Breakage(
      "levels: { 0: 0, 2: 2, 4: 4 }", "levels: { 0: 0, 4: 4 }", "Q32", "each level of hear-owner once"),
    Breakage("why: Did not separate kiosks.", "why: …", "Q05", "\"why\" says nothing yet"),
    Breakage(", why: Did not separate kiosks.", "", "Q05", "\"why\" is missing"),
    Breakage(
      "new: [serve-known, serve-kept]", "new: [serve-known]", "Q05",
      "a split has one question under \"old\" and 2 or more"),
    Breakage("carry: lowest", "carry: mean", "Q05", "\"carry\" must be one of lowest"),
    Breakage("kind: remove", "kind: removed", "Q05", "did you mean \"remove\"?"),
    Breakage("questionnaire: kiosk", "questionnaire: desk", "Q08", "stands beside \"kiosk\""),
    Breakage(
      "to: { version: 2.0.0", "to: { version: 3.0.0", "Q08", "leads from 1.0.0 to 3.0.0; rename one of them"),
    Breakage(
      "Who answers a complaint, and how?", "Who answers complaints?", "Q33", "wording digest",
      in: "kiosk/2.0.0/after.yaml"),
    Breakage(
      "weight: 1 }\n  - { id: serve", "weight: 3 }\n  - { id: serve", "Q33", "measurement digest",
      in: "kiosk/2.0.0/questionnaire.yaml"),
    Breakage(
      "comparable: exact }", "comparable: approximate, why: Less sure. }", "Q28",
      "has changed since it was locked"),
  ])
  func eachBreakageIsNamed(_ breakage: Breakage) throws {
    try change(breakage.file, breakage.old, breakage.new)
    let (status, problems) = try check()
    #expect(status == 65)
    #expect(
      problems.contains { $0.contains("error \(breakage.code)") && $0.contains(breakage.hint) }, "\(problems)"
    )
  }

  /// A single file is checked against what stands beside it.
  @Test func theMigrationAloneIsChecked() throws {
    try change(Self.migration, Self.slogan, "")
    let (status, problems) = try check("q/\(Self.migration)")
    #expect(
      status == 65 && problems.contains { $0.contains("Q31") && $0.contains("serve-slogan") }, "\(problems)")
  }

  /// A draft in the making is told all of it, and can be used.
  @Test func ofADraftItIsAdvice() throws {
    try FileManager.default.removeItem(atPath: folder.file("q/LOCK"))
    for id in ["kiosk", "metro"] {
      for version in ["1.0.0", "2.0.0"] {
        try change("\(id)/\(version)/questionnaire.yaml", "status: published", "status: draft")
      }
    }
    try change(Self.migration, Self.slogan, "")
    let (status, problems) = try check()
    #expect(status == 0 && problems.contains { $0.hasPrefix("advice Q31") }, "\(problems)")
  }

  @Test func aMajorVersionNeedsAMigration() throws {
    try FileManager.default.removeItem(atPath: folder.file("q/\(Self.migration)"))
    let (status, problems) = try check()
    #expect(status == 65)
    #expect(
      problems.contains {
        $0.contains("error Q30 q/kiosk/2.0.0/questionnaire.yaml")
          && $0.contains("hear-owner, serve-own, mend-close")
          && $0.contains("diff q/kiosk/1.0.0 q/kiosk/2.0.0 --write")
      }, "\(problems)")
    #expect(problems.contains { $0.contains("error Q30") && $0.contains("kiosk/2.0.0/questionnaire.yaml") })
  }

  /// A version of one's own with what a bump allows and what it doesn't, against 1.0.0.
  @Test(arguments: [
    ("1.0.1", "weight: 2 }", "weight: 2 }", nil as String?),
    ("1.0.1", "Who says sorry?", "Who apologises?", "Q29 what respondents read is another; call it 1.1.0"),
    (
      "1.0.1", "  - id: mend-rule\n",
      "  - id: mend-more\n    type: level\n    dimension: mend\n    scale: five\n    text: What else?\n  - id: mend-rule\n",
      "Q29 questions were added; call it 1.1.0"
    ),
    (
      "1.1.0", "  - id: mend-rule\n",
      "  - id: mend-more\n    type: level\n    dimension: mend\n    scale: five\n    text: What else?\n  - id: mend-rule\n",
      nil
    ),
    ("1.1.0", "Who says sorry?", "Who apologises?", "Q31 changed or dropped mend-sorry"),
    ("1.1.0", "weight: 2 }", "weight: 3 }", "Q29 areas or their weights are others; call it 2.0.0"),
    ("1.1.0", "cut: 50", "cut: 55", "Q29 the cut or the method is another; call it 2.0.0"),
    (
      "1.1.0", "outsideIn: left", "outsideIn: right",
      "Q29 serve-wait has Outside-In on the other side; call it 2.0.0"
    ),
  ])
  func aBumpKeepsWhatItPromises(version: String, old: String, new: String, wanted: String?) throws {
    try FileManager.default.removeItem(atPath: folder.file("q/kiosk/2.0.0"))
    try FileManager.default.removeItem(atPath: folder.file("q/kiosk/migrations"))
    try FileManager.default.removeItem(atPath: folder.file("q/metro"))
    try FileManager.default.copyItem(
      atPath: folder.file("q/kiosk/1.0.0"), toPath: folder.file("q/kiosk/\(version)"))
    try change("kiosk/\(version)/questionnaire.yaml", "version: 1.0.0", "version: \(version)")
    let file = try ["questionnaire", "desk", "after"].first { name in
      let text = try Data(contentsOf: URL(fileURLWithPath: folder.file("q/kiosk/\(version)/\(name).yaml")))
      return String(decoding: text, as: UTF8.self).contains(old)
    }
    try change("kiosk/\(version)/\(try #require(file)).yaml", old, new)
    let problems = try check("q/kiosk").problems.filter { !$0.contains("Q28") }
    guard let wanted else {
      #expect(problems.isEmpty, "\(problems)")
      return
    }
    #expect(
      problems.contains { $0.contains("error \(wanted.prefix(3))") && $0.contains(wanted.dropFirst(4)) },
      "\(problems)")
  }

  @Test func aMigrationThatSkipsAVersionLeavesAGap() throws {
    try FileManager.default.copyItem(
      atPath: folder.file("q/kiosk/1.0.0"), toPath: folder.file("q/kiosk/1.0.1"))
    try change("kiosk/1.0.1/questionnaire.yaml", "version: 1.0.0", "version: 1.0.1")
    let problems = try check("q/kiosk").problems
    #expect(
      problems.contains { $0.contains("error Q34") && $0.contains("1.0.1 lies between") }, "\(problems)")
  }

  /// What `diff --write` begins and completes: nothing that somebody wrote is lost.
  @Test func diffWritesWhatIsMissing() throws {
    try FileManager.default.removeItem(atPath: folder.file("q/LOCK"))
    let path = folder.file("q/\(Self.migration)")
    let whole = String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
    func diff() throws -> Run {
      try run(
        ["--questionnaires", "q", "questionnaire", "diff", "kiosk@1.0.0", "kiosk@2.0.0", "--write"],
        in: folder)
    }
    func text() throws -> String {
      String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
    }
    #expect(try diff().status == 0)
    #expect(try text() == whole)
    // A line is gone and a digest stale: both come back, the comment and all else stay.
    try change(Self.migration, Self.slogan, "")
    try change("kiosk/2.0.0/after.yaml", "Who answers a complaint, and how?", "Who answers complaints?")
    #expect(try diff().status == 0)
    let completed = try text()
    #expect(completed.hasPrefix("# What became of each question"))
    #expect(completed.contains("  - { kind: remove, old: [serve-slogan], why: … }\nlink:"), "\(completed)")
    #expect(!completed.contains(whole.split(separator: "\n")[4]))
    // From nothing: a line for each, with the careful choice.
    try FileManager.default.removeItem(atPath: path)
    let fresh = try diff()
    #expect(fresh.status == 0 && fresh.errors.contains("Written:"))
    let lines = try text().split(separator: "\n").filter { $0.hasPrefix("  - ") }
    #expect(lines.count == 8 && lines.count { $0.contains("why: …") } == 7, "\(lines)")
    #expect(lines.contains("  - { kind: rename, old: [hear-voice], new: [hear-listen], comparable: exact }"))
    #expect(try check("q/kiosk").problems.contains { $0.contains("Q05") && $0.contains("says nothing yet") })
  }

  /// What was only called otherwise is no loss, and the printed command runs as it stands.
  @Test func aRenameIsProposedAsOne() throws {
    try change(
      Self.migration, "  - { kind: rename, old: [hear-voice], new: [hear-listen], comparable: exact }\n", "")
    let problems = try check().problems
    #expect(
      problems.contains {
        $0.contains("asked under another id")
          && $0.contains("add: - { kind: rename, old: [hear-voice], new: [hear-listen], comparable: exact }")
      }, "\(problems)")
    let diff = try run(["questionnaire", "diff", "q/kiosk/1.0.0", "q/kiosk/2.0.0/", "--write"], in: folder)
    #expect(diff.status == 0 && diff.errors.contains("Written:"), "\(diff.errors)")
    try FileManager.default.removeItem(atPath: folder.file("q/LOCK"))
    #expect(try check().problems.filter { $0.hasPrefix("error") && !$0.contains("Q28") }.isEmpty)
  }

  /// An id that was dropped means what it meant, for good.
  @Test func aDroppedIDIsNeverUsedAgain() throws {
    try FileManager.default.copyItem(
      atPath: folder.file("q/kiosk/2.0.0"), toPath: folder.file("q/kiosk/3.0.0"))
    try change("kiosk/3.0.0/questionnaire.yaml", "version: 2.0.0", "version: 3.0.0")
    try change(
      "kiosk/3.0.0/questionnaire.yaml", "retired: [hear-voice, serve-promise, serve-slogan,",
      "retired: [hear-voice, serve-promise,")
    try change(
      "kiosk/3.0.0/desk.yaml", "  - id: serve-self\n",
      "  - id: serve-slogan\n    type: level\n    dimension: serve\n    scale: five\n    text: Something else?\n  - id: serve-self\n"
    )
    let problems = try check("q/kiosk").problems
    #expect(
      problems.contains {
        $0.contains("error Q13") && $0.contains("\"serve-slogan\" was a question of 1.0.0")
      }, "\(problems)")
  }

  /// Where the base dropped what an edition had changed.
  @Test func anEditionIsToldWhatItsBaseHasNoMore() throws {
    try change(
      "metro/2.0.0/desk.yaml", "  - id: serve-own\n",
      "  - id: serve-slogan\n    text: What of {customers}?\n  - id: serve-own\n")
    let problems = try check("q/metro").problems
    #expect(
      problems.contains {
        $0.contains("kiosk@2.0.0 has no question \"serve-slogan\" to take it from: delete this one")
      }, "\(problems)")
  }

  /// What a respondent notices comes first.
  @Test func diffTellsInWords() throws {
    let diff = try run(
      ["--questionnaires", "q", "questionnaire", "diff", "kiosk@1.0.0", "kiosk@2.0.0"], in: folder)
    let text = diff.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let order = [
      "New", "In place of others", "Not asked any more", "Reads otherwise", "Counts otherwise",
      "How answers go together", "Answers that read otherwise, word for word",
    ]
    let places = order.compactMap { text.firstRange(of: $0)?.lowerBound }
    #expect(places.count == order.count && places == places.sorted())
    for words in [
      "Who at your kiosk sees to it that a journey works? (was: Who sees to it that a journey works?)",
      "serve-self: Who is the machine easier for?", "Hearing weighs 1, before 2.",
      "Compared as one question: hear-voice, called hear-listen now",
      "Tried out and answered alike, compared as one question: serve-own.",
      "serve-promise, now serve-known and serve-kept", "Why: One question asked two things.",
      "answers to 28 of them count as answers to one question in both",
    ] { #expect(text.contains(words), "\(words)") }
    let turned = try run(
      ["--questionnaires", "q", "questionnaire", "diff", "kiosk@2.0.0", "kiosk@1.0.0"], in: folder)
    #expect(turned.status == 64 && turned.errors.contains("the older one first"))
    let edition = try run(
      ["--questionnaires", "q", "questionnaire", "diff", "metro@1.0.0", "metro@2.0.0"], in: folder)
    #expect(edition.output.contains("Changed under this edition") && edition.output.contains("serve-own"))
  }
}
