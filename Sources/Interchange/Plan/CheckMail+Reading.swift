import AssessmentModel

/// A reply as mail programs make them.
extension CheckMail {
  /// The text of a mail's bytes: of a saved mail that is coded for old mail servers, what it says; of other bytes than UTF-8,
  /// what Windows programs mean by them.
  package static func text(_ bytes: [UInt8]) -> String {
    let head = String(decoding: bytes.prefix(20_000), as: UTF8.self).lowercased()
    let plain = head.contains("content-transfer-encoding: quoted-printable") ? unquoted(bytes) : bytes
    if let text = String(validating: plain, as: UTF8.self) { return text }
    // Latin letters stand where they stand in Unicode; the rest is quotation marks and dashes.
    let marks: [UInt8: Unicode.Scalar] = [
      0x80: "€", 0x85: "…", 0x91: "‘", 0x92: "’", 0x93: "“", 0x94: "”", 0x96: "–", 0x97: "—",
    ]
    var text = String.UnicodeScalarView()
    for byte in plain { text.append(marks[byte] ?? Unicode.Scalar(byte)) }
    return String(text)
  }

  /// Quoted-printable (RFC 2045) undone: `=C3=BC`, and lines that end with `=` go on.
  private static func unquoted(_ bytes: [UInt8]) -> [UInt8] {
    func digit(_ byte: UInt8) -> UInt8? { Character(Unicode.Scalar(byte)).hexDigitValue.map { UInt8($0) } }
    var out: [UInt8] = []
    var index = 0
    while index < bytes.count {
      let rest = bytes[index...].dropFirst()
      if bytes[index] == UInt8(ascii: "="), rest.first == 0x0A {
        index += 2
      } else if bytes[index] == UInt8(ascii: "="), rest.starts(with: [0x0D, 0x0A]) {
        index += 3
      } else if bytes[index] == UInt8(ascii: "="), let high = rest.first.flatMap(digit),
        let low = rest.dropFirst().first.flatMap(digit)
      {
        out.append(high << 4 | low)
        index += 3
      } else {
        out.append(bytes[index])
        index += 1
      }
    }
    return out
  }

  /// Reads a reply as mail programs make them: what was sent is quoted, answers stand behind the numbers or below them, a
  /// signature follows.
  package static func read(_ text: String) -> Replies {
    var found: [Reply] = []
    var from = ""
    var isHeader = true
    var isLong = false
    var open: Reply?
    func close() {
      if let open, !open.text.isEmpty { found.append(open) }
      open = nil
    }
    reading: for (index, raw) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      var rest = raw.drop(while: \.isWhitespace)
      var depth = 0
      while let first = rest.first, first == ">" || first == "|" {
        depth += 1
        rest = rest.dropFirst().drop(while: \.isWhitespace)
      }
      let line = String(rest).replacing("\u{A0}", with: " ").trimmed
      // Mail programs break lines near their end only; a short one ends what it says.
      let mayGoOn = isLong
      isLong = raw.count >= 55
      if depth == 0, isHeader, let match = line.wholeMatch(of: /(?i)from: *"?([^"<]*?)"? *(?:<.*>)?/) {
        from = String(match.1)
        continue
      }
      if line.isEmpty {
        // An answer may stand below its number, with a blank line between.
        if open?.text.isEmpty == false { close() }
        continue
      }
      isHeader = isHeader && line.prefixMatch(of: /[A-Za-z\-]+:\s/) != nil
      if depth == 0, line == "--" {
        close()
        break reading
      }
      let marks = line.matches(of: /[*_]{0,2}\[ *([Ff]?)([0-9]{1,4}) *\][*_]{0,2} *[:=]?[*_]{0,2} */)
      if !marks.isEmpty {
        // Several may stand in one line, and a greeting before the first.
        for (place, mark) in marks.enumerated() {
          close()
          let end = place + 1 < marks.count ? marks[place + 1].range.lowerBound : line.endIndex
          let number = Int(mark.2) ?? 0
          open = Reply(
            place: mark.1.isEmpty ? .line(number) : .figure(number),
            text: String(line[mark.range.upperBound..<end]).trimmed, line: index + 1, depth: depth)
        }
      } else if let match = line.firstMatch(of: /^\(?([0-9]{1,4}) *[.:)]? +(.*)$/), let number = Int(match.1),
        depth == 0, HearingReading(String(match.2)) != nil
      {
        close()
        open = Reply(place: .line(number), text: String(match.2), line: index + 1, depth: depth)
      } else if let before = open, before.text.isEmpty || before.depth == depth && mayGoOn {
        // Below its number, or the rest of a line that was broken. Anything else behind an empty place is the mail itself.
        if before.text.isEmpty, depth > 0 || !isAnswer(line) {
          close()
          continue
        }
        open = Reply(
          place: before.place, text: before.text.isEmpty ? line : "\(before.text) \(line)", line: before.line,
          depth: before.text.isEmpty ? depth : before.depth)
      } else if depth == 0, HearingReading(line) != nil, !line.hasPrefix(words) {
        close()
        open = Reply(place: .none, text: line, line: index + 1, depth: depth)
      } else {
        close()
      }
    }
    close()
    // What is quoted deeper was written earlier, and was heard then.
    let depth = found.map(\.depth).min() ?? 0
    var answers: [Reply.Place: Reply] = [:]
    var isDouble: Set<Reply.Place> = []
    for reply in found where reply.depth == depth {
      guard let other = answers[reply.place] else {
        answers[reply.place] = reply
        continue
      }
      if other.text != reply.text { isDouble.insert(reply.place) }
    }
    return Replies(replies: answers.values.sorted { $0.line < $1.line }, from: from, isDouble: isDouble)
  }
}
