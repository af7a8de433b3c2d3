import AssessmentModel
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
}
