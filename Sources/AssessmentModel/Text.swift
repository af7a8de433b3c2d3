extension Unicode.Scalar {
  /// Control, escape, zero-width and bidi-override characters: they can hide or reorder what a
  /// reader sees, or drive a terminal. Line breaks and tabs are among them.
  package var isHarmful: Bool {
    switch value {
    case 0..<0x20, 0x7F..<0xA0, 0xAD, 0x061C, 0x180E: true
    // Hangul fillers: letters that show nothing.
    case 0x115F, 0x1160, 0x3164, 0xFFA0: true
    case 0x200B, 0x200E...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB: true
    case 0xE0000...0xE007F: true
    default: false
    }
  }
}

extension Assessment {
  /// Why a text can't be the name of an organisation, a team, a department or a person; nil where it
  /// can.
  package static func problem(withName name: String) -> String? {
    if name.utf8.count > 400 { return "a name has at most 400 bytes" }
    if name.unicodeScalars.contains(where: \.isHarmful) {
      return "a name is one line of characters that can be seen"
    }
    return nil
  }
}

/// A text with the full stop that ends it, unless it has an end.
package func sentence(_ text: String) -> String {
  text.last.map { ".?!".contains($0) } == true ? text : text + "."
}

extension String {
  /// Without white space at its ends.
  package var trimmed: String {
    var text = self[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }

  /// nil where there is nothing in it.
  package var nonEmpty: String? { isEmpty ? nil : self }
}
