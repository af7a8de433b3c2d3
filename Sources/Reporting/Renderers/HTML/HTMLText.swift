import AssessmentModel

/// A text as it stands in HTML, between tags or in an attribute between quotes: shown, never acted on. Every text of
/// anybody's passes here.
func html(_ text: String) -> String {
  var out = ""
  for scalar in text.harmless.unicodeScalars {
    switch scalar {
    case "&": out += "&amp;"
    case "<": out += "&lt;"
    case ">": out += "&gt;"
    case "\"": out += "&quot;"
    case "'": out += "&#39;"
    default: out.unicodeScalars.append(scalar.isNoncharacter ? "\u{FFFD}" : scalar)
    }
  }
  return out
}

extension Unicode.Scalar {
  /// What no document may hold.
  fileprivate var isNoncharacter: Bool {
    (0xFDD0...0xFDEF).contains(value) || value & 0xFFFE == 0xFFFE
  }
}

/// What was made harmless already, with days such as 2026-09-22 kept in one line.
func daysKept(_ markup: String) -> String {
  let bytes = Array(markup.utf8)
  let shape = Array("0000-00-00".utf8)
  guard bytes.count >= shape.count, bytes.contains(UInt8(ascii: "-")) else { return markup }
  func isDigit(_ place: Int) -> Bool {
    bytes.indices.contains(place) && (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[place])
  }
  var out: [UInt8] = []
  var place = 0
  while place < bytes.count {
    let isDay =
      isDigit(place) && !isDigit(place - 1) && place + shape.count <= bytes.count
      && !isDigit(place + shape.count)
      && shape.indices.allSatisfy {
        shape[$0] == UInt8(ascii: "-") ? bytes[place + $0] == shape[$0] : isDigit(place + $0)
      }
    if isDay {
      out += Array("<span class=\"day\">".utf8) + bytes[place..<place + shape.count] + Array("</span>".utf8)
      place += shape.count
    } else {
      out.append(bytes[place])
      place += 1
    }
  }
  return String(decoding: out, as: UTF8.self)
}
