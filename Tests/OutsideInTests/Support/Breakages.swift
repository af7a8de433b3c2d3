import Testing

/// One way to break the small questionnaire, and what has to be said about it.
struct Breakage: CustomTestStringConvertible, Sendable {
  let file: String
  let old: String
  let new: String
  let code: String
  let line: Int
  let column: Int
  let hint: String

  init(
    _ old: String, _ new: String, _ code: String, _ line: Int, _ column: Int, _ hint: String = "",
    in file: String = "only.yaml"
  ) {
    (self.old, self.new, self.code) = (old, new, code)
    (self.line, self.column, self.hint, self.file) = (line, column, hint, file)
  }

  var testDescription: String { "\(code) \(new.prefix(30))" }

  /// The file as it is when broken.
  func text() throws -> String {
    let text = try #require(soundFiles[file])
    // The tables are indented for reading; the files are not.
    let searched = text.contains(old) ? old : old.replacing("\n        ", with: "\n    ")
    let range = try #require(text.firstRange(of: searched), "\(old)")
    return text.replacingCharacters(in: range, with: new.replacing("\n        ", with: "\n    "))
  }
}

/// The corpus: the small questionnaire broken in every way that a rule knows.
extension QuestionnaireTests {
  static let main = "questionnaire.yaml"
  static let breakages: [Breakage] = [
    Breakage("title: Only", "title: Only\u{1B}[2J", "Q01", 2, 12),
    Breakage("title: Only", "title: O\u{202E}nly", "Q01", 2, 9),
    Breakage("text: How is it?", "text: &a How is it?", "Q02", 8, 11),
    Breakage("text: How is it?", "text: *a", "Q02", 8, 11),
    Breakage("text: How is it?", "text: !x How is it?", "Q02", 8, 11),
    Breakage("section: only", "%YAML 1.1\n---\nsection: only", "Q02", 1, 1),
    Breakage("title: Only\nitems:", "title: Only\n---\nitems:", "Q02", 3, 1),
    Breakage("title: Only", "title: Only\ntitle: Twice", "Q03", 3, 1),
    Breakage("scale: three", "scal: three", "Q04", 7, 5, "did you mean \"scale\""),
    Breakage("label: \"Yes, it is\"", "label: Yes, it is", "Q04", 13, 31, "quotes", in: main),
    Breakage("text: How is it?", "text: 42", "Q05", 8, 11, "quotes"),
    Breakage("text: How is it?", "text: ''", "Q05", 8, 11, "empty"),
    Breakage("text: How is it?", "text: 'How is it? '", "Q05", 8, 11, "white space"),
    Breakage("text: How is it?", "text: How: is it?", "Q05", 8, 14, "quotes"),
    Breakage("format: 1", "format: 2", "Q06", 1, 9, in: main),
    Breakage("label: First", "label: [[[[[[[[[[x]]]]]]]]]]", "Q07", 21, 36),
    Breakage("version: 1.0.0", "version: 1.0", "Q08", 3, 10, in: main),
    Breakage("section: only", "section: other", "Q08", 1, 10),
    Breakage("sections: [only]", "sections: [only, more]", "Q09", 14, 18, in: main),
    Breakage("sections: [only]", "sections: [only, ../../etc]", "Q09", 14, 18, in: main),
    Breakage("id: one-item", "id: One_item", "Q10", 4, 9),
    Breakage("id: three-item", "id: two-item", "Q11", 17, 9),
    Breakage("id: first", "id: off", "Q12", 21, 15),
    Breakage("id: three-item", "id: old-one", "Q13", 17, 9),
    Breakage(
      "scale: three", "scale: three\n    anchors: { 0: A, 2: B }", "Q15", 8, 14, "[0, 2, 4]"),
    Breakage("level: 2", "level: 0", "Q16", 10, 3, in: main),
    Breakage("dimension: insight", "dimension: insigth", "Q17", 6, 16, "did you mean \"insight\""),
    Breakage("scale: three", "scale: four", "Q17", 7, 12),
    Breakage("    outsideIn: left\n", "", "Q18", 9, 5),
    Breakage(
      "{ id: insight, title: Insight }", "{ id: insight, title: Insight, weight: 0 }", "Q18", 8, 44, in: main),
    Breakage(
      "- { id: insight, title: Insight }", "- { id: insight, title: Insight }\n  - { id: other, title: O }",
      "Q19", 9, 5, in: main),
    Breakage("options:", "left: x\n    options:", "Q20", 20, 5),
    Breakage("text: How is it?", "text: \(String(repeating: "long ", count: 40))end", "Q21", 8, 11),
    Breakage("item: one-item", "item: three-item", "Q22", 16, 19),
    Breakage("item: one-item", "item: two-item", "Q22", 16, 19, "itself"),
    Breakage("atLeast: 2", "atLeast: 7", "Q23", 16, 38),
    Breakage(
      "when: { item: one-item, atLeast: 2 }",
      "when: { not: { not: { not: { item: one-item, is: 2 } } } }", "Q25", 16, 11),
    Breakage("outside-in/1", "outside-in/9", "Q26", 6, 20, in: main),
    Breakage("sections: [only]", "sections: [only, only]", "Q11", 14, 18, "twice", in: main),
    Breakage("title: Small", "title: Small\nterms: { b2b: '' }", "Q05", 6, 15, in: main),
    Breakage("cut: 50", "cut: -1", "Q27", 6, 39, in: main),
    Breakage(", cut: 50", "", "Q27", 6, 10, "missing", in: main),
    Breakage("cut: 50", "cut: half", "Q05", 6, 39, "a number", in: main),
    Breakage("title: Only", "title: Only\u{200B}", "Q01", 2, 12),
    Breakage("title: Only", "title: Only\u{7F}", "Q01", 2, 12),
    Breakage("text: How is it?", "text: !!str How is it?", "Q02", 8, 11),
    Breakage("- id: one-item", "- <<: *base\n    id: one-item", "Q02", 4, 5),
    Breakage("id: first, label: First", "id: first, id: other, label: First", "Q03", 21, 22),
    Breakage("title: Small", "titel: Small", "Q04", 5, 1, "did you mean \"title\"", in: main),
    Breakage("label: First", "lable: First", "Q04", 21, 22, "did you mean \"label\""),
    Breakage("outsideIn: left", "outsidein: left", "Q04", 15, 5, "did you mean \"outsideIn\""),
    Breakage("item: one-item", "itm: one-item", "Q04", 16, 13),
    Breakage("outsideIn: left", "outsideIn: top", "Q05", 15, 16, "left, right"),
    Breakage("type: level", "type: levl", "Q05", 5, 11, "did you mean \"level\""),
    Breakage("type: level", "type: level\n    core: yes", "Q05", 6, 11, "true or false"),
    Breakage("title: Only", "title: [Only]", "Q05", 2, 8, "a text"),
    Breakage("title: Only", "title: Only\nminutes: soon", "Q05", 3, 10, "whole number"),
    Breakage("title: Only", "title: Only\nminutes: 0", "Q05", 3, 10, "1 to 600"),
    Breakage("text: Which one?", "text: True", "Q05", 19, 11, "quotes"),
    Breakage("    text: Which one?\n", "", "Q05", 17, 5, "\"text\" is missing"),
    Breakage("status: draft", "status: ready", "Q05", 4, 9, "draft, published, withdrawn", in: main),
    Breakage("      - { id: second, label: Second }\n", "", "Q05", 21, 7, "two"),
    Breakage("format: 1\n", "", "Q06", 1, 1, "missing", in: main),
    Breakage("version: 1.0.0", "version: 1.0.0-beta", "Q08", 3, 10, in: main),
    Breakage("version: 1.0.0", "version: 01.0.0", "Q08", 3, 10, in: main),
    Breakage("sections: [only]", "sections: [only, Only]", "Q09", 14, 18, in: main),
    Breakage("id: one-item", "id: x", "Q10", 4, 9),
    Breakage("id: insight", "id: in sight", "Q10", 8, 11, in: main),
    Breakage("three:", "Three:", "Q10", 10, 3, in: main),
    Breakage("id: second", "id: first", "Q11", 22, 15),
    Breakage(
      "- { id: insight, title: Insight }", "- { id: insight, title: I }\n  - { id: insight, title: J }",
      "Q11", 9,
      11, in: main),
    Breakage("id: three-item", "id: null", "Q12", 17, 9),
    Breakage("id: three-item", "id: \"yes\"", "Q12", 17, 9),
    Breakage("sections: [only]", "sections: []", "Q14", 14, 11, in: main),
    Breakage("title: Only\nitems:", "title: Only\nitems: []\nrest:", "Q14", 3, 8),
    Breakage(
      "scale: three", "scale: three\n    anchors: { 0: A, 2: B, 4: A }", "Q15", 8, 14, "alike"),
    Breakage("right: That.", "right: This.", "Q15", 14, 12, "alike"),
    Breakage("scale: three", "scale: three\n    anchors: { 0: A, 2: B, 7: C }", "Q15", 8, 14, "[0, 2, 4]"),
    Breakage("level: 4", "level: 3", "Q16", 10, 3, in: main),
    Breakage("title: Small", "title: The {custmer} survey", "Q17", 5, 8, "no term", in: main),
    Breakage("title: Small", "title: Small\nbasedOn: other@1.0.0", "Q17", 6, 10, in: main),
    Breakage("title: Small", "title: Small\nbasedOn: other", "Q05", 6, 10, in: main),
    Breakage("    dimension: insight\n    scale", "    scale", "Q18", 4, 5),
    Breakage("dimension: insight\n    scale", "dimension: insight\n    weight: 0\n    scale", "Q18", 7, 13),
    Breakage("dimensions:\n  - { id: insight, title: Insight }", "dimensions: []", "Q19", 7, 13, in: main),
    Breakage("type: level", "type: level\n    outsideIn: left", "Q20", 6, 5),
    Breakage("type: bipolar", "type: bipolar\n    scale: three", "Q20", 11, 5),
    Breakage("type: choice", "type: choice\n    max: 3", "Q20", 19, 5),
    Breakage(
      "text: Which is it?", "text: Which is it?\n    customerAnchors: { 0: A }", "Q20", 13, 22, "customers"),
    Breakage("left: This.", "left: \(String(repeating: "long ", count: 40))end", "Q21", 13, 11),
    Breakage("title: Only", "title: \(String(repeating: "x", count: 61))", "Q21", 2, 8, "61 characters"),
    Breakage("item: one-item, atLeast: 2", "item: nowhere, is: 2", "Q22", 16, 19),
    Breakage("atLeast: 2", "is: first", "Q23", 16, 33),
    Breakage("atLeast: 2", "atLeast: 2, atMost: 4", "Q23", 16, 11, "one of"),
    Breakage("atLeast: 2 }", "atLeast: 0 }", "Q24", 16, 11, "always"),
    Breakage("atLeast: 2 }", "is: 3 }", "Q24", 16, 11, "never"),
    Breakage("cut: 50", "cut: 101", "Q27", 6, 39, in: main),
  ]
}
