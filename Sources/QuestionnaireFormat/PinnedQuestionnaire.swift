import AssessmentModel
import Crypto

/// A questionnaire with its canonical text and digests: what an assessment keeps of it from the
/// moment it starts, so that it opens, scores and reports years later.
public struct PinnedQuestionnaire: Hashable, Sendable {
  public let questionnaire: Questionnaire
  /// The canonical form as text, on one line.
  public let text: String
  public let digests: Digests

  public init(_ questionnaire: Questionnaire) {
    self.questionnaire = questionnaire
    text = questionnaire.canonical.text()
    digests = Digests(
      content: digest(text), measurement: digest(questionnaire.measurementForm.text()),
      wording: digest(questionnaire.wordingForm.text()))
  }

  /// Reads a stored or exported copy. Its digest is worked out anew; the caller compares it with
  /// the one that was kept.
  public init(
    reading text: some Collection<UInt8>, status: Questionnaire.Status
  ) throws(PinnedQuestionnaireError) {
    let json: JSONValue
    do throws(JSONError) {
      json = try JSONValue(parsing: text)
    } catch {
      throw .unreadable(error.message)
    }
    try self.init(canonical: json, status: status)
  }

  public init(
    canonical json: JSONValue, status: Questionnaire.Status
  ) throws(PinnedQuestionnaireError) {
    let reading = readQuestionnaire(canonical: json, status: status)
    guard let questionnaire = reading.questionnaire else {
      throw .unreadable(reading.diagnostics.first.map(\.message) ?? "it is incomplete")
    }
    self.init(questionnaire)
  }

  public var reference: QuestionnaireReference {
    QuestionnaireReference(
      id: questionnaire.id, version: questionnaire.version, digests: digests)
  }
}

public enum PinnedQuestionnaireError: Error, Hashable, Sendable {
  case unreadable(String)

  public var reason: String {
    switch self {
    case .unreadable(let reason): reason
    }
  }
}

private func digest(_ text: String) -> String {
  let hex = Array("0123456789abcdef".utf8)
  var out = Array("sha256:".utf8)
  for byte in SHA256.hash(data: Array(text.utf8)) {
    out.append(hex[Int(byte >> 4)])
    out.append(hex[Int(byte & 15)])
  }
  return String(decoding: out, as: UTF8.self)
}
