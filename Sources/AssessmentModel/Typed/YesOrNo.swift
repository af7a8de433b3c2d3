/// A yes or a no, as people type them: where one is asked for, and where something else is, since it never is a name,
/// a word or a sentence of theirs.
package enum YesOrNo: Hashable, Sendable {
  case yes
  case no

  /// nil where the text is neither.
  package init?(_ text: some StringProtocol) {
    switch text.lowercased().filter({ !$0.isWhitespace && $0 != "." && $0 != "!" }) {
    case "yes", "y", "ok", "okay": self = .yes
    case "no", "n": self = .no
    default: return nil
    }
  }
}
