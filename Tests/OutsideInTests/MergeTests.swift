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
    for key in assessment.responses.map(\.key) { assessment.responses[key]?.at = at }
    return Assessment(
      id: id, scope: .core, questionnaire: assessment.questionnaire,
      raters: [Rater(id: "r1", name: name)], responses: assessment.responses)
  }

  @Test(arguments: [(1...50).map { UInt64($0) * 32_452_843 }])
  func whatIsThereAlreadyChangesNothing(seeds: [UInt64]) throws {
    for seed in seeds {
      let assessment = randomAssessment(seed)
      #expect(try Self.merged(assessment, into: assessment) == assessment, "seed \(seed)")
    }
  }

  /// A question whose votes were counted takes nobody's answer by name.
  @Test func whatWasCountedTakesNoNames() throws {
    var target = workshopAssessment()
    target.organization = ""
    target.team = ""
    target.tallies = [Tally(item: "own-who", counts: [0, 9, 0, 0, 0])]
    let merge = try merge(Self.solo(name: "Kim"), into: target, questionnaire: outsideIn.questionnaire)
    #expect(merge.skipped == [.init(item: "own-who", reason: .counted, answers: 1)])
    // What nobody has seen yet joins what nobody may see.
    #expect(
      merge.unrevealed.count == 15
        && !merge.events.contains { if case .responded = $0 { true } else { false } })
    target.tallies = []
    #expect(try Self.merged(Self.solo(name: "Kim"), into: target).raters.count == 10)
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

  /// Two copies of one assessment took in somebody each, who got the same id in both.
  @Test func twoPeopleWithOneIdStayTwo() throws {
    let start = Self.solo("TEST", name: "Cleo")
    let first = try Self.merged(Self.solo("X", name: "Ana", level: 1), into: start)
    let second = try Self.merged(Self.solo("Y", name: "Bob", level: 4), into: start)
    let both = try Self.merged(second, into: first)
    #expect(both.raters.map(\.name) == ["Cleo", "Ana", "Bob"])
    #expect(both.responses.count == 48)
    #expect(try Self.merged(second, into: both) == both)
  }

  @Test func somebodyRenamedElsewhereIsTheSame() throws {
    var copy = Self.solo("TEST", name: "Anna")
    copy.raters[0].name = "Ana"
    #expect(try Self.merged(copy, into: Self.solo("TEST", name: "Anna")).raters.map(\.name) == ["Anna"])
  }

  @Test func twoWithOneNameAreToldApartByTheirIds() throws {
    var target = coreAssessment(raters: 2) { item, rater in
      (item.id == "own-who") == (rater == 0) ? oriented(1, item) : nil
    }
    for index in 0...1 { target.raters[index].name = "Ana" }
    #expect(try Self.merged(target, into: target) == target)
    // In a file of its own nobody can tell whether they are one person.
    let other = Assessment(
      id: "OTHER", scope: .core, questionnaire: target.questionnaire, raters: target.raters,
      responses: target.responses)
    let pair = MergeProblem.Namesakes(coming: target.raters[1], present: target.raters[0])
    #expect(throws: MergeProblem.namesakes([pair])) {
      try Self.merged(other, into: Self.solo("T2", name: "Cleo"))
    }
  }

  /// How often somebody counts: name and department, there and in what comes; 0 where it is refused.
  @Test(arguments: [
    ("Ann", "", "ann", "", 1), ("Ann", "", " Ann ", "", 1), ("Zoë", "", "zoe", "", 1),
    ("Ann  Lee", "", "ann lee", "", 1), ("Łukasz", "Ops", "lukasz", "ops", 1), ("Ann", "Sales", "ann", "", 1),
    ("Ann", "", "Ann", "Sales", 1), ("Ann", "Sales", "Ann", "Ops", 0), ("Ann", "", "Anna", "", 2),
    ("Straße", "", "STRASSE", "", 1),
    ("Ann", "Müller", "ANN", "muller", 1), ("李", "", "王", "", 2), ("Ann", "", "Ann B", "", 2),
  ])
  func onePersonCountsOnce(
    name: String, department: String, coming: String, other: String, people: Int
  ) throws {
    var target = Self.solo("TEST", name: name)
    target.raters[0].department = department
    var file = Self.solo(name: coming)
    file.raters[0].department = other
    let merged = try? Self.merged(file, into: target)
    #expect((merged?.raters.count ?? 0) == people)
    if people == 1 { #expect(merged?.raters[0].department == (department.isEmpty ? other : department)) }
  }

  /// A table names somebody without a name by their id; a stranger's table does, too.
  @Test func twoTablesOfPeopleWithoutANameAreTwoPeople() throws {
    func half(_ isFirst: Bool) -> Assessment {
      var assessment = Self.solo(name: "r1", at: nil)
      let keys = assessment.responses.map(\.key)
      for key in isFirst ? keys.dropFirst(8) : keys.dropLast(8) { assessment.responses[key] = nil }
      return assessment
    }
    let once = try Self.merged(half(true), into: Self.solo("TEST", name: "Ana"))
    let twice = try Self.merged(half(false), into: once)
    #expect(twice.raters.map(\.name) == ["Ana", "", ""])
  }

  @Test(arguments: ["", "Ann"]) func aStrangersIdIsNobodysName(present: String) throws {
    var target = Self.solo("TEST", name: present)
    let merged = try Self.merged(Self.solo(name: "r1", level: 1, at: nil), into: target)
    #expect(merged.raters.count == 2)
    // Their own table, which says what is there already.
    target.raters[0].name = ""
    #expect(try Self.merged(Self.solo(name: "r1"), into: target).raters.count == 1)
  }

  /// Of whom it is there, and in the file; whether it goes in.
  @Test(arguments: [
    ("Acme", "Support", "Acme", "Support", true), ("Acme", "Support", "ACME ", "support", true),
    ("Béta", "", "beta", "", true), ("Acme", "Support", "", "", true), ("Acme", "Support", "Acme", "", true),
    ("", "", "", "", true), ("Acme", "Support", "Beta", "Support", false),
    ("Acme", "Support", "Acme", "Sales", false), ("Acme", "Support", "", "Sales", false),
    ("", "", "Acme", "", false), ("Acme", "", "Acme", "Support", false),
  ])
  func onlyTheSameTeamGoesTogether(
    organization: String, team: String, coming: String, other: String, fits: Bool
  ) throws {
    var (target, file) = (Self.solo("TEST", name: "Ana"), Self.solo(name: "Ben"))
    (target.organization, target.team) = (organization, team)
    (file.organization, file.team) = (coming, other)
    if fits {
      #expect(try Self.merged(file, into: target).raters.count == 2)
    } else {
      let isUnnamed = organization.isEmpty || team.isEmpty && coming == organization
      #expect {
        try Self.merged(file, into: target)
      } throws: { error in
        guard case MergeProblem.otherTeam(let teams)? = error as? MergeProblem else { return false }
        return teams.isUnnamed == isUnnamed
      }
    }
  }

  @Test func aTableOfTheSameAssessmentAddsNobody() throws {
    var target = coreAssessment(raters: 3) { item, rater in oriented(rater, item) }
    target.raters[0].name = ""
    for index in 1...2 { target.raters[index].name = "Ana" }
    target.raters[1].department = "Sales"
    let table = try AssessmentCSV.documents(
      Array(AssessmentCSV.write(target, questionnaire: outsideIn.questionnaire).utf8),
      AssessmentCSV.Defaults(
        questionnaire: outsideIn.questionnaire, organization: "", team: "", scope: .core, needsDate: false,
        today: noon.day))[0]
    let read = try readDocument(table.document.text(), outsideIn.reference, newID: "N")
    #expect(try Self.merged(read, into: target) == target)
  }

  @Test func whoSaysNothingDoesNotJoin() throws {
    var other = Self.solo("OTHER")
    other.responses = Responses()
    #expect(try Self.merged(other, into: Self.solo("TEST", name: "Ana")).raters.count == 1)
  }

  @Test func nobodyIsNamedInAnAnonymousOne() throws {
    var target = Self.solo("TEST")
    target.responses = Responses()
    target.anonymous = true
    #expect(throws: MergeProblem.anonymous) { try Self.merged(Self.solo(name: "Ana"), into: target) }
  }

  @Test func smallThingsAreNoConflict() throws {
    var (target, other) = (Self.solo("TEST", name: "Ana"), Self.solo(name: "Ana"))
    let keys = ["own-who", "exp-listen"].map { Response.Key(item: $0, rater: "r1") }
    target.responses[keys[0]]?.answer = .notApplicable(reason: nil)
    other.responses[keys[0]]?.answer = .notApplicable(reason: "no shops")
    target.responses[keys[1]]?.note = ""
    other.responses[keys[1]]?.note = "x"
    target.responses[keys[1]]?.carried = .toConfirm
    other.responses[keys[1]]?.carried = .confirmed
    let merged = try Self.merged(other, into: target)
    #expect(merged.responses[keys[0]]?.answer == .notApplicable(reason: "no shops"))
    #expect(merged.responses[keys[1]]?.note == "x" && merged.responses[keys[1]]?.carried == .confirmed)
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
    do throws(MergeProblem) {
      _ = try merge(other, into: target, questionnaire: outsideIn.questionnaire)
      Issue.record("it was taken")
    } catch {
      guard case .conflicts(let conflicts) = error else { throw error }
      #expect(conflicts.map { "\($0.item) of \($0.name)" } == ["exp-listen of Ana", "own-who of Ana"])
    }
    // What comes in can take the place of what is there, where somebody says so.
    let taken = try merge(other, into: target, questionnaire: outsideIn.questionnaire, replacing: true)
    let after = Session(target, events: taken.events).assessment
    #expect(after.responses[.init(item: "own-who", rater: "r1")]?.answer == .dontKnow)
  }

  @Test func rowsAreAddedAndOtherRecordsStay() throws {
    func with(_ rows: [String], sector: String, _ assessment: Assessment) -> Assessment {
      var assessment = assessment
      for (item, value) in [
        ("exp-list", Value.expectations(rows.map { Expectation(expectation: $0) })),
        ("vis-what", .text(sector)),
      ] {
        let key = Response.Key(item: item, rater: nil)
        assessment.responses[key] = Response(key: key, answer: .answered(value))
      }
      return assessment
    }
    let target = with(["a", "b"], sector: "Heating", Self.solo("TEST", name: "Ana"))
    let other = with(["b", "c"], sector: "Plumbing", Self.solo(name: "Ben"))
    let merge = try merge(other, into: target, questionnaire: outsideIn.questionnaire)
    #expect(merge.kept == ["vis-what"])
    let merged = Session(target, events: merge.events).assessment
    #expect(merged.expectations(in: outsideIn.questionnaire).map(\.expectation) == ["a", "b", "c"])
    #expect(merged.record("vis-what") == .text("Heating"))
  }

  @Test func aNewReadingIsNoNewMetric() throws {
    func with(_ readings: [Double]) -> Assessment {
      var assessment = Self.solo("TEST", name: "Ana")
      let key = Response.Key(item: "met-list", rater: nil)
      let metric = Metric(
        name: "promoters", readings: readings.map { .init(date: noon.day.adding(days: Int($0)), value: $0) })
      assessment.responses[key] = Response(
        key: key, answer: .answered(.metrics([metric])), note: "n\(readings)")
      return assessment
    }
    let merged = try Self.merged(with([1, 2]), into: with([1]))
    #expect(merged.metrics(in: outsideIn.questionnaire) == with([1, 2]).metrics(in: outsideIn.questionnaire))
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
