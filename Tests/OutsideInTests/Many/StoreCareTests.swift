import AssessmentModel
import Foundation
import Interchange
import Storage
import Testing

@testable import OutsideInCLI

/// A store of many kept in order: names that may be one, long lists, and what the doctor does.
@Suite struct StoreCareTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func run(_ arguments: String..., input: String = "", data: String = "data") throws -> Run {
    try OutsideInTests.run(arguments + ["--data-dir", folder.file(data)], input: input, in: folder)
  }

  /// Whoever counts by names is told first which may be one, and how to make them so.
  @Test func namesThatMayBeOneAreTold() throws {
    _ = try run("import", "-", input: assessmentLine("A1", 1))
    let text =
      assessmentLine("B1", 2).replacing("\"Acme\"", with: "\"ACME, Inc.\"")
      + assessmentLine("B2", 2, team: "Support!")
      + assessmentLine("B3", 2, team: "support")
    let imported = try run("import", "-", input: text)
    #expect(
      imported.errors.contains(
        "“Acme” and “ACME, Inc.” may be one organisation and count as 2. To make them one: outside-in rename --all-of 'ACME, Inc.' "
          + "--organization 'Acme'"), "\(imported.errors)")
    #expect(
      imported.errors.contains(
        "may be one team and count as 2. To make them one: outside-in rename --all-of 'Acme' --of-team 'Support!' --team 'Support'"
      ))
    let compared = try run("compare", "--teams", "last:acme")
    #expect(compared.errors.contains("“ACME, Inc.” may be one organisation"), "\(compared.errors)")
    let renamed = try run("rename", "--all-of", "ACME, Inc.", "--organization", "Acme")
    #expect(
      renamed.status == 0
        && renamed.errors
          == "1 assessment renamed.\n“Acme” had 3 already, and now has 4. To part them again, rename these: B1.\n"
    )
    #expect(
      try run("rename", "--all-of", "Acme", "--of-team", "Support!", "--team", "Support").errors
        == "1 assessment renamed.\n“Acme”, “Support”, had 2 already, and now has 3. To part them again, rename these: B2.\n"
    )
    // What differs in case alone counts as one; only who asks for all is told.
    #expect(try run("doctor").output.contains("“Support” and “support” of “Acme” are counted as one"))
    #expect(try !run("portfolio").errors.contains("support"))
    _ = try run("rename", "--all-of", "Acme", "--of-team", "support", "--team", "Support")
    let list = try JSONValue(parsing: run("list", "--format", "json").output.utf8)["assessments"].list
    #expect(Set(list.map { "\($0["organization"].text), \($0["team"].text)" }) == ["Acme, Support"])
    // What is not about these is told no more.
    #expect(try run("import", "-", input: assessmentLine("C1", 1)).errors.isEmpty)
    #expect(try run("rename", "--all-of", "Nobody", "--organization", "Acme").status == 66)
    #expect(try run("rename", "--all-of", "Acme", "--team", "One").status == 64)
    #expect(try run("rename", "--all-of", "Acme", "--rater", "r1=A").status == 64)
  }

  /// The way that is kept is not the one in capitals, whatever stands behind these.
  @Test(arguments: [
    ("HARBOUR CITY HALL, Inc.", "Harbour City Hall", "Harbour City Hall"),
    ("acme labs", "Acme Labs GmbH", "Acme Labs GmbH"), ("IBM Nord", "ibm nord ag", "IBM Nord"),
  ])
  func theWayThatIsKeptIsMixed(one: String, other: String, kept: String) throws {
    let text = [("A1", one), ("A2", other)].map {
      assessmentLine($0, 1).replacing("\"Acme\"", with: "\"\($1)\"")
    }.joined()
    let errors = try run("import", "-", input: text).errors
    #expect(errors.contains("--organization '\(kept)'"), "\(errors)")
  }

  /// All of them or none: one is open in another window.
  @Test func renamingAllWaitsForTheOneThatIsOpen() throws {
    _ = try run("import", "-", input: assessmentLine("A1", 1) + assessmentLine("A2", 1))
    let store = try Store(directory: folder.file("data"))
    let lock = try store.hold("A2", at: noon)
    #expect(try run("rename", "--all-of", "Acme", "--organization", "Beta").status == 75)
    withExtendedLifetime(lock) {}
    #expect(try store.finished(of: "Beta", openToo: true).isEmpty)
  }

  /// A list of many is a table after the other; each assessment stands there once.
  @Test func listsMayBeLong() throws {
    let lines = (0..<2100).map { assessmentLine("N\($0)", 1) }.joined()
    #expect(try run("import", "-", input: lines).status == 0)
    let listed = try run("list").output
    #expect(listed.split(separator: "\n").count { $0.hasPrefix("N") } == 2100)
    #expect(listed.split(separator: "\n").count { $0.hasPrefix("id ") } == 3)
    #expect(
      try JSONValue(parsing: run("list", "--format", "json").output.utf8)["assessments"].list.count == 2100)
  }

  @Test func theDoctorLooksAndCopies() throws {
    _ = try run("import", "-", input: assessmentLine("A1", 1) + assessmentLine("A2", 2))
    try folder.write(EditionTests.hospital, to: "data/questionnaires/hospital/1.0.0")
    let looked = try run("doctor")
    #expect(
      looked.status == 0 && looked.output.contains("2, of which 2 are open")
        && looked.output.contains("all is sound"))
    #expect(looked.output.contains("hospital@1.0.0"))
    let copied = try run("doctor", "--copy", folder.file("new/laptop"))
    #expect(copied.status == 0 && copied.errors.contains("All of it is in"), "\(copied.errors)")
    #expect(try run("list", data: "new/laptop").output == run("list").output)
    #expect(try run("export", "--all", data: "new/laptop").output == run("export", "--all").output)
    #expect(
      FileManager.default.fileExists(
        atPath: folder.file("new/laptop/questionnaires/hospital/1.0.0/questionnaire.yaml")))
    let attributes = try FileManager.default.attributesOfItem(
      atPath: folder.file("new/laptop/outside-in.sqlite"))
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    // Nothing is written over.
    #expect(try run("doctor", "--copy", folder.file("new/laptop")).status == 73)
  }

  /// What is deleted is nowhere in the folder any more, neither in the store nor beside it.
  @Test func anOrganisationIsDeletedForGood() throws {
    let old =
      (1...3).map { assessmentLine("A\($0)", 1) }.joined()
      + assessmentLine("B1", 1).replacing("\"Acme\"", with: "\"Beta\"")
    #expect(try run("import", "-", input: old).status == 0)
    let replaced = try run(
      "import", "-", "--replace", input: old.replacing("\"value\":1", with: "\"value\":3"))
    #expect(
      replaced.errors.contains("4 took the place of another one")
        && replaced.errors.contains("A1, Acme, Support: 1 answer of it is another one now, or gone."),
      "\(replaced.errors)")
    func beside() throws -> String {
      try ReplacedFiles.all(in: folder.file("data")).map {
        try String(contentsOfFile: folder.file("data/\($0)"), encoding: .utf8)
      }.joined()
    }
    #expect(try beside().contains("Acme") && beside().contains("Beta"))
    #expect(try run("delete", "--all-of", "Acmee", "--yes").errors.contains("did you mean “Acme”?"))
    #expect(try run("delete", "--all-of", "Acme").status == 64)
    #expect(try run("delete", "--all-of", "Acme", "A1", "--yes").status == 64)
    #expect(try run("delete", "--all-of", "Acme", "--of-team", "Sales", "--yes").status == 66)
    _ = try run("import", "-", input: assessmentLine("C1", 1).replacing("\"Acme\"", with: "\"ACME AG\""))
    let deleted = try run("delete", "--all-of", "Acme", "--yes")
    #expect(deleted.errors.contains("“ACME AG” may be the same organisation, and stays."))
    _ = try run("delete", "C1", "--yes")
    #expect(
      deleted.status == 0 && deleted.errors.hasPrefix("Deleted: 3 assessments of “Acme”."),
      "\(deleted.errors)")
    #expect(try !beside().contains("Acme") && beside().contains("Beta"))
    #expect(try !run("list").output.contains("Acme") && run("list").output.contains("Beta"))
    let copied = try run("doctor", "--copy", folder.file("copy"))
    #expect(copied.errors.contains("1 assessment with 1 file of what was replaced."), "\(copied.errors)")
    #expect(try run("delete", "B1", "--yes").errors.hasPrefix("Deleted: Beta, Support (2026-01-15), B1."))
    #expect(try beside().isEmpty && ReplacedFiles.all(in: folder.file("data")).isEmpty)
    #expect(ReplacedFiles.all(in: folder.file("copy")).count == 1)
  }

  @Test func theDoctorFindsDamage() throws {
    _ = try run("import", "-", input: (0..<300).map { assessmentLine("D\($0)", 1) }.joined())
    let path = folder.file("data/outside-in.sqlite")
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    for place in stride(from: bytes.count / 2, to: bytes.count / 2 + 9000, by: 7) { bytes[place] ^= 0x55 }
    try bytes.write(to: URL(fileURLWithPath: path))
    let looked = try run("doctor", "--copy", folder.file("copy"))
    #expect(looked.status == 74 && looked.errors.contains("damaged"), "\(looked.output)\(looked.errors)")
    #expect(!FileManager.default.fileExists(atPath: folder.file("copy/outside-in.sqlite")))
  }
}
