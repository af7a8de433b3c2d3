import AssessmentModel

/// The document `outside-in.questionnaire/1`: a questionnaire's definition on a line of its own, before the first
/// assessment that needs it.
package enum QuestionnaireDocument {
  package static let schema = "outside-in.questionnaire/1"

  package static func isOne(_ document: JSONNode) -> Bool { document.says(schema: schema) }

  package static func read(
    _ document: JSONNode
  ) throws(JSONError) -> (content: String, definition: JSONValue) {
    var object = try JSONObjectReader(document)
    _ = (object.value("schema"), object.value("id"), object.value("version"))
    let content = try object.required("content", JSONNode.readString)
    let definition = try object.required("definition") { $0 }
    try object.finish()
    return (content, definition.value)
  }

  package static func write(_ reference: QuestionnaireReference, definition: JSONValue) -> JSONValue {
    .object([
      "schema": .string(schema), "id": .string(reference.id),
      "version": .string(reference.version.description),
      "content": .string(reference.digests.content), "definition": definition,
    ])
  }
}

/// The documents `outside-in.migration/1` and `outside-in.actions/1`: what somebody wrote to a questionnaire of their own, as it
/// is written, on lines of their own among assessments.
package struct CompanionDocument: Hashable, Sendable {
  package enum Kind: String, CaseIterable, Sendable {
    case migration, actions

    package var schema: String { "outside-in.\(rawValue)/1" }
  }

  package let kind: Kind
  /// The questionnaire's id.
  package let questionnaire: String
  /// The file's name, such as `1.0.0--2.0.0.yaml`.
  package let file: String
  package let text: String

  package init(_ kind: Kind, questionnaire: String, file: String, text: String) {
    self.kind = kind
    self.questionnaire = questionnaire
    self.file = file
    self.text = text
  }

  package var json: JSONValue {
    .object([
      "schema": .string(kind.schema), "questionnaire": .string(questionnaire), "file": .string(file),
      "text": .string(text),
    ])
  }

  /// nil for a document of another kind.
  package static func read(_ document: JSONNode) throws(JSONError) -> CompanionDocument? {
    guard let kind = Kind.allCases.first(where: { document.says(schema: $0.schema) }) else { return nil }
    var object = try JSONObjectReader(document)
    _ = object.value("schema")
    let companion = CompanionDocument(
      kind, questionnaire: try object.required("questionnaire", readName),
      file: try object.required("file", readName), text: try object.required("text", JSONNode.readString))
    try object.finish()
    guard companion.file.hasSuffix(".yaml"), kind == .migration || companion.file == "actions.yaml" else {
      throw document.error(at: "file", "\"\(companion.file)\" is no name for \(kind.rawValue)")
    }
    return companion
  }

  /// The name of a folder or file, which leads nowhere else.
  private static func readName(_ node: JSONNode) throws(JSONError) -> String {
    let name = try JSONNode.readString(node)
    guard name.wholeMatch(of: /[A-Za-z0-9][A-Za-z0-9.-]{0,99}/) != nil else {
      throw node.error("a name here has letters, digits, hyphens and full stops")
    }
    return name
  }
}

extension JSONNode {
  /// Whether it is a document of this kind.
  fileprivate func says(schema: String) -> Bool {
    isObject && !allMembers { key, value in !(key.says("schema") && value.says(schema)) }
  }
}
