import AssessmentModel
import Testing

@testable import Interchange

/// Adding one assessment's answers to another.
@Suite struct MergeTests {
  static func merged(_ other: Assessment, into target: Assessment) throws -> Assessment {
    let merge = try merge(other, into: target, questionnaire: outsideIn.questionnaire)
    return Session(target, events: merge.events).assessment
  }

  /// One person's assessment; with another id than `TEST` it is no copy.
  static func solo(
    _ id: String = "OTHER", name: String = "", level: Int = 3, at: Timestamp? = noon
  ) -> Assessment {
    var assessment = coreAssessment { item, _ in oriented(level, item) }
    for key in assessment.responses.keys { assessment.responses[key]?.at = at }
    return Assessment(
      id: id, scope: .core, questionnaire: assessment.questionnaire,
      raters: [Rater(id: "r1", name: name)], responses: Array(assessment.responses.values))
  }

  @Test(arguments: [(1...50).map { UInt64($0) * 32_452_843 }])
  func whatIsThereAlreadyChangesNothing(seeds: [UInt64]) throws {
    for seed in seeds {
      let assessment = randomAssessment(seed)
      #expect(try Self.merged(assessment, into: assessment) == assessment, "seed \(seed)")
    }
  }

  /// Whose answers come in, and how many people there are then.
  @Test(arguments: [
    ("Ana", "OTHER", "Ana", 1), ("Ana", "OTHER", "Ben", 2), ("", "TEST", "", 1), ("", "OTHER", "", 1),
    ("Ana", "TEST", "", 1),
  ])
  func somebodyIsTheSamePersonOrAnother(present: String, id: String, coming: String, people: Int) throws {
    let target = Self.solo("TEST", name: present)
    let merged = try Self.merged(Self.solo(id, name: coming), into: target)
    #expect(merged.raters.count == people)
    #expect(merged.responses.count == people * 16)
  }

  @Test func twoWithoutANameAreTwoPeople() throws {
    let merged = try Self.merged(Self.solo(level: 2), into: Self.solo("TEST"))
    #expect(merged.raters.map(\.id) == ["r1", "r2"])
    #expect(try Self.merged(Self.solo(at: nil), into: Self.solo("TEST", at: nil)).raters.count == 2)
    // The same file once more adds nobody.
    #expect(try Self.merged(Self.solo(level: 2), into: merged) == merged)
  }

  @Test func whatOnlyOneOfThemSaysIsTaken() throws {
    var (target, other) = (Self.solo("TEST", name: "Ana"), Self.solo(name: "Ana"))
    let (first, second) = (
      Response.Key(item: "own-who", rater: "r1"), Response.Key(item: "exp-listen", rater: "r1")
    )
    target.responses[first]?.note = "ours"
    other.responses[first]?.evidence = .document
    other.responses[second]?.note = "theirs"
    let merged = try Self.merged(other, into: target)
    #expect(merged.responses[first]?.note == "ours" && merged.responses[first]?.evidence == .document)
    #expect(merged.responses[second]?.note == "theirs")
  }

  @Test func anotherAnswerOrNoteIsAConflict() throws {
    var other = Self.solo(name: "Ana")
    other.responses[.init(item: "own-who", rater: "r1")]?.answer = .dontKnow
    other.responses[.init(item: "exp-listen", rater: "r1")]?.note = "theirs"
    var target = Self.solo("TEST", name: "Ana")
    target.responses[.init(item: "exp-listen", rater: "r1")]?.note = "ours"
    #expect(throws: MergeProblem.conflicts(["exp-listen of Ana", "own-who of Ana"])) {
      try Self.merged(other, into: target)
    }
  }

  @Test func rowsAreAddedAndOtherRecordsStay() throws {
    func with(_ rows: [String], sector: String, _ assessment: Assessment) -> Assessment {
      var assessment = assessment
      for (item, value) in [
        ("exp-list", Value.expectations(rows.map { Expectation(expectation: $0) })),
        ("cur-sector", .text(sector)),
      ] {
        let key = Response.Key(item: item, rater: nil)
        assessment.responses[key] = Response(key: key, answer: .answered(value))
      }
      return assessment
    }
    let target = with(["a", "b"], sector: "Heating", Self.solo("TEST", name: "Ana"))
    let other = with(["b", "c"], sector: "Plumbing", Self.solo(name: "Ben"))
    let merge = try merge(other, into: target, questionnaire: outsideIn.questionnaire)
    #expect(merge.kept == ["cur-sector"])
    let merged = Session(target, events: merge.events).assessment
    #expect(merged.expectations(in: outsideIn.questionnaire).map(\.expectation) == ["a", "b", "c"])
    #expect(merged.record("cur-sector") == .text("Heating"))
  }

  @Test func whatBelongsToItsSessionIsRefusedNotDropped() throws {
    var other = Self.solo(name: "Ben")
    other.settled = ["own-who": Settlement(answer: .level(2))]
    other.tallies = [Tally(item: "own-who", counts: [0, 1, 2, 3, 0])]
    #expect(throws: MergeProblem.belongsToItsSession(["settled answers", "tallies"])) {
      try Self.merged(other, into: Self.solo("TEST"))
    }
    other = Self.solo(name: "Ben")
    other.parked = ["later"]
    #expect(try Self.merged(other, into: Self.solo("TEST")).parked == ["later"])
  }
}
