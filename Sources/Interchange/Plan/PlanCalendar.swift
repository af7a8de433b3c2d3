import AssessmentModel
import Planning

/// A plan's days as iCalendar (RFC 5545): first steps, due days, checks and the next assessment. A day that moved has a
/// higher SEQUENCE under the same UID, so a second import moves it and doubles nothing.
package enum PlanCalendar {
  /// - Parameters:
  ///   - name: whose plan it is.
  ///   - assessment: what it was made from; the time of its last change is the file's, so that the same plan gives the same
  ///     bytes on any day.
  package static func write(_ plan: Plan, name: String, of assessment: Assessment) -> String {
    let start = assessment.startedAt ?? Timestamp(secondsSince1970: 0)
    let made =
      [assessment.planEvents.last?.at, assessment.finishedAt, start].compactMap { $0 }.max() ?? start
    // Rises with every change, whatever it is, also where the assessment was opened and finished again.
    let sequence = min(Int64(Int32.max), max(0, made.secondsSince1970 - start.secondsSince1970))
    var lines = [
      "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Outside-In//Plan//EN", "CALSCALE:GREGORIAN",
      "METHOD:PUBLISH",
    ]
    var written: Set<String> = []
    func event(_ key: String, _ day: Day, _ title: String, _ text: [String], isOff: Bool = false) {
      written.insert(key)
      lines += [
        "BEGIN:VEVENT", "UID:\(escaped(plan.assessment))-\(escaped(key))@outside-in",
        "DTSTAMP:\(stamp(made))",
        "SEQUENCE:\(sequence)", "DTSTART;VALUE=DATE:\(compact(day))",
        "DTEND;VALUE=DATE:\(compact(day.adding(days: 1)))", "SUMMARY:\(escaped(title))",
      ]
      let description = text.filter { !$0.isEmpty }.joined(separator: "\n")
      if !description.isEmpty { lines.append("DESCRIPTION:\(escaped(description))") }
      lines += ["STATUS:\(isOff ? "CANCELLED" : "CONFIRMED")", "TRANSP:TRANSPARENT", "END:VEVENT"]
    }
    for line in plan.lines where line.isAsked {
      let entry = line.entry
      let who = entry.isNamed ? entry.owner : "nobody yet"
      let isOff = !entry.status.isOpen
      let promise = plan.commitments.first { $0.entry.id == entry.id }
      let steps = plan.steps(of: entry)
      if let by = entry.by {
        event(
          "\(entry.id)-first", by, "First step (\(who)): \(entry.title)",
          [
            promise?.countsFirst == true
              ? promise?.steps.first?.text ?? ""
              : entry.firstStep
          ],
          isOff: isOff || entry.status != .open
            || promise?.countsFirst == true && promise?.hasBaseline == true)
        if promise?.countsFirst == true, let then = steps.last?.day {
          event(
            "\(entry.id)-then", then, "Next step (\(who)): \(entry.title)", [entry.firstStep],
            isOff: isOff || entry.status != .open)
        }
      }
      if let due = entry.due {
        event(
          "\(entry.id)-due", due, "Done by today (\(who)): \(entry.title)",
          [
            entry.done.isEmpty ? "" : "Done when: \(entry.done)",
            entry.stop.isEmpty ? "" : "We stop: \(entry.stop)",
          ],
          isOff: isOff)
      }
    }
    // Whatever stood in a calendar once and does not any more is called off there.
    for (key, day, title) in formerDays(assessment, plan) where !written.contains(key) {
      event(key, day, title, [], isOff: true)
    }
    let hasWork = plan.lines.contains { $0.isAsked }
    if hasWork {
      for (index, day) in plan.calendar.days.enumerated() {
        event(
          "check-\(index + 1)", day, "Check of the plan: \(name)",
          ["Five minutes: outside-in plan check \(plan.assessment)"])
      }
    }
    event("review", plan.review, "Next assessment: \(name)", ["outside-in assess --from \(plan.assessment)"])
    lines.append("END:VCALENDAR")
    return lines.map { folded($0) + "\r\n" }.joined()
  }

  /// Every day that a line ever had, be it undone since, under the key of its event.
  private static func formerDays(
    _ assessment: Assessment, _ plan: Plan
  ) -> [(key: String, day: Day, title: String)] {
    let kept = assessment.planEvents.flatMap { dated -> [PlanEntry] in
      if case .kept(let entries) = dated.event { entries } else { [] }
    }
    let all = (assessment.commitments ?? []).map(PlanEntry.init) + kept
    var days: [String: (Int, Day, String)] = [:]
    for (place, entry) in all.enumerated() {
      if let by = entry.by {
        days["\(entry.id)-first"] = (place, by, entry.title)
        if plan.commitments.contains(where: { $0.entry.id == entry.id && $0.countsFirst }) {
          days["\(entry.id)-then"] = (place, by.adding(days: 7).orWorkingDayBefore, entry.title)
        }
      }
      days["\(entry.id)-due"] = (place, entry.due ?? entry.by ?? assessment.dayZero, entry.title)
    }
    return days.sorted { ($0.value.0, $0.key) < ($1.value.0, $1.key) }.map {
      ($0.key, $0.value.1, $0.value.2)
    }
  }

  private static func compact(_ day: Day) -> String { day.description.replacing("-", with: "") }

  /// `20260924T070000Z`
  private static func stamp(_ moment: Timestamp) -> String {
    moment.rfc3339.replacing("-", with: "").replacing(":", with: "")
  }

  /// A text value: what has a meaning is escaped, what no line may hold is left out.
  private static func escaped(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    var last: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\", ";", ",": out.append(contentsOf: ["\\", scalar])
      case "\n" where last == "\r": break
      case "\n", "\r", "\u{2028}", "\u{2029}", "\u{85}": out.append(contentsOf: "\\n".unicodeScalars)
      case "\t": out.append(" ")
      default: if scalar.properties.generalCategory != .control { out.append(scalar) }
      }
      last = scalar
    }
    return String(out)
  }

  /// Lines of at most 75 octets, the rest behind a blank, no character cut.
  private static func folded(_ line: String) -> String {
    var out = ""
    var octets = 0
    for scalar in line.unicodeScalars {
      let size = String(scalar).utf8.count
      if octets + size > 75 {
        out += "\r\n "
        octets = 1
      }
      out.unicodeScalars.append(scalar)
      octets += size
    }
    return out
  }
}
