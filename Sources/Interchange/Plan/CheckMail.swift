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
    // Who is still to be asked is greeted by the name alone.
    let owners = (lines.map(\.entry.owner) + check.toRead.compactMap(\.owner)).map { owner in
      owner.firstRange(of: ", to be asked by ").map { String(owner[..<$0.lowerBound]) } ?? owner
    }.uniqueNames
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
        if line.entry.status == .open, let step = plan.steps(of: line.entry).first, !step.text.isEmpty {
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
  static let words = "done, doing, stuck or dropped"

  /// Whether a line below a number is an answer: one of the words, or a figure.
  static func isAnswer(_ line: String) -> Bool {
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
    /// Places that were answered in two ways.
    let isDouble: Set<Reply.Place>
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
