import AssessmentModel
import Planning

/// One text to all owners at a check, each line with a place to answer at; and what comes back.
package enum CheckMail {
  /// - Parameters:
  ///   - name: whose plan it is.
  ///   - day: today.
  package static func write(_ plan: Plan, name: String, on day: Day) -> String {
    let check = plan.check(on: day)
    let lines = check.toHear
    let owners = (lines.map(\.entry.owner) + check.toRead.compactMap(\.owner)).uniqueNames
    var text = ["Subject: Our plan, five minutes please: \(name), \(day)", ""]
    text += [
      owners.isEmpty
        ? "Hello,"
        : "Hello \(owners.count > 1 ? owners.dropLast().joined(separator: ", ") + " and " : "")\(owners.last ?? ""),",
      "",
    ]
    text += [
      "please reply to this mail and write behind your [number]:",
      "\(words), and a few words: what shows it, or what blocks you.", "",
    ]
    for owner in lines.map(\.entry.owner).uniqueNames {
      for line in lines where line.entry.owner.nameKey == owner.nameKey {
        let due = line.entry.due.map { ", done by \($0)" } ?? ""
        text += ["\(line.entry.owner): \(line.entry.title)\(due)"]
        let steps =
          plan.commitments.first { $0.entry.id == line.entry.id }?.steps ?? [
            (line.entry.by, line.entry.firstStep)
          ]
        if line.entry.status == .open, let step = steps.first, !step.text.isEmpty {
          text += ["First step\(step.day.map { ", by \($0)" } ?? ""): \(step.text)"]
        }
        if !line.entry.done.isEmpty { text += ["It is done when: \(line.entry.done)"] }
        text += ["[\(line.number)]: ", ""]
      }
    }
    if !check.nameless.isEmpty {
      text += ["Nobody has said yes to these yet. Who takes one writes a name behind it:", ""]
      for line in check.nameless { text += [line.entry.title, "[\(line.number)]: ", ""] }
    }
    if !check.toRead.isEmpty {
      text += ["Figures to read; the number is enough:", ""]
      for (index, metric) in plan.metrics.enumerated() where check.toRead.contains(metric) {
        let last = metric.latest.map { ", last \(JSONValue($0.value).text()) on \($0.date)" } ?? ""
        let owner = metric.owner?.nonEmpty.map { "\($0): " } ?? ""
        let unit = metric.unit?.nonEmpty.map { " (\($0))" } ?? ""
        text += ["\(owner)\(metric.name)\(unit)\(last)", "[F\(index + 1)]: ", ""]
      }
    }
    text += ["Thank you.", plan.kept.keeper]
    return text.joined(separator: "\n").trimmed + "\n"
  }

  /// The words to answer with.
  private static let words = "done, doing, stuck or dropped"

  /// Whether a line below a number is an answer: one of the words, or a figure.
  private static func isAnswer(_ line: String) -> Bool {
    HearingReading(line) != nil || line.first.map { $0.isNumber || "+-−".contains($0) } == true
  }

  /// One answer in a mail.
  package struct Reply: Hashable, Sendable {
    package enum Place: Hashable, Sendable {
      /// Its number in the plan.
      case line(Int)
      /// The metric's place, from 1.
      case figure(Int)
      /// It names none; who sent it has one line, perhaps.
      case none
    }

    package let place: Place
    package let text: String
    /// The line of the file it stands on, from 1.
    package let line: Int
    /// How deep it is quoted: what was answered earlier stands deeper.
    let depth: Int
  }

  /// What came back.
  package struct Replies: Hashable, Sendable {
    /// One for each place, in the order of the file.
    package let replies: [Reply]
    /// Who sent it; empty where the mail does not say.
    package let from: String
  }

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
      let line = String(rest).trimmed
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
      let marks = line.matches(of: /[*_]{0,2}\[ *([Ff]?)([0-9]{1,4}) *\][*_]{0,2} *[:=]? */)
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
      } else if let match = line.firstMatch(of: /^([0-9]{1,4}) *[.:)]? +(.*)$/), let number = Int(match.1),
        depth == 0, HearingReading(String(match.2)) != nil
      {
        close()
        open = Reply(place: .line(number), text: String(match.2), line: index + 1, depth: depth)
      } else if let before = open, before.text.isEmpty || before.depth == depth {
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
    // What is quoted deepest was written first.
    var latest: [Reply.Place: Reply] = [:]
    for reply in found {
      if let other = latest[reply.place], other.depth <= reply.depth { continue }
      latest[reply.place] = reply
    }
    return Replies(replies: latest.values.sorted { $0.line < $1.line }, from: from)
  }

  /// What replies come to.
  package struct Outcome: Hashable, Sendable {
    package var events: [PlanEvent] = []
    /// What each event takes in, in the same order: the number and title, and what was said.
    package var taken: [(line: PlanLine?, metric: Metric?, words: String)] = []
    /// What can't be used, by the line of the file.
    package var problems: [(line: Int, message: String)] = []
    /// How many answers the plan has already.
    package var known = 0

    /// What is taken in, in words.
    package var told: [String] {
      taken.map { line, metric, words in
        line.map { "\($0.number). \($0.entry.title): \(words)" } ?? "\(metric?.name ?? ""): \(words)"
      }
    }

    /// Ids of the lines it speaks of, and `figure` with the name of a metric.
    package var asked: Set<String> {
      Set(taken.map { line, metric, _ in line?.entry.id ?? "figure \(metric?.name.nameKey ?? "")" })
    }

    package static func == (left: Outcome, right: Outcome) -> Bool { left.events == right.events }
    package func hash(into hasher: inout Hasher) { hasher.combine(events) }
  }

  /// Works out what replies change in a plan.
  ///
  /// - Parameter day: the day they are taken in.
  package static func outcome(of replies: Replies, in plan: Plan, on day: Day) -> Outcome {
    var outcome = Outcome()
    for reply in replies.replies {
      switch reply.place {
      case .figure(let number): read(reply, figure: number, plan, day, &outcome)
      case .line(let number):
        guard let line = plan.lines.first(where: { $0.number == number }),
          line.isKept || plan.isProposed && line.entry.isCommitment
        else {
          outcome.problems.append((reply.line, "the plan has no line \(number)"))
          continue
        }
        read(reply, line, from: replies.from, plan, day, &outcome)
      case .none:
        let own = plan.lines.filter {
          $0.isKept && $0.entry.status.isOpen && $0.entry.owner.nameKey == replies.from.nameKey
        }
        guard !replies.from.isEmpty, own.count == 1 else {
          outcome.problems.append(
            (
              reply.line,
              "it is not clear which line “\(reply.text.prefix(60))” is about; write its number before it"
            ))
          continue
        }
        read(reply, own[0], from: replies.from, plan, day, &outcome)
      }
    }
    return outcome
  }

  private static func read(
    _ reply: Reply, figure number: Int, _ plan: Plan, _ day: Day, _ outcome: inout Outcome
  ) {
    guard plan.metrics.indices.contains(number - 1) else {
      outcome.problems.append((reply.line, "the plan has no figure F\(number)"))
      return
    }
    let metric = plan.metrics[number - 1]
    let reading = FigureReading(reply.text, unit: metric.unit)
    guard let value = reading.value else {
      outcome.problems.append(
        (reply.line, reading.problem(with: reply.text) ?? "“\(reply.text)” is no figure"))
      return
    }
    if metric.latest == Metric.Reading(date: day, value: value) {
      outcome.known += 1
      return
    }
    outcome.events.append(.read(metric: metric.name, Metric.Reading(date: day, value: value)))
    outcome.taken.append((nil, metric, JSONValue(value).text()))
  }

  private static func read(
    _ reply: Reply, _ line: PlanLine, from sender: String, _ plan: Plan, _ day: Day, _ outcome: inout Outcome
  ) {
    let from = sender.isEmpty ? line.entry.owner : sender
    if let reading = HearingReading(reply.text) {
      let hearing = reading.hearing(of: line.entry.id, on: day, from: from)
      if let last = plan.kept.lastHeard(line.entry.id), last.answer == hearing.answer,
        last.words == hearing.words
      {
        outcome.known += 1
        return
      }
      outcome.events.append(.heard(hearing))
      outcome.taken.append((line, nil, reply.text))
    } else if !line.entry.isNamed, isName(reply.text) {
      var entry = line.entry
      entry.owner = reply.text
      outcome.events.append(plan.keeping([entry]))
      outcome.taken.append((line, nil, "\(reply.text) takes it"))
    } else {
      outcome.problems.append(
        (reply.line, "“\(reply.text.prefix(60))” begins with none of done, doing, stuck and dropped"))
    }
  }

  /// A few words that can be somebody's name.
  private static func isName(_ text: String) -> Bool {
    let words = text.split(separator: " ")
    return (1...4).contains(words.count) && text.last.map { !".!?".contains($0) } == true
      && words.allSatisfy { $0.first?.isUppercase == true || $0.first?.isLowercase == false }
  }
}

extension [String] {
  /// Each name once, however it is spelt, in the order they come.
  fileprivate var uniqueNames: [String] {
    reduce(into: []) { names, name in
      if !name.nameKey.isEmpty, !names.contains(where: { $0.nameKey == name.nameKey }) { names.append(name) }
    }
  }
}
