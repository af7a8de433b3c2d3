/// Which questionnaire an assessment was made with, and its digests.
public struct QuestionnaireReference: Hashable, Sendable {
  /// The questionnaire's id, the same over all its versions.
  public let id: String
  /// The version it was begun with, which need not be the newest.
  public let version: Version
  /// Of the questionnaire's text as it was then; a text with another content digest is not this one.
  public let digests: Digests
  /// The content digest of the version as it was published, where the text has somebody's own word for customers;
  /// nil where the text is the published one.
  public let published: String?

  /// Takes each property as it is; nothing is checked.
  public init(id: String, version: Version, digests: Digests, published: String? = nil) {
    self.id = id
    self.version = version
    self.digests = digests
    self.published = published
  }

  /// Whether both ask the same: one version, be it in other words for customers.
  public func asksTheSame(as other: QuestionnaireReference) -> Bool {
    id == other.id && version == other.version && digests.measurement == other.digests.measurement
      && (published ?? digests.content) == (other.published ?? other.digests.content)
  }
}

/// SHA-256 digests of a questionnaire's canonical form, each as `sha256:` and 64 hex digits.
public struct Digests: Hashable, Sendable {
  /// Of everything.
  public let content: String
  /// Of what decides a score.
  public let measurement: String
  /// Of what respondents read.
  public let wording: String

  /// Takes each property as it is; nothing is checked.
  public init(content: String, measurement: String, wording: String) {
    self.content = content
    self.measurement = measurement
    self.wording = wording
  }
}
