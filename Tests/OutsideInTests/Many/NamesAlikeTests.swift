import AssessmentModel
import SeededGenerator
import Storage
import Testing

/// Names that may be one organisation's or team's.
@Suite struct NamesAlikeTests {
  @Test(arguments: [
    ("Acme", "ACME", true), ("Acme GmbH", "Acme", true), ("Acme, Inc.", "ACME AG", true),
    ("Müller & Co. KG", "MULLER", true), ("Müller Energie", "Mueller-Energie GmbH", true),
    ("Öl und Gas", "Oel Gas", false), ("Größe", "Groesse", true),
    ("A.C.M.E. Ltd.", "acme", true), ("Bach e.V.", "Bach", true), ("Société X S.A.R.L.", "Societe X", true),
    ("Acme-Bank", "Acme Bank", true),
    ("Acme  Bank", "acme bank", true), ("Acme", "Acme Bank", false), ("Co", "Company", false),
    ("AG", "GmbH", false), ("Acme 1", "Acme 2", false),
    ("Nord", "Süd", false), ("株式会社 山", "山", false),
  ])
  func areAlikeOrNot(one: String, other: String, alike: Bool) {
    #expect(
      (one.organizationKey == other.organizationKey) == alike,
      "\(one.organizationKey) | \(other.organizationKey)")
  }

  /// Names of plain letters have a quick way to the same: an accent that falls away leads round it.
  @Test(arguments: [
    "Acme", "Acme GmbH", " Bach & Co. KG ", "A.C.M.E. Ltd.", "The Co", "AG", "Nord-Sud, Inc.",
    "x (y) [z] 1/2", "", "...", "Co. Co. Co.",
    "Incorporated Limited", "Tab\tName", "O'Neill & Sons",
  ])
  func theQuickWayComesToTheSame(name: String) {
    #expect(name.organizationKey == (name + "\u{301}").organizationKey)
  }

  @Test func spellingsAreFoundAmongMany() {
    let names = [
      ("Acme", "Support"), ("Acme", "support"), ("Acme", "Sales"), ("Acme", "Support"),
      ("ACME GmbH", "Support"), ("Beta", ""), ("Beta", "Sales"),
      ("", "Sales"), ("Acme", "Sales"), ("acme", "x"),
    ]
    var alike = NamesAlike()
    for (organization, team) in names { alike.look(at: organization, team) }
    let again = alike.endFirstLook()
    #expect(again)
    for (organization, _) in names { alike.note(organization) }
    #expect(
      alike.groups == [
        .init(organization: nil, names: ["Acme", "ACME GmbH", "acme"]),
        .init(organization: "Acme", names: ["Support", "support"]),
      ])
    var apart = NamesAlike()
    apart.look(at: "Acme", "Support")
    apart.look(at: "Beta", "support")
    let isAny = apart.endFirstLook()
    #expect(!isAny && apart.groups.isEmpty)
  }

  @Test(arguments: [
    ("Acme", "Acne", "Acn"), ("Acme", "Acme GmbH", nil), ("Acme", "acme bank", "acme ba"),
    ("Acme", "ACME G", nil),
    ("Acme", "Acme Gas", "Acme Ga"), ("Organisation 1", "Organisation 12", "Organisation 12"),
    ("Müller", "Mueller", nil), ("Müller", "Mull", nil), ("Müller", "Mülltonne", "Müllt"),
    ("Acme", "A. C. M. E.", nil), ("Acme", "Äcme", nil), ("ΟΔΟΣ ΑΕ", "οδος", nil), ("Acme", "Zeta", "Z"),
    ("Acme & Co. KG", "acme kg co", nil), ("Acme", "Acme Co-Pilot", "Acme Co-Pi"),
  ])
  func aBeginningLeadsAway(from name: String, other: String, beginning: String?) {
    #expect(other.shortestBeginning(leadingAwayFrom: name.organizationKey) == beginning)
  }

  /// Those of one key are found among many without a look at each, and just those.
  @Test(arguments: [1, 2, 3] as [UInt64])
  func thoseAlikeAreFoundInTheStore(seed: UInt64) throws {
    var random = SeededGenerator(state: seed)
    let stems = [
      "Müller Energie", "Ae", "Organisation 1", "Organisation 12", "Öl und Gas", "ΟΔΟΣ", "株式会社 山", "Straße 7",
      "Bach", "Co", "The Co", "Société X", "Über\u{10FFFF}mut", "Йод",
    ]
    let ends = ["", " GmbH", " & Co. KG", ", Inc.", " AG", " 2", "-Bank", " e.V.", "s", " Ag. Co", " G", "."]
    var names: Set<String> = []
    while names.count < 250 {
      var name = stems.randomElement(using: &random)! + ends.randomElement(using: &random)!
      for (from, to) in [
        ("ü", "ue"), ("ü", "u\u{308}"), ("ß", "ss"), (" ", "-"), (" ", "  "), ("é", "e"), ("Ö", "Oe"),
      ]
      where Bool.random(using: &random) { name = name.replacing(from, with: to) }
      names.insert(
        [name, name.uppercased(), name.lowercased(), " " + name, "«\(name)»"].randomElement(using: &random)!)
    }
    let folder = try TemporaryFolder()
    let lines = names.enumerated().map {
      #"{"schema":"outside-in.assessment/1","id":"A\#($0)","organization":"\#($1)","questionnaire":{"id":"outside-in","version":"2.0.0"},"responses":[]}"#
    }
    let imported = try run(
      ["import", "-", "--data-dir", folder.path], input: lines.joined(separator: "\n"), in: folder)
    try #require(imported.status == 0, "\(imported.errors)")
    let store = try Store(directory: folder.path)
    var stored: [String] = []
    try store.eachName { organization, _ in stored.append(organization) }
    try #require(Set(stored).count > 200)
    for name in stored {
      let alike = Set(stored.filter { $0.organizationKey == name.organizationKey })
      #expect(Set(try store.organizations(alike: name)) == alike, "seed \(seed), “\(name)”")
    }
  }
}
