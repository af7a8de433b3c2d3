import AssessmentModel

/// A questionnaire with its canonical text and digests: what an assessment keeps of it from the
/// moment it starts, so that it opens, scores and reports years later.
public struct PinnedQuestionnaire: Hashable, Sendable {
  /// What the text says; its status is kept outside the text.
  public let questionnaire: Questionnaire
  /// The canonical form as text, on one line.
  public let text: String
  /// Worked out from the questionnaire, or, for a stored copy, those that were kept with it.
  public let digests: Digests
  /// Whether a stored copy still matches its digest; one that does not can be read and not be built on.
  public let isIntact: Bool
  /// The content digest of the version as it was published, where this is it in somebody's own word for customers.
  public let published: String?

  /// Works out the canonical text and its digests; the copy is intact.
  ///
  /// - Parameter published: The version as it was published, where the text has somebody's own word for customers.
  public init(_ questionnaire: Questionnaire, published: String? = nil) {
    isIntact = true
    self.questionnaire = questionnaire
    text = questionnaire.canonical.text()
    digests = Digests(
      content: digest(text), measurement: digest(questionnaire.measurementForm.text()),
      wording: digest(questionnaire.wordingForm.text()))
    self.published = published == digests.content ? nil : published
  }

  /// Reads a stored copy and compares it with the content digest that was kept with it. The other two
  /// digests follow from the content, so they need not be worked out again. Throws where the text is no
  /// questionnaire; one that has changed and can still be read is not intact.
  public init(
    reading text: String, digests: Digests, status: Questionnaire.Status, published: String? = nil
  ) throws(PinnedQuestionnaireError) {
    isIntact = digest(text) == digests.content
    let json: JSONValue
    do throws(JSONError) {
      json = try JSONValue(parsing: text.utf8)
    } catch {
      throw .unreadable(error.message)
    }
    let reading = readQuestionnaire(canonical: json, status: status)
    guard let questionnaire = reading.questionnaire else {
      throw .unreadable(reading.diagnostics.first.map(\.message) ?? "it is incomplete")
    }
    self.questionnaire = questionnaire
    self.text = text
    self.digests = digests
    self.published = published
  }

  /// Reads a canonical form, from a document say, and works its digests out anew; throws where it is no
  /// questionnaire.
  public init(
    canonical json: JSONValue, status: Questionnaire.Status
  ) throws(PinnedQuestionnaireError) {
    let reading = readQuestionnaire(canonical: json, status: status)
    guard let questionnaire = reading.questionnaire else {
      throw .unreadable(reading.diagnostics.first.map(\.message) ?? "it is incomplete")
    }
    self.init(questionnaire)
  }

  /// What an assessment made with it refers to.
  public var reference: QuestionnaireReference {
    QuestionnaireReference(
      id: questionnaire.id, version: questionnaire.version, digests: digests, published: published)
  }
}

/// Why a canonical form can't be taken.
public enum PinnedQuestionnaireError: Error, Hashable, Sendable {
  /// It is no JSON, or fails a check that authors' files have to pass; with the first problem in words.
  case unreadable(String)

  /// The first problem in words, without a full stop.
  public var reason: String {
    switch self {
    case .unreadable(let reason): reason
    }
  }
}

func digest(_ text: String) -> String {
  let hex = Array("0123456789abcdef".utf8)
  var out = Array("sha256:".utf8)
  for byte in sha256(Array(text.utf8)) {
    out.append(hex[Int(byte >> 4)])
    out.append(hex[Int(byte & 15)])
  }
  return String(decoding: out, as: UTF8.self)
}
