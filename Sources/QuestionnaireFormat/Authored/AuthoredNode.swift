import AssessmentModel

/// A place in an authored file, from 1.
struct Mark: Hashable, Sendable {
  let line: Int
  let column: Int

  static let start = Mark(line: 1, column: 1)
  /// In what another questionnaire gives; shown where that one is named.
  static let inherited = Mark(line: 0, column: 0)
}

/// A value as it was written, with its place: what YAML and the canonical JSON have in common.
struct AuthoredNode: Sendable {
  enum Content: Sendable {
    /// `plain` scalars may be numbers or booleans; quoted ones are text.
    case scalar(String, plain: Bool)
    case sequence([AuthoredNode])
    case mapping([Entry])
  }

  struct Entry: Sendable {
    let key: String
    let mark: Mark
    let value: AuthoredNode
  }

  let content: Content
  let mark: Mark
  /// Whether ` #` stands behind a plain scalar in its line, where somebody may have meant it as text.
  let isFollowedByComment: Bool

  init(content: Content, mark: Mark, isFollowedByComment: Bool = false) {
    self.content = content
    self.mark = mark
    self.isFollowedByComment = isFollowedByComment
  }

  /// The canonical form read back. It is made by this program, so it has no places worth naming.
  init(_ json: JSONValue) {
    mark = .start
    isFollowedByComment = false
    switch json {
    case .null: content = .scalar("", plain: true)
    case .bool(let value): content = .scalar(value ? "true" : "false", plain: true)
    case .integer(let value): content = .scalar(String(value), plain: true)
    case .number(let value): content = .scalar(value.description, plain: true)
    case .string(let text): content = .scalar(text, plain: false)
    case .array(let values): content = .sequence(values.map(AuthoredNode.init))
    case .object(let object):
      content = .mapping(
        object.sorted { $0.key < $1.key }
          .map { Entry(key: $0.key, mark: .start, value: AuthoredNode($0.value)) })
    }
  }

  var kind: String {
    switch content {
    case .scalar(let text, let plain):
      if !plain { "a text" } else if text.isEmpty { "nothing" } else { "\"\(text)\"" }
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }
}
