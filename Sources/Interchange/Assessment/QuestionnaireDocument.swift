import AssessmentModel

/// The document `outside-in.questionnaire/1`: a questionnaire's definition on a line of its own, before the first
/// assessment that needs it.
package enum QuestionnaireDocument {
  package static let schema = "outside-in.questionnaire/1"

  package static func isOne(_ document: JSONNode) -> Bool {
    !document.allMembers { key, value in !(key.says("schema") && value.says(schema)) } && document.isObject
  }

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
