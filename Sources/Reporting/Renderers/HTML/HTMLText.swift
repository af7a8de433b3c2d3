import AssessmentModel

/// A text as it stands in HTML, between tags or in an attribute between quotes: shown, never acted on. Every text of
/// anybody's passes here.
func html(_ text: String) -> String {
  let text = text.harmless
  // Bytes of marks are never part of another letter, and most texts have none.
  guard text.utf8.contains(where: { marks.contains($0) || $0 >= 0xEF }) else { return text }
  var out = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": out.append(contentsOf: "&amp;".unicodeScalars)
    case "<": out.append(contentsOf: "&lt;".unicodeScalars)
    case ">": out.append(contentsOf: "&gt;".unicodeScalars)
    case "\"": out.append(contentsOf: "&quot;".unicodeScalars)
    case "'": out.append(contentsOf: "&#39;".unicodeScalars)
    default: out.append(scalar.isNoncharacter ? "\u{FFFD}" : scalar)
    }
  }
  return String(out)
}

private let marks = Set("&<>\"'".utf8)

extension Unicode.Scalar {
  /// What no document may hold.
  fileprivate var isNoncharacter: Bool {
    (0xFDD0...0xFDEF).contains(value) || value & 0xFFFE == 0xFFFE
  }
}

/// What was made harmless already, with days such as 2026-09-22 kept in one line.
func daysKept(_ markup: String) -> String {
  guard markup.utf8.contains(UInt8(ascii: "-")) else { return markup }
  let bytes = Array(markup.utf8)
  let shape = Array("0000-00-00".utf8)
  guard bytes.count >= shape.count else { return markup }
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
