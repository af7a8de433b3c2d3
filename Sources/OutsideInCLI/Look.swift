import EmbeddedTexts
import Foundation
import QuestionnaireFormat
import Reporting

extension HTMLLook {
  /// How all pages of this program look.
  static var standard: HTMLLook {
    let stylesheet = EmbeddedTexts.text("Resources/report.css") ?? ""
    return HTMLLook(
      stylesheet: stylesheet, digest: Data(sha256(Array(stylesheet.utf8))).base64EncodedString())
  }
}
