import AssessmentModel
import Foundation
import GRDB
import Testing

@testable import Storage

@Suite struct StorageTests {
  let folder: TemporaryFolder
  let store: Store

  init() throws {
    folder = try TemporaryFolder()
    store = try Store(directory: folder.path)
  }

  static let questionnaire = StoredQuestionnaire(
    digests: outsideIn.digests, status: .draft, canonical: outsideIn.text,
    items: ScoredItems(of: outsideIn.questionnaire))

  private func insert(_ assessment: Assessment) throws {
    try store.insert(assessment, questionnaire: Self.questionnaire, at: noon)
  }

  @Test func settingsAreThoseThatLoseNothing() throws {
    let settings = try store.queue.read { db in
      try ["journal_mode", "synchronous", "foreign_keys", "trusted_schema", "busy_timeout"].map {
        "\(try DatabaseValue.fetchOne(db, sql: "PRAGMA \($0)") ?? .null)"
      }
    }
    #expect(settings == ["\"truncate\"", "2", "1", "0", "5000"])
  }

  @Test func filesAreTheOwnersAlone() throws {
    let inner = folder.path + "/made/here"
    _ = try Store(directory: inner)
    let attributes = try FileManager.default.attributesOfItem(atPath: inner)
    #expect(attributes[.posixPermissions] as? Int == 0o700)
  }

  @Test func eventsFoldIntoTheSameAssessment() throws {
    try insert(coreAssessment { _, _ in nil })
    var stored = try store.open("TEST")
    let response = Response(
      key: .init(item: "own-who", rater: "r1"), answer: .answered(.level(3)), note: "n", at: noon)
    stored = try store.append([.responded(response), .visited(item: "own-empower")], to: stored, at: noon)
    let again = try store.open("TEST")
    #expect(again.session == stored.session)
    #expect(again.sequence == 2)
    #expect(again.assessment.position == "own-empower")
    stored = try store.append([.undone], to: again, at: noon)
    #expect(try store.open("TEST").assessment.responses.isEmpty)
    #expect(try store.open("TEST").session.nextRedo == .response(response.key))
  }

  @Test func aSecondWriterIsTold() throws {
    try insert(coreAssessment { _, _ in nil })
    let mine = try store.open("TEST")
    let other = try Store(directory: folder.path)
    let theirs = try other.open("TEST")
    _ = try other.append([.parked("theirs")], to: theirs, at: noon)
    #expect(throws: StoreError.changedElsewhere("TEST")) {
      try store.append([.parked("mine")], to: mine, at: noon)
    }
    #expect(try store.open("TEST").assessment.parked == ["theirs"])
  }

  @Test func finishingSealsAndAnEditOpens() throws {
    try insert(coreAssessment { item, _ in oriented(3, item) })
    func seals() throws -> Int {
      try store.queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM packed WHERE through > 0")! }
    }
    var stored = try store.append([.finished(at: noon)], to: try store.open("TEST"), at: noon)
    #expect(try seals() == 1)
    #expect(try store.list()[0].finishedAt == noon)
    stored = try store.append([.reopened, .parked("x")], to: stored, at: noon)
    #expect(try seals() == 0)
    #expect(try store.list()[0].finishedAt == nil)
  }

  @Test(arguments: [(1...200).map { UInt64($0) * 104_729 }])
  func packingLosesNothing(seeds: [UInt64]) throws {
    for seed in seeds {
      var assessment = randomAssessment(seed)
      // What happens to the plan is kept beside.
      assessment.planEvents = []
      let packed = PackedAssessment(assessment, items: outsideInItems)
      let again = try packed.assessment(
        id: assessment.id, questionnaire: assessment.questionnaire, items: outsideInItems)
      #expect(again == assessment, "seed \(seed)")
    }
  }

  @Test func idsAreFoundByTheirBeginning() throws {
    for id in ["01AAA", "01AAB", "02"] {
      try store.insert(
        Assessment(id: id, organization: id == "02" ? "Acme" : "Other", questionnaire: outsideIn.reference),
        questionnaire: Self.questionnaire, at: noon)
    }
    #expect(try store.resolve("01aaa") == "01AAA")
    #expect(try store.resolve("last") == "02")
    #expect(try store.resolve("last:other") == "01AAB")
    #expect(throws: StoreError.ambiguous("01A", matches: ["01AAA", "01AAB"])) { try store.resolve("01A") }
    #expect(throws: StoreError.noSuchAssessment("9")) { try store.resolve("9") }
    #expect(throws: StoreError.noSuchAssessment("")) { try store.resolve("") }
  }

  @Test func commitmentsKeepTheirHistory() throws {
    try insert(coreAssessment { _, _ in nil })
    var stored = try store.open("TEST")
    #expect(stored.assessment.commitments == nil)
    let commitment = Commitment(
      action: "own-1", title: "T", owner: "Ana", firstStep: "F", by: noon.day, done: "", stop: "")
    stored = try store.append([.committed([commitment])], to: stored, at: noon)
    stored = try store.append([.committed([]), .finished(at: noon)], to: stored, at: noon)
    #expect(try store.open("TEST").assessment.commitments == [])
    let kept = try store.queue.read {
      try Int.fetchOne($0, sql: "SELECT count(*) FROM event WHERE body LIKE '%committed%'")
    }
    #expect(kept == 2)
  }

  @Test func deletingTakesEverythingAlong() throws {
    try insert(coreAssessment { item, _ in oriented(3, item) })
    _ = try store.append([.parked("x")], to: try store.open("TEST"), at: noon)
    try store.delete(["TEST"])
    let left = try store.queue.read { db in
      try ["assessment", "event", "packed", "questionnaire"].map {
        try Int.fetchOne(db, sql: "SELECT count(*) FROM \($0)")!
      }
    }
    #expect(left == [0, 0, 0, 0])
  }

  @Test func aNewerSchemaIsLeftAlone() throws {
    try store.queue.write { try $0.execute(sql: "PRAGMA user_version = 9") }
    let before = try Data(contentsOf: URL(fileURLWithPath: store.path))
    #expect(throws: StoreError.newerSchema(store.path, found: 9, known: Schema.current)) {
      try Store(directory: folder.path)
    }
    // It is named, and called newer, not damaged.
    let words = StoreError.newerSchema(store.path, found: 9, known: Schema.current).errorDescription ?? ""
    #expect(words.contains(store.path) && words.contains("newer") && !words.contains("damaged"))
    #expect(try Data(contentsOf: URL(fileURLWithPath: store.path)) == before)
    // Not even where its last writer did not come to its end.
    try Data("journal".utf8).write(to: URL(fileURLWithPath: store.path + "-journal"))
    #expect(throws: StoreError.self) { try Store(directory: folder.path) }
  }

  /// A commit that was reported as failed and is there all the same is no other program's: the next try finds it.
  @Test func whatIsThereAlreadyIsStored() throws {
    let before = try store.insert(
      coreAssessment { _, _ in nil }, questionnaire: Self.questionnaire, at: noon)
    let events: [SessionEvent] = [.parked("a"), .visited(item: "own-who")]
    let after = try store.append(events, to: before, at: noon)
    let again = try store.append(events, to: before, at: noon)
    #expect(again.sequence == after.sequence && again.assessment == after.assessment)
    #expect(try store.open("TEST").assessment.parked == ["a"])
    #expect(throws: StoreError.self) { try store.append([.parked("b")], to: before, at: noon) }
    #expect(throws: StoreError.self) { try store.append([], to: before, at: noon) }
  }

  /// Stores as earlier releases wrote them: two assessments, one finished and changed since, one open with notes,
  /// undone answers and a record; from the second on also one with somebody's own word for customers; in the fifth a
  /// workshop, too, with votes that nobody has seen.
  @Test(arguments: [(1, 18, 2), (2, 25, 3), (3, 25, 3), (4, 26, 4), (5, 35, 5), (6, 35, 5), (7, 35, 7)])
  func aStoreOfAnOlderSchemaIsTakenOver(schema: Int, events: Int, assessments: Int) throws {
    let old = try TemporaryFolder()
    let path = old.file(Store.fileName)
    try Data(fixture("schema-\(schema).sqlite")).write(to: URL(fileURLWithPath: path))
    for _ in 0..<2 {
      let store = try Store(directory: old.path)
      #expect(try store.queue.read { try Int.fetchOne($0, sql: "PRAGMA user_version") } == Schema.current)
      #expect(try store.list().count == assessments)
    }
    // What was there is kept beside it, as it was, for its owner alone; it is made once.
    let copy = path + ".schema-\(schema)"
    let attributes = try FileManager.default.attributesOfItem(atPath: copy)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    let rows = try DatabaseQueue(path: copy).read { db in
      try [
        Int.fetchOne(db, sql: "PRAGMA user_version"), Int.fetchOne(db, sql: "SELECT count(*) FROM event"),
      ]
    }
    #expect(rows == [schema, events])
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: old.path).sorted().filter {
        !$0.hasSuffix("-journal")
      }
        == [Store.fileName, Store.fileName + ".schema-\(schema)"])
    // To the byte what that release exported, line by line.
    #expect(try isExported(fixture("schema-\(schema).jsonl"), from: old.path, in: old))
  }

  /// What was taken over from another one is known without opening it, of older stores, too.
  @Test func whatWasTakenOverIsInTheList() throws {
    let old = try TemporaryFolder()
    let path = old.file(Store.fileName)
    try Data(fixture("schema-3.sqlite")).write(to: URL(fileURLWithPath: path))
    let ids = try DatabaseQueue(path: path).write { db in
      let ids = try String.fetchAll(db, sql: "SELECT id FROM assessment ORDER BY turn")
      try db.execute(
        sql: "UPDATE packed SET details = json_set(details, '$.upgradedFrom', ?) WHERE assessment = ?",
        arguments: [ids[0], ids[1]])
      return ids
    }
    let store = try Store(directory: old.path)
    #expect(try ids.map { try store.summary(of: $0)?.upgradedFrom } == [nil, ids[0], nil])
    #expect(try ids.map { try store.open($0).assessment.upgradedFrom } == [nil, ids[0], nil])
    var copy = coreAssessment { _, _ in nil }
    copy.upgradedFrom = ids[0]
    try store.insert(copy, questionnaire: Self.questionnaire, at: noon)
    #expect(try store.summary(of: "TEST")?.upgradedFrom == ids[0])
    #expect(try store.list(openOnly: true).first?.upgradedFrom == ids[0])
  }

  /// Somebody who goes on with an older version is told of a newer one, each once.
  @Test func whatWasToldIsKept() throws {
    try insert(coreAssessment { _, _ in nil })
    let (second, third) = (Version("2.0.0")!, Version("3.0.0")!)
    #expect(
      try [second, second, third, third].map { try store.tell(of: $0, in: "TEST") } == [
        true, false, true, false,
      ])
    #expect(try store.tell(of: second, in: "nobody's") == false)
  }

  /// However a name is written, in every look at the store.
  @Test(arguments: ["M\u{FC}ller", "Mu\u{308}ller", "M\u{DC}LLER"])
  func namesAreFoundHoweverTheyAreWritten(name: String) throws {
    var assessment = coreAssessment { _, _ in nil }
    (assessment.organization, assessment.team) = ("M\u{FC}ller", "S\u{FC}d")
    try insert(assessment)
    #expect(try store.resolve("last:" + name) == "TEST")
    #expect(try store.list(organization: name).map(\.id) == ["TEST"])
    #expect(try store.finished(of: name, openToo: true).map(\.id) == ["TEST"])
    #expect(try store.finished(of: name, team: "SU\u{308}D", openToo: true).map(\.id) == ["TEST"])
    #expect(try store.finished(of: name, team: "Nord", openToo: true).isEmpty)
    #expect(try store.finished(of: name).isEmpty)
    #expect(try store.list(organization: "Mueller").isEmpty)
  }

  @Test func aStoreThatCannotBeBackedUpStaysAsItIs() throws {
    let old = try TemporaryFolder()
    let path = old.file(Store.fileName)
    let bytes = try fixture("schema-1.sqlite")
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    try FileManager.default.createDirectory(atPath: path + ".schema-1/x", withIntermediateDirectories: true)
    #expect(throws: StoreError.self) { try Store(directory: old.path) }
    #expect(Array(try Data(contentsOf: URL(fileURLWithPath: path))) == bytes)
  }

  @Test func aFileThatIsNoStoreIsRefused() throws {
    let other = try TemporaryFolder()
    try Data(repeating: 0x41, count: 5000).write(to: URL(fileURLWithPath: other.file(Store.fileName)))
    #expect(throws: StoreError.self) { try Store(directory: other.path) }
    #expect(try Data(contentsOf: URL(fileURLWithPath: other.file(Store.fileName))).count == 5000)
  }
}

/// Whether a store gives each document of a file of lines, as releases wrote them that had the whole questionnaire in each, to
/// the byte.
func isExported(_ lines: [UInt8], from data: String, in folder: TemporaryFolder) throws -> Bool {
  try lines.split(separator: 0x0A).allSatisfy { line in
    let kept = try JSONValue(parsing: line)
    let exported = try run(["export", kept["id"].text, "--data-dir", data], in: folder)
    return exported.status == 0 && exported.output == kept.text(pretty: true) + "\n"
  }
}
