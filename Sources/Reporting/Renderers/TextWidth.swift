import AssessmentModel

extension Character {
  /// Columns on a terminal: 0 for what combines, 2 for wide East Asian characters and emoji.
  package var columns: Int {
    var width = 0
    for scalar in unicodeScalars {
      if scalar.value == 0xFE0F { return 2 }
      width = max(width, scalar.columns)
    }
    return width
  }
}

extension Unicode.Scalar {
  fileprivate var columns: Int {
    if value < 0x300 { return value == 0xAD ? 0 : 1 }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    switch value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
      0xA000...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1FAFF,
      0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }
}

extension String {
  /// Columns on a terminal.
  package var columns: Int {
    // Nearly all text is ASCII, where bytes are columns.
    utf8.allSatisfy { $0 < 0x80 } ? utf8.count : reduce(0) { $0 + $1.columns }
  }

  /// The text without what could drive or disorder a terminal: control and escape characters, bidi
  /// overrides and zero-width characters become visible as `�`; line breaks and tabs become blanks.
  package var harmless: String {
    // Nearly all text is plain ASCII, where bytes are scalars.
    if utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return self }
    guard unicodeScalars.contains(where: \.isHarmful) else { return self }
    var out = UnicodeScalarView()
    for scalar in unicodeScalars {
      switch scalar {
      case "\n", "\r", "\t": out.append(" ")
      default: out.append(scalar.isHarmful ? "\u{FFFD}" : scalar)
      }
    }
    return String(out)
  }

  /// Harmless, with its line breaks left as they are.
  package var harmlessLines: String {
    split(omittingEmptySubsequences: false) { $0.isNewline }.map { String($0).harmless }
      .joined(separator: "\n")
  }

  package func padded(to columns: Int, _ alignment: Table.Alignment = .left) -> String {
    let blanks = String(repeating: " ", count: Swift.max(0, columns - self.columns))
    return alignment == .left ? self + blanks : blanks + self
  }
}
