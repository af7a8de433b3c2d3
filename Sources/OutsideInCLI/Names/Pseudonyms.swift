import AssessmentModel
import QuestionnaireFormat
import Storage

/// Names that lead to nobody: digests of the real ones with a secret of the store, so that they are the same every time and whoever
/// knows a name can't find out which one it is.
final class Pseudonyms {
  private let secret: [UInt8]
  private var known: [String: String] = [:]

  init(secret: [UInt8]) { self.secret = secret }

  /// What organisations and teams are put in order by, since the order of their names would tell these.
  var rank: Store.Rank {
    { [secret] organization, team in
      Base32.text(sha256(secret + Array("\(organization)\u{0}\(team)".utf8)).prefix(16))
    }
  }

  /// - Parameter kind: One letter, which it begins with.
  func of(_ kind: String, _ name: String) -> String {
    let text = kind + name
    if let pseudonym = known[text] { return pseudonym }
    let digest = sha256(secret + Array(text.utf8))
    let pseudonym = kind + Base32.text(digest.prefix(10))
    // Nearly all are asked for again at once or never.
    if known.count >= 10_000 { known = [:] }
    known[text] = pseudonym
    return pseudonym
  }
}
