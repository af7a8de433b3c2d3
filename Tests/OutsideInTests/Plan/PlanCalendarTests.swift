import AssessmentModel
import Interchange
import Planning
import Testing

/// A plan's days as iCalendar. (`Tests/recompute/ics.py` holds a file to a parser that is not ours.)
@Suite struct PlanCalendarTests {
  static func text(_ assessment: Assessment) throws -> String {
    PlanCalendar.write(try CheckMailTests.plan(assessment), name: "Acme", of: assessment)
  }

  /// The events' properties, unfolded.
  static func events(_ text: String) -> [[String: String]] {
    var events: [[String: String]] = []
    for line in text.replacing("\r\n ", with: "").split(separator: "\r\n") {
      if line == "BEGIN:VEVENT" { events.append([:]) }
      let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
      if !events.isEmpty, parts.count == 2 {
        events[events.count - 1][String(parts[0].split(separator: ";")[0])] = parts[1]
      }
    }
    return events
  }

  @Test func daysChecksAndTheNextAssessmentAreInIt() throws {
    let events = Self.events(try Self.text(PlanShellTests.finished))
    #expect(events.count == 3 * 2 + 2 + 7 + 1)
    #expect(Set(events.compactMap { $0["UID"] }).count == events.count)
    let first = try #require(events.first)
    #expect(
      first["UID"] == "TEST-expectation-1-first@outside-in" && first["DTSTART"] == "20260120"
        && first["DTEND"] == "20260121")
    #expect(first["SUMMARY"] == "First step (Ana): Tell customers before we are late")
    #expect(events.last?["SUMMARY"] == "Next assessment: Acme" && events.last?["DTSTART"] == "20260716")
  }

  @Test func whatMovedHasTheSameIDAndAHigherSequence() throws {
    var assessment = PlanShellTests.finished
    let before = Self.events(try Self.text(assessment))
    var entry = PlanEntry(assessment.commitments![0])
    entry.due = noon.day.adding(days: 60)
    assessment.planEvents = [
      KeptPlanTests.at(1, .kept([entry])),
      KeptPlanTests.at(2, .heard([Hearing(entry: "own-1", answer: .done, day: noon.day)])),
    ]
    let after = Self.events(try Self.text(assessment))
    #expect(after.compactMap { $0["UID"] } == before.compactMap { $0["UID"] })
    #expect(before.allSatisfy { $0["SEQUENCE"] == "0" } && after.allSatisfy { $0["SEQUENCE"] == "172800" })
    #expect(after.first { $0["UID"]!.contains("expectation-1-due") }?["DTSTART"] == "20260316")
    // What is done needs no day any more.
    #expect(
      after.filter { $0["STATUS"] == "CANCELLED" }.compactMap { $0["UID"] }.allSatisfy {
        $0.contains("own-1")
      })
    #expect(after.count { $0["STATUS"] == "CANCELLED" } == 2)
  }

  @Test func aDayThatWasTakenAwayIsCalledOff() throws {
    var assessment = PlanShellTests.finished
    var entry = PlanEntry(assessment.commitments![0])
    entry.by = nil
    assessment.planEvents = [
      KeptPlanTests.at(1, .kept([PlanEntry(assessment.commitments![0])])),
      KeptPlanTests.at(2, .kept([entry])),
    ]
    let first = try #require(
      Self.events(try Self.text(assessment)).first { $0["UID"]!.contains("expectation-1-first") })
    #expect(first["STATUS"] == "CANCELLED" && first["DTSTART"] == "20260120")
  }

  /// Added and undone: it stood in a calendar, and is called off there.
  @Test func whatWasUndoneIsCalledOff() throws {
    var assessment = PlanShellTests.finished
    let new = PlanEntry(
      id: "own-2", isCommitment: true, title: "Bell", by: noon.day, due: noon.day.adding(days: 9))
    assessment.planEvents = [KeptPlanTests.at(1, .kept([new])), KeptPlanTests.at(2, .undone)]
    let off = Self.events(try Self.text(assessment)).filter { $0["STATUS"] == "CANCELLED" }
    #expect(
      Set(off.compactMap { $0["UID"] }) == ["TEST-own-2-first@outside-in", "TEST-own-2-due@outside-in"])
  }

  /// Nothing that people write breaks a line or begins another one.
  @Test(arguments: [
    "a;b,c\\d", "é日本\u{1F600} ", "x\r\nBEGIN:VALARM\nEND:VALARM", "\u{7}\u{1B}[31m", "a\u{2028}b\tc",
  ])
  func linesAreFoldedAndEscaped(title: String) throws {
    var assessment = PlanShellTests.finished
    assessment.commitments![0].title = String(repeating: title, count: 12)
    let text = try Self.text(assessment)
    #expect(text.hasSuffix("END:VCALENDAR\r\n"))
    for line in text.split(separator: "\r\n", omittingEmptySubsequences: false) {
      #expect(line.utf8.count <= 75)
      #expect(!line.unicodeScalars.contains { $0.properties.generalCategory == .control || $0 == "\u{2028}" })
    }
    #expect(Self.events(text).count == 16 && !text.contains("\r\nBEGIN:VALARM"))
    // The same plan gives the same bytes.
    #expect(try Self.text(assessment) == text)
  }
}
