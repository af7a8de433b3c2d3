import AssessmentModel
import Foundation
import SeededGenerator
import Storage
import Testing

@testable import Interchange
@testable import OutsideInCLI

/// Two stores that become one.
@Suite struct TwoStoresTests {
  /// Two people, each with a part of the assessments, each having worked on some of them: whoever brings them together gets
  /// the same, in whatever order.
  @Test func twoStoresBecomeOne() throws {
    let isFull = ProcessInfo.processInfo.environment["OUTSIDE_IN_PROPERTIES"] == "full"
    for seed in 1...(isFull ? 500 : 12) as ClosedRange<UInt64> {
      var random = SeededGenerator(state: seed)
      var (mine, theirs, wanted): ([String], [String], [String]) = ([], [], [])
      var tick = noon.secondsSince1970
      for number in 0..<Int.random(in: 1...9, using: &random) {
        let first = Self.numbered(number, randomAssessment(seed &* 1000 &+ UInt64(number)), at: tick)
        tick += 60
        let second = Self.numbered(number, randomAssessment(seed &* 1000 &+ UInt64(number) &+ 500), at: tick)
        tick += 60
        let (early, late) = (Self.text(first), Self.text(second))
        switch Int.random(in: 0..<5, using: &random) {
        case 0: mine.append(early)
        case 1: theirs.append(early)
        case 2: (mine, theirs) = (mine + [early], theirs + [early])
        case 3:
          (mine, theirs) = (mine + [late], theirs + [early])
          wanted.append(late)
          continue
        default:
          (mine, theirs) = (mine + [early], theirs + [late])
          wanted.append(late)
          continue
        }
        wanted.append(early)
      }
      mine.shuffle(using: &random)
      theirs.shuffle(using: &random)
      let read = try Self.read(mine + theirs)
      func together(_ files: [[String]]) throws -> [String] {
        try Self.together(files.map { $0.compactMap { read[$0] } })
      }
      let inOrder = try together([mine, theirs])
      #expect(inOrder == wanted.sorted(), "seed \(seed)")
      #expect(try together([theirs, mine]) == inOrder, "seed \(seed)")
      // Doing it again, or after half of it, changes nothing.
      #expect(
        try together([theirs, Array(mine.prefix(mine.count / 2)), mine, theirs]) == inOrder,
        "seed \(seed)")
    }
  }

  /// What goes out, in and out again is the same to the byte.
  @Test func whatCameInGoesOutAsItWas() throws {
    let isFull = ProcessInfo.processInfo.environment["OUTSIDE_IN_PROPERTIES"] == "full"
    let lines = (1...(isFull ? 1000 : 100)).map { number in
      Self.text(Self.numbered(number, randomAssessment(UInt64(number) &* 7919), at: noon.secondsSince1970))
    }
    let read = try Self.read(lines)
    #expect(try Self.together([lines.compactMap { read[$0] }]) == lines.sorted())
  }

  private static func numbered(_ number: Int, _ assessment: Assessment, at moment: Int64) -> Assessment {
    var copy = Assessment(
      id: "N\(number)", organization: "Acme", team: "T\(number % 3)", scope: assessment.scope,
      setting: assessment.setting,
      startedAt: noon, finishedAt: assessment.finishedAt, questionnaire: outsideIn.reference,
      raters: assessment.raters,
      responses: assessment.responses, settled: assessment.settled, teamEvidence: assessment.teamEvidence,
      predictions: assessment.predictions, parked: assessment.parked)
    let key = Response.Key(item: "own-empower", rater: "r1", round: 3)
    copy.responses[key] = Response(
      key: key, answer: .answered(.level(2)), at: Timestamp(secondsSince1970: moment + 9_999_999))
    return copy
  }

  private static func text(_ assessment: Assessment) -> String {
    AssessmentDocument.writeLine(assessment, questionnaire: outsideIn.questionnaire).text()
  }

  /// Each line read and checked: once, since reading a questionnaire takes longer than all the rest.
  private static func read(_ lines: [String]) throws -> [String: Incoming] {
    var reader = DocumentReader(catalog: Catalog(folders: []))
    let all = Array(Set(lines))
    let read = try reader.readJSON(Array(all.joined(separator: "\n").utf8), file: "file")
    return Dictionary(uniqueKeysWithValues: zip(all, read))
  }

  /// What a store has that took in files one after the other.
  private static func together(_ files: [[Incoming]]) throws -> [String] {
    let folder = try TemporaryFolder()
    let store = try Store(directory: folder.path)
    for documents in files where !documents.isEmpty {
      try store.takeIn(at: noon) { intake in
        var many = ManyImport(file: "file", differing: .newer, store: store, intake: intake)
        for document in documents { try many.take(document) }
        try many.check()
      }
    }
    var found: [String] = []
    try store.each { outgoing in
      switch outgoing {
      case .plain(let plain, let reference):
        found.append(text(plain.assessment(to: reference, items: outsideInItems)))
      case .full(let stored): found.append(text(stored.assessment))
      }
    } unreadable: { _, error in
      throw error
    }
    return found.sorted()
  }
}
