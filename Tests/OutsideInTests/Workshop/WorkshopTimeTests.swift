import AssessmentModel
import Shell
import Testing

/// Time: what is spent, what is left, and how to get by with less.
@Suite struct WorkshopTimeTests {
  @Test func timeIsCountedWhereItIsSpent() throws {
    let (console, stored, _) = try workshop(
      opening + [
        "+90", "0 9 0 0 0", "+30", "(empty)", "+600", "agenda", "break 10", "+1200", "(empty)", "0 9 0 0 0",
      ])
    // A minute and a half and a half minute more on the first; the break is nobody's.
    #expect(stored.assessment.workshop?.spentSeconds == 720)
    #expect(stored.assessment.sectionMinutes["current-state"] == 12)
    #expect(console.screen.contains("Here again. 1 question is voted on, 0 of them settled"))
  }

  /// Somebody who leaves the laptop open over night has not spent the night in the workshop.
  @Test func anOpenLidIsNoTimeSpent() throws {
    let (_, stored, _) = try workshop(opening + ["+43200", "0 9 0 0 0"])
    #expect(stored.assessment.workshop?.spentSeconds == 1800)
  }

  @Test func remindersComeAtHalfAtAMinuteAndAtTheEnd() throws {
    let (console, _, _) = try workshop(opening + ["time 3m"])
    #expect(console.reminders.map(\.after) == [90, 120, 180])
    #expect(try workshop(opening + ["time 90s"]).console.reminders.map(\.after) == [90])
    #expect(try workshop(opening + ["time 3m", "time off"]).console.reminders.isEmpty)
    #expect(try workshop(opening + ["time soon"]).console.screen.contains("no time"))
  }

  @Test(arguments: [
    ("90", 90), ("2h", 120), ("1:30", 90), ("45 min", 45), ("5", nil), ("soon", nil), ("900", nil),
  ])
  func howLongItTakes(line: String, minutes: Int?) throws {
    let (_, stored, _) = try workshop(opening + ["minutes \(line)"])
    #expect(stored.assessment.workshop?.minutes == minutes ?? 120)
  }

  /// Critical questions stay, and no area is left without any.
  @Test func shorteningLeavesOutWhatIsNotCritical() throws {
    let (console, stored, _) = try workshop(opening + ["shorten 10", "yes", "finish"])
    let out = try #require(stored.assessment.workshop?.leftOut)
    #expect(!out.isEmpty)
    let items = outsideIn.questionnaire.items
    #expect(out.allSatisfy { id in items.first { $0.id == id }?.scored?.critical == false })
    let left = items.filter { $0.core && $0.scored != nil && !out.contains($0.id) }
    #expect(Set(left.compactMap(\.scored?.dimension)).count == 8)
    for id in out { #expect(console.screen.contains(id)) }
    #expect(try workshop(opening + ["shorten 10", "no"]).stored.assessment.workshop?.leftOut.isEmpty == true)
  }

  @Test func theMostMixedComeFirstAndNoMoreThanThereIsTimeFor() throws {
    let (console, _, _) = try workshop(
      opening + ["0 3 0 6 0", "goto own-empower", "5 0 0 0 4", "goto emo-feel", "0 0 9 0 0", "disputed"])
    let list = console.screen.components(separatedBy: "> disputed").last ?? ""
    let first = try #require(list.range(of: "own-empower")?.lowerBound)
    let second = try #require(list.range(of: "own-who")?.lowerBound)
    #expect(
      first < second
        && !list.contains("emo-feel  What do you know of how customers feel once they have dealt with you?"))
  }

  @Test func whatThereIsTimeForIsOfferedBehindTheCore() throws {
    let (console, stored, _) = try workshop(
      opening + allVoted.dropLast(8) + ["next", "journey", "1:9"])
    #expect(console.screen.contains("There is time for two areas in depth"))
    #expect(stored.assessment.deepened == ["journey"])
    let late = try workshop(
      opening + ["+1800", "say a", "+1800", "say b", "+1800", "say c"] + allVoted.dropLast(8) + ["next"])
    #expect(!late.console.screen.contains("There is time"))
  }
}
