import AssessmentModel
import Testing

/// Words for customers: their articles and plurals, and what somebody types as one.
@Suite struct EnglishTests {
  @Test(arguments: [
    ("customer", "a"), ("patient", "a"), ("user", "a"), ("unit holder", "a"), ("union member", "a"),
    ("university", "a"), ("European", "a"), ("one-off guest", "a"), ("hotel guest", "a"), ("utility", "a"),
    ("ukulele pupil", "a"), ("GP", "a"), ("UK resident", "a"), ("applicant", "an"), ("elderly person", "an"),
    ("inmate", "an"), ("owner", "an"), ("hour", "an"), ("heir", "an"), ("honest man", "an"), ("MP", "an"),
    ("NGO", "an"), ("SME", "an"), ("uninsured person", "an"), ("unemployed person", "an"), ("umpire", "an"),
    ("uncle", "an"), ("undergraduate", "an"), ("usher", "an"), ("8-year-old", "a"),
  ])
  func articlesFollowTheSound(word: String, article: String) {
    #expect(English.article(before: word) == article)
  }

  @Test(arguments: [
    ("patient", "patients"), ("child", "children"), ("person", "people"), ("family", "families"),
    ("boy", "boys"), ("business", "businesses"), ("box", "boxes"), ("church", "churches"), ("man", "men"),
    ("woman", "women"), ("German", "Germans"), ("human", "humans"), ("schoolchild", "schoolchildren"),
    ("young person", "young people"), ("housewife", "housewives"), ("member of staff", "members of staff"),
    ("person in care", "people in care"), ("guest", "guests"), ("pupil", "pupils"),
  ])
  func pluralsAndBack(one: String, many: String) {
    #expect(English.plural(of: one) == many)
    if !many.contains(" of "), !many.contains(" in ") { #expect(English.singular(of: many) == one) }
    if one != "business" { #expect(English.singular(of: one) == nil) }
  }

  @Test(arguments: [
    ("patient", "patient", "patients"), ("a Patient", "patient", "patients"),
    ("our guests", "guests", "guestses"),
    ("child:children", "child", "children"), ("  the   young person ", "young person", "young people"),
    ("NGO", "NGO", "NGOs"), ("SME client", "SME client", "SME clients"),
    ("person:persons", "person", "persons"),
  ])
  func whatIsTypedIsTheWord(text: String, one: String, many: String) throws {
    let word = try CustomerWord(typed: text)
    #expect(word.one == one && word.many == many)
  }

  @Test(arguments: [
    "I am not sure what you mean", "", ":", "pa{tient}", "patient:", "yes", "No", "none", "glass:no",
    String(repeating: "p", count: 41),
    "p\u{202E}q", "42",
  ])
  func whatIsNoWordIsRefused(text: String) {
    #expect(throws: CustomerWordProblem.self) { try CustomerWord(typed: text) }
  }
}
